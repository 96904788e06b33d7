//! Any number, wherever it stands: digits, words, fractions, mixed and negative.
//!
//! `1,674,200.5`, `3 hundred and 21`, `five and a half million`, `two thirds of a
//! million`, `minus 5`, `two point two million`, `2/10`. Where every figure is wanted
//! (`Line::every`), so are spellings that mean something else as often in running
//! news: `20k`, `5,50`, `2/10`, `a hundred`.
//!
//! In:  a [`Line`] and where in it a number may begin.
//! Out: [`Numeral`].
//! Not here: what it counts or measures (`amount`), positions (`ordinal`).

use super::fraction;
use super::lex::Line;
use super::lexicon::Trigger;
use super::lexicon::lexicon;
use super::sum::Sum;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// A number, with the lexemes it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Numeral {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) value: Decimal,
    /// The scale word at its end: 10^6 of `two million`, 1 if there is none.
    pub(super) scale: Decimal,
    /// The lexeme after the last `and` in it, with the value before that word.
    pub(super) joint: Option<(usize, Decimal)>,
    /// Whether its first part is in words.
    pub(super) spelled: bool,
    /// Whether it has a separator, a decimal part or a fraction: then it is no year and no label.
    pub(super) grouped: bool,
}

impl Numeral {
    /// A number that only an article or a scale word names.
    pub(super) fn one(from: usize, to: usize, value: Decimal) -> Self {
        Self { from, to, value, scale: value, joint: None, spelled: true, grouped: false }
    }

    /// The number before the scale word: 1.1 of `1.1 billion`.
    pub(super) fn mantissa(&self) -> Decimal {
        self.value.checked_div(self.scale).unwrap_or(self.value)
    }

    /// Whether a scale word ends it.
    pub(super) fn is_scaled(&self) -> bool {
        self.scale > Decimal::ONE
    }

    /// Takes the `m` of `$5m`, which means a million only where the caller knows it does.
    pub(super) fn take_letter(&mut self, line: &Line) {
        if self.spelled || self.is_scaled() || !line.is_word(self.to) {
            return;
        }
        if let Some(power) = lexicon().ambiguous.get(line.lower(self.to))
            && let Some(value) = self.value.checked_mul(ten_to(*power))
        {
            self.scale = ten_to(*power);
            self.value = value;
            self.to += 1;
        }
    }
}

/// The whole number at `at`, without an article, and where it ends.
pub(super) fn cardinal(line: &Line, at: usize) -> Option<(i64, usize)> {
    let read = whole(line, at).filter(|_| !is_article(line, at))?;
    let integer = read.value.fract().is_zero();
    read.value.to_i64().filter(|_| integer).map(|value| (value, read.to))
}

/// Whether a dozen, a million or more stands at `at`.
pub(super) fn is_scale(line: &Line, at: usize) -> bool {
    matches!(line.trigger(at), Trigger::Dozen | Trigger::Scale(6..))
}

/// Where the number begins whose scale word stands at `at`: `a million`, `half a dozen`,
/// `a half-million`.
///
/// In running news a bare `hundred` or `thousand` after an article is left alone: it is a
/// figure of speech as often as a figure.
pub(super) fn start_before(line: &Line, at: usize) -> Option<usize> {
    let one = line.lower(at.checked_sub(1)?);
    let two = at.checked_sub(2).map_or("", |two| line.lower(two));
    let hyphened = line.glued_mark(at - 1) == Some('-') && line.is_glued(at);
    match (two, one) {
        ("half", "a") | ("a", "half") => Some(at - 2),
        ("half", _) if hyphened => Some(at - 2),
        ("of" | "in" | "per" | "every" | "quarter" | "third" | "many" | "like", "a") => None,
        (_, "a") => Some(at - 1),
        _ => None,
    }
}

/// The number that begins at `at`.
pub(super) fn numeral(line: &Line, at: usize) -> Option<Numeral> {
    if let Some(start) = sign_end(line, at) {
        let read = unsigned(line, start)?;
        return Some(Numeral { from: at, value: -read.value, ..read });
    }
    unsigned(line, at)
}

/// After the sign at `at`: `-5`, `minus 5`, `negative 5`.
fn sign_end(line: &Line, at: usize) -> Option<usize> {
    let word = matches!(line.lower(at), "minus" | "negative");
    let dash = matches!(line.mark(at), Some('-' | '\u{2212}'));
    // "75 -300mm" is a range.
    let after_number = at > 0 && line.is_number(at - 1);
    let apart = !line.is_glued(at) || (at > 0 && line.mark(at - 1) == Some('('));
    let apart = apart && !after_number;
    (word || (dash && apart && line.is_glued(at + 1) && line.is_number(at + 1))).then_some(at + 1)
}

fn unsigned(line: &Line, at: usize) -> Option<Numeral> {
    if let Some(read) = fraction::alone(line, at) {
        return Some(read);
    }
    // "17.000" is seventeen thousand where commas are points.
    if !line.every && line.is_number(at) && line.text(at).ends_with(".000") {
        return None;
    }
    let whole = pointed(line, at).or_else(|| whole(line, at))?;
    fraction::after(line, &whole).or(Some(whole))
}

/// What a word or digits add to a number.
enum Part {
    Small(Decimal),
    Scale(Decimal),
}

/// A number without a fraction.
pub(super) fn whole(line: &Line, at: usize) -> Option<Numeral> {
    let opens = matches!(line.trigger(at), Trigger::Cardinal(_)) || is_article(line, at);
    if !opens && !line.is_number(at) {
        return None;
    }
    let mut sum = Sum::default();
    let mut to = at;
    if is_article(line, at) {
        scale(line, at + 1)?;
        sum.small(Decimal::ONE, true);
        to = at + 1;
    }
    let mut joint = None;
    loop {
        let and = to > at && line.lower(to) == "and";
        let next = if and { to + 1 } else { hyphened(line, to, to > at) };
        let Some((part, end)) = part(line, next, to == at) else { break };
        let fits = match part {
            // "two and three" are two numbers, "twenty and three" one.
            // In running news "fifty and five" are two numbers as well.
            Part::Small(value) => {
                let adds = !and || line.every || sum.is_scaled();
                adds && sum.accepts(value, and) && (to == at || value.fract().is_zero())
            }
            Part::Scale(value) => !and && sum.may_scale(value),
        };
        if !fits {
            break;
        }
        if and {
            joint = Some((next, sum.value()?));
        }
        match part {
            Part::Small(value) => sum.small(value, !line.is_number(next)),
            Part::Scale(value) => sum.scale(value)?,
        }
        to = end;
    }
    (to > at && sum.any).then_some(())?;
    let (value, scale) = (sum.value()?, sum.last_scale);
    let spelled = !line.is_number(at);
    let grouped = !spelled && (to > at + 1 && line.is_number(to - 1) || is_grouped(line.text(at)));
    Some(Numeral { from: at, to, value, scale, joint, spelled, grouped })
}

fn is_grouped(digits: &str) -> bool {
    digits.contains(|c: char| !c.is_ascii_digit())
}

/// `a`, `an`.
pub(super) fn is_article(line: &Line, at: usize) -> bool {
    matches!(line.lower(at), "a" | "an")
}

/// The lexeme after the hyphen at `at`, inside a number in words.
fn hyphened(line: &Line, at: usize, inside: bool) -> usize {
    let hyphen = inside && line.mark(at) == Some('-') && line.is_word(at + 1);
    let pair = line.is_glued(at) == line.is_glued(at + 1);
    if hyphen && pair { at + 1 } else { at }
}

/// The number below one hundred, the digits or the scale word at `at`.
fn part(line: &Line, at: usize, first: bool) -> Option<(Part, usize)> {
    if line.is_number(at) {
        let (value, to) = digits(line, at, first)?;
        return Some((Part::Small(value), to));
    }
    match line.trigger(at) {
        Trigger::Cardinal(value) => Some((Part::Small(Decimal::from(value)), at + 1)),
        _ => scale(line, at).map(|(value, to)| (Part::Scale(value), to)),
    }
}

/// The scale word at `at`: `hundred`, `million`, `dozens`, `bn`, the `k` of `100k`.
pub(super) fn scale(line: &Line, at: usize) -> Option<(Decimal, usize)> {
    let lower = line.lower(at);
    if lower.is_empty() {
        return letter(line, at).map(|power| (ten_to(power), at + 1));
    }
    let singular = lower.strip_suffix('s').unwrap_or(lower);
    let power = match lexicon().small_trigger(singular) {
        Trigger::Hundred => return Some((Decimal::ONE_HUNDRED, at + 1)),
        Trigger::Dozen => return Some((Decimal::from(12), at + 1)),
        Trigger::Scale(power) => power,
        _ => match lexicon().abbreviated.get(singular) {
            Some(power) if !line.is_word(at) || lower.len() > 1 => *power,
            _ => letter(line, at)?,
        },
    };
    Some((ten_to(power), at + 1))
}

/// `k`, `K`, `M`, `G` after digits.
fn letter(line: &Line, at: usize) -> Option<u8> {
    let after_digits = line.every && at > 0 && line.is_number(at - 1);
    match line.text(at) {
        "k" | "K" if after_digits => Some(3),
        "M" if after_digits && line.is_glued(at) => Some(6),
        "G" if after_digits && line.is_glued(at) => Some(9),
        _ => None,
    }
}

/// Ten to the `power`.
pub(super) fn ten_to(power: u8) -> Decimal {
    Decimal::from(10_u128.pow(u32::from(power.min(24))))
}

/// Digits with their separators, blanks between groups of three included.
fn digits(line: &Line, at: usize, first: bool) -> Option<(Decimal, usize)> {
    let text = line.text(at);
    if first && let Some((grouped, end)) = spaced_groups(line, at) {
        return Some((decimal(&grouped)?, end));
    }
    if line.every
        && let Some(decimals) = decimal_comma(line, at)
    {
        return Some((decimal(&format!("{text}.{decimals}"))?, at + 3));
    }
    Some((decimal(text)?, at + 1))
}

/// Groups of digits, or digits after a point, in the longest number that stays exact.
const GROUPS_MAX: usize = 9;

/// `1 234 567.89`; one blank alone may stand between two numbers.
fn spaced_groups(line: &Line, at: usize) -> Option<(String, usize)> {
    let head = line.text(at);
    if head.len() > 3 || !line.is_number(at + 1) || !line.is_number(at + 2) {
        return None;
    }
    let mut grouped = head.to_owned();
    let mut to = at + 1;
    let group = |text: &str| text.split('.').next().is_some_and(|whole| whole.len() == 3);
    while to < at + GROUPS_MAX
        && line.is_number(to)
        && group(line.text(to))
        && !grouped.contains(['.', ','])
    {
        grouped.push_str(line.text(to));
        to += 1;
    }
    (to >= at + 3).then_some((grouped, to))
}

/// The `50` of `5,50`; in `22,24,26` the commas make a list.
fn decimal_comma<'t>(line: &Line<'t>, at: usize) -> Option<&'t str> {
    let comma = |mark: usize| line.glued_mark(mark) == Some(',') && line.is_glued(mark + 1);
    let single = comma(at + 1) && !comma(at + 3) && !(at > 1 && comma(at - 1));
    let decimals = line.text(at + 2);
    let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    (single
        && line.is_number(at + 2)
        && decimals.len() <= 2
        && plain(decimals)
        && plain(line.text(at)))
    .then_some(decimals)
}

/// Digits of a number that is certain to fit 32 bits.
const SHORT_DIGITS: usize = 9;

/// The value of digits with commas, a point and a fraction sign.
fn decimal(text: &str) -> Option<Decimal> {
    // Most numbers are short and plain.
    if text.len() <= SHORT_DIGITS && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse::<u32>().ok().map(Decimal::from);
    }
    let plain: String = text.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
    let whole: Decimal = if plain.is_empty() { Decimal::ZERO } else { plain.parse().ok()? };
    let sign = text.chars().next_back().and_then(fraction::sign).unwrap_or_default();
    whole.checked_add(sign)
}

/// `two point two million`, `nought point nought three`.
fn pointed(line: &Line, at: usize) -> Option<Numeral> {
    let (head, after) = spelled_small(line, at)?;
    (line.lower(after) == "point").then_some(())?;
    let mut text = format!("{head}.");
    let mut to = after + 1;
    while let Some((digit, next)) = spelled_small(line, to).filter(|_| to <= after + GROUPS_MAX) {
        text.push_str(&digit.to_string());
        to = next;
    }
    let mut value: Decimal = text.parse().ok().filter(|_| to > after + 1)?;
    let mut last = Decimal::ONE;
    if let Some((factor, next)) = scale(line, to) {
        (value, last, to) = (value.checked_mul(factor)?, factor, next);
    }
    Some(Numeral { from: at, to, value, scale: last, joint: None, spelled: true, grouped: true })
}

fn spelled_small(line: &Line, at: usize) -> Option<(u8, usize)> {
    match line.trigger(at) {
        Trigger::Cardinal(value) => Some((value, at + 1)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Option<(String, String)> {
        let line = Line::new(text);
        let found = (0..line.len()).find_map(|at| numeral(&line, start(&line, at)?))?;
        let value = found.value.normalize().to_string();
        Some((text[line.range(found.from, found.to)].to_owned(), value))
    }

    /// Where a number that may begin or end at `at` begins.
    fn start(line: &Line, at: usize) -> Option<usize> {
        match line.trigger(at) {
            Trigger::Cardinal(_) => Some(at),
            _ if is_scale(line, at) => start_before(line, at),
            _ => line.is_number(at).then_some(at),
        }
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
            ("a million and a half",                 "a million and a half",       "1500000"),
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
        fn a_spelled_number_reads_back(number in 0..1_000_000_000_000_u64, and: bool) {
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
