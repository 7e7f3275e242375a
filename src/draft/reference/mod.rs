//! References to sections of the draft in running text (文内指引): 详见第三部分, 上述（二）, 参见二（三）, 如第一章所述.
//!
//! Precision before all: what is found here is rewritten when sections are renumbered. So only a wording that can be
//! nothing but a reference counts: a word that points (详见, 上述, 本报告) right before a number in a form that headings
//! have. Not read: a number without such a word (第一部分是…, 宪法第三条), anything in quotes or 《》, anything behind another
//! document in the same sentence (`《条例》规定……按照第三条`), and 第三产业, 第三项, 附件2, which number no section.

mod list;
mod pointer;

use super::marker::Form;
use crate::text::numeral::{NumeralForm, is_han_digit};
use list::{List, is_circled};
use pointer::{POINTERS, Pointer, points};
use std::ops::Range;

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::numeral;
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
