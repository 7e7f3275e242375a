//! What a profile holds. Every entry says in how many exemplars it was seen, how often, and where, for instance.

use super::Phrases;
use serde::Deserialize;

/// What was learned from a set of exemplars.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// How many exemplars it was learned from, copies counted once, and their characters without layout.
    pub documents: u32,
    pub characters: u64,
    /// 规范表述, the most widespread first.
    pub phrases: Phrases,
}

/// Where an entry comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Support {
    /// Exemplars that have it, copies counted once.
    pub documents: u32,
    /// Places that have it.
    pub instances: u32,
    /// One of the places: file name and line.
    pub example: String,
}

/// A fixed phrase: wording that several exemplars share to the letter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Phrase {
    /// As it is mostly written, marks included. Two phrases are equal if their characters without marks are.
    pub text: String,
    pub support: Support,
    /// Near misses that exemplars have too often to be slips.
    #[serde(default)]
    pub variants: Vec<String>,
}
