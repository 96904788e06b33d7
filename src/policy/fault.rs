//! Faults: what is wrong in a file of settings, and where.
//!
//! In:  the text of the file, and what its reader did not understand.
//! Out: [`Fault`].
//! Not here: what the settings are (`settings`), and the name of the file (`cli`).

use crate::policy::nearest::did_you_mean;
use crate::span::LineIndex;
use crate::span::Position;
use std::fmt;
use std::ops::Range;
use toml::Spanned;
use toml::de::DeTable;
use toml::de::DeValue;

/// What is wrong in a file of settings; the first thing, as the rest may follow from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where it stands.
    pub position: Position,
    /// What is wrong, and what would be right.
    pub message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Position { line, column } = self.position;
        write!(formatter, "line {line}, column {column}: {}", self.message)
    }
}

impl std::error::Error for Fault {}

impl Fault {
    /// A fault at these bytes of `source`.
    pub(crate) fn at(source: &str, span: &Range<usize>, message: impl Into<String>) -> Self {
        let position = LineIndex::new(source).position(span.start);
        Self { position, message: message.into() }
    }

    /// What the parser did not understand; its own message has several lines.
    pub(crate) fn parser(source: &str, error: &toml::de::Error) -> Self {
        Self::at(source, &error.span().unwrap_or_default(), error.message())
    }
}

/// The keys that may stand in each table, by the path of the table; a list of tables
/// has the path of its items. In a table that is not named here any key may stand.
pub(crate) type Keys = [(&'static str, &'static [&'static str])];

/// Reads the text of a file of settings whose keys are `keys`.
///
/// # Errors
/// When it is not TOML, or has a key that is not among them.
pub(crate) fn table<'s>(source: &'s str, keys: &Keys) -> Result<Spanned<DeTable<'s>>, Fault> {
    let document = DeTable::parse(source).map_err(|error| Fault::parser(source, &error))?;
    check(source, keys, document.get_ref(), "")?;
    Ok(document)
}

fn check(source: &str, keys: &Keys, table: &DeTable<'_>, path: &str) -> Result<(), Fault> {
    let Some((_, known)) = keys.iter().find(|(table, _)| *table == path) else { return Ok(()) };
    for (key, value) in table {
        let name = key.get_ref().as_ref();
        if !known.contains(&name) {
            let place = if path.is_empty() { String::new() } else { format!(" in `{path}`") };
            let hint = did_you_mean(name, known.iter().copied());
            let message = format!("unknown key `{name}`{place}{hint}");
            return Err(Fault::at(source, &key.span(), message));
        }
        let path = if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
        check_value(source, keys, value.get_ref(), &path)?;
    }
    Ok(())
}

fn check_value(source: &str, keys: &Keys, value: &DeValue<'_>, path: &str) -> Result<(), Fault> {
    match value {
        DeValue::Table(table) => check(source, keys, table, path),
        DeValue::Array(items) => {
            items.iter().try_for_each(|item| check_value(source, keys, item.get_ref(), path))
        }
        _ => Ok(()),
    }
}
