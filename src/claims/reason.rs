//! Why a claim was read as it was, in words for output.
//!
//! In:  a [`Claim`].
//! Out: one short clause.
//! Not here: the reading itself.

use super::Claim;
use super::Hedge;
use super::Kind;
use super::Unit;
use super::Value;

/// Why `claim` has this value: `a $ without a country is read as USD`.
pub(super) fn reason(claim: &Claim) -> String {
    let base = match (&claim.value, claim.kind) {
        (Value::Words { .. }, _) => "stands between quotation marks".to_owned(),
        (Value::Amount { unit: Unit::Currency { code, bare: true }, .. }, _) => {
            format!("a sign or word that several countries share is read as {code}")
        }
        (Value::Amount { unit: Unit::Currency { code, .. }, .. }, _) => {
            format!("a number beside a name or sign of {code}")
        }
        (_, Kind::Date) => date(claim),
        (Value::Amount { unit: Unit::Things(noun), .. }, Kind::Ordinal) => {
            format!("a position, and the noun it orders: {noun}")
        }
        (Value::Amount { unit: Unit::Things(noun), .. }, _) => {
            format!("a number, and the noun it counts: {noun}")
        }
        (Value::Amount { unit: Unit::Per(period), .. }, _) => {
            format!("a number of times, counted in a {period}")
        }
        (Value::Amount { unit: Unit::Most { .. }, .. }, _) => {
            "a place from the top, and what is ranked".to_owned()
        }
        (Value::Title { .. }, _) => "an office beside a full name".to_owned(),
        (Value::Amount { unit: Unit::None, .. }, Kind::Count) => {
            "a number too large or too loose for a label".to_owned()
        }
        (Value::Amount { unit: Unit::None, .. }, _) => format!("reads as a {}", claim.kind.name()),
        (Value::Amount { .. }, _) => "a number beside its unit".to_owned(),
        _ => format!("reads as a {}", claim.kind.name()),
    };
    match claim.hedge.map(Hedge::name) {
        Some(hedge) => format!("{base}; loosened by “{hedge}”"),
        None => base,
    }
}

fn date(claim: &Claim) -> String {
    match (&claim.value, claim.meant) {
        (Value::Days { .. }, _) => "the text names the days".to_owned(),
        (_, Some(meant)) => format!("counted from {}, {}", meant.basis.name(), meant.from),
        (_, None) => "no day is known to count from, or the words leave it open".to_owned(),
    }
}
