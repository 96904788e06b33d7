//! Ages beside a name: `Ruiz, 47, said`, `aged 33`.
//!
//! In:  a [`Line`] and the digits an age may begin with.
//! Out: a [`Figure`] in years.
//! Not here: `47-year-old` (`amount`).

use super::Kind;
use super::Unit;
use super::Value;
use super::boundary;
use super::lex::Line;
use super::scan::Figure;
use rust_decimal::Decimal;

/// Nobody in the news was older.
const AGE_YEARS_MAX: u8 = 122;

/// The age at `at`, and where to go on.
pub(super) fn read(line: &Line, at: usize) -> Option<(Figure, usize)> {
    let years: u8 =
        line.text(at).parse().ok().filter(|years| (1..=AGE_YEARS_MAX).contains(years))?;
    let before = line.lower(at.checked_sub(1)?);
    let aged = matches!(before, "aged" | "age");
    let open = boundary::opens(line, at) && boundary::closes(line, at + 1, false);
    (open && (aged || is_apposition(line, at))).then_some(())?;
    let value = Value::exactly(Decimal::from(years), Unit::Time("year".into()));
    Some((Figure::new(line, (at, at + 1), Kind::Age, value), at + 1))
}

/// `Dana Ruiz, 47,`: between commas after two words of a name, and no list of numbers or date.
fn is_apposition(line: &Line, at: usize) -> bool {
    let comma = |index: usize| line.mark(index) == Some(',');
    let name = |back: usize| {
        at.checked_sub(back)
            .is_some_and(|word| line.is_capitalised(word) && !line.trigger(word).is_figure())
    };
    let ended = line.glued_mark(at + 1) == Some('.') && line.get(at + 2).is_none();
    let closed = ended || (comma(at + 1) && !line.is_number(at + 2));
    comma(at - 1) && closed && name(2) && name(3) && line.text(at).len() == 2 && !line.title_case
}

#[cfg(test)]
mod tests {
    use crate::claims::scan::tests::shown;

    #[test]
    fn reads_ages_beside_names() {
        for text in [
            "by Dana Ruiz, 47.",
            "Dana Ruiz, 47, said",
            "a man aged 47",
            "the 47-year-old",
            "47 years old",
        ] {
            assert!(shown(text)[0].starts_with("age 47 year"), "{text}");
        }
        for text in ["Lake Erie, 2019, was calm", "rows 3, 12, and 9", "July 14, 12, and 9"] {
            assert!(shown(text).iter().all(|shown| !shown.starts_with("age")), "{text}");
        }
    }
}
