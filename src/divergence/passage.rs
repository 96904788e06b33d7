//! Passages that several documents carry, and which of them say that wording was reused.
//!
//! In:  alignments, and the places of boilerplate.
//! Out: [`Carried`], one for each passage over all documents that carry it.
//! Not here: which came first (`divergence::lineage`), who is credited
//! (`divergence::credit`), and what is said of it (`divergence::reuse`).

use crate::divergence::Material;
use crate::divergence::Nature;
use crate::divergence::cluster::Group;
use crate::divergence::cluster::grouped;
use crate::divergence::shared::Shared;
use crate::divergence::shared::Word;
use crate::divergence::stock;
use crate::divergence::stock::Candidate;
use crate::span::DocId;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::ops::Range;

/// The part of them that must be written small, since a list of names and titles is
/// nobody's wording; and that must stand in no run of words that other documents of the
/// corpus have too: a half.
const PART: usize = 2;

/// Shared words beyond which a passage is no stock phrase, however common its parts.
const STOCK_WORDS_MAX: usize = 60;

/// Quoted words that documents must share before the quotation is worth a line.
const QUOTED_WORDS_MIN: usize = 12;

/// A passage, over all documents that carry it.
#[derive(Clone, Debug)]
pub(crate) struct Carried {
    pub(crate) nature: Nature,
    /// Its places in each document, as tokens, in order and apart.
    pub(crate) passages: BTreeMap<DocId, Vec<Range<u32>>>,
    /// Words that two documents share in it, for each pair that was aligned.
    pub(crate) words: BTreeMap<[DocId; 2], usize>,
}

impl Carried {
    /// The documents that carry it, in order.
    pub(crate) fn documents(&self) -> impl Iterator<Item = DocId> {
        self.passages.keys().copied()
    }

    /// The most words that two of its documents share.
    pub(crate) fn words_max(&self) -> usize {
        self.words.values().copied().max().unwrap_or_default()
    }

    /// The longest of its places in a document.
    pub(crate) fn longest(&self, doc: DocId) -> &Range<u32> {
        let passages = &self.passages[&doc];
        // Of equal ones the first.
        passages.iter().rev().max_by_key(|tokens| tokens.len()).expect("a document has a place")
    }
}

/// The passages that several documents carry: reused wording, then quotations.
pub(crate) fn carried(material: &Material, shared: &[Shared]) -> Vec<Carried> {
    let own: Vec<Shared> = own_wording(material, shared);
    let mut carried = gathered(Nature::Reuse, &own);
    let quoted = shared.iter().filter_map(Shared::quoted_part);
    let quoted: Vec<Shared> = quoted
        .filter(|found| found.count(|word| word.quoted) >= QUOTED_WORDS_MIN)
        .filter(|found| found.count(is_own) < material.reuse_words_min)
        .collect();
    let quotations = gathered(Nature::Quotation, &quoted);
    let mut known: BTreeMap<DocId, Vec<usize>> = BTreeMap::new();
    for (index, found) in carried.iter().enumerate() {
        found.documents().for_each(|doc| known.entry(doc).or_default().push(index));
    }
    let new = |quotation: &Carried| {
        let beside = quotation.documents().next().and_then(|doc| known.get(&doc));
        !beside.is_some_and(|found| found.iter().any(|index| contains(&carried[*index], quotation)))
    };
    let quotations: Vec<Carried> = quotations.into_iter().filter(new).collect();
    carried.extend(quotations);
    carried
}

fn is_own(word: &Word) -> bool {
    !word.quoted
}

/// The alignments whose words outside quotation marks are more than names, titles and
/// stock phrases.
fn own_wording(material: &Material, shared: &[Shared]) -> Vec<Shared> {
    let words_min = material.reuse_words_min;
    let enough = |found: &&Shared| {
        found.count(is_own) >= words_min
            && found.count(|word| is_own(word) && word.plain) >= words_min / PART
    };
    let mut kept: Vec<bool> = shared.iter().map(|found| enough(&found)).collect();
    let groups = grouped(shared);
    let carriers: Vec<BTreeSet<DocId>> =
        groups.iter().map(|group| group.passages.keys().copied().collect()).collect();
    let short = |index: usize| kept[index] && shared[index].words.len() <= STOCK_WORDS_MAX;
    let indices: Vec<(usize, usize)> = (0..groups.len())
        .flat_map(|group| groups[group].members.iter().map(move |member| (*member, group)))
        .filter(|(member, _)| short(*member))
        .collect();
    let candidate = |(member, group): &(usize, usize)| Candidate {
        shared: &shared[*member],
        carriers: &carriers[*group],
    };
    let candidates: Vec<Candidate> = indices.iter().map(candidate).collect();
    let unlikely = stock::unlikely_words(material.texts, &candidates);
    for ((member, _), words) in indices.iter().zip(unlikely) {
        kept[*member] = words >= words_min / PART;
    }
    shared.iter().zip(kept).filter(|(_, kept)| *kept).map(|(found, _)| found.clone()).collect()
}

/// The groups of some alignments, with what each pair of documents shares in them.
fn gathered(nature: Nature, shared: &[Shared]) -> Vec<Carried> {
    let carried = |group: Group| {
        let mut words: BTreeMap<[DocId; 2], usize> = BTreeMap::new();
        for found in group.members.iter().map(|index| &shared[*index]) {
            *words.entry(found.docs).or_default() += found.words.len();
        }
        Carried { nature, passages: group.passages, words }
    };
    grouped(shared).into_iter().map(carried).collect()
}

/// Whether every place of a passage lies in a place of another one.
fn contains(outer: &Carried, inner: &Carried) -> bool {
    inner.passages.iter().all(|(doc, places)| {
        let outer = outer.passages.get(doc).map_or(&[][..], Vec::as_slice);
        let inside = |place: &Range<u32>| {
            outer.iter().any(|outer| outer.start <= place.start && place.end <= outer.end)
        };
        places.iter().all(inside)
    })
}
