//! Looking a draft up: fingerprints propose, the other file is read again, alignment decides.

use super::manifest::{Manifest, Stamp};
use super::segment::{Page, Segment};
use super::update::hash;
use super::{Archive, ArchiveError, location};
use crate::analysis::{Analysis, Passage, alike::Alike};
use crate::comparison::elsewhere::FEWEST_HAN;
use crate::comparison::{ArchiveMatches, Likeness, Match, Other, Text};
use crate::draft::BlockId;
use crate::profile;
use crate::similarity::fingerprint::{Fingerprints, due};
use crate::text::charset;
use rustc_hash::FxHashMap;
use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// A fingerprint in more passages than this says nothing: it is a set phrase, or wording that stands in many reports.
const MOST_HOLDERS: usize = 24;

/// Passages that are aligned with one of the draft's, those that share most first. What stands in more reports than a
/// few is wording.
const MOST_ALIGNED: usize = 16;

/// An archive that is open to be asked. It stays as it was opened; what has changed since is found out when it matters.
#[derive(Debug)]
pub struct Library {
    pub archive: Archive,
    pub generation: u64,
    segments: Vec<Segment>,
    /// For each segment and report its path and hash; none if the report is in another segment now.
    reports: Vec<Vec<Option<(PathBuf, String)>>>,
    shelf: Mutex<Shelf>,
}

/// What the archive said, and what it cannot vouch for.
#[derive(Debug, Default)]
pub struct Answer {
    pub matches: ArchiveMatches,
    /// Reports that have changed since they were indexed; they were not compared.
    pub changed: Vec<PathBuf>,
    /// Segments that are damaged; they were not asked.
    pub damaged: Vec<String>,
}

impl Archive {
    /// Opens the archive as it is on disk. The damage that was found is left out; an update mends it.
    pub fn open(&self) -> Result<(Library, Vec<String>), ArchiveError> {
        let (manifest, segments, damage) = self.load().map_err(ArchiveError::at(&self.folder))?;
        let Manifest { generation, reports, .. } = manifest;
        let numbers: FxHashMap<&str, usize> = segments.iter().enumerate().map(|(n, s)| (s.name.as_str(), n)).collect();
        let mut by_number: Vec<Vec<Option<(PathBuf, String)>>> =
            segments.iter().map(|segment| vec![None; segment.reports()]).collect();
        for (path, entry) in reports {
            let slot = entry
                .place
                .as_ref()
                .and_then(|(name, number)| by_number.get_mut(*numbers.get(name.as_str())?)?.get_mut(*number as usize));
            if let Some(slot) = slot {
                *slot = Some((path, entry.hash));
            }
        }
        let archive = self.clone();
        let library = Library { archive, generation, segments, reports: by_number, shelf: Mutex::default() };
        Ok((library, damage))
    }
}

impl Library {
    /// Everything that the archive holds of a draft, whose own file is `own`.
    pub fn look_up(&self, analysis: &Analysis, own: Option<&Path>) -> Answer {
        let own = own.map(location::resolved);
        let mut answer = Answer::default();
        for passage in analysis.passages(0..analysis.table.len()) {
            self.ask(analysis, passage, own.as_deref(), &mut answer);
        }
        answer
    }

    /// Brings the answer for the passages that begin with blocks `firsts` up to date.
    pub fn look_up_again(&self, analysis: &Analysis, firsts: &[BlockId], own: Option<&Path>, answer: &mut Answer) {
        let own = own.map(location::resolved);
        for first in firsts {
            match analysis.passage(*first) {
                Some(passage) => self.ask(analysis, passage, own.as_deref(), answer),
                None => answer.matches.remove(*first),
            }
        }
    }

    fn ask(&self, analysis: &Analysis, passage: Passage, own: Option<&Path>, answer: &mut Answer) {
        let (first, key) = (passage.first, passage.key);
        let proposed = match passage.han >= FEWEST_HAN && Alike::takes(&passage) {
            true => self.proposed(&Fingerprints::of(&analysis.source(passage.bytes.clone())), answer),
            false => Vec::new(),
        };
        let mut found: Vec<Match> = Vec::new();
        // What is found is kept for all drafts, whatever their profiles.
        let learned = &profile::builtin().phrases;
        if !proposed.is_empty() {
            let text = Text::of(analysis, passage);
            let others = proposed.into_iter().filter(|(report, _)| own != Some(report.0.as_path()));
            for ((path, hash), byte) in others.take(MOST_ALIGNED) {
                match self.other(path, hash) {
                    Some(other) => {
                        let block = other.analysis.table.at_byte(byte).map(|(_, block)| block.id);
                        let passage = block.and_then(|id| other.analysis.passage(id));
                        found.extend(passage.and_then(|passage| Match::of(analysis, &text, &other, passage, learned)));
                    }
                    None if answer.changed.contains(path) => {}
                    None => answer.changed.push(path.clone()),
                }
            }
        }
        let place = |m: &Match| (m.elsewhere.report.path.clone(), m.elsewhere.line());
        found.sort_by_cached_key(|m| (m.likeness != Likeness::Whole, 100 - m.similarity, place(m)));
        answer.matches.set(first, key, found);
    }

    /// Reports, and where in their text a passage begins that shares enough; those that share most come first.
    fn proposed(&self, own: &Fingerprints, answer: &mut Answer) -> Vec<(&(PathBuf, String), usize)> {
        let mut holders: Vec<(usize, u32)> = Vec::new();
        let mut pages: Vec<Page> = self.segments.iter().map(|_| Page::default()).collect();
        for fingerprint in &own.values {
            let start = holders.len();
            for (n, segment) in self.segments.iter().enumerate() {
                let read = segment.holders(*fingerprint, &mut pages[n], |passage| {
                    if self.reports[n][segment.report_of(passage)].is_some() {
                        holders.push((n, passage));
                    }
                    holders.len() - start <= MOST_HOLDERS
                });
                if read.is_err() && !answer.damaged.contains(&segment.name) {
                    answer.damaged.push(segment.name.clone());
                }
            }
            if holders.len() - start > MOST_HOLDERS {
                holders.truncate(start);
            }
        }
        holders.sort_unstable();
        let counted = holders.chunk_by(|a, b| a == b).filter_map(|same| {
            let (n, passage) = same[0];
            let segment = &self.segments[n];
            let stored = segment.passages[passage as usize];
            let report = self.reports[n][segment.report_of(passage)].as_ref()?;
            (same.len() >= due(own.characters, stored.characters)).then_some((same.len(), report, stored.byte as usize))
        });
        let mut counted: Vec<_> = counted.collect();
        counted.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| (a.1, a.2).cmp(&(b.1, b.2))));
        counted.into_iter().map(|(_, report, byte)| (report, byte)).collect()
    }

    /// The report at `path`, if its bytes are still those that were indexed.
    fn other(&self, path: &Path, indexed: &str) -> Option<Arc<Other>> {
        let stamp = Stamp::of(path).ok()?;
        let mut shelf = self.shelf.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(other) = stamp.and_then(|stamp| shelf.get(path, stamp)) {
            return Some(other);
        }
        drop(shelf);
        let bytes = std::fs::read(path).ok().filter(|bytes| hash(bytes) == indexed)?;
        let (text, _) = charset::decode(&bytes).ok()?;
        let other = Arc::new(Other::of(path, &text));
        shelf = self.shelf.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(stamp) = stamp {
            shelf.put(path, stamp, &other);
        }
        Some(other)
    }
}

/// Reports that were read to compare with: a writer who copies does so from few.
#[derive(Debug, Default)]
struct Shelf(VecDeque<(PathBuf, Stamp, Arc<Other>)>);

impl Shelf {
    /// A report of 60 KB takes some 300 KB.
    const MOST: usize = 32;

    fn get(&mut self, path: &Path, stamp: Stamp) -> Option<Arc<Other>> {
        let at = self.0.iter().position(|(p, s, _)| p == path && *s == stamp)?;
        let found = self.0.remove(at)?;
        let other = Arc::clone(&found.2);
        self.0.push_front(found);
        Some(other)
    }

    fn put(&mut self, path: &Path, stamp: Stamp, other: &Arc<Other>) {
        self.0.retain(|(p, ..)| p != path);
        self.0.push_front((path.to_owned(), stamp, Arc::clone(other)));
        self.0.truncate(Shelf::MOST);
    }
}
