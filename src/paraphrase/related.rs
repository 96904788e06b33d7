//! Which documents may be on one event, without comparing every one with every other.
//!
//! In:  texts.
//! Out: pairs of documents.
//! Not here: comparing their sentences (`compare`).

use crate::reuse::stem;
use crate::span::DocId;
use crate::text::Text;
use rayon::prelude::*;
use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::collections::HashMap;

/// Documents that one is compared with, in a large corpus. More outlets than this write
/// about one event, but then the nearest of them say it all.
const NEIGHBOURS_MAX: usize = 24;

/// Stems in more documents than this say nothing about which of them are on one event,
/// and looking them up would cost the square of that number.
const DOCUMENTS_MAX: usize = 64;

/// Rare stems that documents on one event share at least: a place, a person, a cause.
const STEMS_MIN: usize = 3;

/// The `wanted` pairs of documents, as indices into `texts`, the lower one first, in order.
///
/// Up to [`NEIGHBOURS_MAX`] documents are all compared with each other. In more, each is
/// compared with those that share most of its rare stems, so that work grows with the
/// number of documents.
pub(super) fn pairs(
    texts: &[Text],
    wanted: &(dyn Fn([DocId; 2]) -> bool + Sync),
) -> Vec<[usize; 2]> {
    let count = texts.len();
    let is_wanted = |pair: &[usize; 2]| wanted(pair.map(|text| texts[text].doc));
    if count <= NEIGHBOURS_MAX {
        let all = (0..count).flat_map(|l| (l + 1..count).map(move |r| [l, r]));
        return all.filter(is_wanted).collect();
    }
    let stems: Vec<BTreeSet<u64>> = texts.par_iter().map(stems).collect();
    let mut postings: HashMap<u64, Vec<usize>> = HashMap::new();
    for (document, stems) in stems.iter().enumerate() {
        for stem in stems {
            postings.entry(*stem).or_default().push(document);
        }
    }
    postings.retain(|_, documents| (2..=DOCUMENTS_MAX).contains(&documents.len()));
    let pairs: BTreeSet<[usize; 2]> = stems
        .par_iter()
        .enumerate()
        .flat_map_iter(|(document, stems)| {
            let of = move |other: usize| [document.min(other), document.max(other)];
            let is_wanted = |other: usize| is_wanted(&of(other));
            neighbours(document, stems, &postings, (count, &is_wanted)).into_iter().map(of)
        })
        .collect();
    pairs.into_iter().collect()
}

fn stems(text: &Text) -> BTreeSet<u64> {
    text.tokens.iter().map(|token| stem(text.word(token))).collect()
}

/// The documents that share most with one, the nearest first.
fn neighbours(
    document: usize,
    stems: &BTreeSet<u64>,
    postings: &HashMap<u64, Vec<usize>>,
    (count, is_wanted): (usize, &dyn Fn(usize) -> bool),
) -> Vec<usize> {
    let mut shared: HashMap<usize, (usize, f64)> = HashMap::new();
    for others in stems.iter().filter_map(|stem| postings.get(stem)) {
        let rareness = (number(count) / number(others.len())).ln();
        for other in others.iter().filter(|other| **other != document && is_wanted(**other)) {
            let found = shared.entry(*other).or_default();
            *found = (found.0 + 1, found.1 + rareness);
        }
    }
    let mut near: Vec<(f64, Reverse<usize>)> = shared
        .into_iter()
        .filter(|(_, (stems, _))| *stems >= STEMS_MIN)
        .map(|(other, (_, rareness))| (rareness, Reverse(other)))
        .collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)));
    near.truncate(NEIGHBOURS_MAX);
    near.into_iter().map(|(_, Reverse(other))| other).collect()
}

fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).expect("there are under 2^32 documents"))
}
