//! The manifest: which reports are in the archive, as they were when they were read, and in which segment. Small; replaced
//! whole or not at all, with a checksum over all of it in its first line.

use super::ArchiveError;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use xxhash_rust::xxh3::xxh3_64;

pub const FILE_NAME: &str = "manifest";

/// What the fingerprints mean and how the files are written. Another number: the archive is built anew.
const VERSION: u32 = 1;

/// A file is known by its time and length once it has rested this long: within the same tick of a file system's clock
/// (2 s on FAT) it could be written again and look the same.
const SETTLED: Duration = Duration::from_secs(2);

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// Counts the times that it was changed.
    pub generation: u64,
    /// The folders whose reports it lists, for people.
    pub folders: Vec<PathBuf>,
    pub segments: Vec<String>,
    pub reports: BTreeMap<PathBuf, Entry>,
}

/// A report as it was when it was read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// `None`: the file had been written just before, and must be read again to be known.
    pub stamp: Option<Stamp>,
    /// XXH3 (128 bits) of the file's bytes, in hexadecimal digits.
    pub hash: String,
    /// The segment, and the report's number in it. `None`: the file is no text.
    pub place: Option<(String, u32)>,
}

/// When a file was last written, and how long it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// Since 1970.
    modified: Duration,
    bytes: u64,
}

impl Stamp {
    /// The stamp of a file, if it has rested long enough to be known by it. Taken before the file is read: what is
    /// written later makes another one.
    pub fn of(path: &Path) -> io::Result<Option<Stamp>> {
        let metadata = std::fs::metadata(path)?;
        let Ok(modified) = metadata.modified() else { return Ok(None) };
        let rested = SystemTime::now().duration_since(modified).is_ok_and(|age| age > SETTLED);
        let since = modified.duration_since(SystemTime::UNIX_EPOCH).ok();
        Ok(since.filter(|_| rested).map(|modified| Stamp { modified, bytes: metadata.len() }))
    }
}

impl Manifest {
    /// Reads the manifest in `folder`; `None` if there is none, `InvalidData` if it is damaged or of another version.
    pub fn read(folder: &Path) -> io::Result<Option<Manifest>> {
        let bytes = match std::fs::read(folder.join(FILE_NAME)) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let damaged = || io::Error::new(io::ErrorKind::InvalidData, "the manifest is damaged, or of another version");
        let border = bytes.iter().position(|b| *b == b'\n').ok_or_else(damaged)?;
        let (head, body) = (&bytes[..border], &bytes[border + 1..]);
        if head != Manifest::head(body).as_bytes() {
            return Err(damaged());
        }
        serde_json::from_slice(body).map(Some).map_err(|_| damaged())
    }

    fn head(body: &[u8]) -> String {
        format!("hegao-archive {VERSION} {:016x}", xxh3_64(body))
    }

    /// Replaces the manifest in `folder`.
    pub fn write(&self, folder: &Path) -> Result<(), ArchiveError> {
        let path = folder.join(FILE_NAME);
        let body = serde_json::to_vec(self).map_err(|error| ArchiveError::at(&path)(error.into()))?;
        let bytes = [Manifest::head(&body).as_bytes(), b"\n", &body].concat();
        crate::replace::replace(&path, &bytes).map_err(ArchiveError::at(&path))
    }

    /// How many reports of segment `name` are still as they were read.
    pub fn live(&self, name: &str) -> usize {
        self.reports.values().filter(|entry| entry.place.as_ref().is_some_and(|(segment, _)| segment == name)).count()
    }

    /// Forgets a segment: its reports must be read again.
    pub fn drop_segment(&mut self, name: &str) {
        self.segments.retain(|segment| segment != name);
        self.reports.retain(|_, entry| entry.place.as_ref().is_none_or(|(segment, _)| segment != name));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_flipped_bit_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(Manifest::read(folder.path()).unwrap(), None);
        let entry = Entry { stamp: None, hash: "0".to_owned(), place: Some(("a.segment".to_owned(), 1)) };
        let reports = BTreeMap::from([(PathBuf::from("/甲.txt"), entry)]);
        let manifest =
            Manifest { generation: 3, segments: vec!["a.segment".to_owned()], reports, ..Manifest::default() };
        manifest.write(folder.path()).unwrap();
        assert_eq!(Manifest::read(folder.path()).unwrap(), Some(manifest));
        let path = folder.path().join(FILE_NAME);
        let bytes = std::fs::read(&path).unwrap();
        for at in 0..bytes.len() {
            let mut wrong = bytes.clone();
            wrong[at] ^= 1 << (at % 8);
            std::fs::write(&path, &wrong).unwrap();
            assert_eq!(Manifest::read(folder.path()).unwrap_err().kind(), io::ErrorKind::InvalidData, "byte {at}");
        }
    }
}
