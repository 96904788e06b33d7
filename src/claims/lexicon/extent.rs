//! Words of extent: how often, how many times as much, which of all.
//!
//! In:  `extent.toml`.
//! Out: [`Extent`].
//! Not here: how they join with the words around (`frequency`, `times`, `superlative`).

use super::parse;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;
use rustc_hash::FxHashSet;
use serde::Deserialize;
use std::collections::BTreeMap;

/// `lexicon/extent.toml`, in the form the grammar asks for it.
pub(in crate::claims) struct Extent {
    /// How often a word says: so many times in a period.
    pub(in crate::claims) often: FxHashMap<String, (Decimal, &'static str)>,
    /// How many of a period there are in a longer one.
    pub(in crate::claims) periods: FxHashMap<String, (Decimal, &'static str)>,
    pub(in crate::claims) times: FxHashMap<String, Decimal>,
    pub(in crate::claims) multiples: FxHashMap<String, Decimal>,
    pub(in crate::claims) multipliers: FxHashMap<String, Decimal>,
    pub(in crate::claims) sides: FxHashMap<String, Decimal>,
    /// The word shown for each superlative.
    pub(in crate::claims) superlatives: FxHashMap<String, String>,
    opposites: BTreeMap<String, String>,
    pub(in crate::claims) measurable: FxHashSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    often: Rates,
    period: Rates,
    times: BTreeMap<String, String>,
    multiples: BTreeMap<String, String>,
    multipliers: BTreeMap<String, String>,
    sides: BTreeMap<String, String>,
    superlatives: BTreeMap<String, Vec<String>>,
    opposites: BTreeMap<String, String>,
    most: Most,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rates {
    week: BTreeMap<String, String>,
    year: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Most {
    words: FxHashSet<String>,
}

impl Rates {
    fn by_word(self) -> FxHashMap<String, (Decimal, &'static str)> {
        let week = numbers(self.week).map(|(word, rate)| (word, (rate, "week")));
        let year = numbers(self.year).map(|(word, rate)| (word, (rate, "year")));
        week.chain(year).collect()
    }
}

/// A table of decimals, which TOML has no exact form for.
fn numbers(table: BTreeMap<String, String>) -> impl Iterator<Item = (String, Decimal)> {
    let number = |(word, number): (String, String)| {
        (word, number.parse().expect("extent.toml holds decimals: a test reads them"))
    };
    table.into_iter().map(number)
}

impl Extent {
    pub(super) fn load() -> Self {
        let file: File = parse(include_str!("extent.toml"));
        let shown = file.superlatives.into_iter();
        let shown =
            shown.flat_map(|(name, words)| words.into_iter().map(move |w| (w, name.clone())));
        Self {
            often: file.often.by_word(),
            periods: file.period.by_word(),
            times: numbers(file.times).collect(),
            multiples: numbers(file.multiples).collect(),
            multipliers: numbers(file.multipliers).collect(),
            sides: numbers(file.sides).collect(),
            superlatives: shown.collect(),
            opposites: file.opposites,
            measurable: file.most.words,
        }
    }

    /// Words that begin a frequency.
    pub(super) fn often(&self) -> impl Iterator<Item = &str> {
        self.often.keys().map(String::as_str).chain(["every", "each"])
    }

    /// Words that say how many times.
    pub(super) fn times(&self) -> impl Iterator<Item = &str> {
        let words = self.times.keys().chain(self.multiples.keys()).chain(self.multipliers.keys());
        words.map(String::as_str).chain(["half"])
    }

    /// Words that begin a superlative.
    pub(super) fn most(&self) -> impl Iterator<Item = &str> {
        self.superlatives.keys().map(String::as_str).chain(["most", "least"])
    }

    /// Whether two superlatives exclude each other: `largest` and `smallest`.
    pub(in crate::claims) fn are_opposite(&self, one: &str, other: &str) -> bool {
        let is = |one: &str, other: &str| self.opposites.get(one).is_some_and(|of| of == other);
        is(one, other) || is(other, one)
    }
}
