//! The same quotation with other words (PV401), or with other small words (PV402).
//!
//! In:  wordings of one utterance.
//! Out: one finding for each version that differs from what most texts have.
//! Not here: whether a difference counts (`change`).

use super::change::Class;
use super::kin::Kin;
use super::label;
use crate::divergence::Material;
use crate::divergence::listed;
use crate::divergence::slot::ClaimId;
use crate::finding::Finding;
use crate::finding::Label;
use crate::finding::Rule;
use crate::span::DocId;
use crate::span::Span;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// What differs in the quotations of a version.
type Marks = BTreeMap<ClaimId, BTreeSet<Span>>;

/// One finding for each version of a quotation whose words are not those that most
/// texts have.
pub(super) fn findings(material: &Material, kin: &Kin) -> Vec<Finding> {
    let of_group = |group: Vec<usize>| {
        let versions = versions_of(material, kin, group);
        let (reference, others) = versions.split_first()?;
        Some(
            others
                .iter()
                .filter_map(|version| finding(material, kin, reference, version))
                .collect::<Vec<_>>(),
        )
    };
    kin.groups().into_iter().filter_map(of_group).flatten().collect()
}

/// The wordings of one utterance in versions that agree, as far as they go: first the
/// one that most published texts have.
///
/// Long quotations come first, so that a short cut, which fits several versions,
/// joins the most complete one and does not join two that differ elsewhere.
fn versions_of(material: &Material, kin: &Kin, mut group: Vec<usize>) -> Vec<Vec<usize>> {
    let is_draft = |id: &ClaimId| material.documents[id.doc.index()].draft;
    let drafted = |wording: &usize| kin.wordings[*wording].ids.iter().all(is_draft);
    group.sort_by_key(|wording| {
        (drafted(wording), std::cmp::Reverse(kin.wordings[*wording].words.len()), *wording)
    });
    let mut versions: Vec<Vec<usize>> = Vec::new();
    for wording in group {
        let fits = |version: &&mut Vec<usize>| {
            let key = |known: &usize| ((*known).min(wording), (*known).max(wording));
            let mut pairs =
                version.iter().filter_map(|known| kin.pairs.get(&key(known))).peekable();
            pairs.peek().is_some() && pairs.all(|pair| pair.changes.is_empty())
        };
        match versions.iter_mut().find(fits) {
            Some(version) => version.push(wording),
            None => versions.push(vec![wording]),
        }
    }
    let published = |version: &[usize]| {
        let ids = version.iter().flat_map(|wording| &kin.wordings[*wording].ids);
        ids.filter(|id| !is_draft(id)).count()
    };
    versions.sort_by_key(|version| (std::cmp::Reverse(published(version)), version[0]));
    versions
}

fn finding(
    material: &Material,
    kin: &Kin,
    reference: &[usize],
    version: &[usize],
) -> Option<Finding> {
    let (odd, usual, classes) = differing(kin, reference, version);
    let documents = |marks: &Marks| marks.keys().map(|id| id.doc).collect::<BTreeSet<DocId>>();
    // A text that prints both versions parts from nobody, and nobody parts from it.
    let (one, other) = (documents(&odd), documents(&usual));
    if one.is_subset(&other) || other.is_subset(&one) {
        return None;
    }
    let gravest = *classes.first()?;
    let message = message(material, &odd, &usual)?;
    let mut labels: Vec<(ClaimId, Vec<Span>)> =
        odd.iter().chain(&usual).map(listed_marks).collect();
    labels.sort_by_key(|(id, _)| {
        (!material.documents[id.doc.index()].draft, !odd.contains_key(id), *id)
    });
    let told =
        !matches!(gravest, Class::Substituted | Class::Dropped | Class::Added | Class::Light);
    Some(Finding {
        rule: if gravest == Class::Light { Rule::QuoteEdited } else { Rule::QuoteAltered },
        subject: material.subject(odd.keys().map(|id| id.doc)),
        message,
        labels: labels
            .into_iter()
            .map(|(id, marks)| label(material, id, marks))
            .collect::<Vec<Label>>(),
        notes: if told { vec![gravest.name().to_owned()] } else { Vec::new() },
        help: "quote the words as they stand in the source, or mark the change".to_owned(),
    })
}

/// What differs between two versions, in each of their quotations, and in which ways.
fn differing(kin: &Kin, reference: &[usize], version: &[usize]) -> (Marks, Marks, BTreeSet<Class>) {
    let (mut odd, mut usual, mut classes) = (Marks::new(), Marks::new(), BTreeSet::new());
    let both = version.iter().flat_map(|own| reference.iter().map(move |other| (own, other)));
    for (own, other) in both {
        let (left, right) = (own.min(other), own.max(other));
        let Some(pair) = kin.pairs.get(&(*left, *right)) else { continue };
        let (left_marks, right_marks) =
            if left == own { (&mut odd, &mut usual) } else { (&mut usual, &mut odd) };
        for change in &pair.changes {
            classes.insert(change.class);
            for (marks, wording, words) in
                [(&mut *left_marks, left, &change.left), (&mut *right_marks, right, &change.right)]
            {
                for id in &kin.wordings[*wording].ids {
                    marks.entry(*id).or_default().extend(kin.place(*id, words));
                }
            }
        }
    }
    (odd, usual, classes)
}

fn listed_marks((id, marks): (&ClaimId, &BTreeSet<Span>)) -> (ClaimId, Vec<Span>) {
    (*id, marks.iter().copied().collect())
}

/// "a quotation has “little” (Steppe Courier) against “nothing” (Harbour Wire)": the
/// first change, and who has which words.
fn message(material: &Material, odd: &Marks, usual: &Marks) -> Option<String> {
    let (left, odd) = printed(material, odd)?;
    let (right, usual) = printed(material, usual)?;
    Some(match (left, right) {
        (Some(left), Some(right)) => {
            format!("a quotation has “{left}” ({odd}) against “{right}” ({usual})")
        }
        (Some(left), None) => format!("a quotation has “{left}” ({odd}), which {usual} lacks"),
        (None, Some(right)) => format!("a quotation lacks “{right}” ({odd}), which {usual} has"),
        (None, None) => return None,
    })
}

/// The first words that differ, if there are any on this side, and who has them.
fn printed<'m>(material: &Material<'m>, quotes: &Marks) -> Option<(Option<&'m str>, String)> {
    // Of equal ones the first.
    let (first, marks) = quotes.iter().rev().max_by_key(|(_, marks)| marks.len())?;
    let source = material.texts[first.doc.index()].source;
    let documents: BTreeSet<DocId> = quotes.keys().map(|id| id.doc).collect();
    let names: Vec<&str> = documents.iter().map(|doc| material.name(*doc)).collect();
    Some((marks.first().map(|mark| &source[mark.range()]), listed(&names)))
}
