//! Hedges: the same figure in the same wording, loosened in one text only (PV310).
//!
//! In:  claims that stand in the same place of the same wording.
//! Out: one finding a place, however many documents share it.
//! Not here: figures that differ (`divergence::figure`).

use crate::claims::Claim;
use crate::claims::Hedge;
use crate::divergence::Material;
use crate::divergence::cluster::clusters;
use crate::divergence::listed;
use crate::divergence::slot::ClaimId;
use crate::divergence::slot::links;
use crate::finding::Finding;
use crate::finding::Label;
use crate::finding::Rule;
use crate::span::DocId;
use crate::span::Place;
use std::collections::BTreeMap;

/// One finding for every figure that some texts loosen and others do not.
pub(crate) fn differing(material: &Material) -> Vec<Finding> {
    let links: Vec<(ClaimId, ClaimId)> = links(material)
        .into_iter()
        .filter(|(left, right)| claim(material, *left).value == claim(material, *right).value)
        .collect();
    let mut ids: Vec<ClaimId> = links.iter().flat_map(|(left, right)| [*left, *right]).collect();
    ids.sort_unstable();
    ids.dedup();
    let position: BTreeMap<ClaimId, usize> = ids.iter().copied().zip(0..).collect();
    let pairs: Vec<(usize, usize)> =
        links.iter().map(|(left, right)| (position[left], position[right])).collect();
    let slots = clusters(ids.len(), &pairs).into_iter();
    slots
        .filter_map(|slot| finding(material, slot.into_iter().map(|at| ids[at]).collect()))
        .collect()
}

fn claim<'m>(material: &Material<'m>, id: ClaimId) -> &'m Claim {
    &material.claims[id.doc.index()][id.index]
}

fn finding(material: &Material, mut slot: Vec<ClaimId>) -> Option<Finding> {
    slot.sort_by_key(|id| (material.display_order(id.doc), id.index));
    let (loose, plain): (Vec<ClaimId>, Vec<ClaimId>) =
        slot.iter().partition(|id| claim(material, **id).hedge.is_some());
    let (first, bare) = (loose.first()?, plain.first()?);
    let names = |ids: &[ClaimId]| {
        let mut docs: Vec<DocId> = ids.iter().map(|id| id.doc).collect();
        docs.dedup();
        listed(&docs.iter().map(|doc| material.name(*doc)).collect::<Vec<_>>())
    };
    let hedge = claim(material, *first).hedge.map_or("", Hedge::name);
    let words = &material.texts[bare.doc.index()].source[claim(material, *bare).place.span.range()];
    let label = |id: &ClaimId| {
        let claim = claim(material, *id);
        let unit = &material.texts[id.doc.index()].units[claim.unit as usize];
        let place = Place { doc: id.doc, span: unit.span.cover(claim.place.span) };
        Label::passage(place, vec![claim.place.span], material.caption(id.doc))
    };
    Some(Finding {
        rule: Rule::HedgeDiffers,
        subject: material.subject(slot.iter().map(|id| id.doc)),
        message: format!(
            "“{words}” is loosened ({hedge}) in {} and not in {}",
            names(&loose),
            names(&plain)
        ),
        labels: slot.iter().map(label).collect(),
        notes: Vec::new(),
        help: "keep the hedge that the original source has".to_owned(),
    })
}
