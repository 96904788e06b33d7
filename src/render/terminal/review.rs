//! The terminal form of a review: what changed, document by document, both wordings
//! with what differs marked, then what that does to the corpus.
//!
//! In:  a [`Review`] and a [`Look`].
//! Out: lines of text.
//! Not here: working out what changed (`review`).

mod agreement;
mod plain;

pub(crate) use plain::Plain;
pub(crate) use plain::plain_agreements;
pub(crate) use plain::plain_document;
pub(crate) use plain::plain_review_findings;

use crate::corpus::Version;
use crate::finding::Site;
use crate::policy::Judged;
use crate::render::lines::Lines;
use crate::render::review::caption;
use crate::render::review::counted;
use crate::render::review::facts;
use crate::render::review::statuses;
use crate::render::review::words;
use crate::render::sanitize;
use crate::render::terminal::GUTTER;
use crate::render::terminal::HANG;
use crate::render::terminal::LABELS_MAX;
use crate::render::terminal::Lead;
use crate::render::terminal::Look;
use crate::render::terminal::address;
use crate::render::terminal::excerpt;
use crate::render::terminal::is_shown;
use crate::render::terminal::style::Role;
use crate::render::terminal::write_finding;
use crate::render::terminal::write_wrapped;
use crate::report::Report;
use crate::review::Effect;
use crate::review::Kind;
use crate::review::Outcome;
use crate::review::Passage;
use crate::review::Review;
use crate::review::Reviewed;
use crate::review::Tag;
use crate::review::Wording;
use crate::span::LineIndex;
use crate::span::Span;
use std::collections::BTreeMap;
use std::io;
use std::io::Write;

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

fn write_document(
    out: &mut impl Write,
    document: &Reviewed,
    look: Look,
    all: bool,
) -> io::Result<()> {
    write_head(out, document, look)?;
    write_passages(out, document, look, all)?;
    writeln!(out)
}

/// What happened to a document as a whole.
fn write_head(out: &mut impl Write, document: &Reviewed, look: Look) -> io::Result<()> {
    let Some(version) = document.version() else { return Ok(()) };
    let path = look.paint(Role::Strong, &sanitize::line(&version.path));
    let caption = sanitize::line(&caption(version)).into_owned();
    let caption = if caption.is_empty() { caption } else { format!("  {caption}") };
    writeln!(out, "{path}: {}{}", statuses(document), look.paint(Role::Dim, &caption))?;
    facts(document).iter().try_for_each(|line| {
        let lead = Lead { before: "  ", word: "=", role: Role::Dim, after: " " };
        write_wrapped(out, &lead, (line, None, HANG), look)
    })
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
        write_tagged(out, &wording.tags, &words(wording, old.text, new.text), look)?;
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
    let (old, new) = (Lines::of(effect.earlier.documents), Lines::of(effect.later.documents));
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
    (judged, lines): (&Judged, &Lines),
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
