//! Clusters: the same wording in any number of documents.
//!
//! In:  passages, each in two documents.
//! Out: for each passage the number of its cluster.
//! Not here: finding the passages (`passages`).

use super::passages::SharedPassage;
use crate::span::Place;

/// The cluster of each passage, in the order of `passages`, numbered from zero in the
/// order of first appearance.
///
/// Two passages are in one cluster when they meet in one document: when half of the
/// shorter place lies in the other; and so on from passage to passage.
///
/// # Panics
/// With more than 2³² passages.
pub fn clusters(passages: &[SharedPassage]) -> Vec<u32> {
    let count = u32::try_from(passages.len()).expect("fewer passages than words");
    let mut places: Vec<(Place, u32)> = (0..count)
        .zip(passages)
        .flat_map(|(index, passage)| [(passage.left, index), (passage.right, index)])
        .collect();
    places.sort_unstable();
    let mut groups = Groups::new(count);
    // The place in this document that reaches furthest so far.
    let mut furthest: Option<(Place, u32)> = None;
    for (place, index) in places {
        if let Some((before, other)) = furthest.filter(|(before, _)| before.doc == place.doc) {
            if meet(before, place) {
                groups.join(other, index);
            }
            if before.span.end() >= place.span.end() {
                continue;
            }
        }
        furthest = Some((place, index));
    }
    groups.numbers()
}

/// Whether half of the shorter place lies in the other; `before` starts first.
fn meet(before: Place, place: Place) -> bool {
    let shared = before.span.end().min(place.span.end()).saturating_sub(place.span.start());
    2 * shared >= before.span.len().min(place.span.len()) && shared > 0
}

/// Disjoint sets (Galler and Fisher 1964): each member points towards the lowest of its set.
struct Groups(Vec<u32>);

impl Groups {
    fn new(count: u32) -> Self {
        Self((0..count).collect())
    }

    fn lowest(&mut self, mut member: u32) -> u32 {
        while self.0[member as usize] != member {
            let next = self.0[member as usize];
            self.0[member as usize] = self.0[next as usize];
            member = next;
        }
        member
    }

    fn join(&mut self, one: u32, other: u32) {
        let (one, other) = (self.lowest(one), self.lowest(other));
        self.0[one.max(other) as usize] = one.min(other);
    }

    fn numbers(mut self) -> Vec<u32> {
        let mut numbers = vec![0; self.0.len()];
        let mut next = 0;
        for member in 0..u32::try_from(self.0.len()).expect("was made so") {
            let lowest = self.lowest(member);
            if lowest == member {
                numbers[member as usize] = next;
                next += 1;
            } else {
                numbers[member as usize] = numbers[lowest as usize];
            }
        }
        numbers
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::DocId;
    use crate::span::Span;

    fn passage(left: (u32, usize, usize), right: (u32, usize, usize)) -> SharedPassage {
        let place = |(doc, start, end)| Place { doc: DocId(doc), span: Span::new(start, end) };
        SharedPassage { left: place(left), right: place(right), words: 20, wire: false }
    }

    #[test]
    fn passages_that_meet_in_a_document_are_one_cluster() {
        let passages = [
            passage((0, 0, 100), (1, 0, 100)),
            passage((0, 200, 300), (2, 0, 100)),
            passage((1, 40, 120), (3, 0, 80)), // meets the first in document 1
            passage((3, 10, 30), (4, 0, 20)),  // and this the third in document 3
            passage((0, 90, 190), (5, 0, 100)), // ten bytes are too few
        ];

        assert_eq!(clusters(&passages), [0, 1, 0, 0, 2]);
    }

    #[test]
    fn a_star_is_one_cluster() {
        let passages: Vec<_> = (1..60).map(|doc| passage((0, 0, 1000), (doc, 0, 900))).collect();

        assert_eq!(clusters(&passages), [0; 59]);
    }
}
