//! What stands around a place of a draft, step by step: the stretches of its paragraph, the paragraph, the sections
//! that hold it, the draft.

use super::{Analysis, Section};
use crate::draft::{Kind, Shape};
use crate::text::han::is_space;
use crate::text::stretch::{self, Growing};
use crate::text::{Fold, Reading, position};
use std::ops::Range;

impl Analysis {
    /// Ranges around byte `byte`, the smallest first, each within the next and shorter; the last one is the whole draft.
    /// Never empty. `sections` are this analysis's own: they are made once for many places.
    pub fn enclosing(&self, sections: &[Section], byte: usize) -> Vec<Range<usize>> {
        let mut steps = Growing::at(byte);
        self.in_block(byte, &mut steps);
        let (mut siblings, mut around) = (sections, Vec::new());
        while let Some(section) = siblings.iter().find(|s| s.bytes.start <= byte && byte <= s.bytes.end) {
            around.push(section.bytes.clone());
            siblings = &section.children;
        }
        around.into_iter().rev().for_each(|section| steps.push(section));
        let draft = 0..self.rope.len_bytes();
        steps.push(draft.clone());
        let ranges = steps.into_ranges();
        if ranges.is_empty() { vec![draft] } else { ranges }
    }

    fn in_block(&self, byte: usize, steps: &mut Growing) {
        let Some((location, block)) = self.table.at_byte(byte) else { return };
        let structure = &block.facts.structure;
        let in_draft = |range: &Range<usize>| location.byte + range.start..location.byte + range.end;
        let content = in_draft(&structure.content);
        let line = position::line_bytes(&self.rope, self.rope.byte_to_line(byte));
        match (block.kind, structure.signature.shape) {
            (Kind::Blank, _) => {}
            (Kind::Table, _) => {
                self.words(self.cell(line.clone(), byte), byte, steps);
                steps.push(line);
                steps.push(content);
            }
            (Kind::Fence | Kind::Comment | Kind::FrontMatter, _) => {
                self.words(line.clone(), byte, steps);
                steps.push(line);
                steps.push(content);
            }
            (_, Shape::Markdown(_)) => {
                let title = structure.heading.as_ref().map_or(content.clone(), |h| in_draft(&h.title));
                self.words(title, byte, steps);
                steps.push(content);
            }
            (_, shape) => {
                let start = self.passage_start(location.ordinal);
                let passages = self.passages(start..self.passage_end(location.ordinal));
                let Some(passage) = passages.into_iter().next() else { return };
                let opening = if start == location.ordinal { self.opening(shape, &passage.bytes) } else { 0 };
                self.words(passage.bytes.start + opening..passage.bytes.end, byte, steps);
                steps.push(passage.bytes);
            }
        }
    }

    /// The stretches of `range` around `byte`, as a reader reads it: layout within is skipped, and at the ends left out.
    fn words(&self, range: Range<usize>, byte: usize, steps: &mut Growing) {
        if byte < range.start || range.end < byte {
            return;
        }
        let source = self.source(range.clone());
        let reading = Reading::of(&source, Fold::None);
        for stretch in stretch::enclosing(reading.text(), reading.offset_of(byte - range.start)) {
            // All of it has its emphasis around it.
            let is_all = stretch == (0..reading.text().len());
            let bytes = if is_all { 0..source.len() } else { reading.source_range(stretch) };
            steps.push(range.start + bytes.start..range.start + bytes.end);
        }
    }

    /// How many bytes the dash or bullet takes that a list paragraph opens with.
    fn opening(&self, shape: Shape, paragraph: &Range<usize>) -> usize {
        let source = self.source(paragraph.clone());
        let is_mark = |c: char| match shape {
            Shape::Dash => matches!(c, '—' | '-'),
            Shape::Bullet => matches!(c, '-' | '+' | '*' | '•' | '●' | '·' | '■' | '◆'),
            _ => false,
        };
        let behind = source.trim_start_matches(is_mark);
        match behind.len() < source.len() {
            true => source.len() - behind.trim_start_matches(is_space).len(),
            false => 0,
        }
    }

    /// The cell of a table's row `line` at `byte`, without the space around its words.
    fn cell(&self, line: Range<usize>, byte: usize) -> Range<usize> {
        let row = self.source(line.clone());
        let at = (byte - line.start).min(row.len());
        let start = row[..at].rfind('|').map_or(0, |bar| bar + 1);
        let end = row[at..].find('|').map_or(row.len(), |bar| at + bar);
        let words = row[start..end].trim_matches(is_space);
        let inner = start + row[start..end].find(words).unwrap_or(0);
        line.start + inner..line.start + inner + words.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The steps around the `|` of `marked`, or around `‸` where bars are part of the text.
    fn around(marked: &str) -> Vec<String> {
        let mark = if marked.contains('‸') { '‸' } else { '|' };
        let at = marked.find(mark).expect("a place");
        let analysis = Analysis::of(&marked.replacen(mark, "", 1));
        let steps = analysis.enclosing(&analysis.sections(), at);
        steps.into_iter().map(|range| analysis.source(range).into_owned()).collect()
    }

    #[test]
    fn from_a_figure_to_the_draft() {
        let draft = "# 总\n\n## 一、甲乙\n收入3.5|万元，增长。又及。\n\n丙。\n\n## 二、丁\n戊。\n";
        let plain = draft.replace('|', "");
        assert_eq!(
            around(draft),
            [
                "3.5万元",
                "收入3.5万元",
                "收入3.5万元，增长。",
                "收入3.5万元，增长。又及。",
                "## 一、甲乙\n收入3.5万元，增长。又及。\n\n丙。",
                plain.trim_end(),
                &plain,
            ]
        );
    }

    #[test]
    fn marks_of_layout_are_a_step_of_their_own() {
        assert_eq!(around("## 一、甲|乙 ##\n丙。\n")[..3], ["甲乙", "一、甲乙", "## 一、甲乙 ##"]);
        assert_eq!(around("- 甲|，乙。\n丙。")[..3], ["甲", "甲，乙。", "- 甲，乙。"]);
        assert_eq!(around("——甲|，乙。\n丙。")[..3], ["甲", "甲，乙。", "——甲，乙。"]);
        assert_eq!(around("　　**甲 甲|。**乙。\n丙。")[..3], ["甲 甲", "甲 甲。", "**甲 甲。**乙。"]);
        // A setext heading without its underline, then with it.
        assert_eq!(around("甲|乙丙丁\n====\n戊。\n")[..2], ["甲乙丙丁", "甲乙丙丁\n===="]);
    }

    #[test]
    fn a_row_of_a_table_holds_cells() {
        let steps = around("| 甲 | 3.5‸万元 |\n|---|---|\n| 乙 | 丙 |\n");
        assert_eq!(steps[..2], ["3.5万元", "| 甲 | 3.5万元 |"]);
        assert_eq!(steps[2], "| 甲 | 3.5万元 |\n|---|---|\n| 乙 | 丙 |");
    }

    #[test]
    fn a_hard_wrapped_paragraph_is_one() {
        let line = "一年来县政协认真履行职能围绕中心服务大局扎实开展协商";
        let mut text = String::new();
        for _ in 0..4 {
            text += &format!("　　甲{line}\n乙甲{line}\n乙甲{line}\n尾句，结束。\n");
        }
        let at = text.find("乙甲").expect("a line") + 3;
        let analysis = Analysis::of(&text);
        assert!(analysis.wrap.is_some());
        let steps = analysis.enclosing(&analysis.sections(), at);
        assert_eq!(analysis.source(steps[0].clone()).lines().count(), 4);
        assert!(analysis.source(steps[0].clone()).ends_with("尾句"));
    }

    #[test]
    fn every_place_is_answered() {
        assert_eq!(around("|"), [""]);
        assert_eq!(around("\n|\n\n甲。\n").last().map(String::as_str), Some("\n\n\n甲。\n"));
        let text = "---\na: b\n---\n# 总\n\n各位代表：\n```\ncode\n```\n<!-- x -->\n　　甲😀，“乙。”\r\n\r\n| a |\n\n";
        let analysis = Analysis::of(text);
        let sections = analysis.sections();
        for (byte, _) in text.char_indices() {
            let steps = analysis.enclosing(&sections, byte);
            assert_eq!(steps.last(), Some(&(0..text.len())));
            assert!(steps.iter().all(|step| step.start <= byte && byte <= step.end));
            assert!(steps.windows(2).all(|w| w[1].start <= w[0].start && w[0].end <= w[1].end && w[0] != w[1]));
        }
    }
}
