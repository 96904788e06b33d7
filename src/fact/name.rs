//! Names with digits: `C5+1`, `5+1`, `G7`.
//!
//! In:  a [`Sentence`].
//! Out: facts about what such a thing is called, asked about by its digits.
//! Not here: spellings of other names (`divergence`).

use super::Answer;
use super::Fact;
use super::Question;
use super::Sentence;

/// Adds the names with digits and a plus of `sentence`.
pub(super) fn read(sentence: &Sentence, facts: &mut Vec<Fact>) {
    for token in sentence.tokens() {
        let word = sentence.word(token);
        let digits = word.trim_start_matches(|c: char| c.is_ascii_uppercase());
        let shaped = digits.len() <= 5
            && digits.contains('+')
            && digits.starts_with(|c: char| c.is_ascii_digit())
            && digits.chars().all(|c| c.is_ascii_digit() || c == '+');
        if shaped {
            let span = sentence.text.tokens[token].span;
            let question = Question::Name(digits.to_owned());
            facts.push(sentence.fact(vec![span], question, Answer::Name(word.to_owned())));
        }
    }
}
