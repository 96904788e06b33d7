//! Quotations without a verb of their own: who speaks, by what stands around them.
//!
//! A quotation goes on after its speaker was named, stands in a paragraph of its own
//! after one that reports the same speaker, or was never closed.
//!
//! In:  one quotation with what stands around it, a [`Reader`].
//! Out: [`Attribution`]s whose cue, if there is one, stands further off.
//! Not here: the words directly before and after a quotation (`quotation`).

use super::Usage;
use super::lex::Line;
use super::phrase;
use super::phrase::Phrase;
use super::quotation::Attribution;
use super::quotation::GAP_BYTES_MAX;
use super::quotation::Reader;
use super::quotation::Spoken;
use super::speaker;
use super::subject;
use super::usage::is_clause;
use super::usage::words;
use crate::span::Span;
use crate::text::Quotation;
use crate::text::Role;

/// A quotation that only the sentence before hands to somebody has at least as many words.
const IMPLIED_WORDS_MIN: usize = 4;

impl Reader<'_, '_> {
    /// `X put it like this:` and the quotation in a sentence or paragraph of its own.
    pub(super) fn introduced(&self, quotation: &Quotation) -> Option<Attribution> {
        if quotation.outer.start() > self.here().span.start() {
            return None;
        }
        let unit = &self.text.units[self.unit.checked_sub(1)?];
        let start = unit.span.end() - unit.span.len().min(INTRODUCED_BYTES_MAX);
        let start = self.text.source.floor_char_boundary(start);
        let line = Line::new(&self.text.source[start..unit.span.end()]);
        let colon = line.len().checked_sub(1).and_then(|last| line.mark(last)) == Some(':');
        let cue = if colon { speaker::before(&line)? } else { return None };
        let earlier = Reader { unit: self.unit - 1, ..*self };
        Some(earlier.resolve(&line, start, cue))
    }

    /// A quotation that begins its own sentence right after one whose speaker is known, or
    /// fills a paragraph after one, or goes on after a paragraph left its mark open.
    pub(super) fn carried(&self, quotation: &Quotation) -> Option<Attribution> {
        // Of one inside another the outer goes on.
        let ended = self.earlier.iter().rev().take(NESTED_MAX);
        let ended = ended.filter(|last| last.outer.end() <= quotation.outer.start());
        let last = ended.max_by_key(|last| last.outer.end());
        let last = last.filter(|last| last.usage == Usage::Speech && last.speaker.is_some())?;
        let near = quotation.outer.start() - last.outer.end() <= GAP_BYTES_MAX;
        let opens = quotation.outer.start() <= self.here().span.start();
        let same = last.paragraph == self.here().paragraph;
        let next = last.paragraph + 1 == self.here().paragraph;
        let goes_on = opens && near && (same || !last.closed || next && self.fills(quotation));
        goes_on.then_some(Attribution { borrowed: true, ..of(last) })
    }

    /// `called it “…” and “…”`: the second of two in one sentence.
    pub(super) fn joined(&self, quotation: &Quotation) -> Option<Attribution> {
        let unit = self.here().span.start();
        let mut earlier = self.earlier.iter().rev().take_while(|last| last.outer.start() >= unit);
        let last = earlier.find(|last| last.outer.end() <= quotation.outer.start())?;
        let handed = last.cue.is_some() && !last.closing && !last.borrowed;
        handed.then_some(of(last))
    }

    /// Whether nothing stands in the paragraph but the quotation.
    fn fills(&self, quotation: &Quotation) -> bool {
        let paragraph = self.here().paragraph;
        let before = self
            .unit
            .checked_sub(1)
            .is_none_or(|unit| self.text.units[unit].paragraph != paragraph);
        before && self.paragraph_end() <= quotation.outer.end()
    }

    /// `“We are a small town, said Dana Ruiz.`, where no mark closes: the words at its end.
    pub(super) fn unclosed(&self, quotation: &Quotation) -> Option<Attribution> {
        if quotation.closed {
            return None;
        }
        let inner = &self.text.source[quotation.inner.range()];
        let start = quotation.inner.start()
            + inner.floor_char_boundary(inner.len().saturating_sub(UNCLOSED_BYTES));
        let line = Line::new(&self.text.source[start..quotation.inner.end()]);
        let cue = speaker::trailing(&line)?;
        Some(self.resolve(&line, start, cue))
    }

    /// A sentence of its own after one that tells what the same person said or did:
    /// `The captain said the ship ignored three warnings. “It came straight at us.”`
    pub(super) fn implied(&self, quotation: &Quotation, inner: &Line) -> Option<Attribution> {
        let opens = quotation.outer.start() <= self.here().span.start();
        let ended = inner.len().checked_sub(1).and_then(|last| inner.mark(last));
        let whole = matches!(ended, Some('.' | '!' | '?' | '…')) && is_clause(inner);
        if !opens || !whole || words(inner) < IMPLIED_WORDS_MIN {
            return None;
        }
        let unit = self.unit.checked_sub(1)?;
        let before = &self.text.units[unit];
        let same = before.paragraph == self.here().paragraph;
        if before.paragraph + 1 < self.here().paragraph
            || !matches!(before.role, Role::Sentence | Role::Bullet)
        {
            return None;
        }
        if before.span.len() > INTRODUCED_BYTES_MAX {
            return None;
        }
        let line = Line::new(&self.text.source[before.span.range()]);
        let earlier = Reader { unit, ..*self };
        let start = before.span.start();
        let quoted = |place: Span| self.is_quoted(place);
        if let Some(cue) = speaker::reported(&line) {
            let found = earlier.resolve(&line, start, cue);
            let spoken = found.cue.is_some_and(|cue| !quoted(cue)) && found.speaker.is_some();
            return spoken.then_some(Attribution { borrowed: true, ..found });
        }
        // "Rosa Delgado has cleaned these offices since 1998. “They always need somebody.”"
        let who = subject::subject(&line).filter(|_| same)?;
        let person = match who {
            Phrase::Name(from, to) => phrase::is_person(&line, from, to),
            Phrase::Pronoun(_) => true,
        };
        let found = earlier.resolve(&line, start, speaker::Cue { who: Some(who), verb: None });
        let named = found.speaker.is_some_and(|speaker| !quoted(speaker));
        (person && named).then_some(Attribution { borrowed: true, ..found })
    }

    /// Whether a place lies in quotation marks.
    pub(super) fn is_quoted(&self, place: Span) -> bool {
        let all = &self.text.quotations;
        let end = all.partition_point(|known| known.outer.start() <= place.start());
        // Quotations nest a few deep, so the one that holds a place is near.
        all[..end].iter().rev().take(NESTED_MAX).any(|known| known.outer.contains(place))
    }
}

/// The same speaker as of an earlier quotation.
pub(super) fn of(last: &Spoken) -> Attribution {
    let Spoken { said, speaker, cue, .. } = *last;
    Attribution { said, speaker, cue, borrowed: false }
}

/// A longer sentence introduces nothing.
const INTRODUCED_BYTES_MAX: usize = 1_200;

/// How far from its end the words that follow an unclosed quotation are looked for, in bytes.
const UNCLOSED_BYTES: usize = 320;

/// How many quotations may begin between the start of one and a place in it.
pub(super) const NESTED_MAX: usize = 16;
