//! Stretches of a paragraph around a place, each within the next: figure or word, quotation or bracket, clause,
//! sentence, all of it. What a writer marks step by step.
//!
//! There is no segmenter here: a run of Han between two marks is words that only a dictionary could tell apart, and the
//! clause is the first step there. What can be told is: a figure with its unit, a Latin word, what is quoted. A quotation
//! is read as a text of its own, so its clauses and sentences never cross its quotes, and those around never end in it.

use super::figure;
use super::han::{is_invisible, is_space};
use std::ops::Range;

/// The stretches of `text` around byte `offset`, the smallest first: each contains the offset (its ends included) and
/// the one before, and is longer. The last one is the whole text without the layout at its ends, if that contains the
/// offset. An offset behind the text is its end; one inside a character is the character's start.
pub fn enclosing(text: &str, offset: usize) -> Vec<Range<usize>> {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    let reader = Reader { text, pairs: pairs(text) };
    let mut steps = Growing::at(offset);
    // Well nested, so those that begin later lie within.
    for pair in reader.pairs.iter().rev().filter(|pair| reader.holds(pair, offset)) {
        if contains(&pair.inner, offset) {
            reader.level(pair.inner.clone(), &mut steps);
            steps.push(trimmed(text, pair.inner.clone()));
        }
        steps.push(pair.outer.clone());
    }
    reader.level(0..text.len(), &mut steps);
    steps.push(trimmed(text, 0..text.len()));
    steps.into_ranges()
}

/// Ranges around a place that grow from step to step; what does not fit in between is left out.
#[derive(Clone, Debug)]
pub struct Growing {
    at: usize,
    ranges: Vec<Range<usize>>,
}

impl Growing {
    pub fn at(at: usize) -> Growing {
        Growing { at, ranges: Vec::new() }
    }

    /// Takes `range` if it contains the place and the range before it, and is longer than that.
    pub fn push(&mut self, range: Range<usize>) {
        let before = self.ranges.last().cloned().unwrap_or(self.at..self.at);
        if range.start <= before.start && before.end <= range.end && before.len() < range.len() {
            self.ranges.push(range);
        }
    }

    pub fn into_ranges(self) -> Vec<Range<usize>> {
        self.ranges
    }
}

/// Quotes or brackets that belong together: all of it, and what stands within.
#[derive(Clone, Debug)]
struct Pair {
    outer: Range<usize>,
    inner: Range<usize>,
}

const PAIRS: [(char, char); 14] = [
    ('“', '”'),
    ('‘', '’'),
    ('「', '」'),
    ('『', '』'),
    ('《', '》'),
    ('〈', '〉'),
    ('（', '）'),
    ('(', ')'),
    ('【', '】'),
    ('〔', '〕'),
    ('［', '］'),
    ('[', ']'),
    ('{', '}'),
    ('"', '"'),
];

/// No writer nests deeper; marks that never close would otherwise be searched through again and again.
const DEEPEST: usize = 32;

fn is_quote(c: char) -> bool {
    matches!(c, '“' | '‘' | '「' | '『' | '"')
}

fn is_closing(c: char) -> bool {
    PAIRS.iter().any(|(_, close)| *close == c)
}

/// 。！？ and their half-width forms; `…` and `.` need a look around.
fn is_stop(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '!' | '?' | '｡')
}

fn is_pause(c: char) -> bool {
    matches!(c, '，' | ',' | '、' | '﹑' | '；' | ';' | '：' | ':')
}

/// The balanced pairs in the order in which they open. What has no partner is a character like any other.
fn pairs(text: &str) -> Vec<Pair> {
    // Straight quotes look alike: an odd one leaves all of them in doubt.
    let straight = text.bytes().filter(|&b| b == b'"').count() % 2 == 0;
    let (mut open, mut found): (Vec<(usize, char)>, Vec<Pair>) = (Vec::new(), Vec::new());
    for (at, c) in text.char_indices() {
        let closes = |(_, close): &(usize, char)| *close == c;
        let partner = PAIRS.iter().find(|(opening, _)| *opening == c).filter(|_| c != '"' || straight);
        match (open.iter().rposition(closes), partner) {
            // Whatever opened in between and did not close has no partner.
            (Some(index), _) if is_closing(c) => {
                let start = open[index].0;
                open.truncate(index);
                let opening = text[start..].chars().next().map_or(0, char::len_utf8);
                found.push(Pair { outer: start..at + c.len_utf8(), inner: start + opening..at });
            }
            (_, Some((_, close))) => {
                if open.len() == DEEPEST {
                    open.remove(0);
                }
                open.push((at, *close));
            }
            _ => {}
        }
    }
    found.sort_by_key(|pair| pair.outer.start);
    found
}

struct Reader<'t> {
    text: &'t str,
    pairs: Vec<Pair>,
}

/// How far a mark reaches: it ends the units of its own rank and of those below.
const ITEM: usize = 0;
const CLAUSE: usize = 1;
const LONG_CLAUSE: usize = 2;
const SENTENCE: usize = 3;

impl Reader<'_> {
    /// Whether the pair is one of those around `offset`. Just behind its closing mark it is, if no word goes on there.
    fn holds(&self, pair: &Pair, offset: usize) -> bool {
        let ends_here = |c: char| is_stop(c) || is_pause(c) || is_closing(c) || is_space(c) || c == '…';
        (pair.outer.start..pair.outer.end).contains(&offset)
            || (pair.outer.end == offset && self.text[offset..].chars().next().is_none_or(ends_here))
    }

    /// The steps within `region`, which is the text or the inside of a pair: the pairs within it are taken whole.
    fn level(&self, region: Range<usize>, steps: &mut Growing) {
        let offset = steps.at;
        let mut found: [Option<Range<usize>>; 4] = [const { None }; 4];
        let mut starts = [region.start; 4];
        let mut at = region.start;
        let mut end_units = |rank: usize, end: usize, next: usize| {
            for (unit, start) in starts.iter_mut().enumerate().take(rank + 1) {
                // A sentence has its mark, so its end is the next one's start; a clause ends before its mark.
                let stop = if unit == SENTENCE { next } else { end };
                let at_end = offset == stop && (stop < next || next == region.end);
                if *start <= offset && (offset < stop || at_end) && found[unit].is_none() {
                    found[unit] = Some(*start..stop);
                }
                *start = next;
            }
            next > offset && rank == SENTENCE
        };
        let mut is_done = false;
        while at < region.end && !is_done {
            let Some(c) = self.text[at..].chars().next() else { break };
            if let Some(pair) = self.pair_at(at).filter(|pair| pair.outer.end <= region.end) {
                let end = pair.outer.end;
                if self.closes_sentence(pair, &region) {
                    is_done = end_units(SENTENCE, end, end);
                }
                at = end;
                continue;
            }
            let next = at + c.len_utf8();
            if let Some(end) = self.stop(at, c, &region) {
                is_done = end_units(SENTENCE, at, end);
                at = end;
            } else {
                if let Some(rank) = self.pause(at, c, &region) {
                    end_units(rank, at, next);
                }
                at = next;
            }
        }
        if !is_done {
            end_units(SENTENCE, region.end, region.end);
        }
        if let Some(item) = &found[ITEM]
            && let Some(term) = figure::term(&self.text[item.clone()], offset - item.start)
        {
            steps.push(item.start + term.start..item.start + term.end);
        }
        let [item, clause, long_clause, sentence] = found;
        // A sentence without its mark is a step where it is the first one, and tells nothing after others.
        let is_sentence = |unit: &Range<usize>| {
            let same = sentence.as_ref().filter(|sentence| sentence.start == unit.start);
            same.is_some_and(|sentence| !self.text[unit.end..sentence.end].starts_with(is_pause))
        };
        let clauses = [clause, long_clause].into_iter().flatten().filter(|unit| !is_sentence(unit));
        for unit in item.into_iter().chain(clauses).chain(sentence.clone()) {
            steps.push(trimmed(self.text, unit));
        }
    }

    fn pair_at(&self, at: usize) -> Option<&Pair> {
        self.pairs.binary_search_by_key(&at, |pair| pair.outer.start).ok().map(|index| &self.pairs[index])
    }

    fn around(&self, at: usize, next: usize, region: &Range<usize>) -> (Option<char>, Option<char>) {
        (self.text[region.start..at].chars().next_back(), self.text[next..region.end].chars().next())
    }

    /// The rank of a mark that ends a clause. Between digits `,` and `:` belong to the number: 1,200; 10:30.
    fn pause(&self, at: usize, c: char, region: &Range<usize>) -> Option<usize> {
        let (before, behind) = self.around(at, at + c.len_utf8(), region);
        let in_number = before.is_some_and(figure::is_digit) && behind.is_some_and(figure::is_digit);
        match c {
            '、' | '﹑' => Some(ITEM),
            '，' => Some(CLAUSE),
            ',' | '：' => (!in_number).then_some(CLAUSE),
            ':' => (!in_number && behind != Some('/')).then_some(CLAUSE),
            '；' | ';' => Some(LONG_CLAUSE),
            _ => None,
        }
    }

    /// The end of the sentence whose mark is at `at`: behind further marks, and quotes that close and never opened.
    fn stop(&self, at: usize, c: char, region: &Range<usize>) -> Option<usize> {
        let (before, behind) = self.around(at, at + c.len_utf8(), region);
        let stops = match c {
            '。' | '！' | '？' | '｡' => true,
            '…' => before != Some('…'),
            '!' | '?' => behind.is_none_or(|c| !c.is_ascii_alphanumeric()),
            '.' | '．' => {
                let word = |c: char| super::han::is_han(c) || is_closing(c);
                before.is_some_and(word) && behind.is_none_or(|c| !c.is_alphanumeric() || super::han::is_han(c))
            }
            _ => false,
        };
        if !stops {
            return None;
        }
        let rest = &self.text[at..region.end];
        let marks = rest.find(|c: char| !(is_stop(c) || matches!(c, '…' | '.' | '．'))).unwrap_or(rest.len());
        // 等 and a pause behind an ellipsis go on with the sentence: 甲、乙……等, 甲……，
        let goes_on = rest[..marks].chars().all(|c| c == '…')
            && rest[marks..].chars().next().is_some_and(|c| is_pause(c) || c == '等');
        let unpaired = rest[marks..].find(|c| !is_closing(c)).unwrap_or(rest.len() - marks);
        // A straight quote may as well open what follows.
        let unpaired = rest[marks..marks + unpaired].find('"').unwrap_or(unpaired);
        (!goes_on).then_some(at + marks + unpaired)
    }

    /// Whether the sentence ends with what `pair` holds: a full stop in it does, and 他问：“……？” does; “谁来干？”的问题
    /// does not.
    fn closes_sentence(&self, pair: &Pair, region: &Range<usize>) -> bool {
        let inner = self.text[pair.inner.clone()].trim_end_matches(is_closing);
        let (before, behind) = self.around(pair.outer.start, pair.outer.end, region);
        let spoken = self.text[pair.outer.start..].starts_with(is_quote)
            && before.is_none_or(|c| matches!(c, '：' | ':') || is_stop(c));
        let ends = match inner.chars().next_back() {
            Some('。' | '｡') => true,
            Some(c) => spoken && (is_stop(c) || c == '…'),
            None => false,
        };
        ends && !behind.is_some_and(|c| is_pause(c) || is_stop(c) || is_closing(c) || c == '…')
    }
}

fn contains(range: &Range<usize>, offset: usize) -> bool {
    range.start <= offset && offset <= range.end
}

/// `range` without layout at its ends.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let layout = |c: char| is_space(c) || is_invisible(c) || c.is_control();
    let inner = text[range.clone()].trim_end_matches(layout);
    let start = range.start + inner.len() - inner.trim_start_matches(layout).len();
    start..range.start + inner.len().max(start - range.start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The stretches around the `|` of `marked`.
    fn around(marked: &str) -> Vec<String> {
        let at = marked.find('|').expect("a place");
        let text = marked.replacen('|', "", 1);
        enclosing(&text, at).into_iter().map(|range| text[range].to_owned()).collect()
    }

    #[test]
    fn figure_item_clause_sentence_text() {
        let expected = [
            "3.5万亿元",
            "总产值达3.5万亿元",
            "总产值达3.5万亿元、增长5%",
            "前进。总产值达3.5万亿元、增长5%，居前；再接再厉。",
        ];
        let steps = around("前进。总产值达3|.5万亿元、增长5%，居前；再接再厉。");
        assert_eq!(steps[..3], expected[..3]);
        assert_eq!(
            steps[3..],
            ["总产值达3.5万亿元、增长5%，居前", "总产值达3.5万亿元、增长5%，居前；再接再厉。", expected[3],]
        );
    }

    #[test]
    fn han_between_marks_is_the_first_step() {
        assert_eq!(around("加快|发展，稳中求进。"), ["加快发展", "加快发展，稳中求进。"]);
        assert_eq!(around("加快发展|，稳中求进。")[0], "加快发展");
        assert_eq!(around("加快发展，|稳中求进。")[0], "稳中求进");
        assert_eq!(around("加快发展，稳中求进|。"), ["稳中求进", "加快发展，稳中求进。"]);
    }

    #[test]
    fn a_quotation_is_a_text_of_its_own() {
        let steps = around("坚持“一岗双责，党|政同责”，推动（甲、乙）发展。又。");
        assert_eq!(
            steps,
            [
                "党政同责",
                "一岗双责，党政同责",
                "“一岗双责，党政同责”",
                "坚持“一岗双责，党政同责”",
                "坚持“一岗双责，党政同责”，推动（甲、乙）发展。",
                "坚持“一岗双责，党政同责”，推动（甲、乙）发展。又。",
            ]
        );
        assert_eq!(around("推动（甲、《乙|》）发展。")[..4], ["乙", "《乙》", "甲、《乙》", "（甲、《乙》）"]);
        // At its marks it is what is meant; where a word goes on behind it, it is not.
        assert_eq!(around("推动|“甲”和“乙”。")[0], "“甲”");
        assert_eq!(around("推动“甲”|和“乙”。")[0], "推动“甲”和“乙”");
        assert_eq!(around("推动“甲”|。")[0], "“甲”");
        assert_eq!(around("“甲”|3个乙")[0], "3个");
    }

    #[test]
    fn what_has_no_partner_is_no_quotation() {
        assert_eq!(around("他说“加|快，推进。"), ["他说“加快", "他说“加快，推进。"]);
        assert_eq!(around("甲（乙“丙|）丁。")[..2], ["乙“丙", "（乙“丙）"]);
        assert_eq!(around("他说\"加|快\"，推进。")[..2], ["加快", "\"加快\""]);
        assert_eq!(around("5\"屏，\"加|快\"。")[0], "\"加快\"");
    }

    #[test]
    fn a_sentence_ends_with_its_mark_and_what_closes_behind() {
        assert_eq!(around("甲好。”乙|好！？丙。")[1], "乙好！？");
        assert_eq!(around("甲|好。”乙好。")[1], "甲好。”");
        assert_eq!(around("他说：“甲好。”乙|好。")[1], "乙好。");
        assert_eq!(around("他问：“甲好？”乙|好。")[1], "乙好。");
        assert_eq!(around("解决“谁来干？”的|问题。"), ["解决“谁来干？”的问题", "解决“谁来干？”的问题。"]);
        assert_eq!(around("甲|……等乙。丙。")[1], "甲……等乙。");
        assert_eq!(around("甲……乙|。")[1], "乙。");
        assert_eq!(around("加快发展.推|动转型.")[1], "推动转型.");
        assert_eq!(around("（详见附件。）乙|好。")[1], "乙好。");
    }

    #[test]
    fn marks_within_numbers_and_addresses_end_nothing() {
        assert_eq!(around("提出1,2|00条,办结")[..2], ["1,200条", "提出1,200条"]);
        assert_eq!(around("于10:3|0开会")[1], "于10:30开会");
        assert_eq!(around("见http://a|.cn:甲")[1], "见http://a.cn");
    }

    #[test]
    fn an_offset_anywhere_is_answered() {
        assert!(enclosing("", 7).is_empty());
        assert_eq!(enclosing("  ", 1), Vec::<Range<usize>>::new());
        assert_eq!(enclosing("甲。", 99), vec![0.."甲。".len()]);
        // Inside a character: its start.
        assert_eq!(enclosing("甲，乙", 4), enclosing("甲，乙", 3));
    }

    #[test]
    fn a_mass_of_marks_costs_no_more_than_its_length() {
        for piece in ["（】", "…", "（", "一", "“。”", "1,"] {
            let text = piece.repeat(100_000) + "、甲。";
            assert_eq!(enclosing(&text, text.len() / 2 / 3 * 3).last(), Some(&(0..text.len())), "{piece}");
        }
    }

    proptest! {
        #[test]
        fn steps_grow_around_the_offset(text in "[甲乙3.5万亿元%年至第，、；：。！…“”（）\"a 😀]{0,40}", at in 0usize..130) {
            let mut offset = at.min(text.len());
            while !text.is_char_boundary(offset) { offset -= 1 }
            let steps = enclosing(&text, at);
            for step in &steps {
                prop_assert!(text.is_char_boundary(step.start) && text.is_char_boundary(step.end));
                prop_assert!(step.start <= offset && offset <= step.end && !step.is_empty());
            }
            for two in steps.windows(2) {
                prop_assert!(two[1].start <= two[0].start && two[0].end <= two[1].end && two[0].len() < two[1].len());
            }
            if let Some(last) = steps.last() {
                prop_assert_eq!(&text[last.clone()], text.trim_matches(' '));
            }
        }
    }
}
