use crate::findings::Severity;
use crate::rules::{Check, Rule};

/// 忽略标记没有用到: a suppression comment that covers no finding.
pub static RULE: Rule = Rule {
    name: NAME,
    document: include_str!("unused.md"),
    severity: Some(Severity::Hint),
    options: &[],
    check: Check::Suppressions,
};

pub const NAME: &str = "suppressions/unused";
