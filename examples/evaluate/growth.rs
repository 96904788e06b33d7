//! How CPU time grows with the number of documents.
//!
//! Words are drawn by their frequency in English, with names for each subject of ten
//! documents; every fourth document carries a paragraph of another one.

use crate::cost::cpu_seconds;
use provenance::align;
use provenance::paraphrase::Scope;
use provenance::paraphrase::paraphrases;
use provenance::reuse;
use provenance::span::DocId;
use provenance::text::Text;

/// Documents in the smallest corpus.
const DOCUMENTS: u32 = 1_000;

/// Sentences of a document, and words of a sentence.
const SENTENCES: u32 = 25;
const WORDS: u32 = 18;

/// Documents on one subject.
const SUBJECT_DOCUMENTS: u32 = 10;

/// Prints a row for each size: documents, CPU seconds, copied passages found; CPU seconds
/// for paraphrases, and how many there are.
pub(crate) fn evaluate() {
    let words = cumulative();
    let head = ["documents", "CPU s", "planted", "found", "CPU s", "paraphrases"];
    println!("{}", head.map(|name| format!("{name:>11}")).join(" "));
    for times in [1, 2, 4] {
        let sources: Vec<String> = (0..DOCUMENTS * times).map(|doc| text(doc, &words)).collect();
        let started = cpu_seconds();
        let texts: Vec<Text> =
            (0..).map(DocId).zip(&sources).map(|(doc, source)| Text::read(doc, source)).collect();
        let found = align::passages(&texts, &reuse::chains(&texts));
        let took = cpu_seconds() - started;
        let started = cpu_seconds();
        let paraphrased = paraphrases(&texts, &found, &Scope::default()).len();
        let also = cpu_seconds() - started;
        let found = found.iter().filter(|found| found.is_copied()).count();
        let [all, planted] = [sources.len(), sources.len() / 4];
        println!("{all:11} {took:11.2} {planted:11} {found:11} {also:11.2} {paraphrased:11}");
    }
}

/// One document; every fourth holds a paragraph of the one seven before it.
fn text(doc: u32, words: &[(u64, &str)]) -> String {
    let own = paragraph(doc, words);
    if doc % 4 == 3 && doc >= 7 {
        let taken: Vec<&str> = own.split_inclusive(". ").take(15).collect();
        let other = paragraph(doc - 7, words);
        let given: Vec<&str> = other.split_inclusive(". ").skip(8).take(4).collect();
        return format!("{}\n\n{}", taken.concat(), given.concat());
    }
    own
}

fn paragraph(doc: u32, words: &[(u64, &str)]) -> String {
    let mut state = u64::from(doc) + 1;
    let total = words.last().map_or(1, |(sum, _)| *sum);
    let mut text = String::new();
    for _ in 0..SENTENCES {
        text.push_str("The");
        for at in 0..WORDS {
            let drawn = random(&mut state);
            text.push(' ');
            if at % 9 == 4 {
                let name = drawn % 12;
                text.extend([
                    "Name",
                    &(doc / SUBJECT_DOCUMENTS).to_string(),
                    "x",
                    &name.to_string(),
                ]);
            } else {
                let index = words.partition_point(|(sum, _)| *sum <= drawn % total);
                text.push_str(words[index].1);
            }
        }
        text.push_str(". ");
    }
    text
}

/// The words of English with the sum of their frequencies so far.
fn cumulative() -> Vec<(u64, &'static str)> {
    let mut sum = 0;
    let rows = include_str!("../../src/reuse/background.txt").lines();
    rows.filter_map(|line| line.split_once(' '))
        .map(|(count, word)| {
            sum += count.parse::<u64>().unwrap_or_default();
            (sum, word)
        })
        .collect()
}

/// The next number of a fixed sequence (`SplitMix64`, Steele, Lea and Flood 2014).
fn random(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
