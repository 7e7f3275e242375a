//! The index of repeats: which passages have equal readings, or a statement in common.
//!
//! Keys tell candidates; whoever speaks of a repeat compares the readings. The index holds every passage, the snapshot
//! only the classes with two members or more.

use crate::draft::BlockId;
use rustc_hash::FxHashMap;
use std::hash::Hash;
use std::sync::Arc;

/// Passages with fewer Han than this are not indexed: no rule may ask for shorter ones.
pub const FEWEST_HAN: u32 = 12;

/// The repeat classes of a draft: first blocks of passages with equal keys, in document order. A passage that has the key
/// twice is there twice.
pub type Classes<K> = FxHashMap<K, Arc<[BlockId]>>;

#[derive(Debug)]
pub struct Repeats<K> {
    /// Most keys have one passage, which needs no vector.
    members: FxHashMap<K, Members>,
    classes: Arc<Classes<K>>,
}

impl<K> Default for Repeats<K> {
    fn default() -> Repeats<K> {
        Repeats { members: FxHashMap::default(), classes: Arc::default() }
    }
}

#[derive(Debug)]
enum Members {
    One(BlockId),
    Many(Vec<BlockId>),
}

impl<K: Copy + Eq + Hash> Repeats<K> {
    pub fn add(&mut self, key: K, head: BlockId) {
        match self.members.entry(key) {
            std::collections::hash_map::Entry::Vacant(entry) => {
                entry.insert(Members::One(head));
            }
            std::collections::hash_map::Entry::Occupied(mut entry) => match entry.get_mut() {
                Members::One(other) => {
                    let pair = if *other < head { vec![*other, head] } else { vec![head, *other] };
                    entry.insert(Members::Many(pair));
                }
                Members::Many(heads) => {
                    let at = heads.partition_point(|h| *h < head);
                    heads.insert(at, head);
                }
            },
        }
    }

    pub fn remove(&mut self, key: K, head: BlockId) {
        let Some(members) = self.members.get_mut(&key) else { return };
        match members {
            Members::One(_) => {
                self.members.remove(&key);
            }
            Members::Many(heads) => {
                heads.retain(|h| *h != head);
                if let [one] = heads[..] {
                    *members = Members::One(one);
                }
            }
        }
    }

    pub fn clear(&mut self) {
        self.members.clear();
    }

    /// The classes, after the touched keys are brought up to date.
    pub fn classes(&mut self, touched: &[K]) -> Arc<Classes<K>> {
        let is_class = |key: &K| matches!(self.members.get(key), Some(Members::Many(_)));
        if touched.iter().any(|key| is_class(key) || self.classes.contains_key(key)) {
            let classes = Arc::make_mut(&mut self.classes);
            for key in touched {
                match self.members.get(key) {
                    Some(Members::Many(heads)) => {
                        classes.insert(*key, heads.as_slice().into());
                    }
                    _ => {
                        classes.remove(key);
                    }
                }
            }
        }
        Arc::clone(&self.classes)
    }
}
