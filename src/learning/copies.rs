//! Copies among the exemplars: the same report under two names, an excerpt of it, last year's report with new figures.
//! What they share is one author's wording and not the genre's, so they count as one document.

use super::Exemplar;
use rustc_hash::FxHashMap;

/// A fingerprint that more exemplars hold is the genre's wording and tells of no copy.
const MOST_HOLDERS: usize = 16;

/// For each exemplar the number of the document that it is, numbered in the order of the exemplars.
pub(super) fn documents(exemplars: &[Exemplar]) -> Vec<u32> {
    let mut holders: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    for (index, exemplar) in exemplars.iter().enumerate() {
        for value in &exemplar.fingerprints {
            holders.entry(*value).or_default().push(index as u32);
        }
    }
    let mut shared: FxHashMap<(u32, u32), usize> = FxHashMap::default();
    for list in holders.values().filter(|list| (2..=MOST_HOLDERS).contains(&list.len())) {
        for (n, first) in list.iter().enumerate() {
            for second in &list[n + 1..] {
                *shared.entry((*first, *second)).or_default() += 1;
            }
        }
    }
    // Half of the shorter one stands in the other.
    let count = |index: u32| exemplars[index as usize].fingerprints.len();
    let mut first: Vec<u32> = (0..exemplars.len() as u32).collect();
    let mut pairs: Vec<(u32, u32)> = shared.keys().copied().collect();
    pairs.retain(|pair @ (a, b)| 2 * shared[pair] >= count(*a).min(count(*b)));
    pairs.sort_unstable();
    for (a, b) in pairs {
        let (a, b) = (root(&first, a), root(&first, b));
        first[a.max(b) as usize] = a.min(b);
    }
    // More copies of one report than `MOST_HOLDERS` are told by their texts alone.
    let mut by_hash: FxHashMap<u64, u32> = FxHashMap::default();
    for (index, exemplar) in exemplars.iter().enumerate() {
        let same = *by_hash.entry(exemplar.hash).or_insert(index as u32);
        let (a, b) = (root(&first, same), root(&first, index as u32));
        first[a.max(b) as usize] = a.min(b);
    }
    let mut numbers: FxHashMap<u32, u32> = FxHashMap::default();
    let number = |index| {
        let next = numbers.len() as u32;
        *numbers.entry(root(&first, index)).or_insert(next)
    };
    (0..exemplars.len() as u32).map(number).collect()
}

fn root(first: &[u32], mut index: u32) -> u32 {
    while first[index as usize] != index {
        index = first[index as usize];
    }
    index
}
