//! The analysis of one draft, kept up to date edit by edit.
//!
//! `Engine` is mutable, has one writer, and owns the indexes. `Engine::apply` returns an `Analysis`: immutable, cheap to
//! clone, with results only (text, blocks with their facts, outline, repeats), and a `Delta` that says what moved.
//! Nothing here knows a rule, a client, a file or a clock.

pub mod above;
pub mod alike;
pub mod delta;
mod digest;
pub mod disputes;
pub mod enclosing;
pub mod engine;
pub mod facts;
pub mod folds;
pub mod headings;
pub mod ledger;
pub mod mentions;
mod named;
mod paragraph;
pub mod portrait;
pub mod quantities;
pub mod repeats;
pub mod sections;
mod stated;
pub mod table;
mod version;
mod window;

pub use above::Above;
pub use delta::{Delta, Statistics};
pub use disputes::{Class, Dispute, Voice};
pub use engine::Engine;
pub use facts::Facts;
pub use folds::{FoldKind, Folded};
pub use headings::HeadingLine;
pub use ledger::{Figure, Ledger, Status};
pub use mentions::Located;
pub use named::FEWEST as FEWEST_OF_A_FORM;
pub use paragraph::Paragraph;
pub use portrait::Portrait;
pub use quantities::{Quantities, Quantity};
pub use sections::Section;
pub use stated::LONGEST;
pub use table::{Block, Location, Table};
pub use version::{Analysis, Passage};
