use crate::findings::Severity;
use crate::rules::{Check, Rule};

/// 忽略标记没有用到: a suppression comment that covers no finding.
pub struct Unused;

impl Rule for Unused {
    fn name(&self) -> &'static str {
        NAME
    }

    fn document(&self) -> &'static str {
        include_str!("unused.md")
    }

    fn severity(&self) -> Option<Severity> {
        Some(Severity::Hint)
    }

    fn check(&self) -> Check {
        Check::Suppressions
    }
}

pub const NAME: &str = "suppressions/unused";
