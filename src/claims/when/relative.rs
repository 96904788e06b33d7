//! Dates counted from the reference: `yesterday`, `last week`, `two months ago`,
//! `three days after Easter`.
//!
//! In:  a [`Reader`] and where in its line a date may begin.
//! Out: a [`Point`] and where it ends.
//! Not here: parts of a longer time, such as `early March` (`part`).

use super::super::lexicon::lexicon;
use super::super::numeral::cardinal;
use super::Point;
use super::Reader;
use super::calendar::Period;
use super::calendar::Step;
use super::calendar::easter;
use super::calendar::nth_weekday;
use super::calendar::weekday_from;
use super::part;
use super::point;
use jiff::civil::Date;

type Read = Option<(Point, usize)>;

/// The date at `at` whose words count from another day or name a feast.
pub(super) fn read(reader: &Reader, at: usize) -> Read {
    part::read(reader, at)
        .or_else(|| counted(reader, at))
        .or_else(|| in_units(reader, at))
        .or_else(|| turned(reader, at))
        .or_else(|| day_word(reader, at))
        .or_else(|| feast(reader, at))
        .or_else(|| definite(reader, at))
}

/// The unit of the calendar at `at`.
pub(super) fn step(reader: &Reader, at: usize) -> Option<Step> {
    let lower = reader.line.lower(at);
    let word = lower.strip_suffix("'s").unwrap_or(lower);
    Some(match lexicon().time.step(word)? {
        "day" => Step::Day,
        "week" => Step::Week,
        "weekend" => Step::Weekend,
        "fortnight" => Step::Fortnight,
        "month" => Step::Month,
        "quarter" => Step::Quarter,
        "year" => Step::Year,
        "decade" => Step::Decade,
        _ => Step::Century,
    })
}

/// `two`, `a`, `one`: how many, and where the word ends.
pub(super) fn count(reader: &Reader, at: usize) -> Option<(i64, usize)> {
    match reader.line.lower(at) {
        "a" | "an" => Some((1, at + 1)),
        _ => cardinal(reader.line, at),
    }
}

/// `last`, `this`, `next`, with `the` before it.
pub(super) fn turn(reader: &Reader, at: usize) -> Option<(i64, usize)> {
    let lower = reader.line.lower(at);
    // "the course will last three weekends"
    let before = at.checked_sub(1).map_or("", |before| reader.line.lower(before));
    if lower == "last" && matches!(before, "will" | "would" | "to" | "can" | "should") {
        return None;
    }
    let next = at + usize::from(matches!(lower, "the" | "this"));
    if let Some(turn) = lexicon().time.turns.get(reader.line.lower(next)).filter(|_| next > at) {
        return Some((i64::from(*turn), next + 1));
    }
    lexicon().time.turns.get(lower).map(|turn| (i64::from(*turn), at + 1))
}

fn days(period: Option<Period>, to: usize) -> Read {
    Some((Point::Days(period?), to))
}

/// `today`, `the day after tomorrow`.
fn day_word(reader: &Reader, at: usize) -> Read {
    let line = reader.line;
    let the = at + usize::from(line.lower(at) == "the");
    let (shift, next) = match (line.lower(the), line.lower(the + 1)) {
        ("day", "after") => (1, the + 2),
        ("day", "before") => (-1, the + 2),
        _ => (0, at),
    };
    let offset = lexicon().time.days.get(line.lower(next))?;
    // "now" is a date only where another one is counted from it.
    (line.lower(next) != "now").then_some(())?;
    let day = Step::Day.shift(reader.today(), i64::from(*offset) + shift)?;
    days(Period::day(day), next + 1)
}

/// The day that `from`, `after` or `before` counts from, `now` included.
pub(super) fn anchor(reader: &Reader, at: usize) -> Option<(Date, usize)> {
    if reader.line.lower(at) == "now" {
        return Some((reader.today(), at + 1));
    }
    let (point, to) = turned(reader, at)
        .or_else(|| day_word(reader, at))
        .or_else(|| feast(reader, at))
        .or_else(|| super::digits::read(reader, at, false))
        .or_else(|| point::read(reader, at))?;
    reader.resolve(point).filter(|period| period.is_day()).map(|period| (period.first, to))
}

/// `two months ago`, `3 days from today`, `a week hence`, `2 weeks before May 13`,
/// `3 fridays from now`.
fn counted(reader: &Reader, at: usize) -> Read {
    let (count, next) = count(reader, at)?;
    if let Some((weekday, to)) = point::weekday(reader, next).filter(|_| reader.line.every) {
        let now =
            matches!((reader.line.lower(to), reader.line.lower(to + 1)), ("from", "now" | "today"));
        let first = weekday_from(reader.today().tomorrow().ok()?, weekday).filter(|_| now)?;
        return days(Period::day(Step::Week.shift(first, count - 1)?), to + 2);
    }
    let step = step(reader, next)?;
    let to = next + 1;
    let (base, sign, end) = match reader.line.lower(to) {
        "ago" => (reader.today(), -1, to + 1),
        "hence" => (reader.today(), 1, to + 1),
        "from" | "after" => anchor(reader, to + 1).map(|(day, end)| (day, 1, end))?,
        "before" => anchor(reader, to + 1).map(|(day, end)| (day, -1, end))?,
        _ => return None,
    };
    let day = step.shift(base, sign * count)?;
    // "two years ago" names a year to a reader of news.
    let coarse = !reader.line.every && matches!(step, Step::Year | Step::Decade | Step::Century);
    if coarse { days(step.around(day), end) } else { on_weekday(reader, day, end) }
}

/// `two months from today on Tuesday`.
fn on_weekday(reader: &Reader, day: Date, to: usize) -> Read {
    let on = usize::from(reader.line.lower(to) == "on");
    match point::weekday(reader, to + on).filter(|_| on == 1) {
        Some((weekday, end)) => {
            let week = Step::Week.around(day)?;
            days(Period::day(weekday_from(week.first, weekday)?), end)
                .filter(|(point, _)| matches!(point, Point::Days(period) if period.first >= day))
                .or_else(|| days(Period::day(weekday_from(day, weekday)?), end))
        }
        None => days(Period::day(day), to),
    }
}

/// `in two weeks`, `within 9 months`, `in a fortnight's time`.
fn in_units(reader: &Reader, at: usize) -> Read {
    let line = reader.line;
    let within = line.every && line.lower(at) == "within";
    if !(within || line.lower(at) == "in") {
        return None;
    }
    let turned = turn(reader, at + 1).filter(|(turn, _)| within && *turn == 1);
    let (count, next) = count(reader, turned.map_or(at + 1, |(_, to)| to))?;
    let step = step(reader, next)?;
    let today = reader.today();
    let end = step.shift(today, count)?;
    if within {
        return days(Period::new(today, end, step.grain()), next + 1);
    }
    // "died in two days" says how long it took; only a future verb makes it a date.
    (reader.line.every || reader.lean == super::Lean::Future).then_some(())?;
    days(Period::day(end), next + 1)
}

/// `last week`, `next Monday`, `this March`, `the last two weeks`, `next week on Tuesday`.
pub(super) fn turned(reader: &Reader, at: usize) -> Read {
    let line = reader.line;
    let (turn, next, number) = if let Some((turn, next)) = turn(reader, at) {
        (turn, next, count(reader, next))
    } else {
        // "two upcoming months"
        let (number, next) = count(reader, at)?;
        let (turn, to) = turn(reader, next).filter(|(turn, _)| *turn != 0)?;
        (turn, to, Some((number, to)))
    };
    let today = reader.today();
    if let Some((number, after)) = number {
        // "the last two years" says how long in running news.
        line.every.then_some(())?;
        let step = step(reader, after).filter(|_| turn != 0)?;
        return days(run(step, today, turn * number), after + 1);
    }
    if let Some(step) = step(reader, next) {
        // "the coming months" are not counted.
        if line.lower(next).ends_with('s') && !line.lower(next).ends_with("'s") {
            return None;
        }
        return turned_step(reader, step, turn, next + 1);
    }
    if let Some((weekday, to)) = point::weekday(reader, next) {
        if let Some((point, to)) = super::digits::read(reader, to, true) {
            return Some((point, to));
        }
        return days(Period::day(turned_weekday(today, turn, weekday, line.lower(next - 1))?), to);
    }
    if let Some(month) = point::month(reader, next) {
        return Some((turned_month(reader, today, turn, month, next), next + 1));
    }
    season(reader, next, turn)
}

/// `count` units back or ahead, from the reference day; quarters and decades are whole ones.
fn run(step: Step, today: Date, count: i64) -> Option<Period> {
    if matches!(step, Step::Quarter | Step::Decade | Step::Century) {
        return step.run(today, count);
    }
    let other = step.shift(today, count)?;
    Period::new(today.min(other), today.max(other), Step::Day.grain())
}

fn turned_step(reader: &Reader, step: Step, turn: i64, to: usize) -> Read {
    let line = reader.line;
    let today = reader.today();
    if !line.every && !is_plain_turn(reader, step, to) {
        return None;
    }
    if step == Step::Day {
        return days(Period::day(Step::Day.shift(today, turn)?), to);
    }
    let period = if step == Step::Fortnight {
        let own = Step::Week.around(today)?;
        let first = step.shift(own.first, turn)?;
        Period::new(first, step.shift(first, 1)?, step.grain())
    } else {
        step.from(today, turn)
    };
    let on = usize::from(line.lower(to) == "on");
    if step == Step::Week
        && let Some((weekday, end)) = point::weekday(reader, to + on)
    {
        return days(Period::day(weekday_from(period?.first, weekday)?), end);
    }
    days(period, to)
}

/// Whether `last week` is one beside the day of writing: "the last year of his term" and
/// "the last day" are not, and "this decade" is vague.
fn is_plain_turn(reader: &Reader, step: Step, to: usize) -> bool {
    let line = reader.line;
    let turn = line.lower(to - 2);
    let stepped = matches!(step, Step::Week | Step::Weekend | Step::Month | Step::Year);
    stepped && matches!(turn, "last" | "this" | "next" | "current") && line.lower(to) != "of"
}

/// Which day `next Monday` is: `next` and `previous` count weeks, the others days.
fn turned_weekday(today: Date, turn: i64, weekday: i8, word: &str) -> Option<Date> {
    let week = Step::Week.around(today)?.first;
    match (turn, word) {
        (1, "next") => weekday_from(Step::Week.shift(week, 1)?, weekday),
        (-1, "previous") => weekday_from(Step::Week.shift(week, -1)?, weekday),
        (1, _) => weekday_from(today.tomorrow().ok()?, weekday),
        (-1, _) => weekday_from(Step::Day.shift(today, -7)?, weekday),
        _ => weekday_from(week, weekday),
    }
}

fn turned_month(reader: &Reader, today: Date, turn: i64, month: i8, at: usize) -> Point {
    // "this May 2026" and "next March 3" name more than the month.
    let more = reader.line.is_number(at + 1);
    let own = Period::month(today.year(), month).filter(|_| !more);
    let moved = own.and_then(|own| match turn {
        0 => Some(own),
        1 if own.first > today => Some(own),
        1 => Period::month(today.year() + 1, month),
        _ if own.end <= today => Some(own),
        _ => Period::month(today.year() - 1, month),
    });
    moved.map_or(Point::Month(month), Point::Days)
}

/// `this summer`, `last winter`: meteorological seasons of the northern half.
fn season(reader: &Reader, at: usize, turn: i64) -> Read {
    let month = *lexicon().time.seasons.get(reader.line.lower(at))?;
    let today = reader.today();
    let own = Date::new(today.year(), month, 1).ok()?;
    let first = match turn {
        0 => own,
        1 if own > today => own,
        1 => Step::Year.shift(own, 1)?,
        _ if Step::Month.shift(own, 3)? <= today => own,
        _ => Step::Year.shift(own, -1)?,
    };
    days(Period::new(first, Step::Month.shift(first, 3)?, Step::Month.grain()), at + 1)
}

/// Longest name of a feast in words: `martin luther king day`.
const FEAST_WORDS_MAX: usize = 4;

/// `Easter`, `Thanksgiving 2023`, `the next new year day`.
fn feast(reader: &Reader, at: usize) -> Read {
    let line = reader.line;
    if !line.every {
        return None;
    }
    let (turn, start) = turn(reader, at).map_or((None, at), |(turn, to)| (Some(turn), to));
    let (name, to) = (1..=FEAST_WORDS_MAX).rev().find_map(|length| {
        let words: Vec<&str> = (start..start + length).map(|word| line.lower(word)).collect();
        let end = start + length;
        // A possessive mark at the end of a word stands alone: "Workers' Day".
        let name = words.join(" ").replace("  ", "' ");
        feast_day(&name, 2000).map(|_| (name, end))
    })?;
    let of = to + usize::from(line.lower(to) == "of");
    if let Some((year, end)) = point::year_at(reader, of) {
        return days(Period::day(feast_day(&name, year)?), end);
    }
    let today = reader.today();
    if let Some((0, end)) = self::turn(reader, of).filter(|_| line.lower(of + 1) == "year") {
        return days(Period::day(feast_day(&name, today.year())?), end + 1);
    }
    let ahead = turn == Some(1) || (turn.is_none() && reader.lean == super::Lean::Future);
    let mut near = (-1..=1).filter_map(|offset| feast_day(&name, today.year() + offset));
    let day = if ahead || (turn.is_none() && reader.line.every) {
        near.find(|day| *day > today)
    } else {
        near.rfind(|day| *day <= today)
    };
    days(Period::day(day?), to)
}

/// The day of a feast in a year.
fn feast_day(name: &str, year: i16) -> Option<Date> {
    let time = &lexicon().time;
    if let Some((month, day)) = time.fixed.get(name) {
        return Date::new(year, *month, *day).ok();
    }
    if let Some(offset) = time.easter.get(name) {
        return Step::Day.shift(easter(year)?, i64::from(*offset));
    }
    let (month, weekday, count, after) = *time.moving.get(name)?;
    let day = nth_weekday(Period::month(year, month)?, weekday, i64::from(count))?;
    Step::Day.shift(day, i64::from(after))
}

/// `the day`, `the week`, `the next day`, where agendas mean the one of writing.
fn definite(reader: &Reader, at: usize) -> Read {
    let line = reader.line;
    if !reader.line.every || line.lower(at) != "the" {
        return None;
    }
    if matches!(line.lower(at + 2), "after" | "before") && line.lower(at + 1) == "day" {
        let shift = if line.lower(at + 2) == "after" { 1 } else { -1 };
        return days(Period::day(Step::Day.shift(reader.today(), shift)?), at + 3);
    }
    if let Some(step) = step(reader, at + 1) {
        let plural = line.lower(at + 1).ends_with('s');
        let more = line.is_number(at + 2) || line.lower(at + 2) == "of";
        return days(step.around(reader.today()).filter(|_| !plural && !more), at + 2)
            .map(|(point, to)| (fortnight(reader, step, point), to));
    }
    let (day, to) = point::day(reader, at + 1).filter(|(_, to)| line.get(*to).is_none())?;
    Some((Point::DayOfMonth(day), to))
}

/// Two weeks from this one's Monday.
fn fortnight(reader: &Reader, step: Step, point: Point) -> Point {
    let weeks = || {
        let first = Step::Week.around(reader.today())?.first;
        Period::new(first, Step::Week.shift(first, 2)?, step.grain())
    };
    if step == Step::Fortnight { weeks().map_or(point, Point::Days) } else { point }
}
