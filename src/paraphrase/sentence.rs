//! Sentences as bags of telling words.
//!
//! In:  one text and the vocabulary.
//! Out: [`Sentence`]s, one a unit that says something.
//! Not here: how telling a word is among the texts at hand (`event`).

use super::Scope;
use super::clause;
use super::vocabulary::Vocabulary;
use super::vocabulary::word;
use crate::embedding::Table;
use crate::embedding::Vector;
use crate::text::Form;
use crate::text::Role;
use crate::text::Text;
use crate::text::Unit;
use std::collections::BTreeMap;
use std::collections::HashSet;
use std::ops::Range;

/// Telling words of a unit that are compared: one with more is no sentence, but a table or
/// a list without full stops, and comparing two costs the product of their words.
const WORDS_MAX: usize = 120;

/// Telling words, figures aside, of a unit that states something.
const WORDS_MIN: usize = 2;

/// The same for a caption: a shorter one is a dateline or a byline.
const CAPTION_WORDS_MIN: usize = 5;

/// A word of a sentence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    /// Where it stands, as an index into the tokens of its text.
    pub(super) token: u32,
    /// Its number in the vocabulary.
    pub(super) number: u32,
    /// What it shares with its inflections.
    pub(super) stem: u64,
    /// Which clause of the sentence it is in.
    pub(super) clause: usize,
}

/// A unit of a text, or a clause of one, as it is compared.
#[derive(Clone, Debug)]
pub(super) struct Sentence {
    /// Index of the unit in its text.
    pub(super) unit: u32,
    /// Its tokens, as indices into its text.
    pub(super) tokens: Range<u32>,
    /// Its telling words, each stem once, in reading order.
    pub(super) words: Vec<Word>,
    /// The numbers in it that are written in digits, and what each tells, in nats.
    pub(super) numbers: BTreeMap<Form, f32>,
    /// The direction of all its words.
    pub(super) vector: Vector,
    /// The direction that a model gives it, if there is one.
    pub(super) modelled: Option<Vector>,
    /// Whether it is a heading or a caption: a label that states little.
    pub(super) is_label: bool,
}

/// The sentences of `text` that have enough telling words. One that repeats another word by
/// word is left out, and so is boilerplate.
pub(super) fn sentences(text: &Text, vocabulary: &Vocabulary, scope: &Scope) -> Vec<Sentence> {
    let mut seen = HashSet::new();
    let is_new = |(_, unit): &(u32, &Unit)| {
        seen.insert(text.unit_tokens(unit).iter().map(|token| token.form).collect::<Vec<Form>>())
    };
    let sentence = |(index, unit): (u32, &Unit)| {
        let tokens = text.unit_tokens(unit);
        let numbers = tokens.iter().filter(|token| is_number(text.word(token)));
        Sentence {
            unit: index,
            tokens: unit.tokens.clone(),
            words: telling(text, &unit.tokens, vocabulary),
            numbers: numbers.map(|token| (token.form, told(text.word(token)))).collect(),
            vector: Table::embedded().vector(tokens.iter().map(|token| word(text, token))),
            modelled: None,
            is_label: matches!(unit.role, Role::Heading | Role::Caption),
        }
    };
    let states = |sentence: &Sentence| {
        let is_caption = text.units[sentence.unit as usize].role == Role::Caption;
        let named = sentence
            .words
            .iter()
            .filter(|word| !is_number(text.word(&text.tokens[word.token as usize])));
        named.count() >= if is_caption { CAPTION_WORDS_MIN } else { WORDS_MIN }
    };
    let is_own = |(_, unit): &(u32, &Unit)| {
        let left_out = unit.tokens.clone().filter(|token| (scope.boilerplate)(text.doc, *token));
        2 * left_out.count() <= unit.tokens.len()
    };
    let units = (0..).zip(&text.units).filter(is_new).filter(is_own);
    units.map(sentence).filter(states).collect()
}

/// The telling words of some tokens, each stem where it stands first.
fn telling(text: &Text, tokens: &Range<u32>, vocabulary: &Vocabulary) -> Vec<Word> {
    let mut seen = HashSet::new();
    let borders = clause::borders(text, tokens);
    let found = |token: u32| {
        let number = vocabulary.number(word(text, &text.tokens[token as usize]))?;
        let clause = clause::of(&borders, token);
        Some(Word { token, number, stem: vocabulary.entry(number).stem, clause })
    };
    tokens.clone().filter_map(found).filter(|word| seen.insert(word.stem)).take(WORDS_MAX).collect()
}

/// Nats that a year tells: most years in the news are one of a few dozen.
const YEAR_NATS: f32 = 3.4;

/// What a number in digits tells, in nats, if numbers are the rarer the larger they are:
/// that two texts have 20,000 in common is no chance, that they have 2 is one.
fn told(number: &str) -> f32 {
    match number.replace(',', "").parse::<f32>() {
        Ok(year) if (1900.0..2100.0).contains(&year) && year.fract() == 0.0 => YEAR_NATS,
        Ok(value) => (1.0 + value).ln(),
        Err(_) => 1.0,
    }
}

fn is_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}
