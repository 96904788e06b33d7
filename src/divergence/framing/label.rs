//! Labels: a disputed name for one thing, where most texts use another (PV431).
//!
//! In:  the names that the newsroom lists, and texts.
//! Out: one finding for each text and thing.
//! Not here: which name is right.

use crate::claims::LabelUse;
use crate::claims::label_uses;
use crate::divergence::Material;
use crate::finding::Finding;
use crate::finding::Label;
use crate::finding::Rule;
use crate::span::DocId;
use crate::span::Place;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Texts that must use the other name.
const USERS_MIN: usize = 2;

pub(super) fn findings(material: &Material) -> Vec<Finding> {
    let uses: Vec<Vec<LabelUse>> =
        material.texts.par_iter().map(|text| label_uses(text, material.labels)).collect();
    let mut referents: BTreeMap<usize, BTreeMap<DocId, Vec<LabelUse>>> = BTreeMap::new();
    for (text, uses) in material.texts.iter().zip(uses) {
        for found in uses {
            referents.entry(found.referent).or_default().entry(text.doc).or_default().push(found);
        }
    }
    referents.values().flat_map(|texts| split(material, texts)).collect()
}

/// A finding for each text that uses only another name than most.
fn split(material: &Material, texts: &BTreeMap<DocId, Vec<LabelUse>>) -> Vec<Finding> {
    let draft = |doc: DocId| material.documents[doc.index()].draft;
    let mut users: BTreeMap<usize, Vec<DocId>> = BTreeMap::new();
    for (doc, uses) in texts.iter().filter(|(doc, _)| !draft(**doc)) {
        let first = uses[0].variant;
        // A text that uses both takes no side.
        if uses.iter().all(|found| found.variant == first) {
            users.entry(first).or_default().push(*doc);
        }
    }
    let Some((usual, docs)) =
        users.iter().max_by_key(|(variant, docs)| (docs.len(), std::cmp::Reverse(**variant)))
    else {
        return Vec::new();
    };
    let sources: usize = users.values().map(Vec::len).sum();
    if docs.len() < USERS_MIN || 2 * docs.len() <= sources {
        return Vec::new();
    }
    let odd = texts.iter().filter(|(_, uses)| uses.iter().all(|found| found.variant != *usual));
    odd.map(|(doc, uses)| {
        finding(material, (*doc, uses[0]), (docs[0], texts[&docs[0]][0]), docs.len())
    })
    .collect()
}

fn finding(
    material: &Material,
    (doc, own): (DocId, LabelUse),
    (other, usual): (DocId, LabelUse),
    users: usize,
) -> Finding {
    let words =
        |doc: DocId, found: LabelUse| &material.texts[doc.index()].source[found.span.range()];
    let label = |doc: DocId, found: LabelUse| {
        let text = &material.texts[doc.index()];
        let unit = text.unit_at(found.span.start()).map_or(found.span, |unit| unit.span);
        Label::passage(
            Place { doc, span: unit.cover(found.span) },
            vec![found.span],
            material.caption(doc),
        )
    };
    Finding {
        rule: Rule::LabelSplit,
        subject: material.subject([doc]),
        message: format!(
            "{} says “{}” where {users} texts say “{}”",
            material.name(doc),
            words(doc, own),
            words(other, usual),
        ),
        labels: vec![label(doc, own), label(other, usual)],
        notes: Vec::new(),
        help: "choose the name by your own style, and keep to it".to_owned(),
    }
}
