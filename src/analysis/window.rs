//! The rope as the line machine reads it: a contiguous string that follows the machine and grows when it asks for more.

use crate::draft::{Extent, segment};
use ropey::Rope;

/// A stretch of the rope as one string, moved and widened as the line machine asks for more.
pub struct Window<'r> {
    rope: &'r Rope,
    start: usize,
    text: String,
    /// Bytes to fetch next time. A keystroke needs a paragraph or two, a fresh draft everything.
    fetch: usize,
}

impl<'r> Window<'r> {
    const FIRST_FETCH: usize = 4 << 10;
    const LAST_FETCH: usize = 256 << 10;

    pub fn new(rope: &'r Rope, start: usize) -> Self {
        Window { rope, start, text: String::new(), fetch: Self::FIRST_FETCH }
    }

    /// The block that starts at byte `at`, and its text without the blank lines behind; `None` at the rope's end.
    pub fn next(&mut self, at: usize) -> Option<(Extent, &str)> {
        loop {
            let end = self.start + self.text.len();
            let complete = end == self.rope.len_bytes();
            let from = at - self.start;
            // Asked first with the string's length alone: the borrow must not outlive a refill.
            match self.text.get(from..).and_then(|rest| segment::next(rest, at == 0, complete)) {
                Some(extent) => return Some((extent, &self.text[from..from + extent.text_bytes])),
                None if complete => return None,
                None => self.refill(at),
            }
        }
    }

    fn refill(&mut self, at: usize) {
        // What stands in the window from `at` on was not enough: fetch at least as much again.
        let held = (self.start + self.text.len()).saturating_sub(at);
        let wanted = (at + held + self.fetch).min(self.rope.len_bytes());
        let end = self.rope.char_to_byte(self.rope.byte_to_char(wanted));
        self.fetch = (self.fetch * 2).min(Self::LAST_FETCH.max(held * 2));
        self.text.clear();
        self.text.extend(self.rope.byte_slice(at..end).chunks());
        self.start = at;
    }
}
