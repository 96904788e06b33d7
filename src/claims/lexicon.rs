//! The word lists behind the grammar, read once from the TOML files beside it.
//!
//! The lists are data so that a journalist can review them in a pull request;
//! nothing here decides what a figure is.
//!
//! In:  `lexicon/*.toml`, compiled in, and the newsroom's own words (`own`).
//! Out: [`Lexicon`], shared through [`lexicon`].
//! Not here: how words combine (`numeral`, `when`, `amount`, `quotation`).

mod degrees;
mod extent;
mod lists;
mod money;
mod office;
mod own;
mod reports;
mod time;
mod trigger;
mod units;

pub(super) use degrees::DEGREES;
pub(super) use lists::Table;
pub(super) use lists::agencies;
pub(super) use lists::edited;
pub use own::Own;
pub(crate) use own::OwnAct;
pub use own::OwnFault;
pub(crate) use own::OwnName;
pub(crate) use own::OwnStatus;
pub use own::install;
pub(crate) use own::own;

pub(super) use money::Currency;
pub(super) use trigger::Trigger;

use super::Hedge;
use crate::text::Form;
use reports::Reports;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;
use rustc_hash::FxHashSet;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What kind of thing a unit after a number measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dimension {
    /// Years, months, days, …
    Time,
    /// Lengths, weights, …
    Measure,
}

/// A hedge and the words that say it.
pub(super) struct Phrase {
    pub(super) words: Vec<String>,
    pub(super) hedge: Hedge,
}

/// Every list, in the form the grammar asks for it.
pub(super) struct Lexicon {
    triggers: trigger::Triggers,
    /// The first words and signs of units.
    pub(super) unit_heads: FxHashSet<String>,
    pub(super) abbreviated: FxHashMap<String, u8>,
    pub(super) ambiguous: FxHashMap<String, u8>,
    pub(super) weekday_before: FxHashSet<String>,
    pub(super) weekday_after: FxHashSet<String>,
    pub(super) units: FxHashMap<String, (Dimension, String)>,
    /// Spellings of units that are read only where every figure is wanted.
    pub(super) short_units: FxHashMap<String, (Dimension, String)>,
    /// What each unit measures, and how many base units one is.
    pub(super) factors: FxHashMap<String, (String, Decimal)>,
    pub(super) money: money::Currencies,
    /// The hedges before a figure by their last word, and after one by their first; longer
    /// ones come before shorter ones.
    pub(super) before: FxHashMap<String, Vec<Phrase>>,
    pub(super) after: FxHashMap<String, Vec<Phrase>>,
    pub(super) topic: FxHashMap<String, FxHashSet<String>>,
    pub(super) words: Words,
    /// The forms of the words that no name has: small words, and those of the calendar.
    pub(super) no_names: FxHashSet<Form>,
    pub(super) time: time::Time,
    pub(super) extent: extent::Extent,
    pub(super) offices: office::Offices,
    /// The class of each noun that has others beside it.
    pub(super) nouns: FxHashMap<String, String>,
    pub(super) reports: Reports,
}

/// `lexicon/words.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub(super) stop: FxHashSet<String>,
    pub(super) modifiers: FxHashSet<String>,
    pub(super) plural_modifiers: FxHashSet<String>,
    pub(super) designators: FxHashSet<String>,
    pub(super) streets: FxHashSet<String>,
    pub(super) clock: FxHashSet<String>,
    pub(super) compounds: FxHashSet<String>,
    pub(super) changes: FxHashSet<String>,
    pub(super) year_before: FxHashSet<String>,
    pub(super) year_determiners: FxHashSet<String>,
    pub(super) crowds: FxHashSet<String>,
    pub(super) before_bare: FxHashSet<String>,
    pub(super) year_prefixes: FxHashSet<String>,
    pub(super) determiners: FxHashSet<String>,
    pub(super) ordinal_idioms: FxHashSet<String>,
    pub(super) ordinal_names: FxHashSet<String>,
    pub(super) ordinal_compounds: FxHashSet<String>,
    pub(super) ranking: FxHashSet<String>,
    pub(super) plurals: FxHashMap<String, String>,
}

/// The lexicon, read on first use.
pub(super) fn lexicon() -> &'static Lexicon {
    static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::load);
    &LEXICON
}

impl Lexicon {
    /// What `word` may start; letter case does not matter.
    pub(super) fn trigger(&self, word: &str) -> Trigger {
        if word.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return self.small_trigger(&word.to_ascii_lowercase());
        }
        self.small_trigger(word)
    }

    /// What a word in small letters may start.
    pub(super) fn small_trigger(&self, word: &str) -> Trigger {
        self.triggers.find(word)
    }

    fn load() -> Self {
        let (numbers, calendar) = (trigger::Numbers::load(), trigger::Calendar::load());
        let (time, extent) = (time::Time::load(), extent::Extent::load());
        let offices = office::Offices::load();
        let hedges: Hedges = parse(include_str!("lexicon/hedges.toml"));
        let units = units::load();
        let words: Words = parse(include_str!("lexicon/words.toml"));
        let no_names = words.stop.iter().chain(calendar.names()).map(|word| Form::of(word));
        Self {
            no_names: no_names.collect(),
            triggers: trigger::Triggers::of(&numbers, &calendar, &time, &extent, &offices),
            unit_heads: heads(units.words.keys().chain(units.short.keys())),
            abbreviated: numbers.abbreviated,
            ambiguous: numbers.ambiguous,
            weekday_before: calendar.weekday_names.before,
            weekday_after: calendar.weekday_names.after,
            units: units.words,
            short_units: units.short,
            factors: units.factors,
            money: money::Currencies::load(),
            before: phrases(edited(Table::Hedges), <[String]>::last),
            after: phrases(hedges.after, <[String]>::first),
            topic: hedges.topic,
            words,
            time,
            extent,
            offices,
            nouns: lists::by_word(Table::Nouns),
            reports: reports::load(),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Hedges {
    #[serde(rename = "before")]
    _before: BTreeMap<String, Vec<String>>,
    after: BTreeMap<String, Vec<String>>,
    topic: FxHashMap<String, FxHashSet<String>>,
}

pub(super) fn parse<'d, T: Deserialize<'d>>(toml: &'d str) -> T {
    toml::from_str(toml).expect("the compiled-in lexicons parse: a test reads every one")
}

/// What stands first in some names, in small letters: a word, or a sign.
fn heads<'n>(names: impl Iterator<Item = &'n String>) -> FxHashSet<String> {
    let mut heads = FxHashSet::default();
    for name in names {
        let name = name.to_lowercase();
        let word = name.split(' ').next().unwrap_or_default();
        let letters = name.find(|c: char| !c.is_alphanumeric()).unwrap_or(name.len());
        let sign = name.chars().next().map_or(0, char::len_utf8);
        heads.extend([word.to_owned(), name[..letters.max(sign)].to_owned()]);
    }
    heads
}

/// The phrases of a hedge table by one of their words, longest first, so that `no more
/// than` wins over `more than`.
fn phrases(
    table: BTreeMap<String, Vec<String>>,
    key: impl Fn(&[String]) -> Option<&String>,
) -> FxHashMap<String, Vec<Phrase>> {
    let mut all = Vec::new();
    for (name, list) in table {
        let name = name.replace('-', " ");
        let hedge = Hedge::named(&name).expect("hedges.toml names only hedges: a test reads it");
        for phrase in list {
            all.push(Phrase { words: phrase.split(' ').map(str::to_owned).collect(), hedge });
        }
    }
    all.sort_by_key(|phrase| std::cmp::Reverse(phrase.words.len()));
    let mut phrases: FxHashMap<String, Vec<Phrase>> = FxHashMap::default();
    for phrase in all {
        if let Some(key) = key(&phrase.words).cloned() {
            phrases.entry(key).or_default().push(phrase);
        }
    }
    phrases
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_lexicon_is_read() {
        let lexicon = lexicon();

        assert_eq!(lexicon.trigger("Seventeenth"), Trigger::Ordinal(17));
        assert_eq!(lexicon.trigger("Straße"), Trigger::None);
        assert_eq!(lexicon.money.sign("US$").map(|currency| currency.code), Some("USD"));
        assert_eq!(lexicon.money.word("rupees").map(|currency| currency.code), Some("rupee"));
        assert!(lexicon.words.stop.contains("worth"));
    }

    #[test]
    fn longer_hedges_are_tried_first() {
        let than: Vec<_> = lexicon().before["than"].iter().map(|one| one.words.len()).collect();

        assert!(than.len() > 2 && than.is_sorted_by(|longer, shorter| longer >= shorter));
    }
}
