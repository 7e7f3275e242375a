//! Figures (数据): what a block says in numbers. Pure functions of one block's text.
//!
//! Announced counts (总括数) are `N个方面：` before a list, and belong to a block's facts. Mentions (`mention`) are all the
//! numbers of a passage's reading, and are made when they are asked for. From the ground up: `decimal`, `interval` and
//! `approximation` say what a number leaves possible; `number`, `unit`, `time` and `lexicon` read one each; `scan` walks
//! over a reading and classifies; `metric` and `scope` tell what is counted and within what.

pub mod announced;
pub mod approximation;
pub mod decimal;
pub mod interval;
pub mod number;

pub use announced::Announced;
pub use decimal::Decimal;
pub use interval::{Bound, Interval};
