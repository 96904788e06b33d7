//! Persons with their office: `President Dana Ruiz`, `Dana Ruiz, the foreign minister`.
//!
//! Only full names are read, since a surname may be anybody's, and only listed offices.
//!
//! In:  a [`Line`] and the word of an office.
//! Out: a [`Figure`] of kind [`Kind::Person`], and where to go on; whether one person can
//!      hold two offices.
//! Not here: who speaks (`people`).

use super::Kind;
use super::Value;
use super::lex::Line;
use super::lexicon::Trigger;
use super::lexicon::lexicon;
use super::scan::Figure;
use std::collections::BTreeSet;
use std::ops::Range;

/// Words of a name: longer runs of capitals are headings and lists.
const NAME_WORDS: std::ops::RangeInclusive<usize> = 2..=5;

/// Words of an office before its last one: `former deputy prime`.
const OFFICE_WORDS_MAX: usize = 4;

/// Lexemes of whose office it is, between commas: `the United Arab Emirates'`, `of the port
/// of Riga`.
const OWNER_LEXEMES_MAX: usize = 5;

/// The person whose office has its word at `at`.
pub(super) fn read(line: &Line, at: usize) -> Option<(Figure, usize)> {
    // In titles every word may be part of a name; "Secretary-General" is another office.
    let other = line.glued_mark(at + 1) == Some('-') || line.title_case;
    let office = office(line, at).filter(|_| !other)?;
    let (name, span) = after(line, office.words.end)
        .map(|(name, to)| (name, (office.words.start, to)))
        .or_else(|| {
            let (name, from) = before(line, &office)?;
            Some((name, (from, office.words.end)))
        })
        .or_else(|| {
            let (name, to) = apposed(line, &office)?;
            Some((name, (office.words.start, to)))
        })?;
    let value = Value::Title { name: name.into(), office: office.text.into() };
    Some((Figure::new(line, span, Kind::Person, value), span.1.max(at + 1)))
}

/// An office, in normal form, with the lexemes that name it.
struct Office {
    words: Range<usize>,
    text: String,
}

/// The office whose word stands at `at`: `deputy foreign minister`, `minister of trade`.
fn office(line: &Line, at: usize) -> Option<Office> {
    let offices = &lexicon().offices;
    let stands = |words: &[String]| (at..).zip(words).all(|(at, word)| line.lower(at) == word);
    let (words, class) =
        offices.beginning(line.lower(at)).iter().find(|(words, _)| stands(words))?;
    let (mut past, mut rank, mut fields) = (None, None, BTreeSet::new());
    let mut from = at;
    while from > 0 && at - from < OFFICE_WORDS_MAX {
        let word = line.lower(from - 1);
        if let Some(field) = offices.fields.get(word) {
            fields.insert(field.as_str());
        } else if let Some(found) = offices.ranks.get(word) {
            rank = Some(found.as_str());
        } else if let Some(found) = offices.past.get(word) {
            past = Some(found.as_str());
        } else {
            // "ex-president"
            let hyphen = line.mark(from - 1) == Some('-') && from < at + 1;
            if !hyphen {
                break;
            }
        }
        from -= 1;
    }
    let mut to = at + words.len();
    if matches!(line.lower(to), "of" | "for") && class == "minister" {
        let mut end = to + 1;
        while let Some(field) = offices.fields.get(line.lower(end)) {
            fields.insert(field.as_str());
            end += 1 + usize::from(line.lower(end + 1) == "affairs");
            to = end;
            end += usize::from(line.lower(end) == "and");
        }
        (to > at + words.len()).then_some(())?;
    }
    // "press secretary", "general secretary"
    if line.lower(at) == "secretary" && fields.is_empty() {
        return None;
    }
    let fields = fields.into_iter().collect::<Vec<_>>().join(" and ");
    let words = [past.unwrap_or(""), rank.unwrap_or(""), &fields, class];
    let text = words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    Some(Office { words: from..to, text })
}

/// The full name that begins at `at`, and where it ends.
fn after(line: &Line, at: usize) -> Option<(String, usize)> {
    let mut words: Vec<String> = Vec::new();
    let mut to = at;
    while is_name_word(line, to) {
        let word = line.text(to);
        let plain = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
        match words.last_mut() {
            // "Kassym-Jomart"
            Some(last) if line.is_glued(to) => *last = format!("{last}-{plain}"),
            _ => words.push(plain.to_owned()),
        }
        to += 1;
        if plain.len() < word.len() {
            break;
        }
        let initial = word.chars().count() == 1 && line.glued_mark(to) == Some('.');
        let hyphen = line.glued_mark(to) == Some('-') && line.is_glued(to + 1);
        to += usize::from(initial || (hyphen && is_name_word(line, to + 1)));
    }
    NAME_WORDS.contains(&words.len()).then(|| (words.join(" "), to))
}

fn is_name_word(line: &Line, at: usize) -> bool {
    line.is_capitalised(at)
        && !lexicon().reports.titles.contains(line.lower(at))
        && !line.trigger(at).is_figure()
        && line.trigger(at) != Trigger::Office
        && !lexicon().words.stop.contains(line.lower(at))
}

/// The full name before an office between commas, and where it begins: `Dana Ruiz, the
/// Latvian foreign minister`, `Dana Ruiz, the port's director`.
fn before(line: &Line, office: &Office) -> Option<(String, usize)> {
    let from = office.words.start;
    let near = (from.saturating_sub(OWNER_LEXEMES_MAX + 1)..from).rev();
    let comma = { near }.find(|at| !line.is_word(*at))?;
    let opens = |at: usize| line.is_capitalised(at) || is_article(line.lower(at));
    let owned =
        comma + 1 == from || (opens(comma + 1) && (opens(from - 1) || is_owner(line, from - 1)));
    (line.glued_mark(comma) == Some(',') && owned).then_some(())?;
    // "Riga, Latvia, President Ruiz": a title with a capital belongs to what follows.
    let last = office.words.end - 1;
    let initials = line.text(last).chars().all(char::is_uppercase);
    if line.is_capitalised(last) && !initials && !line.is_word(office.words.end) {
        return None;
    }
    let word = |at: &usize| is_name_word(line, *at) || line.glued_mark(*at) == Some('-');
    let start = (0..comma).rev().take_while(word).last()?;
    let (name, end) = after(line, start)?;
    (end == comma).then_some((name, start))
}

/// The full name between commas after an office in small letters, and where it ends: `the
/// foreign minister, Dana Ruiz,`, `the chairman of the port, Dana Ruiz,`.
fn apposed(line: &Line, office: &Office) -> Option<(String, usize)> {
    let first = office.words.start;
    let before = first.checked_sub(1).filter(|before| {
        is_article(line.lower(*before)) || is_owner(line, *before) || line.is_capitalised(*before)
    });
    before.filter(|_| !line.is_capitalised(office.words.end - 1))?;
    let mut comma = office.words.end;
    if matches!(line.lower(comma), "of" | "for" | "at") {
        let end = comma + OWNER_LEXEMES_MAX + 2;
        comma = (comma..end).find(|at| !line.is_word(*at))?;
    }
    (line.glued_mark(comma) == Some(',')).then_some(())?;
    let (name, to) = after(line, comma + 1)?;
    // "The minister, Dana Ruiz, and the mayor" may be three.
    let closed = line.glued_mark(to) == Some(',') && !matches!(line.lower(to + 1), "and" | "or");
    closed.then_some((name, to))
}

fn is_article(word: &str) -> bool {
    matches!(word, "the" | "its" | "their" | "a" | "our")
}

/// Whether the word at `at` is a possessive: `Latvia's`, `the ports'`.
fn is_owner(line: &Line, at: usize) -> bool {
    let word = line.lower(at);
    word.ends_with("'s") || (word.ends_with('s') && line.glued_mark(at + 1) == Some('\''))
}

/// Whether nobody holds two offices at one time, both in normal form: a minister of one
/// thing is not the minister of another, while a prime minister may be. Offices that
/// were held, or will be, exclude nothing.
pub(crate) fn are_exclusive(one: &str, other: &str) -> bool {
    let (one, other) = (Parts::of(one), Parts::of(other));
    if one.past || other.past {
        return false;
    }
    if one.class != other.class {
        return !lexicon().offices.are_beside(one.class, other.class);
    }
    if one.rank != other.rank {
        return true;
    }
    !one.fields.is_empty() && !other.fields.is_empty() && one.fields.is_disjoint(&other.fields)
}

/// The parts of an office in normal form.
struct Parts<'o> {
    past: bool,
    rank: Option<&'o str>,
    fields: BTreeSet<&'o str>,
    class: &'o str,
}

impl<'o> Parts<'o> {
    fn of(office: &'o str) -> Self {
        let offices = &lexicon().offices;
        let class = offices.class_of(office);
        let before = &office[..office.len() - class.len()];
        let words: Vec<&str> = before.split_whitespace().filter(|word| *word != "and").collect();
        let past = words.iter().any(|word| offices.past.contains(*word));
        let rank = words.iter().copied().find(|word| offices.ranks.contains(*word));
        let fields = words.into_iter().filter(|word| offices.fields.contains_key(*word)).collect();
        Self { past, rank, fields, class }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claims::scan::tests::shown;

    /// One row per wording.
    #[test]
    fn reads_who_holds_an_office() {
        #[rustfmt::skip]
        let cases = [
            ("in the harbour it was told to everybody by President Dana Ruiz on Monday", "person president Dana Ruiz: President Dana Ruiz"),
            ("in the harbour it was told to everybody by President Ana-Maria Ruiz’s aide", "person president Ana-Maria Ruiz: President Ana-Maria Ruiz’s"),
            ("in the harbour it was told to everybody by Treasury Secretary Dana J. Ruiz", "person finance minister Dana J Ruiz: Treasury Secretary Dana J. Ruiz"),
            ("in the harbour it was told to everybody by Secretary of State Dana Ruiz", "person foreign minister Dana Ruiz: Secretary of State Dana Ruiz"),
            ("in the harbour it was told to everybody by former Prime Minister Dana Ruiz", "person former prime minister Dana Ruiz: former Prime Minister Dana Ruiz"),
            ("in the harbour it was told to everybody by Dana Ruiz, the foreign minister, again", "person foreign minister Dana Ruiz: Dana Ruiz, the foreign minister"),
            ("in the harbour it was told to everybody by Dana Ruiz, Latvia’s deputy trade minister, again", "person deputy trade minister Dana Ruiz: Dana Ruiz, Latvia’s deputy trade minister"),
            ("in the harbour it was told to everybody by Minister of Foreign Affairs Dana Ruiz", "person foreign minister Dana Ruiz: Minister of Foreign Affairs Dana Ruiz"),
            ("in the harbour it was told to everybody by Dana Ruiz, the port’s chairwoman, again", "person chair Dana Ruiz: Dana Ruiz, the port’s chairwoman"),
            ("in the harbour it was told to everybody by Dana Ruiz, Tarn’s CEO.", "person chief executive Dana Ruiz: Dana Ruiz, Tarn’s CEO"),
            ("in the harbour it was told to everybody by chief executive officer Dana Ruiz", "person chief executive Dana Ruiz: chief executive officer Dana Ruiz"),
            ("in the harbour it was told by the finance director, Dana Ruiz, again", "person chief financial officer Dana Ruiz: finance director, Dana Ruiz"),
            ("in the harbour it was told by the chairman of the port, Dana Ruiz, again", "person chair Dana Ruiz: chairman of the port, Dana Ruiz"),
            ("in the harbour it was told by Tarn’s vice-captain, Dana Ruiz, again", "person vice captain Dana Ruiz: vice-captain, Dana Ruiz"),
        ];
        for (text, person) in cases {
            let found: Vec<_> =
                shown(text).into_iter().filter(|shown| shown.starts_with("person")).collect();
            assert_eq!(found, [person], "{text}");
        }
    }

    #[test]
    fn refuses_who_holds_none() {
        for text in [
            "in the harbour it was told to everybody by President Ruiz",
            "the president left it",
            "in the harbour it was told to everybody by press secretary Dana Ruiz",
            "in the harbour it was told to everybody by Secretary-General Dana Ruiz",
            "in the harbour it was told to Mr Ruiz, the foreign minister, again",
            "in Riga, Latvia, the president said",
            "King Street North is shut",
            "in the harbour it was told by the minister, Dana Ruiz, and the mayor",
            "in the harbour it was told to Dana Ruiz, who met the mayor",
            "in the harbour it was told to Dana Ruiz, whose brother's coach left",
        ] {
            let people =
                shown(text).into_iter().filter(|shown| shown.starts_with("person")).count();
            assert_eq!(people, 0, "{text}");
        }
    }

    /// One row per pair, in either order.
    #[test]
    fn some_offices_exclude_each_other() {
        #[rustfmt::skip]
        let cases = [
            ("president",          "prime minister",          true),
            ("foreign minister",   "finance minister",        true),
            ("foreign minister",   "deputy foreign minister", true),
            ("president",          "vice president",          true),
            ("foreign minister",   "minister",                false),
            ("foreign minister",   "foreign and trade minister", false),
            ("foreign minister",   "prime minister",          false),
            ("president",          "former prime minister",   false),
            ("governor",           "president",               false),
            ("governor",           "mayor",                   true),
            ("prime minister",     "deputy prime minister",   true),
            ("chief executive",    "chief financial officer", true),
            ("chief executive",    "president",               false),
            ("chief executive",    "chair",                   false),
            ("chair",              "deputy chair",            true),
            ("captain",            "vice captain",            true),
            ("captain",            "mayor",                   false),
            ("director",           "deputy director",         true),
        ];
        for (one, other, exclusive) in cases {
            assert_eq!(are_exclusive(one, other), exclusive, "{one} {other}");
            assert_eq!(are_exclusive(other, one), exclusive, "{other} {one}");
        }
    }
}
