//! Edits: what was kept, replaced, dropped and added between two passages.
//!
//! In:  two ranges of tokens.
//! Out: [`Edit`]s in order, which together cover both ranges.
//! Not here: which passages to compare (`reuse`).

use crate::text::Text;
use similar::Algorithm;
use similar::DiffOp;
use std::ops::Range;

/// A step from the left to the right wording, in token positions of the texts.
///
/// Both ranges are non-empty when `kept`; of an edit at most one is empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Whether the words are the same on both sides.
    pub kept: bool,
    /// Tokens of the left text.
    pub left: Range<u32>,
    /// Tokens of the right text.
    pub right: Range<u32>,
}

impl Edit {
    /// How many words this step keeps.
    pub fn kept_words(&self) -> usize {
        if self.kept { self.left.len() } else { 0 }
    }
}

/// The word-level edits that lead from `left_tokens` to `right_tokens`.
pub fn edits(
    left: &Text,
    left_tokens: Range<u32>,
    right: &Text,
    right_tokens: Range<u32>,
) -> Vec<Edit> {
    let forms = |text: &Text, tokens: &Range<u32>| {
        let tokens = &text.tokens[tokens.start as usize..tokens.end as usize];
        tokens.iter().map(|token| token.form).collect::<Vec<_>>()
    };
    let steps = steps(&forms(left, &left_tokens), &forms(right, &right_tokens));
    let in_text = |step: Edit| Edit {
        left: shifted(&step.left, left_tokens.start),
        right: shifted(&step.right, right_tokens.start),
        ..step
    };
    steps.into_iter().map(in_text).collect()
}

/// The edits that lead from the words `left` to the words `right`, by their positions.
pub(crate) fn steps<T: Ord + std::hash::Hash>(left: &[T], right: &[T]) -> Vec<Edit> {
    let position = |range: Range<usize>| {
        let position = |index| u32::try_from(index).expect("documents are under 4 GiB");
        position(range.start)..position(range.end)
    };
    let edit = |op: &DiffOp| Edit {
        kept: matches!(op, DiffOp::Equal { .. }),
        left: position(op.old_range()),
        right: position(op.new_range()),
    };
    similar::capture_diff_slices(Algorithm::Myers, left, right).iter().map(edit).collect()
}

/// A range of positions in a passage as positions in the text.
fn shifted(range: &Range<u32>, start: u32) -> Range<u32> {
    start + range.start..start + range.end
}
