//! The archive of the session: the reports of the workspace and of the folders that its configuration names, indexed in
//! the background. Drafts are checked without it until it is there, and again when it is.

use super::session::Session;
use crate::archive::{Archive, ArchiveError, Library, Progress, Update};
use crate::checking::Cancel;
use crate::findings::Language;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::mpsc;
use tower_lsp::lsp_types::request::WorkDoneProgressCreate;
use tower_lsp::lsp_types::*;

/// Files are seldom saved alone: what changes within this time is read in one go.
const SETTLE: Duration = Duration::from_millis(300);

/// An update that reads fewer files is over before anybody has read that it began.
const WORTH_TELLING: usize = 20;

/// The archive as far as the session has it.
#[derive(Default)]
pub struct Keeper(Mutex<State>);

#[derive(Default)]
struct State {
    library: Option<Arc<Library>>,
    /// An update is under way, and how to stop it.
    running: Option<Cancel>,
    /// Files have changed since it began.
    again: bool,
    /// Segments that were found to be damaged.
    suspects: Vec<String>,
    /// Trouble that was told: once is enough.
    told: Option<String>,
}

impl Keeper {
    fn state(&self) -> MutexGuard<'_, State> {
        // A panic while it was held leaves a state that is whole.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn library(&self) -> Option<Arc<Library>> {
        self.state().library.clone()
    }

    /// Stops the update that is under way; what it has read stays.
    pub fn cancel(&self) {
        if let Some(cancel) = &self.state().running {
            cancel.cancel();
        }
    }

    /// Remembers segments to look at with the next update.
    pub fn suspect(&self, segments: &[String]) {
        self.state().suspects.extend_from_slice(segments);
    }
}

/// Brings the archive up to date in the background and hands it to the open drafts. While an update is under way, another
/// one follows it.
pub fn refresh(session: &Arc<Session>) {
    {
        let mut state = session.archive.state();
        state.again = true;
        if state.running.is_some() {
            return;
        }
        state.running = Some(Cancel::default());
    }
    let session = Arc::clone(session);
    tokio::spawn(async move {
        loop {
            tokio::time::sleep(SETTLE).await;
            let cancel = Cancel::default();
            {
                let mut state = session.archive.state();
                state.again = false;
                state.running = Some(cancel.clone());
            }
            update(&session, cancel).await;
            let mut state = session.archive.state();
            if !state.again {
                state.running = None;
                return;
            }
        }
    });
}

/// One update. Without folders there is no archive.
async fn update(session: &Arc<Session>, cancel: Cancel) {
    let folders = session.configuration().archive_folders();
    if folders.is_empty() {
        session.archive.state().library = None;
        return session.ask_archive();
    }
    let (sender, progress) = mpsc::unbounded_channel();
    let teller = tokio::spawn(tell(Arc::clone(session), progress));
    let suspects = std::mem::take(&mut session.archive.state().suspects);
    let made = tokio::task::spawn_blocking(move || -> Result<(Library, Update), ArchiveError> {
        let archive = Archive::of(&folders)?;
        let told = move |progress| {
            // Nobody listens any more when the session ends.
            let _ = sender.send(progress);
        };
        let update = archive.update(&suspects, &cancel, &told)?;
        Ok((archive.open()?.0, update))
    });
    let made = made.await;
    // The sender is gone: the teller ends.
    let _ = teller.await;
    match made {
        Ok(Ok((library, update))) => {
            if !update.repaired.is_empty() {
                let damage = update.repaired.join("; ");
                tracing::warn!(damage, "the archive was damaged and is rebuilt");
            }
            let mut state = session.archive.state();
            let is_new = state
                .library
                .as_ref()
                .is_none_or(|old| (old.generation, &old.archive) != (library.generation, &library.archive));
            if is_new || !update.repaired.is_empty() {
                state.library = Some(Arc::new(library));
                drop(state);
                session.ask_archive();
            }
        }
        Ok(Err(ArchiveError::Cancelled)) => {}
        Ok(Err(error)) => {
            let message = format!("hegao: {error}");
            let is_news = session.archive.state().told.replace(message.clone()).as_ref() != Some(&message);
            if is_news {
                session.tell(MessageType::WARNING, message);
            }
        }
        Err(error) => tracing::error!(%error, "the archive's update failed"),
    }
}

/// Shows how far an update is, where the client can.
async fn tell(session: Arc<Session>, mut progress: mpsc::UnboundedReceiver<Progress>) {
    let mut token = None;
    let mut last = 0;
    while let Some(Progress { done, all }) = progress.recv().await {
        if all < WORTH_TELLING || !session.abilities().shows_progress {
            continue;
        }
        let message = Some(format!("{done}/{all}"));
        let percentage = (100 * done).checked_div(all).map(|percent| percent as u32);
        match &token {
            None => {
                let own = ProgressToken::String("hegao-archive".to_owned());
                let create = WorkDoneProgressCreateParams { token: own.clone() };
                if session.client.send_request::<WorkDoneProgressCreate>(create).await.is_err() {
                    return;
                }
                let title = match session.abilities().language {
                    Language::Zh => "核稿：读入其他报告",
                    Language::En => "hegao: reading other reports",
                };
                let begin =
                    WorkDoneProgressBegin { title: title.to_owned(), cancellable: Some(true), message, percentage };
                session.report(&own, WorkDoneProgress::Begin(begin)).await;
                token = Some(own);
            }
            Some(own) if done > last => {
                let report = WorkDoneProgressReport { cancellable: Some(true), message, percentage };
                session.report(own, WorkDoneProgress::Report(report)).await;
            }
            Some(_) => {}
        }
        last = done;
    }
    if let Some(own) = &token {
        session.report(own, WorkDoneProgress::End(WorkDoneProgressEnd::default())).await;
    }
}

/// Whether a change on disk touches the archive.
pub fn concerns(url: &Url) -> bool {
    super::session::path(url).is_some_and(|path| crate::files::is_draft(&path))
}
