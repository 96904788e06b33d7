//! What stands beside a number and says what it is in.
//!
//! In running news the stricter readings hold: codes in capitals, `pounds` after a
//! million only, no single letters. Where every figure is wanted all spellings do.
//!
//! In:  a [`Line`] and the lexeme beside a number.
//! Out: the [`Unit`] and where it ends.
//! Not here: which numbers may have one (`amount`).

use super::Kind;
use super::Unit;
use super::Value;
use super::lex::Line;
use super::lexicon::Currency;
use super::lexicon::Dimension;
use super::lexicon::lexicon;
use super::numeral;
use super::numeral::Numeral;
use super::scan::Figure;
use rust_decimal::Decimal;

/// Whether a unit or a scale word stands at `at`, so that the number before it is an amount.
pub(super) fn is_measured(line: &Line, at: usize) -> bool {
    measure(line, at).is_some()
        || currency(line, at).is_some()
        || numeral::scale(line, at).is_some()
        || line.mark(at) == Some('%')
        || matches!(line.lower(at), "percent" | "per")
}

/// The factor and unit of `%`, `percent`, `per cent`, `percentage points` and `basis points`.
pub(super) fn share(line: &Line, at: usize) -> Option<(Unit, Decimal, usize)> {
    let one = Decimal::ONE;
    if line.mark(at) == Some('%') {
        let points = matches!(line.lower(at + 1), "point" | "points");
        let unit = if points { Unit::PercentPoint } else { Unit::Percent };
        return Some((unit, one, at + 1 + usize::from(points)));
    }
    let word = joint(line, at);
    let next = joint(line, word + 1);
    match (line.lower(word), line.lower(next)) {
        ("basis", "point" | "points") => Some((Unit::PercentPoint, Decimal::new(1, 2), next + 1)),
        ("percent" | "percentage", "point" | "points") => Some((Unit::PercentPoint, one, next + 1)),
        ("per", "cent") => Some((Unit::Percent, one, next + 1)),
        ("percent" | "pct", _) => Some((Unit::Percent, one, word + 1)),
        ("percentage", _) if line.every => Some((Unit::Percent, one, word + 1)),
        _ => None,
    }
}

/// The lexeme at `at`, or the one after a hyphen there.
fn joint(line: &Line, at: usize) -> usize {
    let hyphened = line.glued_mark(at) == Some('-') && line.is_glued(at + 1);
    if hyphened { at + 1 } else { at }
}

/// The currency of the sign at `at` and the lexeme it begins with: `$`, `US$`.
pub(super) fn sign(line: &Line, at: usize) -> Option<(usize, Unit)> {
    let lettered = at > 0 && line.is_glued(at) && line.is_word(at - 1);
    let from = if lettered { at - 1 } else { at };
    let printed = if from == at {
        lexicon().money.sign(line.text(at))
    } else {
        lexicon().money.sign(&format!("{}{}", line.text(from), line.text(at)))
    };
    Some((from, unit_of(printed?)))
}

/// The currency code before a number: `USD 17 million`.
pub(super) fn code_before(line: &Line, from: usize) -> Option<Unit> {
    let word = line.text(from.checked_sub(1)?);
    // "3 USD 20" is three dollars and something else.
    if from >= 2 && line.is_number(from - 2) {
        return None;
    }
    if word.len() != 3 || !word.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return None;
    }
    let currency = lexicon().money.word(&word.to_ascii_lowercase())?;
    (currency.code == word).then_some(Unit::Currency { code: currency.code, bare: false })
}

/// The currency after a number, the power of ten it carries, and where it ends.
pub(super) fn currency_after(line: &Line, number: &Numeral) -> Option<(Unit, u8, usize)> {
    let at = number.to;
    let found = currency(line, at)?;
    if line.every {
        return Some(found);
    }
    // Before a number the sign belongs to that.
    let sign = line.mark(at).is_some_and(|mark| mark != '-');
    if sign {
        return (!line.is_number(found.2)).then_some(found);
    }
    let word = joint(line, at);
    if found.2 > word + 1 {
        return Some(found);
    }
    let named = lexicon().money.word(line.lower(word))?;
    let large = number.scale >= Decimal::from(1_000_000);
    // "sek" and "rub" are codes only in capitals, while "yen" is a word.
    let code = named.code.eq_ignore_ascii_case(line.text(word));
    let strict = (large || !named.scaled) && found.1 == 0;
    (strict && (!code || named.code == line.text(word))).then_some(found)
}

/// Whether the words `at..to` may name a currency before its number: codes in capitals,
/// and no possessive `s` before a dollar sign.
pub(super) fn is_prefix(line: &Line, at: usize, to: usize) -> bool {
    let text = line.text(at);
    let possessive = at > 0 && matches!(line.mark(at - 1), Some('\'' | '’'));
    let common = matches!(line.lower(at), "usd" | "eur" | "gbp" | "rmb" | "inr" | "rs" | "rm");
    let code = text.len() == 3 && to == at + 1 && line.is_word(at);
    let capitals = text.bytes().all(|byte| byte.is_ascii_uppercase()) && text != "ALL";
    let letter = matches!(text, "a" | "s");
    !(letter || (possessive && line.is_word(at))) && (!code || capitals || common)
}

/// The unit of measure after a number, perhaps after `extra` or the `an` of `half an hour`.
pub(super) fn measure_after(line: &Line, number: &Numeral) -> Option<(Unit, usize)> {
    if line.every {
        let at = number.from;
        let place = number.spelled && line.lower(number.to) == "second";
        let glued = line.is_number(at) && line.is_glued(at);
        let inside = glued && at > 1 && line.is_word(at - 2) && line.is_glued(at - 1);
        return measure(line, far(line, number)).filter(|_| !place && !inside);
    }
    let (unit, to) = measure(line, number.to)?;
    // "the 21 second-half goals" counts no seconds.
    let singular = line.lower(number.to) == "second" && to == number.to + 1;
    if singular && number.mantissa() != Decimal::ONE {
        return None;
    }
    Some(match rate(line, &unit, to) {
        Some((per, to)) => (Unit::Measure(per.into()), to),
        None => (unit, to),
    })
}

/// Where the unit of a number may stand: after `extra`, or the `an` of `half an hour`.
fn far(line: &Line, number: &Numeral) -> usize {
    let to = number.to;
    let modified = matches!(line.lower(to), "additional" | "extra" | "less" | "more");
    let of = usize::from(line.lower(to) == "of" && numeral::is_article(line, to + 1));
    let part = !number.value.fract().is_zero() && numeral::is_article(line, to + of);
    if part { to + of + 1 } else { to + usize::from(modified) }
}

/// `a day` of `20 tonnes a day`, which is no weight.
fn rate(line: &Line, unit: &Unit, to: usize) -> Option<(String, usize)> {
    let Unit::Measure(name) = unit else { return None };
    if !matches!(line.lower(to), "a" | "an" | "per") {
        return None;
    }
    let (dimension, per) = lexicon().units.get(line.lower(to + 1))?;
    (*dimension == Dimension::Time).then(|| (format!("{name} per {per}"), to + 2))
}

/// After `old`, `-old`, `of age`.
pub(super) fn age_end(line: &Line, to: usize) -> Option<usize> {
    let old = to + usize::from(line.mark(to) == Some('-'));
    match line.lower(old) {
        "old" => Some(old + 1),
        "of" if line.lower(old + 1) == "age" => Some(old + 2),
        _ => None,
    }
}

/// `aged 33`, `age 87`, `87 yo`, where every figure is wanted.
pub(super) fn aged(line: &Line, at: usize) -> Option<(Figure, usize)> {
    let (years, to) = match line.lower(at) {
        "aged" | "age" => {
            let number = at + 1 + usize::from(line.lower(at + 1) == "of");
            let years = numeral::numeral(line, number)?;
            (years, years.to)
        }
        _ => {
            let years = numeral::numeral(line, at)?;
            let marked = matches!(line.lower(years.to), "yo" | "y.o" | "y.o.");
            (years, marked.then_some(years.to + 1)?)
        }
    };
    let possible = years.value > Decimal::ZERO && years.value < Decimal::from(130);
    let value = Value::exactly(years.value, Unit::Time("year".into()));
    possible.then(|| (Figure::new(line, (at, to), Kind::Age, value), to))
}

/// Longest name of a unit in lexemes: `° fahrenheit`, `new zealand dollars`.
const UNIT_LEXEMES_MAX: usize = 4;

/// The unit of measure at `at`, with what may stand around it: `{kg}`, `a` of `miles a year`.
pub(super) fn measure(line: &Line, at: usize) -> Option<(Unit, usize)> {
    let opened = usize::from(line.every && matches!(line.mark(at), Some('{' | '<')));
    let hyphened = usize::from(line.mark(at) == Some('-') && line.is_word(at + 1));
    let of = usize::from(line.every && line.lower(at) == "of");
    let at = at + opened.max(hyphened).max(of);
    let (unit, to) = named(line, at)?;
    Some((unit, to + usize::from(opened == 1 && matches!(line.mark(to), Some('}' | '>')))))
}

fn named(line: &Line, at: usize) -> Option<(Unit, usize)> {
    lexicon().unit_heads.contains(head(line, at)).then_some(())?;
    let names = (1..=UNIT_LEXEMES_MAX).rev().filter_map(|length| {
        let name = joined(line, at, at + length)?;
        let lexicon = lexicon();
        let to = at + length;
        // "2 in April" is no length, and "24703 L-202" no volume.
        let preposition = name == "in" && line.is_word(to);
        let label =
            line.glued_mark(to) == Some('-') && line.is_glued(to + 1) && line.is_number(to + 1);
        let short =
            || lexicon.short_units.get(&name).filter(|_| line.every && !preposition && !label);
        Some((lexicon.units.get(&name).or_else(short)?, to))
    });
    let ((dimension, unit), to) = names.into_iter().next()?;
    Some(match dimension {
        Dimension::Time => (Unit::Time(unit.as_str().into()), to),
        Dimension::Measure => (Unit::Measure(unit.as_str().into()), to),
    })
}

/// The lexeme at `at` in lower case.
fn head<'l>(line: &'l Line, at: usize) -> &'l str {
    let lower = line.lower(at);
    if lower.is_empty() { line.text(at) } else { lower }
}

/// The lexemes `from..to` in lower case, with a blank where the text has one.
pub(super) fn joined(line: &Line, from: usize, to: usize) -> Option<String> {
    let mut name = String::new();
    for index in from..to {
        line.get(index)?;
        if index > from && !line.is_glued(index) {
            name.push(' ');
        }
        name.push_str(head(line, index));
    }
    Some(name)
}

/// The currency at `at`: `dollars`, `US$`, `€`, `USD`, `MUSD` with the power it carries.
pub(super) fn currency(line: &Line, at: usize) -> Option<(Unit, u8, usize)> {
    let hyphened = usize::from(line.mark(at) == Some('-') && line.is_word(at + 1));
    let at = at + hyphened;
    let known = lexicon().money.heads.contains(head(line, at));
    for length in (1..=UNIT_LEXEMES_MAX).rev().filter(|_| known) {
        let to = at + length;
        let Some(name) = joined(line, at, to) else { continue };
        if let Some(unit) = named_currency(line, at, to, &name) {
            return Some((unit, 0, to));
        }
    }
    let millions = line.text(at).strip_prefix('M').filter(|code| code.len() == 3)?;
    let currency = lexicon().money.word(&millions.to_ascii_lowercase())?;
    (currency.code == millions).then_some((unit_of(currency), 6, at + 1))
}

fn named_currency(line: &Line, at: usize, to: usize, name: &str) -> Option<Unit> {
    if let Some(currency) = lexicon().money.word(name) {
        return Some(unit_of(currency));
    }
    let compact: String = name.chars().filter(|c| *c != ' ').collect();
    let ends_in_sign = line.mark(to - 1).is_some();
    let sign =
        lexicon().money.sign(&compact).or_else(|| lexicon().money.sign(&compact.to_uppercase()));
    sign.filter(|_| ends_in_sign || to == at + 1).map(unit_of)
}

fn unit_of(currency: Currency) -> Unit {
    Unit::Currency { code: currency.code, bare: currency.bare }
}
