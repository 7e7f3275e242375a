//! The index of statements about figures: which passages say the same of a figure. Whoever speaks of a contradiction
//! reads the passages again; the index holds keys only.

use super::repeats::{Classes, Repeats};
use super::version::{Analysis, Passage};
use crate::draft::BlockId;
use crate::figures::{self, StatementKey};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

/// A passage that is longer (bytes) is no prose: its figures are not compared, nor read for relations.
pub const LONGEST: usize = 1 << 16;

#[derive(Debug, Default)]
pub struct Stated {
    repeats: Repeats<StatementKey>,
    /// What each passage states, by its first block.
    keys: FxHashMap<BlockId, Box<[StatementKey]>>,
    /// Passages that an edit took out, and those that it put in.
    removed: FxHashSet<BlockId>,
    added: FxHashSet<BlockId>,
}

impl Stated {
    /// Hears that a passage goes out of the table or comes in.
    pub fn note(&mut self, passage: &Passage, add: bool) {
        match add {
            true => self.added.insert(passage.first),
            false => !self.added.remove(&passage.first) && self.removed.insert(passage.first),
        };
    }

    /// Hears that all passages are others.
    pub fn forget_all(&mut self) {
        self.added.clear();
        self.removed.extend(self.keys.keys());
    }

    /// Brings the index up to date with what it heard. The result: the keys that were touched, each once.
    pub fn update(&mut self, read: impl Fn(BlockId) -> Box<[StatementKey]>) -> Vec<StatementKey> {
        let mut touched = Vec::new();
        for first in self.removed.drain() {
            for key in self.keys.remove(&first).unwrap_or_default() {
                self.repeats.remove(key, first);
                touched.push(key);
            }
        }
        for first in self.added.drain() {
            let keys = read(first);
            for &key in &keys {
                self.repeats.add(key, first);
                touched.push(key);
            }
            if !keys.is_empty() {
                self.keys.insert(first, keys);
            }
        }
        touched.sort_unstable();
        touched.dedup();
        touched
    }

    pub fn classes(&mut self, touched: &[StatementKey]) -> Arc<Classes<StatementKey>> {
        self.repeats.classes(touched)
    }
}

impl Analysis {
    /// The keys of what the passage that begins with block `first` states about figures.
    pub(super) fn statements_of(&self, first: BlockId) -> Box<[StatementKey]> {
        let passage = self.passage(first).filter(|passage| passage.bytes.len() <= LONGEST);
        let Some(reading) = passage.and_then(|passage| self.reading(&passage)) else { return Box::default() };
        let mentions = figures::numbers(reading.text());
        figures::statements(reading.text(), &mentions).into_iter().map(|statement| statement.key).collect()
    }
}
