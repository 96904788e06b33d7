//! Dates: days, months, years, and those that count from another day.
//!
//! `November 6, 2025`, `6th of November`, `2025-11-06`, `last Thursday`, `two months ago`,
//! `early 2026`, `May to March`. What a name without a year means is a policy, not a
//! guess: in news the last such day, the day of writing included, unless `next` or a
//! verb of the future says otherwise. Without a day to count from it stays unresolved,
//! and `11/06/2025` is left alone, since it is June in one country and November in another.
//!
//! In:  a [`Line`] and [`Options`].
//! Out: [`Figure`]s of kind [`Kind::Date`].
//! Not here: bare years in running news (`year`), times of day (`clock`).

mod anaphor;
mod calendar;
mod digits;
mod part;
mod point;
mod range;
mod relative;

pub(super) use calendar::Period;
pub(super) use calendar::shift_days;

use super::DateOrder;
use super::Kind;
use super::Lean;
use super::Options;
use super::Value;
use super::boundary;
use super::lex::Line;
use super::lexicon::Trigger;
use super::lexicon::lexicon;
use super::scan::Days;
use super::scan::Figure;
use calendar::Step;
use jiff::civil::Date;
use std::cell::Cell;

/// A line with what decides between the days a name may mean.
#[derive(Clone, Copy)]
pub(super) struct Reader<'l, 't> {
    line: &'l Line<'t>,
    /// The day to count from; any day will do to see which words are a date.
    today: Date,
    /// Whether `today` is the day of writing.
    known: bool,
    /// Whether `today` was asked for since this was last reset.
    asked: &'l Cell<bool>,
    lean: Lean,
    order: Option<DateOrder>,
    /// Whether a bare year counts: always after `early` and the like, else only where
    /// every figure does, since running news is read for years elsewhere.
    long: bool,
}

/// How far before a date a verb of the future may stand, in lexemes: "will meet the
/// leaders of both countries on Thursday".
const FUTURE_LEXEMES: usize = 10;

/// Some day, to see which words are a date where the day of writing is not known.
const ANY_DAY: Date = Date::constant(2001, 2, 14);

/// Days from one reference to another that differs in year, month and day of the week.
const OTHER_DAYS: i64 = 4 * 365 + 101;

/// A date as far as its words name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Point {
    Days(Period),
    MonthDay(i8, i8),
    Month(i8),
    Weekday(i8),
    WeekdayDay(i8, i8),
    DayOfMonth(i8),
    /// `February 30`: there is no such day.
    Impossible,
}

impl<'l, 't> Reader<'l, 't> {
    pub(super) fn new(line: &'l Line<'t>, options: &Options, asked: &'l Cell<bool>) -> Self {
        Self {
            line,
            today: options.reference.unwrap_or(ANY_DAY),
            known: options.reference.is_some(),
            asked,
            lean: options.lean,
            order: options.order,
            long: line.every,
        }
    }

    /// The day to count from.
    fn today(&self) -> Date {
        self.asked.set(true);
        self.today
    }

    /// The same line where a longer time is expected, as after `early`.
    fn expecting(self) -> Self {
        Self { long: true, ..self }
    }

    /// The same line, leaning to the future where a verb of the future stands before `at`.
    fn leaning(self, at: usize) -> Self {
        let words = (at.saturating_sub(FUTURE_LEXEMES)..at).rev();
        // "will join, the president announced Thursday": the nearer verb counts.
        let future = words.map_while(|index| {
            let word = self.line.lower(index);
            // "are to reopen"
            let to = matches!(word, "is" | "are") && self.line.lower(index + 1) == "to";
            let future = to || lexicon().time.future.contains(word);
            (future || !(word.ends_with("ed") || word == "said")).then_some(future)
        });
        let lean = if future.into_iter().any(|future| future) { Lean::Future } else { self.lean };
        Self { lean, ..self }
    }

    /// The days a point means beside the reference.
    fn resolve(&self, point: Point) -> Option<Period> {
        match point {
            Point::Days(period) => return Some(period),
            Point::Impossible => return None,
            _ => {}
        }
        let today = self.today();
        match self.lean {
            Lean::Past => latest(point, today)
                .filter(|past| !is_long_past(*past, today) || self.line.every)
                .or_else(|| earliest(point, today, self.line.every)),
            Lean::Future => earliest(point, today, self.line.every),
        }
    }
}

/// Days ago from which on a text names the year: a day without one is the next one then.
const LONG_PAST_DAYS: i32 = 300;

fn is_long_past(past: Period, today: Date) -> bool {
    past.first.until(today).is_ok_and(|span| span.get_days() > LONG_PAST_DAYS)
}

/// The last days that `point` names up to `today`.
fn latest(point: Point, today: Date) -> Option<Period> {
    candidates(point, today, -1).filter(|period| period.first <= today).last()
}

/// The first days that `point` names from `today` on; a day of the week is another day.
fn earliest(point: Point, today: Date, other: bool) -> Option<Period> {
    let weekday = matches!(point, Point::Weekday(_)) && other;
    candidates(point, today, 1)
        .find(|period| if weekday { period.first > today } else { period.end > today })
}

/// What `point` may mean around `today`, in order of time.
fn candidates(point: Point, today: Date, toward: i64) -> Box<dyn Iterator<Item = Period>> {
    let years = if toward < 0 { -8..=0 } else { 0..=8 };
    let year = today.year();
    match point {
        Point::MonthDay(month, day) => Box::new(years.filter_map(move |offset| {
            Period::day(Date::new(year + i16::try_from(offset).ok()?, month, day).ok()?)
        })),
        Point::Month(month) => Box::new(
            years
                .filter_map(move |offset| Period::month(year + i16::try_from(offset).ok()?, month)),
        ),
        Point::Weekday(weekday) => {
            let days = if toward < 0 { -6..=0 } else { 0..=7 };
            Box::new(days.filter_map(move |offset| {
                let day = Step::Day.shift(today, offset)?;
                (day.weekday().to_monday_one_offset() == weekday).then(|| Period::day(day))?
            }))
        }
        Point::WeekdayDay(..) | Point::DayOfMonth(_) => {
            let months = if toward < 0 { -24..=0 } else { 0..=24 };
            Box::new(months.filter_map(move |offset| {
                let first = Step::Month.from(today, offset)?.first;
                match point {
                    Point::DayOfMonth(day) => {
                        Period::day(Date::new(first.year(), first.month(), day).ok()?)
                    }
                    Point::WeekdayDay(weekday, day) => {
                        let day = Date::new(first.year(), first.month(), day).ok()?;
                        (day.weekday().to_monday_one_offset() == weekday)
                            .then(|| Period::day(day))?
                    }
                    _ => None,
                }
            }))
        }
        Point::Days(period) => Box::new(std::iter::once(period)),
        Point::Impossible => Box::new(std::iter::empty()),
    }
}

/// How far after a number the word may stand that makes it a date: "25 minutes and a day ago".
const NUMBER_LEXEMES: usize = 5;

/// Whether a date may begin with the digits at `at` in running news: a word of the calendar
/// or a sign inside a date stands near. Most numbers are none, and this tells so cheaply.
pub(super) fn may_begin(line: &Line, at: usize) -> bool {
    let part = |next: usize| {
        line.glued_mark(next).is_some_and(|mark| matches!(mark, '-' | '–' | '/' | '.' | '’' | '\''))
            || line.is_glued_word(next)
            || (line.trigger(next).is_figure() && line.trigger(next) != Trigger::Article)
            || lexicon().time.step(line.lower(next)).is_some()
    };
    line.text(at).len() == 4 || (at + 1..=at + NUMBER_LEXEMES).any(part)
}

/// How far after `this` or `end` the name may stand of what it is a part of: "end of the
/// second week".
const NAMED_LEXEMES: usize = 5;

/// Whether a date may begin with the word of time at `at`: it is one by itself, or a word of
/// the calendar or a number stands near. Most of `this` and `that` are none.
pub(super) fn may_turn(line: &Line, at: usize) -> bool {
    let time = &lexicon().time;
    let part = |next: usize| {
        line.is_number(next)
            || !matches!(line.trigger(next), Trigger::Time | Trigger::Article)
                && line.trigger(next).is_figure()
            || time.calendar.contains(plain(line.lower(next)))
    };
    time.days.contains_key(plain(line.lower(at)))
        || matches!(line.lower(at), "week" | "ago")
        || (at + 1..=at + NAMED_LEXEMES).any(part)
}

/// `word` without its `'s`.
fn plain(word: &str) -> &str {
    word.strip_suffix("'s").unwrap_or(word)
}

/// Every date of the line, in reading order.
pub(super) fn figures(reader: &Reader, found: &mut Vec<Figure>) {
    let mut at = 0;
    while at < reader.line.len() {
        at = read(reader, at, found).unwrap_or(at + 1).max(at + 1);
    }
}

/// `the coming months`, `the next few weeks` at `at`: a time, but no certain days.
pub(super) fn open(line: &Line, at: usize) -> Option<(Figure, usize)> {
    matches!(line.lower(at), "coming" | "last" | "next" | "past" | "recent").then_some(())?;
    let few = match (line.lower(at + 1), line.lower(at + 2)) {
        ("few" | "several", _) => 1,
        ("couple", "of") => 2,
        _ => 0,
    };
    let to = at + 1 + few;
    let plural = line.lower(to).ends_with('s') && lexicon().time.step(line.lower(to)).is_some();
    let loose = few > 0 || matches!(line.lower(at), "coming" | "recent");
    (plural && loose && boundary::closes(line, to + 1, false)).then(|| {
        let figure = Figure::new(line, (at, to + 1), Kind::Date, Value::Relative);
        (figure.meaning(Days::Unknown), to + 1)
    })
}

/// Reads the date at `at`; returns where to go on, or nothing if no date stands there.
pub(super) fn read(reader: &Reader, at: usize, found: &mut Vec<Figure>) -> Option<usize> {
    let line = reader.line;
    if !line.every
        && let Some((shift, to)) = anaphor::read(line, at)
    {
        let figure = Figure::new(line, (at, to), Kind::Date, Value::Relative);
        found.push(figure.meaning(Days::Context(shift)));
        return Some(to);
    }
    reader.asked.set(false);
    let plain = one_or_range(reader, at)?;
    let leaning = if line.every { *reader } else { reader.leaning(at) };
    // Most words are no date, whichever way the sentence leans.
    let same = leaning.lean == reader.lean;
    let reader = &leaning;
    let (point, to) = if same { plain } else { one_or_range(reader, at)? };
    let to = to.max(at + 1);
    let Some(value) = printed(point) else { return Some(to) };
    let counted = reader.asked.get() && is_counted(reader, at, point);
    let (value, days) = match point {
        Point::Days(_) if !counted => (value, Days::Printed),
        Point::Days(period) => (Value::Relative, Days::counted(period, reader.known)),
        _ => match reader.resolve(point) {
            Some(period) => (value, Days::counted(period, reader.known)),
            None => return Some(to),
        },
    };
    found.push(Figure::new(line, (at, to), Kind::Date, value).meaning(days));
    second_day(reader, to, point, found).or(Some(to))
}

/// Whether the days of `point` depend on the day of writing: from another one they differ.
fn is_counted(reader: &Reader, at: usize, point: Point) -> bool {
    let Some(today) = Step::Day.shift(reader.today, OTHER_DAYS) else { return true };
    one_or_range(&Reader { today, ..*reader }, at).is_none_or(|(other, _)| other != point)
}

/// What the words of a point say without a day to count from; nothing for no day at all.
fn printed(point: Point) -> Option<Value> {
    Some(match point {
        Point::Days(Period { first, end, grain }) => Value::Days { first, end, granularity: grain },
        Point::MonthDay(month, day) => {
            // 2024 has a February 29.
            Date::new(2024, month, day).ok()?;
            Value::MonthDay { month, day }
        }
        Point::Weekday(weekday) => Value::Weekday { weekday },
        Point::Month(_) | Point::WeekdayDay(..) | Point::DayOfMonth(_) => Value::Relative,
        Point::Impossible => return None,
    })
}

/// Adds the `7` of `November 6 and 7`, which has no month of its own.
fn second_day(reader: &Reader, to: usize, point: Point, found: &mut Vec<Figure>) -> Option<usize> {
    let line = reader.line;
    let Point::MonthDay(month, _) = point else { return None };
    (!line.every && line.lower(to) == "and").then_some(())?;
    let (day, end) = point::day(reader, to + 1).filter(|_| line.is_number(to + 1))?;
    let ends = line.mark(end).is_some() || line.get(end).is_none();
    let point = Point::MonthDay(month, day);
    let value = printed(point).filter(|_| ends)?;
    let days = Days::counted(reader.resolve(point)?, reader.known);
    found.push(Figure::new(line, (to + 1, end), Kind::Date, value).meaning(days));
    Some(end)
}

/// One date at `at`, or a range of them.
fn one_or_range(reader: &Reader, at: usize) -> Option<(Point, usize)> {
    let single = one(reader, at);
    range::read(reader, at, single).map(|(period, to)| (Point::Days(period), to)).or(single)
}

/// One date at `at`.
fn one(reader: &Reader, at: usize) -> Option<(Point, usize)> {
    relative::read(reader, at)
        .or_else(|| digits::read(reader, at, false))
        .or_else(|| point::read(reader, at))
}
