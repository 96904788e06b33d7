//! The words by which a text is more or less sure, with their factors.
//!
//! In:  `degree.toml`, compiled in.
//! Out: [`DEGREES`].
//! Not here: how the factors of a sentence combine (`degree`).

use super::parse;
use crate::claims::framing::Phrases;
use serde::Deserialize;
use std::collections::HashSet;
use std::sync::LazyLock;

/// `lexicon/degree.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    row: Vec<Row>,
    subjects: Subjects,
    refuted: Refuted,
    becomes: Vec<Becomes>,
    words: Classes,
}

/// Small classes of words.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::claims) struct Classes {
    pub(in crate::claims) auxiliaries: HashSet<String>,
    pub(in crate::claims) small: HashSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    scope: Scope,
    factor: f64,
    phrases: Vec<String>,
}

#[derive(Clone, Copy, Deserialize, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Scope {
    Next,
    Object,
    Clause,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Subjects {
    nobody: HashSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Refuted {
    phrases: Vec<String>,
}

/// What became of a noun, by the words behind it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Becomes {
    factor: f64,
    phrases: Vec<String>,
}

/// The factors, by where their words stand.
pub(in crate::claims) struct Degrees {
    pub(in crate::claims) next: Phrases<f64>,
    pub(in crate::claims) object: Phrases<f64>,
    pub(in crate::claims) clause: Phrases<f64>,
    pub(in crate::claims) nobody: HashSet<String>,
    pub(in crate::claims) refuted: Phrases<()>,
    pub(in crate::claims) becomes: Phrases<f64>,
    pub(in crate::claims) words: Classes,
}

pub(in crate::claims) static DEGREES: LazyLock<Degrees> = LazyLock::new(|| {
    let file: File = parse(include_str!("degree.toml"));
    let of = |scope: Scope| {
        let rows = file.row.iter().filter(|row| row.scope == scope);
        let phrases =
            rows.flat_map(|row| row.phrases.iter().map(|phrase| (phrase.clone(), row.factor)));
        Phrases::new(phrases)
    };
    Degrees {
        words: file.words,
        next: of(Scope::Next),
        object: of(Scope::Object),
        clause: of(Scope::Clause),
        nobody: file.subjects.nobody.clone(),
        becomes: Phrases::new(
            file.becomes
                .iter()
                .flat_map(|row| row.phrases.iter().map(|phrase| (phrase.clone(), row.factor))),
        ),
        refuted: Phrases::new(file.refuted.phrases.iter().map(|phrase| (phrase.clone(), ()))),
    }
});
