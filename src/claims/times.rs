//! How many times, and how many times as much: `twice`, `three times`, `doubled`, `half`.
//!
//! Before a period they are a frequency (`twice a week`), before what they are compared
//! with a multiple (`twice the size`), and alone a count of occasions (`scored twice`).
//!
//! In:  a [`Line`] and such a word, or the number before `times`.
//! Out: a [`Figure`], and where to go on.
//! Not here: `three-fold`, `three times as many` (`ratio`), `half a million` (`numeral`).

use super::Kind;
use super::Unit;
use super::Value;
use super::boundary;
use super::frequency;
use super::hedge;
use super::lex::Line;
use super::lexicon::lexicon;
use super::numeral;
use super::numeral::Numeral;
use super::scan::Figure;
use super::unit;
use rust_decimal::Decimal;

/// The figure of the word at `at`: `twice`, `doubled`, `half`.
pub(super) fn read(line: &Line, at: usize) -> Option<(Figure, usize)> {
    let name = line.is_capitalised(at) && at > 0 && !line.title_case;
    (!name && boundary::opens(line, at)).then_some(())?;
    let lower = line.lower(at);
    let extent = &lexicon().extent;
    if let Some(times) = extent.times.get(lower) {
        return times_at(line, at, *times);
    }
    if let Some(multiple) = extent.multiples.get(lower) {
        let idiom = matches!(line.lower(at + 1), "down" | "as" | "up" | "over");
        return (!idiom && boundary::closes(line, at + 1, false))
            .then(|| alone(line, at, Kind::Multiple, *multiple));
    }
    match extent.multipliers.get(lower) {
        Some(multiple) => multiplied(line, at, *multiple),
        None => half(line, at),
    }
}

/// `twice a week`, `twice the size`, `scored twice`.
fn times_at(line: &Line, at: usize, times: Decimal) -> Option<(Figure, usize)> {
    if let Some(often) = frequency::of_times(line, (at, at + 1), (times, times)) {
        return Some(often);
    }
    boundary::closes(line, at + 1, false).then_some(())?;
    if times > Decimal::ONE && is_compared(line, at + 1) {
        return Some(alone(line, at, Kind::Multiple, times));
    }
    let before = at.checked_sub(1).map_or("", |before| line.lower(before));
    // "once the ship had sailed", "think twice", "once or twice"
    let counted = match line.lower(at) {
        "once" => {
            let counted = hedge::around(line, at, at + 1, Kind::Count).is_some();
            (counted || matches!(before, "only" | "just")) && line.lower(at + 1) != "the"
        }
        _ => !matches!(before, "think" | "thinking" | "thought" | "or"),
    };
    counted.then(|| {
        let (figure, to) = alone(line, at, Kind::Count, times);
        let value = Value::exactly(times, Unit::Things("time".into()));
        (Figure { value, ..figure }, to)
    })
}

/// Whether the words at `at` name what something is so many times as much as; `this year`
/// and `last week` are when.
fn is_compared(line: &Line, at: usize) -> bool {
    let step = lexicon().time.step(line.lower(at + 1)).is_some();
    match line.lower(at) {
        "as" | "the" | "its" | "his" | "her" | "their" | "our" | "what" | "those" => true,
        "that" => !step,
        "last" | "this" => line.lower(at + 1).ends_with("'s"),
        _ => false,
    }
}

/// `double the sum`, `will double`.
fn multiplied(line: &Line, at: usize, multiple: Decimal) -> Option<(Figure, usize)> {
    let before = at.checked_sub(1).map_or("", |before| line.lower(before));
    let verb = matches!(
        before,
        "to" | "will" | "would" | "could" | "can" | "may" | "might" | "must" | "should" | "not"
    );
    let idiom = matches!(line.lower(at + 1), "down" | "as" | "up" | "over" | "back");
    let read = is_compared(line, at + 1) || (verb && !idiom);
    (read && boundary::closes(line, at + 1, false))
        .then(|| alone(line, at, Kind::Multiple, multiple))
}

/// `half of the ships`, `half the ships`, `half an hour`, `cut by half`.
fn half(line: &Line, at: usize) -> Option<(Figure, usize)> {
    let before = at.checked_sub(1).map_or("", |before| line.lower(before));
    let next = line.lower(at + 1);
    let half = Decimal::new(5, 1);
    let (part, hedge) =
        (boundary::closes(line, at + 1, false), hedge::around(line, at, at + 1, Kind::Ratio));
    // "the second half of", "a half", "and a half", "half a million"
    let words = &lexicon().words;
    let other = words.determiners.contains(before) || matches!(before, "other" | "and" | "one");
    let ordered = at > 0 && matches!(line.trigger(at - 1), super::lexicon::Trigger::Ordinal(_));
    let scaled = numeral::scale(line, at + 2).is_some() || numeral::scale(line, at + 1).is_some();
    if other || ordered || scaled || !part {
        return None;
    }
    if numeral::is_article(line, at + 1) {
        let (unit, to) = unit::measure(line, at + 2)?;
        let kind = if matches!(unit, Unit::Time(_)) { Kind::Duration } else { Kind::Measure };
        let value = Value::exactly(half, unit);
        let hedge = hedge::around(line, at, to, kind);
        return Some((Figure::new(line, (at, to), kind, value).hedged(hedge), to));
    }
    let of = matches!(
        next,
        "of" | "the" | "its" | "his" | "her" | "their" | "our" | "that" | "those" | "these" | "all"
    );
    let ends = next.is_empty() || words.stop.contains(next);
    (of || (ends && (hedge.is_some() || before == "by")))
        .then(|| alone(line, at, Kind::Ratio, half))
}

/// The figure of the word at `at` alone.
fn alone(line: &Line, at: usize, kind: Kind, value: Decimal) -> (Figure, usize) {
    let hedge = hedge::around(line, at, at + 1, kind);
    let value = Value::exactly(value, Unit::None);
    (Figure::new(line, (at, at + 1), kind, value).hedged(hedge), at + 1)
}

/// `three times a day`, and `three times` alone, which counts occasions; `two to three
/// times`, `five-time`.
pub(super) fn counted(line: &Line, first: &Numeral) -> Option<(Figure, usize)> {
    let (low, mut high, mut to) = (first.value, first.value, first.to);
    if matches!(line.lower(to), "to" | "or")
        && let Some(second) = numeral::whole(line, to + 1).filter(|second| second.value > low)
    {
        (high, to) = (second.value, second.to);
    }
    let champion = line.glued_mark(to) == Some('-') && line.lower(to + 1) == "time";
    let to = if champion { to + 1 } else { to };
    // "Seven Times Square"
    let times = champion || (line.lower(to) == "times" && !line.is_capitalised(to));
    (times && high.fract().is_zero()).then_some(())?;
    if let Some(often) = frequency::of_times(line, (first.from, to + 1), (low, high)) {
        return Some(often);
    }
    // "three times four"
    let factor = line.is_number(to + 1) || numeral::whole(line, to + 1).is_some();
    (!factor && boundary::closes(line, to + 1, false)).then_some(())?;
    let value = Value::Amount { low, high, unit: Unit::Things("time".into()) };
    let hedge = hedge::around(line, first.from, to + 1, Kind::Count);
    Some((Figure::new(line, (first.from, to + 1), Kind::Count, value).hedged(hedge), to + 1))
}

#[cfg(test)]
mod tests {
    use crate::claims::scan::tests::shown;

    /// One row per wording.
    #[test]
    fn reads_every_wording() {
        #[rustfmt::skip]
        let cases = [
            ("Lind scored twice on Monday",     vec!["count 2 time: twice", "date monday: Monday"]),
            ("it sank three times this year",   vec!["count 3 time: three times", "date relative: this year"]),
            ("a five-time champion",            vec!["count 5 time: five-time"]),
            ("it sank more than once.",         vec!["count 1 time (more than): once"]),
            ("nearly twice the size of Latvia", vec!["multiple 2 (nearly): twice"]),
            ("twice as many ships",             vec!["multiple 2: twice"]),
            ("twice last year's sum",           vec!["multiple 2: twice", "date relative: last year's"]),
            ("trade has doubled",               vec!["multiple 2: doubled"]),
            ("trade more than tripled",         vec!["multiple 3 (more than): tripled"]),
            ("it will double soon",             vec!["multiple 2: double"]),
            ("double the sum",                  vec!["multiple 2: double"]),
            ("the fleet was halved",            vec!["multiple 0.5: halved"]),
            ("half of the fleet",               vec!["ratio 0.5: half"]),
            ("about half its ships",            vec!["ratio 0.5 (about): half"]),
            ("cut by half",                     vec!["ratio 0.5: half"]),
            ("it took half an hour",            vec!["duration 0.5 hour: half an hour"]),
            ("half a million ships",            vec!["count 500000 ship: half a million"]),
        ];
        for (text, figures) in cases {
            assert_eq!(shown(text), figures, "{text}");
        }
    }

    #[test]
    fn refuses_what_is_no_number_of_times() {
        for text in [
            "once the ship had sailed",
            "he once said so",
            "think twice",
            "once or twice",
            "a double-edged sword",
            "she doubled down",
            "doubling as a guide",
            "a double room",
            "the second half of it",
            "a half-hearted try",
            "the Half Moon inn",
            "at half past",
            "many times",
            "Times Square",
        ] {
            assert_eq!(shown(text), Vec::<String>::new(), "{text}");
        }
    }
}
