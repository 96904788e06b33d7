//! Certainty: the same event, told as done by one text and as pending by another
//! (PV425, PV426), or by a headline and its own text (PV427).
//!
//! Two statements are of one event when they have the verb, or the group of verbs, a
//! word of the subject and a word of the object in common; or when their sentences are
//! paraphrases in which the verbs answer to each other, whatever words they share.
//!
//! In:  statements.
//! Out: one finding for each text and event.
//! Not here: how sure a statement is (`claims::statement`).

use super::Frames;
use super::label_of;
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
use crate::finding::Finding;
use crate::finding::Label;
use crate::finding::Rule;
use crate::finding::Subject;
use crate::paraphrase::Paraphrase;
use crate::span::DocId;
use crate::span::Span;
use crate::text::Form;
use crate::text::Role;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// Statements that may share a verb and an object: what more share is no one event.
const CARRIERS_MAX: usize = 200;

/// Days after which a pending event may simply have happened.
const DAYS_APART_MAX: i64 = 3;

/// Rungs between two texts that both tell an event as pending, or both as done.
const RUNGS_APART_MIN: u8 = 2;

/// One statement of one document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Id {
    doc: DocId,
    index: usize,
}

/// What one document says of an event.
struct Told {
    doc: DocId,
    /// The surest statement in the running text.
    body: Option<Id>,
    /// The statement of the headline.
    headline: Option<Id>,
}

pub(super) fn findings(material: &Material, frames: &Frames) -> Vec<Finding> {
    let events = events(material, frames);
    let mut findings = Vec::new();
    for event in &events {
        let told = Event { material, frames, told: event };
        findings.extend(event.iter().filter_map(|one| told.shifted(one)));
        findings.extend(event.iter().filter_map(|one| told.headline(one)));
    }
    findings
}

/// The events that several statements are of.
fn events(material: &Material, frames: &Frames) -> Vec<Vec<Told>> {
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

/// One event as several documents tell it.
struct Event<'a> {
    material: &'a Material<'a>,
    frames: &'a Frames,
    told: &'a [Told],
}

impl Event<'_> {
    fn statement(&self, id: Id) -> &Statement {
        &self.frames.statements[id.doc.index()][id.index]
    }

    fn rung(&self, id: Id) -> Rung {
        self.statement(id).rung
    }

    fn is_draft(&self, doc: DocId) -> bool {
        self.material.documents[doc.index()].draft
    }

    /// The finding for a text that is surer, or less sure, of the event than most others.
    fn shifted(&self, one: &Told) -> Option<Finding> {
        let own = one.body?;
        let draft = self.is_draft(one.doc);
        let others: Vec<Id> = self
            .told
            .iter()
            .filter(|other| other.doc != one.doc && !self.is_draft(other.doc))
            .filter(|other| draft || !self.may_have_happened(one.doc, other.doc))
            .filter_map(|other| other.body)
            .filter(|other| !self.has_come(one.doc, *other))
            .collect();
        let less = others
            .iter()
            .filter(|other| exceeds(self.statement(own), self.statement(**other)))
            .count();
        let more = others
            .iter()
            .filter(|other| exceeds(self.statement(**other), self.statement(own)))
            .count();
        if others.is_empty() || 2 * less.max(more) <= others.len() {
            return None;
        }
        if less > more {
            // A source that parts from the others is one more source; a draft has none.
            let alone = draft && less == others.len();
            let subject = if alone { Subject::Draft } else { Subject::Corpus };
            return Some(self.finding(Rule::CertaintyRaised, subject, own, (&others, less)));
        }
        draft.then(|| self.finding(Rule::CertaintyLowered, Subject::Draft, own, (&others, more)))
    }

    /// Whether a text came out so long after another one that the event may have happened.
    fn may_have_happened(&self, later: DocId, earlier: DocId) -> bool {
        let day = |doc: DocId| Some(self.material.documents[doc.index()].published?.earliest());
        let (Some(later), Some(earlier)) = (day(later), day(earlier)) else { return false };
        later.as_second() - earlier.as_second() > DAYS_APART_MAX * 24 * 60 * 60
    }

    /// Whether a text came out on the day, or later, that the sentence of a statement gives
    /// for what was still to come.
    fn has_come(&self, later: DocId, id: Id) -> bool {
        let days = self.material.day(later).zip(self.material.day(id.doc));
        let Some((later, earlier)) = days else { return false };
        let claims = self.material.claims_in(id.doc, self.statement(id).unit).iter();
        let dates = claims.filter(|claim| claim.kind == Kind::Date);
        dates.filter_map(Claim::days).any(|(day, _)| earlier < day && day <= later)
    }

    fn finding(
        &self,
        rule: Rule,
        subject: Subject,
        own: Id,
        (others, parting): (&[Id], usize),
    ) -> Finding {
        let material = self.material;
        let mut others: Vec<Id> = others.to_vec();
        others.sort_by_key(|id| (std::cmp::Reverse(distance(self.rung(own), self.rung(*id))), *id));
        let first = others[0];
        let sources = if others.len() == 1 { "source says" } else { "sources say" };
        let message = format!(
            "{} says “{}” ({}), and {parting} of {} {sources} otherwise: “{}” ({})",
            material.name(own.doc),
            self.words(own),
            self.rung(own).name(),
            others.len(),
            self.words(first),
            self.rung(first).name(),
        );
        let help = match rule {
            Rule::CertaintyLowered => "see whether it has happened, or say who doubts it",
            _ => "say it as the sources do, or name the source that says more",
        };
        Finding {
            rule,
            subject,
            message,
            labels: [own].iter().chain(&others).map(|id| self.label(*id)).collect(),
            notes: Vec::new(),
            help: help.to_owned(),
        }
    }

    /// The finding for a headline that is surer than its own text.
    fn headline(&self, one: &Told) -> Option<Finding> {
        let (headline, body) = (one.headline?, one.body?);
        let (above, below) = (self.rung(headline), self.rung(body));
        if above < Rung::Asserted || below > Rung::Expected {
            return None;
        }
        // A present in a headline may tell the future: not where others doubt it too.
        let pending = |other: &&Told| {
            other.doc != one.doc && other.body.is_some_and(|id| self.rung(id) < Rung::Asserted)
        };
        if above == Rung::Asserted && !self.told.iter().any(|other| pending(&other)) {
            return None;
        }
        Some(Finding {
            rule: Rule::CertaintyHeadline,
            subject: self.material.subject([one.doc]),
            message: format!(
                "the headline of {} says “{}” ({}), its text “{}” ({})",
                self.material.name(one.doc),
                self.words(headline),
                above.name(),
                self.words(body),
                below.name(),
            ),
            labels: vec![self.label(headline), self.label(body)],
            notes: Vec::new(),
            help: "let the headline say no more than the text".to_owned(),
        })
    }

    fn words(&self, id: Id) -> &str {
        &self.material.texts[id.doc.index()].source[self.statement(id).span.range()]
    }

    fn label(&self, id: Id) -> Label {
        let statement = self.statement(id);
        label_of(self.material, id.doc, statement.unit, Some(statement.span))
    }
}

/// Whether one text tells as done what the other tells as pending, or is much surer.
fn exceeds(one: &Statement, other: &Statement) -> bool {
    // What is arranged is told in the present too: `is buying`, `has agreed to buy`.
    let arranged = one.progressive && other.rung >= Rung::Expected;
    let (one, other) = (one.rung, other.rung);
    one > other
        && !arranged
        && (one >= Rung::Asserted && other < Rung::Asserted
            || distance(one, other) >= RUNGS_APART_MIN)
}

fn distance(one: Rung, other: Rung) -> u8 {
    (one as u8).abs_diff(other as u8)
}
