//! When: the term, the date, the year and the period that the lines of a draft say.

use super::front::{Parts, Rank, Words};
use super::tense::{Tense, tense};
use super::time::{self, Date, Period, Term};
use super::{Class, DocumentKind, Said, kind, name, pattern};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// The term that the front names; a line that goes on to the meeting says more of the same term.
pub fn term(parts: &Parts) -> Option<Said<Term>> {
    let mut said = parts.front.iter().filter_map(|words| {
        let (term, range) = time::term(words.text())?;
        Some(words.said(term, range))
    });
    let first = said.next()?;
    let fuller = said.find(|s| first.value.meeting.is_none() && s.value.session == first.value.session);
    Some(fuller.filter(|s| s.value.meeting.is_some()).unwrap_or(first))
}

/// The date of the draft: of its session, in brackets under the title, or of its sign-off (成文日期).
pub fn date(parts: &Parts) -> Option<Said<Date>> {
    let fronted = parts.front.iter().filter_map(|words| {
        let (date, range) = time::date(words.text())?;
        let (before, after) = (&words.text()[..range.start], &words.text()[range.end..]);
        let after = time::behind_until(after);
        let begins = before.is_empty() || before.ends_with('(');
        let ends = matches!(after, "" | ")");
        let is_own = begins && (ends || words.rank == Rank::Note || after.starts_with(['在', '(']))
            || ends && before.contains("会议");
        is_own.then(|| words.said(date, range))
    });
    let signed = parts.close.iter().filter_map(|words| {
        let (date, range) = time::date(words.text())?;
        let (before, after) = (&words.text()[..range.start], &words.text()[range.end..]);
        let is_own = (after.is_empty() || after.starts_with('(')) && (before.is_empty() || name::is_body(before));
        (is_own && date.day.is_some()).then(|| words.said(date, range))
    });
    fronted.chain(signed).next()
}

/// 国办发〔2022〕17号: the year in a document's number (发文字号).
static NUMBER: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^\p{Han}{2,12}[〔\[(]((?:19|20)[0-9]{2})[〕\])]第?[0-9]{1,5}号\)?$"));

/// The lines that are titles, or the rest of one.
fn titles(parts: &Parts) -> impl Iterator<Item = &Words> {
    parts.front.iter().filter(|words| match words.rank {
        Rank::Title | Rank::Subtitle => true,
        Rank::Plain => kind::kind(words.text(), false).is_some(),
        Rank::Note => false,
    })
}

/// The year of the title, of the document's number, or of the date of a report or an official paper. A 总结 that is dated
/// in January is of the year before, and says so or stays silent.
pub fn year(parts: &Parts, kind: Option<DocumentKind>, date: Option<&Said<Date>>) -> Option<Said<u32>> {
    let titled = titles(parts).map(|words| (words, time::years(words.text()))).find(|(_, years)| !years.is_empty());
    if let Some((words, years)) = titled
        && years.iter().all(|(year, _)| *year == years[0].0)
    {
        let (year, range) = years[0].clone();
        return Some(words.said(year, range));
    }
    let numbered = parts.front.iter().find_map(|words| {
        let year = NUMBER.captures(words.text())?.get(1)?;
        Some(words.said(year.as_str().parse().ok()?, year.range()))
    });
    let is_issued = kind.is_some_and(|kind| kind.class != Class::Working);
    let dated = date.filter(|_| is_issued).map(|said| Said {
        value: said.value.year,
        line: said.line,
        range: said.range.clone(),
    });
    numbered.or(dated)
}

/// Words of a title that looks back on the year it names, whatever its kind: 2022年平罗县政协履职答卷.
const LOOKS_BACK: [&str; 9] = ["综述", "总结", "回顾", "答卷", "纪实", "述职", "巡礼", "盘点", "掠影"];

/// The period that the title names; else the first heading that looks back; else the opening.
pub fn period(parts: &Parts, kind: Option<DocumentKind>, year: Option<&Said<u32>>) -> Option<Said<Period>> {
    let titled = titles(parts).find_map(|words| titled_period(words, kind));
    if let Some(length) = titled {
        let Period::Years(count) = length.value else { return Some(length) };
        // 从2016年至2021年 tells which five years.
        let told = parts.openings.iter().find_map(|words| {
            let (span, range) = time::span(words.text())?;
            let years = span.years()?;
            let apart = years.end() - years.start();
            (apart == count || apart + 1 == count).then(|| words.said(span, range))
        });
        return Some(told.unwrap_or(length));
    }
    if kind.is_some_and(|kind| kind.tense == Some(Tense::Plan)) {
        return None;
    }
    let is_past = |period: &Period| match (period.years(), year) {
        (Some(years), Some(year)) => *years.end() <= year.value,
        (years, _) => years.is_some(),
    };
    let headed = parts.headings.iter().filter(|words| looks_back(words.text())).find_map(|words| {
        let (period, range) = periods(words.text()).into_iter().filter(|(p, _)| is_past(p)).reduce(wider)?;
        Some(words.said(period, range))
    });
    headed.or_else(|| parts.openings.iter().find_map(|words| opened_period(words, year.map(|y| y.value))))
}

fn looks_back(heading: &str) -> bool {
    matches!(tense(heading, &[], None, None), Some((Tense::Review, _)))
}

type Told = (Period, Range<usize>);

fn periods(text: &str) -> Vec<Told> {
    let years = time::years(text).into_iter().map(|(year, range)| (Period::Year(year), range));
    time::span(text).into_iter().chain(time::plans(text)).chain(years).collect()
}

/// The period of more years: “十四五”时期和2025年 is the former.
fn wider(a: Told, b: Told) -> Told {
    let count = |told: &Told| told.0.years().map_or(0, |years| years.count());
    if count(&b) > count(&a) { b } else { a }
}

fn titled_period(words: &Words, kind: Option<DocumentKind>) -> Option<Said<Period>> {
    let text = words.text();
    let is_of_the_year = kind.is_some_and(|kind| kind.tense.is_some()) || LOOKS_BACK.iter().any(|w| text.contains(w));
    let years = time::years(text);
    let year = match &years[..] {
        [(year, range)] if is_of_the_year => Some((Period::Year(*year), range.clone())),
        // 2021年…执行情况与2022年…草案的报告
        [(year, range), (next, _)] if *next == year + 1 && text.contains("执行情况") => {
            Some((Period::Year(*year), range.clone()))
        }
        _ => None,
    };
    let plan = time::plans(text).into_iter().next();
    let (period, range) = time::span(text).or(plan).or_else(|| time::length(text)).or(year)?;
    Some(words.said(period, range))
}

static PAST_YEAR: LazyLock<Regex> = LazyLock::new(|| pattern("过去的((?:19|20)[0-9]{2}年)"));

/// 刚刚过去的2021年; or 2025年是… in a report of 2026.
fn opened_period(words: &Words, year: Option<u32>) -> Option<Said<Period>> {
    let text = words.text();
    let past = PAST_YEAR.captures(text).and_then(|found| found.get(1)).map(|found| found.range());
    let (value, range) = time::years(text).into_iter().find(|(value, range)| {
        past.as_ref() == Some(range)
            || range.start == 0 && text[range.end..].starts_with('是') && year == Some(value + 1)
    })?;
    Some(words.said(Period::Year(value), range))
}
