//! Pieces: a sentence as words and signs, and the pieces that differ between two.
//!
//! In:  units of two texts.
//! Out: [`Piece`]s, and [`Edit`]s in pieces.
//! Not here: what an edit means (`tag`).

use crate::review::Reading;
use crate::span::Span;
use crate::text::Form;
use similar::Algorithm;
use similar::DiffOp;
use std::ops::Range;

/// A word, or one sign between words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) span: Span,
    /// The form of a word; a sign has none.
    pub(crate) form: Option<Form>,
    /// Whether the word begins its unit.
    pub(crate) first: bool,
}

/// The pieces of some units, in order.
pub(crate) fn pieces(reading: &Reading, units: Range<usize>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for unit in &reading.text.units[units] {
        let mut at = unit.span.start();
        let mut first = true;
        for token in reading.text.unit_tokens(unit) {
            signs(reading, Span::new(at, token.span.start()), &mut pieces);
            pieces.push(Piece { span: token.span, form: Some(token.form), first });
            first = false;
            at = token.span.end();
        }
        signs(reading, Span::new(at, unit.span.end()), &mut pieces);
    }
    pieces
}

/// Adds every character in `span` that is not white.
fn signs(reading: &Reading, span: Span, pieces: &mut Vec<Piece>) {
    for (offset, c) in reading.text.source[span.range()].char_indices() {
        if !c.is_whitespace() {
            let start = span.start() + offset;
            let span = Span::new(start, start + c.len_utf8());
            pieces.push(Piece { span, form: None, first: false });
        }
    }
}

/// Pieces of two sentences that stand in the same place and differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Edit {
    pub(crate) old: Range<usize>,
    pub(crate) new: Range<usize>,
}

/// One sentence of both texts, in pieces.
pub(crate) struct Sides<'s> {
    pub(crate) old: (&'s Reading<'s>, Vec<Piece>),
    pub(crate) new: (&'s Reading<'s>, Vec<Piece>),
}

impl Sides<'_> {
    /// Where the sentences differ. An edit covers whole figures and dates, and one
    /// that is parted from the next by a single piece is one with it.
    pub(crate) fn edits(&self) -> Vec<Edit> {
        let keys = |(reading, pieces): &(&Reading, Vec<Piece>)| -> Vec<String> {
            let text = |piece: &Piece| reading.text.source[piece.span.range()].to_owned();
            pieces.iter().map(text).collect()
        };
        let ops =
            similar::capture_diff_slices(Algorithm::Myers, &keys(&self.old), &keys(&self.new));
        let differing = ops.iter().filter(|op| !matches!(op, DiffOp::Equal { .. }));
        let edits = differing.map(|op| Edit { old: op.old_range(), new: op.new_range() });
        joined(joined(edits, 1).into_iter().map(|edit| self.whole(&edit)), 0)
    }

    /// The edit with the rest of every figure and date that it changes. What is added
    /// is the same on both sides.
    fn whole(&self, edit: &Edit) -> Edit {
        let (left, right) = reach(&self.old, &edit.old);
        let (other_left, other_right) = reach(&self.new, &edit.new);
        let left = left.max(other_left).min(edit.old.start).min(edit.new.start);
        let room = (self.old.1.len() - edit.old.end).min(self.new.1.len() - edit.new.end);
        let right = right.max(other_right).min(room);
        Edit {
            old: edit.old.start - left..edit.old.end + right,
            new: edit.new.start - left..edit.new.end + right,
        }
    }
}

/// How many pieces more, on either side of `edited`, belong to a figure or date in it.
fn reach((reading, pieces): &(&Reading, Vec<Piece>), edited: &Range<usize>) -> (usize, usize) {
    let Some(span) = span(pieces, edited) else { return (0, 0) };
    let figures = reading.claims.iter().filter(|claim| !claim.value_text().is_empty());
    let inside = figures.map(|claim| claim.place.span).filter(|claim| claim.overlaps(span));
    inside.fold((0, 0), |(left, right), claim| {
        let before = pieces[..edited.start].iter().rev();
        let before = before.take_while(|piece| claim.overlaps(piece.span)).count();
        let after = pieces[edited.end..].iter();
        let after = after.take_while(|piece| claim.overlaps(piece.span)).count();
        (left.max(before), right.max(after))
    })
}

/// The bytes from the first to the last of some pieces, if there are any.
pub(crate) fn span(pieces: &[Piece], range: &Range<usize>) -> Option<Span> {
    let pieces = &pieces[range.clone()];
    pieces.first().zip(pieces.last()).map(|(first, last)| first.span.cover(last.span))
}

/// The same edits, those at most `gap` kept pieces apart made one.
fn joined(edits: impl Iterator<Item = Edit>, gap: usize) -> Vec<Edit> {
    let mut joined: Vec<Edit> = Vec::new();
    for edit in edits {
        match joined.last_mut() {
            Some(last)
                if edit.old.start <= last.old.end + gap && edit.new.start <= last.new.end + gap =>
            {
                last.old.end = edit.old.end.max(last.old.end);
                last.new.end = edit.new.end.max(last.new.end);
            }
            _ => joined.push(edit),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The edits, as old|new.
    fn told(old: &str, new: &str) -> String {
        let (old, new) = (Reading::of(old), Reading::of(new));
        let all = |reading: &Reading| pieces(reading, 0..reading.text.units.len());
        let (left, right) = (all(&old), all(&new));
        let sides = Sides { old: (&old, left.clone()), new: (&new, right.clone()) };
        let text = |reading: &Reading, pieces: &[Piece], range: &Range<usize>| {
            let span = span(pieces, range);
            span.map_or_else(String::new, |span| reading.text.source[span.range()].to_owned())
        };
        let edit = |edit: &Edit| {
            format!("{}|{}", text(&old, &left, &edit.old), text(&new, &right, &edit.new))
        };
        sides.edits().iter().map(edit).collect::<Vec<_>>().join(" / ")
    }

    #[test]
    fn edits_cover_what_a_reader_would_name() {
        #[rustfmt::skip]
        let cases = [
            ("They signed 29 deals worth $17 billion.", "They signed 38 deals worth $1.7 billion.", "29|38 / $17 billion|$1.7 billion"),
            ("He is set to join the pact.",             "He has joined the pact.",                  "is set to join|has joined"),
            ("He joined the pact.",                     "He has joined the pact.",                  "|has"),
            ("He spoke, twice.",                        "He spoke twice.",                          ",|"),
            ("“A,” he said.",                           "\"A,\" he said.",                          "“|\" / ”|\""),
            ("On May 4, 2021, it rained.",              "On May 5, 2021, it rained.",               "May 4, 2021|May 5, 2021"),
        ];
        for (old, new, expected) in cases {
            assert_eq!(told(old, new), expected, "{old} {new}");
        }
    }
}
