//! A passage as it is read, character by character: what alignments count in, with the way back to the draft.

use crate::analysis::{Analysis, Passage};
use crate::text::figure::{self, is_digit};
use crate::text::han::is_han;
use crate::text::numeral::is_han_digit;
use crate::text::{Fold, Reading};
use std::ops::Range;

/// A passage as it is read, character by character.
pub struct Text {
    pub passage: Passage,
    pub reading: Reading,
    pub characters: Vec<char>,
    /// Where each character begins in the reading, and where the last one ends.
    offsets: Vec<usize>,
}

impl Text {
    pub fn of(analysis: &Analysis, passage: Passage) -> Text {
        let reading = Reading::of(&analysis.source(passage.bytes.clone()), Fold::Width);
        let characters: Vec<char> = reading.text().chars().collect();
        let offsets = reading.text().char_indices().map(|(at, _)| at).chain([reading.text().len()]).collect();
        Text { passage, reading, characters, offsets }
    }

    /// The words of a stretch of characters, as they are read.
    pub fn words(&self, range: Range<usize>) -> &str {
        &self.reading.text()[self.offsets[range.start]..self.offsets[range.end]]
    }

    /// How many Han there are in a stretch.
    pub fn han(&self, range: Range<usize>) -> usize {
        self.characters[range].iter().filter(|c| is_han(**c)).count()
    }

    /// The words of a stretch as they are written, without layout.
    pub fn written(&self, analysis: &Analysis, range: Range<usize>) -> String {
        match range.is_empty() {
            true => String::new(),
            false => Reading::of(&analysis.source(self.bytes(range)), Fold::None).text().to_owned(),
        }
    }

    /// The bytes of the draft that a stretch of characters stands for.
    pub fn bytes(&self, range: Range<usize>) -> Range<usize> {
        let source = self.reading.source_range(self.offsets[range.start]..self.offsets[range.end]);
        let start = self.passage.bytes.start;
        start + source.start..start + source.end
    }

    /// The figure that a stretch touches, in characters.
    pub(super) fn figure(&self, range: &Range<usize>) -> Option<Range<usize>> {
        /// Characters on both sides in which a figure is looked for: the longest of the reports has 14.
        const NEAR: usize = 16;
        let near = range.start.saturating_sub(NEAR)..(range.end + NEAR).min(self.characters.len());
        if !self.characters[near.clone()].iter().any(|c| is_digit(*c) || is_han_digit(*c)) {
            return None;
        }
        let (words, from) = (self.words(near.clone()), self.offsets[near.start]);
        let term = figure::term(words, self.offsets[range.start] - from)?;
        let is_figure = words[term.clone()].chars().any(|c| is_digit(c) || is_han_digit(c));
        let character = |offset: usize| self.offsets.partition_point(|o| *o < offset + from);
        is_figure.then(|| character(term.start)..character(term.end))
    }
}
