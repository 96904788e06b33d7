//! JSON and JSONL: the promised, versioned form (`docs/jsonl.md`).
//!
//! The types here are the wire format and nothing else: no other module is
//! serialised, so that a change inside the engine cannot change what users parse.
//!
//! In:  a [`Report`].
//! Out: one JSON object, or one object a line.
//! Not here: choosing what to write (`cli`).

mod alignment;
mod cluster;
mod escape;
mod fixity;
mod quotation;
mod record;
mod review;
mod wire;

pub use wire::Part;
pub use wire::Run;

use crate::corpus::Record;
use crate::report::Quoted;
use crate::report::Report;
use crate::report::Totals;
use crate::review::Review;
use escape::InertFormatter;
use serde::Serialize;
use std::io;
use std::io::Write;
use wire::Line;

/// Writes one object a line: the run, then the chosen parts, then the summary.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_lines(
    out: &mut impl Write,
    run: &Run,
    report: &Report,
    parts: &[Part],
) -> io::Result<()> {
    write_start(out, run)?;
    for part in parts {
        write_part(out, report, *part, run.all)?;
    }
    write_line(out, &Line::Summary(wire::summary(run, report)))
}

/// Writes the first line of a run that is told bit by bit.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_start(out: &mut impl Write, run: &Run) -> io::Result<()> {
    write_line(out, &Line::Run(run.header()))
}

/// Writes one part of a report, one object a line.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_part(out: &mut impl Write, report: &Report, part: Part, all: bool) -> io::Result<()> {
    wire::lines(report, part, all).try_for_each(|line| write_line(out, &line))
}

/// Writes the last line of a run that is told bit by bit, as one over an archive is.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_end(
    out: &mut impl Write,
    run: &Run,
    totals: &Totals,
    unchecked: &[String],
) -> io::Result<()> {
    let mut totals = wire::totals(run, totals, unchecked);
    totals.unparaphrased = Some(true);
    write_line(out, &Line::Summary(totals))
}

/// Writes one object with a list for each of the chosen parts.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_object(
    out: &mut impl Write,
    run: &Run,
    report: &Report,
    parts: &[Part],
) -> io::Result<()> {
    write_line(out, &wire::object(run, report, parts))
}

/// Writes one quotation a line, between the run and the summary.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_quotation_lines(
    out: &mut impl Write,
    run: &Run,
    report: &Report,
    quoted: &Quoted,
) -> io::Result<()> {
    write_line(out, &Line::Run(run.header()))?;
    for found in quotation::quotations(report, quoted) {
        write_line(out, &Line::Quotation(Box::new(found)))?;
    }
    write_line(out, &Line::Summary(wire::summary(run, report)))
}

/// Writes one object with a list of quotations.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_quotations(
    out: &mut impl Write,
    run: &Run,
    report: &Report,
    quoted: &Quoted,
) -> io::Result<()> {
    write_line(out, &quotation::object(run, report, quoted))
}

/// Writes one record a line, between the run and the summary.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_record_lines(
    out: &mut impl Write,
    run: &Run,
    records: &[(String, Record)],
) -> io::Result<()> {
    write_line(out, &Line::Run(run.header()))?;
    for (place, stated) in records {
        write_line(out, &Line::Record(Box::new(record::record(place, stated))))?;
    }
    write_line(out, &Line::Summary(wire::summary(run, &Report::default())))
}

/// Writes one object with a list of records.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_records(
    out: &mut impl Write,
    run: &Run,
    records: &[(String, Record)],
) -> io::Result<()> {
    write_line(out, &record::records(run, records))
}

/// Writes a review, one object a line: the run, the changed documents, agreements and
/// findings, then the summary.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_review_lines(out: &mut impl Write, told: &Review) -> io::Result<()> {
    write_line(out, &Line::Run(review::run(told).header()))?;
    for line in review::lines(told) {
        write_line(out, &line)?;
    }
    write_line(out, &Line::Summary(review::summary(told)))
}

/// Writes a review as one object.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_review(out: &mut impl Write, told: &Review) -> io::Result<()> {
    write_line(out, &review::object(told))
}

/// Bytes of a wire value as it is written.
pub(crate) fn sized(value: &impl Serialize) -> usize {
    let mut bytes = Vec::new();
    write_line(&mut bytes, value).expect("writing to memory cannot fail");
    bytes.len()
}

/// Writes any wire value on a line of its own.
pub(crate) fn write_line(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    let mut serializer = serde_json::Serializer::with_formatter(&mut *out, InertFormatter);
    value.serialize(&mut serializer)?;
    out.write_all(b"\n")
}
