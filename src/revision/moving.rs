//! Moving a section past its neighbour. Two sections that stand one behind the other change places, each with its comment
//! above and all its parts. Numbers stay where they are: the headings that change places take one another's.
//!
//! The gap behind a section stays where it is too, so that neighbours stay as far apart as they were and the draft ends as
//! it did. What closes a draft is no part of its last section: the last address to the hall, signature and date, annexes.

use super::numbering::runs_on;
use super::sketch::Sketch;
use super::{Numbers, is_heading, parent, pointing, section};
use crate::analysis::Analysis;
use crate::draft::{EndMark, Outline, Role, Shape, segment};
use crate::text::Change;
use std::ops::Range;

/// Which of two neighbours is carried over the other. The one that the writer asked for stays, and the cursor with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Carried {
    First,
    Second,
}

/// Lets the section of heading `first` and that of its next sibling `second` change places.
pub(super) fn swap(analysis: &Analysis, first: usize, second: usize, carried: Carried) -> Option<Vec<Change>> {
    let outline = &analysis.outline;
    let mut sketch = Sketch::of(analysis);
    let (one, two) = blocks(&sketch, first, second)?;
    let numbers = numbers(outline, first, second)?;
    swap_tails(&mut sketch, one.end - 1, two.end - 1)?;
    sketch.number(&numbers)?;
    let dues = pointing::follow_in(&mut sketch, &numbers, |node| parent(outline, node))?;
    match carried {
        Carried::First => sketch.carry(one, two.end),
        Carried::Second => sketch.carry(two, one.start),
    }
    // Where numbers would run on that did not, they would be taken for one numbering from then on.
    let sketched = sketch.outline(&|_| 0, &|_, parent| parent)?;
    let moved = section(outline, first).start..section(outline, second).end;
    if running(outline, &moved, |node| node) != running(&sketched.outline, &moved, |node| sketched.old[node]) {
        return None;
    }
    sketch.finish(&|_| 0, &|_, parent| parent, &dues)
}

/// The blocks of the two sections; `None` if it cannot be told where they end.
fn blocks(sketch: &Sketch<'_>, first: usize, second: usize) -> Option<(Range<usize>, Range<usize>)> {
    let outline = &sketch.analysis.outline;
    let behind = section(outline, second).end;
    let (start, border) = (above(sketch, sketch.ordinals[first]), above(sketch, sketch.ordinals[second]));
    let end = match outline.nodes.get(behind) {
        Some(_) => above(sketch, sketch.ordinals[behind]),
        None => sketch.analysis.table.len(),
    };
    let is_last = !outline.nodes.get(behind).is_some_and(|_| is_heading(outline, behind));
    let behind_headings = |node: usize, end: usize| {
        let last = section(outline, node).rev().find(|&n| is_heading(outline, n)).unwrap_or(node);
        sketch.ordinals[last] + 1..end
    };
    let foot_of_first = foot(sketch, behind_headings(first, border));
    let foot_of_second = foot(sketch, behind_headings(second, end)).filter(|_| is_last);
    // Two sections that both close as a draft does: which of them is its close cannot be told. Nor can it if the first ends
    // in a line that would stand above the date like who signs.
    let is_signed = foot_of_second.as_ref().is_some_and(|foot| foot.is_signed);
    let may_sign = is_signed && !behind_headings(first, border).is_empty() && signs(sketch, border - 1);
    if (is_last && foot_of_first.is_some()) || may_sign {
        return None;
    }
    let end = foot_of_second.map_or(end, |foot| foot.start);
    // A comment at the end of a section would come to stand above another heading, and go with that from then on.
    let ends_in_comment = |end: usize| {
        let last = end.checked_sub(1).and_then(|last| sketch.block(last));
        last.is_some_and(|(_, block)| block.facts.structure.signature.shape == Shape::Comment)
    };
    let is_clear = !sketch.has_annex(start..end) && !ends_in_comment(border) && !ends_in_comment(end);
    is_clear.then_some((start..border, border..end))
}

/// A comment right above a heading goes with it: one that tells hegao to be silent, or one without a blank line between.
fn above(sketch: &Sketch<'_>, heading: usize) -> usize {
    let belongs = |ordinal: usize| {
        sketch.block(ordinal).is_some_and(|(_, block)| {
            let is_comment = block.facts.structure.signature.shape == Shape::Comment;
            let directive = block.facts.directive.as_ref();
            is_comment && directive.map_or(block.blank_lines == 0, |directive| !directive.whole_file)
        })
    };
    let mut start = heading;
    while start > 0 && belongs(start - 1) {
        start -= 1;
    }
    start
}

/// The close of a draft.
struct Foot {
    start: usize,
    /// It begins with a date, and who signs above it.
    is_signed: bool,
}

/// The close of a draft among the blocks behind its last heading.
fn foot(sketch: &Sketch<'_>, mut blocks: Range<usize>) -> Option<Foot> {
    let shape = |ordinal: usize| sketch.block(ordinal).map(|(_, block)| block.facts.structure.signature.shape);
    let first = blocks.start;
    let closes = |&ordinal: &usize| {
        matches!(shape(ordinal), Some(Shape::Annex | Shape::AnnexHead | Shape::Date | Shape::Salutation))
    };
    let mut start = blocks.find(closes)?;
    let is_signed = shape(start) == Some(Shape::Date);
    while is_signed && start > first && signs(sketch, start - 1) {
        start -= 1;
    }
    Some(Foot { start, is_signed })
}

/// Whether a block looks like the line of who signs.
fn signs(sketch: &Sketch<'_>, ordinal: usize) -> bool {
    sketch.block(ordinal).is_some_and(|(_, block)| {
        let s = block.facts.structure.signature;
        s.shape == Shape::Line && s.end == EndMark::None && s.marker.is_none()
    })
}

/// Lets two blocks change what stands behind their last lines: the line break and the blank lines.
fn swap_tails(sketch: &mut Sketch<'_>, one: usize, two: usize) -> Option<()> {
    let tail = |ordinal: usize| {
        let (source, (_, block)) = (sketch.source(ordinal)?, sketch.block(ordinal)?);
        let start = segment::line_end(&source, block.facts.structure.content.end).0;
        Some((start..source.len(), source[start..].to_owned()))
    };
    let ((first, of_first), (second, of_second)) = (tail(one)?, tail(two)?);
    if of_first != of_second {
        sketch.edit(one, first, of_second);
        sketch.edit(two, second, of_first);
    }
    Some(())
}

/// The numbers of the headings that change places, and of their sub-headings where these run on from one section into the
/// other. `None` if they run on, but not one by one.
fn numbers(outline: &Outline, first: usize, second: usize) -> Option<Numbers> {
    let mut numbers = Numbers::default();
    let (one, two) = (&outline.nodes[first], &outline.nodes[second]);
    if let (Some((_, number)), Some((_, other))) = (one.marker, two.marker)
        && one.chain.map(|c| c.0) == two.chain.map(|c| c.0)
    {
        numbers.extend([(first, other), (second, number)]);
    }
    let (one, two) = (section(outline, first), section(outline, second));
    let is_in = |chain: usize, section: &Range<usize>| {
        let member = outline.chains[chain].members[0] as usize;
        section.contains(&member) && member != section.start && is_heading(outline, member)
    };
    for (index, chain) in outline.chains.iter().enumerate().filter(|(index, _)| is_in(*index, &two)) {
        let Some(before) = chain.before.map(|b| b as usize).filter(|_| runs_on(outline, chain)) else { continue };
        if !is_in(before, &one) {
            continue;
        }
        // All that is numbered in one go within the two sections.
        let (mut all, mut at) = (vec![before, index], before);
        while let Some(earlier) = outline.chains[at].before.map(|b| b as usize)
            && is_in(earlier, &one)
            && runs_on(outline, &outline.chains[at])
        {
            all.insert(0, earlier);
            at = earlier;
        }
        at = index;
        while let Some(later) = outline.chains[at].behind.map(|b| b as usize)
            && is_in(later, &two)
            && runs_on(outline, &outline.chains[later])
        {
            all.push(later);
            at = later;
        }
        let written: Vec<u32> = all.iter().flat_map(|&c| outline.numbers(&outline.chains[c])).collect();
        if !written.windows(2).all(|pair| pair[1] == pair[0] + 1) {
            return None;
        }
        let nodes = || all.iter().flat_map(|&c| &outline.chains[c].members).map(|&node| node as usize);
        let (firsts, seconds) = (nodes().filter(|n| one.contains(n)), nodes().filter(|n| two.contains(n)));
        numbers.extend(seconds.chain(firsts).zip(written));
    }
    Some(numbers)
}

/// Of the chains of headings that run on from the section before: how many begin among the nodes `moved`, and how many of
/// these run on from one that does, and where the others begin. `old` gives the index that a node had.
fn running(outline: &Outline, moved: &Range<usize>, old: impl Fn(usize) -> usize) -> (usize, usize, Vec<usize>) {
    let begins = |chain: u32| old(outline.chains[chain as usize].members[0] as usize);
    let (mut within, mut from_within, mut others) = (0, 0, Vec::new());
    for chain in outline.chains.iter().filter(|chain| chain.role == Role::Heading && runs_on(outline, chain)) {
        let first = old(chain.members[0] as usize);
        if moved.contains(&first) {
            within += 1;
            from_within += usize::from(chain.before.is_some_and(|before| moved.contains(&begins(before))));
        } else {
            others.push(first);
        }
    }
    (within, from_within, others)
}
