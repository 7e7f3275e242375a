//! Where an archive lies.

use std::path::{Path, PathBuf};
use xxhash_rust::xxh3::xxh3_64;

/// hegao's folder in the user's cache: `HEGAO_CACHE`, else as the system has it.
pub fn cache() -> Option<PathBuf> {
    let named = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    if let Some(own) = named("HEGAO_CACHE") {
        return Some(own);
    }
    let system = match std::env::consts::OS {
        "windows" => named("LOCALAPPDATA"),
        "macos" => named("HOME").map(|home| home.join("Library/Caches")),
        _ => named("XDG_CACHE_HOME").or_else(|| named("HOME").map(|home| home.join(".cache"))),
    };
    system.map(|folder| folder.join("hegao"))
}

/// Folders without links, in order, none twice and none within another.
pub fn canonical(folders: &[PathBuf]) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = folders.iter().map(|folder| resolved(folder)).collect();
    found.sort();
    // A folder comes right before what lies in it, other such folders in between.
    let mut kept: Vec<PathBuf> = Vec::new();
    for folder in found {
        if !kept.iter().any(|other| folder.starts_with(other)) {
            kept.push(folder);
        }
    }
    kept
}

/// `path` without links; as it is if it is not there.
pub fn resolved(path: &Path) -> PathBuf {
    std::fs::canonicalize(path).or_else(|_| std::path::absolute(path)).unwrap_or_else(|_| path.to_owned())
}

/// The name of the archive of these folders.
pub fn name(folders: &[PathBuf]) -> String {
    let parts = folders.iter().flat_map(|folder| folder.as_os_str().as_encoded_bytes().iter().copied().chain([0]));
    format!("{:016x}", xxh3_64(&parts.collect::<Vec<u8>>()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_make_one_name_in_any_order_and_with_folders_in_them() {
        let root = tempfile::tempdir().unwrap();
        let [a, b, inner] = ["甲", "乙", "甲/内"].map(|name| root.path().join(name));
        std::fs::create_dir_all(&inner).unwrap();
        std::fs::create_dir_all(&b).unwrap();
        let one = canonical(&[a.clone(), b.clone(), inner]);
        assert_eq!((one.len(), &one), (2, &canonical(&[b, a])));
        assert_ne!(name(&one), name(&one[..1]));
    }
}
