//! A sieve for look-ups that mostly fail: every word of a corpus is asked for.
//!
//! In:  the wanted hashes.
//! Out: for another hash, a quick no or a maybe.

/// Lets every wanted hash pass and few others.
pub(crate) struct Sieve {
    bits: Vec<u64>,
}

impl Sieve {
    /// Bits for each wanted hash: of the others one in sixteen passes.
    const SPARSENESS: usize = 16;

    pub(crate) fn new(wanted: impl ExactSizeIterator<Item = u64>) -> Self {
        let words = (wanted.len() * Self::SPARSENESS / 64 + 1).next_power_of_two();
        let mut sieve = Self { bits: vec![0; words] };
        for hash in wanted {
            let (word, bit) = sieve.place(hash);
            sieve.bits[word] |= bit;
        }
        sieve
    }

    pub(crate) fn passes(&self, hash: u64) -> bool {
        let (word, bit) = self.place(hash);
        self.bits[word] & bit != 0
    }

    /// The upper half of the hash says which word, its lowest bits which bit.
    fn place(&self, hash: u64) -> (usize, u64) {
        let upper = usize::try_from(hash >> 32).expect("32 bits fit");
        (upper & (self.bits.len() - 1), 1 << (hash & 63))
    }
}
