//! Where a finding stands: a block and an offset in it.

use crate::analysis::Analysis;
use crate::draft::BlockId;
use crate::text::{Encoding, Position};
use std::ops::Range;

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
}
