//! Chains: shared runs joined over small edits, then grown word by word.
//!
//! In:  the shared runs of two texts.
//! Out: [`Chain`]s.
//! Not here: finding the runs (`reuse::index`).

use crate::reuse::index::PairRuns;
use crate::span::DocId;
use crate::text::Form;
use crate::text::Text;
use std::ops::Range;

/// Words that an edit may add, drop or replace between two runs of one chain: a
/// relative clause. Beyond that the runs are two passages.
const GAP_WORDS_MAX: u32 = 10;

/// Words after which a chain is not made longer: two long copies are compared piece by
/// piece, because comparing words costs the product of length and edits.
const CHAIN_WORDS_MAX: u32 = 2_000;

/// Words looked at beyond the end of a chain for where the wording meets again.
const REACH_WORDS: usize = 5;

/// Equal words in a row that carry a chain over an edit at its end.
const MEETING_WORDS: usize = 2;

/// The same words in the same order in both texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Run {
    /// Token position in the left text.
    pub left: u32,
    /// Token position in the right text.
    pub right: u32,
    /// Length in words.
    pub words: u32,
}

/// A passage in two texts whose wording is largely the same.
///
/// Invariant: both ranges are non-empty and begin and end with a shared word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    /// The document with the lower number.
    pub left_doc: DocId,
    /// The other one.
    pub right_doc: DocId,
    /// Token positions in the left text.
    pub left: Range<u32>,
    /// Token positions in the right text.
    pub right: Range<u32>,
}

/// Chains the runs of one pair of documents.
pub(crate) fn chain(texts: &[Text], pair: &PairRuns) -> Vec<Chain> {
    let mut chains: Vec<Chain> = Vec::new();
    for run in &pair.runs {
        match chains.iter_mut().rev().find(|chain| continues(chain, *run)) {
            Some(chain) => {
                chain.left.end = chain.left.end.max(run.left + run.words);
                chain.right.end = chain.right.end.max(run.right + run.words);
            }
            None => chains.push(Chain {
                left_doc: pair.left,
                right_doc: pair.right,
                left: run.left..run.left + run.words,
                right: run.right..run.right + run.words,
            }),
        }
    }
    let (left, right) = (&texts[pair.left.index()], &texts[pair.right.index()]);
    for chain in &mut chains {
        grow(left, right, chain);
    }
    drop_contained(chains)
}

/// Whether `run` goes on where `chain` ends, in both texts.
fn continues(chain: &Chain, run: Run) -> bool {
    let near =
        |end: u32, start: u32, words: u32| start + words > end && start <= end + GAP_WORDS_MAX;
    chain.left.end - chain.left.start <= CHAIN_WORDS_MAX
        && near(chain.left.end, run.left, run.words)
        && near(chain.right.end, run.right, run.words)
        && run.left >= chain.left.start
        && run.right >= chain.right.start
}

/// Grows a chain at both ends, inside its first and last units, while the wording
/// meets again within a few words.
fn grow(left: &Text, right: &Text, chain: &mut Chain) {
    while let Some((l, r)) = meeting(&after(left, chain.left.end), &after(right, chain.right.end)) {
        chain.left.end += l;
        chain.right.end += r;
    }
    while let Some((l, r)) =
        meeting(&before(left, chain.left.start), &before(right, chain.right.start))
    {
        chain.left.start -= l;
        chain.right.start -= r;
    }
}

/// The next words of the unit that holds the word before `end`.
fn after(text: &Text, end: u32) -> Vec<Form> {
    let unit = text.units.partition_point(|unit| unit.tokens.end < end);
    let words = &text.tokens[end as usize..text.units[unit].tokens.end as usize];
    words.iter().take(2 * REACH_WORDS).map(|token| token.form).collect()
}

/// The words before in the unit that holds the word at `start`, nearest first.
fn before(text: &Text, start: u32) -> Vec<Form> {
    let unit = text.units.partition_point(|unit| unit.tokens.end <= start);
    let words = &text.tokens[text.units[unit].tokens.start as usize..start as usize];
    words.iter().rev().take(2 * REACH_WORDS).map(|token| token.form).collect()
}

/// How many words of both sides lie before the end of the next words in common.
///
/// One equal word is enough where no word lies between; beyond an edit it takes
/// [`MEETING_WORDS`] in a row. The shortest edit wins.
fn meeting(left: &[Form], right: &[Form]) -> Option<(u32, u32)> {
    let equal = |l: usize, r: usize| {
        left[l..].iter().zip(&right[r..]).take_while(|(left, right)| left == right).count()
    };
    let candidates = (0..=2 * REACH_WORDS).flat_map(|skipped| {
        (0..=skipped).map(move |l| (l, skipped - l)).filter(|(l, r)| l.max(r) <= &REACH_WORDS)
    });
    for (l, r) in candidates.filter(|(l, r)| *l < left.len() && *r < right.len()) {
        let words = equal(l, r);
        if words >= MEETING_WORDS || (words == 1 && l + r == 0) {
            let moved = |skipped: usize| u32::try_from(skipped + words).ok();
            return moved(l).zip(moved(r));
        }
    }
    None
}

/// Leaves out chains that lie inside another one on both sides.
fn drop_contained(mut chains: Vec<Chain>) -> Vec<Chain> {
    let inside = |inner: &Range<u32>, outer: &Range<u32>| {
        outer.start <= inner.start && inner.end <= outer.end
    };
    chains.sort_by_key(|chain| {
        (chain.left.start, std::cmp::Reverse(chain.left.end), chain.right.start)
    });
    let mut kept: Vec<Chain> = Vec::new();
    for chain in chains {
        let covered = kept
            .iter()
            .rev()
            .any(|known| inside(&chain.left, &known.left) && inside(&chain.right, &known.right));
        if !covered {
            kept.push(chain);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Forms of the letters of `word`, so that a letter stands for a word.
    fn forms(word: &str) -> Vec<Form> {
        word.bytes().map(|letter| Form(u64::from(letter))).collect()
    }

    #[test]
    fn wording_meets_again_after_the_shortest_edit() {
        #[rustfmt::skip]
        let cases = [
            ("ax",    "ay",    Some((1, 1))), // one equal word, no edit between
            ("xab",   "yab",   Some((3, 3))), // one word replaced
            ("ab",    "yab",   Some((2, 3))), // one word added
            ("xa",    "ya",    None),         // a single equal word beyond an edit is chance
            ("abcde", "",      None),
        ];
        for (left, right, expected) in cases {
            assert_eq!(meeting(&forms(left), &forms(right)), expected, "{left} {right}");
        }
    }
}
