//! Clashes: paths and ids that are two here and one elsewhere.
//!
//! A file system that ignores letter case, or composes characters, keeps only one
//! of two such files; which one depends on the order of checkout.
//!
//! In:  all paths, and all records.
//! Out: findings.

use crate::corpus::find::found;
use crate::corpus::path;
use crate::corpus::scan::Entry;
use crate::corpus::walk::Walk;
use crate::finding::Finding;
use crate::finding::Label;
use crate::finding::Rule;
use std::borrow::Cow;

/// Says which paths in `corpus/` collide.
pub(crate) fn paths(walk: &Walk, findings: &mut Vec<Finding>) {
    let all = [&walk.documents, &walk.folders, &walk.refused];
    let keyed = all.into_iter().flatten().map(|path| (path::folded(path), path.as_str()));
    for group in groups(keyed.collect()) {
        let message = format!(
            "{} are one path on file systems that ignore letter case or composition",
            quoted(&group)
        );
        let help = "rename all but one, and their records with them";
        findings.push(collision(message, group.iter().copied(), help));
    }
}

/// Says which records share an id, or have ids that differ in letter case only.
pub(crate) fn ids(entries: &[Entry], findings: &mut Vec<Finding>) {
    let stated = entries.iter().filter_map(|entry| Some((entry, entry.state.as_ref()?)));
    let keyed = stated
        .map(|(entry, state)| (path::folded(&state.id), (&*state.id, entry.place.record.as_str())));
    for group in groups(keyed.collect()) {
        let first = group[0].0;
        let records = group.iter().map(|(_, record)| *record);
        let help = "give each record an id of its own; never reuse an old one";
        if group.iter().all(|(id, _)| *id == first) {
            let message = format!("{} records have the id `{first}`", group.len());
            findings
                .push(Finding { rule: Rule::RecordConflict, ..collision(message, records, help) });
        } else {
            let ids: Vec<_> = group.iter().map(|(id, _)| *id).collect();
            let message = format!("the ids {} differ in letter case only", quoted(&ids));
            findings.push(collision(message, records, help));
        }
    }
}

/// The values with equal keys, where there is more than one; in the order of the
/// keys, and then of the values.
fn groups<T: Ord>(mut keyed: Vec<(Cow<'_, str>, T)>) -> Vec<Vec<T>> {
    keyed.sort_unstable();
    let mut groups = Vec::new();
    let mut keyed = keyed.into_iter().peekable();
    while let Some((key, value)) = keyed.next() {
        let mut group = vec![value];
        while let Some((_, next)) = keyed.next_if(|(next, _)| *next == key) {
            group.push(next);
        }
        groups.extend((group.len() > 1).then_some(group));
    }
    groups
}

fn collision<'p>(message: String, paths: impl Iterator<Item = &'p str>, help: &str) -> Finding {
    let mut labels = paths.map(|path| Label::file(path, ""));
    let first = labels.next().expect("a group has members");
    let mut finding = found(Rule::PathCollision, message, first, help);
    finding.labels.extend(labels);
    finding
}

fn quoted(names: &[&str]) -> String {
    let quoted: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(" and ")
}
