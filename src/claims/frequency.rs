//! Frequencies: how often something happens.
//!
//! `twice a week`, `three times a day`, `every two years`, `monthly`. The value is so many
//! times a week, or so many times a year where months count, so that `every six months`
//! and `twice a year` are one.
//!
//! In:  a [`Line`] and where in it a frequency may begin, or a number of times ends.
//! Out: a [`Figure`] of kind [`Kind::Frequency`], and where to go on.
//! Not here: times without a period (`times`), and `20 tonnes a day` (`unit`).

use super::Kind;
use super::Unit;
use super::Value;
use super::boundary;
use super::hedge;
use super::lex::Line;
use super::lexicon::Trigger;
use super::lexicon::lexicon;
use super::numeral;
use super::ordinal;
use super::scan::Figure;
use rust_decimal::Decimal;

/// How many times, in the week or the year.
type Rate = (Decimal, &'static str);

/// `every two years`, `each month`, `annually` at `at`.
pub(super) fn read(line: &Line, at: usize) -> Option<(Figure, usize)> {
    // "the Daily Herald", "THE KELMOUTH DAILY"
    let name = line.is_capitalised(at) && at > 0;
    let (rate, to) = every(line, at).or_else(|| adverb(line, at))?;
    let free = boundary::opens(line, at) && boundary::closes(line, to, false);
    (free && !name).then(|| figure(line, (at, to), (Decimal::ONE, Decimal::ONE), rate))?
}

/// The frequency of `low` to `high` times, which begin at `from`, in the period after `to`:
/// `twice` with `a week`.
pub(super) fn of_times(
    line: &Line,
    (from, to): (usize, usize),
    times: (Decimal, Decimal),
) -> Option<(Figure, usize)> {
    if line.glued_mark(to) == Some('-') {
        // "twice-weekly"
        let (rate, end) = adverb(line, to + 1)?;
        return figure(line, (from, end), times, rate);
    }
    let (rate, end) = match line.lower(to) {
        "a" | "an" | "per" => period(line, to + 1).map(|rate| (rate, to + 2))?,
        "every" | "each" => every(line, to)?,
        _ => {
            adverb(line, to).filter(|_| matches!(line.lower(to), "daily" | "weekly" | "yearly"))?
        }
    };
    figure(line, (from, end), times, rate)
}

fn figure(
    line: &Line,
    (from, to): (usize, usize),
    (low, high): (Decimal, Decimal),
    (rate, period): Rate,
) -> Option<(Figure, usize)> {
    let (low, high) = (low.checked_mul(rate)?, high.checked_mul(rate)?);
    let value = Value::Amount { low, high, unit: Unit::Per(period) };
    let hedge = hedge::around(line, from, to, Kind::Frequency);
    Some((Figure::new(line, (from, to), Kind::Frequency, value).hedged(hedge), to))
}

/// `every week`, `every two years`, `every other day`, `every fourth year`.
fn every(line: &Line, at: usize) -> Option<(Rate, usize)> {
    let every = line.lower(at) == "every";
    (every || line.lower(at) == "each").then_some(())?;
    let next = at + 1;
    let (number, to) = match line.lower(next) {
        "other" if every => (2, next + 1),
        _ => ordinal::whole_position(line, next)
            .or_else(|| numeral::cardinal(line, next))
            .filter(|(number, _)| every && *number > 1)
            .unwrap_or((1, next)),
    };
    if every && number == 1 && matches!(line.trigger(to), Trigger::Weekday(_)) {
        return Some(((Decimal::ONE, "week"), to + 1));
    }
    let (rate, period) = period(line, to)?;
    Some(((rate.checked_div(Decimal::from(number))?, period), to + 1))
}

/// How often the word at `at` says: `monthly`.
fn adverb(line: &Line, at: usize) -> Option<(Rate, usize)> {
    Some((*lexicon().extent.often.get(line.lower(at))?, at + 1))
}

/// How many of the period at `at` there are in a week or a year.
fn period(line: &Line, at: usize) -> Option<Rate> {
    let lower = line.lower(at);
    let singular = match lower {
        "centuries" => "century",
        _ => lower.strip_suffix('s').unwrap_or(lower),
    };
    // "every minute of the match"
    let part = line.lower(at + 1) == "of" || line.glued_mark(at + 1) == Some('-');
    lexicon().extent.periods.get(singular).copied().filter(|_| !part)
}

#[cfg(test)]
mod tests {
    use crate::claims::scan::tests::shown;

    /// One row per wording; those of one value stand together.
    #[test]
    fn reads_every_wording() {
        #[rustfmt::skip]
        let cases = [
            ("they meet twice a week",              "frequency 2 per week: twice a week"),
            ("they meet two times a week",          "frequency 2 per week: two times a week"),
            ("a twice-weekly ferry",                "frequency 2 per week: twice-weekly"),
            ("it sails daily",                      "frequency 7 per week: daily"),
            ("it sails every day",                  "frequency 7 per week: every day"),
            ("it sails three times a day",          "frequency 21 per week: three times a day"),
            ("it sails every Thursday",             "frequency 1 per week: every Thursday"),
            ("it sails every other day",            "frequency 3.5 per week: every other day"),
            ("it sails every second day",           "frequency 3.5 per week: every second day"),
            ("a ferry every 20 minutes",            "frequency 504 per week: every 20 minutes"),
            ("it is checked every six months",      "frequency 2 per year: every six months"),
            ("it is checked twice a year",          "frequency 2 per year: twice a year"),
            ("it is checked once every six months", "frequency 2 per year: once every six months"),
            ("they vote every two years",           "frequency 0.5 per year: every two years"),
            ("the monthly total",                   "frequency 12 per year: monthly"),
            ("it is paid annually",                 "frequency 1 per year: annually"),
            ("at least once a month",               "frequency 12 per year (at least): once a month"),
            ("two to three times a year",           "frequency 2..3 per year: two to three times a year"),
        ];
        for (text, figure) in cases {
            assert_eq!(shown(text), [figure], "{text}");
        }
    }

    #[test]
    fn refuses_what_says_nothing_of_how_often() {
        for text in [
            "every ship sank",
            "each of them",
            "every minute of it",
            "the Daily Herald said",
            "every few weeks",
            "every so often",
        ] {
            assert_eq!(shown(text), Vec::<String>::new(), "{text}");
        }
    }
}
