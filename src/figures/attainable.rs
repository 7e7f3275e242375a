//! Attainable percentages (可得的比率): of 42 cases no whole number is 91 %; 38 are 90.48 %, 39 are 92.86 %.
//!
//! The test is GRIM (Brown and Heathers, The GRIM Test, Social Psychological and Personality Science 8(4), 2017), with
//! numbers cut off accepted beside rounded ones.

use super::{Decimal, Interval, Mention};

/// More cases than this have every percentage that is ever written: each share of two decimals is one of 10,000.
const MOST_CASES: i128 = 10_000;

/// Whether a whole number of `n` gives the percentage `share`, rounded or cut off.
pub fn is_attainable(n: i128, share: &Mention) -> Option<bool> {
    if n >= MOST_CASES {
        return Some(true);
    }
    let range = share.cut()?;
    let gives =
        |k: i128| Interval::exact(Decimal::integer(k)).may_be_share(range, Interval::exact(Decimal::integer(n)));
    let (below, above) = beside(n, share)?;
    Some(gives(below)? || gives(above)?)
}

/// The whole numbers of `n` whose shares lie at or below `share` and above it, each with its percentage to `places` behind
/// the point. None for so many cases that every percentage is one of theirs.
pub fn nearest(n: i128, share: &Mention, places: u8) -> Option<[(i128, Decimal); 2]> {
    let (below, above) = beside(n, share).filter(|_| (1..MOST_CASES).contains(&n))?;
    let percent = |k: i128| Decimal::integer(100 * k).divided(Decimal::integer(n), places);
    Some([(below, percent(below)?), (above, percent(above)?)])
}

fn beside(n: i128, share: &Mention) -> Option<(i128, i128)> {
    let of_all = share.value()?.times(Decimal::integer(n))?;
    let below = (0..=n.min(MOST_CASES)).rev().find(|k| Decimal::integer(100 * k) <= of_all)?;
    Some((below, (below + 1).min(n)))
}

#[cfg(test)]
mod tests {
    use super::super::mentions;
    use super::*;

    #[test]
    fn of_42_cases_no_number_is_91_percent() {
        let share = |text: &str| mentions(text).remove(0);
        assert_eq!(is_attainable(42, &share("91%")), Some(false));
        assert_eq!(is_attainable(42, &share("90.5%")), Some(true));
        assert_eq!(is_attainable(42, &share("90.4%")), Some(true), "cut off");
        assert_eq!(is_attainable(42, &share("100%")), Some(true));
        assert_eq!(is_attainable(20_000, &share("91.37%")), Some(true));
        let near = nearest(42, &share("91%"), 2).unwrap().map(|(k, percent)| (k, percent.to_string()));
        assert_eq!(near, [(38, "90.48".to_owned()), (39, "92.86".to_owned())]);
        assert_eq!(nearest(0, &share("91%"), 2), None);
    }
}
