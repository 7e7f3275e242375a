use crate::analysis::Paragraph;
use crate::findings::{Finding, Message, Severity};
use crate::knowledge::{Bare, Event, event, events};
use crate::rules::{Check, Rule, View};
use crate::text::numeral::{self, NumeralForm};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// 周年: an anniversary that does not fall in the year that the sentence gives it (2020年是中国共产党成立100周年).
pub static RULE: Rule = Rule {
    name: "figures/anniversary",
    document: include_str!("anniversary.md"),
    severity: Some(Severity::Error),
    options: &[],
    check: Check::Passage(check),
};

/// The ways to say that an anniversary falls in a year. A year that only stands near says nothing: what is prepared in
/// 2020 may be kept in 2021.
static STATED: LazyLock<[Regex; 3]> = LazyLock::new(|| {
    let names = events().iter().flat_map(|event| std::iter::once(event.name).chain(event.aliases.iter().copied()));
    let mut names: Vec<&str> = names.collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    let event = format!("(?P<event>{})", names.join("|"));
    let number = "(?P<number>[0-9]{1,3}|[一二三四五六七八九十百零]{1,6})";
    let year = "(?P<year>(?:18|19|20)[0-9]{2})";
    let kept = format!("{event}{number}周年");
    let patterns = [
        format!("{year}年，?(?:是|适逢|恰逢|正值|正逢|时值|喜逢|迎来|迎来了)(?:我们|全国人民|各族人民)?{kept}"),
        format!("{kept}[（(的]{year}(?:年|[）)])"),
        format!(
            "{year}年(?:[0-9]{{1,2}}月(?:[0-9]{{1,2}}日)?)?，?(?:在北京)?(?:召开|举行|隆重举行)?(?:庆祝|纪念){kept}(?:大会|文艺晚会)"
        ),
    ];
    patterns.map(|pattern| Regex::new(&pattern).unwrap_or_else(|e| unreachable!("a pattern of checked names: {e}")))
});

/// An anniversary and the year that it is said to fall in, in bytes of the text.
struct Stated {
    event: &'static Event,
    range: Range<usize>,
    number: (u32, NumeralForm, Range<usize>),
    year: (u32, Range<usize>),
}

fn stated(text: &str) -> Vec<Stated> {
    if !text.contains("周年") {
        return Vec::new();
    }
    let found = STATED.iter().flat_map(|pattern| pattern.captures_iter(text));
    let read = |found: regex::Captures<'_>| {
        let [name, number, year] = ["event", "number", "year"].map(|group| found.name(group));
        let (name, number, year) = (name?, number?, year?);
        // 县人民政协成立, 特区改革开放: something else of that name.
        let before = text[..name.start()].chars().next_back();
        if before.is_some_and(|c| matches!(c, '省' | '市' | '县' | '区' | '州' | '旗')) {
            return None;
        }
        let (count, form) = numeral::parse(number.as_str())?;
        Some(Stated {
            event: event(name.as_str())?,
            range: found.get(0)?.range(),
            number: (count, form, number.range()),
            year: (year.as_str().parse().ok()?, year.range()),
        })
    };
    found.filter_map(read).collect()
}

fn check(view: &View<'_>, paragraph: &Paragraph, findings: &mut Vec<Finding>) {
    let bare = Bare::of(paragraph.text());
    for Stated { event, range, number: (count, form, number), year: (year, digits) } in stated(bare.text()) {
        let due = event.year + count;
        if due == year {
            continue;
        }
        let (said, name, base) = (&bare.text()[range.clone()], event.name, event.year);
        let message = Message::new(
            format!("“{said}”：{name}在{base}年，{base}＋{count}＝{due}，不是{year}；请核对周年数和年份"),
            format!("“{said}”: {name} was in {base}, and {base} + {count} = {due}, not {year}. Check both."),
        );
        let rewrite = |range: Range<usize>, text: String| paragraph.rewrite(view, bare.range(range), text);
        let kept =
            year.checked_sub(event.year).filter(|count| *count > 0).and_then(|count| numeral::print(count, form));
        let fixes = [kept.and_then(|kept| rewrite(number, kept)), rewrite(digits, due.to_string())];
        let fixes = fixes.into_iter().flatten().collect();
        findings.extend(paragraph.finding(view, bare.range(range), (Severity::Error, message), Vec::new(), fixes));
    }
}
