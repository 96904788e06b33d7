//! W3C PROV, in its JSON serialisation (PROV-JSON, W3C Member Submission, 2013):
//! where documents came from and what happened to them, as a graph.
//!
//! A document is one entity and each state of its bytes another, named by its
//! SHA-256, so that two records that speak of the same bytes speak of one entity.
//! Free text is only ever a label: names are made from its hash.
//!
//! In:  [`Holding`]s.
//! Out: one PROV-JSON document.

use crate::corpus::Digest;
use crate::corpus::When;
use crate::corpus::record::Capture;
use crate::corpus::record::Language;
use crate::corpus::record::Method;
use crate::corpus::record::Record;
use crate::corpus::record::Text;
use crate::corpus::record::Url;
use crate::exchange::Holding;
use crate::exchange::address;
use crate::exchange::genre;
use crate::exchange::object::Object;
use crate::exchange::pretty;
use serde_json::Map;
use serde_json::Value;
use serde_json::json;

/// The provenance of all documents.
pub(crate) fn document(holdings: &[Holding]) -> Vec<u8> {
    let mut graph = Graph::default();
    for holding in holdings {
        graph.record(&holding.record);
    }
    let prefix = json!({ "pv": "urn:provenance:", "schema": "https://schema.org/" });
    let whole = graph.sections.into_iter().filter(|(_, nodes)| !nodes.is_empty());
    let mut whole: Map<String, Value> =
        whole.map(|(name, nodes)| (name.to_owned(), nodes.into())).collect();
    whole.insert("prefix".to_owned(), prefix);
    pretty(&whole.into())
}

/// What PROV-JSON calls a section: `entity`, `used` and the like.
#[derive(Default)]
struct Graph {
    sections: std::collections::BTreeMap<&'static str, Map<String, Value>>,
    /// How many relations there are; they need names of their own.
    relations: usize,
}

impl Graph {
    fn record(&mut self, record: &Record) {
        let id = &record.id;
        let work = format!("pv:document:{id}");
        let current = bytes(record.hash.sha256);
        self.node("entity", &work, described(record));
        let size = literal(&record.hash.bytes.to_string(), "xsd:long");
        let kept = json!({ "pv:sha256": record.hash.sha256.to_string(), "pv:bytes": size });
        self.node("entity", &current, kept);
        self.relate("specializationOf", &[("specificEntity", &current), ("generalEntity", &work)]);
        if let Some(outlet) = &record.outlet {
            let agent = self.agent("prov:Organization", outlet);
            self.relate("wasAttributedTo", &[("entity", &work), ("agent", &agent)]);
        }
        for author in &record.author {
            let agent = self.agent("prov:Person", author);
            self.relate("wasAttributedTo", &[("entity", &work), ("agent", &agent)]);
        }
        for other in &record.claims_from {
            let used = format!("pv:document:{other}");
            self.node("entity", &used, json!({}));
            self.relate("wasDerivedFrom", &[("generatedEntity", &work), ("usedEntity", &used)]);
        }
        let first = self.derivations(record, &current);
        if let Some(capture) = &record.capture {
            self.capture(record, capture, &first);
        }
        self.history(record, &current);
    }

    /// The chain of derivations. Returns the entity at its beginning, which was captured.
    fn derivations(&mut self, record: &Record, current: &str) -> String {
        let origins: Vec<String> = record
            .derived
            .iter()
            .map(|step| {
                let name = step.from.sha256.map_or_else(
                    || format!("pv:file:{}", Digest::of(step.from.path.as_bytes()).short()),
                    bytes,
                );
                self.node("entity", &name, json!({ "pv:path": step.from.path }));
                name
            })
            .collect();
        for (index, step) in record.derived.iter().enumerate() {
            let result = origins.get(index + 1).map_or(current, String::as_str);
            let activity = format!("pv:derivation:{}:{index}", record.id);
            let note = step.note.as_ref().map(Text::as_str);
            self.node("activity", &activity, Object::default().maybe("pv:note", note).into());
            self.relate("used", &[("activity", &activity), ("entity", &origins[index])]);
            self.relate("wasGeneratedBy", &[("entity", result), ("activity", &activity)]);
            let ends = [("generatedEntity", result), ("usedEntity", origins[index].as_str())];
            self.relate("wasDerivedFrom", &ends);
            if let Some(by) = &step.by {
                let agent = self.agent("prov:Agent", by);
                let ends = [("activity", activity.as_str()), ("agent", agent.as_str())];
                self.relate("wasAssociatedWith", &ends);
            }
        }
        origins.into_iter().next().unwrap_or_else(|| current.to_owned())
    }

    fn capture(&mut self, record: &Record, capture: &Capture, first: &str) {
        let activity = format!("pv:capture:{}", record.id);
        let archive = capture.archive.as_ref().map(Url::as_str);
        let warc = capture.warc.as_ref().map(|warc| warc.path.as_str());
        let what = Object::default()
            .maybe("prov:endTime", capture.retrieved.and_then(moment))
            .maybe("pv:retrieved", capture.retrieved.map(dated))
            .maybe("pv:method", capture.method.map(Method::name))
            .maybe("pv:archive", archive)
            .maybe("pv:warc", warc);
        self.node("activity", &activity, what.into());
        self.relate("wasGeneratedBy", &[("entity", first), ("activity", &activity)]);
        if let Some(url) = &record.url {
            let page = format!("pv:page:{}", Digest::of(url.as_str().as_bytes()).short());
            self.node("entity", &page, json!({ "prov:location": url.as_str() }));
            self.relate("used", &[("activity", &activity), ("entity", &page)]);
        }
        let agents = [("prov:SoftwareAgent", &capture.tool), ("prov:Agent", &capture.by)];
        for (class, name) in agents {
            if let Some(name) = name {
                let agent = self.agent(class, name);
                let ends = [("activity", activity.as_str()), ("agent", agent.as_str())];
                self.relate("wasAssociatedWith", &ends);
            }
        }
    }

    /// Every earlier state of the bytes, each replaced by the next.
    fn history(&mut self, record: &Record, current: &str) {
        for (index, change) in record.history.iter().enumerate() {
            let was = bytes(change.was.0);
            let next = record.history.get(index + 1).map(|change| bytes(change.was.0));
            let next = next.unwrap_or_else(|| current.to_owned());
            let activity = format!("pv:change:{}:{index}", record.id);
            let what = json!({
                "prov:endTime": change.at.to_string(),
                "pv:reason": change.reason.name(),
            });
            self.node("activity", &activity, what);
            self.node("entity", &was, json!({ "pv:sha256": change.was.0.to_string() }));
            if was == next {
                let ends = [("entity", was.as_str()), ("activity", activity.as_str())];
                self.relate("wasInvalidatedBy", &ends);
            } else {
                self.relate("used", &[("activity", &activity), ("entity", &was)]);
                self.relate("wasGeneratedBy", &[("entity", &next), ("activity", &activity)]);
                self.revision(&next, &was);
            }
            if let Some(by) = &change.by {
                let agent = self.agent("prov:Agent", by);
                let ends = [("activity", activity.as_str()), ("agent", agent.as_str())];
                self.relate("wasAssociatedWith", &ends);
            }
        }
    }

    fn revision(&mut self, next: &str, was: &str) {
        let kind = json!({ "$": "prov:Revision", "type": "prov:QUALIFIED_NAME" });
        let relation = json!({
            "prov:generatedEntity": next,
            "prov:usedEntity": was,
            "prov:type": kind,
        });
        self.add("wasDerivedFrom", relation);
    }

    /// Somebody or something that acts, named by the hash of its label.
    fn agent(&mut self, class: &str, name: &Text) -> String {
        let id = format!("pv:agent:{}", Digest::of(format!("{class} {name}").as_bytes()).short());
        let kind = json!({ "$": class, "type": "prov:QUALIFIED_NAME" });
        self.node("agent", &id, json!({ "prov:label": name.as_str(), "prov:type": kind }));
        id
    }

    /// A node; what is said of it twice is kept once.
    fn node(&mut self, section: &'static str, name: &str, said: Value) {
        let nodes = self.sections.entry(section).or_default();
        let known = nodes.entry(name.to_owned()).or_insert_with(|| json!({}));
        if let (Value::Object(known), Value::Object(said)) = (known, said) {
            for (key, value) in said {
                known.entry(key).or_insert(value);
            }
        }
    }

    fn relate(&mut self, section: &'static str, ends: &[(&str, &str)]) {
        let ends = ends.iter().map(|(role, name)| (format!("prov:{role}"), Value::from(*name)));
        self.add(section, Value::Object(ends.collect()));
    }

    fn add(&mut self, section: &'static str, relation: Value) {
        self.relations += 1;
        let name = format!("_:{:06}", self.relations);
        self.sections.entry(section).or_default().insert(name, relation);
    }
}

/// What the record says of the document, whatever its bytes are.
fn described(record: &Record) -> Value {
    let retired = record.retired.as_ref().map(|retired| retired.reason.as_str());
    let address = record.url.as_ref().and_then(address::uri);
    Object::default()
        .with("pv:path", record.path.as_str())
        .with("pv:kind", genre(record.kind))
        .maybe("prov:label", record.title.as_ref().map(Text::as_str))
        .maybe("schema:datePublished", record.published.map(dated))
        .maybe("schema:dateModified", record.modified.map(dated))
        .maybe("schema:inLanguage", record.language.as_ref().map(Language::as_str))
        .maybe("schema:license", record.licence.as_ref().map(Text::as_str))
        .maybe("schema:copyrightNotice", record.rights.as_ref().map(Text::as_str))
        .maybe("schema:digitalSourceType", record.digital_source_type.as_ref().map(Text::as_str))
        .maybe("schema:url", address.map(|address| literal(&address, "xsd:anyURI")))
        .maybe("pv:retired", retired)
        .into()
}

/// One state of a document's bytes.
fn bytes(digest: Digest) -> String {
    format!("pv:sha256:{digest}")
}

/// PROV takes exact moments only.
fn moment(when: When) -> Option<String> {
    matches!(when, When::Moment(_)).then(|| when.to_string())
}

/// A day or a moment with its type.
fn dated(when: When) -> Value {
    let kind = if matches!(when, When::Moment(_)) { "xsd:dateTime" } else { "xsd:date" };
    literal(&when.to_string(), kind)
}

fn literal(text: &str, kind: &str) -> Value {
    json!({ "$": text, "type": kind })
}
