//! A session: what was negotiated, what is open, and the settings of each draft.

use super::archive::Keeper;
use super::client::Abilities;
use super::document::Document;
use super::settings::Configuration;
use super::workspace_symbols::Shelf;
use crate::findings::Language;
use crate::rules::Settings;
use crate::text::Encoding;
use dashmap::DashMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tower_lsp::Client;
use tower_lsp::lsp_types::{
    MessageType, ProgressParams, ProgressParamsValue, ProgressToken, Url, WorkDoneProgress, notification,
};

/// One client's session.
pub struct Session {
    pub client: Client,
    /// Messages that are framed already: published diagnostics.
    frames: mpsc::Sender<Vec<u8>>,
    abilities: OnceLock<Abilities>,
    /// Open drafts. No guard of this map is held across an await.
    pub documents: DashMap<Url, Arc<Document>>,
    /// Workers of drafts, so that one that is opened again waits for the one before.
    workers: DashMap<Url, JoinHandle<()>>,
    configuration: Mutex<Configuration>,
    /// The headings of closed files, for `workspace/symbol`.
    pub headings: Shelf,
    /// The other reports that drafts are compared with.
    pub archive: Keeper,
    results: AtomicU64,
    /// How often the client's configuration was asked for: only the last answer counts.
    pub asked: AtomicU64,
    /// Held while the baseline is read, added to and written.
    pub baseline: tokio::sync::Mutex<()>,
}

impl Session {
    pub fn new(client: Client, frames: mpsc::Sender<Vec<u8>>) -> Session {
        Session {
            client,
            frames,
            abilities: OnceLock::new(),
            documents: DashMap::new(),
            workers: DashMap::new(),
            configuration: Mutex::default(),
            headings: Shelf::default(),
            archive: Keeper::default(),
            results: AtomicU64::new(0),
            asked: AtomicU64::new(0),
            baseline: tokio::sync::Mutex::default(),
        }
    }

    pub fn negotiate(&self, abilities: Abilities) {
        // `initialize` comes once; tower-lsp refuses a second.
        let _ = self.abilities.set(abilities);
    }

    pub fn abilities(&self) -> &Abilities {
        static NONE: OnceLock<Abilities> = OnceLock::new();
        self.abilities.get().unwrap_or_else(|| NONE.get_or_init(Abilities::default))
    }

    pub fn encoding(&self) -> Encoding {
        self.abilities().encoding
    }

    pub fn configuration(&self) -> MutexGuard<'_, Configuration> {
        self.configuration.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The settings of the draft at `url`, and the language of messages about it.
    pub fn settings_of(&self, url: &Url) -> (Arc<Settings>, Language) {
        let path = path(url);
        let mut configuration = self.configuration();
        let language = configuration.language(&path).unwrap_or(self.abilities().language);
        (Arc::new(configuration.settings(&path)), language)
    }

    /// A number that no diagnostics list of this session has had.
    pub fn next_result(&self) -> u64 {
        self.results.fetch_add(1, Ordering::Relaxed) + 1
    }

    pub fn open(self: &Arc<Self>, url: Url, version: i32, text: &str, is_markdown: bool) {
        if let Some((_, before)) = self.documents.remove(&url) {
            before.close();
        }
        let predecessor = self.workers.remove(&url).map(|(_, handle)| handle);
        let (document, worker) = Document::open(self, url.clone(), version, text, is_markdown, predecessor);
        self.workers.insert(url.clone(), worker);
        self.documents.insert(url.clone(), Arc::clone(&document));
        // The configuration may have changed before the draft was there to be told.
        document.configure(self.settings_of(&url));
        document.ask(self.archive.library());
        self.tell_problems();
    }

    pub fn close(&self, url: &Url) {
        if let Some((_, document)) = self.documents.remove(url) {
            document.close();
        }
        self.workers.retain(|_, worker| !worker.is_finished());
    }

    pub fn document(&self, url: &Url) -> Option<Arc<Document>> {
        self.documents.get(url).map(|document| Arc::clone(&document))
    }

    /// Gives every open draft its settings anew, after configuration changed.
    pub fn reconfigure(&self) {
        self.configure_open();
        self.refresh_diagnostics();
    }

    /// Gives open drafts their settings; whether one has others now.
    pub fn configure_open(&self) -> bool {
        let mut is_other = false;
        for document in self.documents.iter() {
            is_other |= document.configure(self.settings_of(&document.url));
        }
        self.tell_problems();
        is_other
    }

    /// Asks a client that pulls to do so again.
    pub fn refresh_diagnostics(&self) {
        if self.abilities().pulls && self.abilities().refreshes_diagnostics {
            let client = self.client.clone();
            // Never awaited in a handler: the client may be waiting for us.
            tokio::spawn(async move { client.workspace_diagnostic_refresh().await });
        }
    }

    /// Has every open draft looked up in the archive anew.
    pub fn ask_archive(&self) {
        let library = self.archive.library();
        for document in self.documents.iter() {
            document.ask(library.clone());
        }
    }

    /// Tells how far a work is that the client shows.
    pub async fn report(&self, token: &ProgressToken, value: WorkDoneProgress) {
        let params = ProgressParams { token: token.clone(), value: ProgressParamsValue::WorkDone(value) };
        self.client.send_notification::<notification::Progress>(params).await;
    }

    /// Sends a frame; waits while the client is far behind.
    pub async fn send(&self, frame: Vec<u8>) {
        // The output is gone when the session ends.
        let _ = self.frames.send(frame).await;
    }

    /// Shows each problem of the configuration once for each time it is read.
    pub fn tell_problems(&self) {
        let problems = self.configuration().take_problems();
        for problem in problems {
            self.tell(MessageType::WARNING, problem);
        }
    }

    /// Shows a message without waiting for the client.
    pub fn tell(&self, kind: MessageType, message: String) {
        let client = self.client.clone();
        tokio::spawn(async move { client.show_message(kind, message).await });
    }
}

/// The file behind a URL; untitled drafts and other schemes have none.
pub fn path(url: &Url) -> Option<PathBuf> {
    if url.scheme() == "file" { url.to_file_path().ok() } else { None }
}
