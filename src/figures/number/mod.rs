//! Numbers as reports write them: `1,234.5`, `３.５`, `3.5万`, `68多万`, `一万二`, `廿三`, `二〇二一`, `三四`, `几十`, `3亿5000万`.
//!
//! This reads the number that starts at a place and knows nothing of units, words or sense. A Han character that counts
//! only together with another (万 of 万众一心) gives nothing.

mod arabic;
mod han;
mod multiplier;
mod sign;

pub use multiplier::bare;
pub use sign::is_numeral;

use super::approximation::Sense;
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

/// The number at byte `at`.
pub fn read(text: &str, at: usize) -> Option<Number> {
    match digit(text, at) {
        Some(_) => arabic::read(text, at),
        None => han::read(text, at).or_else(|| multiplier::several(text, at)),
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
