//! The search for passages in the plane of two texts.
//!
//! Each window of the right text is looked for in the left one; from there both
//! sides are scanned in turn, each given the other, until neither moves. Order
//! does not count, so reordered and paraphrased wording is found as verbatim is.
//!
//! In:  a plane.
//! Out: [`Rectangle`]s, the best first; they may overlap.
//! Not here: joining and choosing them (`join`), exact borders (`borders`).

use crate::reuse::bag::Bag;
use crate::reuse::plane::LEFT;
use crate::reuse::plane::Plane;
use crate::reuse::plane::RIGHT;
use crate::reuse::plane::Stretch;
use crate::reuse::scan;

/// Words in a window, half of them in the next one too: from 60 to 120 words the
/// PAN score moves by .004.
const WINDOW_WORDS: usize = 80;

/// Nats in a window's first echo: five rare words. Less costs only time.
const SEED_EVIDENCE: f32 = 8.0;

/// The share looked for at first, on the side that is scanned and on the other.
const SEED_SHARES: [f32; 2] = [0.5, 0.4];

/// Scans of both sides: most passages stand still after three.
const ROUNDS_MAX: usize = 4;

/// Words that a scan may reach beyond a passage, or its length if that is more.
const REACH_WORDS: usize = 100;

/// A passage: a stretch of each side.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rectangle {
    pub(crate) sides: [Stretch; 2],
    /// By side: the share of its words that were taken from the other.
    pub(crate) shares: [f32; 2],
    /// By side, in nats.
    pub(crate) evidence: [f32; 2],
}

impl Rectangle {
    pub(crate) fn total(&self) -> f32 {
        self.evidence[LEFT] + self.evidence[RIGHT]
    }
}

/// The candidates for passages, the most evidence first.
pub(crate) fn candidates(plane: &Plane, regions: &[[Stretch; 2]]) -> Vec<Rectangle> {
    let mut bag = Bag::new(plane);
    let mut rectangles: Vec<Rectangle> = Vec::new();
    let seeds: Vec<Rectangle> =
        regions.iter().flat_map(|region| seeds(plane, &mut bag, *region)).collect();
    for seed in seeds {
        let known = |known: &Rectangle| (0..2).all(|at| known.sides[at].contains(seed.sides[at]));
        if !rectangles.iter().any(known)
            && let Some(rectangle) = settle(plane, &mut bag, seed, ROUNDS_MAX)
        {
            rectangles.push(rectangle);
        }
    }
    rectangles.sort_by(|a, b| b.total().total_cmp(&a.total()).then(a.sides.cmp(&b.sides)));
    rectangles.dedup_by_key(|rectangle| rectangle.sides);
    rectangles
}

/// Every window of the right side of a region with the segments of the left that answer
/// it.
fn seeds(plane: &Plane, bag: &mut Bag, region: [Stretch; 2]) -> Vec<Rectangle> {
    let mut seeds = Vec::new();
    for window in windows(region[RIGHT]) {
        let mut within = region[LEFT];
        if plane.one_text {
            within.end = within.end.min(window.start);
        }
        if within.start >= within.end {
            continue;
        }
        bag.fill(plane, RIGHT, window, SEED_SHARES[LEFT]);
        if !bag.is_telling() {
            continue;
        }
        for segment in scan::all(plane, bag, LEFT, within, SEED_EVIDENCE) {
            seeds.push(Rectangle {
                sides: [segment, window],
                shares: SEED_SHARES,
                evidence: [0.0; 2],
            });
        }
    }
    seeds
}

/// Half-overlapping windows over a stretch.
fn windows(stretch: Stretch) -> impl Iterator<Item = Stretch> {
    let last = stretch.len().saturating_sub(WINDOW_WORDS).div_ceil(WINDOW_WORDS / 2);
    (0..=last)
        .map(move |index| stretch.start + index * (WINDOW_WORDS / 2))
        .filter(move |start| *start < stretch.end)
        .map(move |start| Stretch { start, end: (start + WINDOW_WORDS).min(stretch.end) })
}

/// Scans both sides in turn until neither moves; nothing if a side has no room.
pub(crate) fn settle(
    plane: &Plane,
    bag: &mut Bag,
    seed: Rectangle,
    rounds: usize,
) -> Option<Rectangle> {
    let mut rectangle = seed;
    for _ in 0..rounds {
        let before = rectangle.sides;
        for side in [RIGHT, LEFT] {
            let within = reach(plane, &rectangle, side)?;
            bag.fill(plane, 1 - side, rectangle.sides[1 - side], rectangle.shares[side]);
            let found = scan::best(plane, bag, side, within);
            rectangle.sides[side] = found.stretch;
            rectangle.evidence[side] = found.evidence;
            rectangle.shares[side] = bag.share(plane.words(side, found.stretch));
        }
        if rectangle.sides == before {
            break;
        }
    }
    Some(rectangle)
}

/// Where one side of a rectangle may come to lie.
fn reach(plane: &Plane, rectangle: &Rectangle, side: usize) -> Option<Stretch> {
    let here = rectangle.sides[side];
    let beyond = here.len().max(REACH_WORDS);
    let mut start = here.start.saturating_sub(beyond);
    let mut end = (here.end + beyond).min(plane.words[side].len());
    if plane.one_text {
        match side {
            LEFT => end = end.min(rectangle.sides[RIGHT].start),
            _ => start = start.max(rectangle.sides[LEFT].end),
        }
    }
    (start < end).then_some(Stretch { start, end })
}

/// The evidence of given borders: the shares are estimated twice.
pub(crate) fn weigh(plane: &Plane, bag: &mut Bag, rectangle: Rectangle) -> Rectangle {
    let mut weighed = rectangle;
    let mut shares = rectangle.shares;
    for _ in 0..2 {
        for side in [RIGHT, LEFT] {
            bag.fill(plane, 1 - side, weighed.sides[1 - side], shares[side]);
            weighed.evidence[side] = scan::sum(plane, bag, side, weighed.sides[side]);
            weighed.shares[side] = shares[side];
            shares[side] = bag.share(plane.words(side, weighed.sides[side]));
        }
    }
    weighed
}
