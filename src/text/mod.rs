//! Text as hegao keeps it: a rope with byte offsets, positions in three encodings, and the *reading* of a
//! stretch of source. Nothing in this room knows what a report is.

pub mod change;
pub mod charset;
pub mod figure;
pub mod han;
pub mod numeral;
pub mod position;
pub mod query;
pub mod reading;
pub mod stretch;

pub use change::{Change, Hunks};
pub use position::{Encoding, Position};
pub use reading::{Fold, Reading};
