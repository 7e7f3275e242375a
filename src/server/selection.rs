//! Growing a selection: `textDocument/selectionRange`.

use super::convert;
use super::document::Version;
use crate::text::Encoding;
use tower_lsp::lsp_types::{Position, SelectionRange};

/// For each position the ranges around it, the smallest outermost in the answer's chain of parents.
pub fn ranges(version: &Version, positions: &[Position], encoding: Encoding) -> Vec<SelectionRange> {
    let analysis = &version.checked.analysis;
    let sections = analysis.sections();
    let each = positions.iter().filter_map(|&position| {
        let steps = analysis.enclosing(&sections, convert::offset(&analysis.rope, position, encoding));
        // There is always a step: the draft.
        steps.into_iter().rev().fold(None, |parent, bytes| {
            let range = convert::range(&analysis.rope, bytes, encoding);
            Some(SelectionRange { range, parent: parent.map(Box::new) })
        })
    });
    each.collect()
}
