//! A finding: what is wrong, where, with which evidence. Places are a block and an offset in it, so that a finding stays
//! true while the text around its blocks moves.

use super::fix::Fix;
use crate::analysis::{Analysis, Location};
use crate::draft::BlockId;
use crate::text::{Encoding, Position};
use std::ops::Range;

/// How sure and how grave. The order is from grave to slight.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Arithmetic or identity proves it.
    Error,
    /// Very likely.
    Warning,
    /// Style or consistency.
    Hint,
}

impl Severity {
    pub fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Hint => "hint",
        }
    }
}

/// The language of messages.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    #[default]
    Zh,
    En,
}

impl Language {
    /// The language for a locale such as `zh-CN`, `zh_CN.UTF-8` or `en`: Chinese unless it names another.
    pub fn of_locale(locale: &str) -> Language {
        let tag = locale.split(['-', '_', '.']).next().unwrap_or_default().to_ascii_lowercase();
        if matches!(tag.as_str(), "zh" | "" | "c" | "posix") { Language::Zh } else { Language::En }
    }
}

/// A message in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    pub zh: Said,
    pub en: Said,
}

impl Message {
    pub fn new(zh: impl Into<Said>, en: impl Into<Said>) -> Message {
        Message { zh: zh.into(), en: en.into() }
    }

    /// The message in `language`; `line` gives the one-based line of the n-th related place.
    pub fn text(&self, language: Language, line: impl Fn(usize) -> usize) -> String {
        let said = match language {
            Language::Zh => &self.zh,
            Language::En => &self.en,
        };
        let mut text = String::new();
        for part in &said.0 {
            match part {
                Part::Text(words) => text.push_str(words),
                Part::Line(related) => text.push_str(&line(*related).to_string()),
            }
        }
        text
    }
}

/// Words, with the lines of related places filled in when they are shown: lines move, findings stay.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said(Vec<Part>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    Line(usize),
}

impl Said {
    pub fn text(mut self, words: impl Into<String>) -> Said {
        self.0.push(Part::Text(words.into()));
        self
    }

    /// The line of the n-th related place.
    pub fn line(mut self, related: usize) -> Said {
        self.0.push(Part::Line(related));
        self
    }
}

impl<S: Into<String>> From<S> for Said {
    fn from(words: S) -> Said {
        Said::default().text(words)
    }
}

/// A point of a block: its line in the block and its column in that line, in every encoding that a client may ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Anchor {
    pub block: BlockId,
    /// Bytes from the block's start.
    pub offset: u32,
    /// Lines from the block's first.
    pub line: u32,
    utf8: u32,
    utf16: u32,
    utf32: u32,
}

impl Anchor {
    /// The anchor of byte `offset` of a block with the source `source`.
    pub fn of(block: BlockId, source: &str, offset: usize) -> Anchor {
        let before = &source[..offset];
        // CRLF counts once, by its LF; a CR counts if no LF follows it.
        let breaks = before
            .bytes()
            .enumerate()
            .filter(|&(i, b)| b == b'\n' || (b == b'\r' && source.as_bytes().get(i + 1) != Some(&b'\n')));
        let (line, start) = breaks.fold((0, 0), |(line, _), (i, _)| (line + 1, i + 1));
        let column = &before[start..];
        Anchor {
            block,
            offset: offset as u32,
            line,
            utf8: column.len() as u32,
            utf16: Encoding::Utf16.length(column) as u32,
            utf32: Encoding::Utf32.length(column) as u32,
        }
    }

    /// The position in the draft, for a block that begins at line `first_line`.
    pub fn position(&self, first_line: usize, encoding: Encoding) -> Position {
        let character = match encoding {
            Encoding::Utf8 => self.utf8,
            Encoding::Utf16 => self.utf16,
            Encoding::Utf32 => self.utf32,
        };
        Position { line: first_line as u32 + self.line, character }
    }
}

/// A stretch of the draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    pub start: Anchor,
    pub end: Anchor,
}

impl Place {
    /// The bytes of the place in `analysis`; `None` if a block of it is gone.
    pub fn bytes(&self, analysis: &Analysis) -> Option<Range<usize>> {
        let at = |a: &Anchor| Some(analysis.table.find(a.block)?.0.byte + a.offset as usize);
        let (start, end) = (at(&self.start)?, at(&self.end)?);
        (start <= end && end <= analysis.rope.len_bytes()).then_some(start..end)
    }

    /// Its two positions in `analysis`; `None` if a block of it is gone.
    pub fn positions(&self, analysis: &Analysis, encoding: Encoding) -> Option<(Position, Position)> {
        let at = |a: &Anchor| Some(a.position(analysis.table.find(a.block)?.0.line, encoding));
        Some((at(&self.start)?, at(&self.end)?))
    }
}

/// Another place that is part of the evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    pub place: Place,
    pub message: Message,
}

/// What is said of a place in another report.
pub fn elsewhere(other: &crate::comparison::Elsewhere) -> Message {
    let (name, line) = (other.report.name(), other.line());
    Message::new(format!("《{name}》第{line}行"), format!("{name}, line {line}"))
}

/// At most this many related places are kept; a message says how many more there are.
pub const MOST_RELATED: usize = 20;

/// Something to look at before signing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub rule: &'static str,
    pub severity: Severity,
    pub message: Message,
    pub place: Place,
    pub related: Vec<Related>,
    /// Alternatives to each other; the first is the one to prefer.
    pub fixes: Vec<Fix>,
    /// What the finding is about, apart from where it stands: the fingerprint without the count among equals.
    pub identity: u64,
}

impl Finding {
    /// The location of the block it is reported at.
    pub fn location(&self, analysis: &Analysis) -> Option<Location> {
        analysis.table.find(self.place.start.block).map(|(location, _)| location)
    }
}

/// A hash of `parts` that does not change between versions or machines (FNV-1a, 64 bits): fingerprints are kept in
/// project files.
pub fn stable_hash<'p>(parts: impl IntoIterator<Item = &'p [u8]>) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for part in parts {
        // The separator keeps ("ab", "c") and ("a", "bc") apart.
        for byte in part.iter().chain(&[0xff]) {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_anchor_counts_in_every_encoding() {
        let anchor = Anchor::of(BlockId(1), "甲\r\n乙😀丙\r丁", "甲\r\n乙😀".len());
        assert_eq!(anchor.position(7, Encoding::Utf8), Position { line: 8, character: 7 });
        assert_eq!(anchor.position(7, Encoding::Utf16), Position { line: 8, character: 3 });
        assert_eq!(anchor.position(7, Encoding::Utf32), Position { line: 8, character: 2 });
    }

    #[test]
    fn messages_fill_in_lines_when_they_are_shown() {
        let message = Message::new(Said::default().text("与第").line(0).text("行相同"), "same as {line}");
        assert_eq!(message.text(Language::Zh, |_| 57), "与第57行相同");
        assert_eq!(message.text(Language::En, |_| 57), "same as {line}");
    }

    #[test]
    fn locales_name_a_language() {
        assert_eq!(Language::of_locale("zh-CN"), Language::Zh);
        assert_eq!(Language::of_locale("en_US.UTF-8"), Language::En);
        assert_eq!(Language::of_locale("C"), Language::Zh);
    }
}
