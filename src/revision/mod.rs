//! Revisions (调整结构): changes of a draft's structure that its writer asks for. Renumber a chain or all chains, raise or
//! lower a heading with all that stands under it, move a section past its neighbour.
//!
//! Each takes an analysis and gives the changes of its text, ascending and disjoint, or nothing: where it would change
//! nothing, and where it cannot be done cleanly. What is clean is not argued but tried: the changes are made on a `Sketch`
//! of the draft, its lines are cut and its outline is built anew, and every block must come out as what it was, every
//! heading at the level and under the parent that it was to have.
//!
//! Beside them stands what a writer may go on with (`following`).
//!
//! Text is never lost and never reworded. Besides the headings' own marks and numbers only two things follow: references
//! (详见第三部分) that can mean one section only, and announced counts (五项工作：) over a chain that gains or loses members,
//! if they were right.

mod announced;
pub mod following;
mod level;
mod moving;
mod numbering;
pub mod pointing;
mod sketch;

use crate::analysis::Analysis;
use crate::draft::{Node, Outline, Role};
use crate::text::Change;
use rustc_hash::FxHashMap;
use sketch::Sketch;
use std::ops::Range;

/// New numbers of nodes, by their index in the outline.
type Numbers = FxHashMap<usize, u32>;

/// Numbers the chain of heading `node` in order. A chain that runs on from the section before keeps doing so, a fragment
/// keeps its first number, a list that begins anew at one begins a run of its own.
pub fn renumber_chain(analysis: &Analysis, node: usize) -> Option<Vec<Change>> {
    let (chain, _) = heading(&analysis.outline, node)?.chain?;
    renumber(analysis, numbering::straight(&analysis.outline, Some(chain as usize)))
}

/// Numbers every chain of headings in order, where its numbers are surely wrong.
pub fn renumber_all(analysis: &Analysis) -> Option<Vec<Change>> {
    renumber(analysis, numbering::straight(&analysis.outline, None))
}

fn renumber(analysis: &Analysis, numbers: Numbers) -> Option<Vec<Change>> {
    if numbers.is_empty() {
        return None;
    }
    let mut sketch = Sketch::of(analysis);
    sketch.number(&numbers)?;
    let dues = pointing::follow_in(&mut sketch, &numbers, |node| parent(&analysis.outline, node))?;
    sketch.finish(&|_| 0, &|_, parent| parent, &dues)
}

/// Raises heading `node` with its sub-headings by one level: it becomes the next sibling of its parent, written as that
/// one is.
pub fn promote(analysis: &Analysis, node: usize) -> Option<Vec<Change>> {
    level::promote(analysis, node)
}

/// Lowers heading `node` with its sub-headings by one level: it becomes the last part of the section before it.
pub fn demote(analysis: &Analysis, node: usize) -> Option<Vec<Change>> {
    level::demote(analysis, node)
}

/// Moves the section of heading `node` before the sibling before it.
pub fn move_up(analysis: &Analysis, node: usize) -> Option<Vec<Change>> {
    let other = sibling_before(&analysis.outline, node)?;
    moving::swap(analysis, other, node, moving::Carried::First)
}

/// Moves the section of heading `node` behind the sibling behind it.
pub fn move_down(analysis: &Analysis, node: usize) -> Option<Vec<Change>> {
    let other = sibling_behind(&analysis.outline, node)?;
    moving::swap(analysis, node, other, moving::Carried::Second)
}

fn heading(outline: &Outline, node: usize) -> Option<&Node> {
    outline.nodes.get(node).filter(|n| n.role == Role::Heading)
}

fn parent(outline: &Outline, node: usize) -> Option<usize> {
    outline.nodes[node].parent.map(|parent| parent as usize)
}

fn is_heading(outline: &Outline, node: usize) -> bool {
    heading(outline, node).is_some()
}

/// The nodes of a section: its heading and all before the next heading or title that closes it.
fn section(outline: &Outline, node: usize) -> Range<usize> {
    let level = outline.nodes[node].level;
    let closes = |n: &Node| matches!(n.role, Role::Heading | Role::Title) && n.level <= level;
    let length = outline.nodes[node + 1..].iter().position(closes);
    node..length.map_or(outline.nodes.len(), |n| node + 1 + n)
}

/// The heading behind the section of heading `node`, if it is its sibling.
fn sibling_behind(outline: &Outline, node: usize) -> Option<usize> {
    let here = heading(outline, node)?;
    let behind = section(outline, node).end;
    let is_sibling = |n: &&Node| n.level == here.level && n.parent == here.parent;
    heading(outline, behind).filter(is_sibling).map(|_| behind)
}

fn sibling_before(outline: &Outline, node: usize) -> Option<usize> {
    let here = heading(outline, node)?;
    let first = here.parent.map_or(0, |parent| parent as usize + 1);
    let is_sibling =
        |n: &usize| heading(outline, *n).is_some_and(|other| other.level == here.level && other.parent == here.parent);
    (first..node).rev().find(is_sibling).filter(|before| section(outline, *before).end == node)
}
