//! The outline (提纲): which blocks are titles, headings and lead-ins (段首句), how they nest, and which numbers form a
//! chain. A pure function of block signatures, so an edit that leaves every signature equal leaves the outline as it is.
//!
//! Evidence, strongest first: Markdown `#`, then markers in their order 第X章 / 一、 / （一） / 1. / （1）, then whole bold lines,
//! then bare short lines of two halves that stand over text. A heading closes every open section that does not outrank
//! it; one whose style is already open is that one's sibling. So the same numeral form may stand on two levels (`## 二、`
//! over `**三、**`), and levels come from nesting, not from the count of `#`.

use super::BlockId;
use super::marker::{Form, Mark};
use super::structure::{Bold, EndMark, HAN_CAP, Shape, Signature};
use rustc_hash::FxHashMap;

/// What a block is in its draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    Title,
    Subtitle,
    Heading,
    /// 段首句: a sentence that heads the text behind it in the same paragraph.
    LeadIn,
    Byline,
    Salutation,
    Note,
    Body,
}

/// A block whose role is not `Body`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Node {
    pub block: BlockId,
    pub role: Role,
    /// Depth of a heading or lead-in from 1; a title's is 0. Meaningless for other roles.
    pub level: u8,
    /// The section that holds this node, as an index into `Outline::nodes`.
    pub parent: Option<u32>,
    pub marker: Option<(Form, u32)>,
    /// How the marker is set off, and the columns before it: what siblings share.
    pub set_off: (Option<Mark>, u8),
    pub run_in: bool,
    /// The sibling before it with the same style and form of marker: the one before it in its chain.
    pub previous: Option<u32>,
    /// For the first of its chain: the last heading of that style, form and level in a section before.
    pub before: Option<u32>,
}

/// The nodes in document order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    pub nodes: Vec<Node>,
}

impl Outline {
    /// Builds the outline of a draft from its blocks in order.
    pub fn of(blocks: &[(BlockId, Signature)]) -> Outline {
        Builder { blocks, outline: Outline::default(), open: Vec::new(), last: FxHashMap::default() }.build()
    }

    pub fn role(&self, block: BlockId) -> Role {
        self.index_of(block).map_or(Role::Body, |i| self.nodes[i].role)
    }

    pub fn index_of(&self, block: BlockId) -> Option<usize> {
        self.nodes.binary_search_by_key(&block, |n| n.block).ok()
    }

    /// The nodes that make up the tree, with their indexes: title, subtitle, headings, lead-ins.
    pub fn tree(&self) -> impl Iterator<Item = (usize, &Node)> {
        self.nodes.iter().enumerate().filter(|(_, n)| n.role.is_in_tree())
    }
}

impl Role {
    /// Whether an outline view shows it.
    pub fn is_in_tree(self) -> bool {
        matches!(self, Role::Title | Role::Subtitle | Role::Heading | Role::LeadIn)
    }

    pub fn name(self) -> &'static str {
        match self {
            Role::Title => "title",
            Role::Subtitle => "subtitle",
            Role::Heading => "heading",
            Role::LeadIn => "lead-in",
            Role::Byline => "byline",
            Role::Salutation => "salutation",
            Role::Note => "note",
            Role::Body => "body",
        }
    }
}

/// What makes two headings siblings in style. The order is rank: a smaller style holds a larger one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Style {
    Title,
    Markdown(u8),
    Marked(Form),
    Bold,
    Bare,
    LeadIn,
    /// Salutations, bylines, notes: they open no section.
    Aside,
}

struct Builder<'b> {
    blocks: &'b [(BlockId, Signature)],
    outline: Outline,
    /// Sections that are open, outermost first: their style and node.
    open: Vec<(Style, u32)>,
    /// The last node of each style, marker form and level since the title.
    last: FxHashMap<(Style, Form, u8), u32>,
}

/// The front of a draft (题头: title, subtitle, bylines) is over after this many blocks, found or not.
const FRONT_BLOCKS: usize = 12;

impl Builder<'_> {
    fn build(mut self) -> Outline {
        let front = self.front();
        let title = self.title(front);
        let many_tops = self.blocks.iter().filter(|(_, s)| s.shape == Shape::Markdown(1)).count() > 1;
        for (at, &(block, signature)) in self.blocks.iter().enumerate() {
            let role = match title {
                Some(title) if at == title && !(many_tops && signature.shape == Shape::Markdown(1)) => Role::Title,
                Some(title) if at > title && at < front && self.is_subtitle(title, at) => Role::Subtitle,
                _ => self.role(at, at < front),
            };
            if signature.shape == Shape::Annex {
                // What is numbered behind belongs to the annexes.
                self.last.clear();
            }
            match role {
                Role::Body => {}
                Role::Heading => self.heading(block, signature),
                Role::LeadIn => self.push(block, signature, role, Style::LeadIn, self.depth()),
                Role::Title => {
                    self.open.clear();
                    self.last.clear();
                    self.push(block, signature, role, Style::Title, 0);
                    self.open.push((Style::Title, self.outline.nodes.len() as u32 - 1));
                }
                _ => self.push(block, signature, role, Style::Aside, 0),
            }
        }
        self.outline
    }

    /// How many blocks the front has: all before the first paragraph of prose or numbered heading.
    fn front(&self) -> usize {
        let body = |s: &Signature| {
            let prose = matches!(s.shape, Shape::Line | Shape::Dash) && s.end != EndMark::None && s.han >= 30;
            let section = matches!(s.shape, Shape::Markdown(2..)) && !s.dash;
            prose
                || section
                || (s.marker.is_some() && !s.is_doubtful)
                || matches!(s.shape, Shape::Salutation | Shape::Table | Shape::Fence)
        };
        let limit = self.blocks.len().min(FRONT_BLOCKS);
        self.blocks[..limit].iter().position(|(_, s)| body(s)).unwrap_or(limit)
    }

    /// A `#` line, else the first line of two halves, else the first short line.
    fn title(&self, front: usize) -> Option<usize> {
        let find = |wanted: &dyn Fn(&Signature) -> bool| self.blocks[..front].iter().position(|(_, s)| wanted(s));
        let short = |s: &Signature| {
            s.shape == Shape::Line && s.end == EndMark::None && (4..HAN_CAP).contains(&s.han) && s.marker.is_none()
        };
        find(&|s| s.shape == Shape::Markdown(1))
            .or_else(|| find(&|s| short(s) && s.halves >= 2))
            .or_else(|| find(&short))
    }

    /// Under the title: a line that opens with ——, or, under a title of two halves, the first plain line.
    fn is_subtitle(&self, title: usize, at: usize) -> bool {
        let signature = &self.blocks[at].1;
        if signature.dash {
            return matches!(signature.shape, Shape::Dash | Shape::Markdown(_)) && signature.end == EndMark::None;
        }
        let plain = |s: &Signature| s.shape == Shape::Line && s.end == EndMark::None && s.han >= 8;
        self.blocks[title].1.halves >= 2 && plain(signature) && at == title + 1
    }

    fn role(&self, at: usize, in_front: bool) -> Role {
        let signature = &self.blocks[at].1;
        match signature.shape {
            Shape::Markdown(_) if signature.dash && in_front => Role::Subtitle,
            Shape::Markdown(_) => Role::Heading,
            Shape::Salutation => Role::Salutation,
            Shape::Byline => Role::Byline,
            Shape::Note => Role::Note,
            Shape::Line => match (signature.marker, signature.bold) {
                (Some((form, _)), _) if !form.is_item() && self.is_marked(signature) => Role::Heading,
                (_, Bold::Lead) => Role::LeadIn,
                (_, Bold::Whole) if !in_front && self.is_bold_heading(signature) => Role::Heading,
                (None, Bold::No) if !in_front && self.is_bare_heading(at) => Role::Heading,
                _ => Role::Body,
            },
            _ => Role::Body,
        }
    }

    /// A whole bold line heads what follows, but for a bold paragraph: that is longer and ends like one.
    fn is_bold_heading(&self, signature: &Signature) -> bool {
        let longest = if signature.end == EndMark::Stop { 30 } else { HAN_CAP };
        signature.han < longest
    }

    /// Whether a marker is one: a doubtful one is if it goes on from the numbers before it.
    fn is_marked(&self, signature: &Signature) -> bool {
        let follows = |node: u32| {
            let before = self.outline.nodes[node as usize].marker;
            before.map(|(form, number)| (form, number + 1)) == signature.marker
        };
        !signature.is_doubtful || self.last.values().any(|node| follows(*node))
    }

    /// A bare line is a heading if it has two halves and stands over a paragraph that ends like one. Captions of
    /// newspaper pages have the same shape, but stand among other captions and scraps.
    fn is_bare_heading(&self, at: usize) -> bool {
        let signature = &self.blocks[at].1;
        let below = self.blocks[at + 1..].iter().map(|b| &b.1).find(|s| s.shape != Shape::Comment);
        signature.halves >= 2
            && signature.end == EndMark::None
            && signature.han < HAN_CAP
            && below.is_some_and(|s| matches!(s.shape, Shape::Line | Shape::Dash) && s.end == EndMark::Stop)
    }

    fn heading(&mut self, block: BlockId, signature: Signature) {
        let style = match (signature.shape, signature.marker, signature.bold) {
            (Shape::Markdown(level), ..) => Style::Markdown(level),
            (_, Some((form, _)), _) => Style::Marked(form),
            (_, None, Bold::Whole) => Style::Bold,
            _ => Style::Bare,
        };
        match self.open.iter().rposition(|(open, _)| *open == style) {
            Some(sibling) => self.open.truncate(sibling),
            None => {
                let keep = self.open.iter().rposition(|(open, _)| *open < style).map_or(0, |i| i + 1);
                self.open.truncate(keep);
            }
        }
        self.push(block, signature, Role::Heading, style, self.depth());
        self.open.push((style, self.outline.nodes.len() as u32 - 1));
    }

    /// The level of a heading under the open sections: the title holds all and is no level.
    fn depth(&self) -> u8 {
        let titled = self.open.first().is_some_and(|(style, _)| *style == Style::Title);
        (self.open.len() - usize::from(titled) + 1).min(usize::from(u8::MAX)) as u8
    }

    fn push(&mut self, block: BlockId, signature: Signature, role: Role, style: Style, level: u8) {
        let parent = self.open.last().map(|(_, node)| *node);
        let marker = signature.marker.filter(|_| role == Role::Heading || role == Role::LeadIn);
        let (mut previous, mut before) = (None, None);
        if let Some((form, _)) = marker {
            let index = self.outline.nodes.len() as u32;
            if let Some(last) = self.last.insert((style, form, level), index) {
                match self.outline.nodes[last as usize].parent == parent {
                    true => previous = Some(last),
                    false => before = Some(last),
                }
            }
        }
        let (run_in, set_off) = (signature.run_in, (signature.mark, signature.indent));
        self.outline.nodes.push(Node { block, role, level, parent, marker, set_off, run_in, previous, before });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::{segment, structure::Structure};

    /// The outline of `text` as `level title` lines.
    fn shown(text: &str) -> String {
        let (mut at, mut blocks, mut sources) = (0, Vec::new(), Vec::new());
        while let Some(extent) = segment::next(&text[at..], at == 0, true) {
            let source = &text[at..at + extent.bytes];
            let structure = Structure::of(source, extent.kind);
            blocks.push((BlockId(sources.len() as u64), structure.signature));
            sources.push((source, structure));
            at += extent.bytes;
        }
        let outline = Outline::of(&blocks);
        let line = |n: &Node| {
            let (source, structure) = &sources[n.block.0 as usize];
            let title =
                structure.heading.as_ref().map_or(&source[structure.content.clone()], |h| &source[h.title.clone()]);
            format!("{} {} {}\n", n.level, n.role.name(), title)
        };
        outline.nodes.iter().map(line).collect()
    }

    const PROSE: &str = "一年来，县政协认真履行职能，围绕中心、服务大局，扎实开展协商议政和民主监督，取得新的成效。\n";

    #[test]
    fn headings_without_markup() {
        let text = format!(
            "政协某县委员会五年工作综述\n和衷共济谋发展 团结奋进铸辉煌\n政协某县委员会五年工作综述\n{PROSE}巩固思想基础 增强政治定力\n{PROSE}创新协商实践 提升协商实效\n{PROSE}"
        );
        let outline = shown(&text);
        assert!(
            outline.contains("0 title 和衷共济谋发展 团结奋进铸辉煌\n0 subtitle 政协某县委员会五年工作综述\n"),
            "{outline}"
        );
        assert!(
            outline.ends_with("1 heading 巩固思想基础 增强政治定力\n1 heading 创新协商实践 提升协商实效\n"),
            "{outline}"
        );
    }

    #[test]
    fn the_same_numerals_on_two_levels() {
        let text = format!(
            "# 报告\n\n{PROSE}**三、恪守民本理念**\n{PROSE}**甲乙丙丁。**{PROSE}## 二、体会\n{PROSE}## 三、建议\n**一、聚焦**\n{PROSE}**二、聚焦**\n{PROSE}"
        );
        let expected = "0 title 报告\n1 heading 三、恪守民本理念\n2 lead-in 甲乙丙丁\n1 heading 二、体会\n1 heading 三、建议\n2 heading 一、聚焦\n2 heading 二、聚焦\n";
        assert_eq!(shown(&text), expected);
    }

    #[test]
    fn numbering_forms_nest_in_their_order() {
        let text = "2026年政府工作报告\n各位代表：\n一、回顾\n（一）经济\n1.工业\n2.农业\n（二）民生\n二、安排\n（三）接着编号\n";
        let expected = "0 title 2026年政府工作报告\n0 salutation 各位代表：\n1 heading 一、回顾\n2 heading （一）经济\n3 heading 1.工业\n3 heading 2.农业\n2 heading （二）民生\n1 heading 二、安排\n2 heading （三）接着编号\n";
        assert_eq!(shown(text), expected);
    }
}
