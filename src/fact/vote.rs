//! Votes: how many were for it and how many against.
//!
//! `approved by seven votes to two`, `voted 88-61`, `a unanimous verdict`. In which order
//! the two numbers stand says nothing: a motion that fell by 61 to 88 is the same vote.
//!
//! In:  a [`Sentence`].
//! Out: facts about votes.
//! Not here: shares of voters, which are counts and percentages (`count`).

use super::Answer;
use super::Fact;
use super::Question;
use super::Sentence;
use super::lexicon::lexicon;
use crate::claims::Kind;
use crate::claims::Value;
use crate::claims::cardinal;
use crate::span::Span;
use rust_decimal::Decimal;

/// Adds the votes of `sentence`.
pub(super) fn read(sentence: &Sentence, facts: &mut Vec<Fact>) {
    let votes = |token: usize| lexicon().vote_words.contains(&sentence.text.tokens[token].form);
    let is_vote = sentence.tokens().any(votes);
    let scores = sentence.claims[sentence.range.clone()].iter().filter(|_| is_vote);
    let mut told: Vec<(Span, Option<(Decimal, Decimal)>)> = scores
        .filter_map(|claim| match claim.value {
            Value::Score { one, two } if claim.kind == Kind::Score => {
                Some((claim.place.span, Some((one.max(two), one.min(two)))))
            }
            _ => None,
        })
        .collect();
    for token in sentence.tokens() {
        if lexicon().unanimous.contains(&sentence.text.tokens[token].form) {
            told.push((sentence.text.tokens[token].span, None));
        } else if let Some((numbers, end)) = spelled(sentence, token).filter(|_| is_vote) {
            told.push((sentence.span(token, end), Some(numbers)));
        }
    }
    for (mark, numbers) in told {
        facts.push(sentence.fact(vec![mark], Question::Vote, Answer::Votes(numbers)));
    }
}

/// `ten to two`, `88 votes to 61`, `88 votes against 61`, and the token after it.
fn spelled(sentence: &Sentence, token: usize) -> Option<((Decimal, Decimal), usize)> {
    let one = number(sentence, token)?;
    let word = |at: usize| {
        let inside = sentence.tokens().contains(&at);
        if inside { sentence.word(at).to_lowercase() } else { String::new() }
    };
    let mut at = token + 1;
    let counted = matches!(word(at).as_str(), "vote" | "votes" | "for");
    at += usize::from(counted);
    let joined = word(at);
    (joined == "to" || (joined == "against" && counted)).then_some(())?;
    let two = number(sentence, at + 1)?;
    // "from ten to two", "ten to two percent", "ten to two million"
    let range = token.checked_sub(1).is_some_and(|before| {
        matches!(word(before).as_str(), "from" | "between" | "of" | "some" | "about")
    });
    let after = word(at + 2);
    let scaled = after.ends_with("illion") || after.starts_with("per") || after == "thousand";
    let touching = (token..=at).all(|left| sentence.gap(left, left + 1).trim().is_empty());
    let plain = !range && !scaled && touching;
    plain.then(|| ((one.max(two), one.min(two)), at + 2))
}

fn number(sentence: &Sentence, token: usize) -> Option<Decimal> {
    let word = sentence.tokens().contains(&token).then(|| sentence.word(token))?;
    if word.bytes().all(|byte| byte.is_ascii_digit()) {
        return word.parse().ok();
    }
    cardinal(word).map(Decimal::from)
}

#[cfg(test)]
mod tests {
    use crate::claims::Options;
    use crate::claims::extract_with;
    use crate::fact::Answer;
    use crate::fact::facts;
    use crate::span::DocId;
    use crate::text::Text;

    /// The votes of `source`, in normal form.
    fn shown(source: &str) -> Vec<String> {
        let text = Text::read(DocId(0), source);
        let claims = extract_with(&text, &Options::default());
        let told = facts(&text, &claims, None).into_iter().filter_map(|fact| match fact.answer {
            Answer::Votes(None) => Some("unanimous".to_owned()),
            Answer::Votes(Some((one, two))) => Some(format!("{one} {two}")),
            _ => None,
        });
        told.collect()
    }

    /// One row per wording.
    #[test]
    fn knows_votes() {
        #[rustfmt::skip]
        let cases = [
            ("The board approved it by seven votes to two.",     vec!["7 2"]),
            ("Parliament voted 88-61 on Thursday.",              vec!["88 61"]),
            ("It was passed with 86 votes against 61.",          vec!["86 61"]),
            ("Jurors voted two to ten on it.",                   vec!["10 2"]),
            ("The jury returned a unanimous verdict.",           vec!["unanimous"]),
            ("The boards backed it unanimously.",                vec!["unanimous"]),
            ("They won 3-1 at home.",                            vec![]),
            ("It sank from ten to two votes.",                   vec![]),
            ("It rose by five to ten percent after the vote.",   vec![]),
            ("The vote is open from nine to five.",              vec![]),
        ];
        for (source, votes) in cases {
            assert_eq!(shown(source), votes, "{source}");
        }
    }
}
