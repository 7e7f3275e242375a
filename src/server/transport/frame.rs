//! The frame guard: only messages that tower-lsp can decode reach tower-lsp.
//!
//! Its reader stops at the first frame that it dislikes and the session ends with code 0. Measured on
//! 0.20: malformed JSON, a batch, `content-length` in lower case, a Content-Type without charset, three
//! headers, invalid UTF-8, a lone surrogate escape, a wrong length. This pump stands before that
//! reader. What it cannot save it reports in its place (`lost`); it never holds more than one body
//! and, where that must be changed, its repaired copy.

use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt};
use tokio::sync::oneshot;

use super::lost::{Lost, Reason};
use super::message::{self, Outcome};
use super::wire::{Piece, Wire};

/// Moves messages from `input` to `output` until the input ends, the output is closed, or `stop` is
/// told or dropped. It stops between two messages: half a message would be answered with an error.
pub async fn pump<R, W>(input: R, mut output: W, largest_body: u64, mut stop: oneshot::Receiver<()>)
where
    R: AsyncRead + Unpin,
    W: AsyncWrite + Unpin,
{
    let mut wire = Wire::new(input, largest_body);
    let mut lost_one = false;
    loop {
        let piece = tokio::select! {
            biased;
            _ = &mut stop => return,
            piece = wire.next() => piece,
        };
        let Some(piece) = piece else { return };
        // Garbage after a lost body is that body's tail and was reported with it, unless it says more.
        let is_tail = lost_one && matches!(piece, Piece::Garbage { uri: None, .. });
        if is_tail {
            continue;
        }
        let outcomes = outcomes(piece);
        lost_one = matches!(outcomes.last(), Some(Outcome::Lost(_)));
        for outcome in outcomes {
            if write(&mut output, outcome).await.is_err() {
                return;
            }
        }
    }
}

fn outcomes(piece: Piece) -> Vec<Outcome> {
    let (reason, detail, uri, bytes) = match piece {
        Piece::Body(body) => return message::judge(body),
        Piece::TooLarge { bytes, uri } => (Reason::TooLarge, "the message is too large", uri, bytes),
        Piece::Garbage { bytes, uri } => (Reason::Malformed, "bytes that belong to no message", uri, bytes),
    };
    vec![Outcome::Lost(Lost::new(reason, detail, uri, bytes))]
}

async fn write<W: AsyncWrite + Unpin>(output: &mut W, outcome: Outcome) -> std::io::Result<()> {
    let body = match outcome {
        Outcome::Pass(body) => body,
        Outcome::Lost(lost) => lost.notification().to_string(),
    };
    let header = format!("Content-Length: {}\r\n\r\n", body.len());
    output.write_all(header.as_bytes()).await?;
    output.write_all(body.as_bytes()).await
}
