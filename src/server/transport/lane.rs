//! The lane: messages take effect in the order in which they were written.
//!
//! tower-lsp 0.20 polls handlers together, so an edit that awaits anything before it is stored may be
//! overtaken: measured, of 1,000 edits up to 509 inversions with nothing but uncontended tokio locks in
//! the handler (tokio's cooperative budget makes them wait). On the lane a notification runs to its end
//! before the next message starts. A request is created and polled once in its turn, which is where it
//! takes its snapshot, and finishes on its own task. The budget is off for both.
//!
//! Handlers are created in their turn and not on arrival: tower-lsp looks at its state when a handler is
//! created, so what a client writes right behind `initialize` would be refused.

use std::any::Any;
use std::convert::Infallible;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use futures::FutureExt;
use futures::future::{self, BoxFuture};
use tokio::sync::mpsc;
use tokio::task::{AbortHandle, unconstrained};
use tower_lsp::LanguageServer;
use tower_lsp::jsonrpc::{Error, Request, Response};
use tower_service::Service;

use super::desk::{Desk, Ticket};
use super::{Ended, Ending, change, parent};

/// What stands on the lane. The queue has no bound: a bound would keep cancellations from being read.
enum Job {
    Message(Request, Option<Ticket>),
    Exit,
}

/// The service that `tower_lsp::Server` sees. It sorts messages as they arrive and never keeps it waiting.
pub struct Lane<B> {
    desk: Arc<Desk<B>>,
    jobs: mpsc::UnboundedSender<Job>,
    shutdown: Arc<AtomicBool>,
    parent_period: Duration,
    ending: Ending,
    runner: AbortHandle,
}

impl<B: LanguageServer> Lane<B> {
    /// `shutdown` is set when that request arrives.
    pub fn new(desk: Arc<Desk<B>>, shutdown: Arc<AtomicBool>, parent_period: Duration, ending: Ending) -> Self {
        let (jobs, queue) = mpsc::unbounded_channel();
        let runner = tokio::spawn(run_lane(desk.clone(), queue)).abort_handle();
        Lane { desk, jobs, shutdown, parent_period, ending, runner }
    }

    fn queue(&self, job: Job) {
        // The lane ends after this does.
        let _ = self.jobs.send(job);
    }

    /// `exit` after `shutdown` waits its turn, so that the reply to `shutdown` is written. Without
    /// it the client is in distress and nothing is waited for.
    fn exit(&self) {
        let after_shutdown = self.shutdown.load(Ordering::Relaxed);
        if after_shutdown {
            self.queue(Job::Exit);
        } else {
            self.desk.close();
        }
        let _ = self.ending.send(Ended::Exit { after_shutdown });
    }

    fn watch_parent(&self, initialize: &Request) {
        let process = initialize.params().and_then(|params| params.get("processId"));
        if let Some(process) = process.and_then(|process| process.as_i64()) {
            parent::watch(process, self.parent_period, self.ending.clone());
        }
    }
}

impl<B: LanguageServer> Service<Request> for Lane<B> {
    type Response = Option<Response>;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<Option<Response>, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, mut request: Request) -> Self::Future {
        match request.method() {
            "$/cancelRequest" => {
                self.desk.cancel(request);
                return no_reply();
            }
            "exit" => {
                self.exit();
                return no_reply();
            }
            "initialize" => {
                self.watch_parent(&request);
                request = with_diagnostics_spelt(request);
            }
            "shutdown" => {
                self.shutdown.store(true, Ordering::Relaxed);
                request = without_params(request);
            }
            _ => {}
        }
        let Some(id) = request.id().cloned() else {
            self.queue(Job::Message(request, None));
            return no_reply();
        };
        let Some((ticket, answer)) = self.desk.open(id.clone()) else {
            let refusal = Response::from_error(id, Error::invalid_request());
            return future::ready(Ok(Some(refusal))).boxed();
        };
        self.queue(Job::Message(request, Some(ticket)));
        answer.map(|answer| Ok(answer.ok())).boxed()
    }
}

impl<B> Drop for Lane<B> {
    /// The session is over: a handler that still runs has nobody left to run for.
    fn drop(&mut self) {
        self.runner.abort();
    }
}

fn no_reply() -> BoxFuture<'static, Result<Option<Response>, Infallible>> {
    future::ready(Ok(None)).boxed()
}

/// The protocol, and with it every client, calls the ability to pull diagnostics anew `workspace.diagnostics`; lsp-types
/// 0.94 reads `workspace.diagnostic`. Without this no editor is told that its settings changed what is found.
fn with_diagnostics_spelt(request: Request) -> Request {
    let (method, id, params) = request.into_parts();
    let params = params.map(|mut params| {
        let workspace = params.pointer_mut("/capabilities/workspace").and_then(serde_json::Value::as_object_mut);
        if let Some(workspace) = workspace
            && let Some(written) = workspace.get("diagnostics").cloned()
        {
            workspace.entry("diagnostic").or_insert(written);
        }
        params
    });
    let mut request = Request::build(method);
    if let Some(params) = params {
        request = request.params(params);
    }
    match id {
        Some(id) => request.id(id).finish(),
        None => request.finish(),
    }
}

/// tower-lsp 0.20 answers `shutdown` with an error if it has params, be it `null`, as eglot writes it.
fn without_params(request: Request) -> Request {
    let (method, id, _) = request.into_parts();
    let bare = Request::build(method);
    match id {
        Some(id) => bare.id(id).finish(),
        None => bare.finish(),
    }
}

async fn run_lane<B: LanguageServer>(desk: Arc<Desk<B>>, mut queue: mpsc::UnboundedReceiver<Job>) {
    while let Some(job) = queue.recv().await {
        let Job::Message(request, ticket) = job else {
            desk.close();
            continue;
        };
        // `initialize` decides what may follow it; what follows `shutdown` is `exit`, which would
        // cancel it.
        let to_its_end = ticket.is_none() || matches!(request.method(), "initialize" | "shutdown");
        let mut work = Box::pin(handle(desk.clone(), request, ticket));
        if to_its_end {
            unconstrained(work).await;
        } else if futures::poll!(unconstrained(work.as_mut())).is_pending() {
            tokio::spawn(work);
        }
    }
}

/// Runs one handler to its end. A panic in it costs its own message and nothing else; in tower-lsp 0.20 it
/// ends the process.
async fn handle<B: LanguageServer>(desk: Arc<Desk<B>>, request: Request, ticket: Option<Ticket>) {
    let method = request.method().to_owned();
    let work = async {
        let request = if ticket.is_none() { change::checked(request) } else { request };
        match desk.start(request, ticket.as_ref()) {
            Some(handler) => handler.await,
            None => Ok(None),
        }
    };
    let answer = match AssertUnwindSafe(work).catch_unwind().await {
        Ok(Ok(response)) => Ok(response),
        Ok(Err(_exited)) => Err(Error::invalid_request()),
        Err(panic) => {
            tracing::error!(method, panic = words(&*panic), "a handler panicked");
            Err(Error::internal_error())
        }
    };
    if let Some(ticket) = ticket {
        desk.settle(ticket, answer);
    }
}

/// What a panic said.
fn words(panic: &(dyn Any + Send)) -> &str {
    let literal = panic.downcast_ref::<&str>().copied();
    let formatted = || panic.downcast_ref::<String>().map(String::as_str);
    literal.or_else(formatted).unwrap_or("no words")
}
