//! Figures (数据): what a block says in numbers. Pure functions of one block's text.
//!
//! Announced counts (总括数) are `N个方面：` before a list, and belong to a block's facts. Mentions (`mention`) are all the
//! numbers of a passage's reading, and are made when they are asked for. From the ground up: `decimal`, `interval` and
//! `approximation` say what a number leaves possible; `number`, `unit`, `time` and `lexicon` read one each; `metric` and
//! `scope` tell what is counted and within what; `scan` walks over a reading and puts it all together. `masked` is the text
//! around the mentions, from which relations are read; `statement` is what a clause says of its figure, `headline` those that a report has once; `attainable` tells which percentages whole numbers give; `print` writes a number in the form of another.

pub mod announced;
pub mod approximation;
pub mod attainable;
pub mod decimal;
pub mod headline;
pub mod interval;
pub mod lexicon;
pub mod masked;
pub mod mention;
pub mod metric;
pub mod number;
pub mod print;
pub mod scan;
pub mod scope;
pub mod statement;
pub mod time;
pub mod unit;

pub use announced::Announced;
pub use approximation::{Approximation, Sense};
pub use decimal::Decimal;
pub use interval::{Bound, Interval};
pub use mention::{Class, Mention};
pub use scan::{mentions, numbers};
pub use statement::{Statement, StatementKey, statements};
