//! Magnitude: the words by which a text makes what happened small or great.
//!
//! In:  a [`Text`].
//! Out: [`Weighing`]s outside quotation marks, in reading order.
//! Not here: whether other texts weigh it otherwise (`divergence`).

use super::framing::Phrases;
use super::lexicon::Table;
use super::lexicon::edited;
use crate::span::Span;
use crate::span::any_contains;
use crate::text::Role;
use crate::text::Text;
use std::sync::LazyLock;

/// Which way a word weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pole {
    /// `symbolic`, `formality`.
    Small,
    /// `historic`, `breakthrough`.
    Great,
}

/// Words that weigh what happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weighing {
    /// Where they stand.
    pub span: Span,
    /// Which way they weigh.
    pub pole: Pole,
}

static POLES: LazyLock<Phrases<Pole>> = LazyLock::new(|| {
    let mut lists = edited(Table::Magnitude);
    let mut of = |name: &str, pole: Pole| {
        lists.remove(name).unwrap_or_default().into_iter().map(move |phrase| (phrase, pole))
    };
    let small = of("minimise", Pole::Small);
    Phrases::new(small.chain(of("maximise", Pole::Great)))
});

/// The words of `text` that weigh what happened.
///
/// ```
/// use provenance::claims::{Pole, weighings};
/// use provenance::span::DocId;
/// use provenance::text::Text;
///
/// let text = Text::read(DocId(0), "The step is symbolic. “It is historic,” Doe said.");
/// assert_eq!(weighings(&text).iter().map(|found| found.pole).collect::<Vec<_>>(), [Pole::Small]);
/// ```
pub fn weighings(text: &Text) -> Vec<Weighing> {
    let stretches = text.quoted();
    let running = text.units.iter().filter(|unit| unit.role != Role::Caption);
    let of_unit = |unit| {
        let tokens = text.unit_tokens(unit);
        let words: Vec<String> =
            tokens.iter().map(|token| text.word(token).to_lowercase()).collect();
        let spans = POLES.find(&words).into_iter().map(|(range, pole)| Weighing {
            span: tokens[range.start].span.cover(tokens[range.end - 1].span),
            pole,
        });
        spans.filter(|found| !any_contains(&stretches, found.span)).collect::<Vec<_>>()
    };
    running.flat_map(of_unit).collect()
}
