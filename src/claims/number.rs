//! Numbers in digits and in words, with the scale words after them.
//!
//! `1.1 billion`, `17bn`, `two hundred and twenty-one thousand`, `half a million`.
//! Written here rather than taken from a crate: the words must be read where they
//! stand, with their span, and a reader that takes any sequence of number words
//! turns `one hundred and three quarters` into 103.
//!
//! In:  a [`Line`] and where in it a number may begin.
//! Out: [`Quantity`].
//! Not here: what is counted (`amount`, `count`), ordinals (`ordinal`).

use super::lex::Line;
use super::lexicon::Trigger;
use super::lexicon::lexicon;
use rust_decimal::Decimal;

/// A number as printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Quantity {
    /// Its first lexeme.
    pub(super) from: usize,
    /// The lexeme after its last.
    pub(super) to: usize,
    /// The number before the scale word: 1.1 of `1.1 billion`.
    pub(super) mantissa: Decimal,
    /// What the scale word multiplies it by.
    pub(super) scale: Option<Decimal>,
    /// Whether it is in words.
    pub(super) spelled: bool,
    /// Whether it has a separator, a decimal part or a fraction: then it is no year and no label.
    pub(super) grouped: bool,
    /// Whether it goes on in a way that is not read: `a million and a half`.
    pub(super) vague: bool,
}

impl Quantity {
    /// The number itself, unless it is too large to be exact.
    pub(super) fn value(&self) -> Option<Decimal> {
        self.mantissa.checked_mul(self.scale.unwrap_or(Decimal::ONE))
    }

    /// Takes the `m` of `$5m`, which means a million only where the caller knows it does.
    pub(super) fn take_letter(&mut self, line: &Line) {
        if self.scale.is_none()
            && !self.spelled
            && let Some(power) = lexicon().ambiguous.get(&line.lower(self.to))
        {
            self.scale = Some(power_of_ten(*power));
            self.to += 1;
        }
    }
}

/// The number that begins at `at`.
///
/// A scale word may also stand at `at` with its article before it: `a million`,
/// `half a dozen`. A bare `hundred` or `thousand` after an article is left alone:
/// it is a figure of speech as often as a figure.
pub(super) fn quantity(line: &Line, at: usize) -> Option<Quantity> {
    let read = match line.trigger(at) {
        Trigger::None if line.is_number(at) => digits(line, at),
        Trigger::Cardinal(_) => words(line, at),
        Trigger::Dozen => with_article(line, at, Decimal::from(12)),
        Trigger::Scale(power) if power >= 6 => with_article(line, at, power_of_ten(power)),
        _ => None,
    };
    let mut quantity = read?;
    add_half(line, &mut quantity);
    quantity.vague |= goes_on(line, quantity.to);
    Some(quantity)
}

/// Whether `and two thirds` follows, so that the number is more than what was read.
fn goes_on(line: &Line, to: usize) -> bool {
    let parts = line.lower(to) == "and" && matches!(line.trigger(to + 1), Trigger::Cardinal(_));
    parts && is_fraction(line, joined(line, to + 2))
}

/// `thirds`, `quarter`, `tenth`: what a number before it makes a part of.
pub(super) fn is_fraction(line: &Line, at: usize) -> bool {
    let lower = line.lower(at);
    let singular = lower.strip_suffix('s').unwrap_or(&lower);
    // "two quarters" may be of a year; nothing is lost by leaving both alone.
    matches!(lexicon().trigger(singular), Trigger::Ordinal(3..))
        || matches!(singular, "quarter" | "half" | "halve")
}

/// Ten to the `power`, at most 10^24.
fn power_of_ten(power: u8) -> Decimal {
    Decimal::from(10_u128.pow(u32::from(power.min(24))))
}

fn digits(line: &Line, at: usize) -> Option<Quantity> {
    let text = line.text(at);
    let (mut to, mut scale) = (at + 1, None);
    while let Some((factor, next)) = scale_at(line, to) {
        if scale.is_some_and(|scale| scale > Decimal::from(1000)) {
            break;
        }
        scale = Some(scale.unwrap_or(Decimal::ONE).checked_mul(factor)?);
        to = next;
    }
    let grouped = text.contains(|c: char| !c.is_ascii_digit());
    Some(Quantity {
        from: at,
        to,
        mantissa: decimal(text)?,
        scale,
        spelled: false,
        grouped,
        vague: false,
    })
}

/// `17,000`, `1.1`, `2½`. Not `17.000`, which is seventeen thousand where commas are points.
fn decimal(text: &str) -> Option<Decimal> {
    if text.ends_with(".000") {
        return None;
    }
    let plain: String = text.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
    let whole: Decimal = plain.parse().ok()?;
    let quarters = match text.chars().next_back() {
        Some('¼') => 25,
        Some('½') => 50,
        Some('¾') => 75,
        _ => 0,
    };
    whole.checked_add(Decimal::new(quarters, 2))
}

/// The scale word at `at`, with the hyphen before it if there is one: `-billion`, `bn`.
fn scale_at(line: &Line, at: usize) -> Option<(Decimal, usize)> {
    let word = joined(line, at);
    let factor = match line.trigger(word) {
        Trigger::Hundred => Decimal::ONE_HUNDRED,
        Trigger::Dozen => Decimal::from(12),
        Trigger::Scale(power) => power_of_ten(power),
        _ => power_of_ten(*lexicon().abbreviated.get(&line.lower(word))?),
    };
    Some((factor, word + 1))
}

/// The lexeme at `at`, or the one after a hyphen there.
fn joined(line: &Line, at: usize) -> usize {
    let hyphened = line.glued_mark(at) == Some('-') && line.is_glued(at + 1);
    if hyphened { at + 1 } else { at }
}

/// `a dozen`, `half a million`, `half-million`.
fn with_article(line: &Line, at: usize, scale: Decimal) -> Option<Quantity> {
    let one = line.lower(at.checked_sub(1)?);
    let hyphened = line.glued_mark(at - 1) == Some('-') && line.is_glued(at);
    let two = at.checked_sub(2).map_or(String::new(), |two| line.lower(two));
    let half = Decimal::new(5, 1);
    let (from, mantissa) = match (two.as_str(), one.as_str()) {
        ("half", "a") | ("a", "half") => (at - 2, half),
        ("half", _) if hyphened => (at - 2, half),
        ("of" | "in" | "per" | "every" | "quarter" | "third" | "many" | "like", "a") => {
            return None;
        }
        (_, "a") => (at - 1, Decimal::ONE),
        _ => return None,
    };
    Some(Quantity {
        from,
        to: at + 1,
        mantissa,
        scale: Some(scale),
        spelled: true,
        grouped: false,
        vague: false,
    })
}

/// `two and a half million`; after a scale word it is left unread.
fn add_half(line: &Line, quantity: &mut Quantity) {
    let to = quantity.to;
    if line.lower(to) != "and" || line.lower(to + 1) != "a" {
        return;
    }
    if !matches!(line.lower(to + 2).as_str(), "half" | "quarter" | "third") {
        return;
    }
    quantity.to = to + 3;
    quantity.vague = quantity.scale.is_some() || line.lower(to + 2) != "half";
    quantity.mantissa += Decimal::new(5, 1);
    quantity.grouped = true;
    if let Some((factor, next)) = scale_at(line, quantity.to) {
        quantity.scale = Some(factor);
        quantity.to = next;
    }
}

/// A number in words from zero up to, but not including, 10^15.
fn words(line: &Line, at: usize) -> Option<Quantity> {
    let mut total = 0;
    let mut below = u64::MAX;
    let mut to = at;
    let mut next = at;
    let mut only = None;
    while let Some(part) = group(line, next) {
        if part.to > to && part.scale >= below {
            break;
        }
        only = if total == 0 { Some((part.value, part.scale)) } else { None };
        total += part.value * part.scale;
        below = part.scale;
        to = part.to;
        if below == 1 {
            break;
        }
        next = if below == 1000 && line.lower(to) == "and" { to + 1 } else { to };
    }
    if to == at {
        return None;
    }
    let (mantissa, scale) = match only {
        Some((value, scale)) if scale > 1 => (value, Some(Decimal::from(scale))),
        _ => (total, None),
    };
    let mantissa = Decimal::from(mantissa);
    Some(Quantity { from: at, to, mantissa, scale, spelled: true, grouped: false, vague: false })
}

/// A number below one thousand and the scale word after it, if there is one.
struct Group {
    value: u64,
    scale: u64,
    to: usize,
}

fn group(line: &Line, at: usize) -> Option<Group> {
    let (mut value, mut to) = below_hundred(line, at)?;
    if line.trigger(joined(line, to)) == Trigger::Hundred && value > 0 {
        value *= 100;
        to = joined(line, to) + 1;
        let rest = if line.lower(to) == "and" { to + 1 } else { to };
        if let Some((small, end)) = below_hundred(line, rest) {
            value += small;
            to = end;
        }
    }
    let mut scale = 1;
    while scale <= 1000
        && let Some((factor, end)) = word_scale(line, to)
    {
        scale *= factor;
        to = end;
    }
    Some(Group { value, scale, to })
}

/// The scale word at `at`, perhaps after a hyphen.
fn word_scale(line: &Line, at: usize) -> Option<(u64, usize)> {
    let word = joined(line, at);
    match line.trigger(word) {
        Trigger::Scale(power) => Some((10_u64.pow(u32::from(power.min(12))), word + 1)),
        Trigger::Dozen => Some((12, word + 1)),
        _ => None,
    }
}

/// `zero` to `ninety-nine`; `twenty one` counts too.
fn below_hundred(line: &Line, at: usize) -> Option<(u64, usize)> {
    let Trigger::Cardinal(tens) = line.trigger(at) else {
        return None;
    };
    let next = joined(line, at + 1);
    match line.trigger(next) {
        Trigger::Cardinal(ones @ 1..=9) if tens >= 20 => Some((u64::from(tens + ones), next + 1)),
        _ => Some((u64::from(tens), at + 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Option<(String, String)> {
        let line = Line::new(text);
        let found = (0..line.len()).find_map(|at| quantity(&line, at))?;
        let value = found.value()?.normalize().to_string();
        Some((text[line.range(found.from, found.to)].to_owned(), value))
    }

    /// One row per spelling: the text, what was read, and what it means.
    #[test]
    fn reads_every_spelling() {
        #[rustfmt::skip]
        let cases = [
            ("over 17,000 homes",                    "17,000",                     "17000"),
            ("1.1 billion",                          "1.1 billion",                "1100000000"),
            ("1.1-billion",                          "1.1-billion",                "1100000000"),
            ("17bn",                                 "17bn",                       "17000000000"),
            ("17,000 million",                       "17,000 million",             "17000000000"),
            ("2½ million",                           "2½ million",                 "2500000"),
            ("two and a half million",               "two and a half million",     "2500000"),
            ("half a million",                       "half a million",             "500000"),
            ("a half-million",                       "half-million",               "500000"),
            ("a dozen eggs",                         "a dozen",                    "12"),
            ("two dozen",                            "two dozen",                  "24"),
            ("twenty-nine",                          "twenty-nine",                "29"),
            ("twenty nine",                          "twenty nine",                "29"),
            ("two hundred and twenty-one thousand",  "two hundred and twenty-one thousand", "221000"),
            ("twelve hundred",                       "twelve hundred",             "1200"),
            ("five million three hundred thousand",  "five million three hundred thousand", "5300000"),
            ("one thousand and one nights",          "one thousand and one",       "1001"),
            ("three hundred thousand million",       "three hundred thousand million", "300000000000"),
        ];
        for (text, printed, value) in cases {
            assert_eq!(read(text), Some((printed.to_owned(), value.to_owned())), "{text}");
        }
    }

    #[test]
    fn leaves_what_is_not_sure() {
        for text in
            ["one in a million", "a hundred", "17.000", "many thousand", "a quarter of a million"]
        {
            assert_eq!(read(text).filter(|(_, value)| value != "1"), None, "{text}");
        }
    }

    #[test]
    fn a_part_after_the_number_makes_it_vague() {
        for (text, at) in [("a million and a half", 1), ("one hundred and three and two thirds", 0)]
        {
            let line = Line::new(text);
            assert!(quantity(&line, at).is_some_and(|quantity| quantity.vague), "{text}");
        }
    }

    /// `number` in words, American without `and` or British with it.
    fn spell(number: u64, and: bool) -> String {
        const ONES: [&str; 20] = [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ];
        const TENS: [&str; 10] =
            ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
        let index = |value: u64| usize::try_from(value).unwrap();
        match number {
            0..20 => ONES[index(number)].to_owned(),
            20..100 if number.is_multiple_of(10) => TENS[index(number / 10)].to_owned(),
            20..100 => format!("{}-{}", TENS[index(number / 10)], ONES[index(number % 10)]),
            100..1000 => {
                let head = format!("{} hundred", ONES[index(number / 100)]);
                let joint = if and { " and " } else { " " };
                if number.is_multiple_of(100) {
                    head
                } else {
                    head + joint + &spell(number % 100, and)
                }
            }
            _ => {
                let (scale, word) = match number {
                    1_000..1_000_000 => (1000, "thousand"),
                    1_000_000..1_000_000_000 => (1_000_000, "million"),
                    _ => (1_000_000_000, "billion"),
                };
                let head = format!("{} {word}", spell(number / scale, and));
                let rest = number % scale;
                let joint = if and && scale == 1000 && rest < 100 { " and " } else { " " };
                if rest == 0 { head } else { head + joint + &spell(rest, and) }
            }
        }
    }

    /// `number` with a comma before every third digit.
    fn grouped(number: u64) -> String {
        let digits = number.to_string();
        let mut shown = String::new();
        for (i, digit) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i).is_multiple_of(3) {
                shown.push(',');
            }
            shown.push(digit);
        }
        shown
    }

    proptest! {
        #[test]
        fn a_spelled_number_reads_back(number in 0..1_000_000_000_u64, and: bool) {
            let text = spell(number, and);
            prop_assert_eq!(read(&text), Some((text.clone(), number.to_string())));
        }

        #[test]
        fn a_number_in_digits_reads_back(number in 0..1_000_000_000_000_u64) {
            for text in [number.to_string(), grouped(number)] {
                prop_assert_eq!(read(&text), Some((text.clone(), number.to_string())));
            }
        }
    }
}
