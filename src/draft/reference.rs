//! References to sections of the draft in running text (文内指引): 详见第三部分, 上述（二）, 参见二（三）, 如第一章所述.
//!
//! Precision before all: what is found here is rewritten when sections are renumbered. So only a wording that can be
//! nothing but a reference counts: a word that points (详见, 上述, 本报告) right before a number in a form that headings
//! have. Not read: a number without such a word (第一部分是…, 宪法第三条), anything in quotes or 《》, anything behind another
//! document in the same sentence (`《条例》规定……按照第三条`), and 第三产业, 第三项, 附件2, which number no section.

use super::marker::{Form, LARGEST};
use crate::text::han::{is_han, is_space};
use crate::text::numeral::{self, NumeralForm, is_han_digit};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// A number that points at a section. Ranges are bytes of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The numeral alone: 三 of 第三部分.
    pub numeral: Range<usize>,
    pub form: Form,
    pub number: u32,
    pub numeral_form: NumeralForm,
    /// The reference, by its index, that names the section which holds this one: the 二 of 二（三）.
    pub within: Option<usize>,
}

/// Words that point. Where several begin at one place the first that fits is taken.
static POINTERS: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = "本(?:报告|文|稿|意见|通知|方案|规划|计划|纲要|办法|规定|条例|决定|总结)(?:中的|中|的)?\
        |(?:详见|参见|参阅|参看|请见|另见|见)(?:[上下前后]文|文中)?(?:中的|中|的)?\
        |(?:[上前下]述|[上下前后]文)(?:中的|中|的)?\
        |如|按照|依照|依据|根据|按";
    Regex::new(pattern).unwrap_or_else(|e| unreachable!("a constant pattern: {e}"))
});

/// What kind of word points, and with it what must stand around the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pointer {
    /// 本报告第二部分: the draft itself, whatever else was named before.
    Own,
    /// 详见, 见
    See,
    /// 上述, 前文
    Back,
    /// 如第一章所述: the number must be followed by 所述.
    Like,
    /// 按照第四条: also said of other documents, so none may be named before in the paragraph.
    By,
}

/// 见 alone points behind a mark, or behind one of these: 意见, 会见 and 落地见效 are words.
const BEFORE_SEE: [&str; 16] = [
    "内容", "情况", "数据", "安排", "任务", "措施", "说明", "具体", "分别", "部署", "详情", "要求", "均", "并", "也",
    "亦",
];

/// 本 behind one of these is the end of another word: 基本, 根本, 文本.
const BEFORE_OWN: [char; 10] = ['基', '根', '原', '版', '文', '标', '样', '日', '资', '成'];

/// Another document is spoken of: what is numbered behind may be its section.
const FOREIGN: [&str; 14] = [
    "》",
    "〕",
    "宪法",
    "党章",
    "章程",
    "条例",
    "原文",
    "该文",
    "该报告",
    "该意见",
    "该办法",
    "该方案",
    "该规划",
    "该文件",
];

/// What a reference may be followed by, where it is a Han character: 第三部分的要求, but not 第三条道路.
const BEHIND: [&str; 46] = [
    "两项", "两点", "三项", "三点", "几项", "各项", "所", "的", "中的", "中提", "中明", "中关", "和", "及", "与", "至",
    "到", "或", "以及", "第", "内容", "关于", "规定", "要求", "措施", "工作", "任务", "目标", "部署", "安排", "执行",
    "办理", "处理", "明确", "提出", "已", "等", "之", "作", "进行", "列", "述", "有关", "相关", "一并", "逐",
];

/// References in `text`, one paragraph, in their order.
pub fn references(text: &str) -> Vec<Reference> {
    let mut found = Vec::new();
    if !text.contains(['第', '（', '(']) && !text.contains(is_circled) {
        return found;
    }
    let mut quotes = Quotes::default();
    for word in POINTERS.find_iter(text) {
        let kind = Pointer::of(word.as_str());
        // Most of them stand before no number.
        let is_number = |c: char| matches!(c, '第' | '（' | '(') || is_circled(c) || is_han_digit(c);
        let is_followed = text[word.end()..].starts_with(is_number);
        if is_followed && !quotes.is_quoted(text, word.start()) && points(text, word.start(), kind) {
            let first = found.len();
            List { text, kind, at: word.end(), found: &mut found, first }.read();
        }
    }
    found
}

impl Pointer {
    fn of(word: &str) -> Pointer {
        match word.chars().next() {
            Some('本') => Pointer::Own,
            Some('如') => Pointer::Like,
            Some('按' | '依' | '根') => Pointer::By,
            _ if word.contains('见') || word.contains('参') => Pointer::See,
            _ => Pointer::Back,
        }
    }
}

/// Whether the pointing word that begins at `start` is one, and points into the draft itself.
fn points(text: &str, start: usize, kind: Pointer) -> bool {
    let before = &text[..start];
    let sentence = before.rsplit(['。', '！', '？']).next().unwrap_or(before);
    let names_another = |words: &str| FOREIGN.iter().any(|word| words.contains(word));
    match kind {
        Pointer::Own => !before.ends_with(BEFORE_OWN),
        Pointer::See => {
            let is_alone = text[start..].starts_with('见');
            let is_free = before.chars().next_back().is_none_or(|c| !is_han(c))
                || BEFORE_SEE.iter().any(|word| before.ends_with(word));
            (!is_alone || is_free) && !names_another(sentence)
        }
        Pointer::Back => !names_another(sentence),
        Pointer::Like | Pointer::By => !names_another(before),
    }
}

/// Whether places of a text, asked for in ascending order, stand in quotes or in a title. A quote that is not closed
/// runs to the text's end.
#[derive(Default)]
struct Quotes {
    at: usize,
    depth: u32,
    straight: bool,
}

impl Quotes {
    fn is_quoted(&mut self, text: &str, place: usize) -> bool {
        for c in text[self.at..place].chars() {
            match c {
                '《' | '〈' | '“' | '「' | '『' => self.depth += 1,
                '》' | '〉' | '”' | '」' | '』' => self.depth = self.depth.saturating_sub(1),
                '"' => self.straight = !self.straight,
                _ => {}
            }
        }
        self.at = place;
        self.depth > 0 || self.straight
    }
}

/// Numbers behind one pointing word: 第二部分, 第二、三部分, （一）至（三）, 二（三）、（四）.
struct List<'t> {
    text: &'t str,
    kind: Pointer,
    at: usize,
    found: &'t mut Vec<Reference>,
    /// Index of its first reference.
    first: usize,
}

impl List<'_> {
    fn read(&mut self) {
        let mut end = self.at;
        while let Some((items, behind)) = self.item() {
            if !self.may_end(&items, behind) {
                // 上述（一）（二）班: what the last one is casts doubt on the others.
                self.found.truncate(self.first);
                return;
            }
            if !self.add(items) {
                break;
            }
            end = behind;
            self.at = connector(self.text, behind);
        }
        let is_said = ["所述", "所列", "所示", "所说", "所提"].iter().any(|said| self.text[end..].starts_with(said));
        // 第三部分（《规划》…) may be a part of the plan.
        let behind = self.text[end..].trim_start_matches(['（', '(']);
        if (self.kind == Pointer::Like && !is_said) || behind.starts_with('《') {
            self.found.truncate(self.first);
        }
    }

    /// The numbers of the item at `at`, and where it ends.
    fn item(&self) -> Option<(Vec<Reference>, usize)> {
        let rest = &self.text[self.at..];
        let only_ordinals = self.kind == Pointer::By;
        match rest.chars().next()? {
            '第' => self.ordinal(self.at + '第'.len_utf8()),
            '（' | '(' if !only_ordinals => self.brackets(self.at),
            c if is_circled(c) && !only_ordinals => {
                let end = self.at + c.len_utf8();
                Some((vec![self.reference(self.at..end, Form::Circled)?], end))
            }
            // 二（三）, 二、（三）
            c if is_han_digit(c) && !only_ordinals => {
                let end = run(self.text, self.at, is_han_digit);
                let behind = self.text[end..].strip_prefix('、').map_or(end, |rest| self.text.len() - rest.len());
                self.brackets(behind)?;
                Some((vec![self.reference(self.at..end, Form::HanComma)?], behind))
            }
            _ => None,
        }
    }

    fn ordinal(&self, from: usize) -> Option<(Vec<Reference>, usize)> {
        if let Some((items, end)) = self.brackets(from) {
            return Some((items, end));
        }
        let mut numerals = Vec::new();
        let mut at = skip_spaces(self.text, from);
        loop {
            let end = run(self.text, at, |c| is_han_digit(c) || is_digit(c));
            numerals.push(at..end);
            at = connector(self.text, end);
            if at == end {
                break;
            }
        }
        let at = skip_spaces(self.text, at);
        const WORDS: [(&str, Form); 6] = [
            ("部分", Form::Part),
            ("编", Form::Part),
            ("篇", Form::Part),
            ("章", Form::Chapter),
            ("节", Form::Section),
            ("条", Form::Article),
        ];
        let (word, form) = WORDS.into_iter().find(|(word, _)| self.text[at..].starts_with(word))?;
        let items = numerals.into_iter().map(|numeral| self.reference(numeral, form)).collect::<Option<_>>()?;
        Some((items, at + word.len()))
    }

    fn brackets(&self, from: usize) -> Option<(Vec<Reference>, usize)> {
        let inner = self.text[from..].strip_prefix(['（', '('])?;
        let start = skip_spaces(self.text, self.text.len() - inner.len());
        let end = run(self.text, start, |c| is_han_digit(c) || is_digit(c));
        let close = skip_spaces(self.text, end);
        let mut behind = self.text.len() - self.text[close..].strip_prefix(['）', ')'])?.len();
        let form = if self.text[start..].starts_with(is_digit) { Form::ArabicParen } else { Form::HanParen };
        let word = ["项", "条", "点", "款", "部分"].into_iter().find(|word| self.text[behind..].starts_with(word));
        behind += word.map_or(0, str::len);
        Some((vec![self.reference(start..end, form)?], behind))
    }

    fn reference(&self, numeral: Range<usize>, form: Form) -> Option<Reference> {
        let (number, numeral_form) = numeral::parse(&self.text[numeral.clone()])?;
        let plain = !self.text[numeral.clone()].starts_with(['两', '0', '０']) && (1..=LARGEST).contains(&number);
        plain.then_some(Reference { numeral, form, number, numeral_form, within: None })
    }

    /// Whether an item may be followed by what follows it.
    fn may_end(&self, items: &[Reference], end: usize) -> bool {
        let rest = &self.text[end..];
        let is_free = |c: char| !is_han(c) && !c.is_ascii_alphanumeric();
        rest.chars().next().is_none_or(is_free)
            || BEHIND.iter().any(|word| rest.starts_with(word))
            || (self.kind == Pointer::Own && items.iter().all(|i| i.form.is_structural()))
    }

    /// Adds an item: a part of the section named just before (第二部分（三）), or one more beside an earlier one. Whether it
    /// fits there.
    fn add(&mut self, items: Vec<Reference>) -> bool {
        let Some(form) = items.first().map(|i| i.form) else { return false };
        let last = self.found.len().checked_sub(1).filter(|last| *last >= self.first);
        let within = match last {
            None => None,
            Some(last) => {
                let mut sibling = Some(last);
                while let Some(index) = sibling
                    && self.found[index].form != form
                {
                    sibling = self.found[index].within;
                }
                match sibling {
                    Some(index) => self.found[index].within,
                    None if self.found[last].form < form && self.is_adjacent(last) => Some(last),
                    None => return false,
                }
            }
        };
        self.found.extend(items.into_iter().map(|item| Reference { within, ..item }));
        true
    }

    /// Whether the item at `at` stands right behind reference `last`, without a word between.
    fn is_adjacent(&self, last: usize) -> bool {
        let between = &self.text[self.found[last].numeral.end..self.at];
        let word = between.trim_end_matches('的').trim_start_matches(['）', ')', '、']);
        matches!(word.trim_matches(is_space), "" | "部分" | "编" | "篇" | "章" | "节" | "条" | "项")
    }
}

/// Behind a word that joins two numbers, if there is one.
fn connector(text: &str, at: usize) -> usize {
    let words = ["、", "和", "以及", "及", "与", "至", "到", "或", "—", "－", "-", "～", "~", "的"];
    let word = words.into_iter().find(|word| text[at..].starts_with(word));
    at + word.map_or(0, str::len)
}

fn run(text: &str, from: usize, belongs: impl Fn(char) -> bool) -> usize {
    text[from..].find(|c| !belongs(c)).map_or(text.len(), |n| from + n)
}

fn skip_spaces(text: &str, from: usize) -> usize {
    run(text, from, is_space)
}

fn is_digit(c: char) -> bool {
    matches!(c, '0'..='9' | '０'..='９')
}

fn is_circled(c: char) -> bool {
    matches!(c, '①'..='⑳' | '㉑'..='㉟' | '㊱'..='㊿')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// `form number` of each reference; a part of another behind that one's number and `/`.
    fn shown(text: &str) -> String {
        let found = references(text);
        let number = |r: &Reference| match r.within {
            Some(outer) => format!("{}/{}", found[outer].number, r.number),
            None => r.number.to_string(),
        };
        found.iter().map(|r| format!("{:?} {}", r.form, number(r))).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn wordings_that_are_references() {
        let cases = [
            ("（见第三部分）", "Part 3"),
            ("具体安排见第三部分。", "Part 3"),
            ("详见本报告第二部分。", "Part 2"),
            ("本报告第一部分回顾了五年工作。", "Part 1"),
            ("根据《意见》要求，本报告第三部分提出了建议。", "Part 3"),
            ("上述（二）已经说明。", "HanParen 2"),
            ("上述（二）所列措施", "HanParen 2"),
            ("前述第（三）项", "HanParen 3"),
            ("前述第(3)项的要求", "ArabicParen 3"),
            ("按照第四条规定办理", "Article 4"),
            ("如第一章所述，", "Chapter 1"),
            ("参见二（三）。", "HanComma 2, HanParen 2/3"),
            ("参见二、（三）。", "HanComma 2, HanParen 2/3"),
            ("详见第二部分（三）", "Part 2, HanParen 2/3"),
            ("详见第二部分第（三）项、第（四）项。", "Part 2, HanParen 2/3, HanParen 2/4"),
            ("见第三章第二节。", "Chapter 3, Section 3/2"),
            ("详见第三章第二节。", "Chapter 3, Section 3/2"),
            ("详见第二、三部分。", "Part 2, Part 3"),
            ("详见第二部分和第四部分。", "Part 2, Part 4"),
            ("详见（一）至（三）。", "HanParen 1, HanParen 3"),
            ("详见第 3 部分。", "Part 3"),
            ("上述①②两项", "Circled 1, Circled 2"),
            ("前文第二部分", "Part 2"),
        ];
        for (text, expected) in cases {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn wordings_that_are_none() {
        for text in [
            "第三部分 下步打算",
            "第一部分是回顾，第二部分是展望。",
            "《意见》第三条",
            "见《意见》第三部分。",
            "宪法第三条规定",
            "按照宪法第三条规定",
            "根据《条例》要求，按照第三条执行",
            "《条例》共六章。按照第三章规定执行。",
            "国发〔2016〕65号第三条",
            "根据国发〔2016〕65号文件，见第三部分。",
            "按照第三产业发展要求",
            "（二）加强学习",
            "上述三项工作",
            "上述第三项任务",
            "实施意见第三部分提出",
            "领导意见（二）",
            "“详见第二部分”",
            "《关于上述（二）的说明》",
            "上述“第二部分”",
            "见附件2",
            "见图3",
            "按照第三条道路",
            "见第一节课",
            "上述（二）班学生",
            "上述（一）（二）班学生",
            "上述（2016）号文件",
            "如第一章开头",
            "基本报告第三部分",
            "见第三部分（《规划》）",
            "改革落地见效（三）",
        ] {
            assert_eq!(shown(text), "", "{text}");
        }
    }

    proptest! {
        /// Numerals read as the number that they are given, in order, and none holds another.
        #[test]
        fn references_read_back(text in "(第|见|详见|上述|本报告|按照|如|所述|部分|章|条|[一二三十0-9]|（|）|、|和|的|《|》|“|”|。|①|甲){0,30}") {
            let (found, mut from) = (references(&text), 0);
            for reference in &found {
                prop_assert!(reference.numeral.start >= from);
                from = reference.numeral.end;
                prop_assert_eq!(numeral::parse(&text[reference.numeral.clone()]), Some((reference.number, reference.numeral_form)));
                prop_assert!(reference.within.is_none_or(|outer| found[outer].form < reference.form));
            }
        }
    }
}
