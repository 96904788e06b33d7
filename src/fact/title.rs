//! Titles: which office a person holds.
//!
//! In:  a [`Sentence`].
//! Out: facts about offices, by the full name.
//! Not here: whether one person can hold two (`claims::are_exclusive`).

use super::Answer;
use super::Fact;
use super::Question;
use super::Sentence;
use crate::claims::Value;

/// Adds the offices of `sentence`.
pub(super) fn read(sentence: &Sentence, facts: &mut Vec<Fact>) {
    for claim in &sentence.claims[sentence.range.clone()] {
        if let Value::Title { name, office } = &claim.value {
            let question = Question::Title(name.to_string());
            let marks = vec![claim.place.span];
            facts.push(sentence.fact(marks, question, Answer::Title(office.to_string())));
        }
    }
}
