//! Clauses: shared runs of words joined over small edits, then grown word by word.
//!
//! On one subject the words of a single clause are no evidence by themselves; their
//! order is. So runs of equal words are looked for beside the search by likelihood,
//! which does not see order.
//!
//! In:  a plane.
//! Out: [`Rectangle`]s without evidence, in order.
//! Not here: passages (`search`), what a clause is worth (`align`).

use crate::reuse::plane::LEFT;
use crate::reuse::plane::LONE;
use crate::reuse::plane::Plane;
use crate::reuse::plane::RIGHT;
use crate::reuse::plane::Stretch;
use crate::reuse::search::Rectangle;

/// Words in a run. Three words are mostly names and stock phrases ("President
/// Donald Trump"); five lose clauses in which every fourth word was edited.
const RUN_WORDS: usize = 4;

/// A run more often than this in one text is a refrain or a table.
const REPEATS_MAX: usize = 8;

/// Words that an edit may add, drop or replace between two runs of one clause: a
/// relative clause. Beyond that the runs are two.
const GAP_WORDS_MAX: usize = 10;

/// Words after which a clause is not made longer: two long copies are compared piece by
/// piece, because comparing words costs the product of length and edits.
const CLAUSE_WORDS_MAX: usize = 2_000;

/// Words looked at beyond the end of a clause for where the wording meets again.
const REACH_WORDS: usize = 5;

/// Equal words in a row that carry a clause over an edit at its end.
const MEETING_WORDS: usize = 2;

/// The clauses of a plane.
pub(crate) fn clauses(plane: &Plane) -> Vec<Rectangle> {
    let mut chains: Vec<[Stretch; 2]> = Vec::new();
    for run in runs(plane) {
        match chains.iter_mut().rev().find(|chain| continues(chain, &run)) {
            Some(chain) => *chain = [LEFT, RIGHT].map(|side| chain[side].cover(run[side])),
            None => chains.push(run),
        }
    }
    let grown = chains.into_iter().map(|chain| grown(plane, chain));
    let mut kept: Vec<[Stretch; 2]> = Vec::new();
    let mut apart: Vec<[Stretch; 2]> =
        grown.filter(|[left, right]| !plane.one_text || left.end <= right.start).collect();
    apart.sort_by_key(|[left, right]| (left.start, std::cmp::Reverse(left.end), right.start));
    for chain in apart {
        if !kept.iter().any(|known| (0..2).all(|side| known[side].contains(chain[side]))) {
            kept.push(chain);
        }
    }
    let bare = |sides| Rectangle { sides, shares: [0.0; 2], evidence: [0.0; 2] };
    kept.into_iter().map(bare).collect()
}

/// The maximal runs of at least [`RUN_WORDS`] words, by left, then right position.
fn runs(plane: &Plane) -> Vec<[Stretch; 2]> {
    let [left, right] = [LEFT, RIGHT].map(|side| shingles(plane, side));
    let mut points: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    for group in left.chunk_by(|a, b| a.0 == b.0) {
        at += right[at..].partition_point(|(key, _)| *key < group[0].0);
        let answers = right[at..].iter().take_while(|(key, _)| *key == group[0].0).count();
        if group.len() <= REPEATS_MAX && answers <= REPEATS_MAX {
            for (_, left) in group {
                points.extend(right[at..at + answers].iter().map(|(_, right)| (*left, *right)));
            }
        }
    }
    if plane.one_text {
        points.retain(|(left, right)| left + RUN_WORDS <= *right);
    }
    // Right before left is the diagonal that the points of one run share.
    points.sort_unstable_by_key(|(left, right)| (right.wrapping_sub(*left), *left));
    let next = |a: &(usize, usize), b: &(usize, usize)| (a.0 + 1, a.1 + 1) == *b;
    let mut runs: Vec<[Stretch; 2]> = points
        .chunk_by(next)
        .map(|run| {
            let words = run.len() + RUN_WORDS - 1;
            [run[0].0, run[0].1].map(|start| Stretch { start, end: start + words })
        })
        .collect();
    runs.sort_unstable();
    runs
}

/// The shingles of one side with their positions, sorted; none runs over the end of a
/// unit, because the first words of the next sentence are not part of the clause.
fn shingles(plane: &Plane, side: usize) -> Vec<([u32; RUN_WORDS], usize)> {
    let windows = plane.words[side].windows(RUN_WORDS).zip(0..);
    let mut shingles: Vec<([u32; RUN_WORDS], usize)> = windows
        .filter(|(words, at)| {
            let inner = &plane.borders[side][at + 1..at + RUN_WORDS];
            !words.contains(&LONE) && !inner.contains(&true)
        })
        .filter_map(|(words, at)| Some((words.try_into().ok()?, at)))
        .collect();
    shingles.sort_unstable();
    shingles
}

/// Whether `run` goes on where `chain` ends, on both sides.
fn continues(chain: &[Stretch; 2], run: &[Stretch; 2]) -> bool {
    let short = chain[LEFT].len() <= CLAUSE_WORDS_MAX;
    short
        && (0..2).all(|side| {
            run[side].end > chain[side].end
                && run[side].start <= chain[side].end + GAP_WORDS_MAX
                && run[side].start >= chain[side].start
        })
}

/// The chain grown at both ends, inside its first and last units, while the wording
/// meets again within a few words.
fn grown(plane: &Plane, mut chain: [Stretch; 2]) -> [Stretch; 2] {
    while let Some(steps) = meeting([LEFT, RIGHT].map(|side| after(plane, side, chain[side].end))) {
        (0..2).for_each(|side| chain[side].end += steps[side]);
    }
    let before = |side: usize, chain: &[Stretch; 2]| before(plane, side, chain[side].start);
    while let Some(steps) = meeting([LEFT, RIGHT].map(|side| before(side, &chain))) {
        (0..2).for_each(|side| chain[side].start -= steps[side]);
    }
    chain
}

/// The next words of the unit that holds the word before `end`.
fn after(plane: &Plane, side: usize, end: usize) -> Vec<u32> {
    let inside = (end..plane.words[side].len()).take_while(|at| !plane.borders[side][*at]);
    inside.take(2 * REACH_WORDS).map(|at| plane.words[side][at]).collect()
}

/// The words before in the unit that holds the word at `start`, nearest first.
fn before(plane: &Plane, side: usize, start: usize) -> Vec<u32> {
    let inside = (1..=start).rev().take_while(|at| !plane.borders[side][*at]);
    inside.take(2 * REACH_WORDS).map(|at| plane.words[side][at - 1]).collect()
}

/// How many words of both sides lie before the end of the next words in common.
///
/// One equal word is enough where no word lies between; beyond an edit it takes
/// [`MEETING_WORDS`] in a row. The shortest edit wins.
fn meeting([left, right]: [Vec<u32>; 2]) -> Option<[usize; 2]> {
    let equal = |l: usize, r: usize| {
        let pairs = left[l..].iter().zip(&right[r..]);
        pairs.take_while(|(left, right)| left == right && **left != LONE).count()
    };
    let candidates = (0..=2 * REACH_WORDS).flat_map(|skipped| {
        (0..=skipped).map(move |l| (l, skipped - l)).filter(|(l, r)| l.max(r) <= &REACH_WORDS)
    });
    for (l, r) in candidates.filter(|(l, r)| *l < left.len() && *r < right.len()) {
        let words = equal(l, r);
        if words >= MEETING_WORDS || (words == 1 && l + r == 0) {
            return Some([l + words, r + words]);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Letters of `word` as numbers, so that a letter stands for a word.
    fn words(word: &str) -> Vec<u32> {
        word.bytes().map(u32::from).collect()
    }

    #[test]
    fn wording_meets_again_after_the_shortest_edit() {
        #[rustfmt::skip]
        let cases = [
            ("ax",    "ay",    Some([1, 1])), // one equal word, no edit between
            ("xab",   "yab",   Some([3, 3])), // one word replaced
            ("ab",    "yab",   Some([2, 3])), // one word added
            ("xa",    "ya",    None),         // a single equal word beyond an edit is chance
            ("abcde", "",      None),
        ];
        for (left, right, expected) in cases {
            assert_eq!(meeting([words(left), words(right)]), expected, "{left} {right}");
        }
    }
}
