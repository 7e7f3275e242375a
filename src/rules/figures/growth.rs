use crate::analysis::{Quantities, Quantity};
use crate::figures::masked::{Mask, pattern, unmask};
use crate::figures::{Class, Decimal, Interval};
use crate::findings::{Finding, Message, Severity};
use crate::rules::{Check, Rule, View};
use regex::{Captures, Regex};
use std::sync::LazyLock;

/// 增减幅度: from A to B, and by how much: in percent, in times, in numbers.
pub static RULE: Rule = Rule {
    name: "figures/growth",
    document: include_str!("growth.md"),
    severity: Some(Severity::Error),
    options: &[],
    check: Check::Figures(check),
};

/// 增加, 提高 …, and the words for the way down: what a movement is told with. Longer words first.
pub(super) const UP: &str = "增加|增长|提高|提升|上升|扩大|跃升|攀升|升|增|涨";
pub(super) const DOWN: &str = "下降|减少|降低|压减|压缩|缩减|缩短|缩小|回落|降|减";

/// Words before a change that leave it the change of what was told: any other noun there grows by itself.
pub(super) const BEFORE_CHANGE: &str = "(?:净|共|约|总体|整体|累计|共计|合计|五年|四年|三年|一年|大幅)?";

/// 由A增加到B，增长C; (由)上年的A增加到今年的B，增幅为C.
static MOVED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        "(?:由|从)(?:·{{0,6}}Ⓣ·{{0,4}}|·{{0,6}}的)?(?P<from>Ⓠ)[，,]?·{{0,8}}?(?P<way>{UP}|{DOWN}|发展|变)(?:到|至|为)了?(?:·{{0,4}}Ⓣ·{{0,4}}|·{{0,4}}的)?(?P<to>Ⓠ)·{{0,6}}[，、,（(；]{BEFORE_CHANGE}(?P<by>{UP}|{DOWN}|翻|增幅|涨幅|降幅|是原来的|为原来的)(?P<word>了|到|至|为|达|达到)?(?P<change>Ⓟ|Ⓧ|Ⓠ)"
    ))
});

/// B，比上年的A增长C.
static AGAINST: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        "(?P<to>Ⓠ)[，,](?:同)?(?:比|较)(?:Ⓣ|上年|去年|上届|前年)(?:同期)?的(?P<from>Ⓠ){BEFORE_CHANGE}(?P<way>)(?P<by>{UP}|{DOWN})(?P<word>了)?(?P<change>Ⓟ|Ⓠ)"
    ))
});

/// B，比上年增加C，增长P. Compared with any other day than the last year's, the percentage may still be that of the year.
static COMPARED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        "(?P<to>Ⓠ)[，、,（(](?:同)?(?:比|较)(?:Ⓣ|上年|去年|上届|前年)(?:同期)?(?:净)?(?P<way>{UP}|{DOWN}|多|少)了?(?P<difference>Ⓠ)[，、,（(]{BEFORE_CHANGE}(?P<by>{UP}|{DOWN}|增幅|涨幅|降幅)(?:了|为|达|达到)?(?P<change>Ⓟ)"
    ))
});

/// 减少了2倍: less than nothing would be left.
static TIMES_LESS: LazyLock<Regex> =
    LazyLock::new(|| pattern("(?P<by>下降|减少|降低|缩小|缩短|压减)(?:了|近|约|超)?(?P<change>Ⓧ)"));

fn check(view: &View<'_>, quantities: &Quantities, findings: &mut Vec<Finding>) {
    for sentence in quantities.masked.sentences_with(&["由", "从", "比", "较", "减", "降", "缩"]) {
        if sentence.contains(['由', '从']) {
            findings.extend(told_of(&MOVED, sentence).filter_map(|found| moved(view, quantities, &found)));
        }
        if sentence.contains(['比', '较']) {
            findings.extend(told_of(&AGAINST, sentence).filter_map(|found| moved(view, quantities, &found)));
            findings.extend(told_of(&COMPARED, sentence).filter_map(|found| compared(view, quantities, &found)));
        }
        if sentence.contains(['减', '降', '缩']) {
            findings
                .extend(TIMES_LESS.captures_iter(sentence).filter_map(|found| times_less(view, quantities, &found)));
        }
    }
}

/// 100 part/whole, rounded as `stated` is, and to show, with one place more.
pub(super) fn percentages(part: Decimal, whole: Decimal, stated: &Quantity<'_>) -> Option<[Decimal; 2]> {
    let hundredfold = part.times(Decimal::integer(100))?;
    Some([hundredfold.divided(whole, stated.places())?, hundredfold.divided(whole, stated.places() + 1)?])
}

/// What a pattern finds in a sentence, where the change is that of the figures beside it: 生产总值 and 增加值 grow at constant
/// prices, investment and retail sales on a comparable basis, and 增长50%、100% tells of two things.
pub(super) fn told_of<'t>(pattern: &'t Regex, sentence: &'t str) -> impl Iterator<Item = Captures<'t>> {
    const OTHER_MEASURES: [&str; 10] = [
        "生产总值",
        "增加值",
        "GDP",
        "经济总量",
        "总产值",
        "产业产值",
        "固定资产投资",
        "消费品零售",
        "营业收入",
        "利润",
    ];
    /// Said anywhere in the sentence, also in brackets behind.
    const OTHER_BASES: [&str; 9] = ["可比", "口径", "剔除", "扣除", "不变价", "价格因素", "年均", "平均每年", "基数"];
    let is_direct = !OTHER_BASES.iter().any(|word| sentence.contains(word));
    pattern.captures_iter(sentence).filter(move |found| {
        let Some(whole) = found.get(0) else { return false };
        let before = sentence[..whole.start()].rsplit(['，', ',', '；', ';']).next().unwrap_or_default();
        let behind = &sentence[whole.end()..];
        let other = |words: &str| OTHER_MEASURES.iter().any(|word| words.contains(word));
        // 翻了一番还多, 增长50%、100%
        let goes_on = behind.starts_with(['半', '多'])
            || behind.starts_with("还多")
            || behind.starts_with('、') && behind.chars().nth(1).and_then(unmask).is_some();
        // So many more are so many more, whatever the prices.
        let change = found.name("change").and_then(|change| unmask(change.as_str().chars().next()?));
        let is_counted = change.is_some_and(|(_, mask)| mask == Mask::Quantity);
        !goes_on && (is_counted || is_direct && !other(before) && !other(whole.as_str()))
    })
}

/// Whether a change is told in percent, plainly. 近七成 and 三分之二 are said of what is near them.
pub(super) fn is_plain(change: &Quantity<'_>) -> bool {
    let is_share = change.mention.class == Class::Rate && !matches!(change.mention.unit(), Some("倍" | "番"));
    change.exact().is_some() && (change.is_percent() || !is_share)
}

fn moved(view: &View<'_>, quantities: &Quantities, found: &Captures<'_>) -> Option<Finding> {
    let of = |name| quantities.caught(found, name);
    let said = |name| found.name(name).map_or("", |m: regex::Match<'_>| m.as_str());
    let (from, to, change) = (of("from")?, of("to")?, of("change")?);
    let (by, word) = (said("by"), said("word"));
    if !from.shares_unit(&to) || !is_plain(&change) {
        return None;
    }
    let (a, b) = (from.possible()?, to.possible()?);
    let down = is_down(by).or_else(|| is_down(said("way"))).unwrap_or(false);
    let reaches = matches!(word, "到" | "至" | "为") && !by.ends_with('幅') || by.ends_with("原来的");
    let (_, mask) = unmask(said("change").chars().next()?)?;
    match mask {
        Mask::Percent if !reaches => percent(view, &from, &to, &change, down),
        Mask::Times => times(view, &from, &to, &change, by, reaches),
        Mask::Quantity if !reaches && change.shares_unit(&to) && counts_as(&to, &change) => {
            let (less, more) = if down { (b, a) } else { (a, b) };
            if more.minus(less)?.meets(change.possible()?) {
                return None;
            }
            let (less, more) = if down { (to, from) } else { (from, to) };
            let right = more.exact().zip(less.exact()).and_then(|(more, less)| more.minus(less))?;
            if right.is_negative() {
                return told(view, &change, [&from, &to], None, "变化方向相反");
            }
            let sum = format!("{}－{}＝{right}", more.written()?, less.written()?);
            told(view, &change, [&from, &to], Some(right), &sum)
        }
        _ => None,
    }
}

/// Whether the change counts what the figures count: 由5个镇扩大到12个镇，增加7个镇, and not 增加86个村.
fn counts_as(to: &Quantity<'_>, change: &Quantity<'_>) -> bool {
    let noun = |quantity: &Quantity<'_>| {
        let behind = &quantity.of.text()[quantity.mention.range.end..];
        behind.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_owned()
    };
    let counted = noun(change);
    counted.is_empty() || noun(to) == counted
}

/// Whether 100 (B−A)/A may be the percentage.
fn percent(
    view: &View<'_>,
    from: &Quantity<'_>,
    to: &Quantity<'_>,
    change: &Quantity<'_>,
    down: bool,
) -> Option<Finding> {
    let (a, b, p) = (from.possible()?, to.possible()?, change.mention.cut()?);
    if b.may_have_grown(p, a, down)? {
        return None;
    }
    let (one, other) = (from.exact()?, to.exact()?);
    let difference = if down { one.minus(other)? } else { other.minus(one)? };
    if difference.is_negative() {
        return told(view, change, [from, to], None, "变化方向相反");
    }
    let [right, shown] = percentages(difference, one, change)?;
    let (more, less) = if down { (from, to) } else { (to, from) };
    let sum = format!("({}－{})÷{}＝{shown}%", more.written()?, less.written()?, from.written()?);
    told(view, change, [from, to], Some(right), &sum)
}

/// 增长N倍: B is N+1 times A; 增长到N倍: N times; 翻N番: 2 to the N.
fn times(
    view: &View<'_>,
    from: &Quantity<'_>,
    to: &Quantity<'_>,
    change: &Quantity<'_>,
    by: &str,
    reaches: bool,
) -> Option<Finding> {
    let (a, b) = (from.possible()?, to.possible()?);
    let is_doubling = change.mention.unit() == Some("番");
    if is_down(by) == Some(true) || (by == "翻") != is_doubling {
        return None;
    }
    let n = change.mention.rounded()?;
    let factor = match (is_doubling, reaches) {
        (true, _) => {
            let doublings = u32::try_from(change.exact()?.whole()?).ok().filter(|n| *n < 32)?;
            // 翻一番 is said of what nearly doubled.
            let factor = Decimal::integer(1 << doublings);
            Interval::closed(factor.times(Decimal::new(9, -1))?, factor.times(Decimal::new(12, -1))?)
        }
        (false, true) => n,
        (false, false) => Interval::exact(Decimal::integer(1)).plus(n)?,
    };
    // Many write 增长2倍 for what is twice as much: both readings must fail.
    if b.meets(factor.times(a)?) || !is_doubling && b.meets(n.times(a)?) {
        return None;
    }
    let right = to.exact()?.divided(from.exact()?, 1)?;
    let more = right.minus(Decimal::integer(1))?;
    let sum = format!("{}÷{}＝{right}，即是原来的{right}倍、增加{more}倍", to.written()?, from.written()?);
    told(view, change, [from, to], None, &sum)
}

fn compared(view: &View<'_>, quantities: &Quantities, found: &Captures<'_>) -> Option<Finding> {
    let of = |name| quantities.caught(found, name);
    let said = |name| found.name(name).map_or("", |m: regex::Match<'_>| m.as_str());
    let (to, difference, change) = (of("to")?, of("difference")?, of("change")?);
    let down = is_down(said("way"))?;
    if !to.shares_unit(&difference) || is_down(said("by")).is_some_and(|by| by != down) || !is_plain(&change) {
        return None;
    }
    let (b, d, p) = (to.possible()?, difference.possible()?, change.mention.cut()?);
    let a = if down { b.plus(d)? } else { b.minus(d)? };
    if d.may_be_share(p, a)? {
        return None;
    }
    let (now, by) = (to.exact()?, difference.exact()?);
    let before = if down { now.plus(by)? } else { now.minus(by)? };
    let [right, shown] = percentages(by, before, &change)?;
    let sign = if down { '＋' } else { '－' };
    let sum = format!("{}÷({}{sign}{})＝{shown}%", difference.written()?, to.written()?, difference.written()?);
    told(view, &change, [&to, &difference], Some(right), &sum)
}

fn times_less(view: &View<'_>, quantities: &Quantities, found: &Captures<'_>) -> Option<Finding> {
    let change = quantities.caught(found, "change")?;
    // 半倍, 0.5倍 may be.
    let whole = change.value()? >= Decimal::integer(1) && change.mention.unit() == Some("倍");
    let (by, said) = (found.name("by")?.as_str(), change.said());
    let message = Message::new(
        format!("“{by}{said}”不成立：{by}一倍就没有了；请改用百分数或几分之几"),
        format!("“{by}{said}”: nothing is left after {by} once over. Write a percentage or a fraction."),
    );
    whole.then(|| change.finding(view, Severity::Warning, message, [], []))?
}

/// Whether the word tells of the way down; 发展 and 变 tell neither.
pub(super) fn is_down(word: &str) -> Option<bool> {
    let down = DOWN.split('|').chain(["少", "降幅"]).any(|other| other == word);
    let up = UP.split('|').chain(["多", "增幅", "涨幅", "翻"]).any(|other| other == word);
    (down || up).then_some(down)
}

fn told(
    view: &View<'_>,
    change: &Quantity<'_>,
    others: [&Quantity<'_>; 2],
    right: Option<Decimal>,
    sum: &str,
) -> Option<Finding> {
    let [one, other] = others.map(Quantity::said);
    let said = change.said();
    let message = Message::new(
        format!("增减幅度不符：“{one}”和“{other}”算得{sum}，文中写“{said}”；请核对三个数"),
        format!(
            "The change does not fit: “{one}” and “{other}” give {sum}, but the text says “{said}”. Check all three."
        ),
    );
    let related =
        others.iter().filter_map(|o| o.related(view, Message::new("用来计算的数", "a figure of the computation")));
    let fix = right.and_then(|right| change.fix(view, right));
    change.finding(view, Severity::Error, message, related, fix)
}
