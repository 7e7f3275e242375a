//! What reports of a kind speak of, and in which order. Topics are named by a table (`topics.tsv`), and by each exemplar's
//! own words it is told which of them it has and where it comes to speak of them first: in a heading or lead-in if there
//! is one with such a word, else in its text. The table is of the reports of a 政协; only exemplars of that kind are asked.

use super::seen::{Numbered, Seen, hundredths};
use crate::analysis::Analysis;
use crate::draft::Role;
use crate::profile::Topic;
use crate::text::{Fold, Reading};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

const TABLE: &str = include_str!("topics.tsv");

/// The topics and their terms.
static TOPICS: LazyLock<Vec<(&str, Vec<&str>)>> = LazyLock::new(|| {
    let row = |line: &'static str| {
        let (topic, terms) = line.split_once('\t')?;
        Some((topic, terms.split('|').collect()))
    };
    TABLE.lines().skip(1).filter_map(row).collect()
});

/// A topic of an exemplar.
#[derive(Debug)]
pub(super) struct Spoken {
    topic: usize,
    /// Hundredths of the text.
    position: u32,
    line: u32,
    /// How many of its headings and paragraphs have a term of it.
    times: u32,
}

/// Which topics `analysis` has.
pub(super) fn spoken(analysis: &Analysis) -> Vec<Spoken> {
    let length = analysis.rope.len_bytes();
    let mut found: BTreeMap<usize, (bool, Spoken)> = BTreeMap::new();
    for passage in analysis.passages(0..analysis.table.len()).into_iter().filter(|passage| passage.han > 0) {
        // As it is read: the source has 社情 民意 where a line was broken.
        let reading = Reading::of(&analysis.source(passage.bytes.clone()), Fold::None);
        let text = reading.text();
        let role = analysis.outline.role(passage.first);
        let heads = matches!(role, Role::Heading | Role::LeadIn);
        for (topic, _) in TOPICS.iter().enumerate().filter(|(_, (_, terms))| terms.iter().any(|t| text.contains(t))) {
            let here = || Spoken {
                topic,
                position: hundredths(passage.bytes.start, length),
                line: analysis.rope.byte_to_line(passage.bytes.start) as u32 + 1,
                times: 0,
            };
            let (headed, spoken) = found.entry(topic).or_insert_with(|| (heads, here()));
            if heads && !*headed {
                (*headed, *spoken) = (true, Spoken { times: spoken.times, ..here() });
            }
            spoken.times += 1;
        }
    }
    found.into_values().map(|(_, spoken)| spoken).collect()
}

/// The topics that nearly all exemplars of the kind have (four of five), in their usual order.
pub(super) fn topics(exemplars: &[Numbered<'_>]) -> Vec<Topic> {
    let mut by_topic: BTreeMap<usize, (Seen, Vec<u32>, u32)> = BTreeMap::new();
    let of_kind = exemplars.iter().filter(|(_, exemplar)| exemplar.topics.is_some());
    let documents = of_kind.clone().map(|(document, _)| document).collect::<BTreeSet<_>>().len() as u32;
    for numbered in of_kind {
        for spoken in numbered.1.topics.iter().flatten() {
            let (seen, positions, times) = by_topic.entry(spoken.topic).or_default();
            seen.add(*numbered, spoken.line);
            positions.push(spoken.position);
            *times += spoken.times;
        }
    }
    let kept = by_topic.into_iter().filter(|(_, (seen, ..))| documents >= 2 && 5 * seen.documents() >= 4 * documents);
    let mut topics: Vec<Topic> = kept
        .map(|(topic, (seen, mut positions, times))| {
            positions.sort_unstable();
            let (name, terms) = &TOPICS[topic];
            let mut support = seen.support();
            support.instances = times;
            Topic {
                name: (*name).to_owned(),
                terms: terms.iter().map(|term| (*term).to_owned()).collect(),
                position: positions[positions.len() / 2],
                of: documents,
                support,
            }
        })
        .collect();
    topics.sort_by_key(|topic| topic.position);
    topics
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_names_each_topic_and_term_once() {
        let mut words: Vec<&str> =
            TOPICS.iter().flat_map(|(topic, terms)| terms.iter().chain([topic])).copied().collect();
        assert_eq!(TOPICS.len(), TABLE.lines().count() - 1);
        assert!(words.iter().all(|word| word.chars().all(crate::text::han::is_han) && !word.is_empty()));
        words.sort_unstable();
        words.dedup();
        assert!(words.len() > 3 * TOPICS.len());
    }
}
