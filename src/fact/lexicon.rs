//! The word lists behind facts, read once from the TOML files beside it.
//!
//! In:  `lexicon/*.toml`, compiled in, and the newsroom's own words (`claims::Own`).
//! Out: [`Lexicon`], shared through [`lexicon`]; words are looked up by their [`Form`].
//! Not here: how words combine (`entity`, `act`, `list`).

use crate::claims::OwnAct;
use crate::claims::OwnName;
use crate::claims::OwnStatus;
use crate::claims::own;
use crate::text::Form;
use rustc_hash::FxHashMap;
use rustc_hash::FxHashSet;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Named {
    /// A country, or its people.
    Country,
    /// A capital, as its government or as the town.
    Capital,
    /// A building or a district.
    Site,
}

/// A name of the lexicon: its words, what it stands for and the name to show.
pub(super) struct Entry {
    pub(super) forms: Vec<Form>,
    pub(super) named: Named,
    /// The country, or the site itself.
    pub(super) name: String,
    /// The town or site as a place; the country for its other names.
    pub(super) place: String,
}

/// Every list, in the form that reading asks for it.
pub(super) struct Lexicon {
    /// Names by their first word, longest first.
    pub(super) names: FxHashMap<Form, Vec<Entry>>,
    /// The place that a place lies in.
    pub(super) within: BTreeMap<String, String>,
    /// The class of an act that a word tells of, and whether the word is a finite past.
    pub(super) acts: FxHashMap<Form, (String, Tense)>,
    /// For the same words, the form of their class, which no word of a text has.
    pub(super) act_forms: FxHashMap<Form, Form>,
    /// The class whose members are the same.
    pub(super) kin: FxHashMap<String, String>,
    pub(super) planned: FxHashSet<Form>,
    pub(super) done: FxHashSet<Form>,
    pub(super) open: FxHashSet<Form>,
    pub(super) open_lists: FxHashSet<Form>,
    /// The class of what happens to those counted beside a word: `killed` for `deaths`.
    pub(super) tolls: FxHashMap<Form, String>,
    /// The same for words that the number follows after a verb: `toll`.
    pub(super) toll_nouns: FxHashMap<Form, String>,
    /// Words that may stand between such a word and the number after it.
    pub(super) toll_before: FxHashSet<Form>,
    /// Words after a number with which something else begins.
    pub(super) toll_ends: FxHashSet<Form>,
    /// Nouns that count everybody, in the singular.
    pub(super) people: FxHashSet<String>,
    /// Verbs between a holder and a rank, and what may stand beside them.
    pub(super) links: FxHashSet<Form>,
    /// Words beside a prison term, and those by which nobody was given it yet.
    pub(super) term_words: FxHashSet<Form>,
    pub(super) term_open: FxHashSet<Form>,
    /// Words by which two numbers are a vote, and those that say that all were one.
    pub(super) vote_words: FxHashSet<Form>,
    pub(super) unanimous: FxHashSet<Form>,
    /// The class of a word for those who vote.
    pub(super) voters: FxHashMap<Form, String>,
    pub(super) link_words: FxHashSet<Form>,
}

/// The form of the word that tells of an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    /// `join`, `joining`.
    Bare,
    /// `joins`.
    Present,
    /// `joined`.
    Past,
    /// `accession`.
    Noun,
}

/// The lexicon, read on first use.
pub(super) fn lexicon() -> &'static Lexicon {
    static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::load);
    &LEXICON
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entities {
    country: Vec<Country>,
    within: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Country {
    name: String,
    words: Vec<String>,
    capital: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Acts {
    act: Vec<Act>,
    toll: Vec<Toll>,
    tolls: TollWords,
    people: People,
    status: Status,
    lists: Lists,
    standing: Standing,
    vote: Vote,
    term: Term,
    voters: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Act {
    class: String,
    kin: Option<String>,
    verbs: Vec<String>,
    #[serde(default)]
    past: Vec<String>,
    words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Toll {
    class: String,
    words: Vec<String>,
    tolls: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TollWords {
    before: Vec<String>,
    ends: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct People {
    all: FxHashSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Status {
    planned: Vec<String>,
    done: Vec<String>,
    open: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Standing {
    links: Vec<String>,
    beside: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Term {
    words: Vec<String>,
    open: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Vote {
    words: Vec<String>,
    unanimous: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    open: Vec<String>,
}

impl Country {
    fn own(own: &OwnName) -> Self {
        let OwnName { name, words, capital } = own.clone();
        Self { name, words, capital }
    }
}

impl Act {
    fn own(own: &OwnAct) -> Self {
        let OwnAct { class, verbs, past, words } = own.clone();
        Self { class, kin: None, verbs, past, words }
    }
}

impl Status {
    fn extend(&mut self, own: &OwnStatus) {
        self.planned.extend(own.planned.iter().cloned());
        self.done.extend(own.done.iter().cloned());
        self.open.extend(own.open.iter().cloned());
    }
}

impl Lexicon {
    fn load() -> Self {
        let mut entities: Entities = parse(include_str!("lexicon/entities.toml"));
        let mut acts: Acts = parse(include_str!("lexicon/acts.toml"));
        entities.country.extend(own().name.iter().map(Country::own));
        acts.act.extend(own().act.iter().map(Act::own));
        acts.status.extend(&own().status);
        let forms = |words: &[String]| words.iter().map(|word| Form::of(word)).collect();
        let words: Vec<_> = acts.act.iter().flat_map(act_forms).collect();
        let class = |class: &str| Form::of(&format!("act of {class}"));
        let voters = acts.voters.iter();
        let voters = voters
            .flat_map(|(class, words)| words.iter().map(|word| (Form::of(word), class.clone())));
        let kin = acts.act.iter().filter_map(|act| Some((act.class.clone(), act.kin.clone()?)));
        Self {
            names: names(&entities),
            within: entities.within,
            kin: kin.collect(),
            act_forms: words.iter().map(|(form, (of, _))| (*form, class(of))).collect(),
            acts: words.into_iter().collect(),
            planned: forms(&acts.status.planned),
            done: forms(&acts.status.done),
            open: forms(&acts.status.open),
            open_lists: forms(&acts.lists.open),
            tolls: tolls(&acts.toll, |toll| &toll.words),
            toll_nouns: tolls(&acts.toll, |toll| &toll.tolls),
            toll_before: forms(&acts.tolls.before),
            toll_ends: forms(&acts.tolls.ends),
            people: acts.people.all,
            term_words: forms(&acts.term.words),
            term_open: forms(&acts.term.open),
            vote_words: forms(&acts.vote.words),
            unanimous: forms(&acts.vote.unanimous),
            voters: voters.collect(),
            links: forms(&acts.standing.links),
            link_words: forms(&acts.standing.beside),
        }
    }
}

fn parse<'d, T: Deserialize<'d>>(toml: &'d str) -> T {
    toml::from_str(toml).expect("the compiled-in lexicons parse: a test reads every one")
}

fn names(entities: &Entities) -> FxHashMap<Form, Vec<Entry>> {
    let mut entries = Vec::new();
    let forms = |name: &str| name.split_whitespace().map(Form::of).collect::<Vec<Form>>();
    for country in &entities.country {
        let named = |word: &String| Entry {
            forms: forms(word),
            named: Named::Country,
            name: country.name.clone(),
            place: country.name.clone(),
        };
        entries.extend(country.words.iter().map(named));
        entries.extend(country.capital.iter().map(|capital| Entry {
            forms: forms(capital),
            named: Named::Capital,
            name: country.name.clone(),
            place: capital.clone(),
        }));
    }
    entries.extend(entities.within.keys().map(|site| Entry {
        forms: forms(site),
        named: Named::Site,
        name: site.clone(),
        place: site.clone(),
    }));
    let mut names: FxHashMap<Form, Vec<Entry>> = FxHashMap::default();
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.forms.len()));
    for entry in entries {
        names.entry(entry.forms[0]).or_default().push(entry);
    }
    names
}

fn act_forms(act: &Act) -> Vec<(Form, (String, Tense))> {
    let mut forms = Vec::new();
    let mut add = |word: &str, tense| forms.push((Form::of(word), (act.class.clone(), tense)));
    for verb in &act.verbs {
        let stem = verb.strip_suffix('e').unwrap_or(verb);
        add(verb, Tense::Bare);
        let hissed = ["s", "sh", "ch", "x"].iter().any(|end| verb.ends_with(end));
        add(&format!("{verb}{}", if hissed { "es" } else { "s" }), Tense::Present);
        add(&format!("{stem}ed"), Tense::Past);
        add(&format!("{stem}ing"), Tense::Bare);
    }
    for word in &act.words {
        add(word, if word.ends_with("ed") { Tense::Past } else { Tense::Noun });
    }
    for word in &act.past {
        add(word, Tense::Past);
    }
    forms
}

/// The class of each word of some tolls.
fn tolls(tolls: &[Toll], words: impl Fn(&Toll) -> &Vec<String>) -> FxHashMap<Form, String> {
    let class = |toll: &Toll| -> Vec<(Form, String)> {
        words(toll).iter().map(|word| (Form::of(word), toll.class.clone())).collect()
    };
    tolls.iter().flat_map(class).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_lexicon_is_read() {
        let lexicon = lexicon();

        assert_eq!(lexicon.acts[&Form::of("Joined")].0, "join");
        assert_eq!(lexicon.names[&Form::of("U.S.")][0].name, "United States");
        assert_eq!(lexicon.within["Oval Office"], "White House");
        assert_eq!(lexicon.kin["normalise"], "join");
    }
}
