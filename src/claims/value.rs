//! What a claim says, exactly: decimals, days, and their normal form as text.
//!
//! Every value is an interval; an exact one has two equal ends.
//!
//! In:  what the grammar read.
//! Out: [`Value`] and its spellings for output.
//! Not here: whether two values agree (`divergence`).

use super::lexicon::lexicon;
use crate::span::Span;
use jiff::ToSpan;
use jiff::civil::Date;
use rust_decimal::Decimal;

/// What a claim says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A number, or every number from `low` to `high`, both included.
    Amount {
        /// The least.
        low: Decimal,
        /// The greatest; equal to `low` unless a range was printed.
        high: Decimal,
        /// What it is in.
        unit: Unit,
    },
    /// The days from `first` up to and without `end`.
    Days {
        /// The first day.
        first: Date,
        /// The day after the last.
        end: Date,
        /// How finely the text named them.
        granularity: Granularity,
    },
    /// A day of every year: `November 6`. Never given a year here.
    MonthDay {
        /// January is 1.
        month: i8,
        /// Counted from 1.
        day: i8,
    },
    /// A day of every week: `Thursday`. Never given a date here.
    Weekday {
        /// Monday is 1.
        weekday: i8,
    },
    /// Days counted from another one: `yesterday`, `last month`, `later that day`. Which
    /// ones they are stands in [`Claim::meant`](super::Claim::meant), if that is known.
    Relative,
    /// A time of day, in minutes after midnight; no time zone is read.
    Clock {
        /// Below 1440.
        minutes: i16,
    },
    /// A result, in the order printed.
    Score {
        /// The side named first.
        one: Decimal,
        /// The other.
        two: Decimal,
    },
    /// Who holds an office.
    Title {
        /// The full name: `Dana Ruiz`.
        name: Box<str>,
        /// The office in normal form: `deputy foreign minister`, `former mayor`.
        office: Box<str>,
    },
    /// Words in quotation marks.
    Words {
        /// The words, without the marks.
        inner: Span,
        /// The verb that hands them to the speaker: `said`.
        cue: Option<Span>,
        /// What they are.
        usage: Usage,
        /// Who says them.
        voice: Option<Voice>,
    },
}

/// What words in quotation marks are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Usage {
    /// Somebody's own words.
    Speech,
    /// A name or a title: `“The Old Harbour”`.
    Name,
    /// A borrowed word, or one that the text keeps at a distance: `the “reform”`.
    Term,
    /// Words that nobody uttered: `the message is “we have other ports”`.
    Imagined,
}

impl Usage {
    /// The word used in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Speech => "speech",
            Self::Name => "name",
            Self::Term => "term",
            Self::Imagined => "imagined",
        }
    }
}

/// Who says something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Voice {
    /// The words beside the verb: `she`, `Ruiz`.
    pub said: Span,
    /// The fullest name of the same that the text gave up to there: `Dana Ruiz`.
    pub name: Span,
    /// What the text says that the bearer of the name is: `the mayor of Port Ellery`.
    pub role: Option<Span>,
}

/// How finely a text named days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Granularity {
    /// `6 November 2025`, `6–7 November 2025`.
    Day,
    /// `November 2025`.
    Month,
    /// `2025`, `2020–2025`.
    Year,
    /// `the 1990s`.
    Decade,
}

/// What an amount is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Money.
    Currency {
        /// ISO 4217 code, or the lower-case word where several countries share it.
        code: &'static str,
        /// Whether the text left the country open: `$` is read as `USD` by policy.
        bare: bool,
    },
    /// Hundredths of a whole.
    Percent,
    /// Hundredths of a whole, as a difference.
    PercentPoint,
    /// A span of time, in the singular: `year`.
    Time(Box<str>),
    /// Another unit of measure, in the singular: `square kilometre`.
    Measure(Box<str>),
    /// The noun counted, in the singular: `agreement`.
    Things(Box<str>),
    /// Times in a period, a week or a year.
    Per(&'static str),
    /// A place from the top, among nouns in the singular.
    Most {
        /// What there is most of: `largest`.
        quality: Box<str>,
        /// What is ranked: `port`; empty where no noun says so.
        of: Box<str>,
    },
    /// None was printed.
    None,
}

impl Unit {
    /// What a unit of measure measures: `length`; nothing for units without a factor.
    pub fn dimension(&self) -> Option<&'static str> {
        Some(self.measure()?.0)
    }

    /// What it measures, how many base units one is, and from where the base unit counts.
    fn measure(&self) -> Option<(&'static str, Decimal, Decimal)> {
        let (Self::Time(name) | Self::Measure(name)) = self else { return None };
        // Degrees count from different points.
        match &**name {
            "degree Celsius" => return Some(("temperature", Decimal::ONE, Decimal::ZERO)),
            "degree Fahrenheit" => {
                let ninth = Decimal::from(5) / Decimal::from(9);
                return Some(("temperature", ninth, Decimal::from(32)));
            }
            _ => {}
        }
        let (dimension, factor) = lexicon().factors.get(&**name)?;
        Some((dimension, *factor, Decimal::ZERO))
    }

    /// `value` of this unit in the base unit of what it measures, and how many base units
    /// one is.
    pub(crate) fn in_base(&self, value: Decimal) -> Option<(Decimal, Decimal)> {
        let (_, factor, zero) = self.measure()?;
        Some((value.checked_sub(zero)?.checked_mul(factor)?, factor))
    }

    fn text(&self) -> Option<String> {
        match self {
            Self::Currency { code, .. } => Some((*code).to_owned()),
            Self::Percent => Some("percent".to_owned()),
            Self::PercentPoint => Some("percentage point".to_owned()),
            Self::Time(name) | Self::Measure(name) | Self::Things(name) => Some(name.to_string()),
            Self::Per(period) => Some(format!("per {period}")),
            Self::Most { quality, of } => Some(format!("{quality} {of}").trim_end().to_owned()),
            Self::None => None,
        }
    }

    /// Whether two superlatives of the same things exclude each other: the largest port is
    /// not the smallest one.
    pub(crate) fn is_opposite(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Most { quality, of }, Self::Most { quality: against, of: same }) => {
                of == same && lexicon().extent.are_opposite(quality, against)
            }
            _ => false,
        }
    }
}

/// The days of the week in output, from Monday.
const WEEKDAYS: [&str; 7] =
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

impl Value {
    /// One amount, not a range.
    pub(super) fn exactly(amount: Decimal, unit: Unit) -> Self {
        Self::Amount { low: amount, high: amount, unit }
    }

    pub(crate) fn text(&self) -> String {
        match self {
            Self::Amount { low, high, .. } if low == high => plain(*low),
            Self::Amount { low, high, .. } => format!("{}..{}", plain(*low), plain(*high)),
            Self::Days { first, end, granularity } => days_text(*first, *end, *granularity),
            Self::MonthDay { month, day } => format!("--{month:02}-{day:02}"),
            Self::Weekday { weekday } => {
                let name = usize::try_from(*weekday - 1).ok().and_then(|day| WEEKDAYS.get(day));
                (*name.unwrap_or(&"")).to_owned()
            }
            Self::Relative => "relative".to_owned(),
            Self::Clock { minutes } => format!("{:02}:{:02}", minutes / 60, minutes % 60),
            Self::Score { one, two } => format!("{}-{}", plain(*one), plain(*two)),
            Self::Title { office, .. } => office.to_string(),
            Self::Words { .. } => String::new(),
        }
    }

    pub(super) fn unit_text(&self) -> Option<String> {
        match self {
            Self::Amount { unit, .. } => unit.text(),
            Self::Title { name, .. } => Some(name.to_string()),
            _ => None,
        }
    }

    pub(super) fn low_text(&self) -> Option<String> {
        match self {
            Self::Amount { low, .. } => Some(plain(*low)),
            Self::Days { first, .. } => Some(first.to_string()),
            _ => None,
        }
    }

    pub(super) fn high_text(&self) -> Option<String> {
        match self {
            Self::Amount { high, .. } => Some(plain(*high)),
            Self::Days { end, .. } => Some(last_day(*end).to_string()),
            _ => None,
        }
    }
}

/// Without trailing zeros and without an exponent.
fn plain(value: Decimal) -> String {
    value.normalize().to_string()
}

fn last_day(end: Date) -> Date {
    end.saturating_sub(1.day())
}

fn days_text(first: Date, end: Date, granularity: Granularity) -> String {
    let last = last_day(end);
    let one = |date: Date| match granularity {
        Granularity::Day => date.to_string(),
        Granularity::Month => format!("{:04}-{:02}", date.year(), date.month()),
        Granularity::Year => format!("{:04}", date.year()),
        Granularity::Decade => format!("{:04}s", date.year() / 10 * 10),
    };
    let (from, to) = (one(first), one(last));
    if from == to { from } else { format!("{from}..{to}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    /// One row per form of output.
    #[test]
    fn values_have_one_normal_form() {
        let amount = |low: &str, high: &str| Value::Amount {
            low: low.parse().unwrap(),
            high: high.parse().unwrap(),
            unit: Unit::None,
        };
        let days = |first, end, granularity| Value::Days { first, end, granularity };
        #[rustfmt::skip]
        let cases = [
            (amount("17000000000.0", "17000000000"), "17000000000"),
            (amount("5", "7.50"), "5..7.5"),
            (days(date(2025, 11, 6), date(2025, 11, 7), Granularity::Day), "2025-11-06"),
            (days(date(2025, 11, 6), date(2025, 11, 8), Granularity::Day), "2025-11-06..2025-11-07"),
            (days(date(2025, 11, 1), date(2025, 12, 1), Granularity::Month), "2025-11"),
            (days(date(2020, 1, 1), date(2026, 1, 1), Granularity::Year), "2020..2025"),
            (days(date(1990, 1, 1), date(2000, 1, 1), Granularity::Decade), "1990s"),
            (Value::MonthDay { month: 11, day: 6 }, "--11-06"),
            (Value::Weekday { weekday: 4 }, "thursday"),
        ];
        for (value, text) in cases {
            assert_eq!(value.text(), text);
        }
    }

    #[test]
    fn the_last_day_is_included_in_output() {
        let year = Value::Days {
            first: date(2025, 1, 1),
            end: date(2026, 1, 1),
            granularity: Granularity::Year,
        };

        assert_eq!(year.low_text().as_deref(), Some("2025-01-01"));
        assert_eq!(year.high_text().as_deref(), Some("2025-12-31"));
    }
}
