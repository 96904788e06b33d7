//! What quoted words are by themselves: a title, a clause.
//!
//! In:  the quoted words, as a [`Line`].
//! Out: how many they are, and what they look like.
//! Not here: what stands around them (`quotation`).

use super::lex::Line;
use super::lexicon::lexicon;

/// How many words are quoted.
pub(super) fn words(inner: &Line) -> usize {
    let word = |at: &usize| (inner.is_word(*at) || inner.is_number(*at)) && !inner.is_glued(*at);
    (0..inner.len()).filter(word).count()
}

/// Whether every word but the joints begins with a capital: a book, a law, a platform.
pub(super) fn is_title(inner: &Line) -> bool {
    let joint = |word: &str| {
        matches!(word, "a" | "an" | "and" | "at" | "by" | "for" | "in" | "of" | "on" | "the" | "to")
    };
    let named = |at: usize| inner.is_capitalised(at) || joint(inner.lower(at));
    let end = inner.len().checked_sub(1).and_then(|last| inner.mark(last));
    let uttered = words(inner) <= 2 && matches!(end, Some('!' | '?'));
    let shouted =
        (0..inner.len()).filter(|at| inner.is_word(*at) && is_shouted(inner.text(*at))).count() > 3;
    !uttered && !shouted && (0..inner.len()).filter(|at| inner.is_word(*at)).all(named)
}

/// Whether a word stands in capitals throughout.
fn is_shouted(word: &str) -> bool {
    word.chars().count() > 1 && !word.chars().any(char::is_lowercase)
}

/// Whether quoted words are a clause somebody uttered, as far as they tell themselves.
pub(super) fn is_clause(inner: &Line) -> bool {
    let last = inner.len().checked_sub(1).and_then(|last| inner.mark(last));
    let clausal = |at: usize| lexicon().reports.clausal.contains(inner.lower(at));
    matches!(last, Some('.' | '!' | '?' | '…')) || (0..inner.len()).any(clausal)
}
