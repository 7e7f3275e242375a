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

    /// The end at `of` its value; nothing where arithmetic ends.
    fn map(self, of: impl FnOnce(Decimal) -> Option<Decimal>) -> Option<Bound> {
        Some(match self {
            Bound::Closed(value) => Bound::Closed(of(value)?),
            Bound::Open(value) => Bound::Open(of(value)?),
            Bound::Unbounded => Bound::Unbounded,
        })
    }

    /// The end of what two intervals give together; it belongs to it if both ends belong to theirs.
    fn with(self, other: Bound, of: impl FnOnce(Decimal, Decimal) -> Option<Decimal>) -> Option<Bound> {
        Some(match (self, other) {
            (Bound::Unbounded, _) | (_, Bound::Unbounded) => Bound::Unbounded,
            (Bound::Closed(one), Bound::Closed(two)) => Bound::Closed(of(one, two)?),
            (one, two) => Bound::Open(of(one.value()?, two.value()?)?),
        })
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

    /// All sums of a number of each.
    pub fn plus(self, other: Interval) -> Option<Interval> {
        Some(Interval { min: self.min.with(other.min, Decimal::plus)?, max: self.max.with(other.max, Decimal::plus)? })
    }

    /// All differences.
    pub fn minus(self, other: Interval) -> Option<Interval> {
        let negated = |bound: Bound| bound.map(|value| Some(value.negated()));
        self.plus(Interval { min: negated(other.max)?, max: negated(other.min)? })
    }

    /// All products; nothing where a number may be negative.
    pub fn times(self, other: Interval) -> Option<Interval> {
        let negative = |interval: Interval| interval.min.value().is_none_or(Decimal::is_negative);
        if negative(self) || negative(other) {
            return None;
        }
        Some(Interval {
            min: self.min.with(other.min, Decimal::times)?,
            max: self.max.with(other.max, Decimal::times)?,
        })
    }

    /// Whether this may be `percent` of `whole`.
    pub fn may_be_share(self, percent: Interval, whole: Interval) -> Option<bool> {
        Some(self.times(Interval::exact(Decimal::integer(100)))?.meets(percent.times(whole)?))
    }

    /// Whether growing by `percent` may lead from `from` to this; `down`: shrinking.
    pub fn may_have_grown(self, percent: Interval, from: Interval, down: bool) -> Option<bool> {
        // B/A is (100+p)/100: so A does not come twice into one computation.
        let hundred = Interval::exact(Decimal::integer(100));
        self.may_be_share(if down { hundred.minus(percent)? } else { hundred.plus(percent)? }, from)
    }

    /// Wider by `below` and `above`.
    pub fn widened(self, below: Decimal, above: Decimal) -> Option<Interval> {
        Some(Interval { min: self.min.map(|value| value.minus(below))?, max: self.max.map(|value| value.plus(above))? })
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

    #[test]
    fn intervals_reckon() {
        let number = Decimal::integer;
        let half_open = |a, b| Interval { min: Bound::Closed(number(a)), max: Bound::Open(number(b)) };
        let (few, three) = (half_open(10, 20), Interval::exact(number(3)));
        assert_eq!(few.plus(three), Some(half_open(13, 23)));
        assert_eq!(few.times(three), Some(half_open(30, 60)));
        // 3 less something of 10 to below 20: above -17, at most -7.
        let less = Interval { min: Bound::Open(number(-17)), max: Bound::Closed(number(-7)) };
        assert_eq!(three.minus(few), Some(less));
        let at_least = Interval { min: Bound::Closed(number(2)), max: Bound::Unbounded };
        assert_eq!(at_least.times(three).map(|i| (i.min, i.max)), Some((Bound::Closed(number(6)), Bound::Unbounded)));
        assert_eq!(less.times(three), None);
    }
}
