//! Sentences of two texts that state the same, by the words that they share or as paraphrases.
//!
//! In:  texts.
//! Out: for each sentence the sentences of other texts that say at least most of it.
//! Not here: passages that share wording (`align`).

use super::Frames;
use crate::claims::Attribution;
use crate::claims::content_stem;
use crate::divergence::Material;
use crate::paraphrase::Paraphrase;
use crate::span::DocId;
use crate::span::Span;
use crate::text::Form;
use crate::text::Role;
use crate::text::Text;
use rayon::prelude::*;
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Pair {
    pub(super) left: SentenceId,
    pub(super) right: SentenceId,
    /// Whether they share most words, and not only some, or say the same in other words.
    pub(super) close: bool,
}

/// Sentences that may have the same word for it to lead from one to another.
const CARRIERS_MAX: usize = 60;

/// The sentences of different texts that state the same, or may; where there are drafts,
/// those with one. Some share words, others are paraphrases.
pub(super) fn pairs(material: &Material, frames: &Frames) -> Vec<Pair> {
    let all = &frames.sentences;
    let words = Words::read(all);
    let draft = |doc: DocId| material.documents[doc.index()].draft;
    let any_draft = material.documents.iter().any(|document| document.draft);
    let wanted: Vec<usize> =
        (0..all.len()).filter(|at| !any_draft || draft(all[*at].0.doc)).collect();
    let meeting = |at: usize| -> Vec<Pair> {
        let met = words.met(at).into_iter().filter(|other| {
            let other = all[*other].0;
            // From a draft to every source, from a source on: each pair once.
            other.doc != all[at].0.doc
                && if any_draft { !draft(other.doc) } else { other > all[at].0 }
        });
        met.filter_map(|other| words.pair(at, other)).collect()
    };
    let mut found: Vec<Pair> = wanted.into_par_iter().flat_map_iter(meeting).collect();
    found.extend(in_other_words(material, frames));
    found.sort_unstable();
    // Of two reports of one pair the closer is kept.
    found.dedup_by(|later, earlier| {
        let same = (later.left, later.right) == (earlier.left, earlier.right);
        earlier.close |= same && later.close;
        same
    });
    found
}

/// How likely a paraphrase must be for a finding to rest on it alone: of what is told between
/// 0.6 and here on our own corpus nothing was planted.
const CERTAIN_MIN: f64 = 0.8;

/// How likely one may be at least of which most words answer to each other, in percent of the
/// words with content of the shorter sentence, without who says it: two names for who says it
/// make a paraphrase look unlikely.
const ANSWERED_MIN: f64 = 0.3;
const ANSWERED_PERCENT_MIN: usize = 65;

/// Words that must answer to each other: two make a term, such as "letter of intent".
const ANSWERING_MIN: usize = 3;

impl Frames {
    /// Whether a finding may rest on a paraphrase.
    pub(super) fn is_firm(&self, found: &Paraphrase) -> bool {
        let count = |doc: DocId, unit: u32| {
            let id = SentenceId { doc, unit };
            let at = self.sentences.binary_search_by_key(&id, |(known, _)| *known);
            at.map_or(0, |at| self.sentences[at].1.len())
        };
        let (left, right) =
            (count(found.left.doc, found.left_unit), count(found.right.doc, found.right_unit));
        let most = found.words.len() * 100 >= left.min(right).max(1) * ANSWERED_PERCENT_MIN;
        let likely = found.probability >= CERTAIN_MIN || found.probability >= ANSWERED_MIN && most;
        likely && found.words.len() >= ANSWERING_MIN
    }
}

/// The sentences that say the same in other words.
fn in_other_words(material: &Material, frames: &Frames) -> impl Iterator<Item = Pair> {
    material.paraphrases.iter().filter(|found| frames.is_firm(found)).map(|found| {
        let left = SentenceId { doc: found.left.doc, unit: found.left_unit };
        let right = SentenceId { doc: found.right.doc, unit: found.right_unit };
        Pair { left: left.min(right), right: left.max(right), close: true }
    })
}

/// The words of all sentences, and how rare each is.
struct Words<'a> {
    all: &'a [(SentenceId, BTreeSet<Form>)],
    carriers: HashMap<Form, Vec<usize>>,
    /// The weight of each sentence.
    weights: Vec<f64>,
}

impl<'a> Words<'a> {
    fn read(all: &'a [(SentenceId, BTreeSet<Form>)]) -> Self {
        let mut carriers: HashMap<Form, Vec<usize>> = HashMap::new();
        for (at, (_, words)) in all.iter().enumerate() {
            for word in words {
                carriers.entry(*word).or_default().push(at);
            }
        }
        let mut words = Self { all, carriers, weights: Vec::new() };
        words.weights = all
            .par_iter()
            .map(|(_, own)| own.iter().map(|word| words.weight(*word)).sum())
            .collect();
        words
    }

    /// How rare a word is, in nats.
    fn weight(&self, word: Form) -> f64 {
        let known = self.carriers.get(&word).map_or(1, Vec::len);
        // A ratio of counts needs no more than the digits of a float.
        #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
        let rare = (self.all.len().max(1) as f64 / known as f64).ln();
        rare.max(0.1)
    }

    /// The sentences that have two rare words with the one at `at` in common, in order.
    fn met(&self, at: usize) -> Vec<usize> {
        let known = self.all[at].1.iter().filter_map(|word| self.carriers.get(word));
        let rare = known.filter(|known| known.len() <= CARRIERS_MAX);
        let mut met: Vec<usize> = rare.flatten().copied().filter(|other| *other != at).collect();
        met.sort_unstable();
        let mut twice: Vec<usize> =
            met.windows(2).filter(|two| two[0] == two[1]).map(|two| two[0]).collect();
        twice.dedup();
        twice
    }

    /// Two sentences as a pair, if they share enough.
    fn pair(&self, at: usize, other: usize) -> Option<Pair> {
        let (one, two) = (&self.all[at], &self.all[other]);
        let (mut count, mut weight) = (0, 0.0);
        for word in one.1.intersection(&two.1) {
            count += 1;
            weight += self.weight(*word);
        }
        let least = self.weights[at].min(self.weights[other]);
        let percent = weight * 100.0 / least.max(f64::MIN_POSITIVE);
        let holds = |(least, words): (f64, usize)| percent >= least && count >= words;
        let (left, right) = (one.0.min(two.0), one.0.max(two.0));
        holds(NEAR).then(|| Pair { left, right, close: holds(CLOSE) })
    }
}

/// The sentences of a text with their words of content, quoted ones too, but without
/// those that say whose statement it is.
pub(super) fn sentences(
    text: &Text,
    attribution: &(dyn Fn(SentenceId) -> Option<Attribution> + Sync),
) -> Vec<(SentenceId, BTreeSet<Form>)> {
    let running = (0..)
        .zip(&text.units)
        .filter(|(_, unit)| matches!(unit.role, Role::Sentence | Role::Bullet));
    running
        .map(|(number, unit)| {
            let id = SentenceId { doc: text.doc, unit: number };
            let handed = attribution(id).map(|found| [Some(found.cue), found.who]);
            let handed: Vec<Span> = handed.into_iter().flatten().flatten().collect();
            let tokens = text.unit_tokens(unit).iter();
            let words = tokens
                .filter(|token| !handed.iter().any(|span| span.contains(token.span)))
                .filter_map(|token| content_stem(&text.word(token).to_lowercase()));
            (id, words.collect())
        })
        .collect()
}
