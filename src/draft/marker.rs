//! Markers: the numbering that opens a heading or an item (`第一章`, `一、`, `（一）`, `1.`, `（1）`, `①`, `一是`).
//!
//! Forms and their order are GB/T 15834 附录B.3 and 《党政机关公文格式》 GB/T 9704 7.3.3 (一、→（一）→1.→（1）). Half-width
//! brackets and wrong separators still parse: they are for a rule to find, not a reason for blindness.

use crate::text::numeral::{self, NumeralForm, is_han_digit};
use std::ops::Range;

/// The form of a marker. The order is from the top of a report downwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Form {
    /// 第一部分, 第一编, 第一篇
    Part,
    /// 第一章
    Chapter,
    /// 第一节
    Section,
    /// 第一条
    Article,
    /// 一、
    HanComma,
    /// （一）
    HanParen,
    /// 1.
    ArabicDot,
    /// （1）, 1）
    ArabicParen,
    /// ①
    Circled,
    /// 第一，
    Ordinal,
    /// 一是
    Shi,
    /// 一要
    Yao,
}

impl Form {
    /// 部分, 章 and 节 stand on lines of their own: a long line that opens with one is a table of contents.
    pub fn is_structural(self) -> bool {
        matches!(self, Form::Part | Form::Chapter | Form::Section)
    }

    /// Forms that open an item inside running text rather than a section: they make no section of the outline.
    pub fn is_item(self) -> bool {
        matches!(self, Form::Ordinal | Form::Shi | Form::Yao)
    }
}

/// A marker at the start of a text. Ranges are bytes of that text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marker {
    pub form: Form,
    pub number: u32,
    pub numeral_form: NumeralForm,
    /// The numeral alone.
    pub numeral: Range<usize>,
    /// Where the text behind the marker starts.
    pub end: usize,
}

/// Reads the marker that `text` opens with.
pub fn parse(text: &str) -> Option<Marker> {
    let first = text.chars().next()?;
    match first {
        '第' => ordinal(text),
        '（' | '(' => parenthesised(text, first.len_utf8()),
        '①'..='⑳' | '㉑'..='㉟' | '㊱'..='㊿' => {
            marker(text, 0..first.len_utf8(), Form::Circled, first.len_utf8())
        }
        '0'..='9' | '０'..='９' => arabic(text),
        c if is_han_digit(c) => han(text),
        _ => None,
    }
}

/// No report numbers further; a larger number is a year, a code or a quantity.
pub const LARGEST: u32 = 199;

fn marker(text: &str, numeral: Range<usize>, form: Form, end: usize) -> Option<Marker> {
    let (number, numeral_form) = numeral::parse(&text[numeral.clone()])?;
    let plain = !text[numeral.clone()].starts_with(['两', '0', '０']);
    ((1..=LARGEST).contains(&number) && plain).then_some(Marker { form, number, numeral_form, numeral, end })
}

fn run(text: &str, from: usize, belongs: impl Fn(char) -> bool) -> usize {
    text[from..].find(|c| !belongs(c)).map_or(text.len(), |n| from + n)
}

fn is_digit(c: char) -> bool {
    matches!(c, '0'..='9' | '０'..='９')
}

fn ordinal(text: &str) -> Option<Marker> {
    let start = '第'.len_utf8();
    let end = run(text, start, |c| is_han_digit(c) || is_digit(c) || c == '〇');
    let rest = &text[end..];
    let behind = |word: &str, form: Form| {
        let after = rest.strip_prefix(word)?;
        // 第一节课, 第三条道路, 第二章程: a structural word is followed by a space, a mark or the line's end.
        let free = after.chars().next().is_none_or(|c| !crate::text::han::is_han(c));
        free.then(|| marker(text, start..end, form, end + word.len()))?
    };
    behind("部分", Form::Part)
        .or_else(|| behind("编", Form::Part))
        .or_else(|| behind("篇", Form::Part))
        .or_else(|| behind("章", Form::Chapter))
        .or_else(|| behind("节", Form::Section))
        .or_else(|| behind("条", Form::Article))
        .or_else(|| {
            let mark = rest.chars().next().filter(|c| matches!(c, '，' | ',' | '、'))?;
            marker(text, start..end, Form::Ordinal, end + mark.len_utf8())
        })
}

fn parenthesised(text: &str, start: usize) -> Option<Marker> {
    let end = run(text, start, |c| is_han_digit(c) || is_digit(c));
    let close = text[end..].chars().next().filter(|c| matches!(c, '）' | ')'))?;
    let form = if text[start..].starts_with(is_digit) { Form::ArabicParen } else { Form::HanParen };
    let mut behind = end + close.len_utf8();
    // A wrong separator behind the bracket belongs to the marker: （一）、
    behind = run(text, behind, |c| matches!(c, '、' | '.' | '．'));
    marker(text, start..end, form, behind)
}

fn arabic(text: &str) -> Option<Marker> {
    let end = run(text, 0, is_digit);
    let mark = text[end..].chars().next()?;
    let behind = end + mark.len_utf8();
    match mark {
        '）' | ')' => marker(text, 0..end, Form::ArabicParen, behind),
        '、' => marker(text, 0..end, Form::ArabicDot, behind),
        '.' | '．' => {
            // 3.5 is a number; 20.2026年10件民生实事 is item 20.
            let digits = run(text, behind, is_digit) - behind;
            let year = digits == 4 && text[behind + digits..].starts_with('年');
            (digits == 0 || year).then(|| marker(text, 0..end, Form::ArabicDot, behind))?
        }
        _ => None,
    }
}

fn han(text: &str) -> Option<Marker> {
    let end = run(text, 0, is_han_digit);
    let mark = text[end..].chars().next()?;
    let form = match mark {
        '、' | '.' | '．' => Form::HanComma,
        '是' => Form::Shi,
        '要' => Form::Yao,
        _ => return None,
    };
    // 三、四季度: a list of numerals, no marker.
    let behind = end + mark.len_utf8();
    let listed = form == Form::HanComma && {
        let next = run(text, behind, is_han_digit);
        next > behind
            && !text[next..].starts_with([
                '大', '个', '项', '条', '方', '是', '要', '年', '步', '体', '次', '流', '线', '起', '手', '路', '心',
                '以',
            ])
    };
    (!listed).then(|| marker(text, 0..end, form, behind))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_of_every_form() {
        let cases = [
            ("第一部分 回顾", Form::Part, 1),
            ("第十二章　总则", Form::Chapter, 12),
            ("第二节 目标", Form::Section, 2),
            ("第三条　本办法", Form::Article, 3),
            ("三、恪守", Form::HanComma, 3),
            ("（十一）加快", Form::HanParen, 11),
            ("(二) 加快", Form::HanParen, 2),
            ("（一）、加快", Form::HanParen, 1),
            ("1. 加快", Form::ArabicDot, 1),
            ("２．加快", Form::ArabicDot, 2),
            ("3、加快", Form::ArabicDot, 3),
            ("20.2026年10件民生实事", Form::ArabicDot, 20),
            ("（4）加快", Form::ArabicParen, 4),
            ("5）加快", Form::ArabicParen, 5),
            ("⑥加快", Form::Circled, 6),
            ("第一，加快", Form::Ordinal, 1),
            ("二是必须", Form::Shi, 2),
            ("三要加快", Form::Yao, 3),
        ];
        for (text, form, number) in cases {
            assert_eq!(parse(text).map(|m| (m.form, m.number)), Some((form, number)), "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_a_marker() {
        for text in [
            "3.5亿元",
            "三、四季度",
            "2026年",
            "第一节课",
            "第三条道路",
            "（上接第二版）",
            "一九九八、",
            "1998.",
            "两是",
            "（2021）",
            "十分重视",
            "一体推进",
            "0.5",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
