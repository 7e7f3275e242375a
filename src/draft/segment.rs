//! The line machine: cuts text into blocks, each of them whole lines.
//!
//! A prose block is one line: in this genre a line is a paragraph, with or without blank lines between. Fences,
//! comments, front matter, tables and setext headings take several lines. A block owns the blank lines behind it, so
//! that what goes along with a paragraph when it is deleted is part of it; only blank lines that open the text are a
//! block of their own.
//!
//! The machine has one state at a block's start, but for the text's first line (front matter stands nowhere else).
//! That is what lets the engine stop re-reading as soon as a new block border falls on an old one.

use crate::text::han::{is_invisible, is_space};

/// What a block is, as far as its lines' first characters say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// One line of text.
    Line,
    /// A short line and its underline of `=` or `-`.
    Setext,
    /// Lines that begin with `|`.
    Table,
    /// A fenced code block; it runs to the text's end if it is not closed, as in CommonMark.
    Fence,
    /// An HTML comment that closes within `COMMENT_LINES`.
    Comment,
    FrontMatter,
    /// Blank lines at the text's start.
    Blank,
}

/// A block's size. Lengths in bytes, line breaks and trailing blank lines included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    pub kind: Kind,
    pub bytes: usize,
    /// Bytes before the trailing blank lines.
    pub text_bytes: usize,
    /// All lines, blank ones included.
    pub lines: usize,
    /// Trailing blank lines (for `Kind::Blank`, all of them).
    pub blank_lines: usize,
    /// How many lines behind the block were looked at before its kind and end were known: always the next one, which
    /// could have been blank, an underline or a table row; an open comment looks 20 lines ahead.
    pub reach: u8,
}

/// An HTML comment not closed within this many lines is text: a lone `<!--` must not hide a report.
pub const COMMENT_LINES: usize = 20;

/// Front matter not closed within this many lines is text.
const FRONT_MATTER_LINES: usize = 200;

/// A setext underline counts only under a line of at most this many characters, so that a rule (`----`) typed under a
/// paragraph does not make a heading of it.
const SETEXT_CHARACTERS: usize = 60;

/// Cuts the first block off `window`. `at_start`: the window begins where the text begins. `complete`: it ends where the
/// text ends. `None` means that more text is needed to tell (never if `complete`), or that there is none.
pub fn next(window: &str, at_start: bool, complete: bool) -> Option<Extent> {
    if window.is_empty() {
        return None;
    }
    let lines = Lines { window, complete };
    let first = lines.at(0)?;
    let mut extent = match opening(first.text) {
        Opening::Blank => of_lines(Kind::Blank, 0, 0),
        Opening::Rule if at_start => front_matter(&lines, first.next)?,
        Opening::Fence { mark, length } => fence(&lines, first.next, mark, length)?,
        Opening::Comment => comment(&lines)?,
        Opening::Table => table(&lines)?,
        Opening::Rule | Opening::Text => text(&lines, first)?,
    };
    // The blank lines behind belong to the block.
    loop {
        if extent.bytes == window.len() {
            return complete.then_some(extent);
        }
        let line = lines.at(extent.bytes)?;
        if !is_blank(line.text) {
            return Some(extent);
        }
        extent.bytes = line.next;
        extent.lines += 1;
        extent.blank_lines += 1;
    }
}

/// Whether a line holds nothing that can be seen.
pub fn is_blank(line: &str) -> bool {
    line.chars().all(|c| is_space(c) || is_invisible(c) || matches!(c, '\n' | '\r' | '\u{B}' | '\u{C}'))
}

/// The end of the line's text and the start of the next line, for the line that starts at byte `from`.
pub fn line_end(text: &str, from: usize) -> (usize, usize) {
    let bytes = text.as_bytes();
    match bytes[from..].iter().position(|&b| b == b'\n' || b == b'\r') {
        None => (bytes.len(), bytes.len()),
        Some(n) => {
            let end = from + n;
            let crlf = bytes[end] == b'\r' && bytes.get(end + 1) == Some(&b'\n');
            (end, end + 1 + usize::from(crlf))
        }
    }
}

#[derive(Clone, Copy)]
struct Lines<'w> {
    window: &'w str,
    complete: bool,
}

#[derive(Clone, Copy)]
struct Line<'w> {
    text: &'w str,
    next: usize,
}

impl<'w> Lines<'w> {
    /// The line at byte `from`, if the window holds all of it. A CR at the window's end may be half of a CRLF.
    fn at(&self, from: usize) -> Option<Line<'w>> {
        let (end, next) = line_end(self.window, from);
        let whole = next < self.window.len() || self.window.as_bytes()[..next].ends_with(b"\n");
        (self.complete || whole).then(|| Line { text: &self.window[from..end], next })
    }

    fn is_end(&self, at: usize) -> bool {
        at == self.window.len() && self.complete
    }
}

enum Opening {
    Blank,
    Rule,
    Fence { mark: u8, length: usize },
    Comment,
    Table,
    Text,
}

fn opening(line: &str) -> Opening {
    let text = unindented(line);
    match text.as_bytes().first() {
        Some(b'<') if text.starts_with("<!--") => Opening::Comment,
        Some(b'|') => Opening::Table,
        Some(&mark @ (b'`' | b'~')) => {
            let length = text.bytes().take_while(|&b| b == mark).count();
            let info = &text[length..];
            match length >= 3 && !(mark == b'`' && info.contains('`')) {
                true => Opening::Fence { mark, length },
                false => Opening::Text,
            }
        }
        Some(b'-') if line.trim_end() == "---" => Opening::Rule,
        _ if is_blank(line) => Opening::Blank,
        _ => Opening::Text,
    }
}

/// What tells a line's kind stands behind its indent; a byte order mark may stand before it.
fn unindented(line: &str) -> &str {
    line.trim_start_matches([' ', '\t', '\u{FEFF}'])
}

fn of_lines(kind: Kind, bytes: usize, lines: usize) -> Extent {
    Extent { kind, bytes, text_bytes: bytes, lines, blank_lines: 0, reach: 1 }
}

fn fence(lines: &Lines<'_>, mut at: usize, mark: u8, length: usize) -> Option<Extent> {
    let mut count = 1;
    while !lines.is_end(at) {
        if at == lines.window.len() {
            return None;
        }
        let line = lines.at(at)?;
        (at, count) = (line.next, count + 1);
        let text = line.text.trim();
        if text.len() >= length && text.bytes().all(|b| b == mark) {
            break;
        }
    }
    Some(of_lines(Kind::Fence, at, count))
}

fn comment(lines: &Lines<'_>) -> Option<Extent> {
    let mut at = 0;
    for count in 1..=COMMENT_LINES {
        if lines.is_end(at) {
            break;
        }
        if at == lines.window.len() {
            return None;
        }
        let line = lines.at(at)?;
        at = line.next;
        if let Some((_, behind)) = line.text.rsplit_once("-->") {
            // Words behind a comment of one line are text like any other.
            if count == 1 && !is_blank(behind) {
                break;
            }
            return Some(of_lines(Kind::Comment, at, count));
        }
    }
    let first = lines.at(0)?;
    Some(Extent { reach: COMMENT_LINES as u8, ..of_lines(Kind::Line, first.next, 1) })
}

fn front_matter(lines: &Lines<'_>, second: usize) -> Option<Extent> {
    let (mut at, mut count) = (second, 1);
    let text = Extent { reach: FRONT_MATTER_LINES as u8, ..of_lines(Kind::Line, second, 1) };
    while count < FRONT_MATTER_LINES && !lines.is_end(at) {
        if at == lines.window.len() {
            return None;
        }
        let line = lines.at(at)?;
        // What stands under the first rule must look like front matter: `key: value`.
        if count == 1 && !line.text.contains(':') {
            return Some(text);
        }
        (at, count) = (line.next, count + 1);
        if matches!(line.text.trim_end(), "---" | "...") {
            return Some(of_lines(Kind::FrontMatter, at, count));
        }
    }
    Some(text)
}

fn table(lines: &Lines<'_>) -> Option<Extent> {
    let (mut at, mut count) = (0, 0);
    while !lines.is_end(at) {
        if at == lines.window.len() {
            return None;
        }
        let line = lines.at(at)?;
        if !unindented(line.text).starts_with('|') {
            break;
        }
        (at, count) = (line.next, count + 1);
    }
    Some(of_lines(Kind::Table, at, count))
}

fn text(lines: &Lines<'_>, first: Line<'_>) -> Option<Extent> {
    let line = of_lines(Kind::Line, first.next, 1);
    if lines.is_end(first.next) || !may_be_underlined(first.text) {
        return Some(line);
    }
    if first.next == lines.window.len() {
        return None;
    }
    let second = lines.at(first.next)?;
    let rule = second.text.trim_end();
    let underline = rule.len() >= 2 && (rule.bytes().all(|b| b == b'=') || rule.bytes().all(|b| b == b'-'));
    Some(if underline { of_lines(Kind::Setext, second.next, 2) } else { line })
}

fn may_be_underlined(line: &str) -> bool {
    let text = line.trim();
    let opens_otherwise = text.starts_with(['#', '-', '*', '+', '>', '=', '|', '—']);
    !opens_otherwise
        && !text.ends_with(['。', '；', '，', '：', '！', '？', '.', ';', ',', ':'])
        && text.chars().nth(SETEXT_CHARACTERS).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cut(text: &str) -> Vec<(Kind, &str)> {
        let (mut at, mut blocks) = (0, Vec::new());
        while let Some(extent) = next(&text[at..], at == 0, true) {
            blocks.push((extent.kind, &text[at..at + extent.bytes]));
            at += extent.bytes;
        }
        assert_eq!(at, text.len());
        blocks
    }

    #[test]
    fn a_line_is_a_paragraph_and_owns_the_blank_lines_behind() {
        let blocks = cut("\n \n甲段。\n乙段。\r\n\r\n\r\n丙段。");
        let kinds: Vec<_> = blocks.iter().map(|b| b.0).collect();
        assert_eq!(kinds, [Kind::Blank, Kind::Line, Kind::Line, Kind::Line]);
        assert_eq!(blocks[2].1, "乙段。\r\n\r\n\r\n");
    }

    #[test]
    fn blocks_of_several_lines() {
        let text = "---\ntitle: 甲\n---\n标题\n====\n```\n# 非标题\n```\n| a |\n|---|\n<!-- x\ny -->\n尾";
        let kinds: Vec<_> = cut(text).iter().map(|b| b.0).collect();
        use Kind::*;
        assert_eq!(kinds, [FrontMatter, Setext, Fence, Table, Comment, Line]);
    }

    #[test]
    fn an_open_comment_is_text_and_an_open_fence_runs_to_the_end() {
        assert_eq!(cut(&format!("<!-- 甲\n{}", "乙\n".repeat(30)))[0].0, Kind::Line);
        assert_eq!(cut("```\n甲\n乙\n").len(), 1);
    }

    #[test]
    fn a_rule_under_a_long_or_closed_paragraph_is_no_heading() {
        assert_eq!(cut("这一段话有句号。\n----\n")[0].0, Kind::Line);
        assert_eq!(cut("---\n正文没有键值\n---\n")[0].0, Kind::Line);
    }

    proptest! {
        /// A block cut from a window that ends early is the block cut from the whole text, or nothing.
        #[test]
        fn a_short_window_gives_the_same_block_or_none(text in "([甲。#|`~=<!-]|---|\n|\r\n|\r| |<!--|-->|```){0,40}", at in 0usize..60) {
            let whole = next(&text, true, true);
            let mut end = at.min(text.len());
            while !text.is_char_boundary(end) { end -= 1 }
            if let Some(part) = next(&text[..end], true, false) {
                prop_assert_eq!(Some(part), whole);
            }
        }
    }
}
