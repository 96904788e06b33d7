//! Sameness: whether facts of two documents answer the same question.
//!
//! Facts ask the same when it is the same act, noun or unit and they are about the same
//! names, or stand in sentences with the same telling words: those that few sentences of
//! the corpus have. Of several figures that may answer each other the likest do, so that
//! a sentence with two sums is not held against itself. A figure is never held against
//! another by its value alone, and never across times that the sentences name themselves.
//!
//! In:  the facts that ask one question.
//! Out: which two answer it together.
//! Not here: whether the answers differ (`divergence::matrix`).

use crate::claims::Kind;
use crate::claims::Value;
use crate::divergence::Material;
use crate::divergence::restated::Restated;
use crate::fact::Answer;
use crate::fact::Fact;
use crate::fact::Question;
use crate::fact::act_form;
use crate::span::DocId;
use crate::text::Form;
use crate::text::Token;
use jiff::civil::Date;
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::collections::HashMap;
use std::ops::Range;

/// A fact with its place in the comparison.
#[derive(Clone, Copy)]
pub(super) struct Told<'f> {
    pub(super) doc: DocId,
    pub(super) fact: &'f Fact,
}

impl Told<'_> {
    fn time(self) -> Time {
        (self.doc, self.fact.when)
    }
}

/// Acts of one class further apart than this are two acts, in days.
const SAME_ACT_DAYS: i32 = 14;

/// Days before a text appeared beyond which a time that it names is another one than the
/// time of which a text tells that names none.
const RECENT_DAYS: i32 = 45;

/// Names that two facts must share to be about the same thing.
const NAMES_MIN: usize = 2;

/// Names that two documents must share to tell of one event.
const KIN_NAMES_MIN: usize = 3;

/// Words that two sentences must share to count the same thing, beside the noun.
const WORDS_MIN: usize = 3;

/// How many times a sum may be another one of the same thing.
const SUM_TIMES_MAX: Decimal = Decimal::from_parts(3, 0, 0, false, 0);

/// Words by which a sentence tells of an earlier time beside its own.
const EARLIER: [&str; 5] = ["compared", "formerly", "pre", "previously", "prior"];

/// Letters below which a word says little about what a sentence is about.
const WORD_LETTERS_MIN: usize = 4;

/// How far from a sum the words stand that say what it is of, in tokens.
const SUM_REACH: usize = 9;

/// A word in more than one of so many sentences says nothing about what one is about.
const COMMON_PART: usize = 12;

/// Sentences in which any word may stand.
const COMMON_MIN: usize = 4;

/// The pairs of `told` that answer `question` together.
///
/// Of figures that exclude each other, as `apart` tells, those are left out of which one
/// stands in the other document as well: "54 percent" and "46 percent" of one vote, given
/// by both, are no contradiction.
pub(super) fn links(
    common: &Common,
    question: &Question,
    told: &[Told],
    apart: impl Fn(Told, Told) -> bool,
) -> Vec<(usize, usize)> {
    let words: Vec<Words> = told.iter().map(|told| common.words(*told)).collect();
    let mut alike = Vec::new();
    for (left, one) in told.iter().enumerate() {
        let others = told.iter().enumerate().skip(left + 1);
        for (right, other) in others.filter(|(_, other)| other.doc != one.doc) {
            let share = Share::of((*one, *other), [&words[left], &words[right]]);
            if is_same(common, question, (*one, *other), share) {
                alike.push((left, right, share.words + share.names));
            }
        }
    }
    if !is_figure(question) {
        return pairs(&alike);
    }
    // What was asked of a figure and a document is remembered: there are many pairs.
    let mut known: BTreeMap<(usize, DocId), bool> = BTreeMap::new();
    let mut agrees = |one: usize, doc: DocId| {
        *known.entry((one, doc)).or_insert_with(|| {
            told.iter().any(|other| other.doc == doc && !apart(told[one], *other))
        })
    };
    alike.retain(|(left, right, _)| {
        let (one, other) = (told[*left], told[*right]);
        !apart(one, other) || !(agrees(*left, other.doc) || agrees(*right, one.doc))
    });
    likest(told, &alike)
}

/// Whether a question is about a figure, of which a sentence may give several.
fn is_figure(question: &Question) -> bool {
    matches!(
        question,
        Question::Count(_) | Question::Rank(_) | Question::Toll(_) | Question::Amount(..)
    )
}

fn pairs(alike: &[(usize, usize, usize)]) -> Vec<(usize, usize)> {
    alike.iter().map(|(left, right, _)| (*left, *right)).collect()
}

/// The pairs of which each is the likest for the other, out of that document.
fn likest(told: &[Told], alike: &[(usize, usize, usize)]) -> Vec<(usize, usize)> {
    let mut best: BTreeMap<(usize, DocId), usize> = BTreeMap::new();
    for (left, right, share) in alike {
        for key in [(*left, told[*right].doc), (*right, told[*left].doc)] {
            let most = best.entry(key).or_default();
            *most = (*most).max(*share);
        }
    }
    let mutual = |(left, right, share): &&(usize, usize, usize)| {
        best[&(*left, told[*right].doc)] == *share && best[&(*right, told[*left].doc)] == *share
    };
    alike.iter().filter(mutual).map(|(left, right, _)| (*left, *right)).collect()
}

/// What two facts have in common.
#[derive(Clone, Copy)]
struct Share {
    names: usize,
    /// Telling words of both sentences, and of the shorter one.
    words: usize,
    few: usize,
}

/// The telling words around a fact.
type Words = BTreeSet<Form>;

impl Share {
    fn of((one, other): (Told, Told), [left, right]: [&Words; 2]) -> Self {
        Self {
            names: one.fact.about.intersection(&other.fact.about).count(),
            words: left.intersection(right).count(),
            few: left.len().min(right.len()),
        }
    }

    /// Whether two sentences tell of the same act.
    fn is_of_one_act(self) -> bool {
        self.names >= NAMES_MIN
            || (self.names > 0 && self.words >= WORDS_MIN && 5 * self.words >= 2 * self.few)
    }
}

/// Whether two facts of two documents answer the same question.
fn is_same(common: &Common, question: &Question, pair: (Told, Told), share: Share) -> bool {
    let (one, other) = pair;
    // Two fires in two towns: each names names, and none of the other's.
    let named = |told: Told| !told.fact.about.is_empty();
    // Every text on one event gives several sums, of many things.
    let sum = matches!(question, Question::Amount(Kind::Money, _));
    let restated = common.restate(one, other) && (!sum || common.are_near(one, other));
    let kin = (!sum || restated) && common.are_kin(one.doc, other.doc);
    let apart = share.names == 0 && named(one) && named(other) && !kin;
    let named = matches!(
        question,
        Question::Members(_)
            | Question::Born(_)
            | Question::Status(..)
            | Question::Standing(..)
            | Question::Title(_)
    );
    if apart && !named {
        return false;
    }
    if is_figure(question) && [one, other].iter().any(|told| common.is_of_two_times(*told)) {
        return false;
    }
    match (question, &one.fact.answer, &other.fact.answer) {
        (Question::Day(_), Answer::Days(a, _), Answer::Days(b, _)) => {
            (restated || share.is_of_one_act()) && near(*a, *b)
        }
        (Question::Where(_), ..) => restated || share.is_of_one_act(),
        (Question::Status(_, who, _), ..) => !who.is_empty() || share.names >= NAMES_MIN,
        (Question::Members(_), Answer::Members(a, _), Answer::Members(b, _)) => {
            let both = a.intersection(b).count();
            both >= NAMES_MIN && 2 * both >= a.len().min(b.len())
        }
        (Question::Name(_), ..) => share.names >= 1,
        // The scope is the same; where it names nobody it must tell more.
        (Question::Standing(_, scope), ..) => {
            (share.names >= 1 || scope.len() >= NAMES_MIN)
                && is_one_time(common.material, one.time(), other.time())
        }
        (Question::Title(_), ..) => are_of_one_time(common.material, one.doc, other.doc),
        (Question::Born(_), ..) => true,
        (Question::Since, Answer::Days(a, b), Answer::Days(c, d)) => {
            share.names >= NAMES_MIN && a < d && c < b
        }
        // Everybody who tells of a disaster tells how many were killed.
        (Question::Toll(_), ..) => {
            let told = share.names + share.words;
            told >= WORDS_MIN
                && share.words >= 1
                && is_one_time(common.material, one.time(), other.time())
        }
        // Sums and shares have no noun that they count, so that more must be the same.
        (Question::Amount(..), ..) => {
            let enough = share.words >= WORDS_MIN && 2 * share.words >= share.few;
            // "Turnout was 67 percent" has one telling word.
            let most = share.words > 1 && 5 * share.words >= 2 * share.few;
            let kindred = kin && (most || (share.words == 1 && share.few == 1));
            (enough || kindred || restated)
                && is_one_time(common.material, one.time(), other.time())
        }
        // Of one event, and told once in each text.
        (Question::Year(_), ..) => {
            (kin || restated) && [one, other].into_iter().all(|told| common.is_sole(told))
        }
        (Question::Count(_) | Question::Rank(_), ..) => {
            let alike = share.words >= WORDS_MIN && 5 * share.words >= 2 * share.few;
            (alike || restated || common.are_sole(one, other, share))
                && is_one_time(common.material, one.time(), other.time())
        }
        _ => false,
    }
}

fn near(left: Date, right: Date) -> bool {
    left.until(right).is_ok_and(|span| span.get_days().abs() <= SAME_ACT_DAYS)
}

/// The words of each sentence, without those that most sentences have.
pub(super) struct Common<'m, 'a> {
    material: &'m Material<'a>,
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
    fn words(&self, told: Told) -> Words {
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

    /// Whether each text counts such things once, in a large number, and both are about the
    /// same names: how many passengers a ship had.
    fn are_sole(&self, one: Told, other: Told, share: Share) -> bool {
        let large = |told: Told| match told.fact.answer {
            Answer::Claim(index) => match self.material.claims[told.doc.index()][index].value {
                Value::Amount { low, .. } => low >= Decimal::TEN,
                _ => false,
            },
            _ => false,
        };
        let sole = |told: Told| large(told) && self.is_sole(told);
        share.names >= NAMES_MIN && [one, other].into_iter().all(sole)
    }

    /// Whether the sentence of a fact tells of an earlier time beside its own.
    fn is_of_two_times(&self, told: Told) -> bool {
        let text = &self.material.texts[told.doc.index()];
        let Some(unit) = text.unit_at(told.fact.place.span.start()) else { return false };
        text.unit_tokens(unit)
            .iter()
            .any(|token| EARLIER.contains(&text.word(token).to_lowercase().as_str()))
    }

    /// Whether the sentences of two facts say the same, and neither answers the question
    /// twice: of two sums each may be the other's.
    fn restate(&self, one: Told, other: Told) -> bool {
        let sole = |told: Told| {
            let text = &self.material.texts[told.doc.index()];
            let unit = text.unit_index_at(told.fact.place.span.start())?;
            let span = text.units[unit].span;
            let inside = |fact: &&Fact| {
                span.contains(fact.place.span) && fact.question == told.fact.question
            };
            let facts = self.material.facts[told.doc.index()].iter().filter(inside);
            (facts.count() == 1).then_some((told.doc, unit))
        };
        let sides = sole(one).zip(sole(other));
        sides.is_some_and(|(one, other)| self.restated.contains([one, other]))
    }

    /// Whether two sums may be of one thing: neither over three times the other, or one the
    /// other with its point moved.
    fn are_near(&self, one: Told, other: Told) -> bool {
        let low = |told: Told| match told.fact.answer {
            Answer::Claim(index) => match self.material.claims[told.doc.index()][index].value {
                Value::Amount { low, .. } => Some(low.normalize()),
                _ => None,
            },
            _ => None,
        };
        low(one).zip(low(other)).is_some_and(|(one, other)| {
            let (less, more) = (one.min(other), one.max(other));
            let near = less.checked_mul(SUM_TIMES_MAX).is_none_or(|most| more <= most);
            near || digits(one) == digits(other)
        })
    }

    /// Whether nothing else in its text answers the question of a fact.
    fn is_sole(&self, told: Told) -> bool {
        let facts = &self.material.facts[told.doc.index()];
        facts.iter().filter(|fact| fact.question == told.fact.question).count() == 1
    }

    /// Whether two documents tell of one event: they appeared at about the same time and
    /// have names in common that few documents have.
    fn are_kin(&self, one: DocId, other: DocId) -> bool {
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

/// The days of the only time that a sentence names, and its document.
pub(super) type Time = (DocId, Option<(Date, Date)>);

/// Whether nothing says that two sentences are of two times.
pub(super) fn is_one_time(material: &Material, one: Time, other: Time) -> bool {
    match (one.1, other.1) {
        (Some(left), Some(right)) => left.0 < right.1 && right.0 < left.1 || near(left.0, right.0),
        (Some(days), None) => is_recent(material, days, one.0),
        (None, Some(days)) => is_recent(material, days, other.0),
        (None, None) => true,
    }
}

/// Whether two documents appeared at about the same time, as far as that is known: an
/// office is held for a while.
fn are_of_one_time(material: &Material, one: DocId, other: DocId) -> bool {
    match (material.day(one), material.day(other)) {
        (Some(one), Some(other)) => {
            one.until(other).is_ok_and(|span| span.get_days().abs() <= RECENT_DAYS)
        }
        (None, None) => true,
        _ => false,
    }
}

/// Whether `days` are of the time of which a text of `doc` tells: shortly before it
/// appeared, or, of a whole year, the current one.
fn is_recent(material: &Material, (first, end): (Date, Date), doc: DocId) -> bool {
    let days = |from: Date, to: Date| from.until(to).map_or(0, |span| span.get_days());
    material.day(doc).is_none_or(|published| {
        let ago = days(end, published);
        ago < 0 || (days(first, end) <= RECENT_DAYS && ago <= RECENT_DAYS)
    })
}

/// The tokens around the words that answer: a sentence may give two sums.
fn near_mark(tokens: &[Token], told: Told) -> Range<usize> {
    let mark = told.fact.marks.first().map_or(0, |mark| mark.start());
    let at = tokens.partition_point(|token| token.span.end() <= mark);
    at.saturating_sub(SUM_REACH)..(at + SUM_REACH).min(tokens.len())
}
