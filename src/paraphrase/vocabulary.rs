//! The words of some texts, each with its vector once.
//!
//! In:  texts.
//! Out: [`Vocabulary`].
//! Not here: which of them a sentence has (`sentence`).

use crate::embedding::Sketch;
use crate::embedding::Table;
use crate::embedding::Vector;
use crate::reuse::stem;
use crate::text::Text;
use crate::text::Token;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// Words that stand in more than one English sentence of fifty say little about what a
/// sentence says: `the`, `said`, `president`. In nats of [`Table::rarity`]. A list of
/// stop words in its place lost .013 of F1 on the articles, 3.3 nats lost .023.
const RARITY_MIN: f32 = 4.0;

/// A word that tells something about a sentence.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// What it shares with its inflections.
    pub(super) stem: u64,
    /// How rare it is in English at large, in nats.
    pub(super) rarity: f32,
    /// What it means.
    pub(super) vector: Vector,
    /// The same, roughly.
    pub(super) sketch: Sketch,
}

/// The telling words of some texts.
#[derive(Debug, Default)]
pub(super) struct Vocabulary<'t> {
    numbers: FxHashMap<&'t str, u32>,
    entries: Vec<Entry>,
}

impl<'t> Vocabulary<'t> {
    /// The vocabulary of `texts`.
    pub(super) fn of(texts: &[&'t Text]) -> Self {
        let words = |text: &&'t Text| -> BTreeSet<&'t str> {
            text.tokens.iter().map(|token| word(text, token)).collect()
        };
        let words: BTreeSet<&str> = texts.par_iter().map(words).reduce(BTreeSet::new, |a, b| {
            let (mut more, less) = if a.len() < b.len() { (b, a) } else { (a, b) };
            more.extend(less);
            more
        });
        let words: Vec<&str> = words.into_iter().collect();
        let telling: Vec<(&str, Entry)> =
            words.into_par_iter().filter_map(|word| Some((word, entry(word)?))).collect();
        let numbers = telling.iter().map(|(word, _)| *word).zip(0..).collect();
        Self { numbers, entries: telling.into_iter().map(|(_, entry)| entry).collect() }
    }

    /// The number of a telling word.
    pub(super) fn number(&self, word: &str) -> Option<u32> {
        self.numbers.get(word).copied()
    }

    /// The word of a number.
    pub(super) fn entry(&self, number: u32) -> &Entry {
        &self.entries[number as usize]
    }
}

fn entry(word: &str) -> Option<Entry> {
    let table = Table::embedded();
    let rarity = table.rarity(word);
    (rarity >= RARITY_MIN).then(|| {
        let vector = table.vector([word]);
        Entry { stem: stem(&american(word)), rarity, sketch: Sketch::of(&vector), vector }
    })
}

/// A word of a text without `'s`.
pub(super) fn word<'t>(text: &'t Text, token: &Token) -> &'t str {
    let word = text.word(token);
    word.strip_suffix("'s").unwrap_or(word)
}

/// British endings and what stands for them in America.
const SPELLINGS: [(&str, &str); 6] = [
    ("our", "or"),
    ("ence", "ense"),
    ("ise", "ize"),
    ("isa", "iza"),
    ("isi", "izi"),
    ("tre", "ter"),
];

/// Letters before such an ending: `four` and `wise` are spelled alike everywhere.
const LETTERS_BEFORE: usize = 3;

/// `word` as Americans spell it. What it makes of other words is never shown, and two
/// words that it does not confuse stay apart.
fn american(word: &str) -> String {
    let mut word = word.to_lowercase();
    for (british, american) in SPELLINGS {
        if let Some(at) = word.rfind(british).filter(|at| *at >= LETTERS_BEFORE) {
            word.replace_range(at..at + british.len(), american);
        }
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn british_and_american_spellings_are_one_word() {
        let pairs = [
            ("defence", "defense"),
            ("neighbours", "neighbors"),
            ("favourable", "favorable"),
            ("organised", "organized"),
            ("organisation", "organization"),
            ("Theatre", "theater"),
        ];
        for (british, american) in pairs {
            assert_eq!(entry(british).unwrap().stem, entry(american).unwrap().stem, "{british}");
        }
        assert_ne!(stem(&american("four")), stem(&american("for")));
    }
}
