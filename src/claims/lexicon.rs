//! The word lists behind the grammar, read once from the TOML files beside it.
//!
//! The lists are data so that a journalist can review them in a pull request;
//! nothing here decides what a figure is.
//!
//! In:  `lexicon/*.toml`, compiled in, and the newsroom's own words (`own`).
//! Out: [`Lexicon`], shared through [`lexicon`].
//! Not here: how words combine (`numeral`, `when`, `amount`, `quotation`).

mod degrees;
mod lists;
mod own;
mod time;
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

use super::Hedge;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;
use rustc_hash::FxHashSet;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What a word may start, decided while the text is split into words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trigger {
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
}

/// What kind of thing a unit after a number measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dimension {
    /// Years, months, days, …
    Time,
    /// Lengths, weights, …
    Measure,
}

/// A currency as one of its spellings names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Currency {
    /// ISO 4217 code, or the shared word.
    pub(super) code: &'static str,
    /// Whether the spelling is shared by several currencies.
    pub(super) bare: bool,
    /// Whether it counts only after million, billion or trillion.
    pub(super) scaled: bool,
}

/// A hedge and the words that say it.
pub(super) struct Phrase {
    pub(super) words: Vec<String>,
    pub(super) hedge: Hedge,
}

/// Every list, in the form the grammar asks for it.
pub(super) struct Lexicon {
    triggers: FxHashMap<String, Trigger>,
    /// For each first letter, the lengths of the triggers that begin with it, as bits, and
    /// the letters they end in.
    trigger_shapes: [(u32, u32); 26],
    /// The first words and signs of units, and of currencies.
    pub(super) unit_heads: FxHashSet<String>,
    pub(super) currency_heads: FxHashSet<String>,
    pub(super) abbreviated: FxHashMap<String, u8>,
    pub(super) ambiguous: FxHashMap<String, u8>,
    pub(super) weekday_before: FxHashSet<String>,
    pub(super) weekday_after: FxHashSet<String>,
    pub(super) units: FxHashMap<String, (Dimension, String)>,
    /// Spellings of units that are read only where every figure is wanted.
    pub(super) short_units: FxHashMap<String, (Dimension, String)>,
    /// What each unit measures, and how many base units one is.
    pub(super) factors: FxHashMap<String, (String, Decimal)>,
    signs: FxHashMap<String, (String, bool)>,
    currency_words: FxHashMap<String, (String, bool, bool)>,
    pub(super) before: Vec<Phrase>,
    pub(super) after: Vec<Phrase>,
    pub(super) topic: FxHashMap<String, FxHashSet<String>>,
    pub(super) words: Words,
    pub(super) time: time::Time,
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

/// `lexicon/reports.toml`, with the forms of its verbs.
pub(super) struct Reports {
    /// Every form, with the class of its verb.
    pub(super) verbs: FxHashMap<String, String>,
    pub(super) nouns: FxHashSet<String>,
    /// Those of the nouns that are no person: `ministry`.
    pub(super) bodies: FxHashSet<String>,
    pub(super) pronouns: FxHashSet<String>,
    pub(super) titles: FxHashSet<String>,
    pub(super) clausal: FxHashSet<String>,
    /// Nouns for what somebody said: `claim` in `Ruiz's claim`.
    pub(super) sayings: FxHashSet<String>,
    /// Nouns for what something means without anybody saying it: `the lesson is: “…”`.
    pub(super) meanings: FxHashSet<String>,
    /// Words before speech that nobody uttered.
    pub(super) imagined: Vec<String>,
    /// Words that may stand between a subject and its verb.
    pub(super) between: FxHashSet<String>,
    pub(super) prepositions: FxHashSet<String>,
    /// Words with which a phrase that speaks may begin.
    pub(super) determiners: FxHashSet<String>,
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
        let letter = |byte: Option<&u8>| byte.filter(|byte| byte.is_ascii_lowercase()).copied();
        let bytes = word.as_bytes();
        let (Some(first), Some(last)) = (letter(bytes.first()), letter(bytes.last())) else {
            return Trigger::None;
        };
        let (lengths, endings) = self.trigger_shapes[usize::from(first - b'a')];
        let shaped = bytes.len() <= LONGEST_TRIGGER
            && lengths & (1 << bytes.len()) != 0
            && endings & (1 << (last - b'a')) != 0;
        if !shaped {
            return Trigger::None;
        }
        self.triggers.get(word).copied().unwrap_or(Trigger::None)
    }

    /// The currency a sign names, with the letters before it: `$`, `US$`.
    pub(super) fn sign(&'static self, sign: &str) -> Option<Currency> {
        let (code, bare) = self.signs.get(sign)?;
        Some(Currency { code, bare: *bare, scaled: false })
    }

    /// The currency one or two lower-case words name.
    pub(super) fn currency_word(&'static self, words: &str) -> Option<Currency> {
        let (code, bare, scaled) = self.currency_words.get(words)?;
        Some(Currency { code, bare: *bare, scaled: *scaled })
    }

    fn load() -> Self {
        let numbers: Numbers = parse(include_str!("lexicon/numbers.toml"));
        let calendar: Calendar = parse(include_str!("lexicon/calendar.toml"));
        let money: Money = parse(include_str!("lexicon/currencies.toml"));
        let hedges: Hedges = parse(include_str!("lexicon/hedges.toml"));
        let time = time::Time::load();
        let triggers = triggers(&numbers, &calendar, &time);
        let units = units::load();
        let mut money = money;
        money.currency.extend(own().currency.iter().map(CurrencyRow::own));
        let (signs, currency_words) = (signs(&money), currency_words(&money));
        Self {
            trigger_shapes: shapes(&triggers),
            unit_heads: heads(units.words.keys().chain(units.short.keys())),
            currency_heads: heads(currency_words.keys().chain(signs.keys())),
            triggers: triggers.into_iter().collect(),
            abbreviated: numbers.abbreviated,
            ambiguous: numbers.ambiguous,
            weekday_before: calendar.weekday_names.before,
            weekday_after: calendar.weekday_names.after,
            units: units.words,
            short_units: units.short,
            factors: units.factors,
            signs,
            currency_words,
            before: phrases(edited(Table::Hedges)),
            after: phrases(hedges.after),
            topic: hedges.topic,
            words: parse(include_str!("lexicon/words.toml")),
            time,
            reports: reports(),
        }
    }
}

/// Longest word that may start anything, in bytes: `seventeenth`, and room to spare.
const LONGEST_TRIGGER: usize = 16;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Numbers {
    cardinals: BTreeMap<String, u8>,
    scales: BTreeMap<String, u8>,
    abbreviated: FxHashMap<String, u8>,
    ambiguous: FxHashMap<String, u8>,
    ordinals: BTreeMap<String, u16>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Calendar {
    months: BTreeMap<String, i8>,
    weekdays: BTreeMap<String, i8>,
    weekday_names: WeekdayNames,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WeekdayNames {
    before: FxHashSet<String>,
    after: FxHashSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Money {
    currency: Vec<CurrencyRow>,
    shared: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CurrencyRow {
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

impl CurrencyRow {
    fn own(own: &own::OwnCurrency) -> Self {
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Hedges {
    #[serde(rename = "before")]
    _before: BTreeMap<String, Vec<String>>,
    after: BTreeMap<String, Vec<String>>,
    topic: FxHashMap<String, FxHashSet<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReportsFile {
    #[serde(rename = "verbs")]
    _verbs: Vec<toml::Table>,
    speaker: SpeakerWords,
    speech: SpeechWords,
    clause: ClauseWords,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SpeakerWords {
    nouns: FxHashSet<String>,
    bodies: FxHashSet<String>,
    pronouns: FxHashSet<String>,
    #[serde(rename = "titles")]
    _titles: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClauseWords {
    between: FxHashSet<String>,
    prepositions: FxHashSet<String>,
    determiners: FxHashSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SpeechWords {
    clausal: FxHashSet<String>,
    sayings: FxHashSet<String>,
    meanings: FxHashSet<String>,
    imagined: Vec<String>,
}

pub(super) fn parse<'d, T: Deserialize<'d>>(toml: &'d str) -> T {
    toml::from_str(toml).expect("the compiled-in lexicons parse: a test reads every one")
}

fn triggers(
    numbers: &Numbers,
    calendar: &Calendar,
    time: &time::Time,
) -> BTreeMap<String, Trigger> {
    let mut triggers: BTreeMap<String, Trigger> =
        time.openers.iter().map(|word| (word.clone(), Trigger::Time)).collect();
    triggers.extend(["a", "an"].map(|word| (word.to_owned(), Trigger::Article)));
    triggers.insert("hundred".to_owned(), Trigger::Hundred);
    triggers.insert("dozen".to_owned(), Trigger::Dozen);
    let mut add = |word: &String, trigger| triggers.insert(word.clone(), trigger);
    for (word, value) in &numbers.cardinals {
        add(word, Trigger::Cardinal(*value));
    }
    for (word, power) in &numbers.scales {
        add(word, Trigger::Scale(*power));
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
    triggers
}

fn shapes(triggers: &BTreeMap<String, Trigger>) -> [(u32, u32); 26] {
    let mut shapes = [(0, 0); 26];
    for word in triggers.keys() {
        let (first, last) = (word.as_bytes()[0], word.as_bytes()[word.len() - 1]);
        let shape: &mut (u32, u32) = &mut shapes[usize::from(first - b'a')];
        shape.0 |= 1 << word.len();
        shape.1 |= 1 << (last - b'a');
    }
    shapes
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

fn signs(money: &Money) -> FxHashMap<String, (String, bool)> {
    let mut signs = FxHashMap::default();
    for row in &money.currency {
        for (list, bare) in [(&row.signs, false), (&row.bare_signs, true)] {
            signs.extend(list.iter().map(|sign| (sign.clone(), (row.code.clone(), bare))));
        }
    }
    signs
}

fn currency_words(money: &Money) -> FxHashMap<String, (String, bool, bool)> {
    let mut words = FxHashMap::default();
    for row in &money.currency {
        let lists = [
            (&row.words, false, false),
            (&row.bare_words, true, false),
            (&row.scaled_words, true, true),
        ];
        for (list, bare, scaled) in lists {
            words.extend(list.iter().map(|word| (word.clone(), (row.code.clone(), bare, scaled))));
        }
    }
    for (name, list) in &money.shared {
        words.extend(list.iter().map(|word| (word.clone(), (name.clone(), true, false))));
    }
    words
}

/// The phrases of a hedge table, longest first, so that `no more than` wins over `more than`.
fn phrases(table: BTreeMap<String, Vec<String>>) -> Vec<Phrase> {
    let mut phrases = Vec::new();
    for (name, list) in table {
        let name = name.replace('-', " ");
        let hedge = Hedge::named(&name).expect("hedges.toml names only hedges: a test reads it");
        for phrase in list {
            phrases.push(Phrase { words: phrase.split(' ').map(str::to_owned).collect(), hedge });
        }
    }
    phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.words.len()));
    phrases
}

fn reports() -> Reports {
    let read: ReportsFile = parse(include_str!("lexicon/reports.toml"));
    let classes = edited(Table::ReportVerbs).into_iter();
    let verbs = classes.flat_map(|(class, forms)| {
        forms.into_iter().map(move |form| (form, class.clone())).collect::<Vec<_>>()
    });
    let mut speakers = edited(Table::Speakers);
    let mut list = |name: &str| speakers.remove(name).unwrap_or_default().into_iter();
    let (people, titles) = (list("people"), list("titles").collect());
    let bodies: FxHashSet<String> = list("bodies").collect();
    // "City" ends a name that is no person, and "the city" does not speak.
    let SpeakerWords { nouns, bodies: of_tool, pronouns, .. } = read.speaker;
    let speak = |body: &&String| nouns.contains(*body) || !of_tool.contains(*body);
    Reports {
        verbs: verbs.collect(),
        nouns: people.chain(bodies.iter().filter(speak).cloned()).collect(),
        bodies,
        pronouns,
        titles,
        clausal: read.speech.clausal,
        sayings: read.speech.sayings,
        meanings: read.speech.meanings,
        imagined: read.speech.imagined,
        between: read.clause.between,
        prepositions: read.clause.prepositions,
        determiners: read.clause.determiners,
    }
}

/// The four forms of a regular verb: `reply`, `replies`, `replied`, `replying`.
fn verb_forms(verb: &str) -> [String; 4] {
    let own = verb.to_owned();
    if let Some(stem) = verb.strip_suffix('e') {
        return [own, format!("{verb}s"), format!("{verb}d"), format!("{stem}ing")];
    }
    let after_vowel = ["ay", "ey", "oy", "uy"].iter().any(|end| verb.ends_with(end));
    if let Some(stem) = verb.strip_suffix('y').filter(|_| !after_vowel) {
        return [own, format!("{stem}ies"), format!("{stem}ied"), format!("{verb}ing")];
    }
    let hissing = ["s", "sh", "ch", "x", "z", "o"].iter().any(|end| verb.ends_with(end));
    let third = if hissing { format!("{verb}es") } else { format!("{verb}s") };
    // "slam", "slammed": one vowel before the last consonant of the only syllable.
    let letters: Vec<char> = verb.replace("qu", "k").chars().collect();
    let vowel = |letter: &char| matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u');
    let doubled = match letters.as_slice() {
        [first @ .., middle, last] => {
            vowel(middle)
                && !vowel(last)
                && !matches!(last, 'w' | 'x' | 'y')
                && !first.iter().any(vowel)
        }
        _ => false,
    };
    let stem = match verb.chars().last().filter(|_| doubled) {
        Some(last) => format!("{verb}{last}"),
        None => own.clone(),
    };
    [own, third, format!("{stem}ed"), format!("{stem}ing")]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_lexicon_is_read() {
        let lexicon = lexicon();

        assert_eq!(lexicon.trigger("Seventeenth"), Trigger::Ordinal(17));
        assert_eq!(lexicon.trigger("Straße"), Trigger::None);
        assert_eq!(lexicon.sign("US$").map(|currency| currency.code), Some("USD"));
        assert_eq!(lexicon.currency_word("rupees").map(|currency| currency.code), Some("rupee"));
        assert!(lexicon.words.stop.contains("worth"));
    }

    #[test]
    fn regular_verbs_have_four_forms() {
        for (verb, past) in [
            ("announce", "announced"),
            ("reply", "replied"),
            ("stress", "stressed"),
            ("slam", "slammed"),
        ] {
            assert_eq!(verb_forms(verb)[2], past);
            assert!(lexicon().reports.verbs.contains_key(past), "{past}");
        }
    }

    #[test]
    fn longer_hedges_are_tried_first() {
        let lengths: Vec<_> = lexicon().before.iter().map(|phrase| phrase.words.len()).collect();

        assert!(lengths.is_sorted_by(|longer, shorter| longer >= shorter));
    }
}
