//! Summaries: a short passage of one text that draws on the whole of the other.
//!
//! No part of the long text answers it, so no rectangle is dense; but the share of
//! its words that stand anywhere in the long text is far above that of its
//! surroundings.
//!
//! In:  a plane, and the passages found in it.
//! Out: the passages, with summaries in place of their fragments.
//! Not here: dense passages (`search`).

use crate::reuse::bag::Bag;
use crate::reuse::join::Passage;
use crate::reuse::plane::LEFT;
use crate::reuse::plane::Plane;
use crate::reuse::plane::RIGHT;
use crate::reuse::plane::Stretch;
use crate::reuse::plane::count;
use crate::reuse::scan;
use crate::reuse::search::Rectangle;

/// Nats on the summary's own side. From 8 to 10 the PAN score is the same.
const OWN_EVIDENCE_MIN: f32 = 9.0;

/// Nats on both sides. From 45 to 50 the PAN score is the same.
const EVIDENCE_MIN: f32 = 47.0;

/// The share of a summary's words that stand in the text it sums up, and of that
/// text's words that stand in the summary, to weigh them by.
const SHARES: [f32; 2] = [0.5, 0.1];

/// How many times longer the text is than its summary, at least.
const RATIO_MIN: f32 = 3.0;

/// A passage up to this many times longer on the long side is no summary itself.
const DENSE_RATIO_MAX: f32 = 3.0;

/// A summary of which a dense passage covers more is that passage, with some words
/// of the topic around it.
const DENSE_SHARE_MAX: f32 = 0.5;

/// Nats that the words outside dense passages must hold: else the summary is those
/// passages, and their surroundings only share their topic.
const REST_EVIDENCE_MIN: f32 = 5.0;

/// Fewer words sum nothing up.
const WORDS_MIN: usize = 6;

/// A summary, and which side it is.
#[derive(Clone, Copy, Debug)]
struct Summary {
    rectangle: Rectangle,
    short: usize,
}

/// Puts summaries in the place of the passages that are their fragments.
///
/// The second list holds the summaries.
pub(crate) fn summaries(plane: &Plane, passages: &mut Vec<Passage>) -> Vec<Rectangle> {
    if plane.one_text {
        return Vec::new();
    }
    let mut found: Vec<Summary> = Vec::new();
    for short in [LEFT, RIGHT] {
        found.extend(of_side(plane, short, passages));
    }
    passages
        .retain(|passage| !found.iter().any(|summary| is_fragment(&passage.rectangle, summary)));
    found.into_iter().map(|summary| summary.rectangle).collect()
}

/// The summaries on one side, from the best segment outwards.
fn of_side(plane: &Plane, short: usize, passages: &[Passage]) -> Vec<Summary> {
    let long = 1 - short;
    let whole = plane.whole(long);
    if whole.len() == 0 {
        return Vec::new();
    }
    let mut own = Bag::new(plane);
    own.fill(plane, long, whole, SHARES[0]);
    let mut other = Bag::new(plane);
    let mut found = Vec::new();
    let mut open = vec![plane.whole(short)];
    while let Some(within) = open.pop() {
        if within.len() < WORDS_MIN {
            continue;
        }
        let segment = scan::best(plane, &own, short, within);
        if segment.evidence < OWN_EVIDENCE_MIN {
            continue;
        }
        let stretch = segment.stretch;
        open.push(Stretch { start: within.start, end: stretch.start });
        open.push(Stretch { start: stretch.end, end: within.end });
        other.fill(plane, short, stretch, SHARES[1]);
        let answer = scan::sum(plane, &other, long, whole);
        let enough = segment.evidence + answer >= EVIDENCE_MIN;
        let dense = dense_parts(passages, short, stretch);
        if enough
            && count(whole.len()) >= RATIO_MIN * count(stretch.len())
            && dense.iter().all(|part| stretch.share_in(*part) <= DENSE_SHARE_MAX)
            && rest(plane, &own, short, stretch, &dense) >= REST_EVIDENCE_MIN
        {
            found.push(summary(short, stretch, whole, [segment.evidence, answer]));
        }
    }
    found
}

/// Puts the two sides of a summary in order.
fn summary(short: usize, stretch: Stretch, whole: Stretch, evidence: [f32; 2]) -> Summary {
    let ordered = |own, other| if short == LEFT { [own, other] } else { [other, own] };
    let sides = if short == LEFT { [stretch, whole] } else { [whole, stretch] };
    let rectangle = Rectangle {
        sides,
        shares: ordered(SHARES[0], SHARES[1]),
        evidence: ordered(evidence[0], evidence[1]),
    };
    Summary { rectangle, short }
}

/// The sides of the dense passages that meet a stretch.
fn dense_parts(passages: &[Passage], short: usize, stretch: Stretch) -> Vec<Stretch> {
    let sides = passages.iter().map(|passage| passage.rectangle.sides);
    let dense = sides.filter(|sides| {
        count(sides[1 - short].len()) <= DENSE_RATIO_MAX * count(sides[short].len())
    });
    dense.map(|sides| sides[short]).filter(|part| part.share_in(stretch) > 0.0).collect()
}

/// The evidence of the words of a stretch that lie in no dense part.
fn rest(plane: &Plane, own: &Bag, short: usize, stretch: Stretch, dense: &[Stretch]) -> f32 {
    let words = (stretch.start..).zip(plane.words(short, stretch));
    let outside = words.filter(|(at, _)| !dense.iter().any(|part| part.holds(*at)));
    outside.map(|(_, word)| own.evidence(*word)).sum()
}

/// Whether most of a passage lies in the summary.
fn is_fragment(passage: &Rectangle, summary: &Summary) -> bool {
    let short = summary.short;
    passage.sides[short].share_in(summary.rectangle.sides[short]) >= 0.5
}
