//! Merging segments: what is dead is left out, and few files are left to ask.

use super::manifest::Manifest;
use super::segment::{Posting, Segment, Writer};
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::io::{self, Write};
use std::path::PathBuf;

/// A segment with this share of dead reports (one in so many) is written anew.
const DEAD: usize = 2;

/// More segments than this are merged: each is one more place to look a fingerprint up in.
const MOST: usize = 6;

/// Which segments to merge next; empty if all is well.
pub fn due(segments: &[Segment], manifest: &Manifest) -> Vec<usize> {
    let live: Vec<usize> = segments.iter().map(|segment| manifest.live(&segment.name)).collect();
    let is_dead = |n: &usize| (segments[*n].reports() - live[*n]) * DEAD > segments[*n].reports();
    let dead: Vec<usize> = (0..segments.len()).filter(is_dead).collect();
    if !dead.is_empty() {
        return dead;
    }
    if segments.len() <= MOST {
        return Vec::new();
    }
    // From the smallest on, as long as the next is not much larger than all before it together: what is merged grows by a
    // factor, so that a posting is written a logarithmic number of times.
    let mut order: Vec<usize> = (0..segments.len()).collect();
    order.sort_by_key(|n| segments[*n].pages());
    let (mut pages, mut count) = (0, 0);
    for n in &order {
        if count >= 2 && segments[*n].pages() > 2 * pages {
            break;
        }
        pages += segments[*n].pages();
        count += 1;
    }
    order.truncate(count);
    order
}

/// Writes the living reports of `segments` as one segment to `out`. The result: its name, `out`, and the numbers of the
/// reports in it by their paths. `InvalidData`: one of them is damaged.
pub fn merge<W: Write>(
    segments: &[&Segment],
    manifest: &Manifest,
    serial: u64,
    out: W,
) -> io::Result<(String, W, HashMap<PathBuf, u32>)> {
    let (mut passages, mut ends, mut numbers) = (Vec::new(), Vec::new(), HashMap::new());
    // For each segment the new number of each passage.
    let mut renumbered: Vec<Vec<Option<u32>>> = Vec::with_capacity(segments.len());
    for segment in segments {
        let mut live: Vec<Option<&PathBuf>> = vec![None; segment.reports()];
        for (path, entry) in &manifest.reports {
            if let Some((_, number)) = entry.place.as_ref().filter(|(name, _)| *name == segment.name)
                && let Some(slot) = live.get_mut(*number as usize)
            {
                *slot = Some(path);
            }
        }
        let mut new = vec![None; segment.passages.len()];
        let mut passage = 0;
        for (report, path) in live.iter().enumerate() {
            while passage < segment.passages.len() && segment.report_of(passage as u32) == report {
                if path.is_some() {
                    new[passage] = Some(passages.len() as u32);
                    passages.push(segment.passages[passage]);
                }
                passage += 1;
            }
            if let Some(path) = path {
                numbers.insert((*path).clone(), ends.len() as u32);
                ends.push(passages.len() as u32);
            }
        }
        renumbered.push(new);
    }
    let mut sources: Vec<_> = segments.iter().map(|segment| segment.postings()).collect();
    let mut next = |n: usize| -> io::Result<Option<Posting>> {
        for posting in sources[n].by_ref() {
            let (fingerprint, passage) = posting?;
            if let Some(new) = renumbered[n].get(passage as usize).copied().flatten() {
                return Ok(Some((fingerprint, new)));
            }
        }
        Ok(None)
    };
    let mut heap = BinaryHeap::new();
    for n in 0..segments.len() {
        heap.extend(next(n)?.map(|posting| Reverse((posting, n))));
    }
    let mut writer = Writer::new(out);
    while let Some(Reverse((posting, n))) = heap.pop() {
        writer.push(posting)?;
        heap.extend(next(n)?.map(|posting| Reverse((posting, n))));
    }
    let (name, out) = writer.finish(&passages, &ends, serial)?;
    Ok((name, out, numbers))
}
