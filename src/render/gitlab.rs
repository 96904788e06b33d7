//! GitLab code quality: what a merge request shows beside the changed lines.
//!
//! In:  a [`Report`], or a [`Review`].
//! Out: one JSON array.
//! Not here: the job that hands it over (`docs/formats.md`).

use crate::finding::Severity;
use crate::render::item::Item;
use crate::render::item::Listing;
use crate::render::item::RUN_PATH;
use crate::render::item::fitting;
use crate::render::json::Run;
use crate::render::json::sized;
use crate::render::json::write_line;
use crate::render::sanitize;
use crate::report::Report;
use crate::review::Review;
use serde_json::Value;
use serde_json::json;
use std::collections::BTreeMap;
use std::io;
use std::io::Write;

/// Findings of one report: the widget of a merge request shows a part of them.
const FINDINGS_MAX: usize = 5_000;

/// Bytes of all of them: GitLab reads reports of up to some ten million.
const BYTES_MAX: usize = 5_000_000;

/// Writes the findings as one array.
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
    let mut seen = BTreeMap::new();
    let all = listing.items.by_ref().map(|item| issue(&item, &mut seen));
    let (found, hidden) = fitting(all, (FINDINGS_MAX, BYTES_MAX), sized);
    let unchecked = listing.unchecked.iter().enumerate();
    let unchecked = unchecked.map(|(index, line)| {
        about_run(&format!("not checked: {line}"), "blocker", &format!("unchecked-{index}"))
    });
    let mut issues: Vec<Value> = unchecked.chain(found).collect();
    if hidden > 0 {
        issues.push(about_run(&listing.more(hidden), "info", "more"));
    }
    write_line(out, &issues)
}

fn about_run(message: &str, severity: &str, fingerprint: &str) -> Value {
    json!({
        "description": sanitize::line(message),
        "check_name": "provenance",
        "fingerprint": fingerprint,
        "severity": severity,
        "location": { "path": RUN_PATH, "lines": { "begin": 1 } },
    })
}

fn issue(item: &Item, seen: &mut BTreeMap<String, usize>) -> Value {
    let severity = match item.severity {
        Severity::Error => "major",
        Severity::Warning => "minor",
        Severity::Note => "info",
    };
    let first = &item.spots[0];
    let line = first.region.as_ref().map_or(1, |region| region.start.line);
    json!({
        "description": format!("{}: {}", item.topic.title(), item.message),
        "check_name": item.topic.code,
        "fingerprint": once(item.fingerprint.as_str(), seen),
        "severity": severity,
        "location": { "path": sanitize::line(&first.path), "lines": { "begin": line } },
    })
}

/// A fingerprint that no other entry has: GitLab drops what has the same.
fn once(fingerprint: &str, seen: &mut BTreeMap<String, usize>) -> String {
    let count = seen.entry(fingerprint.to_owned()).or_default();
    *count += 1;
    if *count == 1 { fingerprint.to_owned() } else { format!("{fingerprint}-{count}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wording_that_stands_twice_has_two_names() {
        let mut seen = BTreeMap::new();
        let names = ["a", "b", "a", "a"].map(|name| once(name, &mut seen));
        assert_eq!(names, ["a", "b", "a-2", "a-3"]);
    }
}
