//! The language server: a thin face over the core. LSP types stop here.
//!
//! - `transport` guards the pipes: order, cancellation, panics, broken messages;
//! - `session` holds what was negotiated and what is open; `document` is one open draft with its worker;
//! - `workspace` is what is open and what lies closed on disk;
//! - `convert` turns findings into diagnostics; then one file per capability.
//!
//! Handlers store and take snapshots before their first await; the analysis runs on blocking threads. A request waits
//! for the analysis of the text it saw; if the text has moved on by then, it is told so.

mod actions;
mod archive;
mod backend;
mod client;
mod completion;
mod convert;
mod copies;
mod diagnostics;
mod document;
mod figures;
mod folding;
mod hover;
mod memory;
mod restructuring;
mod rule;
mod selection;
mod session;
mod settings;
mod symbols;
pub mod transport;
mod workspace;
mod workspace_symbols;

pub use backend::Backend;

use tower_lsp::{ClientSocket, LspService};
use tracing_subscriber::EnvFilter;
use transport::output::Frames;

/// The exit code of a server that could not start.
const NOT_STARTED: u8 = 2;

/// The service, its socket, and the diagnostics that it publishes, for `transport::serve_with_frames`.
pub fn service() -> (LspService<Backend>, ClientSocket, Frames) {
    /// A worker that is this many lists ahead of the client waits.
    const QUEUE: usize = 16;
    let (sender, frames) = tokio::sync::mpsc::channel(QUEUE);
    let build = LspService::build(|client| Backend::new(client, sender));
    let (service, socket) = build
        .custom_method(transport::lost::METHOD, Backend::lost)
        .custom_method(figures::METHOD, Backend::figures)
        .custom_method("window/workDoneProgress/cancel", Backend::cancel_progress)
        .custom_method(rule::METHOD, Backend::rule)
        .finish();
    (service, socket, frames)
}

/// Serves standard input and output until the session ends, then ends the process: a read of standard input that is
/// under way cannot be called off. Log lines go to standard error; `HEGAO_LOG` says which (default: warn).
pub fn run_stdio() -> u8 {
    memory::give_back_early();
    let filter = EnvFilter::try_from_env("HEGAO_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    // A second subscriber in one process is no reason to fail.
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(false).try_init();
    let runtime = match tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("hegao: {error}");
            return NOT_STARTED;
        }
    };
    let ended = runtime.block_on(async {
        let (service, socket, frames) = service();
        let settings = transport::Settings::default();
        transport::serve_with_frames(settings, tokio::io::stdin(), tokio::io::stdout(), service, socket, frames).await
    });
    tracing::info!(?ended, "the session ended");
    std::process::exit(ended.code())
}
