//! A backend that does what handlers must not do: it awaits, yields and locks before it stores.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::Value;
use tokio::sync::{Notify, RwLock};
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::{
    DidChangeTextDocumentParams, DidOpenTextDocumentParams, InitializeParams, InitializeResult, MessageType,
};
use tower_lsp::{Client, ClientSocket, LanguageServer, LspService};

use hegao::server::transport::{Lost, lost};

pub struct Fake {
    client: Client,
    seen: Arc<Seen>,
}

/// What the backend stored, and the gates at which its handlers wait.
#[derive(Default)]
pub struct Seen {
    /// The versions of the changes, in the order in which they were stored.
    pub versions: Mutex<Vec<i32>>,
    text: Mutex<Option<String>>,
    lost: Mutex<Vec<Lost>>,
    lock: RwLock<()>,
    /// How often `test/forever` was begun, and dropped.
    pub begun: AtomicUsize,
    pub dropped: AtomicUsize,
    /// `test/gate` and `test/gated` wait here.
    pub gate: Notify,
}

pub fn fake() -> (LspService<Fake>, ClientSocket, Arc<Seen>) {
    let seen = Arc::new(Seen::default());
    let backend = |client| Fake { client, seen: seen.clone() };
    let (service, socket) = LspService::build(backend)
        .custom_method(lost::METHOD, Fake::lose)
        .custom_method("test/lost", Fake::lost)
        .custom_method("test/text", Fake::text)
        .custom_method("test/version", Fake::version)
        .custom_method("test/forever", Fake::forever)
        .custom_method("test/gate", Fake::gate)
        .custom_method("test/gated", Fake::gated)
        .custom_method("test/panic", Fake::panic)
        .custom_method("test/panicNotification", Fake::panic_notification)
        .custom_method("test/panicLater", Fake::panic_later)
        .custom_method("test/giveUp", Fake::give_up)
        .custom_method("test/configuration", Fake::configuration)
        .finish();
    (service, socket, seen)
}

#[tower_lsp::async_trait]
impl LanguageServer for Fake {
    async fn initialize(&self, _: InitializeParams) -> Result<InitializeResult> {
        tokio::time::sleep(Duration::from_millis(20)).await;
        Ok(InitializeResult::default())
    }

    async fn did_open(&self, opened: DidOpenTextDocumentParams) {
        tokio::task::yield_now().await;
        *self.seen.text.lock().unwrap() = Some(opened.text_document.text);
    }

    async fn did_change(&self, mut changed: DidChangeTextDocumentParams) {
        let version = changed.text_document.version;
        self.dawdle(version).await;
        self.seen.versions.lock().unwrap().push(version);
        let change = changed.content_changes.pop();
        *self.seen.text.lock().unwrap() = change.map(|change| change.text);
    }

    async fn shutdown(&self) -> Result<()> {
        tokio::time::sleep(Duration::from_millis(50)).await;
        Ok(())
    }
}

impl Fake {
    /// Each way of awaiting that was seen to turn the order of edits round.
    async fn dawdle(&self, version: i32) {
        match version % 6 {
            0 => tokio::task::yield_now().await,
            1 => tokio::time::sleep(Duration::from_micros(100)).await,
            2 => drop(self.seen.lock.write().await),
            3 => self.client.log_message(MessageType::LOG, version).await,
            4 => tokio::task::spawn_blocking(|| ()).await.unwrap(),
            _ => self.read_often().await,
        }
    }

    /// No lock here is ever contended by a request; what makes it wait is tokio's budget of 128.
    async fn read_often(&self) {
        for _ in 0..150 {
            drop(self.seen.lock.read().await);
        }
    }

    /// The version that a request sees in its turn.
    async fn version(&self) -> Result<i32> {
        self.read_often().await;
        let version = self.seen.versions.lock().unwrap().last().copied();
        tokio::task::yield_now().await;
        Ok(version.unwrap_or_default())
    }

    async fn lose(&self, lost: Lost) {
        self.seen.lost.lock().unwrap().push(lost);
    }

    async fn lost(&self) -> Result<Vec<Lost>> {
        Ok(self.seen.lost.lock().unwrap().clone())
    }

    async fn text(&self) -> Result<Option<String>> {
        Ok(self.seen.text.lock().unwrap().clone())
    }

    async fn forever(&self) -> Result<()> {
        let _count = CountDrop(&self.seen.dropped);
        self.seen.begun.fetch_add(1, Ordering::SeqCst);
        futures::future::pending().await
    }

    async fn gate(&self) {
        self.seen.gate.notified().await;
    }

    async fn gated(&self) -> Result<&'static str> {
        self.seen.gate.notified().await;
        Ok("done")
    }

    async fn panic(&self) -> Result<()> {
        panic!("a request's handler, on purpose")
    }

    async fn panic_later(&self) -> Result<()> {
        tokio::time::sleep(Duration::from_millis(1)).await;
        panic!("a request's handler after an await, on purpose")
    }

    async fn panic_notification(&self) {
        panic!("a notification's handler, on purpose")
    }

    /// Asks the client and loses patience.
    async fn give_up(&self) {
        let ask = self.client.configuration(Vec::new());
        let answer = tokio::time::timeout(Duration::from_millis(50), ask).await;
        assert!(answer.is_err(), "the test answers too late");
    }

    /// Asks the client and waits.
    async fn configuration(&self) -> Result<Vec<Value>> {
        self.client.configuration(Vec::new()).await
    }
}

struct CountDrop<'a>(&'a AtomicUsize);

impl Drop for CountDrop<'_> {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}
