//! What a profile holds. Every entry says in how many exemplars it was seen, how often, and where, for instance.

use super::Phrases;
use serde::Deserialize;
use std::ops::RangeInclusive;

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
    pub likeness: Likeness,
    pub layout: Layout,
    pub numbers: Numbers,
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
    /// How many exemplars are of the kind that has such topics; 0 if nobody counted them.
    #[serde(default)]
    pub of: u32,
    pub support: Support,
}

impl Topic {
    /// Whether `text` speaks of it.
    pub fn is_in(&self, text: &str) -> bool {
        self.terms.iter().chain([&self.name]).any(|term| text.contains(term.as_str()))
    }
}

/// The background of likeness: how like paragraphs are that are no copies.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Likeness {
    /// From which edit similarity on, in hundredths, paragraphs are taken for copies; none where too few were read.
    pub threshold: Option<u32>,
    /// Paragraphs that are as like to another as the threshold, or as 75 where there is none, and are taken for no copies.
    pub alarms: u32,
    /// The likest two of one exemplar and of two that are no copies, in hundredths; 0: none reaches the lowest
    /// threshold.
    pub inside: u32,
    pub across: u32,
    /// Its instances are the paragraphs that were looked at, its example is where the likest two of one exemplar stand.
    pub support: Support,
}

impl Likeness {
    /// The threshold where none was learned, in hundredths of edit similarity. Copies with every fifth character changed have
    /// 80 or more, unrelated paragraphs of one report at most 51 (17 reports read).
    pub const STANDARD: u32 = 75;

    /// What a threshold may be: the first where none was learned. Copies with every fifth character changed have 80 and more:
    /// higher than the last most of them would be missed, however odd the exemplars. That good reports repeat nothing does
    /// not prove that a lower one were as quiet in a draft that several departments wrote.
    pub const THRESHOLDS: RangeInclusive<u32> = Likeness::STANDARD..=85;
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

/// How exemplars write their numbers; how many have most of them so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Numbers {
    /// Quantities: 42件, 四十二件.
    pub arabic: u32,
    pub han: u32,
    /// Ten thousand and more: 1.5万, 15000.
    pub myriads: u32,
    pub digits: u32,
    /// 98%, 百分之九十八
    pub percent_signs: u32,
    pub percent_words: u32,
    /// 3至5, and 3—5, 3～5, 3-5.
    pub range_words: u32,
    pub range_marks: u32,
    /// 42, ４２
    pub narrow: u32,
    pub wide: u32,
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
