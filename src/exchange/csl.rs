//! CSL-JSON: documents as references that word processors can cite.
//!
//! The form of the Citation Style Language's input schema, version 1.0.
//!
//! In:  [`Holding`]s.
//! Out: one JSON list.

use crate::corpus::When;
use crate::corpus::record::Kind;
use crate::corpus::record::Language;
use crate::corpus::record::Record;
use crate::corpus::record::Text;
use crate::corpus::record::Url;
use crate::exchange::Holding;
use crate::exchange::genre;
use crate::exchange::object::Object;
use crate::exchange::pretty;
use serde_json::Value;
use serde_json::json;

/// All documents as references.
pub(crate) fn references(holdings: &[Holding]) -> Vec<u8> {
    pretty(&holdings.iter().map(|holding| reference(&holding.record)).collect())
}

fn reference(record: &Record) -> Value {
    let capture = record.capture.as_ref();
    let author = record.author.iter().map(|name| json!({ "literal": name.as_str() })).collect();
    let retired = record.retired.as_ref().map(|_| "withdrawn");
    let outlet = record.outlet.as_ref().map(Text::as_str);
    Object::default()
        .with("id", record.id.as_str())
        .with("type", kind(record.kind))
        .with("genre", genre(record.kind))
        .maybe("title", record.title.as_ref().map(Text::as_str))
        .maybe("container-title", outlet)
        .maybe("publisher", outlet)
        .list("author", author)
        .maybe("URL", record.url.as_ref().map(Url::as_str))
        .maybe("issued", record.published.map(date))
        .maybe("accessed", capture.and_then(|capture| capture.retrieved).map(date))
        .maybe(
            "archive_location",
            capture.and_then(|found| found.archive.as_ref()).map(Url::as_str),
        )
        .maybe("language", record.language.as_ref().map(Language::as_str))
        .maybe("status", retired)
        .with("note", format!("sha256:{}", record.hash.sha256))
        .into()
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Article | Kind::Wire => "article-newspaper",
        Kind::PressRelease => "report",
        Kind::Transcript | Kind::Statement => "speech",
        Kind::AssistantOutput => "personal_communication",
        Kind::Draft => "manuscript",
    }
}

/// A calendar day; the schema knows no time of day.
fn date(when: When) -> Value {
    let day = when.day();
    json!({ "date-parts": [[day.year(), day.month(), day.day()]] })
}
