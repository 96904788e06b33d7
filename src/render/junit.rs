//! JUnit XML: findings as the test results that every CI system shows.
//!
//! A finding that makes the run fail is a failed test case, another one a passed
//! case with its text as output, a waived one a skipped case, and what could not be
//! checked an error.
//!
//! In:  a [`Report`] or a [`Review`], and the level from which findings fail.
//! Out: XML, in the elements and attributes that Jenkins defines.
//! Not here: whether the run fails (`cli`).

use crate::finding::Severity;
use crate::render::item::Item;
use crate::render::item::Listing;
use crate::render::item::fitting;
use crate::render::json::Run;
use crate::render::sanitize;
use crate::report::Report;
use crate::review::Review;
use std::fmt::Write as _;
use std::io;
use std::io::Write;

/// Cases of one suite: more than anybody opens one by one.
const CASES_MAX: usize = 5_000;

/// Bytes of all of them.
const BYTES_MAX: usize = 10_000_000;

const INFALLIBLE: &str = "writing to a string cannot fail";

/// How a case ended.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Passed,
    Failed,
    Skipped,
    Error,
}

/// A case as it is written.
struct Case {
    end: End,
    text: String,
}

/// Writes the findings as one suite; without any, one case has passed.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(
    out: &mut impl Write,
    run: &Run,
    report: &Report,
    fail_on: Severity,
) -> io::Result<()> {
    write_listing(out, Listing::of_report(run, report), fail_on)
}

/// Writes what a change brings; see [`write()`]. What the change did not bring has passed.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_review(out: &mut impl Write, review: &Review, fail_on: Severity) -> io::Result<()> {
    write_listing(out, Listing::of_review(review), fail_on)
}

fn write_listing(out: &mut impl Write, mut listing: Listing, fail_on: Severity) -> io::Result<()> {
    let mut failing = 0;
    let found = listing.items.by_ref().chain(listing.waived.by_ref()).map(|item| {
        let case = case(&item, fail_on);
        failing += usize::from(case.end == End::Failed);
        case
    });
    let (found, hidden) = fitting(found, (CASES_MAX, BYTES_MAX), |case| case.text.len());
    let unchecked = listing.unchecked.iter().map(|line| {
        let line = escaped(&sanitize::line(line));
        let body = format!("      <error message=\"{line}\" type=\"unchecked\"/>\n");
        Case { end: End::Error, text: element("provenance", "not checked", &body) }
    });
    let mut cases: Vec<Case> = unchecked.chain(found).collect();
    if hidden > 0 {
        let shown = cases.iter().filter(|case| case.end == End::Failed).count();
        let (end, tag) =
            if failing > shown { (End::Failed, "failure") } else { (End::Skipped, "skipped") };
        let told = listing.more(hidden);
        let body = format!("      <{tag} message=\"{}\"/>\n", escaped(&told));
        cases.push(Case { end, text: element("provenance", "more", &body) });
    }
    if cases.is_empty() {
        cases.push(Case { end: End::Passed, text: element("provenance", "no findings", "") });
    }
    let count = |end| cases.iter().filter(|case| case.end == end).count();
    let (failed, errors, skipped) = (count(End::Failed), count(End::Error), count(End::Skipped));
    let tests = cases.len();
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<testsuites tests=\"{tests}\" failures=\"{failed}\" errors=\"{errors}\">")?;
    writeln!(
        out,
        "  <testsuite name=\"provenance {}\" tests=\"{tests}\" failures=\"{failed}\" \
         errors=\"{errors}\" skipped=\"{skipped}\">",
        listing.command
    )?;
    cases.iter().try_for_each(|case| out.write_all(case.text.as_bytes()))?;
    writeln!(out, "  </testsuite>\n</testsuites>")
}

fn case(item: &Item, fail_on: Severity) -> Case {
    let class = item.topic.title();
    let name = format!("{} {}", item.spots[0].address(), item.message);
    let text = escaped(&body(item));
    let message = escaped(&item.message);
    let (end, body) = match &item.waived {
        Some(reason) => {
            let reason = escaped(&format!("waived: {reason}"));
            (End::Skipped, format!("      <skipped message=\"{reason}\"/>\n"))
        }
        None if item.decides && item.severity >= fail_on => {
            let code = item.topic.code;
            let open = format!("      <failure message=\"{message}\" type=\"{code}\">");
            (End::Failed, format!("{open}{text}</failure>\n"))
        }
        None => (End::Passed, format!("      <system-out>{text}</system-out>\n")),
    };
    Case { end, text: element(&class, &name, &body) }
}

/// The finding as lines of text.
fn body(item: &Item) -> String {
    let mut text = format!("{}: {}\n", item.severity.name(), item.message);
    for spot in &item.spots {
        writeln!(text, "  --> {}", spot.told()).expect(INFALLIBLE);
    }
    for note in &item.notes {
        writeln!(text, "  = {note}").expect(INFALLIBLE);
    }
    if !item.help.is_empty() {
        writeln!(text, "  help: {}", item.help).expect(INFALLIBLE);
    }
    text
}

fn element(class: &str, name: &str, body: &str) -> String {
    let (class, name) = (escaped(class), escaped(name));
    format!("    <testcase classname=\"{class}\" name=\"{name}\">\n{body}    </testcase>\n")
}

/// Sanitised text as it stands in XML, between tags or in an attribute; what XML 1.0
/// cannot hold was shown by its code point before, line feeds apart.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            _ => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_an_element_or_an_attribute() {
        let hostile = "\"/><failure>]]>&#0;'<!--";
        let shown = element(hostile, hostile, "");

        assert_eq!(shown.matches('<').count(), 2, "{shown}");
        assert_eq!(shown.matches('"').count(), 4, "{shown}");
        assert!(!shown.contains("&#0;"), "{shown}");
    }
}
