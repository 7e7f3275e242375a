//! The scanner: walks over a reading, stops at digits, Han numerals, quotes and ends of sentences, and reads one mention at
//! each number.
//!
//! A Han numeral is a figure only where a measure word proves it; 一 with a measure word is indefinite (一批, 一份). What is
//! quoted is a name, what stands in 《》 a title. Whatever stays in doubt is a `Nonfigure`: 宁可漏报，不可误报.

mod class;
mod forms;
mod quantity;

use super::lexicon;
use super::mention::{Class, Mention};
use super::metric::Metric;
use super::number;
use super::scope::Scope;
use super::time;
use std::ops::Range;

/// The mentions of a reading's text, in order; ranges are bytes of it. They do not overlap.
pub fn mentions(text: &str) -> Vec<Mention> {
    scan(text, true)
}

/// The same mentions without metric and scope, at a third of the cost: for whoever looks at the numbers first.
pub fn numbers(text: &str) -> Vec<Mention> {
    scan(text, false)
}

fn scan(text: &str, told: bool) -> Vec<Mention> {
    let mut scanner = Scanner {
        text,
        told,
        found: Vec::new(),
        sentence: 0,
        first_of_sentence: 0,
        period: None,
        pending: None,
        quotes: Vec::new(),
        straight: text.bytes().filter(|&b| b == b'"').count() % 2 == 0,
    };
    let mut at = 0;
    while let Some((stop, place)) = next(text, at) {
        at = match stop {
            Stop::Numeral => scanner.numeral(place).max(place + 1),
            Stop::Mark(c) => {
                scanner.mark(place, c);
                place + c.len_utf8()
            }
        };
        while !text.is_char_boundary(at) {
            at += 1;
        }
    }
    scanner.end_sentence(text.len());
    scanner.found
}

enum Stop {
    Numeral,
    Mark(char),
}

/// The next character that the scanner must look at.
fn next(text: &str, from: usize) -> Option<(Stop, usize)> {
    let bytes = text.as_bytes();
    let mut at = from;
    while let Some(&first) = bytes.get(at) {
        if first < 0x80 {
            match first {
                b'0'..=b'9' => return Some((Stop::Numeral, at)),
                b'"' | b'!' | b'?' | b'\n' | b';' => return Some((Stop::Mark(first as char), at)),
                _ => at += 1,
            }
            continue;
        }
        if !(0xE2..=0xEF).contains(&first) {
            at += if first < 0xE0 {
                2
            } else if first < 0xF0 {
                3
            } else {
                4
            };
            continue;
        }
        let [_, second, third] = bytes[at..at + 3] else { return None };
        // 零〇一二两三四五六七八九十百千万亿廿卅几数半, full-width digits; the marks.
        let stop = match (first, second, third) {
            (0xE4, 0xB8, 0x80 | 0x87 | 0x83 | 0x89 | 0xA4)
            | (0xE4, 0xB9, 0x9D)
            | (0xE4, 0xBA, 0x8C | 0x94 | 0xBF)
            | (0xE5, 0x85, 0xAB | 0xAD)
            | (0xE5, 0x87, 0xA0)
            | (0xE5, 0x8D, 0x81 | 0x83 | 0x85 | 0x8A)
            | (0xE5, 0x9B, 0x9B)
            | (0xE5, 0xBB, 0xBF)
            | (0xE6, 0x95, 0xB0)
            | (0xE7, 0x99, 0xBE)
            | (0xE9, 0x9B, 0xB6)
            | (0xE3, 0x80, 0x87)
            | (0xEF, 0xBC, 0x90..=0x99) => Stop::Numeral,
            (0xE2, 0x80, 0x9C) => Stop::Mark('“'),
            (0xE2, 0x80, 0x9D) => Stop::Mark('”'),
            (0xE2, 0x80, 0x98) => Stop::Mark('‘'),
            (0xE2, 0x80, 0x99) => Stop::Mark('’'),
            (0xE3, 0x80, 0x8A) => Stop::Mark('《'),
            (0xE3, 0x80, 0x8B) => Stop::Mark('》'),
            (0xE3, 0x80, 0x82) => Stop::Mark('。'),
            (0xEF, 0xBC, 0x81) => Stop::Mark('！'),
            (0xEF, 0xBC, 0x9F) => Stop::Mark('？'),
            (0xEF, 0xBC, 0x9B) => Stop::Mark('；'),
            _ => {
                at += 3;
                continue;
            }
        };
        return Some((stop, at));
    }
    None
}

/// Where the number of an item ends that begins with a year: 2.2024年粮食总产量… is no 2.2024.
fn numbering(text: &str, at: usize) -> Option<usize> {
    let (number, rest) = text[at..].split_once('.').filter(|_| text[..at].trim_end().is_empty())?;
    let is_number = (1..=2).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    let (year, behind) = rest.split_at_checked(4)?;
    let is_year = ["19", "20"].iter().any(|century| year.starts_with(century)) && behind.starts_with('年');
    (is_number && is_year).then_some(at + number.len() + 1)
}

struct Scanner<'t> {
    text: &'t str,
    /// Whether mentions are told what they count, and within what.
    told: bool,
    found: Vec<Mention>,
    sentence: usize,
    /// Index of the first mention of this sentence.
    first_of_sentence: usize,
    /// The last time named in this passage.
    period: Option<Range<usize>>,
    /// Index of the first of the numbers without a unit that the next one may share its unit with (800、600、300公里), and
    /// where the next one must start.
    pending: Option<(usize, usize)>,
    /// Open quotes: the mark and where what is quoted starts.
    quotes: Vec<(char, usize)>,
    /// Straight quotes look alike: an odd one leaves all of them in doubt.
    straight: bool,
}

/// A quotation longer than this (characters) is somebody's words, not a name.
const LONGEST_NAME: usize = 36;

impl Scanner<'_> {
    fn mark(&mut self, at: usize, c: char) {
        match c {
            '“' | '‘' | '《' => {
                if self.quotes.len() < 8 {
                    self.quotes.push((c, at + c.len_utf8()));
                }
            }
            '”' | '’' | '》' => {
                let open = match c {
                    '”' => '“',
                    '’' => '‘',
                    _ => '《',
                };
                if let Some(index) = self.quotes.iter().rposition(|(mark, _)| *mark == open) {
                    self.quotes.truncate(index);
                }
            }
            '"' if self.straight => match self.quotes.iter().rposition(|(mark, _)| *mark == '"') {
                Some(index) => self.quotes.truncate(index),
                None => self.quotes.push(('"', at + 1)),
            },
            '"' => {}
            _ => self.end_sentence(at + c.len_utf8()),
        }
    }

    fn end_sentence(&mut self, end: usize) {
        for mention in &mut self.found[self.first_of_sentence..] {
            mention.sentence.end = end;
        }
        (self.sentence, self.first_of_sentence) = (end, self.found.len());
    }

    /// Whether `at` is quoted as a name or title.
    fn named(&self, at: usize) -> Option<Class> {
        for &(open, start) in self.quotes.iter().rev() {
            let close = match open {
                '“' => '”',
                '‘' => '’',
                '《' => '》',
                other => other,
            };
            let length = self.text[at..].chars().take(2 * LONGEST_NAME).position(|c| c == close);
            let Some(length) = length else { continue };
            if open == '《' {
                return Some(Class::Title);
            }
            if self.text[start..at].chars().count() + length <= LONGEST_NAME {
                return Some(Class::Slogan);
            }
        }
        None
    }

    fn before(&self, at: usize) -> Option<char> {
        self.text[..at].chars().next_back()
    }

    fn floor(&self) -> usize {
        self.found.last().map_or(0, |mention| mention.range.end)
    }

    /// Where the noun before mention `index` may begin: behind the figure or time before it, in its sentence.
    fn noun_floor(&self, index: usize) -> usize {
        let before = &self.found[self.first_of_sentence.min(index)..index];
        let bounds = |m: &&Mention| m.class.is_figure() || m.class.is_time() && !self.is_compared(m);
        let last = before.iter().rev().find(bounds);
        last.map_or(self.sentence, |m| m.range.end)
    }

    /// Whether a time is only compared with: 较2020年, 比“十三五”末.
    fn is_compared(&self, time: &Mention) -> bool {
        time.class.is_time()
            && (self.text[time.range.clone()].starts_with("连续")
                || self.text[..time.range.start].trim_end_matches(['“', '"']).ends_with(['较', '比']))
    }

    /// Where the comparison before `at` begins: the noun stands before it.
    fn compared(&self, at: usize) -> Option<usize> {
        /// 同期下降 and the like stand between: six characters.
        const NEAR: usize = 18;
        let time = self.found.last().filter(|time| self.is_compared(time) && at - time.range.end <= NEAR)?;
        let before = self.text[..time.range.start].trim_end_matches(['“', '"']);
        let word = before.chars().next_back().filter(|c| matches!(c, '较' | '比')).map_or(0, char::len_utf8);
        Some(before.len() - word)
    }

    /// Nothing but a mark stands before `at` in its clause.
    fn opens_clause(&self, at: usize) -> bool {
        self.before(at).is_none_or(|c| {
            matches!(c, '。' | '；' | '：' | '！' | '？' | ';' | '!' | '?' | '\n' | '#' | '（' | '(' | '”')
        })
    }

    fn push(&mut self, class: Class, range: Range<usize>) -> usize {
        let end = range.end;
        self.found.push(Mention {
            class,
            range,
            number: None,
            others: Vec::new(),
            denominator: None,
            approximation: None,
            measure: None,
            metric: Metric::default(),
            scope: Scope::default(),
            sentence: self.sentence..end,
        });
        end
    }

    /// Reads the number at `at`; gives where to go on.
    fn numeral(&mut self, at: usize) -> usize {
        if at < self.floor() {
            return self.floor();
        }
        let text = self.text;
        if let Some(end) = numbering(text, at) {
            return self.push(Class::Ordinal, at..end);
        }
        let is_han = number::digit(text, at).is_none();
        let ordinal = text[..at].ends_with('第');
        if is_han {
            if let Some(end) = self.of_hundred(at) {
                return end;
            }
            if let Some(end) = self.bare(at) {
                return end;
            }
            if !ordinal
                && let Some((range, class)) = lexicon::read(text, at).filter(|(range, _)| range.start >= self.floor())
            {
                let class = self.named(at).filter(|_| !class.is_time()).unwrap_or(class);
                if class.is_time() {
                    self.period = Some(range.clone());
                }
                return self.push(class, range);
            }
        }
        if !ordinal
            && let Some((range, class)) = time::read(text, at)
            && !(is_han && class == Class::Date && text[..at].ends_with(['每', '前', '近', '后']))
        {
            let class = match self.named(at) {
                Some(Class::Title) => Class::Title,
                _ => class,
            };
            let compared = text[..at].trim_end_matches(['“', '"']).ends_with(['较', '比']);
            if matches!(class, Class::Year | Class::DateRange) && !compared {
                self.period = Some(range.clone());
            }
            return self.push(class, range);
        }
        let Some(number) = number::read(text, at) else {
            let skipped: usize = text[at..]
                .chars()
                .take_while(|c| !is_han && (c.is_ascii_digit() || matches!(c, '０'..='９')))
                .map(char::len_utf8)
                .sum();
            return at + skipped.max(1);
        };
        if ordinal {
            return self.ordinal(number);
        }
        if !is_han && let Some(end) = self.code(&number) {
            return self.push(self.named(at).unwrap_or(Class::Mechanism), at..end);
        }
        if let Some(end) = self.fraction(&number) {
            return end;
        }
        if let Some(end) = self.ratio(&number) {
            return end;
        }
        self.quantity(number)
    }
}

#[cfg(test)]
mod tests;
