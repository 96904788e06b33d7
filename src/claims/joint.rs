//! Two amounts with a joint between them: a range, a change, or two of a kind.
//!
//! In:  two [`Term`]s and what stands between them.
//! Out: [`Join`].
//! Not here: reading the terms (`amount`).

use super::Unit;
use super::amount::Term;
use super::count;
use super::lex::Line;
use super::lexicon::lexicon;
use rust_decimal::Decimal;

/// What stands between two numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joint {
    Dash,
    To,
    And,
    Or,
}

/// The joint at `to` and where the second number may begin.
pub(super) fn at(line: &Line, to: usize) -> Option<(Joint, usize)> {
    let dash = matches!(line.mark(to), Some('-' | '–'));
    if dash && line.is_glued(to) == line.is_glued(to + 1) && (line.every || line.is_glued(to)) {
        return Some((Joint::Dash, to + 1));
    }
    // The hanging hyphen of "four- to five-year".
    let word = if line.glued_mark(to) == Some('-') { to + 1 } else { to };
    let joint = match line.lower(word) {
        "to" | "through" => Joint::To,
        "and" => Joint::And,
        "or" => Joint::Or,
        _ => return None,
    };
    Some((joint, word + 1))
}

/// What two numbers with a joint between them are.
pub(super) enum Join {
    /// The two ends of one range.
    Range(Term, Term),
    /// Two amounts that share a unit.
    Both(Term, Term),
    /// Two numbers that have nothing to do with each other.
    Apart,
}

pub(super) fn join(line: &Line, first: &Term, joint: Joint, second: &Term) -> Join {
    let Some((low, high)) = shared(first, joint, second) else { return Join::Apart };
    let before = first.from.checked_sub(1).map_or("", |before| line.lower(before));
    let opened = before == "between" || (line.every && before == "from");
    let plain = low.unit == Unit::None;
    let rising = low.value < high.value;
    if plain && !(rising && count::is_range(line, first, second, opened || joint == Joint::To)) {
        return Join::Apart;
    }
    match joint {
        Joint::And | Joint::To if opened && rising => Join::Range(low, high),
        Joint::And if matches!(low.unit, Unit::Percent | Unit::Currency { .. }) => {
            Join::Both(low, high)
        }
        Joint::And => Join::Apart,
        Joint::To if lexicon().words.changes.contains(before) => Join::Both(low, high),
        Joint::Or if first.unit != Unit::None => Join::Both(low, high),
        _ if rising => Join::Range(low, high),
        _ => Join::Apart,
    }
}

/// Both terms with the unit and scale that one of them lacks; nothing if their units differ.
fn shared(first: &Term, joint: Joint, second: &Term) -> Option<(Term, Term)> {
    let (mut low, mut high) = (first.clone(), second.clone());
    match (&first.unit, &second.unit) {
        (one, two) if same_unit(one, two) => {}
        // "20 to 30 percent", "6–12 months"; not "5 to $10".
        (Unit::None, _) if !second.prefixed => low.unit = second.unit.clone(),
        // "$5-7 billion", "between $5 and 7 billion"; not "gave $5 to 7 people".
        (_, Unit::None)
            if first.prefixed && (joint == Joint::Dash || second.number.is_scaled()) =>
        {
            high.unit = first.unit.clone();
        }
        _ => return None,
    }
    let small = low.value < Decimal::from(1000) && !low.number.is_scaled();
    if small && high.number.is_scaled() && low.value < high.number.mantissa() {
        low.value = low.value.checked_mul(high.number.scale)?;
    }
    Some((low, high))
}

/// The same currency is the same whether or not its country was printed.
fn same_unit(one: &Unit, two: &Unit) -> bool {
    match (one, two) {
        (Unit::Currency { code: one, .. }, Unit::Currency { code: two, .. }) => one == two,
        _ => one == two,
    }
}
