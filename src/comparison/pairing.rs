//! A draft beside an earlier one: which paragraphs were kept, changed, moved, written anew and dropped.
//!
//! Equal paragraphs pair by their keys; the longer ones that are left by fingerprints and alignment, the closest pairs
//! first; what still has no partner may stand inside a longer paragraph. Short lines, which have no fingerprints, are
//! compared one by one. Other than for `duplicates/paragraph` a frame filled with other figures is a change: that is
//! how a yearly report is written.

use super::copies::{Copy, Likeness, Measure};
use super::{Text, Told, told};
use crate::analysis::{Analysis, Passage, alike};
use crate::similarity::fingerprint::{Fingerprints, due};
use crate::similarity::index::Index;
use rustc_hash::FxHashMap;
use std::collections::VecDeque;
use std::ops::Range;

/// Changed paragraphs are as like as those of `duplicates/paragraph`.
const MEASURE: Measure = Measure { fewest_han: 0, similarity: Measure::STANDARD };

/// Short lines of one draft that are compared one by one with those of the other; more are no report's headings.
const MOST_SHORT: usize = 2000;

/// Two drafts side by side.
#[derive(Debug)]
pub struct Pairing {
    pub old: Vec<Passage>,
    pub new: Vec<Passage>,
    /// In the order of the new draft; dropped paragraphs behind what stood before them in the old one.
    pub rows: Vec<Row>,
    /// Characters of the new draft that stand in the old one, layout not counted.
    pub copied: usize,
}

/// A paragraph of one draft, or a pair of two. `old` and `new` number the passages.
#[derive(Debug)]
pub enum Row {
    Kept { old: usize, new: usize, moved: bool },
    Changed { old: usize, new: usize, moved: bool, change: Change },
    New(usize),
    Dropped(usize),
}

/// What was done to a paragraph.
#[derive(Debug)]
pub struct Change {
    /// `Inside`: the new paragraph is a part of the old one; `Around`: it took the old one in.
    pub likeness: Likeness,
    /// Whether the sentences stand in another order.
    pub is_reordered: bool,
    /// Hundredths.
    pub similarity: usize,
    /// Figures first; `first` in characters of the new paragraph's reading, `second` of the old one's.
    pub told: Vec<Told>,
    /// In characters of the new paragraph: what is alike, and within it what is not the old one's.
    own: Range<usize>,
    written: Vec<Range<usize>>,
}

impl Pairing {
    /// Sets `new` beside `old`.
    pub fn of(old: &Analysis, new: &Analysis) -> Pairing {
        let mut sides = Sides { old: Side::of(old), new: Side::of(new), links: Vec::new() };
        sides.pair_equal();
        sides.pair_alike();
        sides.pair_short();
        sides.pair_parts();
        let copied = sides.copied();
        let rows = sides.rows();
        Pairing { old: sides.old.passages, new: sides.new.passages, rows, copied }
    }

    /// Characters of a draft, layout not counted.
    pub fn characters(passages: &[Passage]) -> usize {
        passages.iter().map(|p| p.key.characters as usize).sum()
    }
}

struct Side<'a> {
    analysis: &'a Analysis,
    passages: Vec<Passage>,
    is_paired: Vec<bool>,
}

impl<'a> Side<'a> {
    fn of(analysis: &'a Analysis) -> Side<'a> {
        let mut passages = analysis.passages(0..analysis.table.len());
        passages.retain(|p| p.key.characters > 0);
        Side { analysis, is_paired: vec![false; passages.len()], passages }
    }

    fn text(&self, n: usize) -> Text {
        Text::of(self.analysis, self.passages[n].clone())
    }

    /// The passages without a partner that have fingerprints, or (`short`) have none.
    fn left(&self, short: bool) -> impl Iterator<Item = usize> {
        (0..self.passages.len())
            .filter(move |&n| !self.is_paired[n] && (self.passages[n].han < alike::FEWEST_HAN) == short)
    }

    fn fingerprints(&self, n: usize) -> Fingerprints {
        Fingerprints::of(&self.analysis.source(self.passages[n].bytes.clone()))
    }
}

/// A pair: `None` if nothing was changed.
struct Link {
    old: usize,
    new: usize,
    change: Option<Change>,
}

struct Sides<'a> {
    old: Side<'a>,
    new: Side<'a>,
    links: Vec<Link>,
}

impl Sides<'_> {
    fn join(&mut self, old: usize, new: usize, change: Option<Change>) {
        (self.old.is_paired[old], self.new.is_paired[new]) = (true, true);
        self.links.push(Link { old, new, change });
    }

    /// Equal paragraphs, the first with the first.
    fn pair_equal(&mut self) {
        let mut by_key = FxHashMap::<_, VecDeque<usize>>::default();
        for (n, passage) in self.old.passages.iter().enumerate() {
            by_key.entry(passage.key).or_default().push_back(n);
        }
        for new in 0..self.new.passages.len() {
            let old = by_key.get_mut(&self.new.passages[new].key).and_then(VecDeque::pop_front);
            if let Some(old) = old {
                self.join(old, new, None);
            }
        }
    }

    fn pair_alike(&mut self) {
        let pairs = self.candidates().into_iter().filter_map(|(old, new)| self.change(old, new)).collect();
        self.pair_closest(pairs, |change| change.likeness == Likeness::Whole);
    }

    fn pair_short(&mut self) {
        let old: Vec<Text> = self.old.left(true).take(MOST_SHORT).map(|n| self.old.text(n)).collect();
        let numbers: Vec<usize> = self.old.left(true).take(MOST_SHORT).collect();
        let mut pairs = Vec::new();
        for new in self.new.left(true).take(MOST_SHORT) {
            let text = self.new.text(new);
            let near = numbers.iter().zip(&old).filter(|(_, old)| {
                let most = MEASURE.most_edits(old.characters.len().max(text.characters.len()));
                old.characters.len().abs_diff(text.characters.len()) <= most
            });
            pairs.extend(near.filter_map(|(old, _)| self.change(*old, new)));
        }
        self.pair_closest(pairs, |change| change.likeness == Likeness::Whole);
    }

    /// What was cut in two, or joined.
    fn pair_parts(&mut self) {
        for (old, new) in self.candidates() {
            let Some((.., change)) = self.change(old, new) else { continue };
            let is_free = match change.likeness {
                Likeness::Whole => false,
                Likeness::Inside => !self.new.is_paired[new],
                Likeness::Around => !self.old.is_paired[old],
            };
            if is_free {
                self.join(old, new, Some(change));
            }
        }
    }

    /// Longer paragraphs without a partner that share enough fingerprints, the most first.
    fn candidates(&self) -> Vec<(usize, usize)> {
        let mut index = Index::default();
        let mut lengths = FxHashMap::default();
        for old in self.old.left(false) {
            let fingerprints = self.old.fingerprints(old);
            lengths.insert(old as u32, fingerprints.characters);
            for value in fingerprints.values {
                index.add(value, old as u32);
            }
        }
        let mut found: Vec<(usize, usize, usize)> = Vec::new();
        for new in self.new.left(false) {
            let own = self.new.fingerprints(new);
            let proposed = index.holding(&own.values).into_iter();
            let enough = proposed.filter(|(old, shared)| *shared >= due(own.characters, lengths[old]));
            found.extend(enough.map(|(old, shared)| (shared, old as usize, new)));
        }
        found.sort_by_key(|&(shared, old, new)| (std::cmp::Reverse(shared), new, old));
        found.into_iter().map(|(_, old, new)| (old, new)).collect()
    }

    fn change(&self, old: usize, new: usize) -> Option<(usize, usize, Change)> {
        let text = self.new.text(new);
        let copy = Copy::plain(&text, self.old.text(old), MEASURE)?;
        let change = Change {
            likeness: copy.likeness,
            is_reordered: copy.is_reordered,
            similarity: copy.similarity(),
            told: told::told(&text, &copy),
            own: copy.own.clone(),
            written: copy.differences.iter().map(|d| d.first.clone()).collect(),
        };
        Some((old, new, change))
    }

    /// Takes the closest pairs first; of equally close ones those that stand most alike in their drafts.
    fn pair_closest(&mut self, mut pairs: Vec<(usize, usize, Change)>, is_wanted: impl Fn(&Change) -> bool) {
        pairs.retain(|(.., change)| is_wanted(change));
        pairs.sort_by_key(|(old, new, change)| (std::cmp::Reverse(change.similarity), old.abs_diff(*new), *new));
        for (old, new, change) in pairs {
            if !self.old.is_paired[old] && !self.new.is_paired[new] {
                self.join(old, new, Some(change));
            }
        }
    }

    fn copied(&self) -> usize {
        let mut is_copied: FxHashMap<usize, Vec<bool>> = FxHashMap::default();
        for link in &self.links {
            let length = self.new.passages[link.new].key.characters as usize;
            let marks = is_copied.entry(link.new).or_insert_with(|| vec![false; length]);
            match &link.change {
                None => marks.fill(true),
                Some(change) => {
                    let written = |at: &usize| change.written.iter().any(|range| range.contains(at));
                    change.own.clone().filter(|at| !written(at)).for_each(|at| marks[at] = true);
                }
            }
        }
        is_copied.values().flatten().filter(|mark| **mark).count()
    }

    fn rows(&mut self) -> Vec<Row> {
        let mut links = std::mem::take(&mut self.links);
        links.sort_by_key(|link| (link.new, link.old));
        let stays = ascending(&links.iter().map(|link| link.old).collect::<Vec<_>>());
        let mut placed: Vec<((usize, usize), Row)> = Vec::new();
        let mut last_new = vec![None; self.old.passages.len()];
        for (n, Link { old, new, change }) in links.into_iter().enumerate() {
            let moved = !stays[n];
            if !moved {
                last_new[old] = Some(new);
            }
            let row = match change {
                None => Row::Kept { old, new, moved },
                Some(change) => Row::Changed { old, new, moved, change },
            };
            placed.push(((new + 1, 0), row));
        }
        placed.extend(self.new.left_all().map(|new| ((new + 1, 0), Row::New(new))));
        // A dropped paragraph goes behind the last one before it that stayed.
        let mut behind = 0;
        for (old, stayed) in last_new.iter().enumerate() {
            behind = stayed.map_or(behind, |new| new + 1);
            if !self.old.is_paired[old] {
                placed.push(((behind, old + 1), Row::Dropped(old)));
            }
        }
        placed.sort_by_key(|(place, _)| *place);
        placed.into_iter().map(|(_, row)| row).collect()
    }
}

impl Side<'_> {
    fn left_all(&self) -> impl Iterator<Item = usize> {
        (0..self.passages.len()).filter(|&n| !self.is_paired[n])
    }
}

/// Which of `numbers` belong to a longest ascending row of them (equal neighbours included): the others were moved.
fn ascending(numbers: &[usize]) -> Vec<bool> {
    // The end of the best row of each length, and whom each number follows in its row (Fredman 1975).
    let (mut ends, mut before): (Vec<usize>, Vec<Option<usize>>) = (Vec::new(), Vec::new());
    for (n, number) in numbers.iter().enumerate() {
        let length = ends.partition_point(|end| numbers[*end] <= *number);
        before.push(length.checked_sub(1).map(|last| ends[last]));
        match ends.get_mut(length) {
            Some(end) => *end = n,
            None => ends.push(n),
        }
    }
    let mut belongs = vec![false; numbers.len()];
    let mut at = ends.last().copied();
    while let Some(n) = at {
        belongs[n] = true;
        at = before[n];
    }
    belongs
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: &str =
        "全年组织视察调研十二次，形成调研报告八篇，提出意见建议九十余条，一批成果转化为党委政府的决策。";
    const SECOND: &str =
        "坚持把提案工作摆在突出位置，主席会议成员带头督办重点提案，促成一批民生难题得到妥善解决，群众满意。";
    const THIRD: &str =
        "加强委员队伍建设，举办委员培训班三期，组织委员述职，委员履职能力和水平得到进一步提高，作用更加彰显。";

    fn shown(old: &str, new: &str) -> Vec<String> {
        let (old, new) = (Analysis::of(old), Analysis::of(new));
        let rows = Pairing::of(&old, &new).rows.into_iter().map(|row| match row {
            Row::Kept { old, new, moved } => format!("{old}={new}{}", if moved { " moved" } else { "" }),
            Row::Changed { old, new, moved, change } => {
                format!("{old}~{new} {:?}{}", change.likeness, if moved { " moved" } else { "" })
            }
            Row::New(new) => format!("+{new}"),
            Row::Dropped(old) => format!("-{old}"),
        });
        rows.collect()
    }

    #[test]
    fn paragraphs_are_kept_changed_moved_new_and_dropped() {
        let changed = FIRST.replace("十二次", "十五次");
        let old = format!("一、2024年工作回顾\n{FIRST}\n{SECOND}\n{THIRD}\n");
        assert_eq!(shown(&old, &old), ["0=0", "1=1", "2=2", "3=3"]);
        let new = format!("一、2025年工作回顾\n{THIRD}\n{changed}\n全新的一段，谈的是去年没有谈过的事情。\n");
        assert_eq!(shown(&old, &new), ["0~0 Whole", "3=1 moved", "1~2 Whole", "-2", "+3"]);
    }

    #[test]
    fn a_paragraph_that_was_joined_or_cut_in_two_is_changed() {
        let joined = format!("{FIRST}{SECOND}");
        assert_eq!(shown(&format!("{FIRST}\n{SECOND}\n"), &joined), ["0~0 Around", "1~0 Around"]);
        assert_eq!(shown(&joined, &format!("{FIRST}\n{SECOND}\n")), ["0~0 Inside", "0~1 Inside"]);
    }

    #[test]
    fn the_share_copied_counts_characters() {
        let (old, new) = (Analysis::of(FIRST), Analysis::of(&format!("{}新增一句话。", FIRST.replace("十二", "四"))));
        let pairing = Pairing::of(&old, &new);
        assert_eq!(pairing.copied, FIRST.chars().count() - 2);
    }
}
