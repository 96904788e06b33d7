//! The plane of two texts: their words as points, and how likely each is by chance.
//!
//! In:  the stems of two texts.
//! Out: [`Plane`], which the search for passages works on.
//! Not here: the search (`search`), English at large (`background`).

use crate::reuse::background;
use crate::reuse::stem::stem;
use crate::text::Text;
use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::hash::Hasher;

/// Weight, in words, of English at large against the two texts themselves when a
/// word's rate is estimated. From 7,000 to 14,000 the PAN score moves by .01.
const PRIOR_WORDS: f32 = 10_000.0;

/// Occurrences that do not count for the rate: a reused word stands in both texts
/// because it was reused. Two would let the topic of both texts pass for reuse.
const OWN_OCCURRENCES: f32 = 1.5;

/// The number of a word that stands in one text only.
pub(crate) const LONE: u32 = 0;

/// The left text of a plane.
pub(crate) const LEFT: usize = 0;

/// The right text of a plane.
pub(crate) const RIGHT: usize = 1;

/// A non-empty stretch of words, by position in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Stretch {
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl Stretch {
    pub(crate) fn len(self) -> usize {
        self.end - self.start
    }

    pub(crate) fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    pub(crate) fn holds(self, at: usize) -> bool {
        self.start <= at && at < self.end
    }

    /// The least stretch that contains both.
    pub(crate) fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Words between two stretches, 0 when they touch or overlap.
    pub(crate) fn gap(self, other: Self) -> usize {
        self.start.max(other.start).saturating_sub(self.end.min(other.end))
    }

    /// How much of this stretch lies in `other`, from 0 to 1.
    pub(crate) fn share_in(self, other: Self) -> f32 {
        let common = self.end.min(other.end).saturating_sub(self.start.max(other.start));
        count(common) / count(self.len())
    }
}

/// The stems of one text, with the places where its units begin.
#[derive(Clone, Debug)]
pub(crate) struct Stems {
    /// The stem of each word.
    pub(crate) words: Vec<u64>,
    /// Whether a unit begins at a position; one longer than `words`, and true at both ends.
    pub(crate) borders: Vec<bool>,
    /// How often each stem occurs.
    counts: HashMap<u64, usize, BuildHasherDefault<Identity>>,
}

impl Stems {
    pub(crate) fn of(text: &Text) -> Self {
        let words: Vec<u64> = text.tokens.iter().map(|token| stem(text.word(token))).collect();
        let mut borders = vec![false; words.len() + 1];
        borders[0] = true;
        borders[words.len()] = true;
        for unit in &text.units {
            borders[unit.tokens.start as usize] = true;
        }
        let mut counts = HashMap::default();
        for stem in &words {
            *counts.entry(*stem).or_default() += 1;
        }
        Self { words, borders, counts }
    }
}

/// Two texts, word by word. Words that stand in both have a number from 1.
#[derive(Clone, Debug)]
pub(crate) struct Plane<'t> {
    pub(crate) words: [Vec<u32>; 2],
    pub(crate) borders: [&'t [bool]; 2],
    /// By word number: the chance that a word of a text like these is this one.
    pub(crate) rates: Vec<f32>,
    /// Whether both sides are one text: then the left passage comes first.
    pub(crate) one_text: bool,
}

impl<'t> Plane<'t> {
    /// The plane of two texts; `topic` are other texts on the same subject.
    pub(crate) fn new(left: &'t Stems, right: &'t Stems, topic: &[&Stems], one_text: bool) -> Self {
        let mut numbers: HashMap<u64, u32, BuildHasherDefault<Identity>> = HashMap::default();
        for stem in &right.words {
            numbers.insert(*stem, LONE);
        }
        let mut shared = Vec::new();
        for stem in &left.words {
            let Some(number) = numbers.get_mut(stem) else { continue };
            if *number == LONE {
                shared.push(*stem);
                *number = u32::try_from(shared.len()).expect("documents are under 4 GiB");
            }
        }
        let numbered = |stems: &[u64]| -> Vec<u32> {
            stems.iter().map(|stem| numbers.get(stem).copied().unwrap_or(LONE)).collect()
        };
        let words = [numbered(&left.words), numbered(&right.words)];
        let rates = rates(&shared, &words, topic);
        Self { words, borders: [&left.borders, &right.borders], rates, one_text }
    }

    /// The words of a stretch of one side.
    pub(crate) fn words(&self, side: usize, stretch: Stretch) -> &[u32] {
        &self.words[side][stretch.start..stretch.end]
    }

    /// All of one side.
    pub(crate) fn whole(&self, side: usize) -> Stretch {
        Stretch { start: 0, end: self.words[side].len() }
    }
}

/// The chance of each shared word: its rate in English, corrected by both texts, or
/// its rate in other texts on the subject if that is greater.
fn rates(shared: &[u64], words: &[Vec<u32>; 2], topic: &[&Stems]) -> Vec<f32> {
    let here = occurrences(words.iter().flatten(), shared.len());
    let total = count(words[LEFT].len() + words[RIGHT].len());
    let topic_total = count(topic.iter().map(|text| text.words.len()).sum()).max(1.0);
    let mut rates = vec![1.0];
    for (stem, here) in shared.iter().zip(&here[1..]) {
        let own = (count(*here) - OWN_OCCURRENCES).max(0.0);
        let rate = (PRIOR_WORDS * background::rate(*stem) + own) / (PRIOR_WORDS + total);
        let elsewhere = topic.iter().filter_map(|text| text.counts.get(stem)).sum();
        rates.push(rate.max(count(elsewhere) / topic_total));
    }
    rates
}

/// How often each word number occurs.
fn occurrences<'w>(words: impl IntoIterator<Item = &'w u32>, shared: usize) -> Vec<usize> {
    let mut occurrences = vec![0; shared + 1];
    for word in words {
        occurrences[*word as usize] += 1;
    }
    occurrences
}

/// A number of words as a float.
#[expect(clippy::cast_precision_loss, reason = "numbers of words are far below 2^24")]
pub(crate) fn count(words: usize) -> f32 {
    words as f32
}

/// Stems are hashes already.
#[derive(Default)]
struct Identity(u64);

impl Hasher for Identity {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, _: &[u8]) {
        unreachable!("only stems, which are u64, are keys");
    }

    fn write_u64(&mut self, stem: u64) {
        self.0 = stem;
    }
}
