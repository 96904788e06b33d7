//! Contrast: which figures and dates of two passages that say the same exclude each other.
//!
//! In:  a paraphrase and the claims of both texts.
//! Out: places on both sides.
//! Not here: whether the two answer one question, which only a finding says.

use crate::claims::Claim;
use crate::claims::Kind;
use crate::divergence::Printed;
use crate::divergence::Relation;
use crate::divergence::relate;
use crate::paraphrase::Paraphrase;
use crate::span::Place;
use crate::span::Span;
use crate::text::Text;

/// The figures and dates on each side that no claim of the other side agrees with, and
/// that one of them excludes.
///
/// `texts` and `claims` are indexed by document.
pub fn contrast(texts: &[Text], claims: &[Vec<Claim>], found: &Paraphrase) -> [Vec<Span>; 2] {
    let sides = [found.left, found.right].map(|place| printed(texts, claims, place));
    [0, 1].map(|side| {
        let excluded = |claim: &&Printed| {
            let relations: Vec<Relation> =
                sides[1 - side].iter().map(|other| relate(**claim, *other)).collect();
            let agrees = |relation: &Relation| {
                matches!(relation, Relation::Equal | Relation::Compatible | Relation::Refines)
            };
            relations.contains(&Relation::Disjoint) && !relations.iter().any(agrees)
        };
        sides[side].iter().filter(excluded).map(|printed| printed.claim.place.span).collect()
    })
}

/// The figures and dates in a passage.
fn printed<'m>(texts: &[Text<'m>], claims: &'m [Vec<Claim>], place: Place) -> Vec<Printed<'m>> {
    let text = &texts[place.doc.index()];
    let inside = claims[place.doc.index()].iter().filter(|claim| {
        !matches!(claim.kind, Kind::Quotation | Kind::Mention)
            && place.span.contains(claim.place.span)
    });
    inside.map(|claim| Printed { claim, text: &text.source[claim.place.span.range()] }).collect()
}
