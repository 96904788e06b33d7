//! The same words from another speaker (PV404).
//!
//! In:  wordings of one utterance, with their speakers.
//! Out: a finding for each two persons who are said to have said it.
//! Not here: offices and bodies: a ministry speaks through its spokesman.

use super::kin::Kin;
use super::kin::voice;
use super::label;
use crate::divergence::Material;
use crate::divergence::slot::ClaimId;
use crate::finding::Finding;
use crate::finding::Rule;
use crate::span::Span;
use std::collections::BTreeMap;

/// Words that both quotations must have: two people may use a phrase.
const WORDS_MIN: usize = 6;

/// Words in the names of bodies, which are no persons.
const BODIES: [&str; 38] = [
    "agency",
    "association",
    "authority",
    "bank",
    "board",
    "bureau",
    "centre",
    "center",
    "church",
    "commission",
    "committee",
    "company",
    "congress",
    "corporation",
    "council",
    "court",
    "department",
    "desk",
    "foundation",
    "government",
    "group",
    "house",
    "institute",
    "ministry",
    "office",
    "party",
    "police",
    "post",
    "senate",
    "society",
    "times",
    "union",
    "university",
    "wire",
    "states",
    "kingdom",
    "nations",
    "federation",
];

pub(super) fn findings(material: &Material, kin: &Kin) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (number, wording) in kin.wordings.iter().enumerate() {
        let mut ids: Vec<ClaimId> = wording.ids.clone();
        let same = |(pair, found): (&(usize, usize), &super::change::Pair)| {
            let kept = found.changes.is_empty() && found.kept >= WORDS_MIN;
            (pair.0 == number && kept).then_some(pair.1)
        };
        let kin_of = kin.pairs.range((number, 0)..(number + 1, 0)).filter_map(same);
        ids.extend(kin_of.flat_map(|other| kin.wordings[other].ids.iter().copied()));
        if wording.words.len() >= WORDS_MIN {
            findings.extend(finding(material, kin, ids));
        }
    }
    findings
}

/// The finding for quotations of the same words, if two persons are named for them.
fn finding(material: &Material, kin: &Kin, ids: Vec<ClaimId>) -> Option<Finding> {
    let mut speakers: BTreeMap<String, Vec<(ClaimId, Span)>> = BTreeMap::new();
    for id in ids {
        let Some(voice) = voice(kin.claim(id)) else { continue };
        let name = voice.name;
        if let Some(surname) = person(&kin.text(id.doc).source[name.range()], voice.role.is_some())
        {
            speakers.entry(surname).or_default().push((id, name));
        }
    }
    if speakers.len() < 2 {
        return None;
    }
    let mut all: Vec<&Vec<(ClaimId, Span)>> = speakers.values().collect();
    let draft = |id: ClaimId| material.documents[id.doc.index()].draft;
    all.sort_by_key(|known| (!known.iter().any(|(id, _)| draft(*id)), known.len(), known[0].0));
    let ([(one, first), ..], [(other, second), ..]) = (all[0].as_slice(), all[1].as_slice()) else {
        return None;
    };
    let name = |id: &ClaimId, span: &Span| &kin.text(id.doc).source[span.range()];
    Some(Finding {
        rule: Rule::QuoteSpeaker,
        subject: material.subject([one.doc]),
        message: format!(
            "the same words are said by “{}” ({}) and by “{}” ({})",
            name(one, first),
            material.name(one.doc),
            name(other, second),
            material.name(other.doc),
        ),
        labels: vec![label(material, *one, Vec::new()), label(material, *other, Vec::new())],
        notes: Vec::new(),
        help: "find out who said it, and correct the other".to_owned(),
    })
}

/// The surname in the name of a person, who may have a title; nothing for an office, a body or
/// a pronoun.
fn person(name: &str, titled: bool) -> Option<String> {
    let words: Vec<&str> = name.split([' ', '\u{a0}']).collect();
    let capitals = words.iter().all(|word| word.starts_with(char::is_uppercase));
    let body = words.iter().any(|word| BODIES.contains(&word.to_lowercase().as_str()));
    // One word without a title may be a country or a company.
    if words.len() < 2 && !titled || !capitals || body {
        return None;
    }
    words.last().map(|last| last.to_lowercase())
}
