//! Verbs of saying: which words hand words to somebody where they stand, and which only look
//! like it: `a one-word answer`, `a plan called “X”`, `was called`.
//!
//! In:  a [`Line`] and a place in it.
//! Out: whether it is one.
//! Not here: who says it (`speaker`, `subject`).

use super::lex::Line;
use super::lexicon::lexicon;
use super::phrase;
use super::subject::determined;

/// Whether the word at `at` reports speech.
pub(super) fn is_verb(line: &Line, at: usize) -> bool {
    let word = line.lower(at);
    let known = lexicon().reports.verbs.contains_key(word) && !line.is_capitalised(at);
    known && !is_noun(line, at, word) && !is_filler(line, at)
}

/// Whether the word at `at` that can be a verb is a noun there: `a one-word answer`.
fn is_noun(line: &Line, at: usize, word: &str) -> bool {
    let before = |back: usize| at.checked_sub(back).map_or("", |at| line.lower(at));
    let direct = matches!(
        before(1),
        "the" | "a" | "an" | "this" | "its" | "his" | "her" | "their" | "of" | "no" | "any" | "own"
    );
    let owned = before(1).ends_with("'s") || before(1).ends_with("s'");
    let base = !word.ends_with("ed") && !word.ends_with("ing") && !word.ends_with('s');
    let opened = (2..=NOUN_PHRASE_LEXEMES_MAX)
        .take_while(|back| at >= *back && line.mark(at - back + 1).is_none_or(|mark| mark == '-'))
        .any(|back| matches!(before(back), "a" | "an" | "his" | "her" | "their"));
    direct
        || owned
        || base
            && opened
            && !before(1).ends_with('s')
            && PLAIN_PASTS.iter().all(|past| *past != word)
}

/// How far before a noun its article may stand, in lexemes: `a one-word answer`.
const NOUN_PHRASE_LEXEMES_MAX: usize = 5;

/// Pasts that look like no past, and are no nouns.
const PLAIN_PASTS: [&str; 15] = [
    "said", "told", "wrote", "spoke", "put", "swore", "thought", "saw", "began", "taught", "read",
    "meant", "heard", "wept", "sang",
];

/// Whether the word at `at` is spoken as a mark: `she said, quote, “…”`.
fn is_filler(line: &Line, at: usize) -> bool {
    line.lower(at) == "quote"
        && at > 0
        && line.mark(at - 1) == Some(',')
        && matches!(line.mark(at + 1), Some(',' | ':'))
}

/// Whether the verb at `at` reports speech only beside a quotation.
pub(super) fn is_beside(line: &Line, at: usize) -> bool {
    lexicon().reports.verbs.get(line.lower(at)).is_some_and(|class| class == "beside")
}

/// Whether somebody else than the subject says it: `was called`, `is described as`.
pub(super) fn is_passive(line: &Line, at: usize) -> bool {
    let mut before = at;
    while before > 0 && (line.lower(before - 1).ends_with("ly") || line.lower(before - 1) == "also")
    {
        before -= 1;
    }
    let be = before > 0 && (is_be(line.lower(before - 1)) || line.lower(before - 1) == "so");
    be && !line.lower(at).ends_with("ing")
}

/// Whether the verb at `at` names a thing or a subject and hands no words to anybody:
/// `a plan called “X”`, `to discuss “new roads”`.
pub(super) fn names_only(line: &Line, at: usize) -> bool {
    if line.lower(at).starts_with("discuss") {
        return true;
    }
    let naming = matches!(
        line.lower(at),
        "called"
            | "dubbed"
            | "named"
            | "titled"
            | "entitled"
            | "labelled"
            | "labeled"
            | "termed"
            | "nicknamed"
            | "headlined"
            | "read"
            | "reads"
            | "see"
            | "sees"
            | "saw"
    );
    let direct = (at + 1..line.len())
        .all(|next| line.mark(next).is_some() || matches!(line.lower(next), "the" | "a" | "an"));
    // "what Ruiz called “a gift”" does, and so does "which Ruiz has called “a gift”".
    let end = (0..at).rev().find(|before| !is_between(line.lower(*before)));
    let end = end.map_or(0, |last| last + 1);
    let relative = (at.saturating_sub(8)..at)
        .any(|before| matches!(line.lower(before), "what" | "which" | "whom"));
    let subject = || phrase::ending(line, end).is_some() || determined(line, end).is_some();
    let ends = matches!(line.mark(line.len() - 1), Some(':' | ','));
    naming && direct && !(relative && subject()) && !ends
}

/// Whether the verb at `at` follows `to`: `refused to say`.
pub(super) fn after_to(line: &Line, at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).map_or("", |at| line.lower(at));
    // "she likes to say", "he went on to say"
    let told = matches!(
        before(2),
        "like"
            | "likes"
            | "liked"
            | "love"
            | "loves"
            | "loved"
            | "used"
            | "on"
            | "began"
            | "continued"
            | "proceeded"
    );
    before(1) == "to" && !told
}

pub(super) fn is_be(word: &str) -> bool {
    matches!(word, "is" | "was" | "were" | "are" | "be" | "been" | "being")
}

pub(super) fn is_determiner(word: &str) -> bool {
    lexicon().reports.determiners.contains(word)
}

pub(super) fn is_preposition(word: &str) -> bool {
    lexicon().reports.prepositions.contains(word)
}

/// Words that may stand between a subject and its verb: `has also reportedly said`.
pub(super) fn is_between(word: &str) -> bool {
    lexicon().reports.between.contains(word) || (word.ends_with("ly") && word.len() > 4)
}
