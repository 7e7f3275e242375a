//! Wording (措辞): what a block calls things by. Pure functions of one block's reading.

pub mod name;

pub use name::{END, Name, NameKey, names, plain};
