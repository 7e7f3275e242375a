//! The background of likeness: how like paragraphs of good reports are that are no copies, and from which edit similarity
//! on `duplicates/paragraph` takes two for copies without marking what is meant.
//!
//! Inside an exemplar the rule's own decision is asked, at its standard threshold: what it would mark there is a false
//! alarm, because the exemplars are good. Only from 86 on are two taken for copies, whoever wrote them. Across exemplars a sample
//! of paragraphs is compared through an index; that tells how like two writers come, and decides nothing.

use super::seen::Numbered;
use crate::analysis::Analysis;
use crate::comparison::{Measure, Text, copies, follow_their_titles, is_text, similarity};
use crate::profile::{Likeness, Phrases, Support};
use crate::similarity::align;
use crate::similarity::fingerprint::{Fingerprints, due};
use crate::similarity::index::Index;
use crate::text::han::fold_width;
use rayon::prelude::*;
use std::collections::BTreeSet;
use xxhash_rust::xxh3::xxh3_64;

/// Han of the shortest paragraph that the rule speaks of.
const FEWEST_HAN: u32 = 40;
/// From where on two paragraphs are told to be alike at all: below the lowest threshold it does not matter.
const MEASURE: Measure = Measure { fewest_han: FEWEST_HAN, similarity: Likeness::STANDARD as usize };
/// Paragraphs that must have been read: fewer cannot show a rate of one in a thousand.
const ENOUGH: u32 = 1000;
/// Paragraphs of an exemplar that are aligned with others, and paragraphs of all that are compared across: what bounds the
/// time. The former are a sample: the paragraphs are taken in the order of their hashes until so many were aligned.
const MOST_ALIGNED: usize = 32;
const SAMPLE: usize = 1024;

/// What an exemplar says of likeness.
#[derive(Debug, Default)]
pub(super) struct Inside {
    paragraphs: u32,
    /// Similarity, in hundredths, and line of the paragraphs that are like another and no copy of it.
    like: Vec<(u32, u32)>,
}

impl Inside {
    pub fn of(analysis: &Analysis) -> Inside {
        let (mut inside, mut aligned) = (Inside::default(), 0);
        let none = Phrases::default();
        let mut passages = analysis.passages(0..analysis.table.len());
        passages.sort_by_key(|passage| passage.key.value());
        for passage in passages {
            if passage.han < FEWEST_HAN || !is_text(analysis, &passage) || analysis.repeats.contains_key(&passage.key) {
                continue;
            }
            if let Some(candidates) = analysis.candidates.get(&passage.first) {
                if aligned == MOST_ALIGNED {
                    break;
                }
                aligned += 1;
                let line = analysis.rope.byte_to_line(passage.bytes.start) as u32 + 1;
                let text = Text::of(analysis, passage);
                let mut found = copies(analysis, &text, candidates, MEASURE, &none);
                found.retain(|copy| !follow_their_titles(analysis, &text, copy));
                if let Some(like) = found.iter().map(|copy| copy.similarity() as u32).max() {
                    inside.like.push((like, line));
                }
            }
            inside.paragraphs += 1;
        }
        inside
    }
}

/// The background of all exemplars. Of copies of one report the first counts.
pub(super) fn likeness(exemplars: &[Numbered<'_>]) -> Likeness {
    let (mut seen, mut support) = (BTreeSet::new(), Support::default());
    let (mut background, mut highest) = (Vec::new(), None);
    for (_, exemplar) in exemplars.iter().filter(|(document, _)| seen.insert(*document)) {
        support.documents += u32::from(exemplar.inside.paragraphs > 0);
        support.instances += exemplar.inside.paragraphs;
        for (like, line) in exemplar.inside.like.iter().filter(|(like, _)| Likeness::THRESHOLDS.end() >= like) {
            background.push(*like);
            if highest.as_ref().is_none_or(|(most, _)| like > most) {
                highest = Some((*like, format!("{}:{line}", exemplar.name)));
            }
        }
    }
    let (inside, example) = highest.unwrap_or_default();
    let alarms = |threshold: u32| background.iter().filter(|like| **like >= threshold).count() as u32;
    let is_quiet = |threshold: &u32| ENOUGH * alarms(*threshold) <= support.instances;
    let learned = || Likeness::THRESHOLDS.clone().find(is_quiet).unwrap_or(*Likeness::THRESHOLDS.end());
    let threshold = (support.instances >= ENOUGH).then(learned);
    let alarms = alarms(threshold.unwrap_or(Likeness::STANDARD));
    Likeness { threshold, alarms, inside, across: across(exemplars), support: Support { example, ..support } }
}

/// A paragraph of the sample.
struct Sampled {
    document: u32,
    characters: Vec<char>,
    fingerprints: Fingerprints,
}

/// How like the likest two paragraphs of two exemplars are that are no copies.
fn across(exemplars: &[Numbered<'_>]) -> u32 {
    let long = exemplars.iter().flat_map(|(document, exemplar)| {
        exemplar.passages.iter().filter(|p| p.han >= FEWEST_HAN).map(|p| (xxh3_64(p.reading.as_bytes()), *document, p))
    });
    let mut long: Vec<_> = long.collect();
    long.sort_unstable_by_key(|(hash, document, _)| (*hash, *document));
    long.truncate(SAMPLE);
    let sample: Vec<Sampled> = long
        .into_par_iter()
        .map(|(_, document, passage)| Sampled {
            document,
            characters: passage.reading.chars().map(fold_width).collect(),
            fingerprints: Fingerprints::of(&passage.reading),
        })
        .collect();
    let mut index = Index::default();
    for (number, sampled) in sample.iter().enumerate() {
        for fingerprint in &sampled.fingerprints.values {
            index.add(*fingerprint, number as u32);
        }
    }
    let likest = sample.par_iter().enumerate().map(|(number, own)| {
        let is_other = |(other, shared): &(u32, usize)| {
            let sampled = &sample[*other as usize];
            (*other as usize) < number
                && sampled.document != own.document
                && *shared >= due(own.fingerprints.characters, sampled.fingerprints.characters)
        };
        let candidates = index.sharing(&own.fingerprints.values).into_iter().filter(is_other);
        let like = candidates.filter_map(|(other, _)| like(&own.characters, &sample[other as usize].characters));
        like.filter(|like| Likeness::THRESHOLDS.end() >= like).max().unwrap_or(0)
    });
    likest.max().unwrap_or(0)
}

/// Edit similarity in hundredths, if the two are alike at all.
fn like(a: &[char], b: &[char]) -> Option<u32> {
    let length = a.len().max(b.len());
    let edits = align::distance(a, b, MEASURE.most_edits(length))?;
    Some(similarity(edits, length) as u32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learning::Exemplar;

    /// Paragraph `n`: no two are alike.
    fn paragraph(n: usize) -> String {
        let letter = |k: usize| char::from_u32(0x4e00 + (xxh3_64(&[n as u8, (n >> 8) as u8, k as u8]) % 20_000) as u32);
        (0..60).filter_map(letter).collect::<String>() + "。\n"
    }

    /// `text` with every `nth` character another.
    fn changed(text: &str, nth: usize) -> String {
        text.chars().enumerate().map(|(n, c)| if n % nth == nth - 1 && n < 60 { '囗' } else { c }).collect()
    }

    fn learned(text: &str) -> Likeness {
        likeness(&[(0, &Exemplar::read("甲.txt", text))])
    }

    #[test]
    fn few_paragraphs_teach_no_threshold() {
        let like = learned(&(0..20).map(paragraph).collect::<String>());
        assert_eq!((like.threshold, like.inside, like.support.instances), (None, 0, 20));
    }

    #[test]
    fn what_good_reports_have_raises_the_threshold_and_copies_do_not() {
        let plain: String = (0..1200).map(paragraph).collect();
        assert_eq!(learned(&plain).threshold, Some(Likeness::STANDARD));
        // Four pairs of 79: more than one in a thousand.
        let framed: String = (0..4).map(|n| changed(&paragraph(n), 5)).collect();
        let like = learned(&format!("{plain}{framed}"));
        assert_eq!((like.threshold, like.alarms), (Some(like.inside + 1), 0), "{like:?}");
        let copied: String = (0..4).map(|n| changed(&paragraph(n), 20)).collect();
        assert_eq!(learned(&format!("{plain}{copied}")).threshold, Some(Likeness::STANDARD));
    }
}
