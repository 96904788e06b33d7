//! Counts, sums, measures and lengths of time, with what they are of.
//!
//! In:  a [`Sentence`].
//! Out: facts about how many and how much, about since when, and about who was born when.
//! Not here: whether two sentences count the same thing (`divergence`).

use super::Answer;
use super::Entity;
use super::Fact;
use super::Question;
use super::Sentence;
use super::lexicon::lexicon;
use crate::claims::Claim;
use crate::claims::Granularity;
use crate::claims::Kind;
use crate::claims::Unit;
use crate::claims::Value;
use crate::claims::noun_class;
use crate::text::Form;
use jiff::ToSpan;
use jiff::civil::Date;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use rustc_hash::FxHashSet;

/// Adds the counts of `sentence`, but for those `told` already.
pub(super) fn read(sentence: &Sentence, told: &[usize], facts: &mut Vec<Fact>) {
    for index in sentence.range.clone().filter(|index| !told.contains(index)) {
        let claim = &sentence.claims[index];
        let marks = vec![claim.place.span];
        if is_term(sentence, claim) {
            facts.push(sentence.fact(marks, Question::Term, Answer::Claim(index)));
        } else if let Some((question, answer, rule)) = dated(sentence, claim) {
            facts.push(Fact { rule, ..sentence.fact(marks, question, answer) });
        } else if let Some(question) = question(claim).filter(|_| is_asked(sentence, claim)) {
            facts.push(sentence.fact(marks, question, Answer::Claim(index)));
        }
    }
}

/// How far from a length of time the word may stand that makes it a prison term, and the
/// one that makes it one that may be, in tokens.
const TERM_REACH: usize = 5;

/// Whether a length of time is that of a sentence passed: `six years in prison`. What
/// somebody faces is left out.
fn is_term(sentence: &Sentence, claim: &Claim) -> bool {
    let at = sentence.token_at(claim.place.span.start());
    let near = at.saturating_sub(TERM_REACH).max(sentence.tokens().start)
        ..(at + TERM_REACH).min(sentence.tokens().end);
    let has = |words: &FxHashSet<Form>| {
        { near.clone() }.any(|token| words.contains(&sentence.text.tokens[token].form))
    };
    let plain = claim.kind == Kind::Duration && claim.hedge.is_none() && !claim.denied;
    plain && has(&lexicon().term_words) && !has(&lexicon().term_open)
}

/// Whether a number is the whole that another one before it is a part of, where the part
/// is not read as one (`part`).
fn is_whole(sentence: &Sentence, claim: &Claim) -> bool {
    let at = sentence.token_at(claim.place.span.start());
    let word = |back: usize| at.checked_sub(back).filter(|at| *at >= sentence.tokens().start);
    let is = |back: usize, word_is: &str| {
        word(back).is_some_and(|at| sentence.word(at).eq_ignore_ascii_case(word_is))
    };
    let of = if is(1, "of") { 1 } else { 2 };
    let part = word(of + 1).map_or("", |at| sentence.word(at));
    (is(1, "of") || (is(2, "of") && is(1, "the"))) && part.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether a figure says something by itself: not what is denied, a whole beside its part,
/// or a mere "both", which every two things are.
fn is_asked(sentence: &Sentence, claim: &Claim) -> bool {
    let both = sentence.text.source[claim.place.span.range()].eq_ignore_ascii_case("both");
    !(claim.denied || both || is_whole(sentence, claim))
}

/// What a figure answers. "The first" is so in some respect, which the noun does not tell.
fn question(claim: &Claim) -> Option<Question> {
    let amount = |unit: &str| Some(Question::Amount(claim.kind, unit.to_owned()));
    match (claim.kind, &claim.value) {
        (Kind::Count, Value::Amount { unit: Unit::Things(noun), .. }) => {
            Some(Question::Count(noun_class(noun).to_owned()))
        }
        (Kind::Ordinal, Value::Amount { low, unit: Unit::Things(noun), .. })
            if *low != Decimal::ONE =>
        {
            Some(Question::Rank(noun_class(noun).to_owned()))
        }
        // Miles and kilometres answer one question.
        (Kind::Measure | Kind::Duration, Value::Amount { unit, .. }) => match unit.dimension() {
            Some(dimension) => amount(dimension),
            None => amount(&claim.unit_text()?),
        },
        (Kind::Money | Kind::Percent | Kind::PercentPoint | Kind::Frequency, _) => {
            amount(&claim.unit_text()?)
        }
        (Kind::Score | Kind::Time | Kind::Multiple | Kind::Ratio, _) => amount(claim.kind.name()),
        _ => None,
    }
}

type Dated = (Question, Answer, Option<String>);

/// What a length of time says of a day: since when something holds, and when somebody
/// was born.
fn dated(sentence: &Sentence, claim: &Claim) -> Option<Dated> {
    if let Some(((first, end), rule)) = since(sentence, claim) {
        return Some((Question::Since, Answer::Days(first, end), rule));
    }
    let ((first, end), rule) = born(sentence, claim)?;
    let name = bearer(sentence, claim)?;
    Some((Question::Born(name), Answer::Days(first, end), rule))
}

/// Some days, and by which rule they follow from the words.
type Counted = ((Date, Date), Option<String>);

/// The year from which on something holds: `since 1992`, and `for 33 years` in a text of
/// 2025, where the month is not known, so that a year more or less says the same.
fn since(sentence: &Sentence, claim: &Claim) -> Option<Counted> {
    let word = before(sentence, claim)?;
    match &claim.value {
        Value::Days { first, granularity: Granularity::Year, .. } if word == "since" => {
            Some((years(first.year(), first.year() + 1)?, None))
        }
        Value::Amount { low, high, unit: Unit::Time(unit) }
            if word == "for"
                && &**unit == "year"
                && low == high
                && claim.kind == Kind::Duration =>
        {
            let published = sentence.published?;
            let year = published.year().checked_sub(low.to_i16()?)?;
            Some((years(year - 1, year + 2)?, Some(counted_back(published))))
        }
        _ => None,
    }
}

/// The days somebody may have been born on: `born in 1978`, and the year that an age leaves.
fn born(sentence: &Sentence, claim: &Claim) -> Option<Counted> {
    match &claim.value {
        Value::Days { first, end, .. } if claim.kind == Kind::Date => {
            let at = sentence.token_at(claim.place.span.start());
            let from = at.saturating_sub(BORN_REACH).max(sentence.tokens().start);
            let born = (from..at).any(|token| sentence.word(token).eq_ignore_ascii_case("born"));
            born.then_some(((*first, *end), None))
        }
        Value::Amount { low, high, .. } if claim.kind == Kind::Age && low == high => {
            let published = sentence.published?;
            let (age, day) = (low.to_i16()?, published.tomorrow().ok()?);
            let from = day.checked_sub((age + 1).years()).ok()?;
            let days = (from, day.checked_sub(age.years()).ok()?);
            Some((days, Some(counted_back(published))))
        }
        _ => None,
    }
}

/// How far after `born` its day may stand, in tokens: "born in Astana on 4 May 1978".
const BORN_REACH: usize = 5;

fn counted_back(published: Date) -> String {
    format!("counted back from its publication, {published}")
}

/// The name beside an age or a birth: `Dana Ruiz, 47`, `47-year-old Ruiz`, `Ruiz was born`.
fn bearer(sentence: &Sentence, claim: &Claim) -> Option<String> {
    let at = sentence.token_at(claim.place.span.start());
    let after = sentence.token_at(claim.place.span.end());
    let people =
        || sentence.entities.iter().filter(|entity| !entity.country && entity.place.is_none());
    let near = |entity: &&Entity| {
        let before = entity.tokens.end <= at && at - entity.tokens.end <= BEARER_REACH;
        before || entity.tokens.start == after
    };
    Some(people().rfind(near)?.name.clone())
}

/// How far before a birth its bearer may stand, in tokens: "Ruiz was born in Oslo in".
const BEARER_REACH: usize = 6;

/// The word before a claim, in small letters.
fn before(sentence: &Sentence, claim: &Claim) -> Option<String> {
    let at = sentence.token_at(claim.place.span.start());
    let before = at.checked_sub(1).filter(|at| *at >= sentence.tokens().start)?;
    Some(sentence.word(before).to_lowercase())
}

/// From the first day of one year up to that of another.
fn years(first: i16, end: i16) -> Option<(Date, Date)> {
    Some((Date::new(first, 1, 1).ok()?, Date::new(end, 1, 1).ok()?))
}
