//! Agreements gained and lost, as sentences: one for what one claim has in common
//! with several documents, and one for all of a document that came or went.

use crate::corpus::Document;
use crate::render::review::counted;
use crate::render::review::named;
use crate::render::terminal::HANG;
use crate::render::terminal::Lead;
use crate::render::terminal::Look;
use crate::render::terminal::style::Role;
use crate::render::terminal::write_wrapped;
use crate::report::Report;
use crate::review::Agreement;
use crate::review::Effect;
use crate::review::Stance;
use crate::span::Place;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::io;
use std::io::Write;

/// Other documents that a line names.
const NAMES_MAX: usize = 3;

/// What a claim of a document was and is.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Group {
    path: String,
    gained: bool,
    /// Whether the document itself came or went.
    whole: bool,
    was: Option<String>,
    is: Option<String>,
}

/// Documents that a group of agreements is with, and how many claims it is about.
#[derive(Default)]
struct Others {
    names: BTreeSet<String>,
    claims: BTreeSet<Place>,
}

/// Writes the agreements of `effect`.
pub(crate) fn write(out: &mut impl Write, effect: &Effect, look: Look) -> io::Result<()> {
    let mut groups: BTreeMap<Group, Others> = BTreeMap::new();
    for agreement in &effect.agreements {
        let Some((group, name, own)) = grouped(effect, agreement) else { continue };
        let others = groups.entry(group).or_default();
        others.names.insert(name);
        others.claims.insert(own);
    }
    for (group, others) in &groups {
        let word = if group.gained { "agreement gained" } else { "agreement lost" };
        let role = if group.gained { Role::Help } else { Role::Warning };
        let lead = Lead { before: "", word, role, after: ": " };
        write_wrapped(out, &lead, (&sentence(group, others), None, HANG), look)?;
    }
    if groups.is_empty() { Ok(()) } else { writeln!(out) }
}

fn sentence(group: &Group, others: &Others) -> String {
    let Group { path, gained, whole, was, is } = group;
    let names = listed(&others.names);
    let claims = counted(others.claims.len(), "claim");
    match (whole, was, is) {
        (true, ..) if *gained => format!("{path} is new, and {claims} of it agree with {names}"),
        (true, ..) => format!("{path} is gone, and {claims} of it agreed with {names}"),
        (_, None, Some(is)) => format!("{path} says “{is}”, as {names} does"),
        (_, Some(was), None) => {
            format!("{path} said “{was}”, as {names} does, and now has other wording there")
        }
        (_, Some(was), Some(is)) if *gained => {
            format!("{path} says “{is}”, as {names} does, and said “{was}”")
        }
        (_, was, is) => {
            let [was, is] = [was, is].map(|words| words.as_deref().unwrap_or_default());
            format!("{path} says “{is}”, and said “{was}”, as {names} does")
        }
    }
}

/// "A", "A, B", "A, B, C and 2 others".
fn listed(names: &BTreeSet<String>) -> String {
    let first: Vec<&str> = names.iter().take(NAMES_MAX).map(String::as_str).collect();
    match names.len().saturating_sub(NAMES_MAX) {
        0 => first.join(", "),
        more => format!("{} and {}", first.join(", "), counted(more, "other")),
    }
}

/// What `agreement` belongs to, and the name of the other document.
fn grouped(effect: &Effect, agreement: &Agreement) -> Option<(Group, String, Place)> {
    let Agreement { earlier, later, other } = *agreement;
    let own = later.or(earlier)?.place;
    let report = if later.is_some() { effect.later } else { effect.earlier };
    let here = &report.documents[own.doc.index()];
    let same = |document: &Document| match (&document.record, &here.record) {
        (Some(record), Some(known)) => record.id == known.id,
        _ => document.path == here.path,
    };
    let is_in = |report: &Report| report.documents.iter().any(same);
    let whole = !(is_in(effect.earlier) && is_in(effect.later));
    let words = |report: &Report, stance: Option<Stance>| {
        let place = stance.filter(|_| !whole)?.place;
        Some(named(&report.documents[place.doc.index()].source[place.span.range()]))
    };
    let document = &report.documents[other.doc.index()];
    let name = document.outlet().unwrap_or(&document.path).to_owned();
    let group = Group {
        path: here.path.clone(),
        gained: agreement.is_gained(),
        whole,
        was: words(effect.earlier, earlier),
        is: words(effect.later, later),
    };
    Some((group, name, own))
}
