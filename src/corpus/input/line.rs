//! One line of an input file: a JSON object with a text and what is known of it.
//!
//! In:  the bytes of a line.
//! Out: [`Stated`], or the [`Problem`] in words.

use crate::corpus::Document;
use crate::corpus::when::When;
use crate::span::DocId;
use serde::Deserialize;
use serde::de::Visitor;
use std::fmt;

/// What every line must be.
const OBJECT: &str = r#"write one object a line: {"id": "…", "text": "…"}"#;

/// What a line states. Other fields are passed over: archives have many.
#[derive(Debug, Deserialize)]
pub(crate) struct Stated {
    /// The document's name.
    #[serde(deserialize_with = "id")]
    pub(crate) id: String,
    text: String,
    #[serde(default)]
    outlet: Option<String>,
    #[serde(default)]
    published: Option<String>,
    #[serde(default)]
    url: Option<String>,
}

/// What is wrong with a line, and what to do, on one line.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what}; {help}")]
pub(crate) struct Problem {
    what: String,
    help: &'static str,
}

impl Problem {
    fn new(what: impl Into<String>, help: &'static str) -> Self {
        Self { what: what.into(), help }
    }

    /// The line has more than `bytes_max` bytes.
    pub(crate) fn too_long(bytes_max: u64) -> Self {
        let what = format!("it has over {bytes_max} bytes");
        Self::new(what, "split the text, or raise `max-text-bytes`")
    }

    /// Another line has the id.
    pub(crate) fn taken(id: &str, line: u64) -> Self {
        Self::new(
            format!("the id `{id}` stands in line {line} already"),
            "give it an id of its own",
        )
    }
}

/// Reads a line.
pub(crate) fn read(bytes: &[u8], text_bytes_max: u64) -> Result<Stated, Problem> {
    let source = str::from_utf8(bytes).map_err(|error| {
        let what = format!("not UTF-8: byte {} is not part of a character", error.valid_up_to());
        Problem::new(what, "save the file as UTF-8")
    })?;
    // The parser would take a list for an object whose fields have no names.
    if !source.trim_start().starts_with('{') {
        return Err(Problem::new("not a JSON object", OBJECT));
    }
    let stated: Stated = serde_json::from_str(source).map_err(|error| {
        // The parser's own line is always the first, and ours is told already.
        let told = error.to_string();
        let what = told.rsplit_once(" at line ").map_or(&*told, |(what, _)| what);
        let what = format!("column {}: {what}", error.column());
        Problem::new(what, OBJECT)
    })?;
    if stated.text.len() as u64 > text_bytes_max {
        let what =
            format!("the text has {} bytes, over the limit of {text_bytes_max}", stated.text.len());
        return Err(Problem::new(what, "split the text, or raise `max-text-bytes`"));
    }
    Ok(stated)
}

impl Stated {
    /// The document, and what of its metadata is not understood.
    pub(crate) fn document(self, id: DocId) -> (Document, Option<Problem>) {
        let published = self.published.filter(|published| !published.trim().is_empty());
        let (published, problem) = match published.map(|stated| (stated.parse::<When>(), stated)) {
            Some((Err(_), stated)) => {
                let what = format!("the time `{stated}` is not understood, and taken as not known");
                (None, Some(Problem::new(what, "write 2025-11-07 or 2025-11-07T09:30:00+01:00")))
            }
            Some((Ok(when), _)) => (Some(when), None),
            None => (None, None),
        };
        let known = |value: Option<String>| value.filter(|value| !value.trim().is_empty());
        let document = Document {
            published,
            outlet: known(self.outlet),
            url: known(self.url),
            ..Document::unrecorded(id, self.id, self.text)
        };
        (document, problem)
    }
}

/// A name: a string that is not blank, or a whole number, as many databases have it.
fn id<'de, D: serde::Deserializer<'de>>(input: D) -> Result<String, D::Error> {
    struct Name;
    impl Visitor<'_> for Name {
        type Value = String;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str("a name or a whole number")
        }

        fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<String, E> {
            if name.trim().is_empty() {
                Err(E::custom("the id is blank"))
            } else {
                Ok(name.to_owned())
            }
        }

        fn visit_u64<E>(self, number: u64) -> Result<String, E> {
            Ok(number.to_string())
        }

        fn visit_i64<E>(self, number: i64) -> Result<String, E> {
            Ok(number.to_string())
        }
    }
    input.deserialize_any(Name)
}
