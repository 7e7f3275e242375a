//! What the judgement on copies depends on besides their texts, and changes without them: the roles of the passages and of
//! the blocks beside them and, where two were found alike, the titles that they stand under.

use crate::analysis::Analysis;
use crate::draft::{BlockId, Role};
use crate::rules::Judged;
use rustc_hash::FxHashMap;
use std::hash::Hash;

/// The circumstances that groups of passages, named by `K`, were judged in.
#[derive(Debug)]
pub(super) struct Circumstances<K>(FxHashMap<K, Circumstance>);

#[derive(Debug)]
struct Circumstance {
    roles: Vec<Role>,
    titles: Option<u64>,
}

impl<K> Default for Circumstances<K> {
    fn default() -> Self {
        Circumstances(FxHashMap::default())
    }
}

impl<K: Copy + Eq + Hash> Circumstances<K> {
    /// Takes the roles of a group that is about to be judged.
    pub fn enter(&mut self, group: K, analysis: &Analysis, passages: &[BlockId]) {
        self.0.insert(group, Circumstance { roles: roles(analysis, passages), titles: None });
    }

    /// Hears by what a group was judged.
    pub fn judged(&mut self, group: K, by: Judged, analysis: &Analysis, passages: &[BlockId]) {
        if by == Judged::ByTitles
            && let Some(circumstance) = self.0.get_mut(&group)
        {
            circumstance.titles = Some(titles(analysis, passages));
        }
    }

    pub fn forget(&mut self, group: K) {
        self.0.remove(&group);
    }

    /// Whether the passages of a group have other roles now.
    pub fn have_other_roles(&self, group: K, analysis: &Analysis, passages: &[BlockId]) -> bool {
        self.0.get(&group).is_none_or(|circumstance| circumstance.roles != roles(analysis, passages))
    }

    /// The groups that were judged by their titles and stand under other ones now. `passages` gives those of a group.
    pub fn under_other_titles<'a>(
        &'a self,
        analysis: &'a Analysis,
        passages: impl Fn(K) -> Option<Vec<BlockId>> + 'a,
    ) -> impl Iterator<Item = K> + 'a {
        let by_titles = self.0.iter().filter_map(|(group, circumstance)| Some((*group, circumstance.titles?)));
        let moved = by_titles.filter(move |(group, before)| {
            passages(*group).is_some_and(|passages| titles(analysis, &passages) != *before)
        });
        moved.map(|(group, _)| group)
    }
}

fn roles(analysis: &Analysis, passages: &[BlockId]) -> Vec<Role> {
    let role = |ordinal: usize| analysis.table.get(ordinal).map_or(Role::Body, |(_, b)| analysis.outline.role(b.id));
    let passages = passages.iter().filter_map(|first| analysis.passage(*first));
    let each = passages.flat_map(|passage| {
        let std::ops::Range { start, end } = passage.ordinals;
        [start.checked_sub(1).map_or(Role::Body, role), role(start), role(end)]
    });
    each.collect()
}

fn titles(analysis: &Analysis, passages: &[BlockId]) -> u64 {
    analysis.titles_above(passages.iter().filter_map(|first| analysis.passage(*first)))
}
