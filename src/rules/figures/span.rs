use crate::analysis::Block;
use crate::findings::{Applicability, Finding, Fix, Message, Severity};
use crate::rules::views::words::Words;
use crate::rules::{Check, Rule, View};
use crate::text::Fold;
use crate::text::numeral::{self, is_han_digit};
use regex::{Captures, Regex};
use std::ops::Range;
use std::sync::LazyLock;

/// 时间: dates that are in no calendar, spans that run backwards, lengths and weekdays that do not fit them.
pub static RULE: Rule = Rule {
    name: "figures/span",
    document: include_str!("span.md"),
    severity: Some(Severity::Error),
    options: &[],
    check: Check::Block(check),
};

fn check(view: &View<'_>, block: &Block, source: &str, findings: &mut Vec<Finding>) {
    if !block.facts.structure.is_text() || !source.contains(['年', '月', '日', '午', '晚', '晨']) {
        return;
    }
    let words = Words::of(view, block, source, Fold::Width);
    let dates: Vec<Date> = DATE.captures_iter(words.text()).filter_map(|found| Date::of(&words, &found)).collect();
    findings.extend(dates.iter().filter_map(|date| impossible(&words, date)));
    findings.extend(dates.windows(2).filter_map(|pair| backwards(&words, &pair[0], &pair[1])));
    findings.extend(dates.iter().filter_map(|date| weekday(&words, date)));
    findings.extend(DAYS.captures_iter(words.text()).filter_map(|found| days(&words, &found)));
    findings.extend(YEARS.captures_iter(words.text()).filter_map(|found| years(&words, &found)));
    findings.extend(TIME.captures_iter(words.text()).filter_map(|found| time(&words, &found)));
}

fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).unwrap_or_else(|e| unreachable!("a constant pattern: {e}"))
}

const HAN_YEAR: &str = "[一二][〇零○0一二三四五六七八九]{3}";
/// What joins the ends of a span.
const JOINTS: &str = "(?:至|到|[~∼—–―-]{1,2})";

/// A month with its year or its day or both.
static DATE: LazyLock<Regex> = LazyLock::new(|| {
    let number = "[0-9]{1,2}|[一二三四五六七八九十]{1,3}";
    pattern(&format!(
        "(?:(?P<year>[0-9]{{4}}|{HAN_YEAR})年)?(?P<month>{number})月(?:(?P<day>{number})(?P<mark>日|号))?"
    ))
});

/// A date as written. Ranges are bytes of the reading.
struct Date {
    all: Range<usize>,
    year: Option<u32>,
    month: u32,
    day: Option<u32>,
}

impl Date {
    fn of(words: &Words<'_>, found: &Captures<'_>) -> Option<Date> {
        let mut all = found.get(0)?.range();
        let month = number(found.name("month")?.as_str())?;
        let mut day = found.name("day").map(|day| number(day.as_str()));
        // 3月15号楼: a name.
        if found.name("mark").is_some_and(|m| m.as_str() == "号") && words.behind(all.end).is_some_and(is_named) {
            (day, all.end) = (None, found.name("day")?.start());
        }
        let year = found.name("year").and_then(|year| digits(year.as_str()));
        // 2.13月, 1/2月 and numbers that go on to the left are no months.
        let belongs = |c: char| c.is_ascii_alphanumeric() || is_han_digit(c) || "./第个百千万亿几数-—–~".contains(c);
        let joins = words.before(all.start).is_some_and(belongs);
        let is_joined = joins && !words.before(all.start).is_some_and(|c| "-—–~".contains(c) && day.is_some());
        // The old calendar has months of 30 days, whatever their number.
        let before: String = words.text()[..all.start].chars().rev().take(OLD_CALENDAR_REACH).collect();
        let is_lunar = ["历农", "历阴", "历旧", "历夏", "历藏", "历傣"].iter().any(|word| before.contains(word));
        let day = match day {
            None => None,
            Some(day) => Some(day?),
        };
        let is_one = !is_joined && !is_lunar && words.is_whole(all.clone()) && (year.is_some() || day.is_some());
        is_one.then_some(Date { all, year, month, day })
    }

    fn days(&self) -> u32 {
        days_of(self.month, self.year)
    }
}

/// 农历三月初三至四月三十日 names the calendar once.
const OLD_CALENDAR_REACH: usize = 14;

fn is_named(c: char) -> bool {
    "楼线院文令码机井店桥坝公车馆段地仓库".contains(c)
}

/// 12, 十二
fn number(text: &str) -> Option<u32> {
    if text.bytes().all(|b| b.is_ascii_digit()) { text.parse().ok() } else { numeral::parse(text).map(|(n, _)| n) }
}

/// 2021, 二〇二一
fn digits(text: &str) -> Option<u32> {
    text.chars().try_fold(0, |year, c| {
        let digit = match c {
            '〇' | '零' | '○' => 0,
            _ => c.to_digit(10).or_else(|| numeral::parse(c.encode_utf8(&mut [0; 4])).map(|(n, _)| n))?,
        };
        Some(year * 10 + digit)
    })
}

fn is_leap(year: u32) -> bool {
    year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400)
}

/// How many days the month has; the most it can have where the year is not known.
fn days_of(month: u32, year: Option<u32>) -> u32 {
    match month {
        2 if year.is_some_and(|year| !is_leap(year)) => 28,
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The day of the week, 0 for Sunday: the method of Tomohiko Sakamoto (comp.lang.c, 1993), for the Gregorian calendar.
fn day_of_week(year: u32, month: u32, day: u32) -> u32 {
    const SHIFTS: [u32; 12] = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4];
    let year = if month < 3 { year - 1 } else { year };
    (year + year / 4 - year / 100 + year / 400 + SHIFTS[month as usize - 1] + day) % 7
}

fn error(words: &Words<'_>, range: Range<usize>, zh: String, en: String, fixes: Vec<Fix>) -> Finding {
    words.finding(Severity::Error, range, Message::new(zh, en), fixes)
}

/// 2月30日, 13月
fn impossible(words: &Words<'_>, date: &Date) -> Option<Finding> {
    let written = words.said(date.all.clone());
    if !(1..=12).contains(&date.month) {
        // 24月龄
        let is_age = words.behind(date.all.end).is_some_and(|c| "龄均租供度".contains(c));
        return (!is_age).then(|| {
            let (zh, en) = (
                format!("“{written}”：没有{}月；请核对", date.month),
                format!("“{written}”: there is no month {}. Check it.", date.month),
            );
            error(words, date.all.clone(), zh, en, Vec::new())
        });
    }
    let (day, days) = (date.day?, date.days());
    let is_mean = words.behind(date.all.end).is_some_and(|c| "均产".contains(c));
    if (1..=days).contains(&day) || is_mean {
        return None;
    }
    let (of, year) = match date.year.filter(|_| date.month == 2 && day == 29) {
        Some(year) => (format!("{year}年2月"), format!(" of {year}")),
        None => (format!("{}月", date.month), String::new()),
    };
    let zh = format!("“{written}”不存在：{of}只有{days}天；请核对");
    let en = format!("“{written}” does not exist: month {}{year} has {days} days. Check it.", date.month);
    Some(error(words, date.all.clone(), zh, en, Vec::new()))
}

/// 5月3日至5月1日, 2021年9月至2021年3月
fn backwards(words: &Words<'_>, first: &Date, second: &Date) -> Option<Finding> {
    static JOINT: LazyLock<Regex> = LazyLock::new(|| pattern(&format!("^{JOINTS}$")));
    if !JOINT.is_match(words.text().get(first.all.end..second.all.start)?) {
        return None;
    }
    // 9月至3月, 12月5日至1月20日 run into the next year.
    let is_backwards = match (first.year, second.year) {
        (Some(a), Some(b)) if a != b => a > b,
        (Some(_), Some(_)) if first.month != second.month => first.month > second.month,
        (None, Some(_)) => false,
        _ => first.month == second.month && first.day.zip(second.day).is_some_and(|(a, b)| a > b),
    };
    is_backwards.then(|| {
        let range = first.all.start..second.all.end;
        let (from, to) = (words.said(first.all.clone()), words.said(second.all.clone()));
        let zh = format!("起止时间颠倒：“{to}”在“{from}”之前；请核对");
        let en = format!("The span runs backwards: “{to}” is before “{from}”. Check it.");
        // Both ends written alike can change places.
        let is_alike = first.year.is_some() == second.year.is_some() && first.day.is_some() == second.day.is_some();
        let fix = is_alike.then(|| {
            let title = Message::new(format!("对调为“{to}”到“{from}”"), format!("Swap them: “{to}” to “{from}”"));
            words.fix(title, Applicability::Unsafe, [(first.all.clone(), to), (second.all.clone(), from)])
        });
        error(words, range, zh, en, fix.into_iter().collect())
    })
}

/// Two days of one month: 5月1日至3日, 5月1—3日.
static DAYS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        "(?:(?P<year>[0-9]{{4}})年)?(?P<month>[0-9]{{1,2}})月(?P<from>[0-9]{{1,2}})日?{JOINTS}(?P<to>[0-9]{{1,2}})日"
    ))
});

fn days(words: &Words<'_>, found: &Captures<'_>) -> Option<Finding> {
    let all = found.get(0)?.range();
    let of = |name: &str| found.name(name).and_then(|m| number(m.as_str()));
    let (month, from, to) = (of("month")?, of("from")?, of("to")?);
    let belongs = |c: char| c.is_ascii_alphanumeric() || "./第个百".contains(c);
    if words.before(all.start).is_some_and(belongs) || !(1..=12).contains(&month) || !words.is_whole(all.clone()) {
        return None;
    }
    let most = days_of(month, of("year"));
    let written = words.said(all.clone());
    if from > most && found.name("from").is_some_and(|m| words.behind(m.end()) != Some('日')) || to > most {
        let zh = format!("“{written}”不存在：{month}月只有{most}天；请核对");
        let en = format!("“{written}” does not exist: month {month} has {most} days. Check it.");
        return Some(error(words, all, zh, en, Vec::new()));
    }
    (from > to).then(|| {
        let message = Message::new(
            format!("起止日期颠倒：“{written}”从{from}日到{to}日；请核对，跨月的写出月份"),
            format!("“{written}” runs backwards, from day {from} to day {to}. Check it, and name the month if it is the next."),
        );
        words.finding(Severity::Warning, all, message, Vec::new())
    })
}

/// Two years, and what may say how long that is: 2016年至2021年，五年来.
static YEARS: LazyLock<Regex> = LazyLock::new(|| {
    let length = "[0-9]{1,2}|[一二两三四五六七八九十]{1,3}";
    let year = format!("[0-9]{{4}}|{HAN_YEAR}");
    let plan = "(?:行动|攻坚|规划|计划|方案|发展|建设|提升|改革|实施|纲要|滚动|专项|整治|工作)*";
    let behind = format!(
        "(?:[,、的]|这|共|共计|为期|历时|前后|整整|总共)*(?P<behind>{length})年(?:间|来|里|中|时间|期间|,|。|;|$)"
    );
    pattern(&format!(
        "(?:(?P<before>{length})年{plan}[(])?(?P<from>{year})(?:年)?{JOINTS}(?P<to>{year})年(?:{behind})?"
    ))
});

/// Years that a report may speak of as dates. 3000至2000年 is no span of them.
const YEARS_SPOKEN_OF: Range<u32> = 1600..2200;

fn years(words: &Words<'_>, found: &Captures<'_>) -> Option<Finding> {
    let (from, to) = (found.name("from")?, found.name("to")?);
    let (first, last) = (digits(from.as_str())?, digits(to.as_str())?);
    let belongs = |c: char| c.is_ascii_alphanumeric() || is_han_digit(c) || "./-—–~〔[前第".contains(c);
    let range = from.start()..to.end() + '年'.len_utf8();
    let is_year = |year: u32| YEARS_SPOKEN_OF.contains(&year);
    if words.before(from.start()).is_some_and(belongs)
        || !is_year(first)
        || !is_year(last)
        || !words.is_whole(range.clone())
    {
        return None;
    }
    let written = words.said(range.clone());
    if first > last {
        let zh = format!("起止年份颠倒：“{written}”从{first}年到{last}年；请核对");
        let en = format!("The years run backwards: “{written}”, from {first} to {last}. Check them.");
        let title = Message::new(format!("对调为{last}年到{first}年"), format!("Swap them: {last} to {first}"));
        let edits = [(from.range(), to.as_str().to_owned()), (to.range(), from.as_str().to_owned())];
        return Some(error(words, range, zh, en, vec![words.fix(title, Applicability::Unsafe, edits)]));
    }
    // 2016年5月 is a date, and its span is not whole years.
    if words.behind(range.end).is_some_and(|c| c.is_ascii_digit()) {
        return None;
    }
    let (length, place) = match (found.name("before"), found.name("behind")) {
        (Some(before), _) if words.behind(range.end) == Some(')') && is_length(words, before.start()) => {
            (before, before.start()..range.end + 1)
        }
        (_, Some(behind)) => (behind, range.start..behind.end() + '年'.len_utf8()),
        _ => return None,
    };
    let (length, years) = (number(length.as_str().replace('两', "二").as_str())?, last - first);
    // A term of office from 2016 to 2021 is five years, and six years have its number.
    if length == years || length == years + 1 || length == 0 {
        return None;
    }
    let said = words.said(place.clone());
    let message = Message::new(
        format!("“{said}”：{first}年到{last}年是{}年（跨{}个年份），不是{length}年；请核对", years, years + 1),
        format!("“{said}”: {first} to {last} is {years} years ({} with both ends), not {length}. Check it.", years + 1),
    );
    Some(words.finding(Severity::Warning, place, message, Vec::new()))
}

/// 三年行动（2021—2023年）, not 第三年, 近三年.
fn is_length(words: &Words<'_>, at: usize) -> bool {
    let belongs = |c: char| c.is_ascii_digit() || is_han_digit(c) || "第近前后每又.-—".contains(c);
    !words.before(at).is_some_and(belongs)
}

/// The hour of a day that was named: 5月1日25时, 上午9:75.
static TIME: LazyLock<Regex> = LazyLock::new(|| {
    let part = "上午|下午|中午|晚上|晚|凌晨|早上|早晨|傍晚|[0-9]日";
    pattern(&format!(
        "(?:{part})(?P<hour>[0-9]{{1,2}})(?:(?P<at>时|点)(?:(?P<minute>[0-9]{{1,2}})分)?|:(?P<digits>[0-9]{{2}}))"
    ))
});

fn time(words: &Words<'_>, found: &Captures<'_>) -> Option<Finding> {
    let of = |name: &str| found.name(name).and_then(|m| number(m.as_str()));
    let hour = found.name("hour")?;
    let range = hour.start()..found.get(0)?.end();
    let minute = of("minute").or(of("digits"));
    // 15日72时内, 3日30点建议
    let goes_on = |c: char| "内以间段长限建意要工".contains(c) || c.is_ascii_digit();
    let is_point = found.name("at").is_some_and(|m| m.as_str() == "点") && minute.is_none();
    if words.behind(range.end).is_some_and(goes_on) || is_point || !words.is_whole(range.clone()) {
        return None;
    }
    let (hours, written) = (of("hour")?, words.said(range.clone()));
    let (zh, en) = match minute {
        _ if hours > 24 => {
            (format!("“{written}”不存在：一天只有24时；请核对"), format!("“{written}”: a day has 24 hours. Check it."))
        }
        Some(minute) if minute > 59 => (
            format!("“{written}”不存在：分钟应在0至59之间；请核对"),
            format!("“{written}”: minutes run from 0 to 59. Check it."),
        ),
        _ => return None,
    };
    Some(error(words, range, zh, en, Vec::new()))
}

const WEEKDAYS: [char; 7] = ['日', '一', '二', '三', '四', '五', '六'];

/// 2022年5月17日（星期三）
fn weekday(words: &Words<'_>, date: &Date) -> Option<Finding> {
    static SAID: LazyLock<Regex> = LazyLock::new(|| {
        pattern("^(?:(?P<open>[(])?(?P<word>星期|礼拜|周)(?P<day>[日天一二三四五六]))(?P<close>[)上下晚早,]?)")
    });
    let (year, month, day) = (date.year?, date.month, date.day?);
    if !(1..=12).contains(&month) || !(1..=date.days()).contains(&day) || !YEARS_SPOKEN_OF.contains(&year) {
        return None;
    }
    let found = SAID.captures(&words.text()[date.all.end..])?;
    let (word, said) = (found.name("word")?, found.name("day")?);
    // 17日周三民: a name.
    let is_free = word.as_str() != "周"
        || found.name("open").is_some()
        || found.name("close").is_some_and(|m| !m.as_str().is_empty());
    let is_right = WEEKDAYS[day_of_week(year, month, day) as usize];
    let shown = if said.as_str() == "天" { '日' } else { said.as_str().chars().next()? };
    if !is_free || shown == is_right {
        return None;
    }
    let at = date.all.end + said.start()..date.all.end + said.end();
    let range = date.all.start..at.end;
    let (on, word) = (words.said(date.all.clone()), word.as_str());
    let zh = format!("星期不符：{on}是{word}{is_right}，不是{word}{}；请核对日期和星期", said.as_str());
    let en = format!(
        "The weekday is wrong: {on} was {word}{is_right}, not {word}{}. Check the date and the day.",
        said.as_str()
    );
    let title = Message::new(format!("改为{word}{is_right}"), format!("Write {word}{is_right}"));
    Some(error(words, range, zh, en, vec![words.fix(title, Applicability::Unsafe, [(at, is_right.to_string())])]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weekdays_that_are_known() {
        // 1949-10-01, 2000-01-01 and 2022-05-17 were a Saturday, a Saturday and a Tuesday.
        for (year, month, day, expected) in
            [(1949, 10, 1, 6), (2000, 1, 1, 6), (2022, 5, 17, 2), (2024, 2, 29, 4), (1900, 3, 1, 4), (2026, 1, 14, 3)]
        {
            assert_eq!(day_of_week(year, month, day), expected, "{year}-{month}-{day}");
        }
    }

    #[test]
    fn weekdays_follow_one_another_over_six_centuries() {
        let mut expected = day_of_week(1600, 1, 1);
        for year in YEARS_SPOKEN_OF {
            for month in 1..=12 {
                for day in 1..=days_of(month, Some(year)) {
                    assert_eq!(day_of_week(year, month, day), expected, "{year}-{month}-{day}");
                    expected = (expected + 1) % 7;
                }
            }
        }
    }

    #[test]
    fn years_in_either_script() {
        assert_eq!(digits("二〇二一"), Some(2021));
        assert_eq!(digits("一九九○"), Some(1990));
        assert_eq!(digits("2016"), Some(2016));
    }
}
