//! Ordinals: which in a row.
//!
//! `the seventh nation`, `7th`, `twenty-first century`, `second-term`. `First` and
//! `second` are adverbs and moments more often than figures, so they need a
//! determiner and a noun around them.
//!
//! In:  a [`Line`] and where in it an ordinal may begin.
//! Out: a [`Figure`] of kind [`Kind::Ordinal`], or where to go on.
//! Not here: `6th of November` (`when`), `two thirds` (`ratio`), and `second-largest`
//! beyond its position (`superlative`).

use super::Kind;
use super::Unit;
use super::Value;
use super::boundary;
use super::lex::Line;
use super::lexicon::Trigger;
use super::lexicon::lexicon;
use super::noun;
use super::numeral;
use super::scan::Figure;
use super::superlative;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// Reads the position at `at`, if it orders something; returns where to go on, or nothing
/// if no position stands there.
pub(super) fn read(line: &Line, at: usize, found: &mut Vec<Figure>) -> Option<usize> {
    let (position, to) = position(line, at)?;
    // "twenty first graders" are twenty.
    let spaced = line.is_word(at) && to == at + 2 && !line.is_glued(at + 1);
    if spaced && line.trigger(at + 1).is_figure() {
        return None;
    }
    Some(emit(line, at, to, position, found))
}

/// The position that begins at `at`, and the lexeme after it.
pub(super) fn position(line: &Line, at: usize) -> Option<(Decimal, usize)> {
    let read =
        suffixed(line, at).or_else(|| last_word(line, at)).or_else(|| after_numeral(line, at))?;
    // "second to last" counts from the end.
    let from_end = line.lower(read.1) == "to" && line.lower(read.1 + 1) == "last";
    (!from_end).then_some(read)
}

/// The position at `at` as an integer, and where it ends.
pub(super) fn whole_position(line: &Line, at: usize) -> Option<(i64, usize)> {
    position(line, at).and_then(|(position, to)| Some((position.to_i64()?, to)))
}

/// `11th`.
fn suffixed(line: &Line, at: usize) -> Option<(Decimal, usize)> {
    let ending = matches!(line.lower(at + 1), "st" | "nd" | "rd" | "th");
    (line.is_number(at) && line.is_glued(at + 1) && ending).then_some(())?;
    Some((line.text(at).replace(',', "").parse().ok()?, at + 2))
}

/// `seventh`, `seventythird`; nothing for the seconds and thirds of time and fractions.
fn last_word(line: &Line, at: usize) -> Option<(Decimal, usize)> {
    let lower = line.lower(at);
    if let Trigger::Ordinal(position) = line.trigger(at) {
        return Some((Decimal::from(position), at + 1));
    }
    let scale = lower.strip_suffix("th").map(|stem| lexicon().small_trigger(stem));
    if let Some(Trigger::Scale(power)) = scale {
        return Some((numeral::ten_to(power), at + 1));
    }
    let split = lower.find("ty")? + 2;
    let (Trigger::Cardinal(tens), Trigger::Ordinal(ones @ 1..10)) = (
        lexicon().small_trigger(lower.get(..split)?),
        lexicon().small_trigger(lower.get(split..)?),
    ) else {
        return None;
    };
    Some((Decimal::from(u16::from(tens) + ones), at + 1))
}

/// `twenty-fifth`, `one hundred twenty-fifth`, `two hundredth`.
fn after_numeral(line: &Line, at: usize) -> Option<(Decimal, usize)> {
    line.is_word(at).then_some(())?;
    let head = numeral::whole(line, at).filter(|head| head.spelled)?;
    let and = usize::from(line.lower(head.to) == "and");
    let dash = usize::from(matches!(line.glued_mark(head.to), Some('-' | '—' | '–')));
    let end = head.to + and.max(dash);
    let (last, to) = last_word(line, end)?;
    let tens = head.value % Decimal::ONE_HUNDRED;
    let after_ten =
        tens >= Decimal::from(20) && (tens % Decimal::TEN).is_zero() && last < Decimal::TEN;
    let after_scale = head.scale > Decimal::ONE && last < head.scale;
    if after_ten || after_scale {
        return Some((head.value.checked_add(last)?, to));
    }
    let scaled = last >= Decimal::ONE_HUNDRED && and == 0;
    scaled.then(|| head.value.checked_mul(last)).flatten().map(|value| (value, to))
}

/// Adds the ordinal in `from..to`, if it orders something; returns where to go on.
fn emit(line: &Line, from: usize, to: usize, position: Decimal, found: &mut Vec<Figure>) -> usize {
    let before = from.checked_sub(1).map_or("", |before| line.lower(before));
    let words = &lexicon().words;
    if !boundary::opens(line, from) || is_name(line, from, to) || is_part(line, to, before) {
        return to;
    }
    let hyphened = line.glued_mark(to) == Some('-') && line.is_word(to + 1);
    let best = if hyphened { to + 1 } else { to };
    let sure = hyphened || position > Decimal::TWO || is_determined(line, from, before);
    if line.trigger(best) == Trigger::Most && sure {
        let Some((figure, end)) = superlative::ranked(line, from, best, position) else {
            return best + 1;
        };
        found.push(figure);
        return end;
    }
    if hyphened && !is_compound(line.lower(to + 1)) {
        return boundary::chain_end(line, to - 1);
    }
    // "second-term accords" orders terms; "third-largest port" orders ports.
    let noun = match hyphened.then(|| line.lower(to + 1)) {
        Some(part) if words.ordinal_compounds.contains(part) && part != "ever" => {
            Some(noun::Noun { at: to + 1, lemma: part.to_owned() })
        }
        Some(_) => noun::ordered(line, to + 2),
        None => noun::ordered(line, to),
    };
    let adverb = position <= Decimal::TWO && !is_determined(line, from, before);
    let ranked = words.ranking.contains(before);
    if (noun.is_none() || adverb) && !(ranked && position > Decimal::TWO) {
        return to;
    }
    let (unit, noun) = match noun {
        Some(noun) => (Unit::Things(noun.lemma.into()), Some(line.range(noun.at, noun.at + 1))),
        None => (Unit::None, None),
    };
    let value = Value::exactly(position, unit);
    found.push(Figure::new(line, (from, to), Kind::Ordinal, value).of(noun));
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
        || (words.ordinal_idioms.contains(&idiom) && !is_occasion(line, from, to))
        || (line.is_capitalised(to) && words.ordinal_names.contains(next))
}

/// `for the first time` says that nothing of the kind was before.
fn is_occasion(line: &Line, from: usize, to: usize) -> bool {
    let before = |back: usize| from.checked_sub(back).map_or("", |at| line.lower(at));
    line.lower(to) == "time" && before(1) == "the" && before(2) == "for"
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
            ("for the first time since May",           vec!["ordinal 1 time: first", "date relative: May"]),
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
            "the first time he left",
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
