//! What other reports hold of a draft's paragraphs. The archive finds it and the core takes it as an input that nothing
//! changes: no rule reads another file.

use super::copies::{Copy, Likeness, Measure, is_text};
use super::{Text, told};
use crate::analysis::{Analysis, Passage};
use crate::draft::BlockId;
use crate::draft::identity::Identity;
use crate::profile::Phrases;
use crate::similarity::Key;
use crate::text::position::{Encoding, Position, from_byte};
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

/// The shortest paragraph that is looked for, in Han: what rules speak of may be longer.
pub const FEWEST_HAN: u32 = 40;

/// Another report, as far as a rule needs to know it.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    pub path: Arc<Path>,
    pub identity: Identity,
    /// Han of its running text.
    pub han: u32,
}

impl Report {
    /// The file's name, as messages show it.
    pub fn name(&self) -> String {
        self.path.file_name().unwrap_or(self.path.as_os_str()).to_string_lossy().into_owned()
    }
}

/// Another report with its text, read to compare with.
#[derive(Debug)]
pub struct Other {
    pub report: Arc<Report>,
    pub analysis: Analysis,
}

impl Other {
    pub fn of(path: &Path, text: &str) -> Other {
        let analysis = Analysis::blocks_of(text);
        let report = Report { path: path.into(), identity: analysis.portrait().identity, han: han(&analysis) };
        Other { report: Arc::new(report), analysis }
    }
}

/// Han of a draft's running text.
pub fn han(analysis: &Analysis) -> u32 {
    analysis.table.iter().map(|(_, block)| block.facts.han).sum()
}

/// A stretch of another report: where it stands in every encoding, and what it says.
#[derive(Clone, Debug, PartialEq)]
pub struct Elsewhere {
    pub report: Arc<Report>,
    start: [Position; 3],
    end: [Position; 3],
    /// As it is written, without layout.
    pub text: String,
}

impl Elsewhere {
    fn of(other: &Other, text: &Text, range: Range<usize>) -> Elsewhere {
        let bytes = text.bytes(range.clone());
        let at = |byte| Encoding::ALL.map(|encoding| from_byte(&other.analysis.rope, byte, encoding));
        Elsewhere {
            report: Arc::clone(&other.report),
            start: at(bytes.start),
            end: at(bytes.end),
            text: text.written(&other.analysis, range),
        }
    }

    /// One-based.
    pub fn line(&self) -> usize {
        self.start[0].line as usize + 1
    }

    pub fn positions(&self, encoding: Encoding) -> (Position, Position) {
        (self.start[encoding as usize], self.end[encoding as usize])
    }
}

/// A paragraph of another report that one of the draft's is a copy of.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    pub elsewhere: Elsewhere,
    pub likeness: Likeness,
    /// Hundredths.
    pub similarity: usize,
    /// Han of what is alike.
    pub han: u32,
    /// What is alike, and within it what differs; in characters of the draft's paragraph.
    pub own: Range<usize>,
    pub differences: Vec<Range<usize>>,
    /// The differences in words, Chinese and English; empty if there are none.
    pub named: (String, String),
}

impl Match {
    /// Whether `text`, a paragraph of `analysis`, is a copy of `passage` in `other`, and not of `learned` phrases.
    pub fn of(analysis: &Analysis, text: &Text, other: &Other, passage: Passage, learned: &Phrases) -> Option<Match> {
        const MEASURE: Measure = Measure { fewest_han: FEWEST_HAN, similarity: Measure::STANDARD };
        if !is_text(&other.analysis, &passage) {
            return None;
        }
        let copy = Copy::elsewhere(text, Text::of(&other.analysis, passage), MEASURE, learned)?;
        let told = told::told(text, &copy);
        let named = match told.is_empty() && !copy.is_reordered {
            true => (String::new(), String::new()),
            false => told::named((analysis, text), (&other.analysis, &copy), &told),
        };
        Some(Match {
            elsewhere: Elsewhere::of(other, &copy.text, copy.range.clone()),
            likeness: copy.likeness,
            similarity: copy.similarity(),
            han: copy.han(text),
            own: copy.own.clone(),
            differences: copy.differences.iter().map(|d| d.first.clone()).collect(),
            named,
        })
    }
}

/// What the archive holds of a draft's paragraphs.
#[derive(Clone, Debug, Default)]
pub struct ArchiveMatches {
    /// By the paragraph's first block; the key tells whether the paragraph still reads as it did.
    by_passage: BTreeMap<BlockId, (Key, Arc<[Match]>)>,
}

impl ArchiveMatches {
    /// Takes what was found for a paragraph, the best match first.
    pub fn set(&mut self, first: BlockId, key: Key, matches: Vec<Match>) {
        match matches.is_empty() {
            true => self.by_passage.remove(&first),
            false => self.by_passage.insert(first, (key, matches.into())),
        };
    }

    /// Forgets a block that heads no paragraph any more.
    pub fn remove(&mut self, first: BlockId) {
        self.by_passage.remove(&first);
    }

    pub fn is_empty(&self) -> bool {
        self.by_passage.is_empty()
    }

    /// The running text of `analysis` that stands in other reports, in document order.
    pub fn passages<'m>(&'m self, analysis: &'m Analysis) -> impl Iterator<Item = (Passage, &'m [Match])> {
        self.by_passage.iter().filter_map(|(first, (key, matches))| {
            let passage = analysis.passage(*first).filter(|p| p.key == *key && is_text(analysis, p))?;
            Some((passage, &**matches))
        })
    }
}
