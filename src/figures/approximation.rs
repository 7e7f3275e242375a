//! Approximations (概数): 余, 多, 近, 约, 超, 以上 and what each leaves possible.
//!
//! GB/T 15835—2011 names 多, 余, 左右, 上下, 约 and a pair of neighbouring numerals (三四) as the ways to write an
//! approximate number.

use super::decimal::Decimal;
use super::interval::{Bound, Interval};
use std::ops::Range;

/// What an approximation says of the number beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sense {
    /// 余, 多, 来: [N, the next unit of its last significant digit).
    Over,
    /// 近: [0.9 N, N).
    Nearly,
    /// 约, 左右: ±10 %.
    About,
    /// 超, 逾, 突破, 以上: N or more.
    AtLeast,
    /// 以内, 不超过: N or less.
    AtMost,
    /// 不足, 低于: less than N.
    Below,
    /// 几十, 数百: from two of them to less than ten.
    Several,
    /// 三四个, 3—5: from the one to the other.
    Span,
}

/// An approximation as it stands: its sense and its word (bytes of the text).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approximation {
    pub sense: Sense,
    pub word: Range<usize>,
}

/// Before the number. Longer words first.
pub const BEFORE: [(&str, Sense); 27] = [
    ("不超过", Sense::AtMost),
    ("不高于", Sense::AtMost),
    ("不多于", Sense::AtMost),
    ("不大于", Sense::AtMost),
    ("不低于", Sense::AtLeast),
    ("不少于", Sense::AtLeast),
    ("不小于", Sense::AtLeast),
    ("不足", Sense::Below),
    ("不到", Sense::Below),
    ("低于", Sense::Below),
    ("少于", Sense::Below),
    ("小于", Sense::Below),
    ("至少", Sense::AtLeast),
    ("最多", Sense::AtMost),
    ("至多", Sense::AtMost),
    ("超过", Sense::AtLeast),
    ("突破", Sense::AtLeast),
    ("高于", Sense::AtLeast),
    ("多于", Sense::AtLeast),
    ("大于", Sense::AtLeast),
    ("将近", Sense::Nearly),
    ("接近", Sense::Nearly),
    ("大约", Sense::About),
    ("超", Sense::AtLeast),
    ("逾", Sense::AtLeast),
    ("近", Sense::Nearly),
    ("约", Sense::About),
];

/// Words that end like an approximation and are none: 节约20万元, 签约12个, 附近5个村.
const NOT_BEFORE: [&str; 22] = [
    "节约", "签约", "预约", "公约", "条约", "合约", "契约", "违约", "履约", "简约", "集约", "邀约", "制约", "附近",
    "最近", "邻近", "临近", "靠近", "走近", "毗近", "赶超", "反超",
];

/// Behind the unit.
pub const BEHIND: [(&str, Sense); 14] = [
    ("及以上", Sense::AtLeast),
    ("或以上", Sense::AtLeast),
    ("以上", Sense::AtLeast),
    ("及以下", Sense::AtMost),
    ("以下", Sense::AtMost),
    ("以内", Sense::AtMost),
    ("之内", Sense::AtMost),
    ("左右", Sense::About),
    ("上下", Sense::About),
    ("开外", Sense::AtLeast),
    ("有余", Sense::Over),
    ("之多", Sense::AtLeast),
    ("余", Sense::Over),
    ("多", Sense::Over),
];

/// Between the digits and the multiplier or unit.
pub const WITHIN: [char; 4] = ['余', '多', '来', '几'];

/// The approximation that ends at `end`.
pub fn before(text: &str, end: usize) -> Option<Approximation> {
    let head = &text[..end];
    let (word, sense) = BEFORE.iter().find(|(word, _)| head.ends_with(word))?;
    let refused = NOT_BEFORE.iter().any(|other| head.ends_with(other));
    (!refused).then(|| Approximation { sense: *sense, word: end - word.len()..end })
}

/// The approximation that starts at `start`, behind a unit.
pub fn behind(text: &str, start: usize) -> Option<Approximation> {
    let rest = &text[start..];
    let (word, sense) = BEHIND.iter().find(|(word, _)| rest.starts_with(word))?;
    let next = rest[word.len()..].chars().next();
    // 3倍多 ends there; 5个多月 and 三种余热 do not.
    let stands_alone = word.len() > 3 || next.is_none_or(|c| !c.is_alphanumeric());
    stands_alone.then(|| Approximation { sense: *sense, word: start..start + word.len() })
}

impl Sense {
    /// What stays possible of `value`; nothing where arithmetic ends.
    pub fn interval(self, value: Decimal) -> Option<Interval> {
        let tenth = value.shifted(-1);
        let (min, max) = match self {
            Sense::Over => {
                let step = Decimal::new(if value.is_negative() { -1 } else { 1 }, value.exponent());
                (Bound::Closed(value), Bound::Open(value.plus(step)?))
            }
            Sense::Nearly => (Bound::Closed(value.minus(tenth)?), Bound::Open(value)),
            Sense::About => return Some(Interval::closed(value.minus(tenth)?, value.plus(tenth)?)),
            Sense::AtLeast => (Bound::Closed(value), Bound::Unbounded),
            Sense::AtMost => (Bound::Unbounded, Bound::Closed(value)),
            Sense::Below => (Bound::Unbounded, Bound::Open(value)),
            // The value of 数百 is its least, 200.
            Sense::Several => (Bound::Closed(value), Bound::Open(value.times(Decimal::integer(5))?)),
            Sense::Span => return Some(Interval::exact(value)),
        };
        Some(Interval { min, max })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(sense: Sense, value: i128) -> String {
        let interval = sense.interval(Decimal::integer(value)).unwrap();
        let end = |bound: Bound| match bound {
            Bound::Closed(v) => format!("={v}"),
            Bound::Open(v) => format!("<{v}"),
            Bound::Unbounded => "∞".to_owned(),
        };
        format!("{} {}", end(interval.min), end(interval.max))
    }

    #[test]
    fn each_word_leaves_its_interval() {
        assert_eq!(shown(Sense::Over, 160), "=160 <170");
        assert_eq!(shown(Sense::Over, 300), "=300 <400");
        assert_eq!(shown(Sense::Over, 680_000), "=680000 <690000");
        assert_eq!(shown(Sense::Nearly, 10_000), "=9000 <10000");
        assert_eq!(shown(Sense::About, 50), "=45 =55");
        assert_eq!(shown(Sense::AtLeast, 90), "=90 ∞");
        assert_eq!(shown(Sense::Below, 90), "∞ <90");
        assert_eq!(shown(Sense::Several, 200), "=200 <1000");
    }

    #[test]
    fn words_that_only_end_like_an_approximation() {
        assert_eq!(before("节约", 6), None);
        assert!(before("规模约", 9).is_some() && before("总数超过", 12).is_some_and(|a| a.word == (6..12)));
        assert!(behind("倍多，", 3).is_some() && behind("个多月", 3).is_none());
    }
}
