//! The passes of a run: one for each kind of view that rules read. Each takes what is pending for it, forgets what was found
//! there, and runs the rules of its kind; when it is cancelled, what is left stays pending.

use super::Cancel;
use super::schedule::{Enabled, Results, Schedule, finished};
use crate::analysis::{Analysis, Class, Paragraph, Quantities};
use crate::draft::BlockId;
use crate::figures::StatementKey;
use crate::findings::{Finding, Severity};
use crate::rules::{Check, View};
use crate::similarity::Key;
use crate::wording::NameKey;
use rustc_hash::FxHashSet;
use std::collections::BTreeSet;

impl Schedule {
    pub(super) fn run_blocks(&mut self, analysis: &Analysis, rules: &[Enabled<'_>], cancel: &Cancel) -> Option<()> {
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
                let Check::Block(check) = rule.check else { continue };
                let mut found = Vec::new();
                check(&View::new(analysis, rule.name, inputs), block, &source, &mut found);
                keep(&mut self.blocks, (id, index), found, severity);
            }
        }
        Some(())
    }

    pub(super) fn run_joints(&mut self, analysis: &Analysis, rules: &[Enabled<'_>], cancel: &Cancel) -> Option<()> {
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
                let Check::Joint(check) = rule.check else { continue };
                let mut found = Vec::new();
                check(&View::new(analysis, rule.name, inputs), first, next, &mut found);
                keep(&mut self.joints, (id, index), found, severity);
            }
        }
        Some(())
    }

    /// Reads the words and figures of the passages that changed and of those behind them: a line that was joined to a passage may
    /// stand alone now.
    pub(super) fn run_figures(&mut self, analysis: &Analysis, rules: &[Enabled<'_>], cancel: &Cancel) -> Option<()> {
        let rules: Vec<_> = rules
            .iter()
            .filter(|(_, (rule, ..))| matches!(rule.check, Check::Figures(_) | Check::Passage(_)))
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
                    let Check::Passage(check) = rule.check else { continue };
                    let mut found = Vec::new();
                    check(&View::new(analysis, rule.name, inputs), &paragraph, &mut found);
                    results.push((index, severity, found));
                }
                if let Some(quantities) = Quantities::read(paragraph) {
                    for &&(index, (rule, severity, inputs)) in &rules {
                        let Check::Figures(check) = rule.check else { continue };
                        let mut found = Vec::new();
                        check(&View::new(analysis, rule.name, inputs), &quantities, &mut found);
                        results.push((index, severity, found));
                    }
                }
                for (index, severity, found) in results {
                    keep(&mut self.figures, (first, index), found, severity);
                }
            }
        }
        Some(())
    }

    pub(super) fn run_classes(&mut self, analysis: &Analysis, rules: &[Enabled<'_>], cancel: &Cancel) -> Option<()> {
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
                let Check::Copies { equal, .. } = rule.check else { continue };
                self.classes.remove(&(key, index));
                self.runs.classes += 1;
                let mut found = Vec::new();
                let by = equal(&View::new(analysis, rule.name, inputs), class, &mut found);
                self.class_circumstances.judged(key, by, analysis, class);
                keep(&mut self.classes, (key, index), found, severity);
            }
        }
        Some(())
    }

    pub(super) fn run_names(&mut self, analysis: &Analysis, rules: &[Enabled<'_>], cancel: &Cancel) -> Option<()> {
        let touched: Vec<NameKey> = self.pending.names.iter().copied().collect();
        for key in touched {
            if cancel.is_cancelled() {
                return None;
            }
            self.pending.names.remove(&key);
            for &(index, (rule, severity, inputs)) in rules {
                let Check::Names(check) = rule.check else { continue };
                self.names.remove(&(key, index));
                let Some(blocks) = analysis.names.get(&key) else { continue };
                self.runs.names += 1;
                let mut found = Vec::new();
                check(&View::new(analysis, rule.name, inputs), key, blocks, &mut found);
                keep(&mut self.names, (key, index), found, severity);
            }
        }
        Some(())
    }

    pub(super) fn run_copies(&mut self, analysis: &Analysis, rules: &[Enabled<'_>], cancel: &Cancel) -> Option<()> {
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
                let Check::Copies { near, .. } = rule.check else { continue };
                let mut found = Vec::new();
                let view = View::new(analysis, rule.name, inputs);
                let by = near(&view, passage.clone(), others, &mut found);
                self.copy_circumstances.judged(first, by, analysis, &passages);
                keep(&mut self.copies, (first, index), found, severity);
            }
        }
        Some(())
    }

    /// Reads the families of headings that have other words, and those that show such a heading; all of another outline.
    pub(super) fn run_families(&mut self, analysis: &Analysis, rules: &[Enabled<'_>], cancel: &Cancel) -> Option<()> {
        if !self.pending.headings {
            return Some(());
        }
        let families = &analysis.outline.families;
        let touched: BTreeSet<u32> = match self.pending.outline {
            true => (0..families.len() as u32).collect(),
            false => {
                let mut retitled: Vec<u32> =
                    self.pending.retitled.iter().flat_map(|block| analysis.outline.indexes_of(*block)).collect();
                retitled.sort_unstable();
                let is_in = |family: &Vec<u32>| family.iter().any(|index| retitled.binary_search(index).is_ok());
                let own = (0..).zip(families).filter(|(_, family)| is_in(family)).map(|(family, _)| family);
                let showing = self.families.iter().filter(|(_, found)| self.pending.is_shown_by(found));
                own.chain(showing.map(|((family, _), _)| *family)).collect()
            }
        };
        if self.pending.outline {
            self.families.clear();
        }
        for family in touched {
            if cancel.is_cancelled() {
                return None;
            }
            for &(index, (rule, severity, inputs)) in rules {
                let Check::Headings { family: Some(check), .. } = rule.check else { continue };
                self.families.remove(&(family, index));
                self.runs.families += 1;
                let mut found = Vec::new();
                check(&View::new(analysis, rule.name, inputs), &families[family as usize], &mut found);
                keep(&mut self.families, (family, index), found, severity);
            }
        }
        Some(())
    }

    /// Looks for disputes where statements were touched, and judges every dispute there is anew: an edit elsewhere may
    /// have changed the tense of its section.
    pub(super) fn run_disputes(&mut self, analysis: &Analysis, rules: &[Enabled<'_>], cancel: &Cancel) -> Option<()> {
        /// More are none that a writer could work through, and the sign of a text made by a machine.
        const MOST: usize = 200;
        let rules: Vec<_> = rules.iter().filter(|(_, (rule, ..))| matches!(rule.check, Check::Disputes(_))).collect();
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
                let Check::Disputes(check) = rule.check else { continue };
                let view = View::new(analysis, rule.name, inputs);
                let found =
                    class.disputes(analysis, &portrait).iter().filter_map(|dispute| check(&view, dispute)).collect();
                self.disputes.extend(finished(found, severity));
            }
        }
        Some(())
    }
}

/// Keeps what a rule found, if it found something.
fn keep<K: Ord>(results: &mut Results<K>, key: (K, usize), found: Vec<Finding>, severity: Severity) {
    if !found.is_empty() {
        results.insert(key, finished(found, severity));
    }
}

pub(super) fn forget<K: Copy + Ord>(results: &mut Results<K>, key: K) {
    let stale: Vec<_> = results.range((key, 0)..=(key, usize::MAX)).map(|(key, _)| *key).collect();
    for key in stale {
        results.remove(&key);
    }
}

/// A passage and those that it may be a copy of.
pub(super) fn with_candidates(first: BlockId, others: &[BlockId]) -> Vec<BlockId> {
    [&[first], others].concat()
}
