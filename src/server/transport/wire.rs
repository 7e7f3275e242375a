//! The byte stream, cut into bodies, and found again after a mistake.
//!
//! A header can be told from a body wherever it stands (`header`), so a wrong length costs at most the
//! message that told it: a body ends where the next header begins, whatever its length was said to be.

use tokio::io::{AsyncRead, AsyncReadExt};

use super::{header, lost};

/// How much is asked of the input at once: the size of a Linux pipe.
const CHUNK: usize = 64 * 1024;

/// How much of a line, or of a skipped body, is looked at together: enough for a long uri.
const WINDOW: usize = 4 * 1024;

/// What the next bytes were.
#[derive(Debug)]
pub enum Piece {
    Body(Vec<u8>),
    /// A body of `bytes` was announced and skipped.
    TooLarge {
        bytes: u64,
        uri: Option<String>,
    },
    /// Bytes that belong to no message.
    Garbage {
        bytes: u64,
        uri: Option<String>,
    },
}

pub struct Wire<R> {
    input: R,
    /// Read, and used up to `used`.
    held: Vec<u8>,
    used: usize,
    largest_body: u64,
    /// The length of the body that comes next, once its header is read.
    announced: Option<u64>,
}

impl<R: AsyncRead + Unpin> Wire<R> {
    pub fn new(input: R, largest_body: u64) -> Self {
        Wire { input, held: Vec::new(), used: 0, largest_body, announced: None }
    }

    /// The next piece, or `None` when the input has ended. An error of the input is its end.
    pub async fn next(&mut self) -> Option<Piece> {
        if self.announced.is_none() {
            let garbage = self.header().await;
            if garbage.bytes > 0 {
                let Garbage { bytes, uri } = garbage;
                return Some(Piece::Garbage { bytes, uri });
            }
        }
        let length = self.announced.take()?;
        if length > self.largest_body {
            let uri = self.skip(length).await;
            return Some(Piece::TooLarge { bytes: length, uri });
        }
        Some(Piece::Body(self.body(length as usize).await))
    }

    /// Reads to the end of the next header block that tells a length. Names in any case, any other
    /// header, and LF alone as line end are fine; of several lengths the last one counts.
    async fn header(&mut self) -> Garbage {
        let mut garbage = Garbage::default();
        let mut other_headers = Garbage::default();
        let mut line = Vec::new();
        while let Some(bytes) = self.line(&mut line).await {
            let text = line.trim_ascii();
            if let Some((start, length)) = header::length_at_end(text) {
                garbage.add(&text[..start], start as u64);
                self.announced = Some(length);
            } else if text.is_empty() {
                if self.announced.is_some() {
                    break;
                }
                // A header block without a length: there is no telling where its body ends.
                garbage.merge(std::mem::take(&mut other_headers));
            } else if header::is_header(text) {
                other_headers.add(text, bytes);
            } else {
                garbage.add(text, bytes);
            }
        }
        garbage
    }

    /// Reads a line (of a long one only the end is kept) and returns how long it was.
    /// `None` at the end of the input.
    async fn line(&mut self, line: &mut Vec<u8>) -> Option<u64> {
        line.clear();
        let mut length = 0;
        loop {
            if !self.fill().await {
                return (length > 0).then_some(length);
            }
            let end = self.rest().iter().position(|byte| *byte == b'\n');
            length += self.move_to(line, end.map_or(usize::MAX, |end| end + 1)) as u64;
            if end.is_some() {
                return Some(length);
            }
            line.drain(..line.len().saturating_sub(WINDOW));
        }
    }

    /// Reads a body of `length` bytes. It is shorter if a header stands in it, or if the input ends.
    /// Memory is only taken for bytes that arrived.
    async fn body(&mut self, length: usize) -> Vec<u8> {
        let mut body = Vec::new();
        let mut seen = 0;
        while body.len() < length {
            let missing = length - body.len();
            if self.rest().is_empty() {
                body.reserve_exact(missing.min(body.len().max(CHUNK)));
                let mut rest = (&mut self.input).take(missing as u64);
                if !matches!(rest.read_buf(&mut body).await, Ok(1..)) {
                    break;
                }
            } else {
                self.move_to(&mut body, missing);
            }
            if let Some(start) = header::first_after(&body, seen) {
                self.unread(body.split_off(start));
                break;
            }
            seen = body.len();
        }
        if let Some(start) = header::behind(&body) {
            self.unread(body.split_off(start));
        }
        body
    }

    /// Reads `length` bytes away, or up to the next header; returns the uri that went by.
    async fn skip(&mut self, length: u64) -> Option<String> {
        let mut uri = None;
        let mut window = Vec::new();
        let mut missing = length;
        while missing > 0 && self.fill().await {
            let seen = window.len();
            let most = usize::try_from(missing).unwrap_or(usize::MAX);
            missing -= self.move_to(&mut window, most) as u64;
            uri = uri.or_else(|| lost::find_uri(&String::from_utf8_lossy(&window)));
            if let Some(start) = header::first_after(&window, seen) {
                self.unread(window.split_off(start));
                break;
            }
            window.drain(..window.len().saturating_sub(WINDOW));
        }
        if let Some(start) = header::behind(&window) {
            self.unread(window.split_off(start));
        }
        uri
    }

    /// What was read and not yet used.
    fn rest(&self) -> &[u8] {
        &self.held[self.used..]
    }

    /// Reads, unless something is left; false at the end of the input.
    async fn fill(&mut self) -> bool {
        if !self.rest().is_empty() {
            return true;
        }
        self.used = 0;
        self.held.clear();
        self.held.reserve(CHUNK);
        let mut chunk = (&mut self.input).take(CHUNK as u64);
        matches!(chunk.read_buf(&mut self.held).await, Ok(1..))
    }

    /// Moves at most `most` of what was read, and returns how many bytes that were.
    fn move_to(&mut self, target: &mut Vec<u8>, most: usize) -> usize {
        let moved = most.min(self.rest().len());
        target.extend_from_slice(&self.rest()[..moved]);
        self.used += moved;
        moved
    }

    fn unread(&mut self, mut bytes: Vec<u8>) {
        bytes.extend_from_slice(self.rest());
        self.held = bytes;
        self.used = 0;
    }
}

#[derive(Default)]
struct Garbage {
    bytes: u64,
    uri: Option<String>,
}

impl Garbage {
    fn add(&mut self, text: &[u8], bytes: u64) {
        let uri = lost::find_uri(&String::from_utf8_lossy(text));
        self.merge(Garbage { bytes, uri });
    }

    fn merge(&mut self, more: Garbage) {
        self.bytes += more.bytes;
        self.uri = self.uri.take().or(more.uri);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pieces of an input that arrives `at_once` bytes at a time.
    async fn pieces(input: &[u8], at_once: usize) -> Vec<String> {
        let (mut near, far) = tokio::io::duplex(at_once);
        let input = input.to_vec();
        tokio::spawn(async move { tokio::io::AsyncWriteExt::write_all(&mut near, &input).await });
        let mut wire = Wire::new(far, 100);
        let mut pieces = Vec::new();
        while let Some(piece) = wire.next().await {
            pieces.push(match piece {
                Piece::Body(body) => String::from_utf8(body).expect("a test writes UTF-8"),
                Piece::TooLarge { bytes, uri } => format!("too large {bytes} {uri:?}"),
                Piece::Garbage { bytes, uri } => format!("garbage {bytes} {uri:?}"),
            });
        }
        pieces
    }

    #[tokio::test]
    async fn bodies_are_found_however_the_bytes_arrive() {
        let cases: &[(&str, &[&str])] = &[
            ("Content-Length: 2\r\n\r\n{}Content-Length: 3\r\n\r\n[1]", &["{}", "[1]"]),
            ("content-length:2\n\n{}", &["{}"]),
            ("A: b\r\nCONTENT-LENGTH : 2 \r\nContent-Type: x\r\n\r\n{}", &["{}"]),
            ("Content-Length: 9\r\nContent-Length: 2\r\n\r\n{}", &["{}"]),
            // too short, too long, too long with another header before the next length
            ("Content-Length: 1\r\n\r\n{}Content-Length: 2\r\n\r\n{}", &["{", "garbage 1 None", "{}"]),
            ("Content-Length: 9\r\n\r\n{}Content-Length: 3\r\n\r\n[1]", &["{}", "[1]"]),
            ("Content-Length: 90\r\n\r\n{}T: x\nContent-Length: 3\r\n\r\n[1]", &["{}", "[1]"]),
            ("Content-Length: 90\r\n\r\n{}", &["{}"]),
            // too large: truly, as a lie, by a little
            (
                "Content-Length: 101\r\n\r\n{\"uri\":\"u\",_________________________________________________________________________________________}\
                 Content-Length: 2\r\n\r\n{}",
                &["too large 101 Some(\"u\")", "{}"],
            ),
            (
                "Content-Length: 99999999999999999999999\r\n\r\n{}Content-Length: 2\r\n\r\n{}",
                &["too large 18446744073709551615 None", "{}"],
            ),
            (
                "Content-Length: 103\r\n\r\n{\"uri\":\"u\",_________________________________________________________________________________________}\
                 Content-Length: 2\r\n\r\n{}",
                &["too large 103 Some(\"u\")", "{}"],
            ),
            // no length
            ("hello\r\nContent-Length: 2\r\n\r\n{}", &["garbage 7 None", "{}"]),
            ("X: 1\r\n\r\n{\"uri\":\"u\"}Content-Length: 2\r\n\r\n{}", &["garbage 17 Some(\"u\")", "{}"]),
            ("Content-Length: x\r\n\r\n{}", &["garbage 21 None"]),
            ("\r\n\r\n \n", &[]),
        ];
        for (input, expected) in cases {
            for at_once in [1, 7, 1000] {
                let found = pieces(input.as_bytes(), at_once).await;
                assert_eq!(&found, expected, "{input:?}, {at_once} bytes at once");
            }
        }
    }
}
