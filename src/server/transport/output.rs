//! The output, which tells when it is closed.
//!
//! tower-lsp 0.20 logs a failed write, goes on reading, and panics when the next reply is due. A client
//! that closed its end will never read again, so the first failed write ends the session. From then
//! on this swallows what is written: tower-lsp must not see the failure.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::io::AsyncWrite;

use super::{Ended, Ending};

pub struct Output<O> {
    inner: O,
    closed: bool,
    ending: Ending,
}

impl<O> Output<O> {
    pub fn new(inner: O, ending: Ending) -> Self {
        Output { inner, closed: false, ending }
    }

    fn close(&mut self) {
        self.closed = true;
        // Nobody listens when the session has ended already.
        let _ = self.ending.send(Ended::OutputClosed);
    }
}

impl<O: AsyncWrite + Unpin> AsyncWrite for Output<O> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        if !self.closed && !bytes.is_empty() {
            match ready!(Pin::new(&mut self.inner).poll_write(cx, bytes)) {
                Ok(0) | Err(_) => self.close(),
                Ok(written) => return Poll::Ready(Ok(written)),
            }
        }
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if !self.closed && ready!(Pin::new(&mut self.inner).poll_flush(cx)).is_err() {
            self.close();
        }
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if !self.closed && ready!(Pin::new(&mut self.inner).poll_shutdown(cx)).is_err() {
            self.close();
        }
        Poll::Ready(Ok(()))
    }
}
