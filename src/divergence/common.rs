//! What all texts have in common: how rare a word or a name is, and which sentences say
//! the same.
//!
//! In:  the material.
//! Out: [`Common`], which answers what two facts have in common.
//! Not here: how much of that is enough (`divergence::pair`).

use crate::claims::Claim;
use crate::claims::Kind;
use crate::claims::Value;
use crate::divergence::Material;
use crate::divergence::Printed;
use crate::divergence::Relation;
use crate::divergence::relate;
use crate::divergence::restated::Restated;
use crate::divergence::restated::Sentence;
use crate::divergence::same::Apart;
use crate::divergence::same::Told;
use crate::divergence::timing::near;
use crate::fact::Answer;
use crate::fact::Fact;
use crate::fact::Question;
use crate::fact::act_form;
use crate::fact::act_of;
use crate::fact::voters;
use crate::span::DocId;
use crate::text::Form;
use crate::text::Token;
use rust_decimal::Decimal;
use std::collections::BTreeSet;
use std::collections::HashMap;
use std::ops::Range;

/// Names that two documents must share to tell of one event.
const KIN_NAMES_MIN: usize = 3;

/// How many times a sum may be another one of the same thing.
const SUM_TIMES_MAX: Decimal = Decimal::from_parts(3, 0, 0, false, 0);

/// Words by which a sentence tells of an earlier time beside its own.
const EARLIER: [&str; 6] = ["compared", "formerly", "instead", "pre", "previously", "prior"];

/// Letters below which a word says little about what a sentence is about.
const WORD_LETTERS_MIN: usize = 4;

/// How far from a sum the words stand that say what it is of, in tokens.
const SUM_REACH: usize = 9;

/// A word in more than one of so many sentences says nothing about what one is about.
const COMMON_PART: usize = 12;

/// Sentences in which any word may stand.
const COMMON_MIN: usize = 4;

/// The telling words around a fact.
pub(super) type Words = BTreeSet<Form>;

/// The words of each sentence, without those that most sentences have.
pub(super) struct Common<'m, 'a> {
    pub(super) material: &'m Material<'a>,
    /// In how many sentences a word stands, and the last of them.
    seen: HashMap<Form, (usize, usize)>,
    /// A word in more sentences than this says nothing about what one is about.
    most: usize,
    /// The names of each document, and how many documents have each.
    names: Vec<BTreeSet<&'m str>>,
    named: HashMap<&'m str, usize>,
    restated: Restated,
}

impl<'m, 'a> Common<'m, 'a> {
    pub(super) fn of(material: &'m Material<'a>) -> Self {
        // With each word the last sentence it was seen in, so that it counts once there.
        let mut seen: HashMap<Form, (usize, usize)> = HashMap::new();
        let mut sentences = 0;
        for text in material.texts {
            for unit in &text.units {
                sentences += 1;
                for token in text.unit_tokens(unit) {
                    let (count, last) = seen.entry(token.form).or_default();
                    *count += usize::from(*last != sentences);
                    *last = sentences;
                }
            }
        }
        let about = |facts: &'m Vec<Fact>| -> BTreeSet<&'m str> {
            facts.iter().flat_map(|fact| &fact.about).map(String::as_str).collect()
        };
        let names: Vec<_> = material.facts.iter().map(about).collect();
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for name in names.iter().flatten() {
            *counts.entry(name).or_default() += 1;
        }
        Self {
            material,
            restated: Restated::of(material),
            seen,
            most: (sentences / COMMON_PART).max(COMMON_MIN),
            names,
            named: counts,
        }
    }

    /// The telling words of the sentence of a fact, without the words that answer; words
    /// for one act are one word.
    pub(super) fn words(&self, told: Told) -> Words {
        let text = &self.material.texts[told.doc.index()];
        let Some(unit) = text.unit_at(told.fact.place.span.start()) else { return BTreeSet::new() };
        let tokens = text.unit_tokens(unit);
        let around = match told.fact.question {
            // A sentence has many sums, and one frequency.
            Question::Amount(kind, _) if kind != Kind::Frequency => near_mark(tokens, told),
            _ => 0..tokens.len(),
        };
        let telling = tokens[around].iter().filter(|token| {
            let known = self.seen.get(&token.form).map_or(0, |seen| seen.0);
            let own = told.fact.marks.iter().any(|mark| mark.overlaps(token.span));
            token.span.len() >= WORD_LETTERS_MIN && known <= self.most && !own
        });
        telling.map(|token| act_form(token.form)).collect()
    }

    /// Whether each text counts such things once, in a large number: how many passengers a
    /// ship had.
    pub(super) fn are_large_and_alone(&self, one: Told, other: Told) -> bool {
        let large = |told: Told| self.least(told).is_some_and(|least| least >= Decimal::TEN);
        large(one) && large(other) && self.are_alone(one, other)
    }

    /// Whether each is the only answer to its question in its text.
    pub(super) fn are_alone(&self, one: Told, other: Told) -> bool {
        self.is_sole(one) && self.is_sole(other)
    }

    /// Whether the sentence of a fact names the days of another one, in whatever words.
    pub(super) fn has_day(&self, told: Told, other: Told) -> bool {
        let Answer::Days(first, end) = other.fact.answer else { return false };
        let Some((doc, unit)) = self.sentence(told) else { return false };
        let Ok(unit) = u32::try_from(unit) else { return false };
        let mut days = self.material.claims_in(doc, unit).iter().filter_map(Claim::days);
        days.any(|(from, to)| first < to && from < end)
    }

    /// Whether the sentences of two facts give figures that exclude each other: then they
    /// may be of two times.
    pub(super) fn are_other_figures(&self, one: Told, other: Told) -> bool {
        let figures = |told: Told| -> Vec<Printed<'m>> {
            let Some((doc, unit)) = self.sentence(told) else { return Vec::new() };
            let Ok(unit) = u32::try_from(unit) else { return Vec::new() };
            let source = self.material.texts[doc.index()].source;
            let claims = self.material.claims_in(doc, unit).iter();
            let amounts = claims.filter(|claim| matches!(claim.value, Value::Amount { .. }));
            let text = |claim: &Claim| &source[claim.place.span.range()];
            amounts.map(|claim| Printed { claim, text: text(claim) }).collect()
        };
        let (left, right) = (figures(one), figures(other));
        left.iter().any(|figure| {
            let relations: Vec<_> = right.iter().map(|other| relate(*figure, *other)).collect();
            relations.contains(&Relation::Disjoint)
                && relations
                    .iter()
                    .all(|relation| matches!(relation, Relation::Disjoint | Relation::Incomparable))
        })
    }

    /// Whether the words around two dates tell of acts, and of none in common: "to be
    /// finished in 2028" and "will open in 2030".
    pub(super) fn are_other_acts(&self, one: Told, other: Told) -> bool {
        let [left, right] = [one, other].map(|told| -> BTreeSet<Form> {
            let text = &self.material.texts[told.doc.index()];
            let unit = text.unit_at(told.fact.place.span.start());
            let tokens = unit.map_or(&[][..], |unit| text.unit_tokens(unit));
            let forms = tokens[near_mark(tokens, told)].iter().map(|token| token.form);
            forms.filter_map(act_of).collect()
        });
        !left.is_empty() && !right.is_empty() && left.is_disjoint(&right)
    }

    /// The classes of those who vote that the sentence of a fact names, or the one before.
    pub(super) fn voters(&self, told: Told) -> BTreeSet<&'static str> {
        let Some((doc, unit)) = self.sentence(told) else { return BTreeSet::new() };
        let text = &self.material.texts[doc.index()];
        let before = unit.checked_sub(1);
        let before = before.filter(|at| text.units[*at].paragraph == text.units[unit].paragraph);
        let named = |unit: usize| -> BTreeSet<_> {
            let tokens = text.unit_tokens(&text.units[unit]).iter();
            tokens.filter_map(|token| voters(token.form)).collect()
        };
        // "The vote was unanimous."
        let here = named(unit);
        if here.is_empty() { before.map_or(here, named) } else { here }
    }

    /// Whether the sentence of a fact tells of an earlier time beside its own.
    pub(super) fn is_of_two_times(&self, told: Told) -> bool {
        let text = &self.material.texts[told.doc.index()];
        let Some(unit) = text.unit_at(told.fact.place.span.start()) else { return false };
        text.unit_tokens(unit)
            .iter()
            .any(|token| EARLIER.contains(&text.word(token).to_lowercase().as_str()))
    }

    /// Whether the sentences of two facts say the same, and each is the only answer there
    /// that the other sentence has not: of two sums each may be the other's.
    pub(super) fn restate(&self, one: Told, other: Told, apart: &Apart) -> bool {
        let (Some(left), Some(right)) = (self.sentence(one), self.sentence(other)) else {
            return false;
        };
        if !self.restated.contains([left, right]) {
            return false;
        }
        let sides = [self.answers(one), self.answers(other)];
        let alone = |side: usize, told: Told| {
            let has = |answer: &Told| sides[1 - side].iter().any(|other| !apart(*answer, *other));
            let mut others = sides[side].iter().filter(|answer| !has(answer));
            let only = others.next().is_some_and(|first| std::ptr::eq(first.fact, told.fact));
            only && others.next().is_none()
        };
        !apart(one, other) || (alone(0, one) && alone(1, other))
    }

    /// The sentence of a fact.
    fn sentence(&self, told: Told) -> Option<Sentence> {
        let text = &self.material.texts[told.doc.index()];
        Some((told.doc, text.unit_index_at(told.fact.place.span.start())?))
    }

    /// The facts in the sentence of one that answer its question.
    fn answers(&self, told: Told<'m>) -> Vec<Told<'m>> {
        let Some((doc, unit)) = self.sentence(told) else { return Vec::new() };
        let span = self.material.texts[doc.index()].units[unit].span;
        let facts = self.material.facts[doc.index()].iter();
        let here = facts
            .filter(|fact| span.contains(fact.place.span) && fact.question == told.fact.question);
        here.map(|fact| Told { doc, fact }).collect()
    }

    /// Whether two sums may be of one thing: neither over three times the other, or one the
    /// other with its point moved.
    pub(super) fn are_near(&self, one: Told, other: Told) -> bool {
        self.least(one).zip(self.least(other)).is_some_and(|(one, other)| {
            let (less, more) = (one.min(other), one.max(other));
            let near = less.checked_mul(SUM_TIMES_MAX).is_none_or(|most| more <= most);
            near || digits(one) == digits(other)
        })
    }

    /// The least amount that a fact gives.
    fn least(&self, told: Told) -> Option<Decimal> {
        let Answer::Claim(index) = told.fact.answer else { return None };
        match self.material.claims[told.doc.index()][index].value {
            Value::Amount { low, .. } => Some(low.normalize()),
            _ => None,
        }
    }

    /// Whether nothing else in its text answers the question of a fact.
    fn is_sole(&self, told: Told) -> bool {
        let facts = &self.material.facts[told.doc.index()];
        facts.iter().filter(|fact| fact.question == told.fact.question).count() == 1
    }

    /// Whether a document names something where it states facts.
    pub(super) fn is_named(&self, doc: DocId, name: &str) -> bool {
        self.names[doc.index()].contains(name)
    }

    /// Whether two documents tell of one event: they appeared at about the same time and
    /// have names in common that few documents have.
    pub(super) fn are_kin(&self, one: DocId, other: DocId) -> bool {
        let rare = |name: &&&str| self.named[**name] <= self.most;
        let both = self.names[one.index()].intersection(&self.names[other.index()]);
        let days = self.material.day(one).zip(self.material.day(other));
        let far = days.is_some_and(|(one, other)| !near(one, other));
        !far && both.filter(rare).count() >= KIN_NAMES_MIN
    }
}

/// The digits of a number, without zeros at its end and without its point.
fn digits(number: Decimal) -> i128 {
    let mut digits = number.mantissa();
    while digits != 0 && digits % 10 == 0 {
        digits /= 10;
    }
    digits
}

/// The tokens around the words that answer: a sentence may give two sums.
fn near_mark(tokens: &[Token], told: Told) -> Range<usize> {
    let mark = told.fact.marks.first().map_or(0, |mark| mark.start());
    let at = tokens.partition_point(|token| token.span.end() <= mark);
    at.saturating_sub(SUM_REACH)..(at + SUM_REACH).min(tokens.len())
}
