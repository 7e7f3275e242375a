//! Years, dates, periods and terms of office (届次) as titles, session lines and sign-offs write them.
//!
//! All functions read folded text (`Fold::Width`): one width, no spaces. What is no well-formed year or date gives
//! nothing.

use super::pattern;
use crate::text::numeral::{self, NumeralForm};
use regex::Regex;
use std::fmt;
use std::ops::{Range, RangeInclusive};
use std::sync::LazyLock;

/// A date of the calendar. Drafts of a working paper often stop at the month: `2021年12月`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Date {
    pub year: u32,
    pub month: u32,
    pub day: Option<u32>,
}

/// Which term of office (届) a body sits in, and the number of its meeting (次).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Term {
    pub session: u32,
    pub meeting: Option<u32>,
}

/// The time that a draft covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Period {
    /// 2025年
    Year(u32),
    /// 2016年至2021年
    Span { from: u32, to: u32 },
    /// “十四五”时期: the number of the five-year plan, 14.
    Plan(u32),
    /// 五年: so many years, and the text does not say which.
    Years(u32),
}

impl Period {
    /// The calendar years, where the text says which. The tenth five-year plan (“十五”) ran from 2001 to 2005, and each
    /// since began where the one before ended.
    pub fn years(self) -> Option<RangeInclusive<u32>> {
        match self {
            Period::Year(year) => Some(year..=year),
            Period::Span { from, to } => Some(from..=to),
            Period::Plan(number) => {
                let from = 2001 + number.checked_sub(10)? * 5;
                Some(from..=from + 4)
            }
            Period::Years(_) => None,
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}年{}月", self.year, self.month)?;
        self.day.map_or(Ok(()), |day| write!(f, "{day}日"))
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "第{}届", self.session)?;
        self.meeting.map_or(Ok(()), |meeting| write!(f, "第{meeting}次会议"))
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Period::Year(year) => write!(f, "{year}年"),
            Period::Span { from, to } => write!(f, "{from}年至{to}年"),
            Period::Plan(number) => {
                let number = numeral::print(*number, NumeralForm::Han).unwrap_or_default();
                write!(f, "“{number}五”时期")
            }
            Period::Years(count) => write!(f, "{count}年"),
        }
    }
}

const YEAR: &str = "(?:(?:19|20)[0-9]{2}|[一二][九零〇○◯][零〇○◯一二三四五六七八九]{2})";
const NUMBER: &str = "(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})";

static YEARS: LazyLock<Regex> = LazyLock::new(|| pattern(&format!("({YEAR})年")));
static DATE: LazyLock<Regex> = LazyLock::new(|| pattern(&format!("({YEAR})年({NUMBER})月(?:({NUMBER})日)?")));
static SPAN: LazyLock<Regex> = LazyLock::new(|| pattern(&format!("({YEAR})年?(?:至|到|[-—–~─])+({YEAR})年")));
static PLAN: LazyLock<Regex> =
    LazyLock::new(|| pattern(r#""(十[一二三四五六七八九]?)五"|第(十[一二三四五六七八九]?)个五年"#));
/// 五年工作综述, 过去五年, 三年来. A single year is no length: which one it was says more.
static LENGTH: LazyLock<Regex> =
    LazyLock::new(|| pattern("([二两三四五六七八九十])年(?:来|工作|履职|发展|综述|回顾|总结)"));
static TERM: LazyLock<Regex> = LazyLock::new(|| {
    let (number, body) = (NUMBER, "(?:人民代表大会|人大|委员会|政协|常务委员会|常委会)");
    pattern(&format!(
        r"第?({number})届(\p{{Han}}{{0,16}}?){body}(?:[^,。;]{{0,6}}?第?({number})次(?:全体)?会议)?|{body}第?({number})届(?:常委会)?第?({number})次(?:全体)?会议"
    ))
});

/// The number of a year written in digits of either script.
fn year_number(text: &str) -> Option<u32> {
    text.chars().try_fold(0, |value, c| {
        let digit = match c {
            '〇' | '○' | '◯' => 0,
            _ => numeral::parse(&c.to_string()).map(|(n, _)| n).or((c == '零' || c == '0').then_some(0))?,
        };
        Some(value * 10 + digit)
    })
}

/// A month or a day. 《党政机关公文格式》 (GB/T 9704—2012, 7.3.5.4) writes them without a zero before (月、日不编虚位);
/// web pages and cameras write `2026年02月09日`, and that is not a date that the draft gives itself.
fn small_number(text: &str) -> Option<u32> {
    (!text.starts_with('0')).then(|| numeral::parse(text)).flatten().map(|(n, _)| n)
}

/// The first date in `text`, with its range.
pub fn date(text: &str) -> Option<(Date, Range<usize>)> {
    DATE.captures_iter(text).find_map(|found| {
        let year = year_number(&found[1])?;
        let month = small_number(&found[2])?;
        let day = found.get(3).map(|day| small_number(day.as_str()));
        let longest = match month {
            2 => 29,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        let is_valid = (1..=12).contains(&month) && day.is_none_or(|d| d.is_some_and(|d| (1..=longest).contains(&d)));
        is_valid.then(|| (Date { year, month, day: day.flatten() }, found.get(0).map_or(0..0, |m| m.range())))
    })
}

/// The end of a session that went on: 1月5日至8日.
static UNTIL: LazyLock<Regex> = LazyLock::new(|| pattern("^(?:至|到|-|—)(?:[0-9]{1,2}月)?[0-9]{1,2}日"));

/// `text` behind a date, without the day up to which its session went on.
pub fn behind_until(text: &str) -> &str {
    &text[UNTIL.find(text).map_or(0, |until| until.end())..]
}

/// The years that `text` names by themselves: neither a date's nor an end of a span.
pub fn years(text: &str) -> Vec<(u32, Range<usize>)> {
    let taken: Vec<Range<usize>> = DATE.find_iter(text).chain(SPAN.find_iter(text)).map(|m| m.range()).collect();
    YEARS
        .captures_iter(text)
        .filter_map(|found| {
            let range = found.get(0)?.range();
            // 12026年 or 第2026年 is no year.
            let is_free = !text[..range.start].ends_with(|c: char| c.is_ascii_digit() || c == '第');
            let is_alone = is_free && !taken.iter().any(|t| t.start < range.end && range.start < t.end);
            is_alone.then(|| year_number(&found[1])).flatten().map(|year| (year, range))
        })
        .collect()
}

/// A stretch of calendar years: `2016年至2021年`, `2018－2022年`.
pub fn span(text: &str) -> Option<(Period, Range<usize>)> {
    let found = SPAN.captures(text)?;
    let (from, to) = (year_number(&found[1])?, year_number(&found[2])?);
    (from < to).then(|| (Period::Span { from, to }, found.get(0).map_or(0..0, |m| m.range())))
}

/// The five-year plans that `text` names: “十四五”, 第十五个五年.
pub fn plans(text: &str) -> Vec<(Period, Range<usize>)> {
    let number = |found: &regex::Captures<'_>| numeral::parse(found.get(1).or(found.get(2))?.as_str()).map(|(n, _)| n);
    PLAN.captures_iter(text).filter_map(|found| Some((Period::Plan(number(&found)?), found.get(0)?.range()))).collect()
}

/// So many years: `五年工作综述`.
pub fn length(text: &str) -> Option<(Period, Range<usize>)> {
    let found = LENGTH.captures(text)?;
    // 二〇二三年工作 ends in a digit and 年, and is a year.
    let before = &text[..found.get(1)?.start()];
    let is_length = !before.ends_with(|c: char| numeral::is_han_digit(c) || matches!(c, '第' | '◯'));
    let number = numeral::parse(&found[1])?.0;
    let end = before.len() + found[1].len() + '年'.len_utf8();
    is_length.then_some((Period::Years(number), before.len()..end))
}

/// A term of office, and the meeting if the same words go on to it: `第十六届人民代表大会第四次会议`, `政协十届一次会议`. A
/// term of the Party's congress (`二十届三中全会精神`) is a subject, not the draft's own, unless its committee is named.
pub fn term(text: &str) -> Option<(Term, Range<usize>)> {
    TERM.captures_iter(text).find_map(|found| {
        let number = |i: usize| found.get(i).and_then(|m| numeral::parse(m.as_str())).map(|(n, _)| n);
        let between = found.get(2).map_or("", |m| m.as_str());
        let named = between.is_empty() || matches!(between, "中央" | "全国") || super::name::is_place(between);
        let session = number(1).or(number(4))?;
        let meeting = number(3).or(number(5));
        named.then(|| (Term { session, meeting }, found.get(0).map_or(0..0, |m| m.range())))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_both_scripts() {
        let of = |text| date(text).map(|(d, _)| (d.year, d.month, d.day));
        assert_eq!(of("二〇二六年一月二十七日在"), Some((2026, 1, Some(27))));
        assert_eq!(of("2021年12月"), Some((2021, 12, None)));
        for text in ["2026年02月09日", "2026年13月1日", "2025年2月30日", "2026-02-09", "2026年"] {
            assert_eq!(of(text), None, "{text}");
        }
    }

    #[test]
    fn years_stand_by_themselves() {
        let of = |text| years(text).into_iter().map(|(y, _)| y).collect::<Vec<_>>();
        assert_eq!(of("2025年工作回顾和2026年安排"), [2025, 2026]);
        assert_eq!(of("二○二二年工作总结"), [2022]);
        assert!(of("2026年2月3日,2016年至2021年,2018-2022年").is_empty());
    }

    #[test]
    fn periods_and_the_years_they_mean() {
        assert_eq!(Period::Plan(14).years(), Some(2021..=2025));
        assert_eq!(plans("\"十五五\"时期").first().map(|p| p.0), Some(Period::Plan(15)));
        assert!(plans("\"七五\"普法,\"五五\"").is_empty());
        assert_eq!(length("五年工作综述").map(|p| p.0), Some(Period::Years(5)));
        assert_eq!(length("二○二三年工作总结"), None);
        assert_eq!(span("2016年至2021年").map(|p| p.0), Some(Period::Span { from: 2016, to: 2021 }));
    }

    #[test]
    fn terms_belong_to_a_body() {
        let of = |text| term(text).map(|(t, _)| (t.session, t.meeting));
        assert_eq!(of("在上海市第十六届人民代表大会第四次会议上"), Some((16, Some(4))));
        assert_eq!(of("在甘肃省十四届人民代表大会第四次会议上"), Some((14, Some(4))));
        assert_eq!(of("政协第十届交城县委员会第一次会议"), Some((10, Some(1))));
        assert_eq!(of("县政协十届一次会议"), Some((10, Some(1))));
        assert_eq!(of("政协临泽县第九届委员会"), Some((9, None)));
        assert_eq!(of("中国共产党第二十届中央委员会第三次全体会议"), Some((20, Some(3))));
        assert_eq!(of("学习贯彻党的二十届三中全会精神"), None);
        assert_eq!(of("第五届进口博览会工作委员会"), None);
    }
}
