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
//! Not here: what makes two facts one (`divergence::pair`), and whether they differ
//! (`divergence::matrix`).

use crate::divergence::common::Common;
use crate::divergence::common::Words;
use crate::divergence::pair::Pair;
use crate::divergence::pair::Share;
use crate::divergence::timing::Time;
use crate::fact::Fact;
use crate::fact::Question;
use crate::span::DocId;
use std::collections::BTreeMap;

/// A fact with its place in the comparison.
#[derive(Clone, Copy)]
pub(super) struct Told<'f> {
    pub(super) doc: DocId,
    pub(super) fact: &'f Fact,
}

impl Told<'_> {
    pub(super) fn time(self) -> Time {
        (self.doc, self.fact.when)
    }
}

/// Whether two facts exclude each other.
pub(super) type Apart<'f> = dyn Fn(Told, Told) -> bool + 'f;

/// The pairs of `told` that answer `question` together.
///
/// Of figures that exclude each other, as `apart` tells, those are left out of which one
/// stands in the other document as well: "54 percent" and "46 percent" of one vote, given
/// by both, are no contradiction.
pub(super) fn links<'m>(
    common: &Common<'m, '_>,
    question: &Question,
    told: &[Told<'m>],
    apart: impl Fn(Told, Told) -> bool,
) -> Vec<(usize, usize)> {
    let words: Vec<Words> = told.iter().map(|told| common.words(*told)).collect();
    let mut alike = Vec::new();
    for (left, one) in told.iter().enumerate() {
        let others = told.iter().enumerate().skip(left + 1);
        for (right, other) in others.filter(|(_, other)| other.doc != one.doc) {
            let share = Share::of((*one, *other), [&words[left], &words[right]]);
            if Pair::of(common, (*one, *other), share, &apart).is_same(question) {
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
pub(super) fn is_figure(question: &Question) -> bool {
    matches!(
        question,
        Question::Count(_)
            | Question::Part(_)
            | Question::Rank(_)
            | Question::Most(_)
            | Question::Term
            | Question::Toll(_)
            | Question::Amount(..)
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
