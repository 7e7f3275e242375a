//! The facts of a block: all that its own text says, read once and kept as long as the block is unchanged.
//!
//! Facts never depend on neighbours, roles or settings. That is why an edit re-reads only the blocks it touches, and a
//! changed setting re-reads none.

use crate::draft::passage::{LineFact, WIDEST};
use crate::draft::{Directive, Kind, Reference, Shape, Structure, reference};
use crate::figures::Announced;
use crate::similarity::Key;
use crate::text::han::{count_han, is_space};
use crate::wording::{Name, names};
use rustc_hash::FxHasher;
use std::hash::Hasher;
use unicode_width::UnicodeWidthChar;

/// What a block's text says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Hash of the block's kind and source, trailing blank lines left out.
    pub content: u64,
    pub structure: Structure,
    /// Key of the content's folded reading; empty for blocks that are no text (tables, fences, comments).
    pub key: Key,
    /// Han characters of the content.
    pub han: u32,
    pub line: LineFact,
    pub announced: Option<Box<Announced>>,
    pub directive: Option<Box<Directive>>,
    /// Names that may have another form elsewhere; ranges in bytes of the content.
    pub names: Box<[Name]>,
    /// References to sections, in bytes of the content; mostly none.
    pub references: Box<[Reference]>,
}

impl Facts {
    /// Reads the facts of a block. `source` has no trailing blank lines.
    pub fn read(source: &str, kind: Kind) -> Facts {
        let structure = Structure::of(source, kind);
        let text = &source[structure.content.clone()];
        let is_text = structure.is_text();
        let indented = source[..structure.content.start].chars().any(is_space);
        let columns = if is_text { columns(text) } else { 0 };
        Facts {
            content: content_hash(source, kind),
            key: if is_text { Key::of(text) } else { Key::EMPTY },
            han: if is_text { count_han(text) as u32 } else { 0 },
            line: LineFact::of(&structure.signature, columns, indented),
            announced: Announced::of(text).filter(|_| is_text).map(Box::new),
            directive: (kind == Kind::Comment).then(|| Directive::parse(text)).flatten().map(Box::new),
            names: if is_text { names(text) } else { Box::default() },
            references: if is_text { reference::references(text).into() } else { Box::default() },
            structure,
        }
    }

    /// Whether the outline may look at this block for more than its place among the others.
    pub fn can_head(&self) -> bool {
        self.structure.heading.is_some()
    }

    /// Whether it is an item of a list that is told by its dashes or bullets.
    pub fn is_item(&self) -> bool {
        matches!(self.structure.signature.shape, Shape::Dash | Shape::Bullet)
    }
}

impl Structure {
    /// Whether the block is running text or a heading, not a table, code, a comment or blank.
    pub fn is_text(&self) -> bool {
        !matches!(
            self.signature.shape,
            Shape::Table | Shape::Fence | Shape::Comment | Shape::FrontMatter | Shape::Blank
        )
    }
}

/// Tells block contents apart. 64 bits: two of a million blocks share a hash with probability 3·10⁻⁸.
pub fn content_hash(source: &str, kind: Kind) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write_u8(kind as u8);
    hasher.write(source.as_bytes());
    hasher.write_usize(source.len());
    hasher.finish()
}

/// The width of `text` in columns; anything wider than `WIDEST` counts as `WIDEST + 1`.
fn columns(text: &str) -> usize {
    let mut columns = 0;
    for c in text.chars() {
        columns += c.width().unwrap_or(0);
        if columns > WIDEST {
            break;
        }
    }
    columns
}
