//! The table: pieces of words, their vectors, and how rare they are.
//!
//! The format, PSTATIC1, is little-endian and without alignment: eight bytes of magic;
//! `u32` pieces, dimensions, bits and bytes of vocabulary; the vocabulary, a piece a line,
//! where `##` marks one that continues a word; an `f32` scale and then a byte of rarity
//! for each piece; two 4-bit numbers a byte, the lower one first.

use super::Vector;
use super::vector::DIMENSIONS;
use std::collections::HashMap;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

static BYTES: &[u8] = include_bytes!("../../model/pstatic-en-256-q4.bin");

/// Read on first use: a command that compares nothing does not pay for it.
static TABLE: LazyLock<Table> =
    LazyLock::new(|| Table::read(BYTES).expect("the table in the program is whole"));

/// Longer words are addresses and codes, about which the table knows nothing.
const LETTERS_MAX: usize = 64;

/// Rarity of a word that is more than one piece, in nats. Such words were not counted.
const RARITY_MAX: f32 = 10.0;

/// The vectors of pieces of words.
#[derive(Debug)]
pub struct Table {
    /// Pieces that begin a word.
    first: HashMap<&'static str, u32>,
    /// Pieces that continue one, without their mark.
    later: HashMap<&'static str, u32>,
    piece_bytes_max: usize,
    scales: Vec<f32>,
    rarities: &'static [u8],
    /// Two numbers a byte.
    rows: &'static [u8],
}

impl Table {
    /// The table that is part of the program.
    pub fn embedded() -> &'static Self {
        &TABLE
    }

    /// Reads a table; `None` when it is not whole.
    fn read(bytes: &'static [u8]) -> Option<Self> {
        let mut rest = Rest(bytes.strip_prefix(b"PSTATIC1")?);
        let pieces = rest.number()?;
        let shape = [rest.number()?, rest.number()?];
        let vocabulary_bytes = rest.number()?;
        let vocabulary = std::str::from_utf8(rest.take(vocabulary_bytes)?).ok()?;
        let scales = rest.take(4 * pieces)?;
        let rarities = rest.take(pieces)?;
        let rows = rest.take(pieces * DIMENSIONS / 2)?;
        if shape != [DIMENSIONS, 4] || vocabulary.split('\n').count() != pieces {
            return None;
        }
        let (mut first, mut later) = (HashMap::with_capacity(pieces), HashMap::new());
        for (index, piece) in (0..).zip(vocabulary.split('\n')) {
            match piece.strip_prefix("##") {
                Some(piece) => later.insert(piece, index),
                None => first.insert(piece, index),
            };
        }
        let scale = |bytes: &[u8]| f32::from_le_bytes(bytes.try_into().expect("four bytes"));
        Some(Self {
            first,
            later,
            piece_bytes_max: vocabulary.split('\n').map(str::len).max()?,
            scales: scales.chunks_exact(4).map(scale).collect(),
            rarities,
            rows,
        })
    }

    /// The direction of a text whose words are `words`.
    pub fn vector<'w>(&self, words: impl IntoIterator<Item = &'w str>) -> Vector {
        let mut sum = Box::new([0.0; DIMENSIONS]);
        for word in words {
            self.pieces(word).into_iter().for_each(|piece| self.add(piece, &mut sum));
        }
        Vector::new(sum)
    }

    /// How rare `word` is in English news and encyclopaedias, in nats: the logarithm of
    /// the share of sentences without it.
    pub fn rarity(&self, word: &str) -> f32 {
        match self.pieces(word)[..] {
            [piece] => (f32::from(self.rarities[piece as usize]) / 20.0).min(RARITY_MAX),
            _ => RARITY_MAX,
        }
    }

    /// The pieces of a word, by the longest match first; none when a rest is unknown.
    fn pieces(&self, word: &str) -> Vec<u32> {
        let word = plain(word);
        let mut pieces = Vec::new();
        let mut at = 0;
        while at < word.len() {
            let known = if at == 0 { &self.first } else { &self.later };
            let end = word.len().min(at + self.piece_bytes_max);
            let longest = (at + 1..=end)
                .rev()
                .filter_map(|end| word.get(at..end))
                .find_map(|piece| known.get_key_value(piece));
            let Some((piece, index)) = longest else { return Vec::new() };
            pieces.push(*index);
            at += piece.len();
        }
        pieces
    }

    fn add(&self, piece: u32, sum: &mut [f32; DIMENSIONS]) {
        let piece = piece as usize;
        let scale = self.scales[piece];
        let row = &self.rows[piece * DIMENSIONS / 2..][..DIMENSIONS / 2];
        for (pair, byte) in sum.chunks_exact_mut(2).zip(row) {
            // Sign-extended from four bits.
            let [low, high] = [(byte << 4).cast_signed() >> 4, byte.cast_signed() >> 4];
            pair[0] += scale * f32::from(low);
            pair[1] += scale * f32::from(high);
        }
    }
}

/// A word as the table spells it: letters and digits, in lower case, without accents.
fn plain(word: &str) -> String {
    if word.chars().nth(LETTERS_MAX).is_some() {
        return String::new();
    }
    if word.is_ascii() {
        let letters = word.chars().filter(char::is_ascii_alphanumeric);
        return letters.map(|c| c.to_ascii_lowercase()).collect();
    }
    let lower = word.chars().flat_map(char::to_lowercase);
    lower.nfd().filter(|c| c.is_alphanumeric() && !is_combining_mark(*c)).collect()
}

/// What is left of some bytes.
struct Rest<'b>(&'b [u8]);

impl<'b> Rest<'b> {
    fn take(&mut self, count: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn number(&mut self) -> Option<usize> {
        let bytes = self.take(4)?.try_into().ok()?;
        usize::try_from(u32::from_le_bytes(bytes)).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sha2::Digest;
    use sha2::Sha256;

    #[test]
    fn the_table_is_the_published_one() {
        let hash: &[u8] = &Sha256::digest(BYTES);
        let stated = "e6cca0fd3929739896465bcc4f6dc62cb3ac188dd075aaedef669ea1651056ee";
        let stated = (0..64).step_by(2).map(|at| u8::from_str_radix(&stated[at..at + 2], 16));

        assert_eq!(hash, stated.collect::<Result<Vec<u8>, _>>().unwrap());
    }

    #[test]
    fn a_cut_off_or_foreign_table_is_refused() {
        for length in [0, 7, 8, 23, 24, 1_000, BYTES.len() - 1] {
            assert!(Table::read(&BYTES[..length]).is_none(), "{length}");
        }
        assert!(Table::read(b"PSTATIC2").is_none());
    }

    /// The first numbers of a sentence's vector, as the program that made the table has them.
    #[test]
    fn a_sentence_has_the_vector_of_the_reference() {
        let reference: serde_json::Value =
            serde_json::from_str(include_str!("../../model/test_vectors.json")).unwrap();
        for row in reference.as_array().unwrap() {
            let words = row["words"].as_array().unwrap().iter().map(|word| word.as_str().unwrap());
            let words: Vec<&str> =
                words.filter(|word| word.chars().all(char::is_alphanumeric)).collect();
            if words.len() < row["words"].as_array().unwrap().len() {
                continue;
            }
            let vector = Table::embedded().vector(words);
            for (value, wanted) in vector.values().iter().zip(row["vector"].as_array().unwrap()) {
                assert!((f64::from(*value) - wanted.as_f64().unwrap()).abs() < 1e-5, "{row}");
            }
        }
    }

    #[test]
    fn words_of_one_meaning_are_near_each_other() {
        let table = Table::embedded();
        let near = |left, right| table.vector([left]).cosine(&table.vector([right]));

        assert!(near("deal", "agreement") > 0.4);
        assert!(near("Präsident", "präsident") > 0.999);
        assert!(near("deal", "tungsten") < 0.3);
        assert!(near("", "deal").abs() < f32::EPSILON);
    }

    #[test]
    fn common_words_are_less_rare() {
        let table = Table::embedded();

        assert!(table.rarity("the") < 1.0);
        assert!(table.rarity("agreement") > 4.0);
        assert!((table.rarity("Zhanbolat") - RARITY_MAX).abs() < f32::EPSILON);
    }
}
