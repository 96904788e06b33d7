//! The matrix of propositions on a terminal: which text says what, in its own words.

use super::style::Look;
use super::style::Role;
use super::write_label;
use crate::finding::Label;
use crate::render::lines::Lines;
use crate::render::sanitize;
use crate::report::Report;
use crate::span::DocId;
use std::io;
use std::io::Write;

/// Documents that have a letter of their own in the matrix.
const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// Writes the documents with their letters, then each proposition: which documents say
/// it, and where.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_propositions(out: &mut impl Write, report: &Report, look: Look) -> io::Result<()> {
    let lines = Lines::of(report.documents);
    let lettered = report.documents.len() <= LETTERS.len();
    if lettered {
        for (letter, document) in LETTERS.chars().zip(report.documents) {
            let path = sanitize::line(&document.path).into_owned();
            let caption = look.paint(Role::Dim, &sanitize::line(&document.caption()));
            writeln!(out, "{} {path}  {caption}", look.paint(Role::Strong, &letter.to_string()))?;
        }
        writeln!(out)?;
    }
    for (number, found) in (1..).zip(&report.propositions) {
        let documents = found.documents();
        let row: String = LETTERS
            .chars()
            .zip((0..report.documents.len()).zip(0..))
            .map(|(letter, (_, doc))| if documents.contains(&DocId(doc)) { letter } else { '·' })
            .collect();
        let row = if lettered { format!("{row}  ") } else { String::new() };
        let count = format!("{} of {} texts", documents.len(), report.documents.len());
        let head = format!("proposition {number}");
        writeln!(out, "{}  {row}{count}", look.paint(Role::Strong, &head))?;
        for member in &found.members {
            let caption = report.documents[member.place.doc.index()].caption();
            let label = Label::passage(member.place, Vec::new(), caption);
            write_label(out, report, &lines, &label, look)?;
        }
        writeln!(out)?;
    }
    Ok(())
}
