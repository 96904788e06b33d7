//! Passages: the sentences of a document that differ, and the words in them.
//!
//! In:  a text as it was and as it is.
//! Out: [`Passage`]s in reading order of the later text.
//! Not here: which sentence is which (`align`), and what a changed word is (`tag`).

use crate::claims::Rung;
use crate::review::Reading;
use crate::review::align::Link;
use crate::review::align::align;
use crate::review::pieces::Edit;
use crate::review::pieces::Piece;
use crate::review::pieces::Sides;
use crate::review::pieces::pieces;
use crate::review::pieces::span;
use crate::review::tag;
use crate::review::tag::Tag;
use crate::span::Span;
use std::ops::Range;

/// What happened to a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Some of its words are others.
    Edited,
    /// It was not there.
    Added,
    /// It is not there any more.
    Omitted,
    /// It stands elsewhere; words of it may differ as well.
    Moved,
}

/// One or more sentences that differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// What happened to it.
    pub kind: Kind,
    /// Where it stood in the earlier text.
    pub earlier: Option<Span>,
    /// Where it stands in the later text.
    pub later: Option<Span>,
    /// The words that differ, in reading order.
    pub wordings: Vec<Wording>,
}

/// Words that differ inside a passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    /// What kind of difference it is, at least one, in the order of [`Tag`].
    pub tags: Vec<Tag>,
    /// The words in the earlier text; an empty span where there were none.
    pub earlier: Span,
    /// The words in the later text; an empty span where there are none.
    pub later: Span,
    /// How certain the text was and is, when that changed.
    pub certainty: Option<(Rung, Rung)>,
}

impl Passage {
    /// Every tag of the passage, each once, in the order of [`Tag`].
    pub fn tags(&self) -> Vec<Tag> {
        let own = match self.kind {
            Kind::Edited => None,
            Kind::Added => Some(Tag::Added),
            Kind::Omitted => Some(Tag::Omitted),
            Kind::Moved => Some(Tag::Moved),
        };
        let mut tags: Vec<Tag> = self.wordings.iter().flat_map(|it| it.tags.clone()).collect();
        tags.extend(own);
        tags.sort_unstable();
        tags.dedup();
        tags
    }
}

/// The passages by which two texts differ.
pub(crate) fn passages(old: &Reading, new: &Reading) -> Vec<Passage> {
    align(old, new).iter().map(|link| passage(old, new, link)).collect()
}

fn passage(old: &Reading, new: &Reading, link: &Link) -> Passage {
    let (earlier, later) = (covered(old, &link.old), covered(new, &link.new));
    let kind = match (earlier, later) {
        (None, _) => Kind::Added,
        (_, None) => Kind::Omitted,
        _ if link.moved => Kind::Moved,
        _ => Kind::Edited,
    };
    let compared = matches!(kind, Kind::Edited | Kind::Moved);
    let wordings = if compared { wordings(old, new, link) } else { Vec::new() };
    Passage { kind, earlier, later, wordings }
}

/// The bytes of some units.
fn covered(reading: &Reading, units: &Range<usize>) -> Option<Span> {
    let units = &reading.text.units[units.clone()];
    units.first().zip(units.last()).map(|(first, last)| first.span.cover(last.span))
}

fn wordings(old: &Reading, new: &Reading, link: &Link) -> Vec<Wording> {
    let sides = Sides {
        old: (old, pieces(old, link.old.clone())),
        new: (new, pieces(new, link.new.clone())),
    };
    let wording = |edit: Edit| {
        let told = tag::tell(&sides, &edit);
        Wording {
            tags: told.tags,
            certainty: told.certainty,
            earlier: place(&sides.old.1, &edit.old),
            later: place(&sides.new.1, &edit.new),
        }
    };
    sides.edits().into_iter().map(wording).collect()
}

/// Where some pieces stand; no pieces stand before the next one.
fn place(pieces: &[Piece], range: &Range<usize>) -> Span {
    span(pieces, range).unwrap_or_else(|| {
        let next = pieces.get(range.start).map(|piece| piece.span.start());
        let at = next.or_else(|| pieces.last().map(|piece| piece.span.end())).unwrap_or(0);
        Span::new(at, at)
    })
}
