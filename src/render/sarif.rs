//! SARIF 2.1.0, the static analysis results interchange format of OASIS, as code
//! scanning takes it.
//!
//! One run with one result a finding or change: exactly one location, the place to open; the
//! others as related locations, and as the steps of a code flow, which is how GitHub
//! shows them. Fingerprints hold no line numbers. Columns count Unicode characters.
//!
//! In:  a [`Report`], or a [`Review`].
//! Out: one JSON object.
//! Not here: choosing what to write (`cli`).

use crate::render::item::Item;
use crate::render::item::Listing;
use crate::render::item::Region;
use crate::render::item::Spot;
use crate::render::item::Topic;
use crate::render::item::fitting;
use crate::render::json::Run;
use crate::render::json::sized;
use crate::render::json::write_line;
use crate::render::sanitize;
use crate::render::sanitize::is_hidden;
use crate::report::Report;
use crate::review::Review;
use serde_json::Value;
use serde_json::json;
use std::collections::BTreeMap;
use std::io;
use std::io::Write;

/// Results that code scanning keeps of one run.
const RESULTS_MAX: usize = 5_000;

/// Bytes of all results: code scanning takes 10 MB, packed, so this is on the safe side.
const RESULTS_BYTES_MAX: usize = 9_000_000;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// What paths are relative to: the root of the project.
const ROOT: &str = "SRCROOT";

/// Writes the findings as one SARIF log; what an editor waived is a suppressed result.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(out: &mut impl Write, run: &Run, report: &Report) -> io::Result<()> {
    write_listing(out, Listing::of_report(run, report))
}

/// Writes what a change brings; see [`write()`].
///
/// # Errors
/// When `out` cannot be written.
pub fn write_review(out: &mut impl Write, review: &Review) -> io::Result<()> {
    write_listing(out, Listing::of_review(review))
}

fn write_listing(out: &mut impl Write, mut listing: Listing) -> io::Result<()> {
    let mut rules = Rules::default();
    let all = listing.items.by_ref().chain(listing.waived.by_ref());
    let results = all.map(|item| result(&item, &mut rules));
    let (results, hidden) = fitting(results, (RESULTS_MAX, RESULTS_BYTES_MAX), sized);
    let mut notifications: Vec<Value> = listing
        .unchecked
        .iter()
        .map(|line| notification("error", &format!("not checked: {line}")))
        .collect();
    if hidden > 0 {
        notifications.push(notification("warning", &listing.more(hidden)));
    }
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "provenance",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.described,
            } },
            "automationDetails": { "id": format!("provenance/{}/", listing.command) },
            "columnKind": "unicodeCodePoints",
            "newlineSequences": ["\r\n", "\n", "\r"],
            "originalUriBaseIds": {
                ROOT: { "description": { "text": "The folder that holds provenance.toml." } },
            },
            "invocations": [{
                "executionSuccessful": listing.unchecked.is_empty(),
                "toolExecutionNotifications": notifications,
            }],
            "results": results,
        }],
    });
    write_line(out, &log)
}

/// The rules that results name, in the order in which they first do.
#[derive(Default)]
struct Rules {
    indices: BTreeMap<&'static str, usize>,
    described: Vec<Value>,
}

impl Rules {
    fn index(&mut self, topic: &Topic) -> usize {
        *self.indices.entry(topic.code).or_insert_with(|| {
            self.described.push(rule(topic));
            self.described.len() - 1
        })
    }
}

fn rule(topic: &Topic) -> Value {
    let capital = |word: &str| word[..1].to_uppercase() + &word[1..];
    let summary = format!("{}.", capital(topic.summary));
    let mut rule = json!({
        "id": topic.code,
        "shortDescription": { "text": summary },
        "fullDescription": { "text": summary },
        "help": { "text": topic.page, "markdown": topic.page },
        "defaultConfiguration": { "level": topic.level.name() },
        "properties": { "tags": [topic.family] },
    });
    if !topic.slug.is_empty() {
        rule["name"] = topic.slug.split('-').map(capital).collect::<String>().into();
    }
    rule
}

fn result(item: &Item, rules: &mut Rules) -> Value {
    let related = || item.spots.iter().enumerate().skip(1);
    let mut result = json!({
        "ruleId": item.topic.code,
        "ruleIndex": rules.index(&item.topic),
        "level": item.severity.name(),
        "message": { "text": text(&message(item)) },
        "locations": [{ "physicalLocation": physical(&item.spots[0]) }],
        "partialFingerprints": { "provenance/v1": item.fingerprint.as_str() },
        "suppressions": suppressions(item),
    });
    if related().next().is_some() {
        let told = |(id, spot): (usize, &Spot)| located(spot, Some(id));
        result["relatedLocations"] = related().map(told).collect();
        let steps = item.spots.iter().map(|spot| json!({ "location": located(spot, None) }));
        let steps: Value = steps.collect();
        result["codeFlows"] = json!([{ "threadFlows": [{ "locations": steps }] }]);
    }
    result
}

/// The message with its facts and the advice.
fn message(item: &Item) -> String {
    let lines = std::iter::once(&item.message).chain(&item.notes).chain([&item.help]);
    lines.filter(|line| !line.is_empty()).cloned().collect::<Vec<_>>().join("\n")
}

fn suppressions(item: &Item) -> Value {
    let accepted = |reason: &String| json!({ "kind": "external", "status": "accepted", "justification": reason });
    item.waived.iter().map(accepted).collect()
}

fn located(spot: &Spot, id: Option<usize>) -> Value {
    let mut location = json!({
        "physicalLocation": physical(spot),
        "message": { "text": text(&spot.told()) },
    });
    if let Some(id) = id {
        location["id"] = json!(id);
    }
    location
}

fn physical(spot: &Spot) -> Value {
    // Code scanning wants a line, and a finding about a file has none.
    let region = spot.region.as_ref().map_or_else(|| json!({ "startLine": 1 }), region);
    let mut place = json!({
        "artifactLocation": { "uri": uri(&spot.path), "uriBaseId": ROOT },
        "region": region,
    });
    if let Some(Region { context: (first, last), .. }) = &spot.region {
        place["contextRegion"] = json!({ "startLine": first, "endLine": last });
    }
    place
}

fn region(region: &Region) -> Value {
    let mut wire = json!({
        "startLine": region.start.line,
        "startColumn": region.start.column,
    });
    if let Some(end) = region.end {
        wire["endLine"] = json!(end.line);
        wire["endColumn"] = json!(end.column);
    }
    // A snippet is the text of the file or nothing, and hidden text is not passed on.
    if let Some(exact) = region.exact.as_ref().filter(|exact| !exact.chars().any(is_hidden)) {
        wire["snippet"] = json!({ "text": exact });
    }
    wire
}

fn notification(level: &str, message: &str) -> Value {
    json!({ "level": level, "message": { "text": text(&sanitize::line(message)) } })
}

/// A text in which nothing is a link or a placeholder (SARIF 2.1.0, sections 3.11.5
/// and 3.11.6).
fn text(plain: &str) -> String {
    let mut text = String::with_capacity(plain.len());
    for c in plain.chars() {
        match c {
            '{' => text.push_str("{{"),
            '}' => text.push_str("}}"),
            '[' | ']' => text.extend(['\\', c]),
            _ => text.push(c),
        }
    }
    text
}

/// A path as a relative URI reference (RFC 3986): a colon in the first folder would
/// make it a scheme.
fn uri(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    let piece = |byte: u8| {
        if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }
    };
    path.bytes().map(piece).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_holds_no_link_and_no_placeholder() {
        assert_eq!(text("[here](http://x) {0}"), "\\[here\\](http://x) {{0}}");
    }

    #[test]
    fn paths_are_relative_references() {
        let cases = [
            ("corpus/a.txt", "corpus/a.txt"),
            ("c:/é b?#.txt", "c%3A/%C3%A9%20b%3F%23.txt"),
            ("a%20b", "a%2520b"),
        ];
        for (path, expected) in cases {
            assert_eq!(uri(path), expected);
        }
    }
}
