//! Amounts: sums of money, shares, durations, ages and measures, alone and in ranges.
//!
//! `$17 billion`, `17 billion dollars`, `$5-7 billion`, `between 20 and 30 per cent`,
//! `6–12 months`, `5 ft 2 in`, `2 years, 3 months`. A unit or a scale word that is
//! printed once holds for both ends of a range; several units in a row are one amount
//! in the smallest of them, so that it stays exact.
//!
//! In:  a [`Line`] and where in it an amount may begin.
//! Out: a [`Figure`], or where to go on.
//! Not here: units (`unit`), several units in a row (`compound`), ranges (`joint`),
//! plain numbers (`count`), and dates (`when`).

use super::Kind;
use super::Unit;
use super::Value;
use super::boundary;
use super::compound;
use super::count;
use super::hedge;
use super::joint;
use super::joint::Join;
use super::joint::Joint;
use super::lex::Lex;
use super::lex::Line;
use super::lexicon::lexicon;
use super::noun;
use super::numeral;
use super::numeral::Numeral;
use super::scan::Figure;
use super::unit;
use super::year;
use rust_decimal::Decimal;

/// A number with what it is in.
#[derive(Clone, Debug)]
pub(super) struct Term {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) number: Numeral,
    /// The number in `unit`; more than [`Numeral::value`] where several units stand in a row.
    pub(super) value: Decimal,
    pub(super) unit: Unit,
    /// Whether the unit is printed before the number: `$17`, `USD 17`.
    pub(super) prefixed: bool,
}

impl Term {
    fn plain(number: Numeral) -> Self {
        let Numeral { from, to, value, .. } = number;
        Self { from, to, number, value, unit: Unit::None, prefixed: false }
    }
}

/// Reads the amount that begins at `at`; returns where to go on.
pub(super) fn read(line: &Line, at: usize, found: &mut Vec<Figure>) -> usize {
    let Some(first) = term(line, at) else { return boundary::chain_end(line, at) };
    if !boundary::opens(line, first.from) {
        return boundary::chain_end(line, at).max(first.to);
    }
    if let Some(next) = year::read(line, &first, found) {
        return next;
    }
    if let Some(next) = count::unreadable(line, &first) {
        return next.max(at + 1);
    }
    if let Some((joint, next)) = joint::at(line, first.to)
        && let Some(second) =
            term(line, next).or_else(|| term(line, next + 1).filter(|_| is_sign(line, next)))
    {
        match joint::join(line, &first, joint, &second) {
            Join::Range(low, high) => return emit(line, &low, &high, found),
            Join::Both(one, two) => {
                emit(line, &one, &one, found);
                return emit(line, &two, &two, found);
            }
            Join::Apart if joint == Joint::Dash => {
                return boundary::chain_end(line, at).max(second.to);
            }
            Join::Apart if is_tally(line, joint, &first, &second) => return second.to,
            Join::Apart => {}
        }
    }
    emit(line, &first, &first, found)
}

/// Reads the amount at `at` that has a unit, however it stands; returns where to go on.
pub(super) fn measured(line: &Line, at: usize) -> Option<(Figure, usize)> {
    if let Some(age) = unit::aged(line, at) {
        return Some(age);
    }
    let first = term(line, at)?;
    let range = joint::at(line, first.to).and_then(|(joint, next)| {
        let hedged = usize::from(matches!(line.lower(next), "about" | "around"));
        match joint::join(line, &first, joint, &term(line, next + hedged)?) {
            Join::Range(low, high) => Some((low, high)),
            Join::Both(..) | Join::Apart => None,
        }
    });
    let (low, high) = range.unwrap_or_else(|| (first.clone(), first));
    let kind = kind(line, &high)?;
    let age = unit::age_end(line, high.to).filter(|_| matches!(high.unit, Unit::Time(_)));
    let to = age.unwrap_or(high.to);
    let hedge = hedge::around(line, low.from, to, kind);
    let value = Value::Amount { low: low.value, high: high.value, unit: high.unit };
    let kind = if age.is_some() { Kind::Age } else { kind };
    Some((Figure::new(line, (low.from, to), kind, value).hedged(hedge), to))
}

/// `52 to 48`: two plain numbers that are no range count nothing on their own.
fn is_tally(line: &Line, joint: Joint, first: &Term, second: &Term) -> bool {
    let plain = first.unit == Unit::None && second.unit == Unit::None;
    let changed = first.from > 0 && lexicon().words.changes.contains(line.lower(first.from - 1));
    joint == Joint::To && plain && !changed && noun::counted(line, second.to).is_none()
}

/// Whether the lexeme at `at` is a currency sign.
pub(super) fn is_sign(line: &Line, at: usize) -> bool {
    line.mark(at).is_some_and(|c| !c.is_ascii() || c == '$') && unit::sign(line, at).is_some()
}

/// Whether the number at `at` touches a currency code: `EUR5bn`.
pub(super) fn has_code(line: &Line, at: usize) -> bool {
    line.is_glued(at) && unit::code_before(line, at).is_some() && boundary::opens(line, at - 1)
}

/// The number at `at`, or after the currency sign or code there, with its unit.
pub(super) fn term(line: &Line, at: usize) -> Option<Term> {
    if line.every {
        let open = prefixed(line, at).or_else(|| compound::of_one(line, at));
        return open.or_else(|| suffixed(line, numeral::numeral(line, at)?));
    }
    if is_sign(line, at) {
        let (from, unit) = unit::sign(line, at)?;
        let number = numeral::numeral(line, at + 1).filter(|read| !read.spelled)?;
        return Some(with_currency_word(line, sum(line, number, from, unit)));
    }
    let scale = numeral::start_before(line, at).filter(|_| numeral::is_scale(line, at));
    let number = numeral::numeral(line, scale.unwrap_or(at))?;
    if let Some(unit) = unit::code_before(line, number.from) {
        return Some(sum(line, number, number.from - 1, unit));
    }
    suffixed(line, number)
}

/// `$17`, `us $ 10 million`, `RM 42`: a currency by any name before its number.
fn prefixed(line: &Line, at: usize) -> Option<Term> {
    let (unit, _, after) =
        unit::currency(line, at).filter(|found| unit::is_prefix(line, at, found.2))?;
    let number =
        numeral::numeral(line, after).filter(|read| !numeral::is_article(line, read.from))?;
    let touching = line.is_glued(number.to);
    let term = if touching {
        sum(line, number, at, unit.clone())
    } else {
        Term { from: at, unit: unit.clone(), prefixed: true, ..Term::plain(number) }
    };
    let own = unit::currency(line, term.to)
        .filter(|(_, _, end)| line.is_word(after - 1) && !line.is_number(*end));
    if own.is_some() && !line.is_glued(after) {
        return None;
    }
    let same = unit::currency(line, term.to).filter(|(suffix, ..)| *suffix == unit);
    let to = same.map_or(term.to, |(_, _, end)| end);
    Some(compound::with_cents(line, Term { to, ..term }))
}

/// A number after its currency, with the `m` of `$5m`.
fn sum(line: &Line, mut number: Numeral, from: usize, unit: Unit) -> Term {
    number.take_letter(line);
    Term { from, unit, prefixed: true, ..Term::plain(number) }
}

/// Takes in the word of `$17 billion dollars` and `$5 USD`; it may name the country.
fn with_currency_word(line: &Line, term: Term) -> Term {
    match unit::currency_after(line, &term.number) {
        Some((unit, _, to)) => Term { to, unit, ..term },
        None => term,
    }
}

/// A number with the unit after it.
fn suffixed(line: &Line, number: Numeral) -> Option<Term> {
    let term = Term::plain(number);
    if let Some((unit, factor, to)) = unit::share(line, number.to) {
        return Some(Term { to, value: number.value.checked_mul(factor)?, unit, ..term });
    }
    let mut lettered = number;
    if !line.every || line.is_glued(number.to) {
        lettered.take_letter(line);
    }
    let distinct = if lettered == number { 1 } else { 2 };
    for number in [lettered, number].into_iter().take(distinct) {
        if let Some((unit, power, to)) = unit::currency_after(line, &number) {
            let value = number.value.checked_mul(numeral::ten_to(power))?;
            let found = Term { to, number, value, unit, ..term.clone() };
            return Some(if line.every { compound::with_cents(line, found) } else { found });
        }
    }
    match unit::measure_after(line, &number) {
        Some((unit, to)) => Some(compound::with_smaller(line, Term { to, unit, ..term })),
        None => Some(term),
    }
}

/// The kind of an amount in the unit of `term`; none for plain numbers.
fn kind(line: &Line, term: &Term) -> Option<Kind> {
    Some(match &term.unit {
        Unit::Currency { .. } => Kind::Money,
        Unit::Percent => Kind::Percent,
        Unit::PercentPoint => Kind::PercentPoint,
        Unit::Time(_) if matches!(line.lower(term.to - 1), "old" | "age") => Kind::Age,
        Unit::Time(_) => Kind::Duration,
        Unit::Measure(_) => Kind::Measure,
        Unit::Things(_) | Unit::Per(_) | Unit::Most { .. } | Unit::None => return None,
    })
}

/// Adds the amount from `low` to `high`; returns where to go on.
fn emit(line: &Line, low: &Term, high: &Term, found: &mut Vec<Figure>) -> usize {
    let aged = unit::age_end(line, high.to).filter(|_| matches!(high.unit, Unit::Time(_)));
    let high = &Term { to: aged.unwrap_or(high.to), ..high.clone() };
    let (from, to) = (low.from, high.to);
    let Some(kind) = kind(line, high) else { return count::emit(line, low, high, found) };
    let closes = boundary::closes(line, to, true) || line.glued_mark(to) == Some('+');
    if !closes || is_idiom(line, high) {
        return boundary::chain_end(line, to - 1);
    }
    let value = Value::Amount { low: low.value, high: high.value, unit: high.unit.clone() };
    let hedge = hedge::around(line, from, to, kind);
    found.push(Figure::new(line, (from, to), kind, value).hedged(hedge));
    to
}

/// "One day he left", "the one second thought" and "Three Mile Island" measure nothing.
fn is_idiom(line: &Line, term: &Term) -> bool {
    let place = matches!(term.unit, Unit::Measure(_) | Unit::Time(_)) && !line.title_case;
    if place && term.number.spelled && line.is_capitalised(term.to - 1) {
        return true;
    }
    let one = term.number.spelled && term.number.value == Decimal::ONE;
    one && matches!(line.lower(term.to - 1), "day" | "second" | "minute")
        && matches!(line.get(term.to - 2).map(|lexeme| lexeme.kind), Some(Lex::Word(_)))
}

#[cfg(test)]
mod tests {
    use crate::claims::scan::tests::shown;

    /// One row per spelling of a sum of money.
    #[test]
    fn reads_money() {
        #[rustfmt::skip]
        let cases = [
            ("worth $17 billion in",               vec!["money 17000000000 USD: $17 billion"]),
            ("a $1.1-billion loan",                vec!["money 1100000000 USD: $1.1-billion"]),
            ("only $1.1bn.",                       vec!["money 1100000000 USD: $1.1bn"]),
            ("US$17bn",                            vec!["money 17000000000 USD: US$17bn"]),
            ("(USD 17 million)",                   vec!["money 17000000 USD: USD 17 million"]),
            ("17 million USD",                     vec!["money 17000000 USD: 17 million USD"]),
            ("17 billion dollars",                 vec!["money 17000000000 USD: 17 billion dollars"]),
            ("17,000 million dollars",             vec!["money 17000000000 USD: 17,000 million dollars"]),
            ("17 billion U.S. dollars",            vec!["money 17000000000 USD: 17 billion U.S. dollars"]),
            ("€5m and £200,000",                   vec!["money 5000000 EUR: €5m", "money 200000 GBP: £200,000"]),
            ("a €5m-a-year deal",                  vec!["money 5000000 EUR: €5m"]),
            ("a 17-million-dollar port",           vec!["money 17000000 USD: 17-million-dollar"]),
            ("$5-7 billion",                       vec!["money 5000000000..7000000000 USD: $5-7 billion"]),
            ("$5 billion to $7 billion",           vec!["money 5000000000..7000000000 USD: $5 billion to $7 billion"]),
            ("between $5 and $7 billion",          vec!["money 5000000000..7000000000 USD: $5 and $7 billion"]),
            ("rose from $5 to $7 billion",         vec!["money 5000000000 USD: $5", "money 7000000000 USD: $7 billion"]),
            ("$500,000 to $1 million",             vec!["money 500000..1000000 USD: $500,000 to $1 million"]),
            ("nearly $3 trillion",                 vec!["money 3000000000000 USD (nearly): $3 trillion"]),
            ("three million pounds",               vec!["money 3000000 GBP: three million pounds"]),
            ("300 million rupees",                 vec!["money 300000000 rupee: 300 million rupees"]),
            ("half a million euros",               vec!["money 500000 EUR: half a million euros"]),
            ("only 20€ or 30 €",                   vec!["money 20 EUR: 20€", "money 30 EUR: 30 €"]),
            ("EUR5bn",                             vec!["money 5000000000 EUR: EUR5bn"]),
            ("Rs 5, ₹500 crore",                   vec!["money 5000000000 INR: ₹500 crore"]),
            ("17 USD 25",                          vec!["money 17 USD: 17 USD"]),
            ("C$40",                               vec!["money 40 CAD: C$40"]),
            ("$5 to 7 people",                     vec!["money 5 USD: $5", "count 7 person: 7"]),
        ];
        for (text, figures) in cases {
            assert_eq!(shown(text), figures, "{text}");
        }
    }

    /// One row per spelling of a share, a duration or a measure.
    #[test]
    fn reads_other_units() {
        #[rustfmt::skip]
        let cases = [
            ("up 20%",                          vec!["percent 20 percent: 20%"]),
            ("20 percent, 20 per cent",         vec!["percent 20 percent: 20 percent", "percent 20 percent: 20 per cent"]),
            ("twenty percent",                  vec!["percent 20 percent: twenty percent"]),
            ("about 0.5%",                      vec!["percent 0.5 percent (about): 0.5%"]),
            ("20-30%",                          vec!["percent 20..30 percent: 20-30%"]),
            ("20% to 30%",                      vec!["percent 20..30 percent: 20% to 30%"]),
            ("10 and 15 percent",               vec!["percent 10 percent: 10", "percent 15 percent: 15 percent"]),
            ("two percentage points",           vec!["percent-point 2 percentage point: two percentage points"]),
            ("by 25 basis points",              vec!["percent-point 0.25 percentage point: 25 basis points"]),
            ("155mm shells",                    vec!["measure 155 millimetre: 155mm"]),
            ("for 33 years",                    vec!["duration 33 year: 33 years"]),
            ("a 10-year plan",                  vec!["duration 10 year: 10-year"]),
            ("a 33-year-old man",               vec!["age 33 year: 33-year-old"]),
            ("the next 6\u{2011}12 months",      vec!["duration 6..12 month: 6\u{2011}12 months"]),
            ("ten- to fifteen-year terms",      vec!["duration 10..15 year: ten- to fifteen-year"]),
            ("one year later",                  vec!["duration 1 year: one year"]),
            ("40 km of road",                   vec!["measure 40 kilometre: 40 km"]),
            ("33 years old",                    vec!["age 33 year: 33 years old"]),
            ("80 miles an hour",                vec!["measure 80 mile per hour: 80 miles an hour"]),
            ("5,000 metric tons",               vec!["measure 5000 tonne: 5,000 metric tons"]),
            ("500 square miles",                vec!["measure 500 square mile: 500 square miles"]),
            ("30°C",                            vec!["measure 30 degree Celsius: 30°C"]),
        ];
        for (text, figures) in cases {
            assert_eq!(shown(text), figures, "{text}");
        }
    }

    #[test]
    fn refuses_what_is_no_amount() {
        for text in [
            "one day he left",
            "Three Mile Island is quiet in spring",
            "twenty pounds of flour",
            "the $ sign",
            "cost US$ to run",
        ] {
            let money: Vec<_> =
                shown(text).into_iter().filter(|shown| !shown.starts_with("count")).collect();
            assert_eq!(money, Vec::<String>::new(), "{text}");
        }
    }
}
