//! Parts of a longer time: `early March`, `the end of 2012`, `the first Monday of
//! October`, `the 20th of next month`, `the week of April 10`, `rest of the week`.
//!
//! In:  a [`Reader`] and where in its line a date may begin.
//! Out: a [`Point`] and where it ends.
//! Not here: the times themselves (`point`, `relative`).

use super::super::Granularity;
use super::super::lexicon::lexicon;
use super::super::ordinal::whole_position;
use super::Point;
use super::Reader;
use super::calendar::Period;
use super::calendar::Step;
use super::calendar::nth_week;
use super::calendar::nth_weekday;
use super::calendar::weekday_from;
use super::point;
use super::relative;

type Read = Option<(Point, usize)>;

/// The part of a longer time at `at`.
pub(super) fn read(reader: &Reader, at: usize) -> Read {
    let line = reader.line;
    let at = at + usize::from(line.lower(at) == "the");
    third(reader, at)
        .or_else(|| numbered(reader, at))
        .or_else(|| week_of(reader, at))
        .or_else(|| week_number(reader, at))
        .or_else(|| day_of(reader, at))
        .or_else(|| rest(reader, at))
        .or_else(|| weekday_of(reader, at))
}

fn days(period: Option<Period>, to: usize) -> Read {
    Some((Point::Days(period?), to))
}

/// A whole month, year, week or the like at `at`, with `of`, `in` and `the` before it.
fn whole(reader: &Reader, at: usize) -> Option<(Period, usize)> {
    let reader = &reader.expecting();
    let line = reader.line;
    let mut next = at + usize::from(matches!(line.lower(at), "of" | "in" | "from"));
    next += usize::from(line.lower(next) == "around");
    if let Some((point, to)) = relative::turned(reader, next) {
        return reader.resolve(point).map(|period| (period, to));
    }
    let the = usize::from(line.lower(next) == "the");
    if let Some(step) =
        relative::step(reader, next + the).filter(|_| line.every && (next > at || the > 0))
    {
        return Some((step.around(reader.today())?, next + the + 1));
    }
    let (point, to) = point::read(reader, next)?;
    let long = reader.resolve(point).filter(|period| !period.is_day())?;
    Some((long, to))
}

/// `early March`, `mid-2025`, `the end of last week`.
fn third(reader: &Reader, at: usize) -> Read {
    let line = reader.line;
    let part = *lexicon().time.thirds.get(line.lower(at))?;
    let adjective = matches!(line.lower(at), "early" | "mid" | "late");
    let hyphen = usize::from(line.glued_mark(at + 1) == Some('-'));
    (adjective || matches!(line.lower(at + 1), "of" | "in")).then_some(())?;
    let (period, to) = whole(reader, at + 1 + hyphen)?;
    days(third_of(period, part), to)
}

/// The first, second or last third of a period.
fn third_of(period: Period, part: u8) -> Option<Period> {
    let length = period.first.until(period.end).ok()?.get_days();
    let month = |first: i64, count: i64| {
        let from = Step::Month.shift(period.first, first)?;
        Period::new(from, Step::Month.shift(from, count)?, Granularity::Month)
    };
    let slice = |from: i64, to: i64| {
        let end = Step::Day.shift(period.first, to)?;
        Period::new(Step::Day.shift(period.first, from)?, end.min(period.end), Granularity::Day)
    };
    let part = i64::from(part) - 1;
    match length {
        365 | 366 => month(part * 4, 4),
        89..=92 => month(part, 1),
        28..=31 => slice(part * 10, if part == 2 { 31 } else { part * 10 + 10 }),
        7 if part == 2 => slice(4, 7),
        7 => slice(part * 2, part * 2 + 3),
        _ => {
            let years = i64::from(length / 365);
            let from = Step::Year.shift(period.first, part * years / 3)?;
            Period::new(
                from,
                Step::Year.shift(period.first, (part + 1) * years / 3)?,
                Granularity::Year,
            )
        }
    }
}

/// `first`, `third last`, `last`: which one, from the end if negative.
fn which(reader: &Reader, at: usize) -> Option<(i64, usize)> {
    let line = reader.line;
    if line.lower(at) == "last" {
        return Some((-1, at + 1));
    }
    let (count, to) = whole_position(line, at)?;
    Some(if line.lower(to) == "last" { (-count, to + 1) } else { (count, to) })
}

/// `first tuesday of october 2014`, `last week of 2019`, `20th day of next month`,
/// `the last 3 weeks of this year`.
fn numbered(reader: &Reader, at: usize) -> Read {
    let line = reader.line;
    let (count, next) = which(reader, at)?;
    let of = |to: usize| matches!(line.lower(to), "of" | "in");
    if let Some((weekday, to)) = point::weekday(reader, next).filter(|(_, to)| of(*to)) {
        let (period, end) = whole(reader, to)?;
        return days(Period::day(nth_weekday(period, weekday, count)?), end);
    }
    let several = relative::count(reader, next).filter(|_| count == -1);
    let (number, word) = several.unwrap_or((1, next));
    let step = relative::step(reader, word).filter(|_| of(word + 1))?;
    let (period, end) = whole(reader, word + 1)?;
    let found = match step {
        Step::Week => {
            let week = nth_week(period, count)?;
            let first = Step::Week.shift(week.first, 1 - number)?;
            Period::new(first, week.end, Granularity::Day)
        }
        Step::Quarter | Step::Century | Step::Weekend | Step::Fortnight => None,
        _ if count > 0 => {
            let first = step.shift(period.first, count - 1)?;
            Period::new(first, step.shift(first, 1)?, step.grain())
        }
        _ => {
            let first = step.shift(period.end, count * number)?;
            Period::new(first, step.shift(first, number)?, step.grain())
        }
    };
    let (found, end) = (found.filter(|found| found.first < period.end)?, end);
    let on = usize::from(line.lower(end) == "on");
    match point::weekday(reader, end + on).filter(|_| step == Step::Week) {
        Some((weekday, end)) => days(Period::day(weekday_from(found.first, weekday)?), end),
        None => days(Some(found), end),
    }
}

/// `week of April 10th`, `week starting on February 4`.
fn week_of(reader: &Reader, at: usize) -> Read {
    let line = reader.line;
    (line.lower(at) == "week").then_some(())?;
    let next = match (line.lower(at + 1), line.lower(at + 2)) {
        ("starting" | "beginning", "on") => at + 3,
        ("of" | "starting" | "beginning" | "commencing", _) => at + 2,
        _ => return None,
    };
    let (point, to) = point::read(reader, next).or_else(|| {
        let the = next + usize::from(line.lower(next) == "the");
        let (day, to) = point::day(reader, the)?;
        Some((Point::DayOfMonth(day), to))
    })?;
    let day = reader.resolve(point).filter(|period| period.is_day())?;
    days(Step::Week.around(day.first), to)
}

/// `week 10`: the ISO week of the year of writing.
fn week_number(reader: &Reader, at: usize) -> Read {
    let line = reader.line;
    (reader.line.every && line.lower(at) == "week" && line.is_number(at + 1)).then_some(())?;
    let week: i64 = line.text(at + 1).parse().ok().filter(|week| (1..=53).contains(week))?;
    let year = Period::year(reader.today().year())?;
    days(nth_week(year, week), at + 2)
}

/// `20 of next month`, `20th of the previous month`, `tuesday of next week`.
fn day_of(reader: &Reader, at: usize) -> Read {
    let line = reader.line;
    let (day, to) = point::day(reader, at)?;
    let next = to + usize::from(line.lower(to) == "day");
    (line.lower(next) == "of").then_some(())?;
    let the = next + 1 + usize::from(line.lower(next + 1) == "the");
    let month = relative::turned(reader, next + 1)
        .filter(|(_, end)| matches!(relative::step(reader, end - 1), Some(Step::Month)))
        .or_else(|| {
            matches!(relative::step(reader, the), Some(Step::Month)).then_some(())?;
            days(Step::Month.around(reader.today()), the + 1)
        })?;
    let period = reader.resolve(month.0)?;
    days(Period::day(Step::Day.shift(period.first, i64::from(day) - 1)?), month.1)
}

/// `rest of the week`: from the day of writing on.
fn rest(reader: &Reader, at: usize) -> Read {
    let line = reader.line;
    let later = matches!(line.lower(at), "later" | "earlier");
    let rest = matches!(line.lower(at), "rest" | "remainder") && line.lower(at + 1) == "of";
    (later || rest).then_some(())?;
    let in_it = usize::from(later && line.lower(at + 1) == "in");
    let this = matches!(line.lower(at + 1 + in_it), "this" | "of" | "the");
    let (period, to) = whole(reader, at + 1 + in_it).filter(|_| this)?;
    let today = reader.today();
    if line.lower(at) == "earlier" {
        return days(Period::new(period.first, today, Granularity::Day), to);
    }
    days(Period::new(today, period.end, Granularity::Day), to)
}

/// `wednesday of next week`, `sunday from last week`, `last week's sunday`.
fn weekday_of(reader: &Reader, at: usize) -> Read {
    let line = reader.line;
    let on = at + usize::from(line.lower(at) == "on");
    let (weekday, to) = point::weekday(reader, on)?;
    matches!(line.lower(to), "of" | "from").then_some(())?;
    let (point, end) = relative::turned(reader, to + 1)?;
    let week =
        reader.resolve(point).filter(|week| Step::Week.shift(week.first, 1) == Some(week.end))?;
    days(Period::day(weekday_from(week.first, weekday)?), end)
}
