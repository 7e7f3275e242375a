//! The output: one task that writes whole messages, tower-lsp's and our own, and tells when the client is gone.
//!
//! Diagnostics are the largest thing that is sent, at every keystroke. tower-lsp builds a `serde_json::Value` of each
//! message before it writes it: a keystroke in a 10 MB draft with 784 findings took 9.8 ms at the median that way, and
//! 3.6 ms without (`cargo bench --bench keystroke`, before and after). So they come here as frames
//! that are written already, and go out between tower-lsp's messages.
//!
//! tower-lsp 0.20 logs a failed write, goes on reading, and panics when the next reply is due. A client that closed its
//! end will never read again, so the first failed write ends the session, and from then on what comes is swallowed:
//! tower-lsp must not see the failure.

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::sync::mpsc;

use super::{Ended, Ending};

/// Messages that are framed already.
pub type Frames = mpsc::Receiver<Vec<u8>>;

/// A body with its header.
pub fn frame(body: &[u8]) -> Vec<u8> {
    let mut frame = format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes();
    frame.extend_from_slice(body);
    frame
}

/// Writes what comes from tower-lsp's `pipe` and from `frames` until the pipe ends.
pub async fn write<P, O>(mut pipe: P, mut frames: Frames, output: O, ending: Ending)
where
    P: AsyncRead + Unpin,
    O: AsyncWrite + Unpin,
{
    let mut writer = Writer { output, closed: false, ending };
    // Bytes of tower-lsp that are not yet a whole message.
    let mut pending = Vec::new();
    loop {
        // Both branches may be dropped half way without losing anything.
        tokio::select! {
            read = pipe.read_buf(&mut pending) => match read {
                Ok(0) | Err(_) => break,
                Ok(_) => {
                    let whole = whole_messages(&pending);
                    if whole > 0 {
                        writer.write(&pending[..whole]).await;
                        pending.drain(..whole);
                    }
                }
            },
            Some(frame) = frames.recv() => writer.write(&frame).await,
        }
    }
    // What was published before the session ended is due too.
    while let Ok(frame) = frames.try_recv() {
        writer.write(&frame).await;
    }
}

/// How many bytes at the start of `bytes` are whole messages. tower-lsp writes `Content-Length: N\r\n\r\n` first.
fn whole_messages(bytes: &[u8]) -> usize {
    let mut at = 0;
    while let Some(length) = message(&bytes[at..]) {
        at += length;
    }
    at
}

fn message(bytes: &[u8]) -> Option<usize> {
    let header = bytes.windows(4).position(|w| w == b"\r\n\r\n")? + 4;
    let name = b"Content-Length: ";
    let digits = bytes[..header].windows(name.len()).position(|w| w == name)? + name.len();
    let digits = bytes[digits..header].split(|b| !b.is_ascii_digit()).next()?;
    let length: usize = std::str::from_utf8(digits).ok()?.parse().ok()?;
    (bytes.len() >= header + length).then_some(header + length)
}

struct Writer<O> {
    output: O,
    closed: bool,
    ending: Ending,
}

impl<O: AsyncWrite + Unpin> Writer<O> {
    async fn write(&mut self, bytes: &[u8]) {
        if self.closed {
            return;
        }
        let written = async {
            self.output.write_all(bytes).await?;
            self.output.flush().await
        };
        if written.await.is_err() {
            self.closed = true;
            // Nobody listens when the session has ended already.
            let _ = self.ending.send(Ended::OutputClosed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_messages_are_written() {
        let (one, two) = (frame(b"{}"), frame("{\"甲\":1}".as_bytes()));
        let both = [one.as_slice(), &two].concat();
        assert_eq!(whole_messages(&both), both.len());
        for cut in 0..two.len() {
            assert_eq!(whole_messages(&both[..one.len() + cut]), one.len());
        }
        assert_eq!(whole_messages(b"Content-Type: x\r\nContent-Length: 2\r\n\r\n{}"), 40);
    }
}
