//! The reply guard: a client's late reply must not end the session.
//!
//! tower-lsp 0.20 panics ("receiver already dropped") when a reply arrives whose request was given up,
//! for example because the handler that had asked was cancelled (its issue 417). After `exit` its
//! sink refuses replies, and then `serve` never returns. Here a reply that nobody waits for is dropped.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures::Sink;
use tower_lsp::jsonrpc::Response;
use tower_lsp::{ClientSocket, ExitedError, Loopback};

pub struct GuardedSocket(pub ClientSocket);

impl Loopback for GuardedSocket {
    type RequestStream = <ClientSocket as Loopback>::RequestStream;
    type ResponseSink = Replies<<ClientSocket as Loopback>::ResponseSink>;

    fn split(self) -> (Self::RequestStream, Self::ResponseSink) {
        let (requests, replies) = self.0.split();
        (requests, Replies(replies))
    }
}

pub struct Replies<K>(K);

impl<K: Sink<Response, Error = ExitedError> + Unpin> Sink<Response> for Replies<K> {
    type Error = ExitedError;

    fn poll_ready(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<(), ExitedError>> {
        let _after_exit = ready!(Pin::new(&mut self.0).poll_ready(cx));
        Poll::Ready(Ok(()))
    }

    fn start_send(mut self: Pin<&mut Self>, reply: Response) -> Result<(), ExitedError> {
        let id = reply.id().clone();
        // The map of waiting requests has let go of the entry, or lets go when it unwinds.
        let sent = catch_unwind(AssertUnwindSafe(|| Pin::new(&mut self.0).start_send(reply)));
        if !matches!(sent, Ok(Ok(()))) {
            tracing::debug!(%id, "a reply came that nobody waits for");
        }
        Ok(())
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<(), ExitedError>> {
        Pin::new(&mut self.0).poll_flush(cx)
    }

    fn poll_close(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<(), ExitedError>> {
        Pin::new(&mut self.0).poll_close(cx)
    }
}
