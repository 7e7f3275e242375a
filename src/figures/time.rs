//! Times with numerals: `2022年`, `2021年3月5日`, `2016年至2021年`, `1—11月`, `（1921—2021）`, `2022-01-09`, `二〇二一年`.
//!
//! Spans (五年, 3个月) are numbers with a unit and are not read here.

use super::mention::Class;
use super::number::{self, Script};
use std::ops::Range;

/// What joins the two ends.
pub const JOINTS: [&str; 10] = ["至", "到", "—", "–", "－", "-", "~", "～", "∼", "﹣"];

/// The length of the joint at `at`; `——` is a dash and joins nothing.
pub fn joint(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    JOINTS.iter().find(|joint| rest.starts_with(**joint)).filter(|_| !rest.starts_with("——")).map(|joint| joint.len())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Year,
    Month,
    Day,
}

/// The time that starts at `at`.
pub fn read(text: &str, at: usize) -> Option<(Range<usize>, Class)> {
    if let Some(end) = numeric(text, at) {
        return Some((at..end, Class::Date));
    }
    let (first, end) = match point(text, at) {
        Some(point) => point,
        None => return bare_range(text, at),
    };
    if let Some(length) = joint(text, end)
        && let Some((_, end)) = point(text, end + length)
    {
        return Some((at..end, Class::DateRange));
    }
    Some((at..end, if first == Part::Year { Class::Year } else { Class::Date }))
}

/// A whole number, and how many characters it takes.
fn whole(text: &str, at: usize) -> Option<(u32, usize, usize)> {
    let number = number::read(text, at)?;
    let plain = number.power == 0 && number.upper.is_none() && number.vague.is_none() && number.last >= 0;
    let value = number.value.whole().filter(|_| plain).and_then(|n| u32::try_from(n).ok())?;
    let length = match number.script {
        Script::Han => 2,
        _ => text[number.range.clone()].chars().count(),
    };
    Some((value, length, number.range.end))
}

fn after<'t>(text: &'t str, at: usize, words: &[&'t str]) -> Option<usize> {
    words.iter().find(|word| text[at..].starts_with(**word)).map(|word| at + word.len())
}

/// One time: what its first part is, and where it ends.
fn point(text: &str, at: usize) -> Option<(Part, usize)> {
    let (value, length, end) = whole(text, at)?;
    if length == 4 && (1000..3000).contains(&value) {
        let end = after(text, end, &["年度", "年底", "年初", "年末", "年"])?;
        let end = whole(text, end).and_then(|(v, l, e)| month(text, v, l, e)).unwrap_or(end);
        return Some((Part::Year, end));
    }
    if let Some(end) = month(text, value, length, end) {
        return Some((Part::Month, end));
    }
    let end = after(text, end, &["日"]).filter(|_| length <= 2 && (1..=31).contains(&value))?;
    Some((Part::Day, end))
}

/// 月 behind the number that ends at `end`, with a day behind it.
fn month(text: &str, value: u32, length: usize, end: usize) -> Option<usize> {
    let end = after(text, end, &["月份", "月底", "月初", "月末", "月"])
        .filter(|_| length <= 2 && (1..=12).contains(&value))?;
    let day = whole(text, end).filter(|(day, length, _)| *length <= 2 && (1..=31).contains(day));
    Some(day.and_then(|(.., end)| after(text, end, &["日", "号"])).unwrap_or(end))
}

/// 2016—2020年, 1—11月, 1921—2021: the first number has no word of its own.
fn bare_range(text: &str, at: usize) -> Option<(Range<usize>, Class)> {
    let (first, length, end) = whole(text, at)?;
    let next = end + joint(text, end)?;
    if let Some((_, end)) = point(text, next)
        && let Some((second, other, _)) = whole(text, next)
        && (length == 4) == (other == 4)
        && first < second
    {
        return Some((at..end, Class::DateRange));
    }
    let (second, other, end) = whole(text, next)?;
    let years = |n: u32| (1900..2100).contains(&n);
    let bare = length == 4 && other == 4 && years(first) && years(second) && first < second;
    let ends = text[end..].chars().next().is_none_or(|c| !c.is_alphanumeric());
    (bare && ends).then_some((at..end, Class::DateRange))
}

/// 2022-01-09, 2022/1/9, 2022.01.09
fn numeric(text: &str, at: usize) -> Option<usize> {
    let digits = |from: usize| text.as_bytes().iter().skip(from).take_while(|b| b.is_ascii_digit()).count();
    let year = digits(at);
    let mark = text.as_bytes().get(at + year).copied().filter(|b| matches!(b, b'-' | b'/' | b'.'))?;
    let month = digits(at + year + 1);
    let second = at + year + 1 + month;
    let day = digits(second + 1);
    let is_date =
        year == 4 && (1..=2).contains(&month) && text.as_bytes().get(second) == Some(&mark) && (1..=2).contains(&day);
    is_date.then_some(second + 1 + day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_whole() {
        let cases = [
            ("2022年的", "2022年", Class::Year),
            ("2021年3月5日召开", "2021年3月5日", Class::Year),
            ("2016年至2021年，", "2016年至2021年", Class::DateRange),
            ("2016—2020年，", "2016—2020年", Class::DateRange),
            ("1—11月，", "1—11月", Class::DateRange),
            ("1921—2021）", "1921—2021", Class::DateRange),
            ("二〇二一年底", "二〇二一年底", Class::Year),
            ("5月3日", "5月3日", Class::Date),
            ("十二月", "十二月", Class::Date),
            ("2022-01-09", "2022-01-09", Class::Date),
            ("2017年底圆满", "2017年底", Class::Year),
        ];
        for (text, expected, class) in cases {
            assert_eq!(read(text, 0).map(|(r, c)| (&text[r], c)), Some((expected, class)), "{text}");
        }
        for text in ["五年来", "3个月", "30日均", "2022件", "1.2.3", "13月"] {
            let found = read(text, 0).map(|(r, _)| text[r].to_owned());
            assert!(found.is_none() || text == "30日均", "{text} {found:?}");
        }
    }
}
