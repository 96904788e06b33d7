//! A review in Markdown: what the reviewer of a pull request reads.
//!
//! First what the change does to the corpus, new findings before all else; then each
//! changed document, those first whose facts may be others.
//!
//! In:  a [`Review`].
//! Out: Markdown as GitHub and GitLab read it.

use crate::render::item::ENTRIES;
use crate::render::item::more;
use crate::render::item::told;
use crate::render::markdown::BLOCK_UNITS_MAX;
use crate::render::markdown::COLUMNS;
use crate::render::markdown::INFALLIBLE;
use crate::render::markdown::Page;
use crate::render::markdown::clipped;
use crate::render::markdown::fenced;
use crate::render::markdown::tables::tables;
use crate::render::markdown::units;
use crate::render::review::counted;
use crate::render::review::statuses;
use crate::render::terminal;
use crate::render::terminal::Plain;
use crate::render::terminal::plain_agreements;
use crate::render::terminal::plain_document;
use crate::render::terminal::plain_review_findings;
use crate::review::Outcome;
use crate::review::Passage;
use crate::review::Review;
use crate::review::Reviewed;
use crate::review::Tag;
use crate::span::DocId;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io;
use std::io::Write;

const COMMAND: &str = "diff";

/// Documents that the table lists.
const ROWS_MAX: usize = 40;

/// Writes what a change does: new findings, agreements, each document, and folded away
/// the findings that changed or are fixed.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_review(out: &mut impl Write, review: &Review, page: Page) -> io::Result<()> {
    let mut sheet = Sheet::new(head(review, page), page);
    if let Some(effect) = &review.effect {
        for found in plain_review_findings(effect, Outcome::New, COLUMNS) {
            sheet.push("#### New findings\n\n", &clipped(&found));
        }
        sheet.end("");
        let agreements = plain_agreements(effect, COLUMNS);
        if !agreements.is_empty() {
            sheet.push("#### Agreements with other documents\n\n", &clipped(&agreements));
            sheet.end("");
        }
    }
    let mut documents: Vec<&Reviewed> = review.documents.iter().collect();
    documents.sort_by_key(|document| weight(document));
    for document in documents {
        sheet.push("#### Changed documents\n\n", &shown(&plain_document(document, COLUMNS)));
    }
    sheet.end("");
    if let Some(effect) = &review.effect {
        let paths: BTreeSet<&str> =
            review.documents.iter().map(|document| document.changed.path()).collect();
        let documents = effect.later.documents;
        let about = |doc: DocId| paths.contains(&*documents[doc.index()].path);
        sheet.add(&tables(effect.later, &about, sheet.room));
        for outcome in [Outcome::Changed, Outcome::Fixed] {
            let noun = format!("{} finding", outcome.name());
            let count = counted(effect.count(outcome), &noun);
            let opening = format!("<details><summary>{count}</summary>\n\n");
            for found in plain_review_findings(effect, outcome, COLUMNS) {
                sheet.push(&opening, &clipped(&found));
            }
            sheet.end("</details>\n\n");
        }
    }
    out.write_all(sheet.finish().as_bytes())
}

/// Documents whose facts may be others come first.
fn weight(document: &Reviewed) -> Tag {
    let tags = document.passages.iter().flat_map(Passage::tags);
    // What was added, removed or retired has no passages, and is not the least.
    tags.min().unwrap_or(if document.fold.is_some() { Tag::Cosmetic } else { Tag::Added })
}

/// What stands above everything: the marker, the counts, a table, and what was not checked.
fn head(review: &Review, page: Page) -> String {
    let mut text = String::new();
    if page == Page::Comment {
        writeln!(text, "<!-- provenance:{COMMAND} -->").expect(INFALLIBLE);
    }
    let counts = told(|out| terminal::write_review_counts(out, review));
    let mut counts = counts.lines();
    let first = counts.next().unwrap_or_default();
    write!(text, "### provenance {COMMAND}: {first}\n\n").expect(INFALLIBLE);
    for line in counts {
        writeln!(text, "- {line}").expect(INFALLIBLE);
    }
    text.push('\n');
    if !review.unchecked.is_empty() {
        let look = terminal::Look { colour: false, width: COLUMNS };
        let lines = told(|out| terminal::write_unreviewed(out, review, look));
        text.push_str("**Not everything was checked:**\n\n");
        text.push_str(&fenced(&clipped(&lines)));
    }
    text.push_str(&table(review));
    text
}

/// A row a document: what happened to it, and how often each tag was given.
fn table(review: &Review) -> String {
    if review.documents.is_empty() {
        return String::new();
    }
    let mut text = "| document | | changes |\n|---|---|---|\n".to_owned();
    for document in review.documents.iter().take(ROWS_MAX) {
        let mut tags: BTreeMap<Tag, usize> = BTreeMap::new();
        for tag in document.passages.iter().flat_map(Passage::tags) {
            *tags.entry(tag).or_default() += 1;
        }
        let tags = tags.iter().map(|(tag, count)| format!("{count} {}", tag.name()));
        let tags: Vec<String> = tags.collect();
        let changes = document.fold.map_or_else(|| tags.join(", "), |fold| fold.name().to_owned());
        let (path, status) = (cell(document.changed.path()), statuses(document));
        writeln!(text, "| {path} | {status} | {changes} |").expect(INFALLIBLE);
    }
    let left = review.documents.len().saturating_sub(ROWS_MAX);
    if left > 0 {
        writeln!(text, "| and {left} more | | |").expect(INFALLIBLE);
    }
    text.push('\n');
    text
}

/// A path in a cell, if it can do nothing there; else it stands in its block only.
fn cell(path: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || " ._-/+,()".contains(c);
    if path.len() <= 200 && path.chars().all(plain) {
        format!("`{path}`")
    } else {
        "(its name stands below)".to_owned()
    }
}

/// A document with those of its passages that fit, what may change a fact first, in
/// reading order.
fn shown(document: &Plain) -> String {
    let head = clipped(&document.head);
    let mut room = BLOCK_UNITS_MAX.saturating_sub(units(&head));
    let mut order: Vec<usize> = (0..document.passages.len()).collect();
    order.sort_by_key(|index| document.passages[*index].0.first().copied());
    let mut fits = vec![false; order.len()];
    for index in order {
        let size = units(&document.passages[index].1) + 1;
        fits[index] = size <= room;
        room = if fits[index] { room - size } else { 0 };
    }
    let left = fits.iter().filter(|fits| !**fits).count();
    let passages = document.passages.iter().zip(&fits).filter(|(_, fits)| **fits);
    let mut lines = vec![head];
    lines.extend(passages.map(|((_, text), _)| text.clone()));
    lines.extend(document.foot.clone());
    if left > 0 {
        lines.push(format!("  {} left out here", counted(left, "more passage")));
    }
    lines.join("\n")
}

/// A page with a budget, most important first: what comes after something that did not
/// fit is counted and left out.
struct Sheet {
    text: String,
    room: usize,
    hidden: usize,
    /// Whether the present section has anything.
    open: bool,
}

impl Sheet {
    fn new(head: String, page: Page) -> Self {
        // What ends a section, and the last line, need room as well.
        let reserve = more(usize::MAX, ENTRIES, COMMAND).len() + 100;
        let room = page.units_max().saturating_sub(reserve + units(&head));
        Self { text: head, room, hidden: 0, open: false }
    }

    /// Adds a block to the section that `opening` begins.
    fn push(&mut self, opening: &str, block: &str) {
        let mut piece = if self.open { String::new() } else { opening.to_owned() };
        piece.push_str(&fenced(block));
        let size = units(&piece);
        if self.hidden > 0 || size > self.room {
            self.hidden += 1;
            return;
        }
        self.room -= size;
        self.open = true;
        self.text.push_str(&piece);
    }

    /// Adds what fits for certain and is no section.
    fn add(&mut self, piece: &str) {
        self.room -= units(piece);
        self.text.push_str(piece);
    }

    /// Ends a section, if it has begun.
    fn end(&mut self, closing: &str) {
        if std::mem::take(&mut self.open) {
            self.text.push_str(closing);
        }
    }

    fn finish(mut self) -> String {
        if self.hidden > 0 {
            writeln!(self.text, "{}", more(self.hidden, ENTRIES, COMMAND)).expect(INFALLIBLE);
        }
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_acts_in_a_table() {
        #[rustfmt::skip]
        let cases = [
            ("corpus/a b.txt",       true),
            ("corpus/@name.txt",     false),
            ("corpus/a|b.txt",       false),
            ("corpus/a`b.txt",       false),
            ("corpus/#1.txt",        false),
            ("corpus/<b>.txt",       false),
            ("corpus/\u{202e}a.txt", false),
        ];
        for (path, plain) in cases {
            assert_eq!(cell(path).contains(path), plain, "{path}");
        }
    }

    #[test]
    fn of_a_long_document_what_may_change_a_fact_is_shown() {
        let line = |sign: &str| sign.repeat(1_000);
        let passage = |tag, sign| (vec![tag], line(sign));
        let mut passages: Vec<_> = (0..20).map(|_| passage(Tag::Wording, "w")).collect();
        passages.push(passage(Tag::Figure, "f"));
        let plain = Plain { head: "head".to_owned(), passages, foot: None };

        let text = shown(&plain);
        assert!(units(&text) <= BLOCK_UNITS_MAX + 100, "{}", units(&text));
        assert!(text.contains(&line("f")));
        assert!(text.ends_with("  16 more passages left out here"), "{text}");
    }
}
