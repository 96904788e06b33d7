//! schema.org in JSON-LD 1.1: documents as search engines and archives read them.
//!
//! The context stands in the file, so that nobody needs the network to expand it.
//!
//! In:  [`Holding`]s.
//! Out: one JSON-LD document with a node for each document.

use crate::corpus::record::Id;
use crate::corpus::record::Kind;
use crate::corpus::record::Language;
use crate::corpus::record::Record;
use crate::corpus::record::Text;
use crate::exchange::Holding;
use crate::exchange::address;
use crate::exchange::genre;
use crate::exchange::object::Object;
use crate::exchange::pretty;
use serde_json::Value;
use serde_json::json;

/// All documents as one graph.
pub(crate) fn graph(holdings: &[Holding]) -> Vec<u8> {
    let nodes: Vec<Value> = holdings.iter().map(|holding| node(&holding.record)).collect();
    pretty(&json!({ "@context": context(), "@graph": nodes }))
}

/// Every key is schema.org's, except what schema.org has no word for.
fn context() -> Value {
    json!({
        "@version": 1.1,
        "@vocab": "https://schema.org/",
        "url": { "@id": "https://schema.org/url", "@type": "@id" },
        "archivedAt": { "@id": "https://schema.org/archivedAt", "@type": "@id" },
        "isBasedOn": { "@id": "https://schema.org/isBasedOn", "@type": "@id" },
        "datePublished": { "@id": "https://schema.org/datePublished" },
        "dateModified": { "@id": "https://schema.org/dateModified" },
        "endedAtTime": { "@id": "http://www.w3.org/ns/prov#endedAtTime" },
        "author": { "@id": "https://schema.org/author", "@container": "@list" },
    })
}

/// One document: the work, and the bytes it is kept in.
pub(crate) fn node(record: &Record) -> Value {
    let capture = record.capture.as_ref();
    let retrieved = capture.and_then(|capture| capture.retrieved).map(|when| when.to_string());
    let archive = capture.and_then(|capture| capture.archive.as_ref()).and_then(address::uri);
    Object::default()
        .with("@id", address::document(&record.id))
        .with("associatedMedia", media(record))
        .maybe("endedAtTime", retrieved)
        .maybe("archivedAt", archive)
        .list(
            "isBasedOn",
            record.claims_from.iter().map(|id: &Id| address::document(id).into()).collect(),
        )
        .list("author", record.author.iter().map(person).collect())
        .maybe("publisher", record.outlet.as_ref().map(publisher))
        .maybe("url", record.url.as_ref().and_then(address::uri))
        .merge(described(record))
        .into()
}

/// What the record says of the work, in words of schema.org that need no other node.
pub(crate) fn described(record: &Record) -> Object {
    let retired = record.retired.as_ref().map(|_| "withdrawn");
    let draft = (record.kind == Kind::Draft).then_some("draft");
    let title = record.title.as_ref().map(Text::as_str);
    Object::default()
        .with("@type", kind(record.kind))
        .with("identifier", record.id.as_str())
        .with("genre", genre(record.kind))
        .maybe("headline", title)
        .maybe("name", title)
        .maybe("datePublished", record.published.map(|when| when.to_string()))
        .maybe("dateModified", record.modified.map(|when| when.to_string()))
        .maybe("inLanguage", record.language.as_ref().map(Language::as_str))
        .maybe("license", record.licence.as_ref().map(Text::as_str))
        .maybe("copyrightNotice", record.rights.as_ref().map(Text::as_str))
        .maybe("digitalSourceType", record.digital_source_type.as_ref().map(Text::as_str))
        .maybe("creativeWorkStatus", retired.or(draft))
}

/// The bytes.
fn media(record: &Record) -> Value {
    json!({
        "@id": address::ni(record.hash.sha256),
        "@type": "MediaObject",
        "contentSize": record.hash.bytes.to_string(),
        "encodingFormat": "text/plain",
        "sha256": record.hash.sha256.to_string(),
    })
}

fn person(name: &Text) -> Value {
    json!({ "@type": "Person", "name": name.as_str() })
}

fn publisher(name: &Text) -> Value {
    json!({ "@type": "Organization", "name": name.as_str() })
}

/// The type of the work.
fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Article | Kind::Wire => "NewsArticle",
        Kind::PressRelease | Kind::Transcript | Kind::Statement => "Article",
        Kind::AssistantOutput | Kind::Draft => "CreativeWork",
    }
}
