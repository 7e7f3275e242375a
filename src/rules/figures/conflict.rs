use crate::analysis::Dispute;
use crate::findings::{Finding, Message, Said, Severity};
use crate::rules::{Check, Rule, View};

/// 前后不一: the same statement with another figure.
pub static RULE: Rule = Rule {
    name: "figures/conflict",
    document: include_str!("conflict.md"),
    severity: Some(Severity::Warning),
    options: &[],
    check: Check::Disputes(check),
};

fn check(view: &View<'_>, dispute: &Dispute<'_>) -> Option<Finding> {
    if dispute.scale().is_some() {
        return None;
    }
    let (here, there) = (&dispute.voice.quantity, &dispute.others.first()?.quantity);
    let (said, other, clause) = (here.said(), there.said(), dispute.voice.clause());
    let message = Message {
        zh: Said::from(format!("前后数据不一致：“{clause}”，此处是“{said}”，第"))
            .line(0)
            .text(format!("行是“{other}”；请核对，改成一致")),
        en: Said::from(format!("The same statement has another figure: “{clause}” says “{said}” here, line "))
            .line(0)
            .text(format!(" says “{other}”. Check both.")),
    };
    here.finding(view, Severity::Warning, message, dispute.related(view), dispute.fixes(view))
}
