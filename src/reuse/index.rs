//! The index: which texts to compare, and where.
//!
//! Two texts are compared where they share several *anchors* near each other: two
//! rare words close together, in either order, or a *shingle*, a few words in a row.
//! Reused wording keeps some however it was edited. An anchor is looked up in all
//! texts at once, so work grows with the words of the texts and with what they share,
//! never with the number of pairs.
//!
//! The texts that a text shares most anchors with are also those on its subject.
//!
//! In:  the stems of all texts.
//! Out: [`Index`].
//! Not here: comparing them (`search`).

use crate::reuse::background;
use crate::reuse::plane::Stems;
use crate::reuse::plane::Stretch;
use rayon::prelude::*;
use std::cmp::Reverse;
use std::ops::Range;

/// Words rarer than this in English make anchors: the 1,500 most common do not.
const RARE_RATE_MAX: f32 = 1e-4;

/// Rare words after a rare word that make an anchor with it.
const NEIGHBOURS: usize = 6;

/// Words in a shingle.
const SHINGLE_WORDS: usize = 4;

/// Up to this many texts every two that share an anchor are paired. With more, each is
/// paired with the first only: pairs would grow with the square of the texts, and a
/// wire story in sixty outlets is one cluster either way.
const PAIRED_TEXTS_MAX: usize = 24;

/// An anchor more often than this in one text is a refrain, a table or its subject.
const REPEATS_MAX: usize = 8;

/// Words around a shared anchor in which others must stand, on both sides.
const NEAR_WORDS: u32 = 80;

/// What different shared anchors near each other must weigh to be worth a look. All 215
/// passages of PAN 2013 train have five anchors; so do 13 of 75 pairs without one.
const WEIGHT_MIN: usize = 5;

/// Weight of a shingle, whose words are in order; a pair of rare words has 1. A clause
/// of twelve words with two edits has two shingles and a pair.
const SHINGLE_WEIGHT: usize = 2;

/// Words around shared anchors that are looked at too.
const MARGIN_WORDS: u32 = 80;

/// Texts that stand for the subject of a text.
const NEAREST_TEXTS: usize = 8;

/// One anchor at one place. Pairs of rare words are even, shingles odd.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Posting {
    anchor: u64,
    text: u32,
    at: u32,
}

/// An anchor that two texts share, or that one text repeats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Point {
    texts: [u32; 2],
    at: [u32; 2],
    anchor: u64,
}

/// Two texts, or twice the same, and where they share anchors.
#[derive(Clone, Debug)]
pub(crate) struct Pair {
    /// The lower number first.
    pub(crate) texts: [u32; 2],
    /// Parts of the two texts to compare; in order, and apart.
    pub(crate) regions: Vec<[Stretch; 2]>,
    /// Shared anchors, all in all.
    shared: usize,
}

/// What is worth comparing.
#[derive(Clone, Debug)]
pub(crate) struct Index {
    /// In order.
    pub(crate) pairs: Vec<Pair>,
    /// By text: the texts nearest to it, the nearest first.
    nearest: Vec<Vec<u32>>,
}

impl Index {
    pub(crate) fn new(stems: &[Stems]) -> Self {
        let mut postings: Vec<Posting> = stems
            .par_iter()
            .zip(0..number(stems.len()))
            .flat_map_iter(|(stems, text)| postings(stems, text))
            .collect();
        postings.par_sort_unstable();
        let mut points: Vec<Point> =
            postings.par_chunk_by(|a, b| a.anchor == b.anchor).flat_map_iter(points).collect();
        drop(postings);
        points.par_sort_unstable();
        let mut pairs: Vec<Pair> = points
            .par_chunk_by(|a, b| a.texts == b.texts)
            .map(|points| Pair {
                texts: points[0].texts,
                regions: regions(points, stems),
                shared: points.len(),
            })
            .collect();
        let nearest = nearest(&pairs, stems.len());
        pairs.retain(|pair| !pair.regions.is_empty());
        Self { pairs, nearest }
    }

    /// Other texts on the subject of a pair.
    pub(crate) fn topic(&self, texts: [u32; 2]) -> Vec<u32> {
        let near = texts.iter().flat_map(|text| &self.nearest[*text as usize]).copied();
        let mut topic: Vec<u32> = near.filter(|text| !texts.contains(text)).collect();
        topic.sort_unstable();
        topic.dedup();
        topic
    }
}

/// The anchors and shingles of one text.
fn postings(stems: &Stems, text: u32) -> Vec<Posting> {
    let is_rare = |(stem, _): &(u64, u32)| background::rate(*stem) < RARE_RATE_MAX;
    let rare: Vec<(u64, u32)> = stems.words.iter().copied().zip(0..).filter(is_rare).collect();
    let mut postings = Vec::new();
    for (index, (word, at)) in rare.iter().enumerate() {
        let others = rare[index + 1..].iter().take(NEIGHBOURS).filter(|other| other.0 != *word);
        postings.extend(others.map(|other| Posting {
            anchor: anchor(*word, other.0),
            text,
            at: *at,
        }));
    }
    let inside = |at: &usize| !stems.borders[at + 1..at + SHINGLE_WORDS].contains(&true);
    let windows = stems.words.windows(SHINGLE_WORDS).enumerate();
    postings.extend(windows.filter(|(at, _)| inside(at)).map(|(at, words)| Posting {
        anchor: shingle(words),
        text,
        at: number(at),
    }));
    postings
}

/// Every two places of one anchor that are compared.
fn points(group: &[Posting]) -> Vec<Point> {
    let texts: Vec<&[Posting]> = group
        .chunk_by(|a, b| a.text == b.text)
        .filter(|postings| postings.len() <= REPEATS_MAX)
        .collect();
    let firsts = if texts.len() > PAIRED_TEXTS_MAX { 1 } else { texts.len() };
    let point = |left: &Posting, right: &Posting| Point {
        texts: [left.text, right.text],
        at: [left.at, right.at],
        anchor: left.anchor,
    };
    let mut points = Vec::new();
    for (index, lefts) in texts.iter().enumerate() {
        for (at, left) in lefts.iter().enumerate() {
            points.extend(lefts[at + 1..].iter().map(|right| point(left, right)));
            let others = texts[index + 1..].iter().filter(|_| index < firsts);
            points.extend(others.copied().flatten().map(|right| point(left, right)));
        }
    }
    points
}

/// The parts of two texts in which enough anchors stand near each other.
fn regions(points: &[Point], stems: &[Stems]) -> Vec<[Stretch; 2]> {
    let mut regions: Vec<[[u32; 2]; 2]> = Vec::new();
    for (index, point) in points.iter().enumerate() {
        if is_dense(points, index) {
            let grown = point.at.map(|at| [at.saturating_sub(MARGIN_WORDS), at + MARGIN_WORDS]);
            absorb(&mut regions, grown);
        }
    }
    within(regions, points[0].texts.map(|text| stems[text as usize].words.len()))
}

/// The parts of two texts of these lengths around what they are known to share.
pub(crate) fn around(shared: &[[Range<u32>; 2]], lengths: [usize; 2]) -> Vec<[Stretch; 2]> {
    let mut regions: Vec<[[u32; 2]; 2]> = Vec::new();
    for sides in shared {
        let grown = sides.each_ref().map(|side| {
            [side.start.saturating_sub(MARGIN_WORDS), side.end.saturating_add(MARGIN_WORDS)]
        });
        absorb(&mut regions, grown);
    }
    within(regions, lengths)
}

/// Regions in order, cut where their texts end.
fn within(mut regions: Vec<[[u32; 2]; 2]>, lengths: [usize; 2]) -> Vec<[Stretch; 2]> {
    regions.sort_unstable();
    let stretch = |side: usize, [start, end]: [u32; 2]| Stretch {
        start: start as usize,
        end: (end as usize).min(lengths[side]),
    };
    regions.iter().map(|region| [stretch(0, region[0]), stretch(1, region[1])]).collect()
}

/// Adds a region, joined with all that it meets on both sides.
fn absorb(regions: &mut Vec<[[u32; 2]; 2]>, mut region: [[u32; 2]; 2]) {
    let meets = |a: &[u32; 2], b: &[u32; 2]| a[0] <= b[1] && b[0] <= a[1];
    while let Some(at) =
        regions.iter().position(|known| (0..2).all(|side| meets(&known[side], &region[side])))
    {
        let known = regions.swap_remove(at);
        for side in 0..2 {
            region[side][0] = region[side][0].min(known[side][0]);
            region[side][1] = region[side][1].max(known[side][1]);
        }
    }
    regions.push(region);
}

/// Whether enough different anchors stand near a point.
fn is_dense(points: &[Point], index: usize) -> bool {
    let here = points[index].at;
    let mut found: Vec<u64> = Vec::with_capacity(WEIGHT_MIN);
    let mut weight = 0;
    let before = points[..index].iter().rev().take_while(|p| p.at[0] + NEAR_WORDS >= here[0]);
    let after = points[index..].iter().take_while(|p| p.at[0] <= here[0] + NEAR_WORDS);
    for point in after.chain(before) {
        if point.at[1].abs_diff(here[1]) <= NEAR_WORDS && !found.contains(&point.anchor) {
            found.push(point.anchor);
            weight += if point.anchor.is_multiple_of(2) { 1 } else { SHINGLE_WEIGHT };
            if weight >= WEIGHT_MIN {
                return true;
            }
        }
    }
    false
}

/// The nearest texts of each.
fn nearest(pairs: &[Pair], texts: usize) -> Vec<Vec<u32>> {
    let mut near: Vec<Vec<(Reverse<usize>, u32)>> = vec![Vec::new(); texts];
    for Pair { texts: [left, right], shared, .. } in pairs {
        if left != right {
            near[*left as usize].push((Reverse(*shared), *right));
            near[*right as usize].push((Reverse(*shared), *left));
        }
    }
    near.iter_mut()
        .map(|near| {
            near.sort_unstable();
            near.iter().take(NEAREST_TEXTS).map(|(_, text)| *text).collect()
        })
        .collect()
}

/// An odd number with no pattern in its bits (the golden ratio), which spreads a hash.
const MIXER: u64 = 0x9e37_79b9_7f4a_7c15;

/// Two words in either order.
fn anchor(one: u64, other: u64) -> u64 {
    let (low, high) = (one.min(other), one.max(other));
    (low.rotate_left(23) ^ high).wrapping_mul(MIXER) & !1
}

/// Some words in a row.
fn shingle(words: &[u64]) -> u64 {
    let mix = |hash: u64, word: &u64| (hash.rotate_left(23) ^ word).wrapping_mul(MIXER);
    words.iter().fold(0, mix) | 1
}

fn number(index: usize) -> u32 {
    u32::try_from(index).expect("documents are under 4 GiB, and numbered by u32")
}
