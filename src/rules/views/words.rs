//! What a rule of words and figures reads: the reading of one block, and the few ways from it back to places, findings
//! and fixes of the source.

use super::View;
use crate::analysis::Block;
use crate::findings::{Applicability, Edit, Finding, Fix, Message, Place, Severity};
use crate::text::reading::Layout;
use crate::text::{Fold, Reading};
use std::cell::OnceCell;
use std::ops::Range;

/// The words of one block. Ranges are bytes of its reading.
pub struct Words<'s> {
    view: &'s View<'s>,
    block: &'s Block,
    source: &'s str,
    reading: Reading,
    /// Where the reading starts in the block.
    start: usize,
    quoted: OnceCell<Vec<(usize, bool)>>,
}

impl<'s> Words<'s> {
    /// The words of a block of running text or of a heading, the marker included.
    pub fn of(view: &'s View<'s>, block: &'s Block, source: &'s str, fold: Fold) -> Words<'s> {
        let content = block.facts.structure.content.clone();
        let reading = Reading::of(&source[content.clone()], fold);
        Words { view, block, source, reading, start: content.start, quoted: OnceCell::new() }
    }

    pub fn text(&self) -> &str {
        self.reading.text()
    }

    /// The character before byte `at`.
    pub fn before(&self, at: usize) -> Option<char> {
        self.text()[..at].chars().next_back()
    }

    /// The character at byte `at`.
    pub fn behind(&self, at: usize) -> Option<char> {
        self.text()[at..].chars().next()
    }

    /// Whether byte `at` stands before byte `of` of the block's source.
    pub fn is_before(&self, at: usize, of: usize) -> bool {
        self.start + self.reading.source_start(at) < of
    }

    /// What stands in the source for `range`.
    pub fn written(&self, range: Range<usize>) -> &'s str {
        let range = self.reading.source_range(range);
        &self.source[self.start + range.start..self.start + range.end]
    }

    /// `range` as it is written, without layout: what a message quotes.
    pub fn said(&self, range: Range<usize>) -> String {
        Reading::of(self.written(range), Fold::None).text().to_owned()
    }

    /// Whether `range` stands in one piece: no space or line break was taken out of it.
    pub fn is_whole(&self, range: Range<usize>) -> bool {
        let is_gap = |layout: Layout| matches!(layout, Layout::Space | Layout::LineBreak);
        !self.reading.removed().iter().any(|r| is_gap(r.layout) && range.start < r.at && r.at < range.end)
    }

    /// Whether byte `at` stands in quotes, in the title of a work or in code: these are somebody else's words.
    pub fn is_quoted(&self, at: usize) -> bool {
        let at = self.reading.source_start(at);
        let turns = self.quoted.get_or_init(|| quoted(&self.source[self.start..]));
        turns[..turns.partition_point(|(turn, _)| *turn < at)].last().is_some_and(|(_, quoted)| *quoted)
    }

    pub fn place(&self, range: Range<usize>) -> Place {
        let range = self.reading.source_range(range);
        self.view.place(self.block, self.source, self.start + range.start..self.start + range.end)
    }

    /// A finding at `range`, about the words there.
    pub fn finding(&self, severity: Severity, range: Range<usize>, message: Message, fixes: Vec<Fix>) -> Finding {
        Finding {
            rule: self.view.rule,
            severity,
            message,
            place: self.place(range.clone()),
            related: Vec::new(),
            fixes,
            identity: self.view.identity(self.block, &self.text()[range]),
        }
    }

    /// A fix that puts `edits` (ranges and what is to stand there).
    pub fn fix(
        &self,
        title: Message,
        applicability: Applicability,
        edits: impl IntoIterator<Item = (Range<usize>, String)>,
    ) -> Fix {
        let edits = edits.into_iter().map(|(range, text)| Edit::Replace { place: self.place(range), text });
        Fix { title, applicability, key: self.view.exclusive(self.block.id), edits: edits.collect() }
    }

    /// The fix that writes `text` for `range`, for a person to decide on.
    pub fn rewrite(&self, range: Range<usize>, text: String) -> Fix {
        let title = Message::new(format!("改为“{text}”"), format!("Write “{text}”"));
        self.fix(title, Applicability::Unsafe, [(range, text)])
    }
}

/// Where words in quotes, titles or code begin and end in `source`: the bytes of the marks, and whether what follows is
/// quoted.
fn quoted(source: &str) -> Vec<(usize, bool)> {
    let (mut open, mut straight, mut code) = (0u32, false, false);
    let turn = |(at, c): (usize, char)| {
        match c {
            '“' | '‘' | '《' | '〈' | '「' | '『' => open += 1,
            '”' | '’' | '》' | '〉' | '」' | '』' => open = open.saturating_sub(1),
            '"' => straight = !straight,
            '`' => code = !code,
            _ => return None,
        }
        Some((at, open > 0 || straight || code))
    };
    source.char_indices().filter_map(turn).collect()
}
