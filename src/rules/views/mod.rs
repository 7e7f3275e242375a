//! What a rule sees: one analysis, its own options, what was learned, and the few ways to turn bytes into places. Beside
//! it what the rules of one kind see, and how they turn it into findings.

pub mod deviation;
mod disputes;
pub mod paragraph;
pub mod prose;
mod quantities;
pub mod titled;
pub mod words;

use crate::analysis::{Analysis, Block, Location, Passage};
use crate::comparison::Text;
use crate::draft::BlockId;
use crate::findings::{Anchor, Place, stable_hash};
use crate::knowledge::Knowledge;
use crate::profile::Profile;
use crate::rules::settings::{Inputs, Options};
use std::borrow::Cow;
use std::ops::Range;

/// A view of one version of a draft, for one rule.
pub struct View<'a> {
    pub analysis: &'a Analysis,
    pub options: &'a Options,
    pub knowledge: &'a Knowledge,
    pub profile: &'a Profile,
    pub rule: &'static str,
}

impl<'a> View<'a> {
    pub fn new(
        analysis: &'a Analysis,
        rule: &'static str,
        Inputs { options, knowledge, profile }: Inputs<'a>,
    ) -> View<'a> {
        View { analysis, options, knowledge, profile, rule }
    }

    /// A block's source, with the blank lines behind it.
    pub fn source(&self, location: Location, block: &Block) -> Cow<'_, str> {
        self.analysis.block_source(location, block)
    }

    /// A stretch of a block, as a place. `range` is in bytes of `source`, the block's.
    pub fn place(&self, block: &Block, source: &str, range: Range<usize>) -> Place {
        Place { start: Anchor::of(block.id, source, range.start), end: Anchor::of(block.id, source, range.end) }
    }

    /// A stretch of the draft that may reach over blocks, as a place. `bytes` is not empty.
    pub fn span(&self, bytes: Range<usize>) -> Option<Place> {
        let (first, block) = self.analysis.table.at_byte(bytes.start)?;
        let start = Anchor::of(block.id, &self.source(first, block), bytes.start - first.byte);
        let (last, block) = self.analysis.table.at_byte(bytes.end.checked_sub(1)?)?;
        let end = Anchor::of(block.id, &self.source(last, block), bytes.end - last.byte);
        Some(Place { start, end })
    }

    /// A stretch of a passage, in characters of its reading, as a place.
    pub fn stretch(&self, passage: &Passage, characters: Range<usize>) -> Option<Place> {
        match characters.len() == passage.key.characters as usize {
            true => self.span(passage.bytes.clone()),
            false => self.span(Text::of(self.analysis, passage.clone()).bytes(characters)),
        }
    }

    /// The first words of bytes `range`, for a message: at most `most` characters, without layout.
    pub fn excerpt(&self, range: Range<usize>, most: usize) -> String {
        let source = self.analysis.source(range);
        excerpt(&source, most)
    }

    /// The identity of a finding that says `what` about `block`: the same words in another draft have the same one.
    pub fn identity(&self, block: &Block, what: &str) -> u64 {
        let key = block.facts.key.value().to_le_bytes();
        stable_hash([self.rule.as_bytes(), &key, what.as_bytes()])
    }

    /// A key for fixes that exclude one another, made from a block's id and the rule.
    pub fn exclusive(&self, block: BlockId) -> u64 {
        stable_hash([self.rule.as_bytes(), &block.0.to_le_bytes()])
    }
}

/// The first `most` characters of a reading, with an ellipsis if there are more.
pub fn excerpt(source: &str, most: usize) -> String {
    let reading = crate::text::Reading::of(source, crate::text::Fold::None);
    let mut characters = reading.text().chars();
    let mut words: String = characters.by_ref().take(most).collect();
    if characters.next().is_some() {
        words.push('…');
    }
    words
}
