use crate::draft::{Form, Kind, Node, Outline, Role};
use crate::rules::finding::Said;
use crate::rules::titled::{Titled, families};
use crate::rules::{Check, Finding, Message, Rule, Severity, View};

/// 空标题: a heading with nothing under it, while its siblings have text.
pub struct Empty;

impl Rule for Empty {
    fn name(&self) -> &'static str {
        "headings/empty"
    }

    fn document(&self) -> &'static str {
        include_str!("empty.md")
    }

    fn severity(&self) -> Option<Severity> {
        Some(Severity::Warning)
    }

    fn check(&self) -> Check {
        // What stands under a heading changes with the structure, which leaves the outline as it is.
        Check::Lists(check)
    }
}

/// A heading alone is as often a list without text as a section that lost it: siblings tell.
fn check(view: &View<'_>, findings: &mut Vec<Finding>) {
    let outline = &view.analysis.outline;
    for family in families(outline) {
        // 1. （1） and ① number the items of a list as often as sections.
        let is_section = |node: &Node| node.marker.is_none_or(|(form, _)| form < Form::ArabicDot);
        if family[0].role != Role::Heading || !family.iter().all(|node| is_section(node)) {
            continue;
        }
        let (empty, full): (Vec<&Node>, Vec<&Node>) = family.iter().partition(|node| is_empty(view, outline, node));
        if empty.is_empty() || full.len() < 2 || full.len() < 2 * empty.len() {
            continue;
        }
        for node in empty {
            findings.extend(finding(view, node, full[0]));
        }
    }
}

/// Whether the next block behind a stand-alone heading is a heading that does not belong to it. At the end of the draft
/// somebody is still writing.
fn is_empty(view: &View<'_>, outline: &Outline, node: &Node) -> bool {
    let table = &view.analysis.table;
    let Some((location, _)) = table.find(node.block) else { return false };
    let next = table.iter_from(location.ordinal + 1).find(|(_, block)| block.kind != Kind::Comment);
    let Some(index) = next.and_then(|(_, block)| outline.index_of(block.id)) else { return false };
    let next = &outline.nodes[index];
    !node.run_in && next.role == Role::Heading && next.level <= node.level
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
        place: here.place(view),
        related: vec![sibling.related(view, "同级标题，有正文", "a sibling with text")],
        fixes: Vec::new(),
        identity: view.identity(here.block, "empty"),
    })
}
