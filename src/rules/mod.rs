//! Rules. A rule is `name.rs` with `name.md` beside it; its name is its path. It reads the view that its `Check`
//! declares and yields findings: what, where, why, and how to mend it. It knows no client, no file, no locale.
//!
//! To add one: write the two files, add the module below and one line to `RULES`. The harness in `tests/rules.rs` then
//! runs the examples of the `.md` (the wrong one must fire, the right one must not) and every fix.

pub mod document;
pub mod settings;
pub mod views;

pub mod duplicates {
    //! 重复: text that stands twice.
    pub mod leftover;
    pub mod paragraph;
    pub mod report;
    pub mod run;
    pub mod sentence;
    pub mod word;
}
pub mod figures {
    //! 数据: figures that contradict each other or themselves, and how they are written.
    pub mod anniversary;
    pub mod approximation;
    pub mod attainable;
    pub mod conflict;
    pub mod count;
    pub mod funnel;
    pub mod growth;
    pub mod listed;
    pub mod members;
    pub mod numerals;
    pub mod points;
    pub mod range;
    pub mod scale;
    pub mod share;
    pub mod span;
    pub mod sum;
    pub mod total;
    pub mod unit;
}
pub mod headings {
    //! 标题: headings and their numbers.
    pub mod depth;
    pub mod empty;
    pub mod ending;
    pub mod level;
    pub mod marker;
    pub mod parallel;
    pub mod sequence;
    pub mod series;
    pub mod siblings;
    pub mod title;
}
pub mod paragraphs {
    //! 段落: paragraphs that are not finished, or came in broken.
    pub mod broken;
    pub mod placeholder;
    pub mod stray;
}
pub mod sections {
    //! 内容: what reports of a kind speak of.
    pub mod missing;
}
pub mod suppressions {
    //! 忽略标记: comments that tell hegao to be silent.
    pub mod unused;
}
pub mod wording {
    //! 措辞: fixed wordings, those that good reports share, and names that have two forms.
    pub mod form;
    pub mod order;
    pub mod pairing;
    pub mod phrase;
    pub mod variant;
}

pub use settings::{Options, Settings};
pub use views::View;

use crate::analysis::{Block, Dispute, Location, Paragraph, Passage, Quantities};
use crate::comparison::{ArchiveMatches, Elsewhere};
use crate::draft::BlockId;
use crate::findings::{Finding, Severity};
use crate::wording::NameKey;
use std::sync::Arc;

/// One thing that hegao checks.
pub struct Rule {
    /// The path of its file under `src/rules`, without the ending: `duplicates/paragraph`.
    pub name: &'static str,
    /// The text of the `.md` beside it.
    pub document: &'static str,
    /// The severity of its findings unless the configuration says otherwise; `None`: off.
    pub severity: Option<Severity>,
    pub options: &'static [RuleOption],
    pub check: Check,
}

/// A finding, and where other reports say the same.
pub type Reused = (Finding, Arc<[Elsewhere]>);

/// A block and where it stands.
pub type Located<'a> = (Location, &'a Block);

/// Reads siblings, as indexes of nodes of the outline.
pub type FamilyCheck = fn(&View<'_>, &[u32], &mut Vec<Finding>);

/// What a rule reads, and with it when it must run again. The schedule alone decides that.
#[derive(Clone, Copy)]
pub enum Check {
    /// One block's text and facts. Results are kept with the block.
    Block(fn(&View<'_>, &Block, &str, &mut Vec<Finding>)),
    /// A block and the one behind it, comments left aside. Results are kept with the first.
    Joint(fn(&View<'_>, Located<'_>, Located<'_>, &mut Vec<Finding>)),
    /// The words of a passage. Results are kept with its first block.
    Passage(fn(&View<'_>, &Paragraph, &mut Vec<Finding>)),
    /// The figures of a passage. Results are kept with its first block.
    Figures(fn(&View<'_>, &Quantities, &mut Vec<Finding>)),
    /// A statement whose figures cannot be one number. Runs whenever there is one: its scope depends on the sections.
    Disputes(fn(&View<'_>, &Dispute<'_>) -> Option<Finding>),
    /// The outline and the text of its headings; runs when either changed.
    Outline(fn(&View<'_>, &mut Vec<Finding>)),
    /// The outline, by parts that an edit leaves alone. `structure` reads no words of headings but those that its findings
    /// show, and runs when the outline changed or a heading that it shows. `family` reads siblings with their words, and
    /// runs for the families of headings that changed or that it shows, and for all when the outline did.
    Headings { structure: Option<fn(&View<'_>, &mut Vec<Finding>)>, family: Option<FamilyCheck> },
    /// Passages that say the same. `equal` reads one repeat class (first blocks of passages with equal keys) and runs for
    /// touched classes; `near` reads a passage with the candidates for a copy of it (first blocks, in order) and runs for
    /// touched passages. Results of `near` are kept with the passage. Both run again when the titles changed that they
    /// judged by.
    Copies {
        equal: fn(&View<'_>, &Arc<[BlockId]>, &mut Vec<Finding>) -> Judged,
        near: fn(&View<'_>, Passage, &[BlockId], &mut Vec<Finding>) -> Judged,
    },
    /// Blocks with names that may be one name in two forms; runs for touched names.
    Names(fn(&View<'_>, NameKey, &[BlockId], &mut Vec<Finding>)),
    /// Announced counts and the lists behind them; runs when a list, an announcement or the structure changed.
    Lists(fn(&View<'_>, &mut Vec<Finding>)),
    /// What the archive holds of the draft; runs whenever there is any, since identity and roles of the draft decide too.
    /// With each finding come the places in other reports.
    Archive(fn(&View<'_>, &ArchiveMatches, &mut Vec<Reused>)),
    /// The whole text; runs whenever anything changed, and so costs as much as the text is long. For rules that are off
    /// unless somebody asks for them.
    Text(fn(&View<'_>, &mut Vec<Finding>)),
    /// What is left of the suppression comments when all other rules are done.
    Suppressions,
}

/// What a judgement on copies depends on besides their texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judged {
    ByText,
    /// The titles that the passages stand under.
    ByTitles,
}

/// A number that a rule lets the configuration set.
#[derive(Clone, Copy, Debug)]
pub struct RuleOption {
    pub name: &'static str,
    /// What it means, in its unit, for the JSON schema.
    pub meaning: &'static str,
    pub default: i64,
    pub range: (i64, i64),
}

/// Every rule, in the order of their names.
pub static RULES: &[&Rule] = &[
    &duplicates::leftover::RULE,
    &duplicates::paragraph::RULE,
    &duplicates::report::RULE,
    &duplicates::run::RULE,
    &duplicates::sentence::RULE,
    &duplicates::word::RULE,
    &figures::anniversary::RULE,
    &figures::approximation::RULE,
    &figures::attainable::RULE,
    &figures::conflict::RULE,
    &figures::count::RULE,
    &figures::funnel::RULE,
    &figures::growth::RULE,
    &figures::listed::RULE,
    &figures::members::RULE,
    &figures::numerals::RULE,
    &figures::points::RULE,
    &figures::range::RULE,
    &figures::scale::RULE,
    &figures::share::RULE,
    &figures::span::RULE,
    &figures::sum::RULE,
    &figures::total::RULE,
    &figures::unit::RULE,
    &headings::depth::RULE,
    &headings::empty::RULE,
    &headings::ending::RULE,
    &headings::level::RULE,
    &headings::marker::RULE,
    &headings::parallel::RULE,
    &headings::sequence::RULE,
    &headings::series::RULE,
    &headings::siblings::RULE,
    &headings::title::RULE,
    &paragraphs::broken::RULE,
    &paragraphs::placeholder::RULE,
    &paragraphs::stray::RULE,
    &sections::missing::RULE,
    &suppressions::unused::RULE,
    &wording::form::RULE,
    &wording::order::RULE,
    &wording::pairing::RULE,
    &wording::phrase::RULE,
    &wording::variant::RULE,
];

/// The rule called `name`.
pub fn named(name: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.name == name)
}
