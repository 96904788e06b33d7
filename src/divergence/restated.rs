//! Sentences of two documents that say the same: in other words, or with half of each in
//! common.
//!
//! In:  alignments and paraphrases.
//! Out: [`Restated`].
//! Not here: whether figures in them differ (`divergence::matrix`).

use crate::align::Kind;
use crate::divergence::Material;
use crate::span::DocId;
use crate::span::Place;
use std::collections::BTreeSet;

/// A sentence: an index into the units of its document.
pub(super) type Sentence = (DocId, usize);

/// The pairs of sentences that say the same.
pub(super) struct Restated {
    /// The lower sentence of each pair first.
    pairs: BTreeSet<[Sentence; 2]>,
}

impl Restated {
    pub(super) fn of(material: &Material) -> Self {
        let reported = material.paraphrases.iter().filter(|found| found.is_reported());
        let reworded = reported.map(|found| {
            let sides = [(found.left, found.left_unit), (found.right, found.right_unit)];
            sides.map(|(place, unit)| (place.doc, unit as usize))
        });
        let copied = (material.alignments.iter())
            .filter(|found| matches!(found.kind, Kind::Verbatim | Kind::NearVerbatim))
            .filter_map(|found| Some([half(material, found.left)?, half(material, found.right)?]));
        Self { pairs: reworded.chain(copied).map(in_order).collect() }
    }

    pub(super) fn contains(&self, pair: [Sentence; 2]) -> bool {
        self.pairs.contains(&in_order(pair))
    }
}

/// The sentence that holds a place, if that is half of it or more.
fn half(material: &Material, place: Place) -> Option<Sentence> {
    let text = &material.texts[place.doc.index()];
    let unit = text.unit_index_at(place.span.start())?;
    let span = text.units[unit].span;
    (span.contains(place.span) && 2 * place.span.len() >= span.len()).then_some((place.doc, unit))
}

fn in_order([one, other]: [Sentence; 2]) -> [Sentence; 2] {
    [one.min(other), one.max(other)]
}
