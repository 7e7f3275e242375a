//! Han numerals: 三百二十一, 一万二, 廿三, 二〇二一, 三四, 九十八点七.

use super::multiplier::multiply;
use super::sign::{Sign, sign_at};
use super::{Decimal, MOST_DIGITS, Number, Script};
use std::ops::Range;

/// The numeral at byte `start`: as one number, as digits one by one, or as two neighbours.
pub fn read(text: &str, start: usize) -> Option<Number> {
    let mut reader = Han { text, at: start, ..Han::default() };
    let number = |range: Range<usize>, value, upper, last, script, multiplier| Number {
        range,
        value: Decimal::integer(value),
        upper,
        last,
        vague: None,
        script,
        multiplier,
        power: 0,
    };
    if let Some((value, end)) = digits(text, start) {
        return Some(number(start..end, value, None, 0, Script::HanDigits, None));
    }
    reader.number()?;
    let (value, last) = (reader.total.checked_add(reader.section)?, reader.last);
    let upper = reader.upper.then(|| Decimal::new(1, last)).and_then(|step| Decimal::integer(value).plus(step));
    if value == 0 {
        return None;
    }
    let mut number = number(start..reader.at, value, upper, last, Script::Han, reader.multiplier);
    decimals(text, &mut number);
    multiply(text, &mut number);
    Some(number)
}

/// 二〇二一: at least three characters, all digits.
fn digits(text: &str, start: usize) -> Option<(i128, usize)> {
    let (mut end, mut value, mut count) = (start, 0i128, 0);
    while let Some((Sign::Digit(digit), length)) = sign_at(text, end) {
        (value, end, count) = (value * 10 + i128::from(digit), end + length, count + 1);
        if count > MOST_DIGITS {
            return None;
        }
    }
    (count >= 3 && !matches!(sign_at(text, end), Some((Sign::Unit(_) | Sign::Tens(_), _)))).then_some((value, end))
}

/// 九十八点七, where what follows shows that 点 is the decimal point.
fn decimals(text: &str, number: &mut Number) {
    let point = number.range.end;
    if !text[point..].starts_with('点') || number.upper.is_some() {
        return;
    }
    let (mut end, mut places, mut value) = (point + '点'.len_utf8(), 0i16, number.value);
    while let Some((Sign::Digit(digit), length)) = sign_at(text, end).filter(|_| places < 6) {
        places += 1;
        let Some(sum) = value.plus(Decimal::new(i128::from(digit), -places)) else { return };
        (value, end) = (sum, end + length);
    }
    let behind = ["万", "亿", "倍", "个百分点", "成", "公里", "米", "吨", "元", "%", "％"];
    let of_hundred = text[..number.range.start].ends_with("分之");
    if places > 0 && (of_hundred || behind.iter().any(|unit| text[end..].starts_with(unit))) {
        (number.value, number.last, number.range.end) = (value, -places, end);
    }
}

/// The positional reading of Han numerals.
#[derive(Default)]
struct Han<'t> {
    text: &'t str,
    at: usize,
    /// Above the section that is being read.
    total: i128,
    section: i128,
    last: i16,
    multiplier: Option<i16>,
    upper: bool,
}

impl Han<'_> {
    fn number(&mut self) -> Option<()> {
        let (mut above, mut any) = (i16::MAX, false);
        loop {
            let before = self.at;
            let read = self.section();
            let Some((Sign::Myriad(power), length)) = sign_at(self.text, self.at).filter(|_| read && !self.is_done())
            else {
                if !read {
                    self.at = before;
                }
                any |= read;
                break;
            };
            if power >= above {
                // 三万亿: the whole so far is multiplied.
                if any && self.section == 0 {
                    self.total = self.total.checked_mul(10i128.pow(power as u32))?;
                }
                break;
            }
            self.section = self.section.checked_mul(10i128.pow(power as u32))?;
            self.total = self.total.checked_add(std::mem::take(&mut self.section))?;
            (self.at, any, above) = (self.at + length, true, power);
            (self.last, self.multiplier) = (self.last + power, Some(power));
            if self.upper {
                break;
            }
            // 两万亿
            if let Some((Sign::Myriad(more), length)) =
                sign_at(self.text, self.at).filter(|(s, _)| *s == Sign::Myriad(8) && power == 4)
            {
                self.total = self.total.checked_mul(10i128.pow(more as u32))?;
                (self.at, self.last, self.multiplier) = (self.at + length, self.last + more, Some(more));
                break;
            }
        }
        any.then_some(())
    }

    /// Nothing can follow: 一万二 has given its last digit a place of its own.
    fn is_done(&self) -> bool {
        self.upper && self.multiplier.is_some()
    }

    /// Reads below 万. False if there is no number here.
    fn section(&mut self) -> bool {
        let (mut value, mut pending, mut unit, mut zero) = (0i128, None::<u8>, 4i16, false);
        let mut any = false;
        let mut last = 0i16;
        let after_myriad = self.total > 0;
        while let Some((sign, length)) = sign_at(self.text, self.at) {
            match sign {
                Sign::Digit(0) => {
                    if pending.is_some() || zero || (!any && !after_myriad) {
                        break;
                    }
                    zero = true;
                }
                Sign::Digit(digit) => match pending {
                    // 三四 and 七八十: two neighbours; 一二 is none (一二三产业), 一两 and 两三 are.
                    Some(before) if digit == before + 1 && !self.upper => {
                        if self.neighbours_end(length) {
                            self.upper = true;
                        } else {
                            break;
                        }
                    }
                    Some(_) => break,
                    None => (pending, any) = (Some(digit), true),
                },
                Sign::Tens(tens) => {
                    if any {
                        break;
                    }
                    (value, unit, any, last) = (i128::from(tens) * 10, 1, true, 1);
                }
                Sign::Unit(power) => {
                    if power >= unit {
                        break;
                    }
                    let count = match pending.take() {
                        Some(digit) => digit,
                        None if power == 1 && !any && !zero && !after_myriad => 1,
                        None => break,
                    };
                    value += i128::from(count) * 10i128.pow(power as u32);
                    (unit, zero, any, last) = (power, false, true, power);
                    if self.upper {
                        self.at += length;
                        break;
                    }
                }
                Sign::Myriad(_) => break,
            }
            self.at += length;
        }
        if let Some(digit) = pending {
            // 三百二 is 320, 一万二 is 12000; 三百零二 is 302.
            let followed = matches!(sign_at(self.text, self.at), Some((Sign::Myriad(_), _)));
            let place = match () {
                () if zero || followed => 0,
                () if (2..4).contains(&unit) => unit - 1,
                () if after_myriad && unit == 4 => self.multiplier.unwrap_or(1) - 1,
                () => 0,
            };
            value += i128::from(digit) * 10i128.pow(place as u32);
            last = place;
        }
        self.section = value;
        if any {
            self.last = last;
        }
        any
    }

    /// Whether behind the second neighbour, `length` bytes on, no further digit stands: 三四五 is a list.
    fn neighbours_end(&self, length: usize) -> bool {
        !matches!(sign_at(self.text, self.at + length), Some((Sign::Digit(_), _)))
    }
}
