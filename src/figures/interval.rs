//! Intervals: what a written number leaves possible. A rule may speak only where two of them cannot meet.

use super::decimal::Decimal;

/// One end of an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Bound {
    Closed(Decimal),
    Open(Decimal),
    Unbounded,
}

impl Bound {
    pub fn value(self) -> Option<Decimal> {
        match self {
            Bound::Closed(value) | Bound::Open(value) => Some(value),
            Bound::Unbounded => None,
        }
    }
}

/// All numbers from `min` to `max`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Interval {
    pub min: Bound,
    pub max: Bound,
}

impl Interval {
    pub fn exact(value: Decimal) -> Interval {
        Interval { min: Bound::Closed(value), max: Bound::Closed(value) }
    }

    pub fn closed(min: Decimal, max: Decimal) -> Interval {
        Interval { min: Bound::Closed(min.min(max)), max: Bound::Closed(max.max(min)) }
    }

    /// The one number it holds.
    pub fn point(self) -> Option<Decimal> {
        match (self.min, self.max) {
            (Bound::Closed(min), Bound::Closed(max)) if min == max => Some(min),
            _ => None,
        }
    }

    pub fn contains(self, value: Decimal) -> bool {
        self.meets(Interval::exact(value))
    }

    /// Whether one number lies in both.
    pub fn meets(self, other: Interval) -> bool {
        let before = |max: Bound, min: Bound| match (max, min) {
            (Bound::Unbounded, _) | (_, Bound::Unbounded) => false,
            (Bound::Closed(max), Bound::Closed(min)) => max < min,
            (Bound::Closed(max) | Bound::Open(max), Bound::Closed(min) | Bound::Open(min)) => max <= min,
        };
        !before(self.max, other.min) && !before(other.max, self.min)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn open_ends_do_not_meet() {
        let number = Decimal::integer;
        let half_open = |a, b| Interval { min: Bound::Closed(number(a)), max: Bound::Open(number(b)) };
        // 160余 and 163 may be the same, 160余 and 170 not.
        assert!(half_open(160, 170).meets(Interval::exact(number(163))));
        assert!(!half_open(160, 170).contains(number(170)) && half_open(160, 170).contains(number(160)));
        let at_least = Interval { min: Bound::Closed(number(90)), max: Bound::Unbounded };
        assert!(at_least.meets(half_open(10, 91)) && !at_least.meets(half_open(10, 90)));
        assert_eq!(Interval::closed(number(5), number(3)).min, Bound::Closed(number(3)));
    }
}
