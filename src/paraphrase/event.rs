//! The null model: what every sentence about one event says.
//!
//! Articles about one event share its names and subject in most of their sentences, so
//! that these are no sign that two sentences say the same. A word counts less the more
//! sentences of the event have it, and the mean direction of all of them is taken away
//! from each.
//!
//! In:  the sentences of documents on one event.
//! Out: how much a word counts, and [`Weighed`] sentences.
//! Not here: which documents are on one event (`related`).

use super::sentence::Sentence;
use super::sentence::Word;
use super::vocabulary::Vocabulary;
use crate::embedding::Vector;
use rustc_hash::FxHashMap;

/// How much of the mean direction is taken away: all of it loses what an event's own
/// words say. The value was measured by the makers of the table, on news events.
const MEAN_SHARE: f32 = 0.7;

/// Keeps a word that all sentences have from counting nothing.
const RARENESS_MIN: f32 = 0.05;

/// Fewer sentences than this have no mean to speak of.
const SENTENCES_MIN: f32 = 4.0;

/// What is common to sentences about one event.
#[derive(Clone, Debug)]
pub(super) struct Event {
    /// How rare each stem is among the sentences, from nearly 0 in all to about 1 in one.
    rareness: FxHashMap<u64, f32>,
    mean: Vector,
    /// The same of the directions that a model gives.
    modelled: Vector,
}

/// A sentence as it counts among others about the same event.
#[derive(Clone, Debug)]
pub(super) struct Weighed {
    /// The weight of each of its words, in nats.
    pub(super) weights: Vec<f32>,
    /// The sum of the weights.
    pub(super) mass: f32,
    /// Its direction, without what all have in common.
    pub(super) direction: Vector,
    /// The same of the direction that a model gives it.
    pub(super) modelled: Option<Vector>,
}

impl Event {
    /// The event of `sentences`.
    pub(super) fn of<'s>(sentences: impl Iterator<Item = &'s Sentence> + Clone) -> Self {
        let mut counts: FxHashMap<u64, f32> = FxHashMap::default();
        let mut count = 0.0_f32;
        for sentence in sentences.clone() {
            count += 1.0;
            // A sentence has each stem once.
            for word in &sentence.words {
                *counts.entry(word.stem).or_default() += 1.0;
            }
        }
        let all = (count + 1.0).ln();
        let rareness = |with: f32| ((all - with.ln() + RARENESS_MIN) / all).sqrt();
        let rareness = counts.into_iter().map(|(stem, with)| (stem, rareness(with))).collect();
        let (mean, modelled) = if count < SENTENCES_MIN {
            Default::default()
        } else {
            let modelled = sentences.clone().filter_map(|sentence| sentence.modelled.as_ref());
            (Vector::mean(sentences.map(|sentence| &sentence.vector)), Vector::mean(modelled))
        };
        Self { rareness, mean, modelled }
    }

    /// The sentence with what its words count here.
    pub(super) fn weigh(&self, sentence: &Sentence, vocabulary: &Vocabulary) -> Weighed {
        let weight = |word: &Word| vocabulary.entry(word.number).rarity * self.rareness(word.stem);
        let weights: Vec<f32> = sentence.words.iter().map(weight).collect();
        Weighed {
            mass: weights.iter().sum(),
            weights,
            direction: sentence.vector.without(&self.mean, MEAN_SHARE),
            modelled: (sentence.modelled.as_ref())
                .map(|vector| vector.without(&self.modelled, MEAN_SHARE)),
        }
    }

    /// How rare a stem is among the sentences; a number that is no telling word may be in
    /// none of them.
    pub(super) fn rareness(&self, stem: u64) -> f32 {
        self.rareness.get(&stem).copied().unwrap_or(1.0)
    }
}
