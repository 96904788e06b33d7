//! The lineage graph: which documents carry the same passages, and which came first.
//!
//! In:  a [`Report`].
//! Out: [`LineageGraph`], an edge for each two documents.
//! Not here: reading lineage (`divergence`), drawing it (`render`).

use crate::divergence::Evidence;
use crate::report::Report;
use crate::span::DocId;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// Which documents carry the same passages, and which of them came first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineageGraph {
    /// The documents that carry a passage of another one, first to last as far as dates tell;
    /// those without a date are last.
    pub documents: Vec<DocId>,
    /// What joins them, in the order of documents.
    pub edges: Vec<Edge>,
}

/// Passages that two documents carry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The earlier document, if `directed`.
    pub from: DocId,
    /// The later document, if `directed`.
    pub to: DocId,
    /// Whether it is known which came first.
    pub directed: bool,
    /// Words of the passages.
    pub words: usize,
    /// What is known of their lineage, each fact once.
    pub evidence: Vec<Evidence>,
}

impl LineageGraph {
    /// Reads the graph off the passages of a report. A passage joins the document that came
    /// first, or else the first by date, with each of the others.
    pub fn of(report: &Report) -> Self {
        let published = |doc: &DocId| {
            let document = &report.documents[doc.index()];
            let when = document.published.map(crate::corpus::When::earliest);
            (document.draft, when.is_none(), when, *doc)
        };
        let mut edges: BTreeMap<(DocId, DocId, bool), Edge> = BTreeMap::new();
        for cluster in report.clusters {
            let carriers = cluster.documents();
            let lineage = &cluster.lineage;
            let Some(first) =
                lineage.earlier.or_else(|| carriers.iter().copied().min_by_key(published))
            else {
                continue;
            };
            let directed = lineage.earlier.is_some();
            for to in carriers.into_iter().filter(|doc| *doc != first) {
                let edge = edges.entry((first, to, directed)).or_insert_with(|| Edge {
                    from: first,
                    to,
                    directed,
                    words: 0,
                    evidence: Vec::new(),
                });
                let pair = [first.min(to), first.max(to)];
                edge.words += cluster.pairs.get(&pair).copied().unwrap_or(cluster.words);
                for fact in &lineage.evidence {
                    if !edge.evidence.contains(fact) {
                        edge.evidence.push(fact.clone());
                    }
                }
            }
        }
        let edges: Vec<Edge> = edges.into_values().collect();
        let joined: BTreeSet<DocId> = edges.iter().flat_map(|edge| [edge.from, edge.to]).collect();
        let mut documents: Vec<DocId> = joined.into_iter().collect();
        documents.sort_by_key(published);
        Self { documents, edges }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyse;
    use crate::corpus::Document;
    use crate::policy::Policy;

    #[test]
    fn dates_direct_the_edges_and_without_them_there_is_no_direction() {
        let text = "The harbour board voted on Tuesday to close the northern pier for eleven \
            months while divers replace its rusted piles, a step that shipowners had resisted.";
        let mut documents =
            [0, 1, 2].map(|at| Document::unrecorded(DocId(at), format!("{at}.txt"), text));
        let edges = |documents: &[Document]| {
            let policy = Policy::default();
            let analysis = analyse(documents, &policy);
            let graph = LineageGraph::of(&analysis.report(documents, &policy, Vec::new()));
            let edge = |edge: &Edge| (edge.from.0, edge.to.0, edge.directed, edge.words);
            let order = graph.documents.iter().map(|doc| doc.0).collect::<Vec<_>>();
            (order, graph.edges.iter().map(edge).collect::<Vec<_>>())
        };

        let undated = edges(&documents);
        for (document, day) in documents.iter_mut().zip(["2025-11-08", "2025-11-07", "2025-11-09"])
        {
            document.published = Some(day.parse().unwrap());
        }

        assert_eq!(undated, (vec![0, 1, 2], vec![(0, 1, false, 26), (0, 2, false, 26)]));
        assert_eq!(edges(&documents), (vec![1, 0, 2], vec![(1, 0, true, 26), (1, 2, true, 26)]));
    }
}
