//! Folding: `textDocument/foldingRange`. Whole lines, as `lineFoldingOnly` asks for; no client needs more.

use super::document::Version;
use crate::analysis::{FoldKind, Folded, folds};
use tower_lsp::lsp_types::{FoldingRange, FoldingRangeKind};

/// The folds of a draft, at most as many as the client takes.
pub fn ranges(version: &Version, limit: Option<usize>) -> Vec<FoldingRange> {
    let folds = folds::at_most(version.checked.analysis.folds(), limit.unwrap_or(usize::MAX));
    let range = |fold: Folded| FoldingRange {
        start_line: fold.first as u32,
        end_line: fold.last as u32,
        kind: Some(match fold.kind {
            FoldKind::Comment => FoldingRangeKind::Comment,
            _ => FoldingRangeKind::Region,
        }),
        ..FoldingRange::default()
    };
    folds.into_iter().map(range).collect()
}
