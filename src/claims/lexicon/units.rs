//! The units of measure, by spelling, with the factors between them.
//!
//! In:  `units.toml`.
//! Out: [`Units`].
//! Not here: where a unit may stand (`amount`).

use super::Dimension;
use super::parse;
use rust_decimal::Decimal;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::collections::HashMap;

/// The spellings of units, and what each unit is.
pub(super) struct Units {
    pub(super) words: HashMap<String, (Dimension, String)>,
    pub(super) short: HashMap<String, (Dimension, String)>,
    pub(super) factors: HashMap<String, (String, Decimal)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    base: Option<String>,
    words: Vec<String>,
    #[serde(default)]
    short: Vec<String>,
}

pub(super) fn load() -> Units {
    let tables: BTreeMap<String, BTreeMap<String, Row>> = parse(include_str!("units.toml"));
    let mut units = Units { words: HashMap::new(), short: HashMap::new(), factors: HashMap::new() };
    for (measures, table) in tables {
        let dimension = if measures == "time" { Dimension::Time } else { Dimension::Measure };
        for (name, row) in table {
            let spelt = |word| (word, (dimension, name.clone()));
            units.words.extend(row.words.into_iter().map(spelt));
            units.short.extend(row.short.into_iter().map(spelt));
            if let Some(base) = row.base {
                let base = base.parse().expect("every base is a decimal: a test reads them");
                units.factors.insert(name, (measures.clone(), base));
            }
        }
    }
    units
}
