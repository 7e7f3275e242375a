//! Passages: the paragraphs of a hard-wrapped draft.
//!
//! Some drafts break every line at one width (mail, old editors, PDF text). There a paragraph is several line blocks.
//! That a draft is hard-wrapped is a fact of the whole document: most of its lines of text end within two columns of
//! one width, without an end mark. Then a full line is joined with the next. In all other drafts a passage is a block.

use super::shape::Shape;
use super::structure::{Bold, EndMark, Signature};

/// The widest line, in columns (a Han takes two), that counts as wrapped. Lines of a paragraph-per-line draft are wider.
pub const WIDEST: usize = 120;

/// The narrowest wrap, 20 Han: below it short lines are verse, lists or captions.
const NARROWEST: usize = 40;

/// Fewer lines than this prove no habit.
const FEWEST_LINES: u32 = 8;

/// What a line tells about wrapping.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LineFact {
    /// Columns up to the last character, if the line is text of at most `WIDEST` columns.
    pub columns: Option<u8>,
    /// It is text that could go on in the next line: no end mark, and no colon before a list.
    pub open: bool,
    /// It opens a paragraph of its own: a marker, bold, an indent.
    pub opens: bool,
}

impl LineFact {
    /// The fact of a block with `signature`, `columns` wide, indented or not.
    pub fn of(signature: &Signature, columns: usize, indented: bool) -> LineFact {
        let is_text = matches!(signature.shape, Shape::Line | Shape::Dash | Shape::Bullet);
        LineFact {
            columns: (is_text && columns <= WIDEST).then_some(columns as u8),
            open: is_text && !matches!(signature.end, EndMark::Stop | EndMark::Colon),
            opens: indented
                || signature.shape != Shape::Line
                || signature.marker.is_some()
                || signature.bold != Bold::No,
        }
    }
}

/// How many text lines there are and how wide the open ones: enough to tell a wrap, and to follow edits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrapTally {
    lines: u32,
    open_by_columns: [u32; WIDEST + 1],
}

impl Default for WrapTally {
    fn default() -> Self {
        WrapTally { lines: 0, open_by_columns: [0; WIDEST + 1] }
    }
}

impl WrapTally {
    /// Counts a block in (`sign` 1) or out (-1).
    pub fn count(&mut self, fact: LineFact, is_text: bool, sign: i32) {
        self.lines = self.lines.saturating_add_signed(sign * i32::from(is_text));
        if let (Some(columns), true) = (fact.columns, fact.open) {
            let open = &mut self.open_by_columns[usize::from(columns)];
            *open = open.saturating_add_signed(sign);
        }
    }

    /// The width that the draft is wrapped at, in columns, if most of its lines are.
    pub fn wrap(&self) -> Option<u8> {
        if self.lines < FEWEST_LINES {
            return None;
        }
        let near = |w: usize| self.open_by_columns[w - 2..=w].iter().sum::<u32>();
        let width = (NARROWEST..=WIDEST).max_by_key(|&w| (near(w), std::cmp::Reverse(w)))?;
        (near(width) * 2 > self.lines).then_some(width as u8)
    }
}

/// Whether a line goes on in the next one, in a draft wrapped at `wrap`.
pub fn joins(wrap: Option<u8>, line: LineFact, blank_lines: usize, next: LineFact) -> bool {
    let Some(wrap) = wrap else { return false };
    let full = line.columns.is_some_and(|c| c <= wrap && c + 2 >= wrap);
    full && line.open && blank_lines == 0 && next.columns.is_some() && !next.opens
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrapped_draft_is_told_by_most_of_its_lines() {
        let full = LineFact { columns: Some(64), open: true, opens: false };
        let last = LineFact { columns: Some(20), open: false, opens: false };
        let mut tally = WrapTally::default();
        for _ in 0..6 {
            tally.count(full, true, 1);
            tally.count(LineFact { columns: Some(63), ..full }, true, 1);
            tally.count(last, true, 1);
        }
        assert_eq!(tally.wrap(), Some(64));
        assert!(joins(tally.wrap(), full, 0, last));
        assert!(!joins(tally.wrap(), full, 1, last) && !joins(tally.wrap(), last, 0, full));
        let wide = LineFact { columns: None, open: false, opens: false };
        for _ in 0..12 {
            tally.count(wide, true, 1);
        }
        assert_eq!(tally.wrap(), None);
        assert!(!joins(None, full, 0, last));
    }
}
