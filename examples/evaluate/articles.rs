//! Five articles on one event, of which two editors aligned the units.
//!
//! An alignment hits a pair of the editors when it overlaps both sides by half of the
//! shorter span. Pairs on which they did not agree count neither as a miss nor as a
//! false alarm.

use provenance::align;
use provenance::align::Alignment;
use provenance::reuse;
use provenance::span::DocId;
use provenance::span::Place;
use provenance::span::Span;
use provenance::text::Text;
use serde_json::Value;
use std::error::Error;
use std::fs;
use std::path::Path;

struct Gold {
    sides: [Place; 2],
    must: bool,
}

/// Prints precision, recall and F1 of what is reported, and of everything aligned.
pub(crate) fn evaluate(folder: &Path) -> Result<(), Box<dyn Error>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if Path::new(&name).extension().is_some_and(|extension| extension == "txt") {
            names.push(name);
        }
    }
    names.sort();
    let sources: Vec<String> =
        names.iter().map(|name| fs::read_to_string(folder.join(name))).collect::<Result<_, _>>()?;
    let texts: Vec<Text> =
        (0..).map(DocId).zip(&sources).map(|(doc, source)| Text::read(doc, source)).collect();
    let gold: Vec<Gold> = fs::read_to_string(folder.join("align.jsonl"))?
        .lines()
        .map(|line| read(&serde_json::from_str(line)?, &names))
        .collect::<Result<_, Box<dyn Error>>>()?;
    let judged = |found: &Alignment| {
        let docs = [found.left.doc, found.right.doc];
        gold.iter().any(|pair| {
            let known = pair.sides.map(|side| side.doc);
            known == docs || known == [docs[1], docs[0]]
        })
    };
    let all = align::passages(&texts, &reuse::chains(&texts));
    let all: Vec<&Alignment> = all.iter().filter(|found| judged(found)).collect();
    let reported: Vec<&Alignment> =
        all.iter().copied().filter(|found| found.reported || found.part).collect();
    println!("{:12} {:>5} {:>9} {:>6} {:>6}", "", "found", "precision", "recall", "F1");
    for (name, found) in [("reported", reported), ("all", all)] {
        let right = found.iter().filter(|found| gold.iter().any(|pair| hits(found, pair))).count();
        let must = || gold.iter().filter(|pair| pair.must);
        let met = must().filter(|pair| found.iter().any(|found| hits(found, pair))).count();
        let precision = ratio(right, found.len());
        let recall = ratio(met, must().count());
        let f1 = 2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE);
        println!("{name:12} {:5} {precision:9.3} {recall:6.3} {f1:6.3}", found.len());
    }
    Ok(())
}

fn read(row: &Value, names: &[String]) -> Result<Gold, Box<dyn Error>> {
    let side = |key: &str| -> Option<Place> {
        let side = &row[key];
        let doc = names.iter().position(|name| Some(name.as_str()) == side["doc"].as_str())?;
        let at = |key: &str| side[key].as_u64().and_then(|at| usize::try_from(at).ok());
        let span = Span::new(at("start")?, at("end")?);
        Some(Place { doc: DocId(u32::try_from(doc).ok()?), span })
    };
    let sides = side("a").zip(side("b")).ok_or("a row without two places")?;
    Ok(Gold { sides: [sides.0, sides.1], must: row["class"] != "optional" })
}

fn hits(found: &Alignment, gold: &Gold) -> bool {
    let over = |one: Place, other: Place| {
        let end = one.span.end().min(other.span.end());
        let common = end.saturating_sub(one.span.start().max(other.span.start()));
        one.doc == other.doc && common > 0 && 2 * common >= one.span.len().min(other.span.len())
    };
    let [a, b] = gold.sides;
    (over(found.left, a) && over(found.right, b)) || (over(found.left, b) && over(found.right, a))
}

fn ratio(part: usize, whole: usize) -> f64 {
    let number = |value: usize| f64::from(u32::try_from(value).expect("texts are small"));
    number(part) / number(whole.max(1))
}
