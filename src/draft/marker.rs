//! Markers: the numbering that opens a heading or an item (`第一章`, `一、`, `（一）`, `1.`, `（1）`, `①`, `一是`).
//!
//! Forms and their order are GB/T 15834 附录B.3 and 《党政机关公文格式》 GB/T 9704 7.3.3 (一、→（一）→1.→（1）). Half-width
//! brackets and wrong separators still parse: they are for a rule to find, not a reason for blindness.

use crate::text::han::{is_han, is_space};
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

    /// The form by its first member, as `hegao outline` names it.
    pub fn first(self) -> &'static str {
        match self {
            Form::Part => "第一部分",
            Form::Chapter => "第一章",
            Form::Section => "第一节",
            Form::Article => "第一条",
            Form::HanComma => "一、",
            Form::HanParen => "（一）",
            Form::ArabicDot => "1.",
            Form::ArabicParen => "（1）",
            Form::Circled => "①",
            Form::Ordinal => "第一，",
            Form::Shi => "一是",
            Form::Yao => "一要",
        }
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
    /// How it is set off: members of one chain are set off alike.
    pub mark: Mark,
    /// Its last character, and the one behind it: what separates it from its text, rightly or not.
    pub last: char,
    pub next: Option<char>,
    /// It opens with a half-width bracket.
    pub is_narrow: bool,
    /// It may as well be the start of a number (`2.5G基站`) or of a list of numerals (`二、三季度安排`): only the numbering
    /// around can tell.
    pub is_doubtful: bool,
}

impl Marker {
    /// What is written at `range` of the text, which holds the marker, with its number set to one: `1、` of `3、`.
    pub fn set_to_one<'t>(&self, text: &'t str, range: Range<usize>) -> std::borrow::Cow<'t, str> {
        let numeral = self.numeral.clone();
        let one = match text[numeral.clone()].chars().next() {
            // ① is its own numeral.
            _ if self.form == Form::Circled => "①",
            Some(c) if is_han(c) => "一",
            _ => "1",
        };
        match range.start <= numeral.start && numeral.end <= range.end {
            true => (text[range.start..numeral.start].to_owned() + one + &text[numeral.end..range.end]).into(),
            false => text[range].into(),
        }
    }
}

/// What sets a marker off from its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mark {
    /// 一、 1、
    Comma,
    /// 一. 1.
    Dot,
    /// （一）
    Brackets,
    /// 1）
    CloseBracket,
    /// 第一章, ①, 一是: the word itself.
    Word,
}

/// Reads the marker that `text` opens with.
pub fn parse(text: &str) -> Option<Marker> {
    let first = text.chars().next()?;
    match first {
        '第' => ordinal(text),
        '（' | '(' => parenthesised(text, first.len_utf8()),
        '①'..='⑳' | '㉑'..='㉟' | '㊱'..='㊿' => {
            marker(text, 0..first.len_utf8(), Form::Circled, Mark::Word, first.len_utf8())
        }
        '0'..='9' | '０'..='９' => arabic(text),
        c if is_han_digit(c) => han(text),
        _ => None,
    }
}

/// No report numbers further; a larger number is a year, a code or a quantity.
pub const LARGEST: u32 = 199;

/// A marker with words behind it; a number alone on its line is a table cell or a page number.
fn marker(text: &str, numeral: Range<usize>, form: Form, mark: Mark, end: usize) -> Option<Marker> {
    let (number, numeral_form) = numeral::parse(&text[numeral.clone()])?;
    let plain = !text[numeral.clone()].starts_with(['两', '0', '０']) && (1..=LARGEST).contains(&number);
    let has_words = form.is_structural() || !text[end..].trim_start_matches(is_space).is_empty();
    let (last, next) = (text[..end].chars().next_back()?, text[end..].chars().next());
    let is_narrow = text.starts_with('(');
    let marker = Marker { form, number, numeral_form, numeral, end, mark, last, next, is_narrow, is_doubtful: false };
    (plain && has_words).then_some(marker)
}

fn run(text: &str, from: usize, belongs: impl Fn(char) -> bool) -> usize {
    text[from..].find(|c| !belongs(c)).map_or(text.len(), |n| from + n)
}

fn is_digit(c: char) -> bool {
    matches!(c, '0'..='9' | '０'..='９')
}

fn ordinal(text: &str) -> Option<Marker> {
    let start = '第'.len_utf8();
    let end = run(text, start, |c| is_han_digit(c) || is_digit(c));
    let rest = &text[end..];
    let behind = |word: &str, form: Form| {
        let after = rest.strip_prefix(word)?;
        // 第一节课, 第三条道路, 第二章程: a structural word is followed by a space, a mark or the line's end.
        let free = after.chars().next().is_none_or(|c| !is_han(c));
        free.then(|| marker(text, start..end, form, Mark::Word, end + word.len()))?
    };
    behind("部分", Form::Part)
        .or_else(|| behind("编", Form::Part))
        .or_else(|| behind("篇", Form::Part))
        .or_else(|| behind("章", Form::Chapter))
        .or_else(|| behind("节", Form::Section))
        .or_else(|| behind("条", Form::Article))
        .or_else(|| {
            let mark = rest.chars().next().filter(|c| matches!(c, '，' | ',' | '、'))?;
            marker(text, start..end, Form::Ordinal, Mark::Word, end + mark.len_utf8())
        })
}

/// Layout spaces may stand inside the brackets and before a separator: （二 ）, 二 、.
fn parenthesised(text: &str, open: usize) -> Option<Marker> {
    let start = run(text, open, is_space);
    let end = run(text, start, |c| is_han_digit(c) || is_digit(c));
    let close_at = run(text, end, is_space);
    let close = text[close_at..].chars().next().filter(|c| matches!(c, '）' | ')'))?;
    let form = if text[start..].starts_with(is_digit) { Form::ArabicParen } else { Form::HanParen };
    // A wrong separator behind the bracket belongs to the marker: （一）、
    let behind = run(text, close_at + close.len_utf8(), |c| matches!(c, '、' | '.' | '．'));
    marker(text, start..end, form, Mark::Brackets, behind)
}

fn arabic(text: &str) -> Option<Marker> {
    let end = run(text, 0, is_digit);
    let mark_at = run(text, end, is_space);
    let mark = text[mark_at..].chars().next()?;
    let behind = mark_at + mark.len_utf8();
    let digits = run(text, behind, is_digit) - behind;
    match mark {
        '）' | ')' => marker(text, 0..end, Form::ArabicParen, Mark::CloseBracket, behind),
        // 1、2月份 may be January and February.
        '、' => {
            let marker = marker(text, 0..end, Form::ArabicDot, Mark::Comma, behind)?;
            Some(Marker { is_doubtful: digits > 0, ..marker })
        }
        '.' | '．' => {
            // 3.5亿元 is a number and 2.5G基站 may be item 2; 20.2026年10件民生实事 is item 20.
            let year = digits == 4 && text[behind + digits..].starts_with('年');
            let marker = marker(text, 0..end, Form::ArabicDot, Mark::Dot, behind)?;
            Some(Marker { is_doubtful: digits > 0 && !year, ..marker })
        }
        _ => None,
    }
}

/// What stands behind the last of some listed numerals: 三、四季度; 二、三产业; 一、二线岗位.
const LISTED: [&str; 16] =
    ["季度", "季", "月", "级", "产业", "线", "年级", "类", "期", "楼", "轮", "班", "区", "层", "等", "、"];

fn han(text: &str) -> Option<Marker> {
    let end = run(text, 0, is_han_digit);
    let mark_at = run(text, end, is_space);
    let mark = text[mark_at..].chars().next()?;
    let behind = mark_at + mark.len_utf8();
    match mark {
        '、' => {
            let next = run(text, behind, is_han_digit);
            let listed = next > behind && LISTED.iter().any(|word| text[next..].starts_with(word));
            let marker = marker(text, 0..end, Form::HanComma, Mark::Comma, behind)?;
            Some(Marker { is_doubtful: listed, ..marker })
        }
        '.' | '．' => marker(text, 0..end, Form::HanComma, Mark::Dot, behind),
        // 二，存在问题: a wrong separator, or a sentence.
        '，' | '：' if mark_at == end => {
            let marker = marker(text, 0..end, Form::HanComma, Mark::Comma, behind)?;
            Some(Marker { is_doubtful: true, ..marker })
        }
        '是' if mark_at == end => marker(text, 0..end, Form::Shi, Mark::Word, behind),
        '要' if mark_at == end => marker(text, 0..end, Form::Yao, Mark::Word, behind),
        _ => None,
    }
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
            ("（二 ）加快", Form::HanParen, 2),
            ("二 、加快", Form::HanComma, 2),
            ("二、三农工作", Form::HanComma, 2),
            ("二、十四五时期发展成就", Form::HanComma, 2),
            ("二、二○二六年工作", Form::HanComma, 2),
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
            "1.",
            "三、",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn some_markers_only_their_chain_can_tell() {
        for text in ["3.5亿元", "2.10件民生实事", "1、2月份", "三、四季度", "一、二线岗位人员", "二、三季度安排"]
        {
            assert!(parse(text).is_some_and(|m| m.is_doubtful), "{text}");
        }
        assert!(parse("20.2026年10件民生实事").is_some_and(|m| !m.is_doubtful));
    }
}
