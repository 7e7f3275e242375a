//! References and what they point at: which section a 详见第三部分 means, if it can mean one only, and how the reference
//! follows when that section gets another number.
//!
//! A reference means the one heading of its form and number, in a draft whose headings of that form are one numbering: if
//! they begin anew in another section another could be meant, and nothing follows. 第三部分 also means 三、 where no
//! heading is written 第三部分. The （三） of 二（三） is looked for under 二 alone. Left alone: a reference to a section that is
//! gone, to a number that stands twice, and all that `draft::reference` does not read.

use super::Numbers;
use super::sketch::{Sketch, Sketched, printed};
use crate::analysis::Analysis;
use crate::draft::{BlockId, Form, Outline, Reference, Role};
use crate::text::Change;
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;

/// A reference with the heading that it means.
pub(super) struct Pointing<'a> {
    pub block: BlockId,
    /// The numeral, in bytes of its block.
    pub numeral: Range<usize>,
    pub reference: &'a Reference,
    /// The heading, by its index in the outline.
    pub node: usize,
    /// The heading that the reference right behind it means, if that is a part of this one.
    pub part: Option<usize>,
}

/// The changes by which references follow the headings of these blocks to their new numbers, in bytes of the draft;
/// `None` if a numeral has no form for its number.
pub fn follow(analysis: &Analysis, numbers: &FxHashMap<BlockId, u32>) -> Option<Vec<Change>> {
    let mut changes = Vec::new();
    for pointing in pointings(analysis) {
        let heading = analysis.outline.nodes[pointing.node].block;
        let Some(number) = numbers.get(&heading).filter(|number| **number != pointing.reference.number) else {
            continue;
        };
        let (location, _) = analysis.table.find(pointing.block)?;
        let Range { start, end } = pointing.numeral;
        let text = printed(*number, pointing.reference.numeral_form)?;
        changes.push(Change { range: location.byte + start..location.byte + end, text });
    }
    Some(changes)
}

/// A reference in a sketch: the heading that it is to mean, and as what.
pub(super) struct Due {
    node: usize,
    number: u32,
    /// The section in which it is looked for.
    within: Option<usize>,
}

/// Lets the references of a sketch follow, and gives what they are to mean. `parent` is the section of a heading to come:
/// where a part has moved to another section, 二（三） names that one.
pub(super) fn follow_in(
    sketch: &mut Sketch<'_>,
    numbers: &Numbers,
    parent: impl Fn(usize) -> Option<usize>,
) -> Option<Vec<Due>> {
    let analysis = sketch.analysis;
    let marker = |node: usize| analysis.outline.nodes[node].marker;
    let mut dues = Vec::new();
    for pointing in pointings(analysis) {
        let node = match pointing.part {
            Some(part) => parent(part)?,
            None => pointing.node,
        };
        let is_same_form = marker(node).map(|m| m.0) == marker(pointing.node).map(|m| m.0);
        let (_, written) = marker(node).filter(|_| is_same_form)?;
        let number = numbers.get(&node).copied().unwrap_or(written);
        let within = pointing.reference.within.and_then(|_| parent(node));
        dues.push(Due { node, number, within });
        if number != pointing.reference.number {
            let (location, _) = analysis.table.find(pointing.block)?;
            let text = printed(number, pointing.reference.numeral_form)?;
            sketch.edit(location.ordinal, pointing.numeral, text);
        }
    }
    Some(dues)
}

/// Whether in the outline to come no other heading can be meant.
pub(super) fn hold(dues: &[Due], sketched: &Sketched) -> bool {
    if dues.is_empty() {
        return true;
    }
    let targets = Targets::of(&sketched.outline);
    dues.iter().all(|due| {
        let node = sketched.new[due.node];
        let within = due.within.map(|within| sketched.new[within] as u32);
        let is_in = |node: usize| within.is_none_or(|w| sketched.outline.nodes[node].parent == Some(w));
        let form = sketched.outline.nodes[node].marker.map(|(form, _)| form);
        form.is_some_and(|form| targets.only(form, due.number, is_in) == Some(node))
    })
}

/// The references of a draft that can mean one heading only.
pub(super) fn pointings(analysis: &Analysis) -> Vec<Pointing<'_>> {
    let mut pointings: Vec<Pointing<'_>> = Vec::new();
    let mut targets = None;
    for (_, block) in analysis.table.referring() {
        let targets = targets.get_or_insert_with(|| Targets::of(&analysis.outline));
        let start = block.facts.structure.content.start;
        let references = &block.facts.references;
        let mut nodes: Vec<Option<usize>> = Vec::with_capacity(references.len());
        for reference in references {
            nodes.push(match reference.within {
                None => targets.alone(reference),
                Some(outer) => nodes[outer].and_then(|outer| targets.within(outer, reference)),
            });
        }
        // An outer number whose part could not be told is no reference that is understood.
        for (index, reference) in references.iter().enumerate() {
            let mut parts = (0..references.len()).filter(|&part| references[part].within == Some(index)).peekable();
            let part = parts.peek().copied();
            if let Some(node) = nodes[index]
                && parts.all(|part| nodes[part].is_some())
            {
                pointings.push(Pointing {
                    block: block.id,
                    numeral: start + reference.numeral.start..start + reference.numeral.end,
                    reference,
                    node,
                    part: part.and_then(|part| nodes[part]),
                });
            }
        }
    }
    pointings
}

/// The numbered headings of a draft, by form and number.
struct Targets<'o> {
    outline: &'o Outline,
    numbered: FxHashMap<(Form, u32), Vec<usize>>,
    /// Forms that are not one numbering: they begin anew somewhere, or stand in two styles or on two levels.
    restarting: FxHashSet<Form>,
    forms: FxHashSet<Form>,
}

impl<'o> Targets<'o> {
    fn of(outline: &'o Outline) -> Self {
        let mut numbered = FxHashMap::<(Form, u32), Vec<usize>>::default();
        let (mut restarting, mut largest) = (FxHashSet::default(), FxHashMap::<Form, (u32, u32)>::default());
        let chains = (0u32..).zip(&outline.chains).filter(|(_, chain)| chain.role == Role::Heading);
        for (index, chain) in chains {
            let numbers = outline.numbers(chain);
            let most = numbers.iter().copied().fold(0, u32::max);
            let goes_on = match largest.insert(chain.form, (index, most)) {
                Some((before, largest)) => chain.before == Some(before) && numbers[0] > largest,
                None => true,
            };
            if !goes_on || numbers.iter().filter(|number| **number == 1).count() > 1 {
                restarting.insert(chain.form);
            }
            for (number, &node) in numbers.into_iter().zip(&chain.members) {
                numbered.entry((chain.form, number)).or_default().push(node as usize);
            }
        }
        let forms = largest.into_keys().collect();
        Targets { outline, numbered, restarting, forms }
    }

    /// The heading of `form` and `number`, of those for which `wanted` holds, if it is the only one.
    fn only(&self, form: Form, number: u32, wanted: impl Fn(usize) -> bool) -> Option<usize> {
        let mut found = self.numbered.get(&(form, number))?.iter().copied().filter(|&node| wanted(node));
        found.next().filter(|_| found.next().is_none())
    }

    fn alone(&self, reference: &Reference) -> Option<usize> {
        let is_written = self.forms.contains(&reference.form);
        let form = if reference.form == Form::Part && !is_written { Form::HanComma } else { reference.form };
        (!self.restarting.contains(&form)).then(|| self.only(form, reference.number, |_| true))?
    }

    fn within(&self, outer: usize, reference: &Reference) -> Option<usize> {
        let is_in = |node: usize| self.outline.nodes[node].parent == Some(outer as u32);
        self.only(reference.form, reference.number, is_in)
    }
}
