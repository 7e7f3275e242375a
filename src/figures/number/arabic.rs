//! Numbers in digits: `1,234.5`, `３.５`, `3.5万`, `3亿5000万`.

use super::multiplier::multiply;
use super::{Decimal, MOST_DIGITS, Number, Script, digit};

/// The number whose first digit stands at byte `start`.
pub fn read(text: &str, start: usize) -> Option<Number> {
    let (mut end, mut mantissa, mut places, mut count) = (start, 0i128, 0i16, 0usize);
    let mut take = |end: &mut usize| {
        let mut taken = 0;
        while let Some((value, length)) = digit(text, *end) {
            *end += length;
            count += 1;
            taken += 1;
            if count <= MOST_DIGITS {
                mantissa = mantissa * 10 + i128::from(value);
            }
        }
        (taken, count <= MOST_DIGITS)
    };
    let (taken, _) = take(&mut end);
    // 1,234,567: groups of exactly three.
    if taken <= 3 {
        while text[end..].starts_with(',') && group_of_three(text, end + 1) {
            end += 1;
            take(&mut end);
        }
    }
    for point in [".", "．"] {
        if text[end..].starts_with(point) && digit(text, end + point.len()).is_some() {
            end += point.len();
            places = i16::try_from(take(&mut end).0).ok()?;
        }
    }
    if !take(&mut end).1 {
        return None;
    }
    let mut number = Number {
        range: start..end,
        value: Decimal::new(mantissa, -places),
        upper: None,
        last: -places,
        vague: None,
        script: Script::Arabic,
        multiplier: None,
        power: 0,
    };
    multiply(text, &mut number);
    // 3亿5000万
    if number.multiplier == Some(8)
        && number.vague.is_none()
        && digit(text, number.range.end).is_some()
        && let Some(part) = read(text, number.range.end).filter(|part| part.multiplier == Some(4))
    {
        number.value = number.value.plus(part.value)?;
        number.range.end = part.range.end;
        (number.last, number.vague, number.multiplier) = (part.last, part.vague, part.multiplier);
    }
    Some(number)
}

fn group_of_three(text: &str, at: usize) -> bool {
    let is_digit = |n: usize| text.as_bytes().get(at + n).is_some_and(u8::is_ascii_digit);
    (0..3).all(is_digit) && !is_digit(3)
}
