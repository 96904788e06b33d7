//! The figure matrix: one row a question, and in it what each document says.
//!
//! Facts of two documents answer the same question when it is the same act or noun and
//! they are about the same names; a figure is never held against another by its value
//! alone. Where that is not plain the facts stay apart: a missed row costs less than a
//! false alarm.
//!
//! In:  the facts of each document.
//! Out: [`Row`]s, in the order of documents and positions.
//! Not here: reading facts (`fact`), and what is said of a row (`divergence::parted`).

use crate::claims::Claim;
use crate::claims::Granularity;
use crate::claims::Value;
use crate::divergence::Material;
use crate::divergence::Printed;
use crate::divergence::Relation;
use crate::divergence::cluster::clusters;
use crate::divergence::relate;
use crate::fact::Answer;
use crate::fact::Fact;
use crate::fact::Question;
use crate::fact::is_within;
use crate::span::DocId;
use crate::span::Place;
use crate::span::Span;
use crate::text::Form;
use crate::text::Token;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::collections::HashMap;
use std::ops::Range;

/// One question with what the documents say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What is asked, in words.
    pub question: String,
    /// What is asked.
    pub asked: Question,
    /// The answers that exclude each other, the one of most documents first.
    pub answers: Vec<Vec<Cell>>,
}

/// What one document says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The passage.
    pub place: Place,
    /// The words in it that answer, and what they answer about.
    pub marks: Vec<Span>,
    /// The words among them that are the answer, where they are a claim by themselves.
    pub words: Option<Span>,
    /// The answer in normal form.
    pub value: String,
    /// How the answer is known, where the words do not say it themselves.
    pub reason: Option<String>,
}

impl Cell {
    /// The words that answer, out of the text of its document.
    pub fn wording<'s>(&self, source: &'s str) -> &'s str {
        let mark = self.words.or(self.marks.first().copied());
        mark.and_then(|mark| source.get(mark.range())).unwrap_or_default()
    }
}

impl Row {
    /// Whether two documents exclude each other.
    pub fn differs(&self) -> bool {
        self.answers.len() > 1
    }

    /// How many documents answer.
    pub fn documents(&self) -> usize {
        let docs = self.answers.iter().flatten().map(|cell| cell.place.doc);
        docs.collect::<BTreeSet<DocId>>().len()
    }
}

/// Acts of one class further apart than this are two acts, in days.
const SAME_ACT_DAYS: i32 = 14;

/// Names that two facts must share to be about the same thing.
const NAMES_MIN: usize = 2;

/// Words that two sentences must share to count the same thing, beside the noun.
const WORDS_MIN: usize = 3;

/// Letters below which a word says little about what a sentence is about.
const WORD_LETTERS_MIN: usize = 4;

/// Of facts that ask the same, more than this many are not compared: they ask about
/// something that every text has, such as `people`.
const ASKED_MAX: usize = 400;

/// A fact with its place in the comparison.
#[derive(Clone, Copy)]
struct Told<'f> {
    doc: DocId,
    fact: &'f Fact,
}

/// The rows of `material`.
pub(crate) fn rows(material: &Material) -> Vec<Row> {
    let common = Common::of(material);
    let mut asked: BTreeMap<&Question, Vec<Told>> = BTreeMap::new();
    for (doc, facts) in material.facts.iter().enumerate() {
        let doc = DocId(u32::try_from(doc).expect("there are under 2^32 documents"));
        for fact in facts {
            asked.entry(&fact.question).or_default().push(Told { doc, fact });
        }
    }
    let mut rows: Vec<Row> = Vec::new();
    for (question, told) in asked.into_iter().filter(|(_, told)| told.len() <= ASKED_MAX) {
        let words = common.words_of(question, &told);
        let mut links = Vec::new();
        for (left, one) in told.iter().enumerate() {
            for (right, other) in told.iter().enumerate().skip(left + 1) {
                let share = || shared(question, &words[left], &words[right]);
                if one.doc != other.doc && is_same(question, (*one, *other), share) {
                    links.push((left, right));
                }
            }
        }
        for members in clusters(told.len(), &links) {
            let members: Vec<Told> = members.into_iter().map(|index| told[index]).collect();
            let row = row(material, question, &members);
            if !row.differs() && matches!(question, Question::Status(..)) {
                rows.extend(beside(material, question, &members));
            }
            rows.push(row);
        }
    }
    rows.sort_by_key(|row| row.answers[0][0].place);
    rows
}

/// Whether two facts of two documents answer the same question.
fn is_same(question: &Question, (one, other): (Told, Told), share: impl Fn() -> bool) -> bool {
    let shared = one.fact.about.intersection(&other.fact.about).count();
    match (question, &one.fact.answer, &other.fact.answer) {
        (Question::Day(_), Answer::Days(a, _), Answer::Days(b, _)) => {
            shared >= NAMES_MIN && near(*a, *b)
        }
        (Question::Where(_), ..) => shared >= NAMES_MIN,
        (Question::Status(_, who, _), ..) => !who.is_empty() || shared >= NAMES_MIN,
        (Question::Members(_), Answer::Members(a, _), Answer::Members(b, _)) => {
            let both = a.intersection(b).count();
            both >= NAMES_MIN && 2 * both >= a.len().min(b.len())
        }
        (Question::Name(_), ..) => shared >= 1,
        (Question::Since, Answer::Days(a, b), Answer::Days(c, d)) => {
            shared >= NAMES_MIN && a < d && c < b
        }
        (Question::Count(_) | Question::Rank(_), ..) => share(),
        _ => false,
    }
}

fn near(left: Date, right: Date) -> bool {
    left.until(right).is_ok_and(|span| span.get_days().abs() <= SAME_ACT_DAYS)
}

/// The words of each sentence, without those that most sentences have.
struct Common<'m, 'a> {
    material: &'m Material<'a>,
    /// In how many sentences a word stands, and the last of them.
    seen: HashMap<Form, (usize, usize)>,
    /// A word in more sentences than this says nothing about what one is about.
    most: usize,
}

impl<'m, 'a> Common<'m, 'a> {
    fn of(material: &'m Material<'a>) -> Self {
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
        Self { material, seen, most: (sentences / COMMON_PART).max(COMMON_MIN) }
    }

    /// The telling words around each of some facts; none where nobody asks for them.
    fn words_of(&self, question: &Question, told: &[Told]) -> Vec<BTreeSet<Form>> {
        let asked = matches!(question, Question::Count(_) | Question::Rank(_));
        told.iter().map(|told| if asked { self.words(*told) } else { BTreeSet::new() }).collect()
    }

    /// The telling words of the sentence of a fact, without the words that answer.
    fn words(&self, told: Told) -> BTreeSet<Form> {
        let text = &self.material.texts[told.doc.index()];
        let Some(unit) = text.unit_at(told.fact.place.span.start()) else { return BTreeSet::new() };
        let tokens = text.unit_tokens(unit);
        let around = match told.fact.question {
            Question::Count(ref unit) if is_sum(unit) => near_mark(tokens, told),
            _ => 0..tokens.len(),
        };
        let telling = tokens[around].iter().filter(|token| {
            let known = self.seen.get(&token.form).map_or(0, |seen| seen.0);
            let own = told.fact.marks.iter().any(|mark| mark.overlaps(token.span));
            token.span.len() >= WORD_LETTERS_MIN && known <= self.most && !own
        });
        telling.map(|token| token.form).collect()
    }
}

/// The tokens around the words that answer: a sentence may give two sums.
fn near_mark(tokens: &[Token], told: Told) -> Range<usize> {
    let mark = told.fact.marks.first().map_or(0, |mark| mark.start());
    let at = tokens.partition_point(|token| token.span.end() <= mark);
    at.saturating_sub(SUM_REACH)..(at + SUM_REACH).min(tokens.len())
}

/// Whether a number is of money or a share, which have no noun that they count.
fn is_sum(unit: &str) -> bool {
    unit.chars().all(char::is_uppercase) || unit == "percent"
}

/// How far from a sum the words stand that say what it is of, in tokens.
const SUM_REACH: usize = 9;

/// A word in more than one of so many sentences says nothing about what one is about.
const COMMON_PART: usize = 12;

/// Sentences in which any word may stand.
const COMMON_MIN: usize = 4;

/// Whether two sentences say the same beside their figures. Sums and shares have no noun
/// that they count, so that more of the sentence must be the same.
fn shared(question: &Question, left: &BTreeSet<Form>, right: &BTreeSet<Form>) -> bool {
    let both = left.intersection(right).count();
    let few = left.len().min(right.len());
    match question {
        Question::Count(unit) if is_sum(unit) => both >= WORDS_MIN && 2 * both >= few,
        _ => both >= WORDS_MIN && 5 * both >= 2 * few,
    }
}

/// A row for two texts that answer otherwise in the same sentence, although each has the
/// answer of the other elsewhere.
fn beside(material: &Material, question: &Question, members: &[Told]) -> Option<Row> {
    let pairs = members
        .iter()
        .enumerate()
        .flat_map(|(at, left)| members[at + 1..].iter().map(move |right| (*left, *right)));
    let mut differing = pairs.filter(|(left, right)| {
        left.doc != right.doc
            && excludes(material, *left, *right)
            && is_same_sentence(material, *left, *right)
    });
    let (left, right) = differing.next()?;
    Some(Row {
        question: question.text(),
        asked: question.clone(),
        answers: vec![vec![cell(material, left)], vec![cell(material, right)]],
    })
}

/// Whether two facts stand in sentences with mostly the same words.
fn is_same_sentence(material: &Material, left: Told, right: Told) -> bool {
    let words = |told: Told| -> BTreeSet<Form> {
        let text = &material.texts[told.doc.index()];
        let unit = text.unit_at(told.fact.place.span.start());
        unit.map_or(BTreeSet::new(), |unit| {
            text.unit_tokens(unit).iter().map(|token| token.form).collect()
        })
    };
    let (left, right) = (words(left), words(right));
    let both = left.intersection(&right).count();
    5 * both >= 3 * left.union(&right).count()
}

/// The row of facts that answer one question.
fn row(material: &Material, question: &Question, members: &[Told]) -> Row {
    let mut by_document: BTreeMap<DocId, Vec<Told>> = BTreeMap::new();
    for told in members {
        by_document.entry(told.doc).or_default().push(*told);
    }
    let apart = |one: &DocId, other: &DocId| {
        by_document[one]
            .iter()
            .all(|left| by_document[other].iter().all(|right| excludes(material, *left, *right)))
    };
    let docs: Vec<DocId> = by_document.keys().copied().collect();
    let mut answers = grouped(&docs, apart);
    let drafted =
        |group: &Vec<DocId>| group.iter().any(|doc| material.documents[doc.index()].draft);
    answers.sort_by_key(|group| (std::cmp::Reverse(group.len()), drafted(group), group[0]));
    let cells = |group: Vec<DocId>| {
        group.iter().flat_map(|doc| &by_document[doc]).map(|told| cell(material, *told)).collect()
    };
    Row {
        question: question.text(),
        asked: question.clone(),
        answers: answers.into_iter().map(cells).collect(),
    }
}

/// Documents by answer. One that agrees with two answers which exclude each other is left
/// out, so that the order of the documents decides nothing.
fn grouped(docs: &[DocId], apart: impl Fn(&DocId, &DocId) -> bool) -> Vec<Vec<DocId>> {
    let mut groups: Vec<Vec<DocId>> = Vec::new();
    for doc in docs {
        match groups.iter_mut().find(|group| !group.iter().any(|other| apart(doc, other))) {
            Some(group) => group.push(*doc),
            None => groups.push(vec![*doc]),
        }
    }
    let plain = |at: usize, doc: &DocId| {
        let others = groups.iter().enumerate().filter(|(other, _)| *other != at);
        others.flat_map(|(_, group)| group).all(|other| apart(doc, other))
    };
    let kept: Vec<Vec<DocId>> = groups
        .iter()
        .enumerate()
        .map(|(at, group)| group.iter().copied().filter(|doc| plain(at, doc)).collect())
        .filter(|group: &Vec<DocId>| !group.is_empty())
        .collect();
    if kept.len() > 1 { kept } else { vec![docs.to_vec()] }
}

/// Whether two facts exclude each other.
fn excludes(material: &Material, left: Told, right: Told) -> bool {
    match (&left.fact.answer, &right.fact.answer) {
        (Answer::Days(a, b), Answer::Days(c, d)) => b <= c || d <= a,
        (Answer::Place(a), Answer::Place(b)) => !is_within(a, b),
        (Answer::Status(a), Answer::Status(b)) => a != b,
        (Answer::Name(a), Answer::Name(b)) => a != b,
        // A list that may go on leaves out what it likes.
        (Answer::Members(a, false), Answer::Members(b, false)) => a != b,
        (Answer::Claim(a), Answer::Claim(b)) => {
            relate(printed(material, left, *a), printed(material, right, *b)) == Relation::Disjoint
        }
        _ => false,
    }
}

fn printed<'m>(material: &Material<'m>, told: Told, index: usize) -> Printed<'m> {
    let claim = &material.claims[told.doc.index()][index];
    Printed { claim, text: &material.texts[told.doc.index()].source[claim.place.span.range()] }
}

fn cell(material: &Material, told: Told) -> Cell {
    let Fact { place, marks, answer, .. } = told.fact;
    let claims = &material.claims[told.doc.index()];
    let words = marks.iter().find(|mark| claims.iter().any(|claim| claim.place.span == **mark));
    let (value, reason) = match answer {
        Answer::Days(first, end) => {
            let one = first.tomorrow().ok() == Some(*end);
            let granularity = if one { Granularity::Day } else { Granularity::Year };
            let value = Value::Days { first: *first, end: *end, granularity };
            (value.text(), counted(material, told))
        }
        Answer::Place(name) | Answer::Name(name) => (name.clone(), None),
        Answer::Status(status) => (status.name().to_owned(), None),
        Answer::Members(names, open) => {
            let names = names.iter().cloned().collect::<Vec<_>>().join(", ");
            (if *open { format!("{names}, …") } else { names }, None)
        }
        Answer::Claim(index) => (material.claims[told.doc.index()][*index].value_text(), None),
    };
    Cell { place: *place, marks: marks.clone(), words: words.copied(), value, reason }
}

/// What the day of a fact was counted from, if it was.
fn counted(material: &Material, told: Told) -> Option<String> {
    let claims = &material.claims[told.doc.index()];
    let marked = |claim: &&Claim| told.fact.marks.contains(&claim.place.span);
    let claim = claims.iter().find(|claim| marked(claim) && claim.meant.is_some())?;
    Some(claim.reason())
}
