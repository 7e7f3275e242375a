//! Parallel paragraphs (并列段): one frame filled on purpose for two towns, two members, two years. What tells them from
//! copies is what differs: figures of one kind, or words in the place of the subject; who revises a copy leaves its subject.

use super::{Copy, Text, told};
use crate::knowledge::is_surname;
use crate::similarity::align::Difference;
use crate::text::figure::is_digit;
use crate::text::han::is_han;
use crate::text::numeral::is_han_digit;
use std::ops::Range;

/// Han. Parallel paragraphs are short; of a longer one that differs in its subject alone, or in some of its figures, it is
/// more likely that it was pasted.
const SHORT: u32 = 120;

/// Whether two like paragraphs are written in one frame on purpose.
pub(super) fn is_parallel(text: &Text, copy: &Copy) -> bool {
    states_others(text, copy) || speaks_of_another(text, copy)
}

/// Of the figures at least two, and half of all (in a longer paragraph nearly all), are other numbers of the same kind:
/// 42件 and 36件, 21% and 18%.
fn states_others(text: &Text, copy: &Copy) -> bool {
    let kind = |figure: &str| figure.replace(|c: char| c == '.' || is_digit(c) || is_han_digit(c), "");
    let told = told::told(text, copy);
    let of_one_kind = |d: &Difference| kind(text.words(d.first.clone())) == kind(copy.text.words(d.second.clone()));
    let others = told.iter().filter(|t| t.is_figure && of_one_kind(&t.difference)).count();
    let digits: Vec<bool> = text.characters[copy.own.clone()].iter().map(|c| is_digit(*c) || *c == '.').collect();
    let figures = digits.chunk_by(|a, b| a == b).filter(|run| run[0]).count();
    let quarters = if copy.han(text) < SHORT { 2 } else { 3 };
    others >= 2 && 4 * others >= quarters * figures
}

/// A short paragraph whose first clause has another word in it, and that differs by words, not by characters. Figures and
/// the numbers of markers say nothing of that: 3支 and 5支 differ in one character.
fn speaks_of_another(text: &Text, copy: &Copy) -> bool {
    /// Characters of the first clause in which the subject stands, behind a marker.
    const SUBJECT: usize = 20;
    if copy.han(text) >= SHORT {
        return false;
    }
    let stop =
        text.characters[copy.own.clone()].iter().skip(4).position(|c| matches!(c, ',' | '。' | ':' | ';' | '、'));
    let clause = copy.own.start + stop.map_or(SUBJECT, |at| at + 4).min(SUBJECT);
    let sides = Sides { text, copy };
    let differences: Vec<&Difference> = copy.differences.iter().filter(|d| !sides.is_number(d)).collect();
    let is_word = |d: &Difference| d.first.len().min(d.second.len()) >= 2 || sides.is_name(d);
    let has_subject = differences.iter().any(|d| d.first.start < clause && is_word(d));
    // Who revises a copy puts in and takes out; the slots of a frame are filled with other words. Slips are of one
    // character.
    let replaced = differences.iter().filter(|d| !d.first.is_empty() && !d.second.is_empty()).count();
    let weight = |d: &&Difference| d.first.len().max(d.second.len()).max(if sides.is_name(d) { 2 } else { 0 });
    has_subject
        && 2 * replaced >= differences.len()
        && differences.iter().map(weight).sum::<usize>() >= 2 * differences.len()
}

/// What stands behind the name of a person.
const OFFICES: [&str; 6] = ["委员", "代表", "同志", "主席", "主任", "书记"];

/// Characters that are names by themselves, of one row each: 委员甲 and 委员乙, 上半年 and 下半年.
const ROWS: [&str; 2] = ["甲乙丙丁", "上下"];

/// The words on the two sides of a difference.
struct Sides<'a> {
    text: &'a Text,
    copy: &'a Copy,
}

impl Sides<'_> {
    fn words(&self, difference: &Difference) -> (&str, &str) {
        (self.text.words(difference.first.clone()), self.copy.text.words(difference.second.clone()))
    }

    /// Whether a difference is of numbers alone. What stands right behind a figure touches it: 1月8日上午, 1月7日下午.
    fn is_number(&self, difference: &Difference) -> bool {
        let (own, other) = self.words(difference);
        let all = |words: &str| !words.is_empty() && words.chars().all(|c| is_digit(c) || is_han_digit(c));
        let within = |(a, b): (Range<usize>, Range<usize>)| {
            let (own, other) = (&difference.first, &difference.second);
            a.start <= own.start && own.end <= a.end && b.start <= other.start && other.end <= b.end
        };
        all(own) && all(other) || told::figures(self.text, self.copy, difference).is_some_and(within)
    }

    /// Whether a difference, though it is of one character, is of two names: by what the character is, as the name of a person
    /// in office, or because the same is put for the same again (申报人…本人, 申报单位…本单位).
    fn is_name(&self, difference: &Difference) -> bool {
        let words = self.words(difference);
        let is_one = |words: &str| words.chars().count() == 1 && words.chars().all(is_han);
        let is_han = |words: &str| !words.is_empty() && words.chars().all(is_han);
        let is_row = || ROWS.iter().any(|row| row.contains(words.0) && row.contains(words.1));
        // 张委员 and 李委员, 王刚同志 and 王敏同志.
        let is_person = |text: &Text, range: &Range<usize>| {
            let behind: String = text.characters[range.end..].iter().take(2).collect();
            let from = range.start.saturating_sub(1);
            OFFICES.contains(&&*behind) && text.characters[from..range.end].iter().any(|c| is_surname(*c))
        };
        let are_persons = || is_person(self.text, &difference.first) && is_person(&self.copy.text, &difference.second);
        let again = || self.copy.differences.iter().filter(|other| self.words(other) == words).count() >= 2;
        is_one(words.0) && is_one(words.1) && (is_row() || are_persons())
            || is_han(words.0) && is_han(words.1) && again()
    }
}
