//! Years: when something was done that no list of acts has.
//!
//! `the tram was built in 1998`, `to be removed by 2028`: a year, and the participle right
//! before it.
//!
//! In:  a [`Sentence`].
//! Out: facts about years, by the verb.
//! Not here: days of acts (`act`), and since when something holds (`count`).

use super::Answer;
use super::Entity;
use super::Fact;
use super::Question;
use super::Sentence;
use super::lexicon::lexicon;
use crate::claims::Granularity;
use crate::claims::Kind;
use crate::claims::Value;

/// Participles that do not end in `-ed`.
const IRREGULAR: [&str; 8] = ["begun", "bought", "built", "found", "held", "laid", "made", "sold"];

/// How far before the verb the name of what it is of may stand, in tokens: "Castell, which
/// was founded in".
const NAME_REACH: usize = 4;

/// Adds the years of `sentence`.
pub(super) fn read(sentence: &Sentence, facts: &mut Vec<Fact>) {
    for claim in &sentence.claims[sentence.range.clone()] {
        let Value::Days { first, end, granularity: Granularity::Year } = claim.value else {
            continue;
        };
        let at = sentence.token_at(claim.place.span.start());
        let plain = claim.kind == Kind::Date && claim.hedge.is_none() && !claim.denied;
        let Some((verbs, from)) = verbs(sentence, at).filter(|_| plain) else { continue };
        let near = |entity: &&Entity| from - entity.tokens.end <= NAME_REACH;
        let upto = sentence.entities.partition_point(|entity| entity.tokens.end <= from);
        let named = sentence.entities[..upto].last().filter(near).map(|entity| entity.name.clone());
        for verb in verbs {
            let marks = vec![claim.place.span];
            let fact = sentence.fact(marks, Question::Year(verb), Answer::Days(first, end));
            let about = named.clone().map_or(fact.about, |name| [name].into());
            facts.push(Fact { about, ..fact });
        }
    }
}

/// What a thing that dates from a year may have been then.
const ORIGINS: [&str; 3] = ["build", "found", "open"];

/// What was done in the year at `at`, and where its words begin: the class of the
/// participle directly before `in` or `by`.
fn verbs(sentence: &Sentence, at: usize) -> Option<(Vec<String>, usize)> {
    let verb = at.checked_sub(2).filter(|verb| *verb >= sentence.tokens().start)?;
    let preposition = sentence.word(at - 1);
    let touching =
        [verb, at - 1].iter().all(|left| sentence.gap(*left, left + 1).trim().is_empty());
    touching.then_some(())?;
    let word = sentence.word(verb).to_lowercase();
    let dates = |word: &str| matches!(word, "dates" | "dating" | "dated");
    let back = matches!(&*word, "back") && verb > sentence.tokens().start;
    let origin = match preposition {
        "from" => dates(&word),
        "to" => back && dates(&sentence.word(verb - 1).to_lowercase()),
        _ => false,
    };
    if origin {
        return Some((ORIGINS.map(str::to_owned).to_vec(), verb - usize::from(back)));
    }
    let participle = (word.ends_with("ed") && word.len() > 4) || IRREGULAR.contains(&&*word);
    (matches!(preposition, "in" | "by") && participle).then_some(())?;
    let class = lexicon().acts.get(&sentence.text.tokens[verb].form);
    Some((vec![class.map_or(word, |(class, _)| class.clone())], verb))
}
