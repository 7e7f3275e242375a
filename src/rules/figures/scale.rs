use crate::analysis::Dispute;
use crate::findings::{Finding, Message, Said, Severity};
use crate::rules::{Check, Rule, View};

/// 数量级: the same statement with a figure a thousand, ten thousand or a hundred million times as large.
pub static RULE: Rule = Rule {
    name: "figures/scale",
    document: include_str!("scale.md"),
    severity: Some(Severity::Error),
    options: &[],
    check: Check::Disputes(check),
};

fn check(view: &View<'_>, dispute: &Dispute<'_>) -> Option<Finding> {
    let (zh, en) = match dispute.scale()? {
        1_000 => ("一千倍", "a thousand times"),
        10_000 => ("一万倍", "ten thousand times"),
        _ => ("一亿倍", "a hundred million times"),
    };
    let (here, there) = (&dispute.voice.quantity, &dispute.others.first()?.quantity);
    let (said, other, clause) = (here.said(), there.said(), dispute.voice.clause());
    let message = Message {
        zh: Said::from(format!("数量级不一致：“{clause}”，此处“{said}”与第"))
            .line(0)
            .text(format!("行“{other}”正好相差{zh}，多半是“万”“亿”写漏或写错；请核对")),
        en: Said::from(format!("The scale differs: “{clause}” says “{said}” here, and “{other}” in line "))
            .line(0)
            .text(format!(", exactly {en} apart. Check the unit.")),
    };
    here.finding(view, Severity::Error, message, dispute.related(view), dispute.fixes(view))
}
