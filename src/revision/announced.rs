//! Announced counts over a chain that gains or loses members: `抓好五项工作：` right over 一、…五、.

use super::sketch::{Sketch, Sketched};
use crate::draft::{Kind, Outline};
use crate::figures::announced::{self, List};

/// Lets the announced counts of a draft that were right follow the chains right below them. `None` where such a chain would
/// no longer begin below its announcement, or would be no list.
pub(super) fn follow(sketch: &mut Sketch<'_>, sketched: &Sketched, has_moved: &dyn Fn(usize) -> bool) -> Option<()> {
    let analysis = sketch.analysis;
    for (location, block) in analysis.table.announcing() {
        let Some(announced) = block.facts.announced.as_ref().filter(|a| a.list == List::Below) else { continue };
        let behind = analysis.table.iter_from(location.ordinal + 1).find(|(_, block)| block.kind != Kind::Comment);
        let node = behind.and_then(|(_, block)| analysis.outline.index_of(block.id));
        let Some(first) = node.filter(|&node| members(&analysis.outline, node) == Some(announced.count)) else {
            continue;
        };
        if has_moved(first) {
            return None;
        }
        let (chain, _) = sketched.outline.nodes[sketched.new[first]].chain.filter(|(_, member)| *member == 0)?;
        let count = sketched.outline.chains[chain as usize].members.len() as u32;
        if count < 2 {
            // 抓好一项工作： announces no list, and would be followed by nobody from then on.
            return None;
        }
        if count != announced.count {
            let start = block.facts.structure.content.start;
            let text = announced::print(count, announced.form)?;
            sketch.edit(location.ordinal, start + announced.numeral.start..start + announced.numeral.end, text);
        }
    }
    Some(())
}

/// How many sections the list has that begins with heading `node`, if it is numbered from one without a fault.
fn members(outline: &Outline, node: usize) -> Option<u32> {
    let (chain, _) = outline.nodes[node].chain.filter(|(_, member)| *member == 0)?;
    let numbers = outline.numbers(&outline.chains[chain as usize]);
    numbers.iter().copied().eq(1..=numbers.len() as u32).then_some(numbers.len() as u32)
}
