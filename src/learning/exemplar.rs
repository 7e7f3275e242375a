//! One exemplar (范文), read: all that learning keeps of it. The analysis itself is let go of at once, so that a thousand
//! reports take the memory of their text and not of their analyses.

use super::headings::Headings;
use super::layout::Marks;
use super::likeness::Inside;
use super::metrics::{self, Counted};
use super::numbers::Written;
use super::sections::{self, Spoken};
use crate::analysis::Analysis;
use crate::figures::{self, Class};
use crate::profile::{Run, runs};
use crate::similarity::fingerprint::Fingerprints;
use crate::text::{Fold, Reading};
use std::ops::Range;
use xxhash_rust::xxh3::xxh3_64;

/// What learning keeps of an exemplar.
#[derive(Debug)]
pub struct Exemplar {
    /// The file's name, without its folder.
    pub name: String,
    pub hash: u64,
    /// Letters of its running text.
    pub characters: u64,
    pub(super) passages: Vec<Passage>,
    /// The fingerprints of its paragraphs, ascending, none twice.
    pub(super) fingerprints: Vec<u32>,
    pub(super) headings: Headings,
    pub(super) counted: Vec<Counted>,
    /// Of an exemplar of the kind that has them.
    pub(super) topics: Option<Vec<Spoken>>,
    pub(super) inside: Inside,
    pub(super) marks: Marks,
    pub(super) written: Written,
}

/// A paragraph or a heading, as a phrase may stand in it.
#[derive(Debug)]
pub(super) struct Passage {
    pub reading: String,
    /// One-based.
    pub line: u32,
    pub han: u32,
    /// Stretches that no phrase goes through: numbers with what they count, times, terms of office, the exemplar's own
    /// place. In order, in bytes of the reading.
    pub cuts: Vec<Range<usize>>,
}

impl Exemplar {
    /// Reads the text of file `name`.
    pub fn read(name: &str, text: &str) -> Exemplar {
        let analysis = Analysis::of(text);
        let identity = analysis.portrait().identity;
        let is_of_kind = identity.tells_of_a_consultative_body();
        let mentions = analysis.mentions();
        let own = own_name(identity.place.map(|said| said.value));
        let (mut passages, mut fingerprints) = (Vec::new(), Vec::new());
        for passage in analysis.passages(0..analysis.table.len()).into_iter().filter(|passage| passage.han > 0) {
            let source = analysis.source(passage.bytes.clone());
            fingerprints.extend(Fingerprints::of(&source).values);
            let reading = Reading::of(&source, Fold::None).text().to_owned();
            let numbers = figures::numbers(&reading).into_iter().filter(|m| is_cut(m.class)).map(|m| m.range);
            let own =
                own.iter().flat_map(|name| reading.match_indices(name.as_str()).map(|(at, name)| at..at + name.len()));
            let mut cuts: Vec<Range<usize>> = numbers.chain(own).collect();
            cuts.sort_by_key(|cut| (cut.start, cut.end));
            let line = analysis.rope.byte_to_line(passage.bytes.start) as u32 + 1;
            passages.push(Passage { reading, line, han: passage.han, cuts });
        }
        fingerprints.sort_unstable();
        fingerprints.dedup();
        let letters = |passage: &Passage| passage.reading.chars().filter(|c| c.is_alphanumeric()).count() as u64;
        Exemplar {
            name: name.to_owned(),
            hash: xxh3_64(text.as_bytes()),
            characters: passages.iter().map(letters).sum(),
            passages,
            fingerprints,
            headings: Headings::of(&analysis),
            counted: metrics::counted(&analysis, &mentions),
            topics: is_of_kind.then(|| sections::spoken(&analysis)),
            inside: Inside::of(&analysis),
            marks: Marks::of(text),
            written: Written::of(&mentions),
        }
    }
}

impl Passage {
    /// The runs of its reading that go through no cut.
    pub fn runs(&self) -> Vec<Run> {
        // Cuts of numbers do not overlap, and a place's name holds no number: the last that begins before is the one.
        runs(&self.reading, |at| {
            let begun = self.cuts.partition_point(|cut| cut.start <= at);
            begun > 0 && self.cuts[begun - 1].contains(&at)
        })
    }
}

/// Whether a phrase with this in it would be one of a year, of a term, or of a result.
fn is_cut(class: Class) -> bool {
    let is_count = matches!(class, Class::Figure | Class::Rate | Class::Money | Class::ListCount);
    is_count || class.is_time() || matches!(class, Class::Anniversary | Class::Term | Class::Ordinal | Class::Numbering)
}

/// What names a place in a text: 平罗, which stands in 平罗县 too.
fn own_name(place: Option<String>) -> Option<String> {
    let short = place.as_ref().and_then(|name| name.strip_suffix(['省', '市', '县', '区', '州', '旗']));
    let short = short.filter(|stem| stem.chars().count() >= 2).map(str::to_owned);
    short.or(place)
}
