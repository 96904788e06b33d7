//! Order: passages copied word for word that changed places are several passages.
//!
//! The search does not see order, so two paragraphs that stand next to each other in
//! both texts, but exchanged, are one rectangle to it. The clauses inside show it.
//!
//! In:  a passage and the clauses of its plane.
//! Out: its parts that keep their order.
//! Not here: edited passages, whose order is theirs to change (`search`).

use crate::reuse::plane::LEFT;
use crate::reuse::plane::RIGHT;
use crate::reuse::plane::Stretch;
use crate::reuse::plane::count;
use crate::reuse::search::Rectangle;

/// A passage of which one side shares more than this was copied word for word, and one
/// of whose shared words more than this lie in its parts is nothing but those.
pub(crate) const IN_ORDER_SHARE: f32 = 0.85;

/// Words between two clauses of one part.
const GAP_WORDS_MAX: usize = 30;

/// A part is a sentence or two: fewer words may have changed places inside one.
const PART_WORDS_MIN: usize = 20;

/// The parts of a passage, or nothing if it is in order or edited.
pub(crate) fn parts(passage: &Rectangle, clauses: &[Rectangle]) -> Vec<Rectangle> {
    if passage.shares.iter().all(|share| *share < IN_ORDER_SHARE) {
        return Vec::new();
    }
    let inside = clauses
        .iter()
        .map(|clause| clause.sides)
        .filter(|sides| (0..2).all(|side| passage.sides[side].contains(sides[side])));
    let mut parts: Vec<[Stretch; 2]> = Vec::new();
    for clause in inside {
        match parts.last_mut().filter(|part| goes_on(part, &clause)) {
            Some(part) => *part = [LEFT, RIGHT].map(|side| part[side].cover(clause[side])),
            None => parts.push(clause),
        }
    }
    parts.retain(|part| part.iter().all(|side| side.len() >= PART_WORDS_MIN));
    let exchanged = parts.windows(2).any(|pair| changed_places(&pair[0], &pair[1]));
    if !exchanged || !carry(&parts, passage) {
        return Vec::new();
    }
    parts.into_iter().map(|sides| Rectangle { sides, ..*passage }).collect()
}

/// Whether two parts stand the other way round, with other text between them on one
/// side: exchanged sentences without any are one reordered passage.
fn changed_places(first: &[Stretch; 2], second: &[Stretch; 2]) -> bool {
    let apart = (0..2).any(|side| first[side].gap(second[side]) >= PART_WORDS_MIN);
    apart && second[RIGHT].end <= first[RIGHT].start
}

/// Whether the parts hold nearly all that the two sides have in common.
fn carry(parts: &[[Stretch; 2]], passage: &Rectangle) -> bool {
    (0..2).all(|side| {
        let held: usize = parts.iter().map(|part| part[side].len()).sum();
        count(held) >= IN_ORDER_SHARE * passage.shares[side] * count(passage.sides[side].len())
    })
}

/// Whether `clause` follows `part` on both sides.
fn goes_on(part: &[Stretch; 2], clause: &[Stretch; 2]) -> bool {
    (0..2).all(|side| {
        clause[side].start >= part[side].end && clause[side].start <= part[side].end + GAP_WORDS_MAX
    })
}
