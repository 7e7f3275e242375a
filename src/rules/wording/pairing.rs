use crate::analysis::Paragraph;
use crate::findings::{Finding, Message, Severity};
use crate::rules::views::deviation::{Found, deviations};
use crate::rules::{Check, Rule, View};

/// 固定搭配: verbs of a fixed list that changed places (坚定“四个意识”、增强“四个自信”、做到“两个维护”).
pub static RULE: Rule = Rule {
    name: "wording/pairing",
    document: include_str!("pairing.md"),
    severity: Some(Severity::Warning),
    options: &[],
    check: Check::Passage(check),
};

fn check(view: &View<'_>, paragraph: &Paragraph, findings: &mut Vec<Finding>) {
    let found = deviations(view, paragraph, false);
    findings.extend(found.iter().filter_map(|found| finding(view, paragraph, found)));
}

fn finding(view: &View<'_>, paragraph: &Paragraph, found: &Found<'_>) -> Option<Finding> {
    let (said, fixed) = (&paragraph.text()[found.range.clone()], found.of.list.written());
    let (zh, en) = found.fixed();
    let message = Message::new(
        format!("“{said}”的搭配换了位置，固定表述是“{fixed}”（{zh}）；请照此改"),
        format!("In “{said}” words changed places. The fixed form is “{fixed}” ({en})."),
    );
    let members = &found.of.list.members;
    let edits: Vec<_> = found
        .items
        .iter()
        .zip(&found.of.items)
        .filter(|(_, item)| members[item.verb].0 != members[item.object].0)
        .map(|(place, item)| {
            // The verb stands first in its member, and no quote within it.
            let verb = place.start..place.start + members[item.verb].0.len();
            (verb, members[item.object].0.clone())
        })
        .collect();
    let title = Message::new("把搭配换回来".to_owned(), "Put the words back".to_owned());
    let fix = paragraph.fix(view, title, edits);
    let said = (Severity::Warning, message);
    paragraph.finding(view, found.range.clone(), said, Vec::new(), fix.into_iter().collect())
}
