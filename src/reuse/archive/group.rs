//! Groups: the documents that are judged together, because they carry the same passages.
//!
//! A document may be in several groups, and two groups may share several documents. So
//! that nothing is told twice, what is found about some documents belongs to the first
//! group that has them all, the smallest ones being first.
//!
//! In:  passages, each in two documents.
//! Out: [`Groups`].
//! Not here: finding the passages (`passages`), judging them.

use super::cluster::clusters;
use super::passages::SharedPassage;
use crate::span::Place;

/// All groups of an archive.
#[derive(Clone, Debug)]
pub struct Groups<'a> {
    /// In order of the first document.
    passages: &'a [SharedPassage],
    /// The documents of each, in order; the groups with the fewest come first.
    all: Vec<Vec<u32>>,
    /// Each document with each of its groups, in order.
    of_document: Vec<(u32, u32)>,
}

impl<'a> Groups<'a> {
    /// One group for each set of documents that carries a cluster of `passages`, which
    /// are in the order of their left documents.
    ///
    /// # Panics
    /// With more than 2³² passages.
    pub fn new(passages: &'a [SharedPassage]) -> Self {
        let mut carriers: Vec<(u32, u32)> = clusters(passages)
            .into_iter()
            .zip(passages)
            .flat_map(|(cluster, found)| [found.left, found.right].map(|at| (cluster, at.doc.0)))
            .collect();
        carriers.sort_unstable();
        carriers.dedup();
        let mut all: Vec<Vec<u32>> = carriers
            .chunk_by(|a, b| a.0 == b.0)
            .map(|carriers| carriers.iter().map(|(_, document)| *document).collect())
            .collect();
        all.sort_unstable_by(|one, other| (one.len(), one).cmp(&(other.len(), other)));
        all.dedup();
        let numbered = (0_u32..).zip(&all);
        let mut of_document: Vec<(u32, u32)> = numbered
            .flat_map(|(number, group)| group.iter().map(move |document| (*document, number)))
            .collect();
        of_document.sort_unstable();
        Self { passages, all, of_document }
    }

    /// The documents of each group, by index, in order.
    pub fn all(&self) -> &[Vec<u32>] {
        &self.all
    }

    /// The places of all passages among the documents of a group.
    pub fn places(&self, group: &[u32]) -> Vec<[Place; 2]> {
        let has = |place: Place| group.binary_search(&place.doc.0).is_ok();
        let mut places = Vec::new();
        for document in group {
            let first = self.passages.partition_point(|found| found.left.doc.0 < *document);
            let of_document =
                self.passages[first..].iter().take_while(|found| found.left.doc.0 == *document);
            places.extend(
                of_document.filter(|found| has(found.right)).map(|found| [found.left, found.right]),
            );
        }
        places
    }

    /// Whether what is found about `documents` belongs to this group.
    pub fn is_of(&self, group: &[u32], documents: &[u32]) -> bool {
        let Some(first) = documents.first() else { return false };
        let from = self.of_document.partition_point(|(document, _)| document < first);
        let groups = self.of_document[from..].iter().take_while(|(document, _)| document == first);
        let has_all =
            |group: &&[u32]| documents.iter().all(|document| group.binary_search(document).is_ok());
        groups.map(|(_, number)| self.all[*number as usize].as_slice()).find(has_all) == Some(group)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::DocId;
    use crate::span::Span;

    fn passage(left: (u32, usize), right: (u32, usize)) -> SharedPassage {
        let place = |(doc, start)| Place { doc: DocId(doc), span: Span::new(start, start + 50) };
        SharedPassage { left: place(left), right: place(right), words: 9, wire: false }
    }

    /// Three documents carry one passage, and two of them two more.
    fn some() -> [SharedPassage; 5] {
        [
            passage((1, 0), (2, 0)),
            passage((1, 100), (2, 100)),
            passage((1, 200), (2, 200)),
            passage((1, 200), (7, 0)),
            passage((8, 0), (9, 0)),
        ]
    }

    #[test]
    fn documents_with_the_same_passages_are_one_group() {
        let passages = some();
        let groups = Groups::new(&passages);

        assert_eq!(groups.all(), [&[1, 2][..], &[8, 9], &[1, 2, 7]]);
        let places: Vec<usize> =
            groups.all().iter().map(|group| groups.places(group).len()).collect();
        assert_eq!(places, [3, 1, 4]);
    }

    #[test]
    fn what_is_found_belongs_to_the_smallest_group() {
        let passages = some();
        let groups = Groups::new(&passages);
        let owners = |documents: &[u32]| -> Vec<usize> {
            let all = groups.all().iter().enumerate();
            all.filter(|(_, group)| groups.is_of(group, documents)).map(|(at, _)| at).collect()
        };

        assert_eq!(owners(&[1, 2]), [0]);
        assert_eq!(owners(&[2, 7]), [2]);
        assert_eq!(owners(&[9]), [1]);
        assert!(owners(&[2, 8]).is_empty() && owners(&[3]).is_empty() && owners(&[]).is_empty());
    }
}
