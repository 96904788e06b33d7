//! Frequencies: how surprising a word is.
//!
//! Counts the words of a sample of the documents in a table of fixed size. Rare words
//! share places in it, which does no harm: all words rarer than one in a thousand are
//! worth the same.
//!
//! In:  the words of all documents.
//! Out: [`Frequencies`], one byte for each place of the table.
//! Not here: shingles (`census`).

use super::compare::BIT;
use super::layout::Layout;

/// How surprising each word is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frequencies(Box<[u8]>);

const PLACE_BITS: u32 = 18;

/// Words that are counted, about: a word of one in a thousand is among them four
/// thousand times.
const SAMPLE_WORDS: u32 = 1 << 22;

/// What a word can say at most, in bits, however rare. A rare name in two stories
/// says that both are about its bearer, not that one reused the other's wording.
const WORD_BITS_MAX: u32 = 7;

impl Frequencies {
    /// Counts the words of every n-th document, by rank.
    pub(super) fn new(layout: &Layout) -> Self {
        let step = (layout.total_words() / SAMPLE_WORDS).max(1) as usize;
        let mut counts = vec![0_u32; 1 << PLACE_BITS];
        let mut total = 0;
        for rank in (0..layout.count()).step_by(step) {
            let words = layout.words(rank);
            total += words.len() as u64;
            for word in words {
                counts[place(*word)] += 1;
            }
        }
        Self(counts.into_iter().map(|count| surprise(count, total)).collect())
    }

    /// The stored form.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// The frequencies that [`bytes`](Self::bytes) gave; `None` for a table of another size.
    pub fn from_bytes(bytes: Box<[u8]>) -> Option<Self> {
        (bytes.len() == 1 << PLACE_BITS).then_some(Self(bytes))
    }

    /// What `word` says: minus log₂ of its frequency, in 1/[`BIT`] bit, at most seven bits.
    #[inline]
    pub fn surprise(&self, word: u32) -> u32 {
        u32::from(self.0[place(word)])
    }
}

fn place(word: u32) -> usize {
    (word >> (32 - PLACE_BITS)) as usize
}

fn surprise(count: u32, total: u64) -> u8 {
    let most = WORD_BITS_MAX * BIT;
    let bits = if count == 0 { most } else { log2(total, count).min(most) };
    u8::try_from(bits).expect("a few bits of sixteen parts fit")
}

/// log₂ of `total / count` in 1/16, rounded down: integers give the same everywhere.
///
/// The whole part is read off the quotient; each squaring of what remains, a number
/// from one to two, gives one binary digit more.
fn log2(total: u64, count: u32) -> u32 {
    let quotient = (u128::from(total) << 32) / u128::from(count);
    let whole = quotient.max(1 << 32).ilog2() - 32;
    let mut rest = quotient.max(1 << 32) >> whole;
    let mut log = whole;
    for _ in 0..BIT.ilog2() {
        rest = (rest * rest) >> 32;
        log = 2 * log + u32::from(rest >= 2 << 32);
        rest >>= u32::from(rest >= 2 << 32);
    }
    log
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_logarithm_is_exact_to_its_digits() {
        #[rustfmt::skip]
        let cases = [
            (1, 1, 0), (2, 1, 16), (1024, 1, 160), (3, 1, 25), (10, 9, 2), (71_000_000, 7, 372), (1, 2, 0),
        ];
        for (total, count, log) in cases {
            assert_eq!(log2(total, count), log, "{total}/{count}");
        }
    }
}
