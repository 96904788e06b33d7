//! Agreements: which other texts a changed figure, date or quotation agreed with,
//! and which it agrees with now.
//!
//! In:  the reports of both states.
//! Out: [`Agreement`]s that were gained or lost, in the order of documents and places.

use crate::divergence::Boilerplate;
use crate::divergence::Material;
use crate::divergence::correspondences;
use crate::report::Report;
use crate::span::DocId;
use crate::span::Place;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// What a changed document says in the place where another says something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stance {
    /// Where it says it.
    pub place: Place,
    /// Whether it agrees with the other document.
    pub agrees: bool,
}

/// An agreement of two documents that was gained or lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// What the changed document said there, if anything; in the earlier report.
    pub earlier: Option<Stance>,
    /// What it says there now, if anything; in the later report.
    pub later: Option<Stance>,
    /// What the other document says: in the later report, or in the earlier one when
    /// `later` is `None`.
    pub other: Place,
}

impl Agreement {
    /// Whether it was gained; otherwise it was lost.
    pub fn is_gained(&self) -> bool {
        self.later.is_some_and(|later| later.agrees)
    }
}

/// A claim of another document: its name, its sentence and the claim, without the
/// places, which may have moved.
type Key = (String, String, String);

/// What a document says where others say something, by what these say.
type Stances = BTreeMap<Key, (Stance, Place)>;

/// The agreements that the documents at `changed` gained or lost; paths are those
/// of the earlier and of the later report. What two changed documents have in common
/// is told once: of the one that came or went, else of the first.
pub fn agreements(
    earlier: &Report,
    later: &Report,
    changed: &[(Option<&str>, Option<&str>)],
) -> Vec<Agreement> {
    let number = |report: &Report, path: Option<&str>| {
        let found = report.documents.iter().find(|document| Some(document.path.as_str()) == path);
        found.map(|document| document.id)
    };
    let pairs: Vec<_> =
        changed.iter().map(|(old, new)| (number(earlier, *old), number(later, *new))).collect();
    // Who came or went speaks first.
    let mut order: Vec<usize> = (0..pairs.len()).collect();
    order.sort_by_key(|index| pairs[*index].0.is_some() && pairs[*index].1.is_some());
    let (was, is) = (stances(earlier), stances(later));
    let nothing = Stances::new();
    let mut told = BTreeSet::new();
    let mut agreements = Vec::new();
    for (old, new) in order.into_iter().map(|index| pairs[index]) {
        let before = old.and_then(|doc| was.get(&doc)).unwrap_or(&nothing);
        let after = new.and_then(|doc| is.get(&doc)).unwrap_or(&nothing);
        let keys: BTreeSet<&Key> = before.keys().chain(after.keys()).collect();
        for key in keys.into_iter().filter(|key| !told.contains(&key.0)) {
            let (earlier, later) = (before.get(key), after.get(key));
            let before_agreed = earlier.is_some_and(|(stance, _)| stance.agrees);
            let agrees = later.is_some_and(|(stance, _)| stance.agrees);
            if let Some((_, other)) = later.or(earlier).filter(|_| before_agreed != agrees) {
                agreements.push(Agreement {
                    earlier: earlier.map(|(stance, _)| *stance),
                    later: later.map(|(stance, _)| *stance),
                    other: *other,
                });
            }
        }
        told.extend(old.map(|doc| name(earlier, doc)));
        told.extend(new.map(|doc| name(later, doc)));
    }
    agreements
}

/// What each document says where others say something.
fn stances(report: &Report) -> BTreeMap<DocId, Stances> {
    // What outlets are called decides who is credited, not what they agree on.
    let aliases = BTreeMap::new();
    let material = Material {
        documents: report.documents,
        aliases: &aliases,
        texts: report.texts,
        claims: report.claims,
        facts: &[],
        alignments: report.alignments,
        paraphrases: report.paraphrases,
        boilerplate: &Boilerplate::default(),
        labels: &[],
        reuse_words_min: 0,
    };
    let mut stances: BTreeMap<DocId, Stances> = BTreeMap::new();
    for found in correspondences(&material) {
        for (own, other) in [(found.left, found.right), (found.right, found.left)] {
            let stance = Stance { place: own, agrees: found.agrees };
            let own = stances.entry(own.doc).or_default();
            let known = own.entry(key(report, other)).or_insert((stance, other));
            // A text that says it twice agrees when it does so once.
            known.0.agrees |= found.agrees;
        }
    }
    stances
}

/// What a document is called for good: its id, else its path.
fn name(report: &Report, doc: DocId) -> String {
    let document = &report.documents[doc.index()];
    let id = document.record.as_ref().map(|record| record.id.to_string());
    id.unwrap_or_else(|| document.path.clone())
}

fn key(report: &Report, place: Place) -> Key {
    let text = &report.texts[place.doc.index()];
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let sentence = text.unit_at(place.span.start()).map_or("", |unit| text.unit_text(unit));
    (name(report, place.doc), words(sentence), words(&text.source[place.span.range()]))
}
