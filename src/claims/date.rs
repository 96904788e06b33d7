//! Dates: days, months, years, decades, and days of the week.
//!
//! `November 6, 2025`, `6th of November 2025`, `2025-11-06`, `Nov. 6`, `November 2025`,
//! `since 1992`, `2020–2025`, `the 1990s`, `Thursday`. A day without a year and a
//! weekday stay what they are: nothing here guesses which one is meant, and
//! `11/06/2025` is left alone, since it is June in one country and November in another.
//!
//! In:  a [`Line`] and where in it a date may begin.
//! Out: [`Figure`]s of kind [`Kind::Date`], or where to go on.
//! Not here: times of day, and "yesterday".

use super::Granularity;
use super::Hedge;
use super::Kind;
use super::Unit;
use super::Value;
use super::amount::Term;
use super::boundary;
use super::hedge;
use super::lex::Line;
use super::lexicon::Trigger;
use super::lexicon::lexicon;
use super::noun;
use super::scan::Figure;
use jiff::ToSpan;
use jiff::civil::Date;

/// Reads the date that begins with the month at `at`: `November 6, 2025`, `Nov. 2025`.
pub(super) fn month_first(line: &Line, at: usize, found: &mut Vec<Figure>) -> usize {
    read_month_first(line, at, at, found).unwrap_or(at + 1)
}

fn read_month_first(line: &Line, from: usize, at: usize, found: &mut Vec<Figure>) -> Option<usize> {
    let month = month_at(line, at)?;
    let next = after_month(line, at);
    let Some(day) = day_at(line, next) else {
        let (year, to) = year_at(line, skip_comma_or_of(line, next))?;
        return Some(push(line, from, to, month_of(year, month), found));
    };
    let last = last_day_at(line, day.to);
    let to = last.map_or(day.to, |last| last.to);
    if let Some((year, end)) = comma_year_at(line, to) {
        let last = last.map_or(day.value, |last| last.value);
        return Some(push(line, from, end, days_of(year, month, day.value, last), found));
    }
    push(line, from, day.to, day_of(month, day.value), found);
    if let Some(last) = last {
        push(line, last.from, last.to, day_of(month, last.value), found);
    }
    Some(to)
}

/// Reads the day of the week at `at`, with the date after it if there is one.
pub(super) fn weekday(line: &Line, at: usize, found: &mut Vec<Figure>) -> usize {
    let Trigger::Weekday(weekday) = line.trigger(at) else { return at + 1 };
    let lexicon = lexicon();
    let before = at.checked_sub(1).map_or(String::new(), |before| line.lower(before));
    let named = lexicon.weekday_before.contains(&before)
        || (line.is_capitalised(at + 1) && lexicon.weekday_after.contains(&line.lower(at + 1)));
    if !line.is_capitalised(at) || named {
        return at + 1;
    }
    let next = if line.glued_mark(at + 1) == Some(',') { at + 2 } else { at + 1 };
    read_month_first(line, at, next, found)
        .or_else(|| read_day_first(line, at, next, found))
        .unwrap_or_else(|| push(line, at, at + 1, Some(Value::Weekday { weekday }), found))
}

/// Reads the date that begins with the digits at `at`: `6 November 2025`, `2025-11-06`,
/// `2020–2025`, `1990s`.
pub(super) fn day_first(line: &Line, at: usize, found: &mut Vec<Figure>) -> Option<usize> {
    read_day_first(line, at, at, found)
        .or_else(|| in_digits(line, at, found))
        .or_else(|| years(line, at, found))
        .or_else(|| decade(line, at, found))
}

fn read_day_first(line: &Line, from: usize, at: usize, found: &mut Vec<Figure>) -> Option<usize> {
    let day = day_at(line, at)?;
    let last = last_day_at(line, day.to);
    let to = last.map_or(day.to, |last| last.to);
    let month_at_index = if line.lower(to) == "of" { to + 1 } else { to };
    let month = month_at(line, month_at_index)?;
    let end = after_month(line, month_at_index);
    if let Some((year, end)) = comma_year_at(line, end) {
        let last = last.map_or(day.value, |last| last.value);
        return Some(push(line, from, end, days_of(year, month, day.value, last), found));
    }
    let first_end = if last.is_some() { day.to } else { end };
    push(line, from, first_end, day_of(month, day.value), found);
    if let Some(last) = last {
        push(line, last.from, end, day_of(month, last.value), found);
    }
    Some(end)
}

/// Reads `sixth of November 2025`, whose ordinal stands in `from..to`.
pub(super) fn of_month(
    line: &Line,
    from: usize,
    to: usize,
    position: u16,
    found: &mut Vec<Figure>,
) -> Option<usize> {
    let day = i8::try_from(position).ok().filter(|day| *day <= 31)?;
    let month = month_at(line, to + 1).filter(|_| line.lower(to) == "of")?;
    let end = after_month(line, to + 1);
    Some(match comma_year_at(line, end) {
        Some((year, end)) => push(line, from, end, days_of(year, month, day, day), found),
        None => push(line, from, end, day_of(month, day), found),
    })
}

/// Reads `2025-11-06` and `2025/11/06`, and `13/04/2025` where only one order is possible.
fn in_digits(line: &Line, at: usize, found: &mut Vec<Figure>) -> Option<usize> {
    let sign = line.glued_mark(at + 1).filter(|sign| matches!(sign, '-' | '/' | '.'))?;
    let whole = (1..5).all(|i| line.is_glued(at + i)) && line.glued_mark(at + 3) == Some(sign);
    let number =
        |index: usize| line.text(index).parse::<i8>().ok().filter(|_| line.text(index).len() <= 2);
    let (date, ordered) = if let Some(year) = year_text(line.text(at)) {
        (Date::new(year, number(at + 2)?, number(at + 4)?).ok()?, sign != '.')
    } else {
        let (one, two) = (number(at)?, number(at + 2)?);
        let year = year_text(line.text(at + 4))?;
        let (day, month) = if one > 12 || one == two { (one, two) } else { (two, one) };
        (Date::new(year, month, day).ok()?, day > 12 || day == month)
    };
    let value = days(date, date.checked_add(1.day()).ok()?, Granularity::Day);
    (whole && ordered).then(|| push(line, at, at + 5, Some(value), found))
}

/// Reads `2020–2025` and `2024-25`.
fn years(line: &Line, at: usize, found: &mut Vec<Figure>) -> Option<usize> {
    let first = year_text(line.text(at)).filter(|year| (1800..2100).contains(year))?;
    if !matches!(line.glued_mark(at + 1), Some('-' | '–' | '/')) || !line.is_glued(at + 2) {
        return None;
    }
    let text = line.text(at + 2);
    let last = match text.len() {
        4 => year_text(text).filter(|_| line.mark(at + 1) != Some('/'))?,
        // "2010-11" may be a month.
        2 => {
            text.parse::<i16>().ok().filter(|last| *last == first % 100 + 1 && *last > 12)?
                + first / 100 * 100
        }
        _ => return None,
    };
    if last <= first || last >= 2200 {
        return None;
    }
    let value =
        days(Date::new(first, 1, 1).ok()?, Date::new(last + 1, 1, 1).ok()?, Granularity::Year);
    Some(push(line, at, at + 3, Some(value), found))
}

/// Reads `1990s`.
fn decade(line: &Line, at: usize, found: &mut Vec<Figure>) -> Option<usize> {
    let first = year_text(line.text(at)).filter(|year| year % 10 == 0)?;
    let mark = usize::from(matches!(line.glued_mark(at + 1), Some('\'' | '’')));
    let suffixed = line.is_glued(at + 1 + mark) && line.lower(at + 1 + mark) == "s";
    if !suffixed || mark > 0 {
        return None;
    }
    let value =
        days(Date::new(first, 1, 1).ok()?, Date::new(first + 10, 1, 1).ok()?, Granularity::Decade);
    Some(push(line, at, at + 2, Some(value), found))
}

/// Reads the year of `mid-2025`, whose digits stand at `at`.
pub(super) fn prefixed_year(line: &Line, at: usize, found: &mut Vec<Figure>) -> Option<usize> {
    let hyphened = at >= 2 && line.is_glued(at) && line.glued_mark(at - 1) == Some('-');
    let prefixed = hyphened && lexicon().words.year_prefixes.contains(&line.lower(at - 2));
    let year =
        year_text(line.text(at)).filter(|_| prefixed && boundary::closes(line, at + 1, false))?;
    Some(push(line, at, at + 1, year_of(year), found))
}

/// Reads the single plain number `term` as a year, if its neighbours say that it is one.
pub(super) fn year(line: &Line, term: &Term, found: &mut Vec<Figure>) -> Option<usize> {
    let at = term.from;
    let plain = term.unit == Unit::None && term.quantity.scale.is_none() && term.to == at + 1;
    let year = year_text(line.text(at)).filter(|_| plain)?;
    let possessive =
        matches!(line.glued_mark(at + 1), Some('\'' | '’')) && line.lower(at + 2) == "s";
    if !(boundary::closes(line, at + 1, false) || possessive) || is_era(&line.lower(at + 1)) {
        return None;
    }
    if is_year(line, at, year) {
        return Some(push(line, at, at + 1, year_of(year), found));
    }
    is_unclear(line, at, year).then_some(at + 1)
}

/// Years that a bare number may name without help: news is about these.
const RECENT: std::ops::Range<i16> = 1900..2100;

fn is_year(line: &Line, at: usize, year: i16) -> bool {
    let words = &lexicon().words;
    let before = at.checked_sub(1).map_or(String::new(), |before| line.lower(before));
    let month = at > 0 && matches!(line.trigger(at - 1), Trigger::Month(_));
    let counted = noun::counted(line, at + 1).is_some_and(|noun| !line.is_capitalised(noun.at));
    if words.year_before.contains(&before) || month {
        return RECENT.contains(&year) || !counted;
    }
    if !RECENT.contains(&year) || pairs_with_number(line, at) {
        return false;
    }
    if words.year_determiners.contains(&before) || before.ends_with("'s") {
        return true;
    }
    let named = at > 0 && line.is_capitalised(at - 1) && !words.stop.contains(&before);
    let hedged =
        hedge::around(line, at, at + 1, Kind::Count).is_some_and(|hedge| hedge != Hedge::About);
    !(counted || hedged || named || words.designators.contains(&before))
}

/// `upcoming 2026 talks`: a year or a count, and nothing tells which.
fn is_unclear(line: &Line, at: usize, year: i16) -> bool {
    let counts_people = noun::counted(line, at + 1)
        .is_some_and(|noun| lexicon().words.crowds.contains(&noun.lemma));
    let hedged = hedge::around(line, at, at + 1, Kind::Count).is_some();
    let alone = !counts_people && !hedged && !pairs_with_number(line, at);
    RECENT.contains(&year) && alone
}

/// `between 2000 and 3000`: the other number is no year, so this one is none.
fn pairs_with_number(line: &Line, at: usize) -> bool {
    let joint = matches!(line.lower(at + 1).as_str(), "and" | "to" | "or");
    joint
        && line.is_number(at + 2)
        && !year_text(line.text(at + 2)).is_some_and(|year| RECENT.contains(&year))
}

fn is_era(word: &str) -> bool {
    matches!(word, "bc" | "bce" | "b.c." | "ad" | "ce" | "a.d.")
}

/// Whether `text` is four digits that may be a year.
pub(super) fn is_year_text(text: &str) -> bool {
    year_text(text).is_some_and(|year| RECENT.contains(&year))
}

/// Whether the number at `at` is not itself the start of a date or an amount with a unit.
pub(super) fn is_plain(line: &Line, at: usize) -> bool {
    let hyphened = line.glued_mark(at + 1) == Some('-') && line.is_word(at + 2);
    !hyphened
}

/// Four digits from 1000 to 2199.
fn year_text(text: &str) -> Option<i16> {
    let digits = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|year| digits && (1000..2200).contains(year))
}

/// The month at `at`; only a capital makes `May` one.
fn month_at(line: &Line, at: usize) -> Option<i8> {
    match line.trigger(at) {
        Trigger::Month(month) if line.is_capitalised(at) => Some(month),
        _ => None,
    }
}

/// The lexeme after a month and the point of its abbreviation.
fn after_month(line: &Line, at: usize) -> usize {
    let abbreviated = line.text(at).len() <= 4 && line.glued_mark(at + 1) == Some('.');
    // The point may end the sentence instead.
    let goes_on = line.is_number(at + 2) || line.glued_mark(at + 2) == Some(',');
    if abbreviated && goes_on { at + 2 } else { at + 1 }
}

/// A day of the month and where it stands.
#[derive(Clone, Copy)]
struct Day {
    value: i8,
    from: usize,
    to: usize,
}

/// The day at `at`: one or two digits, perhaps with an ordinal ending, and nothing that
/// makes them something else.
fn day_at(line: &Line, at: usize) -> Option<Day> {
    let text = line.text(at);
    let value: i8 = text
        .parse()
        .ok()
        .filter(|day| line.is_number(at) && text.len() <= 2 && (1..=31).contains(day))?;
    let suffixed =
        line.is_glued(at + 1) && matches!(line.lower(at + 1).as_str(), "st" | "nd" | "rd" | "th");
    let to = if suffixed { at + 2 } else { at + 1 };
    let amount = matches!(line.trigger(to), Trigger::Scale(_) | Trigger::Hundred)
        || matches!(line.lower(to).as_str(), "percent" | "per");
    let dash = matches!(line.glued_mark(to), Some('-' | '–')) && line.is_number(to + 1);
    (!amount && (dash || boundary::closes(line, to, false))).then_some(Day { value, from: at, to })
}

/// The second day of `6-7`, `6 and 7`, `6 to 7`, if it ends there.
fn last_day_at(line: &Line, to: usize) -> Option<Day> {
    let dash = matches!(line.glued_mark(to), Some('-' | '–'));
    let word = matches!(line.lower(to).as_str(), "and" | "to" | "through");
    let last = day_at(line, to + 1).filter(|_| dash || word)?;
    let ends = line.mark(last.to).is_some() || line.get(last.to).is_none();
    let dated = month_at(line, last.to).is_some() || line.lower(last.to) == "of";
    (dash || dated || ends).then_some(last)
}

/// The year at `at`, and where it ends.
fn year_at(line: &Line, at: usize) -> Option<(i16, usize)> {
    let year = year_text(line.text(at)).filter(|year| *year >= 1500)?;
    let possessive =
        matches!(line.glued_mark(at + 1), Some('\'' | '’')) && line.lower(at + 2) == "s";
    (possessive || boundary::closes(line, at + 1, true)).then_some((year, at + 1))
}

/// The year at `at`, perhaps after a comma.
fn comma_year_at(line: &Line, at: usize) -> Option<(i16, usize)> {
    year_at(line, if line.glued_mark(at) == Some(',') { at + 1 } else { at })
}

fn skip_comma_or_of(line: &Line, at: usize) -> usize {
    at + usize::from(line.glued_mark(at) == Some(',') || line.lower(at) == "of")
}

fn days(first: Date, end: Date, granularity: Granularity) -> Value {
    Value::Days { first, end, granularity }
}

fn day_of(month: i8, day: i8) -> Option<Value> {
    // 2024 has a February 29.
    Date::new(2024, month, day).ok().map(|_| Value::MonthDay { month, day })
}

fn days_of(year: i16, month: i8, first: i8, last: i8) -> Option<Value> {
    let end = Date::new(year, month, last).ok()?.checked_add(1.day()).ok()?;
    Date::new(year, month, first)
        .ok()
        .filter(|first| *first < end)
        .map(|first| days(first, end, Granularity::Day))
}

fn month_of(year: i16, month: i8) -> Option<Value> {
    let first = Date::new(year, month, 1).ok()?;
    Some(days(first, first.checked_add(1.month()).ok()?, Granularity::Month))
}

fn year_of(year: i16) -> Option<Value> {
    Some(days(Date::new(year, 1, 1).ok()?, Date::new(year + 1, 1, 1).ok()?, Granularity::Year))
}

/// Adds the date in `from..to`, if there is such a day; returns where to go on.
fn push(
    line: &Line,
    from: usize,
    to: usize,
    value: Option<Value>,
    found: &mut Vec<Figure>,
) -> usize {
    let approximate =
        matches!(before(line, from).as_str(), "around" | "circa" | "approximately" | "roughly");
    let hedge = approximate.then_some(Hedge::About);
    let span = line.range(from, to);
    found.extend(value.map(|value| Figure { span, kind: Kind::Date, value, hedge, noun: None }));
    to
}

fn before(line: &Line, from: usize) -> String {
    from.checked_sub(1).map_or(String::new(), |before| line.lower(before))
}

#[cfg(test)]
mod tests {
    use crate::claims::scan::tests::shown;

    /// One row per spelling.
    #[test]
    fn reads_every_spelling() {
        #[rustfmt::skip]
        let cases = [
            ("on March 4, 2021.",               vec!["date 2021-03-04: March 4, 2021"]),
            ("Mar. 4, 2021, they met",          vec!["date 2021-03-04: Mar. 4, 2021"]),
            ("on 4 March 2021",                 vec!["date 2021-03-04: 4 March 2021"]),
            ("the 4th of March 2021",           vec!["date 2021-03-04: 4th of March 2021"]),
            ("the fourth of March",             vec!["date --03-04: fourth of March"]),
            ("2021-03-04",                      vec!["date 2021-03-04: 2021-03-04"]),
            ("13/04/2021",                      vec!["date 2021-04-13: 13/04/2021"]),
            ("March 4–5, 2021",                 vec!["date 2021-03-04..2021-03-05: March 4–5, 2021"]),
            ("4-5 March 2021",                  vec!["date 2021-03-04..2021-03-05: 4-5 March 2021"]),
            ("March 4 and 5.",                  vec!["date --03-04: March 4", "date --03-05: 5"]),
            ("on March 4 they met",             vec!["date --03-04: March 4"]),
            ("in March 2021",                   vec!["date 2021-03: March 2021"]),
            ("Thursday, March 4, 2021",         vec!["date 2021-03-04: Thursday, March 4, 2021"]),
            ("late Thursday evening",           vec!["date thursday: Thursday"]),
            ("since 1992 and in 2021,",         vec!["date 1992: 1992", "date 2021: 2021"]),
            ("the 2024 elections",              vec!["date 2024: 2024"]),
            ("from mid-2024.",                   vec!["date 2024: 2024"]),
            ("2019–2021",                       vec!["date 2019..2021: 2019–2021"]),
            ("the 2024-25 season",              vec!["date 2024..2025: 2024-25"]),
            ("in the 1990s",                    vec!["date 1990s: 1990s"]),
            ("between 2019 and 2021",           vec!["date 2019: 2019", "date 2021: 2021"]),
        ];
        for (text, figures) in cases {
            assert_eq!(shown(text), figures, "{text}");
        }
    }

    #[test]
    fn refuses_what_is_no_date_or_not_surely_one() {
        for text in [
            "on 11/06/2025",
            "February 30, 2021",
            "Vision 2030 is",
            "the Sunday Times",
            "on Black Friday",
            "they may 5 times",
            "300 BC",
            "2026 talks may fail",
            "the upcoming 2026 talks",
            "in May they march",
        ] {
            let dates: Vec<_> =
                shown(text).into_iter().filter(|shown| shown.starts_with("date")).collect();
            assert_eq!(dates, Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn four_digits_before_a_plural_are_a_count() {
        assert_eq!(shown("They freed 2000 prisoners."), ["count 2000 prisoner: 2000"]);
        assert_eq!(shown("the failed 2019 talks"), Vec::<String>::new());
        assert_eq!(shown("more than 2000 prisoners"), ["count 2000 prisoner (more than): 2000"]);
    }
}
