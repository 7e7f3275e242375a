//! Whole numbers as markers and announced counts write them: `三`, `十二`, `二十`, `两`, `12`, `１２`, `③`.
//!
//! Reading is strict: a string that is not a well-formed numeral gives nothing. Printing keeps the form that was read,
//! so that a renumbered `（三）` becomes `（二）` and a `3.` becomes `2.`. The figure grammar (decimals, 万, 亿, ranges,
//! approximations) builds on this and does not belong here.

/// The written form of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NumeralForm {
    /// 一二三 … 十二 … 一百零五
    Han,
    /// 123
    Arabic,
    /// １２３
    FullWidth,
    /// ①②③ (one character, 1 to 50)
    Circled,
}

const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// Whether `c` can stand in a Han numeral below ten thousand.
pub fn is_han_digit(c: char) -> bool {
    han_digit(c).is_some() || matches!(c, '十' | '百' | '千')
}

fn han_digit(c: char) -> Option<u32> {
    Some(match c {
        '零' | '〇' | '○' => 0,
        '一' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

/// The number that the whole of `text` writes, with its form; `None` if it is no whole number below 10,000 (Han) or
/// one billion (Arabic).
pub fn parse(text: &str) -> Option<(u32, NumeralForm)> {
    let first = text.chars().next()?;
    if first.is_ascii_digit() {
        let plain = text.len() <= 9 && text.bytes().all(|b| b.is_ascii_digit());
        return plain.then(|| text.parse().ok()).flatten().map(|n| (n, NumeralForm::Arabic));
    }
    if let Some(n) = circled(first) {
        return (text.chars().count() == 1).then_some((n, NumeralForm::Circled));
    }
    if matches!(first, '０'..='９') {
        let mut value = 0u32;
        for (i, c) in text.chars().enumerate() {
            let digit = (c as u32).checked_sub('０' as u32).filter(|d| *d <= 9)?;
            value = if i < 9 { value * 10 + digit } else { return None };
        }
        return Some((value, NumeralForm::FullWidth));
    }
    parse_han(text).map(|n| (n, NumeralForm::Han))
}

/// Reads 一 to 九千九百九十九 in positional form. Refuses what no writer means as one number: `一二`, `十百`, `二零二一`.
fn parse_han(text: &str) -> Option<u32> {
    let (mut total, mut digit, mut last_unit, mut zero) = (0u32, None::<u32>, 10_000u32, false);
    for c in text.chars() {
        let unit = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1000,
            _ => {
                let value = han_digit(c)?;
                if digit.is_some() || (zero && value == 0) || (value == 0 && last_unit == 10_000) {
                    return None;
                }
                match value {
                    0 => zero = true,
                    n => digit = Some(n),
                }
                continue;
            }
        };
        if unit >= last_unit {
            return None;
        }
        // Only 十 may stand without a digit before it, and only at the start: 十二, not 百二.
        let count = match digit.take() {
            Some(n) => n,
            None if unit == 10 && total == 0 && !zero => 1,
            None => return None,
        };
        total += count * unit;
        (last_unit, zero) = (unit, false);
    }
    if zero && digit.is_none() {
        return None;
    }
    total += digit.unwrap_or(0);
    (total > 0).then_some(total)
}

fn circled(c: char) -> Option<u32> {
    let n = c as u32;
    match c {
        '①'..='⑳' => Some(n - '①' as u32 + 1),
        '㉑'..='㉟' => Some(n - '㉑' as u32 + 21),
        '㊱'..='㊿' => Some(n - '㊱' as u32 + 36),
        _ => None,
    }
}

/// `n` written in `form`; `None` where the form has no such number (a circled 51, a Han 10,000).
pub fn print(n: u32, form: NumeralForm) -> Option<String> {
    match form {
        NumeralForm::Arabic => Some(n.to_string()),
        NumeralForm::FullWidth => {
            n.to_string().bytes().map(|b| char::from_u32('０' as u32 + u32::from(b - b'0'))).collect()
        }
        NumeralForm::Circled => match n {
            1..=20 => char::from_u32('①' as u32 + n - 1),
            21..=35 => char::from_u32('㉑' as u32 + n - 21),
            36..=50 => char::from_u32('㊱' as u32 + n - 36),
            _ => None,
        }
        .map(String::from),
        NumeralForm::Han => print_han(n),
    }
}

fn print_han(n: u32) -> Option<String> {
    if n == 0 || n > 9999 {
        return None;
    }
    let (mut text, mut rest, mut gap) = (String::new(), n, false);
    for (unit, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = rest / unit;
        rest %= unit;
        if digit == 0 {
            gap |= !text.is_empty();
            continue;
        }
        if gap {
            text.push('零');
            gap = false;
        }
        // 十二, not 一十二, but 一百一十二.
        if !(unit == 10 && digit == 1 && text.is_empty()) {
            text.push(DIGITS[digit as usize]);
        }
        text.push_str(name);
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numerals_read_as_written() {
        let cases = [
            ("三", 3),
            ("十", 10),
            ("十二", 12),
            ("二十", 20),
            ("两", 2),
            ("一百零五", 105),
            ("六十", 60),
            ("１２", 12),
            ("⑳", 20),
            ("㊿", 50),
            ("007", 7),
        ];
        for (text, n) in cases {
            assert_eq!(parse(text).map(|p| p.0), Some(n), "{text}");
        }
        for text in ["", "一二", "十百", "二〇二一", "百二", "3a", "零", "①②", "一零", "十零"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_printed_reads_back(n in 1u32..10_000) {
            for form in [NumeralForm::Han, NumeralForm::Arabic, NumeralForm::FullWidth, NumeralForm::Circled] {
                if let Some(text) = print(n, form) {
                    prop_assert_eq!(parse(&text), Some((n, form)));
                }
            }
        }

        #[test]
        fn any_text_is_read_without_a_panic(text in ".{0,12}") {
            let _ = parse(&text);
        }
    }
}
