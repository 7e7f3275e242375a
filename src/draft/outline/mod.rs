//! The outline (提纲): which blocks are titles, headings and lead-ins (段首句), how they nest, and which numbers form a
//! chain. A pure function of block signatures, so an edit that leaves every signature equal leaves the outline as it is.
//!
//! Evidence, strongest first: Markdown `#`, then markers in their order 第X章 / 一、 / （一） / 1. / （1）, then whole bold lines,
//! then bare short lines over text that have siblings, then first sentences that have siblings. A heading closes every
//! open section that does not outrank it; one whose style is already open is that one's sibling. So the same numeral form
//! may stand on two levels (`## 二、` over `**三、**`), and levels come from nesting, not from the count of `#`.

mod lead_ins;
mod roles;

use super::BlockId;
use super::marker::{Form, Mark};
use super::shape::Shape;
use super::structure::Signature;
use roles::Given;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// What a block is in its draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    Title,
    /// The second line of a title.
    TitleRest,
    Subtitle,
    Heading,
    /// 段首句: a sentence that heads the text behind it in the same paragraph.
    LeadIn,
    /// A paragraph of a numbered list in prose: 一是…, 第一，….
    Item,
    Byline,
    Salutation,
    Note,
    Body,
}

/// A block whose role is not `Body`, or one of the lead-ins of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Node {
    pub block: BlockId,
    /// Which of its block's lead-ins it is; 0 for all else.
    pub part: u8,
    pub role: Role,
    /// Depth of a heading or lead-in from 1; a title's is 0. Meaningless for other roles.
    pub level: u8,
    /// The section that holds this node, as an index into `Outline::nodes`.
    pub parent: Option<u32>,
    /// How many `#` it has.
    pub depth: Option<u8>,
    pub marker: Option<(Form, u32)>,
    /// How the marker is set off, and the columns before it: what siblings share.
    pub set_off: (Option<Mark>, u8),
    pub run_in: bool,
    /// The chain that its marker belongs to, as an index into `Outline::chains`, and which member of it it is.
    pub chain: Option<(u32, u32)>,
}

/// Siblings with markers of one style and form, in document order: 一、 二、 三、 of one section. Their numbers may be wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    pub role: Role,
    pub form: Form,
    /// Indexes into `Outline::nodes`.
    pub members: Vec<u32>,
    /// The chain of this style, form and level in a section before, whose numbers this one may run on from.
    pub before: Option<u32>,
    /// The chain that may run on from this one.
    pub behind: Option<u32>,
}

/// One number missing in a chain.
#[derive(Clone, Copy, Debug)]
pub struct Gap<'o> {
    pub form: Form,
    pub missing: u32,
    /// The member before it.
    pub before: &'o Node,
    /// What stands between that member and the next.
    pub between: &'o [Node],
}

/// The nodes in document order, and the chains in the order of their first members.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    pub nodes: Vec<Node>,
    pub chains: Vec<Chain>,
    /// Headings, or lead-ins, that stand side by side under one parent, as indexes into `nodes`; in the order of their
    /// first members.
    pub families: Vec<Vec<u32>>,
}

impl Outline {
    /// Builds the outline of a draft from its blocks in order.
    pub fn of(blocks: &[(BlockId, Signature)]) -> Outline {
        let (ids, signatures): (Vec<BlockId>, Vec<Signature>) =
            blocks.iter().filter(|(_, s)| !matches!(s.shape, Shape::Comment | Shape::Blank)).copied().unzip();
        let mut nesting = Nesting::default();
        for ((block, signature), given) in ids.into_iter().zip(&signatures).zip(roles::roles(&signatures)) {
            nesting.add(block, signature, given);
        }
        nesting.outline
    }

    pub fn role(&self, block: BlockId) -> Role {
        self.index_of(block).map_or(Role::Body, |i| self.nodes[i].role)
    }

    /// The first node of `block`.
    pub fn index_of(&self, block: BlockId) -> Option<usize> {
        let index = self.nodes.partition_point(|n| n.block < block);
        self.nodes.get(index).is_some_and(|n| n.block == block).then_some(index)
    }

    /// All nodes of `block`: several lead-ins may stand in one paragraph.
    pub fn indexes_of(&self, block: BlockId) -> Range<u32> {
        let start = self.nodes.partition_point(|n| n.block < block);
        let count = self.nodes[start..].iter().take_while(|n| n.block == block).count();
        start as u32..(start + count) as u32
    }

    /// The nodes that make up the tree, with their indexes: title, subtitle, headings, lead-ins.
    pub fn tree(&self) -> impl Iterator<Item = (usize, &Node)> {
        self.nodes.iter().enumerate().filter(|(_, n)| n.role.is_in_tree())
    }

    /// The members of `chain`.
    pub fn members<'o>(&'o self, chain: &'o Chain) -> impl DoubleEndedIterator<Item = &'o Node> + ExactSizeIterator {
        chain.members.iter().map(|&index| &self.nodes[index as usize])
    }

    /// Where exactly one number is missing between two members of a chain: what is missing may stand between them in other
    /// form or markup.
    pub fn gaps(&self) -> impl Iterator<Item = Gap<'_>> {
        let number = |index: u32| self.nodes[index as usize].marker.map_or(0, |(_, number)| number);
        let pairs = self.chains.iter().flat_map(|chain| chain.members.windows(2).map(move |pair| (chain, pair)));
        pairs.filter(move |(_, pair)| number(pair[0]) + 2 == number(pair[1])).map(move |(chain, pair)| Gap {
            form: chain.form,
            missing: number(pair[0]) + 1,
            before: &self.nodes[pair[0] as usize],
            between: &self.nodes[pair[0] as usize + 1..pair[1] as usize],
        })
    }

    /// The number of the last member of `chain`.
    pub fn last_number(&self, chain: &Chain) -> Option<u32> {
        self.members(chain).next_back().and_then(|node| node.marker).map(|(_, number)| number)
    }

    /// The numbers of `chain`, as they are written.
    pub fn numbers(&self, chain: &Chain) -> Vec<u32> {
        self.members(chain).map(|node| node.marker.map_or(0, |(_, number)| number)).collect()
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
            Role::TitleRest => "title-rest",
            Role::Subtitle => "subtitle",
            Role::Heading => "heading",
            Role::LeadIn => "lead-in",
            Role::Item => "item",
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
    /// A bare line that stands over marked headings, or in a draft without.
    BareTop,
    Marked(Form),
    Bold,
    /// A bare line under a marked heading.
    Bare,
    LeadIn,
    /// Salutations, bylines, notes: they open no section.
    Aside,
}

#[derive(Default)]
struct Nesting {
    outline: Outline,
    /// Sections that are open, outermost first: their style and node.
    open: Vec<(Style, u32)>,
    /// The last chain of each style, marker form and level since the title.
    last: FxHashMap<(Style, Form, u8), u32>,
    /// The families of each parent, level, and kind.
    families: FxHashMap<(Option<u32>, u8, Role), u32>,
}

impl Nesting {
    fn add(&mut self, block: BlockId, signature: &Signature, given: Given) {
        if matches!(signature.shape, Shape::Annex | Shape::AnnexHead) {
            // What is numbered behind belongs to the annexes.
            self.last.clear();
        }
        match given.role {
            Role::Body => {}
            Role::Title => {
                self.open.clear();
                self.last.clear();
                self.push(block, signature, given, 0);
                self.open.push((Style::Title, self.outline.nodes.len() as u32 - 1));
            }
            Role::Heading => {
                match self.open.iter().rposition(|(open, _)| *open == given.style) {
                    Some(sibling) => self.open.truncate(sibling),
                    None => {
                        let keep = self.open.iter().rposition(|(open, _)| *open < given.style).map_or(0, |i| i + 1);
                        self.open.truncate(keep);
                    }
                }
                self.push(block, signature, given, self.depth());
                self.open.push((given.style, self.outline.nodes.len() as u32 - 1));
            }
            Role::LeadIn => self.lead_ins(block, signature, given),
            _ => self.push(block, signature, given, 0),
        }
    }

    fn lead_ins(&mut self, block: BlockId, signature: &Signature, given: Given) {
        let level = self.depth();
        self.push(block, signature, given, level);
        let first = self.outline.nodes.len() as u32 - 1;
        for part in 1..given.parts {
            self.push(block, signature, given, level + u8::from(given.is_nested));
            if let Some(node) = self.outline.nodes.last_mut() {
                node.part = part;
                node.parent = if given.is_nested { Some(first) } else { node.parent };
            }
        }
    }

    /// The level of a heading under the open sections: the title holds all and is no level.
    fn depth(&self) -> u8 {
        let titled = self.open.first().is_some_and(|(style, _)| *style == Style::Title);
        (self.open.len() - usize::from(titled) + 1).min(usize::from(u8::MAX)) as u8
    }

    fn push(&mut self, block: BlockId, signature: &Signature, given: Given, level: u8) {
        let parent = self.open.last().map(|(_, node)| *node);
        let marker = signature.marker.filter(|_| matches!(given.role, Role::Heading | Role::LeadIn | Role::Item));
        let chain = marker.map(|(form, _)| self.chain((given.style, form, level), given.role, parent));
        if matches!(given.role, Role::Heading | Role::LeadIn) {
            let Outline { nodes, families, .. } = &mut self.outline;
            let next = families.len() as u32;
            let family = self.families.entry((parent, level, given.role)).or_insert(next);
            // Numbers that begin again begin another family: a list of contents, two lists of one section.
            let before = families.get(*family as usize).and_then(|members| members.last());
            let form = |index: &u32| nodes[*index as usize].marker.map(|(form, _)| form);
            if marker.is_some_and(|(own, number)| number == 1 && before.and_then(form) == Some(own)) {
                *family = next;
            }
            if *family == next {
                families.push(Vec::new());
            }
            families[*family as usize].push(nodes.len() as u32);
        }
        self.outline.nodes.push(Node {
            block,
            part: 0,
            role: given.role,
            level,
            parent,
            depth: match signature.shape {
                Shape::Markdown(depth) => Some(depth),
                _ => None,
            },
            marker,
            set_off: (signature.mark, signature.indent),
            run_in: signature.run_in,
            chain,
        });
    }

    /// Adds the node that comes next, under `parent`, to the chain that it goes on, or to a new one.
    fn chain(&mut self, key: (Style, Form, u8), role: Role, parent: Option<u32>) -> (u32, u32) {
        let node = self.outline.nodes.len() as u32;
        let Outline { nodes, chains, .. } = &mut self.outline;
        let before = self.last.get(&key).copied();
        if let Some(index) = before
            && let chain = &mut chains[index as usize]
            && chain.members.first().is_some_and(|&first| nodes[first as usize].parent == parent)
        {
            chain.members.push(node);
            return (index, chain.members.len() as u32 - 1);
        }
        let index = chains.len() as u32;
        if let Some(before) = before {
            chains[before as usize].behind = Some(index);
        }
        self.last.insert(key, index);
        chains.push(Chain { role, form: key.1, members: vec![node], before, behind: None });
        (index, 0)
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
            format!("{} {} {}\n", n.level, n.role.name(), &source[structure.words(n.part)])
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
