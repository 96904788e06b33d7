//! What words of a draft say for reuse, by what the index knows of them.
//!
//! A draft is only *found* here, so few words suffice; `align` judges the passages.
//! Wording that very many documents carry says little: sixty words of boilerplate must
//! not bring in whoever ends an article with them, and a wire story that as many
//! outlets carry must be found all the same, by its length.
//!
//! In:  the shingles of the draft that are common.
//! Out: weights for [`compare`](crate::reuse::archive::compare).

use crate::reuse::archive::BIT;
use crate::reuse::archive::Evidence;
use crate::reuse::archive::SHINGLE_WORDS;
use crate::reuse::archive::fingerprints;
use std::collections::HashSet;

/// A word of ordinary wording.
const WORD: u32 = 8 * BIT;

/// A word in wording that very many documents carry: a sixteenth.
const COMMON_WORD: u32 = BIT / 2;

/// Six words of ordinary wording, or some hundred of common wording.
const NEEDED: u32 = 6 * WORD;

/// Weights by how many documents carry a shingle.
pub(crate) struct Common {
    shingles: HashSet<u64>,
}

impl Common {
    /// The fingerprints of the shingles that very many documents carry.
    pub(crate) fn new(shingles: HashSet<u64>) -> Self {
        Self { shingles }
    }
}

impl Evidence for Common {
    fn weigh(&self, run: &[u32], weights: &mut Vec<u32>) {
        let start = weights.len();
        weights.extend(run.iter().map(|_| WORD));
        if self.shingles.is_empty() {
            return;
        }
        for (at, fingerprint) in fingerprints(run).enumerate() {
            if self.shingles.contains(&fingerprint) {
                weights[start + at..start + at + SHINGLE_WORDS].fill(COMMON_WORD);
            }
        }
    }

    fn needed(&self) -> u32 {
        NEEDED
    }
}
