//! Exact borders: where a passage begins and ends on both sides.
//!
//! The scan lets one word of a side answer many of the other, so a passage grows
//! over text that only repeats its words. Here each word answers one, and the four
//! borders climb, by units and by words, to where the evidence is greatest.
//!
//! In:  a rectangle.
//! Out: the same passage with better borders.
//! Not here: finding it (`search`).

use crate::reuse::bag;
use crate::reuse::plane::LEFT;
use crate::reuse::plane::LONE;
use crate::reuse::plane::Plane;
use crate::reuse::plane::RIGHT;
use crate::reuse::plane::Stretch;
use crate::reuse::plane::count;
use crate::reuse::scan;
use crate::reuse::search::Rectangle;

/// Moves of the borders, at most; each gains evidence, and a dozen is common.
const MOVES_MAX: usize = 30;

/// Longer passages keep the borders of the scan: a move costs their length, and what it
/// gains is a small part of them.
const CLIMBING_WORDS_MAX: usize = 2_000;

/// Words that a border may move by at once, inwards and outwards.
const WORD_STEPS: [(isize, isize); 8] =
    [(1, 0), (2, 0), (4, 0), (-1, 0), (0, -1), (0, -2), (0, -4), (0, 1)];

/// Shorter stretches only move by units.
const STEPPING_WORDS_MIN: usize = 9;

/// Evidence that a move must gain, in nats.
const GAIN_MIN: f32 = 0.01;

/// Counts the words that both sides of a rectangle have, one to one.
#[derive(Clone, Debug)]
pub(crate) struct Tally {
    counts: [Vec<u32>; 2],
}

impl Tally {
    pub(crate) fn new(plane: &Plane) -> Self {
        Self { counts: [vec![0; plane.rates.len()], vec![0; plane.rates.len()]] }
    }

    /// Moves the borders of `rectangle` to where the evidence is greatest.
    pub(crate) fn climb(&mut self, plane: &Plane, rectangle: Rectangle) -> Rectangle {
        let mut current = self.weigh(plane, rectangle.sides, rectangle.shares);
        if current.sides.iter().any(|side| side.len() > CLIMBING_WORDS_MAX) {
            return current;
        }
        for _ in 0..MOVES_MAX {
            let shares = current.shares;
            let base = self.weigh(plane, current.sides, shares);
            let best = self.best_move(plane, &base, shares);
            current = best;
            if best.sides == base.sides {
                break;
            }
        }
        current
    }

    /// The best place for the borders that one move of one or both sides leads to.
    fn best_move(&mut self, plane: &Plane, base: &Rectangle, shares: [f32; 2]) -> Rectangle {
        let choices = [LEFT, RIGHT].map(|side| places(plane, base, side));
        let mut best = *base;
        for left in &choices[LEFT] {
            for right in &choices[RIGHT] {
                let moved = [(LEFT, left), (RIGHT, right)];
                let stays = moved.iter().any(|(side, place)| **place == base.sides[*side]);
                let whole = moved.iter().all(|(side, place)| is_whole(plane, *side, **place));
                let apart = !plane.one_text || left.end <= right.start;
                if !apart || !(stays || whole) {
                    continue;
                }
                let moved = self.weigh(plane, [*left, *right], shares);
                if moved.total() > best.total() + GAIN_MIN {
                    best = moved;
                }
            }
        }
        best
    }

    /// The evidence of a rectangle whose words answer one another one to one.
    ///
    /// The shares returned are those that its words speak for.
    pub(crate) fn weigh(
        &mut self,
        plane: &Plane,
        sides: [Stretch; 2],
        shares: [f32; 2],
    ) -> Rectangle {
        for side in [LEFT, RIGHT] {
            for word in plane.words(side, sides[side]) {
                self.counts[side][*word as usize] += 1;
            }
        }
        let lengths = sides.map(|stretch| count(stretch.len()));
        let (mut evidence, mut taken, mut matched) = ([0.0; 2], [0.0; 2], 0);
        for word in plane.words(LEFT, sides[LEFT]) {
            let at = *word as usize;
            let common = self.counts[LEFT][at].min(self.counts[RIGHT][at]);
            // The first of equal words speaks for all.
            self.counts[LEFT][at] = 0;
            if *word == LONE || common == 0 {
                continue;
            }
            matched += common as usize;
            for side in [LEFT, RIGHT] {
                let chance = bag::chance(plane.rates[at], lengths[1 - side]);
                evidence[side] += count(common as usize) * bag::found(shares[side], chance);
                taken[side] += count(common as usize) * bag::taken(shares[side], chance);
            }
        }
        for word in plane.words(RIGHT, sides[RIGHT]) {
            self.counts[RIGHT][*word as usize] = 0;
        }
        let mut weighed = Rectangle { sides, shares, evidence };
        for side in [LEFT, RIGHT] {
            let stretch = sides[side];
            let unmatched = count(stretch.len() - matched);
            weighed.evidence[side] += unmatched * bag::missing(shares[side])
                + scan::border(plane, side, stretch.start)
                + scan::border(plane, side, stretch.end);
            weighed.shares[side] = bag::share(taken[side], stretch.len());
        }
        weighed
    }
}

/// Whether a stretch begins and ends where units do. Only by whole units may both sides
/// move at once: to try all words against all takes three times as long and gains .001.
fn is_whole(plane: &Plane, side: usize, stretch: Stretch) -> bool {
    plane.borders[side][stretch.start] && plane.borders[side][stretch.end]
}

/// Where one side may lie after one move: where it is, one or two units more or
/// less at one end, or a few words.
fn places(plane: &Plane, rectangle: &Rectangle, side: usize) -> Vec<Stretch> {
    let here = rectangle.sides[side];
    let borders = plane.borders[side];
    let mut places = vec![here];
    let before = |at: usize| (0..at).rev().filter(|at| borders[*at]).take(2);
    let after = |at: usize| (at + 1..borders.len()).filter(|at| borders[*at]).take(2);
    let starts = before(here.start).chain(after(here.start));
    places.extend(starts.map(|start| Stretch { start, ..here }));
    let ends = before(here.end).chain(after(here.end));
    places.extend(ends.map(|end| Stretch { end, ..here }));
    if here.len() >= STEPPING_WORDS_MIN {
        places.extend(WORD_STEPS.iter().filter_map(|(start, end)| {
            Some(Stretch {
                start: here.start.checked_add_signed(*start)?,
                end: here.end.checked_add_signed(*end)?,
            })
        }));
    }
    places.retain(|place| place.start < place.end && place.end < borders.len());
    places
}
