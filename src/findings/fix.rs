//! Fixes: edits that mend a finding. They are kept as places and intents and become bytes of one version of the text
//! only when they are asked for, so a fix can never be applied to text it was not made for.

use super::{Message, Place};
use crate::analysis::{Analysis, Block, Location};
use crate::draft::{BlockId, segment};
use crate::revision::pointing;
use crate::text::{Change, numeral};
use rustc_hash::FxHashMap;
use std::ops::Range;
use std::sync::Arc;

/// Who may apply a fix. The order is from freely to never by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Applicability {
    /// Keeps the meaning: fix-all may apply it.
    Safe,
    /// Changes what the draft says or removes prose: a person decides.
    Unsafe,
    /// Shown for reading.
    DisplayOnly,
}

impl Applicability {
    pub fn name(self) -> &'static str {
        match self {
            Applicability::Safe => "safe",
            Applicability::Unsafe => "unsafe",
            Applicability::DisplayOnly => "display-only",
        }
    }
}

/// One way to mend a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    pub title: Message,
    pub applicability: Applicability,
    /// Fixes with the same key exclude one another in one pass: two copies must not delete each other.
    pub key: u64,
    pub edits: Vec<Edit>,
}

/// An edit of the draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    Replace {
        place: Place,
        text: String,
    },
    /// Numbers these headings of a chain from `first` on, each in the form that it is written in. References to them in the
    /// text follow. The chain is shared: a long one with many breaks has many fixes.
    Renumber {
        chain: Arc<[BlockId]>,
        members: Range<usize>,
        first: u32,
    },
    /// Takes out the passage that begins with this block, and the blank lines that go along with it.
    DeletePassage {
        first: BlockId,
    },
}

impl Fix {
    /// The fix as changes of the text of `analysis`, ascending and disjoint; `None` if it does not fit that text.
    pub fn changes(&self, analysis: &Analysis) -> Option<Vec<Change>> {
        let mut changes = Vec::with_capacity(self.edits.len());
        for edit in &self.edits {
            edit.push_changes(analysis, &mut changes)?;
        }
        // References go where the headings of all renumberings together go.
        changes.extend(pointing::follow(analysis, &self.numbers())?);
        changes.sort_by_key(|c| (c.range.start, c.range.end));
        let disjoint = changes.windows(2).all(|pair| pair[0].range.end <= pair[1].range.start);
        disjoint.then_some(changes)
    }

    /// The headings that are renumbered, and their new numbers.
    fn numbers(&self) -> FxHashMap<BlockId, u32> {
        let numbered = self.edits.iter().filter_map(|edit| match edit {
            Edit::Renumber { chain, members, first } => Some(chain[members.clone()].iter().copied().zip(*first..)),
            _ => None,
        });
        numbered.flatten().collect()
    }
}

impl Edit {
    fn push_changes(&self, analysis: &Analysis, changes: &mut Vec<Change>) -> Option<()> {
        match self {
            Edit::Replace { place, text } => {
                changes.push(Change { range: place.bytes(analysis)?, text: text.clone() });
            }
            Edit::Renumber { chain, members, first } => {
                for (heading, number) in chain[members.clone()].iter().zip(*first..) {
                    changes.extend(renumber(analysis, *heading, number)?);
                }
            }
            Edit::DeletePassage { first } => changes.push(delete_passage(analysis, *first)?),
        }
        Some(())
    }
}

/// The change that gives a heading its number, if it has another; `None` where the form has no such number (a circled
/// 51).
fn renumber(analysis: &Analysis, heading: BlockId, number: u32) -> Option<Option<Change>> {
    let (location, block) = analysis.table.find(heading)?;
    let marker = block.facts.structure.heading.as_ref()?.marker.as_ref()?;
    let range = location.byte + marker.numeral.start..location.byte + marker.numeral.end;
    let text = numeral::print(number, marker.numeral_form)?;
    Some((marker.number != number).then_some(Change { range, text }))
}

/// A paragraph goes with the blank lines behind it; if fewer stand before it, those go instead, so that its neighbours
/// stay as far apart as the wider gap was. The last paragraph goes with those before it, so that the text still ends as
/// it did.
fn delete_passage(analysis: &Analysis, first: BlockId) -> Option<Change> {
    let table = &analysis.table;
    let passage = analysis.passage(first)?;
    let (start, _) = table.get(passage.ordinals.start)?;
    let (last, last_block) = table.get(passage.ordinals.end - 1)?;
    let before = passage.ordinals.start.checked_sub(1).and_then(|n| table.get(n));
    let end = last.after(last_block).byte;
    let is_last = end == analysis.rope.len_bytes();
    let range = match before {
        Some((location, block)) if is_last => location.byte + block.facts.structure.content.end..passage.bytes.end,
        Some((location, block)) if block.blank_lines < last_block.blank_lines => {
            text_end(analysis, location, block)..text_end(analysis, last, last_block)
        }
        _ => start.byte..end,
    };
    Some(Change { range, text: String::new() })
}

/// Where the line behind a block's text starts: behind its line break, before the blank lines.
fn text_end(analysis: &Analysis, location: Location, block: &Block) -> usize {
    let source = analysis.block_source(location, block);
    location.byte + segment::line_end(&source, block.facts.structure.content.end).1
}

/// `text` after `changes`, which are ascending and disjoint.
pub fn apply(text: &str, changes: &[Change]) -> String {
    let (mut out, mut from) = (String::with_capacity(text.len()), 0);
    for change in changes {
        out.push_str(&text[from..change.range.start]);
        out.push_str(&change.text);
        from = change.range.end;
    }
    out.push_str(&text[from..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn deleted(text: &str, ordinal: usize) -> String {
        let analysis = Analysis::of(text);
        let (_, block) = analysis.table.get(ordinal).unwrap();
        apply(text, &[delete_passage(&analysis, block.id).unwrap()])
    }

    #[test]
    fn a_deleted_paragraph_takes_its_blank_lines_along() {
        assert_eq!(deleted("甲\n\n乙\n\n丙\n", 1), "甲\n\n丙\n");
        assert_eq!(deleted("甲\n\n乙\n", 1), "甲\n");
        assert_eq!(deleted("甲\n\n乙", 1), "甲");
        assert_eq!(deleted("甲\n乙\n\n丙\n", 1), "甲\n\n丙\n");
        assert_eq!(deleted("甲\n\n乙\n", 0), "乙\n");
        assert_eq!(deleted("甲\n", 0), "");
        assert_eq!(deleted("甲\r\n\r\n乙\r\n\r\n\r\n丙", 1), "甲\r\n\r\n\r\n丙");
    }
}
