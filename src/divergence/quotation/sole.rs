//! A draft's quotations that nobody is named for (PV407), and those that one source or
//! none has (PV408).
//!
//! In:  the claims of drafts, and the wordings of all texts.
//! Out: a finding for each quotation without a speaker, and one for each draft.
//! Not here: sources among themselves: what they do not say they cannot be asked.

use super::kin::Kin;
use super::kin::inner;
use super::kin::voice;
use super::label;
use crate::claims::Claim;
use crate::claims::Kind;
use crate::divergence::Material;
use crate::divergence::slot::ClaimId;
use crate::finding::Finding;
use crate::finding::Label;
use crate::finding::Rule;
use crate::span::DocId;
use crate::text::Text;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

pub(super) fn findings(material: &Material, kin: &Kin) -> Vec<Finding> {
    let drafts = material.documents.iter().filter(|document| document.draft);
    let of = |doc: DocId| {
        let mut findings = unattributed(material, kin, doc);
        findings.extend(single(material, kin, doc));
        findings
    };
    drafts.flat_map(|draft| of(draft.id)).collect()
}

/// A finding for each quotation of a draft without a speaker in its paragraph.
fn unattributed(material: &Material, kin: &Kin, doc: DocId) -> Vec<Finding> {
    let (text, claims) = (kin.text(doc), &kin.claims[doc.index()]);
    let alone = |(_, claim): &(usize, &Claim)| {
        claim.kind == Kind::Quotation && voice(claim).is_none() && is_sentence(text, claim)
    };
    let found = claims.iter().enumerate().filter(alone).filter(|(_, claim)| {
        let paragraph = |claim: &Claim| text.units[claim.unit as usize].paragraph;
        !claims.iter().any(|other| voice(other).is_some() && paragraph(other) == paragraph(claim))
    });
    found
        .map(|(index, _)| Finding {
            rule: Rule::QuoteUnattributed,
            subject: material.subject([doc]),
            message: format!("{} does not say who is quoted", material.name(doc)),
            labels: vec![label(material, ClaimId { doc, index }, Vec::new())],
            notes: Vec::new(),
            help: "name the speaker, or take the quotation out".to_owned(),
        })
        .collect()
}

/// Whether the quoted words begin like a sentence: a phrase may be the writer's own irony.
fn is_sentence(text: &Text, claim: &Claim) -> bool {
    inner(claim).is_some_and(|inner| text.source[inner.range()].starts_with(char::is_uppercase))
}

/// The quotations of a draft that one source has, or none.
fn single(material: &Material, kin: &Kin, doc: DocId) -> Option<Finding> {
    let mut sources: BTreeMap<ClaimId, BTreeSet<DocId>> = BTreeMap::new();
    let docs = |wording: usize| {
        let all = kin.wordings[wording].ids.iter().map(|id| id.doc);
        all.filter(|doc| !material.documents[doc.index()].draft).collect::<BTreeSet<DocId>>()
    };
    for (number, wording) in kin.wordings.iter().enumerate() {
        for id in wording.ids.iter().filter(|id| id.doc == doc) {
            let found = sources.entry(*id).or_default();
            found.extend(docs(number));
            for (left, right) in kin.pairs.keys() {
                let other = if *left == number { *right } else { *left };
                if *left == number || *right == number {
                    found.extend(docs(other));
                }
            }
        }
    }
    let all = sources.len();
    sources.retain(|_, docs| docs.len() < 2);
    if sources.is_empty() {
        return None;
    }
    let none = sources.values().filter(|docs| docs.is_empty()).count();
    let caption = |docs: &BTreeSet<DocId>| match docs.first() {
        Some(source) => format!("in {} only", material.name(*source)),
        None => "in no source".to_owned(),
    };
    let labels = sources.iter().map(|(id, docs)| {
        let place = material.claims[doc.index()][id.index].place;
        Label::passage(place, Vec::new(), caption(docs))
    });
    Some(Finding {
        rule: Rule::QuoteSingleSource,
        subject: material.subject([doc]),
        message: format!(
            "{all} {} in {}: {} in one source only, {none} in none",
            if all == 1 { "quotation" } else { "quotations" },
            material.name(doc),
            sources.len() - none,
        ),
        labels: labels.collect(),
        notes: Vec::new(),
        help: "look for a second source, or for the recording".to_owned(),
    })
}
