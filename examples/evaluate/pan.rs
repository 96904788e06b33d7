//! The PAN text-alignment task.

use crate::cost::cpu_seconds;
use crate::plagdet::Pair;
use crate::plagdet::Passage;
use crate::plagdet::Score;
use crate::plagdet::score;
use provenance::align;
use provenance::align::Alignment;
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

/// Words of a copied passage that count in PAN, whose passages have 50 or more: shorter
/// copies in its texts were there before and are not in the gold.
const COPIED_WORDS_MIN: usize = 45;

/// Compares every pair of every sub-corpus by itself and prints the table.
///
/// # Errors
/// When the corpus cannot be read, and when plagdet is below `floor`.
pub(crate) fn evaluate(folder: &Path, floor: f64) -> Result<(), Box<dyn Error>> {
    print_head();
    let mut all: Vec<Vec<Pair>> = Vec::new();
    let begun = cpu_seconds();
    for sub in sub_corpora(folder)? {
        let begun = cpu_seconds();
        let pairs: Vec<Pair> = sub.pairs.iter().map(compared).collect();
        print_row(&sub.name, &pairs, cpu_seconds() - begun);
        all.push(pairs);
    }
    let every: Vec<Pair> = all.iter().flatten().cloned().collect();
    print_row("all", &every, cpu_seconds() - begun);
    for fold in 0..FOLDS {
        let dealt = all.iter().flat_map(|pairs| pairs.iter().skip(fold).step_by(FOLDS));
        println!("fold {} of {FOLDS}: plagdet {:.4}", fold + 1, score(dealt).plagdet);
    }
    let reached = score(every.iter()).plagdet;
    if reached < floor {
        return Err(format!("plagdet {reached:.4} is below {floor}").into());
    }
    Ok(())
}

/// Compares all texts as one corpus and prints the table of the pairs with gold.
///
/// # Errors
/// When the corpus cannot be read.
pub(crate) fn together(folder: &Path) -> Result<(), Box<dyn Error>> {
    let subs = sub_corpora(folder)?;
    let pairs = || subs.iter().flat_map(|sub| &sub.pairs);
    let mut sources: Vec<&str> = pairs().flat_map(|pair| [&*pair.susp, &*pair.src]).collect();
    sources.sort_unstable();
    sources.dedup();
    let begun = cpu_seconds();
    let texts: Vec<Text> =
        (0..).map(DocId).zip(&sources).map(|(doc, source)| Text::read(doc, source)).collect();
    let alignments = align::passages(&texts, &reuse::chains(&texts));
    println!("{} texts: {:.2} CPU s", texts.len(), cpu_seconds() - begun);
    print_head();
    let doc = |source: &str| sources.binary_search(&source).map_or(0, |at| at);
    let mut all = Vec::new();
    for sub in &subs {
        let scored: Vec<Pair> = sub
            .pairs
            .iter()
            .map(|files| Pair {
                gold: files.gold.clone(),
                found: found(&texts, &alignments, [doc(&files.susp), doc(&files.src)]),
            })
            .collect();
        print_row(&sub.name, &scored, 0.0);
        all.extend(scored);
    }
    print_row("all", &all, 0.0);
    Ok(())
}

fn print_head() {
    println!(
        "{:28} {:>5} {:>5} {:>5} {:>8} {:>9} {:>7} {:>11} {:>6} {:>7}",
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
}

fn print_row(name: &str, pairs: &[Pair], cpu_seconds: f64) {
    let Score { plagdet, precision, recall, granularity, false_alarms } = score(pairs.iter());
    let gold: usize = pairs.iter().map(|pair| pair.gold.len()).sum();
    let found: usize = pairs.iter().map(|pair| pair.found.len()).sum();
    let count = u32::try_from(pairs.len().max(1)).expect("a corpus is small");
    println!(
        "{name:28} {count:5} {gold:5} {found:5} {plagdet:8.4} {precision:9.4} {recall:7.4} \
         {granularity:11.4} {false_alarms:6} {:7.1}",
        1000.0 * cpu_seconds / f64::from(count),
    );
}

/// Reads both texts and compares them.
fn compared(files: &Files) -> Pair {
    let texts = [Text::read(DocId(0), &files.susp), Text::read(DocId(1), &files.src)];
    let alignments = align::passages(&texts, &reuse::chains(&texts));
    Pair { gold: files.gold.clone(), found: found(&texts, &alignments, [0, 1]) }
}

/// The passages that two texts share, in characters.
fn found(texts: &[Text], alignments: &[Alignment], [susp, src]: [usize; 2]) -> Vec<Passage> {
    let sides = |found: &Alignment| {
        let docs = [found.left.doc.index(), found.right.doc.index()];
        let turned = docs == [src, susp] && src != susp;
        (turned || docs == [susp, src]).then_some(if turned {
            [found.right.span, found.left.span]
        } else {
            [found.left.span, found.right.span]
        })
    };
    alignments
        .iter()
        .filter(|found| found.reported && found.evidence > 0.0 && counts(found))
        .filter_map(sides)
        .map(|[left, right]| Passage {
            susp: characters(texts[susp].source, left),
            src: characters(texts[src].source, right),
        })
        .collect()
}

/// Whether a passage is one that PAN could have planted.
fn counts(found: &Alignment) -> bool {
    let words = found.left_tokens.len().min(found.right_tokens.len());
    !found.is_copied() || words >= COPIED_WORDS_MIN
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
