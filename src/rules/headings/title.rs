use crate::draft::{Node, Role};
use crate::findings::{Applicability, Edit, Finding, Fix, Message, Severity};
use crate::rules::views::titled::Titled;
use crate::rules::{Check, Rule, View};
use std::ops::Range;

/// 大标题: the dash of a subtitle, and marks at the end of a title.
pub static RULE: Rule = Rule {
    name: "headings/title",
    document: include_str!("title.md"),
    severity: Some(Severity::Warning),
    options: &[],
    check: Check::Outline(check),
};

fn check(view: &View<'_>, findings: &mut Vec<Finding>) {
    for node in &view.analysis.outline.nodes {
        match node.role {
            Role::Subtitle => findings.extend(dash(view, node)),
            Role::Title => findings.extend(mark(view, node)),
            _ => {}
        }
    }
}

/// A subtitle opens with ——, of two characters; --, — and － are what a keyboard gives.
fn dash(view: &View<'_>, node: &Node) -> Option<Finding> {
    let here = Titled::of(view, node)?;
    let words = &here.source()[here.title().clone()];
    let rest = words.trim_start_matches(['-', '—', '–', '－', '─', '―']);
    let written = &words[..words.len() - rest.len()];
    if written.is_empty() || written == "——" {
        return None;
    }
    let range = here.title().start..here.title().start + written.len();
    Some(Finding {
        rule: view.rule,
        severity: Severity::Warning,
        message: Message::new(
            format!("副标题前的“{written}”应为破折号“——”"),
            format!("A subtitle opens with “——”, not “{written}”."),
        ),
        place: here.part(range.clone()),
        related: Vec::new(),
        fixes: vec![replace(view, &here, range, "——", ("改为“——”", "Write “——”"))],
        identity: view.identity(here.block, written),
    })
}

/// A title has no 。 ； ， 、 at its end.
fn mark(view: &View<'_>, node: &Node) -> Option<Finding> {
    let here = Titled::of(view, node)?;
    let mark = here.source()[here.title().end..].chars().next().filter(|c| matches!(c, '。' | '；' | '，' | '、'))?;
    let range = here.title().end..here.title().end + mark.len_utf8();
    Some(Finding {
        rule: view.rule,
        severity: Severity::Warning,
        message: Message::new(
            format!("标题末尾不用“{mark}”；请删去"),
            format!("A title does not end with “{mark}”. Delete it."),
        ),
        place: here.part(range.clone()),
        related: Vec::new(),
        fixes: vec![replace(view, &here, range, "", ("删去标题末尾的标点", "Delete the mark"))],
        identity: view.identity(here.block, &mark.to_string()),
    })
}

fn replace(view: &View<'_>, here: &Titled<'_>, range: Range<usize>, text: &str, (zh, en): (&str, &str)) -> Fix {
    Fix {
        title: Message::new(zh, en),
        applicability: Applicability::Safe,
        key: view.exclusive(here.block.id),
        edits: vec![Edit::Replace { place: here.part(range), text: text.to_owned() }],
    }
}
