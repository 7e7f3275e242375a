//! A version of a draft with its findings: their order, and the fingerprints that they are known again by.

use super::{Cancel, Schedule};
use crate::analysis::Analysis;
use crate::comparison::{ArchiveMatches, Elsewhere};
use crate::findings::{Finding, Language, Place, stable_hash};
use crate::rules::Settings;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// A finding in one version of a draft.
#[derive(Clone, Debug)]
pub struct Placed {
    pub finding: Arc<Finding>,
    /// Where other reports say the same.
    pub elsewhere: Arc<[Elsewhere]>,
    /// Hash of rule, words and count among equals: the same in every version that has the same defect.
    pub fingerprint: u64,
}

/// A version of a draft with its findings, in document order.
#[derive(Clone, Debug, Default)]
pub struct Checked {
    pub analysis: Analysis,
    pub findings: Arc<[Placed]>,
}

/// The ordinal of the block that a finding is reported at, the finding, and where other reports say the same.
pub(super) type Found = (usize, Arc<Finding>, Arc<[Elsewhere]>);

/// Document order; findings of one place by rule.
pub(super) fn order((a, x): (usize, &Finding), (b, y): (usize, &Finding)) -> std::cmp::Ordering {
    let place = |f: &Finding| (f.place.start.offset, f.place.end.offset);
    (a, place(x), x.rule, x.identity).cmp(&(b, place(y), y.rule, y.identity))
}

/// Findings in order, each with its identity and the count of equal ones before it as fingerprint.
pub(super) fn fingerprinted(findings: Vec<Found>) -> Vec<(usize, Placed)> {
    let mut equals: FxHashMap<u64, u64> = FxHashMap::default();
    let each = findings.into_iter().map(|(ordinal, finding, elsewhere)| {
        let count = equals.entry(finding.identity).and_modify(|n| *n += 1).or_default();
        let fingerprint = stable_hash([&finding.identity.to_le_bytes()[..], &count.to_le_bytes()]);
        (ordinal, Placed { finding, elsewhere, fingerprint })
    });
    each.collect()
}

impl Placed {
    /// The message in `language`, with the lines of this version.
    pub fn message(&self, checked: &Checked, language: Language) -> String {
        self.finding.message.text(language, |related| checked.related_line(&self.finding, related))
    }
}

impl Checked {
    /// `text` checked at once.
    pub fn of(text: &str, settings: &Arc<Settings>) -> Checked {
        Checked::with(&Analysis::of(text), settings, ArchiveMatches::default())
    }

    /// A draft checked at once, with what the archive holds of it.
    pub fn with(analysis: &Analysis, settings: &Arc<Settings>, matches: ArchiveMatches) -> Checked {
        let mut schedule = Schedule::new(Arc::clone(settings));
        schedule.set_matches(matches);
        schedule.run(analysis, &Cancel::default()).unwrap_or_default()
    }

    /// The one-based line of the n-th related place of `finding`.
    pub fn related_line(&self, finding: &Finding, related: usize) -> usize {
        let place = finding.related.get(related).map(|r| r.place);
        let start = |p: Place| Some(self.analysis.table.find(p.start.block)?.0.line + p.start.line as usize + 1);
        place.and_then(start).unwrap_or(0)
    }
}
