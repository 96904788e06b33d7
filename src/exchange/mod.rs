//! Exchange: records and documents in the forms that other institutions read.
//!
//! Each form is a view of the records; `docs/exchange.md` says which field becomes
//! what, and what is lost. The same records give the same bytes: no clock, no random
//! number, no path of this machine.
//!
//! In:  [`Holding`]s: records with their text. A folder that may be a bag.
//! Out: [`Export`]: a file, or the files of a folder. A [`Verdict`](bagit::Verdict).
//! Not here: touching files (`corpus`).

mod address;
pub mod bagit;
mod csl;
mod frictionless;
mod jsonld;
mod ninjs;
mod object;
mod prov;
mod rocrate;

use crate::corpus::Content;
use crate::corpus::Item;
use crate::corpus::Record;
use crate::corpus::When;
use crate::corpus::path::CORPUS;
use crate::corpus::record::Kind;
use serde_json::Value;

/// A record with the text of its file.
#[derive(Clone, Debug, PartialEq)]
pub struct Holding {
    /// Where the record lies, relative to the root.
    pub place: String,
    /// What it states.
    pub record: Record,
    /// How it is spelled.
    pub source: String,
}

/// A form that others read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A bag by RFC 8493 with documents and records.
    Bagit,
    /// A Research Object Crate 1.1 with documents and records.
    RoCrate,
    /// W3C PROV in its JSON serialisation.
    ProvJson,
    /// IPTC ninjs 3.1, one file a document, without its text.
    Ninjs,
    /// schema.org in JSON-LD 1.1.
    Jsonld,
    /// CSL-JSON, for citations.
    CslJson,
    /// A Frictionless Data Package with documents and records.
    Frictionless,
}

/// What is handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Export {
    /// One file.
    File(Vec<u8>),
    /// The files of a folder, in byte order of their paths.
    Folder(Vec<Item>),
}

/// Why there is no export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Lack {
    /// RO-Crate asks for a date of publication, and no record states any date.
    #[error("an RO-Crate must state when it was published, and no record states a date")]
    Date,
}

/// `holdings`, in byte order of their documents, in the form `form`. `dated` is the
/// day that the export itself states; the latest day in the records when not given.
///
/// # Errors
/// When the form must state something that nobody knows.
pub fn export(form: Form, holdings: &[Holding], dated: Option<When>) -> Result<Export, Lack> {
    Ok(match form {
        Form::Bagit => Export::Folder(bagit::bag(holdings, dated)),
        Form::RoCrate => Export::Folder(rocrate::crate_of(holdings, dated)?),
        Form::ProvJson => Export::File(prov::document(holdings)),
        Form::Ninjs => Export::Folder(ninjs::items(holdings)),
        Form::Jsonld => Export::File(jsonld::graph(holdings)),
        Form::CslJson => Export::File(csl::references(holdings)),
        Form::Frictionless => Export::Folder(frictionless::package(holdings)),
    })
}

/// The part of a document's path that is inside `corpus/`.
fn inside(path: &str) -> &str {
    path.strip_prefix(CORPUS).unwrap_or(path).trim_start_matches('/')
}

/// A file with these bytes.
fn file(path: impl Into<String>, bytes: Vec<u8>) -> Item {
    Item { path: path.into(), content: Content::Bytes(bytes) }
}

/// The document of `record`, at `path`; nothing when it was withdrawn.
fn document(record: &Record, path: String) -> Option<Item> {
    let digest = record.hash.sha256;
    let content = Content::Document { path: record.path.clone(), digest };
    record.retired.is_none().then_some(Item { path, content })
}

/// `value` as people can read it, with a line feed at the end.
fn pretty(value: &Value) -> Vec<u8> {
    let mut text = serde_json::to_vec_pretty(value).expect("a JSON value has only string keys");
    text.push(b'\n');
    text
}

/// The last day that the records state.
fn latest(holdings: &[Holding]) -> Option<jiff::civil::Date> {
    let days = holdings.iter().flat_map(|holding| {
        let record = &holding.record;
        let retrieved = record.capture.as_ref().and_then(|capture| capture.retrieved);
        let stated = [record.published, record.modified, retrieved];
        let history = record.history.iter().map(|change| When::Moment(change.at));
        stated.into_iter().flatten().chain(history).map(When::day)
    });
    days.max()
}

/// What kind of text it is, in words for people.
fn genre(kind: Kind) -> &'static str {
    match kind {
        Kind::Article => "article",
        Kind::PressRelease => "press release",
        Kind::Transcript => "transcript",
        Kind::Statement => "statement",
        Kind::Wire => "wire",
        Kind::AssistantOutput => "assistant output",
        Kind::Draft => "draft",
    }
}
