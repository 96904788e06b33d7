//! Records in schema 1, as `provenance list` writes them.

use crate::corpus::Record;
use crate::corpus::record::Text;
use crate::corpus::record::Url;
use crate::render::json::wire;
use crate::render::json::wire::Header;
use crate::render::json::wire::Run;
use crate::render::json::wire::Summary;
use crate::report::Report;
use serde::Serialize;

/// One record, as far as a list of documents needs it.
#[derive(Serialize)]
pub(crate) struct WireRecord<'a> {
    record: &'a str,
    id: &'a str,
    path: &'a str,
    kind: &'static str,
    outlet: Option<&'a str>,
    title: Option<&'a str>,
    author: Vec<&'a str>,
    url: Option<&'a str>,
    published: Option<String>,
    sha256: String,
    bytes: u64,
    retired: bool,
    unknown: Vec<&'static str>,
}

/// All records as one object.
#[derive(Serialize)]
pub(crate) struct Listed<'a> {
    #[serde(flatten)]
    header: Header,
    records: Vec<WireRecord<'a>>,
    summary: Summary,
}

/// All records as one object.
pub(crate) fn records<'a>(run: &Run, records: &'a [(String, Record)]) -> Listed<'a> {
    let summary = wire::summary(run, &Report::default());
    let records = records.iter().map(|(place, stated)| record(place, stated)).collect();
    Listed { header: run.header(), records, summary }
}

pub(crate) fn record<'a>(place: &'a str, stated: &'a Record) -> WireRecord<'a> {
    WireRecord {
        record: place,
        id: stated.id.as_str(),
        path: &stated.path,
        kind: stated.kind.name(),
        outlet: stated.outlet.as_ref().map(Text::as_str),
        title: stated.title.as_ref().map(Text::as_str),
        author: stated.author.iter().map(Text::as_str).collect(),
        url: stated.url.as_ref().map(Url::as_str),
        published: stated.published.map(|when| when.to_string()),
        sha256: stated.hash.sha256.to_string(),
        bytes: stated.hash.bytes,
        retired: stated.retired.is_some(),
        unknown: stated.unknown.iter().map(|field| field.name()).collect(),
    }
}
