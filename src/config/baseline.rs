//! The baseline (认可清单): a project file of findings that somebody has read and means to keep. One line a finding:
//! its fingerprint, its rule, and a few words for people; lines in any order, `#` for comments, easy to merge.

use std::collections::HashSet;
use std::io;
use std::path::Path;
use std::sync::Arc;

/// The file's name unless the configuration gives another.
pub const FILE_NAME: &str = "hegao-baseline.txt";

const HEADER: &str =
    "# hegao 认可清单：以下问题已经看过，属有意为之，不再提示。每行：指纹 规则 摘要。可以删行、合并。\n";

/// The fingerprints that are accepted.
#[derive(Clone, Debug, Default)]
pub struct Baseline {
    pub fingerprints: Arc<HashSet<u64>>,
}

/// Why a baseline cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum BaselineError {
    #[error("{path}: {source}; 认可清单无法读取")]
    Io { path: String, source: io::Error },
    #[error("{path}:{line}: `{word}` is no fingerprint (16 hexadecimal digits); 不是指纹，请删去此行")]
    Fingerprint { path: String, line: usize, word: String },
}

impl Baseline {
    /// Reads `path`; a file that is not there is an empty baseline.
    pub fn read(path: &Path) -> Result<Baseline, BaselineError> {
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Baseline::default()),
            Err(source) => return Err(BaselineError::Io { path: path.display().to_string(), source }),
        };
        let mut fingerprints = HashSet::new();
        for (n, line) in text.lines().enumerate() {
            let Some(word) = line.split_whitespace().next().filter(|w| !w.starts_with('#')) else { continue };
            let value = (word.len() == 16).then(|| u64::from_str_radix(word, 16).ok()).flatten();
            let wrong =
                || BaselineError::Fingerprint { path: path.display().to_string(), line: n + 1, word: word.to_owned() };
            fingerprints.insert(value.ok_or_else(wrong)?);
        }
        Ok(Baseline { fingerprints: Arc::new(fingerprints) })
    }
}

/// A line of the file.
pub fn line(fingerprint: u64, rule: &str, words: &str) -> String {
    format!("{fingerprint:016x} {rule} {}\n", words.replace(['\n', '\r'], " "))
}

/// Adds lines to the file at `path`, which is made if it is not there. What is in it stays.
pub fn append(path: &Path, lines: &[String]) -> io::Result<()> {
    if lines.is_empty() {
        return Ok(());
    }
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => HEADER.to_owned(),
        Err(error) => return Err(error),
    };
    let gap = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    crate::replace::replace(path, format!("{text}{gap}{}", lines.concat()).as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_appended_is_read_and_what_was_there_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE_NAME);
        assert!(Baseline::read(&path).unwrap().fingerprints.is_empty());
        append(&path, &[line(0xabc, "duplicates/paragraph", "甲\n乙")]).unwrap();
        append(&path, &[line(7, "figures/count", "丙")]).unwrap();
        let read = Baseline::read(&path).unwrap().fingerprints;
        assert!(read.contains(&0xabc) && read.contains(&7) && read.len() == 2);
        std::fs::write(&path, "xyz\n").unwrap();
        assert!(Baseline::read(&path).unwrap_err().to_string().contains(":1:"));
    }
}
