//! Counts and lengths of time, with what they are of.
//!
//! In:  a [`Sentence`].
//! Out: facts about how many, by the noun that is counted, and about since when.
//! Not here: whether two sentences count the same thing (`divergence`).

use super::Answer;
use super::Fact;
use super::Question;
use super::Sentence;
use crate::claims::Claim;
use crate::claims::Granularity;
use crate::claims::Kind;
use crate::claims::Unit;
use crate::claims::Value;
use jiff::civil::Date;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// Adds the counts of `sentence`.
pub(super) fn read(sentence: &Sentence, facts: &mut Vec<Fact>) {
    for index in sentence.range.clone() {
        let claim = &sentence.claims[index];
        if let Some((first, end)) = since(sentence, claim) {
            let marks = vec![claim.place.span];
            facts.push(sentence.fact(marks, Question::Since, Answer::Days(first, end)));
        }
        if let Some(question) = question(claim).filter(|_| !claim.denied) {
            let marks = vec![claim.place.span];
            facts.push(sentence.fact(marks, question, Answer::Claim(index)));
        }
    }
}

/// What a figure answers. "The first" is so in some respect, which the noun does not tell.
fn question(claim: &Claim) -> Option<Question> {
    let Value::Amount { low, unit, .. } = &claim.value else { return None };
    match (claim.kind, unit) {
        (Kind::Count, Unit::Things(noun)) => Some(Question::Count(noun.to_string())),
        (Kind::Ordinal, Unit::Things(noun)) if *low != Decimal::ONE => {
            Some(Question::Rank(noun.to_string()))
        }
        (Kind::Money | Kind::Percent, _) => claim.unit_text().map(Question::Count),
        _ => None,
    }
}

/// The year from which on something holds: `since 1992`, and `for 33 years` in a text of
/// 2025, where the month is not known, so that a year more or less says the same.
fn since(sentence: &Sentence, claim: &Claim) -> Option<(Date, Date)> {
    let at = sentence.token_at(claim.place.span.start());
    let before = at.checked_sub(1).filter(|at| *at >= sentence.tokens().start)?;
    let word = sentence.word(before).to_lowercase();
    match &claim.value {
        Value::Days { first, granularity: Granularity::Year, .. } if word == "since" => {
            years(first.year(), first.year() + 1)
        }
        Value::Amount { low, high, unit: Unit::Time(unit) }
            if word == "for"
                && &**unit == "year"
                && low == high
                && claim.kind == Kind::Duration =>
        {
            let year = sentence.published?.year().checked_sub(low.to_i16()?)?;
            years(year - 1, year + 2)
        }
        _ => None,
    }
}

/// From the first day of one year up to that of another.
fn years(first: i16, end: i16) -> Option<(Date, Date)> {
    Some((Date::new(first, 1, 1).ok()?, Date::new(end, 1, 1).ok()?))
}
