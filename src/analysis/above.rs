//! The titles and headings that a passage stands under.

use super::{Analysis, Block, Passage};
use crate::draft::Role;
use crate::text::{Fold, Reading};
use rustc_hash::FxHasher;
use std::hash::Hasher;

/// A title or heading above a passage, or the line of an annex (附件2：填表说明).
#[derive(Clone, Copy, Debug)]
pub struct Above<'a> {
    pub block: &'a Block,
    pub level: u8,
    /// The section that holds it, as an index into the outline's nodes.
    pub parent: Option<u32>,
    /// Which of its block's lead-ins it is; 0 for all else.
    part: u8,
    /// Where the block begins.
    byte: usize,
}

impl Analysis {
    /// The titles and headings that `passage` stands under, the nearest first. A paragraph that a heading opens stands under
    /// those above that. The line of an annex right before a passage ends all that was above it.
    pub fn above(&self, passage: &Passage) -> Vec<Above<'_>> {
        let nodes = &self.outline.nodes;
        let is_section = |index: &usize| matches!(nodes[*index].role, Role::Title | Role::Heading);
        let parent = |index: usize| nodes[index].parent.map(|parent| parent as usize);
        if let Some(annex) = self.annex_before(passage) {
            return vec![annex];
        }
        let nearest = match self.outline.index_of(passage.first).filter(|&own| nodes[own].role.is_in_tree()) {
            Some(own) => parent(own),
            None => (0..nodes.partition_point(|node| node.block < passage.first)).rev().find(is_section),
        };
        let sections = std::iter::successors(nearest, |index| parent(*index)).filter(is_section);
        let above = sections.filter_map(|index| {
            let node = &nodes[index];
            let (location, block) = self.table.find(node.block)?;
            Some(Above { block, level: node.level, parent: node.parent, part: node.part, byte: location.byte })
        });
        above.collect()
    }

    /// The line right before `passage` if it opens an annex and the outline knows it for no title.
    fn annex_before(&self, passage: &Passage) -> Option<Above<'_>> {
        let (location, block) = self.table.get(passage.ordinals.start.checked_sub(1)?)?;
        let is_plain = block.facts.can_head() && !self.outline.role(block.id).is_in_tree();
        let annex = Above { block, level: 0, parent: None, part: 0, byte: location.byte };
        (is_plain && annex.title(self).starts_with("附件")).then_some(annex)
    }

    /// Tells whether any of `passages` came to stand under other titles, or under titles with other words.
    pub fn titles_above(&self, passages: impl Iterator<Item = Passage>) -> u64 {
        let mut hasher = FxHasher::default();
        for passage in passages {
            for above in self.above(&passage) {
                hasher.write_u64(above.block.id.0);
                hasher.write_u8(above.level);
                hasher.write_u64(above.block.facts.content);
            }
            hasher.write_u8(u8::MAX);
        }
        hasher.finish()
    }
}

impl Above<'_> {
    /// Its words as they are read.
    pub fn title(&self, analysis: &Analysis) -> String {
        let words = self.block.facts.structure.words(self.part);
        let source = analysis.source(self.byte + words.start..self.byte + words.end);
        Reading::of(&source, Fold::Width).text().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_given_from_the_nearest_on() {
        let text = "# 报告\n\n## 一、回顾\n\n文一。\n\n### （一）协商\n\n文二。\n\n## 二、安排\n\n文三。\n\n附件2：说明\n文四。\n";
        let analysis = Analysis::of(text);
        let titles = |words: &str| -> Vec<String> {
            let all = analysis.passages(0..analysis.table.len());
            let at = text.find(words).unwrap();
            let passage = all.into_iter().find(|p| p.bytes.start == at).unwrap();
            analysis.above(&passage).iter().map(|above| above.title(&analysis)).collect()
        };
        assert_eq!(titles("文一。"), ["一、回顾", "报告"]);
        assert_eq!(titles("文二。"), ["(一)协商", "一、回顾", "报告"]);
        assert_eq!(titles("文三。"), ["二、安排", "报告"]);
        assert_eq!(titles("文四。"), ["附件2:说明"]);
    }
}
