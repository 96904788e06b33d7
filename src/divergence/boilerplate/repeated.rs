//! Repeated units: whole sentences that several texts have, judged by where they stand
//! and by what else their carriers have in common.
//!
//! In:  all texts.
//! Out: the places of each line that the corpus shows to be boilerplate.
//! Not here: what the newsroom lists.

use super::Places;
use super::beside;
use super::rest;
use super::token;
use crate::divergence::shared::is_quoted;
use crate::span::DocId;
use crate::text::Role;
use crate::text::Text;
use crate::text::Unit;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::ops::Range;

/// Documents that must have a sentence before it can be boilerplate.
const DOCUMENTS_MIN: usize = 3;

/// The same, where the documents are about one thing, or it cannot be told.
const RELATED_DOCUMENTS_MIN: usize = 4;

/// Words in the least unit that is looked at: "All rights reserved".
const UNIT_WORDS_MIN: usize = 3;

/// Words in a unit whose sharing says that two texts have more in common.
const SHARED_UNIT_WORDS_MIN: usize = 8;

/// Words of a run of repeated units up to which it may be boilerplate: a line on how
/// to subscribe, a note on rights and a line on the author.
const SHORT_WORDS_MAX: usize = 60;

/// The same at the edge of texts about different things: a paragraph about a publisher.
const LONG_WORDS_MAX: usize = 150;

/// In most carriers the run must be this part of the text at most: a third.
const PART_MIN: usize = 3;

/// Words of its own that a text may have between such a unit and its edge.
const EDGE_WORDS_MAX: usize = 25;

/// Percent of the carriers in which the unit must stand at the edge.
const EDGE_PERCENT_MIN: usize = 80;

/// Percent of the pairs of carriers that have other wording in common, from which the
/// unit belongs to a story that they all carry.
const STORY_PERCENT_MIN: usize = 50;

/// Carriers that are looked at; of more a fixed sample is.
const SAMPLE_MAX: usize = 32;

/// Marks a unit that no other text has.
const ALONE: u32 = u32::MAX;

/// One unit of one document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Occurrence {
    key: u64,
    doc: DocId,
    unit: u32,
}

/// The units that several texts have.
struct Repeated<'a> {
    texts: &'a [Text<'a>],
    /// The places of each, by document; several in one document are possible.
    groups: Vec<Vec<(DocId, u32)>>,
    /// How many documents have it.
    documents: Vec<usize>,
    /// The group of each unit of each document.
    of_unit: Vec<Vec<u32>>,
}

/// The places of each line of boilerplate that the corpus shows.
pub(super) fn lines(texts: &[Text]) -> Vec<Places> {
    let repeated = Repeated::find(texts);
    let judged: Vec<bool> =
        (0..repeated.groups.len()).into_par_iter().map(|g| repeated.is_boilerplate(g)).collect();
    repeated.lines(&judged)
}

impl<'a> Repeated<'a> {
    fn find(texts: &'a [Text<'a>]) -> Self {
        let mut all: Vec<Occurrence> = texts.par_iter().flat_map_iter(occurrences).collect();
        all.par_sort_unstable();
        let mut of_unit: Vec<Vec<u32>> =
            texts.iter().map(|text| vec![ALONE; text.units.len()]).collect();
        let (mut groups, mut documents) = (Vec::new(), Vec::new());
        for same in all.chunk_by(|a, b| a.key == b.key) {
            let count = same.chunk_by(|a, b| a.doc == b.doc).count();
            if count < DOCUMENTS_MIN {
                continue;
            }
            for found in same {
                of_unit[found.doc.index()][found.unit as usize] = token(groups.len());
            }
            groups.push(same.iter().map(|found| (found.doc, found.unit)).collect());
            documents.push(count);
        }
        Self { texts, groups, documents, of_unit }
    }

    fn unit(&self, doc: DocId, unit: u32) -> &Unit {
        &self.texts[doc.index()].units[unit as usize]
    }

    /// The group of a unit, if other texts have it too.
    fn group(&self, doc: DocId, unit: usize) -> Option<usize> {
        let group = *self.of_unit[doc.index()].get(unit)?;
        (group != ALONE).then_some(group as usize)
    }

    fn is_boilerplate(&self, group: usize) -> bool {
        let carriers = self.sample(group);
        let pairs = || carriers.iter().zip(carriers.iter().cycle().skip(1)).take(carriers.len());
        let runs: Vec<Range<usize>> =
            carriers.iter().map(|(doc, unit)| self.run(*doc, *unit as usize)).collect();
        let mut words: Vec<usize> =
            carriers.iter().zip(&runs).map(|((doc, _), run)| self.words(*doc, run)).collect();
        let whole = |doc: DocId| self.text(doc).tokens.len();
        let small = carriers.iter().zip(&words).filter(|((d, _), w)| *w * PART_MIN <= whole(*d));
        if 2 * small.count() < carriers.len() {
            return false;
        }
        words.sort_unstable();
        // In a quarter of its carriers it stands without what surrounds it elsewhere.
        let words = words[words.len() / 4];
        if words > LONG_WORDS_MAX {
            return false;
        }
        let edged = |(doc, unit): &&(DocId, u32)| self.at_edge(*doc)[*unit as usize];
        let at_edge = carriers.iter().filter(edged).count();
        let at_edge = at_edge * 100 >= carriers.len() * EDGE_PERCENT_MIN;
        if words > SHORT_WORDS_MAX && !at_edge {
            return false;
        }
        let bodies: Vec<BTreeSet<usize>> =
            carriers.iter().zip(&runs).map(|((doc, _), run)| self.body(*doc, run)).collect();
        let sharing = (0..bodies.len())
            .filter(|at| !bodies[*at].is_disjoint(&bodies[(at + 1) % bodies.len()]))
            .count();
        if sharing * 100 >= carriers.len() * STORY_PERCENT_MIN {
            return false;
        }
        let alike = pairs().map(|(left, right)| {
            let own =
                |doc: DocId| rest::content(self.text(doc), |unit| self.group(doc, unit).is_none());
            rest::likeness(&own(left.0), &own(right.0))
        });
        if rest::are_unrelated(alike) {
            return at_edge || words <= SHORT_WORDS_MAX;
        }
        at_edge && words <= SHORT_WORDS_MAX && self.documents[group] >= RELATED_DOCUMENTS_MIN
    }

    fn text(&self, doc: DocId) -> &Text<'a> {
        &self.texts[doc.index()]
    }

    /// One place in each of some of the documents that have a unit, chosen by their
    /// texts, so that neither the order nor the names of the documents matter.
    fn sample(&self, group: usize) -> Vec<(DocId, u32)> {
        let mut carriers: Vec<(DocId, u32)> = self.groups[group].clone();
        carriers.dedup_by_key(|(doc, _)| *doc);
        carriers.sort_by_cached_key(|carrier| (fingerprint(self.text(carrier.0)), *carrier));
        carriers.truncate(SAMPLE_MAX);
        carriers
    }

    /// The run of repeated units around one of them that about as many documents have.
    fn run(&self, doc: DocId, unit: usize) -> Range<usize> {
        let Some(own) = self.group(doc, unit) else { return unit..unit + 1 };
        let belongs = |other: usize| {
            self.group(doc, other).is_some_and(|other| {
                let (few, many) = (self.documents[own], self.documents[other]);
                few.max(many) <= 2 * few.min(many)
            })
        };
        // Beyond as many units as words are allowed it is too long anyhow.
        let (before, after) = ((0..unit).rev(), unit + 1..unit + 1 + LONG_WORDS_MAX);
        let before = before.take(LONG_WORDS_MAX).take_while(|other| belongs(*other));
        let start = before.last().unwrap_or(unit);
        let end = after.take_while(|other| belongs(*other)).last().unwrap_or(unit);
        start..end + 1
    }

    fn words(&self, doc: DocId, units: &Range<usize>) -> usize {
        self.text(doc).units[units.clone()].iter().map(|unit| unit.tokens.len()).sum()
    }

    /// For each unit of a document, whether hardly any words of the document's own
    /// stand before or after it.
    fn at_edge(&self, doc: DocId) -> Vec<bool> {
        let units = &self.text(doc).units;
        let own = |index: usize| {
            let unit = &units[index];
            let told = unit.role != Role::Caption && unit.role != Role::Headline;
            if told && self.group(doc, index).is_none() { unit.tokens.len() } else { 0 }
        };
        let all: usize = (0..units.len()).map(own).sum();
        let mut before = 0;
        (0..units.len())
            .map(|index| {
                let (start, end) = (before, before + own(index));
                before = end;
                start <= EDGE_WORDS_MAX || all - end <= EDGE_WORDS_MAX
            })
            .collect()
    }

    /// The repeated units of a document that are neither in `run` nor at its edge.
    fn body(&self, doc: DocId, run: &Range<usize>) -> BTreeSet<usize> {
        let units = &self.text(doc).units;
        let at_edge = self.at_edge(doc);
        (0..units.len())
            .filter(|unit| !run.contains(unit) && !at_edge[*unit])
            .filter(|unit| units[*unit].tokens.len() >= SHARED_UNIT_WORDS_MIN)
            .filter_map(|unit| self.group(doc, unit))
            .collect()
    }

    /// The places of the units that were `judged` to be boilerplate; those that stand
    /// beside each other are one line.
    fn lines(&self, judged: &[bool]) -> Vec<Places> {
        let next = |group: usize| {
            let (doc, unit) = self.groups[group][0];
            let next = self.group(doc, unit as usize + 1)?;
            let (few, many) = (self.documents[group], self.documents[next]);
            (judged[next] && few.max(many) <= 2 * few.min(many)).then_some((group, next))
        };
        let groups = 0..judged.len();
        let links: Vec<(usize, usize)> = groups.filter(|g| judged[*g]).filter_map(next).collect();
        let together = beside(judged.len(), &links).into_iter();
        together.filter(|line| judged[line[0]]).map(|line| self.places(&line)).collect()
    }

    fn places(&self, line: &[usize]) -> Places {
        let mut units: Vec<(DocId, u32)> =
            line.iter().flat_map(|group| self.groups[*group].iter().copied()).collect();
        units.sort_unstable();
        let together = |a: &(DocId, u32), b: &(DocId, u32)| a.0 == b.0 && a.1 + 1 == b.1;
        units
            .chunk_by(together)
            .map(|units| {
                let (first, last) = (units[0], units[units.len() - 1]);
                let start = self.unit(first.0, first.1).tokens.start;
                (first.0, start..self.unit(last.0, last.1).tokens.end)
            })
            .collect()
    }
}

/// The units of one text that can be boilerplate. The title of a story is not, and
/// speech may be quoted anywhere.
fn occurrences(text: &Text) -> impl Iterator<Item = Occurrence> {
    let units = text.units.iter().zip(0_u32..);
    units
        .filter(|(unit, _)| unit.tokens.len() >= UNIT_WORDS_MIN && unit.role != Role::Headline)
        .filter(|(unit, _)| !is_quoted(text, unit.tokens.start + token(unit.tokens.len() / 2)))
        .map(|(unit, index)| Occurrence { key: key(text, unit), doc: text.doc, unit: index })
}

/// A hash of the words of a unit in which all numbers are equal: years of a copyright.
fn key(text: &Text, unit: &Unit) -> u64 {
    let folded = text.folded.text().as_bytes();
    let words = text.unit_tokens(unit).iter();
    words.fold(0, |hash: u64, word| {
        let number = folded[word.folded.start()].is_ascii_digit();
        mixed(hash, if number { 0 } else { word.form.0 })
    })
}

/// Words by which a text is told from others: its headline and its first sentences.
const FINGERPRINT_WORDS: usize = 64;

/// A hash of the length and the beginning of a text.
fn fingerprint(text: &Text) -> u64 {
    let words = text.tokens.iter().take(FINGERPRINT_WORDS);
    words.fold(text.source.len() as u64, |hash, word| mixed(hash, word.form.0))
}

fn mixed(hash: u64, form: u64) -> u64 {
    (hash.rotate_left(23) ^ form).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}
