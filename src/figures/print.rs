//! Writes a number in the form of another: `18` for `十六` is `十八`, `12000` for `1.5万` is `1.2万`.

use super::decimal::Decimal;
use super::number::{Number, Script};
use crate::text::numeral::{self, NumeralForm};

/// `value` in the form of `like`, whose literal is `written`: its script and width, its 万 or 亿, its thousands
/// separators, its places behind the point at least. `None` where that form has no such number (a Han numeral with a
/// fraction), or where `like` is more than a number (10余, 三四).
pub fn like(value: Decimal, like: &Number, written: &str) -> Option<String> {
    if like.vague.is_some() || like.upper.is_some() || value.is_negative() {
        return None;
    }
    match like.script {
        Script::Arabic => arabic(value, like, written),
        Script::Han => han(value.whole()?),
        Script::HanDigits => None,
    }
}

fn arabic(value: Decimal, like: &Number, written: &str) -> Option<String> {
    let digits_end = written.rfind(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c))?;
    let digits_end = digits_end + written[digits_end..].chars().next()?.len_utf8();
    let (literal, multiplier) = written.split_at(digits_end);
    // 3亿5000万 has two parts.
    if literal.contains(['万', '亿']) {
        return None;
    }
    let mut digits = value.shifted(-like.power).to_string();
    let places = literal.rsplit_once(['.', '．']).map_or(0, |(_, places)| places.chars().count());
    let present = digits.split_once('.').map_or(0, |(_, places)| places.len());
    if places > present {
        if present == 0 {
            digits.push('.');
        }
        digits.push_str(&"0".repeat(places - present));
    }
    if literal.contains(',') {
        digits = grouped(&digits);
    }
    if literal.starts_with(|c| ('０'..='９').contains(&c)) {
        let wide = |c: char| c.to_digit(10).and_then(|d| char::from_u32('０' as u32 + d)).unwrap_or(c);
        digits = digits.chars().map(wide).collect();
    }
    Some(digits + multiplier)
}

/// 1234567.5 as 1,234,567.5
fn grouped(digits: &str) -> String {
    let (whole, places) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    let mut grouped = String::new();
    for (n, digit) in whole.chars().enumerate() {
        if n > 0 && (whole.len() - n).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped + places
}

/// A Han numeral before a measure word: 两, 十二, 一万零二百, 三亿.
fn han(value: i128) -> Option<String> {
    if value == 2 {
        return Some("两".to_owned());
    }
    let (mut text, mut rest) = (String::new(), value);
    for (unit, name) in [(100_000_000, "亿"), (10_000, "万"), (1, "")] {
        let part = rest / unit;
        rest %= unit;
        if part == 0 {
            continue;
        }
        // 一万零二百
        if !text.is_empty() && part < 1000 {
            text.push('零');
        }
        let digits = numeral::print(u32::try_from(part).ok()?, NumeralForm::Han)?;
        // 一万零一十, not 一万零十
        text.push_str(if !text.is_empty() && digits.starts_with('十') { "一" } else { "" });
        text.push_str(&digits);
        text.push_str(name);
    }
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::super::number;
    use super::*;
    use proptest::prelude::*;

    fn printed(value: i128, exponent: i16, written: &str) -> Option<String> {
        let number = number::read(written, 0).filter(|n| n.range.len() == written.len())?;
        like(Decimal::new(value, exponent), &number, written)
    }

    #[test]
    fn the_form_is_kept() {
        let cases = [
            (18, 0, "16", "18"),
            (18, 0, "十六", "十八"),
            (2, 0, "三", "两"),
            (12, 3, "1.5万", "1.2万"),
            (12345, 0, "1.5万", "1.2345万"),
            (5, 8, "3亿", "5亿"),
            (98, 0, "98.7", "98.0"),
            (1234567, 0, "1,000", "1,234,567"),
            (18, 0, "１６", "１８"),
            (10_210, 0, "三百", "一万零二百一十"),
            (10_010, 0, "三百", "一万零一十"),
            (30_000, 4, "两亿", "三亿"),
        ];
        for (value, exponent, written, expected) in cases {
            assert_eq!(printed(value, exponent, written).as_deref(), Some(expected), "{value}e{exponent} as {written}");
        }
        assert_eq!(printed(985, -1, "十六"), None);
        assert_eq!(printed(18, 0, "10余"), None);
    }

    proptest! {
        #[test]
        fn what_is_printed_reads_back(value in 1u32..1_000_000_000, form in prop::sample::select(vec!["16", "1.5万", "十六", "1,000", "3亿", "１６"])) {
            let text = printed(i128::from(value), 0, form).unwrap();
            let number = number::read(&text, 0).unwrap();
            prop_assert_eq!(number.range.len(), text.len());
            prop_assert_eq!(number.value, Decimal::integer(i128::from(value)));
        }
    }
}
