//! What can be compared between stretches of text: keys of equal readings, fingerprints of like ones and their index,
//! alignment, the same in another order, and the phrases that prove nothing. Pure functions of readings; who repeats whom is decided above.

pub mod align;
pub mod fingerprint;
pub mod index;
pub mod key;
pub mod mask;
pub mod reorder;

pub use key::Key;
