//! Items: findings as other programs need them, with lines and columns.
//!
//! Every form for a CI system is written from items, so that all of them say the
//! same, most severe first, and whoever adds a form has no places to look up.
//!
//! In:  a [`Report`], or a [`Review`].
//! Out: a [`Listing`] of [`Item`]s, whose texts are sanitised and short.
//! Not here: the forms themselves (`sarif`, `github`, `markdown`, …).

mod change;
mod diff;

use crate::finding::Label;
use crate::finding::RuleInfo;
use crate::finding::Severity;
use crate::finding::Site;
use crate::fingerprint::Fingerprint;
use crate::policy::Acceptance;
use crate::policy::Judged;
use crate::render::json::Run;
use crate::render::lines::Lines;
use crate::render::sanitize;
use crate::render::terminal;
use crate::report::Report;
use crate::review::Review;
use crate::span::LineIndex;
use crate::span::Position;
use crate::span::Span;
use std::borrow::Cow;
use std::io;

/// Characters of a message, note or wording that are shown: a screen and a half. What
/// is longer ends in `…`.
const TEXT_CHARS_MAX: usize = 2_000;

/// Characters of a wording that is shown beside its place.
const EXACT_CHARS_MAX: usize = 300;

/// Places of one finding that are shown: code scanning shows a hundred.
const PLACES_MAX: usize = 100;

/// The file at which a form puts what is said of the run itself.
pub(crate) const RUN_PATH: &str = "provenance.toml";

/// What one item of a report is called, and several.
pub(crate) const FINDINGS: [&str; 2] = ["finding", "findings"];

/// The same of a review, which has changes as well.
pub(crate) const ENTRIES: [&str; 2] = ["entry", "entries"];

/// Everything that a form is written from.
pub(crate) struct Listing<'a> {
    /// The command that was run.
    pub(crate) command: &'static str,
    /// What was found, most severe first.
    pub(crate) items: Box<dyn Iterator<Item = Item<'a>> + 'a>,
    /// What editors have accepted with a reason, most severe first. What stands in the
    /// baseline is counted only: it may be thousands.
    pub(crate) waived: Box<dyn Iterator<Item = Item<'a>> + 'a>,
    /// What was not checked and why, a sentence each.
    pub(crate) unchecked: &'a [String],
    /// What it sums up to, in a line or a few.
    pub(crate) counts: String,
    nouns: [&'static str; 2],
}

impl<'a> Listing<'a> {
    /// What a run of `verify`, `audit` or `compare` found.
    pub(crate) fn of_report(run: &Run, report: &'a Report<'a>) -> Self {
        Self {
            command: run.command,
            items: Box::new(items(report)),
            waived: Box::new(waived_items(report)),
            unchecked: &report.unchecked,
            counts: told(|out| terminal::write_counts(out, report, terminal::PLAIN)),
            nouns: FINDINGS,
        }
    }

    /// What a change brings: new and changed findings, and what differs in the documents.
    pub(crate) fn of_review(review: &'a Review<'a>) -> Self {
        Self {
            command: "diff",
            items: Box::new(change::items(review).into_iter()),
            waived: Box::new(std::iter::empty()),
            unchecked: &review.unchecked,
            counts: told(|out| terminal::write_review_counts(out, review)),
            nouns: ENTRIES,
        }
    }

    /// What stands in place of the items that did not fit.
    pub(crate) fn more(&self, hidden: usize) -> String {
        more(hidden, self.nouns, self.command)
    }
}

/// What stands in place of what did not fit.
pub(crate) fn more(hidden: usize, [one, many]: [&str; 2], command: &str) -> String {
    let noun = if hidden == 1 { one } else { many };
    format!("{hidden} more {noun}: run provenance {command} --all")
}

/// What `write` writes, without the line ending at its end.
pub(crate) fn told(write: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> String {
    let mut out = Vec::new();
    write(&mut out).expect("writing to memory cannot fail");
    String::from_utf8_lossy(&out).trim_end().to_owned()
}

/// What an item is a case of: a rule, or a kind of change.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Topic {
    /// A code such as `PV301`, or a tag such as `FIGURE`.
    pub(crate) code: &'static str,
    /// The readable name of a rule; a tag is one itself and has none.
    pub(crate) slug: &'static str,
    /// What it is, in a few words.
    pub(crate) summary: &'static str,
    /// What it means and what to do, in Markdown.
    pub(crate) page: &'static str,
    /// Its level, unless the policy says otherwise.
    pub(crate) level: Severity,
    /// What it belongs to.
    pub(crate) family: &'static str,
}

impl Topic {
    fn rule(info: &RuleInfo) -> Self {
        let family = match info.code.as_bytes()[2] {
            b'0' => "fixity",
            b'1' => "metadata",
            b'2' => "reuse",
            b'9' => "policy",
            _ => "divergence",
        };
        let RuleInfo { code, slug, summary, page, corpus, .. } = *info;
        Self { code, slug, summary, page, level: corpus, family }
    }

    /// `PV301 figure-differs`, or `FIGURE`.
    pub(crate) fn title(&self) -> String {
        format!("{} {}", self.code, self.slug).trim_end().to_owned()
    }
}

/// Something to look at, with everything about its places looked up.
#[derive(Clone, Debug)]
pub(crate) struct Item<'a> {
    pub(crate) topic: Topic,
    /// By which it is known again.
    pub(crate) fingerprint: Fingerprint,
    pub(crate) severity: Severity,
    /// Whether it counts for how the run ends.
    pub(crate) decides: bool,
    /// One sentence: what differs.
    pub(crate) message: String,
    /// Facts that support it, a line each.
    pub(crate) notes: Vec<String>,
    /// What to do next.
    pub(crate) help: String,
    /// Where to look, first the place to open; never empty.
    pub(crate) spots: Vec<Spot<'a>>,
    /// Why it is accepted, if it is.
    pub(crate) waived: Option<String>,
}

/// A place with its lines and columns.
#[derive(Clone, Debug)]
pub(crate) struct Spot<'a> {
    /// Relative to the root, as it is: a form escapes it in its own way.
    pub(crate) path: Cow<'a, str>,
    /// What a reader should look at; a whole file has none.
    pub(crate) region: Option<Region>,
    /// A remark beside the place; may be empty.
    pub(crate) caption: String,
}

/// A part of a file, from its first up to and not including its last position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Region {
    pub(crate) start: Position,
    /// Without one, the end of the line.
    pub(crate) end: Option<Position>,
    /// Columns of both ends in bytes of UTF-8, counted from one.
    pub(crate) byte_columns: (usize, usize),
    /// The wording, if it is short enough to show whole.
    pub(crate) exact: Option<String>,
    /// First and last line of the passage around it.
    pub(crate) context: (usize, usize),
}

/// What is found, most severe first.
fn items<'a>(report: &'a Report<'a>) -> impl Iterator<Item = Item<'a>> {
    let places = Places::of(report);
    report.findings.iter().map(move |judged| places.item(judged, None))
}

fn waived_items<'a>(report: &'a Report<'a>) -> impl Iterator<Item = Item<'a>> {
    let places = Places::of(report);
    report.waived.iter().filter_map(move |waived| match &waived.by {
        Acceptance::Waiver(reason) => Some(places.item(&waived.judged, Some(clipped(reason)))),
        Acceptance::Baseline => None,
    })
}

/// Looks up the places of findings.
struct Places<'a> {
    report: &'a Report<'a>,
    lines: Lines<'a>,
}

impl<'a> Places<'a> {
    fn of(report: &'a Report<'a>) -> Self {
        Self { report, lines: Lines::of(report.documents) }
    }

    fn item(&self, judged: &'a Judged, waived: Option<String>) -> Item<'a> {
        let finding = &judged.finding;
        Item {
            topic: Topic::rule(finding.rule.info()),
            fingerprint: judged.fingerprint.clone(),
            severity: judged.severity,
            decides: waived.is_none(),
            message: clipped(&finding.message),
            notes: finding.notes.iter().map(|note| clipped(note)).collect(),
            help: clipped(&finding.help),
            spots: finding.labels.iter().take(PLACES_MAX).map(|label| self.spot(label)).collect(),
            waived,
        }
    }

    fn spot(&self, label: &'a Label) -> Spot<'a> {
        let caption = clipped(&label.caption);
        match &label.site {
            Site::File { path } => Spot { path: path.into(), region: None, caption },
            Site::Line { path, position, excerpt } => {
                let column = position.column;
                let region = Region {
                    start: *position,
                    end: None,
                    byte_columns: (byte_column(excerpt, column), excerpt.len() + 1),
                    exact: short(excerpt.get(byte_column(excerpt, column) - 1..).unwrap_or("")),
                    context: (position.line, position.line),
                };
                Spot { path: path.into(), region: Some(region), caption }
            }
            Site::Passage(place) => {
                let document = &self.report.documents[place.doc.index()];
                let span = label.marks.first().copied().unwrap_or(place.span);
                let lines = self.lines.at(place.doc);
                let region = region(&document.source, lines, place.span, span);
                Spot { path: (&document.path).into(), region: Some(region), caption }
            }
        }
    }
}

fn region(source: &str, lines: &LineIndex, passage: Span, span: Span) -> Region {
    let (start, end) = (lines.position(span.start()), lines.position(span.end()));
    let bytes = |offset: usize, at: Position| offset - lines.line_span(at.line).start() + 1;
    Region {
        start,
        end: Some(end),
        byte_columns: (bytes(span.start(), start), bytes(span.end(), end)),
        exact: short(&source[span.range()]),
        context: (lines.position(passage.start()).line, lines.position(passage.end()).line),
    }
}

/// The column in bytes of the character at `column`.
fn byte_column(line: &str, column: usize) -> usize {
    line.char_indices().nth(column - 1).map_or(line.len(), |(at, _)| at) + 1
}

/// A sanitised line of at most [`TEXT_CHARS_MAX`] characters.
fn clipped(text: &str) -> String {
    let shown = sanitize::line(text);
    match shown.char_indices().nth(TEXT_CHARS_MAX) {
        Some((end, _)) => format!("{}…", &shown[..end]),
        None => shown.into_owned(),
    }
}

/// The wording as it stands in the file, unless it is too long to show.
fn short(exact: &str) -> Option<String> {
    (exact.chars().nth(EXACT_CHARS_MAX).is_none()).then(|| exact.to_owned())
}

impl Spot<'_> {
    /// `path:line:column`, safe to print.
    pub(crate) fn address(&self) -> String {
        let path = sanitize::line(&self.path);
        match &self.region {
            Some(region) => format!("{path}:{}:{}", region.start.line, region.start.column),
            None => path.into_owned(),
        }
    }

    /// The address with the wording there and the remark, safe to print.
    pub(crate) fn told(&self) -> String {
        let exact = self.region.as_ref().and_then(|region| region.exact.as_ref());
        let exact = exact.map(|exact| format!(" “{}”", sanitize::line(exact)));
        let caption = (!self.caption.is_empty()).then(|| format!(" ({})", self.caption));
        [Some(self.address()), exact, caption].into_iter().flatten().collect()
    }
}

/// As many of `items` as fit, in order, and how many do not: at most `count_max`,
/// and at most `size_max` together.
pub(crate) fn fitting<T>(
    items: impl Iterator<Item = T>,
    (count_max, size_max): (usize, usize),
    size: impl Fn(&T) -> usize,
) -> (Vec<T>, usize) {
    let (mut fitting, mut hidden, mut used) = (Vec::new(), 0, 0);
    for item in items {
        used += size(&item);
        // What is less severe does not go before what was left out.
        if hidden > 0 || fitting.len() == count_max || used > size_max {
            hidden += 1;
        } else {
            fitting.push(item);
        }
    }
    (fitting, hidden)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_bytes() {
        let source = "é😀 29\n“38” Қазақ";
        let lines = LineIndex::new(source);
        let at = |text: &str| {
            let start = source.find(text).unwrap();
            let found = Span::new(start, start + text.len());
            region(source, &lines, Span::new(0, source.len()), found)
        };
        let (first, second) = (at("29"), at("38"));

        assert_eq!((first.start.column, first.end.unwrap().column), (4, 6));
        assert_eq!(first.byte_columns, (8, 10));
        assert_eq!((second.start.line, second.start.column), (2, 2));
        assert_eq!(second.byte_columns, (4, 6));
        assert_eq!(second.context, (1, 2));
    }

    #[test]
    fn what_does_not_fit_is_counted_and_nothing_less_severe_goes_before_it() {
        #[rustfmt::skip]
        let cases: [((usize, usize), &[usize], usize); 4] = [
            ((9, 99), &[5, 9, 1, 1], 0),
            ((2, 99), &[5, 9],       2),
            ((9, 14), &[5, 9],       2),
            ((9, 13), &[5],          3),
        ];
        for (limits, expected, hidden) in cases {
            let found = fitting([5, 9, 1, 1].into_iter(), limits, |size| *size);
            assert_eq!(found, (expected.to_vec(), hidden), "{limits:?}");
        }
    }
}
