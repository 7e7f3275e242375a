//! The index of names: which blocks hold which form of a name. Only names that stand in two forms, and in each at least
//! twice, are worth a look: one deviation proves no habit. Whoever looks reads the facts of these blocks.

use super::repeats::Classes;
use super::table::Block;
use crate::draft::BlockId;
use crate::wording::NameKey;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Times that a form stands in a draft before it is one.
pub const FEWEST: usize = 2;

#[derive(Debug, Default)]
pub struct Named {
    /// The forms, and the blocks that they stand in, as often as they do.
    holders: FxHashMap<NameKey, Vec<(u64, BlockId)>>,
    classes: Arc<Classes<NameKey>>,
    touched: Vec<NameKey>,
}

impl Named {
    /// Hears that a block goes out of the table or comes in.
    pub fn note(&mut self, block: &Block, add: bool) {
        for name in &block.facts.names {
            for key in &name.keys {
                let holders = self.holders.entry(*key).or_default();
                let holder = (name.form, block.id);
                match add {
                    true => holders.push(holder),
                    false => {
                        holders.iter().position(|other| *other == holder).map(|at| holders.swap_remove(at));
                    }
                }
                self.touched.push(*key);
            }
        }
    }

    /// The keys that were touched since the last time, each once, and the classes brought up to date: the blocks with
    /// names that may be one name in two forms, in document order.
    pub fn update(&mut self) -> (Vec<NameKey>, Arc<Classes<NameKey>>) {
        let mut touched = std::mem::take(&mut self.touched);
        touched.sort_unstable();
        touched.dedup();
        for key in &touched {
            let holders = self.holders.get(key).map(Vec::as_slice).unwrap_or_default();
            match class(holders) {
                Some(class) => {
                    Arc::make_mut(&mut self.classes).insert(*key, class);
                }
                None if self.classes.contains_key(key) => {
                    Arc::make_mut(&mut self.classes).remove(key);
                }
                None => {}
            }
            if holders.is_empty() {
                self.holders.remove(key);
            }
        }
        (touched, Arc::clone(&self.classes))
    }
}

/// The blocks of names that stand in two forms or more.
fn class(holders: &[(u64, BlockId)]) -> Option<Arc<[BlockId]>> {
    let (first, _) = holders.first()?;
    if holders.iter().all(|(form, _)| form == first) {
        return None;
    }
    let mut forms: Vec<u64> = holders.iter().map(|(form, _)| *form).collect();
    forms.sort_unstable();
    let habits = forms.chunk_by(|a, b| a == b).filter(|times| times.len() >= FEWEST).count();
    let mut blocks: Vec<BlockId> = holders.iter().map(|(_, block)| *block).collect();
    blocks.sort_unstable();
    blocks.dedup();
    (habits >= 2).then(|| blocks.into())
}
