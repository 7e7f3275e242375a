//! What a rule of wording reads: a paragraph, and the few ways from its words to places, findings and fixes of the source.

use super::View;
use crate::analysis::Paragraph;
use crate::findings::{Applicability, Edit, Finding, Fix, Message, Place, Related, Severity, stable_hash};
use std::ops::Range;

impl Paragraph {
    pub fn place(&self, view: &View<'_>, range: Range<usize>) -> Option<Place> {
        view.span(self.bytes(range))
    }

    /// Whether `range` is part of a title in 《》 or of a quotation that holds more than it: somebody else's words.
    pub fn is_cited(&self, range: &Range<usize>) -> bool {
        let mut open: Vec<(char, usize)> = Vec::new();
        for (at, c) in self.text()[..range.start].char_indices() {
            match c {
                '"' if open.last().is_some_and(|(last, _)| *last == '"') => _ = open.pop(),
                '“' | '‘' | '「' | '『' | '《' | '〈' | '"' => open.push((c, at + c.len_utf8())),
                '”' | '’' | '」' | '』' | '》' | '〉' => _ = open.pop(),
                _ => {}
            }
        }
        let Some((mark, start)) = open.last() else { return false };
        let is_whole = *start == range.start && self.text()[range.end..].starts_with(['”', '’', '」', '』', '"']);
        matches!(mark, '《' | '〈') || open.len() > 1 || !is_whole
    }

    /// `range` with the other half of a quotation that only begins or ends in it.
    pub fn with_quotes(&self, range: Range<usize>) -> Range<usize> {
        let (mut opened, mut closed, mut straight) = (0u32, 0u32, false);
        for c in self.text()[range.clone()].chars() {
            match c {
                '“' | '‘' => opened += 1,
                '”' | '’' if opened > 0 => opened -= 1,
                '”' | '’' => closed += 1,
                '"' => straight = !straight,
                _ => {}
            }
        }
        let (before, behind) = (&self.text()[..range.start], &self.text()[range.end..]);
        let begins = closed > 0 && before.ends_with(['“', '‘']) || straight && before.ends_with('"');
        let ends = opened > 0 && behind.starts_with(['”', '’']) || straight && !begins && behind.starts_with('"');
        let mark = |of: Option<char>, is_there: bool| of.filter(|_| is_there).map_or(0, char::len_utf8);
        range.start - mark(before.chars().next_back(), begins)..range.end + mark(behind.chars().next(), ends)
    }

    /// A finding about the words of `range`.
    pub fn finding(
        &self,
        view: &View<'_>,
        range: Range<usize>,
        (severity, message): (Severity, Message),
        related: Vec<Related>,
        fixes: Vec<Fix>,
    ) -> Option<Finding> {
        let key = self.passage.key.value().to_le_bytes();
        Some(Finding {
            rule: view.rule,
            severity,
            message,
            identity: stable_hash([view.rule.as_bytes(), &key, self.text()[range.clone()].as_bytes()]),
            place: self.place(view, range)?,
            related,
            fixes,
        })
    }

    /// The fix that puts `edits` (ranges and what is to stand there), for a person to decide on.
    pub fn fix(
        &self,
        view: &View<'_>,
        title: Message,
        edits: impl IntoIterator<Item = (Range<usize>, String)>,
    ) -> Option<Fix> {
        let edit = |(range, text)| Some(Edit::Replace { place: self.place(view, range)?, text });
        let edits = edits.into_iter().map(edit).collect::<Option<_>>()?;
        Some(Fix { title, applicability: Applicability::Unsafe, key: view.exclusive(self.passage.first), edits })
    }

    /// The fix that writes `text` for `range`.
    pub fn rewrite(&self, view: &View<'_>, range: Range<usize>, text: String) -> Option<Fix> {
        self.fix(view, rewriting(&text), [(range, text)])
    }
}

/// The title of a fix that writes `text`.
pub fn rewriting(text: &str) -> Message {
    Message::new(format!("改为“{text}”"), format!("Write “{text}”"))
}
