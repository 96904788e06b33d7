//! Declared sources: does every id under `claims-from` name another document?
//!
//! A credit that is declared in a record counts as much as one in the text, so a
//! mistyped id must not pass for one.
//!
//! In:  all records.
//! Out: findings, each at the line of the id.
//! Not here: whether the texts share any wording (`divergence`).

use crate::corpus::find::found;
use crate::corpus::scan::Entry;
use crate::corpus::scan::Stated;
use crate::finding::Finding;
use crate::finding::Label;
use crate::finding::Rule;
use std::collections::BTreeSet;

/// Likeness from 0 to 1 (Jaro-Winkler) from which another id is offered: one letter in
/// ten is wrong, or two are swapped.
const LIKENESS_MIN: f64 = 0.9;

/// An id under `claims-from`, and where it stands.
#[derive(Debug)]
pub(crate) struct Source {
    /// The id.
    pub(crate) id: Box<str>,
    /// Its line in the record.
    pub(crate) label: Label,
}

/// Says which declared sources are not on record, or are the document itself.
pub(crate) fn check(entries: &[Entry], findings: &mut Vec<Finding>) {
    let stated = || entries.iter().filter_map(|entry| entry.state.as_ref());
    let known: BTreeSet<&str> = stated().map(|state| &*state.id).collect();
    // The id of a record that cannot be read is not known, so nothing can be missing.
    if entries.iter().any(|entry| entry.state.is_none()) {
        return;
    }
    findings.extend(stated().flat_map(|state| {
        state.sources.iter().filter_map(|source| finding(state, source, &known))
    }));
}

fn finding(state: &Stated, source: &Source, known: &BTreeSet<&str>) -> Option<Finding> {
    let id = &*source.id;
    let (message, help) = if *id == *state.id {
        (format!("`{id}` names itself as its source"), "remove the line".to_owned())
    } else if known.contains(id) {
        return None;
    } else {
        let others = known.iter().copied().filter(|other| *other != &*state.id);
        (format!("`{}` names a source that is not on record: `{id}`", state.id), help(id, others))
    };
    Some(found(Rule::SourceUnknown, message, source.label.clone(), help))
}

/// The next step; names the id that was probably meant.
fn help<'i>(id: &str, known: impl Iterator<Item = &'i str>) -> String {
    let likeness = |other: &str| strsim::jaro_winkler(id, other);
    let nearest = known.map(|other| (likeness(other), other)).max_by(|a, b| a.0.total_cmp(&b.0));
    match nearest {
        Some((likeness, other)) if likeness >= LIKENESS_MIN => {
            format!("write \"{other}\", if that is the document meant")
        }
        _ => "see the ids on record: provenance list; or record that document first".to_owned(),
    }
}
