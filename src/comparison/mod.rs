//! One passage beside another: whether it is a copy, and what differs; and a whole draft beside another.
//!
//! Reads analyses, of one draft or of two, and decides; it keeps nothing. The indexes that propose whom to compare with
//! whom are `analysis::alike` for one draft, `pairing` for two, and `archive` for many.

pub mod copies;
pub mod elsewhere;
pub mod leftovers;
pub mod pairing;
mod parallel;
pub mod reuse;
pub mod standing;
pub mod text;
pub mod told;

pub use copies::{Copy, Likeness, Measure, copies, is_text, similarity};
pub use elsewhere::{ArchiveMatches, Elsewhere, Match, Other, Report};
pub use standing::{are_of_two_forms, follow_their_titles};
pub use text::Text;
pub use told::Told;
