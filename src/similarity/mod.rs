//! What can be compared between stretches of text. Pure functions of readings; who repeats whom is decided above.

pub mod key;

pub use key::Key;
