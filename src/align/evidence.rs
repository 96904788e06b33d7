//! Evidence: whether shared words say that wording was reused.
//!
//! Stories about one event share names, titles and dates without sharing wording.
//! Only other content words count as evidence.
//!
//! In:  the edits between two passages.
//! Out: a yes or no.
//! Not here: thresholds that a newsroom sets (`policy`).

use crate::align::Edit;
use crate::text::Form;
use crate::text::Text;
use crate::text::Token;
use std::collections::BTreeSet;
use std::collections::HashSet;
use std::sync::LazyLock;

/// Shared words below which a passage is a phrase that two writers find by chance:
/// the longest such run in five real articles on one event has seven words.
const KEPT_WORDS_MIN: usize = 8;

/// Different shared words that are neither function words nor names nor figures.
const CONTENT_WORDS_MIN: usize = 4;

/// In a long passage fewer content words are enough, when this many shared words are
/// not names: "were signed at the White House on … by Israel" is a sentence, not a list.
const PLAIN_WORDS_MIN: usize = 10;

/// Content words that even a long passage must share.
const CONTENT_WORDS_LEAST: usize = 2;

/// Share of both passages that must be the same: below, the chain joins two phrases.
const SIMILARITY_MIN: f64 = 0.5;

/// English words that carry no content of their own.
static FUNCTION_WORDS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| include_str!("function-words.txt").lines().collect());

/// Whether the kept words are enough to speak of shared wording.
pub(crate) fn is_enough(left: &Text, edits: &[Edit], similarity: f64) -> bool {
    let mut words = 0;
    let mut plain = 0;
    let mut content: BTreeSet<Form> = BTreeSet::new();
    for token in edits.iter().filter(|edit| edit.kept).flat_map(|edit| tokens(left, edit)) {
        let word = left.word(token);
        words += 1;
        if is_plain(word) {
            plain += 1;
            if !FUNCTION_WORDS.contains(word) {
                content.insert(token.form);
            }
        }
    }
    let rich = content.len() >= CONTENT_WORDS_MIN
        || (plain >= PLAIN_WORDS_MIN && content.len() >= CONTENT_WORDS_LEAST);
    words >= KEPT_WORDS_MIN && rich && similarity >= SIMILARITY_MIN
}

/// The left tokens of an edit.
fn tokens<'t>(left: &'t Text, edit: &Edit) -> &'t [Token] {
    &left.tokens[edit.left.start as usize..edit.left.end as usize]
}

/// Whether a word is neither a name nor a figure: written small.
fn is_plain(word: &str) -> bool {
    let small = word.chars().all(|c| c.is_lowercase() || !c.is_alphabetic());
    small && word.chars().any(char::is_alphabetic)
}
