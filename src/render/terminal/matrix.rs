//! The figure matrix on a terminal: a question, each answer, and who gives it.

use super::address;
use super::style::Look;
use super::style::Role;
use crate::divergence::Cell;
use crate::divergence::Row;
use crate::render::lines::Lines;
use crate::render::sanitize;
use crate::report::Report;
use crate::span::Place;
use std::io;
use std::io::Write;
use unicode_width::UnicodeWidthStr;

/// Columns of a name, beyond which its row stands out.
const NAME_COLUMNS: usize = 24;

/// Writes the rows: the answer of most documents first, the others marked.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_matrix(
    out: &mut impl Write,
    report: &Report,
    rows: &[Row],
    look: Look,
) -> io::Result<()> {
    let lines = Lines::of(report.documents);
    for row in rows {
        let documents = row.documents();
        let (word, role) =
            if row.differs() { ("differs", Role::Warning) } else { ("agrees", Role::Note) };
        let head = look.paint(Role::Strong, &sanitize::line(&row.question));
        writeln!(out, "{head}  {} in {documents} texts", look.paint(role, word))?;
        for (index, cells) in row.answers.iter().enumerate() {
            let sign = if index == 0 { " " } else { "≠" };
            let value = sanitize::line(&cells[0].value).into_owned();
            writeln!(
                out,
                "{} {}",
                look.paint(Role::Warning, sign),
                look.paint(Role::Mark, &value)
            )?;
            for cell in cells {
                let document = &report.documents[cell.place.doc.index()];
                let name = sanitize::line(document.outlet().unwrap_or(&document.path)).into_owned();
                let blank = " ".repeat(NAME_COLUMNS.saturating_sub(name.width()));
                let mark = cell.marks.first().copied().unwrap_or(cell.place.span);
                let place = address(report, &lines, Place { doc: cell.place.doc, span: mark });
                let words = words(report, cell);
                let place = look.paint(Role::Dim, &place);
                writeln!(out, "    {name}{blank} {words}  {place}")?;
            }
        }
        writeln!(out)?;
    }
    Ok(())
}

/// The words that answer, and what they were counted from.
fn words(report: &Report, cell: &Cell) -> String {
    let words = cell.wording(&report.documents[cell.place.doc.index()].source);
    let words = sanitize::line(words).into_owned();
    match &cell.reason {
        Some(reason) => format!("“{words}” ({reason})"),
        None => format!("“{words}”"),
    }
}
