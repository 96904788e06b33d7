//! GitHub annotations: workflow commands that a job prints, one a line.
//!
//! In:  a [`Report`], or a [`Review`].
//! Out: lines such as `::warning file=…,line=…::…`, and a line that counts.
//! Not here: the job's summary and the comment (`markdown`).

use crate::finding::Severity;
use crate::render::item::Item;
use crate::render::item::Listing;
use crate::render::json::Run;
use crate::render::sanitize;
use crate::report::Report;
use crate::review::Review;
use std::io;
use std::io::Write;

/// Annotations of each level that GitHub shows of one step; it drops the rest in silence.
const SHOWN_MAX: usize = 10;

/// Places that one annotation tells of.
const SPOTS_MAX: usize = 5;

/// Characters of one annotation; GitHub cuts at 64 KB.
const MESSAGE_CHARS_MAX: usize = 4_000;

/// Writes the findings as annotations: the first ten of each level, and a notice that
/// tells how many more there are.
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
    for line in listing.unchecked {
        command(out, "error", &[("title", "not checked")], &sanitize::line(line))?;
    }
    let mut shown = [0, listing.unchecked.len()];
    let mut notices = 0;
    let mut hidden = 0;
    for item in listing.items.by_ref() {
        let (level, count, max) = match item.severity {
            Severity::Error => ("error", &mut shown[1], SHOWN_MAX),
            Severity::Warning => ("warning", &mut shown[0], SHOWN_MAX),
            // One notice is kept for the number of the others.
            Severity::Note => ("notice", &mut notices, SHOWN_MAX - 1),
        };
        if *count >= max {
            hidden += 1;
            continue;
        }
        *count += 1;
        annotation(out, level, &item)?;
    }
    if hidden > 0 {
        command(out, "notice", &[("title", "provenance")], &listing.more(hidden))?;
    }
    writeln!(out, "{}", listing.counts)
}

fn annotation(out: &mut impl Write, level: &str, item: &Item) -> io::Result<()> {
    let first = &item.spots[0];
    let title = item.topic.title();
    let path = sanitize::line(&first.path);
    let mut properties = vec![("file", path.into_owned())];
    if let Some(region) = &first.region {
        let number = |number: usize| number.to_string();
        let end = region.end.unwrap_or(region.start);
        properties.extend([("line", number(region.start.line)), ("endLine", number(end.line))]);
        // Columns of two lines are refused.
        if region.end.is_some() && end.line == region.start.line {
            properties.push(("col", number(region.start.column)));
            properties.push(("endColumn", number(end.column)));
        }
    }
    properties.push(("title", title));
    let mut lines = vec![item.message.clone()];
    lines.extend(item.spots.iter().take(SPOTS_MAX).map(|spot| format!("- {}", spot.told())));
    if item.spots.len() > SPOTS_MAX {
        lines.push(format!("- and {} more places", item.spots.len() - SPOTS_MAX));
    }
    lines.extend(item.notes.iter().map(|note| format!("= {note}")));
    if !item.help.is_empty() {
        lines.push(format!("help: {}", item.help));
    }
    let message: String = lines.join("\n").chars().take(MESSAGE_CHARS_MAX).collect();
    let properties: Vec<(&str, &str)> =
        properties.iter().map(|(name, value)| (*name, value.as_str())).collect();
    command(out, level, &properties, &message)
}

/// A workflow command; whatever is in it stays in it.
fn command(
    out: &mut impl Write,
    name: &str,
    properties: &[(&str, &str)],
    message: &str,
) -> io::Result<()> {
    let properties: Vec<String> =
        properties.iter().map(|(name, value)| format!("{name}={}", property(value))).collect();
    writeln!(out, "::{name} {}::{}", properties.join(","), data(message))
}

/// A message as a workflow command takes it.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property as a workflow command takes it.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_a_command_before_its_end() {
        let mut out = Vec::new();
        let hostile = "a,line=9::x\r\n::stop-commands::t%0A";
        command(&mut out, "error", &[("file", hostile)], hostile).unwrap();

        assert_eq!(
            String::from_utf8(out).unwrap(),
            "::error file=a%2Cline=9%3A%3Ax%0D%0A%3A%3Astop-commands%3A%3At%250A::\
             a,line=9::x%0D%0A::stop-commands::t%250A\n"
        );
    }
}
