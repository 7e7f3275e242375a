//! The schedule decides what runs. It keeps every rule's results, hears from the engine what an edit changed, and runs
//! only the rules whose view was touched. Nothing else may run a rule.

use super::checked::{Checked, Found, fingerprinted, order};
use super::circumstances::Circumstances;
use super::finding::Finding;
use super::settings::{Inputs, Settings};
use super::suppression::Suppressions;
use super::suppressions::unused;
use super::{Check, Rule, Severity, View};
use crate::analysis::{Analysis, Class, Delta, Paragraph, Quantities};
use crate::comparison::{ArchiveMatches, Elsewhere};
use crate::draft::BlockId;
use crate::figures::StatementKey;
use crate::similarity::Key;
use crate::wording::NameKey;
use rustc_hash::FxHashSet;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Asks a run to stop at the next block or rule.
#[derive(Clone, Debug, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// What the schedule ran since it was made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Runs {
    /// Blocks, and blocks with their neighbours, that were looked at, by however many rules.
    pub blocks: u64,
    pub joints: u64,
    pub outlines: u64,
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

type Results<K> = BTreeMap<(K, usize), Vec<Arc<Finding>>>;

/// The rules' results for one open draft.
#[derive(Debug)]
pub struct Schedule {
    settings: Arc<Settings>,
    /// Results by block and rule (of the block alone, and with the one behind it), by key and rule, by a passage's first
    /// block and rule, and by rule; only those that found something.
    blocks: Results<BlockId>,
    joints: Results<BlockId>,
    figures: Results<BlockId>,
    classes: Results<Key>,
    copies: Results<BlockId>,
    names: Results<NameKey>,
    whole: Results<()>,
    /// Statements whose figures cannot be one number, whatever their scope, and what rules say of them now.
    disputed: BTreeSet<StatementKey>,
    disputes: Vec<Arc<Finding>>,
    /// What the archive holds of the draft, and what its rules said of it.
    matches: ArchiveMatches,
    archive: Vec<(Arc<Finding>, Arc<[Elsewhere]>)>,
    /// What each repeat class was judged by, and each passage with its candidates.
    class_circumstances: Circumstances<Key>,
    copy_circumstances: Circumstances<BlockId>,
    directives: BTreeSet<BlockId>,
    pending: Pending,
    runs: Runs,
}

/// What changed since the last run that was finished.
#[derive(Debug, Default)]
struct Pending {
    everything: bool,
    blocks: FxHashSet<BlockId>,
    joints: FxHashSet<BlockId>,
    /// Blocks whose passage, or the one behind it, may be another.
    figures: FxHashSet<BlockId>,
    every_joint: bool,
    keys: FxHashSet<Key>,
    copies: FxHashSet<BlockId>,
    statements: FxHashSet<StatementKey>,
    names: FxHashSet<NameKey>,
    /// Anything: a dispute may stand in a section of another tense now.
    disputes: bool,
    outline: bool,
    headings: bool,
    lists: bool,
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
        self.pending.disputes = true;
        self.pending.figures.extend(delta.changed.iter().chain(&delta.joints));
        self.pending.blocks.extend(delta.changed);
        self.pending.joints.extend(delta.joints);
        self.pending.every_joint |= delta.wrap;
        self.pending.keys.extend(delta.keys);
        self.pending.copies.extend(delta.copies);
        self.pending.statements.extend(delta.statements);
        self.pending.names.extend(delta.names);
        self.pending.outline |= delta.outline;
        self.pending.headings |= delta.outline || delta.headings;
        self.pending.lists |= delta.lists;
    }

    fn forget(&mut self, id: BlockId) {
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
        for &(index, (rule, severity, inputs)) in &rules {
            if cancel.is_cancelled() {
                return None;
            }
            let view = View::new(analysis, rule.name(), inputs);
            let mut found = Vec::new();
            match rule.check() {
                Check::Outline(check) if self.pending.headings => {
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
            let Check::Archive(check) = rule.check() else { continue };
            self.runs.archives += 1;
            let mut found = Vec::new();
            check(&View::new(analysis, rule.name(), *inputs), &self.matches, &mut found);
            let (findings, elsewhere): (Vec<_>, Vec<_>) = found.into_iter().unzip();
            self.archive.extend(finished(findings, *severity).into_iter().zip(elsewhere));
        }
    }

    fn run_blocks(&mut self, analysis: &Analysis, rules: &[Enabled<'_>], cancel: &Cancel) -> Option<()> {
        let changed: Vec<BlockId> = self.pending.blocks.iter().copied().collect();
        for id in changed {
            if cancel.is_cancelled() {
                return None;
            }
            self.pending.blocks.remove(&id);
            self.forget(id);
            let Some((location, block)) = analysis.table.find(id) else { continue };
            if block.facts.directive.is_some() {
                self.directives.insert(id);
            }
            self.runs.blocks += 1;
            let source = analysis.block_source(location, block);
            for &(index, (rule, severity, inputs)) in rules {
                let Check::Block(check) = rule.check() else { continue };
                let mut found = Vec::new();
                check(&View::new(analysis, rule.name(), inputs), block, &source, &mut found);
                if !found.is_empty() {
                    self.blocks.insert((id, index), finished(found, severity));
                }
            }
        }
        Some(())
    }

    fn run_joints(&mut self, analysis: &Analysis, rules: &[Enabled<'_>], cancel: &Cancel) -> Option<()> {
        let changed: Vec<BlockId> = self.pending.joints.iter().copied().collect();
        for id in changed {
            if cancel.is_cancelled() {
                return None;
            }
            self.pending.joints.remove(&id);
            forget(&mut self.joints, id);
            let Some(first) = analysis.table.find(id) else { continue };
            let Some(next) = analysis.behind(first.0.ordinal) else { continue };
            self.runs.joints += 1;
            for &(index, (rule, severity, inputs)) in rules {
                let Check::Joint(check) = rule.check() else { continue };
                let mut found = Vec::new();
                check(&View::new(analysis, rule.name(), inputs), first, next, &mut found);
                if !found.is_empty() {
                    self.joints.insert((id, index), finished(found, severity));
                }
            }
        }
        Some(())
    }

    /// Reads the words and figures of the passages that changed and of those behind them: a line that was joined to a passage may
    /// stand alone now.
    fn run_figures(&mut self, analysis: &Analysis, rules: &[Enabled<'_>], cancel: &Cancel) -> Option<()> {
        let rules: Vec<_> = rules
            .iter()
            .filter(|(_, (rule, ..))| matches!(rule.check(), Check::Figures(_) | Check::Passage(_)))
            .collect();
        let mut done = FxHashSet::default();
        let touched: Vec<BlockId> = self.pending.figures.iter().copied().collect();
        for id in touched {
            if cancel.is_cancelled() {
                return None;
            }
            self.pending.figures.remove(&id);
            let passages = analysis.passage_of(id).into_iter();
            let passages: Vec<_> =
                passages.flat_map(|first| [analysis.passage_behind(&first), Some(first)]).flatten().collect();
            for passage in passages {
                if !done.insert(passage.first) {
                    continue;
                }
                for (_, block) in analysis.table.iter_from(passage.ordinals.start).take(passage.ordinals.len()) {
                    forget(&mut self.figures, block.id);
                }
                self.runs.figures += 1;
                if rules.is_empty() {
                    continue;
                }
                let first = passage.first;
                let Some(paragraph) = Paragraph::of(analysis, passage) else { continue };
                let mut results = Vec::new();
                for &&(index, (rule, severity, inputs)) in &rules {
                    let Check::Passage(check) = rule.check() else { continue };
                    let mut found = Vec::new();
                    check(&View::new(analysis, rule.name(), inputs), &paragraph, &mut found);
                    results.push((index, severity, found));
                }
                if let Some(quantities) = Quantities::read(paragraph) {
                    for &&(index, (rule, severity, inputs)) in &rules {
                        let Check::Figures(check) = rule.check() else { continue };
                        let mut found = Vec::new();
                        check(&View::new(analysis, rule.name(), inputs), &quantities, &mut found);
                        results.push((index, severity, found));
                    }
                }
                for (index, severity, found) in results.into_iter().filter(|(.., found)| !found.is_empty()) {
                    self.figures.insert((first, index), finished(found, severity));
                }
            }
        }
        Some(())
    }

    fn run_classes(&mut self, analysis: &Analysis, rules: &[Enabled<'_>], cancel: &Cancel) -> Option<()> {
        let keys: Vec<Key> = self.pending.keys.iter().copied().collect();
        for key in keys {
            if cancel.is_cancelled() {
                return None;
            }
            self.pending.keys.remove(&key);
            let Some(class) = analysis.repeats.get(&key) else {
                self.class_circumstances.forget(key);
                forget(&mut self.classes, key);
                continue;
            };
            self.class_circumstances.enter(key, analysis, class);
            for &(index, (rule, severity, inputs)) in rules {
                let Check::Copies { equal, .. } = rule.check() else { continue };
                self.classes.remove(&(key, index));
                self.runs.classes += 1;
                let mut found = Vec::new();
                let by = equal(&View::new(analysis, rule.name(), inputs), class, &mut found);
                self.class_circumstances.judged(key, by, analysis, class);
                if !found.is_empty() {
                    self.classes.insert((key, index), finished(found, severity));
                }
            }
        }
        Some(())
    }

    fn run_names(&mut self, analysis: &Analysis, rules: &[Enabled<'_>], cancel: &Cancel) -> Option<()> {
        let touched: Vec<NameKey> = self.pending.names.iter().copied().collect();
        for key in touched {
            if cancel.is_cancelled() {
                return None;
            }
            self.pending.names.remove(&key);
            for &(index, (rule, severity, inputs)) in rules {
                let Check::Names(check) = rule.check() else { continue };
                self.names.remove(&(key, index));
                let Some(blocks) = analysis.names.get(&key) else { continue };
                self.runs.names += 1;
                let mut found = Vec::new();
                check(&View::new(analysis, rule.name(), inputs), key, blocks, &mut found);
                if !found.is_empty() {
                    self.names.insert((key, index), finished(found, severity));
                }
            }
        }
        Some(())
    }

    fn run_copies(&mut self, analysis: &Analysis, rules: &[Enabled<'_>], cancel: &Cancel) -> Option<()> {
        let touched: Vec<BlockId> = self.pending.copies.iter().copied().collect();
        for first in touched {
            if cancel.is_cancelled() {
                return None;
            }
            self.pending.copies.remove(&first);
            forget(&mut self.copies, first);
            let others = analysis.candidates.get(&first);
            let Some((others, passage)) = others.zip(analysis.passage(first)) else {
                self.copy_circumstances.forget(first);
                continue;
            };
            let passages = with_candidates(first, others);
            self.copy_circumstances.enter(first, analysis, &passages);
            self.runs.copies += 1;
            for &(index, (rule, severity, inputs)) in rules {
                let Check::Copies { near, .. } = rule.check() else { continue };
                let mut found = Vec::new();
                let view = View::new(analysis, rule.name(), inputs);
                let by = near(&view, passage.clone(), others, &mut found);
                self.copy_circumstances.judged(first, by, analysis, &passages);
                if !found.is_empty() {
                    self.copies.insert((first, index), finished(found, severity));
                }
            }
        }
        Some(())
    }

    /// Looks for disputes where statements were touched, and judges every dispute there is anew: an edit elsewhere may
    /// have changed the tense of its section.
    fn run_disputes(&mut self, analysis: &Analysis, rules: &[Enabled<'_>], cancel: &Cancel) -> Option<()> {
        /// More are none that a writer could work through, and the sign of a text made by a machine.
        const MOST: usize = 200;
        let rules: Vec<_> = rules.iter().filter(|(_, (rule, ..))| matches!(rule.check(), Check::Disputes(_))).collect();
        let touched: Vec<StatementKey> = self.pending.statements.iter().copied().collect();
        let class = |key: StatementKey| Class::of(analysis, key, analysis.statements.get(&key)?);
        for key in touched {
            if cancel.is_cancelled() {
                return None;
            }
            self.pending.statements.remove(&key);
            match !rules.is_empty() && class(key).is_some_and(|class| class.is_disputed()) {
                true => self.disputed.insert(key),
                false => self.disputed.remove(&key),
            };
        }
        if !std::mem::take(&mut self.pending.disputes) {
            return Some(());
        }
        self.disputes.clear();
        if self.disputed.is_empty() {
            return Some(());
        }
        let portrait = analysis.portrait();
        for class in self.disputed.iter().take(MOST).filter_map(|key| class(*key)) {
            self.runs.disputes += 1;
            for &&(_, (rule, severity, inputs)) in &rules {
                let Check::Disputes(check) = rule.check() else { continue };
                let view = View::new(analysis, rule.name(), inputs);
                let found =
                    class.disputes(analysis, &portrait).iter().filter_map(|dispute| check(&view, dispute)).collect();
                self.disputes.extend(finished(found, severity));
            }
        }
        Some(())
    }

    /// All results in document order, without what is suppressed, each with its fingerprint.
    fn checked(&self, analysis: &Analysis) -> Checked {
        let of_blocks = self.blocks.values().chain(self.joints.values()).chain(self.figures.values());
        let of_passages = of_blocks.chain(self.copies.values()).chain(self.classes.values());
        let of_passages = of_passages.chain(self.names.values());
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

fn forget<K: Copy + Ord>(results: &mut Results<K>, key: K) {
    let stale: Vec<_> = results.range((key, 0)..=(key, usize::MAX)).map(|(key, _)| *key).collect();
    for key in stale {
        results.remove(&key);
    }
}

/// A passage and those that it may be a copy of.
fn with_candidates(first: BlockId, others: &[BlockId]) -> Vec<BlockId> {
    [&[first], others].concat()
}

type Enabled<'s> = (usize, (&'static dyn Rule, Severity, Inputs<'s>));

/// The configured severity is the gravest that a rule's findings may have.
fn finished(found: Vec<Finding>, severity: Severity) -> Vec<Arc<Finding>> {
    let set = |finding: Finding| Arc::new(Finding { severity: finding.severity.max(severity), ..finding });
    found.into_iter().map(set).collect()
}
