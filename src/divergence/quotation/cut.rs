//! A quotation that was cut before or after a condition (PV403).
//!
//! In:  wordings of which one is a part of the other.
//! Out: a finding for each short quotation whose sentence went on with `if`, `but`,
//! `only`, or began with `not`, and that does not say so.
//! Not here: cuts that take nothing of the kind; they are what quoting is.

use super::change::restricts;
use super::kin::Kin;
use super::kin::inner;
use super::label;
use crate::divergence::Material;
use crate::divergence::slot::ClaimId;
use crate::finding::Finding;
use crate::finding::Rule;
use crate::span::Span;
use std::collections::BTreeMap;
use std::ops::Range;

/// How far around a short quotation its own text may give the condition, in bytes.
const NEAR_BYTES: usize = 240;

pub(super) fn findings(material: &Material, kin: &Kin) -> Vec<Finding> {
    let mut found: BTreeMap<ClaimId, Finding> = BTreeMap::new();
    for ((left, right), pair) in
        kin.pairs.iter().filter(|(_, pair)| pair.changes.is_empty() && !pair.marked)
    {
        let (long, short, cut) = match (pair.left_cut, pair.right_cut) {
            ([0, 0], cut) => (*right, *left, cut),
            (cut, [0, 0]) => (*left, *right, cut),
            _ => continue,
        };
        for id in &kin.wordings[short].ids {
            if let Some(finding) = finding(material, kin, (*id, long), cut) {
                found.entry(*id).or_insert(finding);
            }
        }
    }
    found.into_values().collect()
}

/// The finding for the quotation `short`, of which `long` has `cut` words more.
fn finding(
    material: &Material,
    kin: &Kin,
    (short, long): (ClaimId, usize),
    cut: [usize; 2],
) -> Option<Finding> {
    let side = kin.side(long);
    let count = u32::try_from(side.words.len()).expect("documents are under 4 GiB");
    let part = |end: usize| u32::try_from(cut[end]).expect("documents are under 4 GiB");
    let ends: [Range<u32>; 2] = [0..part(0), count - part(1)..count];
    let (mark, at_start) = [(1, false), (0, true)].into_iter().find_map(|(end, at_start)| {
        restricts(side, &ends[end], at_start).map(|mark| (mark, at_start))
    })?;
    let source = kin.wordings[long].ids[0];
    let word = side.text.source[mark.range()].to_lowercase();
    if source.doc == short.doc || says_so(kin, short, &word, at_start) {
        return None;
    }
    let after = if at_start { "after" } else { "before" };
    Some(Finding {
        rule: Rule::QuoteTruncated,
        subject: material.subject([short.doc]),
        message: format!(
            "{} cuts a quotation {after} “{word}”, which {} has",
            material.name(short.doc),
            material.name(source.doc),
        ),
        labels: vec![label(material, short, Vec::new()), label(material, source, vec![mark])],
        notes: Vec::new(),
        help: "quote the condition too, or report it beside the quotation".to_owned(),
    })
}

/// Whether the short quotation's own text marks the cut there, or gives the word itself.
fn says_so(kin: &Kin, short: ClaimId, word: &str, at_start: bool) -> bool {
    let (text, claim) = (kin.text(short.doc), kin.claim(short));
    let Some(inner) = inner(claim) else { return true };
    let words = text.source[inner.range()].trim_end_matches([',', ' ']);
    let marked = if at_start {
        words.starts_with(['…', '[']) || words.starts_with("..")
    } else {
        words.ends_with(['…', ']', '—', '–']) || words.ends_with("..")
    };
    let near = around(text.source, claim.place.span, at_start).to_lowercase();
    let given = near.split(|c: char| !c.is_alphanumeric()).any(|near| near == word);
    let denied = near.contains("n't") || near.contains("n’t");
    marked || given || (at_start && denied)
}

/// The text beside a quotation.
fn around(source: &str, outer: Span, before: bool) -> &str {
    if before {
        let start = source.floor_char_boundary(outer.start().saturating_sub(NEAR_BYTES));
        &source[start..outer.start()]
    } else {
        let end = source.floor_char_boundary((outer.end() + NEAR_BYTES).min(source.len()));
        &source[outer.end()..end]
    }
}
