//! Tolls: how many were killed, injured, arrested.
//!
//! `killing at least 12 people`, `12 were killed`, `30 injured`, `the death toll rose to
//! 15`. The number and the word for what happened stand beside each other, with nothing
//! between them but small words; who is counted may be left out, so that the noun cannot
//! be what is asked about.
//!
//! In:  a [`Sentence`].
//! Out: facts about how many, by what happened to them.
//! Not here: other numbers (`count`).

use super::Answer;
use super::Fact;
use super::Question;
use super::Sentence;
use super::lexicon::lexicon;
use crate::claims::Claim;
use crate::claims::Kind;
use crate::claims::Unit;
use crate::claims::Value;
use crate::span::Span;
use crate::text::Form;

/// How far from a number the word may stand that says what happened, in tokens: "12 people
/// have so far been killed".
const REACH: usize = 5;

/// The same for a noun such as `toll`, with what it is of between them.
const TOLL_REACH: usize = 12;

/// Adds the tolls of `sentence`; returns which of its claims they are.
pub(super) fn read(sentence: &Sentence, facts: &mut Vec<Fact>) -> Vec<usize> {
    let mut told = Vec::new();
    for index in sentence.range.clone() {
        let claim = &sentence.claims[index];
        if let Some((class, word)) = class(sentence, claim).filter(|_| !claim.denied) {
            let marks = vec![claim.place.span.min(word), claim.place.span.max(word)];
            let question = Question::Toll(class.to_owned());
            facts.push(sentence.fact(marks, question, Answer::Claim(index)));
            told.push(index);
        }
    }
    told
}

/// What happened to those that `claim` counts, and the word that says so.
fn class<'s>(sentence: &Sentence<'s, '_>, claim: &Claim) -> Option<(&'s str, Span)> {
    let Value::Amount { unit, .. } = &claim.value else { return None };
    // "Three children" are some of those killed.
    let everybody = match unit {
        Unit::None => true,
        Unit::Things(noun) => lexicon().people.contains(&**noun) || is_toll(noun),
        _ => false,
    };
    (claim.kind == Kind::Count && everybody).then_some(())?;
    let from = sentence.token_at(claim.place.span.start());
    let to = sentence.token_at(claim.place.span.end());
    if is_whole(sentence, from) {
        return None;
    }
    let found = before(sentence, from).or_else(|| after(sentence, from, to));
    found.map(|(class, token)| (class, sentence.text.tokens[token].span))
}

/// Whether a counted noun says by itself what happened: `12 deaths`.
fn is_toll(noun: &str) -> bool {
    lexicon().tolls.contains_key(&Form::of(&format!("{noun}s")))
}

/// The word before a number: `killing at least 12`, `the toll rose to 12`.
fn before<'s>(sentence: &Sentence<'s, '_>, from: usize) -> Option<(&'s str, usize)> {
    let lexicon = lexicon();
    let first = sentence.tokens().start;
    for at in (from.saturating_sub(REACH).max(first)..from).rev() {
        if is_apart(sentence, at) {
            return None;
        }
        let form = &sentence.text.tokens[at].form;
        if let Some(class) = lexicon.tolls.get(form).or_else(|| lexicon.toll_nouns.get(form)) {
            return Some((class, at));
        }
        let digits = sentence.word(at).starts_with(|c: char| c.is_ascii_digit());
        if !digits && !lexicon.toll_before.contains(form) {
            break;
        }
    }
    far_toll(sentence, from)
}

/// `The toll in the harbour disaster has risen to 12`: the noun, where the words before the
/// number say that it is its value.
fn far_toll<'s>(sentence: &Sentence<'s, '_>, from: usize) -> Option<(&'s str, usize)> {
    let lexicon = lexicon();
    let first = sentence.tokens().start;
    let last = from.checked_sub(1).filter(|last| *last >= first)?;
    let valued = lexicon.toll_before.contains(&sentence.text.tokens[last].form);
    let near = (from.saturating_sub(TOLL_REACH).max(first)..from).rev();
    let mut near = near.take_while(|at| valued && !is_apart(sentence, *at));
    near.find_map(|at| {
        let class = lexicon.toll_nouns.get(&sentence.text.tokens[at].form)?;
        Some((class.as_str(), at))
    })
}

/// The word in or after the phrase of a number: `12 people were killed`, `30 injured`.
fn after<'s>(sentence: &Sentence<'s, '_>, from: usize, to: usize) -> Option<(&'s str, usize)> {
    let lexicon = lexicon();
    let end = (to + REACH).min(sentence.tokens().end);
    for at in to.max(from + 1)..end {
        let form = &sentence.text.tokens[at].form;
        if is_apart(sentence, at - 1) || lexicon.toll_ends.contains(form) {
            return None;
        }
        if let Some(class) = lexicon.tolls.get(form) {
            return Some((class, at));
        }
    }
    None
}

/// Whether the number at `from` is a whole that others are a part of: "12 of the 40
/// passengers died", or what a change began with: "rose from 12 to 15".
fn is_whole(sentence: &Sentence, from: usize) -> bool {
    let first = sentence.tokens().start;
    let word = |back: usize| {
        let at = from.checked_sub(back).filter(|at| *at >= first);
        at.map_or(String::new(), |at| sentence.word(at).to_lowercase())
    };
    let of = |back: usize| {
        word(back) == "of" && !matches!(word(back + 1).as_str(), "toll" | "total" | "number")
    };
    word(1) == "from" || of(1) || (word(1) == "the" && of(2))
}

/// Whether a sign parts the token at `at` from the next one.
fn is_apart(sentence: &Sentence, at: usize) -> bool {
    let last = at + 1 >= sentence.tokens().end;
    last || sentence.gap(at, at + 1).contains([',', ';', ':', '.', '(', ')', '—', '–'])
}

#[cfg(test)]
mod tests {
    use crate::claims::Options;
    use crate::claims::extract_with;
    use crate::fact::Answer;
    use crate::fact::Question;
    use crate::fact::facts;
    use crate::span::DocId;
    use crate::text::Text;

    /// `class number` of every toll of `source`.
    fn shown(source: &str) -> Vec<String> {
        let text = Text::read(DocId(0), source);
        let claims = extract_with(&text, &Options::default());
        let told = facts(&text, &claims, None).into_iter().filter_map(|fact| {
            let (Question::Toll(class), Answer::Claim(index)) = (&fact.question, &fact.answer)
            else {
                return None;
            };
            Some(format!("{class} {}", claims[*index].value_text()))
        });
        told.collect()
    }

    /// One row per way to say it.
    #[test]
    fn knows_what_happened_to_those_it_counts() {
        #[rustfmt::skip]
        let cases = [
            ("The blast killed at least 12 people.",              vec!["killed 12"]),
            ("At least 12 people were killed in the blast.",      vec!["killed 12"]),
            ("A fire left 12 people dead and 30 injured.",        vec!["killed 12", "injured 30"]),
            ("The death toll rose to 15 on Monday.",              vec!["killed 15"]),
            ("The death toll has risen from 12 to 15.",           vec!["killed 15"]),
            ("The toll in the harbour disaster has risen to 15.", vec!["killed 15"]),
            ("Officials reported 12 deaths.",                     vec!["killed 12"]),
            ("More than 300 wounded lay in the hall.",            vec!["injured 300"]),
            ("Police arrested 14 people after 13 people were killed.",
                                                                  vec!["arrested 14", "killed 13"]),
            ("Rescuers saved 12 of the 40 passengers who died to get there.", vec![]),
            ("Three children were killed.",                       vec![]),
            ("The ship killed its engines and 12 people waited.", vec![]),
        ];
        for (source, tolls) in cases {
            assert_eq!(shown(source), tolls, "{source}");
        }
    }
}
