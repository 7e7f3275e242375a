//! The transport: what stands between the client's pipes and tower-lsp 0.20.
//!
//! ```text
//! input ─ frame ─ Server (tower-lsp: decodes, encodes) ─ lane ─ LspService ─ the backend
//!           │        │                        └ reply ─ the backend's own requests
//!          lost      └ output                   desk: the open requests
//! ```
//!
//! tower-lsp is used as it is; every guard here answers one way in which it lost a message, their order,
//! or the session. Each module says what was measured. Build with `panic = "unwind"`: two guards
//! catch panics.
//!
//! | guard | without it |
//! |---|---|
//! | `frame` (`wire`, `header`, `message`, `walked`, `repair`) | the first bad frame ends the session |
//! | `lane` (`desk`, `change`) | edits overtake each other; cancellations wait; a panic ends the process |
//! | `reply` | a reply that comes too late ends the session |
//! | `output`, `parent` | the server outlives its client |

mod change;
mod desk;
mod frame;
mod header;
mod lane;
pub mod lost;
mod message;
pub mod output;
mod parent;
mod repair;
mod reply;
mod walked;
mod wire;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::{mpsc, oneshot};
use tower_lsp::{ClientSocket, LanguageServer, LspService, Server};

pub use lost::Lost;

/// Where a guard says that the session has ended. The first word counts.
type Ending = mpsc::UnboundedSender<Ended>;

/// The pipe between the frame guard and tower-lsp, in bytes. Any size works; this is a Linux pipe's.
const PIPE: usize = 64 * 1024;

/// Why the session ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The client sent `exit`.
    Exit { after_shutdown: bool },
    /// The client closed our input.
    InputClosed { after_shutdown: bool },
    /// The client closed our output.
    OutputClosed,
    /// The client's process is gone.
    ParentGone,
}

impl Ended {
    /// The exit code: 0 if the client asked us to shut down before, as the protocol has it for `exit`.
    pub fn code(&self) -> i32 {
        let asked = matches!(self, Ended::Exit { after_shutdown: true } | Ended::InputClosed { after_shutdown: true });
        if asked { 0 } else { 1 }
    }
}

#[derive(Clone, Debug)]
pub struct Settings {
    /// Bytes of the largest message that is accepted. A draft of 10 MB takes about 4 times its size on its
    /// way through tower-lsp; without a limit one message of 100 MB took 398 MB.
    pub largest_body: u64,
    /// How often the client's process is looked for.
    pub parent_period: Duration,
    /// How long replies that are due may take when the session ends.
    pub grace: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Settings { largest_body: 64 << 20, parent_period: Duration::from_secs(2), grace: Duration::from_secs(1) }
    }
}

/// Runs the session until it ends. It returns when the replies that were due are flushed, or after
/// a second. The caller then ends the process: a read of tokio's stdin cannot be called off.
pub async fn serve<I, O, B>(input: I, output: O, service: LspService<B>, socket: ClientSocket) -> Ended
where
    I: AsyncRead + Unpin + Send + 'static,
    O: AsyncWrite + Unpin + Send + 'static,
    B: LanguageServer,
{
    serve_with(Settings::default(), input, output, service, socket).await
}

/// As [`serve`], with other settings.
pub async fn serve_with<I, O, B>(
    settings: Settings,
    input: I,
    output: O,
    service: LspService<B>,
    socket: ClientSocket,
) -> Ended
where
    I: AsyncRead + Unpin + Send + 'static,
    O: AsyncWrite + Unpin + Send + 'static,
    B: LanguageServer,
{
    let (_, frames) = mpsc::channel(1);
    serve_with_frames(settings, input, output, service, socket, frames).await
}

/// As [`serve_with`]; `frames` go out between tower-lsp's messages.
pub async fn serve_with_frames<I, O, B>(
    settings: Settings,
    input: I,
    output: O,
    service: LspService<B>,
    socket: ClientSocket,
    frames: output::Frames,
) -> Ended
where
    I: AsyncRead + Unpin + Send + 'static,
    O: AsyncWrite + Unpin + Send + 'static,
    B: LanguageServer,
{
    let (ending, mut endings) = mpsc::unbounded_channel();
    let (stop, stopped) = oneshot::channel();
    let (clean, messages) = tokio::io::duplex(PIPE);
    let shutdown = Arc::new(AtomicBool::new(false));
    let desk = Arc::new(desk::Desk::new(service));

    let lane = lane::Lane::new(desk.clone(), shutdown.clone(), settings.parent_period, ending.clone());
    // The lane is what limits concurrency; a limit here would only make requests wait for a slot.
    let (written, replies) = tokio::io::duplex(PIPE);
    let server = Server::new(messages, written, reply::GuardedSocket(socket)).concurrency_level(usize::MAX);
    let mut writer = tokio::spawn(output::write(replies, frames, output, ending));
    let mut pump = tokio::spawn(frame::pump(input, clean, settings.largest_body, stopped));
    let mut session = tokio::spawn(server.serve(lane));

    let mut over = false;
    let told = tokio::select! {
        biased;
        told = endings.recv() => told,
        _ = &mut pump => None,
        _ = &mut session => {
            over = true;
            None
        }
    };
    // When the pump stops, tower-lsp sees the end of its input, finishes what is in flight and returns.
    drop(stop);
    if told == Some(Ended::ParentGone) {
        desk.close();
    }
    // A client that closed its end reads no replies.
    if told != Some(Ended::OutputClosed) {
        let flushed = async {
            if !over {
                let _ = (&mut session).await;
            }
            let _ = (&mut writer).await;
        };
        let _ = tokio::time::timeout(settings.grace, flushed).await;
    }
    session.abort();
    writer.abort();
    desk.close();
    // `exit` may have been in the pipe when the input ended.
    let mut later = std::iter::from_fn(|| endings.try_recv().ok());
    let exit = || later.find(|ended| matches!(ended, Ended::Exit { .. }));
    told.or_else(exit).unwrap_or(Ended::InputClosed { after_shutdown: shutdown.load(Ordering::Relaxed) })
}
