//! How two values relate: the same, the same within what the words allow, or apart.
//!
//! In:  two claims of one kind, with what the outlets printed.
//! Out: a [`Relation`], the same for either order.
//! Not here: whether the two claims speak of the same thing (`divergence::slot`).

use crate::claims::Claim;
use crate::claims::Hedge;
use crate::claims::Kind;
use crate::claims::Value;
use crate::claims::noun_class;
use jiff::civil::Date;
use rust_decimal::Decimal;

/// How the values of two claims relate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// The same value.
    Equal,
    /// One is the other rounded, or within what a hedge such as "about" allows.
    Compatible,
    /// One is more exact than the other and lies inside it.
    Refines,
    /// The values exclude each other.
    Disjoint,
    /// The two cannot be compared, for example two currencies.
    Incomparable,
}

/// A claim with the words it was printed in.
#[derive(Clone, Copy, Debug)]
pub struct Printed<'a> {
    /// The claim.
    pub claim: &'a Claim,
    /// The outlet's wording of it.
    pub text: &'a str,
}

/// How the values of two claims relate; the same for either order.
///
/// A value counts as the other one rounded when it lies within half of the last
/// digit that the coarser one prints: "$17 billion" and "$16.8 billion". Two values
/// printed to the same digit are either the same or apart.
pub fn relate(left: Printed, right: Printed) -> Relation {
    if left.claim.kind != right.claim.kind {
        return Relation::Incomparable;
    }
    if unit(left.claim) != unit(right.claim) {
        if is_opposite(left.claim, right.claim) {
            return Relation::Disjoint;
        }
        return relate_measures(left, right).unwrap_or(Relation::Incomparable);
    }
    match (&left.claim.value, &right.claim.value) {
        (Value::Relative, _) | (_, Value::Relative) => relate_meant(left, right),
        (a, b) if a == b => Relation::Equal,
        (Value::Amount { low: a, high: b, .. }, Value::Amount { low: c, high: d, .. }) => {
            if (a, b) == (c, d) { Relation::Equal } else { relate_amounts(left, right) }
        }
        (Value::Days { first: a, end: b, .. }, Value::Days { first: c, end: d, .. }) => {
            relate_days((*a, *b), (*c, *d))
        }
        (Value::Days { first, end, .. }, partial) | (partial, Value::Days { first, end, .. }) => {
            relate_partial(*first, *end, partial)
        }
        // "Won 3-1" is "lost 1-3".
        (Value::Score { one, two }, Value::Score { one: other, two: another })
            if (one, two) == (another, other) =>
        {
            Relation::Compatible
        }
        (Value::MonthDay { .. }, Value::MonthDay { .. })
        | (Value::Weekday { .. }, Value::Weekday { .. })
        | (Value::Score { .. }, Value::Score { .. })
        | (Value::Clock { .. }, Value::Clock { .. }) => Relation::Disjoint,
        _ => relate_meant(left, right),
    }
}

/// Dates of which one names no day: by the days they mean, as far as those are known.
/// The same words in the same place say the same, whenever each text appeared.
fn relate_meant(left: Printed, right: Printed) -> Relation {
    match (left.claim.days(), right.claim.days()) {
        _ if left.text.eq_ignore_ascii_case(right.text) => Relation::Equal,
        (Some(a), Some(b)) if a == b => Relation::Equal,
        (Some(a), Some(b)) => relate_days(a, b),
        _ => Relation::Incomparable,
    }
}

/// Half-open ranges of days.
fn relate_days(left: (Date, Date), right: (Date, Date)) -> Relation {
    let inside =
        |inner: (Date, Date), outer: (Date, Date)| outer.0 <= inner.0 && inner.1 <= outer.1;
    if inside(left, right) || inside(right, left) {
        Relation::Refines
    } else if left.1 <= right.0 || right.1 <= left.0 {
        Relation::Disjoint
    } else {
        Relation::Compatible
    }
}

/// A single day against a day without a year, or a day of the week.
fn relate_partial(first: Date, end: Date, partial: &Value) -> Relation {
    if first.tomorrow().ok() != Some(end) {
        return Relation::Incomparable;
    }
    let same = match partial {
        Value::MonthDay { month, day } => (first.month(), first.day()) == (*month, *day),
        Value::Weekday { weekday } => first.weekday().to_monday_one_offset() == *weekday,
        _ => return Relation::Incomparable,
    };
    if same { Relation::Refines } else { Relation::Disjoint }
}

/// As [`relate`], for two counts of the same, however each text names what it counts:
/// "12 people" and "15" of a death toll.
pub(crate) fn relate_counts(left: Printed, right: Printed) -> Relation {
    match (&left.claim.value, &right.claim.value) {
        (Value::Amount { low: a, high: b, .. }, Value::Amount { low: c, high: d, .. }) => {
            if (a, b) == (c, d) { Relation::Equal } else { relate_amounts(left, right) }
        }
        _ => Relation::Incomparable,
    }
}

/// What a claim is in; nouns that count the same things are one.
pub(crate) fn unit(claim: &Claim) -> Option<String> {
    let text = claim.unit_text()?;
    let counted = matches!(claim.kind, Kind::Count | Kind::Ordinal);
    Some(if counted { noun_class(&text).to_owned() } else { text })
}

/// Whether two units are of one question: the same, or both of length, weight or time.
pub(crate) fn is_alike(left: &Claim, right: &Claim) -> bool {
    let dimension = |claim: &Claim| match &claim.value {
        Value::Amount { unit, .. } => unit.dimension(),
        _ => None,
    };
    unit(left) == unit(right) || dimension(left).is_some_and(|one| dimension(right) == Some(one))
}

/// "The largest port" and "the smallest port".
fn is_opposite(left: &Claim, right: &Claim) -> bool {
    match (&left.value, &right.value) {
        (Value::Amount { unit, .. }, Value::Amount { unit: other, .. }) => unit.is_opposite(other),
        _ => false,
    }
}

/// Measures in two units of one kind: miles and kilometres. What is converted is rounded,
/// so half of the last printed digit of either is allowed.
fn relate_measures(left: Printed, right: Printed) -> Option<Relation> {
    is_alike(left.claim, right.claim).then_some(())?;
    let base = |printed: Printed| -> Option<(Range, Decimal)> {
        let Value::Amount { unit, .. } = &printed.claim.value else { return None };
        let Range { low, high } = allowed(printed)?;
        let (low, factor) = unit.in_base(low)?;
        let high = match high {
            Some(high) => Some(unit.in_base(high)?.0),
            None => None,
        };
        Some((Range { low, high }, half_digit(printed)?.checked_mul(factor)?))
    };
    let ((a, fine), (b, coarse)) = (base(left)?, base(right)?);
    if (a.low, a.high) == (b.low, b.high) {
        return Some(Relation::Equal);
    }
    let slack = fine.max(coarse);
    let reaches = |low: Decimal, high: Option<Decimal>| high.is_none_or(|high| low <= high + slack);
    let meet = reaches(a.low, b.high) && reaches(b.low, a.high);
    Some(if meet { Relation::Compatible } else { Relation::Disjoint })
}

/// An amount as a range: what it allows, both ends included, the upper one open.
#[derive(Clone, Copy)]
struct Range {
    low: Decimal,
    high: Option<Decimal>,
}

fn relate_amounts(left: Printed, right: Printed) -> Relation {
    let (Some(a), Some(b)) = (allowed(left), allowed(right)) else {
        return Relation::Incomparable;
    };
    let reaches = |low: Decimal, high: Option<Decimal>| high.is_none_or(|high| low <= high);
    // "More than 40" and "more than 60" may both hold, and yet name another bound.
    let hedge = left.claim.hedge.filter(|hedge| !matches!(hedge, Hedge::About | Hedge::Nearly));
    let bounds = hedge.is_some() && left.claim.hedge == right.claim.hedge;
    // Nor do "80 to 100" and "90 to 100" say the same.
    let ends = |printed: Printed| match printed.claim.value {
        Value::Amount { low, high, .. } => printed.claim.hedge.is_none() && low < high,
        _ => false,
    };
    let bounds = bounds || ends(left) && ends(right);
    let meet = !bounds && reaches(a.low, b.high) && reaches(b.low, a.high);
    if meet || is_rounded(left, right) { Relation::Compatible } else { Relation::Disjoint }
}

/// The range that a claim allows, its hedge included.
fn allowed(printed: Printed) -> Option<Range> {
    let Value::Amount { low, high, .. } = printed.claim.value else { return None };
    let digit = half_digit(printed)?;
    let tenth = |value: Decimal| value.abs() / Decimal::TEN;
    Some(match printed.claim.hedge {
        None => Range { low, high: Some(high) },
        Some(Hedge::About) => {
            Range { low: low - tenth(low).max(digit), high: Some(high + tenth(high).max(digit)) }
        }
        Some(Hedge::Nearly) => Range { low: low - tenth(low), high: Some(high) },
        Some(Hedge::MoreThan | Hedge::AtLeast) => Range { low, high: None },
        Some(Hedge::LessThan | Hedge::UpTo) => Range { low: Decimal::ZERO, high: Some(high) },
    })
}

/// Whether one value is the other one, printed to fewer digits.
fn is_rounded(left: Printed, right: Printed) -> bool {
    let amount = |printed: Printed| match printed.claim.value {
        Value::Amount { low, high, .. } if low == high => Some(low),
        _ => None,
    };
    let (Some(a), Some(b)) = (amount(left), amount(right)) else { return false };
    let (Some(fine), Some(coarse)) = (half_digit(left), half_digit(right)) else { return false };
    fine != coarse && (a - b).abs() <= fine.max(coarse)
}

/// What a dozen is.
const DOZEN: u8 = 12;

/// Half of the last digit that was printed, in the unit of the value.
///
/// The zeros at the end of a plain number may be exact or not: beyond two digits
/// they count as rounding, so "20,000" stands for 19,500 to 20,500.
fn half_digit(printed: Printed) -> Option<Decimal> {
    let Value::Amount { low, .. } = printed.claim.value else { return None };
    let digits: String = printed
        .text
        .chars()
        .skip_while(|c| !c.is_ascii_digit())
        .take_while(|c| c.is_ascii_digit() || matches!(c, ',' | '.'))
        .filter(|c| *c != ',')
        .collect();
    let two = Decimal::TWO;
    // "Two dozen" is no 24.
    if printed.text.to_lowercase().ends_with("dozen") {
        return Some(Decimal::from(DOZEN) / Decimal::from(4));
    }
    let mantissa: Decimal = match digits.trim_end_matches('.').parse() {
        Ok(mantissa) if mantissa != Decimal::ZERO => mantissa,
        _ => return Some(Decimal::ONE / two),
    };
    let scale = (low / mantissa).abs();
    let mut digit = Decimal::new(1, mantissa.scale());
    let mut rest = mantissa;
    while mantissa.scale() == 0 && rest >= Decimal::ONE_HUNDRED && (rest % Decimal::TEN).is_zero() {
        rest /= Decimal::TEN;
        digit *= Decimal::TEN;
    }
    Some(scale * digit / two)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claims::extract;
    use crate::span::DocId;
    use crate::text::Text;

    /// The relation of the first figures or dates of two sentences, in both orders.
    fn between(left: &str, right: &str) -> Relation {
        let (left, right) = (Text::read(DocId(0), left), Text::read(DocId(1), right));
        let (a, b) = (extract(&left), extract(&right));
        let printed =
            |text: &'_ Text, claim: &Claim| text.source[claim.place.span.range()].to_owned();
        let (x, y) = (printed(&left, &a[0]), printed(&right, &b[0]));
        let one = Printed { claim: &a[0], text: &x };
        let other = Printed { claim: &b[0], text: &y };
        assert_ne!(a[0].kind, Kind::Quotation);
        assert_eq!(relate(one, other), relate(other, one), "{x} {y}");
        relate(one, other)
    }

    /// One row per pair that an editor would or would not call different.
    #[test]
    fn amounts() {
        use Relation::{Compatible, Disjoint, Equal, Incomparable};
        #[rustfmt::skip]
        let cases = [
            ("It is worth $17 billion.",        "It is worth US$17bn.",            Equal),
            ("It is worth $1.1 billion.",       "It is worth $1,100 million.",     Equal),
            ("It is worth $17 billion.",        "It is worth $1.7 billion.",       Disjoint),
            ("It is worth $17 billion.",        "It is worth $16.8 billion.",      Compatible),
            ("It is worth $17 billion.",        "It is worth $16 billion.",        Disjoint),
            ("It is worth about $17 billion.",  "It is worth $16 billion.",        Compatible),
            ("It is worth about $17 billion.",  "It is worth $12 billion.",        Disjoint),
            ("It is worth $17 billion.",        "It is worth 17 billion euros.",   Incomparable),
            ("It lists 29 documents.",          "It lists 26 documents.",          Disjoint),
            ("It lists 20,000 documents.",      "It lists 19,870 documents.",      Compatible),
            ("It lists 20,000 documents.",      "It lists 21,000 documents.",      Disjoint),
            ("It lists more than 20 documents.", "It lists 26 documents.",         Compatible),
            ("It lists more than 20 documents.", "It lists 12 documents.",         Disjoint),
            ("It lists more than 20 documents.", "It lists more than 26 documents.", Disjoint),
            ("It lists 80 to 100 documents.",   "It lists 90 to 100 documents.",   Disjoint),
            ("It lists up to 20 documents.",    "It lists 26 documents.",          Disjoint),
            ("It took 46 percent of it.",       "It took 46% of it.",              Equal),
            ("It took 46 percent of it.",       "It took 64% of it.",              Disjoint),
            ("It is 5 miles off.",              "It is 8 km off.",                 Compatible),
            ("It is 5 miles off.",              "It is 5 km off.",                 Disjoint),
            ("It took 12 months.",              "It took 1 year.",                 Equal),
            ("It reached 86 degrees Fahrenheit.", "It reached 30 degrees Celsius.", Compatible),
            ("It reached 86 degrees Fahrenheit.", "It reached 40 degrees Celsius.", Disjoint),
            ("It weighs 5 tonnes.",             "It is 5 km off.",                 Incomparable),
            ("They won 3-1 at home.",           "They lost 1-3 at home.",          Compatible),
            ("They won 3-1 at home.",           "They won 3-2 at home.",           Disjoint),
            ("It sails twice a week.",          "It sails two times a week.",      Equal),
            ("It sails every six months.",      "It sails twice a year.",          Equal),
            ("It sails twice a week.",          "It sails three times a week.",    Disjoint),
            ("It sails twice a week.",          "It sails twice a year.",          Incomparable),
            ("It lost 40 lorries.",             "It lost 40 trucks.",              Equal),
            ("It lost 40 lorries.",             "It lost 50 trucks.",              Disjoint),
            ("It lost 40 lorries.",             "It lost 50 ships.",               Incomparable),
            ("It lost two dozen ships.",        "It lost 23 ships.",               Compatible),
            ("It lost two dozen ships.",        "It lost 32 ships.",               Disjoint),
            ("It is the largest port.",         "It is the biggest port.",         Equal),
            ("It is the largest port.",         "It is the second-largest port.",  Disjoint),
            ("It is the largest port.",         "It is the smallest port.",        Disjoint),
            ("It is the largest port.",         "It is the largest town.",         Incomparable),
            ("Trade doubled.",                  "Trade rose two-fold.",            Equal),
            ("Trade doubled.",                  "Trade tripled.",                  Disjoint),
            ("It lost dozens of ships.",        "It lost 40 ships.",               Compatible),
            ("It lost dozens of ships.",        "It lost hundreds of ships.",      Disjoint),
            ("It cost billions of dollars.",    "It cost $17 billion.",            Compatible),
            ("It opens at 8 p.m. today.",       "It opens at 20:00 today.",        Equal),
            ("It opens at 8 p.m. today.",       "It opens at 9 p.m. today.",       Disjoint),
        ];
        for (left, right, relation) in cases {
            assert_eq!(between(left, right), relation, "{left} {right}");
        }
    }

    /// One row per pair of dates.
    #[test]
    fn dates() {
        use Relation::{Disjoint, Equal, Refines};
        #[rustfmt::skip]
        let cases = [
            ("It met on November 6, 2025.", "It met on 6 November 2025.",  Equal),
            ("It met on November 6, 2025.", "It met on November 7, 2025.", Disjoint),
            ("It met on November 6, 2025.", "It met in November 2025.",    Refines),
            ("It met on November 6, 2025.", "It met in 2025.",             Refines),
            ("It met on November 6, 2025.", "It met on Thursday.",         Refines),
            ("It met on November 7, 2025.", "It met on Thursday.",         Disjoint),
            ("It met on November 6, 2025.", "It met on November 6.",       Refines),
            ("It met on November 6, 2025.", "It met in October 2025.",     Disjoint),
        ];
        for (left, right, relation) in cases {
            assert_eq!(between(left, right), relation, "{left} {right}");
        }
    }
}
