//! Quotations: the same quotation with other words (PV401).
//!
//! A quotation may be cut at its ends, and words may be left out where the text
//! says so with an ellipsis or brackets. Any other change of a word is reported.
//!
//! In:  quotations in aligned passages.
//! Out: one finding for each version that differs from what most texts have.
//! Not here: quotations that share no run of words with another text.

use crate::align::Alignment;
use crate::align::Edit;
use crate::align::edits;
use crate::claims::Kind;
use crate::claims::Value;
use crate::divergence::Material;
use crate::divergence::cluster::clusters;
use crate::divergence::listed;
use crate::divergence::slot::ClaimId;
use crate::divergence::slot::tokens_in;
use crate::finding::Finding;
use crate::finding::Label;
use crate::finding::Rule;
use crate::span::DocId;
use crate::span::Span;
use crate::text::Text;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::ops::Range;

/// Share of the shorter quotation that both must have in common: measured on pairs
/// of quotations in news, .8 finds most alterations and hardly any other utterance.
const SHARED_PERCENT_MIN: usize = 80;

/// Words in a row that both must have in common.
const RUN_WORDS_MIN: usize = 4;

/// Two quotations of one utterance and the words that differ, on either side.
struct Pair {
    left: ClaimId,
    right: ClaimId,
    left_marks: Vec<Span>,
    right_marks: Vec<Span>,
}

impl Pair {
    fn is_same(&self) -> bool {
        self.left_marks.is_empty() && self.right_marks.is_empty()
    }
}

/// One finding for each version of a quotation whose words are not those that most
/// texts have.
pub(crate) fn altered(material: &Material) -> Vec<Finding> {
    let candidates: BTreeSet<(ClaimId, ClaimId)> =
        material.alignments.iter().flat_map(|found| quoted_pairs(material, found)).collect();
    let pairs: Vec<Pair> =
        candidates.into_iter().filter_map(|(l, r)| compare(material, l, r)).collect();
    let ids: BTreeSet<ClaimId> = pairs.iter().flat_map(|pair| [pair.left, pair.right]).collect();
    let position: BTreeMap<ClaimId, usize> = ids.iter().copied().zip(0..).collect();
    let ids: Vec<ClaimId> = ids.into_iter().collect();
    let related: Vec<_> =
        pairs.iter().map(|pair| (position[&pair.left], position[&pair.right])).collect();
    clusters(ids.len(), &related)
        .into_iter()
        .map(|group| group.into_iter().map(|index| ids[index]).collect())
        .flat_map(|group| findings(material, &pairs, &versions_of(material, &pairs, group)))
        .collect()
}

/// Quotations on both sides that the aligned passages touch.
fn quoted_pairs(material: &Material, found: &Alignment) -> Vec<(ClaimId, ClaimId)> {
    let touching = |doc: DocId, span: Span| {
        let claims = material.claims[doc.index()].iter().enumerate();
        claims
            .filter(move |(_, claim)| {
                claim.kind == Kind::Quotation && claim.place.span.overlaps(span)
            })
            .map(move |(index, _)| ClaimId { doc, index })
            .collect::<Vec<_>>()
    };
    let right = touching(found.right.doc, found.right.span);
    touching(found.left.doc, found.left.span)
        .into_iter()
        .flat_map(|left| right.iter().map(move |right| (left, *right)))
        .collect()
}

/// The quoted words of a quotation.
fn inner(material: &Material, id: ClaimId) -> Option<Span> {
    match material.claims[id.doc.index()][id.index].value {
        Value::Words { inner, .. } => Some(inner),
        _ => None,
    }
}

/// What differs between two quotations, if they are of one utterance.
fn compare(material: &Material, left: ClaimId, right: ClaimId) -> Option<Pair> {
    let (left_text, right_text) =
        (&material.texts[left.doc.index()], &material.texts[right.doc.index()]);
    let left_tokens = tokens_in(left_text, inner(material, left)?);
    let right_tokens = tokens_in(right_text, inner(material, right)?);
    let all = edits(left_text, left_tokens.clone(), right_text, right_tokens.clone());
    let shorter = left_tokens.len().min(right_tokens.len());
    let kept: usize = all.iter().map(Edit::kept_words).sum();
    let run = all.iter().map(Edit::kept_words).max()?;
    if kept * 100 < shorter * SHARED_PERCENT_MIN || run < RUN_WORDS_MIN {
        return None;
    }
    let changed: Vec<&Edit> = inside(&all)
        .filter(|edit| !is_marked(left_text, &edit.left) && !is_marked(right_text, &edit.right))
        .collect();
    Some(Pair {
        left,
        right,
        left_marks: changed.iter().filter_map(|edit| left_text.span_of(&edit.left)).collect(),
        right_marks: changed.iter().filter_map(|edit| right_text.span_of(&edit.right)).collect(),
    })
}

/// The changes between the first and the last kept word: the rest is a cut.
fn inside(edits: &[Edit]) -> impl Iterator<Item = &Edit> {
    let first = edits.iter().position(|edit| edit.kept).unwrap_or(edits.len());
    let last = edits.iter().rposition(|edit| edit.kept).unwrap_or(first);
    edits[first.min(last)..last].iter().filter(|edit| !edit.kept)
}

/// Whether the text itself marks a change there, with brackets or an ellipsis.
fn is_marked(text: &Text, tokens: &Range<u32>) -> bool {
    let start = (tokens.start as usize).checked_sub(1).map_or(0, |i| text.tokens[i].span.end());
    let end = text.tokens.get(tokens.end as usize).map_or(text.source.len(), |t| t.span.start());
    let around = &text.source[start..end.max(start)];
    around.contains(['[', ']', '…']) || around.contains("...") || around.contains(". . .")
}

/// The quotations of one utterance by wording: first the one that most published
/// texts have.
///
/// Long quotations come first, so that a short cut, which fits several versions,
/// joins the most complete one and does not join two that differ elsewhere.
fn versions_of(material: &Material, pairs: &[Pair], mut group: Vec<ClaimId>) -> Vec<Vec<ClaimId>> {
    let is_draft = |id: ClaimId| material.documents[id.doc.index()].draft;
    let length = |id: ClaimId| inner(material, id).map_or(0, Span::len);
    group.sort_by_key(|id| (is_draft(*id), std::cmp::Reverse(length(*id)), *id));
    let mut versions: Vec<Vec<ClaimId>> = Vec::new();
    for id in group {
        let fits = |version: &&mut Vec<ClaimId>| {
            let mut relations =
                version.iter().filter_map(|known| relation(pairs, *known, id)).peekable();
            relations.peek().is_some() && relations.all(Pair::is_same)
        };
        match versions.iter_mut().find(fits) {
            Some(version) => version.push(id),
            None => versions.push(vec![id]),
        }
    }
    let published = |version: &[ClaimId]| version.iter().filter(|id| !is_draft(**id)).count();
    versions.sort_by_key(|version| (std::cmp::Reverse(published(version)), version[0]));
    versions
}

/// How two quotations compare, if they are of one utterance.
fn relation(pairs: &[Pair], one: ClaimId, other: ClaimId) -> Option<&Pair> {
    let (left, right) = (one.min(other), one.max(other));
    let found = pairs.binary_search_by_key(&(left, right), |pair| (pair.left, pair.right));
    found.ok().map(|index| &pairs[index])
}

/// One finding for each version but the first.
fn findings(material: &Material, pairs: &[Pair], versions: &[Vec<ClaimId>]) -> Vec<Finding> {
    let Some((reference, others)) = versions.split_first() else { return Vec::new() };
    others.iter().filter_map(|version| finding(material, pairs, reference, version)).collect()
}

fn finding(
    material: &Material,
    pairs: &[Pair],
    reference: &[ClaimId],
    version: &[ClaimId],
) -> Option<Finding> {
    let mut odd: BTreeMap<ClaimId, Vec<Span>> = BTreeMap::new();
    let mut usual: BTreeMap<ClaimId, Vec<Span>> = BTreeMap::new();
    for pair in pairs.iter().filter(|pair| !pair.is_same()) {
        if version.contains(&pair.left) && reference.contains(&pair.right) {
            odd.entry(pair.left).or_default().extend(&pair.left_marks);
            usual.entry(pair.right).or_default().extend(&pair.right_marks);
        } else if version.contains(&pair.right) && reference.contains(&pair.left) {
            odd.entry(pair.right).or_default().extend(&pair.right_marks);
            usual.entry(pair.left).or_default().extend(&pair.left_marks);
        }
    }
    let message = message(material, &odd, &usual)?;
    let mut labels: Vec<(ClaimId, Vec<Span>)> = odd.iter().chain(&usual).map(unique).collect();
    labels.sort_by_key(|(id, _)| {
        (!material.documents[id.doc.index()].draft, !odd.contains_key(id), *id)
    });
    Some(Finding {
        rule: Rule::QuoteAltered,
        subject: material.subject(odd.keys().map(|id| id.doc)),
        message,
        labels: labels.into_iter().map(|(id, marks)| label(material, id, marks)).collect(),
        notes: Vec::new(),
        help: "quote the words as they stand in the source, or mark the change".to_owned(),
    })
}

/// A quotation with its marks in order, each once.
fn unique((id, marks): (&ClaimId, &Vec<Span>)) -> (ClaimId, Vec<Span>) {
    let marks: BTreeSet<Span> = marks.iter().copied().collect();
    (*id, marks.into_iter().collect())
}

fn label(material: &Material, id: ClaimId, marks: Vec<Span>) -> Label {
    let place = material.claims[id.doc.index()][id.index].place;
    Label::passage(place, marks, material.caption(id.doc))
}

/// "a quotation has “little” (Steppe Courier) against “nothing” (Harbour Wire)": the
/// first change, and who has which words.
fn message(
    material: &Material,
    odd: &BTreeMap<ClaimId, Vec<Span>>,
    usual: &BTreeMap<ClaimId, Vec<Span>>,
) -> Option<String> {
    let (left, odd) = printed(material, odd)?;
    let (right, usual) = printed(material, usual)?;
    Some(match (left, right) {
        (Some(left), Some(right)) => {
            format!("a quotation has “{left}” ({odd}) against “{right}” ({usual})")
        }
        (Some(left), None) => format!("a quotation has “{left}” ({odd}), which {usual} lacks"),
        (None, Some(right)) => format!("a quotation lacks “{right}” ({odd}), which {usual} has"),
        (None, None) => return None,
    })
}

/// The first words that differ, if there are any on this side, and who has them.
fn printed<'m>(
    material: &Material<'m>,
    quotes: &BTreeMap<ClaimId, Vec<Span>>,
) -> Option<(Option<&'m str>, String)> {
    let (first, marks) = quotes.iter().max_by_key(|(_, marks)| marks.len())?;
    let source = material.texts[first.doc.index()].source;
    let names: Vec<&str> = quotes.keys().map(|id| material.name(id.doc)).collect();
    Some((marks.iter().min().map(|mark| &source[mark.range()]), listed(&names)))
}
