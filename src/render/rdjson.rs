//! rdjson: the diagnostic format of reviewdog.
//!
//! Columns count bytes of UTF-8 from one, as its definition asks, unlike those of
//! every other form.
//!
//! In:  a [`Report`], or a [`Review`].
//! Out: one JSON object.
//! Not here: posting it (reviewdog does).

use crate::finding::Severity;
use crate::render::item::Item;
use crate::render::item::Listing;
use crate::render::item::RUN_PATH;
use crate::render::item::Spot;
use crate::render::item::fitting;
use crate::render::json::Run;
use crate::render::json::sized;
use crate::render::json::write_line;
use crate::render::sanitize;
use crate::report::Report;
use crate::review::Review;
use serde_json::Value;
use serde_json::json;
use std::io;
use std::io::Write;

/// Diagnostics of one run: more than a reviewer reads, and what the services take.
const DIAGNOSTICS_MAX: usize = 1_000;

/// Bytes of all of them.
const BYTES_MAX: usize = 4_000_000;

/// Writes the findings as one object of diagnostics.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(out: &mut impl Write, run: &Run, report: &Report) -> io::Result<()> {
    write_listing(out, Listing::of_report(run, report))
}

/// Writes what a change brings; see [`write()`].
///
/// # Errors
/// When `out` cannot be written.
pub fn write_review(out: &mut impl Write, review: &Review) -> io::Result<()> {
    write_listing(out, Listing::of_review(review))
}

fn write_listing(out: &mut impl Write, mut listing: Listing) -> io::Result<()> {
    let all = listing.items.by_ref().map(|item| diagnostic(&item));
    let (found, hidden) = fitting(all, (DIAGNOSTICS_MAX, BYTES_MAX), sized);
    let unchecked = listing.unchecked.iter();
    let unchecked = unchecked.map(|line| about_run(&format!("not checked: {line}"), "ERROR"));
    let mut diagnostics: Vec<Value> = unchecked.chain(found).collect();
    if hidden > 0 {
        diagnostics.push(about_run(&listing.more(hidden), "INFO"));
    }
    let source = json!({ "name": "provenance" });
    write_line(out, &json!({ "source": source, "diagnostics": diagnostics }))
}

fn about_run(message: &str, severity: &str) -> Value {
    json!({
        "message": sanitize::line(message),
        "severity": severity,
        "location": { "path": RUN_PATH },
    })
}

fn diagnostic(item: &Item) -> Value {
    let severity = match item.severity {
        Severity::Error => "ERROR",
        Severity::Warning => "WARNING",
        Severity::Note => "INFO",
    };
    let lines = std::iter::once(&item.message).chain(&item.notes).chain([&item.help]);
    let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).map(String::as_str).collect();
    let related = item.spots.iter().skip(1);
    let related: Vec<Value> =
        related.map(|spot| json!({ "message": spot.told(), "location": location(spot) })).collect();
    json!({
        "message": lines.join("\n"),
        "severity": severity,
        "code": { "value": item.topic.code },
        "location": location(&item.spots[0]),
        "related_locations": related,
    })
}

fn location(spot: &Spot) -> Value {
    let mut location = json!({ "path": sanitize::line(&spot.path) });
    if let Some(region) = &spot.region {
        let (start, end) = region.byte_columns;
        let end_line = region.end.unwrap_or(region.start).line;
        location["range"] = json!({
            "start": { "line": region.start.line, "column": start },
            "end": { "line": end_line, "column": end },
        });
    }
    location
}
