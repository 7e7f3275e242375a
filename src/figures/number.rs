//! Numbers as reports write them: `1,234.5`, `３.５`, `3.5万`, `68多万`, `一万二`, `廿三`, `二〇二一`, `三四`, `几十`, `3亿5000万`.
//!
//! This reads the number that starts at a place and knows nothing of units, words or sense. A Han character that counts
//! only together with another (万 of 万众一心) gives nothing.

use super::approximation::{Sense, WITHIN};
use super::decimal::Decimal;
use std::ops::Range;

/// The script of a number's digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Script {
    /// 3.5, ３.５, 3.5万
    Arabic,
    /// 三百二十一
    Han,
    /// 二〇二一, one character for each digit
    HanDigits,
}

/// A number and where it stands (bytes of the text).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    pub range: Range<usize>,
    pub value: Decimal,
    /// The larger of two neighbours: 三四 is 3 to 4.
    pub upper: Option<Decimal>,
    /// The power of ten of the last digit written: 4 for 40万, -1 for 98.7, -2 for 98.70. Half of it is the rounding.
    pub last: i16,
    /// 余, 多, 来 and 几 within or right behind; 几十 and 数百.
    pub vague: Option<(Sense, Range<usize>)>,
    pub script: Script,
    /// It has 十, 百, 千, 万 or 亿 behind digits: the power of ten of the last of these.
    pub multiplier: Option<i16>,
    /// The power of ten of all its multipliers: 12 for 3万亿, 0 for Han numerals below 万.
    pub power: i16,
}

/// More digits are a code; also, arithmetic on so many stays exact in 128 bits.
const MOST_DIGITS: usize = 15;

/// The digit at byte `at`, ASCII or full-width, and its length.
#[inline]
pub fn digit(text: &str, at: usize) -> Option<(u8, usize)> {
    match text.as_bytes().get(at..)? {
        [d @ b'0'..=b'9', ..] => Some((d - b'0', 1)),
        [0xEF, 0xBC, d @ 0x90..=0x99, ..] => Some((d - 0x90, 3)),
        _ => None,
    }
}

/// What a Han character is in a numeral.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    Digit(u8),
    /// 十, 百, 千 as powers of ten.
    Unit(i16),
    /// 廿, 卅
    Tens(u8),
    /// 万, 亿
    Myriad(i16),
}

#[inline]
fn sign(c: char) -> Option<Sign> {
    Some(match c {
        '零' | '〇' | '○' => Sign::Digit(0),
        '一' => Sign::Digit(1),
        '二' | '两' => Sign::Digit(2),
        '三' => Sign::Digit(3),
        '四' => Sign::Digit(4),
        '五' => Sign::Digit(5),
        '六' => Sign::Digit(6),
        '七' => Sign::Digit(7),
        '八' => Sign::Digit(8),
        '九' => Sign::Digit(9),
        '十' => Sign::Unit(1),
        '百' => Sign::Unit(2),
        '千' => Sign::Unit(3),
        '廿' => Sign::Tens(2),
        '卅' => Sign::Tens(3),
        '万' => Sign::Myriad(4),
        '亿' => Sign::Myriad(8),
        _ => return None,
    })
}

/// Whether `c` can open a Han numeral (几 and 数 only before 十, 百, 千, 万, 亿).
pub fn is_numeral(c: char) -> bool {
    sign(c).is_some()
}

fn char_at(text: &str, at: usize) -> Option<char> {
    text[at..].chars().next()
}

fn sign_at(text: &str, at: usize) -> Option<(Sign, usize)> {
    let c = char_at(text, at)?;
    Some((sign(c)?, c.len_utf8()))
}

/// The number at byte `at`.
pub fn read(text: &str, at: usize) -> Option<Number> {
    if digit(text, at).is_some() { arabic(text, at) } else { han(text, at).or_else(|| several(text, at)) }
}

fn arabic(text: &str, start: usize) -> Option<Number> {
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
        && let Some(part) = arabic(text, number.range.end).filter(|part| part.multiplier == Some(4))
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

/// 千 opens a unit here: 330千伏, 5千米.
fn opens_unit(text: &str, at: usize) -> bool {
    ["千瓦", "千克", "千米", "千伏", "千卡", "千帕", "千焦", "百帕", "千字节"]
        .iter()
        .any(|unit| text[at..].starts_with(unit))
}

/// Takes 余, 多, 来, 几 and the multipliers behind a number.
fn multiply(text: &str, number: &mut Number) {
    vague(text, number);
    let (mut end, mut power) = (number.range.end, 0i16);
    while let Some((Sign::Unit(by) | Sign::Myriad(by), length)) = sign_at(text, end)
        && !opens_unit(text, end)
        && power + by <= 16
    {
        end += length;
        power += by;
        number.multiplier = Some(by);
    }
    if power > 0 {
        number.value = number.value.shifted(power);
        number.upper = number.upper.map(|upper| upper.shifted(power));
        number.last += power;
        number.power = power;
        number.range.end = end;
        if number.vague.is_none() {
            vague(text, number);
        }
    }
}

/// 余, 多 and the like right behind. 来 and 几 need a round number before them (十来个, 十几个), or they are words.
fn vague(text: &str, number: &mut Number) {
    let at = number.range.end;
    let Some(c) = char_at(text, at).filter(|c| WITHIN.contains(c)) else { return };
    let round = number.value.exponent() > 0;
    let next = char_at(text, at + c.len_utf8());
    let fits = match c {
        '来' => {
            round
                && next.is_some_and(|c| {
                    matches!(
                        c,
                        '个' | '人'
                            | '名'
                            | '岁'
                            | '天'
                            | '年'
                            | '种'
                            | '家'
                            | '户'
                            | '位'
                            | '万'
                            | '件'
                            | '次'
                            | '场'
                            | '项'
                            | '条'
                            | '亩'
                            | '里'
                            | '公'
                            | '元'
                    )
                })
        }
        '几' => round && number.script == Script::Han,
        // 三多 and 五余 are no numbers; 3多 is none either, but 3多万 is.
        '余' => round || number.script == Script::Arabic || number.multiplier.is_some(),
        _ => {
            (round || number.script == Script::Arabic || number.multiplier.is_some())
                && next.is_none_or(|c| !matches!(c, '样' | '元' | '渠' | '党' | '层' | '方' | '维' | '点'))
                || (round && next == Some('元'))
        }
    };
    if fits {
        number.vague = Some((Sense::Over, at..at + c.len_utf8()));
        number.range.end = at + c.len_utf8();
    }
}

/// 几十, 数百, 几百万.
fn several(text: &str, start: usize) -> Option<Number> {
    let word = char_at(text, start).filter(|c| matches!(c, '几' | '数'))?;
    let mut end = start + word.len_utf8();
    let mut number = Number {
        range: start..end,
        value: Decimal::integer(2),
        upper: None,
        last: 0,
        vague: Some((Sense::Several, start..end)),
        script: Script::Han,
        multiplier: None,
        power: 0,
    };
    let mut power = 0;
    while let Some((Sign::Unit(by) | Sign::Myriad(by), length)) = sign_at(text, end)
        && power + by <= 16
    {
        end += length;
        power += by;
        number.multiplier = Some(by);
    }
    (number.range.end, number.value, number.last) = (end, number.value.shifted(power), power);
    (power > 0).then_some(number)
}

/// 百余件, 超千亿元: multipliers without digits before them. Only a word before or behind makes them a number.
pub fn bare(text: &str, start: usize) -> Option<Number> {
    sign_at(text, start).filter(|(sign, _)| !matches!(sign, Sign::Digit(_) | Sign::Tens(_)))?;
    let mut number = Number {
        range: start..start,
        value: Decimal::integer(1),
        upper: None,
        last: 0,
        vague: None,
        script: Script::Han,
        multiplier: None,
        power: 0,
    };
    multiply(text, &mut number);
    number.multiplier.is_some().then_some(number)
}

/// Reads a Han numeral: as one number, as digits one by one, or as two neighbours.
fn han(text: &str, start: usize) -> Option<Number> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::numeral::{self, NumeralForm};
    use chinese_number::{ChineseCase, ChineseCountMethod, ChineseVariant, NumberToChinese};
    use proptest::prelude::*;

    /// The number at the start of `text` as value, upper value, and how many characters it takes.
    fn shown(text: &str) -> Option<String> {
        let number = read(text, 0)?;
        let upper = number.upper.map(|u| format!("-{u}")).unwrap_or_default();
        let vague = if number.vague.is_some() { "+" } else { "" };
        Some(format!("{}{upper}{vague} {}", number.value, &text[number.range]))
    }

    #[test]
    fn numbers_read_as_written() {
        let cases = [
            ("3.5万亩", "35000 3.5万"),
            ("68多万元", "680000+ 68多万"),
            ("9万余字", "90000+ 9万余"),
            ("1.2亿元", "120000000 1.2亿"),
            ("1,234,567人", "1234567 1,234,567"),
            ("12,34", "12 12"),
            ("３．５％", "3.5 ３．５"),
            ("3亿5000万元", "350000000 3亿5000万"),
            ("330千伏", "330 330"),
            ("5万千瓦", "50000 5万"),
            ("三百二十一个", "321 三百二十一"),
            ("一万二", "12000 一万二"),
            ("三百二", "320 三百二"),
            ("三千五", "3500 三千五"),
            ("三百零二", "302 三百零二"),
            ("廿三日", "23 廿三"),
            ("两个", "2 两"),
            ("二〇二一年", "2021 二〇二一"),
            ("三四个", "3-4 三四"),
            ("两三个", "2-3 两三"),
            ("十五六个", "15-16 十五六"),
            ("七八十个", "70-80 七八十"),
            ("三四百人", "300-400 三四百"),
            ("二三十万", "200000-300000 二三十万"),
            ("十多万人", "100000+ 十多万"),
            ("十几个", "10+ 十几"),
            ("十来个", "10+ 十来"),
            ("一百余件", "100+ 一百余"),
            ("几十个", "20+ 几十"),
            ("数百万元", "2000000+ 数百万"),
            ("一万亿", "1000000000000 一万亿"),
            ("三亿五千万", "350000000 三亿五千万"),
            ("1.5万亿", "1500000000000 1.5万亿"),
            ("一点五倍", "1.5 一点五"),
            ("两点一线", "2 两"),
            ("3千", "3000 3千"),
        ];
        for (text, expected) in cases {
            assert_eq!(shown(text).as_deref(), Some(expected), "{text}");
        }
        for text in ["万众一心", "百年", "千方百计", "零", "亿", "数字", "几点", "1234567890123456"] {
            assert_eq!(shown(text), None, "{text}");
        }
    }

    fn whole(text: &str) -> Option<i128> {
        read(text, 0).filter(|n| n.range.end == text.len() && n.upper.is_none()).and_then(|n| n.value.whole())
    }

    proptest! {
        #[test]
        fn what_is_printed_reads_back(n in 1u32..10_000) {
            for form in [NumeralForm::Han, NumeralForm::Arabic, NumeralForm::FullWidth] {
                let text = numeral::print(n, form).unwrap();
                prop_assert_eq!(whole(&text), Some(i128::from(n)), "{}", text);
            }
        }

        #[test]
        fn han_integers_read_as_another_program_writes_them(n in 1u64..1_000_000_000_000, small in 1u64..1_000_000) {
            for n in [n, small] {
                let text = n.to_chinese(ChineseVariant::Simple, ChineseCase::Lower, ChineseCountMethod::TenThousand).unwrap();
                prop_assert_eq!(whole(&text), Some(i128::from(n)), "{}", text);
            }
        }

        #[test]
        fn decimals_with_multipliers_are_exact(n in 0i64..1_000_000_000, places in 0i16..4, power in 0usize..4) {
            let (name, by) = [("", 0), ("万", 4), ("亿", 8), ("万亿", 12)][power];
            let value = Decimal::new(i128::from(n), -places);
            let text = format!("{value}{name}");
            prop_assert_eq!(read(&text, 0).map(|n| n.value), Some(value.shifted(by)), "{}", text);
        }

        #[test]
        fn any_text_is_read_without_a_panic(text in "[0-9０-９零〇一二两三四五六七八九十百千万亿廿半几数余多来点分之,.．%a 个]{0,16}") {
            for (at, _) in text.char_indices() {
                if let Some(number) = read(&text, at) {
                    prop_assert!(number.range.start == at && number.range.end > at);
                    prop_assert!(text.get(number.range).is_some());
                }
            }
        }
    }
}
