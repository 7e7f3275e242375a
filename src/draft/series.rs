//! Series of items inside one paragraph: `一是…；二是…；三是…`, `第一，…第二，…`, `首先，…其次，…`, `（1）…（2）…`.
//!
//! Only where an item can stand is looked: at the paragraph's start, or behind a mark. What stands in quotes is somebody
//! else's, what stands in brackets is an aside. `一方面…另一方面` and `一来…二来` have no numbers to go wrong.

use super::marker::{self, Form};
use crate::text::han::{count_han, is_han};
use crate::text::numeral::{self, NumeralForm, is_han_digit};
use std::ops::Range;

/// How an item is numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Style {
    /// 一是
    Shi,
    /// 一要
    Yao,
    /// 第一，
    Ordinal,
    /// 其一，
    Qi,
    /// 首先，其次，再次，
    Words,
    /// （一）
    HanParen,
    /// （1）
    ArabicParen,
    /// ①
    Circled,
    /// 一、 and 1.: they make no series inside a paragraph, but may stand for an item of one.
    Section,
}

/// An item of a series. Ranges are bytes of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub style: Style,
    pub number: u32,
    /// The marker with the comma that belongs to it.
    pub marker: Range<usize>,
    /// The numeral alone; of 首先 the word.
    pub numeral: Range<usize>,
    pub numeral_form: NumeralForm,
    /// What it stands behind; `None` at the paragraph's start.
    pub behind: Option<char>,
    /// It stands behind a word and not behind a mark (`要一是…`): only what follows can tell that it is an item.
    pub is_soft: bool,
    /// Han characters up to the next item.
    pub han: usize,
}

/// Words that number, with the numbers they stand for.
const WORDS: [(&str, u32); 3] = [("首先", 1), ("其次", 2), ("再次", 3)];

impl Style {
    /// Whether items of this style make a series whose numbers can be checked.
    pub fn is_numbered(self) -> bool {
        !matches!(self, Style::Words | Style::Section)
    }

    /// Item `number` in this style; `None` where there is no such marker.
    pub fn print(self, number: u32) -> Option<String> {
        let han = || numeral::print(number, NumeralForm::Han);
        match self {
            Style::Shi => han().map(|n| format!("{n}是")),
            Style::Yao => han().map(|n| format!("{n}要")),
            Style::Ordinal => han().map(|n| format!("第{n}，")),
            Style::Qi => han().map(|n| format!("其{n}，")),
            Style::Words => WORDS.iter().find(|(_, n)| *n == number).map(|(word, _)| format!("{word}，")),
            Style::HanParen => han().map(|n| format!("（{n}）")),
            Style::ArabicParen => Some(format!("（{number}）")),
            Style::Circled => numeral::print(number, NumeralForm::Circled),
            Style::Section => None,
        }
    }

    fn of(form: Form) -> Option<Style> {
        Some(match form {
            Form::Shi => Style::Shi,
            Form::Yao => Style::Yao,
            Form::Ordinal => Style::Ordinal,
            Form::HanParen => Style::HanParen,
            Form::ArabicParen => Style::ArabicParen,
            Form::Circled => Style::Circled,
            Form::HanComma | Form::ArabicDot => Style::Section,
            Form::Part | Form::Chapter | Form::Section | Form::Article => return None,
        })
    }
}

/// The items of `text`, a paragraph without layout, in order.
pub fn items(text: &str) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    let (mut at, mut before) = (0, None::<char>);
    // Open quotes and brackets; a straight quote opens and closes in turn.
    let (mut quotes, mut brackets, mut straight) = (0u32, 0u32, false);
    while let Some(c) = text[at..].chars().next() {
        let is_free = quotes == 0 && brackets == 0 && !straight;
        if is_free && let Some(item) = item(text, at, before) {
            (at, before) = (item.marker.end, text[..item.marker.end].chars().next_back());
            items.push(item);
            continue;
        }
        match c {
            '“' | '‘' | '《' | '「' => quotes += 1,
            '”' | '’' | '》' | '」' => quotes = quotes.saturating_sub(1),
            '"' => straight = !straight,
            '（' | '(' | '【' | '〔' | '[' => brackets += 1,
            '）' | ')' | '】' | '〕' | ']' => brackets = brackets.saturating_sub(1),
            _ => {}
        }
        (at, before) = (at + c.len_utf8(), Some(c));
    }
    let ends: Vec<usize> = items.iter().skip(1).map(|i| i.marker.start).chain([text.len()]).collect();
    for (item, end) in items.iter_mut().zip(ends) {
        item.han = count_han(&text[item.marker.end..end]);
    }
    items
}

fn item(text: &str, at: usize, before: Option<char>) -> Option<Item> {
    let rest = &text[at..];
    let first = rest.chars().next()?;
    let can_open = matches!(first, '第' | '其' | '首' | '再' | '（' | '(' | '①'..='⑳')
        || is_han_digit(first)
        || first.is_ascii_digit();
    if !can_open {
        return None;
    }
    let read = word(rest).or_else(|| {
        let marker = marker::parse(rest).filter(|m| !m.is_doubtful)?;
        let style = Style::of(marker.form)?;
        Some((style, marker.number, marker.numeral, marker.numeral_form, marker.end))
    });
    let (style, number, numeral, numeral_form, end) = read?;
    if !stands_free(style, before) {
        // 要一是…；二是…: the first may stand behind a word.
        let is_soft =
            number == 1 && matches!(style, Style::Shi | Style::Yao | Style::Ordinal) && before.is_some_and(can_lead);
        if !is_soft {
            return None;
        }
    }
    if is_saying(style, &rest[numeral.clone()], &rest[end..]) {
        return None;
    }
    Some(Item {
        style,
        number,
        marker: at..at + end,
        numeral: at + numeral.start..at + numeral.end,
        numeral_form,
        behind: before,
        is_soft: !stands_free(style, before),
        han: 0,
    })
}

type Read = (Style, u32, Range<usize>, NumeralForm, usize);

/// 首先， 其次， 其一，: with the mark behind them, or before 是 and 要, which stay.
fn word(rest: &str) -> Option<Read> {
    let (style, number, numeral) = match WORDS.iter().find(|(word, _)| rest.starts_with(word)) {
        Some((word, number)) => (Style::Words, *number, 0..word.len()),
        None => {
            let digits = rest.strip_prefix('其')?;
            let length = digits.find(|c| !is_han_digit(c)).unwrap_or(digits.len());
            let start = '其'.len_utf8();
            (Style::Qi, numeral::parse(&digits[..length])?.0, start..start + length)
        }
    };
    let mark = rest[numeral.end..].chars().next().filter(|c| matches!(c, '，' | ',' | '、' | '：' | ':' | '是'))?;
    let end = numeral.end + mark.len_utf8();
    Some((style, number, numeral, NumeralForm::Han, end))
}

/// Whether an item can stand behind `before`. 排名第一、第二 and “百强县”第二， are no items.
fn stands_free(style: Style, before: Option<char>) -> bool {
    let Some(before) = before else { return true };
    match before {
        '。' | '；' | '：' | '！' | '？' | '…' | ';' | ':' | '!' | '?' | '，' | ',' => true,
        '、' | '”' | '’' | '"' | '）' | ')' | '》' | '】' | '—' => {
            !matches!(style, Style::Ordinal | Style::Section)
        }
        _ => false,
    }
}

/// 唯一是, 之一是, 第一是, 十一是 are no first items.
fn can_lead(before: char) -> bool {
    is_han(before)
        && !is_han_digit(before)
        && !matches!(before, '第' | '唯' | '之' | '统' | '同' | '其' | '单' | '专' | '如' | '归' | '合' | '万' | '初')
}

/// 一是一，二是二, 十要十不要 and 三要素 say something else; 第一、第二产业 lists numerals.
fn is_saying(style: Style, numeral: &str, behind: &str) -> bool {
    let again = || {
        let rest = behind.strip_prefix(numeral)?.chars().next();
        Some(rest.is_none_or(|c| !is_han(c) || c == '不'))
    };
    match style {
        Style::Shi => again().unwrap_or(false),
        Style::Yao => again().unwrap_or(false) || behind.starts_with(['素', '务', '闻', '塞', '害']),
        Style::Ordinal => behind.starts_with('第'),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let each =
            items(text).into_iter().map(|i| format!("{:?}{}{}", i.style, i.number, if i.is_soft { "?" } else { "" }));
        each.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn items_stand_at_the_start_and_behind_marks() {
        for (text, wanted) in [
            ("要做到：一是学；二是做，三要改。", "Shi1 Shi2 Yao3"),
            ("首先，学。其次是做。第三，改。其四，", "Words1 Words2 Ordinal3 Qi4"),
            ("（一）学（1）甲；（2）乙。（二）做", "HanParen1 ArabicParen2 HanParen2"),
            ("要一是学；二是做。", "Shi1? Shi2"),
            ("包括：①甲；②乙", "Circled1 Circled2"),
        ] {
            assert_eq!(shown(text), wanted, "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_an_item() {
        for text in [
            "一是一，二是二。",
            "落实“十要十不要”，十要十不要。",
            "发展第一要务，居全国第二位。",
            "第一、第二产业",
            "讲话指出，“一是学；二是做”。",
            "他的目标之一是学，唯一是做。",
            "首先感谢大家，再次来到这里。",
            "一方面学，另一方面做。",
            "（其中：一是学；二是做）",
        ] {
            assert_eq!(shown(text), "", "{text}");
        }
    }
}
