//! Folding: sections, fences, tables, comments, front matter. Whole lines.

use super::document::Version;
use crate::analysis::Section;
use crate::draft::{Kind, Role};
use tower_lsp::lsp_types::{FoldingRange, FoldingRangeKind};

pub fn ranges(version: &Version) -> Vec<FoldingRange> {
    let analysis = &version.checked.analysis;
    let mut ranges = Vec::new();
    let line = |byte| analysis.rope.byte_to_line(byte) as u32;
    let mut open = analysis.sections();
    while let Some(Section { role, bytes, children, .. }) = open.pop() {
        if role != Role::LeadIn {
            push(&mut ranges, line(bytes.start), line(bytes.end), Some(FoldingRangeKind::Region));
        }
        open.extend(children);
    }
    for (location, block) in analysis.table.iter() {
        let kind = match block.kind {
            Kind::Fence | Kind::Table => Some(FoldingRangeKind::Region),
            Kind::Comment | Kind::FrontMatter => Some(FoldingRangeKind::Comment),
            Kind::Line | Kind::Setext | Kind::Blank => continue,
        };
        let last = line(location.byte + block.facts.structure.content.end);
        push(&mut ranges, location.line as u32, last, kind);
    }
    ranges.sort_by_key(|r| (r.start_line, std::cmp::Reverse(r.end_line)));
    ranges
}

fn push(ranges: &mut Vec<FoldingRange>, start_line: u32, end_line: u32, kind: Option<FoldingRangeKind>) {
    if start_line < end_line {
        ranges.push(FoldingRange { start_line, end_line, kind, ..FoldingRange::default() });
    }
}
