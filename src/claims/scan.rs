//! Walks through a text and asks, at everything that may begin a figure, what it is.
//!
//! Dates come before amounts and amounts before plain numbers, so that what a
//! stricter reading explains is never read again by a looser one.
//!
//! In:  a [`Text`], and its quotations with their speakers.
//! Out: [`Claim`]s.
//! Not here: the readings themselves (`date`, `amount`, `ordinal`, `count`).

use super::Claim;
use super::Hedge;
use super::Kind;
use super::Value;
use super::amount;
use super::boundary;
use super::date;
use super::lex::Lex;
use super::lex::Line;
use super::lexicon::Trigger;
use super::ordinal;
use super::quotation::Spoken;
use crate::span::Place;
use crate::span::Span;
use crate::text::Text;
use std::ops::Range;

/// A figure in one line; offsets count from the line's start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Figure {
    pub(super) span: Range<usize>,
    pub(super) kind: Kind,
    pub(super) value: Value,
    pub(super) hedge: Option<Hedge>,
    pub(super) noun: Option<Range<usize>>,
}

/// Appends the figures of every unit of `text` to `claims`.
pub(super) fn claims(text: &Text, quotations: &[Spoken], claims: &mut Vec<Claim>) {
    let mut line = Line::default();
    let mut found = Vec::new();
    for (index, unit) in text.units.iter().enumerate() {
        line.read(&text.source[unit.span.range()]);
        if !line.promising {
            continue;
        }
        figures(&line, &mut found);
        let unit_index = u32::try_from(index).expect("documents are under 4 GiB");
        let start = unit.span.start();
        for figure in found.drain(..) {
            let shift = |range: Range<usize>| Span::new(start + range.start, start + range.end);
            let span = shift(figure.span);
            let spoken = enclosing(quotations, span);
            claims.push(Claim {
                place: Place { doc: text.doc, span },
                unit: unit_index,
                kind: figure.kind,
                value: figure.value,
                hedge: figure.hedge,
                quoted: spoken.is_some(),
                speaker: spoken.and_then(|spoken| spoken.speaker),
                noun: figure.noun.map(shift),
            });
        }
    }
}

/// The last quotation that encloses `span`.
fn enclosing(quotations: &[Spoken], span: Span) -> Option<&Spoken> {
    let before = quotations.partition_point(|spoken| spoken.outer.start() <= span.start());
    let near = &quotations[before.saturating_sub(NESTED_MAX)..before];
    near.iter().rev().find(|spoken| spoken.outer.contains(span))
}

/// Quotations that may begin between a figure and the mark that opens around it.
const NESTED_MAX: usize = 4;

/// Every figure of `line`, in reading order.
pub(super) fn figures(line: &Line, found: &mut Vec<Figure>) {
    let mut at = 0;
    while let Some(lexeme) = line.get(at) {
        let next = match lexeme.kind {
            Lex::Number => digits(line, at, found),
            Lex::Word(Trigger::Month(_)) => date::month_first(line, at, found),
            Lex::Word(Trigger::Weekday(_)) => date::weekday(line, at, found),
            Lex::Word(Trigger::Ordinal(_)) => ordinal::spelled(line, at, found),
            Lex::Word(Trigger::Cardinal(_)) => {
                ordinal::compound(line, at, found).unwrap_or_else(|| amount::read(line, at, found))
            }
            Lex::Word(Trigger::Dozen | Trigger::Scale(_)) => amount::read(line, at, found),
            Lex::Mark(_) if amount::is_sign(line, at) => amount::read(line, at, found),
            _ => at + 1,
        };
        at = next.max(at + 1);
    }
}

/// Reads the digits at `at`.
fn digits(line: &Line, at: usize, found: &mut Vec<Figure>) -> usize {
    date::prefixed_year(line, at, found)
        .or_else(|| amount::has_code(line, at).then(|| amount::read(line, at, found)))
        .or_else(|| (!boundary::opens(line, at)).then(|| boundary::chain_end(line, at)))
        .or_else(|| date::day_first(line, at, found))
        .or_else(|| ordinal::digits(line, at, found))
        .unwrap_or_else(|| amount::read(line, at, found))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::claims::lexicon::lexicon;
    use proptest::prelude::*;

    /// `kind value unit "printed"` of every figure of `text`.
    pub(in crate::claims) fn shown(text: &str) -> Vec<String> {
        let line = Line::new(text);
        let mut found = Vec::new();
        figures(&line, &mut found);
        found.iter().map(|figure| show(text, figure)).collect()
    }

    fn show(text: &str, figure: &Figure) -> String {
        let mut shown = format!("{} {}", figure.kind.name(), figure.value.text());
        if let Some(unit) = figure.value.unit_text() {
            shown = format!("{shown} {unit}");
        }
        if let Some(hedge) = figure.hedge {
            shown = format!("{shown} ({})", hedge.name());
        }
        format!("{shown}: {}", &text[figure.span.clone()])
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "\\PC*") {
            shown(&text);
        }

        #[test]
        fn anything_like_a_figure_is_read_without_panic(
            parts in proptest::collection::vec(proptest::sample::select(PARTS), 0..12),
        ) {
            let text = parts.concat();
            let found = shown(&text);
            prop_assert!(found.len() <= parts.len());
        }
    }

    /// What figures are made of.
    const PARTS: &[&str] = &[
        " ",
        " ",
        "17",
        "2025",
        "1,000",
        "1.5",
        "6",
        "½",
        "$",
        "€",
        "US",
        "%",
        "-",
        "–",
        "/",
        ":",
        "+",
        ".",
        ",",
        "(",
        ")",
        "th",
        "bn",
        "m",
        " billion",
        " to ",
        " and ",
        "between ",
        "Nov",
        "November ",
        "May ",
        "Thursday",
        "seven",
        "twenty",
        "hundred ",
        "dozen",
        "half",
        "a ",
        "third ",
        "second",
        "year",
        "old",
        " years",
        " dollars",
        "percent",
        "agreements",
        "’s",
        "\u{2011}",
        "\u{a0}",
        "C5",
        "of ",
        "in ",
        "the ",
        "é",
        "°C",
    ];

    #[test]
    fn the_lexicon_loads() {
        assert!(!lexicon().before.is_empty());
    }
}
