//! The reuse map, the lineage and the figure matrix as tables, for a comment that shows no
//! picture.
//!
//! What comes from a document or a record stands in a cell as code: there a name is no
//! mention and markup is text.
//!
//! In:  a [`Report`].
//! Out: Markdown, folded away; nothing where nothing is shared and nothing differs.
//! Not here: the pictures (`svg`).

use super::INFALLIBLE;
use super::units;
use crate::divergence::Row;
use crate::render::review::counted;
use crate::render::sanitize;
use crate::report::LineageGraph;
use crate::report::Report;
use crate::report::ReuseMap;
use crate::report::Shared;
use crate::span::DocId;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// Columns of a table beyond which nobody reads it in a comment.
const COLUMNS_MAX: usize = 10;

/// Rows of a table.
const ROWS_MAX: usize = 30;

/// Characters of a cell.
const CELL_CHARS_MAX: usize = 60;

/// Whether tables are about a document.
pub(super) type About<'f> = dyn Fn(DocId) -> bool + 'f;

/// The tables about some documents, with what others share with them, in up to `room` units
/// of UTF-16: whole tables or none.
pub(super) fn tables(report: &Report, about: &About, room: usize) -> String {
    let mut text = String::new();
    let (opening, closing) =
        ("<details><summary>Who shares wording, and what differs</summary>\n\n", "</details>\n\n");
    for table in [reuse_map(report, about), lineage(report, about), figures(report, about)]
        .into_iter()
        .flatten()
    {
        if units(&text) + units(&table) + opening.len() + closing.len() <= room {
            text.push_str(&table);
        }
    }
    if text.is_empty() { text } else { format!("{opening}{text}{closing}") }
}

/// The outlets that share most, each with each.
fn reuse_map(report: &Report, about: &About) -> Option<String> {
    let map = ReuseMap::of(report);
    let is_about = |shared: &&Shared| shared.pairs.iter().flatten().any(|doc| about(*doc));
    let shared = |one: usize, other: usize| map.shared(one, other).filter(is_about);
    let all = 0..map.outlets.len();
    let with_others = |one: usize| {
        let others = all.clone().filter(|other| *other != one);
        others.filter_map(|other| shared(one, other)).map(Shared::heat).sum::<usize>()
    };
    let mut shown: Vec<usize> = all.clone().filter(|outlet| with_others(*outlet) > 0).collect();
    if shown.is_empty() {
        return None;
    }
    shown.sort_by_key(|outlet| std::cmp::Reverse(with_others(*outlet)));
    let left = shown.len().saturating_sub(COLUMNS_MAX);
    shown.truncate(COLUMNS_MAX);
    shown.sort_unstable();
    let name = |outlet: &usize| code(&map.outlets[*outlet].name);
    let names: Vec<String> = shown.iter().map(name).collect();
    let mut text = "Words that two outlets share; ≈ sentences in other words.\n\n".to_owned();
    writeln!(text, "| | {} |", names.join(" | ")).expect(INFALLIBLE);
    writeln!(text, "|---|{}", "---:|".repeat(shown.len())).expect(INFALLIBLE);
    for (row, name) in shown.iter().zip(&names) {
        let cell = |column: &usize| {
            let Some(shared) = shared(*row, *column) else { return String::new() };
            match (shared.words, shared.sentences) {
                (words, 0) => words.to_string(),
                (0, sentences) => format!("≈{sentences}"),
                (words, sentences) => format!("{words} ≈{sentences}"),
            }
        };
        let cells: Vec<String> = shown.iter().map(cell).collect();
        writeln!(text, "| {name} | {} |", cells.join(" | ")).expect(INFALLIBLE);
    }
    if left > 0 {
        write!(text, "\nAnd {} that share less.\n", counted(left, "outlet")).expect(INFALLIBLE);
    }
    text.push('\n');
    Some(text)
}

/// Which documents carry the same passages, those with most words first.
fn lineage(report: &Report, about: &About) -> Option<String> {
    let mut edges = LineageGraph::of(report).edges;
    edges.retain(|edge| about(edge.from) || about(edge.to));
    if edges.is_empty() {
        return None;
    }
    edges.sort_by_key(|edge| std::cmp::Reverse(edge.words));
    let name = |doc: DocId| name(report, doc);
    let mut text = "| text | text | words | came first |\n|---|---|---:|---|\n".to_owned();
    for edge in edges.iter().take(ROWS_MAX) {
        let basis: BTreeSet<&str> = edge.evidence.iter().map(|fact| fact.basis.name()).collect();
        let basis: Vec<&str> = basis.into_iter().collect();
        let known = if edge.directed {
            format!("the left one ({})", basis.join(", "))
        } else {
            "undetermined".to_owned()
        };
        let (from, to) = (name(edge.from), name(edge.to));
        writeln!(text, "| {from} | {to} | {} | {known} |", edge.words).expect(INFALLIBLE);
    }
    more(&mut text, edges.len());
    Some(text)
}

/// The questions on which documents differ.
fn figures(report: &Report, about: &About) -> Option<String> {
    let is_about = |row: &&Row| row.answers.iter().flatten().any(|cell| about(cell.place.doc));
    let rows: Vec<&Row> =
        report.matrix.iter().filter(|row| row.differs()).filter(is_about).collect();
    let shown = &rows[..rows.len().min(ROWS_MAX)];
    let cells = shown.iter().flat_map(|row| row.answers.iter().flatten());
    let docs: BTreeSet<DocId> = cells.map(|cell| cell.place.doc).collect();
    if docs.is_empty() {
        return None;
    }
    let mut text = String::new();
    if docs.len() <= COLUMNS_MAX {
        let names: Vec<String> = docs.iter().map(|doc| name(report, *doc)).collect();
        writeln!(text, "| | {} |", names.join(" | ")).expect(INFALLIBLE);
        writeln!(text, "|---|{}", "---|".repeat(docs.len())).expect(INFALLIBLE);
        for row in shown {
            let cells: Vec<String> = docs.iter().map(|doc| said(report, row, *doc)).collect();
            writeln!(text, "| {} | {} |", code(&row.question), cells.join(" | "))
                .expect(INFALLIBLE);
        }
    } else {
        text.push_str("| | answer | texts |\n|---|---|---|\n");
        for row in shown {
            let mut question = code(&row.question);
            for (index, cells) in row.answers.iter().enumerate() {
                let sign = if row.stands_out(index) { "≠ " } else { "" };
                let docs: BTreeSet<DocId> = cells.iter().map(|cell| cell.place.doc).collect();
                let few: Vec<String> = docs.iter().take(3).map(|doc| name(report, *doc)).collect();
                let left = docs.len() - few.len();
                let left = if left > 0 { format!(" and {left} more") } else { String::new() };
                let (value, names) = (code(&cells[0].value), few.join(", "));
                writeln!(text, "| {question} | {sign}{value} | {names}{left} |").expect(INFALLIBLE);
                question.clear();
            }
        }
    }
    more(&mut text, rows.len());
    text.push_str("≠ excludes what most of the others say, or as many say otherwise.\n\n");
    Some(text)
}

/// What a document says on a question, each wording once.
fn said(report: &Report, row: &Row, doc: DocId) -> String {
    let source = &report.documents[doc.index()].source;
    let mut said: Vec<String> = Vec::new();
    for (index, cells) in row.answers.iter().enumerate() {
        let sign = if row.stands_out(index) { "≠ " } else { "" };
        for cell in cells.iter().filter(|cell| cell.place.doc == doc) {
            let words = format!("{sign}{}", code(cell.wording(source)));
            if !said.contains(&words) {
                said.push(words);
            }
        }
    }
    said.join("; ")
}

fn name(report: &Report, doc: DocId) -> String {
    let document = &report.documents[doc.index()];
    code(document.outlet().unwrap_or(&document.path))
}

fn more(text: &mut String, rows: usize) {
    let left = rows.saturating_sub(ROWS_MAX);
    if left > 0 {
        write!(text, "\nAnd {left} more.\n").expect(INFALLIBLE);
    }
    text.push('\n');
}

/// A text as code in a cell: between more backticks than it has in a row, and with its bars
/// escaped, which end a cell even there.
fn code(text: &str) -> String {
    let line = sanitize::line(text);
    let mut line: String = line.chars().take(CELL_CHARS_MAX + 1).collect();
    if line.chars().count() > CELL_CHARS_MAX {
        line.pop();
        line.push('…');
    }
    if line.trim().is_empty() {
        return String::new();
    }
    let longest = line.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    // A blank keeps a backtick at an end apart from the fence; readers drop it again.
    let blank = if line.starts_with('`') || line.ends_with('`') { " " } else { "" };
    format!("{fence}{blank}{}{blank}{fence}", line.replace('|', "\\|"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_hold_any_text() {
        #[rustfmt::skip]
        let cases = [
            ("Harbour Wire",     "`Harbour Wire`"),
            ("a | b",            "`a \\| b`"),
            ("`x`",              "`` `x` ``"),
            ("@editor #12",      "`@editor #12`"),
            ("</details>\n| x",  "`</details>‹U+000A›\\| x`"),
            ("",                 ""),
        ];
        for (text, cell) in cases {
            assert_eq!(code(text), cell);
        }
        assert_eq!(code(&"é".repeat(80)).chars().count(), CELL_CHARS_MAX + 3);
    }
}
