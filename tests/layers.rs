//! Invariant 4, and the arrow of the architecture: what each room of the source may import.

use std::path::{Path, PathBuf};

/// The rooms from the ground up: a room may use itself and those before it.
const ROOMS: [&[&str]; 13] = [
    &["text", "replace"],
    &["knowledge"],
    &["draft"],
    &["profile"],
    &["figures", "similarity", "wording"],
    &["analysis"],
    &["comparison", "revision"],
    &["findings"],
    &["rules"],
    &["checking", "learning"],
    &["config"],
    &["files"],
    &["archive"],
];

fn sources(room: &str) -> Vec<PathBuf> {
    let folder = PathBuf::from(format!("src/{room}"));
    if !folder.is_dir() {
        return vec![PathBuf::from(format!("src/{room}.rs"))];
    }
    let (mut found, mut folders) = (Vec::new(), vec![folder]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            match path.is_dir() {
                true => folders.push(path),
                false if path.extension().is_some_and(|e| e == "rs") => found.push(path),
                false => {}
            }
        }
    }
    found
}

/// The source without its tests.
fn code(path: &Path) -> String {
    let text = std::fs::read_to_string(path).expect("a source");
    text.split("#[cfg(test)]").next().unwrap_or_default().to_owned()
}

#[test]
fn an_arrow_runs_only_downwards() {
    let mut below: Vec<&str> = Vec::new();
    for level in ROOMS {
        for room in level {
            for path in sources(room) {
                for import in code(&path).split("crate::").skip(1) {
                    let name: String = import.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
                    let allowed = name == *room || below.contains(&name.as_str());
                    assert!(allowed, "{} imports crate::{name}", path.display());
                }
            }
        }
        below.extend(level);
    }
}

#[test]
fn the_core_knows_no_protocol_no_files_and_no_clock() {
    for room in [
        "text",
        "knowledge",
        "draft",
        "profile",
        "figures",
        "similarity",
        "wording",
        "analysis",
        "comparison",
        "revision",
        "findings",
        "rules",
        "checking",
        "learning",
    ] {
        for path in sources(room) {
            for word in ["tower_lsp", "lsp_types", "std::fs", "std::net", "std::time", "std::io", "tokio"] {
                assert!(!code(&path).contains(word), "{} knows {word}", path.display());
            }
        }
    }
}

#[test]
fn the_two_faces_do_not_know_each_other() {
    let knows = |room: &str, other: &str| sources(room).iter().any(|path| code(path).contains(other));
    assert!(!knows("server", "crate::cli"));
    // The command line starts the server, and that is all.
    for path in sources("cli").iter().filter(|path| !path.ends_with("mod.rs")) {
        assert!(!code(path).contains("crate::server"), "{}", path.display());
    }
}

#[test]
fn lsp_types_stop_at_the_server() {
    for path in sources("cli").into_iter().chain(sources("config")).chain(sources("files")) {
        assert!(!code(&path).contains("lsp_types"), "{}", path.display());
    }
}
