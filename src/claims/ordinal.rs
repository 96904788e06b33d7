//! Ordinals: which in a row.
//!
//! `the seventh nation`, `7th`, `twenty-first century`, `second-term`. `First` and
//! `second` are adverbs and moments more often than figures, so they need a
//! determiner and a noun around them.
//!
//! In:  a [`Line`] and where in it an ordinal may begin.
//! Out: a [`Figure`] of kind [`Kind::Ordinal`], or where to go on.
//! Not here: `6th of November` (`date`), `two thirds` (`count`).

use super::Kind;
use super::Unit;
use super::Value;
use super::boundary;
use super::date;
use super::lex::Line;
use super::lexicon::Trigger;
use super::lexicon::lexicon;
use super::noun;
use super::scan::Figure;
use rust_decimal::Decimal;

/// Reads the ordinal word at `at`.
pub(super) fn spelled(line: &Line, at: usize, found: &mut Vec<Figure>) -> usize {
    let Trigger::Ordinal(position) = line.trigger(at) else { return at + 1 };
    if let Some(next) = date::of_month(line, at, at + 1, position, found) {
        return next;
    }
    emit(line, at, at + 1, position, found)
}

/// Reads `twenty-first` at `at`; nothing if no ordinal ends it.
pub(super) fn compound(line: &Line, at: usize, found: &mut Vec<Figure>) -> Option<usize> {
    let Trigger::Cardinal(tens @ 20..) = line.trigger(at) else { return None };
    let hyphened = line.glued_mark(at + 1) == Some('-') && line.is_glued(at + 2);
    let Trigger::Ordinal(ones @ 1..10) = line.trigger(at + 2) else { return None };
    let position = u16::from(tens) + ones;
    hyphened.then(|| {
        date::of_month(line, at, at + 3, position, found)
            .unwrap_or_else(|| emit(line, at, at + 3, position, found))
    })
}

/// Reads `7th` at `at`; nothing if no ordinal ending touches the digits.
pub(super) fn digits(line: &Line, at: usize, found: &mut Vec<Figure>) -> Option<usize> {
    let suffixed =
        line.is_glued(at + 1) && matches!(line.lower(at + 1).as_str(), "st" | "nd" | "rd" | "th");
    let position: u16 = line.text(at).parse().ok().filter(|_| suffixed)?;
    Some(emit(line, at, at + 2, position, found))
}

/// Adds the ordinal in `from..to`, if it orders something; returns where to go on.
fn emit(line: &Line, from: usize, to: usize, position: u16, found: &mut Vec<Figure>) -> usize {
    let before = from.checked_sub(1).map_or(String::new(), |before| line.lower(before));
    let words = &lexicon().words;
    if !boundary::opens(line, from) || is_name(line, from, to) || is_part(line, to, &before) {
        return to;
    }
    let hyphened = line.glued_mark(to) == Some('-') && line.is_word(to + 1);
    if hyphened && !is_compound(&line.lower(to + 1)) {
        return boundary::chain_end(line, to - 1);
    }
    // "second-term accords" orders terms; "third-largest port" orders ports.
    let noun = match hyphened.then(|| line.lower(to + 1)) {
        Some(part) if words.ordinal_compounds.contains(&part) && part != "ever" => {
            Some(noun::Noun { at: to + 1, lemma: part })
        }
        Some(_) => noun::ordered(line, to + 2),
        None => noun::ordered(line, to),
    };
    let adverb = position <= 2 && !is_determined(line, from, &before);
    let ranked = words.ranking.contains(&before);
    if (noun.is_none() || adverb) && !(ranked && position > 2) {
        return to;
    }
    let (unit, noun) = match noun {
        Some(noun) => (Unit::Things(noun.lemma.into()), Some(line.range(noun.at, noun.at + 1))),
        None => (Unit::None, None),
    };
    let value = Value::exactly(Decimal::from(position), unit);
    found.push(Figure {
        span: line.range(from, to),
        kind: Kind::Ordinal,
        value,
        hedge: None,
        noun,
    });
    to
}

/// `the first`, `Trump's second`, `his first`.
fn is_determined(line: &Line, from: usize, before: &str) -> bool {
    let digits = line.is_number(from);
    digits
        || lexicon().words.determiners.contains(before)
        || before.ends_with("'s")
        || before.ends_with("s'")
}

/// `Fifth Avenue`, `14th Amendment`, `First Lady`, `third party`.
fn is_name(line: &Line, from: usize, to: usize) -> bool {
    let words = &lexicon().words;
    let next = line.lower(to);
    let idiom = format!("{} {next}", line.lower(to - 1));
    let capital = line.is_capitalised(from) && from > 0 && !line.title_case;
    capital
        || words.ordinal_idioms.contains(&idiom)
        || (line.is_capitalised(to) && words.ordinal_names.contains(&next))
}

/// `a third of`, `one fifth`.
fn is_part(line: &Line, to: usize, before: &str) -> bool {
    line.lower(to) == "of" || (before == "one" && line.glued_mark(to) != Some('-'))
}

/// `term`, `largest`.
fn is_compound(part: &str) -> bool {
    lexicon().words.ordinal_compounds.contains(part) || part.ends_with("est")
}

#[cfg(test)]
mod tests {
    use crate::claims::scan::tests::shown;

    /// One row per spelling.
    #[test]
    fn reads_every_spelling() {
        #[rustfmt::skip]
        let cases = [
            ("becoming the eighth city to sign",       vec!["ordinal 8 city: eighth"]),
            ("its 7th Nordic member",                  vec!["ordinal 7 member: 7th"]),
            ("the mayor's second term",                vec!["ordinal 2 term: second"]),
            ("a second-term accord",                   vec!["ordinal 2 term: second"]),
            ("the third-largest port of Latvia",       vec!["ordinal 3 port: third"]),
            ("the twenty-first century",               vec!["ordinal 21 century: twenty-first"]),
            ("it ranked eighth globally",              vec!["ordinal 8: eighth"]),
            ("the first Baltic and Nordic state to",   vec!["ordinal 1 state: first"]),
        ];
        for (text, figures) in cases {
            assert_eq!(shown(text), figures, "{text}");
        }
    }

    #[test]
    fn refuses_what_orders_nothing() {
        for text in [
            "first established in spring",
            "for the first time",
            "wait a second",
            "First, they left. Second, they stayed.",
            "on Fifth Avenue",
            "the 14th Amendment",
            "a third of it",
            "third-party sales",
            "second-hand cars",
            "the Second World War",
        ] {
            assert_eq!(shown(text), Vec::<String>::new(), "{text}");
        }
    }
}
