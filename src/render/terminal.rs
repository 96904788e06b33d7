//! The terminal form: every outlet's own words, what differs marked, one line of help.
//!
//! Marks are drawn with signs as well as colour, so nothing is lost in a pipe, on
//! paper or to a reader who does not see colour. All text from documents, records
//! and paths is sanitised here.
//!
//! In:  a [`Report`] and a [`Look`].
//! Out: lines of text.
//! Not here: whether the output is a terminal (`cli`).

mod alignment;
mod cluster;
mod excerpt;
mod matrix;
mod proposition;
mod quotation;
mod review;
mod style;
mod wrap;

pub use alignment::write_alignments;
pub use cluster::write_clusters;
pub use matrix::write_matrix;
pub use proposition::write_propositions;
pub use quotation::write_quotations;
pub(crate) use review::Plain;
pub(crate) use review::plain_agreements;
pub(crate) use review::plain_document;
pub(crate) use review::plain_review_findings;
pub use review::write_review;
pub use review::write_review_counts;
pub use review::write_unreviewed;
pub use style::Look;

use crate::claims::Claim;
use crate::claims::Value;
use crate::finding::Label;
use crate::finding::Severity;
use crate::finding::Site;
use crate::policy::Judged;
use crate::policy::is_waivable;
use crate::render::lines::Lines;
use crate::render::sanitize;
use crate::report::Report;
use crate::report::Totals;
use crate::span::Place;
use crate::span::Position;
use excerpt::CARET;
use excerpt::Mark;
use excerpt::Row;
use std::io;
use std::io::Write;
use style::Role;
use unicode_width::UnicodeWidthStr;

/// Columns of the gutter: room for a five-digit line number and ` | `.
const GUTTER: usize = 8;

/// Columns by which the further rows of a message or note stand in.
const HANG: usize = 4;

/// Columns by which the further rows of an advice stand in: it goes on beside itself.
const HANG_HELP: usize = "  help: ".len();

/// Notes that are shown unless all are asked for: errors must not scroll away.
const NOTES_MAX: usize = 5;

/// Places of one finding that are shown unless all are asked for: a wire story may
/// stand in sixty outlets.
const LABELS_MAX: usize = 8;

/// Rows of a passage without marks that are shown before it is cut.
const PLAIN_ROWS_MAX: usize = 3;

/// Without colour, and for what is not wrapped.
pub(crate) const PLAIN: Look = Look { colour: false, width: 0 };

/// Writes the findings, most severe first, each with its places; without `all` only
/// the first few notes.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_findings(
    out: &mut impl Write,
    report: &Report,
    look: Look,
    all: bool,
) -> io::Result<()> {
    let lines = Lines::of(report.documents);
    let (shown, more) =
        if all { (report.findings.iter().collect(), 0) } else { report.within_budget() };
    let notes = report.count(Severity::Note);
    let hidden = if all { 0 } else { notes.saturating_sub(NOTES_MAX) };
    // Notes come last, since the most severe come first.
    for judged in &shown[..shown.len() - hidden] {
        let labels_max = if all { usize::MAX } else { LABELS_MAX };
        write_finding(out, report, &lines, (judged, labels_max), look)?;
    }
    if more > 0 {
        writeln!(out, "{more} more warnings on framing: --all")?;
    }
    if hidden > 0 {
        writeln!(out, "{hidden} more notes: --all")?;
    }
    Ok(())
}

/// Each finding as it is shown without colour in this many columns, in their order.
pub(crate) fn plain_findings<'a>(
    report: &'a Report<'a>,
    width: usize,
) -> impl Iterator<Item = String> {
    let lines = Lines::of(report.documents);
    report.findings.iter().map(move |judged| {
        let mut text = Vec::new();
        let look = Look { colour: false, width };
        write_finding(&mut text, report, &lines, (judged, LABELS_MAX), look)
            .expect("writing to memory cannot fail");
        String::from_utf8(text).expect("only text was written")
    })
}

/// Writes a line for everything that was not checked.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_unchecked(out: &mut impl Write, report: &Report, look: Look) -> io::Result<()> {
    let head = look.paint(Role::of(Severity::Warning), "not checked");
    let mut lines = report.unchecked.iter();
    lines.try_for_each(|line| writeln!(out, "{head}: {}", sanitize::line(line)))
}

/// Writes one line with the number of findings of each level, and of those that are
/// not shown.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_counts(out: &mut impl Write, report: &Report, look: Look) -> io::Result<()> {
    write_totals(out, &report.totals(), look)
}

/// Writes the same line for a run whose findings are told already.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_totals(out: &mut impl Write, totals: &Totals, look: Look) -> io::Result<()> {
    let Totals { errors, warnings, notes, .. } = *totals;
    let counts = [
        (errors, Severity::Error, "error"),
        (warnings, Severity::Warning, "warning"),
        (notes, Severity::Note, "note"),
    ];
    let counts = counts.map(|(count, severity, word)| {
        let text = format!("{count} {word}{}", if count == 1 { "" } else { "s" });
        if count == 0 { text } else { look.paint(Role::of(severity), &text) }
    });
    writeln!(out, "{}{}", counts.join(", "), accepted(totals))
}

/// How many findings are not shown because somebody accepted them, if any are.
fn accepted(totals: &Totals) -> String {
    let counts = [
        (totals.waived, "waived"),
        (totals.baseline, "in the baseline"),
        (totals.allowed, "allowed by the policy"),
    ];
    let shown = counts.iter().filter(|(count, _)| *count > 0);
    let shown: Vec<String> = shown.map(|(count, what)| format!("{count} {what}")).collect();
    if shown.is_empty() { String::new() } else { format!("; {}", shown.join(", ")) }
}

/// Writes the claims of every document, a line each.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_claims(out: &mut impl Write, report: &Report, look: Look) -> io::Result<()> {
    let lines = Lines::of(report.documents);
    for claim in report.claims.iter().flatten() {
        write_claim(out, report, &lines, claim, look)?;
    }
    Ok(())
}

/// Writes the units of every document, a line each.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_units(out: &mut impl Write, report: &Report, look: Look) -> io::Result<()> {
    let lines = Lines::of(report.documents);
    for text in report.texts {
        for unit in &text.units {
            let place = Place { doc: text.doc, span: unit.span };
            let shown = sanitize::line(&text.source[unit.span.range()]).into_owned();
            let role = format!("{:9}", unit.role.name());
            writeln!(
                out,
                "{} {} {shown}",
                address(report, &lines, place),
                look.paint(Role::Dim, &role)
            )?;
        }
    }
    Ok(())
}

fn write_finding(
    out: &mut impl Write,
    report: &Report,
    lines: &Lines,
    (judged, labels_max): (&Judged, usize),
    look: Look,
) -> io::Result<()> {
    let info = judged.finding.rule.info();
    let head = format!("{}[{}]", judged.severity.name(), info.code);
    let slug = format!(" {}: ", info.slug);
    let lead = Lead { before: "", word: &head, role: Role::of(judged.severity), after: &slug };
    write_wrapped(out, &lead, (&judged.finding.message, Some(Role::Strong), HANG), look)?;
    for label in judged.finding.labels.iter().take(labels_max) {
        write_label(out, report, lines, label, look)?;
    }
    let hidden = judged.finding.labels.len().saturating_sub(labels_max);
    if hidden > 0 {
        writeln!(out, "  {} {hidden} more places: --all", look.paint(Role::Dim, "="))?;
    }
    for note in &judged.finding.notes {
        let lead = Lead { before: "  ", word: "=", role: Role::Dim, after: " " };
        write_wrapped(out, &lead, (note, None, HANG), look)?;
    }
    if !judged.finding.help.is_empty() {
        let lead = Lead { before: "  ", word: "help:", role: Role::Help, after: " " };
        write_wrapped(out, &lead, (&judged.finding.help, None, HANG_HELP), look)?;
    }
    if is_waivable(judged.finding.rule) {
        writeln!(out, "  {} finding {}", look.paint(Role::Dim, "="), judged.fingerprint.short())?;
    }
    writeln!(out)
}

/// What stands before a sentence: one painted word between two plain pieces.
struct Lead<'l> {
    before: &'l str,
    word: &'l str,
    role: Role,
    after: &'l str,
}

/// A sentence behind its lead, wrapped to the width of the output; its further rows
/// stand in by `hang` columns.
fn write_wrapped(
    out: &mut impl Write,
    lead: &Lead,
    (text, role, hang): (&str, Option<Role>, usize),
    look: Look,
) -> io::Result<()> {
    let text = sanitize::line(text);
    let before = [lead.before, lead.word, lead.after].map(UnicodeWidthStr::width).iter().sum();
    let columns = |taken: usize| look.width.saturating_sub(taken);
    let paint = |row| role.map_or_else(|| String::from(row), |role| look.paint(role, row));
    let mut rows = wrap::rows(&text, columns(before), columns(hang)).into_iter();
    let word = look.paint(lead.role, lead.word);
    let first = format!(
        "{}{word}{}{}",
        lead.before,
        lead.after,
        rows.next().map_or_else(String::new, paint)
    );
    writeln!(out, "{}", first.trim_end())?;
    rows.try_for_each(|row| writeln!(out, "{:hang$}{}", "", paint(row)))
}

fn write_label(
    out: &mut impl Write,
    report: &Report,
    lines: &Lines,
    label: &Label,
    look: Look,
) -> io::Result<()> {
    let arrow = look.paint(Role::Dim, "-->");
    let caption = match label.caption.as_str() {
        "" => String::new(),
        caption => format!("  {}", look.paint(Role::Dim, &sanitize::line(caption))),
    };
    match &label.site {
        Site::File { path } => writeln!(out, "  {arrow} {}{caption}", sanitize::line(path)),
        Site::Line { path, position, excerpt } => {
            writeln!(out, "  {arrow} {}{caption}", path_position(path, *position))?;
            let shown = sanitize::line(excerpt);
            let width = look.width.saturating_sub(GUTTER);
            wrap::rows(&shown, width, width).into_iter().enumerate().try_for_each(|(index, row)| {
                write_gutter(out, (index == 0).then_some(position.line), row, look)
            })
        }
        Site::Passage(place) => {
            let first = label.marks.first().map_or(place.span, |mark| *mark);
            let shown = Place { doc: place.doc, span: first };
            writeln!(out, "  {arrow} {}{caption}", address(report, lines, shown))?;
            let marks: Vec<Mark> = label.marks.iter().map(|mark| (*mark, CARET)).collect();
            write_passage(out, report, lines, (*place, &marks, Extent::Marked), look)
        }
    }
}

/// `path:line:column` of a place.
fn address(report: &Report, lines: &Lines, place: Place) -> String {
    let position = lines.at(place.doc).position(place.span.start());
    path_position(&report.documents[place.doc.index()].path, position)
}

fn path_position(path: &str, position: Position) -> String {
    format!("{}:{}:{}", sanitize::line(path), position.line, position.column)
}

/// How much of a passage is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Extent {
    /// All of it.
    Whole,
    /// What is marked, with its neighbours.
    Marked,
}

/// The wording of a passage with its marks, wrapped to the width of the output.
fn write_passage(
    out: &mut impl Write,
    report: &Report,
    lines: &Lines,
    (place, marks, extent): (Place, &[Mark], Extent),
    look: Look,
) -> io::Result<()> {
    let source = &report.documents[place.doc.index()].source;
    let width = look.width.saturating_sub(GUTTER).max(20);
    let rows = excerpt::signed_rows(source, lines.at(place.doc), place.span, marks, width);
    let mut skipped = true;
    for (index, row) in rows.iter().enumerate() {
        if extent == Extent::Whole || is_shown(&rows, index) {
            // After a gap the reader needs the line number again.
            write_row(out, row, skipped, look)?;
            skipped = false;
        } else if !skipped || index == 0 {
            write_gutter(out, None, "...", look)?;
            skipped = true;
        }
    }
    Ok(())
}

/// One row and, under it, its marks.
fn write_row(out: &mut impl Write, row: &Row, numbered: bool, look: Look) -> io::Result<()> {
    let number = (numbered || row.begins).then_some(row.line);
    write_gutter(out, number, &row.painted(look), look)?;
    if row.has_marks() {
        write_gutter(out, None, &look.paint(Role::Mark, &row.underline()), look)?;
    }
    Ok(())
}

/// Rows with marks are shown with their neighbours; without marks the first few are.
fn is_shown(rows: &[Row], index: usize) -> bool {
    if !rows.iter().any(Row::has_marks) {
        return index < PLAIN_ROWS_MAX || rows.len() == PLAIN_ROWS_MAX + 1;
    }
    rows[index.saturating_sub(1)..rows.len().min(index + 2)].iter().any(Row::has_marks)
}

fn write_gutter(
    out: &mut impl Write,
    number: Option<usize>,
    text: &str,
    look: Look,
) -> io::Result<()> {
    let number = number.map_or_else(String::new, |number| number.to_string());
    let gutter = look.paint(Role::Dim, &format!("{number:>5} |"));
    writeln!(out, "{}", format!("{gutter} {text}").trim_end())
}

fn write_claim(
    out: &mut impl Write,
    report: &Report,
    lines: &Lines,
    claim: &Claim,
    look: Look,
) -> io::Result<()> {
    let source = &report.documents[claim.place.doc.index()].source;
    let exact = sanitize::line(&source[claim.place.span.range()]).into_owned();
    let value = claim.value_text();
    let unit = claim.unit_text().map_or_else(String::new, |unit| format!(" {unit}"));
    let hedge = claim.hedge.map_or_else(String::new, |hedge| format!(" ({})", hedge.name()));
    let meant = claim.meant_text().map_or_else(String::new, |days| format!(" = {days}"));
    let speaker = claim
        .speaker
        .map_or_else(String::new, |span| format!(" — {}", sanitize::line(&source[span.range()])));
    let kind = look.paint(Role::Dim, &format!("{:9}", claim.kind.name()));
    let normal = look.paint(Role::Strong, &sanitize::line(&format!("{value}{meant}{unit}{hedge}")));
    let address = address(report, lines, claim.place);
    if matches!(claim.value, Value::Words { .. }) {
        writeln!(out, "{address} {kind} {exact}{speaker}")
    } else {
        writeln!(out, "{address} {kind} {normal}  {exact}")
    }
}

/// Writes what stopped a run: code, message and next step.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_error(
    out: &mut impl Write,
    code: &str,
    (message, help): (&str, &str),
    look: Look,
) -> io::Result<()> {
    let head = look.paint(Role::Error, &format!("error[{code}]"));
    writeln!(out, "{head}: {}", sanitize::line(message))?;
    if help.is_empty() {
        return Ok(());
    }
    writeln!(out, "  {} {}", look.paint(Role::Help, "help:"), sanitize::line(help))
}
