//! What exemplars count (指标): nouns with their units, verbs and orders of magnitude. 提案 is counted in 件 after 立案.

use super::seen::{Numbered, Seen};
use crate::analysis::{Analysis, Located};
use crate::figures::{Class, Decimal};
use crate::profile::Metric;
use crate::text::han::is_han;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// A figure of an exemplar.
#[derive(Debug)]
pub(super) struct Counted {
    noun: String,
    verb: Option<String>,
    unit: String,
    value: Decimal,
    line: u32,
}

/// A metric's noun, in characters: a longer one is a clause, a shorter one counts anything.
const NOUN: std::ops::RangeInclusive<usize> = 2..=8;

/// The figures of `analysis`, whose mentions are given, of which noun and unit are told.
pub(super) fn counted(analysis: &Analysis, mentions: &[Located]) -> Vec<Counted> {
    let figures =
        mentions.iter().filter(|located| matches!(located.mention.class, Class::Figure | Class::Money | Class::Rate));
    let counted = figures.filter_map(|located| {
        let noun = located.metric().filter(|noun| NOUN.contains(&noun.chars().count()) && noun.chars().all(is_han))?;
        Some(Counted {
            noun,
            verb: located.verb(),
            unit: located.mention.unit()?.to_owned(),
            value: located.mention.value()?,
            line: analysis.rope.byte_to_line(located.bytes.start) as u32 + 1,
        })
    });
    counted.collect()
}

#[derive(Default)]
struct Gathered<'e> {
    seen: Seen,
    units: BTreeMap<&'e str, u32>,
    verbs: BTreeMap<&'e str, u32>,
    values: Vec<Decimal>,
}

/// The metrics that at least `least` documents count, the most widespread first.
pub(super) fn metrics(exemplars: &[Numbered<'_>], least: u32) -> Vec<Metric> {
    let mut by_noun: BTreeMap<&str, Gathered<'_>> = BTreeMap::new();
    for numbered in exemplars {
        for counted in &numbered.1.counted {
            let gathered = by_noun.entry(&counted.noun).or_default();
            gathered.seen.add(*numbered, counted.line);
            *gathered.units.entry(&counted.unit).or_default() += 1;
            if let Some(verb) = &counted.verb {
                *gathered.verbs.entry(verb).or_default() += 1;
            }
            gathered.values.push(counted.value);
        }
    }
    let kept = by_noun.into_iter().filter(|(_, gathered)| gathered.seen.documents() >= least);
    let mut metrics: Vec<Metric> = kept
        .map(|(noun, Gathered { seen, units, verbs, values })| Metric {
            noun: noun.to_owned(),
            units: commonest(units),
            verbs: commonest(verbs),
            least: values.iter().min().map(Decimal::to_string).unwrap_or_default(),
            most: values.iter().max().map(Decimal::to_string).unwrap_or_default(),
            support: seen.support(),
        })
        .collect();
    // Stable: of equal support in the order of the nouns.
    metrics.sort_by_key(|metric| (Reverse(metric.support.documents), Reverse(metric.support.instances)));
    metrics
}

fn commonest(counts: BTreeMap<&str, u32>) -> Vec<String> {
    let mut counts: Vec<(&str, u32)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| Reverse(*count));
    counts.into_iter().map(|(word, _)| word.to_owned()).collect()
}
