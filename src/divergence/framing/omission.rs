//! Omission: what most sources of a draft have and the draft has not (PV432).
//!
//! In:  the figures and dates of texts, and the names in them.
//! Out: one finding for each draft, with what is most widely told.
//! Not here: whether it belongs into the draft.

use crate::claims::Claim;
use crate::claims::Kind;
use crate::claims::Value;
use crate::claims::is_calendar_name;
use crate::corpus::When;
use crate::divergence::Boilerplate;
use crate::divergence::Material;
use crate::divergence::slot::tokens_in;
use crate::finding::Finding;
use crate::finding::Label;
use crate::finding::Rule;
use crate::span::DocId;
use crate::span::Place;
use crate::span::Span;
use crate::text::Role;
use crate::text::Text;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// Sources that must have it. With two, every text gets a page of notes.
const SOURCES_MIN: usize = 3;

/// Share of the sources that must have it, in percent.
const SOURCES_PERCENT_MIN: usize = 60;

/// Things that one finding names.
const ANCHORS_MAX: usize = 5;

/// Letters of a name by which its forms are told: `Kazakh`, `Kazakhstan`.
const NAME_LETTERS: usize = 5;

/// What texts may have in common: a figure, a date or a name, in normal form.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Anchor {
    Value(String),
    Name(String),
}

pub(super) fn findings(material: &Material, boilerplate: &Boilerplate) -> Vec<Finding> {
    let drafts = material.documents.iter().filter(|document| document.draft);
    drafts.filter_map(|draft| finding(material, boilerplate, draft.id)).collect()
}

fn finding(material: &Material, boilerplate: &Boilerplate, draft: DocId) -> Option<Finding> {
    let sources = sources(material, draft);
    let own: BTreeSet<Anchor> = anchors(material, boilerplate, draft).into_keys().collect();
    let mut holders: BTreeMap<Anchor, Vec<Place>> = BTreeMap::new();
    for doc in &sources {
        for (anchor, span) in anchors(material, boilerplate, *doc) {
            holders.entry(anchor).or_default().push(Place { doc: *doc, span });
        }
    }
    let wide = |places: &Vec<Place>| {
        places.len() >= SOURCES_MIN && places.len() * 100 >= sources.len() * SOURCES_PERCENT_MIN
    };
    let text = &material.texts[draft.index()];
    holders.retain(|anchor, places| wide(places) && !own.contains(anchor) && !has(text, anchor));
    let mut missing: Vec<(&Anchor, &Vec<Place>)> = holders.iter().collect();
    // Figures and dates before names, of which every story has many.
    missing.sort_by_key(|(anchor, places)| {
        let named = matches!(anchor, Anchor::Name(_));
        (named, std::cmp::Reverse(places.len()), (*anchor).clone())
    });
    missing.truncate(ANCHORS_MAX);
    if missing.is_empty() {
        return None;
    }
    let words = |place: &Place| &material.texts[place.doc.index()].source[place.span.range()];
    let listed: Vec<String> = missing
        .iter()
        .map(|(_, places)| {
            format!("“{}” ({} of {})", words(&places[0]), places.len(), sources.len())
        })
        .collect();
    let head = text.units.first().map(|unit| Place { doc: draft, span: unit.span })?;
    let head = Label::passage(head, Vec::new(), material.caption(draft));
    // The first to tell it is shown.
    let first = |places: &[Place]| {
        let published = |place: &Place| material.documents[place.doc.index()].published;
        let known = places.iter().min_by_key(|place| {
            let published = published(place);
            (published.is_none(), published.map(When::earliest))
        });
        known.copied().unwrap_or(places[0])
    };
    let labels = missing.iter().map(|(_, places)| {
        let places = [first(places)];
        let text = &material.texts[places[0].doc.index()];
        let unit = text.unit_at(places[0].span.start()).map_or(places[0].span, |unit| unit.span);
        let place = Place { doc: places[0].doc, span: unit.cover(places[0].span) };
        Label::passage(place, vec![places[0].span], material.caption(place.doc))
    });
    Some(Finding {
        rule: Rule::Omission,
        subject: material.subject([draft]),
        message: format!(
            "most sources have what {} has not: {}",
            material.name(draft),
            listed.join(", ")
        ),
        labels: std::iter::once(head).chain(labels).collect(),
        notes: Vec::new(),
        help: "see whether the reader needs it".to_owned(),
    })
}

/// The documents that share wording with the draft: those on its subject.
pub(super) fn sources(material: &Material, draft: DocId) -> BTreeSet<DocId> {
    let other =
        |found: &crate::align::Alignment| match (found.left.doc == draft, found.right.doc == draft)
        {
            (true, false) => Some(found.right.doc),
            (false, true) => Some(found.left.doc),
            _ => None,
        };
    let docs: BTreeSet<DocId> = material.alignments.iter().filter_map(other).collect();
    docs.into_iter().filter(|doc| !material.documents[doc.index()].draft).collect()
}

/// The figures, dates and names of a document, each with its first place.
fn anchors(material: &Material, boilerplate: &Boilerplate, doc: DocId) -> BTreeMap<Anchor, Span> {
    let text = &material.texts[doc.index()];
    let covered = |span: Span| boilerplate.covers(doc, tokens_in(text, span).start);
    let published: BTreeSet<String> = material
        .documents
        .iter()
        .filter_map(|document| Some(document.published?.day().to_string()))
        .collect();
    let mut found: BTreeMap<Anchor, Span> = BTreeMap::new();
    for claim in material.claims[doc.index()].iter().filter(|claim| is_telling(claim)) {
        let value = claim.value_text();
        // `--03-04` in a dateline is the day of publication too.
        let day = value.trim_start_matches('-');
        let of_publication = day.len() > 4 && published.iter().any(|known| known.ends_with(day));
        if !covered(claim.place.span) && !of_publication {
            let value = format!("{value} {}", claim.unit_text().unwrap_or_default());
            found.entry(Anchor::Value(value)).or_insert(claim.place.span);
        }
    }
    for unit in text.units.iter().filter(|unit| matches!(unit.role, Role::Sentence | Role::Bullet))
    {
        for token in text.unit_tokens(unit).iter().skip(1) {
            let word = text.word(token);
            let name = word.trim_end_matches("'s");
            let long = name.chars().count() >= NAME_LETTERS && !is_calendar_name(name);
            if name.starts_with(char::is_uppercase) && long && !covered(token.span) {
                found.entry(Anchor::Name(root(name))).or_insert(token.span);
            }
        }
    }
    found
}

/// Whether a claim says something by itself: a weekday, or a small number, does not.
fn is_telling(claim: &Claim) -> bool {
    let figure = !matches!(claim.kind, Kind::Quotation | Kind::Mention | Kind::Ordinal);
    let small = matches!(claim.kind, Kind::Count) && claim.value_text().len() < 2;
    figure && !small && !matches!(claim.value, Value::Weekday { .. })
}

/// The letters that the forms of a name share.
fn root(name: &str) -> String {
    name.to_lowercase().chars().take(NAME_LETTERS).collect()
}

/// Whether the text has the anchor in another form.
fn has(text: &Text, anchor: &Anchor) -> bool {
    match anchor {
        Anchor::Name(name) => text.tokens.iter().any(|token| root(text.word(token)) == *name),
        Anchor::Value(value) => {
            let number = value.split(' ').next().unwrap_or("");
            text.source.contains(number)
        }
    }
}
