//! One open draft: its text as the client last told it, and the worker that analyses it.
//!
//! `Document::change` only stores: it edits the rope, composes the hunks and wakes the worker. The worker owns the engine
//! and the schedule, takes what has piled up, and publishes every analysis that it finished for the latest text. It never
//! clears diagnostics before it has new ones.

use super::session::{Session, path};
use super::{archive, convert};
use crate::analysis::Engine;
use crate::archive::{Answer, Library};
use crate::checking::{Cancel, Checked, Schedule};
use crate::draft::BlockId;
use crate::findings::Language;
use crate::rules::Settings;
use crate::text::{Hunks, Position, position};
use ropey::Rope;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;
use tower_lsp::lsp_types::{Diagnostic, TextDocumentContentChangeEvent, Url};

/// An open draft.
pub struct Document {
    pub url: Url,
    /// Markdown, where a comment that suppresses a finding stays invisible.
    pub is_markdown: bool,
    text: Mutex<Text>,
    wake: Notify,
    finished: watch::Sender<Done>,
}

/// What the client last told, and what the worker has not seen of it.
struct Text {
    rope: Rope,
    version: i32,
    /// Counts edits of the text.
    revision: u64,
    /// Counts edits and new settings: whatever needs a new analysis.
    ticket: u64,
    hunks: Hunks,
    settings: Arc<Settings>,
    language: Language,
    library: Option<Arc<Library>>,
    closed: bool,
    /// Stops the run that is under way.
    cancel: Cancel,
}

/// How far the worker is: the last ticket that it is done with, and its analysis, if that did not fail.
#[derive(Clone, Default)]
struct Done {
    ticket: u64,
    version: Option<Arc<Version>>,
}

/// A finished analysis.
#[derive(Debug)]
pub struct Version {
    pub version: i32,
    revision: u64,
    /// What it was made with.
    pub settings: Arc<Settings>,
    pub language: Language,
    pub checked: Checked,
    pub diagnostics: Vec<Diagnostic>,
    /// The generation of the list: it changes only when the list does.
    pub result: u64,
}

/// The text that a request saw.
#[derive(Clone, Copy, Debug)]
pub struct Snapshot {
    revision: u64,
    ticket: u64,
}

/// Why a request gets no analysis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Superseded {
    /// The text has moved on while it waited: the client may ask again.
    ByText,
    /// The draft was closed, or its analysis failed: asking again before the next edit gives nothing.
    Gone,
}

impl Document {
    /// Opens a draft and starts its worker, which waits for `predecessor`: the worker of the same draft when it was open
    /// before, which may still have to clear its diagnostics.
    pub fn open(
        session: &Arc<Session>,
        url: Url,
        version: i32,
        text: &str,
        is_markdown: bool,
        predecessor: Option<JoinHandle<()>>,
    ) -> (Arc<Document>, JoinHandle<()>) {
        let rope = Rope::from_str(text);
        let mut hunks = Hunks::default();
        hunks.push(0..0, rope.len_bytes());
        let (settings, language) = session.settings_of(&url);
        let text = Text {
            rope,
            version,
            revision: 1,
            ticket: 1,
            hunks,
            settings: Arc::clone(&settings),
            language,
            library: session.archive.library(),
            closed: false,
            cancel: Cancel::default(),
        };
        let document = Arc::new(Document {
            url,
            is_markdown,
            text: Mutex::new(text),
            wake: Notify::new(),
            finished: watch::Sender::new(Done::default()),
        });
        document.wake.notify_one();
        let worker = Worker { session: Arc::clone(session), document: Arc::clone(&document) };
        let handle = tokio::spawn(async move {
            if let Some(predecessor) = predecessor {
                let _ = predecessor.await;
            }
            worker.run(settings).await;
        });
        (document, handle)
    }

    fn text(&self) -> MutexGuard<'_, Text> {
        // A panic while it was held can only have left an edit half told; the text itself is whole.
        self.text.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Stores the changes of one notification, in order.
    pub fn change(&self, session: &Session, version: i32, changes: Vec<TextDocumentContentChangeEvent>) {
        let encoding = session.encoding();
        let mut text = self.text();
        for change in changes {
            let range = match change.range {
                None => 0..text.rope.len_bytes(),
                Some(range) => {
                    let at = |p: tower_lsp::lsp_types::Position| {
                        position::to_byte(&text.rope, Position { line: p.line, character: p.character }, encoding)
                    };
                    let (start, end) = (at(range.start), at(range.end));
                    start.min(end)..start.max(end)
                }
            };
            let characters = text.rope.byte_to_char(range.start)..text.rope.byte_to_char(range.end);
            let at = characters.start;
            text.rope.remove(characters);
            text.rope.insert(at, &change.text);
            text.hunks.push(range, change.text.len());
        }
        text.version = version;
        text.revision += 1;
        text.ticket += 1;
        text.cancel.cancel();
        drop(text);
        self.wake.notify_one();
    }

    /// Takes new settings and the language of messages; whether they are others.
    pub fn configure(&self, (settings, language): (Arc<Settings>, Language)) -> bool {
        let mut text = self.text();
        let are_others = *text.settings != *settings || text.language != language;
        if are_others {
            (text.settings, text.language) = (settings, language);
            text.ticket += 1;
            text.cancel.cancel();
            drop(text);
            self.wake.notify_one();
        }
        are_others
    }

    /// Takes another state of the archive, to be looked up in.
    pub fn ask(&self, library: Option<Arc<Library>>) {
        let mut text = self.text();
        if !same(&text.library, &library) {
            text.library = library;
            text.ticket += 1;
            text.cancel.cancel();
            drop(text);
            self.wake.notify_one();
        }
    }

    /// Ends the worker; it clears what it has pushed.
    pub fn close(&self) {
        let mut text = self.text();
        text.closed = true;
        text.cancel.cancel();
        drop(text);
        self.wake.notify_one();
    }

    /// What a request sees: taken before its first await.
    pub fn snapshot(&self) -> Snapshot {
        let text = self.text();
        Snapshot { revision: text.revision, ticket: text.ticket }
    }

    /// Waits for the analysis of the text that the snapshot saw.
    pub async fn at(&self, snapshot: Snapshot) -> Result<Arc<Version>, Superseded> {
        let mut finished = self.finished.subscribe();
        let done = finished.wait_for(|done| done.ticket >= snapshot.ticket).await.map_err(|_| Superseded::Gone)?;
        let version = done.version.as_ref().ok_or(Superseded::Gone)?;
        if version.revision == snapshot.revision { Ok(Arc::clone(version)) } else { Err(Superseded::ByText) }
    }
}

/// Analyses one draft until it is closed.
struct Worker {
    session: Arc<Session>,
    document: Arc<Document>,
}

/// What the worker keeps between runs.
struct Kept {
    engine: Engine,
    schedule: Schedule,
    /// What was asked last, and what it said of the text.
    library: Option<Arc<Library>>,
    answer: Answer,
}

/// One run's order.
struct Order {
    rope: Rope,
    hunks: Hunks,
    settings: Arc<Settings>,
    language: Language,
    library: Option<Arc<Library>>,
    version: i32,
    revision: u64,
    ticket: u64,
    cancel: Cancel,
}

impl Worker {
    async fn run(self, settings: Arc<Settings>) {
        let fresh = |settings| Kept {
            engine: Engine::default(),
            schedule: Schedule::new(settings),
            library: None,
            answer: Answer::default(),
        };
        let (mut kept, mut done, mut crashed) = (fresh(settings), 0, false);
        loop {
            self.document.wake.notified().await;
            while let Some(mut order) = self.take(done) {
                if crashed {
                    // The engine was lost: read everything.
                    order.hunks = Hunks::default();
                    order.hunks.push(0..0, order.rope.len_bytes());
                    kept = fresh(Arc::clone(&order.settings));
                }
                let (session, document) = (Arc::clone(&self.session), Arc::clone(&self.document));
                let ticket = order.ticket;
                match tokio::task::spawn_blocking(move || check(kept, order, &session, &document)).await {
                    Ok((back, finished)) => {
                        (kept, crashed) = (back, false);
                        let Some(finished) = finished else { continue };
                        done = ticket;
                        self.publish(ticket, finished).await;
                    }
                    Err(error) => {
                        // A defect of ours. The writer keeps the last good list, whoever waits is told to come again,
                        // and the next edit starts afresh.
                        tracing::error!(%error, url = %self.document.url, "the analysis failed");
                        (crashed, done) = (true, ticket);
                        kept = fresh(Arc::clone(&self.document.text().settings));
                        self.document.finished.send_replace(Done { ticket, version: None });
                    }
                }
            }
            if self.document.text().closed {
                break;
            }
        }
        // Whoever still waits for this draft is told that its text is gone.
        self.document.finished.send_replace(Done { ticket: u64::MAX, version: None });
        if !self.session.abilities().pulls {
            self.session.send(convert::published(&self.document.url, None, &[])).await;
        }
    }

    /// What there is to do beyond ticket `done`.
    fn take(&self, done: u64) -> Option<Order> {
        let mut text = self.document.text();
        if text.closed || text.ticket == done {
            return None;
        }
        text.cancel = Cancel::default();
        Some(Order {
            rope: text.rope.clone(),
            hunks: std::mem::take(&mut text.hunks),
            settings: Arc::clone(&text.settings),
            language: text.language,
            library: text.library.clone(),
            version: text.version,
            revision: text.revision,
            ticket: text.ticket,
            cancel: text.cancel.clone(),
        })
    }

    /// Makes a finished analysis known to the requests that wait for it, and to a client that is pushed to.
    async fn publish(&self, ticket: u64, finished: Finished) {
        let revision = finished.version.revision;
        self.document.finished.send_replace(Done { ticket, version: Some(Arc::new(finished.version)) });
        let Some(frame) = finished.frame else { return };
        // A newer text makes this list old before it is shown; its own list is on the way.
        let is_latest = {
            let text = self.document.text();
            text.revision == revision && !text.closed
        };
        if is_latest {
            self.session.send(frame).await;
        }
    }
}

/// An analysis with its diagnostics, and these as a message if they are pushed.
struct Finished {
    version: Version,
    frame: Option<Vec<u8>>,
}

/// The blocking part: nothing if a newer order came in; what was noted then is done with the next one.
fn check(mut kept: Kept, order: Order, session: &Arc<Session>, document: &Document) -> (Kept, Option<Finished>) {
    let delta = kept.engine.apply(order.rope, &order.hunks);
    kept.schedule.set(Arc::clone(&order.settings));
    let is_asked_anew = look_up(&mut kept, order.library, &delta.copies, session, document);
    kept.schedule.note(delta);
    let Some(checked) = kept.schedule.run(kept.engine.analysis(), &order.cancel) else { return (kept, None) };
    let Order { version, revision, settings, language, .. } = order;
    let diagnostics = convert::diagnostics(session, &document.url, &checked, language);
    let pulls = session.abilities().pulls;
    let frame = (!pulls).then(|| convert::published(&document.url, Some(version), &diagnostics));
    let last = document.finished.borrow().version.clone();
    let result = match last {
        Some(last) if pulls && last.diagnostics == diagnostics => last.result,
        last => {
            // Who has pulled the list before cannot know that the archive has more to say.
            if is_asked_anew && last.is_some() {
                session.refresh_diagnostics();
            }
            session.next_result()
        }
    };
    let version = Version { version, revision, settings, language, checked, diagnostics, result };
    (kept, Some(Finished { version, frame }))
}

fn same(one: &Option<Arc<Library>>, other: &Option<Arc<Library>>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => Arc::ptr_eq(one, other),
        (None, None) => true,
        _ => false,
    }
}

/// Asks the archive for the passages that begin with blocks `touched`, or for all if it is another one; whether it is.
fn look_up(
    kept: &mut Kept,
    library: Option<Arc<Library>>,
    touched: &[BlockId],
    session: &Arc<Session>,
    document: &Document,
) -> bool {
    let is_new = !same(&kept.library, &library);
    if is_new {
        (kept.library, kept.answer) = (library, Answer::default());
    }
    let analysis = kept.engine.analysis();
    if let Some(library) = &kept.library {
        let own = path(&document.url);
        match is_new {
            true => kept.answer = library.look_up(analysis, own.as_deref()),
            false => library.look_up_again(analysis, touched, own.as_deref(), &mut kept.answer),
        }
        let Answer { changed, damaged, .. } = &mut kept.answer;
        if !changed.is_empty() || !damaged.is_empty() {
            // What could not be vouched for is read again, and the draft asked for once more.
            session.archive.suspect(damaged);
            changed.clear();
            damaged.clear();
            archive::refresh(session);
        }
    }
    if is_new || !kept.answer.matches.is_empty() || !touched.is_empty() {
        kept.schedule.set_matches(kept.answer.matches.clone());
    }
    is_new
}
