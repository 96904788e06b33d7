//! Joining candidates that are parts of one passage, and choosing among the rest.
//!
//! In:  the candidates of a plane, the best first.
//! Out: passages that hold enough evidence.
//! Not here: summaries of the whole text (`summary`).

use crate::reuse::bag::Bag;
use crate::reuse::borders::Tally;
use crate::reuse::order;
use crate::reuse::order::IN_ORDER_SHARE;
use crate::reuse::plane::LEFT;
use crate::reuse::plane::Plane;
use crate::reuse::plane::RIGHT;
use crate::reuse::search;
use crate::reuse::search::Rectangle;

/// Nats that make a passage: about ten rare words on both sides, or a clause of
/// ten words word for word. From 60 to 80 the PAN score is the same.
pub(crate) const EVIDENCE_MIN: f32 = 70.0;

/// Words between two parts of one passage, on either side.
const GAP_WORDS_MAX: usize = 30;

/// Overlap up to which two parts lie beside each other.
const BESIDE_SHARE: f32 = 0.2;

/// Overlap above which two passages of one side are the same wording.
const SAME_SHARE: f32 = 0.5;

/// A passage with its place among the others.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Passage {
    pub(crate) rectangle: Rectangle,
    /// Whether one side is better explained by another passage of the plane.
    pub(crate) echo: bool,
}

/// Joins and chooses; the most evidence first. `clauses` show which passages are in
/// order.
pub(crate) fn passages(
    plane: &Plane,
    candidates: Vec<Rectangle>,
    clauses: &[Rectangle],
) -> Vec<Passage> {
    let mut bag = Bag::new(plane);
    let mut tally = Tally::new(plane);
    let mut kept: Vec<Passage> = Vec::new();
    let mut pool = candidates;
    while let Some(first) = (!pool.is_empty()).then(|| pool.remove(0)) {
        if first.total() < EVIDENCE_MIN {
            break;
        }
        let joined = join(plane, &mut bag, first, &mut pool);
        let passage = tally.climb(plane, joined);
        // Climbing would lead each part back to the whole.
        let parts = order::parts(&passage, clauses).into_iter();
        let mut found: Vec<Rectangle> =
            parts.map(|part| tally.weigh(plane, part.sides, part.shares)).collect();
        if found.is_empty() {
            found.push(passage);
        }
        for passage in found.into_iter().filter(|found| found.total() >= EVIDENCE_MIN) {
            kept.extend(placed(&kept, passage));
        }
    }
    kept
}

/// Joins to `passage` every candidate near it, and drops those it contains.
fn join(
    plane: &Plane,
    bag: &mut Bag,
    mut passage: Rectangle,
    pool: &mut Vec<Rectangle>,
) -> Rectangle {
    loop {
        pool.retain(|other| !is_within(other, &passage));
        let Some(at) = pool.iter().position(|other| belongs(&passage, other)) else {
            return passage;
        };
        let other = pool.remove(at);
        let sides = [LEFT, RIGHT].map(|side| passage.sides[side].cover(other.sides[side]));
        let union = search::weigh(plane, bag, Rectangle { sides, ..passage });
        let settled = search::settle(plane, bag, union, 2);
        passage = settled.filter(|better| better.total() > union.total()).unwrap_or(union);
    }
}

/// Whether `other` has nothing to add to `passage`.
fn is_within(other: &Rectangle, passage: &Rectangle) -> bool {
    let overlap = [LEFT, RIGHT].map(|side| other.sides[side].share_in(passage.sides[side]));
    let mostly = overlap.iter().all(|share| *share > SAME_SHARE);
    mostly || (passage.sides[LEFT].contains(other.sides[LEFT]) && overlap[RIGHT] > 0.0)
}

/// Whether two rectangles are parts of one passage.
fn belongs(passage: &Rectangle, other: &Rectangle) -> bool {
    let near = (0..2).all(|side| passage.sides[side].gap(other.sides[side]) <= GAP_WORDS_MAX);
    near && !changed_places(passage, other)
}

/// Whether two verbatim passages stand in another order on the other side.
fn changed_places(passage: &Rectangle, other: &Rectangle) -> bool {
    let before = [LEFT, RIGHT].map(|side| passage.sides[side].start < other.sides[side].start);
    let beside = (0..2).all(|side| other.sides[side].share_in(passage.sides[side]) < BESIDE_SHARE);
    let shares = passage.shares.iter().chain(&other.shares);
    before[LEFT] != before[RIGHT] && beside && shares.copied().all(|share| share > IN_ORDER_SHARE)
}

/// The passage with its place among those kept; nothing if it is one of them.
fn placed(kept: &[Passage], rectangle: Rectangle) -> Option<Passage> {
    let mut echo = false;
    for known in kept {
        let same = [LEFT, RIGHT]
            .map(|side| rectangle.sides[side].share_in(known.rectangle.sides[side]) > SAME_SHARE);
        if same[LEFT] && same[RIGHT] {
            return None;
        }
        echo |= same[LEFT] || same[RIGHT];
    }
    Some(Passage { rectangle, echo })
}
