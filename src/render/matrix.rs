//! The figure matrix for programs and spreadsheets.
//!
//! In:  a [`Report`] and the rows.
//! Out: one JSON object, or a CSV table with one column a document.
//! Not here: the form for people (`terminal`).

use crate::divergence::Cell;
use crate::divergence::Row;
use crate::render::csv;
use crate::render::json;
use crate::render::sanitize;
use crate::report::Report;
use serde::Serialize;
use std::io;
use std::io::Write;

#[derive(Serialize)]
struct WireMatrix<'a> {
    /// Raised when a field changes its meaning.
    version: u32,
    documents: Vec<WireDocument<'a>>,
    rows: Vec<WireRow<'a>>,
}

#[derive(Serialize)]
struct WireDocument<'a> {
    path: &'a str,
    outlet: Option<&'a str>,
    published: Option<String>,
    draft: bool,
}

#[derive(Serialize)]
struct WireRow<'a> {
    question: &'a str,
    differs: bool,
    answers: Vec<WireAnswer<'a>>,
}

#[derive(Serialize)]
struct WireAnswer<'a> {
    value: &'a str,
    texts: Vec<WireCell<'a>>,
}

#[derive(Serialize)]
struct WireCell<'a> {
    path: &'a str,
    start: usize,
    end: usize,
    exact: &'a str,
    words: &'a str,
    value: &'a str,
    reason: Option<&'a str>,
}

/// Writes the rows as one object.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_json(out: &mut impl Write, report: &Report, rows: &[Row]) -> io::Result<()> {
    let documents = report.documents.iter().map(|document| WireDocument {
        path: &document.path,
        outlet: document.outlet(),
        published: document.published.map(|when| when.to_string()),
        draft: document.draft,
    });
    let wire = WireMatrix {
        version: 1,
        documents: documents.collect(),
        rows: rows.iter().map(|row| wire_row(report, row)).collect(),
    };
    json::write_line(out, &wire)
}

fn wire_row<'a>(report: &'a Report, row: &'a Row) -> WireRow<'a> {
    let answer = |cells: &'a Vec<Cell>| WireAnswer {
        value: &cells[0].value,
        texts: cells.iter().map(|cell| wire_cell(report, cell)).collect(),
    };
    WireRow {
        question: &row.question,
        differs: row.differs(),
        answers: row.answers.iter().map(answer).collect(),
    }
}

fn wire_cell<'a>(report: &'a Report, cell: &'a Cell) -> WireCell<'a> {
    let document = &report.documents[cell.place.doc.index()];
    let span = cell.place.span;
    WireCell {
        path: &document.path,
        start: span.start(),
        end: span.end(),
        exact: &document.source[span.range()],
        words: cell.wording(&document.source),
        value: &cell.value,
        reason: cell.reason.as_deref(),
    }
}

/// Writes the rows as a table: a column a document, and in each cell its answer.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_csv(out: &mut impl Write, report: &Report, rows: &[Row]) -> io::Result<()> {
    let names = report
        .documents
        .iter()
        .map(|document| sanitize::line(document.outlet().unwrap_or(&document.path)).into_owned());
    let head = ["question".to_owned(), "differs".to_owned()];
    let head: Vec<String> = head.into_iter().chain(names).collect();
    out.write_all(csv::row(&head).as_bytes())?;
    for row in rows {
        let differs = if row.differs() { "yes" } else { "no" };
        let mut cells = vec![sanitize::line(&row.question).into_owned(), differs.to_owned()];
        for document in report.documents {
            let own = row.answers.iter().flatten().filter(|cell| cell.place.doc == document.id);
            let own = own.map(|cell| {
                let words = sanitize::line(cell.wording(&document.source)).into_owned();
                format!("{} (“{words}”)", sanitize::line(&cell.value))
            });
            cells.push(own.collect::<Vec<_>>().join("; "));
        }
        out.write_all(csv::row(&cells).as_bytes())?;
    }
    Ok(())
}
