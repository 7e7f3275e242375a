//! The mentions of figures in a draft, with their places. Made when they are asked for: a keystroke needs none of them.

use super::Analysis;
use crate::figures::{self, Mention};
use crate::text::Reading;
use std::ops::Range;
use std::sync::Arc;

/// A mention and where it stands.
#[derive(Clone, Debug)]
pub struct Located {
    /// Its ranges are bytes of `reading`.
    pub mention: Mention,
    /// Where it stands, in bytes of the draft.
    pub bytes: Range<usize>,
    /// The reading of its passage, and where that starts, in bytes of the draft.
    pub reading: Arc<Reading>,
    pub start: usize,
}

impl Located {
    /// The words of a range of the mention, as read.
    pub fn words(&self, range: &Range<usize>) -> &str {
        self.reading.text().get(range.clone()).unwrap_or_default()
    }

    /// The bytes of the draft that a range of the mention stands for.
    pub fn place(&self, range: &Range<usize>) -> Range<usize> {
        let range = self.reading.source_range(range.clone());
        self.start + range.start..self.start + range.end
    }

    /// The string as written, without layout.
    pub fn text(&self) -> &str {
        self.words(&self.mention.range)
    }

    pub fn metric(&self) -> Option<String> {
        self.mention.metric.noun.as_ref().map(|noun| self.words(noun).to_owned())
    }

    pub fn verb(&self) -> Option<String> {
        self.mention.metric.verb.as_ref().map(|verb| self.words(verb).to_owned())
    }

    /// The unit as written: 条(篇); of 百分之九十 it is %, of 三分之一 分之.
    pub fn unit(&self) -> Option<String> {
        if let Some(denominator) = self.mention.denominator {
            return Some(match denominator.whole() {
                Some(100) => "%".to_owned(),
                Some(1000) => "‰".to_owned(),
                _ => format!("{denominator}分之"),
            });
        }
        self.mention.measure.as_ref().map(|measure| self.words(&measure.range).to_owned())
    }

    /// The word of the approximation.
    pub fn approximation(&self) -> Option<String> {
        self.mention.approximation.as_ref().map(|approximation| self.words(&approximation.word).to_owned())
    }
}

impl Analysis {
    /// All numbers of the draft's text, in order.
    pub fn mentions(&self) -> Vec<Located> {
        let mut all = Vec::new();
        for passage in self.passages(0..self.table.len()) {
            let Some(reading) = self.reading(&passage).map(Arc::new) else { continue };
            for mention in figures::mentions(reading.text()) {
                let range = reading.source_range(mention.range.clone());
                let bytes = passage.bytes.start + range.start..passage.bytes.start + range.end;
                all.push(Located { mention, bytes, reading: Arc::clone(&reading), start: passage.bytes.start });
            }
        }
        all
    }
}
