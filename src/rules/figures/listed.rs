use crate::analysis::Quantities;
use crate::figures::Decimal;
use crate::figures::masked::pattern;
use crate::findings::{Finding, Message, Severity};
use crate::rules::{Check, Rule, View};
use regex::{Captures, Regex};
use std::sync::LazyLock;

/// 列举数: titles or quoted names in a row, and their number right behind them.
pub static RULE: Rule = Rule {
    name: "figures/listed",
    document: include_str!("listed.md"),
    severity: Some(Severity::Error),
    options: &[],
    check: Check::Figures(check),
};

/// 《甲》《乙》等5篇, “甲”“乙”“丙”三个方面. Only the run that touches the number is counted.
static LIST: LazyLock<Regex> = LazyLock::new(|| {
    let titles = "(?P<titles>(?:《[^《》]*》(?:[、，,和及与]|以及)?){2,})";
    let quoted = "(?P<quoted>(?:“[^“”]*”(?:[、，,和及与]|以及)?){2,})";
    pattern(&format!("(?P<before>^|[^Ⓐ]?)(?:{titles}|{quoted})(?P<word>等|这)?(?P<count>Ⓠ)(?P<noun>·{{0,8}})"))
});

fn check(view: &View<'_>, quantities: &Quantities, findings: &mut Vec<Finding>) {
    for sentence in quantities.masked.sentences_with(&["》", "”"]) {
        findings.extend(LIST.captures_iter(sentence).filter_map(|found| listed(view, quantities, &found)));
    }
}

fn listed(view: &View<'_>, quantities: &Quantities, found: &Captures<'_>) -> Option<Finding> {
    let count = quantities.caught(found, "count")?;
    let said = |name| found.name(name).map_or("", |m: regex::Match<'_>| m.as_str());
    let (run, open) = match said("titles") {
        "" => (said("quoted"), '“'),
        titles => (titles, '《'),
    };
    // What stands before without quotes may be an item too, and 《甲》，《乙》 parted by commas two lists.
    let goes_back = said("before").starts_with(['、', '和', '及', '与', '》', '”', '）', ')']);
    let items = run.chars().filter(|c| *c == open).count() as i128;
    let n = count.exact()?.whole()?;
    let is_open = said("word") == "等";
    // 等2家媒体, 等2辑 count something else; “一条主线、两个重点” is two names in one.
    let is_of_titles = open == '“' || matches!(count.mention.unit(), Some("篇" | "件" | "部" | "项" | "份" | "本"));
    if !is_of_titles
        || open == '“' && run.split('”').any(|quoted| quoted.rsplit('“').next().is_some_and(|q| q.contains('、')))
    {
        return None;
    }
    // “一老一小”“双减” are one name of two things.
    let names_two = |quoted: &str| quoted.contains(['双', '两', '三', '四']) || quoted.matches('一').count() > 1;
    if items < n && names_two(run) {
        return None;
    }
    let wrong = if is_open { items > n } else { items != n && !goes_back && !run.contains(['，', ',']) };
    let sums_up = count.mention.unit() == Some("个方面") || SUMMED.iter().any(|noun| said("noun").starts_with(noun));
    if !wrong || n < 1 || !is_open && (!sums_up || (items - n).abs() > FURTHEST) {
        return None;
    }
    let (written, fewer) = (count.said(), if is_open { "" } else { "正好" });
    let message = Message::new(
        format!("“{written}”之前{fewer}列出了{items}项，与{n}不符；请核对是列举还是数目有误"),
        format!("“{written}” stands behind a list of {items}. Check the list and the number."),
    );
    count.finding(view, Severity::Error, message, [], count.fix(view, Decimal::integer(items)))
}

/// What names in a row are. 12个活动点 behind two names are what these have.
const SUMMED: [&str; 20] = [
    "方面", "主题", "专题", "品牌", "平台", "系列", "行动", "工程", "机制", "载体", "抓手", "课题", "议题", "栏目",
    "原则", "关键", "重点", "环节", "目标", "任务",
];

/// A list that is further off was never meant to be the one that is counted.
const FURTHEST: i128 = 2;
