//! Several units in a row as one amount: `5 ft 2 in`, `2 years, 3 months`, `an hour
//! and a half`, `13 dollars 45 cents`.
//!
//! The amount is in the smallest of them, so that it stays exact.
//!
//! In:  a [`Term`] with its first unit.
//! Out: the [`Term`] with the rest.
//! Not here: which words are units (`unit`).

use super::Unit;
use super::amount::Term;
use super::lex::Line;
use super::lexicon::lexicon;
use super::numeral;
use super::numeral::Numeral;
use super::unit;
use rust_decimal::Decimal;

/// `a month`, `an ml`, `thousand litres`, `half a gallon`: one of a unit.
pub(super) fn of_one(line: &Line, at: usize) -> Option<Term> {
    let one = |value, to, unit| {
        let number = Numeral::one(at, at + 1, value);
        Term { from: at, to, number, value, unit, prefixed: false }
    };
    if !numeral::is_article(line, at) || line.lower(at.wrapping_sub(1)) == "half" {
        let (value, to) = numeral::scale(line, at)?;
        let (unit, to) = unit::measure(line, to)?;
        return Some(one(value, to, unit));
    }
    // "a second wave" is no time, and "a m" no length.
    let moment = line.lower(at + 1) == "second";
    let (unit, to) =
        unit::measure(line, at + 1).filter(|(_, to)| !moment && line.text(to - 1).len() > 1)?;
    let per = at > 0 && (line.is_word(at - 1) && is_rated(line, at - 1));
    (!per).then_some(())?;
    Some(with_smaller(line, one(Decimal::ONE, to, unit)))
}

/// `times a day`, `dollars a share`: the article means "for each".
fn is_rated(line: &Line, at: usize) -> bool {
    let lower = line.lower(at);
    lexicon().units.contains_key(lower) || matches!(lower, "times" | "once" | "twice" | "per")
}

/// Adds the cents of `13 dollars 45 cents`, `twenty dollar and 43`, `$20 43`.
pub(super) fn with_cents(line: &Line, term: Term) -> Term {
    let joint = usize::from(line.lower(term.to) == "and");
    let Some(cents) = numeral::numeral(line, term.to + joint) else { return term };
    let small = cents.value > Decimal::ZERO
        && cents.value < Decimal::ONE_HUNDRED
        && cents.value.fract().is_zero()
        && term.value.fract().is_zero()
        && !numeral::is_article(line, cents.from);
    let word = line.lower(cents.to);
    let named = matches!(word, "c" | "cent" | "cents" | "pence" | "p" | "sen" | "sens");
    let alone = !line.is_word(cents.to)
        && line.mark(cents.to).is_none_or(|c| matches!(c, '.' | ',' | '?' | '!'))
        && unit::currency(line, cents.to).is_none();
    if !small || line.is_glued(term.to) || !(named || alone) {
        return term;
    }
    let value = term.value + cents.value / Decimal::ONE_HUNDRED;
    Term { to: cents.to + usize::from(named), value, ..term }
}

/// How many base units one `unit` is, and of what.
fn factor(unit: &Unit) -> Option<&'static (String, Decimal)> {
    match unit {
        Unit::Time(name) | Unit::Measure(name) => lexicon().factors.get(&**name),
        _ => None,
    }
}

/// Adds the smaller units of `5 ft 2 in`, and the `and a half` of `an hour and a half`.
pub(super) fn with_smaller(line: &Line, mut term: Term) -> Term {
    if let Some((value, to)) = half_after(line, &term) {
        (term.value, term.to) = (value, to);
    }
    while let Some(next) = smaller(line, &term) {
        term = next;
    }
    bare_rest(line, &term).filter(|_| line.every).unwrap_or(term)
}

fn half_after(line: &Line, term: &Term) -> Option<(Decimal, usize)> {
    (line.lower(term.to) == "and").then_some(())?;
    let part = numeral::numeral(line, term.to + 1).filter(|part| part.value < Decimal::ONE)?;
    let alone = unit::measure(line, part.to).is_none() && !numeral::is_article(line, part.to);
    alone.then_some((term.value + part.value, part.to))
}

/// `term` with the smaller unit after it, in that unit.
fn smaller(line: &Line, term: &Term) -> Option<Term> {
    let comma = usize::from(line.mark(term.to) == Some(','));
    let and = usize::from(line.lower(term.to + comma) == "and");
    let number = numeral::numeral(line, term.to + comma + and)?;
    let (unit, to) = unit::measure(line, number.to)?;
    let (large, small) = (factor(&term.unit)?, factor(&unit)?);
    (large.0 == small.0 && large.1 > small.1 && large.0 != "frequency").then_some(())?;
    let value = term.value.checked_mul(ratio(&term.unit, &unit)?)?.checked_add(number.value)?;
    Some(Term { to, value, unit, ..term.clone() })
}

/// How many of `small` one of `large` is; exact for months and years, whose mean lengths are not.
fn ratio(large: &Unit, small: &Unit) -> Option<Decimal> {
    if let (Unit::Time(large), Unit::Time(small)) = (large, small) {
        let days = |name: &str| match name {
            "year" => Some(365),
            "month" => Some(30),
            _ => None,
        };
        if (&**large, &**small) == ("year", "month") {
            return Some(Decimal::from(12));
        }
        if let Some(days) = days(large) {
            let of = factor(&Unit::Time(small.clone()))?.1;
            return Decimal::from(days * 86_400).checked_div(of);
        }
    }
    factor(large)?.1.checked_div(factor(small)?.1)
}

/// `1 hour and thirty`, `2 hours ten`: the rest is in the next smaller unit.
fn bare_rest(line: &Line, term: &Term) -> Option<Term> {
    let next = match &term.unit {
        Unit::Time(name) if &**name == "hour" => "minute",
        Unit::Time(name) if &**name == "minute" => "second",
        _ => return None,
    };
    let and = usize::from(line.lower(term.to) == "and");
    let rest = numeral::numeral(line, term.to + and)?;
    let ends =
        line.get(rest.to).is_none() && rest.value < Decimal::from(60) && rest.value > Decimal::ONE;
    let value = term.value.checked_mul(Decimal::from(60))?.checked_add(rest.value)?;
    ends.then(|| Term { to: rest.to, value, unit: Unit::Time(next.into()), ..term.clone() })
}
