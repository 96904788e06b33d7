//! A Frictionless Data Package: a folder that states path, size and hash of every
//! file in it.
//!
//! In:  [`Holding`]s.
//! Out: `datapackage.json`, the documents and their records.

use crate::corpus::Digest;
use crate::corpus::Item;
use crate::corpus::record::Language;
use crate::corpus::record::Record;
use crate::corpus::record::Text;
use crate::corpus::record::Url;
use crate::exchange::Holding;
use crate::exchange::document;
use crate::exchange::file;
use crate::exchange::genre;
use crate::exchange::object::Object;
use crate::exchange::pretty;
use serde_json::Value;
use serde_json::json;

/// All documents that are kept, with their records.
pub(crate) fn package(holdings: &[Holding]) -> Vec<Item> {
    let mut items = Vec::new();
    let mut resources = Vec::new();
    for holding in holdings {
        let record = &holding.record;
        if let Some(item) = document(record, record.path.clone()) {
            resources.push(resource(record));
            items.push(item);
        }
        resources.push(statement(holding));
        items.push(file(&holding.place, holding.source.clone().into_bytes()));
    }
    let package = json!({
        "profile": "data-package",
        "name": "provenance-corpus",
        "title": "Source documents and their records",
        "resources": resources,
    });
    items.push(file("datapackage.json", pretty(&package)));
    items.sort_by(|left, right| left.path.cmp(&right.path));
    items
}

/// One document.
fn resource(record: &Record) -> Value {
    let author: Vec<Value> = record.author.iter().map(|name| json!(name.as_str())).collect();
    Object::default()
        .with("name", format!("document-{}", name(record)))
        .with("path", record.path.as_str())
        .with("bytes", record.hash.bytes)
        .with("hash", format!("sha256:{}", record.hash.sha256))
        .with("mediatype", "text/plain")
        .with("id", record.id.as_str())
        .with("genre", genre(record.kind))
        .maybe("title", record.title.as_ref().map(Text::as_str))
        .list("sources", source(record).into_iter().collect())
        .list("author", author)
        .maybe("published", record.published.map(|when| when.to_string()))
        .maybe("language", record.language.as_ref().map(Language::as_str))
        .maybe("licence", record.licence.as_ref().map(Text::as_str))
        .maybe("rights", record.rights.as_ref().map(Text::as_str))
        .into()
}

/// The record of a document, which is a file as well.
fn statement(holding: &Holding) -> Value {
    json!({
        "name": format!("record-{}", name(&holding.record)),
        "path": holding.place,
        "bytes": holding.source.len(),
        "hash": format!("sha256:{}", Digest::of(holding.source.as_bytes())),
        "mediatype": "application/toml",
    })
}

/// Where it comes from; the specification asks for a title.
fn source(record: &Record) -> Option<Value> {
    let outlet = record.outlet.as_ref().map(Text::as_str);
    let url = record.url.as_ref().map(Url::as_str);
    let title = outlet.or(url)?;
    Some(Object::default().with("title", title).maybe("path", url).into())
}

/// The id in the letters that the specification takes in a name. Ids differ in more
/// than letter case, so names differ.
fn name(record: &Record) -> String {
    record.id.as_str().to_ascii_lowercase()
}
