//! Magnitude: a draft that tells what happened as small only, or as great only, where
//! several of its sources tell it the other way (PV430).
//!
//! In:  the words of texts that weigh what happened.
//! Out: at most one finding for each draft.
//! Not here: which way is right.

use super::label_of;
use super::omission;
use crate::claims::Pole;
use crate::claims::Weighing;
use crate::claims::weighings;
use crate::divergence::Material;
use crate::finding::Finding;
use crate::finding::Label;
use crate::finding::Rule;
use crate::span::DocId;

/// Sources that a draft must have to be held against them.
const SOURCES_MIN: usize = 3;

/// Sources that must weigh the other way.
const OTHERS_MIN: usize = 2;

/// Sources that are shown.
const SHOWN_MAX: usize = 3;

pub(super) fn findings(material: &Material) -> Vec<Finding> {
    let drafts = material.documents.iter().filter(|document| document.draft);
    drafts.filter_map(|draft| finding(material, draft.id)).collect()
}

fn finding(material: &Material, draft: DocId) -> Option<Finding> {
    let of = |doc: DocId| weighings(&material.texts[doc.index()]);
    let own = of(draft);
    let first = *own.first()?;
    if own.iter().any(|found| found.pole != first.pole) {
        return None;
    }
    let sources = omission::sources(material, draft);
    if sources.len() < SOURCES_MIN {
        return None;
    }
    let other = |doc: &DocId| {
        let found = of(*doc).into_iter().find(|found| found.pole != first.pole)?;
        Some((*doc, found))
    };
    let others: Vec<(DocId, Weighing)> = sources.iter().filter_map(other).collect();
    if others.len() < OTHERS_MIN {
        return None;
    }
    let words =
        |doc: DocId, found: &Weighing| &material.texts[doc.index()].source[found.span.range()];
    let (doc, contrast) = &others[0];
    let (mine, theirs) = match first.pole {
        Pole::Small => ("small", "great"),
        Pole::Great => ("great", "small"),
    };
    let message = format!(
        "{} has words for {mine} only, “{}”; {} of {} sources have words for {theirs}: “{}” ({})",
        material.name(draft),
        words(draft, &first),
        others.len(),
        sources.len(),
        words(*doc, contrast),
        material.name(*doc),
    );
    let label = |doc: DocId, found: &Weighing| -> Option<Label> {
        let text = &material.texts[doc.index()];
        let unit = text.units.partition_point(|unit| unit.span.start() <= found.span.start());
        let unit = u32::try_from(unit.checked_sub(1)?).ok()?;
        Some(label_of(material, doc, unit, Some(found.span)))
    };
    let shown = others.iter().take(SHOWN_MAX).map(|(doc, found)| label(*doc, found));
    Some(Finding {
        rule: Rule::Magnitude,
        subject: material.subject([draft]),
        message,
        labels: std::iter::once(label(draft, &first)).chain(shown).flatten().collect(),
        notes: Vec::new(),
        help: "see whether the reader should learn of both views".to_owned(),
    })
}
