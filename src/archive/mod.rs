//! The archive (报告库): other reports on disk, indexed so that a draft's paragraphs can be looked up in them.
//!
//! It lives in the user's cache folder, one folder for each set of folders that are looked at; it holds fingerprints,
//! offsets and paths, no text, and can be thrown away at any time. `segment` is a sorted file of fingerprints that is
//! never changed, `manifest` says which there are and what they hold, `update` brings both up to date with the files,
//! `question` looks a draft up. A fingerprint proves nothing: the other file is read again and aligned.
//!
//! Processes share an archive: readers take no lock (what they have open stays readable, the manifest is replaced whole),
//! one process at a time writes. Whatever is damaged is noticed by its checksum, read again from the reports, and said.

pub mod location;
pub mod manifest;
mod merge;
pub mod question;
pub mod segment;
pub mod update;

pub use manifest::Manifest;
pub use question::{Answer, Library};
pub use update::{Progress, Update};

use segment::Segment;
use std::io;
use std::path::{Path, PathBuf};

/// Why the archive could not be used. The drafts are checked all the same.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    #[error(
        "{path}: {source}; 报告库不能读写：请检查磁盘空间和权限，或用 hegao archive clean 删去重建 the archive cannot be read or written: look at space and permissions, or hegao archive clean"
    )]
    Io { path: String, source: io::Error },
    #[error("没有可用的缓存目录：请设环境变量 HEGAO_CACHE there is no cache folder: set HEGAO_CACHE")]
    NoCache,
    #[error("另一个 hegao 正在更新报告库，稍后再试 another hegao is updating the archive; try again later")]
    Busy,
    #[error("已取消 cancelled")]
    Cancelled,
}

impl ArchiveError {
    fn at(path: &Path) -> impl FnOnce(io::Error) -> ArchiveError {
        move |source| ArchiveError::Io { path: path.display().to_string(), source }
    }
}

/// The archive of a set of folders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Archive {
    /// Where it lies.
    pub folder: PathBuf,
    /// The folders whose reports it holds; absolute, without links.
    pub reports: Vec<PathBuf>,
}

/// What there is on disk.
#[derive(Clone, Debug, Default)]
pub struct Status {
    pub generation: u64,
    pub reports: usize,
    /// Files that are no text, and are not looked up.
    pub unread: usize,
    pub segments: usize,
    pub passages: usize,
    /// Of all segments together.
    pub bytes: u64,
    /// What is damaged, a line each.
    pub damage: Vec<String>,
}

impl Archive {
    /// The archive of `folders` in the user's cache folder.
    pub fn of(folders: &[PathBuf]) -> Result<Archive, ArchiveError> {
        let cache = location::cache().ok_or(ArchiveError::NoCache)?;
        Ok(Archive::at(&cache.join("archive"), folders))
    }

    /// The archive of `folders` below `base`.
    pub fn at(base: &Path, folders: &[PathBuf]) -> Archive {
        let reports = location::canonical(folders);
        Archive { folder: base.join(location::name(&reports)), reports }
    }

    /// The manifest and the segments that it lists; whatever cannot be used is left out and told.
    fn load(&self) -> io::Result<(Manifest, Vec<Segment>, Vec<String>)> {
        let mut damage = Vec::new();
        let mut manifest = match Manifest::read(&self.folder) {
            Ok(manifest) => manifest.unwrap_or_default(),
            Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                damage.push(format!("{}: {error}", manifest::FILE_NAME));
                Manifest::default()
            }
            Err(error) => return Err(error),
        };
        let mut segments = Vec::with_capacity(manifest.segments.len());
        for name in manifest.segments.clone() {
            match Segment::open(&self.folder, &name) {
                Ok(segment) => segments.push(segment),
                Err(error) => {
                    damage.push(format!("{name}: {error}"));
                    manifest.drop_segment(&name);
                }
            }
        }
        Ok((manifest, segments, damage))
    }

    /// What is on disk; `whole`: every byte is read.
    pub fn status(&self, whole: bool) -> Result<Status, ArchiveError> {
        let (manifest, segments, mut damage) = self.load().map_err(ArchiveError::at(&self.folder))?;
        let mut status = Status {
            generation: manifest.generation,
            reports: manifest.reports.len(),
            unread: manifest.reports.values().filter(|entry| entry.place.is_none()).count(),
            segments: segments.len(),
            ..Status::default()
        };
        for segment in &segments {
            let path = self.folder.join(&segment.name);
            status.passages += segment.passages.len();
            status.bytes += std::fs::metadata(&path).map_err(ArchiveError::at(&path))?.len();
            if whole && let Err(error) = segment.verify() {
                damage.push(format!("{}: {error}", segment.name));
            }
        }
        status.damage = damage;
        Ok(status)
    }

    /// Deletes the archive.
    pub fn clean(&self) -> Result<(), ArchiveError> {
        match std::fs::remove_dir_all(&self.folder) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(ArchiveError::at(&self.folder)(error)),
            _ => Ok(()),
        }
    }
}
