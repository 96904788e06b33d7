//! Scanning a text for the stretch with the most evidence.
//!
//! The best-scoring segment of a sequence (Karlin and Altschul, "Methods for
//! assessing the statistical significance of molecular sequence features by
//! using general scoring schemes", PNAS 87, 1990), with a drop-off as in BLAST
//! and a prior for passages that begin and end where units do.
//!
//! In:  the words of one side and a bag filled from the other.
//! Out: [`Segment`]s.
//! Not here: what becomes of them (`search`).

use crate::reuse::bag::Bag;
use crate::reuse::plane::Plane;
use crate::reuse::plane::Stretch;

/// Nats that it costs to begin or end a passage inside a unit: people take whole
/// sentences. From 5 to 7 the PAN score moves by .005.
const INSIDE_UNIT: f32 = 6.0;

/// Nats by which the running evidence may fall inside one passage: about fifty
/// unrelated words in an edited one. From 30 upwards the PAN score is the same.
const DROP_MAX: f32 = 30.0;

/// A stretch and the evidence for it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Segment {
    pub(crate) stretch: Stretch,
    pub(crate) evidence: f32,
}

/// What it costs to begin or end a passage at a position.
pub(crate) fn border(plane: &Plane, side: usize, at: usize) -> f32 {
    if plane.borders[side][at] { 0.0 } else { -INSIDE_UNIT }
}

/// The best segment of `side` within a non-empty stretch.
pub(crate) fn best(plane: &Plane, bag: &Bag, side: usize, within: Stretch) -> Segment {
    let mut best = Segment { stretch: within, evidence: f32::MIN };
    let (mut start, mut running, mut top) = (within.start, f32::MIN, f32::MIN);
    for (at, word) in (within.start..).zip(plane.words(side, within)) {
        let fresh = border(plane, side, at);
        if fresh > running || running < top - DROP_MAX {
            (start, running, top) = (at, fresh, fresh);
        }
        running += bag.evidence(*word);
        top = top.max(running);
        let ended = running + border(plane, side, at + 1);
        if ended > best.evidence {
            best = Segment { stretch: Stretch { start, end: at + 1 }, evidence: ended };
        }
    }
    best
}

/// All segments of `side` within a stretch that hold at least `evidence_min`,
/// borders not counted. One ends where the running evidence has lost as much.
pub(crate) fn all(
    plane: &Plane,
    bag: &Bag,
    side: usize,
    within: Stretch,
    evidence_min: f32,
) -> Vec<Stretch> {
    let mut segments = Vec::new();
    let (mut start, mut end, mut running, mut top) = (within.start, within.start, 0.0, 0.0);
    for (at, word) in (within.start..).zip(plane.words(side, within)) {
        if running <= 0.0 || (top > evidence_min && running < top - evidence_min) {
            if top > evidence_min {
                segments.push(Stretch { start, end });
            }
            (start, running, top) = (at, 0.0, 0.0);
        }
        running += bag.evidence(*word);
        if running > top {
            (end, top) = (at + 1, running);
        }
    }
    if top > evidence_min {
        segments.push(Stretch { start, end });
    }
    segments
}

/// The evidence of a given stretch.
pub(crate) fn sum(plane: &Plane, bag: &Bag, side: usize, stretch: Stretch) -> f32 {
    let words: f32 = plane.words(side, stretch).iter().map(|word| bag.evidence(*word)).sum();
    words + border(plane, side, stretch.start) + border(plane, side, stretch.end)
}
