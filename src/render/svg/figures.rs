//! The figure matrix as a picture: a line a question, a column a document.

use super::label::Label;
use super::label::counted;
use super::label::pixels;
use crate::divergence::Row;
use crate::report::Report;
use crate::span::DocId;
use askama::Template;
use std::collections::BTreeSet;

/// Columns of a question, and of what a document says.
const QUESTION_COLUMNS: usize = 30;
const CELL_COLUMNS: usize = 24;

/// Pixels of a column that has one short answer.
const CELL_MIN: usize = 90;

const MARGIN: usize = 12;
const LINE: usize = 16;

#[derive(Template)]
#[template(path = "picture/figures.svg", escape = "html")]
struct Drawing<'s> {
    width: usize,
    height: usize,
    title: String,
    style: Option<&'s str>,
    heads: Vec<Label>,
    rows: Vec<Line>,
    legend: Vec<Label>,
}

struct Line {
    top: usize,
    label: Label,
    cells: Vec<Cell>,
}

struct Cell {
    x: usize,
    y: usize,
    width: usize,
    height: usize,
    differs: bool,
    lines: Vec<Label>,
}

/// A column: a document that answers.
struct Column<'r> {
    doc: DocId,
    name: &'r str,
    x: usize,
    width: usize,
}

pub(super) fn draw(report: &Report, style: Option<&str>) -> String {
    let mut rows: Vec<&Row> = report.matrix.iter().collect();
    // What differs is what the picture is looked at for.
    rows.sort_by_key(|row| !row.differs());
    let questions = pixels(rows.iter().map(|row| &*row.question), QUESTION_COLUMNS);
    let columns = columns(report, &rows, MARGIN * 2 + questions);
    let mut top = MARGIN + LINE + MARGIN / 2;
    let mut lines = Vec::with_capacity(rows.len());
    for row in &rows {
        let line = line(report, row, (&columns, top));
        let most = line.cells.iter().map(|cell| cell.lines.len()).max().unwrap_or(1).max(1);
        top += most * LINE + MARGIN / 2;
        lines.push(line);
    }
    let differing = rows.iter().filter(|row| row.differs()).count();
    let legend = if rows.is_empty() {
        "No two documents answer the same question."
    } else {
        "≠: excludes what most of the others say, or as many say otherwise. Which is right is not said."
    };
    let right = columns.last().map_or(0, |column| column.x + column.width);
    let drawing = Drawing {
        width: right.max(pixels([legend].into_iter(), usize::MAX)) + MARGIN * 2,
        height: top + LINE + MARGIN,
        title: format!("Figure matrix: {}, {differing} differ", counted(rows.len(), "question")),
        style,
        heads: columns
            .iter()
            .map(|c| Label::new((c.x, MARGIN + LINE / 2), c.name, CELL_COLUMNS))
            .collect(),
        rows: lines,
        legend: vec![Label::new((MARGIN, top + LINE), legend, usize::MAX)],
    };
    drawing.render().expect("a picture is drawn in memory")
}

/// The documents that answer, in order, each as wide as its longest answer.
fn columns<'r>(report: &'r Report, rows: &[&Row], left: usize) -> Vec<Column<'r>> {
    let cells = || rows.iter().flat_map(|row| row.answers.iter().flatten());
    let docs: BTreeSet<DocId> = cells().map(|cell| cell.place.doc).collect();
    let mut x = left;
    let column = |doc: DocId| {
        let document = &report.documents[doc.index()];
        let name = document.outlet().unwrap_or(&document.path);
        let own = cells().filter(|cell| cell.place.doc == doc);
        let words = own.map(|cell| cell.wording(&document.source)).chain([name]);
        // A sign and a blank stand before what differs.
        let width = (pixels(words, CELL_COLUMNS) + MARGIN * 2).max(CELL_MIN);
        x += width;
        Column { doc, name, x: x - width, width }
    };
    docs.into_iter().map(column).collect()
}

fn line(report: &Report, row: &Row, (columns, top): (&[Column], usize)) -> Line {
    let mut cells = Vec::new();
    for column in columns {
        let mut lines = Vec::new();
        let mut differs = false;
        for (index, cell) in row.answers.iter().enumerate().flat_map(|(index, answers)| {
            answers
                .iter()
                .filter(|cell| cell.place.doc == column.doc)
                .map(move |cell| (index, cell))
        }) {
            let stands_out = row.stands_out(index);
            differs |= stands_out;
            let words = cell.wording(&report.documents[column.doc.index()].source);
            let sign = if stands_out { "≠ " } else { "" };
            let y = top + LINE * (1 + lines.len());
            let mut label = Label::new((column.x, y), &format!("{sign}{words}"), CELL_COLUMNS);
            label.whole =
                format!("{}: {}", label.whole, crate::render::sanitize::line(&cell.value));
            lines.push(label);
        }
        if !lines.is_empty() {
            cells.push(Cell {
                x: column.x - MARGIN / 2,
                y: top + 3,
                width: column.width - MARGIN / 2,
                height: LINE * lines.len() + 2,
                differs,
                lines,
            });
        }
    }
    let label = Label::new((MARGIN, top + LINE), &row.question, QUESTION_COLUMNS);
    Line { top, label, cells }
}
