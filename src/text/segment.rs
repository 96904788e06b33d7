//! Units: the pieces of text that are compared, quoted and counted.
//!
//! A headline, heading or caption is one unit; running text and list items are
//! split into sentences, so that an item of three sentences gives three units of
//! role [`Role::Bullet`].
//!
//! In:  the original text.
//! Out: the places of the units, in order, with role and paragraph; and the paragraphs.
//! Not here: tokens (`token`) and quotations (`quote`).

use super::paragraph::paragraphs;
use super::role::Role;
use super::role::roles;
use super::sentence::sentences;
use crate::span::Span;

/// Where a unit stands, before its tokens are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) span: Span,
    pub(super) role: Role,
    pub(super) paragraph: u32,
}

/// A text cut up.
pub(super) struct Segments {
    /// The units to be, in order.
    pub(super) pieces: Vec<Piece>,
    /// The paragraphs they lie in, in order.
    pub(super) paragraphs: Vec<Span>,
}

/// Cuts `source` into paragraphs and these into units.
pub(super) fn segment(source: &str) -> Segments {
    let paragraphs = paragraphs(source);
    let roles = roles(source, &paragraphs);
    let spans: Vec<_> = paragraphs.iter().map(|paragraph| paragraph.span).collect();
    let mut pieces = Vec::new();
    for ((number, span), role) in (0..).zip(&spans).zip(roles) {
        let piece = |span| Piece { span, role, paragraph: number };
        match role {
            Role::Bullet | Role::Sentence => {
                let places = sentences(&source[span.range()]);
                let moved = |place: std::ops::Range<usize>| {
                    Span::new(span.start() + place.start, span.start() + place.end)
                };
                pieces.extend(places.map(moved).map(piece));
            }
            Role::Headline | Role::Heading | Role::Caption => pieces.push(piece(*span)),
        }
    }
    Segments { pieces, paragraphs: spans }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_is_split_into_its_sentences() {
        let source = "Harbour Opens\n\nIt opened.\n\n• It is new. It is wide.\n• It pays";

        let units: Vec<_> = segment(source)
            .pieces
            .iter()
            .map(|piece| (piece.role, piece.paragraph, &source[piece.span.range()]))
            .collect();

        assert_eq!(
            units,
            [
                (Role::Headline, 0, "Harbour Opens"),
                (Role::Sentence, 1, "It opened."),
                (Role::Bullet, 2, "It is new."),
                (Role::Bullet, 2, "It is wide."),
                (Role::Bullet, 3, "It pays"),
            ]
        );
    }
}
