//! Articles on one event, of which two editors aligned the units.
//!
//! A pair of sentences hits a pair of the editors when it overlaps both sides by half of
//! the shorter span.

use crate::gold::Class;
use crate::gold::HEADER;
use crate::gold::Item;
use crate::gold::Set;
use crate::gold::encoder;
use crate::logistic::fit;
use provenance::paraphrase::Scope;
use provenance::paraphrase::Signs;
use provenance::paraphrase::candidates;
use provenance::span::DocId;
use provenance::span::Place;
use provenance::span::Span;
use provenance::text::Role;
use provenance::text::Text;
use serde_json::Value;
use std::error::Error;
use std::fs;
use std::path::Path;

/// Where the weights lie, from the root of this repository: for the table, for a model.
const WEIGHTS: [&str; 2] = ["src/paraphrase/weights.toml", "src/paraphrase/accurate.toml"];

const KINDS: [&str; 2] = ["between sentences", "with a title, bullet or caption"];

/// Prints how well weights do that never saw the pair of documents they score.
pub(crate) fn evaluate(folder: &Path) -> Result<(), Box<dyn Error>> {
    let set = read(folder)?;
    let unseen = set.scored_unseen();
    println!("{HEADER}");
    set.print("weights without the pair", &unseen, &|_| true);
    for (index, group) in set.groups.iter().enumerate() {
        set.print(&format!("  {group}"), &unseen, &|item| item.group == index);
    }
    for (index, kind) in set.kinds.iter().enumerate() {
        set.print(&format!("  {kind}"), &unseen, &|item| item.kind == index);
    }
    set.print("weights of the program", &set.scored_by_program(), &|_| true);
    for (index, name) in Signs::NAMES.iter().enumerate() {
        let scores = set.scored(|item| item.signs.values()[index]);
        set.print(&format!("  {name} alone"), &scores, &|_| true);
    }
    println!(
        "\nReliability of weights without the pair, where half a pair is one that only one editor sees:"
    );
    set.print_reliability(&unseen);
    println!("\nBy cut, weights without the pair:");
    set.print_cuts(&unseen);
    Ok(())
}

/// Writes the weights that explain all pairs best into the program's table.
pub(crate) fn train(folder: &Path) -> Result<(), Box<dyn Error>> {
    let weights = fit(&read(folder)?, &|_| true);
    let values = weights.signs.values();
    let line = |line: &str| match line.split_once(" = ") {
        Some(("bias", _)) => format!("bias = {:.2}\n", weights.bias),
        Some((name, _)) => {
            let index = Signs::NAMES.iter().position(|known| *known == name);
            format!("{name} = {:.2}\n", values[index.expect("the table lists signs")])
        }
        None => format!("{line}\n"),
    };
    let file = WEIGHTS[usize::from(encoder().identity().is_some())];
    let table: String = fs::read_to_string(file)?.lines().map(line).collect();
    fs::write(file, table)?;
    Ok(())
}

struct Gold {
    class: Class,
    group: usize,
    sides: [Place; 2],
}

/// Reads the articles in `folder` and the pairs in its `align.jsonl`.
fn read(folder: &Path) -> Result<Set, Box<dyn Error>> {
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
    let mut groups = Vec::new();
    let gold: Vec<Gold> = fs::read_to_string(folder.join("align.jsonl"))?
        .lines()
        .map(|line| row(&serde_json::from_str(line)?, &names, &mut groups))
        .collect::<Result<_, Box<dyn Error>>>()?;
    let mut items = Vec::new();
    for candidate in candidates(&texts, &Scope { encoder: encoder(), ..Scope::default() }) {
        let docs = candidate.texts.map(|text| texts[text].doc);
        let known = gold.iter().find(|gold| gold.sides.map(|side| side.doc) == docs);
        let Some(Gold { group, .. }) = known else { continue };
        let units =
            [0, 1].map(|side| &texts[candidate.texts[side]].units[candidate.units[side] as usize]);
        let hits = (0..).zip(&gold).filter(|(_, gold)| {
            (0..2).all(|side| {
                gold.sides[side].doc == docs[side] && meet(gold.sides[side].span, units[side].span)
            })
        });
        let plain = units.iter().all(|unit| unit.role == Role::Sentence);
        items.push(Item {
            signs: candidate.signs,
            containment: 0.0,
            hits: hits.map(|(number, _)| number).collect(),
            kind: usize::from(!plain),
            group: *group,
            rows: [0; 2],
        });
    }
    let gold = gold.iter().map(|gold| (gold.class, gold.group)).collect();
    Ok(Set { items, gold, groups, kinds: KINDS.map(String::from).into() })
}

/// Whether two spans share half of the shorter one.
fn meet(gold: Span, found: Span) -> bool {
    let shared = gold.end().min(found.end()).saturating_sub(gold.start().max(found.start()));
    shared > 0 && 2 * shared >= gold.len().min(found.len())
}

fn row(row: &Value, names: &[String], groups: &mut Vec<String>) -> Result<Gold, Box<dyn Error>> {
    let side = |key: &str| -> Option<Place> {
        let side = &row[key];
        let doc = names.iter().position(|name| Some(name.as_str()) == side["doc"].as_str())?;
        let at = |key: &str| side[key].as_u64().and_then(|at| usize::try_from(at).ok());
        let span = Span::new(at("start")?, at("end")?);
        Some(Place { doc: DocId(u32::try_from(doc).ok()?), span })
    };
    let class = match row["class"].as_str() {
        Some("strong") => Class::Strong,
        Some("core") => Class::Core,
        _ => Class::Optional,
    };
    let name = row["pair"].as_str().ok_or("a row without a pair")?;
    let group = groups.iter().position(|known| known == name).unwrap_or_else(|| {
        groups.push(name.to_owned());
        groups.len() - 1
    });
    let (a, b) = side("a").zip(side("b")).ok_or("a row without two places")?;
    let mut sides = [a, b];
    sides.sort();
    Ok(Gold { class, group, sides })
}
