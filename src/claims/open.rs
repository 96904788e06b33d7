//! Numbers that a text leaves open, or hides in a word: `dozens of ships`, `billions of
//! dollars`, `both ports`, `trilateral talks`.
//!
//! An open number reads as all it may mean, from one and a half of its scale: `dozens` are
//! 18 to 99, `billions` 1.5 to 999 billion.
//!
//! In:  a [`Line`] and such a word.
//! Out: a [`Figure`], and where to go on.
//! Not here: numbers that are told (`numeral`).

use super::Kind;
use super::Unit;
use super::Value;
use super::boundary;
use super::hedge;
use super::lex::Line;
use super::lexicon::Dimension;
use super::lexicon::lexicon;
use super::noun;
use super::numeral;
use super::scan::Figure;
use rust_decimal::Decimal;

/// Words in `hundreds of thousands of millions`.
const SCALES_MAX: usize = 3;

/// `billions of dollars`, `tens of thousands of people` at `at`.
pub(super) fn vague(line: &Line, at: usize) -> Option<(Figure, usize)> {
    let counted = at > 0 && (line.is_number(at - 1) || numeral::whole(line, at - 1).is_some());
    (boundary::opens(line, at) && !counted).then_some(())?;
    let (mut scale, mut to) = (Decimal::ONE, at);
    let mut top = Decimal::ONE;
    while to < at + 2 * SCALES_MAX
        && let Some((low, high)) = open_scale(line, to)
    {
        top = if to == at { high } else { top.checked_mul(low)? };
        scale = scale.checked_mul(low)?;
        (line.lower(to + 1) == "of").then_some(())?;
        to += 2;
    }
    (to > at).then_some(())?;
    let low = scale.checked_mul(Decimal::new(15, 1))?;
    let (kind, unit, noun, to) = measured(line, to)?;
    let value = Value::Amount { low, high: top, unit };
    let hedge = hedge::around(line, at, to, kind);
    Some((Figure::new(line, (at, to), kind, value).hedged(hedge).of(noun), to))
}

/// The least and the greatest that the open scale word at `at` stands for, over 1.5.
fn open_scale(line: &Line, at: usize) -> Option<(Decimal, Decimal)> {
    let thousand = Decimal::from(1000);
    Some(match line.lower(at) {
        "tens" => (Decimal::TEN, Decimal::from(99)),
        "dozens" => (Decimal::from(12), Decimal::from(99)),
        "hundreds" => (Decimal::ONE_HUNDRED, Decimal::from(999)),
        lower if lower.ends_with('s') => {
            let (low, _) = numeral::scale(line, at)?;
            (low, low.checked_mul(thousand)?.checked_sub(low)?)
        }
        _ => return None,
    })
}

/// What is counted or measured at `at`, and where the figure ends.
fn measured(line: &Line, at: usize) -> Option<(Kind, Unit, Option<std::ops::Range<usize>>, usize)> {
    let lower = line.lower(at);
    if let Some(currency) = lexicon().money.word(lower).filter(|currency| !currency.scaled) {
        let unit = Unit::Currency { code: currency.code, bare: currency.bare };
        return Some((Kind::Money, unit, None, at + 1));
    }
    if let Some((dimension, name)) = lexicon().units.get(lower) {
        let name = name.as_str().into();
        return Some(match dimension {
            Dimension::Time => (Kind::Duration, Unit::Time(name), None, at + 1),
            Dimension::Measure => (Kind::Measure, Unit::Measure(name), None, at + 1),
        });
    }
    let noun = noun::counted(line, at)?;
    let place = line.range(noun.at, noun.at + 1);
    Some((Kind::Count, Unit::Things(noun.lemma.into()), Some(place), at - 1))
}

/// `both ports`, `a trilateral call` at `at`.
pub(super) fn sides(line: &Line, at: usize) -> Option<(Figure, usize)> {
    let number = *lexicon().extent.sides.get(line.lower(at))?;
    let free = boundary::opens(line, at) && boundary::closes(line, at + 1, false);
    let name = line.is_capitalised(at) && at > 0 && !line.title_case;
    (free && !name).then_some(())?;
    let (unit, noun) = if line.lower(at) == "both" {
        let noun = noun::counted(line, at + 1)?;
        let place = line.range(noun.at, noun.at + 1);
        // "both ships and planes"
        (line.lower(noun.at + 1) != "and").then_some(())?;
        (Unit::Things(noun.lemma.into()), Some(place))
    } else {
        (Unit::Things("party".into()), None)
    };
    let value = Value::exactly(number, unit);
    Some((Figure::new(line, (at, at + 1), Kind::Count, value).of(noun), at + 1))
}

#[cfg(test)]
mod tests {
    use crate::claims::scan::tests::shown;

    /// One row per wording.
    #[test]
    fn reads_every_wording() {
        #[rustfmt::skip]
        let cases = [
            ("billions of dollars in ports",    vec!["money 1500000000..999000000000 USD: billions of dollars"]),
            ("dozens of ships sank",            vec!["count 18..99 ship: dozens"]),
            ("tens of thousands of people",     vec!["count 15000..99000 person: tens of thousands"]),
            ("hundreds of thousands of ships",  vec!["count 150000..999000 ship: hundreds of thousands"]),
            ("thousands of kilometres away",    vec!["measure 1500..999000 kilometre: thousands of kilometres"]),
            ("both ports were closed",          vec!["count 2 port: both"]),
            ("a trilateral call",               vec!["count 3 party: trilateral"]),
        ];
        for (text, figures) in cases {
            assert_eq!(shown(text), figures, "{text}");
        }
    }

    #[test]
    fn refuses_what_counts_nothing() {
        for text in [
            "both ships and planes sank",
            "both at sea and on land",
            "she thanked them both.",
            "thousands were there",
            "in the hundreds",
            "a bilateral call",
        ] {
            assert_eq!(shown(text), Vec::<String>::new(), "{text}");
        }
    }
}
