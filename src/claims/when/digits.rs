//! Dates in digits: `2015-3-3`, `10/31/74`, `2019/aug/01`, `23-2020-September`, `2014-10`.
//!
//! In:  a [`Reader`] and where in its line a date may begin.
//! Out: a [`Point`] and where it ends.
//! Not here: dates with a month in words between blanks (`point`).

use super::super::DateOrder;
use super::super::boundary;
use super::super::lex::Line;
use super::super::unit;
use super::Point;
use super::Reader;
use super::calendar::Period;
use super::point::century_of;
use super::point::month;
use jiff::civil::Date;

/// One part of a date: digits or the name of a month.
#[derive(Clone, Copy)]
struct Part {
    number: i16,
    length: usize,
    named: bool,
}

/// The date in digits at `at`; after a day of the week `7.6` is one too.
pub(super) fn read(reader: &Reader, at: usize, after_weekday: bool) -> Option<(Point, usize)> {
    let line = reader.line;
    let Some((parts, to)) = parts(reader, at) else {
        return single(reader, at, after_weekday).filter(|_| line.every);
    };
    // "2-7 grams", "8-9 am", "1/2 day"; a hyphen alone joins hours too.
    let clock = matches!(line.lower(to), "am" | "pm" | "a.m" | "p.m");
    let hyphen = line.mark(at + 1) == Some('-') && !after_weekday && line.len() > 3;
    if parts.len() == 2
        && parts.iter().all(|part| part.length < 3 && !part.named)
        && (clock || hyphen || unit::is_measured(line, to))
    {
        return None;
    }
    let point = match parts.as_slice() {
        // In running news only whole dates are in digits.
        parts if !line.every && !is_sure(line, to, parts) => return None,
        [one] if after_weekday || one.length == 8 => return single(reader, at, after_weekday),
        [one, two] => pair(reader, *one, *two, after_weekday)?,
        [one, two, three] => triple(reader, [*one, *two, *three])?,
        _ => return single(reader, at, after_weekday),
    };
    Some((point, to))
}

/// Whether nobody means anything but a date: three parts or the name of a month, a year in
/// full, and nothing that hangs on.
fn is_sure(line: &Line, to: usize, parts: &[Part]) -> bool {
    let whole = parts.len() == 3 || parts.iter().any(|part| part.named);
    let dated = parts.len() > 1 && parts.iter().any(|part| part.length == 4 && !part.named);
    whole && dated && boundary::closes(line, to, false)
}

/// The parts that one sign joins, at most three.
fn parts(reader: &Reader, at: usize) -> Option<(Vec<Part>, usize)> {
    let line = reader.line;
    let mut parts = vec![part(reader, at)?];
    let mut to = at + 1;
    let spaced = !line.is_glued(to);
    let sign = line.mark(to).filter(|sign| matches!(sign, '/' | '-' | '.'));
    let sign = sign.filter(|_| line.every || !spaced);
    // "1960 - 1961" is a range of years.
    if spaced && parts[0].length > 2 {
        return Some((parts, to));
    }
    while let Some(sign) = sign
        && parts.len() < 3
        && line.mark(to) == Some(sign)
        && line.is_glued(to) != spaced
        && line.is_glued(to + 1) != spaced
        && let Some(next) = part(reader, to + 1)
    {
        parts.push(next);
        to += 2;
    }
    let blank = |index: usize| line.every && line.is_number(index) && !line.is_glued(index);
    if parts.len() == 1 && blank(at + 1) && blank(at + 2) && line.text(at + 2).len() == 4 {
        parts.extend([part(reader, at + 1)?, part(reader, at + 2)?]);
        to = at + 3;
    }
    Some((parts, to))
}

fn part(reader: &Reader, at: usize) -> Option<Part> {
    let text = reader.line.text(at);
    if let Some(month) = month(reader, at) {
        return Some(Part { number: i16::from(month), length: text.len(), named: true });
    }
    let plain = text.bytes().all(|byte| byte.is_ascii_digit()) && reader.line.is_number(at);
    let number = if text.len() == 8 { 0 } else { text.parse().ok()? };
    (plain && matches!(text.len(), 1 | 2 | 4 | 8)).then_some(Part {
        number,
        length: text.len(),
        named: false,
    })
}

/// `20161016`, `10.31.1974`, and `5.12` where a date is expected.
fn single(reader: &Reader, at: usize, expected: bool) -> Option<(Point, usize)> {
    let text = reader.line.text(at);
    if text.len() == 8 && text.starts_with("20") {
        let digits = |from: usize, to: usize| text.get(from..to)?.parse::<i16>().ok();
        let point = ymd(digits(0, 4)?, digits(4, 6)?, digits(6, 8)?)?;
        return Some((point, at + 1));
    }
    let numbers: Option<Vec<Part>> = text
        .split('.')
        .map(|part| Some(Part { number: part.parse().ok()?, length: part.len(), named: false }))
        .collect();
    let point = match numbers?.as_slice() {
        [one, two, three] if three.length == 4 => triple(reader, [*one, *two, *three])?,
        [one, two] if expected => pair(reader, *one, *two, true)?,
        _ => return None,
    };
    Some((point, at + 1))
}

fn ymd(year: i16, month: i16, day: i16) -> Option<Point> {
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    let possible = (1..=12).contains(&month) && (1..=31).contains(&day);
    let date = Date::new(year, month, day).ok().and_then(Period::day);
    possible.then_some(date.map_or(Point::Impossible, Point::Days))
}

fn triple(reader: &Reader, parts: [Part; 3]) -> Option<Point> {
    let long = parts.iter().position(|part| part.length == 4 && !part.named);
    let named = parts.iter().position(|part| part.named);
    let year_at = long.unwrap_or(2);
    let year = match long {
        Some(index) => parts[index].number,
        None => century_of(parts[2].number),
    };
    let rest: Vec<usize> = (0..3).filter(|index| *index != year_at).collect();
    if let Some(month) = named {
        let day = *rest.iter().find(|index| **index != month)?;
        return ymd(year, parts[month].number, parts[day].number);
    }
    let (one, two) = (parts[rest[0]].number, parts[rest[1]].number);
    let (month, day) = if year_at == 0 { (one, two) } else { ordered(reader, one, two)? };
    if month > 12 { ymd(year, day, month) } else { ymd(year, month, day) }
}

/// Month and day in the order the text is known to write them, or the only one possible.
fn ordered(reader: &Reader, one: i16, two: i16) -> Option<(i16, i16)> {
    match reader.order {
        _ if one > 12 || one == two => Some((two, one)),
        _ if two > 12 => Some((one, two)),
        Some(DateOrder::MonthFirst) => Some((one, two)),
        Some(DateOrder::DayFirst) => Some((two, one)),
        None => None,
    }
}

/// `2014-10`, `12-2015`, `Dec/2018`, and `22/04` where every figure is read.
fn pair(reader: &Reader, one: Part, two: Part, expected: bool) -> Option<Point> {
    let (year, month) = match (one.length, two.length) {
        (4, _) if !one.named => (Some(one.number), two),
        (_, 4) if !two.named => (Some(two.number), one),
        _ => (None, one),
    };
    if let Some(year) = year {
        let month = i8::try_from(month.number).ok().filter(|month| (1..=12).contains(month))?;
        return Some(Point::Days(Period::month(year, month)?));
    }
    (reader.line.every || expected).then_some(())?;
    let (month, day) = match (one.named, two.named) {
        (true, false) => (one.number, two.number),
        (false, true) => (two.number, one.number),
        (true, true) => return None,
        (false, false) => ordered(reader, one.number, two.number)?,
    };
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some(Point::MonthDay(month, day))
}
