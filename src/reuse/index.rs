//! The shingle index: which runs of words stand in more than one text.
//!
//! In:  the tokens of all texts.
//! Out: [`PairRuns`], the maximal runs that two texts share.
//! Not here: joining runs over small edits (`reuse::chain`).

use crate::reuse::chain::Run;
use crate::span::DocId;
use crate::text::Text;
use rayon::prelude::*;

/// Words in a shingle. Three words are mostly names and stock phrases ("President
/// Donald Trump"); five lose passages in which every fourth word was edited.
const SHINGLE_WORDS: usize = 4;

/// Up to this many documents every pair that shares a shingle is a seed. With more,
/// each document is paired with the first only: pairs would grow with the square of
/// the documents, and a wire story in sixty outlets is one cluster either way.
const PAIRED_DOCUMENTS_MAX: usize = 24;

/// A shingle more often than this in one document is a refrain or a table.
const SHINGLE_REPEATS_MAX: usize = 8;

/// The runs that two documents share.
#[derive(Clone, Debug)]
pub(crate) struct PairRuns {
    /// The document with the lower number.
    pub(crate) left: DocId,
    /// The other one.
    pub(crate) right: DocId,
    /// Maximal shared runs, ordered by left, then right position.
    pub(crate) runs: Vec<Run>,
}

/// One shingle at one position.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Posting {
    shingle: u64,
    doc: u32,
    position: u32,
}

/// One shared shingle: a point in the plane of two documents.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Seed {
    left_doc: u32,
    right_doc: u32,
    /// Right minus left position: points of one run share it.
    diagonal: i64,
    left: u32,
}

/// Every maximal run of at least [`SHINGLE_WORDS`] words that two texts share.
pub(crate) fn shared_runs(texts: &[Text]) -> Vec<PairRuns> {
    let mut postings: Vec<Posting> = texts.par_iter().flat_map_iter(postings_of).collect();
    postings.par_sort_unstable();
    let groups = postings.chunk_by(|a, b| a.shingle == b.shingle);
    let mut seeds: Vec<Seed> = Vec::new();
    for group in groups {
        push_seeds(group, &mut seeds);
    }
    seeds.par_sort_unstable();
    seeds
        .chunk_by(|a, b| (a.left_doc, a.right_doc) == (b.left_doc, b.right_doc))
        .map(|pair| PairRuns {
            left: DocId(pair[0].left_doc),
            right: DocId(pair[0].right_doc),
            runs: runs_of(pair),
        })
        .collect()
}

/// The shingles of one text; none runs over the end of a unit, because the first
/// words of the next sentence are not part of the passage.
fn postings_of(text: &Text) -> impl Iterator<Item = Posting> {
    let doc = text.doc.0;
    text.units.iter().flat_map(move |unit| {
        let shingles = text.unit_tokens(unit).windows(SHINGLE_WORDS);
        shingles.zip(unit.tokens.start..).map(move |(words, position)| {
            let shingle = words.iter().fold(0_u64, |hash, word| {
                (hash.rotate_left(23) ^ word.form.0).wrapping_mul(0x9e37_79b9_7f4a_7c15)
            });
            Posting { shingle, doc, position }
        })
    })
}

/// Adds a seed for every two documents that share the shingle of `group`.
fn push_seeds(group: &[Posting], seeds: &mut Vec<Seed>) {
    let documents: Vec<&[Posting]> = group
        .chunk_by(|a, b| a.doc == b.doc)
        .filter(|postings| postings.len() <= SHINGLE_REPEATS_MAX)
        .collect();
    let firsts = if documents.len() > PAIRED_DOCUMENTS_MAX { 1 } else { documents.len() };
    for (index, left_postings) in documents.iter().enumerate().take(firsts) {
        for right_postings in &documents[index + 1..] {
            for left in *left_postings {
                seeds.extend(right_postings.iter().map(|right| Seed {
                    left_doc: left.doc,
                    right_doc: right.doc,
                    diagonal: i64::from(right.position) - i64::from(left.position),
                    left: left.position,
                }));
            }
        }
    }
}

/// Joins the seeds of one pair, sorted by diagonal, into maximal runs.
fn runs_of(pair: &[Seed]) -> Vec<Run> {
    let words = u32::try_from(SHINGLE_WORDS).expect("a small constant");
    let mut runs: Vec<Run> = pair
        .chunk_by(|a, b| a.diagonal == b.diagonal && a.left + 1 == b.left)
        .map(|seeds| {
            let right = u32::try_from(i64::from(seeds[0].left) + seeds[0].diagonal)
                .expect("a diagonal leads back to the position it was made from");
            let steps = u32::try_from(seeds.len() - 1).expect("documents are under 4 GiB");
            Run { left: seeds[0].left, right, words: words + steps }
        })
        .collect();
    runs.sort_unstable();
    runs
}
