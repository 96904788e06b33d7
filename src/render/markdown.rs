//! Markdown: a comment on a pull request, and the summary of a job.
//!
//! Everything that comes from a document, record or path stands in a fenced block
//! whose fence is longer than any in it: there a name is no mention, a number no
//! link, and markup is text.
//!
//! In:  a [`Report`], or a [`Review`](crate::review::Review).
//! Out: Markdown as GitHub and GitLab read it.
//! Not here: posting it (a job does), and what stands in a block (`terminal`).

mod review;
mod tables;

pub use review::write_review;

use crate::finding::Severity;
use crate::render::item::FINDINGS;
use crate::render::item::more;
use crate::render::item::told;
use crate::render::json::Run;
use crate::render::terminal;
use crate::render::terminal::Look;
use crate::report::Report;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;
use std::io::Write;

/// Which page the text is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// A comment, with a marker by which a job finds it again to replace it.
    Comment,
    /// The summary of a job.
    Summary,
}

impl Page {
    /// Length in units of UTF-16, at most. A comment may have 65,536 characters; a
    /// summary over 1,048,576 bytes is dropped whole, and one unit has at most three.
    fn units_max(self) -> usize {
        match self {
            Self::Comment => 60_000,
            Self::Summary => 340_000,
        }
    }
}

/// Length of one finding, at most: a third of a screen more than any of ours has.
const BLOCK_UNITS_MAX: usize = 6_000;

/// Columns of a comment on a screen.
const COLUMNS: usize = 88;

/// Writes the findings: counts, then errors and warnings, then notes and tables folded away.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(out: &mut impl Write, run: &Run, report: &Report, page: Page) -> io::Result<()> {
    let mut text = head(run, report, page);
    let (mut hidden, mut folded) = (0, false);
    // What comes after the last finding needs room as well.
    let room = page.units_max() - more(usize::MAX, FINDINGS, run.command).len() - 100;
    for (judged, plain) in report.findings.iter().zip(terminal::plain_findings(report, COLUMNS)) {
        let mut block = String::new();
        if judged.severity == Severity::Note && !folded {
            let notes = report.count(Severity::Note);
            let noun = if notes == 1 { "note" } else { "notes" };
            write!(block, "<details><summary>{notes} {noun}</summary>\n\n").expect(INFALLIBLE);
        }
        block.push_str(&fenced(&clipped(plain.trim_end())));
        if hidden > 0 || units(&text) + units(&block) > room {
            hidden += 1;
            continue;
        }
        folded |= judged.severity == Severity::Note;
        text.push_str(&block);
    }
    if folded {
        text.push_str("</details>\n\n");
    }
    text.push_str(&tables::tables(report, &|_| true, room.saturating_sub(units(&text))));
    if hidden > 0 {
        writeln!(text, "{}", more(hidden, FINDINGS, run.command)).expect(INFALLIBLE);
    }
    out.write_all(text.as_bytes())
}

const INFALLIBLE: &str = "writing to a string cannot fail";

/// What stands above the findings: the marker, the counts, a table by rule, and what
/// was not checked.
fn head(run: &Run, report: &Report, page: Page) -> String {
    let mut text = String::new();
    if page == Page::Comment {
        writeln!(text, "<!-- provenance:{} -->", run.command).expect(INFALLIBLE);
    }
    let counts = told(|out| terminal::write_counts(out, report, terminal::PLAIN));
    write!(text, "### provenance {}: {counts}\n\n", run.command).expect(INFALLIBLE);
    if !report.unchecked.is_empty() {
        text.push_str("**Not everything was checked:**\n\n");
        let look = Look { colour: false, width: COLUMNS };
        let lines = told(|out| terminal::write_unchecked(out, report, look));
        text.push_str(&fenced(&clipped(&lines)));
    }
    let mut rules: BTreeMap<&str, (&str, &str, usize)> = BTreeMap::new();
    for judged in &report.findings {
        let info = judged.finding.rule.info();
        rules.entry(info.code).or_insert((info.slug, info.summary, 0)).2 += 1;
    }
    if !rules.is_empty() {
        text.push_str("| rule | | findings |\n|---|---|---:|\n");
        for (code, (slug, summary, count)) in rules {
            writeln!(text, "| {code} {slug} | {summary} | {count} |").expect(INFALLIBLE);
        }
        text.push('\n');
    }
    text
}

/// `block` in a fence that nothing in it can close.
fn fenced(block: &str) -> String {
    let longest = block.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}text\n{block}\n{fence}\n\n")
}

/// The first lines of `block` that fit.
fn clipped(block: &str) -> String {
    let mut used = 0;
    let mut fits = String::new();
    for line in block.split_inclusive('\n') {
        used += units(line);
        if used > BLOCK_UNITS_MAX {
            return fits + "…";
        }
        fits.push_str(line);
    }
    fits
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_run_of_backticks_closes_the_fence() {
        for (block, fence) in [("plain", "```"), ("a ``` b", "````"), ("`````\n``", "``````")] {
            let text = fenced(block);
            assert!(text.starts_with(&format!("{fence}text\n")), "{text}");
            assert!(text.ends_with(&format!("\n{fence}\n\n")), "{text}");
        }
    }

    #[test]
    fn a_long_block_ends_with_a_whole_line() {
        let block = "Қазақстан\n".repeat(2_000);
        let fits = clipped(&block);
        assert!(units(&fits) <= BLOCK_UNITS_MAX + 1 && fits.ends_with("\n…"), "{}", units(&fits));
    }
}
