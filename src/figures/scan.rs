//! The scanner: walks over a reading, stops at digits, Han numerals, quotes and ends of sentences, and reads one mention at
//! each number.
//!
//! A Han numeral is a figure only where a measure word proves it; 一 with a measure word is indefinite (一批, 一份). What is
//! quoted is a name, what stands in 《》 a title. Whatever stays in doubt is a `Nonfigure`: 宁可漏报，不可误报.

use super::approximation::{self, Approximation, Sense};
use super::decimal::Decimal;
use super::lexicon;
use super::mention::{Class, Mention};
use super::metric::{self, Metric, Place};
use super::number::{self, Number, Script};
use super::scope::{Scope, TIMES};
use super::time;
use super::unit::{self, Measure, UnitKind};
use std::ops::Range;

/// The mentions of a reading's text, in order; ranges are bytes of it. They do not overlap.
pub fn mentions(text: &str) -> Vec<Mention> {
    let mut scanner = Scanner {
        text,
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

struct Scanner<'t> {
    text: &'t str,
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

    /// 百分之九十八点七, 千分之五.
    fn of_hundred(&mut self, at: usize) -> Option<usize> {
        let of = |word: &str, of: i128| self.text[at..].starts_with(word).then(|| (word.len(), Decimal::integer(of)));
        let (length, denominator) =
            of("百分之", 100).or_else(|| of("千分之", 1000)).or_else(|| of("万分之", 10_000))?;
        let number = number::read(self.text, at + length)?;
        Some(self.share(at, number, denominator))
    }

    /// 三分之一, 三分之二以上.
    fn fraction(&mut self, number: &Number) -> Option<usize> {
        let behind = number.range.end + "分之".len();
        let numerator =
            self.text[number.range.end..].starts_with("分之").then(|| number::read(self.text, behind))??;
        Some(self.share(number.range.start, numerator, number.value))
    }

    fn share(&mut self, start: usize, number: Number, denominator: Decimal) -> usize {
        let mut range = start..number.range.end;
        let approximation = self.approximated(&mut range, &number);
        let class = self.named(start).unwrap_or(Class::Rate);
        self.figure(class, range, number, None, approximation, |mention| mention.denominator = Some(denominator))
    }

    /// 上千人, 超百亿元, 百余件.
    fn bare(&mut self, at: usize) -> Option<usize> {
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
    fn code(&self, number: &Number) -> Option<usize> {
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
    fn ordinal(&mut self, number: Number) -> usize {
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
    fn ratio(&mut self, number: &Number) -> Option<usize> {
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

    /// Takes the approximation before or behind `range` into it.
    fn approximated(&self, range: &mut Range<usize>, number: &Number) -> Option<Approximation> {
        let mut found = number.vague.clone().map(|(sense, word)| Approximation { sense, word });
        if let Some(before) = approximation::before(self.text, range.start).filter(|a| a.word.start >= self.floor()) {
            range.start = before.word.start;
            found = found.or(Some(before));
        }
        if found.is_none()
            && let Some(behind) = approximation::behind(self.text, range.end)
        {
            range.end = behind.word.end;
            found = Some(behind);
        }
        found.or_else(|| number.upper.map(|_| Approximation { sense: Sense::Span, word: number.range.clone() }))
    }

    /// Whether a unit is one here: 三家企业, not 三家庭; 10人, not 10人大代表.
    fn fits(&self, measure: &Measure) -> bool {
        /// By the unit, what the next character must not be.
        const REFUSED: [(&str, &str); 26] = [
            ("人", "大民才口士工均物行社保防"),
            ("市", "场民长政委容直域级"),
            ("区", "域间块位级划委政"),
            ("户", "籍外型"),
            ("省", "级委政会内外直"),
            ("村", "民镇级委"),
            ("县", "域委政级城"),
            ("乡", "村土贤"),
            ("镇", "域"),
            ("期", "间望"),
            ("分", "别钟之析"),
            ("组", "织建成合"),
            ("名", "单录称牌优"),
            ("家", "庭园乡"),
            ("位", "于置一"),
            ("本", "次地市县区届级科土轮质"),
            ("部", "门署委队分"),
            ("处", "理于置级长"),
            ("台", "湾账风"),
            ("件", "例"),
            ("所", "有在属谓"),
            ("面", "向临对积貌"),
            ("方", "面法案式针向位"),
            ("项", "目"),
            ("班", "子"),
            ("次", "数要序"),
        ];
        let next = self.text[measure.range.end..].chars().next();
        let name = measure.unit.name;
        let is_target = name == "项" && self.text[measure.range.end..].starts_with("目标");
        let refused = REFUSED.iter().find(|(unit, _)| *unit == name);
        let is_joined = measure.range.len() > name.len();
        is_target || is_joined || !refused.is_some_and(|(_, words)| next.is_some_and(|c| words.contains(c)))
    }

    /// A number with or without a unit.
    fn quantity(&mut self, mut number: Number) -> usize {
        let text = self.text;
        let start = number.range.start;
        let measure = unit::read(text, number.range.end).filter(|measure| self.fits(measure));
        // 13万至17万, 3—5个, 10%～20%
        if let Some((second, unit, end)) = self.span(&number, measure.as_ref()) {
            let kind = unit.as_ref().map(|measure| measure.unit.kind);
            let mut range = start..end;
            let mut approximation = self.approximated(&mut range, &number);
            if approximation.is_none() {
                approximation = Some(Approximation { sense: Sense::Span, word: number.range.end..second.range.start });
            }
            if number.multiplier.is_none() && number.script == second.script && second.power > 0 {
                number.value = number.value.shifted(second.power);
                number.last += second.power;
            }
            let class = match kind.map(of_unit) {
                Some(Some(class)) => class,
                Some(None) => Class::Period,
                None if second.power > 0 => Class::Figure,
                None => Class::Nonfigure,
            };
            let class = self.named(start).unwrap_or(class);
            return self.figure(class, range, number, unit, approximation, |mention| mention.others = vec![second]);
        }
        let mut range = start..measure.as_ref().map_or(number.range.end, |measure| measure.range.end);
        let class = self.class(&mut number, measure.as_ref(), &mut range);
        let measure = measure.filter(|_| class != Class::Nonfigure);
        if !class.is_figure() {
            if measure.is_none() {
                range.end = number.range.end;
            }
            return self.other(class, range, number, measure);
        }
        let approximation = self.approximated(&mut range, &number);
        let mut class = class;
        if matches!(class, Class::Figure | Class::AnnouncedCount) && self.closes_list(range.start) {
            class = Class::ListCount;
        }
        self.figure(class, range, number, measure, approximation, |_| ())
    }

    /// The second number of a range, its unit, and where it ends.
    fn span(&self, first: &Number, unit: Option<&Measure>) -> Option<(Number, Option<Measure>, usize)> {
        let text = self.text;
        let end = unit.map_or(first.range.end, |measure| measure.range.end);
        let length = time::joint(text, end)?;
        let word = &text[end..end + length];
        let second = number::read(text, end + length)?;
        if second.script != first.script || second.upper.is_some() || first.upper.is_some() || first.vague.is_some() {
            return None;
        }
        let measure = unit::read(text, second.range.end).filter(|measure| self.fits(measure));
        // 由65%到82% tells of two values; so do 从 and 由 before any pair with units.
        let moves = unit.is_some() && ["由", "从", "自"].iter().any(|word| text[..first.range.start].ends_with(word));
        let agree = match (unit, &measure) {
            (Some(one), Some(other)) => one.unit.name == other.unit.name,
            (Some(_), None) => false,
            (None, Some(_)) => true,
            // 3—5 alone may be anything; 13万至17万 is a range.
            (None, None) => {
                first.power > 0 && second.power > 0
                    || matches!(word, "至" | "～" | "~") && second.script == Script::Arabic
            }
        };
        let scaled = if first.multiplier.is_none() { first.value.shifted(second.power) } else { first.value };
        let ends = measure.as_ref().map_or(second.range.end, |measure| measure.range.end);
        (agree && !moves && scaled < second.value).then_some((second, measure, ends))
    }

    /// What a number with `measure` is.
    fn class(&self, number: &mut Number, measure: Option<&Measure>, range: &mut Range<usize>) -> Class {
        let text = self.text;
        let Range { start, .. } = *range;
        let is_han = number.script != Script::Arabic;
        let Some(measure) = measure else { return self.without_unit(number) };
        let (name, kind) = (measure.unit.name, measure.unit.kind);
        let rest = &text[measure.range.end..];
        self.half(number, measure, range);
        if let Some(named) = self.named(start) {
            return match kind {
                UnitKind::Anniversary => Class::Anniversary,
                UnitKind::Period => Class::Period,
                _ => named,
            };
        }
        if name == "个" && ["月", "多月", "半月", "季度", "年头"].iter().any(|word| rest.starts_with(word)) {
            range.end = measure.range.end + rest.find(['月', '度', '头']).map_or(0, |at| at + 3);
            return Class::Period;
        }
        // 30万吨级码头, 千万元级项目: a size class.
        if rest.starts_with('级') && matches!(kind, UnitKind::Measure | UnitKind::Money | UnitKind::Person) {
            return Class::Ordinal;
        }
        // 9时30分
        let of_clock = |last: &Mention| {
            last.range.end == start && last.measure.as_ref().is_some_and(|m| m.unit.kind == UnitKind::Clock)
        };
        if name == "分" && self.found.last().is_some_and(of_clock) {
            return Class::Date;
        }
        // 3.1个: behind a heading's number.
        if self.is_numbering(number) {
            return Class::Numbering;
        }
        if number.script == Script::HanDigits || is_han && !measure.unit.han && number.multiplier.is_none() {
            return Class::Nonfigure;
        }
        let alone = is_han && number.value == Decimal::integer(1) && number.upper.is_none() && number.vague.is_none();
        let leads = text[..start].ends_with('前')
            && !["提前", "当前", "目前", "之前", "以前", "此前", "年前"]
                .iter()
                .any(|word| text[..start].ends_with(word));
        match kind {
            UnitKind::Percent | UnitKind::Permille | UnitKind::Point => Class::Rate,
            UnitKind::Tenths
                if alone
                    || rest.starts_with([
                        '为', '立', '长', '果', '功', '效', '熟', '都', '本', '员', '就', '品', '交', '套', '形',
                    ]) =>
            {
                Class::Idiom
            }
            UnitKind::Tenths => Class::Rate,
            // 翻一番 and 增长一倍 count; 一番事业 does not.
            UnitKind::Times if alone && name == "番" && !text[..start].ends_with(['翻', '了']) => Class::Idiom,
            UnitKind::Times => Class::Rate,
            UnitKind::Money if alone => Class::Idiom,
            UnitKind::Money => Class::Money,
            UnitKind::Count | UnitKind::Person if leads && number.power == 0 => Class::Ordinal,
            UnitKind::Count | UnitKind::Person | UnitKind::Measure | UnitKind::Time | UnitKind::Age => {
                if alone {
                    return Class::Idiom;
                }
                if !is_han {
                    return Class::Figure;
                }
                self.counted_in_han(number, measure)
            }
            UnitKind::Period => Class::Period,
            UnitKind::Anniversary => Class::Anniversary,
            UnitKind::Date => Class::Date,
            UnitKind::Clock => {
                if is_han {
                    Class::Nonfigure
                } else {
                    Class::Date
                }
            }
            UnitKind::Term => Class::Term,
            UnitKind::Code => {
                if matches!(name, "大" | "号") && !is_han && name == "大" {
                    Class::Slogan
                } else {
                    Class::Ordinal
                }
            }
        }
    }

    /// 三个方面, 两支队伍, 三百二十一件. Below 100 the count is of things said nearby more often than of a year's work.
    fn counted_in_han(&self, number: &Number, measure: &Measure) -> Class {
        let rest = &self.text[measure.range.end..];
        let name = measure.unit.name;
        let before = &self.text[..number.range.start];
        // One says 两次; 二次污染 and 二类 are names. 一、二类 is a list, 100个十万亩 a size.
        let is_two = &self.text[number.range.clone()] == "二" && measure.unit.kind == UnitKind::Count;
        let is_listed = before.ends_with('、') && before.chars().rev().nth(1).is_some_and(number::is_numeral);
        let is_size =
            self.found.last().is_some_and(|last| last.class.is_figure() && last.range.end == number.range.start);
        if is_two || is_listed || is_size {
            return Class::Nonfigure;
        }
        // 二期工程, 三批次 name; 十二届一次会议, 五次党代会 are terms.
        if matches!(name, "期" | "班" | "门类")
            || measure.unit.kind == UnitKind::Measure
                && number.multiplier.is_none()
                && number.value < Decimal::integer(10)
                && name.chars().count() == 1
        {
            return Class::Nonfigure;
        }
        let meets = ["党代会", "全会", "全体会议", "代表大会", "会议"].iter().any(|word| rest.starts_with(word));
        let behind_term =
            self.found.last().is_some_and(|last| last.class == Class::Term && last.range.end == number.range.start);
        if name == "次" && meets && (behind_term || !rest.starts_with("会议")) {
            return Class::Term;
        }
        // 三位一体, 两个“一以贯之”, 四个坚持: names without quotes.
        if rest.starts_with(['“', '"', '一', '坚', '更', '不', '毫'])
            && measure.unit.kind != UnitKind::Measure
            && matches!(name, "个" | "位")
        {
            return Class::Slogan;
        }
        if number.vague.is_some() || number.multiplier.is_some() || number.value >= Decimal::integer(20) {
            Class::Figure
        } else {
            Class::AnnouncedCount
        }
    }

    /// 3年半, 一倍半, 两个半小时.
    fn half(&self, number: &mut Number, measure: &Measure, range: &mut Range<usize>) {
        let rest = &self.text[measure.range.end..];
        if !rest.starts_with('半') || number.last < 0 || number.vague.is_some() {
            return;
        }
        let behind = &rest['半'.len_utf8()..];
        let fits = match measure.unit.name {
            "个" => ["月", "小时", "钟头"].iter().any(|word| behind.starts_with(word)),
            "年" | "天" | "倍" | "里" | "公里" | "斤" | "亩" | "小时" | "吨" => {
                !behind.starts_with(['年', '天', '数', '径', '成'])
            }
            _ => false,
        };
        if let Some(value) = number.value.plus(Decimal::new(5, -1)).filter(|_| fits) {
            number.value = value;
            number.last = -1;
            range.end = measure.range.end + '半'.len_utf8();
        }
    }

    /// 一、, （一）, 一是, 1., 3.1 at the start of a clause.
    fn is_numbering(&self, number: &Number) -> bool {
        let Range { start, end } = number.range.clone();
        if !self.opens_clause(start) || number.vague.is_some() || number.upper.is_some() {
            return false;
        }
        let rest = &self.text[end..];
        let marks = ["、", "）", ")", "．", ". ", "是", "要"];
        let point = rest.starts_with('.') && number::digit(self.text, end + 1).is_none();
        // A heading's 3.1, before its words or before what only whole things have.
        let decimal = start == 0
            && number.last < 0
            && number.power == 0
            && (rest.starts_with(' ') || rest.starts_with(['个', '项', '件', '条']));
        marks.iter().any(|mark| rest.starts_with(mark)) || point || decimal
    }

    /// A number that no unit follows.
    fn without_unit(&self, number: &Number) -> Class {
        let (text, Range { start, end }) = (self.text, number.range.clone());
        if self.is_numbering(number) {
            return Class::Numbering;
        }
        if let Some(named) = self.named(start) {
            return named;
        }
        if number.script != Script::Arabic {
            let weekday = ["周", "星期", "礼拜"].iter().any(|word| text[..start].ends_with(word));
            return if weekday && number.value < Decimal::integer(7) && number.multiplier.is_none() {
                Class::Date
            } else {
                Class::Nonfigure
            };
        }
        if text[..start].ends_with('前') {
            return Class::Ordinal;
        }
        let rest = &text[end..];
        let closes = rest.chars().next().is_none_or(|c| metric::ends_clause(c) || matches!(c, '、' | '）' | ')'))
            || approximation::behind(text, end).is_some();
        let reaches =
            ["达", "达到", "至", "到", "升至", "指数为", "值为"].iter().any(|word| text[..start].ends_with(word));
        let approximate = approximation::before(text, start).is_some() || number.vague.is_some();
        let short = text[start..end].len() <= 8;
        if number.power >= 4 || closes && short && (reaches || approximate) { Class::Figure } else { Class::Nonfigure }
    }

    /// 等 before the number, or a few characters before it: 等5篇, 等省内9个州市.
    fn closes_list(&self, start: usize) -> bool {
        const NEAR: usize = 4;
        let near = self.text[..start].chars().rev().take(NEAR + 1).take_while(|c| c.is_alphanumeric());
        let near: Vec<char> = near.collect();
        near.contains(&'等')
    }

    /// A mention that is no figure.
    fn other(&mut self, class: Class, mut range: Range<usize>, number: Number, measure: Option<Measure>) -> usize {
        let text = self.text;
        if class == Class::Period {
            for word in ["过去", "未来", "今后", "连续", "近", "这", "前", "新的"] {
                if text[..range.start].ends_with(word) && range.start - word.len() >= self.floor() {
                    range.start -= word.len();
                    break;
                }
            }
            for word in ["多来", "以来", "多", "来"] {
                if text[range.end..].starts_with(word) {
                    range.end += word.len();
                    break;
                }
            }
        }
        let shares = class == Class::Nonfigure && number.script == Script::Arabic && measure.is_none();
        let named = class.is_time()
            && (class != Class::Period
                || range.len() > number.range.len() + measure.as_ref().map_or(0, |m| m.range.len()));
        if named && !self.text[range.clone()].starts_with("连续") {
            self.period = Some(range.clone());
        }
        let end = self.push(class, range);
        let index = self.found.len() - 1;
        let joined = self.pending.filter(|(_, next)| *next == number.range.start);
        self.found[index].number = Some(number);
        self.found[index].measure = measure;
        self.pending = text[end..]
            .chars()
            .next()
            .filter(|c| shares && matches!(c, '、' | '和' | '与' | '及'))
            .map(|c| (joined.map_or(index, |(first, _)| first), end + c.len_utf8()));
        end
    }

    /// A mention with its metric and scope.
    fn figure(
        &mut self,
        class: Class,
        range: Range<usize>,
        number: Number,
        measure: Option<Measure>,
        approximation: Option<Approximation>,
        with: impl FnOnce(&mut Mention),
    ) -> usize {
        let text = self.text;
        let joined = self.pending.take().filter(|(_, next)| *next == number.range.start && measure.is_some());
        if class.is_figure()
            && let Some((first, _)) = joined
        {
            self.share_unit(first, class, measure.as_ref());
        }
        let floor = self.noun_floor(self.found.len());
        let previous = self.found[self.first_of_sentence..].iter().rev().find(|m| m.class.is_figure());
        let mut metric = Metric::default();
        let mut scope = Scope::default();
        if class.is_figure() {
            let unit = measure.as_ref().filter(|m| m.unit.is_noun).map(|m| m.range.clone());
            let is_place =
                measure.as_ref().is_some_and(|m| m.unit.name.chars().all(|c| "县市区省州乡镇村".contains(c)));
            let kind = measure.as_ref().map(|m| m.unit.kind).or((class == Class::Rate).then_some(UnitKind::Percent));
            let start = self.compared(range.start).unwrap_or(range.start);
            let place = Place { text, sentence: self.sentence, floor, start, end: range.end, kind, is_place, unit };
            // Its noun may be this one's too if both count in one unit, or stand in one clause.
            let unit_of = |m: &Option<Measure>| m.as_ref().map(|m| m.unit.name);
            let kin = |m: &&Mention| {
                unit_of(&m.measure) == unit_of(&measure)
                    || (m.class, class) == (Class::Rate, Class::Rate)
                    || !text[m.range.end..range.start].contains(metric::ends_clause)
            };
            metric = Metric::of(&place, previous.filter(kin).map(|previous| &previous.metric));
            if metric.noun.is_none() {
                // 分5组赴广西: at least what was counted in.
                metric.noun = measure.as_ref().filter(|m| m.unit.kind == UnitKind::Count).map(|m| m.range.clone());
            }
            let clause = metric::clause_start(text, range.start, self.sentence)..metric::clause_end(text, range.end);
            let named = TIMES
                .iter()
                .filter_map(|word| text[self.sentence..range.start].rfind(word).map(|at| (at, word.len())))
                .max();
            let named = named.map(|(at, length)| self.sentence + at..self.sentence + at + length);
            let period = named
                .filter(|n| self.period.as_ref().is_none_or(|p| p.start < n.start))
                .or_else(|| self.period.clone());
            self.period.clone_from(&period);
            scope = Scope::of(text, clause, range.start, period);
        }
        // 5大类83项规章制度: one noun for both.
        if let Some(last) = self.found.last_mut().filter(|last| last.class.is_figure() && last.range.end == range.start)
        {
            last.metric.noun.clone_from(&metric.noun);
        }
        let period = self.period.clone();
        let end = self.push(class, range);
        self.period = period;
        if let Some(mention) = self.found.last_mut() {
            (mention.number, mention.measure, mention.approximation) = (Some(number), measure, approximation);
            (mention.metric, mention.scope) = (metric, scope);
            with(mention);
        }
        end
    }

    /// Gives the unit at the end of 800、600、300公里 to the numbers before it.
    fn share_unit(&mut self, first: usize, class: Class, measure: Option<&Measure>) {
        let text = self.text;
        for index in first..self.found.len() {
            let floor = self.noun_floor(index);
            let previous = index.checked_sub(1).map(|before| self.found[before].metric.clone());
            let mention = &mut self.found[index];
            let Range { start, end } = mention.range;
            let place = Place {
                text,
                sentence: self.sentence,
                floor,
                start,
                end,
                kind: Some(UnitKind::Percent),
                is_place: false,
                unit: None,
            };
            mention.class = class;
            mention.measure = measure.cloned();
            mention.metric = Metric::of(&place, previous.as_ref());
        }
    }
}

/// The class of a quantity in `kind`, if it is a figure's.
fn of_unit(kind: UnitKind) -> Option<Class> {
    match kind {
        UnitKind::Percent | UnitKind::Permille | UnitKind::Point | UnitKind::Times | UnitKind::Tenths => {
            Some(Class::Rate)
        }
        UnitKind::Money => Some(Class::Money),
        UnitKind::Count | UnitKind::Person | UnitKind::Measure | UnitKind::Time | UnitKind::Age => Some(Class::Figure),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// `class text value[..upper] unit metric` of every figure in `text`.
    fn shown(text: &str) -> Vec<String> {
        let figures = mentions(text).into_iter().filter(|m| m.class.is_figure());
        figures
            .map(|m| {
                let words =
                    |range: Option<&Range<usize>>| range.map(|r| text[r.clone()].to_owned()).unwrap_or("-".into());
                let others: Vec<String> = m.others.iter().map(|o| format!("..{}", o.value)).collect();
                let value = m.value().map(|v| v.to_string()).unwrap_or_default() + &others.concat();
                let unit = m.measure.as_ref().map(|measure| &measure.range);
                let metric = words(m.metric.noun.as_ref());
                format!("{} {} {value} {} {metric}", m.class.name(), &text[m.range.clone()], words(unit))
            })
            .collect()
    }

    #[test]
    fn figures_are_read_with_unit_and_metric() {
        let cases: &[(&str, &[&str])] = &[
            ("立案提案42件，办复率100%。", &["figure 42件 42 件 立案提案", "rate 100% 100 % 办复率"]),
            ("167件情系发展和民生的提案", &["figure 167件 167 件 提案"]),
            ("捐款捐物68多万元，", &["money 68多万元 680000 元 捐款捐物"]),
            ("由13万至17万增加", &["figure 13万至17万 130000..170000 - -"]),
            ("种植面积13万至17万亩", &["figure 13万至17万亩 130000..170000 亩 种植面积"]),
            ("办理3—5个项目", &["figure 3—5个 3..5 个 项目"]),
            ("占比10%～20%。", &["rate 10%～20% 10..20 % -"]),
            ("三次产业比调整为9.8∶66.7∶23.6。", &["rate 9.8∶66.7∶23.6 9.8..66.7..23.6 - 三次产业"]),
            ("超过三分之二的村", &["rate 超过三分之二 2 - 村"]),
            ("占百分之九十八点七", &["rate 百分之九十八点七 98.7 - -"]),
            (
                "满意率由65%提高到82%，提高17个百分点",
                &["rate 65% 65 % 满意率", "rate 82% 82 % 满意率", "rate 17个百分点 17 个百分点 满意率"],
            ),
            ("产值翻两番、增长1.5倍", &["rate 两番 2 番 产值", "rate 1.5倍 1.5 倍 产值"]),
            (
                "改造燃气管网800、600、300公里",
                &["figure 800 800 公里 燃气管网", "figure 600 600 公里 燃气管网", "figure 300公里 300 公里 燃气管网"],
            ),
            ("7条信息被全国政协采用，15条被省政协采用", &["figure 7条 7 条 信息", "figure 15条 15 条 信息"]),
            ("制造业、服务业分别增长18.6%、13.4%", &["rate 18.6% 18.6 % 制造业", "rate 13.4% 13.4 % 服务业"]),
            ("惠及群众上万人", &["figure 上万人 10000 人 群众"]),
            ("收集意见百余条，", &["figure 百余条 100 条 意见"]),
            ("解决三四个问题", &["announced-count 三四个 3 个 问题"]),
            ("《甲》《乙》等5篇稿件", &["list-count 5篇 5 篇 稿件"]),
            ("浓度36.2微克/立方米，", &["figure 36.2微克/立方米 36.2 微克/立方米 浓度"]),
            ("新增就业３．５万人", &["figure ３．５万人 35000 人 就业"]),
            ("历时两个半小时", &["announced-count 两个半 2.5 个 小时"]),
        ];
        let wrong = cases.iter().filter(|(text, expected)| shown(text) != *expected);
        let wrong: Vec<_> = wrong.map(|(text, _)| (text, shown(text))).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn numbers_that_are_no_figures() {
        let texts = [
            "“1+1+2+N”机制",
            "国发〔2012〕10号",
            "电话0955-6012345",
            "3.1 总体要求",
            "3.1.2 任务",
            "5G基站",
            "PM2.5浓度",
            "COVID-19",
            "2020年4736号提案",
            "第九届",
            "第3位",
            "第三次会议",
            "十二届一次会议",
            "2016年至2021年",
            "5月3日",
            "1—11月",
            "五年来",
            "上半年",
            "“十四五”时期",
            "21世纪",
            "70周年",
            "增强“四个意识”",
            "一心一意",
            "进一步",
            "一批",
            "《四十年回顾》",
            "一是加强",
            "（二）工作",
            "1.加强",
            "地铁4号线",
            "世界500强",
            "5A级景区",
            "9时30分",
            "每周二",
            "前三季度",
            "全国前3",
            "二次污染",
            "一、二类水",
            "2022-01-09",
            "30万吨级码头",
            "v1.2.3",
            "12345热线",
            "双减",
            "两手抓",
            "三位一体",
            "海河“25·7”洪水",
            "3个月",
            "三年行动",
        ];
        let wrong: Vec<_> =
            texts.iter().map(|text| (text, shown(text))).filter(|(_, found)| !found.is_empty()).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    /// Idioms and words of the genre; each must stay silent in a sentence.
    const QUIET: &str = "一心一意 一体推进 一如既往 一以贯之 一脉相承 一鼓作气 一马当先 一目了然 一丝不苟 一往无前 一针见血 一蹴而就 \
        一成不变 一劳永逸 一举多得 一网通办 一站式 一件事 一村一品 一岗双责 一票否决 一点一滴 一席之地 一窝蜂 一刀切 一草一木 \
        一朝一夕 一言一行 一呼百应 一应俱全 一系列 一大批 一揽子 一盘棋 一张网 一把手 一条龙 二手房 三心二意 三令五申 三番五次 \
        三言两语 三天两头 三农 三门峡 三江源 四面八方 四通八达 四川 五湖四海 五彩缤纷 五花八门 五谷丰登 五台山 六盘山 七上八下 \
        七嘴八舌 八仙过海 八项规定 九牛一毛 九三学社 十全十美 十拿九稳 十年磨一剑 十堰 百花齐放 百家争鸣 百年大计 百折不挠 \
        百舸争流 百尺竿头 百姓 千方百计 千家万户 千军万马 千山万水 千丝万缕 千言万语 千头万绪 千变万化 千载难逢 千行百业 \
        千锤百炼 万众一心 万无一失 万象更新 万马奔腾 万水千山 万紫千红 万事如意 成千上万 数一数二 独一无二 首屈一指 举一反三 \
        接二连三 两手抓 两岸 两会 两全其美 进一步 统一战线 第一时间 一线 一流 统一思想 高度一致 最大公约数 大多数 半数 过半数 几代人 \
        数字 数据 一带一路 两个维护 四个意识 五位一体 三会一课 六稳 十分重要 一切 一起 一同 一度";

    #[test]
    fn idioms_stay_silent() {
        let words: Vec<&str> = QUIET.split_whitespace().collect();
        assert!(words.len() >= 80);
        for word in words {
            for text in [word.to_owned(), format!("我们坚持{word}，推动工作。"), format!("{word}个人")] {
                let only_word =
                    |m: &&Mention| m.class.is_figure() && m.range.start < text.find(word).unwrap() + word.len();
                let found = mentions(&text);
                assert!(!found.iter().any(|m| only_word(&m)), "{text}: {found:?}");
            }
        }
    }

    #[test]
    fn a_mention_knows_its_interval_and_rounding() {
        let interval = |text: &str| {
            let mention = mentions(text).into_iter().find(|m| m.class.is_figure()).unwrap();
            let end = |bound: super::super::Bound| bound.value().map(|v| v.to_string()).unwrap_or_default();
            let (exact, rounded) = (mention.interval().unwrap(), mention.rounded().unwrap());
            [exact.min, exact.max, rounded.min, rounded.max].map(end).join(" ")
        };
        assert_eq!(interval("满意率98.7%"), "98.7 98.7 98.65 98.75");
        assert_eq!(interval("满意率98.70%"), "98.7 98.7 98.695 98.705");
        assert_eq!(interval("投资40万元"), "400000 400000 395000 405000");
        assert_eq!(interval("建议160余条"), "160 170 159.5 170.5");
        assert_eq!(interval("近1万人"), "9000 10000 4000 15000");
        assert_eq!(interval("解决三四个问题"), "3 4 2.5 4.5");
        assert_eq!(interval("90%以上"), "90  89.5 ");
    }

    #[test]
    fn scope_is_what_the_text_says() {
        let text = "2020年，全市共收到提案120件，其中委员提案90件，人均1.5件。";
        let found: Vec<Mention> = mentions(text).into_iter().filter(|m| m.class.is_figure()).collect();
        assert!(found.iter().all(|m| m.scope.period == Some(0..7)));
        assert_eq!(found.iter().map(|m| m.scope.marks.join(" ")).collect::<Vec<_>>(), ["", "其中", "人均"]);
        // A time compared with is no period.
        let found = mentions("2024年，浓度较2020年下降25%。");
        assert!(
            found
                .iter()
                .any(|m| m.class == Class::Rate && m.scope.period == Some(0..7) && m.metric.noun == Some(10..16))
        );
    }

    proptest! {
        #[test]
        fn any_text_is_read_in_order_without_a_panic(
            text in "([0-9]{1,4}|[零〇一二两三四五六七八九十百千万亿几数半]{1,3}|第|年|月|日|[-—·.:∶,，、。；+/%]|至|到|近|约|超|余|多|以上|个|件|人次|万元|分之|百分之|百分点|等|其中|分别|的|提案|增长|[“”《》\"（）()]|N|km| |[^x]){0,24}"
        ) {
            let mut end = 0;
            for mention in mentions(&text) {
                let Range { start, end: next } = mention.range;
                prop_assert!(end <= start && start < next, "{}: {:?}", text, mention);
                prop_assert!(text.get(start..next).is_some());
                prop_assert!(mention.sentence.start <= start && next <= mention.sentence.end, "{}: {:?}", text, mention);
                let parts = [&mention.metric.noun, &mention.metric.verb, &mention.scope.period, &mention.scope.body];
                for part in parts.into_iter().flatten() {
                    prop_assert!(text.get(part.clone()).is_some_and(|words| !words.is_empty()), "{}: {:?}", text, mention);
                }
                let _ = (mention.interval(), mention.rounded());
                end = next;
            }
        }
    }
}
