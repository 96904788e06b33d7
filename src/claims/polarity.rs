//! Polarity: whether a text denies a figure instead of stating it.
//!
//! In:  a [`Line`] and where in it a figure begins.
//! Out: whether `not`, `never` or the like holds for it.
//! Not here: how sure the text is of what it states.

use super::lex::Line;

/// How far before a figure the word that denies it may stand, in lexemes.
const REACH: usize = 3;

/// Whether the figure that begins at byte `start` of the line is denied: `not 29 ships`,
/// `did not sign 29 accords`.
pub(super) fn is_denied(line: &Line, start: usize) -> bool {
    let at = line.index_at(start);
    let near = (at.saturating_sub(REACH)..at).rev();
    // "not more than 29" bounds the figure, and "not only 29" states it.
    let bounded =
        |index: usize| matches!(line.lower(index + 1), "more" | "less" | "only" | "just" | "fewer");
    near.map_while(|index| (line.mark(index).is_none()).then_some(index)).any(|index| {
        let word = line.lower(index);
        let denies = matches!(word, "not" | "never" | "without") || word.ends_with("n't");
        denies && !bounded(index)
    })
}
