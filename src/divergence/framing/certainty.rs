//! Certainty: the same event, told as done by one text and as pending by another
//! (PV425, PV426), or by a headline and its own text (PV427).
//!
//! In:  statements.
//! Out: one finding for each text and event.
//! Not here: how sure a statement is (`claims::statement`), which are of one event (`event`).

use super::Frames;
use super::event::Id;
use super::event::Told;
use super::event::events;
use super::label_of;
use crate::claims::Claim;
use crate::claims::Kind;
use crate::claims::Rung;
use crate::claims::Statement;
use crate::claims::report_class;
use crate::divergence::Material;
use crate::finding::Finding;
use crate::finding::Label;
use crate::finding::Rule;
use crate::finding::Subject;
use crate::span::DocId;

/// Days after which a pending event may simply have happened.
const DAYS_APART_MAX: i64 = 3;

/// Rungs between two texts that both tell an event as pending, or both as done.
const RUNGS_APART_MIN: u8 = 2;

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
            if self.is_alleged(own) {
                return None;
            }
            // A source that parts from the others is one more source; a draft has none.
            let alone = draft && less == others.len();
            let subject = if alone { Subject::Draft } else { Subject::Corpus };
            return Some(self.finding(Rule::CertaintyRaised, subject, own, (&others, less)));
        }
        draft.then(|| self.finding(Rule::CertaintyLowered, Subject::Draft, own, (&others, more)))
    }

    /// Whether the sentence of a statement has a verb that keeps away from what it reports:
    /// `police allege that he met the man and removed the car`.
    fn is_alleged(&self, id: Id) -> bool {
        let text = &self.material.texts[id.doc.index()];
        let tokens = text.unit_tokens(&text.units[self.statement(id).unit as usize]);
        tokens.iter().any(|token| report_class(text.word(token)) == Some("distancing"))
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
