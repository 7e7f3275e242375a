//! Bringing an archive up to date: only files that changed are read, what is damaged is read again, and whatever moment
//! the process ends at, the manifest on disk is true.

use super::manifest::{Entry, FILE_NAME, Manifest, Stamp};
use super::segment::{Printed, Segment, Stored, Writer, sorted};
use super::{Archive, ArchiveError, merge};
use crate::analysis::{Analysis, alike};
use crate::checking::Cancel;
use crate::config::Finder;
use crate::similarity::fingerprint::Fingerprints;
use crate::text::charset;
use rayon::prelude::*;
use std::collections::{HashMap, HashSet};
use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;
use xxhash_rust::xxh3::xxh3_128;

/// Bytes of files that become one segment: its postings take half of this in memory.
const BATCH: u64 = 32 << 20;

/// How far an update is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    pub done: usize,
    pub all: usize,
}

/// What an update did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Update {
    pub generation: u64,
    /// Files that were read, those that had not changed after all included.
    pub read: usize,
    pub gone: usize,
    /// Files that cannot be read, with why.
    pub problems: Vec<(PathBuf, String)>,
    /// What was damaged and is rebuilt, a line each.
    pub repaired: Vec<String>,
}

impl Archive {
    /// Brings the archive up to date. `suspects` are segments that were found to be damaged. What was read before `cancel`
    /// stays.
    pub fn update(
        &self,
        suspects: &[String],
        cancel: &Cancel,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<Update, ArchiveError> {
        std::fs::create_dir_all(&self.folder).map_err(ArchiveError::at(&self.folder))?;
        let _lock = self.lock(cancel)?;
        let (manifest, segments, repaired) = self.load().map_err(ArchiveError::at(&self.folder))?;
        let before = (!repaired.is_empty()).then(Manifest::default).unwrap_or_else(|| manifest.clone());
        let update = Update { repaired, ..Update::default() };
        let mut writing = Writing { archive: self, manifest, before, segments, update, cancel, written: 0 };
        writing.drop_suspects(suspects);
        writing.read_changed(progress)?;
        writing.tidy()?;
        writing.commit()?;
        writing.sweep();
        writing.update.generation = writing.manifest.generation;
        Ok(writing.update)
    }

    /// The lock that a writer holds; the system lets go of it when the process ends, however it does.
    fn lock(&self, cancel: &Cancel) -> Result<File, ArchiveError> {
        const WAIT: Duration = Duration::from_millis(50);
        /// Ten seconds: whoever writes longer than that is building a large archive.
        const TRIES: usize = 200;
        let path = self.folder.join("lock");
        let file = File::create(&path).map_err(ArchiveError::at(&path))?;
        for _ in 0..TRIES {
            match file.try_lock() {
                Ok(()) => return Ok(file),
                Err(TryLockError::WouldBlock) if cancel.is_cancelled() => return Err(ArchiveError::Cancelled),
                Err(TryLockError::WouldBlock) => std::thread::sleep(WAIT),
                Err(TryLockError::Error(error)) => return Err(ArchiveError::at(&path)(error)),
            }
        }
        Err(ArchiveError::Busy)
    }
}

/// An update under way.
struct Writing<'a> {
    archive: &'a Archive,
    manifest: Manifest,
    /// As it is on disk.
    before: Manifest,
    segments: Vec<Segment>,
    update: Update,
    cancel: &'a Cancel,
    /// Segments that this update wrote.
    written: u64,
}

/// A file that was read.
struct Read {
    path: PathBuf,
    stamp: Option<Stamp>,
    hash: String,
    /// `None`: no text, or nothing new.
    printed: Option<Vec<Printed>>,
}

impl Writing<'_> {
    fn drop_suspects(&mut self, suspects: &[String]) {
        let is_wrong = |segment: &&Segment| suspects.contains(&segment.name) && segment.verify().is_err();
        let wrong: Vec<String> = self.segments.iter().filter(is_wrong).map(|s| s.name.clone()).collect();
        for name in wrong {
            self.forget(&name, "a page is wrong");
        }
    }

    fn forget(&mut self, name: &str, why: &str) {
        self.manifest.drop_segment(name);
        self.segments.retain(|segment| segment.name != name);
        self.update.repaired.push(format!("{name}: {why}"));
    }

    fn read_changed(&mut self, progress: &(dyn Fn(Progress) + Sync)) -> Result<(), ArchiveError> {
        let found = crate::files::find(&self.archive.reports, &mut Finder::default());
        self.update.problems.extend(found.problems);
        // Names that are no Unicode cannot be listed.
        let files: HashSet<PathBuf> = found.files.into_iter().filter(|path| path.to_str().is_some()).collect();
        let known = self.manifest.reports.len();
        self.manifest.reports.retain(|path, _| files.contains(path));
        self.update.gone = known - self.manifest.reports.len();
        let stamped = files.into_iter().map(|path| (Stamp::of(&path), path));
        let mut changed: Vec<(PathBuf, Option<Stamp>)> = Vec::new();
        for (stamp, path) in stamped {
            match stamp {
                Ok(stamp) => {
                    let entry = self.manifest.reports.get(&path);
                    if stamp.is_none() || entry.is_none_or(|entry| entry.stamp != stamp) {
                        changed.push((path, stamp));
                    }
                }
                Err(error) => self.update.problems.push((path, error.to_string())),
            }
        }
        changed.sort_by(|a, b| a.0.cmp(&b.0));
        let all = changed.len();
        progress(Progress { done: 0, all });
        let mut rest = changed.into_iter().peekable();
        while rest.peek().is_some() {
            let (mut batch, mut bytes) = (Vec::new(), 0);
            while bytes < BATCH
                && let Some(next) = rest.next()
            {
                bytes += std::fs::metadata(&next.0).map_or(0, |metadata| metadata.len());
                batch.push(next);
            }
            self.add(batch)?;
            progress(Progress { done: self.update.read, all });
        }
        Ok(())
    }

    fn add(&mut self, batch: Vec<(PathBuf, Option<Stamp>)>) -> Result<(), ArchiveError> {
        let (manifest, cancel) = (&self.manifest, self.cancel);
        let read: Vec<(PathBuf, io::Result<Read>)> = batch
            .into_par_iter()
            .filter(|_| !cancel.is_cancelled())
            .map(|(path, stamp)| {
                let known = manifest.reports.get(&path).map(|entry| entry.hash.as_str());
                (path.clone(), read(path, stamp, known))
            })
            .collect();
        self.update.read += read.len();
        let (mut entries, mut printed) = (Vec::new(), Vec::new());
        for (path, read) in read {
            match read {
                Ok(Read { path, stamp, hash, printed: Some(passages) }) => {
                    entries.push((path, Entry { stamp, hash, place: Some((String::new(), printed.len() as u32)) }));
                    printed.push(passages);
                }
                Ok(Read { path, stamp, hash, printed: None }) => {
                    let known = self.manifest.reports.get(&path).filter(|entry| entry.hash == hash);
                    let place = known.and_then(|entry| entry.place.clone());
                    self.manifest.reports.insert(path, Entry { stamp, hash, place });
                }
                Err(error) => {
                    self.manifest.reports.remove(&path);
                    self.update.problems.push((path, error.to_string()));
                }
            }
        }
        if !printed.is_empty() {
            let (postings, passages, ends) = sorted(&printed);
            drop(printed);
            let name = self.write(|file, serial| {
                let mut writer = Writer::new(file);
                postings.iter().try_for_each(|posting| writer.push(*posting))?;
                writer.finish(&passages, &ends, serial)
            })?;
            for (path, mut entry) in entries {
                if let Some((segment, _)) = &mut entry.place {
                    segment.clone_from(&name);
                }
                self.manifest.reports.insert(path, entry);
            }
        }
        // What is read so far is kept if the next batch fails.
        self.commit()?;
        if self.cancel.is_cancelled() { Err(ArchiveError::Cancelled) } else { Ok(()) }
    }

    /// Writes a segment under the name that `fill` gives, and opens it.
    fn write(
        &mut self,
        fill: impl FnOnce(tempfile::NamedTempFile, u64) -> io::Result<(String, tempfile::NamedTempFile)>,
    ) -> Result<String, ArchiveError> {
        let folder = &self.archive.folder;
        // A process that was killed may have used the number, for a segment that no manifest lists.
        self.written += 1;
        let serial = self.manifest.generation << 16 | self.written;
        let written = || {
            let (name, file) = fill(tempfile::NamedTempFile::new_in(folder)?, serial)?;
            file.as_file().sync_all()?;
            file.persist(folder.join(&name)).map_err(|error| error.error)?;
            let segment = Segment::open(folder, &name)?;
            Ok((name, segment))
        };
        let (name, segment) = written().map_err(ArchiveError::at(folder))?;
        self.manifest.segments.push(name.clone());
        self.segments.push(segment);
        Ok(name)
    }

    /// Merges what is worth it.
    fn tidy(&mut self) -> Result<(), ArchiveError> {
        loop {
            let due = merge::due(&self.segments, &self.manifest);
            if due.is_empty() {
                return Ok(());
            }
            let old: Vec<String> = due.iter().map(|n| self.segments[*n].name.clone()).collect();
            if old.iter().all(|name| self.manifest.live(name) == 0) {
                self.replace(&old, None);
                continue;
            }
            let mut numbers = HashMap::new();
            let sources: Vec<Segment> = {
                let (taken, kept) = std::mem::take(&mut self.segments).into_iter().partition(|s| old.contains(&s.name));
                self.segments = kept;
                taken
            };
            let manifest = self.manifest.clone();
            let merged = self.write(|file, serial| {
                let sources: Vec<&Segment> = sources.iter().collect();
                let (name, file, found) = merge::merge(&sources, &manifest, serial, file)?;
                numbers = found;
                Ok((name, file))
            });
            match merged {
                Ok(name) => self.replace(&old, Some((name, numbers))),
                // What is damaged is read again with the next update; the others are merged then.
                Err(error) => {
                    let wrong: Vec<String> =
                        sources.iter().filter(|s| s.verify().is_err()).map(|s| s.name.clone()).collect();
                    self.segments.extend(sources);
                    if wrong.is_empty() {
                        return Err(error);
                    }
                    wrong.iter().for_each(|name| self.forget(name, "a page is wrong"));
                    self.read_changed(&|_| {})?;
                }
            }
        }
    }

    fn replace(&mut self, old: &[String], new: Option<(String, HashMap<PathBuf, u32>)>) {
        let (name, numbers) = new.unwrap_or_default();
        for (path, entry) in &mut self.manifest.reports {
            if let Some(number) = numbers.get(path) {
                entry.place = Some((name.clone(), *number));
            }
        }
        let is_gone = |segment: &String| old.contains(segment) && *segment != name;
        self.manifest.segments.retain(|segment| !is_gone(segment));
        self.segments.retain(|segment| !is_gone(&segment.name));
    }

    fn commit(&mut self) -> Result<(), ArchiveError> {
        self.manifest.folders.clone_from(&self.archive.reports);
        if self.manifest != self.before {
            self.manifest.generation = self.manifest.generation.max(self.before.generation) + 1;
            self.manifest.write(&self.archive.folder)?;
            self.before = self.manifest.clone();
        }
        Ok(())
    }

    /// Deletes what no manifest lists: merged segments, and what a process that was killed left behind.
    fn sweep(&self) {
        let keep: HashSet<&str> =
            self.manifest.segments.iter().map(String::as_str).chain([FILE_NAME, "lock"]).collect();
        let entries = std::fs::read_dir(&self.archive.folder).into_iter().flatten().flatten();
        for entry in entries.filter(|entry| entry.file_name().to_str().is_none_or(|name| !keep.contains(name))) {
            // Another process may have it open, on systems that mind: the next update sweeps again.
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

/// Reads a file and its fingerprints, unless its bytes are those that are `known`.
fn read(path: PathBuf, stamp: Option<Stamp>, known: Option<&str>) -> io::Result<Read> {
    let bytes = std::fs::read(&path)?;
    let hash = hash(&bytes);
    let is_new = known != Some(hash.as_str());
    let text = is_new.then(|| charset::decode(&bytes).ok()).flatten();
    let printed = text.map(|(text, _)| printed(&text));
    Ok(Read { path, stamp, hash, printed })
}

/// The hash by which a file's bytes are known.
pub fn hash(bytes: &[u8]) -> String {
    format!("{:032x}", xxh3_128(bytes))
}

/// The longer passages of a report.
fn printed(text: &str) -> Vec<Printed> {
    let analysis = Analysis::blocks_of(text);
    let passages = analysis.passages(0..analysis.table.len()).into_iter().filter(alike::Alike::takes);
    let each = passages.map(|passage| {
        let fingerprints = Fingerprints::of(&analysis.source(passage.bytes.clone()));
        (Stored { byte: passage.bytes.start as u32, characters: fingerprints.characters }, fingerprints)
    });
    each.collect()
}

/// Whether a path lies in one of the archive's folders, and is a draft's.
pub fn is_of(archive: &Archive, path: &Path) -> bool {
    crate::files::is_draft(path) && archive.reports.iter().any(|folder| path.starts_with(folder))
}
