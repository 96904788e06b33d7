//! Two human translations of the same sentences (Lan, Jiang and Xu, "Neural semi-Markov
//! CRF for Monolingual Word Alignment", ACL 2021): which of 400 answers to which of 400.

use crate::gold::Class;
use crate::gold::HEADER;
use crate::gold::Item;
use crate::gold::Set;
use crate::gold::encoder;
use provenance::paraphrase::Scope;
use provenance::paraphrase::candidates;
use provenance::span::DocId;
use provenance::text::Form;
use provenance::text::Text;
use std::collections::BTreeSet;
use std::collections::HashMap;
use std::error::Error;
use std::fs;
use std::path::Path;

const SENTENCES: usize = 400;

/// Percent of the words of two lines, on either side, from which they are taken for
/// translations of one sentence. The file does not say which are.
const SAME_SOURCE_PERCENT: usize = 50;

/// Prints how well the weights of the program do on sentences of `file`: at the best cut
/// over all pairs, and over those that are the best for both of their sentences, since
/// here each answers to one.
pub(crate) fn evaluate(file: &Path) -> Result<(), Box<dyn Error>> {
    let set = read(&fs::read_to_string(file)?)?;
    let scores = set.scored_by_program();
    let mut best: HashMap<(usize, usize), f64> = HashMap::new();
    for (item, score) in set.items.iter().zip(&scores) {
        for key in [(0, item.rows[0]), (1, item.rows[1])] {
            let known = best.entry(key).or_default();
            *known = known.max(*score);
        }
    }
    println!("{HEADER}");
    set.print("weights of the program", &scores, &|_| true);
    let is_best = |item: &Item, score: f64| {
        score >= best[&(0, item.rows[0])] && score >= best[&(1, item.rows[1])]
    };
    let one: Vec<f64> = (set.items.iter().zip(&scores))
        .map(|(item, score)| if is_best(item, *score) { *score } else { 0.0 })
        .collect();
    set.print("the best of both", &one, &|_| true);
    Ok(())
}

/// Tab-separated lines with the sentences in the second and fourth column. Of lines that
/// translate one sentence the first is taken.
fn read(table: &str) -> Result<Set, Box<dyn Error>> {
    let mut rows: Vec<[&str; 2]> = Vec::new();
    let mut seen: Vec<BTreeSet<&str>> = Vec::new();
    for line in table.lines() {
        let mut columns = line.split('\t').skip(1);
        let (left, right) = columns.next().zip(columns.nth(1)).ok_or("a short line")?;
        let words = [left, right].map(|side| side.split_whitespace().collect::<BTreeSet<_>>());
        let known = words.iter().any(|side| seen.iter().any(|other| alike(side, other)));
        if rows.len() < SENTENCES && !known {
            rows.push([left, right]);
            seen.extend(words);
        }
    }
    // In an order of its own on either side, so that the order says nothing.
    let mut orders = [0, 1].map(|_| (0..rows.len()).collect::<Vec<usize>>());
    let mut starts = [Vec::new(), Vec::new()];
    let mut sources = [String::new(), String::new()];
    for (side, order) in orders.iter_mut().enumerate() {
        order.sort_by_key(|row| Form::of(rows[*row][side]));
        for row in order {
            starts[side].push(sources[side].len());
            // A sentence a paragraph.
            sources[side].push_str(rows[*row][side]);
            sources[side].push_str("\n\n");
        }
    }
    let texts = [(DocId(0), &sources[0]), (DocId(1), &sources[1])]
        .map(|(doc, source)| Text::read(doc, source));
    let mut items = Vec::new();
    for candidate in candidates(&texts, &Scope { encoder: encoder(), ..Scope::default() }) {
        let spans = candidate.spans(&texts);
        let rows = [0, 1].map(|side| {
            let upto = starts[side].partition_point(|begin| *begin <= spans[side].start());
            orders[side][upto - 1]
        });
        let hits = if rows[0] == rows[1] { vec![rows[0]] } else { Vec::new() };
        items.push(Item {
            signs: candidate.signs,
            containment: 0.0,
            hits,
            kind: 0,
            group: 0,
            rows,
        });
    }
    let gold = rows.iter().map(|_| (Class::Core, 0)).collect();
    Ok(Set { items, gold, groups: vec!["translations".to_owned()], kinds: Vec::new() })
}

fn alike(one: &BTreeSet<&str>, other: &BTreeSet<&str>) -> bool {
    let common = one.intersection(other).count();
    100 * common >= SAME_SOURCE_PERCENT * (one.len() + other.len() - common)
}
