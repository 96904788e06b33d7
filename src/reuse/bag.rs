//! The evidence of a word, given a stretch of the other text.
//!
//! A model of two cases. In a reused passage a word was taken from the other
//! stretch with probability *share*, else it is a word like any other. In
//! unrelated text every word is a word like any other, and stands in a stretch
//! of *n* words by chance *c* = 1 − exp(−rate · n). So a word that stands in the
//! other stretch is evidence ln((share + (1 − share) c) / c) for reuse, and one
//! that does not is evidence ln(1 − share), which is negative. Evidence is in
//! nats and adds up over words.
//!
//! In:  a plane, a stretch of one side and a share.
//! Out: [`Bag`], which weighs the words of the other side.
//! Not here: which stretches to look at (`search`).

use crate::reuse::plane::LONE;
use crate::reuse::plane::Plane;
use crate::reuse::plane::Stretch;
use crate::reuse::plane::count;

/// The least share looked for: below, a passage is no denser than its topic.
/// From .05 to .2 the PAN score is the same.
const SHARE_MIN: f32 = 0.12;

/// The greatest share assumed, so that one strange word does not end a passage.
/// From .7 to .95 the PAN score moves by .001.
const SHARE_MAX: f32 = 0.9;

/// Nats that a word must hold to be worth looking for: function words hold less.
const TELLING_EVIDENCE: f32 = 1.0;

/// The words of a stretch, with the evidence that each is.
#[derive(Clone, Debug)]
pub(crate) struct Bag {
    /// By word number: evidence and share of a found word, valid where `turn` is current.
    found: Vec<Found>,
    turn: u32,
    missing: f32,
    /// The most evidence that any of the words is.
    most: f32,
}

#[derive(Clone, Copy, Debug, Default)]
struct Found {
    turn: u32,
    evidence: f32,
    /// How likely such a word was taken rather than met by chance.
    taken: f32,
}

impl Bag {
    /// An empty bag for the words of `plane`.
    pub(crate) fn new(plane: &Plane) -> Self {
        Self { found: vec![Found::default(); plane.rates.len()], turn: 0, missing: 0.0, most: 0.0 }
    }

    /// Replaces the contents by the words of `stretch` on `side`, and the share.
    pub(crate) fn fill(&mut self, plane: &Plane, side: usize, stretch: Stretch, share: f32) {
        self.turn += 1;
        self.missing = missing(share);
        self.most = 0.0;
        let length = count(stretch.len());
        for word in plane.words(side, stretch) {
            let entry = &mut self.found[*word as usize];
            if *word != LONE && entry.turn != self.turn {
                let chance = chance(plane.rates[*word as usize], length);
                let evidence = found(share, chance);
                *entry = Found { turn: self.turn, evidence, taken: taken(share, chance) };
                self.most = self.most.max(evidence);
            }
        }
    }

    /// The evidence of one word.
    pub(crate) fn evidence(&self, word: u32) -> f32 {
        let entry = &self.found[word as usize];
        if entry.turn == self.turn { entry.evidence } else { self.missing }
    }

    /// Whether the word is in the bag.
    pub(crate) fn holds(&self, word: u32) -> bool {
        self.found[word as usize].turn == self.turn
    }

    /// Whether any word tells reuse from chance; in a refrain none does.
    pub(crate) fn is_telling(&self) -> bool {
        self.most >= TELLING_EVIDENCE
    }

    /// The share that the words of a passage speak for: one step of expectation
    /// maximisation.
    pub(crate) fn share(&self, words: &[u32]) -> f32 {
        let taken = words.iter().filter(|word| self.holds(**word));
        share(taken.map(|word| self.found[*word as usize].taken).sum(), words.len())
    }
}

/// The chance that a word of this rate stands in a stretch of unrelated text.
pub(crate) fn chance(rate: f32, length: f32) -> f32 {
    1.0 - (-rate * length).exp()
}

/// The evidence of a word that stands in the other stretch.
pub(crate) fn found(share: f32, chance: f32) -> f32 {
    ((share + (1.0 - share) * chance) / chance).ln()
}

/// The evidence of a word that does not.
pub(crate) fn missing(share: f32) -> f32 {
    (1.0 - share).ln()
}

/// How likely a word that stands in both was taken, rather than met by chance.
pub(crate) fn taken(share: f32, chance: f32) -> f32 {
    share / (share + (1.0 - share) * chance)
}

/// The share of a passage of `length` words of which about `taken` were taken.
pub(crate) fn share(taken: f32, length: usize) -> f32 {
    ((taken + 0.5) / (count(length) + 1.0)).clamp(SHARE_MIN, SHARE_MAX)
}
