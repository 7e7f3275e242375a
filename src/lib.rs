//! hegao 核稿: reads a draft of a Chinese work report the way a careful 核稿 reader does, while it is being written.
//!
//! The way a draft goes through the house, from the ground up; an arrow runs only downwards:
//!
//! - `text` keeps the text: rope, positions, charsets, numerals, and the *reading* of a stretch of source;
//! - `knowledge` holds what every reader of such reports knows: slogans, fixed lists, forms of names, anniversaries;
//! - `draft` cuts it into blocks, tells their structure, and builds the outline;
//! - `profile` is what was learned from good reports: phrases, habits, metrics; a text file in layers;
//! - `figures`, `similarity` and `wording` say what one block says: announced counts, the key of its reading, its names;
//! - `analysis` keeps all of it true while the draft is edited, at a cost that follows the edit;
//! - `comparison` sets passages and whole drafts side by side: what is a copy, and what differs;
//! - `revision` changes a draft's structure as its writer asks: numbers, levels, the order of sections;
//! - `findings` are what hegao has to say: a message, places, evidence, and fixes that mend them;
//! - `rules` read the analysis and yield findings;
//! - `checking` decides which rule runs when, and what of its findings is covered;
//! - `learning` makes profiles: it runs the core over exemplars, and stands beside `checking`;
//! - `config` says which rules are on, `files` which files are drafts, `replace` writes one whole or not at all;
//! - `archive` keeps other reports on disk ready to be looked up, and hands the rules what it found;
//! - `exchange` is the JSON that both faces speak;
//! - `cli` and `server` are two thin faces: they translate findings and decide nothing.

pub mod analysis;
pub mod archive;
pub mod checking;
pub mod cli;
pub mod comparison;
pub mod config;
pub mod draft;
pub mod exchange;
pub mod figures;
pub mod files;
pub mod findings;
pub mod knowledge;
pub mod learning;
pub mod profile;
pub mod replace;
pub mod revision;
pub mod rules;
pub mod server;
pub mod similarity;
pub mod text;
pub mod wording;
