//! Quotations with a verb of their own: who speaks, by the words directly before and after.
//!
//! In:  one quotation with what stands around it, a [`Reader`].
//! Out: [`Attribution`]s.
//! Not here: quotations that only what stands further off hands to somebody (`context`).

use super::context;
use super::lex::Line;
use super::lexicon::lexicon;
use super::quotation::Attribution;
use super::quotation::Reader;
use super::quotation::Spoken;
use super::quotation::shifted;
use super::speaker;
use crate::span::Span;
use crate::text::Quotation;
use crate::text::Role;

/// How far after a quotation its speaker may stand, in bytes.
const AFTER_BYTES_MAX: usize = 320;

/// How far before a quotation its speaker may stand, in bytes.
const BEFORE_BYTES_MAX: usize = 1_200;

/// A name with a title, in bytes.
const SIGNATURE_BYTES_MAX: usize = 80;

impl Reader<'_, '_> {
    /// `“…,” said X`, `“…,” X said`, `“…,” according to X`.
    pub(super) fn after(&self, quotation: &Quotation) -> Option<Attribution> {
        let inner = self.text.source[quotation.inner.range()].trim_end();
        let (start, line) = self.line_after(quotation)?;
        if matches!(self.here().role, Role::Headline | Role::Heading)
            && let Some(cue) = speaker::headed(&line)
        {
            return Some(self.resolve(&line, start, cue));
        }
        let dash = line.mark(0).is_some_and(|mark| matches!(mark, '—' | '–' | '-' | '―'));
        if inner.ends_with('.') && !inner.ends_with("..") && !dash {
            return None;
        }
        let ended = inner.ends_with([',', '?', '!', '…', '-', '—', '.'])
            || matches!(line.mark(0), Some(',' | '—' | '–' | '-'));
        let cue = speaker::after(&line, ended)?;
        Some(self.resolve(&line, start, cue))
    }

    /// `“…” for the port, X said`.
    pub(super) fn trailing(&self, quotation: &Quotation, inner: &Line) -> Option<Attribution> {
        let (start, line) = self.line_after(quotation)?;
        if inner.len().checked_sub(1).and_then(|last| inner.mark(last)) == Some('.') {
            return None;
        }
        let cue = speaker::trailing(&line)?;
        Some(self.resolve(&line, start, cue))
    }

    /// The words after a quotation: to the end of the paragraph, or the next quotation.
    pub(super) fn line_after(&self, quotation: &Quotation) -> Option<(usize, Line<'_>)> {
        if !quotation.closed {
            return None;
        }
        let start = quotation.outer.end();
        if let Some(end) = self.signed_below(start) {
            return Some((start, Line::new(&self.text.source[start..end])));
        }
        let nested = |next: &&Quotation| next.outer.start() >= start;
        let next = self.text.quotations[self.index + 1..].iter().find(nested);
        let end = self.after_end(start, next.map(|next| next.outer.start()));
        Some((start, Line::new(self.text.source.get(start..end)?)))
    }

    /// Where the line below ends, if it begins with a dash, as a name under a quotation does.
    pub(super) fn signed_below(&self, start: usize) -> Option<usize> {
        let rest = self.text.source[start..].trim_start_matches([' ', '\t', '\r']);
        let below = rest.strip_prefix('\n')?.trim_start_matches([' ', '\t']);
        let line = below.lines().next()?;
        let signed = line.starts_with(['—', '–', '―', '-']) && line.len() <= SIGNATURE_BYTES_MAX;
        signed.then(|| self.text.source.len() - below.len() + line.len())
    }

    /// Where the search for a speaker after `start` ends: with the paragraph, before the next
    /// quotation.
    pub(super) fn after_end(&self, start: usize, next: Option<usize>) -> usize {
        let end = self.paragraph_end().min(start + AFTER_BYTES_MAX);
        let end = next.map_or(end, |next| end.min(next));
        self.text.source.floor_char_boundary(end.max(start))
    }

    /// Where the paragraph ends.
    pub(super) fn paragraph_end(&self) -> usize {
        let paragraph = self.here().paragraph;
        let next = self.text.units.partition_point(|unit| unit.paragraph <= paragraph);
        self.text.units[next - 1].span.end()
    }

    /// `X said: “…”`, `X described it as “…”`, `According to X, “…”`.
    pub(super) fn before(&self, quotation: &Quotation) -> Option<Attribution> {
        let (start, line) = self.line_before(quotation)?;
        let cue = speaker::before(&line)?;
        let found = self.resolve(&line, start, cue);
        let last = self.last_in_sentence().filter(|last| last.outer.end() <= start);
        // "“You see,” said Ruiz, pointing at a rock, “that was a farm.”"
        let comma = line.len().checked_sub(1).filter(|last| line.mark(*last) == Some(','));
        let apart = comma.is_some_and(|comma| cue.verb.is_none_or(|(_, to)| to < comma));
        let handed = |last: &&Spoken| {
            last.closing && !last.borrowed && last.cue.is_some_and(|cue| cue.start() >= start)
        };
        if let Some(last) = last.filter(|_| apart).filter(handed) {
            return Some(context::of(last));
        }
        match last.filter(|_| found.speaker.is_none()) {
            // "“…,” Ruiz said, calling it “…”"
            Some(last) => Some(Attribution { said: last.said, speaker: last.speaker, ..found }),
            None => Some(found),
        }
    }

    /// The words of the sentence before a quotation, after the last quotation in it.
    pub(super) fn line_before(&self, quotation: &Quotation) -> Option<(usize, Line<'_>)> {
        let end = quotation.outer.start();
        let start = self.last_in_sentence().map_or(self.here().span.start(), |last| {
            // Of a quotation inside another one, the words around it are that speaker's.
            if last.outer.end() > end { last.inner.start() } else { last.outer.end() }
        });
        let near = self.text.source.floor_char_boundary(end.saturating_sub(BEFORE_BYTES_MAX));
        let start = start.max(self.here().span.start()).max(near).min(end);
        Some((start, Line::new(self.text.source.get(start..end)?)))
    }

    pub(super) fn last_in_sentence(&self) -> Option<&Spoken> {
        let unit = self.here().span.start();
        self.earlier.last().filter(|last| last.outer.end() > unit)
    }

    /// `found` with the verb that opens the sentence, where that is the one that hands the
    /// quotation over: `Calling it “…,” Ruiz left`.
    pub(super) fn opened_by(&self, quotation: &Quotation, found: Attribution) -> Attribution {
        // A later one does not open it, and to read all before each would take their square.
        if self.last_in_sentence().is_some() {
            return found;
        }
        let start = self.here().span.start();
        let before = self.text.source.get(start..quotation.outer.start()).unwrap_or_default();
        let line = Line::new(before);
        let participle = line.lower(0).ends_with("ing")
            && lexicon().reports.verbs.contains_key(line.lower(0))
            && (0..line.len()).all(|at| line.mark(at) != Some(','));
        if !participle {
            return found;
        }
        Attribution { cue: Some(shifted(&line, start, 0, 1)), ..found }
    }

    /// The verb of saying behind a quotation, where the words before have none but one that
    /// seldom reports: `will raise rates “as often as it takes,” Ruiz said`.
    pub(super) fn outdone(&self, quotation: &Quotation, inner: &Line) -> Option<Attribution> {
        let before = self.before(quotation)?;
        let class = |cue: Span| {
            lexicon().reports.verbs.get(&self.text.source[cue.range()]).map(String::as_str)
        };
        let weak = before.cue.filter(|cue| class(*cue) == Some("beside"))?;
        let between = self.text.source.get(weak.end()..quotation.outer.start())?.trim();
        let apart = !between.is_empty() && !between.ends_with([',', ':']);
        let behind = self.trailing(quotation, inner).filter(|_| apart)?;
        let strong = behind.cue.is_some_and(|cue| class(cue) == Some("neutral"));
        strong.then_some(behind)
    }
}
