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
    /// How headings are written, level by level, the commonest first.
    pub headings: Vec<HeadingForm>,
    pub siblings: Siblings,
    /// What reports count, the most widespread first.
    pub metrics: Vec<Metric>,
    /// What reports of this kind speak of, in their usual order.
    pub sections: Vec<Topic>,
    pub layout: Layout,
}

/// One way of writing the headings of a level.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct HeadingForm {
    pub level: u8,
    /// The marker as it is written, its number set to one (一、 （一） 1、), or what stands in its place: `##`, 段首句, 短行.
    pub form: String,
    /// Of the level's headings, in hundredths.
    pub share: u32,
    /// Characters of the shortest, the middle and the longest title.
    pub characters: [u32; 3],
    /// How many have two parts and more, and how many end in a mark; in hundredths.
    pub parted: u32,
    pub ended: u32,
    pub support: Support,
}

/// Families of four and more headings that share a build of two parts or more: all of them, or all but one. The second
/// is how often `headings/parallel` would be wrong of a good report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Siblings {
    pub alike: u32,
    pub all_but_one: u32,
}

/// What is counted (指标): 提案, in 件, after 立案.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Metric {
    pub noun: String,
    /// Units and verbs, the commonest first.
    pub units: Vec<String>,
    #[serde(default)]
    pub verbs: Vec<String>,
    /// The smallest and the largest number.
    pub least: String,
    pub most: String,
    pub support: Support,
}

/// A topic that reports of this kind have.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Topic {
    pub name: String,
    /// Words that speak of it.
    pub terms: Vec<String>,
    /// Where its first heading stands, in the middle of the exemplars: hundredths of the report.
    pub position: u32,
    pub support: Support,
}

/// Marks as most of an exemplar's are; how many exemplars have them so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Layout {
    pub wide_commas: u32,
    pub narrow_commas: u32,
    pub curly_quotes: u32,
    pub straight_quotes: u32,
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
