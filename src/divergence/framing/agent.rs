//! Agents: who did it. A draft that has somebody else do what its sources have one person or
//! body do (PV428), or nobody at all (PV429).
//!
//! Two statements are of one act when they have the verb and most of what it is done to in
//! common. Whoever is named in both sentences, wherever, is no other agent; a country, its
//! people and its capital are one name.
//!
//! In:  statements.
//! Out: one finding for each statement of a draft.
//! Not here: whose statement it is (`attribution`).

use super::Frames;
use super::label_of;
use crate::claims::Rung;
use crate::claims::Statement;
use crate::divergence::Material;
use crate::fact;
use crate::fact::Entity;
use crate::finding::Finding;
use crate::finding::Rule;
use crate::span::DocId;
use crate::text::Form;
use crate::text::Role;
use rayon::prelude::*;
use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::collections::HashMap;

/// Words of what is done that both must have, and their share of the fewer, in percent.
const SHARED: (usize, usize) = (2, 60);

/// Words behind a passive verb in which whoever did it would be named: `by the council`.
const BY_WORDS: usize = 8;

/// A statement of a document.
type Told<'a> = (DocId, &'a Statement);

pub(super) fn findings(material: &Material, frames: &Frames) -> Vec<Finding> {
    let draft = |doc: DocId| material.documents[doc.index()].draft;
    let mut sources: HashMap<Form, Vec<Told>> = HashMap::new();
    let all = || material.texts.iter().map(|text| (text, &frames.statements[text.doc.index()]));
    for (text, statements) in all().filter(|(text, _)| !draft(text.doc)) {
        for statement in statements.iter().filter(|statement| is_act(statement)) {
            sources.entry(statement.verb).or_default().push((text.doc, statement));
        }
    }
    let mut found = Vec::new();
    let named = OnceCell::new();
    for (text, statements) in all().filter(|(text, _)| draft(text.doc)) {
        let running = |statement: &&Statement| {
            text.units[statement.unit as usize].role != Role::Headline && is_act(statement)
        };
        for own in statements.iter().filter(running) {
            let known = sources.get(&own.verb).map_or(&[][..], Vec::as_slice);
            let reader = Reader { material, named: &named, own: (text.doc, own), statements };
            found.extend(reader.changed(known).or_else(|| reader.dropped(known)));
        }
    }
    found
}

/// Whether a statement tells of something done.
fn is_act(statement: &Statement) -> bool {
    statement.rung >= Rung::Asserted
}

struct Reader<'a> {
    material: &'a Material<'a>,
    /// The names in each text, in reading order; few drafts come to need them.
    named: &'a OnceCell<Vec<Vec<Entity>>>,
    own: Told<'a>,
    /// All of the draft.
    statements: &'a [Statement],
}

impl Reader<'_> {
    /// The finding for an act that the sources have somebody else do.
    fn changed(&self, known: &[Told]) -> Option<Finding> {
        let (doc, own) = self.own;
        if own.passive || own.names.is_empty() {
            return None;
        }
        let same = |(_, other): &&Told| !other.passive && shares(&own.object, &other.object);
        let acts: Vec<&Told> = known.iter().filter(same).collect();
        let apart = |(other_doc, other): &&&Told| {
            !other.names.is_empty()
                && self.names_none((doc, own.unit), &other.names)
                && self.names_none((*other_doc, other.unit), &own.names)
                && self.names((doc, own.unit)).is_disjoint(&self.names((*other_doc, other.unit)))
        };
        let other = acts.first().filter(|_| acts.iter().all(|told| apart(&told)))?;
        Some(self.finding(Rule::AgentChanged, other))
    }

    /// The finding for an act that nobody does, where a source says who did.
    fn dropped(&self, known: &[Told]) -> Option<Finding> {
        let (_, own) = self.own;
        if !own.passive || self.says_by() {
            return None;
        }
        // Another sentence of the draft may say it.
        let said = |other: &&Statement| other.verb == own.verb && !other.passive;
        if self.statements.iter().any(|other| said(&other)) {
            return None;
        }
        let same = |(_, other): &&Told| {
            !other.passive && !other.names.is_empty() && shares(&own.subject, &other.object)
        };
        known.iter().find(same).map(|other| self.finding(Rule::AgentDropped, other))
    }

    /// The names in a sentence, those of countries and capitals by that of the country.
    fn names(&self, (doc, unit): (DocId, u32)) -> BTreeSet<&str> {
        let tokens = &self.material.texts[doc.index()].units[unit as usize].tokens;
        let (start, end) = (tokens.start as usize, tokens.end as usize);
        let all = || self.material.texts.par_iter().map(fact::names).collect();
        let named = &self.named.get_or_init(all)[doc.index()];
        let first = named.partition_point(|entity| entity.tokens.start < start);
        let inside = named[first..].iter().take_while(|entity| entity.tokens.start < end);
        inside.map(|entity| entity.name.as_str()).collect()
    }

    /// Whether none of `names` stands in a sentence.
    fn names_none(&self, (doc, unit): (DocId, u32), names: &BTreeSet<Form>) -> bool {
        let text = &self.material.texts[doc.index()];
        let tokens = text.unit_tokens(&text.units[unit as usize]);
        let words = tokens.iter().map(|token| text.word(token).to_lowercase());
        !words
            .filter_map(|word| crate::claims::content_stem(&word))
            .any(|stem| names.contains(&stem))
    }

    /// Whether `by` follows the verb.
    fn says_by(&self) -> bool {
        let (doc, own) = self.own;
        let text = &self.material.texts[doc.index()];
        let tokens = text.unit_tokens(&text.units[own.unit as usize]).iter();
        let behind = tokens.filter(|token| token.span.start() >= own.span.end()).take(BY_WORDS);
        { behind }.any(|token| text.word(token) == "by")
    }

    fn finding(&self, rule: Rule, (other_doc, other): &Told) -> Finding {
        let (material, (doc, own)) = (self.material, self.own);
        let words = |doc: DocId, statement: &Statement| {
            let text = &material.texts[doc.index()];
            let unit = text.units[statement.unit as usize].span;
            // The clause up to the verb says who.
            let start = statement.span.start().max(unit.start());
            text.source[unit.start()..start].trim().to_owned()
        };
        let (name, source) = (material.name(doc), material.name(*other_doc));
        let (message, help) = match rule {
            Rule::AgentChanged => (
                format!(
                    "{name} has “{}” do what {source} has “{}” do",
                    words(doc, own),
                    words(*other_doc, other)
                ),
                "find out who did it",
            ),
            _ => (
                format!(
                    "{name} does not say who did what {source} has “{}” do",
                    words(*other_doc, other)
                ),
                "say who did it, if the reader should know",
            ),
        };
        Finding {
            rule,
            subject: material.subject([doc]),
            message,
            labels: vec![
                label_of(material, doc, own.unit, Some(own.span)),
                label_of(material, *other_doc, other.unit, Some(other.span)),
            ],
            notes: Vec::new(),
            help: help.to_owned(),
        }
    }
}

/// Whether two sets have enough words in common to be the same thing.
fn shares(one: &BTreeSet<Form>, other: &BTreeSet<Form>) -> bool {
    let shared = one.intersection(other).count();
    let (count, percent) = SHARED;
    shared >= count && shared * 100 >= one.len().min(other.len()) * percent
}
