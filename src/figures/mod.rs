//! Figures (数据): what a block says in numbers. Pure functions of one block's text.
//!
//! Built so far: announced counts (总括数), `N个方面：` before a list.

pub mod announced;

pub use announced::Announced;
