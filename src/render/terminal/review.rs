//! The terminal form of a review: what changed, document by document, both wordings
//! with what differs marked, then what that does to the corpus.
//!
//! In:  a [`Review`] and a [`Look`].
//! Out: lines of text.
//! Not here: working out what changed (`review`).

mod agreement;

use crate::corpus::Body;
use crate::corpus::Version;
use crate::corpus::record::Text;
use crate::finding::Site;
use crate::policy::Judged;
use crate::render::sanitize;
use crate::render::terminal::GUTTER;
use crate::render::terminal::HANG;
use crate::render::terminal::LABELS_MAX;
use crate::render::terminal::Lead;
use crate::render::terminal::Look;
use crate::render::terminal::address;
use crate::render::terminal::excerpt;
use crate::render::terminal::is_shown;
use crate::render::terminal::line_indices;
use crate::render::terminal::style::Role;
use crate::render::terminal::write_finding;
use crate::render::terminal::write_wrapped;
use crate::report::Report;
use crate::review::Effect;
use crate::review::Explanation;
use crate::review::Kind;
use crate::review::Outcome;
use crate::review::Passage;
use crate::review::Review;
use crate::review::Reviewed;
use crate::review::Status;
use crate::review::Tag;
use crate::review::Wording;
use crate::span::LineIndex;
use crate::span::Span;
use std::collections::BTreeMap;
use std::io;
use std::io::Write;

/// Characters of changed words that a line names; all of them stand below it.
const NAMED_CHARS_MAX: usize = 80;

/// Hexadecimal digits of a hash that a line shows.
const HASH_DIGITS: usize = 12;

/// Writes a review. Changes of typography alone, and more than a few places of one
/// finding, are shown with `all` only.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_review(
    out: &mut impl Write,
    review: &Review,
    look: Look,
    all: bool,
) -> io::Result<()> {
    let (base, head) = (sanitize::line(review.base), sanitize::line(review.head));
    writeln!(out, "changes from {base} to {head}\n")?;
    for document in &review.documents {
        write_document(out, document, look, all)?;
    }
    if let Some(effect) = &review.effect {
        write_effect(out, effect, look, all)?;
    }
    Ok(())
}

/// Writes a line for everything that was not checked.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_unreviewed(out: &mut impl Write, review: &Review, look: Look) -> io::Result<()> {
    let report = Report { unchecked: review.unchecked.clone(), ..Report::default() };
    super::write_unchecked(out, &report, look)
}

/// Writes how many documents changed, and how, and what became of findings and
/// agreements.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_review_counts(out: &mut impl Write, review: &Review) -> io::Result<()> {
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    for document in &review.documents {
        *kinds.entry(statuses(document)).or_default() += 1;
    }
    let kinds: Vec<String> = kinds.iter().map(|(kind, count)| format!("{count} {kind}")).collect();
    let documents = counted(review.documents.len(), "document");
    let colon = if kinds.is_empty() { "" } else { ": " };
    writeln!(out, "{documents} changed{colon}{}", kinds.join(", "))?;
    let Some(effect) = &review.effect else { return Ok(()) };
    let count = |outcome: Outcome| format!("{} {}", effect.count(outcome), outcome.name());
    let outcomes = [Outcome::New, Outcome::Changed, Outcome::Fixed].map(count).join(", ");
    writeln!(out, "findings: {outcomes}, {} unchanged", effect.unchanged)?;
    let gained = effect.agreements.iter().filter(|agreement| agreement.is_gained()).count();
    writeln!(out, "agreements: {gained} gained, {} lost", effect.agreements.len() - gained)
}

pub(crate) fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

fn statuses(document: &Reviewed) -> String {
    document.statuses.iter().map(|status| status.name()).collect::<Vec<_>>().join(" and ")
}

fn write_document(
    out: &mut impl Write,
    document: &Reviewed,
    look: Look,
    all: bool,
) -> io::Result<()> {
    let Some(version) = document.version() else { return Ok(()) };
    let path = look.paint(Role::Strong, &sanitize::line(&version.path));
    let caption = caption(version);
    let caption = if caption.is_empty() { caption } else { format!("  {caption}") };
    writeln!(out, "{path}: {}{}", statuses(document), look.paint(Role::Dim, &caption))?;
    for line in facts(document) {
        let lead = Lead { before: "  ", word: "=", role: Role::Dim, after: " " };
        write_wrapped(out, &lead, (&line, None, HANG), look)?;
    }
    write_passages(out, document, look, all)?;
    writeln!(out)
}

/// The outlet and the day of a document.
fn caption(version: &Version) -> String {
    let Some(record) = &version.record else { return String::new() };
    let outlet = record.outlet.as_ref().map(Text::as_str).map(str::to_owned);
    let day = record.published.map(|when| when.day().to_string());
    sanitize::line(&[outlet, day].into_iter().flatten().collect::<Vec<_>>().join(", ")).into_owned()
}

/// What is told of a document before its text, a line each.
fn facts(document: &Reviewed) -> Vec<String> {
    let mut lines = Vec::new();
    let changed = document.changed;
    if let (true, Some(earlier)) = (document.statuses.contains(&Status::Moved), &changed.earlier) {
        lines.push(format!("was {}", earlier.path));
    }
    lines.extend(hashes(document));
    let retired = changed.later.as_ref().and_then(|later| later.record.as_ref()?.retired.as_ref());
    if let Some(retired) = retired.filter(|_| document.statuses.contains(&Status::Retired)) {
        let by = retired.by.as_ref().map_or_else(String::new, |by| format!(", by {by}"));
        lines.push(format!("retired {}: {}{by}", retired.at, retired.reason));
    }
    for (version, when) in [(&changed.earlier, "was"), (&changed.later, "is")] {
        let Some(version) = version else { continue };
        let fault = version.fault.iter();
        lines.extend(fault.map(|fault| format!("its record {when} not readable: {fault}")));
        match &version.body {
            Body::Bytes { why, .. } => lines.push(format!("text not compared: it {why}")),
            Body::Irregular(what) => lines.push(format!("not compared: it {when} {what}")),
            Body::Absent | Body::Text { .. } => {}
        }
    }
    for fact in &document.facts {
        let (earlier, later) = (fact.earlier.join("; "), fact.later.join("; "));
        lines.push(match (fact.earlier.is_empty(), fact.later.is_empty()) {
            (true, _) => format!("{}: “{later}” added", fact.key),
            (_, true) => format!("{}: “{earlier}” removed", fact.key),
            _ => format!("{}: “{earlier}” is now “{later}”", fact.key),
        });
    }
    lines.extend(document.fold.map(|fold| fold.name().to_owned()));
    lines
}

/// The old and new hash, and whether the record says why they differ.
fn hashes(document: &Reviewed) -> Option<String> {
    let digest = |version: &Option<Version>| {
        let digest = version.as_ref()?.body.digest()?.to_string();
        Some(digest[..HASH_DIGITS].to_owned())
    };
    let (was, is) = (digest(&document.changed.earlier), digest(&document.changed.later));
    let hashes = match (was, is) {
        (Some(was), Some(is)) if was != is => format!("sha256 {was} -> {is}"),
        (None, Some(is)) => format!("sha256 {is}"),
        (Some(was), None) => format!("sha256 {was} is gone"),
        _ => return None,
    };
    let why = match document.explanation {
        Explanation::NotNeeded => String::new(),
        Explanation::History(entry) => {
            let by = entry.by.as_ref().map_or_else(String::new, |by| format!(", by {by}"));
            format!(", {}: {}{by}", entry.at, entry.reason)
        }
        Explanation::Missing => ", and no new entry of its history says why".to_owned(),
        Explanation::Stale => ", and its record names other bytes".to_owned(),
        Explanation::Unrecorded => ", and no record names these bytes".to_owned(),
    };
    Some(hashes + &why)
}

/// One text of a document, to cut passages from.
struct Source<'s> {
    text: &'s str,
    lines: LineIndex<'s>,
}

impl<'s> Source<'s> {
    fn of(version: Option<&'s Version>) -> Self {
        let text = version.and_then(|version| version.body.text()).unwrap_or_default();
        Self { text, lines: LineIndex::new(text) }
    }

    fn line(&self, span: Span) -> usize {
        self.lines.position(span.start()).line
    }
}

fn write_passages(
    out: &mut impl Write,
    document: &Reviewed,
    look: Look,
    all: bool,
) -> io::Result<()> {
    let old = Source::of(document.changed.earlier.as_ref());
    let new = Source::of(document.changed.later.as_ref());
    let mut cosmetic = 0;
    for passage in &document.passages {
        if !all && passage.tags() == [Tag::Cosmetic] {
            cosmetic += passage.wordings.len();
            continue;
        }
        write_passage(out, (&old, &new), passage, look, all)?;
    }
    if cosmetic > 0 {
        writeln!(out, "  {} of typography only: --all", counted(cosmetic, "change"))?;
    }
    Ok(())
}

fn write_passage(
    out: &mut impl Write,
    (old, new): (&Source, &Source),
    passage: &Passage,
    look: Look,
    all: bool,
) -> io::Result<()> {
    let own = match (passage.kind, passage.earlier, passage.later) {
        (Kind::Added, ..) => Some((Tag::Added, String::new())),
        (Kind::Omitted, ..) => Some((Tag::Omitted, String::new())),
        (Kind::Moved, Some(was), Some(is)) => {
            Some((Tag::Moved, format!("from line {} to line {}", old.line(was), new.line(is))))
        }
        _ => None,
    };
    if let Some((tag, what)) = own {
        write_tagged(out, &[tag], &what, look)?;
    }
    let told = passage.wordings.iter().filter(|it| all || it.tags != [Tag::Cosmetic]);
    for wording in told {
        write_tagged(out, &wording.tags, &words(wording, old, new), look)?;
    }
    let marks = |pick: fn(&Wording) -> Span| -> Vec<Span> {
        passage.wordings.iter().map(pick).filter(|span| !span.is_empty()).collect()
    };
    let both = !passage.wordings.is_empty() || passage.kind != Kind::Moved;
    if let Some(span) = passage.earlier.filter(|_| both) {
        write_rows(out, old, (span, &marks(|it| it.earlier), '-'), look)?;
    }
    if let Some(span) = passage.later {
        write_rows(out, new, (span, &marks(|it| it.later), '+'), look)?;
    }
    Ok(())
}

fn write_tagged(out: &mut impl Write, tags: &[Tag], text: &str, look: Look) -> io::Result<()> {
    let names: Vec<&str> = tags.iter().map(|tag| tag.name()).collect();
    let role = if tags.iter().any(|tag| *tag < Tag::Wording) { Role::Warning } else { Role::Dim };
    let lead = Lead { before: "  ", word: &names.join(" "), role, after: " " };
    write_wrapped(out, &lead, (text, None, HANG), look)
}

/// What a wording was and is, in a line.
fn words(wording: &Wording, old: &Source, new: &Source) -> String {
    let was = named(&old.text[wording.earlier.range()]);
    let is = named(&new.text[wording.later.range()]);
    let certainty = wording
        .certainty
        .map_or_else(String::new, |(was, is)| format!(" ({} -> {})", was.name(), is.name()));
    match (was.is_empty(), is.is_empty()) {
        (true, _) => format!("“{is}” added{certainty}"),
        (_, true) => format!("“{was}” omitted{certainty}"),
        _ => format!("“{was}” is now “{is}”{certainty}"),
    }
}

/// Words on one line, without the quotation marks around them, and without their
/// middle when they are many.
pub(crate) fn named(text: &str) -> String {
    let text = text.trim_start_matches(['“', '"']).trim_end_matches(['”', '"']);
    let words: Vec<&str> = text.split_whitespace().collect();
    let chars = |words: &[&str]| words.iter().map(|word| word.chars().count() + 1).sum::<usize>();
    if chars(&words) <= NAMED_CHARS_MAX {
        return words.join(" ");
    }
    let fits = |count: &usize| chars(&words[..*count]) <= NAMED_CHARS_MAX * 2 / 3;
    let head = (0..words.len()).take_while(fits).last().unwrap_or(0);
    let fits = |start: &usize| chars(&words[*start..]) <= NAMED_CHARS_MAX / 3;
    let tail = (head..words.len()).find(fits).unwrap_or(words.len());
    format!("{} … {}", words[..head].join(" "), words[tail..].join(" "))
}

/// The rows of one side around its marks, behind its sign.
fn write_rows(
    out: &mut impl Write,
    source: &Source,
    (span, marks, sign): (Span, &[Span], char),
    look: Look,
) -> io::Result<()> {
    let width = look.width.saturating_sub(GUTTER).max(20);
    let rows = excerpt::rows(source.text, &source.lines, span, marks, width);
    let mut skipped = true;
    for (index, row) in rows.iter().enumerate() {
        if is_shown(&rows, index) {
            let number = (skipped || row.begins).then_some(row.line);
            write_side(out, number, sign, (&row.painted(look), look))?;
            if row.has_marks() {
                let carets = look.paint(Role::Mark, &row.underline());
                write_side(out, None, sign, (&carets, look))?;
            }
            skipped = false;
        } else if !skipped || index == 0 {
            write_side(out, None, sign, ("...", look))?;
            skipped = true;
        }
    }
    Ok(())
}

fn write_side(
    out: &mut impl Write,
    number: Option<usize>,
    sign: char,
    (text, look): (&str, Look),
) -> io::Result<()> {
    let number = number.map_or_else(String::new, |number| number.to_string());
    let gutter = look.paint(Role::Dim, &format!("{number:>5} {sign}"));
    writeln!(out, "{}", format!("{gutter} {text}").trim_end())
}

fn write_effect(out: &mut impl Write, effect: &Effect, look: Look, all: bool) -> io::Result<()> {
    agreement::write(out, effect, look)?;
    let (old, new) = (line_indices(effect.earlier), line_indices(effect.later));
    let labels_max = if all { usize::MAX } else { LABELS_MAX };
    for outcome in [Outcome::New, Outcome::Changed, Outcome::Fixed] {
        let mut found = effect.findings.iter().filter(|found| found.outcome == outcome).peekable();
        if found.peek().is_some() {
            let title = format!("{} findings", outcome.name());
            writeln!(out, "{}\n", look.paint(Role::Strong, &title))?;
        }
        for found in found {
            match outcome {
                Outcome::Fixed => write_fixed(out, effect.earlier, (found.judged, &old), look)?,
                _ => write_finding(out, effect.later, &new, (found.judged, labels_max), look)?,
            }
        }
    }
    Ok(())
}

/// A finding that is gone, in a few lines.
fn write_fixed(
    out: &mut impl Write,
    report: &Report,
    (judged, lines): (&Judged, &[LineIndex]),
    look: Look,
) -> io::Result<()> {
    let info = judged.finding.rule.info();
    let head = format!("{}[{}]", judged.severity.name(), info.code);
    let slug = format!(" {}: ", info.slug);
    let lead = Lead { before: "", word: &head, role: Role::Dim, after: &slug };
    write_wrapped(out, &lead, (&judged.finding.message, None, HANG), look)?;
    if let Some(Site::Passage(place)) = judged.finding.labels.first().map(|label| &label.site) {
        let address = address(report, lines, *place);
        writeln!(out, "  {} was {address}", look.paint(Role::Dim, "-->"))?;
    }
    writeln!(out)
}
