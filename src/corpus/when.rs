//! Dates in records: a calendar day, or an exact moment with its offset.
//!
//! In:  TOML dates.
//! Out: [`When`] and [`Moment`].
//! Not here: which dates must follow which (`check`).

use jiff::Timestamp;
use jiff::civil;
use jiff::tz::Offset;
use serde::Deserialize;
use serde::Deserializer;
use serde::de::Error as _;
use std::fmt;
use std::str::FromStr;
use toml::value::Datetime;

/// When something happened, as exactly as the record says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// A calendar day, in the outlet's own time zone.
    Day(civil::Date),
    /// An exact moment.
    Moment(Moment),
}

/// An exact moment and the offset from UTC in which it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The moment.
    pub timestamp: Timestamp,
    /// The offset in which it is printed.
    pub offset: Offset,
}

impl When {
    /// The calendar day as written.
    pub fn day(self) -> civil::Date {
        match self {
            Self::Day(day) => day,
            Self::Moment(moment) => moment.offset.to_datetime(moment.timestamp).date(),
        }
    }

    /// Whether this was certainly before `other`, in whatever time zones the
    /// calendar days were meant.
    pub fn is_before(self, other: When) -> bool {
        match (self, other) {
            (Self::Day(left), Self::Day(right)) => left < right,
            (left, right) => left.latest() < right.earliest(),
        }
    }

    /// The first moment that this can mean: days begin first at UTC+14.
    pub fn earliest(self) -> Timestamp {
        match self {
            Self::Day(day) => moment_of(day.at(0, 0, 0, 0), 14),
            Self::Moment(moment) => moment.timestamp,
        }
    }

    /// The last moment that this can mean: days end last at UTC-12.
    fn latest(self) -> Timestamp {
        match self {
            Self::Day(day) => moment_of(day.at(23, 59, 59, 0), -12),
            Self::Moment(moment) => moment.timestamp,
        }
    }
}

impl From<Timestamp> for Moment {
    fn from(timestamp: Timestamp) -> Self {
        Self { timestamp, offset: Offset::UTC }
    }
}

impl fmt::Display for When {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => day.fmt(formatter),
            Self::Moment(moment) => moment.fmt(formatter),
        }
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.offset == Offset::UTC {
            return self.timestamp.fmt(formatter);
        }
        self.timestamp.display_with_offset(self.offset).fmt(formatter)
    }
}

/// A text that is not a date as records write it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotADate(String);

impl FromStr for When {
    type Err = NotADate;

    fn from_str(text: &str) -> Result<Self, NotADate> {
        let wrong = |_| {
            NotADate(format!("`{text}` is not a date such as 2025-11-07 or 2025-11-07T18:00:00Z"))
        };
        when(text.parse().map_err(wrong)?).map_err(NotADate)
    }
}

impl<'de> Deserialize<'de> for When {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        when(Datetime::deserialize(input)?).map_err(D::Error::custom)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        match When::deserialize(input)? {
            When::Moment(moment) => Ok(moment),
            When::Day(day) => Err(D::Error::custom(format!("`{day}` lacks a time of day"))),
        }
    }
}

fn when(datetime: Datetime) -> Result<When, String> {
    let Some(date) = datetime.date else {
        return Err(format!("`{datetime}` lacks a calendar day"));
    };
    let out_of_range = |_| format!("`{datetime}` is not a date");
    let narrow = |value: u8| i8::try_from(value).unwrap_or(i8::MAX);
    let year = i16::try_from(date.year).unwrap_or(i16::MAX);
    let day = civil::Date::new(year, narrow(date.month), narrow(date.day)).map_err(out_of_range)?;
    let Some(time) = datetime.time else {
        return Ok(When::Day(day));
    };
    let seconds = match datetime.offset {
        None => {
            return Err(format!("`{datetime}` lacks an offset from UTC, such as `Z` or `+05:00`"));
        }
        Some(toml::value::Offset::Z) => 0,
        Some(toml::value::Offset::Custom { minutes }) => i32::from(minutes) * 60,
    };
    let nanosecond = i32::try_from(time.nanosecond.unwrap_or(0)).unwrap_or(0);
    let second = narrow(time.second.unwrap_or(0));
    let clock = civil::Time::new(narrow(time.hour), narrow(time.minute), second, nanosecond);
    let offset = Offset::from_seconds(seconds).map_err(out_of_range)?;
    let local = day.to_datetime(clock.map_err(out_of_range)?);
    let timestamp = offset.to_timestamp(local).map_err(out_of_range)?;
    Ok(When::Moment(Moment { timestamp, offset }))
}

/// The moment of a local time at a whole-hour offset, or the nearest end of time.
fn moment_of(local: civil::DateTime, hours: i8) -> Timestamp {
    let end = if hours > 0 { Timestamp::MIN } else { Timestamp::MAX };
    Offset::constant(hours).to_timestamp(local).unwrap_or(end)
}

#[cfg(test)]
mod schema {
    use super::*;
    use schemars::JsonSchema;
    use schemars::Schema;
    use schemars::SchemaGenerator;
    use schemars::json_schema;

    impl JsonSchema for When {
        fn schema_name() -> std::borrow::Cow<'static, str> {
            "When".into()
        }

        fn json_schema(_: &mut SchemaGenerator) -> Schema {
            json_schema!({
                "description": "A TOML date, or date-time with an offset, without quotation marks.",
                "type": "string",
                "anyOf": [{ "format": "date" }, { "format": "date-time" }],
            })
        }
    }

    impl JsonSchema for Moment {
        fn schema_name() -> std::borrow::Cow<'static, str> {
            "Moment".into()
        }

        fn json_schema(_: &mut SchemaGenerator) -> Schema {
            json_schema!({
                "description": "A TOML date-time with an offset, without quotation marks.",
                "type": "string",
                "format": "date-time",
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<When, String> {
        #[derive(Deserialize)]
        struct Line {
            at: When,
        }
        let line: Result<Line, _> = toml::from_str(&format!("at = {text}"));
        line.map(|line| line.at).map_err(|error| error.message().to_owned())
    }

    #[test]
    fn prints_what_it_reads() {
        for text in ["2025-11-07", "2025-11-07T18:00:00Z", "2025-11-07T18:00:00.25+05:00"] {
            assert_eq!(read(text).unwrap().to_string(), text);
        }
        assert_eq!(read("2025-11-07T18:00:00+00:00").unwrap().to_string(), "2025-11-07T18:00:00Z");
        assert_eq!(read("2025-11-07 18:00:00-08:00").unwrap().day().to_string(), "2025-11-07");
    }

    #[test]
    fn refuses_what_is_not_exact() {
        assert!(read("2025-11-07T18:00:00").unwrap_err().contains("lacks an offset"));
        assert!(read("18:00:00").unwrap_err().contains("lacks a calendar day"));
        assert!(read("\"2025-11-07\"").is_err());
    }

    /// One row per pair: is the left certainly before the right?
    #[test]
    fn threat_23_only_certain_contradictions_count() {
        #[rustfmt::skip]
        let cases = [
            ("2025-11-06",           "2025-11-07",           true),
            ("2025-11-07",           "2025-11-07",           false),
            ("2025-11-06T23:30:00Z", "2025-11-07",           false),
            ("2025-11-05T23:30:00Z", "2025-11-07",           true),
            ("2025-11-07",           "2025-11-08T00:00:00Z", false),
            ("2025-11-07T10:00:00Z", "2025-11-07T10:00:01Z", true),
            ("2025-11-07T12:00:00+05:00", "2025-11-07T07:00:00Z", false),
        ];
        for (left, right, expected) in cases {
            assert_eq!(
                read(left).unwrap().is_before(read(right).unwrap()),
                expected,
                "{left} {right}"
            );
        }
    }
}
