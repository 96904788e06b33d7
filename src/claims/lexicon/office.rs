//! Offices: what somebody is.
//!
//! In:  `offices.toml`, with the newsroom's own words.
//! Out: [`Offices`].
//! Not here: whose office it is (`title`).

use super::lists::Lists;
use super::lists::Table;
use super::lists::edited;
use super::parse;
use rustc_hash::FxHashMap;
use rustc_hash::FxHashSet;
use serde::Deserialize;
use std::collections::BTreeMap;

/// `lexicon/offices.toml`, in the form the grammar asks for it.
pub(in crate::claims) struct Offices {
    /// The words of offices by their first one, longer ones first, each with its class.
    by_first: FxHashMap<String, Vec<(Vec<String>, String)>>,
    /// The names of the classes, longer ones first.
    classes: Vec<String>,
    pub(in crate::claims) ranks: FxHashSet<String>,
    pub(in crate::claims) past: FxHashSet<String>,
    /// The field that each word names.
    pub(in crate::claims) fields: FxHashMap<String, String>,
    beside: BTreeMap<String, Vec<String>>,
    loose: FxHashSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    offices: Lists,
    beside: BTreeMap<String, Vec<String>>,
    loose: List,
    ranks: List,
    past: List,
    fields: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    words: FxHashSet<String>,
}

fn file() -> File {
    parse(include_str!("offices.toml"))
}

/// The words of each class that come with the tool.
pub(super) fn of_tool() -> Lists {
    file().offices
}

impl Offices {
    pub(super) fn load() -> Self {
        let file = file();
        let offices = edited(Table::Offices);
        let mut classes: Vec<String> = offices.keys().cloned().collect();
        classes.sort_by_key(|class| std::cmp::Reverse(class.len()));
        let mut all: Vec<(Vec<String>, String)> = Vec::new();
        for (class, words) in offices {
            let words = words.iter().map(|office| office.split(' ').map(str::to_owned).collect());
            all.extend(words.map(|words| (words, class.clone())));
        }
        all.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        let mut by_first: FxHashMap<String, Vec<(Vec<String>, String)>> = FxHashMap::default();
        for (words, class) in all {
            by_first.entry(words[0].clone()).or_default().push((words, class));
        }
        let fields = file.fields.into_iter();
        let fields = fields
            .flat_map(|(name, words)| words.into_iter().map(move |word| (word, name.clone())));
        Self {
            by_first,
            classes,
            ranks: file.ranks.words,
            past: file.past.words,
            fields: fields.collect(),
            beside: file.beside,
            loose: file.loose.words,
        }
    }

    /// The words that begin an office.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.by_first.keys().map(String::as_str)
    }

    /// The offices whose first word this is, longer ones first, each with its class.
    pub(in crate::claims) fn beginning(&self, word: &str) -> &[(Vec<String>, String)] {
        self.by_first.get(word).map_or(&[], Vec::as_slice)
    }

    /// The class that an office in normal form ends in.
    pub(in crate::claims) fn class_of<'o>(&self, office: &'o str) -> &'o str {
        let ends = |class: &&String| {
            office
                .strip_suffix(class.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.ends_with(' '))
        };
        let length = self.classes.iter().find(ends).map_or(office.len(), String::len);
        &office[office.len() - length..]
    }

    /// Whether one person may hold offices of two classes at one time.
    pub(in crate::claims) fn are_beside(&self, one: &str, other: &str) -> bool {
        let beside = |one: &str, other: &str| {
            self.beside.get(one).is_some_and(|classes| classes.iter().any(|class| class == other))
        };
        self.loose.contains(one)
            || self.loose.contains(other)
            || beside(one, other)
            || beside(other, one)
    }
}
