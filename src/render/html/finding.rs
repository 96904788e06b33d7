//! A finding on the page: what differs, each wording in its place, and what to do.
//!
//! In:  the findings of a report.
//! Out: [`FindingView`]s and [`RuleView`]s.
//! Not here: filters, which the page's script has.

use super::body::anchor;
use super::shown::Markup;
use super::shown::Shown;
use super::shown::write_char;
use crate::finding::Label;
use crate::finding::RuleInfo;
use crate::finding::Site;
use crate::policy::Acceptance;
use crate::policy::Judged;
use crate::render::lines::Lines;
use crate::render::sanitize;
use crate::report::Report;
use crate::span::Place;
use crate::span::Span;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// Bytes of a passage that are shown beside its place: some five lines.
const EXCERPT_BYTES: usize = 480;

/// Bytes before the first mark of a passage that is too long to show.
const LEAD_BYTES: usize = 140;

/// Findings that the page shows, most severe first: more are read by nobody, and of a
/// thousand texts made from each other there are a hundred thousand.
pub(super) const FINDINGS_MAX: usize = 2_000;

/// What a template shows of a finding.
pub(super) struct FindingView<'a> {
    /// The end of its name: the fingerprint; of several with the same one, with a number.
    pub(super) id: String,
    pub(super) fingerprint: &'a str,
    pub(super) code: &'static str,
    pub(super) slug: &'static str,
    pub(super) severity: &'static str,
    pub(super) message: Shown<'a>,
    pub(super) places: Vec<PlaceView<'a>>,
    pub(super) notes: Vec<Shown<'a>>,
    pub(super) help: Shown<'a>,
    /// The numbers of the documents that it shows.
    pub(super) documents: BTreeSet<usize>,
    /// The numbers of the first two documents, for the reader.
    pub(super) pair: Option<(usize, usize)>,
    /// Why it is accepted, if it is.
    pub(super) reason: Option<Shown<'a>>,
}

/// One place of a finding.
pub(super) struct PlaceView<'a> {
    pub(super) path: String,
    /// `:line:column`, or nothing of a whole file.
    pub(super) position: String,
    /// The sentence it lies in.
    pub(super) href: Option<String>,
    pub(super) caption: Shown<'a>,
    pub(super) excerpt: Markup,
    /// Bytes of the original, for programs.
    pub(super) span: Option<(usize, usize)>,
}

/// A rule that findings on the page have.
pub(super) struct RuleView {
    pub(super) info: &'static RuleInfo,
    pub(super) count: usize,
}

/// The findings, and those that are accepted.
pub(super) fn views<'a>(report: &'a Report<'a>) -> (Vec<FindingView<'a>>, Vec<FindingView<'a>>) {
    let lines = Lines::of(report.documents);
    let mut known = BTreeMap::new();
    let mut view = |judged: &'a Judged, reason| {
        let mut view = FindingView::of(report, &lines, judged);
        let count = known.entry(view.fingerprint).or_insert(0);
        *count += 1;
        if *count > 1 {
            view.id = format!("{}-{count}", view.id);
        }
        FindingView { reason, ..view }
    };
    let shown = report.findings.iter().take(FINDINGS_MAX);
    let findings = shown.map(|judged| view(judged, None)).collect();
    let waived = report.waived.iter().filter_map(|waived| match &waived.by {
        Acceptance::Waiver(reason) => Some(view(&waived.judged, Some(Shown(reason)))),
        Acceptance::Baseline => None,
    });
    (findings, waived.take(FINDINGS_MAX).collect())
}

/// The rules of some findings, in the order of their codes.
pub(super) fn rules(report: &Report) -> Vec<RuleView> {
    let mut counts = BTreeMap::new();
    let waived = report.waived.iter().map(|waived| &waived.judged);
    for judged in report.findings.iter().chain(waived) {
        *counts.entry(judged.finding.rule).or_insert(0) += 1;
    }
    counts.into_iter().map(|(rule, count)| RuleView { info: rule.info(), count }).collect()
}

impl<'a> FindingView<'a> {
    /// The numbers of its documents, with blanks between.
    pub(super) fn numbers(&self) -> String {
        self.documents.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    }

    fn of(report: &'a Report<'a>, lines: &Lines<'a>, judged: &'a Judged) -> Self {
        let finding = &judged.finding;
        let info = finding.rule.info();
        let documents = finding.labels.iter().filter_map(document).map(|doc| doc + 1);
        let documents: BTreeSet<usize> = documents.collect();
        let mut first = documents.iter().copied();
        let pair = first.next().zip(first.next());
        Self {
            id: judged.fingerprint.as_str().to_owned(),
            fingerprint: judged.fingerprint.as_str(),
            code: info.code,
            slug: info.slug,
            severity: judged.severity.name(),
            message: Shown(&finding.message),
            places: finding
                .labels
                .iter()
                .map(|label| PlaceView::of(report, lines, label))
                .collect(),
            notes: finding.notes.iter().map(|note| Shown(note)).collect(),
            help: Shown(&finding.help),
            documents,
            pair,
            reason: None,
        }
    }
}

/// The document that a label points into.
pub(super) fn document(label: &Label) -> Option<usize> {
    match &label.site {
        Site::Passage(place) => Some(place.doc.index()),
        Site::File { .. } | Site::Line { .. } => None,
    }
}

impl<'a> PlaceView<'a> {
    fn of(report: &'a Report<'a>, lines: &Lines<'a>, label: &'a Label) -> Self {
        let caption = Shown(&label.caption);
        let plain = |path: &str, position, excerpt: &str| Self {
            path: sanitize::line(path).into_owned(),
            position,
            href: None,
            caption,
            excerpt: Markup(Shown(excerpt).to_string()),
            span: None,
        };
        match &label.site {
            Site::File { path } => plain(path, String::new(), ""),
            Site::Line { path, position, excerpt } => {
                plain(path, format!(":{}:{}", position.line, position.column), excerpt)
            }
            Site::Passage(place) => {
                let document = &report.documents[place.doc.index()];
                let looked = label.marks.first().copied().unwrap_or(place.span);
                let position = lines.at(place.doc).position(looked.start());
                Self {
                    href: Some(href(report, *place, looked)),
                    excerpt: Markup(excerpt(&document.source, place.span, &label.marks)),
                    span: Some((place.span.start(), place.span.end())),
                    ..plain(&document.path, format!(":{}:{}", position.line, position.column), "")
                }
            }
        }
    }
}

/// The name of the sentence at `looked`.
pub(super) fn href(report: &Report, place: Place, looked: Span) -> String {
    let doc = place.doc.index();
    let units = &report.texts[doc].units;
    let upto = units.partition_point(|unit| unit.span.start() <= looked.start());
    anchor(doc, upto.saturating_sub(1))
}

/// A passage with its marks, cut where it is too long to show.
pub(super) fn excerpt(source: &str, passage: Span, marks: &[Span]) -> String {
    let first = marks.first().map_or(passage.start(), |mark| mark.start());
    let (mut start, mut end) = (passage.start(), passage.end());
    if passage.len() > EXCERPT_BYTES {
        start = word_start(source, start.max(first.saturating_sub(LEAD_BYTES)), start);
        end = word_start(source, end.min(start + EXCERPT_BYTES), start);
    }
    let mut html = String::new();
    if start > passage.start() {
        html.push_str("… ");
    }
    let mut at = start;
    for mark in marks.iter().filter(|mark| mark.start() >= start && mark.start() < end) {
        let until = mark.end().min(end);
        if mark.start() < at {
            continue;
        }
        push(&mut html, &source[at..mark.start()]);
        html.push_str("<mark>");
        push(&mut html, &source[mark.start()..until]);
        html.push_str("</mark>");
        at = until;
    }
    push(&mut html, &source[at..end]);
    if end < passage.end() {
        html.push_str(" …");
    }
    html
}

/// The start of the word at `at`, not before `least`.
fn word_start(source: &str, at: usize, least: usize) -> usize {
    let at = source.floor_char_boundary(at);
    if at == source.len() || at <= least {
        return at;
    }
    source[least..at].rfind(char::is_whitespace).map_or(at, |blank| {
        let start = least + blank;
        start + source[start..].chars().next().map_or(0, char::len_utf8)
    })
}

/// Text of several lines on one.
fn push(html: &mut String, text: &str) {
    let mut before = None;
    for c in text.chars() {
        let c = if matches!(c, '\r' | '\n' | '\t') { ' ' } else { c };
        if c != ' ' || before != Some(' ') {
            write_char(html, c).expect("writing to a string cannot fail");
        }
        before = Some(c);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_passage_is_cut_around_its_first_mark() {
        let source = format!("{}29 <ships>{}", "word ".repeat(100), " word".repeat(200));
        let at = source.find("29").unwrap();
        let html = excerpt(&source, Span::new(0, source.len()), &[Span::new(at, at + 2)]);

        assert!(html.starts_with("… word") && html.ends_with(" …"), "{html}");
        assert!(html.contains("<mark>29</mark> &lt;ships&gt; word"), "{html}");
        assert!(html.len() < 600, "{}", html.len());
    }

    #[test]
    fn a_short_passage_is_shown_whole_on_one_line() {
        let source = "It has\r\n 29 \u{202e}ships.";
        let html = excerpt(source, Span::new(0, source.len()), &[]);

        assert_eq!(
            html.replace(" title=\"bidi embedding or override\"", ""),
            "It has 29 <span class=\"ch\">U+202E</span>ships."
        );
    }
}
