//! How much of the planted reuse was found, and how much of what was found is planted.
//!
//! After Potthast et al., "An Evaluation Framework for Plagiarism Detection", COLING
//! 2010: recall and precision in bytes of both documents, and granularity.
//!
//! In:  the planted passages and boilerplate of all documents, and the passages found.
//! Out: [`Scores`].
//! Not here: CPU and memory.
#![expect(clippy::cast_precision_loss, reason = "figures for people")]

use crate::newsroom::KINDS;
use crate::newsroom::Kind;
use crate::newsroom::Planted;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// A passage that was found: two documents with bytes from and to.
#[derive(Clone, Copy)]
pub(crate) struct Found {
    pub(crate) left: (usize, usize, usize),
    pub(crate) right: (usize, usize, usize),
    pub(crate) cluster: usize,
}

/// What is known of all documents.
#[derive(Default)]
pub(crate) struct Truth {
    pub(crate) planted: Vec<Vec<Planted>>,
    pub(crate) boilerplate: Vec<Vec<(usize, usize)>>,
}

/// Sums over the cases of one kind; a case is a passage in its original and one copy.
#[derive(Clone, Copy, Default)]
pub(crate) struct Recall {
    pub(crate) cases: usize,
    /// Cases of which half of both sides was found.
    pub(crate) found: usize,
    pub(crate) bytes: usize,
    pub(crate) found_bytes: usize,
    /// Cases that some passage touches, and the passages that do.
    touched: usize,
    touching: usize,
}

/// The result.
pub(crate) struct Scores {
    pub(crate) recall: Vec<(Kind, Recall)>,
    pub(crate) reported_bytes: usize,
    pub(crate) true_bytes: usize,
    pub(crate) boilerplate_bytes: usize,
    pub(crate) wire_stories: usize,
    /// Wire stories of which one cluster holds every outlet that was found.
    pub(crate) wire_in_one_cluster: usize,
}

impl Recall {
    pub(crate) fn add(&mut self, other: &Self) {
        self.cases += other.cases;
        self.found += other.found;
        self.bytes += other.bytes;
        self.found_bytes += other.found_bytes;
        self.touched += other.touched;
        self.touching += other.touching;
    }

    /// Passages for one case, of the cases that were found at all.
    pub(crate) fn granularity(&self) -> f64 {
        self.touching as f64 / self.touched.max(1) as f64
    }
}

/// The passages found, by each of their two documents: own span, other document and span.
type ByDocument = Vec<Vec<Side>>;

#[derive(Clone, Copy)]
struct Side {
    own: (usize, usize),
    other: (usize, usize, usize),
    cluster: usize,
}

pub(crate) fn score(truth: &Truth, found: &[Found]) -> Scores {
    let mut by_document: ByDocument = vec![Vec::new(); truth.planted.len()];
    for f in found {
        for (own, other) in [(f.left, f.right), (f.right, f.left)] {
            let side = Side { own: (own.1, own.2), other, cluster: f.cluster };
            by_document[own.0].push(side);
        }
    }
    let mut scores = precision(truth, &by_document);
    let mut recall: BTreeMap<Kind, Recall> = BTreeMap::new();
    for (_, carriers) in carriers(truth) {
        let Some(original) = carriers.iter().find(|(_, planted)| planted.kind.is_none()) else {
            continue;
        };
        let family: BTreeSet<usize> = carriers.iter().map(|(document, _)| *document).collect();
        for copy in carriers.iter().filter(|(_, planted)| planted.kind.is_some()) {
            let kind = copy.1.kind.unwrap_or(Kind::Wire);
            let case = case(truth, &by_document, (original, copy), kind, &family);
            recall.entry(kind).or_default().add(&case);
        }
        if carriers.iter().any(|(_, planted)| planted.kind == Some(Kind::Wire)) {
            scores.wire_stories += 1;
            scores.wire_in_one_cluster += usize::from(in_one_cluster(&by_document, &carriers));
        }
    }
    scores.recall =
        KINDS.iter().map(|kind| (*kind, recall.remove(kind).unwrap_or_default())).collect();
    scores
}

/// The documents that have each planted passage.
fn carriers(truth: &Truth) -> BTreeMap<u32, Vec<(usize, &Planted)>> {
    let mut carriers: BTreeMap<u32, Vec<(usize, &Planted)>> = BTreeMap::new();
    for (document, planted) in truth.planted.iter().enumerate() {
        for one in planted {
            carriers.entry(one.passage).or_default().push((document, one));
        }
    }
    carriers
}

/// One case. A copy of a wire story may be found by way of any other outlet.
fn case(
    truth: &Truth,
    by_document: &ByDocument,
    (original, copy): (&(usize, &Planted), &(usize, &Planted)),
    kind: Kind,
    family: &BTreeSet<usize>,
) -> Recall {
    let passage = original.1.passage;
    let touching = |own: &(usize, &Planted), partner: usize| -> Vec<(usize, usize)> {
        let planted = (own.1.start, own.1.end);
        let sides = by_document[own.0].iter().filter(|side| {
            let partner_known = if kind == Kind::Wire {
                family.contains(&side.other.0)
            } else {
                side.other.0 == partner
            };
            partner_known
                && overlap(side.own, planted) > 0
                && truth.planted[side.other.0].iter().any(|there| {
                    there.passage == passage
                        && overlap((side.other.1, side.other.2), (there.start, there.end)) > 0
                })
        });
        sides.map(|side| side.own).collect()
    };
    let (left, right) = (touching(original, copy.0), touching(copy, original.0));
    let covered = |spans: &[(usize, usize)], own: &(usize, &Planted)| {
        covered(spans, (own.1.start, own.1.end))
    };
    let (left_bytes, right_bytes) = (covered(&left, original), covered(&right, copy));
    let length = |own: &(usize, &Planted)| own.1.end - own.1.start;
    let half = 2 * left_bytes >= length(original) && 2 * right_bytes >= length(copy);
    // By way of another outlet there are several passages for good reason.
    let counted = kind != Kind::Wire && !right.is_empty();
    Recall {
        cases: 1,
        found: usize::from(half),
        bytes: length(original) + length(copy),
        found_bytes: left_bytes + right_bytes,
        touched: usize::from(counted),
        touching: if counted { right.len() } else { 0 },
    }
}

fn in_one_cluster(by_document: &ByDocument, carriers: &[(usize, &Planted)]) -> bool {
    let clusters = carriers.iter().map(|(document, planted)| {
        let sides = by_document[*document].iter();
        let touching = sides.filter(|side| overlap(side.own, (planted.start, planted.end)) > 0);
        touching.map(|side| side.cluster).collect::<BTreeSet<usize>>()
    });
    let common =
        clusters.filter(|clusters| !clusters.is_empty()).reduce(|one, other| &one & &other);
    common.is_some_and(|common| !common.is_empty())
}

fn precision(truth: &Truth, by_document: &ByDocument) -> Scores {
    let (mut reported_bytes, mut true_bytes, mut boilerplate_bytes) = (0, 0, 0);
    for (document, sides) in by_document.iter().enumerate() {
        for side in sides {
            reported_bytes += side.own.1 - side.own.0;
            let there = (side.other.1, side.other.2);
            let shared: Vec<(usize, usize)> = truth.planted[document]
                .iter()
                .filter(|planted| {
                    truth.planted[side.other.0].iter().any(|other| {
                        other.passage == planted.passage
                            && overlap(there, (other.start, other.end)) > 0
                    })
                })
                .map(|planted| (planted.start, planted.end))
                .collect();
            true_bytes += covered(&shared, side.own);
            boilerplate_bytes += covered(&truth.boilerplate[document], side.own);
        }
    }
    Scores {
        recall: Vec::new(),
        reported_bytes,
        true_bytes,
        boilerplate_bytes,
        wire_stories: 0,
        wire_in_one_cluster: 0,
    }
}

fn overlap(one: (usize, usize), other: (usize, usize)) -> usize {
    one.1.min(other.1).saturating_sub(one.0.max(other.0))
}

/// Bytes of `whole` that lie in any of `spans`.
fn covered(spans: &[(usize, usize)], whole: (usize, usize)) -> usize {
    let mut spans = spans.to_vec();
    spans.sort_unstable();
    let mut upto = whole.0;
    let mut bytes = 0;
    for (start, end) in spans {
        let (start, end) = (start.max(upto), end.min(whole.1));
        if start < end {
            bytes += end - start;
            upto = end;
        }
    }
    bytes
}
