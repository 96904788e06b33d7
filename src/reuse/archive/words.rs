//! Words, read fast: what an archive keeps of a document.
//!
//! A word is a run of letters and digits of the folded text ([`Folded`]) in lower
//! case; every other character separates, so that `mayor's`, `U.S.` and `17,000` are
//! two words each, alike in every typography. Chinese and Japanese characters are
//! words of one character. This is coarser than [`Token`](crate::text::Token), which
//! findings are made of, and about forty times faster: ASCII is classified eight
//! bytes at a time, and only runs with other characters are folded.
//!
//! In:  the original text of one document.
//! Out: [`Words`]: a 32-bit hash of each word, and its place in the original.
//! Not here: runs of words (`fingerprint`).

use super::places::Places;
use super::places::Spans;
use crate::span::Span;
use crate::text::Folded;
use crate::text::is_unspaced;
use std::ops::Range;
use unicode_normalization::char::is_combining_mark;

/// The words of one document: their hashes and places, five bytes a word.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    hashes: Box<[u32]>,
    places: Places,
}

impl Words {
    /// Reads the words of `source`.
    ///
    /// A hash is the same on every machine and in every version of one index format.
    /// Two words of 32-bit hashes may collide: among half a million different words
    /// some thirty pairs do. A shared passage has many words, so that this can
    /// lengthen one by a word and cannot make one.
    ///
    /// ```
    /// use provenance::reuse::archive::Words;
    ///
    /// let left = Words::read("The mayor’s “5+1” plan");
    /// let right = Words::read("the MAYOR'S 5+1 plan");
    ///
    /// assert_eq!(left.hashes(), right.hashes());
    /// assert_eq!(left.hashes().len(), 6);
    /// ```
    ///
    /// # Panics
    /// When `source` is over 4 GiB: readers refuse documents far below that.
    pub fn read(source: &str) -> Self {
        Scratch::default().read(source)
    }

    /// One hash for each word, in reading order.
    pub fn hashes(&self) -> &[u32] {
        &self.hashes
    }

    /// The place of each word in the original, in reading order.
    pub fn spans(&self) -> Spans<'_> {
        self.places.spans()
    }

    /// The places in their stored form, for an index to keep.
    pub fn places(&self) -> &Places {
        &self.places
    }

    /// The bytes from the first to the last word of each range, in the same order.
    ///
    /// Reads the places once, whatever the number of ranges.
    ///
    /// # Panics
    /// When a range is empty or ends beyond the last word.
    pub fn cover(&self, ranges: &[Range<u32>]) -> Vec<Span> {
        self.places.cover(ranges)
    }
}

/// Buffers for reading many documents one after another.
#[derive(Debug, Default)]
pub struct Scratch {
    hashes: Vec<u32>,
    places: Vec<u8>,
    place_end: usize,
}

impl Scratch {
    /// As [`Words::read`], without asking for new buffers.
    ///
    /// # Panics
    /// When `source` is over 4 GiB.
    pub fn read(&mut self, source: &str) -> Words {
        assert!(u32::try_from(source.len()).is_ok(), "documents are under 4 GiB");
        self.hashes.clear();
        self.places.clear();
        self.place_end = 0;
        self.runs(source);
        Words {
            hashes: self.hashes.as_slice().into(),
            places: Places::from_bytes(self.places.as_slice().into()),
        }
    }

    /// Takes apart `source` into runs of letters, digits and non-ASCII characters.
    fn runs(&mut self, source: &str) {
        let bytes = source.as_bytes();
        let mut start = 0;
        let mut inside = false;
        // One past the last non-ASCII byte seen.
        let mut folded_end = 0;
        let mut base = 0;
        while base < bytes.len() {
            let (word, foreign) = classify(bytes, base);
            if foreign != 0 {
                folded_end = base + 64 - foreign.leading_zeros() as usize;
            }
            // A set bit is a change from outside a run to inside, or back.
            let mut changes = word ^ (word << 1 | u64::from(inside));
            while changes != 0 {
                let at = base + changes.trailing_zeros() as usize;
                changes &= changes - 1;
                if inside {
                    self.run(source, start, at, folded_end > start);
                } else {
                    start = at;
                }
                inside = !inside;
            }
            base += 64;
        }
        if inside {
            self.run(source, start, bytes.len(), folded_end > start);
        }
    }

    fn run(&mut self, source: &str, start: usize, end: usize, may_be_foreign: bool) {
        if may_be_foreign && !source.as_bytes()[start..end].is_ascii() {
            self.foreign_run(source, start, end);
        } else {
            self.ascii_word(source.as_bytes(), start, end);
        }
    }

    fn ascii_word(&mut self, bytes: &[u8], start: usize, end: usize) {
        let mut hash = Hash::new();
        let mut at = start;
        while at + 8 < end {
            hash.add(lower(load(bytes, at)));
            at += 8;
        }
        let unused = 64 - 8 * (end - at);
        // Shifted out and in again, so that the bytes after the word are zero.
        hash.add(lower(load(bytes, at)) << unused >> unused);
        self.push(hash, start, end);
    }

    /// A run with non-ASCII characters: typographic signs separate, the rest is folded.
    fn foreign_run(&mut self, source: &str, start: usize, end: usize) {
        let mut from = start;
        for (offset, sign) in source[start..end].match_indices(is_sign) {
            self.folded_words(source, from, start + offset);
            from = start + offset + sign.len();
        }
        self.folded_words(source, from, end);
    }

    fn folded_words(&mut self, source: &str, start: usize, end: usize) {
        let run = &source[start..end];
        if run.is_ascii() {
            if !run.is_empty() {
                self.ascii_word(source.as_bytes(), start, end);
            }
            return;
        }
        let folded = Folded::new(run);
        let text = folded.text();
        let mut rest = 0;
        while let Some(word) = next_word(text, rest) {
            rest = word.end;
            let place = folded.original(Span::new(word.start, word.end));
            let mut hash = Hash::new();
            for chunk in text[word].to_lowercase().as_bytes().chunks(8) {
                hash.add(load(chunk, 0));
            }
            self.push(hash, start + place.start(), start + place.end());
        }
    }

    fn push(&mut self, hash: Hash, start: usize, end: usize) {
        self.hashes.push(hash.finish());
        Places::append(&mut self.places, start - self.place_end, end - start);
        self.place_end = end;
    }
}

/// Which of the 64 bytes from `base` are letters, digits or non-ASCII, and which non-ASCII.
#[inline]
fn classify(bytes: &[u8], base: usize) -> (u64, u64) {
    let mut padded = [0; 64];
    let block: &[u8; 64] = if let Some(block) = bytes[base..].first_chunk() {
        block
    } else {
        let rest = &bytes[base..];
        padded[..rest.len()].copy_from_slice(rest);
        &padded
    };
    let mut word = 0;
    let mut highs = 0;
    for (index, eight) in block.as_chunks::<8>().0.iter().enumerate() {
        let (inside, high) = classify_eight(u64::from_le_bytes(*eight));
        word |= gather(inside) << (8 * index);
        highs |= high;
    }
    (word, if highs == 0 { 0 } else { foreign_bytes(block) })
}

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGHS: u64 = 0x80 * ONES;

/// The high bits of the bytes that are letters, digits or non-ASCII, and of the non-ASCII.
///
/// Adding `0x80 - c` to a seven-bit byte sets its high bit when the byte is at least `c`.
#[inline]
fn classify_eight(bytes: u64) -> (u64, u64) {
    let low = bytes & !HIGHS;
    let lower = low | (0x20 * ONES);
    let letter = (lower + (0x80 - 0x61) * ONES) & !(lower + (0x80 - 0x7b) * ONES);
    let digit = (low + (0x80 - 0x30) * ONES) & !(low + (0x80 - 0x3a) * ONES);
    ((letter | digit | bytes) & HIGHS, bytes & HIGHS)
}

/// The eight high bits of `highs` side by side, that of the lowest byte first.
#[inline]
fn gather(highs: u64) -> u64 {
    (highs >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

#[cold]
fn foreign_bytes(block: &[u8; 64]) -> u64 {
    let eights = block.as_chunks::<8>().0.iter().enumerate();
    eights.fold(0, |all, (index, eight)| {
        all | gather(u64::from_le_bytes(*eight) & HIGHS) << (8 * index)
    })
}

/// Up to eight bytes from `at`, the first one lowest, zero beyond the end.
#[inline]
fn load(bytes: &[u8], at: usize) -> u64 {
    if let Some(eight) = bytes[at..].first_chunk::<8>() {
        return u64::from_le_bytes(*eight);
    }
    bytes[at..].iter().rev().fold(0, |all, byte| all << 8 | u64::from(*byte))
}

/// ASCII letters in lower case; digits have the bit already.
#[inline]
fn lower(letters_and_digits: u64) -> u64 {
    letters_and_digits | (0x20 * ONES)
}

/// A word hash under way: eight bytes of the lower-case word at a time.
///
/// Multiply and shift, as in the finaliser of `MurmurHash3` (Appleby 2011).
#[derive(Clone, Copy)]
struct Hash(u64);

impl Hash {
    #[inline]
    fn new() -> Self {
        Self(0)
    }

    #[inline]
    fn add(&mut self, eight: u64) {
        let mixed = (self.0 ^ eight).wrapping_mul(0xff51_afd7_ed55_8ccd);
        self.0 = mixed ^ mixed >> 32;
    }

    #[inline]
    fn finish(self) -> u32 {
        let mixed = self.0.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
        u32::try_from(mixed >> 32).expect("32 bits are left")
    }
}

/// Typographic signs that only separate: no-break space, dashes, quotation marks, ellipsis.
///
/// They make up nearly all of the non-ASCII characters of English prose, and none of
/// them is removed, replaced by a letter or composed with a neighbour into one.
fn is_sign(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{2010}'..='\u{2029}' | '\u{202f}'..='\u{205e}')
}

/// The first word of the folded `text` at or after `from`.
fn next_word(text: &str, from: usize) -> Option<Range<usize>> {
    let start = from + text[from..].find(char::is_alphanumeric)?;
    let mut chars = text[start..].char_indices();
    let alone = chars.next().is_some_and(|(_, c)| is_unspaced(c));
    let goes_on =
        |c: char| is_combining_mark(c) || (!alone && c.is_alphanumeric() && !is_unspaced(c));
    let end = chars.find(|(_, c)| !goes_on(*c)).map_or(text.len(), |(at, _)| start + at);
    Some(start..end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The words of `source`, as they stand in it.
    fn words(source: &str) -> String {
        let words = Words::read(source);
        assert_eq!(words.hashes().len(), words.spans().count(), "{source}");
        let spans = words.spans().map(|span| &source[span.range()]);
        spans.collect::<Vec<_>>().join("|")
    }

    #[test]
    fn every_sign_separates_words() {
        #[rustfmt::skip]
        let cases = [
            ("The mayor’s plan",          "The|mayor|s|plan"),
            ("a U.S.-brokered deal",      "a|U|S|brokered|deal"),
            ("$1.1 billion, 17,000",      "1|1|billion|17|000"),
            ("“cafe\u{301}”—naïve…",      "cafe\u{301}|naïve"),
            ("co\u{ad}operate \u{feff}so", "co\u{ad}operate|so"),
            ("平和 a平b",                  "平|和|a|平|b"),
            ("１７ ﬁve",                   "１７|ﬁve"),
            ("— … $ “ ”",                 ""),
            ("",                          ""),
        ];
        for (source, expected) in cases {
            assert_eq!(words(source), expected, "{source}");
        }
    }

    #[test]
    fn typography_and_case_do_not_count() {
        #[rustfmt::skip]
        let cases = [
            ("The MAYOR’s",       "the mayor's"),
            ("co\u{ad}operate",   "Cooperate"),
            ("ÉCOLE, ŁÓDŹ",       "e\u{301}cole łódź"),
            ("１７ ＡＢＣ ﬁve",     "17 abc five"),
            ("U.S.\u{2011}led",   "u s led"),
        ];
        for (left, right) in cases {
            assert_eq!(Words::read(left).hashes(), Words::read(right).hashes(), "{left}");
        }
    }

    #[test]
    fn different_words_differ() {
        let words = Words::read(
            "a aa b ab ba 1 11 0 00 plan plans internationalisation internationalization \
             internationalisations internationa internation e é ecole école 0a a0 aaaaaaaa aaaaaaaaa",
        );
        let mut hashes = words.hashes().to_vec();
        hashes.sort_unstable();
        hashes.dedup();
        assert_eq!(hashes.len(), words.hashes().len());
    }

    #[test]
    fn a_hash_never_changes_between_versions() {
        assert_eq!(
            Words::read("a international école").hashes(),
            [2_538_442_803, 3_253_046_797, 5_013_899]
        );
    }

    /// Words of ASCII, of typographic signs, of letters that are folded and of any others.
    fn troubled() -> impl Strategy<Value = String> {
        let special = "[a-zA-Z0-9 .,\n“”’—\u{a0}\u{ad}\u{200b}\u{feff}\u{301}\u{338}\
                       \u{1100}\u{1161}\u{11a8}\u{ac00}ﬁ…Ａ１=é平か]{0,100}";
        prop_oneof![special, any::<String>(), "\\PC{0,12}", "[a-zé ]{50,140}"]
    }

    proptest! {
        #[test]
        fn folding_first_gives_the_same_words(source in troubled()) {
            let folded = Folded::new(&source);
            let (plain, first) = (Words::read(&source), Words::read(folded.text()));
            prop_assert_eq!(plain.hashes(), first.hashes());
        }

        #[test]
        fn words_are_those_of_the_definition(source in troubled()) {
            let folded = Folded::new(&source);
            let mut expected = Vec::new();
            let mut rest = 0;
            while let Some(word) = next_word(folded.text(), rest) {
                rest = word.end;
                expected.push(folded.original(Span::new(word.start, word.end)));
            }
            prop_assert_eq!(Words::read(&source).spans().collect::<Vec<_>>(), expected);
        }

        #[test]
        fn a_scratch_remembers_nothing(before in troubled(), source in troubled()) {
            let mut scratch = Scratch::default();
            let _ = scratch.read(&before);
            prop_assert_eq!(scratch.read(&source), Words::read(&source));
        }
    }
}
