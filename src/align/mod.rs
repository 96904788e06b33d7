//! Alignments: which passage of one text corresponds to which of another.
//!
//! In:  texts and the chains of shared words between them.
//! Out: [`Alignment`]s with a kind, a similarity, their word edits and whether they are
//! worth reporting.
//! Not here: finding the passages (`reuse`), what a difference means (`divergence`).

mod edit;
mod evidence;

pub use edit::Edit;
pub use edit::edits;
pub(crate) use edit::steps;

use crate::reuse::Chain;
use crate::reuse::Shape;
use crate::span::DocId;
use crate::span::Place;
use crate::span::Span;
use crate::text::Text;
use rayon::prelude::*;
use std::collections::HashMap;
use std::ops::Range;

/// How two aligned passages relate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The same words in the same order.
    Verbatim,
    /// The same words but for small edits.
    NearVerbatim,
    /// The same statements with words reordered or substituted.
    Obfuscated,
    /// One side sums up the other, which is a whole text.
    Summary,
}

/// Share of words kept in order from which a passage is copied with edits rather than
/// written anew. In PAN 2013 train it holds for 61 of 63 passages found among the
/// copied, 5 of 65 among the translated and none of 63 among the shuffled.
const NEAR_VERBATIM_SHARE: f64 = 0.85;

impl Kind {
    /// The word used in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Verbatim => "verbatim",
            Self::NearVerbatim => "near-verbatim",
            Self::Obfuscated => "obfuscated",
            Self::Summary => "summary",
        }
    }
}

/// Two passages that correspond.
#[derive(Clone, Debug, PartialEq)]
pub struct Alignment {
    /// The passage in the document with the lower number, or the first one of a document.
    pub left: Place,
    /// The passage in the other document, or the second one of the same.
    pub right: Place,
    /// How they relate.
    pub kind: Kind,
    /// Share of the words of both passages that the other one has too, in whatever
    /// order, from 0 to 1; of a summary, the share of its own words.
    pub similarity: f64,
    /// How much more likely the words of both passages are if one was made from the
    /// other, in nats; 0 where only their order is evidence, as in a clause.
    pub evidence: f32,
    /// Whether the shared words are more than names and stock phrases.
    pub reported: bool,
    /// Whether it would be, but lies in an obfuscated passage or a summary that is
    /// reported: which words of that one stand in order.
    pub part: bool,
    /// Tokens of the left passage, as indices into its text.
    pub left_tokens: Range<u32>,
    /// Tokens of the right passage, as indices into its text.
    pub right_tokens: Range<u32>,
    /// What leads from the left to the right wording; the edits cover both passages.
    /// A summary is one edit, since it keeps nothing in place.
    pub edits: Vec<Edit>,
}

impl Alignment {
    /// Whether this is wording that was copied in order: a verbatim or near-verbatim
    /// passage, or such a part of another one.
    pub fn is_copied(&self) -> bool {
        self.part || self.reported && matches!(self.kind, Kind::Verbatim | Kind::NearVerbatim)
    }
}

/// The aligned passages, in the order of documents and positions.
pub fn passages(texts: &[Text], chains: &[Chain]) -> Vec<Alignment> {
    let mut alignments: Vec<Alignment> =
        chains.par_iter().map(|chain| alignment(texts, chain)).collect();
    alignments.sort_by_key(|found| (found.left, found.right));
    drop_repeated(&mut alignments);
    alignments
}

/// Leaves out parts of copied passages, whose own edits say as much.
fn drop_repeated(alignments: &mut Vec<Alignment>) {
    let mut copied: HashMap<(DocId, DocId), Vec<[Span; 2]>> = HashMap::new();
    for found in alignments.iter().filter(|found| !found.part && found.is_copied()) {
        let places = copied.entry((found.left.doc, found.right.doc)).or_default();
        places.push([found.left.span, found.right.span]);
    }
    let mostly = |part: Span, whole: Span| {
        let common = part.end().min(whole.end()).saturating_sub(part.start().max(whole.start()));
        2 * common > part.len()
    };
    alignments.retain(|found| {
        let places = copied.get(&(found.left.doc, found.right.doc)).filter(|_| !found.reported);
        !places
            .into_iter()
            .flatten()
            .any(|[left, right]| mostly(found.left.span, *left) && mostly(found.right.span, *right))
    });
}

/// Judges one chain.
fn alignment(texts: &[Text], chain: &Chain) -> Alignment {
    let sides = [&texts[chain.left_doc.index()], &texts[chain.right_doc.index()]];
    let tokens = [&chain.left, &chain.right];
    let edits = match chain.shape {
        Shape::Summary => {
            vec![Edit { kept: false, left: chain.left.clone(), right: chain.right.clone() }]
        }
        _ => edits(sides[0], chain.left.clone(), sides[1], chain.right.clone()),
    };
    let kept: usize = edits.iter().map(Edit::kept_words).sum();
    let in_order = ratio(2 * kept, chain.left.len() + chain.right.len());
    let enough = match chain.shape {
        Shape::Clause | Shape::Part => evidence::is_enough_in_order(sides, &edits, in_order),
        Shape::Echo => false,
        Shape::Passage | Shape::Summary => evidence::is_enough(sides, tokens, chain.evidence),
    };
    Alignment {
        left: Place { doc: chain.left_doc, span: span(sides[0], tokens[0]) },
        right: Place { doc: chain.right_doc, span: span(sides[1], tokens[1]) },
        kind: kind(chain.shape, in_order),
        similarity: similarity(sides, tokens, chain.shape),
        evidence: chain.evidence,
        reported: enough && chain.shape != Shape::Part,
        part: enough && chain.shape == Shape::Part,
        left_tokens: chain.left.clone(),
        right_tokens: chain.right.clone(),
        edits,
    }
}

fn kind(shape: Shape, in_order: f64) -> Kind {
    match shape {
        Shape::Summary => Kind::Summary,
        _ if in_order >= 1.0 => Kind::Verbatim,
        // Its words stand in order, with at most an inflection changed.
        Shape::Clause | Shape::Part => Kind::NearVerbatim,
        _ if in_order >= NEAR_VERBATIM_SHARE => Kind::NearVerbatim,
        _ => Kind::Obfuscated,
    }
}

/// The share of words that the two sides have in common.
fn similarity(sides: [&Text; 2], tokens: [&Range<u32>; 2], shape: Shape) -> f64 {
    let words = |side: usize| evidence::words(sides[side], tokens[side]).map(|(form, _)| form);
    let mut counts = HashMap::new();
    words(0).for_each(|form| *counts.entry(form).or_insert(0_usize) += 1);
    let mut common = 0;
    for form in words(1) {
        if let Some(count) = counts.get_mut(&form).filter(|count| **count > 0) {
            *count -= 1;
            common += 1;
        }
    }
    match shape {
        Shape::Summary => ratio(common, tokens[0].len().min(tokens[1].len())),
        _ => ratio(2 * common, tokens[0].len() + tokens[1].len()),
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    let number = |value: usize| f64::from(u32::try_from(value).expect("documents are under 4 GiB"));
    number(part) / number(whole)
}

/// The bytes of some tokens: whole units with their signs, where the range begins or
/// ends with one.
pub(crate) fn span(text: &Text, tokens: &Range<u32>) -> Span {
    let inner = text.span_of(tokens).expect("no side of a chain is empty");
    let from = text.unit_at(inner.start()).filter(|unit| unit.tokens.start == tokens.start);
    let last = text.tokens[tokens.end as usize - 1].span;
    let upto = text.unit_at(last.start()).filter(|unit| unit.tokens.end == tokens.end);
    let start = from.map_or(inner.start(), |unit| unit.span.start());
    Span::new(start, upto.map_or(inner.end(), |unit| unit.span.end()))
}
