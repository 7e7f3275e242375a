//! Who a draft is and the tense of its sections, with the places that say so. Made when it is asked for: a keystroke needs
//! neither.

use super::{Analysis, Block, Location};
use crate::draft::identity::{self, Because, HEAD, Identity, Line, Said, TAIL, Tense};
use crate::draft::{BlockId, EndMark, Node, Role};
use crate::figures::numbers;
use crate::text::{Fold, Reading};
use std::borrow::Cow;
use std::ops::Range;

/// Who a draft is.
#[derive(Clone, Debug, Default)]
pub struct Portrait {
    pub identity: Identity,
    /// Where each line starts that the identity was read from, in bytes of the draft.
    lines: Vec<usize>,
}

/// A section's tense, and what says so, in bytes of the draft; nothing says so if the section around it does.
pub type Told = (Tense, Option<Range<usize>>);

impl Portrait {
    /// Where `said` stands, in bytes of the draft.
    pub fn bytes<T>(&self, said: &Said<T>) -> Range<usize> {
        let start = self.lines[said.line];
        start + said.range.start..start + said.range.end
    }
}

impl Analysis {
    /// Who the draft is, read from its two ends.
    pub fn portrait(&self) -> Portrait {
        let all: Vec<usize> = self.contents(0).map(|(ordinal, ..)| ordinal).collect();
        let middle = HEAD.min(all.len())..all.len().saturating_sub(TAIL).max(HEAD.min(all.len()));
        let ends = all[..middle.start].iter().chain(&all[middle.end..]);
        let read: Vec<(Role, usize, Cow<'_, str>)> = ends
            .filter_map(|&ordinal| self.contents(ordinal).next())
            .map(|(_, role, at, text)| (role, at, text))
            .collect();
        let lines: Vec<Line<'_>> = read.iter().map(|(role, _, text)| Line { role: *role, text }).collect();
        Portrait { identity: identity::identify(&lines), lines: read.iter().map(|(_, at, _)| *at).collect() }
    }

    /// The tense of each of the outline's nodes, where it can be told.
    pub fn tenses(&self, identity: &Identity) -> Vec<Option<Told>> {
        let mut tenses: Vec<Option<Told>> = Vec::with_capacity(self.outline.nodes.len());
        for node in &self.outline.nodes {
            let told = self.told(node, identity, |parent| tenses[parent].as_ref().map(|(tense, _)| *tense));
            tenses.push(told);
        }
        tenses
    }

    /// The tense of the section that block `id` stands in.
    pub fn tense_at(&self, id: BlockId, identity: &Identity) -> Option<Tense> {
        let nodes = &self.outline.nodes;
        let mut above = nodes[..nodes.partition_point(|node| node.block <= id)].iter();
        match above.rposition(|node| matches!(node.role, Role::Heading | Role::LeadIn | Role::Item)) {
            Some(index) => self.tense_of(index, identity),
            None => identity.kind.as_ref()?.value.tense,
        }
    }

    /// The period that a short paragraph before block `first` introduces in its section: what stands behind
    /// 2025年，我们重点抓了以下工作。 is of that year, and not of the five before. Behind 主要预期目标是： it is yet to come.
    pub fn introduced_period(&self, first: BlockId) -> Option<String> {
        /// Han; a longer paragraph tells of something itself.
        const LONGEST: u32 = 40;
        /// Blocks; further back nobody remembers.
        const FURTHEST: usize = 100;
        let (location, _) = self.table.find(first)?;
        let before = (location.ordinal.saturating_sub(FURTHEST)..location.ordinal).rev();
        let blocks = before.filter_map(|ordinal| self.table.get(ordinal));
        let heads = |block: &Block| matches!(self.outline.role(block.id), Role::Heading | Role::Title);
        let period = |(location, block): (Location, &Block)| {
            let structure = &block.facts.structure;
            let ends = matches!(structure.signature.end, EndMark::Stop | EndMark::Colon);
            if block.facts.han > LONGEST || !ends {
                return None;
            }
            let source = self.block_source(location, block);
            let reading = Reading::of(&source[structure.content.clone()], Fold::None);
            let aims = structure.signature.end == EndMark::Colon && reading.text().contains("目标");
            let first = numbers(reading.text()).into_iter().next().filter(|m| m.class.is_time() && m.range.start == 0);
            let period = first.map(|first| reading.text()[first.range].to_owned());
            aims.then(|| "目标".to_owned()).or(period)
        };
        blocks.take_while(|(_, block)| !heads(block)).find_map(period)
    }

    /// Whether two blocks stand in different sections, or behind different lead-ins, of one level under one heading.
    pub fn are_siblings(&self, one: BlockId, other: BlockId) -> bool {
        let nodes = &self.outline.nodes;
        let around = |id: BlockId| {
            let above = &nodes[..nodes.partition_point(|node| node.block <= id)];
            let heads = |node: &Node| matches!(node.role, Role::Heading | Role::LeadIn | Role::Item);
            let mut path = Vec::new();
            let mut at = above.iter().rposition(heads);
            while let Some(index) = at {
                path.push(index);
                at = nodes[index].parent.map(|parent| parent as usize).filter(|&parent| heads(&nodes[parent]));
            }
            path.reverse();
            path
        };
        let (a, b) = (around(one), around(other));
        let common = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
        common < a.len() && common < b.len()
    }

    fn tense_of(&self, index: usize, identity: &Identity) -> Option<Tense> {
        self.told(&self.outline.nodes[index], identity, |parent| self.tense_of(parent, identity))
            .map(|(tense, _)| tense)
    }

    /// The tense of a node, where `of` gives those of the nodes around it.
    fn told(&self, node: &Node, identity: &Identity, of: impl FnOnce(usize) -> Option<Tense>) -> Option<Told> {
        let inherited = match node.parent.map(|parent| parent as usize) {
            Some(parent) if self.outline.nodes[parent].role != Role::Title => of(parent),
            _ => identity.kind.as_ref().and_then(|kind| kind.value.tense),
        };
        match node.role {
            Role::Heading => self.tense(node, inherited, identity.past()),
            _ => inherited.map(|tense| (tense, None)),
        }
    }

    fn tense(&self, node: &Node, inherited: Option<Tense>, past: Option<u32>) -> Option<Told> {
        /// The first paragraphs under a heading tell; what follows is detail.
        const OPENINGS: usize = 2;
        let (location, block) = self.table.find(node.block)?;
        let source = self.block_source(location, block);
        let structure = &block.facts.structure;
        let title = structure.words(node.part);
        let behind = title.end..structure.content.end.max(title.end);
        let mut openings: Vec<(usize, Cow<'_, str>)> = Vec::new();
        if node.run_in {
            openings.push((location.byte + behind.start, Cow::Borrowed(&source[behind])));
        }
        let below = self.contents(location.ordinal + 1).take_while(|(_, role, ..)| *role != Role::Heading);
        openings.extend(below.take(OPENINGS - openings.len()).map(|(_, _, at, text)| (at, text)));
        let texts: Vec<&str> = openings.iter().map(|(_, text)| text.as_ref()).collect();
        let (tense, because) = identity::tense(&source[title.clone()], &texts, inherited, past)?;
        let at = |start: usize, range: Range<usize>| start + range.start..start + range.end;
        let place = match because {
            Because::Heading(range) => Some(at(location.byte + title.start, range)),
            Because::Opening(n, range) => Some(at(openings[n].0, range)),
            Because::Inherited => None,
        };
        Some((tense, place))
    }

    /// The blocks with text from ordinal `from` on: their ordinals, roles, where their content starts, and the content.
    fn contents(&self, from: usize) -> impl Iterator<Item = (usize, Role, usize, Cow<'_, str>)> {
        self.table.iter_from(from).filter(|(_, block)| block.facts.structure.is_text()).map(|(location, block)| {
            let content = block.facts.structure.content.clone();
            let bytes = location.byte + content.start..location.byte + content.end;
            (location.ordinal, self.outline.role(block.id), bytes.start, self.source(bytes))
        })
    }
}
