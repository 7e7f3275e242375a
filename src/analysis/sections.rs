//! The outline as a tree of sections with their words and ranges: what an outline view and `hegao outline` show.

use super::{Analysis, Block, Location};
use crate::draft::{Node, Outline, Role};
use crate::text::{Fold, Reading, reading::Layout};
use std::ops::Range;

/// A title, heading or lead-in with all that stands under it. Ranges are bytes of the draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    pub role: Role,
    /// 0 for a title, from 1 for headings and lead-ins.
    pub level: u8,
    pub number: Option<u32>,
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
        let mut section = self.leaf(node, ends[index].map(|end| &self.outline.nodes[end]))?;
        while rest.peek().is_some_and(|(_, child)| child.parent == Some(index as u32)) {
            section.children.extend(self.section(rest, ends));
        }
        Some(section)
    }

    /// The section of `node`, which ends before `next`, or with its own block if it heads nothing but that.
    fn leaf(&self, node: &Node, next: Option<&Node>) -> Option<Section> {
        let (location, block) = self.table.find(node.block)?;
        let source = self.block_source(location, block);
        let structure = &block.facts.structure;
        let title = structure.heading.as_ref().map_or(structure.content.clone(), |h| h.title.clone());
        let is_leaf = matches!(node.role, Role::LeadIn | Role::Subtitle);
        let end = match next.filter(|_| !is_leaf).and_then(|n| self.table.find(n.block)) {
            _ if is_leaf => location.ordinal + 1,
            Some((next, _)) => next.ordinal,
            None => self.table.len(),
        };
        let end = self.table.get(end - 1).map_or(location.byte, |(l, b): (Location, &Block)| {
            l.byte + b.facts.structure.content.end.max(usize::from(l.ordinal == location.ordinal))
        });
        Some(Section {
            role: node.role,
            level: node.level,
            number: node.marker.map(|(_, number)| number),
            title: shown(&source[title.clone()]),
            title_bytes: location.byte + title.start..location.byte + title.end,
            bytes: location.byte + structure.content.start..end,
            children: Vec::new(),
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
