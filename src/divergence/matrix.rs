//! The figure matrix: one row a question, and in it what each document says.
//!
//! Where it is not plain that two facts answer the same question they stay apart: a missed
//! row costs less than a false alarm.
//!
//! In:  the facts of each document.
//! Out: [`Row`]s, in the order of documents and positions.
//! Not here: reading facts (`fact`), which of them answer the same question
//! (`divergence::same`), and what is said of a row (`divergence::parted`).

use crate::claims::Claim;
use crate::claims::Granularity;
use crate::claims::Value;
use crate::claims::are_exclusive;
use crate::divergence::Material;
use crate::divergence::Printed;
use crate::divergence::Relation;
use crate::divergence::cluster::clusters;
use crate::divergence::common::Common;
use crate::divergence::relate;
use crate::divergence::relation::relate_counts;
use crate::divergence::same;
use crate::divergence::same::Told;
use crate::fact::Answer;
use crate::fact::Fact;
use crate::fact::Question;
use crate::fact::Status;
use crate::fact::is_within;
use crate::span::DocId;
use crate::span::Place;
use crate::span::Span;
use crate::text::Form;
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

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

    /// Whether an answer, by its index, excludes others and is not the one of most documents:
    /// where two are given equally often, both.
    pub fn stands_out(&self, answer: usize) -> bool {
        let documents = |cells: &Vec<Cell>| {
            cells.iter().map(|cell| cell.place.doc).collect::<BTreeSet<DocId>>().len()
        };
        let most = self.answers.first().map_or(0, documents);
        let tied = self.answers.get(1).is_some_and(|cells| documents(cells) == most);
        self.differs() && (answer > 0 || tied)
    }

    /// How many documents answer.
    pub fn documents(&self) -> usize {
        let docs = self.answers.iter().flatten().map(|cell| cell.place.doc);
        docs.collect::<BTreeSet<DocId>>().len()
    }
}

/// Of facts that ask the same, more than this many are not compared: they ask about
/// something that every text has, such as `people`.
const ASKED_MAX: usize = 400;

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
        let apart = |left: Told, right: Told| excludes(material, left, right);
        let links = same::links(&common, question, &told, apart);
        for members in clusters(told.len(), &links) {
            let members: Vec<Told> = members.into_iter().map(|index| told[index]).collect();
            let row = row(material, question, &members);
            if !row.differs() && matches!(question, Question::Status(..)) {
                rows.extend(beside(material, question, &members));
            }
            rows.push(row);
        }
    }
    // What is asked of every sentence is shown where it differs and nothing else shows it.
    let asked = |row: &&Row| row.differs() && !row.asked.is_of_any();
    let shown: BTreeSet<Mark> = rows.iter().filter(asked).flat_map(marks).collect();
    rows.retain(|row| {
        !row.asked.is_of_any()
            || (row.differs() && !marks(row).iter().all(|mark| shown.contains(mark)))
    });
    rows.sort_by_key(|row| row.answers[0][0].place);
    rows
}

type Mark = (DocId, Span);

/// The words that answer in a row.
fn marks(row: &Row) -> Vec<Mark> {
    let cells = row.answers.iter().flatten();
    cells.flat_map(|cell| cell.marks.iter().map(|mark| (cell.place.doc, *mark))).collect()
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

/// Whether the day that a text names for what was still to come had come when the other
/// one appeared: then both may be right.
fn has_come(material: &Material, sides: [Told; 2]) -> bool {
    let come = |plan: Told, other: Told| {
        plan.fact.answer == Answer::Status(Status::Planned)
            && plan.fact.when.is_some_and(|(day, _)| {
                material.day(plan.doc).is_some_and(|appeared| appeared < day)
                    && material.day(other.doc).is_some_and(|appeared| day <= appeared)
            })
    };
    come(sides[0], sides[1]) || come(sides[1], sides[0])
}

/// Whether two facts exclude each other.
fn excludes(material: &Material, left: Told, right: Told) -> bool {
    match (&left.fact.answer, &right.fact.answer) {
        (Answer::Days(a, b), Answer::Days(c, d)) => b <= c || d <= a,
        (Answer::Place(a), Answer::Place(b)) => !is_within(a, b),
        (Answer::Status(a), Answer::Status(b)) => a != b && !has_come(material, [left, right]),
        (Answer::Name(a), Answer::Name(b)) => a != b,
        (Answer::Title(a), Answer::Title(b)) => are_exclusive(a, b),
        (Answer::Number(a), Answer::Number(b)) => a != b,
        (Answer::Number(number), Answer::Claim(index)) => {
            is_other(material, right, *index, *number)
        }
        (Answer::Claim(index), Answer::Number(number)) => is_other(material, left, *index, *number),
        (Answer::Votes(a), Answer::Votes(b)) => match (a, b) {
            (Some(a), Some(b)) => a != b,
            // Where nobody was against it, all were for it.
            (Some((_, against)), None) | (None, Some((_, against))) => *against > Decimal::ZERO,
            (None, None) => false,
        },
        // One rank has one holder, and in one row nobody has two ranks.
        (Answer::Standing(rank, holder), Answer::Standing(other, another)) => {
            (rank == other) != (holder == another)
        }
        // A list that may go on leaves out what it likes.
        (Answer::Members(a, false), Answer::Members(b, false)) => a != b,
        (Answer::Claim(a), Answer::Claim(b)) => {
            if matches!(left.fact.question, Question::Most(_)) {
                return rank(material, left, *a) != rank(material, right, *b);
            }
            let relate = match left.fact.question {
                Question::Toll(_) => relate_counts,
                _ => relate,
            };
            relate(printed(material, left, *a), printed(material, right, *b)) == Relation::Disjoint
        }
        _ => false,
    }
}

/// Whether a claim says exactly another number.
fn is_other(material: &Material, told: Told, index: usize, number: Decimal) -> bool {
    let claim = &material.claims[told.doc.index()][index];
    match claim.value {
        Value::Amount { low, high, .. } => claim.hedge.is_none() && low == high && low != number,
        _ => false,
    }
}

/// The place from the top that a superlative names.
fn rank(material: &Material, told: Told, index: usize) -> Option<Decimal> {
    match material.claims[told.doc.index()][index].value {
        Value::Amount { low, .. } => Some(low),
        _ => None,
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
        Answer::Place(name) | Answer::Name(name) | Answer::Title(name) => (name.clone(), None),
        Answer::Number(number) => (number.normalize().to_string(), None),
        Answer::Votes(None) => ("unanimous".to_owned(), None),
        Answer::Votes(Some((one, two))) => (format!("{one} to {two}"), None),
        Answer::Standing(rank, holder) => (format!("{holder}, {rank}"), None),
        Answer::Status(status) => (status.name().to_owned(), None),
        Answer::Members(names, open) => {
            let names = names.iter().cloned().collect::<Vec<_>>().join(", ");
            (if *open { format!("{names}, …") } else { names }, None)
        }
        Answer::Claim(index) => (material.claims[told.doc.index()][*index].value_text(), None),
    };
    let reason = reason.or_else(|| told.fact.rule.clone());
    Cell { place: *place, marks: marks.clone(), words: words.copied(), value, reason }
}

/// What the day of a fact was counted from, if it was.
fn counted(material: &Material, told: Told) -> Option<String> {
    let claims = &material.claims[told.doc.index()];
    let marked = |claim: &&Claim| told.fact.marks.contains(&claim.place.span);
    let claim = claims.iter().find(|claim| marked(claim) && claim.meant.is_some())?;
    Some(claim.reason())
}
