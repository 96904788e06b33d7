//! Swapped names: the same wording with another country, capital or person (PV306).
//!
//! In:  aligned passages, and the names in their texts.
//! Out: one finding for every two names in the same place of the same wording.
//! Not here: one name in two spellings (`divergence::spelling`).

use crate::align::Alignment;
use crate::align::Edit;
use crate::claims::is_calendar_name;
use crate::divergence::Material;
use crate::divergence::listed;
use crate::fact::Entity;
use crate::fact::is_within;
use crate::fact::names;
use crate::finding::Finding;
use crate::finding::Label;
use crate::finding::Rule;
use crate::finding::Subject;
use crate::span::DocId;
use crate::span::Place;
use crate::text::Text;
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
            let sides = [(found.left.doc, &edit.left), (found.right.doc, &edit.right)];
            let country = sides.map(|(doc, tokens)| only(&named[&doc], tokens));
            let person =
                || sides.map(|(doc, tokens)| person(material, (doc, &named[&doc]), tokens));
            let (([Some(left), Some(right)], _) | (_, [Some(left), Some(right)])) =
                (country, person())
            else {
                continue;
            };
            let places =
                [place(material, found.left.doc, left), place(material, found.right.doc, right)];
            // Texts that have both names put them in another order.
            let has = |doc: DocId, name: &str| named[&doc].iter().any(|one| one.name == name);
            let moved = !left.country
                && has(found.left.doc, &right.name)
                && has(found.right.doc, &left.name);
            let nested = || {
                [found.left.doc, found.right.doc].iter().any(|doc| {
                    is_put_into(&material.texts[doc.index()], &named[doc], [left, right])
                })
            };
            let apart = !moved && !is_one_name(left, right) && !nested();
            if apart && are_alike(material, places) && known.insert(places) {
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

/// The name whose last word is the last of an edit, if it is no country and no outlet.
fn person<'e>(
    material: &Material,
    (doc, named): (DocId, &'e [Entity]),
    tokens: &Range<u32>,
) -> Option<&'e Entity> {
    let (start, end) = (tokens.start as usize, tokens.end as usize);
    let upto = named.partition_point(|entity| entity.tokens.start <= start);
    let entity = named[..upto].last()?;
    let whole = entity.tokens.end == end && !entity.country;
    let words = &material.texts[doc.index()].source[place(material, doc, entity).span.range()];
    let whole = whole && !words.split(' ').any(is_calendar_name);
    let outlet = |name: &str| name.contains(words) || words.contains(name);
    let mut outlets = material.documents.iter().filter_map(|document| document.outlet());
    (whole && !outlets.any(outlet)).then_some(entity)
}

/// Whether two names are both initials or both words: initials stand for the other name, or
/// for what it lies in or belongs to, as often as for another one.
fn are_alike(material: &Material, places: [Place; 2]) -> bool {
    let [left, right] = places.map(|place| {
        let words = &material.texts[place.doc.index()].source[place.span.range()];
        words.chars().all(|c| c.is_uppercase() || matches!(c, '.' | '&'))
    });
    left == right
}

/// Whether a text puts one of two names into the other: `Tarn, Norland`, `Tarn in Norland`.
fn is_put_into(text: &Text, named: &[Entity], pair: [&Entity; 2]) -> bool {
    let gap = |one: &Entity, other: &Entity| {
        let from = text.tokens[one.tokens.end - 1].span.end();
        text.source.get(from..text.tokens[other.tokens.start].span.start()).unwrap_or_default()
    };
    named.windows(2).any(|near| {
        let two = [near[0].name.as_str(), near[1].name.as_str()];
        let both = pair.iter().all(|entity| two.contains(&entity.name.as_str()));
        both && two[0] != two[1] && matches!(gap(&near[0], &near[1]), ", " | " in " | ", in ")
    })
}

/// Likeness from which two names are two spellings of one.
const ONE_NAME_MIN: f64 = 0.7;

/// Whether two names are one, may be two spellings of one (`divergence::spelling`), or are
/// of places of which one lies in the other.
fn is_one_name(left: &Entity, right: &Entity) -> bool {
    let within = left.place.as_ref().zip(right.place.as_ref());
    left.name == right.name
        || within.is_some_and(|(one, other)| is_within(one, other))
        || (!left.country
            && strsim::normalized_levenshtein(&left.name, &right.name) >= ONE_NAME_MIN)
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
