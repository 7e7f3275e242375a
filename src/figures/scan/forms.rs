//! Numbers with a form of their own: 百分之九十八, 三分之一, codes, 第三次, 9.8∶66.7∶23.6.

use super::Scanner;
use super::class::of_unit;
use crate::figures::approximation::{self, Approximation, Sense};
use crate::figures::decimal::Decimal;
use crate::figures::mention::Class;
use crate::figures::number::{self, Number};
use crate::figures::unit;
use std::ops::Range;

impl Scanner<'_> {
    /// 百分之九十八点七, 千分之五.
    pub(super) fn of_hundred(&mut self, at: usize) -> Option<usize> {
        let of = |word: &str, of: i128| self.text[at..].starts_with(word).then(|| (word.len(), Decimal::integer(of)));
        let (length, denominator) =
            of("百分之", 100).or_else(|| of("千分之", 1000)).or_else(|| of("万分之", 10_000))?;
        let number = number::read(self.text, at + length)?;
        Some(self.share(at, number, denominator))
    }

    /// 三分之一, 三分之二以上.
    pub(super) fn fraction(&mut self, number: &Number) -> Option<usize> {
        let behind = number.range.end + "分之".len();
        let numerator =
            self.text[number.range.end..].starts_with("分之").then(|| number::read(self.text, behind))??;
        Some(self.share(number.range.start, numerator, number.value))
    }

    pub(super) fn share(&mut self, start: usize, number: Number, denominator: Decimal) -> usize {
        let mut range = start..number.range.end;
        let approximation = self.approximated(&mut range, &number);
        let class = self.named(start).unwrap_or(Class::Rate);
        self.figure(class, range, number, None, approximation, |mention| mention.denominator = Some(denominator))
    }

    /// 上千人, 超百亿元, 百余件.
    pub(super) fn bare(&mut self, at: usize) -> Option<usize> {
        let number = number::bare(self.text, at)?;
        let upwards = self.text[..at].ends_with('上') && !self.text[..at].ends_with("以上");
        let before = approximation::before(self.text, at);
        if number.vague.is_none() && before.is_none() && !upwards {
            return None;
        }
        let measure = unit::read(self.text, number.range.end).filter(|measure| self.fits(measure))?;
        let class = of_unit(measure.unit.kind)?;
        let mut range = at..measure.range.end;
        let mut approximation = self.approximated(&mut range, &number);
        if upwards {
            range.start = at - '上'.len_utf8();
            approximation = Some(Approximation { sense: Sense::AtLeast, word: range.start..at });
        }
        let class = self.named(at).unwrap_or(class);
        Some(self.figure(class, range, number, Some(measure), approximation, |_| ()))
    }

    /// Where a code with digits ends: PM2.5, 5G, 1+N, 〔2012〕10号, 3.1.2, 010-6012345.
    pub(super) fn code(&self, number: &Number) -> Option<usize> {
        let (text, Range { start, end }) = (self.text, number.range.clone());
        let before = self.before(start);
        let rest = &text[end..];
        let after = rest.chars().next();
        let letter =
            |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, 'Ａ'..='Ｚ' | 'ａ'..='ｚ'));
        let has_unit = || unit::read(text, end).is_some();
        let tail = || {
            end + rest
                .chars()
                .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
                .map(char::len_utf8)
                .sum::<usize>()
        };
        let dashed = before == Some('-') && letter(text[..start].chars().rev().nth(1));
        if letter(before) || dashed || before == Some('〔') {
            return Some(tail());
        }
        if letter(after) && !has_unit() {
            return Some(tail());
        }
        let sums = |c: Option<char>| matches!(c, Some('+' | '＋' | '×' | '*'));
        if sums(before) || sums(after) {
            return Some(tail());
        }
        // 25·7, 3.1.2, 192.168.1.1
        let dotted = matches!(after, Some('·' | '•' | '.' | '．')) && {
            let next = end + after.map_or(0, char::len_utf8);
            number::digit(text, next).is_some()
        };
        if dotted || matches!(before, Some('·' | '•')) && start > 2 && self.floor() + 3 >= start {
            return Some(
                end + rest
                    .chars()
                    .take_while(|c| c.is_ascii_digit() || matches!(c, '·' | '•' | '.'))
                    .map(char::len_utf8)
                    .sum::<usize>(),
            );
        }
        // 0955-6012345, 010: no quantity opens with a nought.
        let plain = &text.as_bytes()[start..end];
        let nought = plain.len() > 1 && plain[0] == b'0' && plain[1].is_ascii_digit();
        nought.then(tail)
    }

    /// 第九届, 第三次, 第5位.
    pub(super) fn ordinal(&mut self, number: Number) -> usize {
        let text = self.text;
        let start = number.range.start - '第'.len_utf8();
        let mut end = number.range.end;
        let mut class = Class::Ordinal;
        if let Some(measure) = unit::read(text, end) {
            let behind = &text[measure.range.end..];
            let meets = ["会议", "党代会", "全会", "代表大会", "全体会议"].iter().any(|word| behind.starts_with(word));
            class = match measure.unit.name {
                "届" => Class::Term,
                "次" if meets => Class::Term,
                "季度" => Class::Period,
                _ => Class::Ordinal,
            };
            end = measure.range.end;
        }
        let class = self.named(start).unwrap_or(class);
        self.push(class, start..end)
    }

    /// 9.8∶66.7∶23.6, 3:1.
    pub(super) fn ratio(&mut self, number: &Number) -> Option<usize> {
        let text = self.text;
        let mut terms: Vec<Number> = Vec::new();
        let mut end = number.range.end;
        while let Some(colon) = text[end..].chars().next().filter(|c| matches!(c, '∶' | ':' | '：'))
            && number::digit(text, end + colon.len_utf8()).is_some()
            && let Some(term) = number::read(text, end + colon.len_utf8()).filter(|term| term.vague.is_none())
        {
            end = term.range.end;
            terms.push(term);
        }
        if terms.is_empty() {
            return None;
        }
        // 9:30
        let hour = |n: &Number, most: i128| n.last == 0 && n.value.whole().is_some_and(|n| n < most);
        let minutes = terms.last().is_some_and(|n| hour(n, 60) && n.range.len() == 2);
        let is_clock = terms.len() <= 2 && hour(number, 24) && minutes && !text[..number.range.start].ends_with('比');
        let start = number.range.start;
        if is_clock || unit::read(text, end).is_some() {
            return Some(self.push(Class::Date, start..end));
        }
        let class = self.named(start).unwrap_or(Class::Rate);
        Some(self.figure(class, start..end, number.clone(), None, None, |mention| mention.others = terms))
    }
}
