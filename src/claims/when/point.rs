//! Days, months and years by name or number.
//!
//! `November 6, 2025`, `6th of November`, `2019/aug/01`, `Nov-2025`, `Wed 13th`,
//! `nineteen eighty six`, `2019 q1`, `21st century`, `nineties`.
//!
//! In:  a [`Reader`] and where in its line a date may begin.
//! Out: a [`Point`] and where it ends.
//! Not here: `last week` (`relative`), `from A to B` (`range`), `11/6/2025` (`digits`).

use super::super::Granularity;
use super::super::boundary;
use super::super::lex::Line;
use super::super::lexicon::Trigger;
use super::super::lexicon::lexicon;
use super::super::noun;
use super::super::numeral::cardinal;
use super::super::ordinal::whole_position;
use super::super::unit;
use super::Point;
use super::Reader;
use super::calendar::Period;
use super::calendar::Step;
use jiff::civil::Date;

type Read = Option<(Point, usize)>;

/// The date at `at` that needs no day of reference but perhaps a year.
pub(super) fn read(reader: &Reader, at: usize) -> Read {
    if !reader.line.every {
        return match reader.line.trigger(at) {
            Trigger::Weekday(_) => weekday_first(reader, at),
            Trigger::Month(_) => month_first(reader, at),
            _ => dated_or_long(reader, at),
        };
    }
    weekday_first(reader, at)
        .or_else(|| month_first(reader, at))
        .or_else(|| day_first(reader, at))
        .or_else(|| quarter(reader, at))
        .or_else(|| year(reader, at).filter(|_| reader.long))
        .or_else(|| age_of_years(reader, at).filter(|_| reader.long))
}

/// A day, a quarter or a longer time in running news.
fn dated_or_long(reader: &Reader, at: usize) -> Read {
    let day = || day_first(reader, at);
    let long = || year(reader, at).filter(|_| reader.long);
    day().or_else(|| quarter(reader, at)).or_else(long).or_else(|| {
        let decade = reader.line.text(at).len() == 4 && reader.line.is_glued(at + 1);
        age_of_years(reader, at).filter(|_| reader.long || decade)
    })
}

/// The month at `at`; small letters are enough only where every figure is read.
pub(super) fn month(reader: &Reader, at: usize) -> Option<i8> {
    match reader.line.trigger(at) {
        Trigger::Month(month) if reader.line.every || reader.line.is_capitalised(at) => Some(month),
        _ => None,
    }
}

/// The day of the week at `at`, and where it ends.
pub(super) fn weekday(reader: &Reader, at: usize) -> Option<(i8, usize)> {
    let line = reader.line;
    let lower = line.lower(at);
    let end = at
        + 1
        + usize::from(
            lower.len() <= 5 && line.glued_mark(at + 1) == Some('.') && reader.line.every,
        );
    match line.trigger(at) {
        Trigger::Weekday(day) if reader.line.every || line.is_capitalised(at) => {
            Some((day, at + 1))
        }
        _ if !reader.line.every => None,
        _ => {
            let singular = lower.strip_suffix('s').unwrap_or(lower);
            if let Trigger::Weekday(day) = lexicon().trigger(singular) {
                return Some((day, at + 1));
            }
            lexicon().time.weekdays.get(lower).map(|day| (*day, end))
        }
    }
}

/// A day of the month: `6`, `6th`, `sixth`, `twenty second`.
pub(super) fn day(reader: &Reader, at: usize) -> Option<(i8, usize)> {
    let line = reader.line;
    let priced = at > 0 && line.is_glued(at) && matches!(line.mark(at - 1), Some('$' | '€' | '£'));
    (!priced).then_some(())?;
    if !line.every {
        let (day, to) = digits_day(line, at).or_else(|| whole_position(line, at))?;
        let dash = matches!(line.glued_mark(to), Some('-' | '–')) && line.is_number(to + 1);
        let closed = dash || boundary::closes(line, to, false);
        return i8::try_from(day)
            .ok()
            .filter(|day| closed && (1..=31).contains(day))
            .map(|day| (day, to));
    }
    let bounded = |day: i64| i8::try_from(day).ok().filter(|day| (1..=31).contains(day));
    if line.is_number(at) && line.text(at).len() <= 2 {
        let suffixed =
            line.is_glued(at + 1) && matches!(line.lower(at + 1), "st" | "nd" | "rd" | "th");
        return Some((bounded(line.text(at).parse().ok()?)?, at + 1 + usize::from(suffixed)));
    }
    let (number, to) = whole_position(line, at).or_else(|| cardinal(line, at))?;
    Some((bounded(number)?, to))
}

/// `6`, `6th`.
fn digits_day(line: &Line, at: usize) -> Option<(i64, usize)> {
    let number = line.is_number(at) && line.text(at).len() <= 2;
    let suffixed = line.is_glued(at + 1) && matches!(line.lower(at + 1), "st" | "nd" | "rd" | "th");
    Some((line.text(at).parse().ok().filter(|_| number)?, at + 1 + usize::from(suffixed)))
}

/// A year: four digits, words, or two digits after a date that has no other year.
pub(super) fn year_at(reader: &Reader, at: usize) -> Option<(i16, usize)> {
    let line = reader.line;
    let text = line.text(at);
    if line.is_number(at) && text.len() == 4 && !line.is_glued_word(at + 1) {
        return text
            .parse()
            .ok()
            .filter(|year| (1000..2200).contains(year))
            .map(|year| (year, at + 1));
    }
    spelled_year(reader, at).filter(|_| line.every)
}

/// `nineteen ninety six`, `two thousand and fifteen`, `seventeen hundred thirty three`.
fn spelled_year(reader: &Reader, at: usize) -> Option<(i16, usize)> {
    let (head, to) = cardinal(reader.line, at).filter(|_| reader.line.is_word(at))?;
    if (1000..2200).contains(&head) {
        return Some((i16::try_from(head).ok()?, to));
    }
    let (rest, end) = cardinal(reader.line, to).filter(|_| reader.line.is_word(to))?;
    let plain = (10..22).contains(&head) && (10..100).contains(&rest) && !reader.line.is_glued(to);
    plain.then_some((i16::try_from(head * 100 + rest).ok()?, end))
}

/// The year after a date, perhaps after a comma, `of`, `in` or a slash; two digits count
/// after `of` and after a day.
pub(super) fn trailing_year(reader: &Reader, at: usize, short: bool) -> Option<(i16, usize)> {
    let line = reader.line;
    let joint =
        matches!(line.mark(at), Some(',' | '/' | '-')) || matches!(line.lower(at), "of" | "in");
    let next = at + usize::from(joint);
    if let Some(found) = year_at(reader, next) {
        let ranged = line.mark(at) == Some('-') && !line.is_glued(at);
        return Some(found).filter(|_| !ranged);
    }
    let text = line.text(next);
    let of = line.lower(at) == "of";
    let two =
        line.every && line.is_number(next) && text.len() == 2 && !line.is_glued_word(next + 1);
    let year: i16 = text.parse().ok().filter(|_| two && (of || short))?;
    Some((century_of(year), next + 1))
}

/// The year two digits stand for: up to 2039, else of the last century.
pub(super) fn century_of(year: i16) -> i16 {
    if year < 40 { 2000 + year } else { 1900 + year }
}

/// After `,`, `the`, a point and a slash between a month and its day.
fn after_month(reader: &Reader, at: usize) -> usize {
    let line = reader.line;
    let point = usize::from(line.glued_mark(at) == Some('.') && line.text(at - 1).len() <= 4);
    let mut to = at + point;
    to += usize::from(line.glued_mark(to) == Some('/') && line.text(to + 1).len() <= 2);
    to + usize::from(line.lower(to) == "the")
}

/// `November 6, 2025`, `May twenty nine`, `Oct/2`, `June of 1992`, `Dec31, 1994`.
fn month_first(reader: &Reader, at: usize) -> Read {
    if let Some(found) = glued_day(reader, at) {
        return Some(found);
    }
    let line = reader.line;
    let (month, after) = month_word(reader, at)?;
    let next = after_month(reader, after);
    if let Some((day, to)) = day(reader, next).filter(|(_, to)| is_day_end(reader, *to)) {
        return Some(dated(reader, month, day, to, false));
    }
    let point = usize::from(line.glued_mark(after) == Some('.') && line.is_number(after + 1));
    match trailing_year(reader, after + point, false) {
        Some((year, to)) => Some((Point::Days(Period::month(year, month)?), to)),
        None if !line.every && !is_month(reader, at) => None,
        None if month == 5 && !is_may(reader, at) => None,
        None => Some((Point::Month(month), after)),
    }
}

/// Whether `may` without a day or a year is the month: after a preposition, or alone.
fn is_may(reader: &Reader, at: usize) -> bool {
    let line = reader.line;
    let before = at.checked_sub(1).map_or("", |before| line.lower(before));
    let words = [
        "in", "of", "since", "until", "till", "by", "from", "to", "through", "early", "late",
        "mid", "during", "before", "after", "between", "and", "last", "next", "this",
    ];
    let marked = matches!(line.mark(at + 1), Some('-' | '–')) || line.lower(at + 1) == "to";
    words.contains(&before) || marked || line.len() == 1
}

/// Whether a bare month in running news is one: after a preposition of time, and no name.
fn is_month(reader: &Reader, at: usize) -> bool {
    let line = reader.line;
    let before = at.checked_sub(1).map_or("", |before| line.lower(before));
    let timed = [
        "in", "since", "until", "early", "late", "mid", "of", "from", "between", "through",
        "during",
    ]
    .contains(&before);
    let named = line.is_capitalised(at + 1) || line.lower(at).ends_with("'s");
    timed && !named && line.glued_mark(at + 1) != Some('-')
}

/// `mar3`, `Dec31, 1994`: a month and a day in one word.
fn glued_day(reader: &Reader, at: usize) -> Read {
    let text = reader.line.text(at);
    let digits = text.find(|c: char| c.is_ascii_digit()).filter(|_| reader.line.every)?;
    let Trigger::Month(month) = lexicon().trigger(text.get(..digits)?) else { return None };
    let day: i8 = text.get(digits..)?.parse().ok().filter(|day| (1..=31).contains(day))?;
    Some(dated(reader, month, day, at + 1, false))
}

/// The month at `at`.
fn month_word(reader: &Reader, at: usize) -> Option<(i8, usize)> {
    month(reader, at).map(|month| (month, at + 1))
}

/// A number before a scale or a unit of time is no day: `March 6 million`, `May 3 hours`.
fn is_day_end(reader: &Reader, to: usize) -> bool {
    let line = reader.line;
    let scale = matches!(line.trigger(to), Trigger::Scale(_) | Trigger::Hundred);
    let clock = line.mark(to) == Some(':') && line.is_glued(to + 1);
    !(scale
        || clock
        || line.mark(to) == Some('%')
        || matches!(line.lower(to), "percent" | "pm" | "am"))
}

fn dated(reader: &Reader, month: i8, day: i8, to: usize, short: bool) -> (Point, usize) {
    if let Some((year, end)) = trailing_year(reader, to, short) {
        let date = Date::new(year, month, day).ok().and_then(Period::day);
        return (date.map_or(Point::Impossible, Point::Days), end);
    }
    (Point::MonthDay(month, day), to)
}

/// `6 November 2025`, `the 4th of July`, `first of march`, `14april 2015`.
fn day_first(reader: &Reader, at: usize) -> Read {
    let line = reader.line;
    let at = at + usize::from(line.lower(at) == "the");
    let (day, to) = day(reader, at)?;
    let of =
        to + usize::from(line.lower(to) == "of" || matches!(line.glued_mark(to), Some('-' | '/')));
    let (month, end) = month_word(reader, of)?;
    let point = usize::from(
        line.glued_mark(end) == Some('.')
            && line.text(end - 1).len() <= 4
            && line.is_number(end + 1),
    );
    let mut found = dated(reader, month, day, end + point, true);
    if found.1 == end + point {
        found.1 = end;
    }
    Some(found)
}

/// `Thursday, March 4, 2021`, `Tue May 9`, `Wed 13th`, `Tuesday the 19th`.
fn weekday_first(reader: &Reader, at: usize) -> Read {
    let line = reader.line;
    let (weekday, to) = weekday(reader, at)?;
    // "every Friday", "Fridays" and "every other Friday" are habits.
    let word = |back: usize| at.checked_sub(back).map_or("", |before| line.lower(before));
    if !line.every && is_named(line, at) {
        return None;
    }
    let habit = matches!(word(1), "every" | "each") || matches!(word(2), "every");
    (!habit).then_some(())?;
    let next = to + usize::from(line.mark(to) == Some(','));
    let next = next + usize::from(line.lower(next) == "the");
    let dated = month_first(reader, next)
        .filter(|(point, _)| !matches!(point, Point::Month(_)))
        .or_else(|| day_first(reader, next))
        .or_else(|| super::digits::read(reader, next, true).filter(|_| line.every));
    if let Some(found) =
        dated.filter(|_| !matches!(line.lower(next - 1), "mon" | "the") || next > to)
    {
        return Some(found);
    }
    if let Some((day, end)) =
        day(reader, next).filter(|(_, end)| line.is_number(next) && *end == next + 2)
    {
        return Some((Point::WeekdayDay(weekday, day), end));
    }
    // "sun", "sat", "wed" and "mon" are words of other meanings too.
    let short = line.text(at).len() <= 4;
    (!short || line.len() <= 3).then_some((Point::Weekday(weekday), to))
}

/// `Black Friday`, `Sunday Times`.
fn is_named(line: &Line, at: usize) -> bool {
    let lexicon = lexicon();
    let before = at.checked_sub(1).map_or("", |before| line.lower(before));
    lexicon.weekday_before.contains(before)
        || (line.is_capitalised(at + 1) && lexicon.weekday_after.contains(line.lower(at + 1)))
}

/// `2019 q1`, `Q1 2019`, `third quarter of 2013`, `3rd qtr`.
fn quarter(reader: &Reader, at: usize) -> Read {
    let line = reader.line;
    if let Some((year, to)) = year_at(reader, at) {
        let next = to + usize::from(matches!(line.glued_mark(to), Some('-' | '/')));
        let quarter = quarter_word(reader, next)?;
        return Some((Point::Days(Period::quarter(year, quarter)?), next + 1));
    }
    let (quarter, to) = if let Some(quarter) = quarter_word(reader, at) {
        (quarter, at + 1)
    } else {
        let (quarter, to) =
            whole_position(line, at).filter(|(quarter, _)| (1..=4).contains(quarter))?;
        let word = matches!(line.lower(to), "quarter" | "qtr");
        word.then_some((i8::try_from(quarter).ok()?, to + 1))?
    };
    if let Some((year, end)) = trailing_year(reader, to, false) {
        return Some((Point::Days(Period::quarter(year, quarter)?), end));
    }
    let year = Some(reader.today().year()).filter(|_| line.every)?;
    Some((Point::Days(Period::quarter(year, quarter)?), to))
}

fn quarter_word(reader: &Reader, at: usize) -> Option<i8> {
    match reader.line.lower(at) {
        "q1" => Some(1),
        "q2" => Some(2),
        "q3" => Some(3),
        "q4" => Some(4),
        _ => None,
    }
}

/// `2007`, `year 2008`, `the year of 2008`, `14 a.d.`, `1990s`.
fn year(reader: &Reader, at: usize) -> Read {
    let line = reader.line;
    let mut next = at;
    next += usize::from(matches!(line.lower(next), "calendar"));
    let named = matches!(line.lower(next), "year" | "cy");
    next += usize::from(named);
    next += usize::from(named && line.lower(next) == "of");
    let (year, to) = year_at(reader, next)?;
    let counted = at > 0
        && !matches!(line.lower(at - 1), "in" | "since" | "of" | "from")
        && noun::counted(line, to).is_some();
    if (unit::is_measured(line, to) || counted) && !named {
        return None;
    }
    let touched =
        |index: usize| matches!(line.glued_mark(index), Some('-' | '/' | '+' | '.' | '_' | '$'));
    let part = next > 1 && lexicon().time.thirds.contains_key(line.lower(next - 2));
    let inside = next > 0 && line.is_glued(next) && touched(next - 1) && !part;
    if inside || (touched(to) && line.is_glued(to + 1) && line.is_number(to + 1)) {
        return None;
    }
    Some((Point::Days(Period::year(year)?), to))
}

/// `1990s`, `nineties`, `90 s`, `21st century`.
fn age_of_years(reader: &Reader, at: usize) -> Read {
    let line = reader.line;
    if let Some((count, to)) = whole_position(line, at)
        && line.lower(to) == "century"
    {
        let first = Date::new(i16::try_from((count - 1) * 100).ok()?, 1, 1).ok()?;
        return Some((Point::Days(Step::Century.around(first)?), to + 1));
    }
    let lower = line.lower(at);
    let tens = lower.strip_suffix("ies").map(|stem| format!("{stem}y"));
    let (decade, to) = match tens.as_deref().map(|word| lexicon().trigger(word)) {
        Some(Trigger::Cardinal(tens @ 20..)) => (i16::from(tens) + 1900, at + 1),
        _ if line.is_number(at) && line.lower(at + 1) == "s" => {
            let number: i16 = line.text(at).parse().ok()?;
            let year = if number < 100 { number + 1900 } else { number };
            (year, at + 2)
        }
        _ => return None,
    };
    let first = Date::new(decade, 1, 1).ok().filter(|_| decade % 10 == 0 && decade >= 1000)?;
    let end = Step::Decade.shift(first, 1)?;
    Some((Point::Days(Period::new(first, end, Granularity::Decade)?), to))
}
