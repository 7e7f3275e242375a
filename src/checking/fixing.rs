//! A text with its findings mended, pass after pass, until nothing is left that may be mended.

use super::Checked;
use crate::findings::Applicability;
use crate::findings::fix::apply;
use crate::rules::Settings;
use crate::text::Change;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

/// A text after fixes, and how many were applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fixed {
    pub text: String,
    pub applied: usize,
}

/// No draft needs more passes: each applies every fix that does not exclude another, and what is left over comes from
/// chains and classes of more than two. Beyond it something is wrong with a rule, and stopping loses nothing.
const MOST_PASSES: usize = 100;

/// Applies the preferred fix of every finding that has one up to `allowed`, until none is left.
pub fn to_fixed_point(text: &str, settings: &Arc<Settings>, allowed: Applicability) -> Fixed {
    to_fixed_point_by(text, allowed, |text| Checked::of(text, settings))
}

/// As `to_fixed_point`, for drafts that are checked with more than their settings.
pub fn to_fixed_point_by(text: &str, allowed: Applicability, check: impl Fn(&str) -> Checked) -> Fixed {
    let mut fixed = Fixed { text: text.to_owned(), applied: 0 };
    for _ in 0..MOST_PASSES {
        let changes = pass(&check(&fixed.text), allowed);
        if changes.is_empty() {
            break;
        }
        fixed.applied += changes.len();
        let flat: Vec<Change> = changes.into_iter().flatten().collect();
        fixed.text = apply(&fixed.text, &flat);
    }
    fixed
}

/// One pass: at most one fix for each exclusive key, none that overlaps another. Ascending.
fn pass(checked: &Checked, allowed: Applicability) -> Vec<Vec<Change>> {
    let (mut chosen, mut keys, mut taken) = (Vec::new(), HashSet::new(), Vec::<Range<usize>>::new());
    for placed in checked.findings.iter() {
        let Some(fix) = placed.finding.fixes.iter().find(|f| f.applicability <= allowed) else { continue };
        let Some(changes) = fix.changes(&checked.analysis).filter(|c| !c.is_empty()) else { continue };
        let hull = changes[0].range.start..changes[changes.len() - 1].range.end;
        // Whole hulls are kept apart: two renumberings that interleave would each count on the other's headings.
        if keys.contains(&fix.key) || taken.iter().any(|t| t.start <= hull.end && hull.start <= t.end) {
            continue;
        }
        keys.insert(fix.key);
        taken.push(hull);
        chosen.push(changes);
    }
    chosen.sort_by_key(|changes| changes[0].range.start);
    chosen
}
