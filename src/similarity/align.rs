//! Alignment of two readings: how many edits lie between them, and which.
//!
//! Edits are insertions, deletions and replacements of one character (Levenshtein). N-gram overlap cannot tell copies
//! from unrelated paragraphs of one genre; edit similarity can (measured on 17 reports: copies with a fifth of their
//! characters changed ≥ .80, unrelated ≤ .51). All three functions look only at cells that can still lead to a result
//! within the allowed distance (Ukkonen 1985), so that unrelated texts are told after a few dozen characters.

use std::ops::Range;

const DEAD: usize = usize::MAX / 2;

/// The edit distance of `a` and `b`, if it is at most `most`.
pub fn distance(a: &[char], b: &[char], most: usize) -> Option<usize> {
    let core = Core::of(a, b);
    // The cost is that of the band that holds the result: copies with a few edits are told as fast as they are read.
    let mut width = 8;
    while width < most {
        if let Some(edits) = within(&core, width) {
            return Some(edits);
        }
        width *= 2;
    }
    within(&core, most)
}

fn within(core: &Core<'_>, most: usize) -> Option<usize> {
    let mut band = Band::new(core.a, core.b, most)?;
    core.a.iter().all(|_| band.step(|_, _| {})).then(|| band.result()).flatten()
}

/// A stretch of each text, in characters, that stand for one another and differ. One of them may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub first: Range<usize>,
    pub second: Range<usize>,
}

impl Difference {
    /// The same in texts of which these are stretches that begin at `first` and at `second`.
    pub fn moved(self, first: usize, second: usize) -> Difference {
        let moved = |range: Range<usize>, by: usize| range.start + by..range.end + by;
        Difference { first: moved(self.first, first), second: moved(self.second, second) }
    }
}

/// Where `a` and `b`, whose distance is at most `most` (and best known exactly: the cost follows it), differ: in order, with equal text between any two.
pub fn differences(a: &[char], b: &[char], most: usize) -> Vec<Difference> {
    /// Cells of the alignment that are kept, one byte each: two paragraphs of 4,000 characters with a tenth changed.
    const MOST_CELLS: usize = 1 << 22;
    let core = Core::of(a, b);
    let (rows, columns) = (core.a.len(), core.b.len());
    let most = most.min(rows.max(columns));
    let whole = || {
        let difference = core.difference(0..rows, 0..columns);
        if rows + columns == 0 { Vec::new() } else { vec![difference] }
    };
    let width = 2 * most + 1;
    let Some(mut band) = Band::new(core.a, core.b, most).filter(|_| (rows + 1) * width <= MOST_CELLS) else {
        return whole();
    };
    // The step by which each cell was reached; the columns of a row count from `row - most`.
    let mut steps = vec![Step::Delete; (rows + 1) * width];
    for row in 1..=rows {
        band.step(|column, step| steps[row * width + column + most - row] = step);
    }
    let (mut row, mut column, mut found) = (rows, columns, Vec::<Difference>::new());
    while row > 0 || column > 0 {
        let step = match (row, column) {
            (0, _) => Step::Insert,
            (_, 0) => Step::Delete,
            _ => steps[row * width + column + most - row],
        };
        let (row_end, column_end) = (row, column);
        row -= usize::from(step != Step::Insert);
        column -= usize::from(step != Step::Delete);
        if step == Step::Keep {
            continue;
        }
        let next = core.difference(row..row_end, column..column_end);
        match found.last_mut().filter(|d| d.first.start == next.first.end && d.second.start == next.second.end) {
            Some(last) => (last.first.start, last.second.start) = (next.first.start, next.second.start),
            None => found.push(next),
        }
    }
    found.reverse();
    found
}

/// Where `short` stands in `long` with the fewest edits, if these are at most `most`: the characters of `long`, and how
/// many edits. The stretch is contiguous, so a summary that picks sentences here and there is none (Sellers 1980).
pub fn inside(short: &[char], long: &[char], most: usize) -> Option<(Range<usize>, usize)> {
    // For each beginning of `short`, what it costs to have it end here, and where it then starts.
    let mut column: Vec<(usize, usize)> = (0..=short.len()).map(|cost| (cost, 0)).collect();
    let mut live = most.min(short.len());
    let (mut best, mut limit) = (None, most);
    for (at, character) in long.iter().enumerate() {
        let mut diagonal = (0, at);
        column[0] = (0, at + 1);
        let reach = (live + 1).min(short.len());
        for row in 1..=reach {
            let left = if row <= live { column[row] } else { (DEAD, 0) };
            let replaced = (diagonal.0 + usize::from(short[row - 1] != *character), diagonal.1);
            let longer = (left.0 + 1, left.1);
            let shorter = (column[row - 1].0 + 1, column[row - 1].1);
            column[row] = [longer, shorter].into_iter().fold(replaced, |a, b| if b.0 < a.0 { b } else { a });
            diagonal = left;
        }
        live = (0..=reach).rev().find(|&row| column[row].0 <= limit).unwrap_or(0);
        if live == short.len() && best.as_ref().is_none_or(|(_, least)| column[live].0 < *least) {
            let (cost, start) = column[live];
            best = Some((start..at + 1, cost));
            limit = cost;
        }
    }
    best
}

/// Two texts without what they begin and end with alike.
struct Core<'t> {
    a: &'t [char],
    b: &'t [char],
    before: usize,
}

impl<'t> Core<'t> {
    fn of(a: &'t [char], b: &'t [char]) -> Core<'t> {
        let before = a.iter().zip(b).take_while(|(x, y)| x == y).count();
        let (a, b) = (&a[before..], &b[before..]);
        let behind = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
        Core { a: &a[..a.len() - behind], b: &b[..b.len() - behind], before }
    }

    fn difference(&self, a: Range<usize>, b: Range<usize>) -> Difference {
        Difference { first: a, second: b }.moved(self.before, self.before)
    }
}

/// How a cell of the alignment is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
enum Step {
    Keep,
    Replace,
    Delete,
    Insert,
}

/// A row of the alignment's table, only as wide as cells in it can lead to a distance of at most `most`.
struct Band<'t> {
    a: &'t [char],
    b: &'t [char],
    most: usize,
    row: Vec<usize>,
    done: usize,
    live: Range<usize>,
}

impl<'t> Band<'t> {
    fn new(a: &'t [char], b: &'t [char], most: usize) -> Option<Band<'t>> {
        if a.len().abs_diff(b.len()) > most {
            return None;
        }
        let live = 0..most.min(b.len()) + 1;
        Some(Band { a, b, most, row: (0..=b.len()).collect(), done: 0, live })
    }

    /// Goes on to the next character of `a`, telling how each live cell is reached; false when none is.
    fn step(&mut self, mut reached: impl FnMut(usize, Step)) -> bool {
        let Some(character) = self.a.get(self.done) else { return false };
        self.done += 1;
        let (mut diagonal, mut left, mut live) = (DEAD, DEAD, None::<Range<usize>>);
        for column in self.live.start..=self.b.len() {
            let up = if self.live.contains(&column) { self.row[column] } else { DEAD };
            let same = column > 0 && self.b[column - 1] == *character;
            let (mut value, mut step) = match same {
                true => (diagonal, Step::Keep),
                false => (diagonal + 1, Step::Replace),
            };
            for (other, by) in [(up + 1, Step::Delete), (left + 1, Step::Insert)] {
                if other < value {
                    (value, step) = (other, by);
                }
            }
            let rest = (self.a.len() - self.done).abs_diff(self.b.len() - column);
            let is_live = value + rest <= self.most;
            if !is_live && column >= self.live.end {
                break;
            }
            (diagonal, left) = (up, value);
            self.row[column] = value;
            if is_live {
                reached(column, step);
                live = Some(live.map_or(column, |l| l.start)..column + 1);
            }
        }
        self.live = live.unwrap_or(0..0);
        !self.live.is_empty()
    }

    fn result(&self) -> Option<usize> {
        let end = self.b.len();
        (self.done == self.a.len() && self.live.contains(&end)).then(|| self.row[end])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn characters(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    /// Wagner and Fischer 1974, whole table.
    fn plain(a: &[char], b: &[char]) -> usize {
        let mut row: Vec<usize> = (0..=b.len()).collect();
        for (i, x) in a.iter().enumerate() {
            let mut diagonal = std::mem::replace(&mut row[0], i + 1);
            for (j, y) in b.iter().enumerate() {
                let value = (diagonal + usize::from(x != y)).min(row[j] + 1).min(row[j + 1] + 1);
                diagonal = std::mem::replace(&mut row[j + 1], value);
            }
        }
        row[b.len()]
    }

    #[test]
    fn differences_name_what_was_typed() {
        let (a, b) = (characters("解决问题二十余件。"), characters("解决县问题三十余。"));
        let found: Vec<(String, String)> = differences(&a, &b, 9)
            .into_iter()
            .map(|d| (a[d.first].iter().collect(), b[d.second].iter().collect()))
            .collect();
        let due = [("", "县"), ("二", "三"), ("件", "")].map(|(x, y)| (x.to_owned(), y.to_owned()));
        assert_eq!(found, due);
    }

    #[test]
    fn a_passage_is_found_in_a_longer_one() {
        let long = characters("甲乙丙丁。全年召开会议十二次，成效明显。戊己。");
        assert_eq!(inside(&characters("全年召开了会议十二次"), &long, 3), Some((5..14, 1)));
        assert_eq!(inside(&characters("全年走访群众百户"), &long, 3), None);
    }

    proptest! {
        #[test]
        fn the_band_gives_the_distance_of_the_whole_table(a in "[甲乙丙]{0,14}", b in "[甲乙丙]{0,14}", most in 0usize..15) {
            let (a, b) = (characters(&a), characters(&b));
            let exact = plain(&a, &b);
            prop_assert_eq!(distance(&a, &b, most), Some(exact).filter(|d| *d <= most));
        }

        /// Replacing every difference in one text gives the other, with as many edits as the distance says.
        #[test]
        fn differences_lead_from_one_text_to_the_other(a in "[甲乙丙]{0,14}", b in "[甲乙丙]{0,14}", more in 0usize..4) {
            let (a, b) = (characters(&a), characters(&b));
            let exact = plain(&a, &b);
            let found = differences(&a, &b, exact + more);
            let (mut made, mut from, mut edits) = (Vec::new(), 0, 0);
            for difference in &found {
                made.extend_from_slice(&a[from..difference.first.start]);
                made.extend_from_slice(&b[difference.second.clone()]);
                from = difference.first.end;
                edits += difference.first.len().max(difference.second.len());
            }
            made.extend_from_slice(&a[from..]);
            prop_assert_eq!(made, b);
            prop_assert_eq!(edits, exact);
        }

        #[test]
        fn what_is_inside_has_the_least_distance_of_all_stretches(short in "[甲乙丙]{1,6}", long in "[甲乙丙]{0,12}", most in 0usize..6) {
            let (short, long) = (characters(&short), characters(&long));
            let all = (0..=long.len()).flat_map(|from| (from..=long.len()).map(move |to| from..to));
            let least = all.map(|range| plain(&short, &long[range])).min().filter(|d| *d <= most);
            let found = inside(&short, &long, most);
            if let Some((range, cost)) = &found {
                prop_assert_eq!(plain(&short, &long[range.clone()]), *cost);
            }
            // A stretch of nothing is no place.
            if least != Some(short.len()) {
                prop_assert_eq!(found.map(|f| f.1), least);
            }
        }
    }
}
