//! Alignments: which passage of one text corresponds to which of another.
//!
//! In:  texts and the chains of shared words between them.
//! Out: [`Alignment`]s with a kind, a similarity and whether they are worth reporting.
//! Not here: what the difference means (`divergence`).

mod edit;
mod evidence;

pub use edit::Edit;
pub use edit::edits;

use crate::reuse::Chain;
use crate::span::Place;
use crate::text::Text;
use std::ops::Range;

/// How two aligned passages relate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The same words in the same order.
    Verbatim,
    /// The same words but for small edits.
    NearVerbatim,
}

impl Kind {
    /// The word used in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Verbatim => "verbatim",
            Self::NearVerbatim => "near-verbatim",
        }
    }
}

/// Two passages that correspond.
#[derive(Clone, Debug, PartialEq)]
pub struct Alignment {
    /// The passage in the document with the lower number.
    pub left: Place,
    /// The passage in the other document.
    pub right: Place,
    /// How they relate.
    pub kind: Kind,
    /// Share of the words of both passages that stand in both, from 0 to 1.
    pub similarity: f64,
    /// Whether the shared words are more than names and stock phrases.
    pub reported: bool,
    /// Tokens of the left passage, as indices into its text.
    pub left_tokens: Range<u32>,
    /// Tokens of the right passage, as indices into its text.
    pub right_tokens: Range<u32>,
}

/// The aligned passages, in the order of documents and positions.
pub fn passages(texts: &[Text], chains: &[Chain]) -> Vec<Alignment> {
    let mut alignments: Vec<Alignment> =
        chains.iter().map(|chain| alignment(texts, chain)).collect();
    alignments.sort_by_key(|found| (found.left, found.right));
    alignments
}

/// Judges one chain.
fn alignment(texts: &[Text], chain: &Chain) -> Alignment {
    let left = &texts[chain.left_doc.index()];
    let right = &texts[chain.right_doc.index()];
    let span = |text: &Text, tokens| text.span_of(tokens).expect("no side of a chain is empty");
    let edits = edits(left, chain.left.clone(), right, chain.right.clone());
    let kept: usize = edits.iter().map(Edit::kept_words).sum();
    let words = chain.left.len() + chain.right.len();
    let kind = if 2 * kept == words { Kind::Verbatim } else { Kind::NearVerbatim };
    Alignment {
        left: Place { doc: chain.left_doc, span: span(left, &chain.left) },
        right: Place { doc: chain.right_doc, span: span(right, &chain.right) },
        kind,
        similarity: similarity(kept, words),
        reported: evidence::is_enough(left, &edits, similarity(kept, words)),
        left_tokens: chain.left.clone(),
        right_tokens: chain.right.clone(),
    }
}

/// Twice the kept words over the words of both sides (Dice's coefficient).
fn similarity(kept: usize, words: usize) -> f64 {
    let count = |value: usize| f64::from(u32::try_from(value).expect("documents are under 4 GiB"));
    2.0 * count(kept) / count(words)
}
