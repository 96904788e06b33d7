//! IPTC ninjs 3.1: one news item a document, for systems that exchange news.
//!
//! Its text is left out: who may pass it on is a question of rights.
//!
//! In:  [`Holding`]s.
//! Out: one JSON file a document, at its path inside `corpus/` with `.json` behind it.

use crate::corpus::Item;
use crate::corpus::When;
use crate::corpus::record::Id;
use crate::corpus::record::Language;
use crate::corpus::record::Record;
use crate::corpus::record::Text;
use crate::exchange::Holding;
use crate::exchange::address;
use crate::exchange::file;
use crate::exchange::genre;
use crate::exchange::inside;
use crate::exchange::object::Object;
use crate::exchange::pretty;
use serde_json::Value;
use serde_json::json;
use std::collections::BTreeMap;

/// Where IPTC names the kinds of digital source.
const SOURCE_TYPES: &str = "http://cv.iptc.org/newscodes/digitalsourcetype/";

/// One file a document.
pub(crate) fn items(holdings: &[Holding]) -> Vec<Item> {
    let records = holdings.iter().map(|holding| &holding.record);
    let known: BTreeMap<&Id, &Record> = records.map(|record| (&record.id, record)).collect();
    let one = |holding: &Holding| {
        let path = format!("{}.json", inside(&holding.record.path));
        file(path, pretty(&item(&holding.record, &known)))
    };
    holdings.iter().map(one).collect()
}

fn item(record: &Record, known: &BTreeMap<&Id, &Record>) -> Value {
    let title = record.title.as_ref().map(Text::as_str);
    let rights = record.rights.as_ref().map(Text::as_str);
    let licence = record.licence.as_ref().map(Text::as_str);
    let authors: Vec<&str> = record.author.iter().map(Text::as_str).collect();
    let people = authors.iter().map(|name| json!({ "name": name, "rel": "author" })).collect();
    let source = record.outlet.as_ref();
    let source = source.map(|outlet| json!([{ "name": outlet.as_str(), "role": "publisher" }]));
    let retired = record.retired.is_some();
    Object::default()
        .with("uri", uri(record))
        .with("standard", json!({ "name": "ninjs", "version": "3.1" }))
        .with("type", "text")
        .with("representationType", "partial")
        .with("pubStatus", if retired { "canceled" } else { "usable" })
        .with("genres", json!([{ "name": genre(record.kind) }]))
        .with("altIds", other_ids(record))
        .maybe("firstCreated", record.published.and_then(moment))
        .maybe("versionCreated", record.modified.and_then(moment))
        .maybe("edNote", days(record))
        .maybe("title", title)
        .maybe("headlines", title.map(|title| json!([{ "value": title }])))
        .maybe("by", (!authors.is_empty()).then(|| authors.join(", ")))
        .list("people", people)
        .maybe("infoSources", source)
        .maybe("language", record.language.as_ref().map(Language::as_str))
        .maybe("copyrightNotice", rights)
        .maybe("usageTerms", licence)
        .maybe("rightsInfo", licence.map(|licence| json!({ "encodedRights": licence })))
        .maybe("digitalSourceType", record.digital_source_type.as_ref().map(source_type))
        .list("associations", record.claims_from.iter().map(|id| reused(id, known)).collect())
        .into()
}

/// The address where it was published, else the name of its bytes.
fn uri(record: &Record) -> String {
    let address = record.url.as_ref().and_then(address::uri);
    address.unwrap_or_else(|| address::ni(record.hash.sha256))
}

fn other_ids(record: &Record) -> Value {
    let mut ids = vec![
        json!({ "role": "provenance-id", "value": record.id.as_str() }),
        json!({ "role": "sha256", "value": record.hash.sha256.to_string() }),
    ];
    if let Some(url) = &record.url {
        ids.push(json!({ "role": "url", "value": url.as_str() }));
    }
    ids.into()
}

/// ninjs takes exact moments only.
fn moment(when: When) -> Option<String> {
    matches!(when, When::Moment(_)).then(|| when.to_string())
}

/// Days without a time, in words, since no field takes them.
fn days(record: &Record) -> Option<String> {
    let stated = [("published", record.published), ("modified", record.modified)];
    let days = stated.into_iter().filter_map(|(what, when)| match when? {
        When::Day(day) => Some(format!("{what} {day}, time of day not known")),
        When::Moment(_) => None,
    });
    let days: Vec<String> = days.collect();
    (!days.is_empty()).then(|| days.join("; "))
}

/// A code of the IPTC, or other words.
fn source_type(name: &Text) -> Value {
    let code = name.as_str();
    let known = code.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if known {
        json!({ "name": code, "uri": format!("{SOURCE_TYPES}{code}") })
    } else {
        json!({ "name": code, "literal": code })
    }
}

/// A document whose wording this one is known to reuse.
fn reused(id: &Id, known: &BTreeMap<&Id, &Record>) -> Value {
    let elsewhere = || address::document(id);
    let uri = known.get(id).map_or_else(elsewhere, |record| uri(record));
    json!({ "name": id.as_str(), "rel": "source", "uri": uri })
}
