//! Announced counts (总括数): `重点做好六个方面工作：`, `做到三点：一是…二是…三是…`.
//!
//! Only the plain form is read: a whole number, a word for an item, at most a short noun, and a colon. `十余个`, `三四个`,
//! “四个意识” and anything behind 等 or 第 are not announcements of a list that follows.

use crate::draft::marker::{self, Form};
use crate::text::numeral::{self, NumeralForm, is_han_digit};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// An announced count. Ranges are bytes of the block's content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announced {
    pub count: u32,
    pub numeral: Range<usize>,
    pub form: NumeralForm,
    /// From the numeral to the colon, the colon left out: `六个方面工作`.
    pub phrase: Range<usize>,
    pub list: List,
}

/// Where the announced list stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum List {
    /// In the blocks behind: the colon ends the block.
    Below,
    /// In the same block: its items' form, and how many there are, numbered without a gap from 1.
    Inline { form: Form, items: u32 },
}

/// A count, its item word, a noun of up to ten characters, a colon. The noun holds no mark, no digit, no quote.
static ANNOUNCEMENT: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r#"([零一二两三四五六七八九十百]{1,4}|[0-9０-９]{1,3})(个方面|方面|项|点|条|个|大|类|件)([^，。；：、,;:“”"‘’（）()《》\d等\s]{0,10})[：:]"#;
    Regex::new(pattern).unwrap_or_else(|e| unreachable!("a constant pattern: {e}"))
});

/// A Han numeral with an item word: another count.
static COUNTED: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = "[一二两三四五六七八九十百]+(?:个|项|条|大|类|件|点|次)";
    Regex::new(pattern).unwrap_or_else(|e| unreachable!("a constant pattern: {e}"))
});

/// Nouns for the items of a list that a text sets out. A count of anything else (`提案42件：`, `重点项目12个：`) is a
/// quantity, and what follows are its parts.
const LISTED: [&str; 40] = [
    "方面", "任务", "工作", "措施", "举措", "问题", "要求", "意见", "建议", "重点", "原则", "目标", "行动", "做法",
    "体会", "经验", "认识", "启示", "抓手", "环节", "关系", "转变", "突破", "提升", "坚持", "必须", "保障", "机制",
    "特点", "短板", "不足", "对策", "结合", "统筹", "聚焦", "注重", "强化", "到位", "关键", "内容",
];

/// A bare `三点：` announces a list only behind one of these: `上午九点：` does not.
const BEFORE_POINTS: [&str; 10] = ["做到", "以下", "如下", "注意", "强调", "讲", "提", "谈", "抓好", "把握"];

/// Behind these a number is the end of a range, an approximation, an ordinal, a slogan, or one of several.
const REFUSED: [char; 32] = [
    '第', '近', '约', '超', '余', '多', '等', '“', '"', '‘', '前', '后', '每', '各', '.', '．', '百', '千', '万', '数',
    '几', '-', '－', '—', '–', '～', '~', '另', '下', '同', '上', '其',
];

impl Announced {
    /// The announced count of a block's text, if it has one that can be counted. At most one per block: the last
    /// before its list.
    pub fn of(text: &str) -> Option<Announced> {
        if !text.contains(['：', ':']) {
            return None;
        }
        ANNOUNCEMENT.captures_iter(text).filter_map(|found| Self::read(text, &found)).last()
    }

    fn read(text: &str, found: &regex::Captures<'_>) -> Option<Announced> {
        let (whole, number) = (found.get(0)?, found.get(1)?);
        let before = &text[..number.start()];
        let after = &text[whole.end()..];
        let ends_in_digit = |text: &str| text.ends_with(|c: char| is_han_digit(c) || c.is_ascii_digit());
        // 三到五个 is a range, 做到三点 is none.
        let range = before.strip_suffix(['到', '至']).is_some_and(ends_in_digit);
        // 以下三项 and 如下三项 point at the list; 下三个月 does not.
        let points = before.ends_with("以下") || before.ends_with("如下");
        if range || (before.ends_with(REFUSED) && !points) || ends_in_digit(before) {
            return None;
        }
        // At least so many; or one count of several in the clause: 5个方面15条措施.
        let clause = before.rsplit(['，', '。', '；', '：', ',', ';', ':', '！', '？']).next().unwrap_or(before);
        let vague = ["至少", "不少于", "不低于", "不超过", "最多"].iter().any(|word| clause.contains(word));
        if vague || clause.contains(|c: char| c.is_ascii_digit()) || COUNTED.is_match(clause) {
            return None;
        }
        let (word, noun) = (found.get(2)?.as_str(), found.get(3)?.as_str());
        let is_listed = word.ends_with("方面")
            || LISTED.iter().any(|listed| noun.contains(listed))
            || (word == "点" && noun.is_empty() && BEFORE_POINTS.iter().any(|b| before.ends_with(b)));
        if !is_listed {
            return None;
        }
        let (count, form) = numeral::parse(number.as_str()).filter(|(count, _)| *count > 1)?;
        let colon = whole.as_str().chars().next_back().map_or(0, char::len_utf8);
        let list = if after.trim().is_empty() {
            List::Below
        } else {
            inline(after).map(|(form, items)| List::Inline { form, items })?
        };
        Some(Announced { count, numeral: number.range(), form, phrase: number.start()..whole.end() - colon, list })
    }
}

/// A count before an item word: 两个方面, not 二个方面.
pub fn print(count: u32, form: NumeralForm) -> Option<String> {
    match (count, form) {
        (2, NumeralForm::Han) => Some("两".to_owned()),
        _ => numeral::print(count, form),
    }
}

/// Words that go on with an item that has no number.
const UNNUMBERED: [&str; 5] = ["此外", "另外", "最后", "再就是", "同时也"];

/// The items of a list that starts right here: their form, and how many follow one another from 1.
fn inline(text: &str) -> Option<(Form, u32)> {
    let first = marker::parse(text.trim_start())?;
    if first.number != 1
        || !matches!(
            first.form,
            Form::Shi | Form::Yao | Form::Ordinal | Form::HanParen | Form::ArabicParen | Form::Circled
        )
    {
        return None;
    }
    let (mut items, mut from) = (1, 0);
    let mut starts = Vec::new();
    for (at, c) in text.char_indices() {
        if matches!(
            c,
            '；' | '。' | '，' | ';' | ',' | '、' | '！' | '!' | '？' | '?' | '…' | '”' | '）' | ')' | ' ' | '\u{3000}'
        ) {
            starts.push(at + c.len_utf8());
        }
    }
    for at in starts {
        if at < from {
            continue;
        }
        let rest = text[at..].trim_start();
        if UNNUMBERED.iter().any(|word| rest.starts_with(word)) {
            return None;
        }
        let Some(next) = marker::parse(rest) else { continue };
        if next.form != first.form {
            // 一是…；二是…；三要…: the next item in other words.
            match next.number == items + 1 && next.form.is_item() {
                true => return None,
                false => continue,
            }
        }
        if next.number != items + 1 {
            // A gap, another list, or a list within an item: nothing here can be counted.
            return None;
        }
        (items, from) = (items + 1, at);
    }
    (items >= 2).then_some((first.form, items))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<(u32, &str, List)> {
        Announced::of(text).map(|a| (a.count, &text[a.phrase], a.list))
    }

    #[test]
    fn plain_announcements_are_read() {
        assert_eq!(found("重点做好六个方面工作："), Some((6, "六个方面工作", List::Below)));
        assert_eq!(found("形成了七个方面的规律性认识："), Some((7, "七个方面的规律性认识", List::Below)));
        assert_eq!(found("重点抓好以下八项工作："), Some((8, "八项工作", List::Below)));
        let inline = "要做到三点：一是学；二是做；三是改。";
        assert_eq!(found(inline), Some((3, "三点", List::Inline { form: Form::Shi, items: 3 })));
        assert_eq!(
            found("抓好3项任务：（1）学；（2）做。"),
            Some((3, "3项任务", List::Inline { form: Form::ArabicParen, items: 2 }))
        );
    }

    #[test]
    fn what_is_no_announcement() {
        for text in [
            "十余个方面：",
            "三四个方面：",
            "做到“五个更加注重”：",
            "第三个方面：",
            "等五项工作：",
            "五个方面工作。",
            "抓好五项工作：加快发展，改善民生。",
            "下三个方面：",
            "抓好三点：一是学；三是改。",
            "1.3个方面：",
            "时间：2022年",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
