//! The word lists behind facts, read once from the TOML files beside it.
//!
//! In:  `lexicon/*.toml`, compiled in.
//! Out: [`Lexicon`], shared through [`lexicon`]; words are looked up by their [`Form`].
//! Not here: how words combine (`entity`, `act`, `list`).

use crate::text::Form;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::collections::HashMap;
use std::collections::HashSet;
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
    pub(super) names: HashMap<Form, Vec<Entry>>,
    /// The place that a place lies in.
    pub(super) within: BTreeMap<String, String>,
    /// The class of an act that a word tells of, and whether the word is a finite past.
    pub(super) acts: HashMap<Form, (String, Tense)>,
    /// The class whose members are the same.
    pub(super) kin: HashMap<String, String>,
    pub(super) planned: HashSet<Form>,
    pub(super) done: HashSet<Form>,
    pub(super) open: HashSet<Form>,
    pub(super) open_lists: HashSet<Form>,
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
    status: Status,
    lists: Lists,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Act {
    class: String,
    kin: Option<String>,
    verbs: Vec<String>,
    words: Vec<String>,
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
struct Lists {
    open: Vec<String>,
}

impl Lexicon {
    fn load() -> Self {
        let entities: Entities = parse(include_str!("lexicon/entities.toml"));
        let acts: Acts = parse(include_str!("lexicon/acts.toml"));
        let forms = |words: &[String]| words.iter().map(|word| Form::of(word)).collect();
        let kin = acts.act.iter().filter_map(|act| Some((act.class.clone(), act.kin.clone()?)));
        Self {
            names: names(&entities),
            within: entities.within,
            kin: kin.collect(),
            acts: acts.act.iter().flat_map(act_forms).collect(),
            planned: forms(&acts.status.planned),
            done: forms(&acts.status.done),
            open: forms(&acts.status.open),
            open_lists: forms(&acts.lists.open),
        }
    }
}

fn parse<'d, T: Deserialize<'d>>(toml: &'d str) -> T {
    toml::from_str(toml).expect("the compiled-in lexicons parse: a test reads every one")
}

fn names(entities: &Entities) -> HashMap<Form, Vec<Entry>> {
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
    let mut names: HashMap<Form, Vec<Entry>> = HashMap::new();
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.forms.len()));
    for entry in entries {
        names.entry(entry.forms[0]).or_default().push(entry);
    }
    names
}

fn act_forms(act: &Act) -> Vec<(Form, (String, Tense))> {
    let mut forms = Vec::new();
    let mut add = |word: &str, tense| forms.push((Form::of(word), (act.class.clone(), tense)));
    for word in &act.words {
        add(word, if word.ends_with("ed") || word == "met" { Tense::Past } else { Tense::Noun });
    }
    for verb in &act.verbs {
        let stem = verb.strip_suffix('e').unwrap_or(verb);
        add(verb, Tense::Bare);
        add(&format!("{verb}s"), Tense::Present);
        add(&format!("{stem}ed"), Tense::Past);
        add(&format!("{stem}ing"), Tense::Bare);
    }
    forms
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
