//! The rest of a text: what it is about, apart from what other texts have too.
//!
//! In:  two texts.
//! Out: how alike their content words are.
//! Not here: which of their units are repeated.

use crate::divergence::shared::is_plain;
use crate::text::Form;
use crate::text::Text;
use std::collections::BTreeSet;

/// Letters from which a small word is taken for a content word.
const CONTENT_BYTES_MIN: usize = 6;

/// Different content words below which it cannot be told what a text is about.
const CONTENT_WORDS_MIN: usize = 15;

/// Likeness below which texts are about different things. Measured: two of five real
/// articles on one event are alike by .24 to .32 (median .28), two of 60 web pages of a
/// public collection by .03 in the median and .14 at most.
const RELATED_MIN: f64 = 0.15;

/// The content words of a text in those of its units that are its own: long words, and
/// names that do not merely begin a sentence.
pub(super) fn content(text: &Text, is_own: impl Fn(usize) -> bool) -> BTreeSet<Form> {
    let units = text.units.iter().enumerate().filter(|(index, _)| is_own(*index));
    let tokens = units.flat_map(|(_, unit)| unit.tokens.clone().zip(0..));
    let is_content = |(token, place): &(u32, usize)| {
        let length = text.tokens[*token as usize].folded.len();
        let word = text.word(&text.tokens[*token as usize]);
        is_plain(text, *token) && length >= CONTENT_BYTES_MIN
            || *place > 0 && word.starts_with(char::is_uppercase)
    };
    tokens.filter(is_content).map(|(token, _)| text.tokens[token as usize].form).collect()
}

/// How alike two sets of words are, from 0 to 1 (cosine), if there are enough.
pub(super) fn likeness(left: &BTreeSet<Form>, right: &BTreeSet<Form>) -> Option<f64> {
    if left.len().min(right.len()) < CONTENT_WORDS_MIN {
        return None;
    }
    let count = |words: usize| f64::from(u32::try_from(words).unwrap_or(u32::MAX));
    let common = left.intersection(right).count();
    Some(count(common) / (count(left.len()) * count(right.len())).sqrt())
}

/// Whether most pairs of texts are about different things. A pair of which that cannot
/// be told counts as alike.
pub(super) fn are_unrelated(pairs: impl Iterator<Item = Option<f64>>) -> bool {
    let (mut apart, mut all) = (0, 0);
    for likeness in pairs {
        all += 1;
        apart += usize::from(likeness.is_some_and(|likeness| likeness < RELATED_MIN));
    }
    2 * apart > all
}
