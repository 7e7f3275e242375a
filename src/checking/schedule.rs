//! The schedule decides what runs. It keeps every rule's results, hears from the engine what an edit changed, and runs
//! only the rules whose view was touched. Nothing else may run a rule. `passes` has one pass for each kind of view.

use super::Cancel;
use super::checked::{Checked, Found, fingerprinted, order};
use super::circumstances::Circumstances;
use super::passes::{forget, with_candidates};
use super::suppression::Suppressions;
use crate::analysis::{Analysis, Delta};
use crate::comparison::{ArchiveMatches, Elsewhere};
use crate::draft::BlockId;
use crate::figures::StatementKey;
use crate::findings::{Finding, Place, Severity};
use crate::rules::settings::{Inputs, Settings};
use crate::rules::suppressions::unused;
use crate::rules::{Check, Rule, View};
use crate::similarity::Key;
use crate::wording::NameKey;
use rustc_hash::FxHashSet;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What the schedule ran since it was made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Runs {
    /// Blocks, and blocks with their neighbours, that were looked at, by however many rules.
    pub blocks: u64,
    pub joints: u64,
    pub outlines: u64,
    /// Families of headings that were read with their words, once for each rule.
    pub families: u64,
    pub classes: u64,
    /// Passages that were compared with their candidates.
    pub copies: u64,
    /// Passages whose words and figures were read.
    pub figures: u64,
    /// Names with two forms that were looked at.
    pub names: u64,
    /// Disputed statements that were judged.
    pub disputes: u64,
    pub lists: u64,
    pub archives: u64,
}

pub(super) type Results<K> = BTreeMap<(K, usize), Vec<Arc<Finding>>>;

/// The rules' results for one open draft.
#[derive(Debug)]
pub struct Schedule {
    pub(super) settings: Arc<Settings>,
    /// Results by block and rule (of the block alone, and with the one behind it), by key and rule, by a passage's first
    /// block and rule, and by rule; only those that found something.
    pub(super) blocks: Results<BlockId>,
    pub(super) joints: Results<BlockId>,
    pub(super) figures: Results<BlockId>,
    pub(super) classes: Results<Key>,
    pub(super) copies: Results<BlockId>,
    pub(super) names: Results<NameKey>,
    /// By the index of a family in the outline, which is another when families are.
    pub(super) families: Results<u32>,
    pub(super) whole: Results<()>,
    /// Statements whose figures cannot be one number, whatever their scope, and what rules say of them now.
    pub(super) disputed: BTreeSet<StatementKey>,
    pub(super) disputes: Vec<Arc<Finding>>,
    /// What the archive holds of the draft, and what its rules said of it.
    pub(super) matches: ArchiveMatches,
    pub(super) archive: Vec<(Arc<Finding>, Arc<[Elsewhere]>)>,
    /// What each repeat class was judged by, and each passage with its candidates.
    pub(super) class_circumstances: Circumstances<Key>,
    pub(super) copy_circumstances: Circumstances<BlockId>,
    pub(super) directives: BTreeSet<BlockId>,
    pub(super) pending: Pending,
    pub(super) runs: Runs,
}

/// What changed since the last run that was finished.
#[derive(Debug, Default)]
pub(super) struct Pending {
    pub(super) everything: bool,
    pub(super) blocks: FxHashSet<BlockId>,
    pub(super) joints: FxHashSet<BlockId>,
    /// Blocks whose passage, or the one behind it, may be another.
    pub(super) figures: FxHashSet<BlockId>,
    pub(super) every_joint: bool,
    pub(super) keys: FxHashSet<Key>,
    pub(super) copies: FxHashSet<BlockId>,
    pub(super) statements: FxHashSet<StatementKey>,
    pub(super) names: FxHashSet<NameKey>,
    /// Anything: a dispute may stand in a section of another tense now.
    pub(super) disputes: bool,
    pub(super) outline: bool,
    /// A heading has other words, and the blocks that it may be.
    pub(super) headings: bool,
    pub(super) retitled: FxHashSet<BlockId>,
    pub(super) lists: bool,
}

impl Pending {
    /// Whether one of these findings shows a heading that has other words.
    pub(super) fn is_shown_by(&self, found: &[Arc<Finding>]) -> bool {
        let is_retitled = |place: &Place| self.retitled.contains(&place.start.block);
        found.iter().any(|finding| is_retitled(&finding.place) || finding.related.iter().any(|r| is_retitled(&r.place)))
    }
}

impl Schedule {
    pub fn new(settings: Arc<Settings>) -> Schedule {
        Schedule {
            settings,
            blocks: Results::new(),
            joints: Results::new(),
            figures: Results::new(),
            classes: Results::new(),
            copies: Results::new(),
            names: Results::new(),
            families: Results::new(),
            whole: Results::new(),
            disputed: BTreeSet::new(),
            disputes: Vec::new(),
            matches: ArchiveMatches::default(),
            archive: Vec::new(),
            class_circumstances: Circumstances::default(),
            copy_circumstances: Circumstances::default(),
            directives: BTreeSet::new(),
            pending: Pending { everything: true, ..Pending::default() },
            runs: Runs::default(),
        }
    }

    pub fn settings(&self) -> &Arc<Settings> {
        &self.settings
    }

    pub fn runs(&self) -> Runs {
        self.runs
    }

    /// Takes new settings; all results are made anew in the next run. The analysis is not touched.
    pub fn set(&mut self, settings: Arc<Settings>) {
        if !Arc::ptr_eq(&self.settings, &settings) {
            let matches = std::mem::take(&mut self.matches);
            *self = Schedule { runs: self.runs, matches, ..Schedule::new(settings) };
        }
    }

    /// Takes what the archive holds of the draft; it counts from the next run on. Its rules then run with every run: they
    /// look at copied paragraphs only, and at who the draft is.
    pub fn set_matches(&mut self, matches: ArchiveMatches) {
        self.matches = matches;
    }

    /// Hears of an edit.
    pub fn note(&mut self, delta: Delta) {
        for id in &delta.removed {
            self.forget(*id);
            forget(&mut self.joints, *id);
            forget(&mut self.figures, *id);
            self.pending.blocks.remove(id);
            self.pending.joints.remove(id);
            self.pending.figures.remove(id);
        }
        if delta.headings {
            self.pending.retitled.extend(&delta.changed);
        }
        self.pending.disputes = true;
        self.pending.figures.extend(delta.changed.iter().chain(&delta.joints));
        self.pending.blocks.extend(delta.changed);
        self.pending.joints.extend(delta.joints);
        self.pending.every_joint |= delta.wrap;
        self.pending.keys.extend(delta.keys);
        self.pending.copies.extend(delta.copies);
        self.pending.statements.extend(delta.statements);
        self.pending.names.extend(delta.names);
        // Lines that are wrapped are read otherwise than paragraphs.
        let is_restructured = delta.outline || delta.wrap;
        self.pending.outline |= is_restructured;
        self.pending.headings |= is_restructured || delta.headings;
        self.pending.lists |= is_restructured || delta.lists;
    }

    pub(super) fn forget(&mut self, id: BlockId) {
        self.directives.remove(&id);
        forget(&mut self.blocks, id);
    }

    /// Runs what must run and gives all findings of `analysis`, which has every edit noted; `None` if cancelled, and
    /// then the next run does what was left.
    pub fn run(&mut self, analysis: &Analysis, cancel: &Cancel) -> Option<Checked> {
        let settings = Arc::clone(&self.settings);
        let rules: Vec<_> = settings.enabled().enumerate().collect();
        if std::mem::take(&mut self.pending.everything) {
            self.pending.blocks = analysis.table.iter().map(|(_, b)| b.id).collect();
            self.pending.keys = analysis.repeats.keys().copied().collect();
            self.pending.copies = analysis.candidates.keys().copied().collect();
            self.pending.statements = analysis.statements.keys().copied().collect();
            self.pending.names = analysis.names.keys().copied().collect();
            self.pending.every_joint = true;
            (self.pending.outline, self.pending.headings, self.pending.lists) = (true, true, true);
            self.pending.disputes = true;
        }
        if std::mem::take(&mut self.pending.every_joint) {
            self.pending.joints = analysis.table.iter().map(|(_, b)| b.id).collect();
            // A draft that is wrapped at another width has other passages.
            self.pending.figures.clone_from(&self.pending.joints);
        }
        self.run_blocks(analysis, &rules, cancel)?;
        self.run_joints(analysis, &rules, cancel)?;
        self.run_figures(analysis, &rules, cancel)?;
        self.note_circumstances(analysis);
        self.run_classes(analysis, &rules, cancel)?;
        self.run_copies(analysis, &rules, cancel)?;
        self.run_names(analysis, &rules, cancel)?;
        self.run_disputes(analysis, &rules, cancel)?;
        self.run_families(analysis, &rules, cancel)?;
        for &(index, (rule, severity, inputs)) in &rules {
            if cancel.is_cancelled() {
                return None;
            }
            let view = View::new(analysis, rule.name, inputs);
            let mut found = Vec::new();
            match rule.check {
                Check::Outline(check) if self.pending.headings => {
                    self.runs.outlines += 1;
                    check(&view, &mut found);
                }
                Check::Headings { structure: Some(check), .. }
                    if self.pending.outline
                        || self.whole.get(&((), index)).is_some_and(|f| self.pending.is_shown_by(f)) =>
                {
                    self.runs.outlines += 1;
                    check(&view, &mut found);
                }
                Check::Lists(check) if self.pending.lists || self.pending.headings => {
                    self.runs.lists += 1;
                    check(&view, &mut found);
                }
                // Every run is one after a change.
                Check::Text(check) => check(&view, &mut found),
                _ => continue,
            }
            self.whole.insert(((), index), finished(found, severity));
        }
        (self.pending.outline, self.pending.headings, self.pending.lists) = (false, false, false);
        self.pending.retitled.clear();
        self.run_archive(analysis, &rules);
        Some(self.checked(analysis))
    }

    /// Finds the copies that must be judged anew, though their texts are as they were.
    fn note_circumstances(&mut self, analysis: &Analysis) {
        if self.pending.outline {
            // Roles decide which repeats count.
            let moved = |(key, class): &(&Key, &Arc<[BlockId]>)| {
                self.class_circumstances.have_other_roles(**key, analysis, class)
            };
            self.pending.keys.extend(analysis.repeats.iter().filter(moved).map(|(key, _)| *key));
            let moved = |(first, others): &(&BlockId, &Arc<[BlockId]>)| {
                self.copy_circumstances.have_other_roles(**first, analysis, &with_candidates(**first, others))
            };
            self.pending.copies.extend(analysis.candidates.iter().filter(moved).map(|(first, _)| *first));
        }
        if self.pending.headings {
            let class = |key| Some(analysis.repeats.get(&key)?.to_vec());
            self.pending.keys.extend(self.class_circumstances.under_other_titles(analysis, class));
            let copies = |first| Some(with_candidates(first, analysis.candidates.get(&first)?));
            self.pending.copies.extend(self.copy_circumstances.under_other_titles(analysis, copies));
        }
    }

    fn run_archive(&mut self, analysis: &Analysis, rules: &[Enabled<'_>]) {
        self.archive.clear();
        if self.matches.is_empty() {
            return;
        }
        for (_, (rule, severity, inputs)) in rules {
            let Check::Archive(check) = rule.check else { continue };
            self.runs.archives += 1;
            let mut found = Vec::new();
            check(&View::new(analysis, rule.name, *inputs), &self.matches, &mut found);
            let (findings, elsewhere): (Vec<_>, Vec<_>) = found.into_iter().unzip();
            self.archive.extend(finished(findings, *severity).into_iter().zip(elsewhere));
        }
    }

    /// All results in document order, without what is suppressed, each with its fingerprint.
    fn checked(&self, analysis: &Analysis) -> Checked {
        let of_blocks = self.blocks.values().chain(self.joints.values()).chain(self.figures.values());
        let of_passages = of_blocks.chain(self.copies.values()).chain(self.classes.values());
        let of_passages = of_passages.chain(self.names.values()).chain(self.families.values());
        let own = of_passages.chain(self.whole.values()).flatten().chain(&self.disputes);
        let nowhere: Arc<[Elsewhere]> = Arc::default();
        let own = own.map(|finding| (finding, &nowhere));
        let all = own.chain(self.archive.iter().map(|(finding, elsewhere)| (finding, elsewhere)));
        let located = |(finding, elsewhere): (&Arc<Finding>, &Arc<[Elsewhere]>)| {
            Some((finding.location(analysis)?.ordinal, Arc::clone(finding), Arc::clone(elsewhere)))
        };
        let mut findings: Vec<Found> = all.filter_map(located).collect();
        findings.sort_by(|(a, x, _), (b, y, _)| order((*a, x), (*b, y)));
        // Fingerprints count equals before anything is left out, so that they do not depend on what is suppressed.
        let mut placed = fingerprinted(findings);
        let mut suppressions = Suppressions::new(analysis, &self.directives);
        placed.retain(|(ordinal, placed)| !suppressions.covers(&placed.finding, *ordinal));
        let unused = suppressions.unused(&self.settings).into_iter().map(Arc::new);
        let unused: Vec<_> = unused.filter_map(|finding| located((&finding, &nowhere))).collect();
        if !unused.is_empty() {
            placed.extend(fingerprinted(unused));
            placed.retain(|(ordinal, placed)| {
                placed.finding.rule != unused::NAME || !suppressions.covers(&placed.finding, *ordinal)
            });
            placed.sort_by(|(a, x), (b, y)| order((*a, &x.finding), (*b, &y.finding)));
        }
        let accepted = &self.settings.baseline;
        let shown = placed.into_iter().map(|(_, placed)| placed).filter(|p| !accepted.contains(&p.fingerprint));
        Checked { analysis: analysis.clone(), findings: shown.collect() }
    }
}

pub(super) type Enabled<'s> = (usize, (&'static Rule, Severity, Inputs<'s>));

/// The configured severity is the gravest that a rule's findings may have.
pub(super) fn finished(found: Vec<Finding>, severity: Severity) -> Vec<Arc<Finding>> {
    let set = |finding: Finding| Arc::new(Finding { severity: finding.severity.max(severity), ..finding });
    found.into_iter().map(set).collect()
}
