//! The engine: takes the text before and after an edit and brings blocks, outline and repeats up to date, at a cost that
//! follows the edit.
//!
//! The line machine runs from a little before each hunk until a block border falls on an old one; facts come from the
//! old block where its text is the same, or from the blocks that the last edit removed (so that opening a fence and
//! closing it again reads nothing twice).

use super::alike::Alike;
use super::delta::{Delta, Statistics};
use super::facts::{Facts, content_hash};
use super::named::Named;
use super::repeats::{Classes, FEWEST_HAN, Repeats};
use super::stated::Stated;
use super::table::{Block, Location};
use super::version::{Analysis, Passage};
use super::window::Window;
use crate::draft::passage::WrapTally;
use crate::draft::{BlockId, Extent, Outline};
use crate::similarity::{Key, fingerprint::Fingerprints};
use crate::text::Hunks;
use crate::text::change::{Hunk, shifted};
use ropey::Rope;
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

/// The analysis of one open draft and its indexes.
#[derive(Debug, Default)]
pub struct Engine {
    current: Analysis,
    repeats: Repeats<Key>,
    alike: Alike,
    stated: Stated,
    named: Named,
    /// Passages that this edit took out or put in.
    moved: Moved,
    wrap: WrapTally,
    /// Facts of the blocks that the last edit removed, by content.
    removed: FactsByContent,
    /// The same of the last edit that removed many: a fence that is opened takes all behind it, and is closed only some
    /// keystrokes later.
    removed_many: FactsByContent,
    edits_since: u32,
    statistics: Statistics,
}

impl Engine {
    /// An engine that has read `rope`.
    pub fn of(rope: Rope) -> Engine {
        let mut engine = Engine::default();
        let mut hunks = Hunks::default();
        hunks.push(0..0, rope.len_bytes());
        engine.apply(rope, &hunks);
        engine
    }

    /// The blocks, outline and passages of `rope`, without what these say of one another: near copies, figures, names. All
    /// that a report on disk is read for.
    pub fn blocks_of(rope: Rope) -> Analysis {
        let mut engine = Engine::default();
        let mut hunks = Hunks::default();
        hunks.push(0..0, rope.len_bytes());
        engine.cut(rope, &hunks, &mut Delta::default());
        engine.current
    }

    pub fn analysis(&self) -> &Analysis {
        &self.current
    }

    pub fn statistics(&self) -> Statistics {
        self.statistics
    }

    /// Bytes of memory that the index of near copies takes.
    pub fn alike_bytes(&self) -> usize {
        self.alike.bytes()
    }

    /// Brings the analysis to `rope`, which differs from the text before by `hunks`.
    pub fn apply(&mut self, rope: Rope, hunks: &Hunks) -> Delta {
        let mut delta = Delta::default();
        let rope_before = self.cut(rope, hunks, &mut delta);
        // A key comes once for each of its members.
        delta.keys.sort_unstable();
        delta.keys.dedup();
        let members = |classes: &Classes<Key>| {
            delta.keys.iter().filter_map(|k| classes.get(k)).flat_map(|c| c.to_vec()).collect()
        };
        let mut touched: Vec<BlockId> = members(&self.current.repeats);
        self.current.repeats = self.repeats.classes(&delta.keys);
        touched.append(&mut members(&self.current.repeats));
        self.compare(&rope_before, &mut delta);
        self.state(&mut delta);
        (delta.names, self.current.names) = self.named.update();
        // Those that have no candidates any more were told of by the index.
        touched.retain(|first| self.current.candidates.contains_key(first));
        delta.copies.append(&mut touched);
        delta.copies.sort_unstable();
        delta.copies.dedup();
        delta
    }

    /// Brings blocks and outline to `rope`; the result is the text before.
    fn cut(&mut self, rope: Rope, hunks: &Hunks, delta: &mut Delta) -> Rope {
        let mut removed = FactsByContent::default();
        let regions = self.reread(&rope, hunks);
        let rope_before = std::mem::replace(&mut self.current.rope, rope);
        let wrap_before = self.current.wrap;
        let mut restructured = false;
        // From the back, so that ordinals and bytes before a region stay true.
        for region in regions.into_iter().rev() {
            let Some(region) = self.trimmed(region) else { continue };
            let region = self.with_ids(region);
            restructured |= self.replace(region, delta, &mut removed);
        }
        self.remember(removed);
        if restructured {
            self.statistics.outlines += 1;
            let outline = Outline::of(&self.current.table.signatures());
            if outline != *self.current.outline {
                self.current.outline = Arc::new(outline);
                delta.outline = true;
            }
            delta.lists = true;
        }
        self.current.wrap = self.wrap.wrap();
        if self.current.wrap != wrap_before {
            delta.wrap = true;
            self.rebuild_repeats(delta);
        }
        rope_before
    }

    /// Brings the candidates of near copies up to date. Only now, because passages are read from the text before the
    /// edit and from the one after it, and places in the table are those of one of them when all regions are replaced.
    fn compare(&mut self, rope_before: &Rope, delta: &mut Delta) {
        let Moved { removed, added } = std::mem::take(&mut self.moved);
        let is_same = |first: &BlockId, key: Key| added.get(first) == Some(&key);
        let gone = removed.iter().filter(|(first, passage)| !is_same(first, passage.key));
        let print = |rope: &Rope, bytes: Range<usize>| Fingerprints::of(&Cow::from(rope.byte_slice(bytes)));
        let gone: Vec<_> = gone.map(|(first, p)| (*first, print(rope_before, p.bytes.clone()))).collect();
        let analysis = &self.current;
        let read = |first: BlockId| Some(print(&analysis.rope, analysis.passage(first)?.bytes));
        let is_new = |(first, key): &(&BlockId, &Key)| removed.get(first).is_none_or(|before| before.key != **key);
        let new: Vec<_> = added.iter().filter(is_new).filter_map(|(first, _)| Some((*first, read(*first)?))).collect();
        self.statistics.printed += (gone.len() + new.len()) as u64;
        delta.copies.extend(self.alike.update(&gone, &new, read));
        self.current.candidates = self.alike.candidates();
        // The surroundings of these are others: what a rule says of their copies may be too.
        for first in removed.keys().chain(added.keys()) {
            delta.copies.push(*first);
            delta.copies.extend(self.current.candidates.get(first).iter().flat_map(|c| c.iter()));
        }
    }

    /// Brings the statements about figures up to date, of the passages that came and went.
    fn state(&mut self, delta: &mut Delta) {
        let analysis = &self.current;
        let read = |first: BlockId| analysis.statements_of(first);
        delta.statements = self.stated.update(read);
        self.current.statements = self.stated.classes(&delta.statements);
    }

    /// Cuts the stretches that `hunks` touch anew. Regions are in old ordinals, ascending and disjoint.
    fn reread(&mut self, rope: &Rope, hunks: &Hunks) -> Vec<Region> {
        let hunks = hunks.as_slice();
        let mut regions = Vec::new();
        let mut next_hunk = 0;
        while next_hunk < hunks.len() {
            let first_hunk = next_hunk;
            let start = self.restart(hunks[first_hunk].old.start);
            // Before a hunk the two texts differ by the shift of the hunk before it.
            let mut shift = next_hunk.checked_sub(1).map_or(0, |before| hunks[before].shift());
            let mut at = shifted(start.byte, shift);
            let mut window = Window::new(rope, at);
            let (mut border, mut new) = (start, Vec::new());
            loop {
                while let Some(hunk) = hunks.get(next_hunk).filter(|h| h.new.start <= at) {
                    shift = hunk.shift();
                    next_hunk += 1;
                }
                // Not before this region's own hunk: the one before may have ended right here.
                let reached = hunks[first_hunk..next_hunk].last().is_some_and(|h| h.new.end <= at);
                if reached && self.meets(&mut border, at, shifted(at, -shift), rope.len_bytes(), hunks.get(next_hunk)) {
                    break;
                }
                let Some((extent, text)) = window.next(at) else { break };
                new.push(self.block(extent, text, shifted(at, -shift)));
                at += extent.bytes;
            }
            regions.push(Region { old: start.ordinal..border.ordinal, new });
        }
        regions
    }

    /// Whether the line machine, at byte `at` of the new text, is where it once was in the old one (at `old_byte`), so
    /// that all behind is as it was up to `next`. Moves `border` to the first old block border not before `old_byte`.
    fn meets(&self, border: &mut Location, at: usize, old_byte: usize, end: usize, next: Option<&Hunk>) -> bool {
        let table = &self.current.table;
        for (_, block) in table.iter_from(border.ordinal) {
            if border.byte >= old_byte {
                break;
            }
            *border = border.after(block);
        }
        // The text's start has a state of its own (front matter stands nowhere else) and meets only itself.
        let same_state = (at == 0) == (old_byte == 0) || at == end;
        let clear = next.is_none_or(|h| self.restart(h.old.start).ordinal >= border.ordinal);
        border.byte == old_byte && same_state && clear
    }

    /// The block just cut; its facts come from an old block with the same text if there is one at hand.
    fn block(&mut self, extent: Extent, text: &str, old_byte: usize) -> Block {
        self.statistics.cut += 1;
        let content = content_hash(text, extent.kind);
        let here = self.current.table.at_byte(old_byte).map(|(_, b)| &b.facts).filter(|f| f.content == content);
        let remembered = || self.removed.get(&content).or_else(|| self.removed_many.get(&content));
        let facts = match here.or_else(remembered) {
            Some(facts) => Arc::clone(facts),
            None => {
                self.statistics.read += 1;
                Arc::new(Facts::read(text, extent.kind))
            }
        };
        Block {
            id: BlockId(0),
            kind: extent.kind,
            reach: extent.reach,
            bytes: extent.bytes as u32,
            lines: extent.lines as u32,
            blank_lines: extent.blank_lines as u32,
            facts,
        }
    }

    /// The block from which to read again after an edit at old byte `byte`: the one that holds the byte before it, or an
    /// earlier one that looked ahead this far.
    fn restart(&self, byte: usize) -> Location {
        let table = &self.current.table;
        let Some((mut start, _)) = table.at_byte(byte.saturating_sub(1)) else { return Location::default() };
        let line = start.line;
        let mut at = start;
        while at.ordinal > 0 && line - at.line <= usize::from(u8::MAX) {
            let Some((before, block)) = table.get(at.ordinal - 1) else { break };
            if usize::from(block.reach) + before.line + block.lines as usize > line {
                start = before;
            }
            at = before;
        }
        start
    }

    /// Leaves out blocks at both ends of a region that came out as they were.
    fn trimmed(&self, mut region: Region) -> Option<Region> {
        let table = &self.current.table;
        let same = |ordinal: usize, block: &Block| table.get(ordinal).is_some_and(|(_, b)| b.same_content(block));
        while let (Some(last), true) = (region.new.last(), region.old.end > region.old.start)
            && same(region.old.end - 1, last)
        {
            region.old.end -= 1;
            region.new.pop();
        }
        let limit = region.old.len().min(region.new.len());
        let front = (0..limit).take_while(|&n| same(region.old.start + n, &region.new[n])).count();
        region.old.start += front;
        region.new.drain(..front);
        (!region.old.is_empty() || !region.new.is_empty()).then_some(region)
    }

    /// Names the new blocks: as before where their number is the same, else between their neighbours. Where there is no
    /// room between them, some neighbours are named anew too.
    fn with_ids(&self, mut region: Region) -> Region {
        let table = &self.current.table;
        if region.new.len() == region.old.len() {
            for (block, (_, old)) in region.new.iter_mut().zip(table.iter_from(region.old.start)) {
                block.id = old.id;
            }
            return region;
        }
        /// Blocks written one after another stand this far apart, which leaves room behind each for the next.
        const STEP: u64 = 1 << 24;
        let mut widen = 32;
        loop {
            let id = |ordinal: usize| table.get(ordinal).map(|(_, b)| b.id.0);
            let low = region.old.start.checked_sub(1).and_then(id).unwrap_or(0);
            let high = id(region.old.end).unwrap_or(u64::MAX);
            let step = ((high - low) / (region.new.len() as u64 + 1)).min(STEP);
            if step > 0 {
                for (n, block) in (1u64..).zip(&mut region.new) {
                    block.id = BlockId(low + n * step);
                }
                return region;
            }
            let start = region.old.start.saturating_sub(widen);
            let end = (region.old.end + widen).min(table.len());
            let take = |range: Range<usize>| table.iter_from(range.start).take(range.len()).map(|(_, b)| b.clone());
            let mut blocks: Vec<Block> = take(start..region.old.start).collect();
            blocks.append(&mut region.new);
            blocks.extend(take(region.old.end..end));
            region = Region { old: start..end, new: blocks };
            widen *= 2;
        }
    }

    /// Puts a region into the table and the indexes. Whether any signature changed, came or went.
    fn replace(&mut self, region: Region, delta: &mut Delta, removed: &mut FactsByContent) -> bool {
        let Region { old, new } = region;
        let fresh = new.len();
        // A border block on each side may join with what comes in; passages outside of these stay as they are, because
        // whether two lines join depends on them alone.
        let left = self.current.passage_start(old.start.saturating_sub(1));
        let right = self.current.passage_end(old.end);
        for passage in self.current.passages(left..right) {
            self.index(&passage, delta, false);
        }
        let before: Vec<Block> =
            self.current.table.iter_from(old.start).take(old.len()).map(|(_, b)| b.clone()).collect();
        let same_ids = before.len() == fresh && before.iter().zip(&new).all(|(a, b)| a.id == b.id);
        let signature = |b: &Block| b.facts.structure.signature;
        let restructured = !same_ids || before.iter().zip(&new).any(|(a, b)| signature(a) != signature(b));
        for (blocks, sign) in [(&before, -1), (&new, 1)] {
            for block in blocks {
                self.named.note(block, sign > 0);
                self.wrap.count(block.facts.line, block.facts.structure.is_text(), sign);
                delta.headings |= block.facts.can_head();
                delta.lists |= block.facts.announced.is_some() || block.facts.is_item();
            }
        }
        delta.changed.extend(new.iter().map(|b| b.id));
        if !same_ids {
            delta.removed.extend(before.iter().map(|b| b.id));
        }
        removed.extend(before.into_iter().map(|b| (b.facts.content, b.facts)));
        self.current.table.splice(old.clone(), new);
        delta.joints.extend(self.current.before(old.start).map(|(_, b)| b.id));
        delta.joints.extend(self.current.table.iter_from(old.start).take(fresh).map(|(_, b)| b.id));
        for passage in self.current.passages(left..right - old.len() + fresh) {
            self.index(&passage, delta, true);
        }
        restructured
    }

    /// Keeps what an edit removed for the edits that may bring it back.
    fn remember(&mut self, removed: FactsByContent) {
        /// Beyond a few screens of text; below it reading again costs less than remembering.
        const MANY: usize = 256;
        /// Who has typed this much since opening a fence means it.
        const EDITS: u32 = 500;
        self.edits_since += 1;
        if removed.len() >= MANY {
            (self.removed_many, self.edits_since) = (removed, 0);
            self.removed = FactsByContent::default();
        } else {
            self.removed = removed;
            if self.edits_since > EDITS {
                self.removed_many = FactsByContent::default();
            }
        }
    }

    fn rebuild_repeats(&mut self, delta: &mut Delta) {
        delta.keys.extend(self.current.repeats.keys());
        self.repeats.clear();
        delta.copies.extend(self.alike.clear());
        self.moved = Moved::default();
        self.stated.forget_all();
        for passage in self.current.passages(0..self.current.table.len()) {
            self.index(&passage, delta, true);
        }
    }

    fn index(&mut self, passage: &Passage, delta: &mut Delta, add: bool) {
        self.stated.note(passage, add);
        if passage.han < FEWEST_HAN {
            return;
        }
        match add {
            true => self.repeats.add(passage.key, passage.first),
            false => self.repeats.remove(passage.key, passage.first),
        }
        delta.keys.push(passage.key);
        if Alike::takes(passage) {
            self.moved.note(passage, add);
        }
    }
}

type FactsByContent = FxHashMap<u64, Arc<Facts>>;

/// The longer passages that an edit took out of the table, as they were before it, and those that it put in.
#[derive(Debug, Default)]
struct Moved {
    removed: FxHashMap<BlockId, Passage>,
    added: FxHashMap<BlockId, Key>,
}

impl Moved {
    fn note(&mut self, passage: &Passage, add: bool) {
        if add {
            self.added.insert(passage.first, passage.key);
        } else if self.added.remove(&passage.first).is_none() {
            // Else it came in with another region of the same edit, and was never in the index.
            self.removed.insert(passage.first, passage.clone());
        }
    }
}

/// A stretch of old blocks (by ordinal) and the blocks that take its place.
struct Region {
    old: Range<usize>,
    new: Vec<Block>,
}
