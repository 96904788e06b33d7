//! An RO-Crate 1.1: documents with a description that research repositories read.
//!
//! In:  [`Holding`]s, and the day that the crate states.
//! Out: `ro-crate-metadata.json`, the documents and their records.

use crate::corpus::Item;
use crate::corpus::When;
use crate::corpus::record::Record;
use crate::corpus::record::Text;
use crate::exchange::Holding;
use crate::exchange::Lack;
use crate::exchange::address;
use crate::exchange::document;
use crate::exchange::file;
use crate::exchange::jsonld;
use crate::exchange::latest;
use crate::exchange::object::Object;
use crate::exchange::pretty;
use serde_json::Value;
use serde_json::json;
use std::collections::BTreeMap;

/// The node that says under which terms the whole may be used.
const TERMS: &str = "#terms";

/// All documents that are kept, with their records.
pub(crate) fn crate_of(holdings: &[Holding], dated: Option<When>) -> Result<Vec<Item>, Lack> {
    let stated = dated.map(|when| when.to_string());
    let date = stated.or_else(|| latest(holdings).map(|day| day.to_string())).ok_or(Lack::Date)?;
    let mut items = Vec::new();
    let mut parts = Vec::new();
    let mut graph = BTreeMap::new();
    for holding in holdings {
        let record = &holding.record;
        items.push(file(&holding.place, holding.source.clone().into_bytes()));
        parts.push(json!({ "@id": address::path(&holding.place) }));
        note(&mut graph, statement(holding));
        if let Some(item) = document(record, record.path.clone()) {
            items.push(item);
            parts.push(json!({ "@id": address::path(&record.path) }));
            for node in described(record) {
                note(&mut graph, node);
            }
        }
    }
    parts.sort_by_key(|part| part["@id"].as_str().unwrap_or_default().to_owned());
    let mut nodes = vec![descriptor(), dataset(&date, parts), terms()];
    nodes.extend(graph.into_values());
    let metadata = json!({ "@context": context(), "@graph": nodes });
    items.push(file("ro-crate-metadata.json", pretty(&metadata)));
    items.sort_by(|left, right| left.path.cmp(&right.path));
    Ok(items)
}

/// The context of RO-Crate 1.1, and the words of schema.org that are younger.
fn context() -> Value {
    let younger = ["copyrightNotice", "digitalSourceType", "sha256"];
    let words: BTreeMap<_, _> =
        younger.iter().map(|word| (*word, format!("http://schema.org/{word}"))).collect();
    json!(["https://w3id.org/ro/crate/1.1/context", words])
}

/// Keeps a node once, by its name.
fn note(graph: &mut BTreeMap<String, Value>, node: Value) {
    let id = node["@id"].as_str().unwrap_or_default().to_owned();
    graph.entry(id).or_insert(node);
}

fn descriptor() -> Value {
    json!({
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        "about": { "@id": "./" },
        "conformsTo": { "@id": "https://w3id.org/ro/crate/1.1" },
    })
}

fn dataset(date: &str, parts: Vec<Value>) -> Value {
    Object::default()
        .with("@id", "./")
        .with("@type", "Dataset")
        .with("name", "Source documents and their records")
        .with(
            "description",
            "Documents as they were captured, and for each a record of its hash, its outlet and \
             its history.",
        )
        .with("datePublished", date)
        .with("license", json!({ "@id": TERMS }))
        .list("hasPart", parts)
        .into()
}

/// There is no licence for the whole: every document has its own.
fn terms() -> Value {
    json!({
        "@id": TERMS,
        "@type": "CreativeWork",
        "name": "Terms of each document",
        "description": "Each document states its own licence or rights; where it states none, \
                        none is known.",
    })
}

/// The record of a document, which is a file as well.
fn statement(holding: &Holding) -> Value {
    let record = &holding.record;
    let kept = record.retired.is_none();
    Object::default()
        .with("@id", address::path(&holding.place))
        .with("@type", "File")
        .with("name", format!("Record of {}", record.id))
        .with("encodingFormat", "application/toml")
        .with("contentSize", holding.source.len().to_string())
        .maybe("about", kept.then(|| json!({ "@id": address::path(&record.path) })))
        .into()
}

/// A document, and the nodes that it refers to.
fn described(record: &Record) -> Vec<Value> {
    let id = address::path(&record.path);
    let mut nodes = Vec::new();
    let mut refer = |prefix: &str, class: &str, name: &Text| {
        let id = format!("#{prefix}-{}", address::fragment(name.as_str()));
        nodes.push(json!({ "@id": id, "@type": class, "name": name.as_str() }));
        json!({ "@id": id })
    };
    let author = record.author.iter().map(|name| refer("person", "Person", name)).collect();
    let outlet = record.outlet.as_ref();
    let publisher = outlet.map(|name| refer("outlet", "Organization", name));
    let tool = record.capture.as_ref().and_then(|capture| capture.tool.as_ref());
    let instrument = tool.map(|name| refer("tool", "SoftwareApplication", name));
    let retrieved = record.capture.as_ref().and_then(|capture| capture.retrieved);
    if retrieved.is_some() || instrument.is_some() {
        let action = Object::default()
            .with("@id", format!("#capture-{}", address::fragment(record.id.as_str())))
            .with("@type", "CreateAction")
            .with("name", format!("Capture of {}", record.id))
            .with("result", json!({ "@id": id }))
            .maybe("endTime", retrieved.map(|when| when.to_string()))
            .maybe("instrument", instrument);
        nodes.push(action.into());
    }
    let reused = record.claims_from.iter().map(|id| address::document(id).into()).collect();
    let mut kinds = Vec::new();
    let mut described: Value = jsonld::described(record).into();
    kinds.push(json!("File"));
    kinds.push(described["@type"].take());
    let whole = Object::default()
        .with("@id", id)
        .with("contentSize", record.hash.bytes.to_string())
        .with("encodingFormat", "text/plain")
        .with("sha256", record.hash.sha256.to_string())
        .list("author", author)
        .list("isBasedOn", reused)
        .maybe("publisher", publisher)
        .maybe("url", record.url.as_ref().and_then(address::uri));
    nodes.push(Object::from(described).merge(whole).with("@type", kinds).into());
    nodes
}
