//! The outline as a tree of sections with their words and ranges: what an outline view and `hegao outline` show.

use super::{Analysis, Block, Location};
use crate::draft::{Form, Node, Outline, Role};
use crate::text::{Fold, Reading, reading::Layout};
use std::ops::Range;

/// A title, heading or lead-in with all that stands under it. Ranges are bytes of the draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Its index in the outline's nodes.
    pub node: usize,
    pub role: Role,
    /// 0 for a title, from 1 for headings and lead-ins.
    pub level: u8,
    pub marker: Option<(Form, u32)>,
    /// Its text goes on behind it in the same paragraph.
    pub run_in: bool,
    /// The source line without `#` and `**`, inner space kept as one U+0020.
    pub title: String,
    pub title_bytes: Range<usize>,
    /// From the heading to the end of the last block under it.
    pub bytes: Range<usize>,
    pub children: Vec<Section>,
}

impl Analysis {
    /// The draft's sections, outermost first.
    pub fn sections(&self) -> Vec<Section> {
        let nodes: Vec<(usize, &Node)> = self.outline.tree().collect();
        let ends = ends(&self.outline);
        let mut rest = nodes.into_iter().peekable();
        let mut roots = Vec::new();
        while let Some(section) = self.section(&mut rest, &ends) {
            roots.push(section);
        }
        roots
    }

    fn section<'n>(
        &self,
        rest: &mut std::iter::Peekable<impl Iterator<Item = (usize, &'n Node)>>,
        ends: &[Option<usize>],
    ) -> Option<Section> {
        let (index, node) = rest.next()?;
        let end = match node.role {
            Role::Subtitle => None,
            // Of several lead-ins in one paragraph, each holds the text up to the next.
            Role::LeadIn => rest.peek().map(|(_, next)| *next).filter(|next| next.block == node.block),
            _ => ends[index].map(|end| &self.outline.nodes[end]),
        };
        let mut section = self.leaf(index, node, end)?;
        while rest.peek().is_some_and(|(_, child)| child.parent == Some(index as u32)) {
            section.children.extend(self.section(rest, ends));
        }
        // A lead-in that heads others holds them.
        section.bytes.end = section.children.last().map_or(0, |c| c.bytes.end).max(section.bytes.end);
        Some(section)
    }

    /// The section of node `index`, which ends before `next`, or with the draft, or with its own block if it is part of
    /// one.
    fn leaf(&self, index: usize, node: &Node, next: Option<&Node>) -> Option<Section> {
        let (location, block) = self.table.find(node.block)?;
        let source = self.block_source(location, block);
        let structure = &block.facts.structure;
        let words = structure.words(node.part);
        let is_part = matches!(node.role, Role::LeadIn | Role::Subtitle);
        let end = match next.and_then(|next| Some((next.part, self.table.find(next.block)?))) {
            Some((part, (at, _))) if at.ordinal == location.ordinal => location.byte + structure.words(part).start,
            Some((_, (at, _))) => self.text_end(at.ordinal - 1, location.ordinal),
            None if is_part => location.byte + structure.content.end,
            None => self.text_end(self.table.len() - 1, location.ordinal),
        };
        let start = location.byte + if node.part > 0 { words.start } else { structure.content.start };
        let mut title = shown(&source[words.clone()]);
        if let Some(rest) = self.outline.nodes.get(index + 1).filter(|n| n.role == Role::TitleRest)
            && let Some((location, block)) = self.table.find(rest.block)
        {
            title.push_str(&shown(&self.block_source(location, block)[block.facts.structure.words(0)]));
        }
        Some(Section {
            node: index,
            role: node.role,
            level: node.level,
            marker: node.marker,
            run_in: node.run_in || node.role == Role::LeadIn,
            title,
            title_bytes: location.byte + words.start..location.byte + words.end,
            bytes: start..end,
            children: Vec::new(),
        })
    }

    /// Where the text of block `ordinal` ends; for the block that a section begins with, at least its words.
    fn text_end(&self, ordinal: usize, first: usize) -> usize {
        self.table.get(ordinal).map_or(0, |(location, block): (Location, &Block)| {
            location.byte + block.facts.structure.content.end.max(usize::from(ordinal == first))
        })
    }
}

/// For each node, the next title or heading that closes its section.
fn ends(outline: &Outline) -> Vec<Option<usize>> {
    let mut ends = vec![None; outline.nodes.len()];
    let mut open: Vec<usize> = Vec::new();
    for (index, node) in outline.nodes.iter().enumerate() {
        if !matches!(node.role, Role::Title | Role::Heading) {
            continue;
        }
        while let Some(last) = open.pop_if(|last| outline.nodes[*last].level >= node.level) {
            ends[last] = Some(index);
        }
        open.push(index);
    }
    ends
}

/// The words of a heading as its author sees them: no emphasis, one space where there were some.
fn shown(source: &str) -> String {
    let reading = Reading::of(source, Fold::None);
    let (mut title, mut from) = (String::with_capacity(source.len()), 0);
    for removed in reading.removed() {
        title.push_str(&reading.text()[from..removed.at]);
        from = removed.at;
        let between = removed.at > 0 && removed.at < reading.text().len();
        if between && matches!(removed.layout, Layout::Space | Layout::LineBreak) && !title.ends_with(' ') {
            title.push(' ');
        }
    }
    title.push_str(&reading.text()[from..]);
    title
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(sections: &[Section], depth: usize, text: &str, out: &mut String) {
        for section in sections {
            let end = text[section.bytes.clone()].lines().last().unwrap_or_default();
            *out += &format!("{}{} … {}\n", "  ".repeat(depth), section.title, end);
            lines(&section.children, depth + 1, text, out);
        }
    }

    #[test]
    fn sections_nest_and_end_with_their_last_block() {
        let text = "# **总** 标题\n\n## 一、甲　乙\n甲文。\n\n### （一）子\n子文。\n\n\n## 二、丙\n丙文。\n";
        let mut shown = String::new();
        lines(&Analysis::of(text).sections(), 0, text, &mut shown);
        assert_eq!(shown, "总 标题 … 丙文。\n  一、甲 乙 … 子文。\n    （一）子 … 子文。\n  二、丙 … 丙文。\n");
    }
}
