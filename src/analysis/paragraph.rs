//! A passage as it is read, for whoever looks at its words: read once for all of them.

use super::stated::LONGEST;
use super::version::{Analysis, Passage};
use crate::text::Reading;
use std::ops::Range;

/// A passage of running text or a heading. Ranges are bytes of its reading.
#[derive(Clone, Debug)]
pub struct Paragraph {
    pub passage: Passage,
    pub(super) reading: Reading,
}

impl Paragraph {
    /// `None` if `passage` is no text, or too long to be prose.
    pub fn of(analysis: &Analysis, passage: Passage) -> Option<Paragraph> {
        if passage.bytes.len() > LONGEST {
            return None;
        }
        let reading = analysis.reading(&passage)?;
        Some(Paragraph { passage, reading })
    }

    pub fn text(&self) -> &str {
        self.reading.text()
    }

    /// The bytes of the draft that `range` stands for.
    pub fn bytes(&self, range: Range<usize>) -> Range<usize> {
        let range = self.reading.source_range(range);
        self.passage.bytes.start + range.start..self.passage.bytes.start + range.end
    }
}
