//! Clusters on a terminal: a passage, every text that carries it, and which came first.

use super::Lead;
use super::style::Look;
use super::style::Role;
use super::write_label;
use super::write_wrapped;
use crate::divergence::Cluster;
use crate::finding::Label;
use crate::render::lines::Lines;
use crate::report::Report;
use std::io;
use std::io::Write;

/// Columns by which the further rows of a note stand in.
const HANG: usize = 4;

/// Writes the passages that several documents carry, each with its places and with the
/// evidence on lineage.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_clusters(out: &mut impl Write, report: &Report, look: Look) -> io::Result<()> {
    let lines = Lines::of(report.documents);
    for found in report.clusters {
        let texts = found.documents().len();
        let head = format!("{} of {} words in {texts} texts", found.nature.name(), found.words);
        writeln!(out, "{}", look.paint(Role::Strong, &head))?;
        for place in &found.places {
            let caption = report.documents[place.doc.index()].caption();
            write_label(out, report, &lines, &Label::passage(*place, Vec::new(), caption), look)?;
        }
        for note in notes(found) {
            let lead = Lead { before: "  ", word: "=", role: Role::Dim, after: " " };
            write_wrapped(out, &lead, (note, None, HANG), look)?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn notes(found: &Cluster) -> Vec<&str> {
    let undetermined = "which text came first is undetermined";
    let first = found.lineage.earlier.is_none().then_some(undetermined);
    let evidence = found.lineage.evidence.iter().map(|evidence| evidence.text.as_str());
    first.into_iter().chain(evidence).collect()
}
