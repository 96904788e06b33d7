//! Years: when something was done that no list of acts has.
//!
//! `the tram was built in 1998`, `to be removed by 2028`: a year, and the participle right
//! before it.
//!
//! In:  a [`Sentence`].
//! Out: facts about years, by the verb.
//! Not here: days of acts (`act`), and since when something holds (`count`).

use super::Answer;
use super::Fact;
use super::Question;
use super::Sentence;
use crate::claims::Granularity;
use crate::claims::Kind;
use crate::claims::Value;

/// Participles that do not end in `-ed`.
const IRREGULAR: [&str; 8] = ["begun", "bought", "built", "found", "held", "laid", "made", "sold"];

/// Adds the years of `sentence`.
pub(super) fn read(sentence: &Sentence, facts: &mut Vec<Fact>) {
    for claim in &sentence.claims[sentence.range.clone()] {
        let Value::Days { first, end, granularity: Granularity::Year } = claim.value else {
            continue;
        };
        let at = sentence.token_at(claim.place.span.start());
        let plain = claim.kind == Kind::Date && claim.hedge.is_none() && !claim.denied;
        if let Some(verb) = verb(sentence, at).filter(|_| plain) {
            let question = Question::Year(verb);
            let marks = vec![claim.place.span];
            facts.push(sentence.fact(marks, question, Answer::Days(first, end)));
        }
    }
}

/// The participle directly before `in` or `by` and the year at `at`.
fn verb(sentence: &Sentence, at: usize) -> Option<String> {
    let verb = at.checked_sub(2).filter(|verb| *verb >= sentence.tokens().start)?;
    let preposition = sentence.word(at - 1);
    let touching =
        [verb, at - 1].iter().all(|left| sentence.gap(*left, left + 1).trim().is_empty());
    let word = sentence.word(verb).to_lowercase();
    let participle = (word.ends_with("ed") && word.len() > 4) || IRREGULAR.contains(&&*word);
    (matches!(preposition, "in" | "by") && touching && participle).then_some(word)
}
