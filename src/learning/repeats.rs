//! Maximal repeats over documents (极大重复串): every stretch of letters that stands in several documents and cannot be made
//! longer on either side without losing one of its places.
//!
//! A suffix array of 10 million letters would take 80 MB and most of it would be of no use: only places count whose first
//! eight letters stand in another document too. So places are dealt out by the hash of those letters, part by part, so
//! that memory stays bounded; within a part those of equal letters are sorted by what follows, and the intervals of equal
//! beginnings in that order are the repeats (Abouelhoda, Kurtz and Ohlebusch 2004, on the part of the array that is left).

use super::corpus::Corpus;
use crate::profile::LEAST_CHARACTERS;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::ops::Range;

/// A longer repeat is no phrase: it was copied.
const LONGEST: usize = 60;

/// Places that are looked at in one part, about: 16 bytes each.
const PART: usize = 1 << 20;

/// A stretch of letters and all its places, ascending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Repeat {
    pub length: usize,
    pub places: Vec<u32>,
}

impl Repeat {
    pub fn letters<'c>(&self, corpus: &'c Corpus<'_>) -> &'c [char] {
        let start = self.places[0] as usize;
        &corpus.letters[start..start + self.length]
    }

    /// A stretch of its letters, at the same places.
    pub fn part(&self, range: Range<usize>) -> Repeat {
        let places = self.places.iter().map(|at| at + range.start as u32).collect();
        Repeat { length: range.len(), places }
    }

    /// In how many documents its places are.
    pub fn documents(&self, corpus: &Corpus<'_>) -> u32 {
        count_documents(corpus, &self.places)
    }
}

/// In how many documents `places` are.
pub(super) fn count_documents(corpus: &Corpus<'_>, places: &[u32]) -> u32 {
    let mut documents: Vec<u32> = places.iter().map(|at| corpus.document(*at)).collect();
    documents.sort_unstable();
    documents.dedup();
    documents.len() as u32
}

/// The maximal repeats of at least `least` documents, each as `shaped`: whole, or what of it is of use, with all places of
/// that. In the order of their letters.
pub(super) fn repeats(
    corpus: &Corpus<'_>,
    least: u32,
    shaped: impl Fn(Repeat) -> Option<Repeat> + Sync,
) -> Vec<Repeat> {
    let parts = corpus.letters.len() / PART + 1;
    let found = (0..parts).into_par_iter().flat_map_iter(|part| {
        let mut places = openings(corpus, part, parts);
        places.sort_unstable();
        let mut found = Vec::new();
        for equal in places.chunk_by(|a, b| a.0 == b.0).filter(|equal| equal.len() >= least as usize) {
            let mut places: Vec<u32> = equal.iter().map(|(_, at)| *at).collect();
            if count_documents(corpus, &places) >= least {
                of_one_opening(corpus, least, &mut places, &shaped, &mut found);
            }
        }
        found
    });
    // A part of a repeat has the places of all repeats that it is a part of.
    let mut by_letters: BTreeMap<&[char], Vec<u32>> = BTreeMap::new();
    for repeat in found.collect::<Vec<_>>() {
        by_letters.entry(repeat.letters(corpus)).or_default().extend(repeat.places);
    }
    let whole = |(letters, mut places): (&[char], Vec<u32>)| {
        places.sort_unstable();
        places.dedup();
        Repeat { length: letters.len(), places }
    };
    by_letters.into_iter().map(whole).collect()
}

/// The hashes of the first letters of the places that fall to `part`.
fn openings(corpus: &Corpus<'_>, part: usize, parts: usize) -> Vec<(u64, u32)> {
    /// Odd, so that no letter is lost; its power takes out the letter that falls behind.
    const BASE: u64 = 0x9e37_79b9_7f4a_7c15;
    const OUT: u64 = BASE.wrapping_pow(LEAST_CHARACTERS as u32);
    let mut found = Vec::new();
    for run in corpus.runs() {
        let mut hash = 0u64;
        for at in run.clone() {
            hash = hash.wrapping_mul(BASE).wrapping_add(u64::from(corpus.letters[at]));
            let Some(first) = (at + 1).checked_sub(LEAST_CHARACTERS).filter(|first| *first >= run.start) else {
                continue;
            };
            if first > run.start {
                hash = hash.wrapping_sub(OUT.wrapping_mul(u64::from(corpus.letters[first - 1])));
            }
            // The upper half of the mixed hash deals out, the whole tells apart.
            let mixed = (hash ^ (hash >> 32)).wrapping_mul(BASE);
            if (mixed >> 32) as usize % parts == part {
                found.push((mixed, first as u32));
            }
        }
    }
    found
}

/// The repeats among `places` whose first letters are equal (or, once in a long while, only their hashes).
fn of_one_opening(
    corpus: &Corpus<'_>,
    least: u32,
    places: &mut [u32],
    shaped: &impl Fn(Repeat) -> Option<Repeat>,
    found: &mut Vec<Repeat>,
) {
    let suffix = |at: u32| {
        let end = (corpus.end(at) as usize).min(at as usize + LONGEST + 1);
        &corpus.letters[at as usize..end]
    };
    places.sort_by(|a, b| suffix(*a).cmp(suffix(*b)).then(a.cmp(b)));
    let common = |n: usize| {
        let (a, b) = (suffix(places[n]), suffix(places[n + 1]));
        a.iter().zip(b).take_while(|(x, y)| x == y).count()
    };
    // Intervals of places that begin alike, as a stack of (letters in common, first place).
    let mut open: Vec<(usize, usize)> = Vec::new();
    for n in 0..places.len() {
        let next = if n + 1 < places.len() { common(n) } else { 0 };
        let mut first = n;
        while let Some(&(length, start)) = open.last().filter(|(length, _)| *length > next) {
            open.pop();
            first = start;
            let within = places[start..=n].to_vec();
            let is_long = (LEAST_CHARACTERS..=LONGEST).contains(&length);
            if is_long && is_left_maximal(corpus, &within) && count_documents(corpus, &within) >= least {
                found.extend(shaped(Repeat { length, places: within }));
            }
        }
        if next >= LEAST_CHARACTERS && open.last().is_none_or(|(length, _)| *length < next) {
            open.push((next, first));
        }
    }
}

/// Whether no one letter stands before all places.
fn is_left_maximal(corpus: &Corpus<'_>, places: &[u32]) -> bool {
    let first = corpus.letter_before(places[0]);
    first.is_none() || places.iter().any(|at| corpus.letter_before(*at) != first)
}
