//! The gate: shingles that no passage can be built on, whoever shares them.
//!
//! In a large archive most shingles that two documents share are names and phrases that
//! stand alone. Pairs of documents would grow with their square. What a passage can say
//! at most is known from one document: only words in shingles that others have can be
//! shared, and each says the less the more have it. Where that is too little, the
//! shingle is joined with nothing.
//!
//! In:  the words of a document and the classes of its shingles.
//! Out: fewer fingerprints.
//! Not here: what a word says (`evidence`).

use super::census::Class;
use super::compare::Evidence as _;
use super::evidence::Archival;
use super::fingerprint::SHINGLE_WORDS;

/// Words on each side of a shingle that are counted with it. A passage with an edit in
/// every tenth word has one within reach; a passage goes on for long, a name does not.
const NEAR_WORDS: usize = 8;

/// What must stand there, in eighths of what a passage needs. Not all: words beyond an
/// edit may be shared without a shingle of their own.
///
/// Measured on a made archive of 100,000 documents (`benches/reuse`): of 12.6 million
/// seeds 3.4 million are left, and of the planted passages .9954 are found, not .9956.
const NEEDED_EIGHTHS: u32 = 7;

/// The gate, with buffers for one document after another.
pub(super) struct Gate<'a> {
    evidence: &'a Archival<'a>,
    needed: u32,
    most: Vec<u32>,
    /// What the words before each position say at most.
    before: Vec<u32>,
}

impl<'a> Gate<'a> {
    pub(super) fn new(evidence: &'a Archival) -> Self {
        let needed = evidence.needed() / 8 * NEEDED_EIGHTHS;
        Self { evidence, needed, most: Vec::new(), before: Vec::new() }
    }

    /// Puts `none` in the place of the `values` of shingles that lead to nothing.
    pub(super) fn close(
        &mut self,
        (words, classes): (&[u32], &[Class]),
        values: &mut [u64],
        none: u64,
    ) {
        self.most.clear();
        self.evidence.most(words, classes, &mut self.most);
        self.before.clear();
        self.before.push(0);
        let sums = self.most.iter().scan(0_u32, |sum, most| {
            *sum = sum.saturating_add(*most);
            Some(*sum)
        });
        self.before.extend(sums);
        for (at, value) in values.iter_mut().enumerate().filter(|(_, value)| **value != none) {
            let from = at.saturating_sub(NEAR_WORDS);
            let to = (at + SHINGLE_WORDS + NEAR_WORDS).min(words.len());
            if self.before[to] - self.before[from] < self.needed {
                *value = none;
            }
        }
    }
}
