//! The page: one self-contained HTML file for people who look rather than read.
//!
//! It holds everything that it needs and loads nothing: a policy in it forbids every
//! address, and of styles and scripts all but the two whose hashes it names. It can be read
//! without the script, which adds filters and the reader side by side.
//!
//! In:  a [`Report`], and its quotations.
//! Out: HTML.
//! Not here: analysis, and pictures that stand alone (`svg`).

mod body;
mod document;
mod draft;
mod finding;
mod matrix;
mod passages;
mod quotation;
mod reuse;
mod shown;

use crate::corpus::Document;
use crate::render::sanitize;
use crate::render::svg;
use crate::report::LineageGraph;
use crate::report::Quoted;
use crate::report::Report;
use crate::report::ReuseMap;
use crate::report::Totals;
use askama::Template;
use base64ct::Base64;
use base64ct::Encoding;
use body::Body;
use document::DocumentView;
use document::Found;
use finding::FindingView;
use finding::RuleView;
use matrix::MatrixView;
use passages::KINDS;
use passages::Passage;
use quotation::UtteranceView;
use reuse::EdgeView;
use reuse::MapView;
use sha2::Digest;
use sha2::Sha256;
use shown::Markup;
use shown::Shown;
use std::collections::BTreeSet;
use std::io;
use std::io::Write;

/// The styles, as they stand in the page.
const STYLE: &str = concat!(
    include_str!("../../templates/report/report.css"),
    include_str!("../../templates/picture/picture.css")
);

/// The script, as it stands in the page.
const SCRIPT: &str = concat!(
    include_str!("../../templates/report/reader.js"),
    include_str!("../../templates/report/report.js")
);

/// What every page begins with, by which an earlier one is known again.
pub const BEGINNING: &str = "<!doctype html>\n<html lang=\"en\" data-page=\"provenance-report\">";

/// Documents beyond which their texts are folded away.
const OPEN_MAX: usize = 8;

/// Quotations that the page shows of each sort.
const QUOTATIONS_MAX: usize = 500;

/// What the templates show.
#[derive(Template)]
#[template(path = "report/page.html")]
struct Page<'a> {
    beginning: Markup,
    policy: String,
    style: Markup,
    script: Markup,
    title: String,
    totals: Totals,
    unchecked: Vec<Shown<'a>>,
    documents: Vec<DocumentView<'a>>,
    findings: &'a [FindingView<'a>],
    /// Findings that are not shown.
    more: usize,
    map: MapView<'a>,
    edges: Vec<EdgeView<'a>>,
    /// How many more there are.
    edges_more: usize,
    lineage: Markup,
    matrix: MatrixView<'a>,
    quotations: Vec<UtteranceView<'a>>,
    quotations_more: usize,
    single: Vec<UtteranceView<'a>>,
    waived: Vec<FindingView<'a>>,
    rules: Vec<RuleView>,
    kinds: [&'static str; 5],
    passages_count: usize,
    /// How many of them the reader cannot show.
    passages_more: usize,
    passages: Markup,
    are_open: bool,
    unparaphrased: bool,
    has_drafts: bool,
}

/// Writes the page. The same report gives the same bytes.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(out: &mut impl Write, report: &Report, quoted: &Quoted) -> io::Result<()> {
    let passages = passages::passages(report);
    let elsewhere = passages::elsewhere(report, &passages);
    let (findings, waived) = finding::views(report);
    let notes = draft::notes(report, &findings);
    let sides = elsewhere.iter().zip(&notes);
    let bodies: Vec<Body> = report
        .texts
        .iter()
        .zip(sides)
        .map(|(text, (elsewhere, notes))| Body::write(text, elsewhere, notes))
        .collect();
    let json = passages::json(&passages, &bodies);
    let found = found(report, &passages);
    let documents = bodies.into_iter().zip(found).enumerate();
    let (map, graph) = (ReuseMap::of(report), LineageGraph::of(report));
    let utterances = quotation::utterances(report, quoted);
    let (mut quotations, mut single): (Vec<_>, Vec<_>) =
        utterances.into_iter().partition(|one| one.variants.len() > 1);
    let quotations_more = [&mut quotations, &mut single].map(|list| {
        let more = list.len().saturating_sub(QUOTATIONS_MAX);
        list.truncate(QUOTATIONS_MAX);
        more
    });
    let edges = reuse::edges(report, &graph);
    let page = Page {
        beginning: Markup(BEGINNING.to_owned()),
        policy: policy(),
        style: Markup(STYLE.to_owned()),
        script: Markup(SCRIPT.to_owned()),
        title: title(report),
        totals: report.totals(),
        unchecked: report.unchecked.iter().map(|reason| Shown(reason)).collect(),
        documents: documents
            .map(|(index, (body, found))| DocumentView::of(report, index, body, found))
            .collect(),
        findings: &findings,
        more: report.findings.len() - findings.len(),
        waived,
        map: MapView::of(report, &map, &findings),
        edges_more: graph.edges.len() - edges.len(),
        edges,
        lineage: Markup(svg::lineage_in_page(report)),
        matrix: MatrixView::of(report, &map),
        quotations,
        quotations_more: quotations_more.iter().sum(),
        single,
        rules: finding::rules(report),
        kinds: KINDS,
        passages_count: passages.len(),
        passages_more: passages.len().saturating_sub(passages::PASSAGES_MAX),
        passages: Markup(json),
        are_open: report.documents.len() <= OPEN_MAX,
        unparaphrased: report.unparaphrased,
        has_drafts: report.documents.iter().any(|document| document.draft),
    };
    page.write_into(out)
}

/// What the browser may do with the page: show it.
fn policy() -> String {
    let hash = |text: &str| Base64::encode_string(&Sha256::digest(text));
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; img-src data:; \
         base-uri 'none'; form-action 'none'",
        hash(STYLE),
        hash(SCRIPT)
    )
}

/// What the page is about: the drafts, else how many documents.
fn title(report: &Report) -> String {
    let drafts: Vec<&Document> = report.documents.iter().filter(|one| one.draft).collect();
    match drafts.as_slice() {
        [] => match report.documents.len() {
            1 => "1 document".to_owned(),
            count => format!("{count} documents"),
        },
        [draft] => sanitize::line(&draft.path).into_owned(),
        drafts => format!("{} drafts", drafts.len()),
    }
}

/// Whose text it is: the outlet, else the path.
fn name(document: &Document) -> &str {
    document.outlet().unwrap_or(&document.path)
}

/// How often something was found in each document.
fn found(report: &Report, passages: &[Passage]) -> Vec<Found> {
    let mut found = vec![Found::default(); report.documents.len()];
    for judged in &report.findings {
        let documents: BTreeSet<usize> =
            judged.finding.labels.iter().filter_map(finding::document).collect();
        for doc in documents {
            found[doc].findings += 1;
        }
    }
    for passage in passages {
        found[passage.left.doc.index()].passages += 1;
        if passage.left.doc != passage.right.doc {
            found[passage.right.doc.index()].passages += 1;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Finding;
    use crate::finding::Label;
    use crate::finding::Rule;
    use crate::finding::Subject;
    use crate::policy::Policy;
    use crate::policy::Scope;

    #[test]
    fn findings_beyond_the_budget_are_counted() {
        let finding = |number: usize| Finding {
            rule: Rule::Unrecorded,
            subject: Subject::Corpus,
            message: "a file has no record".to_owned(),
            labels: vec![Label::file(format!("corpus/{number}.txt"), "")],
            notes: Vec::new(),
            help: String::new(),
        };
        let all = (0..finding::FINDINGS_MAX + 3).map(finding).collect();
        let scope = Scope { documents: &[], whole: false };
        let findings = Policy::default().judge(all, &scope).findings;
        let report = Report { findings, ..Report::default() };
        let mut page = Vec::new();
        write(&mut page, &report, &Quoted::default()).unwrap();
        let page = String::from_utf8(page).unwrap();

        assert_eq!(page.matches("<li class=\"finding ").count(), finding::FINDINGS_MAX);
        assert!(page.contains(">3 more findings, less severe: run provenance audit --all<"));
    }
}
