//! The units of measure, by spelling, with the factors between them.
//!
//! In:  `units.toml`.
//! Out: [`Units`].
//! Not here: where a unit may stand (`amount`).

use super::Dimension;
use super::own::own;
use super::parse;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// The spellings of units, and what each unit is.
pub(super) struct Units {
    pub(super) words: FxHashMap<String, (Dimension, String)>,
    pub(super) short: FxHashMap<String, (Dimension, String)>,
    pub(super) factors: FxHashMap<String, (String, Decimal)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    base: Option<String>,
    words: Vec<String>,
    #[serde(default)]
    short: Vec<String>,
}

/// The names of the units that come with the tool.
pub(super) fn names() -> BTreeSet<String> {
    tables().into_values().flat_map(BTreeMap::into_keys).collect()
}

fn tables() -> BTreeMap<String, BTreeMap<String, Row>> {
    parse(include_str!("units.toml"))
}

fn dimension(measures: &str) -> Dimension {
    if measures == "time" { Dimension::Time } else { Dimension::Measure }
}

/// The units of the tool, and the newsroom's.
pub(super) fn load() -> Units {
    let mut units = own_units(of_tool());
    // Lists are asked in small letters.
    units.words = units.words.into_iter().map(|(word, unit)| (word.to_lowercase(), unit)).collect();
    units
}

/// `units` with the newsroom's own.
fn own_units(mut units: Units) -> Units {
    for unit in &own().unit {
        let name = unit.name.get_ref();
        let measures = unit.measures.as_ref().or(units.factors.get(name).map(|known| &known.0));
        let dimension = measures.map_or(Dimension::Measure, |measures| dimension(measures));
        if let (Some(measures), Some(size)) = (&unit.measures, unit.size()) {
            units.factors.insert(name.clone(), (measures.clone(), size));
        }
        units.words.extend(unit.words.iter().map(|word| (word.clone(), (dimension, name.clone()))));
    }
    units
}

fn of_tool() -> Units {
    let (words, short, factors) = Default::default();
    let mut units = Units { words, short, factors };
    let tables = tables();
    for (measures, table) in tables {
        let dimension = dimension(&measures);
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
