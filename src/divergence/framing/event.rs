//! Events: which statements of several documents are of one event.
//!
//! Two statements are of one event when they have the verb, or the group of verbs, a
//! word of the subject and a word of the object in common; or when their sentences are
//! paraphrases in which the verbs answer to each other, whatever words they share.
//!
//! In:  statements.
//! Out: for each event what every document says of it.
//! Not here: whether they differ (`certainty`).

use super::Frames;
use super::sentence::SentenceId;
use crate::claims::Claim;
use crate::claims::Kind;
use crate::claims::Rung;
use crate::claims::Statement;
use crate::claims::Unit;
use crate::claims::Value;
use crate::claims::content_stem;
use crate::claims::report_class;
use crate::divergence::Material;
use crate::divergence::cluster::clusters;
use crate::paraphrase::Paraphrase;
use crate::span::DocId;
use crate::span::Span;
use crate::text::Form;
use crate::text::Role;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// Statements that may share a verb and an object: what more share is no one event.
const CARRIERS_MAX: usize = 200;

/// One statement of one document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Id {
    pub(super) doc: DocId,
    pub(super) index: usize,
}

/// What one document says of an event.
pub(super) struct Told {
    pub(super) doc: DocId,
    /// The surest statement in the running text.
    pub(super) body: Option<Id>,
    /// The statement of the headline.
    pub(super) headline: Option<Id>,
}

/// The events that several statements are of.
pub(super) fn events(material: &Material, frames: &Frames) -> Vec<Vec<Told>> {
    let mut carriers: BTreeMap<(Form, Form), Vec<Id>> = BTreeMap::new();
    let mut ids = Vec::new();
    for text in material.texts {
        for (index, statement) in frames.statements[text.doc.index()].iter().enumerate() {
            let id = Id { doc: text.doc, index };
            ids.push(id);
            for word in statement.object.iter().chain(&statement.subject) {
                carriers.entry((statement.verb, *word)).or_default().push(id);
            }
        }
    }
    let statement = |id: Id| &frames.statements[id.doc.index()][id.index];
    let position = |id: &Id| ids.binary_search(id).unwrap_or_default();
    let mut links = BTreeSet::new();
    for known in carriers.values().filter(|known| known.len() <= CARRIERS_MAX) {
        for (at, left) in known.iter().enumerate() {
            for right in &known[at + 1..] {
                if left != right && is_one_event(statement(*left), statement(*right)) {
                    links.insert((position(left), position(right)));
                }
            }
        }
    }
    for [left, right] in reworded(material, frames) {
        links.insert((position(&left), position(&right)));
    }
    // Only what nothing else links: two sentences on one subject are not yet of one event.
    let linked: BTreeSet<usize> = links.iter().flat_map(|(left, right)| [*left, *right]).collect();
    for [left, right] in sole_events(material, frames) {
        let (left, right) = (position(&left), position(&right));
        if !linked.contains(&left) && !linked.contains(&right) {
            links.insert((left, right));
        }
    }
    let links: Vec<(usize, usize)> = links.into_iter().collect();
    let groups = clusters(ids.len(), &links);
    groups
        .into_iter()
        .map(|group| told(material, frames, group.into_iter().map(|at| ids[at])))
        .collect()
}

/// A sentence with more statements is none: a text without full stops, of which each
/// statement would be held against each.
const STATEMENTS_MAX: usize = 16;

/// The statements of a sentence.
fn of_unit(frames: &Frames, doc: DocId, unit: u32) -> impl Iterator<Item = Id> + Clone {
    let all = &frames.statements[doc.index()];
    let first = all.partition_point(|statement| statement.unit < unit);
    let last = all.partition_point(|statement| statement.unit <= unit);
    let end = if last - first > STATEMENTS_MAX { first } else { last };
    (first..end).map(move |index| Id { doc, index })
}

/// The statements that paraphrases link, the lower one first.
fn reworded(material: &Material, frames: &Frames) -> Vec<[Id; 2]> {
    let statement = |id: Id| &frames.statements[id.doc.index()][id.index];
    let firm = |pair: &&Paraphrase| pair.is_reported() || frames.is_firm(pair);
    let of_pair = |pair: &Paraphrase| {
        let rights = of_unit(frames, pair.right.doc, pair.right_unit);
        let both = of_unit(frames, pair.left.doc, pair.left_unit)
            .flat_map(|left| rights.clone().map(move |right| (left, right)));
        let alike = both.filter(|(left, right)| {
            is_reworded(material, pair, statement(*left), statement(*right))
        });
        alike.map(|(left, right)| [left.min(right), left.max(right)]).collect::<Vec<_>>()
    };
    material.paraphrases.iter().filter(firm).flat_map(of_pair).collect()
}

/// The events of sentences that say the same, where either has one and neither has the verb of
/// the other: `has laid off 400 workers`, `is set to dismiss 400 employees`.
fn sole_events(material: &Material, frames: &Frames) -> Vec<[Id; 2]> {
    let texts = material.texts;
    let statement = |id: Id| &frames.statements[id.doc.index()][id.index];
    let verb = |id: Id| {
        let span = statement(id).span;
        texts[id.doc.index()].source[span.range()].rsplit(char::is_whitespace).next()
    };
    let event = |doc: DocId, unit: u32| {
        let tells = |id: &Id| verb(*id).is_some_and(|verb| report_class(verb).is_none());
        let mut events = of_unit(frames, doc, unit).filter(tells);
        events.next().filter(|_| events.next().is_none())
    };
    let has_verb = |id: Id, doc: DocId, unit: u32| {
        let stem = verb(id).and_then(|verb| content_stem(&verb.to_lowercase()));
        let known = frames.sentences.binary_search_by_key(&SentenceId { doc, unit }, |(id, _)| *id);
        stem.zip(known.ok()).is_some_and(|(stem, at)| frames.sentences[at].1.contains(&stem))
    };
    let of_pair = |pair: &Paraphrase| {
        let left = event(pair.left.doc, pair.left_unit)?;
        let right = event(pair.right.doc, pair.right_unit)?;
        let named = has_verb(left, pair.right.doc, pair.right_unit)
            || has_verb(right, pair.left.doc, pair.left_unit);
        // Of two verbs, one denied and the other not may say the same: `had no dose`, `lacked`.
        let denied = [left, right].map(|id| statement(id).rung == Rung::Denied);
        let alike =
            !named && denied[0] == denied[1] && answers(material, frames, pair, [left, right]);
        alike.then(|| [left.min(right), left.max(right)])
    };
    material.paraphrases.iter().filter(|pair| frames.is_firm(pair)).filter_map(of_pair).collect()
}

/// Words of the subject or the object that must answer to each other, names aside.
const SOLE_WORDS_MIN: usize = 2;

/// Whether enough words of what two statements tell of answer to each other.
fn answers(
    material: &Material,
    frames: &Frames,
    pair: &Paraphrase,
    [left, right]: [Id; 2],
) -> bool {
    let about = |id: Id, span: Span| {
        let word = &material.texts[id.doc.index()].source[span.range()];
        let statement = &frames.statements[id.doc.index()][id.index];
        !word.starts_with(char::is_uppercase)
            && !is_measure(material.claims_in(id.doc, statement.unit), span)
            && content_stem(word).is_some_and(|form| {
                statement.subject.contains(&form) || statement.object.contains(&form)
            })
    };
    let answering =
        pair.words.iter().filter(|words| about(left, words.left) && about(right, words.right));
    answering.count() >= SOLE_WORDS_MIN
}

/// Whether a word is part of a sum, a time or another measure, which tells how much and not
/// what of: two weeks stand in many sentences.
fn is_measure(claims: &[Claim], word: Span) -> bool {
    claims.iter().any(|claim| {
        let measures = match claim.kind {
            Kind::Money
            | Kind::Percent
            | Kind::Duration
            | Kind::Measure
            | Kind::Date
            | Kind::Time => true,
            Kind::Count => !matches!(claim.value, Value::Amount { unit: Unit::Things(_), .. }),
            _ => false,
        };
        measures && claim.place.span.overlaps(word)
    })
}

/// Whether a paraphrase has two statements answer to each other: their verbs are of one group
/// or answer to each other, and so does a word of what it is done to.
fn is_reworded(material: &Material, pair: &Paraphrase, one: &Statement, other: &Statement) -> bool {
    let texts = material.texts;
    let verbs = one.verb == other.verb
        || pair.words.iter().any(|words| {
            words.left.end() == one.span.end() && words.right.end() == other.span.end()
        });
    let stem = |doc: DocId, span: Span| {
        content_stem(&texts[doc.index()].source[span.range()].to_lowercase())
    };
    let answers = |left: &BTreeSet<Form>, right: &BTreeSet<Form>| {
        pair.words.iter().any(|words| {
            !is_measure(material.claims_in(pair.left.doc, pair.left_unit), words.left)
                && stem(pair.left.doc, words.left).is_some_and(|form| left.contains(&form))
                && stem(pair.right.doc, words.right).is_some_and(|form| right.contains(&form))
        })
    };
    let patient = if one.passive {
        answers(&one.subject, &other.subject)
    } else {
        answers(&one.object, &other.object)
    };
    let named = one.names.is_empty() || other.names.is_empty();
    verbs && one.passive == other.passive && patient && (named || answers(&one.names, &other.names))
}

/// Whether two statements have one verb and speak of the same.
fn is_one_event(one: &Statement, other: &Statement) -> bool {
    if one.verb != other.verb {
        return false;
    }
    let shared = |left: &BTreeSet<Form>, right: &BTreeSet<Form>| left.intersection(right).count();
    // Two subjects by name that have no name in common are two subjects.
    let apart =
        !one.names.is_empty() && !other.names.is_empty() && shared(&one.names, &other.names) == 0;
    let (object, subject) =
        (shared(&one.object, &other.object), shared(&one.subject, &other.subject));
    if one.passive != other.passive {
        let (happens, acts) = if one.passive { (one, other) } else { (other, one) };
        let patient = shared(&happens.subject, &acts.object);
        return patient > 0 && patient + shared(&happens.object, &acts.subject) > 1;
    }
    if one.passive {
        return !apart && subject > 1 || !apart && subject > 0 && object > 0;
    }
    let open = one.subject.is_empty() || other.subject.is_empty();
    !apart && object > 0 && (subject > 0 || open && object > 1)
}

/// What each document says of an event.
fn told(material: &Material, frames: &Frames, ids: impl Iterator<Item = Id>) -> Vec<Told> {
    let mut told: BTreeMap<DocId, Told> = BTreeMap::new();
    for id in ids {
        let statement = &frames.statements[id.doc.index()][id.index];
        let role = material.texts[id.doc.index()].units[statement.unit as usize].role;
        let one = told.entry(id.doc).or_insert(Told { doc: id.doc, body: None, headline: None });
        let slot = if role == Role::Headline { &mut one.headline } else { &mut one.body };
        let rung = |id: Id| frames.statements[id.doc.index()][id.index].rung;
        if slot.is_none_or(|known| rung(known) < statement.rung) {
            *slot = Some(id);
        }
    }
    told.into_values().collect()
}
