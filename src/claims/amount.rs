//! Amounts: sums of money, shares, durations and measures, alone and in ranges.
//!
//! `$17 billion`, `17 billion dollars`, `$5-7 billion`, `between 20 and 30 per cent`,
//! `6–12 months`. A unit or a scale word that is printed once holds for both ends.
//!
//! In:  a [`Line`] and where in it an amount may begin.
//! Out: a [`Figure`], or where to go on.
//! Not here: plain numbers, which `count` judges, and dates.

use super::Kind;
use super::Unit;
use super::Value;
use super::boundary;
use super::count;
use super::date;
use super::hedge;
use super::lex::Lex;
use super::lex::Line;
use super::lexicon::Dimension;
use super::lexicon::lexicon;
use super::noun;
use super::number;
use super::number::Quantity;
use super::scan::Figure;
use rust_decimal::Decimal;

/// A number with what it is in.
#[derive(Clone, Debug)]
pub(super) struct Term {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) quantity: Quantity,
    pub(super) unit: Unit,
    /// Whether the unit is printed before the number: `$17`, `USD 17`.
    prefixed: bool,
}

impl Term {
    pub(super) fn value(&self) -> Option<Decimal> {
        self.quantity.value()
    }
}

/// Reads the amount that begins at `at`; returns where to go on.
pub(super) fn read(line: &Line, at: usize, found: &mut Vec<Figure>) -> usize {
    let Some(first) = term(line, at) else { return boundary::chain_end(line, at) };
    if !boundary::opens(line, first.from) {
        return boundary::chain_end(line, at).max(first.to);
    }
    if let Some(next) = date::year(line, &first, found) {
        return next;
    }
    if let Some(next) = count::unreadable(line, &first) {
        return next.max(at + 1);
    }
    if let Some((joint, next)) = joint_at(line, first.to)
        && let Some(second) =
            term(line, next).or_else(|| term(line, next + 1).filter(|_| is_sign(line, next)))
    {
        match join(line, &first, joint, &second) {
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

/// `52 to 48`: two plain numbers that are no range count nothing on their own.
fn is_tally(line: &Line, joint: Joint, first: &Term, second: &Term) -> bool {
    let plain = first.unit == Unit::None && second.unit == Unit::None;
    let changed = first.from > 0 && lexicon().words.changes.contains(&line.lower(first.from - 1));
    joint == Joint::To && plain && !changed && noun::counted(line, second.to).is_none()
}

/// Whether the lexeme at `at` is a currency sign.
pub(super) fn is_sign(line: &Line, at: usize) -> bool {
    line.mark(at).is_some_and(|c| !c.is_ascii() || c == '$') && sign(line, at).is_some()
}

/// The number at `at`, or after the currency sign there, with its unit.
fn term(line: &Line, at: usize) -> Option<Term> {
    if is_sign(line, at) {
        let (from, unit) = sign(line, at)?;
        let mut quantity = number::quantity(line, at + 1).filter(|read| !read.spelled)?;
        quantity.take_letter(line);
        let prefixed = Term { from, to: quantity.to, quantity, unit, prefixed: true };
        return Some(with_currency_word(line, prefixed));
    }
    let mut quantity = number::quantity(line, at)?;
    if let Some(unit) = code_before(line, quantity.from) {
        quantity.take_letter(line);
        let from = quantity.from - 1;
        return Some(Term { from, to: quantity.to, quantity, unit, prefixed: true });
    }
    let mut lettered = quantity;
    lettered.take_letter(line);
    if lettered.scale != quantity.scale && currency_at(line, &lettered).is_some() {
        quantity = lettered;
    }
    let (unit, to) = suffix(line, &quantity).unwrap_or((Unit::None, quantity.to));
    if unit == Unit::PercentPoint && line.lower(joined(line, quantity.to)) == "basis" {
        quantity.scale = Some(Decimal::new(1, 2));
    }
    Some(Term { from: quantity.from, to, quantity, unit, prefixed: false })
}

/// The currency of the sign at `at` and the lexeme it begins with: `$`, `US$`.
fn sign(line: &Line, at: usize) -> Option<(usize, Unit)> {
    let lettered = at > 0 && line.is_glued(at) && line.is_word(at - 1);
    let from = if lettered { at - 1 } else { at };
    let printed: String = (from..=at).map(|part| line.text(part)).collect();
    let currency = lexicon().sign(&printed)?;
    Some((from, Unit::Currency { code: currency.code, bare: currency.bare }))
}

/// Whether the number at `at` touches a currency code: `EUR5bn`.
pub(super) fn has_code(line: &Line, at: usize) -> bool {
    line.is_glued(at) && code_before(line, at).is_some() && boundary::opens(line, at - 1)
}

/// The currency code before a number: `USD 17 million`.
fn code_before(line: &Line, from: usize) -> Option<Unit> {
    let word = line.text(from.checked_sub(1)?);
    // "3 USD 20" is three dollars and something else.
    if from >= 2 && line.is_number(from - 2) {
        return None;
    }
    if word.len() != 3 || !word.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return None;
    }
    let currency = lexicon().currency_word(&word.to_ascii_lowercase())?;
    (currency.code == word).then_some(Unit::Currency { code: currency.code, bare: false })
}

/// Takes in the word of `$17 billion dollars` and `$5 USD`; it may name the country.
fn with_currency_word(line: &Line, term: Term) -> Term {
    match currency_at(line, &term.quantity) {
        Some((unit, to)) => Term { to, unit, ..term },
        None => term,
    }
}

/// The unit after a number, and where it ends.
fn suffix(line: &Line, quantity: &Quantity) -> Option<(Unit, usize)> {
    share_at(line, quantity.to)
        .or_else(|| currency_at(line, quantity))
        .or_else(|| measure_at(line, quantity))
}

/// The lexeme at `at`, or the one after a hyphen there.
fn joined(line: &Line, at: usize) -> usize {
    let hyphened = line.glued_mark(at) == Some('-') && line.is_glued(at + 1);
    if hyphened { at + 1 } else { at }
}

/// `%`, `percent`, `per cent`, `percentage points`, and `basis points`, which the caller scales.
fn share_at(line: &Line, at: usize) -> Option<(Unit, usize)> {
    if line.mark(at) == Some('%') {
        let points = matches!(line.lower(at + 1).as_str(), "point" | "points");
        return Some(if points { (Unit::PercentPoint, at + 2) } else { (Unit::Percent, at + 1) });
    }
    let word = joined(line, at);
    let next = joined(line, word + 1);
    match (line.lower(word).as_str(), line.lower(next).as_str()) {
        ("percent" | "percentage" | "basis", "point" | "points") => {
            Some((Unit::PercentPoint, next + 1))
        }
        ("per", "cent") => Some((Unit::Percent, next + 1)),
        ("percent" | "pct", _) => Some((Unit::Percent, word + 1)),
        _ => None,
    }
}

/// `20€`, `20 €`; before a number the sign belongs to that.
fn sign_after(line: &Line, to: usize) -> Option<(Unit, usize)> {
    if !is_sign(line, to) || line.is_number(to + 1) {
        return None;
    }
    let (from, unit) = sign(line, to)?;
    (from == to).then_some((unit, to + 1))
}

/// Longest currency name in words: `new zealand dollars`.
const CURRENCY_WORDS_MAX: usize = 3;

/// `dollars`, `U.S. dollars`, `USD`, `-dollar`.
fn currency_at(line: &Line, quantity: &Quantity) -> Option<(Unit, usize)> {
    if let Some(after) = sign_after(line, quantity.to) {
        return Some(after);
    }
    let at = joined(line, quantity.to);
    for length in (1..=CURRENCY_WORDS_MAX).rev() {
        let words: Vec<String> = (at..at + length).map(|word| line.lower(word)).collect();
        let Some(currency) = lexicon().currency_word(&words.join(" ")) else { continue };
        let large = quantity.scale.is_some_and(|scale| scale >= Decimal::from(1_000_000));
        // "sek" and "rub" are codes only in capitals, while "yen" is a word.
        let is_code = length == 1 && currency.code.eq_ignore_ascii_case(line.text(at));
        if (currency.scaled && !large) || (is_code && line.text(at) != currency.code) {
            return None;
        }
        return Some((Unit::Currency { code: currency.code, bare: currency.bare }, at + length));
    }
    None
}

/// `years`, `-year-old`, `square miles`, `°C`.
fn measure_at(line: &Line, quantity: &Quantity) -> Option<(Unit, usize)> {
    if line.mark(quantity.to) == Some('°') {
        let lettered = line.is_glued(quantity.to + 1) && line.is_word(quantity.to + 1);
        return Some((Unit::Measure("degree".into()), quantity.to + 1 + usize::from(lettered)));
    }
    let at = joined(line, quantity.to);
    let kind = line.lower(at);
    let qualified = matches!(kind.as_str(), "square" | "cubic" | "metric");
    let word = if qualified { joined(line, at + 1) } else { at };
    let lower = line.lower(word);
    let (dimension, unit) = lexicon().units.get(&lower)?;
    let plural = lower.ends_with('s') || at > quantity.to || quantity.mantissa == Decimal::ONE;
    // "the 21 second-half goals" counts no seconds.
    if lower == "second" && !plural {
        return None;
    }
    let to = word + 1;
    let name = match (kind.as_str(), unit.as_str()) {
        ("metric", "ton") => "tonne".to_owned(),
        ("square" | "cubic", unit) => format!("{kind} {unit}"),
        (_, unit) => unit.to_owned(),
    };
    Some(match dimension {
        Dimension::Time => (Unit::Time(name.into()), age_end(line, to)),
        Dimension::Measure => match rate_at(line, to) {
            Some((per, to)) => (Unit::Measure(format!("{name} per {per}").into()), to),
            None => (Unit::Measure(name.into()), to),
        },
    })
}

/// `an hour` of `188 miles an hour`, which is no distance.
fn rate_at(line: &Line, to: usize) -> Option<(String, usize)> {
    if !matches!(line.lower(to).as_str(), "a" | "an" | "per") {
        return None;
    }
    let (dimension, unit) = lexicon().units.get(&line.lower(to + 1))?;
    (*dimension == Dimension::Time).then(|| (unit.clone(), to + 2))
}

/// After the `old` of `33-year-old` and `33 years old`.
fn age_end(line: &Line, to: usize) -> usize {
    let old = joined(line, to);
    match line.lower(old).as_str() {
        "old" => old + 1,
        "of" if line.lower(old + 1) == "age" => old + 2,
        _ => to,
    }
}

/// What stands between two numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Joint {
    Dash,
    To,
    And,
    Or,
}

/// The joint at `to` and where the second number may begin.
fn joint_at(line: &Line, to: usize) -> Option<(Joint, usize)> {
    if matches!(line.glued_mark(to), Some('-' | '–')) && line.is_glued(to + 1) {
        return Some((Joint::Dash, to + 1));
    }
    // The hanging hyphen of "four- to five-year".
    let word = if line.glued_mark(to) == Some('-') { to + 1 } else { to };
    let joint = match line.lower(word).as_str() {
        "to" | "through" => Joint::To,
        "and" => Joint::And,
        "or" => Joint::Or,
        _ => return None,
    };
    Some((joint, word + 1))
}

/// What two numbers with a joint between them are.
enum Join {
    /// The two ends of one range.
    Range(Term, Term),
    /// Two amounts that share a unit.
    Both(Term, Term),
    /// Two numbers that have nothing to do with each other.
    Apart,
}

fn join(line: &Line, first: &Term, joint: Joint, second: &Term) -> Join {
    let Some((low, high)) = shared(first, joint, second) else { return Join::Apart };
    let before = first.from.checked_sub(1).map_or(String::new(), |before| line.lower(before));
    let between = before == "between";
    let (Some(from), Some(to)) = (low.value(), high.value()) else { return Join::Apart };
    let plain = low.unit == Unit::None;
    let rising = from < to;
    if plain && !(rising && count::is_range(line, first, second, between || joint == Joint::To)) {
        return Join::Apart;
    }
    match joint {
        Joint::And if between && rising => Join::Range(low, high),
        Joint::And if matches!(low.unit, Unit::Percent | Unit::Currency { .. }) => {
            Join::Both(low, high)
        }
        Joint::And => Join::Apart,
        Joint::To if lexicon().words.changes.contains(&before) => Join::Both(low, high),
        Joint::Or if first.unit != Unit::None => Join::Both(low, high),
        _ if rising => Join::Range(low, high),
        _ => Join::Apart,
    }
}

/// Both terms with the unit and scale that one of them lacks; nothing if their units differ.
fn shared(first: &Term, joint: Joint, second: &Term) -> Option<(Term, Term)> {
    let (mut low, mut high) = (first.clone(), second.clone());
    match (&first.unit, &second.unit) {
        (one, two) if same_unit(one, two) => {}
        // "20 to 30 percent", "6–12 months"; not "5 to $10".
        (Unit::None, _) if !second.prefixed => low.unit = second.unit.clone(),
        // "$5-7 billion", "between $5 and 7 billion"; not "gave $5 to 7 people".
        (_, Unit::None)
            if first.prefixed && (joint == Joint::Dash || second.quantity.scale.is_some()) =>
        {
            high.unit = first.unit.clone();
        }
        _ => return None,
    }
    let small = low.quantity.mantissa < Decimal::from(1000) && low.quantity.scale.is_none();
    if small && low.quantity.mantissa < high.quantity.mantissa {
        low.quantity.scale = high.quantity.scale;
    }
    Some((low, high))
}

/// The same currency is the same whether or not its country was printed.
fn same_unit(one: &Unit, two: &Unit) -> bool {
    match (one, two) {
        (Unit::Currency { code: one, .. }, Unit::Currency { code: two, .. }) => one == two,
        _ => one == two,
    }
}

/// Adds the amount from `low` to `high`; returns where to go on.
fn emit(line: &Line, low: &Term, high: &Term, found: &mut Vec<Figure>) -> usize {
    let (from, to) = (low.from, high.to);
    let kind = match &high.unit {
        Unit::Currency { .. } => Kind::Money,
        Unit::Percent => Kind::Percent,
        Unit::PercentPoint => Kind::PercentPoint,
        Unit::Time(_) => Kind::Duration,
        Unit::Measure(_) => Kind::Measure,
        Unit::Things(_) | Unit::None => return count::emit(line, low, high, found),
    };
    let closes = boundary::closes(line, to, true) || line.glued_mark(to) == Some('+');
    let (Some(least), Some(most)) = (low.value(), high.value()) else { return to };
    if !closes || is_idiom(line, high) {
        return boundary::chain_end(line, to - 1);
    }
    let value = Value::Amount { low: least, high: most, unit: high.unit.clone() };
    let hedge = hedge::around(line, from, to, kind);
    found.push(Figure { span: line.range(from, to), kind, value, hedge, noun: None });
    to
}

/// "One day he left", "the one second thought" and "Three Mile Island" measure nothing.
fn is_idiom(line: &Line, term: &Term) -> bool {
    let place = matches!(term.unit, Unit::Measure(_) | Unit::Time(_)) && !line.title_case;
    if place && term.quantity.spelled && line.is_capitalised(term.to - 1) {
        return true;
    }
    let one = term.quantity.spelled && term.quantity.value() == Some(Decimal::ONE);
    one && matches!(line.lower(term.to - 1).as_str(), "day" | "second" | "minute")
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
            ("a 33-year-old man",               vec!["duration 33 year: 33-year-old"]),
            ("the next 6\u{2011}12 months",      vec!["duration 6..12 month: 6\u{2011}12 months"]),
            ("ten- to fifteen-year terms",      vec!["duration 10..15 year: ten- to fifteen-year"]),
            ("one year later",                  vec!["duration 1 year: one year"]),
            ("40 km of road",                   vec!["measure 40 kilometre: 40 km"]),
            ("33 years old",                    vec!["duration 33 year: 33 years old"]),
            ("80 miles an hour",                vec!["measure 80 mile per hour: 80 miles an hour"]),
            ("5,000 metric tons",               vec!["measure 5000 tonne: 5,000 metric tons"]),
            ("500 square miles",                vec!["measure 500 square mile: 500 square miles"]),
            ("30°C",                            vec!["measure 30 degree: 30°C"]),
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
