//! The block table: the blocks of a draft in order, in chunks that snapshots share.
//!
//! An edit replaces a chunk or two of about 128 blocks; a snapshot copies one pointer per chunk (240 of them for a 10 MB
//! report of 30,000 blocks). Sums before each chunk, and before each block within its chunk, make places cheap to find: a
//! place is a block and an offset in it, and only becomes a line of the text when somebody asks.

use super::facts::Facts;
use crate::draft::{BlockId, Kind, structure::Signature};
use std::ops::Range;
use std::sync::Arc;

/// A block in its draft. Sizes include line breaks and the blank lines behind.
#[derive(Clone, Debug)]
pub struct Block {
    pub id: BlockId,
    pub kind: Kind,
    pub reach: u8,
    pub bytes: u32,
    pub lines: u32,
    pub blank_lines: u32,
    pub facts: Arc<Facts>,
}

impl Block {
    /// Same text, read the same way; ids are not compared.
    pub fn same_content(&self, other: &Block) -> bool {
        (self.kind, self.reach, self.bytes, self.lines, self.blank_lines, self.facts.content)
            == (other.kind, other.reach, other.bytes, other.lines, other.blank_lines, other.facts.content)
    }
}

/// Where a block stands: how many blocks, bytes and lines are before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Location {
    pub ordinal: usize,
    pub byte: usize,
    pub line: usize,
}

impl Location {
    fn plus(self, other: Location) -> Location {
        Location { ordinal: self.ordinal + other.ordinal, byte: self.byte + other.byte, line: self.line + other.line }
    }

    /// Where the block behind `block` starts, if `block` starts here.
    pub fn after(self, block: &Block) -> Location {
        Location {
            ordinal: self.ordinal + 1,
            byte: self.byte + block.bytes as usize,
            line: self.line + block.lines as usize,
        }
    }
}

#[derive(Debug)]
struct Chunk {
    blocks: Vec<Block>,
    /// Where each block starts within the chunk, and behind them where the last one ends.
    starts: Vec<Location>,
    /// What the outline looks at, side by side: it reads all of them after each edit of a heading.
    signatures: Vec<(BlockId, Signature)>,
    /// How many blocks announce a count, so that rules about lists skip the others.
    announcing: u32,
    /// How many refer to sections.
    referring: u32,
}

impl Chunk {
    fn of(blocks: Vec<Block>) -> Chunk {
        let mut starts = Vec::with_capacity(blocks.len() + 1);
        starts.push(Location::default());
        starts.extend(blocks.iter().scan(Location::default(), |at, block| {
            *at = at.after(block);
            Some(*at)
        }));
        let announcing = blocks.iter().filter(|b| b.facts.announced.is_some()).count() as u32;
        let referring = blocks.iter().filter(|b| !b.facts.references.is_empty()).count() as u32;
        let signatures = blocks.iter().map(|b| (b.id, b.facts.structure.signature)).collect();
        Chunk { blocks, starts, signatures, announcing, referring }
    }

    fn size(&self) -> Location {
        self.starts.last().copied().unwrap_or_default()
    }
}

/// The last of `starts`, with an end behind them, that begins no later than what `is_before` asks for.
fn last_start(starts: &[Location], is_before: impl Fn(&Location) -> bool) -> Option<usize> {
    starts[..starts.len().checked_sub(1)?].partition_point(is_before).checked_sub(1)
}

/// Chunks are cut to this size, and an edited one may grow to twice of it.
const CHUNK: usize = 128;

/// The blocks of one version of a draft.
#[derive(Clone, Debug, Default)]
pub struct Table {
    chunks: Vec<Arc<Chunk>>,
    /// Where each chunk starts, and behind them where the last one ends.
    starts: Vec<Location>,
    /// The first block of each chunk.
    firsts: Vec<BlockId>,
}

impl Table {
    pub fn len(&self) -> usize {
        self.end().ordinal
    }

    pub fn is_empty(&self) -> bool {
        self.chunks.is_empty()
    }

    /// Where the table ends.
    pub fn end(&self) -> Location {
        self.starts.last().copied().unwrap_or_default()
    }

    pub fn get(&self, ordinal: usize) -> Option<(Location, &Block)> {
        self.seek(|start| start.ordinal, ordinal).filter(|(location, _)| location.ordinal == ordinal)
    }

    /// The block that holds byte `byte`; the last one for the text's end.
    pub fn at_byte(&self, byte: usize) -> Option<(Location, &Block)> {
        self.seek(|start| start.byte, byte)
    }

    /// The block that holds line `line`; the last one for lines behind the text.
    pub fn at_line(&self, line: usize) -> Option<(Location, &Block)> {
        self.seek(|start| start.line, line)
    }

    pub fn find(&self, id: BlockId) -> Option<(Location, &Block)> {
        let chunk = self.firsts.partition_point(|first| *first <= id).checked_sub(1)?;
        let index = self.chunks[chunk].blocks.binary_search_by_key(&id, |block| block.id).ok()?;
        Some(self.block(chunk, index))
    }

    /// The last block that starts at or before `wanted`, as `measure` counts.
    fn seek(&self, measure: impl Fn(&Location) -> usize, wanted: usize) -> Option<(Location, &Block)> {
        let chunk = last_start(&self.starts, |start| measure(start) <= wanted)?;
        let within = wanted - measure(&self.starts[chunk]);
        let index = last_start(&self.chunks[chunk].starts, |start| measure(start) <= within)?;
        Some(self.block(chunk, index))
    }

    fn block(&self, chunk: usize, index: usize) -> (Location, &Block) {
        let found = &self.chunks[chunk];
        (self.starts[chunk].plus(found.starts[index]), &found.blocks[index])
    }

    pub fn iter(&self) -> impl Iterator<Item = (Location, &Block)> {
        self.iter_from(0)
    }

    /// The blocks from `ordinal` on.
    pub fn iter_from(&self, ordinal: usize) -> impl Iterator<Item = (Location, &Block)> {
        self.in_chunks(ordinal, |_| true)
    }

    /// What the outline looks at of each block.
    pub fn signatures(&self) -> Vec<(BlockId, Signature)> {
        let mut all = Vec::with_capacity(self.len());
        self.chunks.iter().for_each(|chunk| all.extend_from_slice(&chunk.signatures));
        all
    }

    /// The blocks that announce a count.
    pub fn announcing(&self) -> impl Iterator<Item = (Location, &Block)> {
        self.in_chunks(0, |chunk| chunk.announcing > 0).filter(|(_, block)| block.facts.announced.is_some())
    }

    /// The blocks that refer to sections.
    pub fn referring(&self) -> impl Iterator<Item = (Location, &Block)> {
        self.in_chunks(0, |chunk| chunk.referring > 0).filter(|(_, block)| !block.facts.references.is_empty())
    }

    /// The blocks from `ordinal` on, in the chunks that are `wanted`.
    fn in_chunks(&self, ordinal: usize, wanted: impl Fn(&Chunk) -> bool) -> impl Iterator<Item = (Location, &Block)> {
        let first = last_start(&self.starts, |start| start.ordinal <= ordinal).unwrap_or(self.chunks.len());
        let chunks = (first..self.chunks.len()).filter(move |&chunk| wanted(&self.chunks[chunk]));
        chunks.flat_map(move |chunk| {
            let from = ordinal.saturating_sub(self.starts[chunk].ordinal);
            (from..self.chunks[chunk].blocks.len()).map(move |index| self.block(chunk, index))
        })
    }

    /// Replaces the blocks `range` (ordinals) by `blocks`, whose ids fit in between.
    pub fn splice(&mut self, range: Range<usize>, blocks: Vec<Block>) {
        let chunk_of = |ordinal: usize| {
            let inner = self.starts.get(..self.chunks.len()).unwrap_or_default();
            inner.partition_point(|s| s.ordinal <= ordinal).saturating_sub(1)
        };
        let first = chunk_of(range.start);
        let last = if self.chunks.is_empty() { 0 } else { chunk_of(range.end.max(range.start + 1) - 1) + 1 };
        let mut merged = Vec::with_capacity(blocks.len() + 2 * CHUNK);
        if let Some(chunk) = self.chunks.get(first) {
            let keep = range.start - self.starts[first].ordinal;
            merged.extend_from_slice(&chunk.blocks[..keep.min(chunk.blocks.len())]);
        }
        merged.extend(blocks);
        if let Some(index) = last.checked_sub(1) {
            let skip = range.end.saturating_sub(self.starts[index].ordinal);
            let chunk = &self.chunks[index];
            merged.extend_from_slice(&chunk.blocks[skip.min(chunk.blocks.len())..]);
        }
        let pieces = if merged.len() <= 2 * CHUNK { merged.len().max(1) } else { CHUNK };
        let mut rest = merged.into_iter().peekable();
        let mut chunks = Vec::new();
        while rest.peek().is_some() {
            let blocks: Vec<Block> = rest.by_ref().take(pieces).collect();
            chunks.push(Arc::new(Chunk::of(blocks)));
        }
        self.chunks.splice(first..last, chunks);
        self.sum_from(first);
    }

    fn sum_from(&mut self, first: usize) {
        let mut at = self.starts.get(first).copied().unwrap_or_default();
        self.starts.truncate(first);
        self.firsts.truncate(first);
        for chunk in &self.chunks[first..] {
            self.starts.push(at);
            self.firsts.push(chunk.blocks[0].id);
            at = at.plus(chunk.size());
        }
        self.starts.push(at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn block(id: u64, source: &str) -> Block {
        let facts = Arc::new(Facts::read(source, Kind::Line));
        let bytes = source.len() as u32;
        Block { id: BlockId(id), kind: Kind::Line, reach: 0, bytes, lines: 1, blank_lines: 0, facts }
    }

    proptest! {
        /// A table after splices finds everything that a plain vector finds.
        #[test]
        fn splices_keep_places(first in 0usize..400, splices in prop::collection::vec((0usize..500, 0usize..300, 0usize..300), 0..6)) {
            let mut plain: Vec<usize> = (0..first).map(|n| n % 7 + 1).collect();
            let mut table = Table::default();
            let build = |lengths: &[usize]| lengths.iter().map(|&n| block(0, &"a".repeat(n))).collect::<Vec<_>>();
            table.splice(0..0, build(&plain));
            for (at, take, give) in splices {
                let start = at.min(plain.len());
                let end = (start + take).min(plain.len());
                let lengths: Vec<usize> = (0..give).map(|n| n % 5 + 1).collect();
                table.splice(start..end, build(&lengths));
                plain.splice(start..end, lengths);
            }
            prop_assert_eq!(table.len(), plain.len());
            let mut byte = 0;
            for (ordinal, length) in plain.iter().enumerate() {
                let here = Location { ordinal, byte, line: ordinal };
                prop_assert_eq!(table.get(ordinal).map(|f| f.0), Some(here));
                prop_assert_eq!(table.iter_from(ordinal).next().map(|f| f.0), Some(here));
                prop_assert_eq!(table.at_byte(byte).map(|f| f.0), Some(here));
                prop_assert_eq!(table.at_line(ordinal).map(|f| f.0), Some(here));
                byte += length;
            }
            prop_assert_eq!(table.iter().count(), plain.len());
            prop_assert_eq!(table.iter_from(plain.len() / 2).next().map(|f| f.0.ordinal), (!plain.is_empty()).then_some(plain.len() / 2));
        }
    }
}
