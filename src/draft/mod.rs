//! The draft (稿件) as structure: the text cut into blocks, each with its shape; the outline that gives shapes their
//! role; passages that join hard-wrapped lines; who the draft is.
//!
//! Everything here is a pure function of text or of other blocks' signatures. Nothing here can fail: any text is a
//! draft.

pub mod directive;
pub mod heading;
pub mod identity;
pub mod lead;
pub mod marker;
pub mod outline;
pub mod passage;
pub mod reference;
pub mod segment;
pub mod series;
pub mod shape;
pub mod structure;

pub use directive::Directive;
pub use heading::{Heading, Words};
pub use marker::{Form, Marker};
pub use outline::{Chain, Gap, Node, Outline, Role};
pub use reference::Reference;
pub use segment::{Extent, Kind};
pub use shape::Shape;
pub use structure::{Bold, EndMark, Signature, Structure};

/// Names a block of one draft, and orders it: of two blocks the one that stands first has the smaller id. A block that
/// is edited keeps its id; ids of blocks that are gone may be given again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BlockId(pub u64);
