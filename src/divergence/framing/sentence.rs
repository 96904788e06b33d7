//! Sentences of two texts that state the same, by the words that they share.
//!
//! In:  texts.
//! Out: for each sentence the sentences of other texts that say at least most of it.
//! Not here: passages that share wording (`align`).

use super::Frames;
use crate::claims::content_stem;
use crate::divergence::Material;
use crate::span::DocId;
use crate::span::Span;
use crate::text::Form;
use crate::text::Role;
use crate::text::Text;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::collections::HashMap;

/// One sentence of one document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct SentenceId {
    pub(super) doc: DocId,
    pub(super) unit: u32,
}

/// Share of the words with content of the shorter sentence that the other must have, in
/// percent, weighed by how rare they are, and how many words.
const CLOSE: (f64, usize) = (62.0, 4);

/// The same for sentences that may state the same.
const NEAR: (f64, usize) = (48.0, 3);

/// Two sentences of different texts, the lower number first.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair {
    pub(super) left: SentenceId,
    pub(super) right: SentenceId,
    /// Whether they share most words, and not only some.
    pub(super) close: bool,
}

/// Sentences that may have the same word for it to lead from one to another.
const CARRIERS_MAX: usize = 60;

/// The sentences of different texts that state the same, or may.
pub(super) fn pairs(material: &Material, frames: &Frames) -> Vec<Pair> {
    let all: Vec<(SentenceId, BTreeSet<Form>)> =
        material.texts.par_iter().flat_map_iter(|text| sentences(text, frames)).collect();
    let mut carriers: BTreeMap<Form, Vec<usize>> = BTreeMap::new();
    for (at, (_, words)) in all.iter().enumerate() {
        for word in words {
            carriers.entry(*word).or_default().push(at);
        }
    }
    let count = all.len().max(1);
    let weight = |word: &Form| {
        let known = carriers.get(word).map_or(1, Vec::len);
        // A ratio of counts needs no more than the digits of a float.
        #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
        let rare = (count as f64 / known as f64).ln();
        rare.max(0.1)
    };
    let weigh = |words: &BTreeSet<Form>| words.iter().map(weight).sum::<f64>();
    let meeting = |at: usize| -> Vec<Pair> {
        let (id, words) = &all[at];
        let mut met: HashMap<usize, usize> = HashMap::new();
        let rare = words
            .iter()
            .filter_map(|word| carriers.get(word))
            .filter(|known| known.len() <= CARRIERS_MAX);
        for other in rare.flatten().filter(|other| **other > at) {
            *met.entry(*other).or_default() += 1;
        }
        let mut met: Vec<usize> =
            met.into_iter().filter(|(_, shared)| *shared > 1).map(|(other, _)| other).collect();
        met.sort_unstable();
        let pair = |other: usize| {
            let (other_id, other_words) = &all[other];
            let shared: BTreeSet<Form> = words.intersection(other_words).copied().collect();
            let least = weigh(words).min(weigh(other_words));
            let percent = weigh(&shared) * 100.0 / least.max(f64::MIN_POSITIVE);
            let holds = |(least, count)| percent >= least && shared.len() >= count;
            let found = other_id.doc != id.doc && holds(NEAR);
            found.then(|| Pair { left: *id, right: *other_id, close: holds(CLOSE) })
        };
        met.into_iter().filter_map(pair).collect()
    };
    (0..all.len()).into_par_iter().flat_map_iter(meeting).collect()
}

/// The sentences of a text with their words of content, quoted ones too, but without
/// those that say whose statement it is.
fn sentences(text: &Text, frames: &Frames) -> Vec<(SentenceId, BTreeSet<Form>)> {
    let running = (0..)
        .zip(&text.units)
        .filter(|(_, unit)| matches!(unit.role, Role::Sentence | Role::Bullet));
    running
        .map(|(number, unit)| {
            let id = SentenceId { doc: text.doc, unit: number };
            let handed = frames.attribution(id).map(|found| [Some(found.cue), found.who]);
            let handed: Vec<Span> = handed.into_iter().flatten().flatten().collect();
            let tokens = text.unit_tokens(unit).iter();
            let words = tokens
                .filter(|token| !handed.iter().any(|span| span.contains(token.span)))
                .filter_map(|token| content_stem(&text.word(token).to_lowercase()));
            (id, words.collect())
        })
        .collect()
}
