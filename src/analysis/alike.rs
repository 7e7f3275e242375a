//! The index of likeness: which passages may be copies of one another, though not character by character.
//!
//! Fingerprints propose, and a rule that speaks of a copy aligns the readings. The index holds every longer passage; the
//! snapshot only the pairs that share enough. Fingerprints are not kept with the passages: an edit touches a few, and
//! reading these again from the text before it costs microseconds, keeping them would cost a fifth of the text.

use super::version::Passage;
use crate::draft::BlockId;
use crate::similarity::fingerprint::{Fingerprints, due};
use crate::similarity::index::{Index, MOST_SHARING};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

/// Passages with fewer Han than this are not indexed: a copy of the shortest paragraph that rules speak of (40 Han) with
/// a quarter deleted has 30.
pub const FEWEST_HAN: u32 = 28;

/// For each passage (by its first block) those that may be its copies, in document order. Every pair is in it twice.
pub type Candidates = FxHashMap<BlockId, Arc<[BlockId]>>;

#[derive(Debug, Default)]
pub struct Alike {
    index: Index,
    numbers: FxHashMap<BlockId, u32>,
    passages: Vec<Member>,
    free: Vec<u32>,
    candidates: Arc<Candidates>,
}

#[derive(Clone, Copy, Debug)]
struct Member {
    first: BlockId,
    characters: u32,
}

/// A passage and what its text gives.
pub type Printed = (BlockId, Fingerprints);

impl Alike {
    pub fn candidates(&self) -> Arc<Candidates> {
        Arc::clone(&self.candidates)
    }

    /// Whether a passage belongs into the index.
    pub fn takes(passage: &Passage) -> bool {
        passage.han >= FEWEST_HAN
    }

    /// Brings the index from the passages before an edit to those after it. `read` gives the fingerprints of any passage
    /// of the text after it. The result: passages whose candidates are others now, and those of their candidates.
    pub fn update(
        &mut self,
        removed: &[Printed],
        added: &[Printed],
        read: impl Fn(BlockId) -> Option<Fingerprints>,
    ) -> FxHashSet<BlockId> {
        // Passages whose shared fingerprints count no longer, or count again, because too many held them.
        let mut shifted = FxHashSet::default();
        let mut changes = Changes { before: Arc::clone(&self.candidates), after: FxHashMap::default() };
        for (first, fingerprints) in removed {
            changes.part(*first);
            let Some(number) = self.numbers.remove(first) else { continue };
            for &fingerprint in &fingerprints.values {
                if self.index.remove(fingerprint, number) == MOST_SHARING {
                    shifted.extend(self.holders(fingerprint));
                }
            }
            self.free.push(number);
        }
        for (first, fingerprints) in added {
            let member = Member { first: *first, characters: fingerprints.characters };
            let number = self.number(member);
            for &fingerprint in &fingerprints.values {
                if self.index.add(fingerprint, number) == MOST_SHARING + 1 {
                    shifted.extend(self.holders(fingerprint));
                }
            }
        }
        for (first, _) in added {
            shifted.remove(first);
        }
        shifted.retain(|first| self.numbers.contains_key(first));
        for first in &shifted {
            changes.part(*first);
        }
        for (first, fingerprints) in added {
            self.pair(*first, fingerprints, &mut changes);
        }
        for first in shifted {
            if let Some(fingerprints) = read(first) {
                self.pair(first, &fingerprints, &mut changes);
            }
        }
        drop(std::mem::take(&mut changes.before));
        self.take(changes.after)
    }

    pub fn clear(&mut self) -> impl Iterator<Item = BlockId> {
        let before = std::mem::take(self).candidates;
        let firsts: Vec<BlockId> = before.keys().copied().collect();
        firsts.into_iter()
    }

    /// Bytes of memory that the index takes, the candidates left aside.
    pub fn bytes(&self) -> usize {
        let members = self.passages.capacity() * size_of::<Member>();
        self.index.bytes() + members + self.numbers.capacity() * (size_of::<(BlockId, u32)>() + 1)
    }

    fn number(&mut self, member: Member) -> u32 {
        let number = self.free.pop().unwrap_or(self.passages.len() as u32);
        match self.passages.get_mut(number as usize) {
            Some(place) => *place = member,
            None => self.passages.push(member),
        }
        self.numbers.insert(member.first, number);
        number
    }

    fn holders(&self, fingerprint: u32) -> impl Iterator<Item = BlockId> {
        self.index.holders(fingerprint).map(|number| self.passages[number as usize].first)
    }

    /// Finds the candidates of a passage that is in the index.
    fn pair(&self, first: BlockId, fingerprints: &Fingerprints, changes: &mut Changes) {
        for (number, shared) in self.index.sharing(&fingerprints.values) {
            let other = self.passages[number as usize];
            if other.first != first && shared >= due(fingerprints.characters, other.characters) {
                changes.join(first, other.first);
            }
        }
    }

    fn take(&mut self, after: FxHashMap<BlockId, Vec<BlockId>>) -> FxHashSet<BlockId> {
        let mut touched = FxHashSet::default();
        for (first, others) in after {
            touched.insert(first);
            touched.extend(&others);
            let before = self.candidates.get(&first);
            touched.extend(before.iter().flat_map(|b| b.iter()));
            // A snapshot may hold the map: it is copied only if something is different.
            if before.map_or(&[][..], |b| b) != others {
                let candidates = Arc::make_mut(&mut self.candidates);
                match others.is_empty() {
                    true => candidates.remove(&first),
                    false => candidates.insert(first, others.into()),
                };
            }
        }
        touched
    }
}

/// Lists of candidates that an edit works on.
struct Changes {
    before: Arc<Candidates>,
    after: FxHashMap<BlockId, Vec<BlockId>>,
}

impl Changes {
    fn list(&mut self, first: BlockId) -> &mut Vec<BlockId> {
        let before = &self.before;
        self.after.entry(first).or_insert_with(|| before.get(&first).map_or_else(Vec::new, |list| list.to_vec()))
    }

    /// Takes a passage out of all pairs.
    fn part(&mut self, first: BlockId) {
        for other in std::mem::take(self.list(first)) {
            self.list(other).retain(|id| *id != first);
        }
    }

    fn join(&mut self, first: BlockId, second: BlockId) {
        for (one, other) in [(first, second), (second, first)] {
            let list = self.list(one);
            if let Err(at) = list.binary_search(&other) {
                list.insert(at, other);
            }
        }
    }
}
