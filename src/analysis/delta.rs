//! What an edit changed, and what it cost.

use crate::draft::BlockId;
use crate::figures::StatementKey;
use crate::similarity::Key;
use crate::wording::NameKey;

/// What an edit changed, for whoever keeps results by block.
#[derive(Clone, Debug, Default)]
pub struct Delta {
    pub removed: Vec<BlockId>,
    /// New blocks, and blocks whose text changed.
    pub changed: Vec<BlockId>,
    /// Blocks whose text changed or that have another paragraph behind them.
    pub joints: Vec<BlockId>,
    /// The draft is hard-wrapped, or wrapped at another width, or no longer.
    pub wrap: bool,
    /// The outline is another.
    pub outline: bool,
    /// The text of a block that may be a heading.
    pub headings: bool,
    /// A block that announces a count or opens with a dash or bullet, or any signature.
    pub lists: bool,
    /// Keys whose repeat class, or a member's surroundings, changed.
    pub keys: Vec<Key>,
    /// First blocks of passages that are, were, or may be copies of one another, where one of them, its surroundings or
    /// its repeat class is another. Some may be no passage's first block any more.
    pub copies: Vec<BlockId>,
    /// Statements whose class, or a member of it, changed.
    pub statements: Vec<StatementKey>,
    /// Names whose forms, or a block with one of them, changed.
    pub names: Vec<NameKey>,
}

/// What the engine did since it was made: tests hold the cost of an edit with it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Statistics {
    /// Blocks that the line machine cut.
    pub cut: u64,
    /// Blocks whose facts were read from text.
    pub read: u64,
    /// Outlines built.
    pub outlines: u64,
    /// Passages whose fingerprints were read from text.
    pub printed: u64,
}
