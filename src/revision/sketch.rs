//! A sketch: the draft as it would be, block by block. Blocks keep their kind; what changes is their order and stretches of
//! their text. That is enough to build the outline of the text to come without analysing it.

use super::Numbers;
use super::pointing::{self, Due};
use crate::analysis::{Analysis, Block, Location};
use crate::draft::segment::COMMENT_LINES;
use crate::draft::{BlockId, Outline, Role, Shape, Signature, Structure, marker, segment};
use crate::text::{Change, numeral};
use std::borrow::Cow;
use std::ops::Range;

/// A draft in the making.
pub(super) struct Sketch<'a> {
    pub analysis: &'a Analysis,
    /// The ordinal of the block of each node of the outline.
    pub ordinals: Vec<usize>,
    /// By the ordinals of the blocks.
    pieces: Vec<Piece>,
    carried: Option<Carry>,
}

/// A block with what changes in it.
struct Piece {
    /// Bytes of the block; disjoint.
    edits: Vec<Change>,
    signature: Signature,
}

/// Blocks that are carried somewhere else.
struct Carry {
    blocks: Range<usize>,
    /// The block before which they are put, or the number of blocks.
    before: usize,
}

/// The outline of a sketch, and which node each of its nodes was.
pub(super) struct Sketched {
    pub outline: Outline,
    pub old: Vec<usize>,
    /// The other way round.
    pub new: Vec<usize>,
}

impl<'a> Sketch<'a> {
    pub fn of(analysis: &'a Analysis) -> Sketch<'a> {
        let piece =
            |(_, block): (Location, &Block)| Piece { edits: Vec::new(), signature: block.facts.structure.signature };
        let pieces = analysis.table.iter().map(piece).collect();
        let mut blocks = analysis.table.iter().peekable();
        let ordinal = |id: BlockId| {
            while blocks.next_if(|(_, block)| block.id < id).is_some() {}
            blocks.peek().map_or(0, |(location, _)| location.ordinal)
        };
        let ordinals = analysis.outline.nodes.iter().map(|node| node.block).map(ordinal).collect();
        Sketch { analysis, ordinals, pieces, carried: None }
    }

    pub fn block(&self, ordinal: usize) -> Option<(Location, &'a Block)> {
        self.analysis.table.get(ordinal)
    }

    /// The source of block `ordinal` as it is now.
    pub fn source(&self, ordinal: usize) -> Option<Cow<'a, str>> {
        let (location, block) = self.block(ordinal)?;
        Some(self.analysis.block_source(location, block))
    }

    /// Whether an annex begins among these blocks: what stands behind is no part of the sections before.
    pub fn has_annex(&self, mut blocks: Range<usize>) -> bool {
        let is_annex = |s: &Signature| matches!(s.shape, Shape::Annex | Shape::AnnexHead);
        blocks.any(|ordinal| self.pieces.get(ordinal).is_some_and(|piece| is_annex(&piece.signature)))
    }

    /// Changes bytes `range` of block `ordinal`.
    pub fn edit(&mut self, ordinal: usize, range: Range<usize>, text: String) {
        let edits = &mut self.pieces[ordinal].edits;
        edits.push(Change { range, text });
        edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
    }

    /// Takes back what was changed in block `ordinal`.
    pub fn restore(&mut self, ordinal: usize) {
        self.pieces[ordinal].edits.clear();
    }

    /// Puts `blocks` before block `before`.
    pub fn carry(&mut self, blocks: Range<usize>, before: usize) {
        self.carried = Some(Carry { blocks, before });
    }

    /// Gives headings their numbers, in the form that they are written in; `None` where there is no such number.
    pub fn number(&mut self, numbers: &Numbers) -> Option<()> {
        for (&node, &number) in numbers {
            let ordinal = self.ordinals[node];
            let (_, block) = self.block(ordinal)?;
            let marker = block.facts.structure.heading.as_ref()?.marker.as_ref()?;
            if marker.number != number {
                self.edit(ordinal, marker.numeral.clone(), printed(number, marker.numeral_form)?);
            }
        }
        Some(())
    }

    /// The text of block `ordinal` to come.
    fn text(&self, ordinal: usize) -> Option<String> {
        let source = self.source(ordinal)?;
        let (mut text, mut from) = (String::with_capacity(source.len()), 0);
        for edit in &self.pieces[ordinal].edits {
            text.push_str(source.get(from..edit.range.start)?);
            text.push_str(&edit.text);
            from = edit.range.end;
        }
        text.push_str(source.get(from..)?);
        Some(text)
    }

    /// The blocks in their order to come.
    fn order(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.pieces.len()).collect();
        if let Some(Carry { blocks, before }) = &self.carried {
            match *before < blocks.start {
                true => order[*before..blocks.end].rotate_right(blocks.len()),
                false => order[blocks.start..*before].rotate_left(blocks.len()),
            }
        }
        order
    }

    /// The outline to come, if every block plays the role that it played, and every heading stands `shift` levels deeper
    /// under the parent that it is to have. Both are given a node by its index, the second its parent as well.
    pub fn outline(
        &mut self,
        shift: &dyn Fn(usize) -> i16,
        parent: &dyn Fn(usize, Option<usize>) -> Option<usize>,
    ) -> Option<Sketched> {
        for ordinal in 0..self.pieces.len() {
            if !self.pieces[ordinal].edits.is_empty() {
                let (_, block) = self.block(ordinal)?;
                self.pieces[ordinal].signature = Structure::of(&self.text(ordinal)?, block.kind).signature;
            }
        }
        let order = self.order();
        let signatures: Vec<(BlockId, Signature)> =
            order.iter().enumerate().map(|(at, &n)| (BlockId(at as u64), self.pieces[n].signature)).collect();
        let outline = Outline::of(&signatures);
        let before = &self.analysis.outline;
        let mut old = Vec::with_capacity(outline.nodes.len());
        let mut new = vec![usize::MAX; before.nodes.len()];
        for (index, node) in outline.nodes.iter().enumerate() {
            let ordinal = order[node.block.0 as usize];
            let was = self.ordinals.partition_point(|o| *o < ordinal) + usize::from(node.part);
            let is_same = before.nodes.get(was).is_some_and(|w| (w.role, w.part) == (node.role, node.part));
            if !is_same || self.ordinals[was] != ordinal {
                return None;
            }
            old.push(was);
            new[was] = index;
        }
        if old.len() != before.nodes.len() {
            return None;
        }
        for (node, &was) in outline.nodes.iter().zip(&old) {
            if matches!(node.role, Role::Heading | Role::Title) {
                let due = parent(was, before.nodes[was].parent.map(|p| p as usize));
                let level = i16::from(before.nodes[was].level) + shift(was);
                if node.parent.map(|p| old[p as usize]) != due || i16::from(node.level) != level {
                    return None;
                }
            }
        }
        Some(Sketched { outline, old, new })
    }

    /// The changes, if the lines of the text to come are cut into these same blocks, its outline is as it is to be (see
    /// `outline`), and every reference means what is due.
    pub fn finish(
        mut self,
        shift: &dyn Fn(usize) -> i16,
        parent: &dyn Fn(usize, Option<usize>) -> Option<usize>,
        dues: &[Due],
    ) -> Option<Vec<Change>> {
        let sketched = self.outline(shift, parent)?;
        if !pointing::hold(dues, &sketched) || !self.is_cut_alike()? {
            return None;
        }
        let mut changes = Vec::new();
        let is_carried = |ordinal: &usize| self.carried.as_ref().is_some_and(|carry| carry.blocks.contains(ordinal));
        for ordinal in (0..self.pieces.len()).filter(|ordinal| !is_carried(ordinal)) {
            let edits = &self.pieces[ordinal].edits;
            if !edits.is_empty() {
                let start = self.block(ordinal)?.0.byte;
                changes.extend(edits.iter().map(|edit| Change {
                    range: start + edit.range.start..start + edit.range.end,
                    text: edit.text.clone(),
                }));
            }
        }
        if let Some(Carry { blocks, before }) = &self.carried {
            let byte = |ordinal: usize| self.block(ordinal).map_or(self.analysis.table.end().byte, |(at, _)| at.byte);
            let text = blocks.clone().map(|ordinal| self.text(ordinal)).collect::<Option<String>>()?;
            changes.push(Change { range: byte(*before)..byte(*before), text });
            changes.push(Change { range: byte(blocks.start)..byte(blocks.end), text: String::new() });
        }
        let changes = self.merged(changes);
        (!changes.is_empty()).then_some(changes)
    }

    /// In order, with those that touch made one, and without those that change nothing.
    fn merged(&self, mut changes: Vec<Change>) -> Vec<Change> {
        changes.sort_by_key(|change| (change.range.start, change.range.end));
        let mut merged: Vec<Change> = Vec::with_capacity(changes.len());
        for change in changes {
            match merged.last_mut().filter(|last| last.range.end == change.range.start) {
                Some(last) => {
                    last.range.end = change.range.end;
                    last.text.push_str(&change.text);
                }
                None => merged.push(change),
            }
        }
        merged.retain(|change| self.analysis.source(change.range.clone()) != change.text);
        merged
    }

    /// Whether the line machine cuts the text to come into these blocks. It is run over what changes, from so far before and
    /// to so far behind as a block looks ahead.
    fn is_cut_alike(&self) -> Option<bool> {
        let order = self.order();
        let differs = |at: &usize| order[*at] != *at || !self.pieces[*at].edits.is_empty();
        let Some(first) = (0..order.len()).find(differs) else { return Some(true) };
        let last = (0..order.len()).rev().find(differs).unwrap_or(first);
        let start = first.saturating_sub(COMMENT_LINES);
        let end = (last + 1 + COMMENT_LINES).min(order.len());
        let complete = end == order.len();
        let texts = order[start..end].iter().map(|&n| self.text(n)).collect::<Option<Vec<String>>>()?;
        let window = texts.concat();
        let mut at = 0;
        for (place, text) in (start..end).zip(&texts) {
            let kind = self.block(order[place])?.1.kind;
            match segment::next(&window[at..], place == 0, complete) {
                Some(extent) if extent.kind == kind && extent.bytes == text.len() => at += text.len(),
                None if !complete && place > last => break,
                _ => return Some(false),
            }
        }
        Some(true)
    }
}

/// A heading's number in its form; no report numbers beyond `marker::LARGEST`.
pub(super) fn printed(number: u32, form: numeral::NumeralForm) -> Option<String> {
    (1..=marker::LARGEST).contains(&number).then(|| numeral::print(number, form)).flatten()
}
