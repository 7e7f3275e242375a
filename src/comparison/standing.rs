//! What two like paragraphs of one draft stand under: their titles may say that each was written for its own place.

use super::{Copy, Text};
use crate::analysis::{Above, Analysis, Passage};
use crate::text::han::is_han;
use std::ops::Range;

/// What the title of a paper ends with that is filled in, signed or followed as it is: its text stands in each copy.
const FORMS: [&str; 16] = [
    "承诺书",
    "责任书",
    "保证书",
    "申请书",
    "推荐书",
    "协议书",
    "委托书",
    "通知书",
    "回执",
    "表",
    "填表说明",
    "填写说明",
    "填报说明",
    "样式",
    "范本",
    "模板",
];

/// Whether most of what differs is what their titles say: 提案 stands only in the resolution on the report on proposals.
/// A copy that was edited at random may lose a word of its title, too.
pub fn follow_their_titles(analysis: &Analysis, text: &Text, copy: &Copy) -> bool {
    let titles = own_titles(analysis, [&text.passage, &copy.text.passage]);
    let [own, other] = titles.map(|above| above.iter().map(|a| a.title(analysis) + "\n").collect::<String>());
    let said = copy
        .differences
        .iter()
        .filter(|d| says(text, &d.first, [&own, &other]) || says(&copy.text, &d.second, [&other, &own]));
    2 * said.map(|d| d.first.len().max(d.second.len())).sum::<usize>() >= copy.edits.max(1)
}

/// Whether a stretch is a word that stands in the first titles and not in the others.
fn says(text: &Text, stretch: &Range<usize>, [titles, others]: [&str; 2]) -> bool {
    let words = text.words(stretch.clone());
    stretch.len() >= 2 && words.chars().all(is_han) && titles.contains(words) && !others.contains(words)
}

/// Whether two paragraphs stand in two forms (附件1 and 附件2, two 承诺书), or are one field (整改进展：) of two entries.
pub fn are_of_two_forms(analysis: &Analysis, one: &Passage, other: &Passage) -> bool {
    let [own, others] = own_titles(analysis, [one, other]);
    let (Some(nearest), Some(other_nearest)) = (own.first(), others.first()) else { return false };
    let is_form = |above: &[Above<'_>]| above.iter().any(|above| is_form(&above.title(analysis)));
    let is_sibling = nearest.parent == other_nearest.parent && nearest.level == other_nearest.level;
    is_form(&own) && is_form(&others)
        || is_sibling && label(analysis, one).is_some_and(|l| label(analysis, other) == Some(l))
}

fn is_form(title: &str) -> bool {
    let name = title.trim_end_matches(|c: char| !is_han(c));
    title.starts_with("附件") || FORMS.iter().any(|form| name.ends_with(form)) && !name.ends_with("代表")
}

/// The titles above each of two passages that are not above the other.
fn own_titles<'a>(analysis: &'a Analysis, passages: [&Passage; 2]) -> [Vec<Above<'a>>; 2] {
    let [mut one, mut other] = passages.map(|passage| analysis.above(passage));
    // Outermost last: what both have stands at the ends.
    while let Some((a, b)) = one.last().zip(other.last())
        && a.block.id == b.block.id
    {
        one.pop();
        other.pop();
    }
    [one, other]
}

/// The name of the field that a paragraph fills: 责任领导 of 责任领导：王刚.
fn label(analysis: &Analysis, passage: &Passage) -> Option<String> {
    /// Characters; what stands before the colon of a sentence is longer.
    const LONGEST: usize = 6;
    let text = Text::of(analysis, passage.clone());
    let end = text.characters.iter().take(LONGEST + 1).position(|c| *c == ':')?;
    let is_name = end >= 2 && text.characters[..end].iter().all(|c| is_han(*c));
    is_name.then(|| text.words(0..end).to_owned())
}
