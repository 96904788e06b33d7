//! The word lists that a newsroom can edit: it adds words, moves a word from one list of a
//! table to another, and takes words out.
//!
//! In:  the TOML files of the tool, and the newsroom's `lexicon.toml` (`own`).
//! Out: each table as it holds for this run, by [`edited`].
//! Not here: what a list means (whoever asks for its table).

use super::office;
use super::own;
use super::own::Own;
use super::parse;
use super::reports::verb_forms;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use toml::Spanned;

/// The lists of a table, each with its words.
pub(in crate::claims) type Lists = BTreeMap<String, Vec<String>>;

/// The same as a newsroom writes them, with their places.
pub(super) type OwnLists = BTreeMap<Spanned<String>, Vec<Spanned<String>>>;

/// A table of word lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::claims) enum Table {
    /// What loosens a figure.
    Hedges,
    /// Verbs of saying by class.
    ReportVerbs,
    /// Who can speak.
    Speakers,
    /// The ladder of certainty.
    Certainty,
    /// Sources that are named vaguely.
    Sources,
    /// Words that make what happened small or great.
    Magnitude,
    /// What chatbots leave.
    Residue,
    /// News agencies: each a list of its names.
    Agencies,
    /// Nouns that count the same things, by class.
    Nouns,
    /// Offices: the words for each class.
    Offices,
}

impl Table {
    /// Whether a newsroom can add lists of its own to it.
    fn is_open(self) -> bool {
        matches!(self, Self::Agencies | Self::Nouns | Self::Offices)
    }
}

/// Every table, with the name that it has in `lexicon.toml`.
const TABLES: [(&str, Table); 10] = [
    ("hedges", Table::Hedges),
    ("report-verbs", Table::ReportVerbs),
    ("speakers", Table::Speakers),
    ("certainty", Table::Certainty),
    ("sources", Table::Sources),
    ("magnitude", Table::Magnitude),
    ("residue", Table::Residue),
    ("agencies", Table::Agencies),
    ("nouns", Table::Nouns),
    ("offices", Table::Offices),
];

/// The lists of `table` with the newsroom's words in them and without those it took out.
pub(in crate::claims) fn edited(table: Table) -> Lists {
    let own = own();
    let mut lists = of_tool(table);
    let added = own.lists(table);
    let removed = own.remove.iter().filter(|(name, _)| named(name.get_ref()) == Some(table));
    let taken: BTreeSet<String> = { removed.chain(added) }
        .flat_map(|(_, words)| words.iter().flat_map(|word| spelt(table, word.get_ref())))
        .collect();
    for words in lists.values_mut() {
        words.retain(|word| !taken.contains(&spelling(table, word)));
    }
    for (list, words) in added {
        let words = words.iter().flat_map(|word| spelt(table, word.get_ref()));
        lists.entry(list.get_ref().clone()).or_default().extend(words);
    }
    lists
}

/// What is wrong in a newsroom's lists: where, and what to do.
pub(super) fn check(own: &Own) -> Result<(), (usize, String)> {
    for (name, table) in TABLES {
        check_added(name, table, own.lists(table))?;
    }
    let names = TABLES.map(|(name, _)| name);
    for (name, words) in &own.remove {
        let table = named(name.get_ref())
            .ok_or_else(|| (name.span().start, unknown(name.get_ref(), &names)))?;
        let known: BTreeSet<String> =
            of_tool(table).values().flatten().map(|word| spelling(table, word)).collect();
        for word in words {
            if !known.contains(&spelling(table, word.get_ref())) {
                let message = format!(
                    "`{}` is in no list of `{}` that comes with the tool: leave it out, or \
                     spell it as it stands there",
                    word.get_ref(),
                    name.get_ref()
                );
                return Err((word.span().start, message));
            }
        }
    }
    Ok(())
}

fn check_added(name: &str, table: Table, added: &OwnLists) -> Result<(), (usize, String)> {
    let known = of_tool(table);
    let known: Vec<&str> = known.keys().map(String::as_str).collect();
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for (list, words) in added {
        if !table.is_open() && !known.contains(&list.get_ref().as_str()) {
            return Err((list.span().start, unknown(list.get_ref(), &known)));
        }
        for word in words {
            let (at, spelt) = (word.span().start, spelling(table, word.get_ref()));
            if spelt.is_empty() {
                return Err((at, "a word is empty: write it, or leave it out".to_owned()));
            }
            match seen.insert(spelt, list.get_ref()) {
                Some(other) if other != list.get_ref() => {
                    let (word, list) = (word.get_ref(), list.get_ref());
                    let message = format!(
                        "`{word}` is in `{other}` and in `{list}` of `{name}`: keep one of them"
                    );
                    return Err((at, message));
                }
                _ => {}
            }
        }
    }
    Ok(())
}

fn unknown(name: &str, known: &[&str]) -> String {
    format!("unknown field `{name}`, expected one of `{}`", known.join("`, `"))
}

fn named(name: &str) -> Option<Table> {
    TABLES.iter().find(|(known, _)| *known == name).map(|(_, table)| *table)
}

/// A word as a table has it: in small letters, but for names and marks.
fn spelling(table: Table, word: &str) -> String {
    let word = word.split_whitespace().collect::<Vec<_>>().join(" ");
    match table {
        Table::Agencies | Table::Residue => word,
        _ => word.to_lowercase(),
    }
}

/// The words that one entry stands for: of a verb its forms.
fn spelt(table: Table, word: &str) -> Vec<String> {
    let word = spelling(table, word);
    match table {
        Table::ReportVerbs => verb_forms(&word).to_vec(),
        _ => vec![word],
    }
}

/// The lists of a table that come with the tool.
fn of_tool(table: Table) -> Lists {
    match table {
        Table::Hedges => {
            let read: HedgesFile = parse(include_str!("hedges.toml"));
            read.before.into_iter().map(|(name, words)| (name.replace(' ', "-"), words)).collect()
        }
        Table::ReportVerbs => report_verbs(),
        Table::Speakers => {
            let read: SpeakersFile = parse(include_str!("reports.toml"));
            let Speakers { nouns, bodies, titles } = read.speaker;
            let people = nouns.into_iter().filter(|noun| !bodies.contains(noun)).collect();
            let lists = [("people", people), ("bodies", bodies), ("titles", titles)];
            lists.map(|(name, words)| (name.to_owned(), words)).into()
        }
        Table::Certainty => {
            let read: CertaintyFile = parse(include_str!("certainty.toml"));
            read.rung.into_iter().map(|row| (row.name, row.phrases)).collect()
        }
        Table::Sources => parse(include_str!("sources.toml")),
        Table::Magnitude => parse(include_str!("magnitude.toml")),
        Table::Residue => parse(include_str!("residue.toml")),
        Table::Nouns => parse(include_str!("nouns.toml")),
        Table::Offices => office::of_tool(),
        Table::Agencies => {
            let read: AgenciesFile = parse(include_str!("agencies.toml"));
            let names = |row: Agency| std::iter::once(row.name.clone()).chain(row.words).collect();
            read.agency.into_iter().map(|row| (row.name.clone(), names(row))).collect()
        }
    }
}

/// Every form of a verb of saying, by class. A verb in two classes belongs to the first.
fn report_verbs() -> Lists {
    let read: VerbsFile = parse(include_str!("reports.toml"));
    let (mut lists, mut known) = (Lists::new(), BTreeSet::new());
    for Verbs { class, regular, listed } in read.verbs {
        let regular = regular.iter().flat_map(|verb| verb_forms(verb));
        let new = regular.chain(listed).filter(|form| known.insert(form.clone()));
        lists.entry(class).or_default().extend(new);
    }
    lists
}

#[derive(Deserialize)]
struct HedgesFile {
    before: Lists,
}

#[derive(Deserialize)]
struct VerbsFile {
    verbs: Vec<Verbs>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Verbs {
    class: String,
    #[serde(default)]
    regular: Vec<String>,
    #[serde(default)]
    listed: Vec<String>,
}

#[derive(Deserialize)]
struct SpeakersFile {
    speaker: Speakers,
}

#[derive(Deserialize)]
struct Speakers {
    nouns: Vec<String>,
    bodies: Vec<String>,
    titles: Vec<String>,
}

#[derive(Deserialize)]
struct CertaintyFile {
    rung: Vec<RungRow>,
}

#[derive(Deserialize)]
struct RungRow {
    name: String,
    phrases: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AgenciesFile {
    agency: Vec<Agency>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Agency {
    name: String,
    #[serde(default)]
    words: Vec<String>,
}

/// The names of each news agency, the one to print first.
pub(in crate::claims) fn agencies() -> Vec<Vec<String>> {
    edited(Table::Agencies).into_values().filter(|names| !names.is_empty()).collect()
}

/// The class of each word of an open table.
pub(super) fn by_word(table: Table) -> FxHashMap<String, String> {
    let lists = edited(table).into_iter();
    lists
        .flat_map(|(class, words)| words.into_iter().map(move |word| (word, class.clone())))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_of_the_tool_is_read_and_has_words() {
        for (name, table) in TABLES {
            let lists = of_tool(table);
            assert!(!lists.is_empty() && lists.values().all(|words| !words.is_empty()), "{name}");
        }
    }

    #[test]
    fn an_agency_is_known_by_its_other_names() {
        assert!(agencies().iter().any(|names| names[0] == "AFP" && names.len() == 2));
    }
}
