//! Texts that are nothing but figures: tables, agendas, captions, queries.
//!
//! There is no sentence around a figure there that could say what it is, so every
//! reading is taken that the same grammar allows, each kind by itself: a number inside
//! an amount is listed beside it.
//!
//! In:  a [`Line`] with [`Line::every`].
//! Out: [`Figure`]s.
//! Not here: running news (`scan`).

use super::Kind;
use super::Options;
use super::Unit;
use super::Value;
use super::amount;
use super::clock;
use super::lex::Line;
use super::numeral;
use super::numeral::Numeral;
use super::ordinal;
use super::scan::Figure;
use super::when;
use super::when::Reader;
use rust_decimal::Decimal;
use std::cell::Cell;
use std::ops::Range;

/// Every figure of `line`, kind by kind.
pub(super) fn figures(line: &Line, options: &Options, found: &mut Vec<Figure>) {
    let asked = Cell::new(false);
    when::figures(&Reader::new(line, options, &asked), found);
    found.extend((0..line.len()).filter_map(|at| clock::figure(line, at)).map(|(time, _)| time));
    let taken: Vec<Range<usize>> = found.iter().map(|figure| figure.span.clone()).collect();
    amounts(line, &taken, found);
    numbers(line, found);
    ordinals(line, found);
}

fn amounts(line: &Line, dates: &[Range<usize>], found: &mut Vec<Figure>) {
    let mut at = 0;
    while at < line.len() {
        let read = amount::measured(line, at).filter(|(figure, _)| {
            let is_date = dates
                .iter()
                .any(|date| date.start < figure.span.end && figure.span.start < date.end);
            let moment = figure.kind == Kind::Duration && is_moment(line, at);
            !(moment || (is_date && matches!(figure.kind, Kind::Duration | Kind::Measure)))
        });
        at = match read {
            Some((figure, to)) => {
                found.push(figure);
                to.max(at + 1)
            }
            None => at + 1,
        };
    }
}

/// `in 5 minutes` and `every two weeks` are no lengths of time.
fn is_moment(line: &Line, at: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |before| line.lower(before));
    matches!(before, "in" | "within" | "each" | "every")
}

fn numbers(line: &Line, found: &mut Vec<Figure>) {
    let mut at = 0;
    while at < line.len() {
        let read = numeral::numeral(line, at).filter(|read| is_number(line, at, read));
        at = match read {
            Some(read) => {
                found.push(figure(line, Kind::Count, read.from, read.to, read.value));
                read.to
            }
            None => at + 1,
        };
    }
}

/// Leaves out the pronoun `one` and digits that are part of a word: `29km`, `1m`.
fn is_number(line: &Line, at: usize, read: &Numeral) -> bool {
    let pronoun = read.spelled && read.value == Decimal::ONE && read.to == at + 1 && line.len() > 1;
    let part = line.is_number(read.to - 1) && line.is_glued(read.to) && line.is_word(read.to);
    let inside = line.is_number(at) && line.is_glued(at) && line.is_word(at - 1);
    !(pronoun || part || inside)
}

fn ordinals(line: &Line, found: &mut Vec<Figure>) {
    let mut at = 0;
    while at < line.len() {
        let article = at > 0 && numeral::is_article(line, at - 1) && !line.is_number(at);
        at = match ordinal::position(line, at)
            .filter(|(position, _)| !(article && *position > Decimal::from(999)))
        {
            Some((position, to)) => {
                found.push(figure(line, Kind::Ordinal, at, to, position));
                to
            }
            None => at + 1,
        };
    }
}

fn figure(line: &Line, kind: Kind, from: usize, to: usize, value: Decimal) -> Figure {
    Figure::new(line, (from, to), kind, Value::exactly(value, Unit::None))
}
