//! A draft on the page: its text with what was found beside it.
//!
//! In:  the findings of a report.
//! Out: [`Note`]s, by document and sentence.
//! Not here: how they are laid out (`body`).

use super::finding::FindingView;
use crate::finding::Site;
use crate::report::Report;
use std::collections::BTreeMap;

/// A finding beside the sentence that it is about.
pub(super) struct Note {
    /// Its number in its draft, counted from one.
    pub(super) number: usize,
    /// The name of the finding on the page.
    pub(super) target: String,
    pub(super) severity: &'static str,
    /// Its rule.
    pub(super) code: &'static str,
    /// What differs, as HTML.
    pub(super) message: String,
}

/// The findings of each draft, by sentence.
pub(super) fn notes(report: &Report, findings: &[FindingView]) -> Vec<BTreeMap<usize, Vec<Note>>> {
    let mut notes: Vec<BTreeMap<usize, Vec<Note>>> = Vec::new();
    notes.resize_with(report.documents.len(), BTreeMap::new);
    for draft in report.documents.iter().filter(|document| document.draft) {
        let doc = draft.id;
        let units = &report.texts[doc.index()].units;
        let mut placed: Vec<(usize, usize)> = Vec::new();
        // A finding that the page does not show has nothing to link to.
        for (index, judged) in report.findings.iter().take(findings.len()).enumerate() {
            let own = judged.finding.labels.iter().find_map(|label| match label.site {
                Site::Passage(place) if place.doc == doc => {
                    Some(label.marks.first().map_or(place.span.start(), |mark| mark.start()))
                }
                _ => None,
            });
            if let Some(at) = own {
                let upto = units.partition_point(|unit| unit.span.start() <= at);
                placed.push((upto.saturating_sub(1), index));
            }
        }
        placed.sort_unstable();
        for (number, (unit, index)) in placed.into_iter().enumerate() {
            let finding = &findings[index];
            notes[doc.index()].entry(unit).or_default().push(Note {
                number: number + 1,
                target: format!("finding-{}", finding.id),
                severity: finding.severity,
                code: finding.code,
                message: finding.message.to_string(),
            });
        }
    }
    notes
}
