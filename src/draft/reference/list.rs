//! The numbers behind a word that points.

use super::Reference;
use super::pointer::Pointer;
use crate::draft::marker::{Form, LARGEST};
use crate::text::han::{is_han, is_space};
use crate::text::numeral::{self, is_han_digit};
use std::ops::Range;

/// What a reference may be followed by, where it is a Han character: 第三部分的要求, but not 第三条道路.
const BEHIND: [&str; 46] = [
    "两项", "两点", "三项", "三点", "几项", "各项", "所", "的", "中的", "中提", "中明", "中关", "和", "及", "与", "至",
    "到", "或", "以及", "第", "内容", "关于", "规定", "要求", "措施", "工作", "任务", "目标", "部署", "安排", "执行",
    "办理", "处理", "明确", "提出", "已", "等", "之", "作", "进行", "列", "述", "有关", "相关", "一并", "逐",
];

/// Numbers behind one pointing word: 第二部分, 第二、三部分, （一）至（三）, 二（三）、（四）.
pub struct List<'t> {
    pub text: &'t str,
    pub kind: Pointer,
    pub at: usize,
    pub found: &'t mut Vec<Reference>,
    /// Index of its first reference.
    pub first: usize,
}

impl List<'_> {
    /// Adds the references that stand at `at`.
    pub fn read(&mut self) {
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

pub fn is_circled(c: char) -> bool {
    matches!(c, '①'..='⑳' | '㉑'..='㉟' | '㊱'..='㊿')
}
