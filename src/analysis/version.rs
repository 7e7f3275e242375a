//! One version of a draft, analysed: results only, shared with the versions before and after it.

use super::Engine;
use super::alike::Candidates;
use super::repeats::Classes;
use super::table::{Block, Location, Table};
use crate::draft::{BlockId, Kind, Outline, passage};
use crate::figures::StatementKey;
use crate::similarity::Key;
use crate::text::{Fold, Reading};
use crate::wording::NameKey;
use ropey::Rope;
use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

/// One version of a draft, analysed. Cheap to clone and to keep.
#[derive(Clone, Debug, Default)]
pub struct Analysis {
    pub rope: Rope,
    pub table: Table,
    pub outline: Arc<Outline>,
    /// The width that the draft is hard-wrapped at, in columns.
    pub wrap: Option<u8>,
    pub repeats: Arc<Classes<Key>>,
    /// Passages with a statement about a figure in common.
    pub statements: Arc<Classes<StatementKey>>,
    pub candidates: Arc<Candidates>,
    /// Blocks with names that may be one name in two forms.
    pub names: Arc<Classes<NameKey>>,
}

/// A paragraph as a reader sees it: one block, or the lines of a hard-wrapped paragraph.
#[derive(Clone, Debug)]
pub struct Passage {
    pub first: BlockId,
    pub ordinals: Range<usize>,
    pub key: Key,
    pub han: u32,
    /// Bytes of the text, from the first character to the last that is not layout.
    pub bytes: Range<usize>,
}

impl Analysis {
    /// The analysis of `text`, made at once.
    pub fn of(text: &str) -> Analysis {
        Engine::of(Rope::from_str(text)).analysis().clone()
    }

    /// The blocks, outline and passages of `text` only: nothing is known of what they say of one another.
    pub fn blocks_of(text: &str) -> Analysis {
        Engine::blocks_of(Rope::from_str(text))
    }

    /// The source of bytes `range`.
    pub fn source(&self, range: Range<usize>) -> Cow<'_, str> {
        self.rope.byte_slice(range).into()
    }

    /// A block's source, with the blank lines behind it.
    pub fn block_source(&self, location: Location, block: &Block) -> Cow<'_, str> {
        self.source(location.byte..location.byte + block.bytes as usize)
    }

    /// The passages that the blocks of `ordinals` form; the range begins and ends where a passage does.
    pub fn passages(&self, ordinals: Range<usize>) -> Vec<Passage> {
        let mut passages: Vec<Passage> = Vec::with_capacity(ordinals.len());
        let mut before: Option<&Block> = None;
        for (location, block) in self.table.iter_from(ordinals.start).take(ordinals.len()) {
            let facts = &block.facts;
            let content = &facts.structure.content;
            let end = location.byte + content.end;
            match (before.filter(|b| self.joins(b, block)), passages.last_mut()) {
                (Some(_), Some(passage)) => {
                    passage.ordinals.end = location.ordinal + 1;
                    passage.key = passage.key.joined(facts.key);
                    passage.han += facts.han;
                    passage.bytes.end = end;
                }
                _ => passages.push(Passage {
                    first: block.id,
                    ordinals: location.ordinal..location.ordinal + 1,
                    key: facts.key,
                    han: facts.han,
                    bytes: location.byte + content.start..end,
                }),
            }
            before = Some(block);
        }
        passages
    }

    /// The passage that begins with block `first`.
    pub fn passage(&self, first: BlockId) -> Option<Passage> {
        self.passage_at(self.table.find(first)?.0.ordinal)
    }

    /// The passage that block `id` belongs to.
    pub fn passage_of(&self, id: BlockId) -> Option<Passage> {
        let (location, _) = self.table.find(id)?;
        self.passage_at(self.passage_start(location.ordinal))
    }

    /// The passage behind `passage`.
    pub fn passage_behind(&self, passage: &Passage) -> Option<Passage> {
        self.passage_at(passage.ordinals.end)
    }

    /// The reading of a passage, as written; `None` if it is no running text.
    pub(super) fn reading(&self, passage: &Passage) -> Option<Reading> {
        let (_, block) = self.table.get(passage.ordinals.start)?;
        let is_text = block.facts.structure.is_text();
        is_text.then(|| Reading::of(&self.source(passage.bytes.clone()), Fold::None))
    }

    /// The passage that begins at block `ordinal`.
    fn passage_at(&self, ordinal: usize) -> Option<Passage> {
        self.passages(ordinal..self.passage_end(ordinal)).into_iter().next()
    }

    /// The block behind the one at `ordinal`, comments left aside: nobody's paragraph ends with one.
    pub fn behind(&self, ordinal: usize) -> Option<(Location, &Block)> {
        self.table.iter_from(ordinal + 1).find(|(_, block)| block.kind != Kind::Comment)
    }

    /// The blocks before `ordinal` that look past it, nearest first: what `behind` gives for each of them lies at
    /// `ordinal` or further on.
    pub(super) fn before(&self, ordinal: usize) -> impl Iterator<Item = (Location, &Block)> {
        let mut open = true;
        (0..ordinal).rev().map_while(move |n| {
            let found = self.table.get(n).filter(|_| open)?;
            open = found.1.kind == Kind::Comment;
            Some(found)
        })
    }

    /// Whether the passage of `block` goes on in `next`, the block behind it.
    pub(super) fn joins(&self, block: &Block, next: &Block) -> bool {
        passage::joins(self.wrap, block.facts.line, block.blank_lines as usize, next.facts.line)
    }

    /// The ordinal at which the passage of block `ordinal` begins.
    pub(super) fn passage_start(&self, mut ordinal: usize) -> usize {
        let block = |n: usize| self.table.get(n).map(|(_, b)| b);
        while let Some((before, here)) = ordinal.checked_sub(1).and_then(block).zip(block(ordinal))
            && self.joins(before, here)
        {
            ordinal -= 1;
        }
        ordinal
    }

    /// The ordinal behind the last block of the passage of block `ordinal`; the table's length for ordinals outside.
    pub(super) fn passage_end(&self, ordinal: usize) -> usize {
        let mut before: Option<&Block> = None;
        for (location, block) in self.table.iter_from(ordinal) {
            if before.is_some_and(|b| !self.joins(b, block)) {
                return location.ordinal;
            }
            before = Some(block);
        }
        self.table.len()
    }
}
