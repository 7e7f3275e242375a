//! How a draft stands to the other reports that it shares paragraphs with: is one of them another version of itself, was
//! the whole draft made from one, or are some paragraphs taken over.

use super::elsewhere::han;
use super::{ArchiveMatches, Likeness, Match, Report};
use crate::analysis::{Analysis, Passage};
use crate::draft::identity::{Identity, Said};
use rustc_hash::FxHashMap;
use std::path::Path;

/// How a draft stands to another report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Another version of the draft: an older copy, an excerpt.
    Version,
    /// The draft was made from it: another year's report, another county's.
    Source {
        /// Of the draft's Han.
        percent: u32,
        paragraphs: usize,
    },
    /// Some paragraphs stand in both.
    Parts,
}

/// A draft's paragraphs that stand in other reports, versions of the draft left aside.
pub struct Reuse<'m> {
    pub identity: Identity,
    pub passages: Vec<(Passage, Vec<&'m Match>)>,
    standings: FxHashMap<&'m Path, Standing>,
}

impl<'m> Reuse<'m> {
    pub fn of(analysis: &'m Analysis, matches: &'m ArchiveMatches) -> Reuse<'m> {
        let identity = analysis.portrait().identity;
        let mut shared: FxHashMap<&Path, (&Report, u32, usize)> = FxHashMap::default();
        let all: Vec<(Passage, &[Match])> = matches.passages(analysis).collect();
        for (passage, found) in &all {
            let mut seen: Vec<&Path> = Vec::new();
            for one in *found {
                let report = &*one.elsewhere.report;
                // One paragraph counts once for each report, however often it stands there.
                if !seen.contains(&&*report.path) {
                    seen.push(&report.path);
                    let han = if one.likeness == Likeness::Around { one.han } else { passage.han };
                    let sum = shared.entry(&report.path).or_insert((report, 0, 0));
                    (sum.1, sum.2) = (sum.1 + han, sum.2 + 1);
                }
            }
        }
        let own = han(analysis);
        let standing = |(path, (report, han, paragraphs))| (path, standing(&identity, own, report, han, paragraphs));
        let standings: FxHashMap<&Path, Standing> = shared.into_iter().map(standing).collect();
        let passages = all.into_iter().map(|(passage, found)| {
            let is_other = |one: &&Match| standings.get(&*one.elsewhere.report.path) != Some(&Standing::Version);
            (passage, found.iter().filter(is_other).collect())
        });
        let passages = passages.filter(|(_, found): &(_, Vec<_>)| !found.is_empty()).collect();
        Reuse { identity, passages, standings }
    }

    pub fn standing(&self, report: &Report) -> Standing {
        self.standings.get(&*report.path).copied().unwrap_or(Standing::Parts)
    }
}

fn standing(identity: &Identity, own: u32, report: &Report, han: u32, paragraphs: usize) -> Standing {
    /// Fewer paragraphs are no whole: a fragment of one pasted paragraph is no version of a report.
    const FEWEST: usize = 5;
    let share = |all: u32| 100 * han / all.max(1);
    let percent = share(own);
    match () {
        () if paragraphs < FEWEST || percent.max(share(report.han)) < 50 => Standing::Parts,
        () if !are_others(identity, &report.identity) => Standing::Version,
        () if percent >= 50 => Standing::Source { percent, paragraphs },
        () => Standing::Parts,
    }
}

/// Whether two drafts say of themselves that they are not the same: another place, body, year or term of office.
pub fn are_others(one: &Identity, other: &Identity) -> bool {
    fn differ<T: PartialEq>(one: &Option<Said<T>>, other: &Option<Said<T>>) -> bool {
        one.as_ref().zip(other.as_ref()).is_some_and(|(one, other)| one.value != other.value)
    }
    differ(&one.place, &other.place)
        || differ(&one.body, &other.body)
        || differ(&one.year, &other.year)
        || differ(&one.term, &other.term)
}
