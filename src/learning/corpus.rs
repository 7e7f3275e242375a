//! The letters of all exemplars in one row, as repeats are looked for in them, and the way back from a letter to its
//! exemplar.

use super::Exemplar;
use super::exemplar::Passage;
use crate::profile::{Border, Run};
use rayon::prelude::*;
use std::ops::Range;

/// The letters of all exemplars, run behind run. Places are indexes of `letters`.
pub(super) struct Corpus<'e> {
    pub letters: Vec<char>,
    /// What stands before each letter; runs begin with a mark or a cut.
    pub before: Vec<Border>,
    /// The runs in order, and which of them each letter is of: places are asked for their documents all the time.
    runs: Vec<Place<'e>>,
    owner: Vec<u32>,
}

/// A run, where its letters begin in the row, and whose it is.
struct Place<'e> {
    start: u32,
    run: Run,
    passage: &'e Passage,
    exemplar: &'e Exemplar,
    document: u32,
}

impl<'e> Corpus<'e> {
    /// The corpus of `exemplars`, of which each is a document of that number.
    pub fn of(exemplars: &'e [Exemplar], documents: &[u32]) -> Corpus<'e> {
        let read = exemplars.par_iter().zip(documents).map(|(exemplar, document)| {
            let runs = |passage: &'e Passage| {
                let place = |run| Place { start: 0, run, passage, exemplar, document: *document };
                passage.runs().into_iter().map(place).collect::<Vec<_>>()
            };
            exemplar.passages.iter().flat_map(runs).collect::<Vec<_>>()
        });
        let mut corpus = Corpus { letters: Vec::new(), before: Vec::new(), runs: Vec::new(), owner: Vec::new() };
        for mut place in read.collect::<Vec<_>>().into_iter().flatten() {
            place.start = corpus.letters.len() as u32;
            corpus.letters.extend(place.run.letters.iter().map(|letter| letter.value));
            corpus.before.extend(place.run.letters.iter().map(|letter| letter.before));
            corpus.owner.resize(corpus.letters.len(), corpus.runs.len() as u32);
            corpus.runs.push(place);
        }
        corpus
    }

    fn run(&self, at: u32) -> &Place<'e> {
        &self.runs[self.owner[at as usize] as usize]
    }

    /// The runs as ranges of letters.
    pub fn runs(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        self.runs.iter().map(|place| place.start as usize..place.start as usize + place.run.letters.len())
    }

    /// The end of the run that holds letter `at`.
    pub fn end(&self, at: u32) -> u32 {
        let place = self.run(at);
        place.start + place.run.letters.len() as u32
    }

    /// The document that letter `at` is of.
    pub fn document(&self, at: u32) -> u32 {
        self.run(at).document
    }

    /// What stands behind letter `at`.
    pub fn behind(&self, at: u32) -> Border {
        let place = self.run(at);
        place.run.behind((at - place.start) as usize)
    }

    /// The letter before letter `at` in its run.
    pub fn letter_before(&self, at: u32) -> Option<char> {
        (self.run(at).start < at).then(|| self.letters[at as usize - 1])
    }

    /// The letters before letter `at` in its run.
    pub fn said_before(&self, at: u32) -> &[char] {
        &self.letters[self.run(at).start as usize..at as usize]
    }

    /// The letters behind letter `at` in its run.
    pub fn rest(&self, at: u32) -> &[char] {
        &self.letters[at as usize + 1..self.end(at) as usize]
    }

    /// Letters `at` to `at + length` as they are written, marks included.
    pub fn written(&self, at: u32, length: usize) -> &'e str {
        let place = self.run(at);
        let first = (at - place.start) as usize;
        let (first, last) = (&place.run.letters[first], &place.run.letters[first + length - 1]);
        let reading = &place.passage.reading;
        let (start, end) = (first.at as usize, last.end());
        // A quotation mark that closes what was opened within belongs to it.
        let opened = reading[start..end].chars().fold(0i32, |open, c| open + i32::from(c == '“') - i32::from(c == '”'));
        let closes = opened == 1 && reading[end..].starts_with('”');
        &reading[start..end + if closes { '”'.len_utf8() } else { 0 }]
    }

    /// Where letter `at` stands: file and line.
    pub fn place(&self, at: u32) -> String {
        let place = self.run(at);
        format!("{}:{}", place.exemplar.name, place.passage.line)
    }
}
