//! Quotations: what stands in quotation marks, and who is said to have said it.
//!
//! Marks hold speech, but also names, titles and borrowed words. Speech is at least
//! four words with a verb that reports it, a finite verb of its own, or the end of a
//! sentence inside. The speaker is named only where a plain pattern names one:
//! `X said, “…”`, `“…,” said X`, `“…,” according to X`, and a second quotation that
//! goes on directly after the first.
//!
//! In:  a [`Text`] with its quotations.
//! Out: [`Spoken`], and [`Claim`]s of kind quotation and mention.
//! Not here: how names are told (`speaker`), and whether wordings agree (`divergence`).

use super::Claim;
use super::Kind;
use super::Value;
use super::lex::Line;
use super::lexicon::lexicon;
use super::speaker;
use super::speaker::Who;
use crate::span::Place;
use crate::span::Span;
use crate::text::Quotation;
use crate::text::Text;
use crate::text::Unit;

/// A quotation and what is known of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spoken {
    pub(super) outer: Span,
    inner: Span,
    closed: bool,
    unit: u32,
    paragraph: u32,
    speech: bool,
    cue: Option<Span>,
    pub(super) speaker: Option<Span>,
    /// Whether `according to` ends the sentence, and so holds for all of it.
    closing: bool,
}

/// Fewer quoted words are a name or a term.
const SPEECH_WORDS_MIN: usize = 4;

/// How far after a quotation its speaker may stand, in bytes.
const AFTER_BYTES_MAX: usize = 200;

/// How far apart two quotations of one speaker may stand, in bytes: `,” said the mayor. “`.
const GAP_BYTES_MAX: usize = 120;

/// Every quotation of `text` with its speaker, in order.
pub(super) fn read(text: &Text) -> Vec<Spoken> {
    let mut read: Vec<Spoken> = Vec::with_capacity(text.quotations.len());
    for (index, quotation) in text.quotations.iter().enumerate() {
        let Some(unit) = unit_at(text, quotation.outer.start()) else { continue };
        let reader = Reader { text, index, unit, earlier: &read };
        let spoken = reader.read(quotation);
        read.push(spoken);
    }
    share_sentence(&mut read);
    read
}

/// Gives `“…” including “…,” according to X` the same speaker twice.
fn share_sentence(read: &mut [Spoken]) {
    for index in (1..read.len()).rev() {
        let (one, two) = (read[index - 1], read[index]);
        if one.speech && one.speaker.is_none() && one.unit == two.unit && two.closing {
            read[index - 1].speaker = two.speaker;
        }
    }
}

/// The quotations as claims.
pub(super) fn claims(text: &Text, quotations: &[Spoken]) -> Vec<Claim> {
    let claim = |spoken: &Spoken| Claim {
        place: Place { doc: text.doc, span: spoken.outer },
        unit: spoken.unit,
        kind: if spoken.speech { Kind::Quotation } else { Kind::Mention },
        value: Value::Words { inner: spoken.inner, cue: spoken.cue },
        meant: None,
        hedge: None,
        denied: false,
        quoted: true,
        speaker: spoken.speaker,
        noun: None,
    };
    quotations.iter().map(claim).collect()
}

/// The unit in which `offset` lies, or the last before it.
fn unit_at(text: &Text, offset: usize) -> Option<usize> {
    text.units.partition_point(|unit| unit.span.start() <= offset).checked_sub(1)
}

/// Who is said to speak, and the verb that says so.
#[derive(Clone, Copy, Debug, Default)]
struct Attribution {
    speaker: Option<Span>,
    cue: Option<Span>,
}

/// One quotation with what stands around it.
struct Reader<'a, 'c> {
    text: &'a Text<'c>,
    /// Which quotation of the text.
    index: usize,
    /// The unit it begins in.
    unit: usize,
    /// The quotations before it.
    earlier: &'a [Spoken],
}

impl Reader<'_, '_> {
    fn read(&self, quotation: &Quotation) -> Spoken {
        let inner = Line::new(&self.text.source[quotation.inner.range()]);
        let enough = is_long(&inner) && !is_title(&inner);
        let attribution = if enough { self.attribution(quotation) } else { None };
        let speech = enough && (attribution.is_some() || is_clause(&inner));
        let Attribution { speaker, cue } = attribution.unwrap_or_default();
        Spoken {
            outer: quotation.outer,
            inner: quotation.inner,
            closed: quotation.closed,
            unit: u32::try_from(self.unit).expect("documents are under 4 GiB"),
            paragraph: self.here().paragraph,
            speech,
            cue,
            speaker,
            closing: cue.is_some_and(|cue| {
                cue.start() >= quotation.outer.end()
                    && &self.text.source[cue.range()] == "according"
            }),
        }
    }

    fn here(&self) -> &Unit {
        &self.text.units[self.unit]
    }

    fn attribution(&self, quotation: &Quotation) -> Option<Attribution> {
        self.after(quotation).or_else(|| self.before(quotation)).or_else(|| self.carried(quotation))
    }

    /// `“…,” said X`, `“…,” X said`, `“…,” according to X`.
    fn after(&self, quotation: &Quotation) -> Option<Attribution> {
        let inner = self.text.source[quotation.inner.range()].trim_end();
        if inner.ends_with('.') || !quotation.closed {
            return None;
        }
        let start = quotation.outer.end();
        let next = self.text.quotations.get(self.index + 1).map(|next| next.outer.start());
        let line = Line::new(self.text.source.get(start..self.after_end(start, next))?);
        let (who, cue) = speaker::after(&line)?;
        Some(self.resolve(&line, start, who, cue))
    }

    /// Where the search for a speaker after `start` ends: with the paragraph, before the next
    /// quotation.
    fn after_end(&self, start: usize, next: Option<usize>) -> usize {
        let same = self.text.units[self.unit..]
            .iter()
            .take_while(|unit| unit.paragraph == self.here().paragraph)
            .last();
        let end = same.map_or(start, |unit| unit.span.end()).min(start + AFTER_BYTES_MAX);
        let end = next.map_or(end, |next| end.min(next));
        self.text.source.floor_char_boundary(end.max(start))
    }

    /// `X said: “…”`, `X described it as “…”`, `According to X, “…”`.
    fn before(&self, quotation: &Quotation) -> Option<Attribution> {
        let unit = self.here().span.start();
        let last = self.earlier.last().filter(|last| last.outer.end() > unit);
        let start = last.map_or(unit, |last| last.outer.end()).min(quotation.outer.start());
        let line = Line::new(self.text.source.get(start..quotation.outer.start())?);
        let (who, cue) = speaker::before(&line)?;
        if let Some(last) = last.filter(|_| who == Who::Subject) {
            let cue = Some(shift(&line, start, cue));
            return Some(Attribution { speaker: last.speaker, cue });
        }
        Some(self.resolve(&line, start, who, cue))
    }

    /// A quotation that begins its own sentence right after one whose speaker is known, or that
    /// goes on after a paragraph left its mark open.
    fn carried(&self, quotation: &Quotation) -> Option<Attribution> {
        let last = self.earlier.last().filter(|last| last.speech && last.speaker.is_some())?;
        let near = quotation.outer.start().saturating_sub(last.outer.end()) <= GAP_BYTES_MAX;
        let opens = quotation.outer.start() <= self.here().span.start();
        let same = last.paragraph == self.here().paragraph;
        let goes_on = opens && near && (same || !last.closed);
        goes_on.then_some(Attribution { speaker: last.speaker, cue: None })
    }

    fn resolve(&self, line: &Line, start: usize, who: Who, cue: usize) -> Attribution {
        let speaker = match who {
            Who::Named(from, to) => Some(shift_range(line, start, from, to)),
            Who::Pronoun => self.named_earlier(),
            Who::Subject => self.subject(self.unit),
            Who::Unknown => None,
        };
        Attribution { speaker, cue: Some(shift(line, start, cue)) }
    }

    /// The name with which a unit begins: the subject of most sentences.
    fn subject(&self, unit: usize) -> Option<Span> {
        let span = self.text.units[unit].span;
        let line = Line::new(&self.text.source[span.range()]);
        match speaker::subject(&line) {
            Who::Named(from, to) => Some(shift_range(&line, span.start(), from, to)),
            Who::Pronoun if unit == self.unit => self.named_earlier(),
            _ => None,
        }
    }

    /// Whom `she` means: the last speaker of the paragraph, or the subject of the sentence before.
    fn named_earlier(&self) -> Option<Span> {
        let paragraph = self.here().paragraph;
        let mut same = self.earlier.iter().rev().take_while(|spoken| spoken.paragraph == paragraph);
        let spoken = same.find_map(|spoken| spoken.speaker);
        let before =
            self.unit.checked_sub(1).filter(|unit| self.text.units[*unit].paragraph == paragraph);
        spoken.or_else(|| self.subject(before?))
    }
}

fn shift(line: &Line, start: usize, at: usize) -> Span {
    shift_range(line, start, at, at + 1)
}

fn shift_range(line: &Line, start: usize, from: usize, to: usize) -> Span {
    let range = line.range(from, to);
    Span::new(start + range.start, start + range.end)
}

fn is_long(inner: &Line) -> bool {
    let word = |at: &usize| (inner.is_word(*at) || inner.is_number(*at)) && !inner.is_glued(*at);
    (0..inner.len()).filter(word).take(SPEECH_WORDS_MIN).count() == SPEECH_WORDS_MIN
}

/// Whether every word but the joints begins with a capital: a book, a law, a platform.
fn is_title(inner: &Line) -> bool {
    let joint = |word: &str| {
        matches!(word, "a" | "an" | "and" | "at" | "by" | "for" | "in" | "of" | "on" | "the" | "to")
    };
    let named = |at: usize| inner.is_capitalised(at) || joint(&inner.lower(at));
    (0..inner.len()).filter(|at| inner.is_word(*at)).all(named)
}

/// Whether quoted words are a clause somebody uttered, as far as they tell themselves.
fn is_clause(inner: &Line) -> bool {
    let last = inner.len().checked_sub(1).and_then(|last| inner.mark(last));
    let clausal = |at: usize| lexicon().reports.clausal.contains(&inner.lower(at));
    matches!(last, Some('.' | '!' | '?' | '…')) || (0..inner.len()).any(clausal)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::DocId;

    /// `kind speaker/cue` of every quotation of `source`.
    fn shown(source: &str) -> Vec<String> {
        let text = Text::read(DocId(0), source);
        let printed = |span: Option<Span>| span.map_or("-", |span| &source[span.range()]);
        read(&text)
            .iter()
            .map(|spoken| {
                let kind = if spoken.speech { "speech" } else { "mention" };
                format!("{kind} {}/{}", printed(spoken.speaker), printed(spoken.cue))
            })
            .collect()
    }

    /// One row per pattern: who says it, and by which verb.
    #[test]
    fn tells_speech_from_names_and_who_speaks() {
        #[rustfmt::skip]
        let cases = [
            ("“The port will open soon,” said Ruiz.",                     vec!["speech Ruiz/said"]),
            ("Ruiz said: “The port will open soon.”",                     vec!["speech Ruiz/said"]),
            ("“It will open,” said Ruiz. “Nobody can stop us now.”",      vec!["mention -/-", "speech -/-"]),
            ("“The port will open,” said Ruiz. “Nobody can stop us now.”", vec!["speech Ruiz/said", "speech Ruiz/-"]),
            ("Dana Ruiz runs the port. She said, “The port will open.”",  vec!["speech Dana Ruiz/said"]),
            ("“We open the port,” Ruiz said, calling it “a gift to all the sailors.”",
                                                                          vec!["speech Ruiz/said", "speech Ruiz/calling"]),
            ("They spoke of “a deeper bond between ports” and “wider roads for all trucks,” according to a Harbour readout.",
                                                                          vec!["speech a Harbour readout/spoke", "speech a Harbour readout/according"]),
            ("the so-called “free port” opened",                          vec!["mention -/-"]),
            ("He read “The Old Man of Bergen” again.",                    vec!["mention -/-"]),
            ("It has brought “peace through better harbours.”",           vec!["speech -/-"]),
        ];
        for (source, quotations) in cases {
            assert_eq!(shown(source), quotations, "{source}");
        }
    }
}
