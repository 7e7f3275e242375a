//! Exact decimals: 3.5万 is 35000, and 98.70 is 98.7. Values of figures are compared for equality, so no `f64` here.

use std::cmp::Ordering;
use std::fmt;

/// `mantissa · 10^exponent`, always with the shortest mantissa, so that equal numbers are equal values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Decimal {
    mantissa: i128,
    exponent: i16,
}

impl Decimal {
    pub const ZERO: Decimal = Decimal { mantissa: 0, exponent: 0 };

    pub fn new(mantissa: i128, exponent: i16) -> Decimal {
        let mut number = Decimal { mantissa, exponent };
        if mantissa == 0 {
            return Decimal::ZERO;
        }
        while number.mantissa % 10 == 0 {
            number.mantissa /= 10;
            number.exponent += 1;
        }
        number
    }

    pub fn integer(value: i128) -> Decimal {
        Decimal::new(value, 0)
    }

    /// The power of ten of the last digit that is not zero: 1 for 90, 4 for 68万, -1 for 98.7.
    pub fn exponent(self) -> i16 {
        self.exponent
    }

    pub fn is_negative(self) -> bool {
        self.mantissa < 0
    }

    /// The whole number, if it is one and fits.
    pub fn whole(self) -> Option<i128> {
        let power = power(u32::try_from(self.exponent).ok()?)?;
        self.mantissa.checked_mul(power)
    }

    /// `self · 10^by`.
    pub fn shifted(self, by: i16) -> Decimal {
        if self.mantissa == 0 { self } else { Decimal { exponent: self.exponent.saturating_add(by), ..self } }
    }

    /// The sum; `None` if it has more digits than can be kept.
    pub fn plus(self, other: Decimal) -> Option<Decimal> {
        let low = self.exponent.min(other.exponent);
        let at = |n: Decimal| n.mantissa.checked_mul(power(u32::try_from(n.exponent - low).ok()?)?);
        Some(Decimal::new(at(self)?.checked_add(at(other)?)?, low))
    }

    pub fn minus(self, other: Decimal) -> Option<Decimal> {
        self.plus(other.negated())
    }

    pub fn negated(self) -> Decimal {
        Decimal { mantissa: -self.mantissa, ..self }
    }

    pub fn times(self, other: Decimal) -> Option<Decimal> {
        Some(Decimal::new(self.mantissa.checked_mul(other.mantissa)?, self.exponent.checked_add(other.exponent)?))
    }

    /// `self / by`, rounded to `places` digits behind the point, half away from zero; `None` for a divisor of zero, and
    /// where arithmetic ends.
    pub fn divided(self, by: Decimal, places: u8) -> Option<Decimal> {
        let shift = i32::from(self.exponent) - i32::from(by.exponent) + i32::from(places);
        let scale = power(shift.unsigned_abs())?;
        let (above, below) = match shift >= 0 {
            true => (self.mantissa.checked_mul(scale)?, by.mantissa),
            false => (self.mantissa, by.mantissa.checked_mul(scale)?),
        };
        let (quotient, rest) = (above.checked_div(below)?, above.checked_rem(below)?);
        let away = i128::from(rest.abs().checked_mul(2)? >= below.abs()) * above.signum() * below.signum();
        Some(Decimal::new(quotient + away, -i16::from(places)))
    }

    /// How many digits stand before the point: what is longer is larger.
    fn magnitude(self) -> i32 {
        self.mantissa
            .unsigned_abs()
            .checked_ilog10()
            .map_or(i32::MIN, |digits| digits as i32 + i32::from(self.exponent))
    }
}

fn power(of: u32) -> Option<i128> {
    10i128.checked_pow(of)
}

impl Ord for Decimal {
    fn cmp(&self, other: &Decimal) -> Ordering {
        let signs = self.mantissa.signum().cmp(&other.mantissa.signum());
        let absolute = || {
            // Of the same magnitude, neither mantissa grows longer than the other when they are brought to one exponent.
            let low = self.exponent.min(other.exponent);
            let at = |n: &Decimal| {
                power((i32::from(n.exponent) - i32::from(low)) as u32)
                    .map_or(u128::MAX, |power| n.mantissa.unsigned_abs().saturating_mul(power.unsigned_abs()))
            };
            self.magnitude().cmp(&other.magnitude()).then_with(|| at(self).cmp(&at(other)))
        };
        signs.then_with(|| if self.mantissa < 0 { absolute().reverse() } else { absolute() })
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Decimal) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Digits without exponent or separators, as JSON wants a number: `680000`, `-3.2`.
impl fmt::Display for Decimal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.mantissa.unsigned_abs().to_string();
        let sign = if self.mantissa < 0 { "-" } else { "" };
        let places = usize::from(self.exponent.unsigned_abs());
        if self.exponent >= 0 {
            return write!(out, "{sign}{digits}{}", "0".repeat(places));
        }
        let digits = format!("{digits:0>width$}", width = places + 1);
        let (whole, part) = digits.split_at(digits.len() - places);
        write!(out, "{sign}{whole}.{part}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn equal_numbers_are_equal_values() {
        assert_eq!(Decimal::new(35, 3), Decimal::integer(35_000));
        assert_eq!(Decimal::new(9870, -2), Decimal::new(987, -1));
        assert_eq!(Decimal::new(0, 7), Decimal::ZERO);
        assert!(Decimal::new(1, 24) > Decimal::new(999, -15) && Decimal::new(-2, 0) < Decimal::new(-19, -1));
    }

    #[test]
    fn quotients_are_rounded() {
        let quotient = |a, b, places| Decimal::integer(a).divided(Decimal::integer(b), places).unwrap().to_string();
        assert_eq!(quotient(2133, 50, 2), "42.66");
        assert_eq!(quotient(1000, 60, 1), "16.7");
        assert_eq!(quotient(-5, 2, 0), "-3");
        assert_eq!(quotient(1, 3, 0), "0");
        assert_eq!(Decimal::new(3, 5).divided(Decimal::new(12, -1), 0), Some(Decimal::integer(250_000)));
        assert_eq!(Decimal::ZERO.divided(Decimal::ZERO, 2), None);
    }

    #[test]
    fn numbers_print_without_exponent() {
        for (number, text) in [((68, 4), "680000"), ((987, -1), "98.7"), ((-5, -2), "-0.05"), ((0, 3), "0")] {
            assert_eq!(Decimal::new(number.0, number.1).to_string(), text);
        }
    }

    proptest! {
        #[test]
        fn decimals_add_and_order_like_numbers(a in -1_000_000i128..1_000_000, b in -1_000_000i128..1_000_000, e in -6i16..6) {
            let (x, y) = (Decimal::new(a, e), Decimal::new(b, e));
            prop_assert_eq!(x.plus(y), Some(Decimal::new(a + b, e)));
            prop_assert_eq!(x.minus(y), Some(Decimal::new(a - b, e)));
            prop_assert_eq!(x.cmp(&y), a.cmp(&b));
            let other = Decimal::new(b, 0);
            let scaled = if e >= 0 { (a * 10i128.pow(e as u32)).cmp(&b) } else { a.cmp(&(b * 10i128.pow(e.unsigned_abs().into()))) };
            prop_assert_eq!(x.cmp(&other), scaled);
        }
    }
}
