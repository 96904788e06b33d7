//! Places: where the words of a document stand, one byte a word.
//!
//! A word's place is the gap since the word before it and its own length. Nearly
//! always the gap is under 8 and the length under 32 bytes, and both fit one byte;
//! the byte zero announces two numbers in LEB128 instead.
//!
//! In:  gaps and lengths, in reading order.
//! Out: [`Span`]s, in reading order.
//! Not here: what a word is (`words`).

use crate::span::Span;
use std::ops::Range;

/// The places of the words of one document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places(Box<[u8]>);

const LENGTH_BITS: u32 = 5;
const ESCAPE: u8 = 0;

impl Places {
    /// Appends the place of a word that begins `gap` bytes after the end of the last one.
    #[inline]
    pub(super) fn append(bytes: &mut Vec<u8>, gap: usize, length: usize) {
        let short = gap >> (8 - LENGTH_BITS) == 0 && length >> LENGTH_BITS == 0 && length > 0;
        match u8::try_from(gap << LENGTH_BITS | length) {
            Ok(both) if short => bytes.push(both),
            _ => {
                bytes.push(ESCAPE);
                append_number(bytes, gap);
                append_number(bytes, length);
            }
        }
    }

    /// The places that [`bytes`](Self::bytes) gave.
    ///
    /// Any bytes are taken: those that no text has give fewer or other spans, in
    /// order and under 4 GiB.
    pub fn from_bytes(bytes: Box<[u8]>) -> Self {
        Self(bytes)
    }

    /// The stored form.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// The spans of the words, in reading order.
    pub fn spans(&self) -> Spans<'_> {
        Spans::new(&self.0)
    }

    /// The bytes from the first to the last word of each range, in the same order.
    ///
    /// # Panics
    /// When a range is empty or ends beyond the last word.
    pub fn cover(&self, ranges: &[Range<u32>]) -> Vec<Span> {
        let mut wanted: Vec<u32> = ranges.iter().flat_map(|r| [r.start, r.end - 1]).collect();
        wanted.sort_unstable();
        wanted.dedup();
        let mut spans = (0_u32..).zip(self.spans());
        let found: Vec<(u32, Span)> = wanted
            .iter()
            .map(|word| spans.find(|(index, _)| index == word).expect("the range has its words"))
            .collect();
        let span = |word: u32| {
            found[found.binary_search_by_key(&word, |(index, _)| *index).expect("was looked up")].1
        };
        ranges.iter().map(|range| span(range.start).cover(span(range.end - 1))).collect()
    }
}

/// The spans of the words of one document, in reading order.
#[derive(Clone, Debug)]
pub struct Spans<'a> {
    bytes: &'a [u8],
    end: u32,
}

impl<'a> Spans<'a> {
    /// Reads the stored form of [`Places`] without owning it.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, end: 0 }
    }

    /// The next gap and length.
    fn next_place(&mut self) -> Option<(u32, u32)> {
        let (first, rest) = self.bytes.split_first()?;
        self.bytes = rest;
        if *first != ESCAPE {
            let length_mask = (1 << LENGTH_BITS) - 1;
            return Some((u32::from(first >> LENGTH_BITS), u32::from(first & length_mask)));
        }
        Some((take_number(&mut self.bytes)?, take_number(&mut self.bytes)?))
    }
}

impl Iterator for Spans<'_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        let (gap, length) = self.next_place()?;
        let start = self.end.checked_add(gap)?;
        self.end = start.checked_add(length)?;
        Some(Span::new(start as usize, self.end as usize))
    }
}

/// Appends `number` in LEB128: seven bits a byte, the lowest first.
fn append_number(bytes: &mut Vec<u8>, mut number: usize) {
    let low = |number: usize| number.to_le_bytes()[0];
    while number >> 7 != 0 {
        bytes.push(low(number) | 0x80);
        number >>= 7;
    }
    bytes.push(low(number));
}

/// Takes a number from the front of `bytes`, unless it is cut off or over 32 bits.
fn take_number(bytes: &mut &[u8]) -> Option<u32> {
    let mut number = 0_u64;
    for shift in (0..35).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return u32::try_from(number).ok();
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_usual_word_takes_one_byte() {
        let mut bytes = Vec::new();
        Places::append(&mut bytes, 7, 31);
        assert_eq!(bytes.len(), 1);
        Places::append(&mut bytes, 8, 1);
        Places::append(&mut bytes, 0, 32);
        assert_eq!(bytes.len(), 7);
    }

    #[test]
    fn covers_ranges_in_any_order() {
        let mut bytes = Vec::new();
        for length in [3, 5, 40] {
            Places::append(&mut bytes, 1, length);
        }
        let places = Places::from_bytes(bytes.into());

        let spans = places.cover(&[1..3, 0..1, 0..2]);

        assert_eq!(spans, [Span::new(5, 51), Span::new(1, 4), Span::new(1, 10)]);
    }

    proptest! {
        #[test]
        fn gives_back_every_place(places: Vec<(u16, u16)>) {
            let mut bytes = Vec::new();
            let mut expected = Vec::new();
            let mut end = 0;
            for (gap, length) in places {
                let (gap, length) = (usize::from(gap), usize::from(length));
                Places::append(&mut bytes, gap, length);
                expected.push(Span::new(end + gap, end + gap + length));
                end += gap + length;
            }
            prop_assert_eq!(Spans::new(&bytes).collect::<Vec<_>>(), expected);
        }

        #[test]
        fn foreign_bytes_give_spans_in_order(bytes: Vec<u8>) {
            let spans: Vec<Span> = Spans::new(&bytes).collect();
            prop_assert!(spans.is_sorted());
        }
    }
}
