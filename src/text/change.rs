//! Edits as the engine wants them: which stretches of the old text became which stretches of the new.
//!
//! A notification may carry hundreds of changes (every cursor of a multi-cursor edit, a replace-all). Each is told in
//! the coordinates that the one before it left behind. `Hunks` composes them into disjoint stretches, so that the
//! engine reads each touched place once, and nothing between two distant places.

use std::ops::Range;

/// One edit: bytes `range` of the text as it is now become `text`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub range: Range<usize>,
    pub text: String,
}

/// A stretch of the old text and what it became, both in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hunk {
    pub old: Range<usize>,
    pub new: Range<usize>,
}

/// Disjoint hunks in ascending order; between them old and new text are the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hunks(Vec<Hunk>);

impl Hunks {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn iter(&self) -> std::slice::Iter<'_, Hunk> {
        self.0.iter()
    }

    pub fn as_slice(&self) -> &[Hunk] {
        &self.0
    }

    /// Adds an edit told in the coordinates of the newest text: bytes `range` became `length` bytes.
    pub fn push(&mut self, range: Range<usize>, length: usize) {
        // Hunks that the edit touches, adjacent ones included, melt into one.
        let first = self.0.partition_point(|h| h.new.end < range.start);
        let last = first + self.0[first..].partition_point(|h| h.new.start <= range.end);
        let shift_before = match first {
            0 => 0,
            n => self.0[n - 1].shift(),
        };
        let shift_last = if last > first { self.0[last - 1].shift() } else { shift_before };
        let (mut old_start, mut new_start) = (unshift(range.start, shift_before), range.start);
        let mut old_end = unshift(range.end, shift_last);
        let mut new_end = range.end;
        if last > first {
            let (head, tail) = (&self.0[first], &self.0[last - 1]);
            if head.new.start <= range.start {
                (old_start, new_start) = (head.old.start, head.new.start);
            }
            if tail.new.end >= range.end {
                (old_end, new_end) = (tail.old.end, tail.new.end);
            }
        }
        let growth = length as isize - (range.end - range.start) as isize;
        for hunk in &mut self.0[last..] {
            hunk.new.start = shifted(hunk.new.start, growth);
            hunk.new.end = shifted(hunk.new.end, growth);
        }
        let merged = Hunk { old: old_start..old_end, new: new_start..shifted(new_end, growth) };
        self.0.splice(first..last, [merged]);
    }
}

impl Hunk {
    /// How far text behind this hunk has moved.
    pub fn shift(&self) -> isize {
        self.new.end as isize - self.old.end as isize
    }
}

/// `offset + by`, for offsets that cannot leave the text.
pub fn shifted(offset: usize, by: isize) -> usize {
    offset.saturating_add_signed(by)
}

fn unshift(offset: usize, by: isize) -> usize {
    offset.saturating_add_signed(-by)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn distant_edits_stay_apart_and_touching_ones_melt() {
        let mut hunks = Hunks::default();
        hunks.push(10..12, 5);
        hunks.push(100..100, 1);
        assert_eq!(hunks.as_slice(), [Hunk { old: 10..12, new: 10..15 }, Hunk { old: 97..97, new: 100..101 }]);
        hunks.push(15..16, 0);
        assert_eq!(hunks.as_slice()[0], Hunk { old: 10..13, new: 10..15 });
        assert_eq!(hunks.as_slice()[1], Hunk { old: 97..97, new: 99..100 });
    }

    proptest! {
        /// The hunks rebuild the new text from the old one.
        #[test]
        fn hunks_say_what_became_what(old in "[a-d]{0,30}", edits in prop::collection::vec((0usize..40, 0usize..8, "[x-z]{0,4}"), 0..8)) {
            let (mut new, mut hunks) = (old.clone(), Hunks::default());
            for (at, take, text) in edits {
                let start = at.min(new.len());
                let end = (start + take).min(new.len());
                hunks.push(start..end, text.len());
                new.replace_range(start..end, &text);
            }
            let (mut rebuilt, mut from) = (String::new(), 0);
            for hunk in hunks.iter() {
                prop_assert!(hunk.old.start >= from);
                rebuilt.push_str(&old[from..hunk.old.start]);
                prop_assert_eq!(rebuilt.len(), hunk.new.start);
                rebuilt.push_str(&new[hunk.new.clone()]);
                from = hunk.old.end;
            }
            rebuilt.push_str(&old[from..]);
            prop_assert_eq!(rebuilt, new);
        }
    }
}
