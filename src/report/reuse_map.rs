//! The reuse map: how much wording each two outlets share.
//!
//! In:  a [`Report`].
//! Out: [`ReuseMap`], a count for each two outlets.
//! Not here: finding passages (`divergence`), drawing them (`render`).

use crate::report::Report;
use crate::span::DocId;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// Words of the lowest level of heat but one, and of those above it.
const HEAT_WORDS: [usize; 4] = [25, 75, 200, 500];

/// Sentences in other words that are drawn as warm as so many shared words.
const SENTENCE_WORDS: usize = 12;

/// How much wording each two outlets share.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReuseMap {
    /// The outlets by name; a document of an unknown outlet is one by itself, after them.
    pub outlets: Vec<Outlet>,
    shared: BTreeMap<[usize; 2], Shared>,
}

/// Who published some of the documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outlet {
    /// Its name, or the path of a document of which none is known.
    pub name: String,
    /// Its documents, in order.
    pub documents: Vec<DocId>,
}

/// What the documents of two outlets, or two documents of one, share.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shared {
    /// Words of passages that both carry. Of three documents and more that carry one
    /// passage, not every two were compared: then the lesser count of what each of the two
    /// shares with another one.
    pub words: usize,
    /// How many passages these are.
    pub passages: usize,
    /// Pairs of sentences that say the same in other words.
    pub sentences: usize,
    /// The pairs of documents, each in order.
    pub pairs: BTreeSet<[DocId; 2]>,
}

impl Shared {
    /// How much it is, from 1 to 5: up to 24 words, 74, 199, 499, and more; a sentence in
    /// other words counts as twelve words.
    ///
    /// ```
    /// use provenance::report::Shared;
    ///
    /// assert_eq!(Shared { words: 24, ..Shared::default() }.heat(), 1);
    /// assert_eq!(Shared { sentences: 20, ..Shared::default() }.heat(), 4);
    /// ```
    pub fn heat(&self) -> usize {
        let words = self.words.max(SENTENCE_WORDS * self.sentences);
        1 + HEAT_WORDS.iter().filter(|least| words >= **least).count()
    }
}

impl ReuseMap {
    /// Counts what the outlets of a report share.
    pub fn of(report: &Report) -> Self {
        let mut map = Self { outlets: outlets(report), shared: BTreeMap::new() };
        let mut of_document = vec![0; report.documents.len()];
        for (index, outlet) in map.outlets.iter().enumerate() {
            outlet.documents.iter().for_each(|doc| of_document[doc.index()] = index);
        }
        let mut cell = |docs: [DocId; 2], add: &dyn Fn(&mut Shared)| {
            let mut outlets = docs.map(|doc| of_document[doc.index()]);
            outlets.sort_unstable();
            let shared = map.shared.entry(outlets).or_default();
            shared.pairs.insert(docs);
            add(shared);
        };
        for cluster in report.clusters {
            let carriers: Vec<DocId> = cluster.documents().into_iter().collect();
            let most = |doc: DocId| {
                let pairs = cluster.pairs.iter().filter(|(pair, _)| pair.contains(&doc));
                pairs.map(|(_, words)| *words).max().unwrap_or_default()
            };
            for (at, left) in carriers.iter().enumerate() {
                for right in &carriers[at + 1..] {
                    let known = cluster.pairs.get(&[*left, *right]).copied();
                    let words = known.unwrap_or_else(|| most(*left).min(most(*right)));
                    cell([*left, *right], &|shared| {
                        shared.words += words;
                        shared.passages += 1;
                    });
                }
            }
        }
        for found in report.paraphrases.iter().filter(|found| found.is_reported() && !found.copied)
        {
            cell([found.left.doc, found.right.doc], &|shared| shared.sentences += 1);
        }
        map
    }

    /// What two outlets share, as indices into [`outlets`](Self::outlets) in any order; of
    /// one outlet with itself, what its own documents share.
    pub fn shared(&self, one: usize, other: usize) -> Option<&Shared> {
        self.shared.get(&[one.min(other), one.max(other)])
    }

    /// Whether no two documents share anything.
    pub fn is_empty(&self) -> bool {
        self.shared.is_empty()
    }
}

fn outlets(report: &Report) -> Vec<Outlet> {
    let mut known: BTreeMap<(bool, &str), Vec<DocId>> = BTreeMap::new();
    for document in report.documents {
        let outlet = document.outlet();
        let name = outlet.unwrap_or(&document.path);
        known.entry((outlet.is_none(), name)).or_default().push(document.id);
    }
    let outlet =
        |((_, name), documents): ((bool, &str), _)| Outlet { name: name.to_owned(), documents };
    known.into_iter().map(outlet).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyse;
    use crate::corpus::Document;
    use crate::policy::Policy;

    const WIRE: &str = "The harbour board voted on Tuesday to close the northern pier for \
        eleven months while divers replace its rusted piles, a step that shipowners had \
        resisted since the spring.";

    #[test]
    fn outlets_are_counted_with_each_other_and_with_themselves() {
        let mut documents = [
            Document::unrecorded(DocId(0), "a.txt", WIRE),
            Document::unrecorded(DocId(1), "b.txt", WIRE),
            Document::unrecorded(DocId(2), "c.txt", WIRE),
            Document::unrecorded(DocId(3), "d.txt", "A cat slept."),
        ];
        documents[0].outlet = Some("Harbour Wire".to_owned());
        documents[2].outlet = Some("Harbour Wire".to_owned());
        documents[3].outlet = Some("Ash Post".to_owned());
        let policy = Policy::default();
        let analysis = analyse(&documents, &policy);

        let map = ReuseMap::of(&analysis.report(&documents, &policy, Vec::new()));

        let names: Vec<&str> = map.outlets.iter().map(|outlet| &*outlet.name).collect();
        assert_eq!(names, ["Ash Post", "Harbour Wire", "b.txt"]);
        assert_eq!(map.shared(1, 1).map(|shared| (shared.passages, shared.words)), Some((1, 29)));
        assert_eq!(map.shared(2, 1).map(|shared| (shared.passages, shared.words)), Some((2, 58)));
        assert_eq!(map.shared(0, 1), None);
    }
}
