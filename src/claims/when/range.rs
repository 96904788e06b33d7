//! Two dates with a joint: `from 13 to 15 July`, `Nov-Feb 2017`, `between 2014 and 2018`.
//!
//! In:  a [`Reader`] and where in its line a range may begin.
//! Out: the days from the first of the one to the last of the other.
//! Not here: single dates (`point`, `relative`).

use super::Point;
use super::Reader;
use super::calendar::Period;
use super::calendar::Step;
use super::point;
use super::relative;
use jiff::civil::Date;

/// The range at `at`, where `single` is the one date there, and where it ends.
pub(super) fn read(
    reader: &Reader,
    at: usize,
    single: Option<(Point, usize)>,
) -> Option<(Period, usize)> {
    let line = reader.line;
    // In running news the word before a range is no part of it.
    let opening = if line.every {
        line.lower(at)
    } else {
        at.checked_sub(1).map_or("", |before| line.lower(before))
    };
    let opened = matches!(opening, "from" | "between");
    let start = at + usize::from(line.every && (opened || opening == "in"));
    let known = single.filter(|_| start == at && line.lower(at) != "now");
    let (first, to) = known.or_else(|| end(reader, start))?;
    let (hyphen, next) = joint(reader, to, opening == "between")?;
    let (last, to) = end(reader, next)?;
    let bare = |point| matches!(point, Point::DayOfMonth(_));
    if bare(first) && bare(last) {
        return None;
    }
    // "Mon-Fri" and "Tuesday to Friday" name days of every week as often.
    let weekdays = matches!((first, last), (Point::Weekday(_), Point::Weekday(_)));
    if (hyphen || !opened) && weekdays {
        return None;
    }
    if let (Point::MonthDay(month, day), Point::DayOfMonth(end)) = (first, last)
        && let Some((year, to)) = point::trailing_year(reader, to, false)
    {
        let first = Date::new(year, month, day).ok()?;
        let last = Period::day(Date::new(year, month, end).ok()?)?;
        return Some((Period::new(first, last.end, last.grain)?, to));
    }
    if !line.every && !is_range(first, last) {
        return None;
    }
    let (low, high) = resolve(reader, first, last)?;
    Some((Period::new(low.first, high.end, high.grain)?, to))
}

/// Whether two ends in running news are of one range: a bare day only beside its month.
fn is_range(first: Point, last: Point) -> bool {
    match (first, last) {
        (Point::DayOfMonth(_), last) => matches!(last, Point::MonthDay(..) | Point::Days(_)),
        (first, Point::DayOfMonth(_)) => matches!(first, Point::MonthDay(..) | Point::Days(_)),
        _ => true,
    }
}

/// One end of a range; a bare day counts too.
fn end(reader: &Reader, at: usize) -> Option<(Point, usize)> {
    let line = reader.line;
    if line.lower(at) == "now" {
        return Some((Point::Days(Period::day(reader.today())?), at + 1));
    }
    if let Some(found) = super::one(reader, at) {
        return Some(found);
    }
    let the = at + usize::from(line.lower(at) == "the");
    let (day, to) = point::day(reader, the)?;
    let clock = line.mark(to) == Some(':') || matches!(line.lower(to), "am" | "pm" | "a.m" | "p.m");
    let unit = line.is_word(to) && relative::step(reader, to).is_some();
    (!clock && !unit).then_some((Point::DayOfMonth(day), to))
}

/// The joint at `to`: whether it is a hyphen, and where the other end begins.
fn joint(reader: &Reader, to: usize, between: bool) -> Option<(bool, usize)> {
    let line = reader.line;
    if matches!(line.mark(to), Some('-' | '–' | '~')) {
        return Some((true, to + 1));
    }
    match line.lower(to) {
        "to" | "through" | "thru" | "till" | "til" | "until" => Some((false, to + 1)),
        "and" if between => Some((false, to + 1)),
        _ => None,
    }
}

fn resolve(reader: &Reader, first: Point, last: Point) -> Option<(Period, Period)> {
    match (first, last) {
        (Point::Days(low), Point::DayOfMonth(day)) => Some((low, day_after(low.first, day)?)),
        (Point::Days(low), Point::Days(high)) => Some((low, high)),
        (Point::Days(low), last) => Some((low, super::earliest(last, low.first, false)?)),
        (Point::DayOfMonth(day), Point::Days(high)) => {
            let low = Period::day(Date::new(high.first.year(), high.first.month(), day).ok()?)?;
            Some((low, high))
        }
        (first, Point::Days(high)) => Some((super::latest(first, high.first)?, high)),
        (Point::DayOfMonth(day), Point::MonthDay(month, _)) => {
            resolve_partial(reader, Point::MonthDay(month, day), last)
        }
        (Point::MonthDay(..), Point::DayOfMonth(day)) => {
            let low = reader.resolve(first)?;
            Some((low, day_after(low.first, day)?))
        }
        _ => resolve_partial(reader, first, last),
    }
}

fn resolve_partial(reader: &Reader, first: Point, last: Point) -> Option<(Period, Period)> {
    let low = reader.resolve(first)?;
    Some((low, super::earliest(last, low.first, false)?))
}

/// The next such day of a month after `first`.
fn day_after(first: Date, day: i8) -> Option<Period> {
    let own = Date::new(first.year(), first.month(), day).ok().filter(|own| *own > first);
    let next = || {
        let next = Step::Month.from(first, 1)?.first;
        Date::new(next.year(), next.month(), day).ok()
    };
    Period::day(own.or_else(next)?)
}
