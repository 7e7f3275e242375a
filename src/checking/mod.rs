//! Checking a draft: which rule runs when, what a comment or the baseline covers, and what a version of the draft has
//! in the end. Rules know nothing of this.

mod cancel;
mod checked;
mod circumstances;
pub mod fixing;
mod passes;
pub mod schedule;
mod suppression;

pub use cancel::Cancel;
pub use checked::{Checked, Placed};
pub use schedule::Schedule;
