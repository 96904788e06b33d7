//! Slots: claims that stand in the same place of the same wording.
//!
//! Two passages share their wording around a figure. What stands in that place in
//! each of them answers the same question, so it can be compared; a figure is never
//! compared by value alone.
//!
//! In:  alignments and claims.
//! Out: [`Link`]s between two claims, and all claims that are linked.
//! Not here: whether their values differ (`divergence::relation`).

use crate::align::Alignment;
use crate::align::Edit;
use crate::claims::Claim;
use crate::divergence::Material;
use crate::divergence::cluster::clusters;
use crate::divergence::relation::is_alike;
use crate::finding::Label;
use crate::span::DocId;
use crate::span::Place;
use crate::span::Span;
use crate::text::Text;
use std::collections::BTreeMap;
use std::ops::Range;

/// Words that may change beside the value itself, such as "about" or "US". With
/// more the passages no longer say the same thing there.
const CHANGED_WORDS_MAX: usize = 4;

/// One claim of one document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ClaimId {
    pub(crate) doc: DocId,
    /// Position in the list of the document's claims.
    pub(crate) index: usize,
}

impl ClaimId {
    pub(crate) fn claim<'m>(self, material: &Material<'m>) -> &'m Claim {
        &material.claims[self.doc.index()][self.index]
    }

    /// The sentence around the claim, with the claim marked.
    pub(crate) fn label(self, material: &Material) -> Label {
        let claim = self.claim(material);
        let unit = &material.texts[self.doc.index()].units[claim.unit as usize];
        let place = Place { doc: self.doc, span: unit.span.cover(claim.place.span) };
        Label::passage(place, vec![claim.place.span], material.caption(self.doc))
    }
}

/// Two claims in the same place of the same wording.
pub(crate) type Link = (ClaimId, ClaimId);

/// The links between claims in passages that are worth reporting.
pub(crate) fn links(material: &Material) -> Vec<Link> {
    let mut links: Vec<Link> = material
        .alignments
        .iter()
        .filter(|found| found.reported || found.part)
        .flat_map(|found| links_in(material, found))
        .collect();
    links.sort_unstable();
    links.dedup();
    links
}

/// The claims that `links` join, directly or through others: one slot each.
pub(crate) fn slots(links: &[Link]) -> Vec<Vec<ClaimId>> {
    let mut ids: Vec<ClaimId> = links.iter().flat_map(|(left, right)| [*left, *right]).collect();
    ids.sort_unstable();
    ids.dedup();
    let position: BTreeMap<ClaimId, usize> = ids.iter().copied().zip(0..).collect();
    let pairs: Vec<(usize, usize)> =
        links.iter().map(|(left, right)| (position[left], position[right])).collect();
    let slots = clusters(ids.len(), &pairs).into_iter();
    slots.map(|slot| slot.into_iter().map(|index| ids[index]).collect()).collect()
}

/// The tokens whose spans touch `span`.
pub(crate) fn tokens_in(text: &Text, span: Span) -> Range<u32> {
    let start = text.tokens.partition_point(|token| token.span.end() <= span.start());
    let end = text.tokens.partition_point(|token| token.span.start() < span.end());
    let position = |index: usize| u32::try_from(index).expect("documents are under 4 GiB");
    position(start)..position(end.max(start))
}

fn links_in(material: &Material, found: &Alignment) -> Vec<Link> {
    let (left_doc, right_doc) = (found.left.doc, found.right.doc);
    let left = &material.texts[left_doc.index()];
    let right = &material.texts[right_doc.index()];
    let left_claims = claims_in(material, left_doc, found.left.span);
    let right_claims = claims_in(material, right_doc, found.right.span);
    let mut links = Vec::new();
    for (left_index, left_claim) in &left_claims {
        let Some(image) = image(&found.edits, &tokens_in(left, left_claim.place.span)) else {
            continue;
        };
        let mut met = right_claims.iter().filter(|(_, claim)| {
            // "29 agreements" and "29 areas" are different questions: the unit of a
            // count is the noun it counts.
            claim.kind == left_claim.kind
                && is_alike(claim, left_claim)
                && overlap(&image, &tokens_in(right, claim.place.span))
        });
        // Two candidates in one place: nothing says which of them is meant.
        if let (Some((right_index, _)), None) = (met.next(), met.next()) {
            links.push((
                ClaimId { doc: left_doc, index: *left_index },
                ClaimId { doc: right_doc, index: *right_index },
            ));
        }
    }
    drop_ambiguous(&links)
}

/// Leaves out right claims that two left claims lead to.
fn drop_ambiguous(links: &[Link]) -> Vec<Link> {
    let count = |right: ClaimId| links.iter().filter(|link| link.1 == right).count();
    links.iter().copied().filter(|link| count(link.1) == 1).collect()
}

/// The claims of a document that lie in `span`, with their positions in the list.
fn claims_in<'m>(material: &Material<'m>, doc: DocId, span: Span) -> Vec<(usize, &'m Claim)> {
    let claims = &material.claims[doc.index()];
    claims.iter().enumerate().filter(|(_, claim)| span.contains(claim.place.span)).collect()
}

/// The tokens on the right that stand where `tokens` stand on the left.
///
/// Nothing when the edit around them is larger than the value it holds.
fn image(edits: &[Edit], tokens: &Range<u32>) -> Option<Range<u32>> {
    let mut image: Option<Range<u32>> = None;
    for edit in edits.iter().filter(|edit| overlap(&edit.left, tokens)) {
        let part = if edit.kept {
            let start = edit.left.start.max(tokens.start) - edit.left.start;
            let end = edit.left.end.min(tokens.end) - edit.left.start;
            edit.right.start + start..edit.right.start + end
        } else {
            let limit = tokens.len() + CHANGED_WORDS_MAX;
            if edit.left.len() > limit || edit.right.len() > limit {
                return None;
            }
            edit.right.clone()
        };
        image =
            Some(image.map_or(part.clone(), |known| {
                known.start.min(part.start)..known.end.max(part.end)
            }));
    }
    image.filter(|image| !image.is_empty())
}

fn overlap(left: &Range<u32>, right: &Range<u32>) -> bool {
    left.start < right.end && right.start < left.end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_found_where_the_wording_puts_it() {
        let edits = [
            Edit { kept: true, left: 0..4, right: 10..14 },
            Edit { kept: false, left: 4..6, right: 14..15 },
            Edit { kept: true, left: 6..9, right: 15..18 },
        ];

        assert_eq!(image(&edits, &(4..5)), Some(14..15));
        assert_eq!(image(&edits, &(6..8)), Some(15..17));
        assert_eq!(image(&edits, &(3..5)), Some(13..15));
    }

    #[test]
    fn a_large_edit_hides_what_corresponds() {
        let edits = [
            Edit { kept: true, left: 0..4, right: 0..4 },
            Edit { kept: false, left: 4..5, right: 4..12 },
            Edit { kept: true, left: 5..9, right: 12..16 },
        ];

        assert_eq!(image(&edits, &(4..5)), None);
    }
}
