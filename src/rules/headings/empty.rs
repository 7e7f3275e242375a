use crate::draft::{Form, Node, Outline, Role};
use crate::findings::{Finding, Message, Said, Severity};
use crate::rules::views::titled::Titled;
use crate::rules::{Check, Rule, View};

/// 空标题: a heading with nothing under it, while its siblings have text.
pub static RULE: Rule = Rule {
    name: "headings/empty",
    document: include_str!("empty.md"),
    severity: Some(Severity::Warning),
    options: &[],
    // What stands under a heading changes with the structure, which leaves the outline as it is.
    check: Check::Lists(check),
};

/// A heading alone is as often a list without text as a section that lost it: siblings tell.
fn check(view: &View<'_>, findings: &mut Vec<Finding>) {
    let outline = &view.analysis.outline;
    for family in &outline.families {
        // 1. （1） and ① number the items of a list as often as sections.
        let members = || family.iter().map(|&index| (index as usize, &outline.nodes[index as usize]));
        let is_section = |node: &Node| node.marker.is_none_or(|(form, _)| form < Form::ArabicDot);
        if family.len() < 3 || !members().all(|(_, node)| node.role == Role::Heading && is_section(node)) {
            continue;
        }
        let (empty, full): (Vec<_>, Vec<_>) =
            members().partition(|&(index, node)| is_empty(view, outline, index, node));
        if empty.is_empty() || full.len() < 2 || full.len() < 2 * empty.len() {
            continue;
        }
        for (_, node) in empty {
            findings.extend(finding(view, node, full[0].1));
        }
    }
}

/// Whether the next block behind a stand-alone heading is a heading that does not belong to it. At the end of the draft
/// somebody is still writing.
fn is_empty(view: &View<'_>, outline: &Outline, index: usize, node: &Node) -> bool {
    let Some(next) = outline.nodes.get(index + 1) else { return false };
    if node.run_in || next.role != Role::Heading || next.level > node.level {
        return false;
    }
    let ordinal = view.analysis.table.find(node.block).map(|(location, _)| location.ordinal);
    let behind = ordinal.and_then(|ordinal| view.analysis.behind(ordinal));
    behind.is_some_and(|(_, block)| block.id == next.block)
}

fn finding(view: &View<'_>, node: &Node, sibling: &Node) -> Option<Finding> {
    let (here, sibling) = (Titled::of(view, node)?, Titled::of(view, sibling)?);
    Some(Finding {
        rule: view.rule,
        severity: Severity::Warning,
        message: Message {
            zh: Said::from(format!("标题“{}”下没有正文，而同级标题（如第", here.excerpt()))
                .line(0)
                .text("行）都有；请补上内容，或删去标题"),
            en: Said::from(format!("Nothing stands under “{}”, while its siblings (line ", here.excerpt()))
                .line(0)
                .text(") have text. Write the section, or delete the heading."),
        },
        place: here.place(),
        related: vec![sibling.related("同级标题，有正文", "a sibling with text")],
        fixes: Vec::new(),
        identity: view.identity(here.block, "empty"),
    })
}
