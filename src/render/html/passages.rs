//! Passages: which stretches of the texts correspond, once and compact, for the reader.
//!
//! In:  the aligned passages and paraphrases of a report.
//! Out: where each sentence stands elsewhere; and the passages as numbers in JSON.
//! Not here: finding them (`align`, `paraphrase`).

use super::body::Body;
use super::body::Elsewhere;
use super::body::anchor;
use super::name;
use crate::align::Alignment;
use crate::align::Edit;
use crate::paraphrase::Paraphrase;
use crate::render::sanitize;
use crate::report::Report;
use crate::span::DocId;
use crate::span::Place;
use crate::span::Span;
use crate::text::Text;
use std::collections::BTreeMap;
use std::ops::Range;

/// Kinds of passages, in the order of the numbers that the script knows them by.
pub(super) const KINDS: [&str; 5] =
    ["verbatim", "near-verbatim", "obfuscated", "summary", "paraphrase"];

const PARAPHRASE: usize = 4;

/// Passages that the reader knows: some three megabytes.
pub(super) const PASSAGES_MAX: usize = 20_000;

/// Two stretches that correspond.
pub(super) struct Passage {
    pub(super) left: Place,
    pub(super) right: Place,
    /// An index into [`KINDS`].
    pub(super) kind: usize,
    /// Similarity, or of a paraphrase the probability, in percent.
    score: u32,
    /// Places that differ, or of a paraphrase words that answer to each other.
    marks: Vec<[Span; 2]>,
    /// The places of corresponding words, from which corresponding sentences are seen.
    steps: Vec<[usize; 2]>,
}

/// What the page shows: the reported passages, and paraphrases that are no copies.
pub(super) fn passages(report: &Report) -> Vec<Passage> {
    let aligned = report.alignments.iter().filter(|found| found.reported);
    let paraphrased =
        report.paraphrases.iter().filter(|found| found.is_reported() && !found.copied);
    aligned
        .map(|found| aligned_passage(report.texts, found))
        .chain(paraphrased.map(paraphrase))
        .collect()
}

fn aligned_passage(texts: &[Text], found: &Alignment) -> Passage {
    let sides = [&texts[found.left.doc.index()], &texts[found.right.doc.index()]];
    let words: usize = found.edits.iter().map(Edit::kept_words).sum();
    // Where most words were moved or replaced, marking them all shows nothing.
    let is_close = 4 * words > found.left_tokens.len() + found.right_tokens.len();
    let edits = found.edits.iter().filter(|edit| is_close && !edit.kept);
    let kept = found.edits.iter().filter(|edit| edit.kept);
    // Every word of a kept run begins the same sentence or the next one on both sides.
    let steps = kept.flat_map(|edit| {
        edit.left.clone().zip(edit.right.clone()).map(|(left, right)| {
            [
                sides[0].tokens[left as usize].span.start(),
                sides[1].tokens[right as usize].span.start(),
            ]
        })
    });
    Passage {
        left: found.left,
        right: found.right,
        kind: found.kind as usize,
        score: percent(found.similarity),
        marks: edits
            .map(|edit| [within(sides[0], &edit.left), within(sides[1], &edit.right)])
            .collect(),
        steps: steps.collect(),
    }
}

/// The bytes of some tokens; of none, the place where they would be.
fn within(text: &Text, tokens: &Range<u32>) -> Span {
    text.span_of(tokens).unwrap_or_else(|| {
        let at = text
            .tokens
            .get(tokens.start as usize)
            .map_or(text.source.len(), |token| token.span.start());
        Span::new(at, at)
    })
}

fn paraphrase(found: &Paraphrase) -> Passage {
    Passage {
        left: found.left,
        right: found.right,
        kind: PARAPHRASE,
        score: percent(found.probability),
        marks: found.words.iter().map(|pair| [pair.left, pair.right]).collect(),
        steps: found.words.iter().map(|pair| [pair.left.start(), pair.right.start()]).collect(),
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is at most 100")]
fn percent(share: f64) -> u32 {
    (share.clamp(0.0, 1.0) * 100.0).round() as u32
}

/// The documents that have a sentence too: how it is alike there, and which one it is.
type Others = BTreeMap<DocId, (usize, usize)>;

/// Where each sentence of each document stands elsewhere, by document and sentence.
pub(super) fn elsewhere(report: &Report, passages: &[Passage]) -> Vec<Vec<Vec<Elsewhere>>> {
    let mut found: Vec<Vec<Others>> =
        report.texts.iter().map(|text| vec![Others::new(); text.units.len()]).collect();
    for passage in passages {
        for [own, other] in sentences(report.texts, passage) {
            for ((doc, unit), (to, target)) in [(own, other), (other, own)] {
                let alike = (passage.kind, target);
                let known = found[doc.index()][unit].entry(to).or_insert(alike);
                *known = alike.min(*known);
            }
        }
    }
    let named = |(doc, (kind, unit)): (DocId, (usize, usize))| Elsewhere {
        target: anchor(doc.index(), unit),
        kind: KINDS[kind],
        name: sanitize::line(name(&report.documents[doc.index()])).into_owned(),
        number: doc.index() + 1,
    };
    let of_unit = |others: Others| {
        let mut all: Vec<(DocId, (usize, usize))> = others.into_iter().collect();
        // The most alike first.
        all.sort_by_key(|(doc, (kind, _))| (*kind, *doc));
        all.into_iter().map(named).collect()
    };
    found.into_iter().map(|units| units.into_iter().map(of_unit).collect()).collect()
}

/// A sentence, by its document and number.
type Sentence = (DocId, usize);

/// The pairs of sentences that a passage joins: those with words in common; without any,
/// the first of both sides.
fn sentences(texts: &[Text], passage: &Passage) -> Vec<[Sentence; 2]> {
    let unit = |doc: DocId, at: usize| {
        let units = &texts[doc.index()].units;
        let upto = units.partition_point(|unit| unit.span.start() <= at);
        upto.checked_sub(1).map(|unit| (doc, unit))
    };
    let (left, right) = (passage.left, passage.right);
    let first = [left.span.start(), right.span.start()];
    let steps = if passage.steps.is_empty() { &[first][..] } else { &passage.steps };
    let mut pairs: Vec<[Sentence; 2]> = Vec::new();
    for [own, other] in steps {
        if let (Some(own), Some(other)) = (unit(left.doc, *own), unit(right.doc, *other)) {
            pairs.push([own, other]);
        }
    }
    pairs.dedup();
    pairs
}

/// The passages as lists of numbers: document, start and end of both sides, kind, score,
/// and the marks of both sides counted from the start of the passage. Places are units of
/// UTF-16 in the visible text of a document.
pub(super) fn json(passages: &[Passage], bodies: &[Body]) -> String {
    let mut rows: Vec<String> = Vec::new();
    for passage in passages.iter().take(PASSAGES_MAX) {
        let sides = [passage.left, passage.right];
        let at = |side: usize, offset: usize| bodies[sides[side].doc.index()].offset(offset);
        let starts = [0, 1].map(|side| at(side, sides[side].span.start()));
        let mut numbers = Vec::new();
        for side in [0, 1] {
            numbers.extend([
                sides[side].doc.index(),
                starts[side],
                at(side, sides[side].span.end()),
            ]);
        }
        let marks: Vec<String> = passage
            .marks
            .iter()
            .flat_map(|spans| {
                [0, 1].map(|side| {
                    let (start, end) = (at(side, spans[side].start()), at(side, spans[side].end()));
                    // A word of a paraphrase may stand before its clauses.
                    let start = start.max(starts[side]);
                    [start - starts[side], end.max(start) - starts[side]]
                })
            })
            .flatten()
            .map(|number| number.to_string())
            .collect();
        let numbers: Vec<String> = numbers.iter().map(usize::to_string).collect();
        let (kind, score) = (passage.kind, passage.score);
        rows.push(format!("[{},{kind},{score},[{}]]", numbers.join(","), marks.join(",")));
    }
    format!("[{}]", rows.join(",\n"))
}
