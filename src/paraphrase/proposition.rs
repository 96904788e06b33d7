//! Propositions: the sentences of several documents that say one thing.
//!
//! Average-link clustering (Sokal and Michener, 1958): two groups become one when the mean
//! probability of the pairs between them is high enough, so that a chain of likely pairs
//! does not pull the whole event into one group. The most likely pairs go first.
//!
//! In:  paraphrases.
//! Out: [`Proposition`]s, a row of the matrix each.
//! Not here: how the matrix is shown (`render`).

use super::Paraphrase;
use crate::span::DocId;
use crate::span::Place;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::collections::HashMap;

/// A unit: its document and its index there.
type Cell = (DocId, u32);

/// What units of different documents say, each in its own words.
///
/// Invariant: at least two members, in the order of documents and units, of at least two
/// documents. No unit is in two propositions.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposition {
    /// Who says it; a document may say it several times.
    pub members: Vec<Member>,
}

/// A unit that says it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Member {
    /// The clauses that carry what is shared with the other members.
    pub place: Place,
    /// The unit that they lie in, as an index into its text.
    pub unit: u32,
    /// The probability of its likeliest pair with another member, from 0 to 1.
    pub probability: f64,
}

impl Proposition {
    /// The documents that say it, in order.
    pub fn documents(&self) -> BTreeSet<DocId> {
        self.members.iter().map(|member| member.place.doc).collect()
    }
}

/// The propositions in `paraphrases`, in the order of their first units.
///
/// Only reported pairs bring units together; the less likely ones say whether they agree.
pub fn propositions(paraphrases: &[Paraphrase]) -> Vec<Proposition> {
    let likely: HashMap<[Cell; 2], f64> =
        paraphrases.iter().map(|found| (cells(found), found.probability)).collect();
    let mut bonds: Vec<&Paraphrase> =
        paraphrases.iter().filter(|found| found.is_reported()).collect();
    bonds.sort_by(|a, b| {
        b.probability.total_cmp(&a.probability).then_with(|| cells(a).cmp(&cells(b)))
    });
    let mut groups: Vec<Vec<Cell>> = Vec::new();
    let mut home: HashMap<Cell, usize> = HashMap::new();
    for bond in bonds {
        let [left, right] = cells(bond).map(|cell| {
            *home.entry(cell).or_insert_with(|| {
                groups.push(vec![cell]);
                groups.len() - 1
            })
        });
        if left != right && agree(&groups[left], &groups[right], &likely) {
            let joined = std::mem::take(&mut groups[right]);
            home.extend(joined.iter().map(|cell| (*cell, left)));
            groups[left].extend(joined);
        }
    }
    let mut members: Vec<BTreeMap<Cell, Member>> = vec![BTreeMap::new(); groups.len()];
    for bond in paraphrases.iter().filter(|found| found.is_reported()) {
        let homes = cells(bond).map(|cell| home[&cell]);
        if homes[0] == homes[1] {
            add(&mut members[homes[0]], bond);
        }
    }
    let mut found: Vec<Proposition> = members
        .into_iter()
        .filter(|members| members.len() > 1)
        .map(|members| Proposition { members: members.into_values().collect() })
        .collect();
    found.sort_by_key(|found| found.members[0].place);
    found
}

/// Adds both sides of a pair to the members of a proposition.
fn add(members: &mut BTreeMap<Cell, Member>, bond: &Paraphrase) {
    for (cell, place) in cells(bond).into_iter().zip([bond.left, bond.right]) {
        let new = Member { place, unit: cell.1, probability: bond.probability };
        let member = members.entry(cell).or_insert(new);
        member.place.span = member.place.span.cover(place.span);
        member.probability = member.probability.max(bond.probability);
    }
}

fn cells(found: &Paraphrase) -> [Cell; 2] {
    [(found.left.doc, found.left_unit), (found.right.doc, found.right_unit)]
}

/// Mean probability of the pairs between two groups from which they say one thing.
const AGREEMENT_MIN: f64 = 0.4;

/// Whether two groups say one thing. Units of one document are no pair.
fn agree(left: &[Cell], right: &[Cell], likely: &HashMap<[Cell; 2], f64>) -> bool {
    let pairs = left.iter().flat_map(|l| right.iter().map(move |r| [*l.min(r), *l.max(r)]));
    let (mut sum, mut count) = (0.0, 0.0);
    for pair in pairs.filter(|[l, r]| l.0 != r.0) {
        sum += likely.get(&pair).copied().unwrap_or_default();
        count += 1.0;
    }
    sum >= AGREEMENT_MIN * count
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Span;

    fn found(left: Cell, right: Cell, probability: f64) -> Paraphrase {
        let place = |doc| Place { doc, span: Span::new(0, 1) };
        Paraphrase {
            left: place(left.0),
            right: place(right.0),
            left_unit: left.1,
            right_unit: right.1,
            probability,
            similarity: 0.5,
            copied: false,
            words: Vec::new(),
        }
    }

    fn cell(doc: u32, unit: u32) -> Cell {
        (DocId(doc), unit)
    }

    /// The units of each proposition.
    fn told(pairs: &[Paraphrase]) -> Vec<Vec<Cell>> {
        let cells = |found: Proposition| {
            found.members.iter().map(|member| (member.place.doc, member.unit)).collect()
        };
        propositions(pairs).into_iter().map(cells).collect()
    }

    #[test]
    fn what_three_documents_say_is_one_proposition() {
        let pairs = [
            found(cell(0, 1), cell(1, 4), 0.9),
            found(cell(0, 1), cell(2, 2), 0.8),
            found(cell(1, 4), cell(2, 2), 0.2),
        ];

        assert_eq!(told(&pairs), [[cell(0, 1), cell(1, 4), cell(2, 2)]]);
        let found = propositions(&pairs);
        let probabilities = found[0].members.iter().map(|it| it.probability);
        assert_eq!(probabilities.collect::<Vec<_>>(), [0.9, 0.9, 0.8]);
    }

    #[test]
    fn a_chain_is_cut_where_its_ends_do_not_agree() {
        let pairs = [
            found(cell(0, 1), cell(1, 1), 0.95),
            found(cell(1, 1), cell(2, 1), 0.9),
            found(cell(2, 1), cell(3, 1), 0.85),
        ];

        assert_eq!(told(&pairs), [[cell(0, 1), cell(1, 1), cell(2, 1)]]);
    }

    #[test]
    fn the_order_of_pairs_decides_nothing() {
        let mut pairs = vec![
            found(cell(0, 1), cell(1, 1), 0.9),
            found(cell(0, 2), cell(1, 1), 0.9),
            found(cell(0, 2), cell(1, 3), 0.9),
        ];
        let forwards = told(&pairs);
        pairs.reverse();

        assert_eq!(told(&pairs), forwards);
    }

    #[test]
    fn nothing_unlikely_makes_a_proposition() {
        assert!(told(&[found(cell(0, 1), cell(1, 1), 0.3)]).is_empty());
    }
}
