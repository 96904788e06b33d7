//! Which word of one sentence answers to which of the other.
//!
//! Greedy one-to-one word alignment, the strongest first, as in Sultan, Bethard and
//! Sumner, "Back to Basics for Monolingual Alignment", TACL 2 (2014), with static
//! vectors in place of a paraphrase database and without its dependency contexts.
//!
//! In:  two weighed sentences.
//! Out: [`Matching`].

use super::event::Weighed;
use super::sentence::Sentence;
use super::vocabulary::Entry;
use super::vocabulary::Vocabulary;
use std::cmp::Ordering;

/// Two words that answer to each other, as indices into the words of their sentences.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Match {
    pub(super) left: usize,
    pub(super) right: usize,
    /// 1 for words of one stem, less for words of like meaning.
    pub(super) strength: f32,
}

/// The words that answer to each other, and what they are worth.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Matching {
    pub(super) matches: Vec<Match>,
    /// The weight of what is matched, by strength, on the side where it is less, in nats.
    pub(super) evidence: f32,
    /// The share of both sides that is matched, from 0 to 1: a harmonic mean.
    pub(super) coverage: f32,
    /// How well the two clauses fit that fit best, from 0 to 1: their coverage, as far as
    /// the evidence in them goes.
    pub(super) clause: f32,
}

/// Nats in a pair of clauses that are evidence enough: two words of an event's own.
const CLAUSE_EVIDENCE: f32 = 20.0;

/// Cosine below which two words are unrelated: neighbours in a sentence reach it by chance.
const COSINE_MIN: f32 = 0.35;

/// Weaker matches are left out: they would only take a word from a better one.
const STRENGTH_MIN: f32 = 0.02;

/// Matches the words of two sentences.
pub(super) fn matching(
    sentences: [&Sentence; 2],
    weighed: [&Weighed; 2],
    vocabulary: &Vocabulary,
) -> Matching {
    let mut taken = weighed.map(|side| vec![false; side.weights.len()]);
    let mut held = [0.0_f32; 2];
    let mut matches = Vec::new();
    for candidate in candidates(sentences, weighed, vocabulary) {
        let Match { left, right, strength } = candidate;
        if !taken[0][left] && !taken[1][right] {
            (taken[0][left], taken[1][right]) = (true, true);
            held[0] += strength * weighed[0].weights[left];
            held[1] += strength * weighed[1].weights[right];
            matches.push(candidate);
        }
    }
    matches.sort_by_key(|found| found.left);
    let coverage = share(held, weighed.map(|side| side.mass));
    let clause = best_clause(&matches, sentences, weighed);
    Matching { matches, evidence: held[0].min(held[1]), coverage, clause }
}

/// The harmonic mean of what is `held` of the mass of both sides.
fn share(held: [f32; 2], mass: [f32; 2]) -> f32 {
    let [left, right] = [0, 1].map(|side| held[side] / mass[side].max(f32::EPSILON));
    2.0 * left * right / (left + right).max(f32::EPSILON)
}

/// How well the clauses fit that fit best.
fn best_clause(matches: &[Match], sentences: [&Sentence; 2], weighed: [&Weighed; 2]) -> f32 {
    let clauses = sentences.map(|sentence| sentence.words.last().map_or(0, |word| 1 + word.clause));
    let mut mass = clauses.map(|count| vec![0.0_f32; count]);
    for side in 0..2 {
        for (word, weight) in sentences[side].words.iter().zip(&weighed[side].weights) {
            mass[side][word.clause] += weight;
        }
    }
    let mut held = vec![[0.0_f32; 2]; clauses[0] * clauses[1]];
    for found in matches {
        let at = [found.left, found.right];
        let clause = [0, 1].map(|side| sentences[side].words[at[side]].clause);
        let held = &mut held[clause[0] * clauses[1] + clause[1]];
        (0..2).for_each(|side| held[side] += found.strength * weighed[side].weights[at[side]]);
    }
    let fit = |(index, held): (usize, &[f32; 2])| {
        let enough = (held[0].min(held[1]) / CLAUSE_EVIDENCE).min(1.0);
        enough * share(*held, [mass[0][index / clauses[1]], mass[1][index % clauses[1]]])
    };
    held.iter().enumerate().map(fit).fold(0.0, f32::max)
}

/// All pairs of words that may answer to each other, the best first.
fn candidates(
    sentences: [&Sentence; 2],
    weighed: [&Weighed; 2],
    vocabulary: &Vocabulary,
) -> Vec<Match> {
    let mut found = Vec::new();
    for (left, word) in sentences[0].words.iter().enumerate() {
        let entry = vocabulary.entry(word.number);
        for (right, other) in sentences[1].words.iter().enumerate() {
            let strength = strength(entry, vocabulary.entry(other.number));
            if strength > STRENGTH_MIN {
                found.push(Match { left, right, strength });
            }
        }
    }
    let weight =
        |found: &Match| weighed[0].weights[found.left].min(weighed[1].weights[found.right]);
    found.sort_by(|a, b| {
        b.strength
            .total_cmp(&a.strength)
            .then_with(|| weight(b).total_cmp(&weight(a)))
            .then_with(|| place_in(a, sentences).cmp(&place_in(b, sentences)))
    });
    found
}

/// Breaks ties alike whichever sentence comes first.
fn place_in(found: &Match, sentences: [&Sentence; 2]) -> impl Ord + use<> {
    let stems = [sentences[0].words[found.left].stem, sentences[1].words[found.right].stem];
    match stems[0].cmp(&stems[1]) {
        Ordering::Greater => [stems[1], stems[0]],
        _ => stems,
    }
}

/// How well two words answer to each other, from 0 to 1.
fn strength(word: &Entry, other: &Entry) -> f32 {
    if word.stem == other.stem {
        1.0
    } else if word.sketch.is_near(other.sketch) {
        let cosine = word.vector.cosine(&other.vector);
        let above = ((cosine - COSINE_MIN) / (1.0 - COSINE_MIN)).clamp(0.0, 1.0);
        above * above.sqrt()
    } else {
        0.0
    }
}
