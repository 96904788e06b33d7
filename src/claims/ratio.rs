//! Ratios, multiples, fractions and scores: `one in three`, `four- to five-fold`,
//! `two thirds`, `9 out of 10`, a `5–4 vote`.
//!
//! In:  a [`Line`] and the number such a phrase begins with.
//! Out: a [`Figure`], and where to go on.
//! Not here: what the share is of, shares in per cent (`amount`), and `twice` (`times`).

use super::Kind;
use super::Unit;
use super::Value;
use super::boundary;
use super::hedge;
use super::lex::Line;
use super::lexicon::Trigger;
use super::lexicon::lexicon;
use super::numeral;
use super::numeral::Numeral;
use super::scan::Figure;
use super::times;
use rust_decimal::Decimal;

/// The ratio, multiple, fraction or score that begins with the number at `at`.
pub(super) fn read(line: &Line, at: usize) -> Option<(Figure, usize)> {
    let first = numeral::whole(line, at)?;
    (boundary::opens(line, at)).then_some(())?;
    multiple(line, &first)
        .or_else(|| fraction(line, &first))
        .or_else(|| share(line, &first))
        .or_else(|| times::counted(line, &first))
        .or_else(|| score(line, &first))
}

/// The word at `at`, or after the hyphen there.
fn joined(line: &Line, at: usize) -> usize {
    let hyphened = line.glued_mark(at) == Some('-') && line.is_word(at + 1);
    if hyphened { at + 1 } else { at }
}

fn figure(
    line: &Line,
    span: (usize, usize),
    kind: Kind,
    ends: (Decimal, Decimal),
) -> (Figure, usize) {
    let (from, to) = span;
    let value = Value::Amount { low: ends.0, high: ends.1, unit: Unit::None };
    let hedge = hedge::around(line, from, to, kind);
    (Figure::new(line, span, kind, value).hedged(hedge), to)
}

/// `three-fold`, `three times`, `four- to five-fold`.
fn multiple(line: &Line, first: &Numeral) -> Option<(Figure, usize)> {
    let low = first.value;
    if let Some(to) = fold_end(line, first.to) {
        return Some(figure(line, (first.from, to), Kind::Multiple, (low, low)));
    }
    let hanging = usize::from(line.glued_mark(first.to) == Some('-'));
    matches!(line.lower(first.to + hanging), "to" | "or").then_some(())?;
    let second = numeral::whole(line, first.to + hanging + 1)?;
    let to = fold_end(line, second.to)?;
    (low < second.value)
        .then(|| figure(line, (first.from, to), Kind::Multiple, (low, second.value)))
}

/// After `-fold`, `fold`, and the `times` of `three times as many`.
fn fold_end(line: &Line, to: usize) -> Option<usize> {
    let word = joined(line, to);
    let next = line.lower(word + 1);
    // "three times this year" counts occasions.
    let compared =
        matches!(next, "as" | "more" | "higher" | "larger" | "bigger" | "greater" | "the" | "that");
    match line.lower(word) {
        "fold" => Some(word + 1),
        "times" if compared => Some(word + 1),
        _ => None,
    }
}

/// `two thirds`, `three-quarters`; a quarter may be of a year, so it needs `of` after it.
fn fraction(line: &Line, first: &Numeral) -> Option<(Figure, usize)> {
    let at = joined(line, first.to);
    let lower = line.lower(at);
    let singular = lower.strip_suffix('s').unwrap_or(lower);
    let of = match lexicon().small_trigger(singular) {
        Trigger::Ordinal(position @ 3..=20) => Decimal::from(position),
        _ if singular == "quarter" && line.lower(at + 1) == "of" => Decimal::from(4),
        _ => return None,
    };
    let part = Some(first.value).filter(|part| first.spelled && *part < of)?;
    let plural = part == Decimal::ONE || lower.ends_with('s');
    // "three third parties" and "one fifth of July"
    let after = line.lower(at + 1);
    let ends = after.is_empty() || lexicon().words.stop.contains(after);
    let scaled = line.lower(at + 1) == "of"
        && line.lower(at + 2) == "a"
        && numeral::whole(line, at + 3).is_some();
    (plural && ends && !scaled).then_some(())?;
    let value = part.checked_div(of)?;
    Some(figure(line, (first.from, at + 1), Kind::Ratio, (value, value)))
}

/// `one in three`, `9 out of 10`, `one in every five`.
fn share(line: &Line, first: &Numeral) -> Option<(Figure, usize)> {
    let to = first.to;
    let next = match (line.lower(to), line.lower(to + 1)) {
        ("out", "of") | ("in", "every") => to + 2,
        ("in", _) => to + 1,
        _ => return None,
    };
    let whole = numeral::whole(line, next)?;
    let (part, of) = (first.value, whole.value);
    let alike = first.spelled == whole.spelled || line.lower(to) == "out";
    let year = !whole.spelled && line.text(next).len() == 4;
    let sure = part < of
        && alike
        && !year
        && !whole.is_scaled()
        && boundary::closes(line, whole.to, false);
    let value = part.checked_div(of).filter(|_| sure)?;
    Some(figure(line, (first.from, whole.to), Kind::Ratio, (value, value)))
}

/// Longest name of the side that lost, in lexemes.
const BEATEN_LEXEMES: usize = 5;

/// `5-4 vote`, `won 3–1`: two numbers and a word that says they are a result.
fn score(line: &Line, first: &Numeral) -> Option<(Figure, usize)> {
    let dash = matches!(line.glued_mark(first.to), Some('-' | '–')) && line.is_glued(first.to + 1);
    let second = numeral::whole(line, first.to + 1).filter(|_| dash && !first.spelled)?;
    let words = [
        "vote", "decision", "ruling", "majority", "win", "victory", "defeat", "loss", "draw",
        "lead",
    ];
    let said = ["by", "won", "lost", "voted", "beat", "drew", "defeated", "thrashed"];
    let before = first.from.checked_sub(1).map_or("", |before| line.lower(before));
    // "beat Kelmouth United 3-1"
    let beat = (first.from.saturating_sub(BEATEN_LEXEMES)..first.from)
        .rev()
        .take_while(|at| line.is_capitalised(*at) || said.contains(&line.lower(*at)))
        .any(|at| !line.is_capitalised(at));
    let result = words.contains(&line.lower(second.to)) || said.contains(&before) || beat;
    let plain = !first.is_scaled() && !second.is_scaled() && !second.spelled;
    let closed = result && plain && boundary::closes(line, second.to, false);
    let (one, two) = (first.value, second.value);
    closed.then(|| {
        let (mut found, to) = figure(line, (first.from, second.to), Kind::Score, (one, one));
        found.value = Value::Score { one, two };
        (found, to)
    })
}

#[cfg(test)]
mod tests {
    use crate::claims::scan::tests::shown;

    /// One row per form.
    #[test]
    fn reads_every_form() {
        #[rustfmt::skip]
        let cases = [
            ("a three-fold rise",                     "multiple 3: three-fold"),
            ("a four- to five-fold rise",             "multiple 4..5: four- to five-fold"),
            ("three times as many ships",             "multiple 3: three times"),
            ("one in four ships sank",                "ratio 0.25: one in four"),
            ("9 out of 10 sailors",                   "ratio 0.9: 9 out of 10"),
            ("about three quarters of the fleet",     "ratio 0.75 (about): three quarters"),
            ("two-fifths of it",                      "ratio 0.4: two-fifths"),
            ("on a 5-4 vote",                         "score 5-4: 5-4"),
            ("won 3–1 at home",                       "score 3-1: 3–1"),
            ("Rovers beat Kelmouth United 3-1",       "score 3-1: 3-1"),
        ];
        for (text, figure) in cases {
            assert_eq!(shown(text), [figure], "{text}");
        }
    }

    #[test]
    fn refuses_what_is_no_ratio() {
        for text in ["two quarters", "one in 2019", "call 5-4", "the two thirds"] {
            let ratios: Vec<_> = shown(text)
                .into_iter()
                .filter(|shown| !shown.starts_with("date") && !shown.starts_with("ratio 0.66"))
                .collect();
            assert_eq!(ratios, Vec::<String>::new(), "{text}");
        }
    }
}
