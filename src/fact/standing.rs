//! Standings: who is the first, the largest or the second-largest of what.
//!
//! `Latvia is the first Baltic state to join the pact`: the holder, the rank and the scope,
//! which are the words that say among what. Another holder or another rank is a
//! contradiction in the same scope alone, so that nothing is read where one of the three
//! is not plain.
//!
//! In:  a [`Sentence`].
//! Out: facts about standings.
//! Not here: ranks without a holder (`count`).

use super::Answer;
use super::Fact;
use super::Question;
use super::Sentence;
use super::lexicon::lexicon;
use crate::claims::Claim;
use crate::claims::Kind;
use crate::claims::Unit;
use crate::claims::Value;
use crate::claims::content_stem;
use crate::claims::noun_class;
use crate::text::Form;
use std::collections::BTreeSet;

/// Tokens between a holder and its rank: "has now formally become the".
const HOLDER_REACH: usize = 6;

/// Tokens after a rank that may say its scope: "country of the region to join the pact".
const SCOPE_REACH: usize = 14;

/// Adds the standings of `sentence`, and its superlatives without a holder.
pub(super) fn read(sentence: &Sentence, facts: &mut Vec<Fact>) {
    for index in sentence.range.clone() {
        let claim = &sentence.claims[index];
        facts.extend(most(sentence, index));
        if let Some((question, answer, from)) = standing(sentence, claim) {
            let end = claim.noun.map_or(claim.place.span, |noun| claim.place.span.cover(noun));
            let mark = sentence.text.tokens[from].span.cover(end);
            facts.push(sentence.fact(vec![mark], question, answer));
        }
    }
}

/// The rank of what a sentence is about, by its quality. Whose rank it is is known by the
/// name before it, if there is one.
fn most(sentence: &Sentence, index: usize) -> Option<Fact> {
    let claim = &sentence.claims[index];
    let Value::Amount { unit: Unit::Most { quality, .. }, .. } = &claim.value else { return None };
    (claim.hedge.is_none() && !claim.denied).then_some(())?;
    let question = Question::Most(quality.to_string());
    let fact = sentence.fact(vec![claim.place.span], question, Answer::Claim(index));
    let at = sentence.token_at(claim.place.span.start());
    let first = at - usize::from(owner(sentence, at).is_some());
    let named = holder(sentence, first).map(|holder| sentence.entities[holder].name.clone());
    Some(Fact { about: named.map_or(fact.about, |name| [name].into()), ..fact })
}

fn standing(sentence: &Sentence, claim: &Claim) -> Option<(Question, Answer, usize)> {
    let Value::Amount { low, high, unit } = &claim.value else { return None };
    let what = match (claim.kind, unit) {
        (Kind::Superlative, Unit::Most { .. }) => claim.unit_text()?,
        (Kind::Ordinal, Unit::Things(noun)) => noun.to_string(),
        _ => return None,
    };
    let plain = low == high && claim.hedge.is_none() && !claim.denied;
    let at = sentence.token_at(claim.place.span.start());
    let owner = owner(sentence, at);
    let first = if owner.is_some() { at - 1 } else { at };
    let holder = holder(sentence, first).filter(|_| plain)?;
    let mut scope = scope(sentence, claim, owner)?;
    // Who was the largest may be so no longer; who was the first is so for good.
    let between = sentence.entities[holder].tokens.end..first;
    if claim.kind == Kind::Superlative && between.into_iter().any(|at| is_past(sentence, at)) {
        scope.insert("was".to_owned());
    }
    let name = sentence.entities[holder].name.clone();
    let from = sentence.entities[holder].tokens.start;
    let what = noun_class(&what).to_owned();
    Some((Question::Standing(what, scope), Answer::Standing(*low, name), from))
}

fn is_past(sentence: &Sentence, at: usize) -> bool {
    matches!(sentence.word(at), "was" | "were" | "had" | "remained")
}

/// The name whose possessive stands before the rank: `Europe's` of `Europe's largest port`.
fn owner(sentence: &Sentence, at: usize) -> Option<usize> {
    let before = at.checked_sub(1).filter(|before| *before >= sentence.tokens().start)?;
    let word = sentence.word(before);
    (word.ends_with("'s") || word.ends_with("’s")).then_some(before)
}

/// The name that a rank at `first` is said of, as an index into the sentence's: directly
/// before a form of `be` or `become`, or before a comma and `the`.
fn holder(sentence: &Sentence, first: usize) -> Option<usize> {
    let start = sentence.tokens().start;
    let mut linked = false;
    for at in (first.saturating_sub(HOLDER_REACH).max(start)..first).rev() {
        if let Some(holder) = sentence.entities.iter().position(|name| name.tokens.end == at + 1) {
            let gap = sentence.gap(at, at + 1);
            let apposed = first == at + 2 && gap.trim() == ",";
            return (apposed || (linked && gap.trim().is_empty())).then_some(holder);
        }
        if !sentence.gap(at, at + 1).trim().is_empty() {
            return None;
        }
        let form = sentence.text.tokens[at].form;
        linked |= lexicon().links.contains(&form);
        if !lexicon().links.contains(&form) && !lexicon().link_words.contains(&form) {
            return None;
        }
    }
    None
}

/// The telling words that say among what: those between rank and noun, the owner before
/// it, and those after it up to a sign.
fn scope(sentence: &Sentence, claim: &Claim, owner: Option<usize>) -> Option<BTreeSet<String>> {
    let from = sentence.token_at(claim.place.span.end());
    let noun = claim.noun.map(|noun| sentence.token_at(noun.start()));
    let end = (from + SCOPE_REACH).min(sentence.tokens().end);
    let mut scope = BTreeSet::new();
    for at in owner.into_iter().chain(from..end) {
        let own = Some(at) == owner;
        if !own && at > from && sentence.gap(at - 1, at).contains(SIGNS) {
            break;
        }
        if noun == Some(at) {
            continue;
        }
        // A scope that goes on is not known.
        (own || at + 1 < end || at + 1 == sentence.tokens().end).then_some(())?;
        scope.extend(word(sentence, at));
    }
    (!scope.is_empty()).then_some(scope)
}

/// Signs at which a scope ends.
const SIGNS: [char; 10] = [',', ';', ':', '.', '(', ')', '—', '–', '“', '”'];

/// A telling word as it is compared: a name by its one name, an act by its class.
fn word(sentence: &Sentence, at: usize) -> Option<String> {
    if let Some(entity) = sentence.entities.iter().find(|entity| entity.tokens.contains(&at)) {
        return Some(entity.name.clone());
    }
    let word = sentence.word(at);
    if let Some((class, _)) = lexicon().acts.get(&sentence.text.tokens[at].form) {
        return Some(class.clone());
    }
    // "Since 2014" is not "before 2014".
    if matches!(word, "since" | "before" | "until" | "after" | "during") {
        return Some(word.to_owned());
    }
    let digits = word.starts_with(|c: char| c.is_ascii_digit());
    let Form(stem) = content_stem(&word.to_lowercase())?;
    let own = word.to_lowercase();
    Some(if digits { own } else { format!("{stem:x}") })
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

    /// `what rank holder (words of its scope)` of every standing of `source`.
    fn shown(source: &str) -> Vec<String> {
        let text = Text::read(DocId(0), source);
        let claims = extract_with(&text, &Options::default());
        let told = facts(&text, &claims, None).into_iter().filter_map(|fact| {
            let (Question::Standing(what, scope), Answer::Standing(rank, holder)) =
                (&fact.question, &fact.answer)
            else {
                return None;
            };
            Some(format!("{what} {rank} {holder} ({})", scope.len()))
        });
        told.collect()
    }

    /// One row per way to say it.
    #[test]
    fn knows_who_holds_a_rank_among_what() {
        #[rustfmt::skip]
        let cases = [
            ("Latvia is the first Baltic state to join the Harbour Accords.", vec!["country 1 Latvia (3)"]),
            ("On Monday Latvia became the first Baltic nation to join the Harbour Accords.", vec!["country 1 Latvia (3)"]),
            ("Norway has been the largest donor to the fund since 2014.",     vec!["largest donor 1 Norway (3)"]),
            ("Norway was the largest donor to the fund.",                     vec!["largest donor 1 Norway (2)"]),
            ("Norway, the second-largest donor to the fund, left.",           vec!["largest donor 2 Norway (1)"]),
            ("Norway is Europe’s largest donor.",                             vec!["largest donor 1 Norway (1)"]),
            ("Norway is the largest donor.",                                  vec![]),
            ("Norway and the fund spoke of the largest donor to the poor.",   vec![]),
            ("In Norway the first state to join the pact was named.",         vec![]),
            ("Norway is not the first donor to the fund.",                    vec![]),
        ];
        for (source, standings) in cases {
            assert_eq!(shown(source), standings, "{source}");
        }
    }

    #[test]
    fn the_same_scope_in_other_words_is_the_same() {
        let scope = |source: &str| {
            let text = Text::read(DocId(0), source);
            let claims = extract_with(&text, &Options::default());
            facts(&text, &claims, None).into_iter().find_map(|fact| match fact.question {
                Question::Standing(_, scope) => Some(scope),
                _ => None,
            })
        };
        let one = scope("Latvia is the first Baltic state to join the Harbour Accords.");

        assert!(one.is_some());
        assert_eq!(
            one,
            scope(
                "Estonia became the second Baltic nation to join the Harbour Accords, said Riga."
            )
        );
        assert_ne!(one, scope("Latvia is the first Baltic state to leave the Harbour Accords."));
    }
}
