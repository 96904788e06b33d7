//! Fractions: `half`, `two thirds`, `3/15`, `five and a quarter`, `one over three`.
//!
//! In:  a [`Line`], and the whole number before a fraction if there is one.
//! Out: a [`Numeral`].
//! Not here: whole numbers (`numeral`), positions (`ordinal`).

use super::lex::Line;
use super::lexicon::Trigger;
use super::lexicon::lexicon;
use super::numeral::Numeral;
use super::numeral::is_article;
use super::numeral::scale;
use super::numeral::whole;
use rust_decimal::Decimal;

/// The value of a fraction sign: `½`.
pub(super) fn sign(c: char) -> Option<Decimal> {
    let (part, of) = match c {
        '¼' => (1, 4),
        '½' => (1, 2),
        '¾' => (3, 4),
        '⅓' => (1, 3),
        '⅔' => (2, 3),
        '⅕' => (1, 5),
        '⅙' => (1, 6),
        '⅛' => (1, 8),
        '⅜' => (3, 8),
        '⅝' => (5, 8),
        '⅞' => (7, 8),
        _ => return None,
    };
    Some(Decimal::from(part) / Decimal::from(of))
}

/// A fraction that begins at `at`, with no whole number before it: `half a million`,
/// `a fifth`, `⅙`, `2 1/4`, `two thirds of a million`.
pub(super) fn alone(line: &Line, at: usize) -> Option<Numeral> {
    let every = |found: &(Decimal, usize)| line.every || scale_end(line, found.1).is_some();
    let (value, to) = lone_sign(line, at)
        .map(|value| (value, at + 1))
        // "3/4" is a date in some countries, and "two thirds" a share (`ratio`).
        .or_else(|| slashed(line, at).filter(every))
        .or_else(|| mixed_digits(line, at))
        .or_else(|| worded(line, at).filter(every))?;
    let (value, scale, to) = of_scale(line, value, to);
    let spelled = line.is_word(at);
    Some(Numeral { from: at, to, value, scale, joint: None, spelled, grouped: true })
}

/// `½` apart from any digit.
fn lone_sign(line: &Line, at: usize) -> Option<Decimal> {
    let mut chars = line.text(at).chars();
    let value = sign(chars.next()?)?;
    chars.next().is_none().then_some(value)
}

/// `whole` with the fraction after it: `three and a fifth`, `one million and a half`,
/// `one hundred and three quarters`, `twenty-three fifths`, `one over twenty`.
pub(super) fn after(line: &Line, whole: &Numeral) -> Option<Numeral> {
    let with = |value, to| Numeral { to, value, grouped: true, ..*whole };
    if !line.every {
        // "21 fifth graders" are 21, and "one in three" is a share (`ratio`).
        return and_part(line, whole);
    }
    if let Some((of, to)) = denominator(line, whole.to) {
        return match whole.joint {
            Some((part, before)) if part < whole.to => {
                let parts = whole.value.checked_sub(before)?.checked_div(of)?;
                // "one billion and three quarters million"
                let (parts, _, to) = of_scale(line, parts, to);
                Some(with(before.checked_add(parts)?, to))
            }
            _ => Some(with(whole.value.checked_div(of)?, to)),
        };
    }
    and_part(line, whole).or_else(|| over(line, whole).map(|(value, to)| with(value, to)))
}

/// `and a half`, `and two thirds`, `and half`, `and a half million`.
fn and_part(line: &Line, whole: &Numeral) -> Option<Numeral> {
    (line.lower(whole.to) == "and").then_some(())?;
    let (part, to) = worded(line, whole.to + 1).or_else(|| numerator(line, whole.to + 1))?;
    if let Some((factor, end)) = scale(line, to) {
        // "five and a half million" against "one billion and a half million".
        let sum = if whole.scale > factor {
            whole.value.checked_add(part.checked_mul(factor)?)?
        } else {
            whole.value.checked_add(part)?.checked_mul(factor)?
        };
        return Some(Numeral { to: end, value: sum, scale: factor, grouped: true, ..*whole });
    }
    let large = whole.scale >= Decimal::from(1_000_000);
    let part = if large { part.checked_mul(whole.scale)? } else { part };
    let value = whole.value.checked_add(part)?;
    Some(Numeral { to, value, grouped: true, ..*whole })
}

/// `two thirds` at `at`.
fn numerator(line: &Line, at: usize) -> Option<(Decimal, usize)> {
    let parts = whole(line, at).filter(|parts| parts.joint.is_none())?;
    let (of, to) = denominator(line, parts.to)?;
    Some((parts.value.checked_div(of)?, to))
}

/// `half`, `a half`, `a quarter`, `a fifth`, `half a`.
fn worded(line: &Line, at: usize) -> Option<(Decimal, usize)> {
    let bare = if is_article(line, at) { at + 1 } else { at };
    if let Some((of, to)) = denominator(line, bare)
        && (bare > at || matches!(line.lower(bare), "half" | "quarter"))
    {
        let to = if is_article(line, to) && scale(line, to + 1).is_some() { to + 1 } else { to };
        return Some((Decimal::ONE.checked_div(of)?, to));
    }
    numerator(line, at)
}

/// `3/15`, apart from dates and telephone numbers.
fn slashed(line: &Line, at: usize) -> Option<(Decimal, usize)> {
    let number =
        |index: usize| line.text(index).parse::<u32>().ok().filter(|_| line.is_number(index));
    let chained = |index: usize| matches!(line.glued_mark(index), Some('/' | '-'));
    let after_slash = at > 0 && line.is_glued(at) && line.mark(at - 1) == Some('/');
    let alone = !(chained(at + 3) || after_slash);
    (line.glued_mark(at + 1) == Some('/') && line.is_glued(at + 2) && alone).then_some(())?;
    let (part, of) = (number(at)?, number(at + 2).filter(|of| (2..=1000).contains(of))?);
    Some((Decimal::from(part) / Decimal::from(of), at + 3))
}

/// `2 1/4`.
fn mixed_digits(line: &Line, at: usize) -> Option<(Decimal, usize)> {
    let whole: u32 =
        line.text(at).parse().ok().filter(|_| line.is_number(at) && !line.is_glued(at + 1))?;
    // "in 2019 1/4 of them"
    (line.every || whole < 1000).then_some(())?;
    let (part, to) = slashed(line, at + 1)?;
    (part < Decimal::ONE).then(|| (Decimal::from(whole) + part, to))
}

/// `1 over 3`, `one over twenty`, `1 in twenty-one`.
fn over(line: &Line, part: &Numeral) -> Option<(Decimal, usize)> {
    let joint = line.lower(part.to);
    let of = whole(line, part.to + 1).filter(|of| !of.value.is_zero())?;
    let chance =
        joint == "in" && part.value == Decimal::ONE && of.value > part.value && !is_year(&of);
    // "$10000 over 3 years"
    let time = lexicon().units.contains_key(line.lower(of.to));
    (!time && (joint == "over" || chance)).then(|| (part.value / of.value, of.to))
}

fn is_year(numeral: &Numeral) -> bool {
    !numeral.spelled && numeral.value >= Decimal::from(1000)
}

/// The scale of `of a million`, or `million` after a fraction, and where it ends.
fn scale_end(line: &Line, to: usize) -> Option<(Decimal, usize)> {
    let next = if line.lower(to) == "of" && is_article(line, to + 1) { to + 2 } else { to };
    scale(line, next + usize::from(line.glued_mark(next) == Some('-') && next == to))
}

/// `value` times the scale at `to`, with that scale.
fn of_scale(line: &Line, value: Decimal, to: usize) -> (Decimal, Decimal, usize) {
    match scale_end(line, to) {
        Some((factor, end)) => (value.checked_mul(factor).unwrap_or(value), factor, end),
        None => (value, Decimal::ONE, to),
    }
}

/// What a fraction is a part of: `half`, `quarters`, `fifth`, `twenty-fifths`,
/// `hundredths`, perhaps after a hyphen.
fn denominator(line: &Line, at: usize) -> Option<(Decimal, usize)> {
    let at = if line.mark(at) == Some('-') && line.is_word(at + 1) { at + 1 } else { at };
    if let Some(of) = simple(line.lower(at)) {
        return Some((of, at + 1));
    }
    // Most words are no number.
    (line.trigger(at) != Trigger::None || is_article(line, at)).then_some(())?;
    let head = whole(line, at).filter(|head| head.spelled && head.value >= Decimal::from(20))?;
    let end = if line.mark(head.to) == Some('-') { head.to + 1 } else { head.to };
    let last =
        simple_ordinal(line.lower(end)).filter(|last| *last < head.scale.max(Decimal::TEN))?;
    Some((head.value.checked_add(last)?, end + 1))
}

fn simple(word: &str) -> Option<Decimal> {
    match word {
        "" => None,
        "half" | "halves" => Some(Decimal::TWO),
        "quarter" | "quarters" => Some(Decimal::from(4)),
        _ => simple_ordinal(word).filter(|of| *of > Decimal::TWO),
    }
}

/// The position or the scale an ordinal word in the singular or plural names.
fn simple_ordinal(word: &str) -> Option<Decimal> {
    let singular = word.strip_suffix('s').unwrap_or(word);
    if let Trigger::Ordinal(position) = lexicon().small_trigger(singular) {
        return Some(Decimal::from(position));
    }
    match lexicon().small_trigger(singular.strip_suffix("th")?) {
        Trigger::Scale(power) => Some(super::numeral::ten_to(power)),
        _ => None,
    }
}
