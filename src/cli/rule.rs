//! `hegao rule`: the list of rules, or the text of one.

use super::{CLEAN, Done, TROUBLE};
use crate::config::parse::suggestion;
use crate::findings::Severity;
use crate::rules::document::Document;
use crate::rules::{self, RULES};
use std::io::Write;

#[derive(Debug, clap::Args)]
pub struct RuleArguments {
    /// A rule's name, such as duplicates/paragraph.
    name: Option<String>,
}

pub fn run(arguments: &RuleArguments) -> Done {
    let mut out = std::io::stdout().lock();
    let Some(name) = &arguments.name else {
        for rule in RULES {
            let gloss = Document::parse(rule.document).map(|d| d.gloss).unwrap_or_default();
            writeln!(out, "{:<24} {:<8} {gloss}", rule.name, rule.severity.map_or("off", Severity::name))?;
        }
        return Ok(CLEAN);
    };
    match rules::named(name) {
        Some(rule) => {
            out.write_all(rule.document.as_bytes())?;
            Ok(CLEAN)
        }
        None => {
            let near = suggestion(name, RULES.iter().map(|rule| rule.name));
            eprintln!("hegao: 没有规则 no such rule `{name}`{near}");
            Ok(TROUBLE)
        }
    }
}
