//! The drafts of the workspace: which are open, and which lie closed on disk.

use super::document::{Document, Snapshot};
use super::session::{Session, path};
use crate::checking::Cancel;
use crate::config::Finder;
use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;
use tower_lsp::lsp_types::Url;

/// The workspace as a request saw it. Taken before its first await.
pub struct Workspace {
    pub open: Vec<(Arc<Document>, Snapshot)>,
    folders: Vec<PathBuf>,
}

impl Workspace {
    pub fn of(session: &Session) -> Workspace {
        let open = session.documents.iter().map(|document| (Arc::clone(&document), document.snapshot())).collect();
        let folders = session.configuration().folders().to_vec();
        Workspace { open, folders }
    }

    /// The drafts that are not open. This walks folders.
    pub fn closed(&self) -> Vec<(Url, PathBuf)> {
        // Paths, not URLs: clients differ in what they escape.
        let open: HashSet<PathBuf> = self.open.iter().filter_map(|(document, _)| path(&document.url)).collect();
        // A finder of its own: a walk of thousands of folders must not hold the session's configuration.
        let found = crate::files::find(&self.folders, &mut Finder::default());
        let closed = found.files.into_iter().filter(|file| !open.contains(file));
        closed.filter_map(|file| Some((Url::from_file_path(&file).ok()?, file))).collect()
    }
}

/// Stops the work when the request is cancelled and its future dropped.
#[derive(Default)]
pub struct CancelOnDrop(pub Cancel);

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        self.0.cancel();
    }
}
