//! Offices: what somebody is.
//!
//! In:  `offices.toml`.
//! Out: [`Offices`].
//! Not here: whose office it is (`title`).

use super::parse;
use rustc_hash::FxHashMap;
use rustc_hash::FxHashSet;
use serde::Deserialize;
use std::collections::BTreeMap;

/// `lexicon/offices.toml`, in the form the grammar asks for it.
pub(in crate::claims) struct Offices {
    /// The class of each word.
    pub(in crate::claims) classes: FxHashMap<String, String>,
    pub(in crate::claims) ranks: FxHashSet<String>,
    pub(in crate::claims) past: FxHashSet<String>,
    /// The field that each word names.
    pub(in crate::claims) fields: FxHashMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    offices: BTreeMap<String, Vec<String>>,
    ranks: List,
    past: List,
    fields: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    words: FxHashSet<String>,
}

impl Offices {
    pub(super) fn load() -> Self {
        let file: File = parse(include_str!("offices.toml"));
        Self {
            classes: by_word(file.offices),
            ranks: file.ranks.words,
            past: file.past.words,
            fields: by_word(file.fields),
        }
    }

    /// The words that begin an office.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.classes.keys().map(String::as_str)
    }
}

fn by_word(table: BTreeMap<String, Vec<String>>) -> FxHashMap<String, String> {
    let table = table.into_iter();
    table
        .flat_map(|(name, words)| words.into_iter().map(move |word| (word, name.clone())))
        .collect()
}
