//! The wire types of schema 1.
//!
//! Fields may be added within a schema; none is removed or changes its meaning.

use crate::claims::Claim;
use crate::claims::Hedge;
use crate::claims::Value;
use crate::corpus::Document;
use crate::embedding::Identity;
use crate::finding::Label;
use crate::finding::Site;
use crate::policy::Judged;
use crate::render::json::alignment;
use crate::render::json::alignment::WireAlignment;
use crate::render::json::alignment::WireProposition;
use crate::render::json::cluster;
use crate::render::json::cluster::WireCluster;
use crate::render::json::fixity::Base;
use crate::render::json::fixity::Fixity;
use crate::render::json::fixity::Seal;
use crate::render::json::fixity::base;
use crate::render::json::fixity::fixity;
use crate::render::json::fixity::seal;
use crate::render::json::quotation::WireQuotation;
use crate::render::json::record::WireRecord;
use crate::render::json::review::WireAgreement;
use crate::render::json::review::WireChange;
use crate::render::json::review::WireEffect;
use crate::render::json::review::WireRange;
use crate::report::Report;
use crate::report::Totals;
use crate::span::Place;
use crate::span::Span;
use serde::Serialize;

/// The version of the wire format.
const SCHEMA: u32 = 1;

/// Characters of context on each side of a place, as the W3C Web Annotation
/// model's text quote selector has them.
const CONTEXT_CHARS: usize = 32;

/// A part of the report that can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The documents.
    Documents,
    /// Their units.
    Units,
    /// The aligned passages.
    Alignments,
    /// The passages that several documents carry.
    Clusters,
    /// What sentences of several documents say.
    Propositions,
    /// The claims.
    Claims,
    /// The findings.
    Findings,
}

/// What was run.
#[derive(Clone, Copy, Debug)]
pub struct Run {
    /// The command's name.
    pub command: &'static str,
    /// Whether alignments below the reporting threshold are written too.
    pub all: bool,
    /// How many documents it looked at.
    pub documents: usize,
}

impl Run {
    pub(crate) fn header(self) -> Header {
        let version = env!("CARGO_PKG_VERSION");
        Header { schema: SCHEMA, tool: "provenance", version, command: self.command }
    }
}

/// One line of the JSONL form.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub(crate) enum Line<'a> {
    Run(Header),
    Document(WireDocument<'a>),
    Unit(WireUnit<'a>),
    Alignment(WireAlignment<'a>),
    Cluster(WireCluster<'a>),
    Proposition(WireProposition<'a>),
    Claim(WireClaim<'a>),
    Finding(WireFinding<'a>),
    Quotation(Box<WireQuotation<'a>>),
    Record(Box<WireRecord<'a>>),
    Change(Box<WireChange<'a>>),
    Agreement(Box<WireAgreement<'a>>),
    Summary(Summary),
}

#[derive(Serialize)]
pub(crate) struct Header {
    schema: u32,
    tool: &'static str,
    version: &'static str,
    command: &'static str,
}

#[derive(Serialize)]
pub(crate) struct WireDocument<'a> {
    path: &'a str,
    outlet: Option<&'a str>,
    published: Option<String>,
    url: Option<&'a str>,
    sha256: Option<String>,
    bytes: usize,
    words: Option<usize>,
    draft: bool,
}

#[derive(Serialize)]
pub(crate) struct WireUnit<'a> {
    role: &'static str,
    place: WirePlace<'a>,
}

#[derive(Serialize)]
pub(crate) struct WireClaim<'a> {
    kind: &'static str,
    value: String,
    unit: Option<String>,
    low: Option<String>,
    high: Option<String>,
    hedge: Option<&'static str>,
    meant: Option<String>,
    basis: Option<&'static str>,
    denied: bool,
    reason: String,
    place: WirePlace<'a>,
    speaker: Option<&'a str>,
    quoted: bool,
}

#[derive(Serialize)]
pub(crate) struct WireFinding<'a> {
    rule: &'static str,
    slug: &'static str,
    severity: &'static str,
    fingerprint: &'a str,
    message: &'a str,
    places: Vec<WirePlace<'a>>,
    notes: &'a [String],
    help: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) outcome: Option<&'static str>,
}

/// A place: byte offsets into the original file and the text there, or a whole
/// file, or a line of a file that is not a document.
#[derive(Serialize)]
pub(crate) struct WirePlace<'a> {
    path: &'a str,
    start: Option<usize>,
    end: Option<usize>,
    exact: Option<&'a str>,
    prefix: Option<&'a str>,
    suffix: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    marks: Vec<WireMark<'a>>,
}

/// The part of a place that differs.
#[derive(Serialize)]
pub(crate) struct WireMark<'a> {
    start: usize,
    end: usize,
    exact: &'a str,
}

#[derive(Serialize)]
pub(crate) struct Summary {
    documents: usize,
    errors: usize,
    warnings: usize,
    notes: usize,
    waived: usize,
    baseline: usize,
    allowed: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    fixity: Option<Fixity>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unchecked: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    indexed: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) unparaphrased: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    model: Option<Model>,
    #[serde(skip_serializing_if = "Option::is_none")]
    base: Option<Base>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seal: Option<Seal>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) range: Option<WireRange>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) effect: Option<WireEffect>,
}

/// The model by which paraphrases were found.
#[derive(Serialize)]
pub(crate) struct Model {
    name: String,
    sha256: String,
}

/// The whole report as one object.
#[derive(Serialize)]
pub(crate) struct Object<'a> {
    #[serde(flatten)]
    header: Header,
    #[serde(skip_serializing_if = "Option::is_none")]
    documents: Option<Vec<Line<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    units: Option<Vec<Line<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    alignments: Option<Vec<Line<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    clusters: Option<Vec<Line<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    propositions: Option<Vec<Line<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    claims: Option<Vec<Line<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    findings: Option<Vec<Line<'a>>>,
    summary: Summary,
}

pub(crate) fn object<'a>(run: &Run, report: &'a Report, parts: &[Part]) -> Object<'a> {
    let list = |part| parts.contains(&part).then(|| lines(report, part, run.all).collect());
    Object {
        header: run.header(),
        documents: list(Part::Documents),
        units: list(Part::Units),
        alignments: list(Part::Alignments),
        clusters: list(Part::Clusters),
        propositions: list(Part::Propositions),
        claims: list(Part::Claims),
        findings: list(Part::Findings),
        summary: summary(run, report),
    }
}

/// The lines of one part, in the order of the report.
pub(crate) fn lines<'a>(
    report: &'a Report,
    part: Part,
    all: bool,
) -> Box<dyn Iterator<Item = Line<'a>> + 'a> {
    match part {
        Part::Documents => Box::new(
            (0..report.documents.len()).map(|index| Line::Document(document(report, index))),
        ),
        Part::Units => Box::new(report.texts.iter().flat_map(move |text| {
            text.units.iter().map(move |unit| {
                let place = Place { doc: text.doc, span: unit.span };
                Line::Unit(WireUnit { role: unit.role.name(), place: passage(report, place) })
            })
        })),
        Part::Alignments => Box::new(
            report
                .alignments
                .iter()
                .filter(move |found| all || found.reported)
                .map(|found| Line::Alignment(alignment::alignment(report, found)))
                .chain(
                    report
                        .paraphrases
                        .iter()
                        .filter(move |found| all || found.is_reported() && !found.copied)
                        .map(|found| Line::Alignment(alignment::paraphrase(report, found))),
                ),
        ),
        Part::Propositions => Box::new(
            report
                .propositions
                .iter()
                .map(|found| Line::Proposition(alignment::proposition(report, found))),
        ),
        Part::Clusters => Box::new(
            report.clusters.iter().map(|found| Line::Cluster(cluster::cluster(report, found))),
        ),
        Part::Claims => {
            Box::new(report.claims.iter().flatten().map(|found| Line::Claim(claim(report, found))))
        }
        Part::Findings => {
            Box::new(report.findings.iter().map(|found| Line::Finding(finding(report, found))))
        }
    }
}

pub(crate) fn summary(run: &Run, report: &Report) -> Summary {
    Summary {
        fixity: report.fixity.map(fixity),
        indexed: report.indexed,
        unparaphrased: report.unparaphrased.then_some(true),
        model: report.model.clone().map(|Identity { name, sha256 }| Model { name, sha256 }),
        base: report.compared.as_ref().map(base),
        seal: report.sealed.as_ref().map(seal),
        ..totals(run, &report.totals(), &report.unchecked)
    }
}

/// The summary of a run whose findings are written already.
pub(crate) fn totals(run: &Run, totals: &Totals, unchecked: &[String]) -> Summary {
    Summary {
        documents: run.documents,
        errors: totals.errors,
        warnings: totals.warnings,
        notes: totals.notes,
        waived: totals.waived,
        baseline: totals.baseline,
        allowed: totals.allowed,
        fixity: None,
        unchecked: unchecked.to_vec(),
        indexed: None,
        unparaphrased: None,
        model: None,
        base: None,
        seal: None,
        range: None,
        effect: None,
    }
}

fn document<'a>(report: &'a Report, index: usize) -> WireDocument<'a> {
    let document: &Document = &report.documents[index];
    WireDocument {
        path: &document.path,
        outlet: document.outlet(),
        published: document.published.map(|when| when.to_string()),
        url: document.url.as_deref(),
        sha256: document.record.as_ref().map(|record| record.hash.sha256.to_string()),
        bytes: document.source.len(),
        words: report.texts.get(index).map(|text| text.tokens.len()),
        draft: document.draft,
    }
}

fn claim<'a>(report: &'a Report, found: &Claim) -> WireClaim<'a> {
    let source = &report.documents[found.place.doc.index()].source;
    WireClaim {
        kind: found.kind.name(),
        value: match found.value {
            Value::Words { inner, .. } => source[inner.range()].to_owned(),
            _ => found.value_text(),
        },
        unit: found.unit_text(),
        low: found.low_text(),
        high: found.high_text(),
        hedge: found.hedge.map(Hedge::name),
        meant: found.meant_text(),
        basis: found.meant.map(|meant| meant.basis.name()),
        denied: found.denied,
        reason: found.reason(),
        place: passage(report, found.place),
        speaker: found.speaker.map(|span| &source[span.range()]),
        quoted: found.quoted,
    }
}

pub(crate) fn finding<'a>(report: &'a Report, judged: &'a Judged) -> WireFinding<'a> {
    let info = judged.finding.rule.info();
    WireFinding {
        rule: info.code,
        slug: info.slug,
        severity: judged.severity.name(),
        fingerprint: judged.fingerprint.as_str(),
        message: &judged.finding.message,
        places: judged.finding.labels.iter().map(|label| site(report, label)).collect(),
        notes: &judged.finding.notes,
        help: &judged.finding.help,
        outcome: None,
    }
}

fn site<'a>(report: &'a Report, label: &'a Label) -> WirePlace<'a> {
    match &label.site {
        Site::Passage(place) => {
            let source = &report.documents[place.doc.index()].source;
            let marks = label.marks.iter().map(|span| mark(source, *span)).collect();
            WirePlace { marks, ..passage(report, *place) }
        }
        Site::File { path } => elsewhere(path, None),
        Site::Line { path, position, .. } => {
            elsewhere(path, Some((position.line, position.column)))
        }
    }
}

/// A part of the text `source`.
pub(crate) fn mark(source: &str, span: Span) -> WireMark<'_> {
    WireMark { start: span.start(), end: span.end(), exact: &source[span.range()] }
}

/// A place without text: a file, or a line in it.
fn elsewhere(path: &str, position: Option<(usize, usize)>) -> WirePlace<'_> {
    WirePlace {
        path,
        start: None,
        end: None,
        exact: None,
        prefix: None,
        suffix: None,
        line: position.map(|(line, _)| line),
        column: position.map(|(_, column)| column),
        marks: Vec::new(),
    }
}

/// A passage with its surroundings.
pub(crate) fn passage<'a>(report: &'a Report, place: Place) -> WirePlace<'a> {
    let document = &report.documents[place.doc.index()];
    passage_in(&document.path, &document.source, place.span)
}

/// A passage of the text `source`, which lies at `path`.
pub(crate) fn passage_in<'a>(path: &'a str, source: &'a str, span: Span) -> WirePlace<'a> {
    let (before, rest) = source.split_at(span.start());
    let (exact, after) = rest.split_at(span.len());
    let prefix_start = before.char_indices().rev().nth(CONTEXT_CHARS - 1).map_or(0, |(at, _)| at);
    let suffix_end = after.char_indices().nth(CONTEXT_CHARS).map_or(after.len(), |(at, _)| at);
    WirePlace {
        path,
        start: Some(span.start()),
        end: Some(span.end()),
        exact: Some(exact),
        prefix: Some(&before[prefix_start..]),
        suffix: Some(&after[..suffix_end]),
        line: None,
        column: None,
        marks: Vec::new(),
    }
}
