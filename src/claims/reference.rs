//! Whom a pronoun means, and who is the subject of a sentence.
//!
//! In:  one quotation with what stands around it, a [`Reader`].
//! Out: the place of a name.
//! Not here: the full name behind a surname (`people`).

use super::lex::Line;
use super::phrase::Phrase;
use super::quotation::Reader;
use super::quotation::shifted;
use super::speaker;
use crate::span::Span;

impl Reader<'_, '_> {
    /// The name with which a unit begins: the subject of most sentences.
    pub(super) fn subject(&self, unit: usize) -> Option<Span> {
        let span = self.text.units[unit].span;
        let line = Line::new(&self.text.source[span.range()]);
        match speaker::subject(&line) {
            Some(Phrase::Name(from, to)) => Some(shifted(&line, span.start(), from, to)),
            Some(Phrase::Pronoun(_)) if unit == self.unit => self.named_before(),
            _ => None,
        }
    }

    /// Whom the pronoun at `offset` means: the subject of its own sentence if that is a name
    /// further left, or whom the sentences before speak of.
    pub(super) fn named_earlier(&self, offset: usize) -> Option<Span> {
        let own = self.text.units[self.unit].span;
        let line = Line::new(&self.text.source[own.range()]);
        let subject = match speaker::subject(&line) {
            Some(Phrase::Name(from, to)) => Some(shifted(&line, own.start(), from, to)),
            _ => None,
        };
        let quoted =
            |span: &Span| self.text.quotations.iter().any(|known| known.outer.contains(*span));
        subject
            .filter(|subject| subject.end() <= offset && !quoted(subject))
            .or_else(|| self.named_before())
    }

    /// The last speaker of the paragraph, the subject of the sentence before, or else the
    /// last speaker of the paragraph before.
    fn named_before(&self) -> Option<Span> {
        let paragraph = self.here().paragraph;
        let of = |number: u32| {
            self.earlier.iter().rev().find(|spoken| spoken.paragraph == number)?.speaker
        };
        let before = self.unit.checked_sub(1);
        let near = before.filter(|unit| self.text.units[*unit].paragraph + 1 >= paragraph);
        of(paragraph)
            .or_else(|| {
                let same = near.filter(|unit| self.text.units[*unit].paragraph == paragraph)?;
                self.subject(same)
            })
            .or_else(|| of(paragraph.checked_sub(1)?))
            .or_else(|| self.subject(near?))
    }
}
