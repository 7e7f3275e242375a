//! What the checks of one file run with: which rules, how grave, with which options, and what is already accepted. Made
//! from the configuration; immutable, and told apart by identity (`Arc::ptr_eq`).

pub use crate::draft::directive::names;

use super::{RULES, Rule};
use crate::findings::Severity;
use crate::knowledge::Knowledge;
use crate::profile::{self, Profile};
use std::collections::HashSet;
use std::sync::Arc;

/// The option that says from which edit similarity on, in percent, paragraphs are copies.
pub const SIMILARITY: &str = "minimum-similarity";

/// The values of one rule's options, in the order in which the rule declares them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options(Vec<(&'static str, i64)>);

impl Options {
    pub fn defaults(rule: &Rule) -> Options {
        Options(rule.options.iter().map(|o| (o.name, o.default)).collect())
    }

    /// The value of option `name`, which the rule declares.
    pub fn get(&self, name: &str) -> i64 {
        let found = self.0.iter().find(|(n, _)| *n == name);
        debug_assert!(found.is_some(), "a rule asked for an option that it does not declare: {name}");
        found.map_or(0, |(_, value)| *value)
    }

    pub fn set(&mut self, name: &str, value: i64) {
        if let Some((_, old)) = self.0.iter_mut().find(|(n, _)| *n == name) {
            *old = value;
        }
    }
}

/// One rule as configured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleSettings {
    /// `None`: off.
    pub severity: Option<Severity>,
    pub options: Options,
}

/// What a rule is given beside the draft.
#[derive(Clone, Copy)]
pub struct Inputs<'s> {
    pub options: &'s Options,
    pub knowledge: &'s Knowledge,
    pub profile: &'s Profile,
}

/// The settings of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// One for each of `RULES`, in their order.
    rules: Vec<RuleSettings>,
    /// The tables, and what the house knows beside them.
    pub knowledge: Arc<Knowledge>,
    /// Fingerprints of findings that were read and are intended.
    pub baseline: Arc<HashSet<u64>>,
    /// What is normal in good reports.
    pub profile: Arc<Profile>,
}

impl Default for Settings {
    fn default() -> Self {
        let rules = RULES
            .iter()
            .map(|rule| RuleSettings { severity: rule.severity, options: Options::defaults(rule) })
            .collect();
        Settings { rules, knowledge: Knowledge::plain(), baseline: Arc::default(), profile: profile::builtin() }
    }
}

impl Settings {
    /// These settings under `profile`. The threshold of likeness that it has learned is the default of the option of that
    /// name, so it is taken before anything is configured.
    pub fn under(mut self, profile: Arc<Profile>) -> Settings {
        if let Some(threshold) = profile.likeness.threshold {
            for rule in &mut self.rules {
                rule.options.set(SIMILARITY, i64::from(threshold));
            }
        }
        self.profile = profile;
        self
    }

    /// Every rule that is on, with how it is set.
    pub fn enabled(&self) -> impl Iterator<Item = (&'static Rule, Severity, Inputs<'_>)> {
        let each = RULES.iter().copied().zip(&self.rules);
        each.filter_map(|(rule, set)| {
            Some((
                rule,
                set.severity?,
                Inputs { options: &set.options, knowledge: &self.knowledge, profile: &self.profile },
            ))
        })
    }

    pub fn rule(&self, name: &str) -> Option<&RuleSettings> {
        RULES.iter().position(|rule| rule.name == name).map(|i| &self.rules[i])
    }

    pub fn rule_mut(&mut self, name: &str) -> Option<&mut RuleSettings> {
        RULES.iter().position(|rule| rule.name == name).map(|i| &mut self.rules[i])
    }

    pub fn is_on(&self, name: &str) -> bool {
        self.rule(name).is_some_and(|rule| rule.severity.is_some())
    }

    /// Switches off every rule for which `keep` is false.
    pub fn retain(&mut self, keep: impl Fn(&str) -> bool) {
        for (rule, settings) in RULES.iter().zip(&mut self.rules) {
            if !keep(rule.name) {
                settings.severity = None;
            }
        }
    }
}
