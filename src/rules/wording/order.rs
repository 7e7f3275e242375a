use crate::analysis::Paragraph;
use crate::findings::{Finding, Message, Severity};
use crate::rules::views::deviation::{Found, deviations};
use crate::rules::views::paragraph::rewriting;
use crate::rules::{Check, Rule, View};
use std::ops::Range;

/// 固定排列: a fixed list in another order (民主监督、政治协商、参政议政).
pub static RULE: Rule = Rule {
    name: "wording/order",
    document: include_str!("order.md"),
    severity: Some(Severity::Warning),
    options: &[],
    check: Check::Passage(check),
};

fn check(view: &View<'_>, paragraph: &Paragraph, findings: &mut Vec<Finding>) {
    let found = deviations(view, paragraph, true);
    findings.extend(found.iter().filter_map(|found| finding(view, paragraph, found)));
}

fn finding(view: &View<'_>, paragraph: &Paragraph, found: &Found<'_>) -> Option<Finding> {
    let text = paragraph.text();
    let (said, fixed) = (&text[found.range.clone()], found.of.list.written());
    let (zh, en) = found.fixed();
    let message = Message::new(
        format!("“{said}”各项的次序与固定表述不同，应为“{fixed}”（{zh}）；请照此调整"),
        format!("“{said}” is a fixed list in another order. Write “{fixed}” ({en})."),
    );
    // What is to stand in the place of the n-th item: the item that is the n-th member.
    let wanted = |n: usize| found.of.items.iter().position(|item| item.object == n);
    let edits = found.items.iter().enumerate().map(|(n, place)| {
        let item = found.items.get(wanted(n)?)?;
        Some((place.clone(), text[item.clone()].to_owned()))
    });
    let edits = edits.collect::<Option<Vec<_>>>().filter(|_| found.are_quoted_alike(text));
    let moved = |edits: Vec<(Range<usize>, String)>| {
        let moved = edits.into_iter().filter(|(place, item)| text[place.clone()] != *item);
        paragraph.fix(view, rewriting(&fixed), moved)
    };
    let fix = edits.and_then(moved);
    let said = (Severity::Warning, message);
    paragraph.finding(view, found.range.clone(), said, Vec::new(), fix.into_iter().collect())
}
