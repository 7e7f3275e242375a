//! Files as drafts: which ones to check, their text, and writing them back. Both faces read files through here.

use crate::config::{Finder, baseline};
use crate::text::charset::{self, Charset};
use ignore::WalkBuilder;
use std::io::Read;
use std::path::{Path, PathBuf};

/// The endings that a folder is searched for; a file that is named is checked whatever its ending.
const ENDINGS: [&str; 3] = ["md", "markdown", "txt"];

/// A text with where it came from.
#[derive(Debug)]
pub struct Input {
    pub text: String,
    pub charset: Charset,
}

/// Files in the order of their paths, and what could not be listed.
#[derive(Debug, Default)]
pub struct Found {
    pub files: Vec<PathBuf>,
    pub problems: Vec<(PathBuf, String)>,
}

/// Whether a folder's search takes `path`.
pub fn is_draft(path: &Path) -> bool {
    let ending = path.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase);
    ending.is_some_and(|e| ENDINGS.contains(&e.as_str()))
}

/// Lists `paths`: files as they are named, folders by a walk that honours .gitignore and the configuration's `exclude`.
pub fn find(paths: &[PathBuf], finder: &mut Finder) -> Found {
    let mut found = Found::default();
    for path in paths {
        if !path.is_dir() {
            found.files.push(path.clone());
            continue;
        }
        for entry in WalkBuilder::new(path).require_git(false).build() {
            match entry {
                Ok(entry) if entry.file_type().is_some_and(|t| t.is_file()) && is_draft(entry.path()) => {
                    let loaded = finder.for_file(Some(entry.path()));
                    let relative = loaded.relative(entry.path());
                    let own = entry.file_name() == baseline::FILE_NAME
                        || relative == Path::new(loaded.config.baseline_file());
                    if !own && !loaded.config.excludes(&relative) {
                        found.files.push(entry.into_path());
                    }
                }
                Ok(_) => {}
                Err(error) => found.problems.push((path.clone(), error.to_string())),
            }
        }
    }
    found.files.sort();
    found.files.dedup();
    found
}

/// Reads a file; the error says what to do and does not repeat the path.
pub fn read(path: &Path) -> Result<Input, String> {
    decoded(&std::fs::read(path).map_err(|error| error.to_string())?)
}

/// Reads standard input.
pub fn read_stdin() -> Result<Input, String> {
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    decoded(&bytes)
}

fn decoded(bytes: &[u8]) -> Result<Input, String> {
    let (text, charset) = charset::decode(bytes).map_err(|error| error.to_string())?;
    Ok(Input { text, charset })
}

/// Writes `text` to `path` in `charset`, whole or not at all.
pub fn write(path: &Path, text: &str, charset: Charset) -> Result<(), String> {
    let bytes = charset::encode(text, charset).map_err(|error| error.to_string())?;
    crate::replace::replace(path, &bytes).map_err(|error| error.to_string())
}
