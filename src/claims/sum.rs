//! Sums: the parts of a number in words, added and multiplied as they are read.
//!
//! In:  parts, in the order of the words.
//! Out: [`Sum`].
//! Not here: which words are parts (`numeral`).

use rust_decimal::Decimal;

/// The sum of the parts read so far.
#[derive(Default)]
pub(super) struct Sum {
    /// What is complete: `two million` of `two million three hundred`.
    total: Decimal,
    /// What a later scale word still multiplies.
    open: Decimal,
    /// The last scale added to the total.
    below: Option<Decimal>,
    pub(super) last_scale: Decimal,
    /// Whether the last part was a number below one hundred, and it was no full ten.
    closed: bool,
    pub(super) any: bool,
    scaled: bool,
}

impl Sum {
    pub(super) fn accepts(&self, value: Decimal, and: bool) -> bool {
        if !self.any {
            return !and;
        }
        let hundreds =
            self.open >= Decimal::ONE_HUNDRED && (self.open % Decimal::ONE_HUNDRED).is_zero();
        let tens = self.open % Decimal::ONE_HUNDRED >= Decimal::from(20)
            && (self.open % Decimal::TEN).is_zero()
            && value < Decimal::TEN;
        let fresh = self.open.is_zero() && self.below.is_some_and(|below| value < below);
        !self.closed && ((hundreds && value < Decimal::ONE_HUNDRED) || tens || fresh)
    }

    /// Whether it holds hundreds or more, to which `and` may add.
    pub(super) fn is_scaled(&self) -> bool {
        self.below.is_some() || self.open >= Decimal::ONE_HUNDRED
    }

    pub(super) fn may_scale(&self, value: Decimal) -> bool {
        self.any
            && (self.scaled || self.below.is_none_or(|below| value < below) || self.open.is_zero())
    }

    pub(super) fn small(&mut self, value: Decimal, spelled: bool) {
        self.open += value;
        self.any = true;
        self.scaled = false;
        self.last_scale = Decimal::ONE;
        let full_ten = spelled && value >= Decimal::from(20) && (value % Decimal::TEN).is_zero();
        self.closed = !full_ten;
    }

    pub(super) fn scale(&mut self, value: Decimal) -> Option<()> {
        self.closed = false;
        if value == Decimal::ONE_HUNDRED && !self.scaled {
            self.open = self.open.checked_mul(value)?;
        } else if self.open.is_zero() && self.scaled {
            self.total = self.total.checked_mul(value)?;
            self.below = Some(value);
        } else {
            self.total = self.total.checked_add(self.open.checked_mul(value)?)?;
            self.open = Decimal::ZERO;
            self.below = Some(value);
        }
        self.scaled = true;
        self.last_scale = if self.last_scale > Decimal::ONE {
            self.last_scale.checked_mul(value)?
        } else {
            value
        };
        Some(())
    }

    pub(super) fn value(&self) -> Option<Decimal> {
        self.total.checked_add(self.open)
    }
}
