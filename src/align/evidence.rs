//! Evidence: whether shared words say that wording was reused.
//!
//! Stories about one event share names, titles and dates without sharing wording.
//! Only other words count as evidence, in whatever order.
//!
//! In:  a passage of two texts.
//! Out: a yes or no.
//! Not here: how likely the shared words are by chance (`reuse`), thresholds that a
//! newsroom sets (`policy`).

use crate::align::Edit;
use crate::text::Form;
use crate::text::Text;
use std::collections::HashMap;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

/// Words kept in order below which a clause is a phrase that two writers find by chance:
/// the longest such run in five real articles on one event has seven words.
const KEPT_WORDS_MIN: usize = 8;

/// Share of both sides of a clause that must be the same: below, it joins two phrases.
const SIMILARITY_MIN: f64 = 0.5;

/// Different shared words that are neither function words nor names nor figures.
const CONTENT_WORDS_MIN: usize = 4;

/// In a long passage fewer content words are enough, when this many shared words are
/// not names: "were signed at the White House on … by Israel" is a sentence, not a list.
const PLAIN_WORDS_MIN: usize = 10;

/// Content words that even a long passage must share.
const CONTENT_WORDS_LEAST: usize = 2;

/// Nats from which names count as wording: what names of one subject never reach.
const STRONG_NATS: f32 = 100.0;

/// Different shared words, names and figures included, that such a passage has.
const STRONG_WORDS_MIN: usize = 8;

/// English words that carry no content of their own.
static FUNCTION_WORDS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| include_str!("function-words.txt").lines().collect());

/// Whether the words that both passages hold are enough to speak of shared wording.
///
/// Names and titles are, when they are many and no others of the texts' subject: a
/// bibliography. `nats` is how much more likely the words are under reuse.
pub(crate) fn is_enough(texts: [&Text; 2], tokens: [&Range<u32>; 2], nats: f32) -> bool {
    let mut right: HashMap<Form, bool> = HashMap::new();
    for (form, word) in words(texts[1], tokens[1]) {
        *right.entry(form).or_default() |= is_plain(word);
    }
    let shared = || words(texts[0], tokens[0]).filter(|(form, _)| right.contains_key(form));
    let content: HashSet<Form> = shared()
        .filter(|(_, word)| !FUNCTION_WORDS.contains(word.to_lowercase().as_str()))
        .map(|(form, _)| form)
        .collect();
    let strong = nats >= STRONG_NATS && content.len() >= STRONG_WORDS_MIN;
    strong || is_rich(shared().filter(|(form, _)| right[form]))
}

/// Whether the words that a clause keeps in order are enough.
pub(crate) fn is_enough_in_order(texts: [&Text; 2], edits: &[Edit], in_order: f64) -> bool {
    let pairs = edits.iter().filter(|edit| edit.kept).flat_map(|edit| {
        words(texts[0], &edit.left).zip(words(texts[1], &edit.right).map(|(_, word)| word))
    });
    let kept: Vec<((Form, &str), &str)> = pairs.collect();
    let long = kept.len() >= KEPT_WORDS_MIN && in_order >= SIMILARITY_MIN;
    let plain = kept.into_iter().filter(|(_, right)| is_plain(right)).map(|(left, _)| left);
    long && is_rich(plain)
}

/// Whether shared words are more than names, figures and function words. A word that
/// is written large in one text counts as a name in both.
fn is_rich<'t>(shared: impl Iterator<Item = (Form, &'t str)>) -> bool {
    let mut plain = 0;
    let mut content: HashSet<Form> = HashSet::new();
    for (form, word) in shared.filter(|(_, word)| is_plain(word)) {
        plain += 1;
        if !FUNCTION_WORDS.contains(word) {
            content.insert(form);
        }
    }
    content.len() >= CONTENT_WORDS_MIN
        || (plain >= PLAIN_WORDS_MIN && content.len() >= CONTENT_WORDS_LEAST)
}

/// The words of a passage.
pub(super) fn words<'t>(
    text: &'t Text,
    tokens: &Range<u32>,
) -> impl Iterator<Item = (Form, &'t str)> {
    let tokens = &text.tokens[tokens.start as usize..tokens.end as usize];
    tokens.iter().map(|token| (token.form, text.word(token)))
}

/// Whether a word is neither a name nor a figure: written small.
fn is_plain(word: &str) -> bool {
    let small = word.chars().all(|c| c.is_lowercase() || !c.is_alphabetic());
    small && word.chars().any(char::is_alphabetic)
}
