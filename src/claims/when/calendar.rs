//! Calendar arithmetic: weeks, quarters, the last Monday of a month, Easter.
//!
//! In:  dates and counts.
//! Out: [`Period`]s, half-open.
//! Not here: words (`point`, `relative`).

use super::super::Granularity;
use jiff::Span;
use jiff::ToSpan;
use jiff::civil::Date;

/// Days from `first` up to and without `end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::claims) struct Period {
    pub(in crate::claims) first: Date,
    pub(in crate::claims) end: Date,
    pub(in crate::claims) grain: Granularity,
}

/// A unit of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Day,
    Week,
    Weekend,
    Fortnight,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

impl Period {
    pub(super) fn new(first: Date, end: Date, grain: Granularity) -> Option<Self> {
        (first < end).then_some(Self { first, end, grain })
    }

    pub(in crate::claims) fn day(day: Date) -> Option<Self> {
        Self::new(day, day.tomorrow().ok()?, Granularity::Day)
    }

    pub(in crate::claims) fn is_day(self) -> bool {
        self.first.tomorrow().ok() == Some(self.end)
    }

    pub(super) fn month(year: i16, month: i8) -> Option<Self> {
        Step::Month.around(Date::new(year, month, 1).ok()?)
    }

    pub(super) fn year(year: i16) -> Option<Self> {
        Step::Year.around(Date::new(year, 1, 1).ok()?)
    }

    pub(super) fn quarter(year: i16, quarter: i8) -> Option<Self> {
        Step::Quarter.around(Date::new(year, quarter.checked_mul(3)?.checked_sub(2)?, 1).ok()?)
    }
}

impl Step {
    pub(super) fn grain(self) -> Granularity {
        match self {
            Self::Day | Self::Week | Self::Weekend | Self::Fortnight => Granularity::Day,
            Self::Month | Self::Quarter => Granularity::Month,
            Self::Year => Granularity::Year,
            Self::Decade | Self::Century => Granularity::Decade,
        }
    }

    /// `day` moved by `count` of this unit.
    pub(super) fn shift(self, day: Date, count: i64) -> Option<Date> {
        let none = Span::new();
        let span = match self {
            Self::Day => none.try_days(count),
            Self::Week | Self::Weekend => none.try_weeks(count),
            Self::Fortnight => none.try_weeks(count.checked_mul(2)?),
            Self::Month => none.try_months(count),
            Self::Quarter => none.try_months(count.checked_mul(3)?),
            Self::Year => none.try_years(count),
            Self::Decade => none.try_years(count.checked_mul(10)?),
            Self::Century => none.try_years(count.checked_mul(100)?),
        };
        day.checked_add(span.ok()?).ok()
    }

    /// The week, month, … that `day` lies in.
    pub(super) fn around(self, day: Date) -> Option<Period> {
        let monday = |day: Date| {
            day.checked_sub(i32::from(day.weekday().to_monday_zero_offset()).days()).ok()
        };
        let first = match self {
            Self::Day => day,
            Self::Week | Self::Fortnight => monday(day)?,
            Self::Weekend => {
                let saturday = Self::Day.shift(monday(day)?, 5)?;
                return Period::new(saturday, Self::Day.shift(saturday, 2)?, self.grain());
            }
            Self::Month => day.first_of_month(),
            Self::Quarter => Date::new(day.year(), (day.month() - 1) / 3 * 3 + 1, 1).ok()?,
            Self::Year => day.first_of_year(),
            Self::Decade => Date::new(day.year() / 10 * 10, 1, 1).ok()?,
            Self::Century => Date::new(day.year() / 100 * 100, 1, 1).ok()?,
        };
        Period::new(first, self.shift(first, 1)?, self.grain())
    }

    /// The `count`-th one after the one that `day` lies in.
    pub(super) fn from(self, day: Date, count: i64) -> Option<Period> {
        self.around(self.shift(self.around(day)?.first, count)?)
    }

    /// The `count` whole ones before `day`'s own, or after it where `count` is positive.
    pub(super) fn run(self, day: Date, count: i64) -> Option<Period> {
        let own = self.around(day)?;
        if count < 0 {
            Period::new(self.shift(own.first, count)?, own.first, self.grain())
        } else {
            let first = self.shift(own.first, 1)?;
            Period::new(first, self.shift(first, count)?, self.grain())
        }
    }
}

/// `day` moved by `count` days.
pub(in crate::claims) fn shift_days(day: Date, count: i64) -> Option<Date> {
    Step::Day.shift(day, count)
}

/// The `count`-th `weekday` of `period`, from its end if `count` is negative.
pub(super) fn nth_weekday(period: Period, weekday: i8, count: i64) -> Option<Date> {
    let offset = |from: i8, to: i8| i64::from((to - from).rem_euclid(7));
    let of = |day: Date| day.weekday().to_monday_one_offset();
    let day = if count > 0 {
        let first = Step::Day.shift(period.first, offset(of(period.first), weekday))?;
        Step::Week.shift(first, count - 1)?
    } else {
        let last = Step::Day.shift(period.end, -1)?;
        let last = Step::Day.shift(last, -offset(weekday, of(last)))?;
        Step::Week.shift(last, count + 1)?
    };
    (period.first <= day && day < period.end).then_some(day)
}

/// The `count`-th week of `period`: the first one has most of its days in it.
pub(super) fn nth_week(period: Period, count: i64) -> Option<Period> {
    let anchor = if count > 0 {
        Step::Week.from(Step::Day.shift(period.first, 3)?, 0)?
    } else {
        Step::Week.from(Step::Day.shift(period.end, -4)?, 0)?
    };
    Step::Week.from(anchor.first, if count > 0 { count - 1 } else { count + 1 })
}

/// The first day on or after `from` with this weekday.
pub(super) fn weekday_from(from: Date, weekday: i8) -> Option<Date> {
    let ahead = (weekday - from.weekday().to_monday_one_offset()).rem_euclid(7);
    Step::Day.shift(from, i64::from(ahead))
}

/// Easter Sunday in the Gregorian calendar (Meeus, Astronomical Algorithms, chapter 8).
pub(super) fn easter(year: i16) -> Option<Date> {
    let year_number = i32::from(year);
    let (golden, century, of_century) = (year_number % 19, year_number / 100, year_number % 100);
    let moon = (8 * century + 13) / 25;
    let epact = (19 * golden + century - century / 4 - moon + 15) % 30;
    let sunday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - epact - of_century % 4) % 7;
    let shift = (golden + 11 * epact + 22 * sunday) / 451;
    let days = epact + sunday - 7 * shift + 114;
    Date::new(year, i8::try_from(days / 31).ok()?, i8::try_from(days % 31 + 1).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn easter_moves_with_the_moon() {
        for day in [date(2013, 3, 31), date(2018, 4, 1), date(2019, 4, 21), date(2025, 4, 20)] {
            assert_eq!(easter(day.year()), Some(day));
        }
    }

    #[test]
    fn weekdays_are_counted_from_either_end() {
        let march = Period::month(2013, 3).unwrap();
        let cases =
            [(1, 1, date(2013, 3, 4)), (1, -1, date(2013, 3, 25)), (5, 5, date(2013, 3, 29))];
        for (weekday, count, day) in cases {
            assert_eq!(nth_weekday(march, weekday, count), Some(day));
        }
        assert_eq!(nth_weekday(march, 1, 5), None);
    }

    #[test]
    fn years_and_months_end_where_the_calendar_says() {
        let leap = date(2024, 2, 29);
        assert_eq!(Step::Year.shift(leap, 1), Some(date(2025, 2, 28)));
        assert_eq!(Step::Month.around(leap).map(|month| month.end), Some(date(2024, 3, 1)));
        assert_eq!(
            Step::Week.around(date(2026, 1, 1)).map(|week| week.first),
            Some(date(2025, 12, 29))
        );
    }
}
