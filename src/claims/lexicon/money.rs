//! The names and signs of currencies.
//!
//! In:  `currencies.toml`, and the newsroom's own.
//! Out: [`Currencies`].
//! Not here: where a currency may stand (`unit`).

use super::heads;
use super::own::OwnCurrency;
use super::own::own;
use super::parse;
use rustc_hash::FxHashMap;
use rustc_hash::FxHashSet;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A currency as one of its spellings names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::claims) struct Currency {
    /// ISO 4217 code, or the shared word.
    pub(in crate::claims) code: &'static str,
    /// Whether the spelling is shared by several currencies.
    pub(in crate::claims) bare: bool,
    /// Whether it counts only after million, billion or trillion.
    pub(in crate::claims) scaled: bool,
}

/// Every currency, by its spellings.
pub(in crate::claims) struct Currencies {
    /// The code, and whether several currencies share the sign.
    signs: FxHashMap<String, (String, bool)>,
    /// The same for words, and whether one counts only after a scale word.
    words: FxHashMap<String, (String, bool, bool)>,
    /// The first words and signs of all names.
    pub(in crate::claims) heads: FxHashSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    currency: Vec<Row>,
    shared: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    code: String,
    #[serde(default)]
    signs: Vec<String>,
    #[serde(default)]
    words: Vec<String>,
    #[serde(default)]
    bare_signs: Vec<String>,
    #[serde(default)]
    bare_words: Vec<String>,
    #[serde(default)]
    scaled_words: Vec<String>,
}

impl Row {
    fn own(own: &OwnCurrency) -> Self {
        Self {
            code: own.code.get_ref().clone(),
            signs: own.signs.clone(),
            words: own.words.iter().map(|word| word.to_lowercase()).collect(),
            bare_signs: Vec::new(),
            bare_words: Vec::new(),
            scaled_words: Vec::new(),
        }
    }
}

impl Currencies {
    pub(super) fn load() -> Self {
        let mut file: File = parse(include_str!("currencies.toml"));
        file.currency.extend(own().currency.iter().map(Row::own));
        let (signs, words) = (signs(&file), words(&file));
        Self { heads: heads(words.keys().chain(signs.keys())), signs, words }
    }

    /// The currency a sign names, with the letters before it: `$`, `US$`.
    pub(in crate::claims) fn sign(&'static self, sign: &str) -> Option<Currency> {
        let (code, bare) = self.signs.get(sign)?;
        Some(Currency { code, bare: *bare, scaled: false })
    }

    /// The currency one or two lower-case words name.
    pub(in crate::claims) fn word(&'static self, words: &str) -> Option<Currency> {
        let (code, bare, scaled) = self.words.get(words)?;
        Some(Currency { code, bare: *bare, scaled: *scaled })
    }
}

fn signs(file: &File) -> FxHashMap<String, (String, bool)> {
    let mut signs = FxHashMap::default();
    for row in &file.currency {
        for (list, bare) in [(&row.signs, false), (&row.bare_signs, true)] {
            signs.extend(list.iter().map(|sign| (sign.clone(), (row.code.clone(), bare))));
        }
    }
    signs
}

fn words(file: &File) -> FxHashMap<String, (String, bool, bool)> {
    let mut words = FxHashMap::default();
    for row in &file.currency {
        let lists = [
            (&row.words, false, false),
            (&row.bare_words, true, false),
            (&row.scaled_words, true, true),
        ];
        for (list, bare, scaled) in lists {
            words.extend(list.iter().map(|word| (word.clone(), (row.code.clone(), bare, scaled))));
        }
    }
    for (name, list) in &file.shared {
        words.extend(list.iter().map(|word| (word.clone(), (name.clone(), true, false))));
    }
    words
}
