//! The PAN text-alignment task.

use crate::plagdet::Pair;
use crate::plagdet::Passage;
use crate::plagdet::Score;
use crate::plagdet::score;
use provenance::align;
use provenance::reuse;
use provenance::span::DocId;
use provenance::span::Span;
use provenance::text::Text;
use rayon::prelude::*;
use std::error::Error;
use std::fs;
use std::ops::Range;
use std::path::Path;
use std::path::PathBuf;
use std::time::Duration;
use std::time::Instant;

/// Folds of the stability check: pairs are dealt out in turn within each sub-corpus.
const FOLDS: usize = 5;

/// A sub-corpus with its pairs, as they lie on disk.
struct SubCorpus {
    name: String,
    pairs: Vec<Files>,
}

struct Files {
    susp: String,
    src: String,
    gold: Vec<Passage>,
}

/// Compares every pair of every sub-corpus and prints the table.
pub(crate) fn evaluate(folder: &Path) -> Result<(), Box<dyn Error>> {
    println!(
        "{:28} {:>5} {:>5} {:>5} {:>8} {:>9} {:>7} {:>11} {:>6} {:>8}",
        "sub-corpus",
        "pairs",
        "gold",
        "found",
        "plagdet",
        "precision",
        "recall",
        "granularity",
        "alarms",
        "ms/pair"
    );
    let mut all = Vec::new();
    let mut time = Duration::ZERO;
    for sub in sub_corpora(folder)? {
        let started = Instant::now();
        // One thread, so that elapsed time is CPU time.
        let pairs: Vec<Pair> = sub.pairs.iter().map(compared).collect();
        let elapsed = started.elapsed();
        print_row(&sub.name, &pairs, elapsed);
        time += elapsed;
        all.push(pairs);
    }
    let every: Vec<Pair> = all.iter().flatten().cloned().collect();
    print_row("all", &every, time);
    for fold in 0..FOLDS {
        let dealt = all.iter().flat_map(|pairs| pairs.iter().skip(fold).step_by(FOLDS));
        println!("fold {} of {FOLDS}: plagdet {:.4}", fold + 1, score(dealt).plagdet);
    }
    Ok(())
}

fn print_row(name: &str, pairs: &[Pair], time: Duration) {
    let Score { plagdet, precision, recall, granularity, false_alarms } = score(pairs.iter());
    let gold: usize = pairs.iter().map(|pair| pair.gold.len()).sum();
    let found: usize = pairs.iter().map(|pair| pair.found.len()).sum();
    let per_pair = time / u32::try_from(pairs.len().max(1)).expect("a corpus is small");
    println!(
        "{name:28} {:5} {gold:5} {found:5} {plagdet:8.4} {precision:9.4} {recall:7.4} \
         {granularity:11.4} {false_alarms:6} {:8.2}",
        pairs.len(),
        per_pair.as_secs_f64() * 1000.0,
    );
}

/// Reads both texts, compares them, and returns the passages in characters.
fn compared(files: &Files) -> Pair {
    let texts = [Text::read(DocId(0), &files.susp), Text::read(DocId(1), &files.src)];
    let found = align::passages(&texts, &reuse::chains(&texts))
        .into_iter()
        .filter(|found| found.reported && found.evidence > 0.0 && found.left.doc != found.right.doc)
        .map(|found| Passage {
            susp: characters(texts[0].source, found.left.span),
            src: characters(texts[1].source, found.right.span),
        })
        .collect();
    Pair { gold: files.gold.clone(), found }
}

/// The characters of a span.
fn characters(source: &str, span: Span) -> Range<usize> {
    let before = source[..span.start()].chars().count();
    before..before + source[span.range()].chars().count()
}

/// The folders of a corpus whose names begin with a number.
fn sub_corpora(folder: &Path) -> Result<Vec<SubCorpus>, Box<dyn Error>> {
    let mut subs = Vec::new();
    for path in sorted(folder)? {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() && name.starts_with(|c: char| c.is_ascii_digit()) {
            let files: Vec<PathBuf> = sorted(&path)?
                .into_iter()
                .filter(|path| path.extension().is_some_and(|extension| extension == "xml"))
                .collect();
            let pairs = files
                .par_iter()
                .map(|path| read_pair(folder, path).map_err(|error| format!("{error}")))
                .collect::<Result<_, _>>()?;
            subs.push(SubCorpus { name, pairs });
        }
    }
    Ok(subs)
}

fn sorted(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        paths.push(entry?.path());
    }
    paths.sort();
    Ok(paths)
}

/// Reads `suspicious-document…-source-document….xml` and the two texts it names.
fn read_pair(folder: &Path, path: &Path) -> Result<Files, Box<dyn Error>> {
    let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let (susp, src) = name.split_once("-source-").ok_or("a name without `-source-`")?;
    let text = |sub: &str, name: &str| fs::read_to_string(folder.join(sub).join(name));
    Ok(Files {
        susp: text("susp", &format!("{susp}.txt"))?,
        src: text("src", &format!("source-{src}.txt"))?,
        gold: gold(&fs::read_to_string(path)?),
    })
}

/// The passages that an XML file names.
fn gold(xml: &str) -> Vec<Passage> {
    let mut passages = Vec::new();
    for feature in xml.split("<feature").skip(1) {
        let range = |offset: &str, length: &str| {
            let start = attribute(feature, offset)?;
            Some(start..start + attribute(feature, length)?)
        };
        let places = feature
            .contains("name=\"plagiarism\"")
            .then(|| {
                range("this_offset", "this_length").zip(range("source_offset", "source_length"))
            })
            .flatten();
        if let Some((susp, src)) = places {
            let passage = Passage { susp, src };
            if !passages.contains(&passage) {
                passages.push(passage);
            }
        }
    }
    passages
}

fn attribute(feature: &str, name: &str) -> Option<usize> {
    let (_, rest) = feature.split_once(&format!(" {name}=\""))?;
    rest.split('"').next()?.parse().ok()
}
