//! The words of time, by what they mean.
//!
//! In:  `time.toml`.
//! Out: [`Time`].
//! Not here: how they join into dates (`when`).

use super::parse;
use rustc_hash::FxHashMap;
use rustc_hash::FxHashSet;
use serde::Deserialize;
use std::collections::BTreeMap;

/// `lexicon/time.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::claims) struct Time {
    pub(in crate::claims) weekdays: FxHashMap<String, i8>,
    pub(super) openers: FxHashSet<String>,
    steps: BTreeMap<String, Vec<String>>,
    #[serde(skip)]
    step_of: FxHashMap<String, String>,
    /// Every word of the lists that may stand after the first one of a date.
    #[serde(skip)]
    pub(in crate::claims) calendar: FxHashSet<String>,
    pub(in crate::claims) turns: FxHashMap<String, i8>,
    pub(in crate::claims) days: FxHashMap<String, i8>,
    pub(in crate::claims) future: FxHashSet<String>,
    pub(in crate::claims) thirds: FxHashMap<String, u8>,
    pub(in crate::claims) seasons: FxHashMap<String, i8>,
    pub(in crate::claims) fixed: FxHashMap<String, (i8, i8)>,
    pub(in crate::claims) easter: FxHashMap<String, i8>,
    pub(in crate::claims) moving: FxHashMap<String, (i8, i8, i8, i8)>,
}

impl Time {
    pub(super) fn load() -> Self {
        let mut time: Self = parse(include_str!("time.toml"));
        for (step, words) in &time.steps {
            time.step_of.extend(words.iter().map(|word| (word.clone(), step.clone())));
        }
        let names = time.weekdays.keys().chain(time.step_of.keys()).chain(time.days.keys());
        let feasts = time.fixed.keys().chain(time.easter.keys()).chain(time.moving.keys());
        let parts = names.chain(time.seasons.keys()).chain(feasts);
        time.calendar = parts.flat_map(|name| name.split(' ')).map(str::to_owned).collect();
        time.calendar.extend(["morning", "afternoon", "evening", "night"].map(str::to_owned));
        time
    }

    /// The singular of the unit of the calendar that `word` names.
    pub(in crate::claims) fn step(&self, word: &str) -> Option<&str> {
        self.step_of.get(word).map(String::as_str)
    }
}
