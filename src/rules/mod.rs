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
pub trait Rule: Sync {
    /// The path of its file under `src/rules`, without the ending: `duplicates/paragraph`.
    fn name(&self) -> &'static str;
    /// The text of the `.md` beside it.
    fn document(&self) -> &'static str;
    /// The severity of its findings unless the configuration says otherwise; `None`: off.
    fn severity(&self) -> Option<Severity>;
    fn options(&self) -> &'static [RuleOption] {
        &[]
    }
    fn check(&self) -> Check;
}

/// A finding, and where other reports say the same.
pub type Reused = (Finding, Arc<[Elsewhere]>);

/// A block and where it stands.
pub type Located<'a> = (Location, &'a Block);

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
pub static RULES: &[&dyn Rule] = &[
    &duplicates::leftover::Remnant,
    &duplicates::paragraph::Paragraph,
    &duplicates::report::Report,
    &duplicates::run::Run,
    &duplicates::sentence::Sentence,
    &duplicates::word::Word,
    &figures::anniversary::Anniversary,
    &figures::approximation::Approximation,
    &figures::attainable::Attainable,
    &figures::conflict::Conflict,
    &figures::count::Count,
    &figures::funnel::Funnel,
    &figures::growth::Growth,
    &figures::listed::Listed,
    &figures::members::Members,
    &figures::numerals::Numerals,
    &figures::points::Points,
    &figures::range::Range,
    &figures::scale::Scale,
    &figures::share::Share,
    &figures::span::Span,
    &figures::sum::Sum,
    &figures::total::Total,
    &figures::unit::Unit,
    &headings::depth::Depth,
    &headings::empty::Empty,
    &headings::ending::Ending,
    &headings::level::Level,
    &headings::marker::Marker,
    &headings::parallel::Parallel,
    &headings::sequence::Sequence,
    &headings::series::Series,
    &headings::siblings::Siblings,
    &headings::title::Title,
    &paragraphs::broken::Broken,
    &paragraphs::placeholder::Placeholder,
    &paragraphs::stray::Stray,
    &sections::missing::Missing,
    &suppressions::unused::Unused,
    &wording::form::Form,
    &wording::order::Order,
    &wording::pairing::Pairing,
    &wording::phrase::Phrase,
    &wording::variant::Variant,
];

/// The rule called `name`.
pub fn named(name: &str) -> Option<&'static dyn Rule> {
    RULES.iter().copied().find(|rule| rule.name() == name)
}
