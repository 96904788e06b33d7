//! The word lists of framing, read once from the TOML files beside it.
//!
//! The lists are data so that a journalist can review them in a pull request.
//!
//! In:  `lexicon/*.toml`, compiled in.
//! Out: [`Lexicon`], shared through [`lexicon`]; [`Rung`].
//! Not here: which words of a sentence count (`tag`).

use super::lexicon::Table;
use super::lexicon::agencies;
use super::lexicon::edited;
use super::lexicon::parse;
use super::stem;
use rustc_hash::FxHashMap;
use rustc_hash::FxHashSet;
use serde::Deserialize;
use std::ops::Range;
use std::sync::LazyLock;

/// How sure a text is of what it states, least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rung {
    /// It is said not to be so: `did not`, `denied`.
    Denied,
    /// `may`, `could`, `reportedly`.
    Possible,
    /// `is set to`, `plans to`, `expected to`.
    Expected,
    /// `will`, `agreed to`.
    Committed,
    /// Stated plainly: `joined`, `is`.
    Asserted,
    /// Stated with weight: `officially`, `already`.
    Confirmed,
}

impl Rung {
    /// Every rung, least sure first.
    const ALL: [Self; 6] = [
        Self::Denied,
        Self::Possible,
        Self::Expected,
        Self::Committed,
        Self::Asserted,
        Self::Confirmed,
    ];

    /// The rung with a name.
    fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rung| rung.name() == name)
    }

    /// The word used in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Denied => "denied",
            Self::Possible => "possible",
            Self::Expected => "expected",
            Self::Committed => "committed",
            Self::Asserted => "asserted",
            Self::Confirmed => "confirmed",
        }
    }
}

/// Words in a row, each in lower case.
struct Phrase<T> {
    words: Vec<String>,
    meaning: T,
}

/// Phrases by their first word, the longest first.
pub(crate) struct Phrases<T>(FxHashMap<String, Vec<Phrase<T>>>);

impl<T: Copy> Phrases<T> {
    pub(crate) fn new(all: impl IntoIterator<Item = (String, T)>) -> Self {
        let words = |text: String| text.to_lowercase().split(' ').map(str::to_owned).collect();
        let phrase = |(text, meaning)| Phrase { words: words(text), meaning };
        let mut all: Vec<Phrase<T>> = all.into_iter().map(phrase).collect();
        all.sort_by_key(|phrase| std::cmp::Reverse(phrase.words.len()));
        let mut phrases: FxHashMap<String, Vec<Phrase<T>>> = FxHashMap::default();
        for phrase in all {
            phrases.entry(phrase.words[0].clone()).or_default().push(phrase);
        }
        Self(phrases)
    }

    /// Every phrase in `words`, which are in lower case, with the positions of its
    /// words; none overlaps another.
    pub(crate) fn find(&self, words: &[String]) -> Vec<(Range<usize>, T)> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let here = self.0.get(&words[at]).into_iter().flatten();
            let phrase = { here }.find(|phrase| words[at..].starts_with(&phrase.words));
            let length = phrase.map_or(1, |phrase| phrase.words.len());
            found.extend(phrase.map(|phrase| (at..at + length, phrase.meaning)));
            at += length;
        }
        found
    }
}

/// Every list, in the form in which it is asked.
pub(crate) struct Lexicon {
    pub(crate) certainty: Phrases<Rung>,
    /// Words after which one that would be certain of something is a noun.
    pub(crate) nouns_after: FxHashSet<String>,
    /// Each phrase has a number of its own.
    pub(crate) attribution: Phrases<usize>,
    pub(crate) ambiguous: FxHashSet<String>,
    /// The numbers of a referent, and of the variant.
    pub(crate) labels: Phrases<(usize, usize)>,
    /// For each referent its names, each with its forms.
    pub(crate) label_lists: Vec<Vec<Vec<String>>>,
    /// For the lemma of a verb, the group of verbs that say the same.
    pub(crate) predicates: FxHashMap<String, String>,
    /// For the lemma of what somebody becomes, that group.
    pub(crate) members: FxHashMap<String, String>,
    /// For the lemma of a verb and a word behind it, that group: `call off`.
    pub(crate) phrasal: FxHashMap<(String, String), String>,
    /// Lemmas of verbs that say nothing of an event by themselves.
    pub(crate) colourless: FxHashSet<String>,
    /// Forms that no ending tells, with their base.
    pub(crate) irregular: FxHashMap<String, String>,
    /// Nouns of an owner's own account: `tally`.
    pub(crate) accounts: FxHashSet<String>,
    /// Crowds without a name: `analysts`.
    pub(crate) crowds: FxHashSet<String>,
    /// Phrases that hand a statement to nobody; each has a number of its own.
    pub(crate) hearsay: Phrases<usize>,
    /// What only machines write beside their text.
    pub(crate) markers: Vec<String>,
    /// The names of each news agency, the one to print first.
    pub(crate) agencies: Vec<Vec<String>>,
}

/// `lexicon/predicates.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Predicates {
    groups: Vec<Vec<String>>,
    members: FxHashMap<String, String>,
    phrasal: FxHashMap<String, String>,
    colourless: Colourless,
    irregular: FxHashMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Colourless {
    verbs: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Certainty {
    rung: Vec<CertaintyRow>,
}

#[derive(Deserialize)]
struct CertaintyRow {
    #[serde(default)]
    not_after: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Attribution {
    phrases: Vec<String>,
    ambiguous: FxHashSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Labels {
    label: Vec<LabelRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LabelRow {
    #[serde(rename = "referent")]
    _referent: String,
    #[serde(rename = "documented")]
    _documented: String,
    names: Vec<Vec<String>>,
}

/// The lexicon, read on first use.
pub(crate) fn lexicon() -> &'static Lexicon {
    static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::load);
    &LEXICON
}

impl Lexicon {
    fn load() -> Self {
        let certainty: Certainty = parse(include_str!("lexicon/certainty.toml"));
        let attribution: Attribution = parse(include_str!("lexicon/attribution.toml"));
        let labels: Labels = parse(include_str!("lexicon/labels.toml"));
        let predicates: Predicates = parse(include_str!("lexicon/predicates.toml"));
        let mut sources = edited(Table::Sources);
        let mut source = |name: &str| sources.remove(name).unwrap_or_default();
        let hearsay = source("hearsay");
        let lemma = |word: &str| stem::cut(word);
        let groups = predicates
            .groups
            .iter()
            .flat_map(|group| group.iter().map(|verb| (lemma(verb), group[0].clone())));
        let phrasal = predicates.phrasal.iter().filter_map(|(words, group)| {
            let (verb, behind) = words.split_once(' ')?;
            Some(((lemma(verb), behind.to_owned()), lemma(group)))
        });
        let members = predicates.members.iter().map(|(noun, group)| (lemma(noun), group.clone()));
        let rungs = edited(Table::Certainty).into_iter().flat_map(|(name, phrases)| {
            let rung = Rung::named(&name).expect("certainty.toml names rungs: a test reads it");
            phrases.into_iter().map(move |phrase| (phrase, rung))
        });
        let label_lists: Vec<Vec<Vec<String>>> =
            labels.label.into_iter().map(|row| row.names).collect();
        let labels = label_lists.iter().enumerate().flat_map(|(referent, names)| {
            names.iter().enumerate().flat_map(move |(variant, forms)| {
                forms.iter().map(move |form| (form.clone(), (referent, variant)))
            })
        });
        let labels = Phrases::new(labels);
        Self {
            certainty: Phrases::new(rungs),
            nouns_after: certainty.rung.into_iter().flat_map(|row| row.not_after).collect(),
            attribution: Phrases::new(
                attribution.phrases.into_iter().chain(hearsay.clone()).zip(0..),
            ),
            ambiguous: attribution.ambiguous,
            labels,
            label_lists,
            predicates: groups.collect(),
            members: members.collect(),
            phrasal: phrasal.collect(),
            colourless: predicates.colourless.verbs.iter().map(|verb| lemma(verb)).collect(),
            irregular: predicates.irregular,
            hearsay: Phrases::new(hearsay.into_iter().zip(0..)),
            accounts: source("accounts").into_iter().collect(),
            crowds: source("crowds").into_iter().collect(),
            markers: edited(Table::Residue).remove("markers").unwrap_or_default(),
            agencies: agencies(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn the_longest_phrase_wins_and_none_overlap() {
        let found = lexicon().certainty.find(&words("he is said to join and agreed to stay"));

        assert_eq!(found, [(1..4, Rung::Possible), (6..8, Rung::Committed)]);
    }

    #[test]
    fn variants_of_one_referent_are_told_from_those_of_another() {
        let found = |text: &str| lexicon().labels.find(&words(text))[0].1;

        assert_eq!(found("in kyiv").0, found("near kiev").0);
        assert_ne!(found("in kyiv"), found("near kiev"));
        assert_ne!(found("in kyiv").0, found("the malvinas").0);
    }
}
