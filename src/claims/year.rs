//! Bare years in running news: `since 1992`, `the 2024 elections`, `2020–2025`.
//!
//! Four digits are a year where their neighbours say so; a plural noun after them makes
//! them a count, and where nothing tells they are left alone.
//!
//! In:  a [`Line`] and a plain number in it.
//! Out: a [`Figure`] of kind [`Kind::Date`], or where to go on.
//! Not here: years with a month or a part of the year (`when`).

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
use jiff::civil::Date;

/// Reads `2020–2025` and `2024-25`.
pub(super) fn range(line: &Line, at: usize, found: &mut Vec<Figure>) -> Option<usize> {
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

/// Reads the year of `post-2025`, whose digits stand at `at`.
pub(super) fn prefixed(line: &Line, at: usize, found: &mut Vec<Figure>) -> Option<usize> {
    let hyphened = at >= 2 && line.is_glued(at) && line.glued_mark(at - 1) == Some('-');
    let prefixed = hyphened && lexicon().words.year_prefixes.contains(line.lower(at - 2));
    let year =
        year_text(line.text(at)).filter(|_| prefixed && boundary::closes(line, at + 1, false))?;
    Some(push(line, at, at + 1, year_of(year), found))
}

/// Reads the single plain number `term` as a year, if its neighbours say that it is one.
pub(super) fn read(line: &Line, term: &Term, found: &mut Vec<Figure>) -> Option<usize> {
    let at = term.from;
    let plain = term.unit == Unit::None && !term.number.is_scaled() && term.to == at + 1;
    let year = year_text(line.text(at)).filter(|_| plain)?;
    let possessive =
        matches!(line.glued_mark(at + 1), Some('\'' | '’')) && line.lower(at + 2) == "s";
    if !(boundary::closes(line, at + 1, false) || possessive) || is_era(line.lower(at + 1)) {
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
    let before = at.checked_sub(1).map_or("", |before| line.lower(before));
    let month = at > 0 && matches!(line.trigger(at - 1), Trigger::Month(_));
    let counted = noun::counted(line, at + 1).is_some_and(|noun| !line.is_capitalised(noun.at));
    if words.year_before.contains(before) || month {
        return RECENT.contains(&year) || !counted;
    }
    if !RECENT.contains(&year) || pairs_with_number(line, at) {
        return false;
    }
    if words.year_determiners.contains(before) || before.ends_with("'s") {
        return true;
    }
    let named = at > 0 && line.is_capitalised(at - 1) && !words.stop.contains(before);
    let hedged =
        hedge::around(line, at, at + 1, Kind::Count).is_some_and(|hedge| hedge != Hedge::About);
    !(counted || hedged || named || words.designators.contains(before))
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
    let joint = matches!(line.lower(at + 1), "and" | "to" | "or");
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

fn days(first: Date, end: Date, granularity: Granularity) -> Value {
    Value::Days { first, end, granularity }
}

fn year_of(year: i16) -> Option<Value> {
    Some(days(Date::new(year, 1, 1).ok()?, Date::new(year + 1, 1, 1).ok()?, Granularity::Year))
}

/// Adds the years in `from..to`; returns where to go on.
fn push(
    line: &Line,
    from: usize,
    to: usize,
    value: Option<Value>,
    found: &mut Vec<Figure>,
) -> usize {
    let before = from.checked_sub(1).map_or("", |before| line.lower(before));
    let about = matches!(before, "around" | "circa" | "approximately" | "roughly");
    let hedge = about.then_some(Hedge::About);
    let figure = |value| Figure::new(line, (from, to), Kind::Date, value).hedged(hedge);
    found.extend(value.map(figure));
    to
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
            ("from mid-2024.",                   vec!["date 2024-05..2024-08: mid-2024"]),
            ("in May they march",                vec!["date relative: May"]),
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
