//! Verification: from shared shingles of two documents to the passages they share.
//!
//! Seeds are extended in both directions over small edits and joined over larger
//! ones, as sequences are in BLAST (Altschul et al., "Gapped BLAST and PSI-BLAST",
//! Nucleic Acids Research 25, 1997) and passages in text alignment (Sanchez-Perez,
//! Gelbukh and Sidorov, "Dynamically adjustable approach through obfuscation type
//! recognition", CLEF 2015: recursive gap clustering). Shared words speak for a
//! passage by their [`Evidence`], words that differ speak against it, and what does
//! not pay at either end is trimmed.
//!
//! In:  the word hashes of two documents and their seeds.
//! Out: [`Shared`] passages, in word positions.
//! Not here: what a word is worth (`evidence`), finding the seeds (`join`).

use std::collections::HashSet;
use std::ops::Range;

/// A shingle that two documents share, by the position of its first word in each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Seed {
    /// Word position in the left document.
    pub left: u32,
    /// Word position in the right document.
    pub right: u32,
}

/// A passage that stands in two documents in largely the same words.
///
/// Invariant: both ranges are non-empty, and the words at their ends are shared ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shared {
    /// Word positions in the left document.
    pub left: Range<u32>,
    /// Word positions in the right document.
    pub right: Range<u32>,
    /// Shared words, in order, found without a complete alignment: a lower bound.
    pub words: u32,
    /// What the shared words say for reuse, less what the edits say against it, in
    /// units of 1/[`BIT`] bit.
    pub evidence: u32,
}

/// Evidence is counted in sixteenths of a bit: integers, so that sums are exact.
pub const BIT: u32 = 16;

/// How much shared words say for reuse.
pub trait Evidence {
    /// Appends to `weights` one weight for each word of `run`, in 1/[`BIT`] bit.
    ///
    /// `run` stands word for word in both documents. A weight may depend on the words
    /// of the run only: then left and right are alike, and neighbours do not matter.
    fn weigh(&self, run: &[u32], weights: &mut Vec<u32>);

    /// What a passage must have, in 1/[`BIT`] bit.
    fn needed(&self) -> u32;
}

/// Words that an edit may add, drop or replace inside a segment.
const REACH_WORDS: usize = 6;

/// What one edited word speaks against: log₂ of one edit in five words.
const EDIT_COST: u32 = 37;

/// What equal words around a seed must say before more is built on them: less is a
/// stock phrase.
const EXTENDED_FROM: u32 = 20 * BIT;

/// What a shift between the documents costs besides: log₂ of the places to look in.
const SHIFT_COST: u32 = 4 * BIT;

/// Words of a run that decide whether an edit before it is stepped over.
const DECIDING_WORDS: u32 = 8;

/// Words between two segments of one passage, in either document: a long sentence.
const GAP_WORDS_MAX: u32 = 60;

/// What every gap costs, and each of its words up to and beyond `GAP_NEAR_WORDS`.
const GAP_COST: u32 = 16 * BIT;
const GAP_NEAR_WORDS: u32 = 24;
const GAP_NEAR_COST: u32 = 24;
const GAP_FAR_COST: u32 = 4;

/// Rounds of gap clustering. Real passages need three; more is made for this limit.
const CLUSTER_ROUNDS_MAX: usize = 16;

/// The passages that `left` and `right` share around `seeds`, by left position.
///
/// Seeds may come in any order and more than once; those that are none are skipped.
/// Time grows with the number of seeds and the length of the passages, not with the
/// product of the documents.
///
/// ```
/// use provenance::reuse::archive::{BIT, Evidence, Seed, Words, compare};
///
/// /// Every word counts the same.
/// struct Flat;
/// impl Evidence for Flat {
///     fn weigh(&self, run: &[u32], weights: &mut Vec<u32>) {
///         weights.extend(run.iter().map(|_| 8 * BIT));
///     }
///     fn needed(&self) -> u32 {
///         60 * BIT
///     }
/// }
///
/// let left = Words::read("On Friday the port of Ellery will open its new eastern quay.");
/// let right = Words::read("The port of Ellery will soon open its new eastern quay, it said.");
///
/// let shared = compare(left.hashes(), right.hashes(), &[Seed { left: 2, right: 0 }], &Flat);
///
/// assert_eq!((shared[0].left.clone(), shared[0].right.clone()), (2..12, 0..11));
/// ```
pub fn compare(
    left: &[u32],
    right: &[u32],
    seeds: &[Seed],
    evidence: &impl Evidence,
) -> Vec<Shared> {
    let mut pair = Pair { left, right, evidence, weights: Vec::new() };
    let segments = if seeds.is_sorted() {
        pair.segments(seeds)
    } else {
        let mut seeds = seeds.to_vec();
        seeds.sort_unstable();
        pair.segments(&seeds)
    };
    // Most pairs have a name or a phrase in common, and are done with here.
    let most = segments.iter().fold(0_u32, |sum, one| sum.saturating_add(one.evidence));
    if most < evidence.needed() {
        return Vec::new();
    }
    let clusters = clusters(segments).into_iter();
    let mut passages: Vec<Shared> = clusters.flat_map(|cluster| join(left, cluster)).collect();
    passages.retain(|passage| passage.evidence >= evidence.needed());
    passages.sort_unstable_by_key(order);
    passages
}

/// The order of passages: by left, then right position.
fn order(passage: &Shared) -> [u32; 4] {
    let Shared { left, right, .. } = passage;
    [left.start, left.end, right.start, right.end]
}

/// Two documents under comparison.
struct Pair<'a, E> {
    left: &'a [u32],
    right: &'a [u32],
    evidence: &'a E,
    /// A buffer.
    weights: Vec<u32>,
}

/// Which way an extension goes.
#[derive(Clone, Copy)]
enum Direction {
    Forward,
    Backward,
}

/// Words of an edit at the end of a segment, beyond which the documents are equal again.
struct Step {
    skipped_left: u32,
    skipped_right: u32,
}

impl<E: Evidence> Pair<'_, E> {
    /// Extends each of the sorted `seeds` that no earlier segment holds.
    fn segments(&mut self, seeds: &[Seed]) -> Vec<Shared> {
        let mut segments: Vec<Shared> = Vec::new();
        // Segments that reach beyond the left position of the seed.
        let mut open: Vec<usize> = Vec::new();
        for seed in seeds.iter().copied() {
            open.retain(|index| segments[*index].left.end > seed.left);
            let inside = |index: &usize| segments[*index].right.contains(&seed.right);
            if !open.iter().any(inside)
                && let Some(segment) = self.segment(seed)
            {
                open.push(segments.len());
                segments.push(segment);
            }
        }
        segments
    }

    /// The segment around `seed`, if its words are equal at all.
    fn segment(&mut self, seed: Seed) -> Option<Shared> {
        let before = self.equal_words(seed.left, seed.right, Direction::Backward, u32::MAX);
        let words = before + self.equal_words(seed.left, seed.right, Direction::Forward, u32::MAX);
        if words == 0 || words == before {
            return None;
        }
        let (left, right) = (seed.left - before, seed.right - before);
        let mut segment = Shared {
            left: left..left + words,
            right: right..right + words,
            words,
            evidence: self.weight(left, words),
        };
        if segment.evidence >= EXTENDED_FROM {
            while self.extend(&mut segment, Direction::Forward) {}
            while self.extend(&mut segment, Direction::Backward) {}
        }
        Some(segment)
    }

    /// Takes into `segment` the next equal words beyond one edit, if they outweigh it.
    fn extend(&mut self, segment: &mut Shared, direction: Direction) -> bool {
        let (left, right) = match direction {
            Direction::Forward => (segment.left.end, segment.right.end),
            Direction::Backward => (segment.left.start, segment.right.start),
        };
        let Some(step) = self.next_step(left, right, direction) else { return false };
        let (left, right) = moved(left, right, &step, direction);
        let words = self.equal_words(left, right, direction, u32::MAX);
        let weight = match direction {
            Direction::Forward => {
                (segment.left.end, segment.right.end) = (left + words, right + words);
                self.weight(left, words)
            }
            Direction::Backward => {
                (segment.left.start, segment.right.start) = (left - words, right - words);
                self.weight(left - words, words)
            }
        };
        segment.words += words;
        segment.evidence = segment.evidence.saturating_add(weight).saturating_sub(step.cost());
        true
    }

    /// The step with the greatest gain from (`left`, `right`); of equals the shortest.
    fn next_step(&mut self, left: u32, right: u32, direction: Direction) -> Option<Step> {
        let left_words = near(self.left, left, direction);
        let right_words = near(self.right, right, direction);
        let mut best: Option<(u32, Step)> = None;
        for (skipped_left, left_word) in (0..).zip(left_words) {
            for (skipped_right, right_word) in (0..).zip(right_words) {
                if left_word != right_word || left_word.is_none() {
                    continue;
                }
                let step = Step { skipped_left, skipped_right };
                let (l, r) = moved(left, right, &step, direction);
                let words = self.equal_words(l, r, direction, DECIDING_WORDS);
                let start = if let Direction::Forward = direction { l } else { l - words };
                let gain = self.weight(start, words).saturating_sub(step.cost());
                if gain > best.as_ref().map_or(0, |(gain, _)| *gain) {
                    best = Some((gain, step));
                }
            }
        }
        best.map(|(_, step)| step)
    }

    /// How many words from, or before, the positions are equal in a row, up to `limit`.
    fn equal_words(&self, left: u32, right: u32, direction: Direction, limit: u32) -> u32 {
        let (left, right, limit) = (left as usize, right as usize, limit as usize);
        let count = match direction {
            Direction::Forward => {
                let (Some(left), Some(right)) = (self.left.get(left..), self.right.get(right..))
                else {
                    return 0;
                };
                left.iter().zip(right).take(limit).take_while(|(left, right)| left == right).count()
            }
            Direction::Backward => {
                let (Some(left), Some(right)) = (self.left.get(..left), self.right.get(..right))
                else {
                    return 0;
                };
                let pairs = left.iter().rev().zip(right.iter().rev());
                pairs.take(limit).take_while(|(left, right)| left == right).count()
            }
        };
        u32::try_from(count).expect("documents are under 4 GiB")
    }

    /// The evidence of `words` shared words from `left`.
    fn weight(&mut self, left: u32, words: u32) -> u32 {
        self.weights.clear();
        let run = &self.left[left as usize..(left + words) as usize];
        self.evidence.weigh(run, &mut self.weights);
        self.weights.iter().fold(0, |sum, weight| sum.saturating_add(*weight))
    }
}

/// The words within reach of a position, nearest first.
fn near(words: &[u32], at: u32, direction: Direction) -> [Option<u32>; REACH_WORDS + 1] {
    let at = at as usize;
    std::array::from_fn(|skipped| match direction {
        Direction::Forward => words.get(at + skipped).copied(),
        Direction::Backward => at.checked_sub(skipped + 1).map(|before| words[before]),
    })
}

/// The positions beyond `step`.
fn moved(left: u32, right: u32, step: &Step, direction: Direction) -> (u32, u32) {
    match direction {
        Direction::Forward => (left + step.skipped_left, right + step.skipped_right),
        Direction::Backward => (left - step.skipped_left, right - step.skipped_right),
    }
}

impl Step {
    fn cost(&self) -> u32 {
        let shift = if self.skipped_left == self.skipped_right { 0 } else { SHIFT_COST };
        shift + EDIT_COST * self.skipped_left.max(self.skipped_right)
    }
}

/// Segments that lie near each other in both documents, whatever their order.
fn clusters(segments: Vec<Shared>) -> Vec<Vec<Shared>> {
    let mut clusters = Vec::new();
    let mut open = vec![(segments, 0)];
    while let Some((segments, rounds)) = open.pop() {
        let by_right = split(segments, |segment| &segment.right);
        let pieces: Vec<_> =
            by_right.into_iter().flat_map(|piece| split(piece, |segment| &segment.left)).collect();
        let done = pieces.len() == 1 || rounds == CLUSTER_ROUNDS_MAX;
        for piece in pieces {
            if done || piece.len() == 1 {
                clusters.push(piece);
            } else {
                open.push((piece, rounds + 1));
            }
        }
    }
    clusters
}

/// Sorts `segments` by one side and cuts where the gap is too wide.
fn split(mut segments: Vec<Shared>, side: fn(&Shared) -> &Range<u32>) -> Vec<Vec<Shared>> {
    segments.sort_unstable_by_key(|segment| (side(segment).start, order(segment)));
    let mut pieces: Vec<Vec<Shared>> = Vec::new();
    let mut end = 0;
    for segment in segments {
        let Range { start, end: segment_end } = side(&segment).clone();
        match pieces.last_mut() {
            Some(piece) if start <= end + GAP_WORDS_MAX => {
                piece.push(segment);
                end = end.max(segment_end);
            }
            _ => {
                pieces.push(vec![segment]);
                end = segment_end;
            }
        }
    }
    pieces
}

/// Joins the segments of a cluster, in left order, while that pays; the best-supported
/// stretch of each joined row is a passage (Kadane's maximal sum).
///
/// Words that the row has already say nothing again: a name that two stories repeat.
fn join(left: &[u32], cluster: Vec<Shared>) -> Vec<Shared> {
    if cluster.len() == 1 {
        return cluster;
    }
    let mut passages: Vec<Shared> = Vec::new();
    let mut seen: HashSet<u32> = HashSet::new();
    // The row up to here, and its best-supported beginning.
    let mut row: Option<(Shared, Shared)> = None;
    for segment in cluster {
        let words = &left[segment.left.start as usize..segment.left.end as usize];
        let fresh = words.iter().filter(|word| seen.insert(**word)).count();
        if let Some((so_far, best)) = &mut row {
            let cost =
                gap_cost(gap(&so_far.left, &segment.left), gap(&so_far.right, &segment.right));
            if so_far.evidence > cost {
                so_far.left = cover(&so_far.left, &segment.left);
                so_far.right = cover(&so_far.right, &segment.right);
                so_far.words += segment.words;
                so_far.evidence =
                    so_far.evidence - cost + part(segment.evidence, fresh, words.len());
                if so_far.evidence >= best.evidence {
                    best.clone_from(so_far);
                }
                continue;
            }
        }
        seen.clear();
        seen.extend(words);
        passages.extend(row.replace((segment.clone(), segment)).map(|(_, best)| best));
    }
    passages.extend(row.map(|(_, best)| best));
    passages
}

/// `evidence` for `some` of `all` words.
fn part(evidence: u32, some: usize, all: usize) -> u32 {
    let part = u64::from(evidence) * some as u64 / all as u64;
    u32::try_from(part).expect("a part is not more than the whole")
}

fn gap_cost(left: u32, right: u32) -> u32 {
    let words = left + right;
    let near = words.min(GAP_NEAR_WORDS);
    GAP_COST + near * GAP_NEAR_COST + (words - near) * GAP_FAR_COST
}

/// Words between two ranges: none when they touch or overlap.
fn gap(one: &Range<u32>, other: &Range<u32>) -> u32 {
    other.start.saturating_sub(one.end).max(one.start.saturating_sub(other.end))
}

fn cover(one: &Range<u32>, other: &Range<u32>) -> Range<u32> {
    one.start.min(other.start)..one.end.max(other.end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reuse::archive::Words;
    use crate::reuse::archive::fingerprints;
    use proptest::prelude::*;

    /// Every word says eight bits, and a passage needs eight words.
    struct Flat;

    impl Evidence for Flat {
        fn weigh(&self, run: &[u32], weights: &mut Vec<u32>) {
            weights.extend(run.iter().map(|_| 8 * BIT));
        }

        fn needed(&self) -> u32 {
            64 * BIT
        }
    }

    /// A word of this number is boilerplate.
    const STOCK: u32 = 7;

    /// As [`Flat`], but [`STOCK`] says nothing.
    struct Marked;

    impl Evidence for Marked {
        fn weigh(&self, run: &[u32], weights: &mut Vec<u32>) {
            weights.extend(run.iter().map(|word| if *word == STOCK { 0 } else { 8 * BIT }));
        }

        fn needed(&self) -> u32 {
            64 * BIT
        }
    }

    /// All shared shingles.
    fn seeds(left: &[u32], right: &[u32]) -> Vec<Seed> {
        let mut seeds = Vec::new();
        for (l, one) in (0..).zip(fingerprints(left)) {
            let equal = (0..).zip(fingerprints(right)).filter(|(_, other)| one == *other);
            seeds.extend(equal.map(|(r, _)| Seed { left: l, right: r }));
        }
        seeds
    }

    /// What two texts share, as the wording on either side.
    fn shared(left: &str, right: &str) -> Vec<String> {
        let (one, other) = (Words::read(left), Words::read(right));
        let seeds = seeds(one.hashes(), other.hashes());
        let found = compare(one.hashes(), other.hashes(), &seeds, &Flat);
        let side = |text: &str, words: &Words, range: &Range<u32>| {
            text[words.cover(std::slice::from_ref(range))[0].range()].to_owned()
        };
        let pairs = found.iter().map(|shared| {
            format!("{} = {}", side(left, &one, &shared.left), side(right, &other, &shared.right))
        });
        pairs.collect()
    }

    #[test]
    fn finds_edited_wording_from_end_to_end() {
        #[rustfmt::skip]
        let cases = [
            // Words replaced, added and dropped.
            ("x y a b c d e f g h i j k z", "q a b c d e F2 g h i j k r",
             "a b c d e f g h i j k = a b c d e F2 g h i j k"),
            ("x a b c d e f g h i j k z",   "q a b c d e m n f g h i j k r",
             "a b c d e f g h i j k = a b c d e m n f g h i j k"),
            ("x a b c d e f g h i j k z",   "q a c d e f g h i j k r",
             "a b c d e f g h i j k = a c d e f g h i j k"),
            // Clauses in another order are one passage.
            ("x a b c d e f g h i j k l z", "q g h i j k l a b c d e f r",
             "a b c d e f g h i j k l = g h i j k l a b c d e f"),
        ];
        for (left, right, expected) in cases {
            assert_eq!(shared(left, right), [expected], "{left} / {right}");
        }
    }

    #[test]
    fn a_name_alone_is_no_passage() {
        assert!(shared("x a b c d e f z", "q a b c d e f r").is_empty());
        assert!(shared("", "a").is_empty());
    }

    #[test]
    fn a_name_far_from_a_passage_stays_outside() {
        let row = |from: u32, to: u32| (from..to).collect::<Vec<u32>>();
        let left = [row(1000, 1040), row(2000, 2030), row(100, 105)].concat();
        let right = [row(1000, 1040), row(3000, 3030), row(100, 105)].concat();

        let found = compare(&left, &right, &seeds(&left, &right), &Flat);

        assert_eq!(found.len(), 1);
        assert_eq!((found[0].left.clone(), found[0].right.clone()), (0..40, 0..40));
    }

    #[test]
    fn boilerplate_neither_makes_nor_lengthens_a_passage() {
        let stock = [STOCK; 40];
        assert!(compare(&stock, &stock, &[Seed { left: 0, right: 0 }], &Marked).is_empty());
        let story: Vec<u32> = (100..120).collect();
        let (left, right) =
            ([&story[..], &[1], &stock].concat(), [&story[..], &[2], &stock].concat());

        let found = compare(&left, &right, &seeds(&left, &right), &Marked);

        assert_eq!((found[0].left.clone(), found[0].right.clone()), (0..20, 0..20));
    }

    #[test]
    fn seeds_that_are_none_are_skipped() {
        let far = [Seed { left: 90, right: 3 }, Seed { left: u32::MAX, right: u32::MAX }];
        assert!(compare(&[1, 2, 3, 4, 5], &[1, 2, 3, 4, 6], &far, &Flat).is_empty());
        let unequal = [Seed { left: 4, right: 4 }];
        assert!(compare(&[1, 2, 3, 4, 5], &[1, 2, 3, 4, 6], &unequal, &Flat).is_empty());
    }

    #[test]
    fn one_word_for_ever_takes_no_quadratic_time() {
        let words = vec![1; 200_000];
        let seeds: Vec<Seed> = (0..199_000)
            .step_by(4)
            .flat_map(|left| [(left, 0), (left, left)])
            .map(|(left, right)| Seed { left, right })
            .collect();

        let found = compare(&words, &words, &seeds, &Flat);

        assert_eq!(found[0].left, 0..200_000);
    }

    proptest! {
        #[test]
        fn passages_lie_in_their_documents(
            left in prop::collection::vec(0_u32..4, 0..80), right in prop::collection::vec(0_u32..4, 0..80)
        ) {
            for passage in compare(&left, &right, &seeds(&left, &right), &Flat) {
                prop_assert!(passage.left.start < passage.left.end);
                prop_assert!(passage.left.end as usize <= left.len());
                prop_assert!(passage.right.start < passage.right.end);
                prop_assert!(passage.right.end as usize <= right.len());
            }
        }

        #[test]
        fn the_order_of_seeds_does_not_matter(
            left in prop::collection::vec(0_u32..6, 0..60), right in prop::collection::vec(0_u32..6, 0..60)
        ) {
            let seeds = seeds(&left, &right);
            let turned: Vec<Seed> = seeds.iter().rev().copied().collect();
            prop_assert_eq!(compare(&left, &right, &seeds, &Flat), compare(&left, &right, &turned, &Flat));
        }
    }
}
