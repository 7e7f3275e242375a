//! The heading to come (下一个标题): the marker that goes on from the last ones before a line, written as the draft writes
//! them, and the topic that reports of the kind mostly turn to next.

use crate::analysis::Analysis;
use crate::draft::{Node, Role};
use crate::profile::{Profile, Topic};
use crate::text::numeral;

/// The markers that may open the line at byte `line`: the next of the innermost heading before it first, then that of the
/// heading above. Each with the `#` that its like has.
pub fn markers(analysis: &Analysis, line: usize) -> Vec<String> {
    let before = before(analysis, line);
    let nodes = &analysis.outline.nodes;
    let mut open = before.iter().rev().find(|node| node.role == Role::Heading);
    let mut markers = Vec::new();
    while let Some(node) = open {
        markers.extend(following(analysis, node, line));
        open = node.parent.map(|parent| &nodes[parent as usize]);
    }
    markers
}

/// The first of the profile's topics behind all that the headings before byte `line` speak of, in a draft of the kind
/// that has such topics.
pub fn topic<'p>(analysis: &Analysis, profile: &'p Profile, line: usize) -> Option<&'p Topic> {
    if profile.sections.is_empty() || !analysis.portrait().identity.tells_of_a_consultative_body() {
        return None;
    }
    let heads = before(analysis, line).iter().filter(|node| matches!(node.role, Role::Heading | Role::LeadIn));
    let titles: Vec<String> = heads
        .filter_map(|node| {
            let (location, block) = analysis.table.find(node.block)?;
            Some(analysis.block_source(location, block)[block.facts.structure.words(node.part)].to_owned())
        })
        .collect();
    let last = profile.sections.iter().rposition(|topic| titles.iter().any(|title| topic.is_in(title)))?;
    profile.sections.get(last + 1)
}

/// The nodes that stand before the line.
fn before(analysis: &Analysis, line: usize) -> &[Node] {
    let nodes = &analysis.outline.nodes;
    match analysis.table.at_byte(line) {
        // What is being typed there may look like a heading already.
        Some((location, block)) if location.byte == line => &nodes[..nodes.partition_point(|n| n.block < block.id)],
        Some((_, block)) => &nodes[..nodes.partition_point(|node| node.block <= block.id)],
        None => nodes,
    }
}

/// The marker behind that of `node`, unless the draft has a heading with it.
fn following(analysis: &Analysis, node: &Node, line: usize) -> Option<String> {
    let (_, number) = node.marker?;
    let (location, block) = analysis.table.find(node.block)?;
    let chain = &analysis.outline.chains[node.chain?.0 as usize];
    let typed = analysis.table.at_byte(line).filter(|(location, _)| location.byte == line).map(|(_, block)| block.id);
    let mut members = analysis.outline.members(chain).filter(|member| Some(member.block) != typed);
    if members.any(|member| member.marker.is_some_and(|(_, other)| other > number)) {
        return None;
    }
    let heading = block.facts.structure.heading.as_ref()?;
    let marker = heading.marker.as_ref()?;
    let source = analysis.block_source(location, block);
    let next = numeral::print(number + 1, marker.numeral_form)?;
    let (opens, closes) = (heading.title.start..marker.numeral.start, marker.numeral.end..marker.end);
    let depth = node.depth.map_or(String::new(), |depth| "#".repeat(usize::from(depth)) + " ");
    Some(depth + source.get(opens)? + &next + source.get(closes)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::builtin;

    const DRAFT: &str =
        "政协平罗县委员会2022年工作总结\n一、民主监督\n（一）专项监督\n视察六次。\n（二）民主评议\n评议四次。\n";

    fn at_end(text: &str) -> Vec<String> {
        let line = text.rfind('\n').map_or(0, |at| at + 1);
        markers(&Analysis::of(text), line)
    }

    #[test]
    fn the_next_marker_is_written_as_the_draft_writes_them() {
        assert_eq!(at_end(DRAFT), ["（三）", "二、"]);
        assert_eq!(at_end(&format!("{DRAFT}（三")), ["（三）", "二、"]);
        assert_eq!(at_end(&format!("{DRAFT}二、")), ["（三）", "二、"]);
        assert_eq!(
            at_end("# 报告\n## 第一章 总则\n为了规范，制定本办法。\n## 第二章 职责\n各部门负责。\n\n"),
            ["## 第三章"]
        );
        assert_eq!(at_end("1. 甲方面的工作\n做了。\n2. 乙方面的工作\n做了。\n"), ["3."]);
        assert!(at_end("各位委员：\n一年来，认真履行职能。\n").is_empty());
    }

    #[test]
    fn a_number_that_stands_further_down_is_not_offered() {
        let text = format!("{DRAFT}\n（三）监督成效\n办结。\n");
        let line = text.find("\n\n").map_or(0, |at| at + 1);
        assert_eq!(markers(&Analysis::of(&text), line), ["二、"]);
    }

    #[test]
    fn the_topic_is_the_one_behind_the_last_that_a_heading_has() {
        let profile = builtin();
        let next = |text: &str| topic(&Analysis::of(text), &profile, text.len()).map(|topic| topic.name.as_str());
        let expected = profile.sections.iter().position(|topic| topic.name == "民主监督").map(|at| at + 1);
        assert_eq!(next(DRAFT), expected.map(|at| profile.sections[at].name.as_str()));
        assert_eq!(next(&DRAFT.replace("政协平罗县委员会", "平罗县人民政府")), None);
    }
}
