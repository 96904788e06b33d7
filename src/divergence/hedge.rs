//! Hedges: the same figure in the same wording, loosened in one text only (PV310).
//!
//! In:  claims that stand in the same place of the same wording.
//! Out: one finding a place, however many documents share it.
//! Not here: figures that differ (`divergence::figure`).

use crate::claims::Hedge;
use crate::divergence::Material;
use crate::divergence::listed;
use crate::divergence::slot::ClaimId;
use crate::divergence::slot::Link;
use crate::divergence::slot::links;
use crate::divergence::slot::slots;
use crate::finding::Finding;
use crate::finding::Rule;
use crate::span::DocId;

/// One finding for every figure that some texts loosen and others do not.
pub(crate) fn differing(material: &Material) -> Vec<Finding> {
    let links: Vec<Link> = links(material)
        .into_iter()
        .filter(|(left, right)| left.claim(material).value == right.claim(material).value)
        .collect();
    slots(&links).into_iter().filter_map(|slot| finding(material, slot)).collect()
}

fn finding(material: &Material, mut slot: Vec<ClaimId>) -> Option<Finding> {
    slot.sort_by_key(|id| (material.display_order(id.doc), id.index));
    let (loose, plain): (Vec<ClaimId>, Vec<ClaimId>) =
        slot.iter().partition(|id| id.claim(material).hedge.is_some());
    let (first, bare) = (loose.first()?, plain.first()?);
    let names = |ids: &[ClaimId]| {
        let mut docs: Vec<DocId> = ids.iter().map(|id| id.doc).collect();
        docs.dedup();
        listed(&docs.iter().map(|doc| material.name(*doc)).collect::<Vec<_>>())
    };
    let hedge = first.claim(material).hedge.map_or("", Hedge::name);
    let words = &material.texts[bare.doc.index()].source[bare.claim(material).place.span.range()];
    Some(Finding {
        rule: Rule::HedgeDiffers,
        subject: material.subject(slot.iter().map(|id| id.doc)),
        message: format!(
            "“{words}” is loosened ({hedge}) in {} and not in {}",
            names(&loose),
            names(&plain)
        ),
        labels: slot.iter().map(|id| id.label(material)).collect(),
        notes: Vec::new(),
        help: "keep the hedge that the original source has".to_owned(),
    })
}
