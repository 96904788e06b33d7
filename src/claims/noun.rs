//! The noun a figure counts or orders.
//!
//! Without a parser, by position and form: `29 bilateral agreements worth` counts the
//! last of the first plural words before the phrase ends. Recorded so that
//! `29 agreements` is never held against `29 areas`.
//!
//! In:  a [`Line`] and where the words after a figure begin.
//! Out: the noun's place and its singular.
//! Not here: whether two nouns mean the same thing (`divergence`).

use super::lex::Line;
use super::lexicon::lexicon;

/// A noun: which lexeme, and its singular in lower case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Noun {
    pub(super) at: usize,
    pub(super) lemma: String,
}

/// The class of a noun in the singular, where others count the same things: `home` for
/// `household`.
pub(crate) fn class(noun: &str) -> &str {
    lexicon().nouns.get(noun).map_or(noun, String::as_str)
}

/// How many words may stand between a number and its noun: "29 new bilateral trade agreements".
const MODIFIERS_MAX: usize = 4;

/// The plural noun counted by a number that ends before `at`.
pub(super) fn counted(line: &Line, at: usize) -> Option<Noun> {
    let mut next = at;
    for _ in 0..=MODIFIERS_MAX {
        next = phrase_word(line, next)?;
        if singular(line.lower(next)).is_some() {
            return Some(last_plural(line, next));
        }
        next += 1;
    }
    None
}

/// The singular noun ordered by an ordinal that ends before `at`: the last word of the phrase.
pub(super) fn ordered(line: &Line, at: usize) -> Option<Noun> {
    let mut head = None;
    let mut next = at;
    for _ in 0..=MODIFIERS_MAX {
        let Some(word) = phrase_word(line, next).or_else(|| joined_names(line, next, head)) else {
            break;
        };
        next = word + 1;
        if line.lower(word).ends_with("ly") {
            continue;
        }
        if head.is_some() && looks_verbal(line.lower(word)) {
            break;
        }
        head = Some(word);
    }
    let at = head.filter(|head| !looks_verbal(line.lower(*head)))?;
    let lower = line.lower(at);
    Some(Noun { at, lemma: singular(lower).unwrap_or_else(|| lower.to_owned()) })
}

/// The word at `at`, or after the hyphens there, if the phrase goes on with it.
fn phrase_word(line: &Line, at: usize) -> Option<usize> {
    let mut at = at;
    while matches!(line.glued_mark(at), Some('-')) && line.is_glued(at + 1) {
        at += 1;
    }
    // The part before a hyphen says nothing: "Muslim-majority nations".
    while line.is_word(at) && line.glued_mark(at + 1) == Some('-') && line.is_word(at + 2) {
        at += 2;
    }
    let lower = line.lower(at);
    let words = &lexicon().words;
    let ends = lower.is_empty()
        || line.trigger(at).is_figure()
        || (words.stop.contains(lower) && !words.modifiers.contains(lower));
    (!ends).then_some(at)
}

/// The word after `and` in `Central Asian and post-Soviet state`, when only names stood before it.
fn joined_names(line: &Line, at: usize, head: Option<usize>) -> Option<usize> {
    let after_name = head.is_some_and(|head| line.is_capitalised(head));
    (after_name && matches!(line.lower(at), "and" | "or")).then(|| phrase_word(line, at + 1))?
}

/// The plural that is counted: the one at `at`, or the one it is a part of, as in
/// `arms agreements`. In `29 documents runs` the second word is a verb.
fn last_plural(line: &Line, at: usize) -> Noun {
    let mut at = at;
    while lexicon().words.plural_modifiers.contains(line.lower(at))
        && let Some(next) = phrase_word(line, at + 1)
        && next == at + 1
        && singular(line.lower(next)).is_some()
    {
        at = next;
    }
    let lemma = singular(line.lower(at)).unwrap_or_default();
    Noun { at, lemma }
}

/// The singular of a lower-case word that looks like a plural noun.
fn singular(word: &str) -> Option<String> {
    let words = &lexicon().words;
    if let Some(singular) = words.plurals.get(word) {
        return Some(singular.clone());
    }
    let stem = word.strip_suffix('s')?;
    let no_plural = ["s", "u", "i", "'"].iter().any(|end| stem.ends_with(end));
    if no_plural || stem.len() < 2 || word.contains('\'') || words.stop.contains(word) {
        return None;
    }
    if let Some(stem) = word.strip_suffix("ies") {
        return Some(format!("{stem}y"));
    }
    let sibilant = ["ches", "shes", "xes", "sses", "zzes"].iter().any(|end| word.ends_with(end));
    Some(if sibilant { word[..word.len() - 2].to_owned() } else { stem.to_owned() })
}

/// Past forms and present participles do not head a noun phrase.
fn looks_verbal(word: &str) -> bool {
    let ends = ["ed", "ing"].iter().any(|end| word.ends_with(end));
    ends && !matches!(word, "meeting" | "building" | "wedding" | "hearing" | "bed")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One row per phrase: the words after the number, and the singular of what is counted.
    #[test]
    fn finds_what_is_counted() {
        #[rustfmt::skip]
        let cases = [
            ("bilateral agreements worth much",  Some("agreement")),
            ("Central Asian nations: Oman",      Some("nation")),
            ("people died in storms",            Some("person")),
            ("more countries",                   Some("country")),
            ("arms agreements were signed",      Some("agreement")),
            ("documents runs from here",         Some("document")),
            ("Muslim-majority states",           Some("state")),
            ("boxes of previous crises",         Some("box")),
            (", opening the doors",              None),
            ("of the doors",                     None),
            ("famous bus",                       None),
        ];
        for (text, noun) in cases {
            let found = counted(&Line::new(text), 0);
            assert_eq!(found.map(|noun| noun.lemma).as_deref(), noun, "{text}");
        }
    }

    /// One row per phrase: the words after the ordinal, and the singular of what is ordered.
    #[test]
    fn finds_what_is_ordered() {
        #[rustfmt::skip]
        let cases = [
            ("nation to formally join",                   Some("nation")),
            ("Central Asian and post-Soviet state to be", Some("state")),
            ("term, building",                            Some("term")),
            ("visit ended well",                          Some("visit")),
            ("established in",                            None),
            ("largest monthly total of",                  Some("total")),
            ("globally in",                               None),
        ];
        for (text, noun) in cases {
            let found = ordered(&Line::new(text), 0);
            assert_eq!(found.map(|noun| noun.lemma).as_deref(), noun, "{text}");
        }
    }
}
