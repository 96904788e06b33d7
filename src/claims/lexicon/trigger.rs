//! Triggers: the words with which a figure may begin.
//!
//! Every word of a text is looked up, and most begin nothing, so that the look-up is first
//! refused by length and by first and last letter.
//!
//! In:  the words of the other lists.
//! Out: [`Triggers`].
//! Not here: what follows such a word (`scan`).

use super::extent::Extent;
use super::office::Offices;
use super::parse;
use super::time::Time;
use rustc_hash::FxHashMap;
use rustc_hash::FxHashSet;
use serde::Deserialize;
use std::collections::BTreeMap;

/// What a word may start, decided while the text is split into words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::claims) enum Trigger {
    /// Nothing: most words.
    None,
    /// A number below one hundred.
    Cardinal(u8),
    /// `hundred`.
    Hundred,
    /// `dozen`.
    Dozen,
    /// `thousand` to `trillion`, as a power of ten.
    Scale(u8),
    /// `dozens`, `thousands`: a number that is left open.
    Vague,
    /// A position: `seventh`.
    Ordinal(u16),
    /// A month, when capitalised.
    Month(i8),
    /// A day of the week from Monday, when capitalised.
    Weekday(i8),
    /// A word that may begin a date beside another one: `last`, `yesterday`, `early`, `that`.
    Time,
    /// `a`, `an`: of `a week ago`.
    Article,
    /// How often: `every`, `monthly`.
    Often,
    /// How many times: `twice`, `doubled`, `half`.
    Times,
    /// Which of all: `largest`, `most`.
    Most,
    /// How many sides: `both`, `trilateral`.
    Sides,
    /// What somebody is: `president`, `minister`.
    Office,
    /// A word that may begin an open time: `coming`, `recent`.
    Open,
}

impl Trigger {
    /// Whether the word is a number, or a name or word of time, before which the phrase of a
    /// noun ends.
    pub(in crate::claims) fn is_figure(self) -> bool {
        match self {
            Self::None
            | Self::Vague
            | Self::Often
            | Self::Times
            | Self::Most
            | Self::Sides
            | Self::Office
            | Self::Open => false,
            Self::Cardinal(_)
            | Self::Hundred
            | Self::Dozen
            | Self::Scale(_)
            | Self::Ordinal(_)
            | Self::Month(_)
            | Self::Weekday(_)
            | Self::Time
            | Self::Article => true,
        }
    }
}

/// What each word may start.
pub(in crate::claims) struct Triggers {
    words: FxHashMap<String, Trigger>,
    shapes: Shapes,
}

/// For each first letter and length of a trigger, the letters that such triggers end in, as
/// bits.
type Shapes = [[u32; LONGEST + 1]; 26];

/// Longest word that may start anything, in bytes: `seventeenth`, and room to spare.
const LONGEST: usize = 16;

/// `lexicon/numbers.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Numbers {
    cardinals: BTreeMap<String, u8>,
    scales: BTreeMap<String, u8>,
    pub(super) abbreviated: FxHashMap<String, u8>,
    pub(super) ambiguous: FxHashMap<String, u8>,
    ordinals: BTreeMap<String, u16>,
}

/// `lexicon/calendar.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Calendar {
    months: BTreeMap<String, i8>,
    weekdays: BTreeMap<String, i8>,
    pub(super) weekday_names: WeekdayNames,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WeekdayNames {
    pub(super) before: FxHashSet<String>,
    pub(super) after: FxHashSet<String>,
}

impl Numbers {
    pub(super) fn load() -> Self {
        parse(include_str!("numbers.toml"))
    }
}

impl Calendar {
    /// The names of its months and days.
    pub(super) fn names(&self) -> impl Iterator<Item = &String> {
        self.months.keys().chain(self.weekdays.keys())
    }

    pub(super) fn load() -> Self {
        parse(include_str!("calendar.toml"))
    }
}

impl Triggers {
    pub(super) fn of(
        numbers: &Numbers,
        calendar: &Calendar,
        time: &Time,
        extent: &Extent,
        offices: &Offices,
    ) -> Self {
        let mut words = BTreeMap::new();
        let mut add = |word: &str, trigger| {
            words.insert(word.to_owned(), trigger);
        };
        let mut all = |list: &mut dyn Iterator<Item = &str>, trigger| {
            for word in list {
                add(word, trigger);
            }
        };
        all(&mut ["a", "an"].into_iter(), Trigger::Article);
        all(&mut ["coming", "past", "recent"].into_iter(), Trigger::Open);
        all(&mut offices.words(), Trigger::Office);
        all(&mut extent.often(), Trigger::Often);
        all(&mut extent.times(), Trigger::Times);
        all(&mut extent.most(), Trigger::Most);
        all(&mut extent.sides.keys().map(String::as_str), Trigger::Sides);
        all(&mut time.openers.iter().map(String::as_str), Trigger::Time);
        all(&mut ["tens", "dozens", "hundreds"].into_iter(), Trigger::Vague);
        add("hundred", Trigger::Hundred);
        add("dozen", Trigger::Dozen);
        for (word, power) in &numbers.scales {
            add(word, Trigger::Scale(*power));
            add(&format!("{word}s"), Trigger::Vague);
        }
        for (word, value) in &numbers.cardinals {
            add(word, Trigger::Cardinal(*value));
        }
        for (word, position) in &numbers.ordinals {
            add(word, Trigger::Ordinal(*position));
        }
        for (word, month) in &calendar.months {
            add(word, Trigger::Month(*month));
        }
        for (word, weekday) in &calendar.weekdays {
            add(word, Trigger::Weekday(*weekday));
        }
        Self { shapes: shapes(&words), words: words.into_iter().collect() }
    }

    /// What a word in small letters may start.
    pub(in crate::claims) fn find(&self, word: &str) -> Trigger {
        let letter = |byte: Option<&u8>| byte.filter(|byte| byte.is_ascii_lowercase()).copied();
        let bytes = word.as_bytes();
        let (Some(first), Some(last)) = (letter(bytes.first()), letter(bytes.last())) else {
            return Trigger::None;
        };
        let endings = self.shapes[usize::from(first - b'a')].get(bytes.len());
        if endings.is_none_or(|endings| endings & (1 << (last - b'a')) == 0) {
            return Trigger::None;
        }
        self.words.get(word).copied().unwrap_or(Trigger::None)
    }
}

fn shapes(triggers: &BTreeMap<String, Trigger>) -> Shapes {
    let mut shapes = [[0; LONGEST + 1]; 26];
    for word in triggers.keys() {
        let (first, last) = (word.as_bytes()[0], word.as_bytes()[word.len() - 1]);
        shapes[usize::from(first - b'a')][word.len()] |= 1 << (last - b'a');
    }
    shapes
}
