//! Whose verb it is: the phrase that a verb of saying belongs to.
//!
//! Without a parser: the phrase right before the verb, the one before what is said of it
//! between commas, or the one that begins the clause.
//!
//! In:  a [`Line`] and the place of a verb in it.
//! Out: [`Phrase`].
//! Not here: which words are verbs of saying (`saying`), and the words after one (`speaker`).

use super::lex::Line;
use super::lexicon::lexicon;
use super::phrase;
use super::phrase::Phrase;
use super::saying::after_to;
use super::saying::is_between;
use super::saying::is_determiner;
use super::saying::is_preposition;
use super::speaker::BEFORE_LEXEMES_MAX;

/// The phrase with which the sentence in `line` begins: the subject of most sentences.
pub(super) fn subject(line: &Line) -> Option<Phrase> {
    let first = line.lower(0);
    let small = lexicon().words.stop.contains(first) || first == "according";
    let small = small || opens_participle(line);
    if let Some(who) = phrase::beginning(line, 0).filter(|_| !small || is_determiner(first)) {
        return Some(who);
    }
    if phrase::is_pronoun(line, 0) {
        return Some(Phrase::Pronoun(0));
    }
    // "At the summit, the mayor …", "But the mayor …"
    let short = small && !is_preposition(first) && !opens_participle(line);
    let next = phrase::beginning(line, 1).filter(|_| short);
    let end = line.len().min(BEFORE_LEXEMES_MAX);
    let mut commas = (0..end).filter(|at| line.mark(*at) == Some(','));
    let mut main = || commas.find_map(|comma| phrase::beginning(line, comma + 1));
    // "When the letter came, Ruiz opened it"
    if SUBORDINATORS.contains(&first)
        && let Some(who @ Phrase::Name(..)) = main()
    {
        return Some(who);
    }
    next.or_else(main)
}

/// Words that open a clause before the main one.
const SUBORDINATORS: [&str; 9] =
    ["when", "while", "after", "before", "although", "though", "because", "since", "until"];

/// Whether the sentence in `line` begins with a participle: `Asked whether …`, `Echoing Doe, …`.
fn opens_participle(line: &Line) -> bool {
    let first = line.lower(0);
    (first.ends_with("ed") || first.ends_with("ing")) && !line.is_capitalised(1) && line.is_word(1)
        || first.ends_with("ing") && lexicon().reports.verbs.contains_key(first)
}

/// Who is the subject of the verb at `verb`.
pub(super) fn subject_of(line: &Line, verb: usize) -> Option<Phrase> {
    let mut end = verb;
    while end > 0 && is_between(line.lower(end - 1)) {
        end -= 1;
    }
    let participle = line.lower(verb).ends_with("ing") || after_to(line, verb);
    let beside = phrase::ending(line, end);
    // "with the league saying"
    let with = beside.filter(|who| who.start() > 0 && line.lower(who.start() - 1) == "with");
    if let Some(who) = if participle { with } else { beside } {
        return Some(who);
    }
    // "Ruiz, who said", "a letter that says"
    if end > 1 && matches!(line.lower(end - 1), "who" | "which" | "that") {
        let comma = usize::from(line.mark(end - 2) == Some(','));
        let last = end - 1 - comma;
        // "Ruiz's second term, which has stressed"
        let owner = (last.saturating_sub(4)..last)
            .rev()
            .find(|at| phrase::is_proper(line, *at) && line.lower(*at).ends_with("'s"));
        let owner = owner.filter(|_| comma > 0).map(|at| Phrase::Name(at, at + 1));
        if let Some(who) = phrase::ending(line, last).or(owner) {
            return Some(who);
        }
    }
    apposed_subject(line, end)
        .filter(|_| !participle)
        .or_else(|| clause_subject(line, end))
        .or_else(|| determined(line, end).filter(|_| !participle))
}

/// The phrase before what is said of it between commas: `the coach` in
/// `as the coach, Dana Ruiz, put it`.
fn apposed_subject(line: &Line, end: usize) -> Option<Phrase> {
    let close = end.checked_sub(1).filter(|at| line.mark(*at) == Some(','))?;
    let nearest = close.saturating_sub(APPOSED_LEXEMES_MAX)..close;
    let mut commas = { nearest }.rev().filter(|at| line.mark(*at) == Some(','));
    commas.find_map(|open| {
        let who = phrase::ending(line, open)?;
        let Phrase::Name(from, _) = who else { return None };
        // The commas of a list: "in Bergen, Oslo, said".
        let begins = from == 0
            || line.mark(from - 1).is_some()
            || line.lower(from - 1) == "as"
            || !is_preposition(line.lower(from - 1)) && !line.is_capitalised(from - 1);
        begins.then_some(who)
    })
}

/// What is said of somebody between commas, in lexemes.
pub(super) const APPOSED_LEXEMES_MAX: usize = 16;

/// A phrase whose noun is not in the list, right before its verb: `the old plumber said`,
/// `a sign at the gate reads`.
pub(super) fn determined(line: &Line, end: usize) -> Option<Phrase> {
    let nearest = end.saturating_sub(9)..end.saturating_sub(1);
    let mut start = nearest.rev().find(|at| is_determiner(line.lower(*at)))?;
    let plain = |at: usize| {
        let word = line.is_word(at) && !is_preposition(line.lower(at));
        word || line.is_number(at) || line.mark(at) == Some('-')
    };
    if !(start + 1..end).all(plain) {
        return None;
    }
    while start > 1 && is_preposition(line.lower(start - 1)) {
        let head =
            (end.saturating_sub(12)..start - 1).rev().find(|at| is_determiner(line.lower(*at)));
        match head.filter(|head| *head + 1 < start - 1 && (head + 1..start - 1).all(plain)) {
            Some(head) => start = head,
            None => break,
        }
    }
    Some(Phrase::Name(start, end))
}

/// The phrase that begins the clause in which the lexeme at `end` stands, or the sentence.
fn clause_subject(line: &Line, end: usize) -> Option<Phrase> {
    for at in (1..end).rev() {
        let word = line.lower(at - 1);
        let and = matches!(word, "and" | "but" | "so") && at > 1 && line.mark(at - 2) == Some(',');
        let opens =
            and || matches!(
                word,
                "because"
                    | "while"
                    | "when"
                    | "although"
                    | "though"
                    | "if"
                    | "where"
                    | "whereas"
                    | "but"
            ) || matches!(line.mark(at - 1), Some(';' | ':' | '—'));
        if opens && let Some(who) = phrase::beginning(line, at).filter(|who| who.end() <= end) {
            return Some(who);
        }
    }
    subject(line).filter(|who| who.end() <= end)
}
