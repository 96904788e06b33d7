//! Attribution: a statement that one text hands to somebody and another one makes its own
//! (PV420), hands to somebody else (PV421) or to nobody in particular (PV422), or with
//! another verb of saying (PV423).
//!
//! An attribution holds for its sentence and the one after it in the same paragraph.
//!
//! In:  sentences that say the same, and attributions.
//! Out: one finding for each sentence.
//! Not here: speakers of quotations (`quotation`).

use super::Frames;
use super::label_of;
use super::sentence::Pair;
use super::sentence::SentenceId;
use super::sentence::pairs;
use crate::claims::Attribution;
use crate::claims::Kind;
use crate::claims::Source;
use crate::claims::Value;
use crate::divergence::Material;
use crate::finding::Finding;
use crate::finding::Rule;
use crate::span::DocId;
use crate::text::Text;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// Share of a sentence, in percent, that may stand in quotation marks: what does has a
/// speaker of its own.
const QUOTED_PERCENT_MAX: usize = 30;

pub(super) fn findings(material: &Material, frames: &Frames) -> Vec<Finding> {
    let mut others: BTreeMap<SentenceId, Vec<(SentenceId, bool)>> = BTreeMap::new();
    for Pair { left, right, close } in pairs(material, frames) {
        others.entry(left).or_default().push((right, close));
        others.entry(right).or_default().push((left, close));
    }
    let reader = Reader { material, frames };
    others.iter().filter_map(|(own, others)| reader.finding(*own, others)).collect()
}

struct Reader<'a> {
    material: &'a Material<'a>,
    frames: &'a Frames,
}

impl Reader<'_> {
    fn finding(&self, own: SentenceId, others: &[(SentenceId, bool)]) -> Option<Finding> {
        let draft = |doc: DocId| self.material.documents[doc.index()].draft;
        let any_draft = self.material.documents.iter().any(|document| document.draft);
        if any_draft && !draft(own.doc) || self.is_quoted(own) {
            return None;
        }
        let found = self.attribution(own);
        // Whom analysts follow is worth a look also where they say it in other words.
        let vague = found.is_some_and(|found| found.source == Source::Vague && found.who.is_some());
        let sources = others.iter().filter(|(other, close)| !draft(other.doc) && (*close || vague));
        let sources: Vec<SentenceId> = sources.map(|(other, _)| *other).collect();
        let theirs: Vec<(SentenceId, Attribution)> =
            sources.iter().filter_map(|other| Some((*other, self.direct(*other)?))).collect();
        let own_voice = |other: &&SentenceId| self.attribution(**other).is_none();
        match found {
            _ if sources.iter().any(|other| own_voice(&other)) => None,
            None => self.dropped(own, &theirs),
            Some(found) if found.unit == own.unit => self.parted(own, &found, &theirs),
            Some(_) => None,
        }
    }

    /// The finding for a sentence with an attribution of its own.
    fn parted(
        &self,
        own: SentenceId,
        found: &Attribution,
        theirs: &[(SentenceId, Attribution)],
    ) -> Option<Finding> {
        let exact = theirs.iter().min_by_key(|(_, theirs)| theirs.source)?;
        let agreed = || {
            theirs.iter().any(|(other, theirs)| {
                self.agree((own.doc, found), (other.doc, theirs))
                    || self.is_outlet(own.doc, found, other.doc)
            })
        };
        let vague = |(_, theirs): &(SentenceId, Attribution)| theirs.source == Source::Vague;
        match (found.source, exact.1.source) {
            (Source::Vague, Source::Named | Source::Described) if !theirs.iter().any(vague) => {
                Some(self.told(Rule::AttributionVague, own, found, exact))
            }
            (Source::Named, Source::Named) if !agreed() => {
                Some(self.told(Rule::AttributionChanged, own, found, exact))
            }
            _ => self.shifted(own, found, theirs),
        }
    }

    /// The attribution of a sentence, or of the one before it in the same paragraph.
    fn attribution(&self, sentence: SentenceId) -> Option<Attribution> {
        let text = &self.material.texts[sentence.doc.index()];
        let paragraph = |unit: u32| text.units[unit as usize].paragraph;
        let before = sentence.unit.checked_sub(1);
        let before = before.filter(|unit| paragraph(*unit) == paragraph(sentence.unit));
        self.direct(sentence).or_else(|| self.direct(SentenceId { unit: before?, ..sentence }))
    }

    /// The attribution in the sentence itself; of a quoted sentence, its speaker.
    fn direct(&self, sentence: SentenceId) -> Option<Attribution> {
        self.frames.attribution(sentence).or_else(|| self.spoken(sentence))
    }

    fn spoken(&self, sentence: SentenceId) -> Option<Attribution> {
        let of_unit = self.material.claims_in(sentence.doc, sentence.unit).iter();
        let (voice, cue) =
            of_unit.filter(|claim| claim.kind == Kind::Quotation).find_map(|claim| match claim
                .value
            {
                Value::Words { voice: Some(voice), cue, .. } => Some((voice, cue)),
                _ => None,
            })?;
        let name = &self.material.texts[sentence.doc.index()].source[voice.name.range()];
        let named = name.starts_with(char::is_uppercase);
        Some(Attribution {
            unit: sentence.unit,
            cue: cue.unwrap_or(voice.said),
            who: Some(voice.said),
            source: if named { Source::Named } else { Source::Described },
            class: None,
        })
    }

    fn is_quoted(&self, sentence: SentenceId) -> bool {
        let text: &Text = &self.material.texts[sentence.doc.index()];
        let span = text.units[sentence.unit as usize].span;
        let stretches = &self.frames.quoted[sentence.doc.index()];
        let first = stretches.partition_point(|known| known.end() <= span.start());
        let inside: usize = stretches[first..]
            .iter()
            .take_while(|known| known.start() < span.end())
            .map(|known| known.end().min(span.end()) - known.start().max(span.start()))
            .sum();
        inside * 100 > span.len() * QUOTED_PERCENT_MAX
    }

    /// The names in an attribution, in lower case.
    fn names(&self, doc: DocId, found: &Attribution) -> BTreeSet<String> {
        let who = found.who.map_or("", |who| &self.material.texts[doc.index()].source[who.range()]);
        let words = who.split(|c: char| !c.is_alphanumeric() && c != '.');
        let named = words.filter(|word| word.starts_with(char::is_uppercase));
        let named = named.map(str::to_lowercase);
        // "The minister" and "The mayor" have no name in common.
        named.filter(|word| !matches!(word.as_str(), "the" | "a" | "an" | "one")).collect()
    }

    fn agree(
        &self,
        (doc, one): (DocId, &Attribution),
        (other_doc, other): (DocId, &Attribution),
    ) -> bool {
        let (one, other) = (self.names(doc, one), self.names(other_doc, other));
        one.is_empty() || other.is_empty() || !one.is_disjoint(&other)
    }

    /// Whether the attribution is to the other document's own outlet.
    fn is_outlet(&self, doc: DocId, found: &Attribution, other: DocId) -> bool {
        let outlet = self.material.name(other).to_lowercase();
        let words: BTreeSet<&str> = outlet.split(|c: char| !c.is_alphanumeric()).collect();
        !self.material.documents[other.index()].draft
            && self.names(doc, found).iter().any(|name| words.contains(name.as_str()))
    }

    fn dropped(&self, own: SentenceId, theirs: &[(SentenceId, Attribution)]) -> Option<Finding> {
        let (other, found) = theirs.iter().min_by_key(|(other, found)| (found.source, *other))?;
        // What a text says itself it need not hand to its own outlet.
        if self.is_outlet(other.doc, found, own.doc) {
            return None;
        }
        // Whose word it is must have been said, by a name or a description.
        if found.source == Source::Vague && found.who.is_none() {
            return None;
        }
        let (material, text) = (self.material, &self.material.texts[other.doc.index()]);
        let who = found.who.map_or("", |who| &text.source[who.range()]);
        Some(Finding {
            rule: Rule::AttributionDropped,
            subject: material.subject([own.doc]),
            message: format!(
                "{} says in its own voice what {} gives to “{who}”",
                material.name(own.doc),
                material.name(other.doc),
            ),
            labels: vec![
                label_of(material, own.doc, own.unit, None),
                label_of(material, other.doc, other.unit, Some(found.who.unwrap_or(found.cue))),
            ],
            notes: Vec::new(),
            help: "say whose statement it is".to_owned(),
        })
    }

    fn told(
        &self,
        rule: Rule,
        own: SentenceId,
        found: &Attribution,
        (other, theirs): &(SentenceId, Attribution),
    ) -> Finding {
        let material = self.material;
        let words = |doc: DocId, found: &Attribution| {
            let span = found.who.unwrap_or(found.cue);
            &material.texts[doc.index()].source[span.range()]
        };
        let (mine, yours) = (words(own.doc, found), words(other.doc, theirs));
        let (name, source) = (material.name(own.doc), material.name(other.doc));
        let (message, help) = match rule {
            Rule::AttributionVague => (
                format!("{name} gives to “{mine}” what {source} gives to “{yours}”"),
                "name the source as the other text does",
            ),
            Rule::AttributionChanged => (
                format!("{name} gives to “{mine}” what {source} gives to “{yours}”"),
                "find out who said it",
            ),
            _ => (
                format!(
                    "{name} has “{mine}” with another verb than {source}: “{}” and “{}”",
                    &material.texts[own.doc.index()].source[found.cue.range()],
                    &material.texts[other.doc.index()].source[theirs.cue.range()]
                ),
                "use the plainer verb, unless you know more",
            ),
        };
        Finding {
            rule,
            subject: material.subject([own.doc]),
            message,
            labels: vec![
                label_of(material, own.doc, own.unit, Some(found.who.unwrap_or(found.cue))),
                label_of(material, other.doc, other.unit, Some(theirs.who.unwrap_or(theirs.cue))),
            ],
            notes: Vec::new(),
            help: help.to_owned(),
        }
    }

    /// The same source with a verb that judges, where every other text has a plain one.
    fn shifted(
        &self,
        own: SentenceId,
        found: &Attribution,
        theirs: &[(SentenceId, Attribution)],
    ) -> Option<Finding> {
        let cue = &self.material.texts[own.doc.index()].source[found.cue.range()];
        let plain = cue.starts_with("warn") || cue.starts_with("note") || cue.starts_with("point");
        let judges = matches!(found.class?, "distancing" | "evaluative" | "factive") && !plain;
        let same = |other: &&(SentenceId, Attribution)| {
            let (mine, yours) = (self.names(own.doc, found), self.names(other.0.doc, &other.1));
            !mine.is_disjoint(&yours) && other.1.class == Some("neutral")
        };
        let other = theirs.iter().find(same).filter(|_| judges)?;
        let all = theirs.iter().all(|(_, theirs)| theirs.class == Some("neutral"));
        all.then(|| self.told(Rule::VerbShift, own, found, other))
    }
}
