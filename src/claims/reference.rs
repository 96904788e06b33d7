//! Whom a pronoun means, and who is the subject of a sentence.
//!
//! In:  one quotation with what stands around it, a [`Reader`].
//! Out: the place of a name.
//! Not here: the full name behind a surname (`people`).

use super::context::NESTED_MAX;
use super::lex::Line;
use super::phrase;
use super::phrase::Phrase;
use super::quotation::Reader;
use super::quotation::Spoken;
use super::quotation::shifted;
use super::subject;
use crate::span::Span;

/// Within how many bytes of its start the subject of a sentence is looked for.
const SUBJECT_BYTES_MAX: usize = 600;

/// Sentences before a pronoun in which somebody is looked for.
const SENTENCES_BACK: usize = 2;

impl Reader<'_, '_> {
    /// The name with which a unit begins: the subject of most sentences.
    pub(super) fn subject(&self, unit: usize) -> Option<Span> {
        let (start, line) = self.head(unit);
        match subject::subject(&line) {
            Some(Phrase::Name(from, to)) => Some(shifted(&line, start, from, to)),
            Some(Phrase::Pronoun(_)) if unit == self.unit => self.named_before(),
            _ => None,
        }
    }

    /// The beginning of a unit, long enough for its subject.
    fn head(&self, unit: usize) -> (usize, Line<'_>) {
        let span = self.text.units[unit].span;
        let end = span.end().min(span.start() + SUBJECT_BYTES_MAX);
        let end = self.text.source.floor_char_boundary(end);
        (span.start(), Line::new(&self.text.source[span.start()..end]))
    }

    /// Whom `I` or `we` at `offset` means inside a quotation: its speaker.
    pub(super) fn first_person(&self, pronoun: &str, offset: usize) -> Option<Span> {
        let around = |spoken: &&Spoken| {
            spoken.outer.start() < offset && offset < spoken.outer.end() && spoken.speaker.is_some()
        };
        let first = matches!(pronoun, "i" | "we");
        self.earlier.iter().rev().take(NESTED_MAX).find(around).filter(|_| first)?.speaker
    }

    /// Whom the pronoun at `offset` means: the subject of its own sentence if that is a name
    /// further left, or whom the sentences before speak of.
    pub(super) fn named_earlier(&self, offset: usize) -> Option<Span> {
        let (start, line) = self.head(self.unit);
        let subject = match subject::subject(&line) {
            Some(Phrase::Name(from, to)) => Some(shifted(&line, start, from, to)),
            _ => None,
        };
        subject
            .filter(|subject| subject.end() <= offset && !self.is_quoted(*subject))
            .or_else(|| self.named_before())
    }

    /// The last speaker of the paragraph or a person who is the subject after that, or else
    /// the same of the paragraph before.
    fn named_before(&self) -> Option<Span> {
        let paragraph = self.here().paragraph;
        let of = |number: u32| {
            let near = self.earlier.iter().rev().take_while(|spoken| spoken.paragraph >= number);
            { near }.find(|spoken| spoken.paragraph == number && spoken.speaker.is_some())
        };
        let last = of(paragraph);
        self.person_since(last.map_or(0, |last| last.outer.end()), paragraph)
            .or_else(|| last?.speaker)
            .or_else(|| {
                let last = of(paragraph.checked_sub(1)?);
                self.person_since(
                    last.map_or(0, |last| last.outer.end()),
                    paragraph.checked_sub(1)?,
                )
                .or_else(|| last?.speaker)
            })
            .or_else(|| {
                let near = self.unit.checked_sub(1)?;
                let follows = self.text.units[near].paragraph + 1 >= paragraph;
                follows.then(|| self.subject(near))?
            })
    }

    /// A person who is the subject of one of the sentences before, from `start` on and of the
    /// paragraph: `Her sister, Awa, shook her head.`
    fn person_since(&self, start: usize, paragraph: u32) -> Option<Span> {
        let back = self.unit.saturating_sub(SENTENCES_BACK)..self.unit;
        { back }.rev().find_map(|unit| {
            let here = &self.text.units[unit];
            if here.paragraph != paragraph || here.span.start() < start {
                return None;
            }
            let (start, line) = self.head(unit);
            let who = match subject::subject(&line) {
                Some(Phrase::Name(from, to)) if phrase::is_person(&line, from, to) => {
                    phrase::apposed(&line, Phrase::Name(from, to)).unwrap_or(Phrase::Name(from, to))
                }
                // "When I reached Ruiz, he sounded tired": whom the sentence names at all.
                Some(Phrase::Pronoun(_)) => phrase::first_person(&line)?,
                _ => return None,
            };
            let place = shifted(&line, start, who.start(), who.end());
            (!self.is_quoted(place)).then_some(place)
        })
    }
}
