use crate::analysis::{Quantities, Quantity};
use crate::figures::masked::{Mask, pattern, unmask};
use crate::figures::{Decimal, Interval};
use crate::findings::{Finding, Message, Severity};
use crate::rules::{Check, Rule, View};
use regex::{Captures, Regex};
use std::sync::LazyLock;

/// 百分比合计: shares of one whole that cannot make 100.
pub static RULE: Rule = Rule {
    name: "figures/total",
    document: include_str!("total.md"),
    severity: Some(Severity::Error),
    options: &[],
    check: Check::Figures(check),
};

/// What three terms are the shares of: 三次产业结构为9.8∶66.7∶23.6.
static PARTITION: LazyLock<Regex> =
    LazyLock::new(|| pattern("(?:三次产业|一二三产业|一、二、三产业)(?:增加值)?(?:结构|比例|比重|构成|之比|比)"));

/// 一、二、三产业占比分别为9.8%、66.7%、23.6%
static SHARES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "(?:三次产业|第?一、?二、?三次?产业|第一、第二、第三产业|第一产业、第二产业、第三产业)(?:增加值)?(?:占比|比重|结构|构成|比例|占·{0,10}?(?:比重|比例)|分别占·{0,10}?)(?P<words>·{0,8}?)(?P<shares>Ⓟ、Ⓟ(?:、|和)Ⓟ)",
    )
});

fn check(view: &View<'_>, quantities: &Quantities, findings: &mut Vec<Finding>) {
    for sentence in quantities.masked.sentences_with(&["结构", "比", "构成"]) {
        if let Some(partition) = PARTITION.find(sentence) {
            let figures = sentence[partition.end()..].chars().filter_map(|c| quantities.unmasked(c));
            findings.extend(figures.filter_map(|figure| ratio(view, &figure)));
        }
        findings.extend(SHARES.captures_iter(sentence).filter_map(|found| shares(view, quantities, &found)));
    }
}

/// The sum, and what it may be if each term was rounded.
fn sum(terms: &[(Decimal, i16)]) -> Option<(Decimal, Interval)> {
    let mut sum = (Decimal::ZERO, Interval::exact(Decimal::ZERO));
    for (value, last) in terms {
        let half = Decimal::new(5, last - 1);
        sum.0 = sum.0.plus(*value)?;
        sum.1 = sum.1.plus(Interval::exact(*value).widened(half, half)?)?;
    }
    Some(sum)
}

fn ratio(view: &View<'_>, ratio: &Quantity<'_>) -> Option<Finding> {
    let mention = ratio.mention;
    // 城乡收入比2.1∶1 is no partition of a hundred.
    if !mention.is_ratio() || mention.others.len() < 2 {
        return None;
    }
    let numbers = mention.number.iter().chain(&mention.others);
    let terms: Vec<(Decimal, i16)> = numbers.map(|number| (number.value, number.last)).collect();
    told(view, ratio, &[], &terms)
}

fn shares(view: &View<'_>, quantities: &Quantities, found: &Captures<'_>) -> Option<Finding> {
    let masks = found.name("shares")?.as_str().chars().filter(|c| unmask(*c).is_some_and(|(_, m)| m == Mask::Percent));
    let shares: Vec<Quantity<'_>> = masks.filter_map(|c| quantities.unmasked(c)).collect();
    let grows = ["增长", "增速", "提高", "下降", "贡献", "拉动", "全省", "全市", "全国", "全县", "全区"]
        .iter()
        .any(|word| found.get(0).is_some_and(|m| m.as_str().contains(word)));
    if grows {
        return None;
    }
    let terms: Option<Vec<(Decimal, i16)>> =
        shares.iter().map(|share| Some((share.exact()?, share.mention.number.as_ref()?.last))).collect();
    let (last, others) = shares.split_last()?;
    told(view, last, others, &terms?)
}

/// Sums further from 100 than this are no partition that was meant to make it.
const NEAR: (i128, i128) = (80, 120);

fn told(view: &View<'_>, at: &Quantity<'_>, others: &[Quantity<'_>], terms: &[(Decimal, i16)]) -> Option<Finding> {
    let (sum, possible) = sum(terms)?;
    let is_near = sum >= Decimal::integer(NEAR.0) && sum <= Decimal::integer(NEAR.1);
    if !is_near || possible.contains(Decimal::integer(100)) {
        return None;
    }
    let said = terms.iter().map(|(value, _)| value.to_string()).collect::<Vec<_>>().join("＋");
    let message = Message::new(
        format!("各部分占比之和应为100%：{said}＝{sum}，四舍五入也凑不成100；请核对各数"),
        format!("The shares of a whole make 100 %: {said} = {sum}, which no rounding explains. Check each."),
    );
    let related = others.iter().filter_map(|other| other.related(view, Message::new("另一部分", "another part")));
    at.finding(view, Severity::Error, message, related, [])
}
