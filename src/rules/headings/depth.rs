use crate::draft::{Form, Node, Role};
use crate::findings::{Finding, Message, Severity};
use crate::rules::views::titled::Titled;
use crate::rules::{Check, Rule, RuleOption, View};

/// 标题层数: headings on more levels than a reader follows.
pub static RULE: Rule = Rule {
    name: "headings/depth",
    document: include_str!("depth.md"),
    severity: Some(Severity::Hint),
    options: &[MOST],
    check: Check::Outline(check),
};

const MOST: RuleOption = RuleOption {
    name: "most",
    meaning: "标题最多几层；更深的提示一次 / how many levels of headings there may be",
    default: 4,
    range: (1, 9),
};

/// One finding, at the first heading that is too deep.
fn check(view: &View<'_>, findings: &mut Vec<Finding>) {
    let most = view.options.get(MOST.name);
    let outline = &view.analysis.outline;
    // 部分, 章, 节 and 条 stand above the four levels of GB/T 9704.
    let above = |node: &Node| std::iter::successors(node.parent, |&parent| outline.nodes[parent as usize].parent);
    let is_structural =
        |index: &u32| outline.nodes[*index as usize].marker.is_some_and(|(form, _)| form <= Form::Article);
    let depth = |node: &Node| i64::from(node.level) - above(node).filter(is_structural).count() as i64;
    let mut nodes = outline.nodes.iter().filter(|node| node.role == Role::Heading);
    let Some(here) = nodes.find(|node| i64::from(node.level) > most && depth(node) > most) else { return };
    let level = depth(here);
    let Some(here) = Titled::of(view, here) else { return };
    findings.push(Finding {
        rule: view.rule,
        severity: Severity::Hint,
        message: Message::new(
            format!("“{}”是第{level}层标题，一般不超过{most}层；请考虑合并层次", here.excerpt()),
            format!("“{}” is a heading on level {level}; more than {most} are hard to follow.", here.excerpt()),
        ),
        place: here.place(),
        related: Vec::new(),
        fixes: Vec::new(),
        identity: view.identity(here.block, "depth"),
    });
}
