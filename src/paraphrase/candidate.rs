//! Two sentences that may say the same, and how they are shown.
//!
//! In:  two sentences with the words that answer to each other.
//! Out: [`Candidate`], and the [`Paraphrase`] that it becomes.
//! Not here: finding the two (`compare`).

use super::Paraphrase;
use super::WordPair;
use super::clause;
use super::event::Weighed;
use super::matching::Matching;
use super::score::Signs;
use super::sentence::Sentence;
use crate::span::Place;
use crate::span::Span;
use crate::text::Form;
use crate::text::Text;
use std::ops::Range;

/// Two sentences of different documents that may say the same.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The texts, as indices into those compared: the left one comes first.
    pub texts: [usize; 2],
    /// The unit in each text.
    pub units: [u32; 2],
    /// What speaks for it.
    pub signs: Signs,
    /// The tokens of each unit.
    tokens: [Range<u32>; 2],
    /// The tokens that answer to each other.
    words: Vec<Answer>,
    /// The share of the words of both that they are, by weight.
    coverage: f32,
}

/// Two tokens that answer to each other.
#[derive(Clone, Copy, Debug)]
struct Answer {
    tokens: [u32; 2],
    /// Whether they are of one stem.
    is_same: bool,
    /// Whether they are a number in digits.
    is_number: bool,
    /// What the match is worth on each side, in nats.
    worth: [f32; 2],
}

impl Candidate {
    pub(super) fn new(
        texts: [usize; 2],
        sentences: [&Sentence; 2],
        weighed: [&Weighed; 2],
        matching: &Matching,
        signs: Signs,
    ) -> Self {
        let words = matching.matches.iter().map(|found| {
            let at = [found.left, found.right];
            let words = [0, 1].map(|side| &sentences[side].words[at[side]]);
            let is_same = words[0].stem == words[1].stem;
            Answer {
                tokens: words.map(|word| word.token),
                is_same,
                is_number: is_same && sentences[0].numbers.contains_key(&Form(words[0].stem)),
                worth: [0, 1].map(|side| weighed[side].weights[at[side]] * found.strength),
            }
        });
        Self {
            texts,
            units: sentences.map(|sentence| sentence.unit),
            signs,
            tokens: sentences.map(|sentence| sentence.tokens.clone()),
            words: words.collect(),
            coverage: matching.coverage,
        }
    }

    /// The candidate as it is shown: the clauses that carry what is shared.
    pub(super) fn paraphrase(&self, texts: &[Text], probability: f64) -> Paraphrase {
        let places = [0, 1].map(|side| {
            let text = &texts[self.texts[side]];
            let weights: Vec<(u32, f32)> =
                self.words.iter().map(|word| (word.tokens[side], word.worth[side])).collect();
            let numbers = self.words.iter().filter(|word| word.is_number);
            let numbers: Vec<u32> = numbers.map(|word| word.tokens[side]).collect();
            let core = clause::core(text, &self.tokens[side], &weights, &numbers);
            Place { doc: text.doc, span: crate::align::span(text, &core) }
        });
        let span = |side: usize, token: u32| texts[self.texts[side]].tokens[token as usize].span;
        let pairs = self.words.iter().map(|word| WordPair {
            left: span(0, word.tokens[0]),
            right: span(1, word.tokens[1]),
            is_same: word.is_same,
        });
        let is_inside = |pair: &WordPair| {
            places[0].span.contains(pair.left) && places[1].span.contains(pair.right)
        };
        Paraphrase {
            left: places[0],
            right: places[1],
            left_unit: self.units[0],
            right_unit: self.units[1],
            probability,
            similarity: f64::from(self.coverage),
            copied: false,
            words: pairs.filter(is_inside).collect(),
        }
    }

    /// The units, whole.
    pub fn spans(&self, texts: &[Text]) -> [Span; 2] {
        [0, 1].map(|side| texts[self.texts[side]].units[self.units[side] as usize].span)
    }
}
