//! Metadata: what the records of both states say otherwise.
//!
//! In:  a [`Changed`].
//! Out: [`Fact`]s in the order of their keys.

use crate::corpus;
use crate::corpus::Changed;
use crate::corpus::Version;
use std::collections::BTreeMap;

/// Something that a record states, stated before, or states otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// The key in the record, such as `outlet` or `capture.method`.
    pub key: String,
    /// What was stated, in the order of the record.
    pub earlier: Vec<String>,
    /// What is stated.
    pub later: Vec<String>,
}

/// What is stated otherwise; nothing when one of the records is not there.
pub(crate) fn facts(change: &Changed) -> Vec<Fact> {
    let record = |version: &Option<Version>| version.as_ref()?.record.as_ref().map(corpus::facts);
    let (Some(old), Some(new)) = (record(&change.earlier), record(&change.later)) else {
        return Vec::new();
    };
    let mut facts: BTreeMap<String, (Vec<String>, Vec<String>)> = BTreeMap::new();
    for (key, value) in old {
        facts.entry(key).or_default().0.push(value);
    }
    for (key, value) in new {
        facts.entry(key).or_default().1.push(value);
    }
    let differs = |(_, (earlier, later)): &(String, (Vec<String>, Vec<String>))| earlier != later;
    let fact = |(key, (earlier, later))| Fact { key, earlier, later };
    facts.into_iter().filter(differs).map(fact).collect()
}
