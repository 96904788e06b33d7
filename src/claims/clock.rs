//! Times of day: `10:30`, `2pm`, `10 a.m.`, `noon`, `4 o'clock`.
//!
//! In:  a [`Line`] and where in it a time may begin.
//! Out: the minutes after midnight, and where the time ends.
//! Not here: time zones, and how long something took (`amount`).

use super::Kind;
use super::Value;
use super::lex::Line;
use super::scan::Figure;

/// The time of day at `at` as a figure, and where to go on.
pub(super) fn figure(line: &Line, at: usize) -> Option<(Figure, usize)> {
    let (minutes, to) = read(line, at)?;
    let value = Value::Clock { minutes };
    Some((Figure::new(line, (at, to), Kind::Time, value), to))
}

/// Minutes after midnight, and the lexeme after the time.
fn read(line: &Line, at: usize) -> Option<(i16, usize)> {
    match line.lower(at) {
        "noon" | "midday" => return Some((12 * 60, at + 1)),
        "midnight" => return Some((0, at + 1)),
        _ => {}
    }
    let hour: i16 = line.text(at).parse().ok().filter(|_| line.is_number(at))?;
    let (minute, to) = minute(line, at);
    let half = half_of_day(line, to);
    let clock = line.lower(to) == "o'clock";
    match half {
        Some((shift, end)) if (1..=12).contains(&hour) => {
            Some((hour % 12 * 60 + minute + shift, end))
        }
        None if (0..24).contains(&hour) && (clock || to > at + 1) => {
            Some((hour * 60 + minute, to + usize::from(clock)))
        }
        _ => None,
    }
}

/// The `30` of `10:30`, and where it ends.
fn minute(line: &Line, at: usize) -> (i16, usize) {
    let text = line.text(at + 2);
    let colon = line.glued_mark(at + 1) == Some(':') && line.is_glued(at + 2) && text.len() == 2;
    // "3:1" is a score, and "10:30:12" a race.
    let chained = matches!(line.glued_mark(at + 3), Some(':' | '-' | '/')) && line.is_glued(at + 4);
    match text.parse() {
        Ok(minute @ 0..60) if colon && !chained => (minute, at + 3),
        _ => (0, at + 1),
    }
}

/// `a.m.`, `pm`: the minutes it adds, and where it ends with its point.
fn half_of_day(line: &Line, at: usize) -> Option<(i16, usize)> {
    let shift = match line.lower(at) {
        "am" | "a.m" | "a.m." => 0,
        "pm" | "p.m" | "p.m." => 12 * 60,
        _ => return None,
    };
    let point = line.text(at).contains('.') && !line.text(at).ends_with('.');
    let pointed = point && line.glued_mark(at + 1) == Some('.');
    Some((shift, at + 1 + usize::from(pointed)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One row per spelling.
    #[test]
    fn reads_every_spelling() {
        #[rustfmt::skip]
        let cases = [
            ("10:30",     Some(630)),
            ("10:30 a.m.", Some(630)),
            ("2pm",       Some(840)),
            ("12 a.m.",   Some(0)),
            ("noon",      Some(720)),
            ("4 o'clock", Some(240)),
            ("13 pm",     None),
            ("3:1",       None),
            ("10",        None),
        ];
        for (text, minutes) in cases {
            assert_eq!(read(&Line::new(text), 0).map(|read| read.0), minutes, "{text}");
        }
    }
}
