//! Two texts that say the same in another order: a paragraph in which a sentence was moved is as much a copy as before, but
//! an alignment from the first character to the last pays for the sentence twice.
//!
//! The sentences of one text are looked for in the other, the longest first; those that stand there one behind the other
//! make a **run**. Both texts are so cut into the same runs, and the edits are those between the runs. Nothing is left
//! over on either side, so a summary that has some sentences of a longer text is no copy in another order.

use super::align::{self, Difference};
use crate::text::han::ends_sentence;
use std::ops::Range;

/// How `a` and `b` differ, their order left aside.
#[derive(Debug)]
pub struct Reordered {
    /// One for the order itself.
    pub edits: usize,
    /// In the order of the first text.
    pub differences: Vec<Difference>,
}

/// `a` as `b` in another order, if no more than `most` edits lie between them.
pub fn reordered(a: &[char], b: &[char], most: usize) -> Option<Reordered> {
    /// Cells of an alignment of all with all: two paragraphs of 2,000 characters.
    const MOST_CELLS: usize = 1 << 22;
    /// Each is looked for in each gap that the others leave: a roster of names has hundreds.
    const MOST_SENTENCES: usize = 64;
    if a.len().abs_diff(b.len()) > most || a.len() * b.len() > MOST_CELLS {
        return None;
    }
    let counts = [a, b].map(|text| sentences(text).len());
    if counts == [1, 1] || counts.iter().any(|count| *count > MOST_SENTENCES) || !share_words(a, b) {
        return None;
    }
    // An edited end mark joins two sentences, and only of one text: the original has its own.
    let swapped = |runs: Vec<Difference>| {
        let mut runs: Vec<_> =
            runs.into_iter().map(|run| Difference { first: run.second, second: run.first }).collect();
        runs.sort_by_key(|run| run.first.start);
        runs
    };
    let cuts = [runs(a, b), runs(b, a).map(swapped)];
    cuts.into_iter().flatten().filter_map(|runs| compared(a, b, &runs, most)).min_by_key(|found| found.edits)
}

/// Whether two texts have two fifths of their pairs of neighbouring characters in common: of a copy with a fifth of its
/// characters changed .8 × .8 are left. It costs little, and spares most texts the search.
fn share_words(a: &[char], b: &[char]) -> bool {
    let pairs = |text: &[char]| {
        let mut pairs: Vec<[char; 2]> = text.windows(2).map(|pair| [pair[0], pair[1]]).collect();
        pairs.sort_unstable();
        pairs
    };
    let (a, b) = (pairs(a), pairs(b));
    let (mut shared, mut rest) = (0, b.as_slice());
    for pair in &a {
        rest = &rest[rest.partition_point(|other| other < pair)..];
        if rest.first() == Some(pair) {
            (shared, rest) = (shared + 1, &rest[1..]);
        }
    }
    5 * shared >= 2 * a.len().min(b.len())
}

/// The sentences of a text, all of it.
fn sentences(text: &[char]) -> Vec<Range<usize>> {
    let mut from = 0;
    let parts = text.split_inclusive(|c| ends_sentence(*c));
    let ranges = parts.map(|part| {
        from += part.len();
        from - part.len()..from
    });
    ranges.collect()
}

/// Both texts cut into the stretches that stand for one another, in the order of the first; `None` if they have one order.
fn runs(a: &[char], b: &[char]) -> Option<Vec<Difference>> {
    let sentences = sentences(a);
    let mut order: Vec<usize> = (0..sentences.len()).collect();
    order.sort_by_key(|n| std::cmp::Reverse(sentences[*n].len()));
    let mut places: Vec<Option<Range<usize>>> = vec![None; sentences.len()];
    let whole = 0..b.len();
    let mut free = vec![whole];
    for n in order {
        let sentence = &a[sentences[n].clone()];
        let tried = free.iter().enumerate().filter_map(|(slot, stretch)| {
            let (place, edits) = align::inside(sentence, &b[stretch.clone()], sentence.len() / 2)?;
            Some((edits, slot, stretch.start + place.start..stretch.start + place.end))
        });
        if let Some((_, slot, place)) = tried.min_by_key(|(edits, ..)| *edits) {
            let stretch = free.swap_remove(slot);
            let halves = [stretch.start..place.start, place.end..stretch.end];
            free.extend(halves.into_iter().filter(|half| !half.is_empty()));
            places[n] = Some(place);
        }
    }
    let placed: Vec<Difference> = sentences
        .into_iter()
        .zip(places)
        .filter_map(|(first, place)| Some(Difference { first, second: place? }))
        .collect();
    let mut ranks = vec![0; placed.len()];
    by_second(&placed).into_iter().enumerate().for_each(|(rank, n)| ranks[n] = rank);
    // A sentence that follows in `b` the one that it follows here goes on with its run.
    let mut found: Vec<Difference> = Vec::new();
    for (n, next) in placed.into_iter().enumerate() {
        match found.last_mut().filter(|_| ranks[n] == ranks[n.saturating_sub(1)] + 1) {
            Some(run) => (run.first.end, run.second.end) = (next.first.end, next.second.end),
            None => found.push(next),
        }
    }
    if found.len() < 2 {
        return None;
    }
    // What has no place, and what nobody took, goes with what stands before it.
    let begins: Vec<usize> = found.iter().skip(1).map(|run| run.first.start).chain([a.len()]).collect();
    for (run, next) in found.iter_mut().zip(begins) {
        run.first.end = next;
    }
    found[0].first.start = 0;
    let order = by_second(&found);
    for pair in order.windows(2) {
        found[pair[0]].second.end = found[pair[1]].second.start;
    }
    let (first, last) = (order[0], order[order.len() - 1]);
    (found[first].second.start, found[last].second.end) = (0, b.len());
    Some(found)
}

/// The numbers of `runs` in the order of the second text.
fn by_second(runs: &[Difference]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..runs.len()).collect();
    order.sort_by_key(|n| runs[*n].second.start);
    order
}

/// The edits between the runs, if there are no more than `most`, with the one for their order.
fn compared(a: &[char], b: &[char], runs: &[Difference], most: usize) -> Option<Reordered> {
    let (mut edits, mut differences) = (1, Vec::new());
    for Difference { first, second } in runs {
        let (own, other) = (&a[first.clone()], &b[second.clone()]);
        let count = align::distance(own, other, most.checked_sub(edits)?)?;
        edits += count;
        let found = align::differences(own, other, count).into_iter();
        differences.extend(found.map(|d| d.moved(first.start, second.start)));
    }
    Some(Reordered { edits, differences })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn characters(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    const TEXT: &str =
        "全年召开各类协商会议十二次。组织委员视察乡村振兴项目。反映社情民意信息八十条。帮助群众解决急难愁盼问题。";

    #[test]
    fn a_moved_sentence_costs_one_edit() {
        let moved =
            "组织委员视察乡村振兴项目。反映社情民意信息八十条。全年召开各类协商会议十二次。帮助群众解决急难愁盼问题。";
        let found = reordered(&characters(TEXT), &characters(moved), 10).expect("the same in another order");
        assert_eq!((found.edits, found.differences), (1, Vec::new()));
        let edited = moved.replace("八十", "九十").replace("帮助", "热情帮助");
        let (a, b) = (characters(TEXT), characters(&edited));
        let found = reordered(&a, &b, 10).expect("the same in another order");
        let named = found.differences.iter().map(|d| (&a[d.first.clone()], &b[d.second.clone()]));
        let named: Vec<(String, String)> = named.map(|(x, y)| (x.iter().collect(), y.iter().collect())).collect();
        // 热情 stands behind the first sentence there, and goes with it.
        assert_eq!(named, [("", "热情"), ("八", "九")].map(|(x, y)| (x.to_owned(), y.to_owned())));
        assert_eq!(found.edits, 4);
    }

    #[test]
    fn one_order_and_a_summary_are_none() {
        let (a, b) = (characters(TEXT), characters(&TEXT.replace("八十", "九十")));
        assert!(reordered(&a, &b, 20).is_none());
        let summary =
            "帮助群众解决急难愁盼问题。另有各项工作正在依照年初的安排稳步推进之中。全年召开各类协商会议十二次。";
        assert!(reordered(&a, &characters(summary), a.len() / 4).is_none());
    }

    proptest! {
        /// The runs are all of both texts, and what is not named as a difference is equal.
        #[test]
        fn runs_leave_nothing_over(a in "[甲乙丙丁。]{0,30}", b in "[甲乙丙丁。]{0,30}") {
            let (a, b) = (characters(&a), characters(&b));
            if let Some(found) = runs(&a, &b) {
                let whole = |mut ranges: Vec<Range<usize>>, length: usize| {
                    ranges.sort_by_key(|range| (range.start, range.end));
                    let borders = ranges.iter().map(|range| range.start).chain([length]);
                    assert!([0].into_iter().chain(ranges.iter().map(|range| range.end)).eq(borders));
                };
                whole(found.iter().map(|run| run.first.clone()).collect(), a.len());
                whole(found.iter().map(|run| run.second.clone()).collect(), b.len());
            }
            if let Some(found) = reordered(&a, &b, 12) {
                let edits: usize = found.differences.iter().map(|d| d.first.len().max(d.second.len())).sum();
                prop_assert_eq!(edits + 1, found.edits);
            }
        }
    }
}
