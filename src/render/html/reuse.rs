//! The reuse map on the page: which outlets share how much wording, and who came first.
//!
//! In:  the counts and the graph of a report (`report`).
//! Out: [`MapView`] and [`EdgeView`]s.
//! Not here: counting and dating, and the drawing of the graph (`svg`).

use super::finding::FindingView;
use super::name;
use super::shown::Shown;
use crate::report::Edge;
use crate::report::LineageGraph;
use crate::report::Report;
use crate::report::ReuseMap;
use crate::report::Shared;
use crate::span::DocId;
use std::collections::BTreeSet;

/// Findings that are listed for two outlets; the list of findings has all.
const FINDINGS_MAX: usize = 20;

/// Pairs of outlets, and of documents, that are told one by one, those that share most.
const PAIRS_MAX: usize = 1_000;

/// Two outlets whose documents share something, with all that the page tells of them.
pub(super) struct PairView<'a> {
    /// The ends of its name on the page.
    pub(super) numbers: [usize; 2],
    pub(super) names: [Shown<'a>; 2],
    pub(super) shared: &'a Shared,
    pub(super) documents: Vec<[LinkView<'a>; 2]>,
    pub(super) findings: Vec<&'a FindingView<'a>>,
    pub(super) more: usize,
}

/// A document by number and title.
pub(super) struct LinkView<'a> {
    pub(super) number: usize,
    pub(super) name: Shown<'a>,
}

impl<'a> LinkView<'a> {
    fn of(report: &'a Report<'a>, doc: DocId) -> Self {
        Self { number: doc.index() + 1, name: Shown(name(&report.documents[doc.index()])) }
    }
}

/// What two outlets share, and the numbers of the pair where it is told.
type CellView<'a> = (&'a Shared, Option<[usize; 2]>);

/// A row of the map.
pub(super) struct RowView<'a> {
    pub(super) name: Shown<'a>,
    /// A cell for each outlet.
    pub(super) cells: Vec<Option<CellView<'a>>>,
}

/// The map.
pub(super) struct MapView<'a> {
    pub(super) rows: Vec<RowView<'a>>,
    pub(super) pairs: Vec<PairView<'a>>,
    /// Outlets that share nothing, and stand in no row.
    pub(super) others: usize,
    /// Pairs that are not told, sharing little.
    pub(super) untold: usize,
}

impl<'a> MapView<'a> {
    pub(super) fn of(
        report: &'a Report<'a>,
        map: &'a ReuseMap,
        findings: &'a [FindingView<'a>],
    ) -> Self {
        let count = map.outlets.len();
        let shares = |one: &usize| (0..count).any(|other| map.shared(*one, other).is_some());
        let shown: Vec<usize> = (0..count).filter(shares).collect();
        let outlet = |index: usize| Shown(&map.outlets[index].name);
        let mut sides = Vec::new();
        for (at, one) in shown.iter().enumerate() {
            let side = |other: &usize| Some(([*one, *other], map.shared(*one, *other)?));
            sides.extend(shown[at..].iter().filter_map(side));
        }
        sides.sort_by_key(|(_, shared)| std::cmp::Reverse((shared.words, shared.sentences)));
        let untold = sides.len().saturating_sub(PAIRS_MAX);
        sides.truncate(PAIRS_MAX);
        let told: BTreeSet<[usize; 2]> = sides.iter().map(|(pair, _)| *pair).collect();
        let cell = |one: usize, other: usize| {
            let pair = [one.min(other), one.max(other)];
            let target = told.contains(&pair).then(|| pair.map(|outlet| outlet + 1));
            map.shared(one, other).map(|shared| (shared, target))
        };
        let row = |one: &usize| RowView {
            name: outlet(*one),
            cells: shown.iter().map(|other| cell(*one, *other)).collect(),
        };
        let pair = |(sides, shared): ([usize; 2], &'a Shared)| PairView {
            numbers: sides.map(|outlet| outlet + 1),
            names: sides.map(outlet),
            ..PairView::of(report, shared, findings)
        };
        Self {
            rows: shown.iter().map(row).collect(),
            others: count - shown.len(),
            untold,
            pairs: sides.into_iter().map(pair).collect(),
        }
    }
}

impl<'a> PairView<'a> {
    fn of(report: &'a Report<'a>, shared: &'a Shared, findings: &'a [FindingView<'a>]) -> Self {
        let shows = |finding: &&FindingView| {
            let has = |doc: DocId| finding.documents.contains(&(doc.index() + 1));
            shared.pairs.iter().any(|pair| pair.iter().all(|doc| has(*doc)))
        };
        let all = findings.iter().filter(shows);
        let (listed, count) = (all.clone().take(FINDINGS_MAX).collect(), all.count());
        Self {
            numbers: [0, 0],
            names: [Shown(""), Shown("")],
            shared,
            documents: shared
                .pairs
                .iter()
                .map(|pair| pair.map(|doc| LinkView::of(report, doc)))
                .collect(),
            findings: listed,
            more: count.saturating_sub(FINDINGS_MAX),
        }
    }
}

/// Two documents of which one may come from the other.
pub(super) struct EdgeView<'a> {
    pub(super) from: LinkView<'a>,
    pub(super) to: LinkView<'a>,
    pub(super) directed: bool,
    pub(super) words: usize,
    pub(super) evidence: Vec<(&'static str, Shown<'a>)>,
}

/// What joins documents, and on what evidence, the most words first.
pub(super) fn edges<'a>(report: &'a Report<'a>, graph: &'a LineageGraph) -> Vec<EdgeView<'a>> {
    let view = |edge: &'a Edge| EdgeView {
        from: LinkView::of(report, edge.from),
        to: LinkView::of(report, edge.to),
        directed: edge.directed,
        words: edge.words,
        evidence: edge.evidence.iter().map(|fact| (fact.basis.name(), Shown(&fact.text))).collect(),
    };
    let mut edges: Vec<EdgeView> = graph.edges.iter().map(view).collect();
    edges.sort_by_key(|edge| std::cmp::Reverse(edge.words));
    edges.truncate(PAIRS_MAX);
    edges
}
