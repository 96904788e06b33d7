//! Phrases that can speak: `Dana Ruiz`, `the White House`, `a senior official of the
//! ministry`, `she`.
//!
//! Without a parser, by position, capitals and a list of nouns.
//!
//! In:  a [`Line`] and a place in it.
//! Out: [`Phrase`].
//! Not here: verbs of saying (`speaker`) and whom a pronoun means (`people`).

use super::lex::Line;
use super::lexicon::Trigger;
use super::lexicon::lexicon;

/// A phrase that can speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phrase {
    /// The lexemes from the first up to and without the second.
    Name(usize, usize),
    /// `he`, `she`, `they`.
    Pronoun(usize),
}

impl Phrase {
    /// Where it begins.
    pub(super) fn start(self) -> usize {
        match self {
            Self::Name(from, _) => from,
            Self::Pronoun(at) => at,
        }
    }

    /// Where it ends.
    pub(super) fn end(self) -> usize {
        match self {
            Self::Name(_, to) => to,
            Self::Pronoun(at) => at + 1,
        }
    }
}

/// How many lexemes a phrase may have: "the head of the EU Delegation to Latvia".
const LEXEMES_MAX: usize = 12;

/// Nouns after a name: `press secretary`.
const NOUNS_MAX: usize = 3;

/// The name that stands between commas after a phrase of common words: `Dana Ruiz` in
/// `the mayor, Dana Ruiz, said`.
pub(super) fn apposed(line: &Line, who: Phrase) -> Option<Phrase> {
    let Phrase::Name(_, to) = who else { return None };
    // "the mayor of Port Ellery, Dana Ruiz, said"
    let office = Some(to + 1)
        .filter(|_| matches!(line.lower(to), "of" | "for" | "at" | "in" | "from"))
        .and_then(|next| proper_from(line, next));
    let (common, to) = (!line.is_capitalised(to - 1), office.map_or(to, Phrase::end));
    if !common || line.mark(to) != Some(',') {
        return None;
    }
    let article = usize::from(is_article(line, to + 1));
    let first = (to + 1 + article..to + 6).find(|at| is_proper(line, *at))?;
    let small = (to + 1 + article..first).all(|at| line.is_word(at) && !is_finite(line, at));
    let Phrase::Name(from, end) = proper_from(line, first)? else { return None };
    let ends = |mark| matches!(mark, ',' | '.' | '(' | ';' | ':' | '—' | '–');
    let closed = line.mark(end).is_none_or(ends);
    // "her sister, Awa, said"
    let kin = is_owner(line, who.start()) && line.mark(end) == Some(',');
    (small && (end - from > 1 || kin) && closed).then_some(Phrase::Name(from, end))
}

/// Whether the phrase from `from` to `to` names a person, as far as its words tell: `he`
/// is no ministry.
pub(super) fn is_person(line: &Line, from: usize, to: usize) -> bool {
    let last = line.lower(to - 1);
    if is_body(last) {
        return false;
    }
    if !line.is_capitalised(to - 1) {
        return is_speaking_noun(last);
    }
    // "The White Tower" is none, "the mayor, Dana Ruiz" and "the poet Dana Ruiz" are.
    let opened = matches!(line.lower(from), "the" | "a" | "an");
    let titled = (from + 1..to - 1).any(|at| is_speaking_noun(line.lower(at)));
    (!opened || titled) && !(from..to).any(|at| line.mark(at) == Some('&'))
}

/// The first name of a person in a line, after the head of the sentence.
pub(super) fn first_person(line: &Line) -> Option<Phrase> {
    let first = (1..line.len().min(FIRST_LEXEMES_MAX)).find(|at| {
        let placed = matches!(line.lower(at - 1), "in" | "at" | "from" | "near" | "to");
        is_proper(line, *at) && !placed && !is_pronoun(line, *at)
    })?;
    let who = proper_from(line, first)?;
    is_person(line, who.start(), who.end()).then_some(who)
}

/// How far into a sentence a person is looked for, in lexemes.
const FIRST_LEXEMES_MAX: usize = 24;

/// The phrase that begins at `at`.
pub(super) fn beginning(line: &Line, at: usize) -> Option<Phrase> {
    if is_pronoun(line, at) {
        return Some(Phrase::Pronoun(at));
    }
    // "one of the sailors"
    if line.lower(at + 1) == "of" && is_owner(line, at) {
        let whole = proper_from(line, at + 2).or_else(|| common_from(line, at + 2))?;
        return Some(Phrase::Name(at, whole.end()));
    }
    proper_from(line, at).or_else(|| common_from(line, at)).or_else(|| indefinite(line, at))
}

/// `others` in `others shouted back`, `one` in `said one, who asked not to be named`.
fn indefinite(line: &Line, at: usize) -> Option<Phrase> {
    let indefinite = matches!(
        line.lower(at),
        "one"
            | "another"
            | "others"
            | "some"
            | "many"
            | "several"
            | "most"
            | "both"
            | "neither"
            | "everyone"
            | "everybody"
            | "someone"
            | "somebody"
            | "nobody"
    );
    let next = line.lower(at + 1);
    let reports = &lexicon().reports;
    let alone = !line.is_word(at + 1) && !line.is_number(at + 1)
        || reports.verbs.contains_key(next)
        || reports.between.contains(next)
        || reports.prepositions.contains(next)
        || next == "who";
    (indefinite && alone).then_some(Phrase::Name(at, at + 1))
}

/// The phrase that ends before the lexeme at `end`.
pub(super) fn ending(line: &Line, end: usize) -> Option<Phrase> {
    let mut last = end.checked_sub(1)?;
    // "analysts at Tarn & Co. warn"
    if line.glued_mark(last) == Some('.') && last > 0 && line.is_capitalised(last - 1) {
        last -= 1;
    }
    if is_pronoun(line, last) {
        return Some(Phrase::Pronoun(last));
    }
    let word = line.lower(last);
    let common = is_speaking_noun(word) && !line.is_capitalised(last);
    if !common && (!is_proper(line, last) || word.ends_with("'s")) {
        return None;
    }
    Some(Phrase::Name(start_of(line, last), end))
}

/// Whether the lexeme at `at` is a pronoun that can speak.
pub(super) fn is_pronoun(line: &Line, at: usize) -> bool {
    lexicon().reports.pronouns.contains(line.lower(at))
}

/// Whether a lower-case word names somebody who can speak.
pub(super) fn is_speaking_noun(word: &str) -> bool {
    let nouns = &lexicon().reports.nouns;
    nouns.contains(word) || word.strip_suffix('s').is_some_and(|one| nouns.contains(one))
}

/// Whether a lower-case word names a person who can speak: `mayor`, and not `ministry`.
pub fn is_person_noun(word: &str) -> bool {
    is_speaking_noun(word) && !is_body(word)
}

/// Whether a lower-case word names a body or a document.
fn is_body(word: &str) -> bool {
    let bodies = &lexicon().reports.bodies;
    bodies.contains(word) || word.strip_suffix('s').is_some_and(|one| bodies.contains(one))
}

/// Whether a capital at `at` belongs to a name: no weekday, month or small word at the
/// head of a sentence.
pub(super) fn is_proper(line: &Line, at: usize) -> bool {
    let dated = matches!(line.trigger(at), Trigger::Weekday(_))
        || (matches!(line.trigger(at), Trigger::Month(_)) && line.is_number(at + 1));
    let word = line.lower(at);
    // "the coach, Will Odom"
    let given = at > 0 && word == "will" && line.is_capitalised(at + 1);
    line.is_capitalised(at) && !dated && (given || !lexicon().words.stop.contains(word))
}

/// `Ruiz`, `the White House`, `Secretary of State Ruiz`, `Harbour Ministry officials`.
fn proper_from(line: &Line, start: usize) -> Option<Phrase> {
    let mut to = start + usize::from(is_article(line, start));
    let mut end = None;
    while to < start + LEXEMES_MAX {
        let word = line.lower(to);
        let joint = matches!(word, "of" | "to" | "the" | "for" | "and") || is_particle(word);
        let goes_on = joint && end.is_some() && followed_by_name(line, to);
        let hyphen = line.glued_mark(to) == Some('-') && line.is_glued(to + 1);
        let ampersand = line.mark(to) == Some('&') && end.is_some() && is_proper(line, to + 1);
        let point = is_short(line, to) && line.is_capitalised(to + 1);
        if is_proper(line, to) {
            end = Some(to + 1);
            if line.lower(to).ends_with("'s") && !followed_by_title(line, to + 1) {
                break;
            }
        } else if !(goes_on || hyphen || ampersand || point) {
            break;
        }
        to += 1;
    }
    let end = end?;
    // "Harbour Ministry officials", "the White Tower press secretary"
    let noun = |at: &usize| is_speaking_noun(line.lower(*at)) && !line.is_glued(*at);
    let noun = (end..end + NOUNS_MAX).take_while(noun).last();
    // "Harbour boss Dana Ruiz"
    let named = noun
        .filter(|last| is_proper(line, last + 1) && line.is_capitalised(last + 1))
        .and_then(|last| proper_from(line, last + 1));
    let end = named.map_or(noun.map_or(end, |last| last + 1), Phrase::end);
    Some(Phrase::Name(start, end))
}

/// Whether a name goes on after the joint at `at`: `of the White House`. `and` joins two
/// only where the second is a name itself: `Tarn and Ostrova`.
///
/// `to` does so only in a title: `Ambassador to the UN`.
fn followed_by_name(line: &Line, at: usize) -> bool {
    let word = line.lower(at);
    let mut next = at + 1 + usize::from(line.lower(at + 1) == "the" && word != "and");
    // "van der Meer", "al-Fahim"
    let inside = |at: usize| is_particle(line.lower(at)) || line.glued_mark(at) == Some('-');
    while inside(next) && next < at + 4 {
        next += 1;
    }
    is_proper(line, next) && (word != "to" || is_speaking_noun(line.lower(at - 1)))
}

/// Whether a small word stands inside names of persons: `van der Meer`, `bin Rashid`.
pub(super) fn is_particle(word: &str) -> bool {
    matches!(
        word,
        "al" | "ben"
            | "bin"
            | "bint"
            | "da"
            | "das"
            | "de"
            | "del"
            | "den"
            | "der"
            | "di"
            | "do"
            | "dos"
            | "du"
            | "el"
            | "ibn"
            | "la"
            | "le"
            | "van"
            | "von"
            | "y"
            | "zu"
    )
}

/// Whether the owner before `at` is part of a name: `Kazakhstan's Vice Minister`.
fn followed_by_title(line: &Line, at: usize) -> bool {
    is_proper(line, at) || is_speaking_noun(line.lower(at)) || is_speaking_noun(line.lower(at + 1))
}

/// `an unnamed U.S. official`, `two people close to the talks`, `critics`.
fn common_from(line: &Line, at: usize) -> Option<Phrase> {
    let stop = |word: &str| lexicon().words.stop.contains(word);
    let opener = is_article(line, at)
        || line.is_number(at)
        || matches!(
            line.lower(at),
            "one"
                | "my"
                | "our"
                | "your"
                | "another"
                | "some"
                | "many"
                | "several"
                | "most"
                | "other"
                | "his"
                | "her"
                | "their"
                | "its"
                | "this"
                | "that"
                | "these"
                | "those"
        );
    let own = opener && line.lower(at + 1) == "own";
    let first = at + usize::from(opener) + usize::from(own);
    let words = (first..at + LEXEMES_MAX).take_while(|next| {
        let word = line.is_word(*next) && !stop(line.lower(*next));
        word || line.is_number(*next) || line.glued_mark(*next) == Some('-')
    });
    let noun = words.filter(|word| is_speaking_noun(line.lower(*word))).last();
    let noun = noun?;
    // "the poet Dana Ruiz"
    let named = proper_from(line, noun + 1).filter(|_| !line.is_glued(noun + 1));
    Some(Phrase::Name(at, named.map_or(noun + 1, Phrase::end)))
}

/// Where the phrase that ends with the word at `last` begins.
fn start_of(line: &Line, last: usize) -> usize {
    let stop = |at: usize| lexicon().words.stop.contains(line.lower(at));
    let mut from = last;
    while from > 0 && last - from < LEXEMES_MAX {
        let before = from - 1;
        let hyphen =
            line.glued_mark(before) == Some('-') && before > 0 || line.mark(before) == Some('&');
        let point = is_short(line, before);
        let small = !line.is_capitalised(last) || is_speaking_noun(line.lower(before));
        let common = small && line.is_word(before) && !stop(before) && !is_finite(line, before);
        // "his own party", "the 1998 campaign"
        let own = line.lower(before) == "own" && before > 0 && is_owner(line, before - 1);
        let counted = small && line.is_number(before) && before > 0 && is_article(line, before - 1);
        if !(is_proper(line, before) || hyphen || point || common || own || counted) {
            break;
        }
        from = before;
    }
    let article = from > 0 && (is_article(line, from - 1) || is_owner(line, from - 1));
    let start = from - usize::from(article);
    // "a spokesman for the ministry", "Ambassador to the UN Dana Ruiz".
    let joint = start
        .checked_sub(2)
        .filter(|_| matches!(line.lower(start - 1), "of" | "for" | "at" | "to" | "from" | "with"));
    match joint {
        Some(head) if last - head < LEXEMES_MAX && heads(line, head) => start_of(line, head),
        _ => start,
    }
}

/// Whether the word at `at` can stand before `of` in a name or a title.
fn heads(line: &Line, at: usize) -> bool {
    is_speaking_noun(line.lower(at)) || is_proper(line, at)
}

/// Whether the word at `at` is an adverb in `-ly` or a verb of saying, and no part of a name.
fn is_finite(line: &Line, at: usize) -> bool {
    let word = line.lower(at);
    word.ends_with("ly") || lexicon().reports.verbs.contains_key(word)
}

fn is_article(line: &Line, at: usize) -> bool {
    matches!(line.lower(at), "the" | "a" | "an")
}

fn is_owner(line: &Line, at: usize) -> bool {
    matches!(
        line.lower(at),
        "his"
            | "her"
            | "their"
            | "its"
            | "my"
            | "our"
            | "your"
            | "one"
            | "two"
            | "three"
            | "some"
            | "many"
            | "several"
            | "most"
            | "both"
    )
}

/// Whether the point at `at` shortens a title or a name: `Sen.`, `J.`
pub(super) fn is_short(line: &Line, at: usize) -> bool {
    let Some(before) = at.checked_sub(1).filter(|_| line.glued_mark(at) == Some('.')) else {
        return false;
    };
    let initial = line.is_capitalised(before) && line.text(before).chars().count() == 1;
    initial || lexicon().reports.titles.contains(line.lower(before))
}
