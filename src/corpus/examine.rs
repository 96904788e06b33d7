//! Examining texts for what no reader sees.
//!
//! In:  loaded documents.
//! Out: one finding per document and rule, with the first places and a count.

use crate::corpus::Document;
use crate::corpus::find::found;
use crate::corpus::hidden;
use crate::corpus::hidden::Hidden;
use crate::corpus::hidden::Kind;
use crate::finding::Finding;
use crate::finding::Label;
use crate::finding::Rule;
use crate::span::LineIndex;
use crate::span::Place;
use crate::span::Position;
use crate::span::Span;
use rayon::prelude::*;

/// A finding shows this many lines; its notes tell of this many places.
const SHOWN_MAX: usize = 5;

/// What is hidden in the text of `documents`: characters that no reader sees, and
/// embedded C2PA manifests; in the order of the documents.
pub fn examine(documents: &[Document]) -> Vec<Finding> {
    documents.par_iter().flat_map_iter(document).collect()
}

fn document(document: &Document) -> Vec<Finding> {
    let all = hidden::hidden(&document.source);
    if all.is_empty() {
        return Vec::new();
    }
    let lines = LineIndex::new(&document.source);
    let (wrappers, others): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|hidden| matches!(hidden.kind, Kind::C2pa(_)));
    let mut findings = Vec::new();
    if let Some(first) = others.first() {
        let count = others.len();
        let plural = if count == 1 { "place" } else { "places" };
        let message = format!(
            "`{}` holds characters that no reader sees, in {count} {plural}",
            document.path
        );
        let help = "look at them in the source; the corpus keeps them as they are";
        let finding =
            found(Rule::HiddenCharacters, message, label(document, &lines, &others, first), help);
        findings.push(told(finding, document, &lines, &others));
    }
    if let Some(first) = wrappers.first() {
        let message = format!("`{}` carries an embedded C2PA manifest", document.path);
        let help = "check it with a C2PA tool; it is part of the bytes, and is left where it is";
        let finding =
            found(Rule::C2paPresent, message, label(document, &lines, &wrappers, first), help);
        findings.push(told(finding, document, &lines, &wrappers));
    }
    findings
}

/// The finding with a note for each of the first places, and more lines.
fn told(
    mut finding: Finding,
    document: &Document,
    lines: &LineIndex<'_>,
    all: &[Hidden],
) -> Finding {
    let note = |hidden: &Hidden| {
        let Position { line, column } = lines.position(hidden.span.start());
        format!("line {line}, column {column}, byte {}: {}", hidden.span.start(), describe(hidden))
    };
    finding.notes.extend(all.iter().take(SHOWN_MAX).map(note));
    if all.len() > SHOWN_MAX {
        finding.notes.push(format!("and {} more", all.len() - SHOWN_MAX));
    }
    let mut last = line_of(lines, &all[0]);
    for hidden in all {
        let line = line_of(lines, hidden);
        if line != last && finding.labels.len() < SHOWN_MAX {
            finding.labels.push(label(document, lines, all, hidden));
            last = line;
        }
    }
    finding
}

/// The line around `hidden`, with everything hidden in it marked.
fn label(document: &Document, lines: &LineIndex<'_>, all: &[Hidden], hidden: &Hidden) -> Label {
    let line = lines.line_span(line_of(lines, hidden)).cover(hidden.span);
    let marks = all.iter().map(|hidden| hidden.span).filter(|span| line.contains(*span));
    let span = Span::new(line.start(), line.end());
    Label::passage(Place { doc: document.id, span }, marks.collect(), describe(hidden))
}

fn line_of(lines: &LineIndex<'_>, hidden: &Hidden) -> usize {
    lines.position(hidden.span.start()).line
}

fn describe(hidden: &Hidden) -> String {
    match hidden.kind {
        Kind::Character(character, name) => format!("U+{:04X} {name}", u32::from(character)),
        Kind::Bytes(count) => format!("a run of variation selectors that carries {count} bytes"),
        Kind::C2pa(content) => format!("C2PA manifest, {content} bytes"),
    }
}
