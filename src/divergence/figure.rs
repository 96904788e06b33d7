//! Figures and dates: the same wording with another value (PV301, PV302).
//!
//! In:  claims that stand in the same place of the same wording.
//! Out: one finding a place, however many documents share it.
//! Not here: which places correspond (`divergence::slot`).

use crate::claims::Claim;
use crate::claims::Kind;
use crate::claims::report_class;
use crate::divergence::Boilerplate;
use crate::divergence::Material;
use crate::divergence::Printed;
use crate::divergence::Relation;
use crate::divergence::listed;
use crate::divergence::relate;
use crate::divergence::slot::ClaimId;
use crate::divergence::slot::links;
use crate::divergence::slot::slots;
use crate::divergence::slot::tokens_in;
use crate::divergence::timing::Time;
use crate::divergence::timing::is_one_time;
use crate::finding::Finding;
use crate::finding::Rule;
use crate::finding::Subject;
use crate::text::Role;

/// Bytes between a figure and its noun beyond which the message leaves the noun out.
const NOUN_BYTES_MAX: usize = 24;

/// Bytes of a dateline before its date: a city, a country and an agency.
const DATELINE_BYTES_MAX: usize = 60;

/// One finding for every place in shared wording whose values exclude each other.
pub(crate) fn differing(material: &Material, boilerplate: &Boilerplate) -> Vec<Finding> {
    let links: Vec<_> = links(material)
        .into_iter()
        .filter(|(left, _)| rule(left.claim(material).kind).is_some())
        .filter(|(left, right)| !is_dateline(material, *left) && !is_dateline(material, *right))
        .filter(|(left, right)| is_of_one_thing(material, *left, *right))
        .filter(|(left, right)| {
            !is_covered(material, boilerplate, *left) || !is_covered(material, boilerplate, *right)
        })
        .collect();
    slots(&links).into_iter().filter_map(|slot| finding(material, slot)).collect()
}

/// Whether two claims in the same wording may be of one thing: the day an act was on is not
/// the day it was spoken of, and last year's sum is not this year's.
fn is_of_one_thing(material: &Material, left: ClaimId, right: ClaimId) -> bool {
    if left.claim(material).kind == Kind::Date {
        return is_of_speech(material, left) == is_of_speech(material, right);
    }
    is_one_time(material, time(material, left), time(material, right))
}

/// Whether a date is the day on which somebody spoke: `said on Thursday`.
fn is_of_speech(material: &Material, id: ClaimId) -> bool {
    let text = &material.texts[id.doc.index()];
    let from = tokens_in(text, id.claim(material).place.span).start as usize;
    let mut words = text.tokens[..from].iter().rev().take(2).map(|token| text.word(token));
    let verb = words.find(|word| !matches!(*word, "on" | "late"));
    verb.is_some_and(|word| report_class(word).is_some())
}

/// The days of the only time that the sentence of a claim names.
fn time(material: &Material, id: ClaimId) -> Time {
    let here = material.claims_in(id.doc, id.claim(material).unit).iter();
    let mut times = here.filter(|claim| claim.kind == Kind::Date).filter_map(Claim::days);
    (id.doc, times.next().filter(|_| times.next().is_none()))
}

fn is_covered(material: &Material, boilerplate: &Boilerplate, id: ClaimId) -> bool {
    let tokens = tokens_in(&material.texts[id.doc.index()], id.claim(material).place.span);
    boilerplate.covers(id.doc, tokens.start)
}

/// Whether a date stands in a dateline: "ASTANA, Nov. 7 — …". It says when a text was
/// written, which differs between outlets by its nature.
fn is_dateline(material: &Material, id: ClaimId) -> bool {
    let claim = id.claim(material);
    let text = &material.texts[id.doc.index()];
    let unit = &text.units[claim.unit as usize];
    if claim.kind != Kind::Date || unit.role == Role::Caption {
        return claim.kind == Kind::Date;
    }
    let begins = claim.place.span.start().saturating_sub(unit.span.start()) <= DATELINE_BYTES_MAX;
    let after = text.source[claim.place.span.end()..].trim_start_matches([' ', '(', ')', '.', ',']);
    begins && after.starts_with(['—', '–', '|']) | after.starts_with("--")
}

fn relation(material: &Material, left: ClaimId, right: ClaimId) -> Relation {
    let printed = |id: ClaimId| {
        let claim = id.claim(material);
        let text = &material.texts[id.doc.index()].source[claim.place.span.range()];
        Printed { claim, text }
    };
    relate(printed(left), printed(right))
}

/// The rule for a kind of claim; quotations have rules of their own.
fn rule(kind: Kind) -> Option<Rule> {
    match kind {
        Kind::Date => Some(Rule::DateDiffers),
        Kind::Quotation | Kind::Mention | Kind::Person => None,
        _ => Some(Rule::FigureDiffers),
    }
}

/// The finding for one slot, if any two texts exclude each other there.
///
/// A draft is the subject when most of the sources that name a value contradict it;
/// where most agree with it, it is the sources that part.
fn finding(material: &Material, mut slot: Vec<ClaimId>) -> Option<Finding> {
    slot.sort_by_key(|id| (material.display_order(id.doc), id.index));
    let texts: Vec<&[ClaimId]> = slot.chunk_by(|left, right| left.doc == right.doc).collect();
    let apart = |left: &[ClaimId], right: &[ClaimId]| exclude(material, left, right);
    let parted = texts
        .iter()
        .enumerate()
        .any(|(index, left)| texts[index + 1..].iter().any(|right| apart(left, right)));
    if !parted {
        return None;
    }
    let is_draft = |text: &&&[ClaimId]| material.documents[text[0].doc.index()].draft;
    let against_draft = texts.iter().filter(is_draft).any(|draft| {
        let sources = || texts.iter().filter(|text| !is_draft(text));
        2 * sources().filter(|source| apart(draft, source)).count() > sources().count()
    });
    Some(Finding {
        rule: rule(slot[0].claim(material).kind)?,
        subject: if against_draft { Subject::Draft } else { Subject::Corpus },
        message: message(material, &values(material, &slot)),
        labels: slot.iter().map(|id| id.label(material)).collect(),
        notes: Vec::new(),
        help: help(against_draft).to_owned(),
    })
}

/// Whether two texts have no value in common. A text that repeats a sentence with
/// another value, as a list or a table does, agrees with one that has either.
fn exclude(material: &Material, left: &[ClaimId], right: &[ClaimId]) -> bool {
    left.iter().all(|left| {
        right.iter().all(|right| relation(material, *left, *right) == Relation::Disjoint)
    })
}

/// The claims of a slot by value: a draft's value first, then what most texts have.
fn values(material: &Material, slot: &[ClaimId]) -> Vec<Vec<ClaimId>> {
    let mut groups: Vec<Vec<ClaimId>> = Vec::new();
    for id in slot {
        let same = groups.iter_mut().find(|group| {
            group.iter().all(|known| relation(material, *known, *id) != Relation::Disjoint)
        });
        match same {
            Some(group) => group.push(*id),
            None => groups.push(vec![*id]),
        }
    }
    let drafted = |id: &ClaimId| material.documents[id.doc.index()].draft;
    groups.sort_by_key(|group| (!group.iter().any(drafted), std::cmp::Reverse(group.len())));
    groups
}

/// "“$17 billion” (Harbour Wire and 2 others) against “$1.7 billion” (Steppe Courier)".
fn message(material: &Material, groups: &[Vec<ClaimId>]) -> String {
    let printed = |group: &Vec<ClaimId>| {
        let claim = group[0].claim(material);
        // A text that says it twice is still one text; its claims stand together.
        let mut documents: Vec<_> = group.iter().map(|id| id.doc).collect();
        documents.dedup();
        let names: Vec<&str> = documents.iter().map(|doc| material.name(*doc)).collect();
        format!("“{}” ({})", wording(material, claim), listed(&names))
    };
    groups.iter().map(printed).collect::<Vec<_>>().join(" against ")
}

/// A figure as printed, with the noun it counts when that follows at once.
fn wording<'m>(material: &Material<'m>, claim: &Claim) -> &'m str {
    let source = material.texts[claim.place.doc.index()].source;
    let span = claim.place.span;
    let whole = claim
        .noun
        .filter(|noun| noun.start() >= span.end() && noun.start() - span.end() <= NOUN_BYTES_MAX);
    &source[whole.map_or(span, |noun| span.cover(noun)).range()]
}

fn help(against_draft: bool) -> &'static str {
    if against_draft {
        "check the value against the sources before publication"
    } else {
        "the texts share this wording; find out which value the original source gives"
    }
}
