//! Swapped names: the same wording with another country or capital (PV306).
//!
//! In:  aligned passages, and the names in their texts.
//! Out: one finding for every two names in the same place of the same wording.
//! Not here: one name in two spellings (`divergence::spelling`).

use crate::align::Alignment;
use crate::align::Edit;
use crate::divergence::Material;
use crate::divergence::listed;
use crate::fact::Entity;
use crate::fact::names;
use crate::finding::Finding;
use crate::finding::Label;
use crate::finding::Rule;
use crate::finding::Subject;
use crate::span::DocId;
use crate::span::Place;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::ops::Range;

/// Longest name of a place in words, with an article.
const NAME_WORDS_MAX: usize = 5;

/// One finding for every swap.
pub(crate) fn findings(material: &Material) -> Vec<Finding> {
    let told = material.alignments.iter().filter(|found| found.reported || found.part);
    let told: Vec<&Alignment> = told.collect();
    let docs: BTreeSet<DocId> =
        told.iter().flat_map(|found| [found.left.doc, found.right.doc]).collect();
    let named: BTreeMap<DocId, Vec<Entity>> =
        docs.into_iter().map(|doc| (doc, names(&material.texts[doc.index()]))).collect();
    let mut known = BTreeSet::new();
    let mut findings = Vec::new();
    for found in told {
        for edit in found.edits.iter().filter(|edit| !edit.kept && is_short(edit)) {
            let left = only(&named[&found.left.doc], &edit.left);
            let right = only(&named[&found.right.doc], &edit.right);
            let (Some(left), Some(right)) = (left, right) else { continue };
            let places =
                [place(material, found.left.doc, left), place(material, found.right.doc, right)];
            if left.name != right.name && known.insert(places) {
                findings.push(finding(material, places));
            }
        }
    }
    findings
}

fn is_short(edit: &Edit) -> bool {
    [&edit.left, &edit.right].iter().all(|side| (1..=NAME_WORDS_MAX).contains(&side.len()))
}

/// The one name that the words of one side of an edit are, its article aside.
fn only<'e>(named: &'e [Entity], tokens: &Range<u32>) -> Option<&'e Entity> {
    let (start, end) = (tokens.start as usize, tokens.end as usize);
    let from = named.partition_point(|entity| entity.tokens.start < start);
    let entity = named.get(from).filter(|entity| entity.country && entity.tokens.end == end)?;
    (entity.tokens.start <= start + 1).then_some(entity)
}

fn place(material: &Material, doc: DocId, entity: &Entity) -> Place {
    let tokens = &material.texts[doc.index()].tokens;
    let span = tokens[entity.tokens.start].span.cover(tokens[entity.tokens.end - 1].span);
    Place { doc, span }
}

fn finding(material: &Material, mut places: [Place; 2]) -> Finding {
    places.sort_by_key(|place| material.display_order(place.doc));
    let draft = places.iter().any(|place| material.documents[place.doc.index()].draft);
    let said = |place: &Place| {
        let words = &material.texts[place.doc.index()].source[place.span.range()];
        format!("“{words}” ({})", listed(&[material.name(place.doc)]))
    };
    let label = |place: &Place| {
        let unit = material.texts[place.doc.index()].unit_at(place.span.start());
        let span = unit.map_or(place.span, |unit| unit.span.cover(place.span));
        let whole = Place { doc: place.doc, span };
        Label::passage(whole, vec![place.span], material.caption(place.doc))
    };
    Finding {
        rule: Rule::NameDiverges,
        subject: if draft { Subject::Draft } else { Subject::Corpus },
        message: format!("{} against {}", said(&places[0]), said(&places[1])),
        labels: places.iter().map(label).collect(),
        notes: vec!["the texts share the wording around the name".to_owned()],
        help: "find out which name the original source has".to_owned(),
    }
}
