//! A newsroom's own words, from `lexicon.toml` beside its settings: they are added to the
//! lists that come with the tool, and win where both have a word.
//!
//! The lists of a process are read once and hold for all of its texts, so that they are
//! handed over before the first text is read, by [`install`].
//!
//! In:  the text of `lexicon.toml`.
//! Out: [`Own`].
//! Not here: reading the file (`corpus`), and what the words mean (the lists themselves).

use super::lists;
use super::lists::OwnLists;
use super::lists::Table;
use crate::span::LineIndex;
use crate::span::Position;
use rust_decimal::Decimal;
use serde::Deserialize;
use std::fmt;
use std::sync::OnceLock;
use toml::Spanned;

/// A newsroom's own words. Every list may be absent.
///
/// ```
/// use provenance::claims::Own;
///
/// assert!(Own::parse("[hedges]\nabout = [\"in the ballpark of\"]\n").is_ok());
/// let fault = Own::parse("[hedges]\nroundabout = []\n").unwrap_err();
/// assert!(fault.to_string().starts_with("line 2, column 1: unknown field `roundabout`"));
/// ```
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Own {
    pub(super) unit: Vec<OwnUnit>,
    pub(super) currency: Vec<OwnCurrency>,
    hedges: OwnLists,
    report_verbs: OwnLists,
    speakers: OwnLists,
    certainty: OwnLists,
    sources: OwnLists,
    magnitude: OwnLists,
    residue: OwnLists,
    agencies: OwnLists,
    nouns: OwnLists,
    offices: OwnLists,
    /// For the name of a table, words of the tool that are no words of it here.
    pub(super) remove: OwnLists,
    pub(crate) name: Vec<OwnName>,
    pub(crate) act: Vec<OwnAct>,
    pub(crate) status: OwnStatus,
}

/// A unit of measure: another spelling of a known one, or a new one with its size.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OwnUnit {
    pub(super) name: Spanned<String>,
    pub(super) words: Vec<String>,
    /// What a new unit measures: `length`, `mass`, …
    pub(super) measures: Option<String>,
    /// How many base units of that one is: metres, grams, litres, seconds, …
    base: Option<Spanned<String>>,
}

impl OwnUnit {
    pub(super) fn size(&self) -> Option<Decimal> {
        self.base.as_ref()?.get_ref().parse().ok()
    }
}

/// A currency by its ISO 4217 code, with further words and signs for it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OwnCurrency {
    pub(super) code: Spanned<String>,
    #[serde(default)]
    pub(super) words: Vec<String>,
    #[serde(default)]
    pub(super) signs: Vec<String>,
}

/// A country, by one name, with the words that stand for it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OwnName {
    pub(crate) name: String,
    pub(crate) words: Vec<String>,
    pub(crate) capital: Option<String>,
}

/// Words that tell of an act, for a class of the tool or a new one.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OwnAct {
    pub(crate) class: String,
    #[serde(default)]
    pub(crate) verbs: Vec<String>,
    #[serde(default)]
    pub(crate) past: Vec<String>,
    #[serde(default)]
    pub(crate) words: Vec<String>,
}

/// Words before an act by which it is still to come, done, or left open.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct OwnStatus {
    pub(crate) planned: Vec<String>,
    pub(crate) done: Vec<String>,
    pub(crate) open: Vec<String>,
}

/// What is wrong in `lexicon.toml`, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnFault {
    /// Where it stands.
    pub position: Position,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for OwnFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Position { line, column } = self.position;
        write!(formatter, "line {line}, column {column}: {}", self.message)
    }
}

impl std::error::Error for OwnFault {}

impl Own {
    /// The newsroom's words for the lists of a table.
    pub(super) fn lists(&self, table: Table) -> &OwnLists {
        match table {
            Table::Hedges => &self.hedges,
            Table::ReportVerbs => &self.report_verbs,
            Table::Speakers => &self.speakers,
            Table::Certainty => &self.certainty,
            Table::Sources => &self.sources,
            Table::Magnitude => &self.magnitude,
            Table::Residue => &self.residue,
            Table::Agencies => &self.agencies,
            Table::Nouns => &self.nouns,
            Table::Offices => &self.offices,
        }
    }

    /// Reads the text of `lexicon.toml`.
    ///
    /// # Errors
    /// When it is not TOML, has a key that is not known, a unit or currency that nothing can
    /// be counted in, a word in two lists of one table, or takes one out that is in none.
    pub fn parse(source: &str) -> Result<Self, OwnFault> {
        let fault = |at: usize, message: String| OwnFault {
            position: LineIndex::new(source).position(at),
            message,
        };
        let own: Self = toml::from_str(source).map_err(|error| {
            fault(error.span().unwrap_or_default().start, error.message().to_owned())
        })?;
        let known = super::units::names();
        for unit in &own.unit {
            let (at, name) = (unit.name.span().start, unit.name.get_ref());
            match (&unit.measures, &unit.base) {
                (None, None) if known.contains(name) => {}
                (Some(_), Some(base)) if unit.size().is_none_or(|size| size <= Decimal::ZERO) => {
                    let message = format!("`{}` is no number above zero", base.get_ref());
                    return Err(fault(base.span().start, message));
                }
                (Some(_), Some(_)) => {}
                _ => {
                    let message = format!(
                        "`{name}` is no unit of the tool: say what it `measures`, and its \
                         size as `base`"
                    );
                    return Err(fault(at, message));
                }
            }
        }
        for currency in &own.currency {
            let code = currency.code.get_ref();
            if code.len() != 3 || !code.bytes().all(|byte| byte.is_ascii_uppercase()) {
                let message = format!("`{code}` is no code of a currency, such as `KZT`");
                return Err(fault(currency.code.span().start, message));
            }
        }
        lists::check(&own).map_err(|(at, message)| fault(at, message))?;
        Ok(own)
    }
}

static OWN: OnceLock<Own> = OnceLock::new();

/// Adds a newsroom's words to the lists, for the rest of the process. Returns whether it
/// did: not when a text was read already, or other words were added before.
pub fn install(own: Own) -> bool {
    OWN.set(own).is_ok()
}

/// The newsroom's words; from the first call on no others can be added.
pub(crate) fn own() -> &'static Own {
    OWN.get_or_init(Own::default)
}
