//! What a document says: units, tokens and quotations, each with its place.
//!
//! ```
//! use provenance::span::DocId;
//! use provenance::text::Role;
//! use provenance::text::Text;
//!
//! let text = Text::read(DocId(0), "Harbour Opens\n\nThe mayor’s U.S. guests came. “Fine,” said one.");
//!
//! assert_eq!(text.units[0].role, Role::Headline);
//! assert_eq!(text.unit_text(&text.units[1]), "The mayor’s U.S. guests came.");
//! assert_eq!(text.word(&text.unit_tokens(&text.units[1])[1]), "mayor's");
//! assert_eq!(&text.source[text.quotations[0].inner.range()], "Fine,");
//! ```
//!
//! In:  the original bytes of one document, as UTF-8.
//! Out: [`Text`].
//! Not here: comparing texts (`reuse`, `align`) and reading claims (`claims`).

mod abbreviation;
mod fold;
mod form;
mod paragraph;
mod quote;
mod role;
mod segment;
mod sentence;
mod token;

pub use fold::Folded;
pub use form::Form;
pub use quote::Quotation;
pub use role::Role;
pub use token::Token;
pub(crate) use token::is_unspaced;

use crate::span::DocId;
use crate::span::Span;
use segment::Piece;
use std::ops::Range;

/// A document, read.
///
/// Invariant: every span lies in `source`, on character boundaries; units are in
/// order and do not overlap; tokens are in order, do not overlap, and each lies
/// in the unit that lists it. A quotation lies in one paragraph.
#[derive(Clone, Debug)]
pub struct Text<'c> {
    /// Which document this is.
    pub doc: DocId,
    /// The original text.
    pub source: &'c str,
    /// The text as it is matched: spaces, hyphens and quotation marks made one, letter case kept.
    pub folded: Folded,
    /// Headlines, headings, bullets, captions and sentences, in order.
    pub units: Vec<Unit>,
    /// Words and numbers, in order.
    pub tokens: Vec<Token>,
    /// Passages in quotation marks, in order of their opening mark.
    pub quotations: Vec<Quotation>,
}

/// A headline, heading, bullet, caption or sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Where it stands in the original, without surrounding blanks and bullet signs.
    pub span: Span,
    /// The same place in the folded text.
    pub folded: Span,
    /// Its tokens, as indices into [`Text::tokens`].
    pub tokens: Range<u32>,
    /// What kind of unit it is.
    pub role: Role,
    /// The paragraph it lies in, counted from zero.
    pub paragraph: u32,
}

/// Words in newspaper English are about five letters, and a blank; a guess for allocation only.
const BYTES_PER_TOKEN: usize = 6;

impl<'c> Text<'c> {
    /// Reads `source`.
    pub fn read(doc: DocId, source: &'c str) -> Self {
        let folded = Folded::new(source);
        let segments = segment::segment(source);
        let mut tokens = Vec::with_capacity(source.len() / BYTES_PER_TOKEN);
        let units = segments.pieces.iter().map(|piece| unit(&folded, piece, &mut tokens)).collect();
        let quotations = quote::quotations(source, &segments.paragraphs);
        Self { doc, source, folded, units, tokens, quotations }
    }

    /// The stretches in quotation marks, those inside others joined with them, in order.
    pub fn quoted(&self) -> Vec<Span> {
        let mut stretches: Vec<Span> = Vec::new();
        for quotation in &self.quotations {
            match stretches.last_mut() {
                Some(last) if last.end() > quotation.outer.start() => {
                    *last = last.cover(quotation.outer);
                }
                _ => stretches.push(quotation.outer),
            }
        }
        stretches
    }

    /// The unit that holds the byte at `offset` of the original, unless it is between units.
    pub fn unit_at(&self, offset: usize) -> Option<&Unit> {
        self.unit_index_at(offset).map(|index| &self.units[index])
    }

    /// The index of the unit that holds the byte at `offset` of the original.
    pub fn unit_index_at(&self, offset: usize) -> Option<usize> {
        let upto = self.units.partition_point(|unit| unit.span.start() <= offset);
        upto.checked_sub(1).filter(|index| offset < self.units[*index].span.end())
    }

    /// The tokens of `unit`.
    pub fn unit_tokens(&self, unit: &Unit) -> &[Token] {
        &self.tokens[unit.tokens.start as usize..unit.tokens.end as usize]
    }

    /// The bytes from the first to the last of some tokens, if there are any.
    pub fn span_of(&self, tokens: &Range<u32>) -> Option<Span> {
        let tokens = &self.tokens[tokens.start as usize..tokens.end as usize];
        tokens.first().zip(tokens.last()).map(|(first, last)| first.span.cover(last.span))
    }

    /// The outlet's wording of `unit`.
    pub fn unit_text(&self, unit: &Unit) -> &'c str {
        &self.source[unit.span.range()]
    }

    /// The folded wording of `unit`.
    pub fn folded_unit(&self, unit: &Unit) -> &str {
        &self.folded.text()[unit.folded.range()]
    }

    /// The folded word of `token`, in its own letter case.
    pub fn word(&self, token: &Token) -> &str {
        &self.folded.text()[token.folded.range()]
    }
}

/// The unit for `piece`, after its tokens are appended to `tokens`.
fn unit(folded: &Folded, piece: &Piece, tokens: &mut Vec<Token>) -> Unit {
    let place = folded.folded(piece.span);
    let first = index(tokens.len());
    token::read(folded, place, tokens);
    set_apart(piece.span, first as usize, tokens);
    Unit {
        span: piece.span,
        folded: place,
        tokens: first..index(tokens.len()),
        role: piece.role,
        paragraph: piece.paragraph,
    }
}

/// Sets the tokens from `first` on apart, inside `span`. Folding may join a mark to the
/// sign before it, a bullet or the last dot of an abbreviation, so that two tokens, or
/// a token and the end of its unit, claim the same sign of the original.
fn set_apart(span: Span, first: usize, tokens: &mut Vec<Token>) {
    let mut kept = first;
    for at in first..tokens.len() {
        let mut token = tokens[at];
        let start = token.span.start().clamp(span.start(), span.end());
        token.span = Span::new(start, token.span.end().clamp(start, span.end()));
        if let Some(before) = tokens[first..kept].last_mut()
            && before.span.end() > start
        {
            if before.span.start() == start {
                before.span = before.span.cover(token.span);
                before.folded = before.folded.cover(token.folded);
                continue;
            }
            before.span = Span::new(before.span.start(), start);
        }
        if !token.span.is_empty() {
            tokens[kept] = token;
            kept += 1;
        }
    }
    tokens.truncate(kept);
}

fn index(count: usize) -> u32 {
    u32::try_from(count).expect("a token is a byte at least, and documents are under 4 GiB")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn finds_the_unit_at_a_place() {
        let text = Text::read(DocId(0), "One.  Two.");

        assert_eq!(text.unit_at(3), Some(&text.units[0]));
        assert_eq!(text.unit_at(4), None);
        assert_eq!(text.unit_at(6), Some(&text.units[1]));
        assert_eq!(text.unit_at(99), None);
    }

    #[test]
    fn nothing_is_in_an_empty_text() {
        let text = Text::read(DocId(0), "\u{feff} \r\n");

        assert!(text.units.is_empty() && text.tokens.is_empty() && text.quotations.is_empty());
    }

    #[test]
    fn no_unit_begins_with_a_mark_over_the_last_sign() {
        for source in ["…\u{200b}\u{11c38}", "。\u{11c38} a", "Yes.”\u{200b}\u{301} No."] {
            let text = Text::read(DocId(0), source);

            assert_eq!(text.units.len(), 1, "{source:?}");
            assert!(ordered(text.tokens.iter().map(|token| token.folded)), "{source:?}");
        }
    }

    #[test]
    fn a_mark_behind_a_bullet_stays_in_its_unit() {
        let text = Text::read(DocId(0), "\n•\u{ad}\u{5b0}");

        assert!(text.units[0].span.contains(text.tokens[0].span), "{:?}", text.tokens);
    }

    #[test]
    fn two_tokens_never_claim_the_same_sign() {
        let text = Text::read(DocId(0), "U.S.\u{f93}");

        assert!(ordered(text.tokens.iter().map(|token| token.span)), "{:?}", text.tokens);
    }

    #[test]
    fn differently_printed_sentences_have_equal_forms() {
        let forms = |source| {
            let text = Text::read(DocId(0), source);
            text.tokens.iter().map(|token| token.form).collect::<Vec<_>>()
        };

        assert_eq!(
            forms("“The U.S.\u{2011}led plan’s 20\u{202f}ships,” she said."),
            forms("\"The US-led plan's 20 ships\", SHE said."),
        );
    }

    /// Text of what the modules below look for, among any other characters.
    fn troubled() -> impl Strategy<Value = String> {
        let pieces = prop_oneof![
            "[a-zA-Z]{1,6}",
            "[0-9]{1,4}",
            "[ \n\r\t]",
            Just(" ".to_owned()),
            "[.!?…,:;+/'-]",
            "[“”„‟«»‘’‚‹›\"']",
            "(U\\.S\\.|Dr\\.|p\\.m\\.|No\\.)",
            "\n(•|-|#|1\\.|!\\[) ?",
            "[\u{ad}\u{200b}\u{301}\u{a0}\u{2011}ﬁＡ和。\u{1100}\u{1161}]",
            "\\PC",
        ];
        prop_oneof![
            4 => prop::collection::vec(pieces, 0..60).prop_map(|pieces| pieces.concat()),
            1 => any::<String>(),
        ]
    }

    /// Whether `spans` are in order and apart.
    fn ordered(mut spans: impl Iterator<Item = Span>) -> bool {
        let mut end = 0;
        spans.all(|span| {
            let after = span.start() >= end && !span.is_empty();
            end = span.end();
            after
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(512))]

        #[test]
        fn units_and_tokens_are_in_order_and_on_characters(source in troubled()) {
            let text = Text::read(DocId(0), &source);

            prop_assert!(ordered(text.units.iter().map(|unit| unit.span)));
            prop_assert!(ordered(text.tokens.iter().map(|token| token.folded)));
            prop_assert!(ordered(text.tokens.iter().map(|token| token.span)));
            prop_assert!(text.units.windows(2).all(|pair| pair[0].tokens.end == pair[1].tokens.start));
            for unit in &text.units {
                prop_assert!(source.get(unit.span.range()).is_some());
                prop_assert!(text.folded.text().get(unit.folded.range()).is_some());
                for token in text.unit_tokens(unit) {
                    prop_assert!(unit.span.contains(token.span), "{unit:?} {token:?}");
                    prop_assert!(unit.folded.contains(token.folded));
                    prop_assert!(source.get(token.span.range()).is_some());
                    prop_assert!(!text.word(token).is_empty());
                }
            }
        }

        #[test]
        fn quotations_are_in_order_and_on_characters(source in troubled()) {
            let text = Text::read(DocId(0), &source);

            let starts: Vec<_> = text.quotations.iter().map(|quotation| quotation.outer.start()).collect();
            prop_assert!(starts.is_sorted());
            for quotation in &text.quotations {
                prop_assert!(quotation.outer.contains(quotation.inner));
                prop_assert!(source.get(quotation.outer.range()).is_some());
                prop_assert!(source.get(quotation.inner.range()).is_some());
            }
        }

        #[test]
        fn every_letter_is_in_a_token(source in troubled()) {
            let text = Text::read(DocId(0), &source);

            let covered: usize = text.tokens.iter().map(|token| letters(text.word(token))).sum();
            let present: usize = text.units.iter().map(|unit| letters(text.folded_unit(unit))).sum();
            prop_assert_eq!(covered, present);
        }
    }

    fn letters(text: &str) -> usize {
        text.chars().filter(|c| c.is_alphanumeric()).count()
    }
}
