//! Suppression: findings that a comment or the project's baseline covers are left out, and comments that cover nothing
//! are themselves reported. Decided at the block a finding is reported at, not at related places.

use crate::analysis::{Analysis, Block, Location};
use crate::draft::BlockId;
use crate::findings::{Applicability, Edit, Finding, Fix, Message};
use crate::rules::settings::{Inputs, Options, Settings, names};
use crate::rules::suppressions::unused;
use crate::rules::{RULES, Rule, View};
use std::collections::BTreeSet;

/// The suppression comments of one version of a draft, and which of them were used.
pub struct Suppressions<'a> {
    analysis: &'a Analysis,
    comments: Vec<(Location, &'a Block, bool)>,
}

impl<'a> Suppressions<'a> {
    /// `blocks`: the comments that are directives.
    pub fn new(analysis: &'a Analysis, blocks: &BTreeSet<BlockId>) -> Self {
        let found = blocks.iter().filter_map(|id| analysis.table.find(*id));
        Suppressions { analysis, comments: found.map(|(location, block)| (location, block, false)).collect() }
    }

    /// Whether a comment covers `finding`, reported at the block with ordinal `ordinal`. Marks the comment as used.
    pub fn covers(&mut self, finding: &Finding, ordinal: usize) -> bool {
        let analysis = self.analysis;
        let is_comment = |n: &usize| {
            analysis.table.get(*n).is_some_and(|(_, b)| b.facts.directive.as_ref().is_some_and(|d| !d.whole_file))
        };
        // Several comments may stand one under another above a block.
        let above = if self.comments.is_empty() { 0 } else { (0..ordinal).rev().take_while(is_comment).count() };
        let mut covered = false;
        for (location, block, used) in &mut self.comments {
            let Some(directive) = &block.facts.directive else { continue };
            let near = directive.whole_file || (ordinal - above..ordinal).contains(&location.ordinal);
            // `all` means the text's defects: it must not hide that it, or another comment, covers none.
            let is_about = match finding.rule {
                unused::NAME => directive.names(finding.rule),
                rule => directive.covers(rule),
            };
            if near && is_about {
                (*used, covered) = (true, true);
            }
        }
        covered
    }

    /// A finding for each comment that covered nothing. A comment for a rule that is off says nothing wrong.
    pub fn unused(&self, settings: &Settings) -> Vec<Finding> {
        let Some(severity) = settings.rule(unused::NAME).and_then(|r| r.severity) else { return Vec::new() };
        let options = Options::default();
        let inputs = Inputs { options: &options, knowledge: &settings.knowledge, profile: &settings.profile };
        let view = View::new(self.analysis, unused::NAME, inputs);
        // A comment about this very rule is used only when another covers nothing.
        let is_own = |d: &crate::draft::Directive| d.names.iter().all(|name| names(name, unused::NAME));
        let idle = self.comments.iter().filter(|(_, block, used)| {
            let all_on = |d: &crate::draft::Directive| {
                // A rule that is off for everybody leaves the group that it is in as it is.
                let is_idle = |r: &Rule| r.severity.is_none() && !d.names.iter().any(|name| name == r.name);
                RULES.iter().filter(|r| d.covers(r.name)).all(|r| settings.is_on(r.name) || is_idle(r))
            };
            !used && block.facts.directive.as_ref().is_some_and(|d| all_on(d) && !is_own(d))
        });
        idle.map(|&(location, block, _)| {
            let source = view.source(location, block);
            let names = block.facts.directive.as_ref().map(|d| d.names.join("、")).unwrap_or_default();
            let place = view.place(block, &source, block.facts.structure.content.clone());
            Finding {
                rule: unused::NAME,
                severity,
                message: Message::new(
                    format!("这条忽略标记（{names}）没有对应的问题：可能已改好，或规则名写错；请删除"),
                    format!("This suppression ({names}) covers no finding: mended since, or misspelt. Remove it."),
                ),
                place,
                related: Vec::new(),
                fixes: vec![Fix {
                    title: Message::new("删除这条忽略标记", "Remove this suppression"),
                    applicability: Applicability::Safe,
                    key: view.exclusive(block.id),
                    edits: vec![Edit::DeletePassage { first: block.id }],
                }],
                identity: view.identity(block, &source),
            }
        })
        .collect()
    }
}
