//! The wire form of a passage over all documents that carry it.

use crate::divergence::Cluster;
use crate::divergence::Evidence;
use crate::render::json::wire::WirePlace;
use crate::render::json::wire::passage;
use crate::report::Report;
use serde::Serialize;

#[derive(Serialize)]
pub(crate) struct WireCluster<'a> {
    kind: &'static str,
    words: usize,
    documents: usize,
    earlier: Option<&'a str>,
    evidence: Vec<WireEvidence<'a>>,
    places: Vec<WirePlace<'a>>,
}

#[derive(Serialize)]
struct WireEvidence<'a> {
    basis: &'static str,
    text: &'a str,
}

pub(super) fn cluster<'a>(report: &'a Report, found: &'a Cluster) -> WireCluster<'a> {
    let path = |doc: crate::span::DocId| &*report.documents[doc.index()].path;
    let evidence =
        |found: &'a Evidence| WireEvidence { basis: found.basis.name(), text: &found.text };
    WireCluster {
        kind: found.nature.name(),
        words: found.words,
        documents: found.documents().len(),
        earlier: found.lineage.earlier.map(path),
        evidence: found.lineage.evidence.iter().map(evidence).collect(),
        places: found.places.iter().map(|place| passage(report, *place)).collect(),
    }
}
