//! Positions as an editor counts them, to and from byte offsets of the rope.
//!
//! A position outside the text is clamped as the protocol says: a character past the line's end is the line's end
//! (before its line break), a line past the last is the end of the text. A position inside a character (the middle
//! of a surrogate pair or of a UTF-8 sequence) is the character's start. Some editors send such positions.

use ropey::{Rope, RopeSlice};

/// The unit in which a `Position` counts characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Encoding {
    Utf8,
    #[default]
    Utf16,
    Utf32,
}

impl Encoding {
    /// All of them, in the order of their discriminants.
    pub const ALL: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];

    /// The width of `c` in this encoding's units.
    #[inline]
    pub fn width(self, c: char) -> usize {
        match self {
            Encoding::Utf8 => c.len_utf8(),
            Encoding::Utf16 => c.len_utf16(),
            Encoding::Utf32 => 1,
        }
    }

    /// The length of `text` in this encoding's units.
    pub fn length(self, text: &str) -> usize {
        match self {
            Encoding::Utf8 => text.len(),
            _ => text.chars().map(|c| self.width(c)).sum(),
        }
    }
}

/// A zero-based line and a character offset in some `Encoding`'s units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Position {
    pub line: u32,
    pub character: u32,
}

/// The byte offset of `position`, clamped into `rope`.
pub fn to_byte(rope: &Rope, position: Position, encoding: Encoding) -> usize {
    let line = position.line as usize;
    if line >= rope.len_lines() {
        return rope.len_bytes();
    }
    let start = rope.line_to_byte(line);
    let slice = without_break(rope.line(line));
    let wanted = position.character as usize;
    let offset = match encoding {
        Encoding::Utf8 => {
            let wanted = wanted.min(slice.len_bytes());
            slice.char_to_byte(slice.byte_to_char(wanted))
        }
        Encoding::Utf16 => {
            let wanted = wanted.min(slice.len_utf16_cu());
            slice.char_to_byte(slice.utf16_cu_to_char(wanted))
        }
        Encoding::Utf32 => slice.char_to_byte(wanted.min(slice.len_chars())),
    };
    start + offset
}

/// The position of byte offset `byte` (clamped to the text's end).
pub fn from_byte(rope: &Rope, byte: usize, encoding: Encoding) -> Position {
    let byte = byte.min(rope.len_bytes());
    let line = rope.byte_to_line(byte);
    let start = rope.line_to_byte(line);
    let before = rope.byte_slice(start..byte);
    let character = match encoding {
        Encoding::Utf8 => byte - start,
        Encoding::Utf16 => before.len_utf16_cu(),
        Encoding::Utf32 => before.len_chars(),
    };
    Position { line: line as u32, character: character as u32 }
}

/// The bytes of line `line` without its line break; the text's end for lines behind it.
pub fn line_bytes(rope: &Rope, line: usize) -> std::ops::Range<usize> {
    if line >= rope.len_lines() {
        return rope.len_bytes()..rope.len_bytes();
    }
    let start = rope.line_to_byte(line);
    start..start + without_break(rope.line(line)).len_bytes()
}

fn without_break(line: RopeSlice<'_>) -> RopeSlice<'_> {
    let mut end = line.len_chars();
    if end > 0 && line.char(end - 1) == '\n' {
        end -= 1;
    }
    if end > 0 && line.char(end - 1) == '\r' {
        end -= 1;
    }
    line.slice(..end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ALL: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];

    #[test]
    fn a_position_outside_the_text_is_clamped() {
        let rope = Rope::from_str("甲😀乙\r\n丙");
        for encoding in ALL {
            let far = Position { line: 0, character: 999 };
            assert_eq!(to_byte(&rope, far, encoding), "甲😀乙".len());
            let below = Position { line: 9, character: 3 };
            assert_eq!(to_byte(&rope, below, encoding), rope.len_bytes());
        }
    }

    #[test]
    fn a_position_inside_a_character_is_its_start() {
        let rope = Rope::from_str("甲😀乙");
        assert_eq!(to_byte(&rope, Position { line: 0, character: 2 }, Encoding::Utf16), 3);
        assert_eq!(to_byte(&rope, Position { line: 0, character: 4 }, Encoding::Utf8), 3);
    }

    #[test]
    fn only_lf_crlf_and_cr_end_a_line() {
        let rope = Rope::from_str("a\u{2028}b\u{85}c\u{b}d\ne\rf\r\ng");
        assert_eq!(rope.len_lines(), 4);
        assert_eq!(from_byte(&rope, rope.len_bytes(), Encoding::Utf16).line, 3);
    }

    proptest! {
        #[test]
        fn byte_to_position_and_back(text in "[甲乙😀a\u{2028}\r\n ]{0,40}") {
            let rope = Rope::from_str(&text);
            for (byte, _) in text.char_indices() {
                // Between CR and LF there is no position of its own.
                if text[byte..].starts_with('\n') && text[..byte].ends_with('\r') { continue }
                for encoding in ALL {
                    prop_assert_eq!(to_byte(&rope, from_byte(&rope, byte, encoding), encoding), byte);
                }
            }
        }
    }
}
