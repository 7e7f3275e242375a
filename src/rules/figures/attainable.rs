use super::growth::is_plain;
use crate::analysis::{Quantities, Quantity};
use crate::figures::Decimal;
use crate::figures::attainable::{is_attainable, nearest};
use crate::figures::masked::pattern;
use crate::findings::{Finding, Message, Severity};
use crate::rules::{Check, Rule, View};
use regex::Regex;
use std::sync::LazyLock;

/// 办复率、办结率: a percentage that no whole number of the stated cases gives.
pub static RULE: Rule = Rule {
    name: "figures/attainable",
    document: include_str!("attainable.md"),
    severity: Some(Severity::Error),
    options: &[],
    check: Check::Figures(check),
};

/// The cases, and right behind them one rate or several: 立案提案42件，办复率100%，办结率90%. What else stands between may be another
/// base, as may the whole of 满意率 (the answers that came back) and 采纳率 (the proposals).
static CASES: LazyLock<Regex> = LazyLock::new(|| {
    let between = "(?:已|均|都|全部|目前|已经|现已|按期|提案|交有关部门办理|办复|交办|办理|答复|完毕)*";
    let rate = format!("{between}(?:办复率|办结率|答复率)(?:均|已|都|已经)?(?:达到了|达到|达|为|是)?Ⓟ");
    let clause = format!("[，,、](?:{between}[，,])?{rate}");
    pattern(&format!(
        "(?:(?:立案|交办|办理|承办)(?:了|的)?(?:政协|委员)?(?:提案)?(?P<before>Ⓠ)(?:提案)?|(?:立案|交办)的(?P<named>Ⓠ)提案|(?:^|[，,；;])(?P<behind>Ⓠ)提案{between})(?P<rates>(?:{clause})+)"
    ))
});

/// Rates of other cases than those that were just counted, and rates that are yet to be reached.
const OTHERS: [&str; 9] = ["要求", "确保", "力争", "目标", "上届", "重点", "建议", "平均", "不低于"];

fn check(view: &View<'_>, quantities: &Quantities, findings: &mut Vec<Finding>) {
    for sentence in quantities.masked.sentences_with(&["办复率", "办结率", "答复率"]) {
        if OTHERS.iter().any(|word| sentence.contains(word)) {
            continue;
        }
        for found in CASES.captures_iter(sentence) {
            let cases = ["before", "named", "behind"].iter().find_map(|name| quantities.caught(&found, name));
            let shares = found.name("rates").map_or("", |rates| rates.as_str()).char_indices();
            let shares = shares.filter_map(|(at, c)| Some((at, quantities.unmasked(c)?)));
            let rates = found.name("rates").map_or("", |rates| rates.as_str());
            let named = |at: usize| rates[..at].rsplit(['，', ',', '、']).next().unwrap_or_default();
            findings.extend(shares.filter_map(|(at, share)| rate(view, quantities, &cases?, named(at), &share)));
        }
    }
}

fn rate(
    view: &View<'_>,
    quantities: &Quantities,
    cases: &Quantity<'_>,
    name: &str,
    share: &Quantity<'_>,
) -> Option<Finding> {
    if !is_plain(share) || share.exact()? > Decimal::integer(100) || cases.mention.unit() != Some("件") {
        return None;
    }
    // Any count of cases in the passage, or all of them together, may be the base.
    let all = (0..quantities.mentions.len()).filter_map(|index| quantities.quantity(index));
    let mut bases: Vec<Decimal> =
        all.filter(|count| count.mention.unit() == Some("件")).filter_map(|count| count.exact()).collect();
    bases.extend(bases.iter().try_fold(Decimal::ZERO, |sum, base| sum.plus(*base)));
    let possible =
        |base: &Decimal| base.whole().is_none_or(|n| n < 1 || is_attainable(n, share.mention).unwrap_or(true));
    let n = cases.exact()?.whole().filter(|n| *n > 0)?;
    if bases.iter().any(possible) || is_attainable(n, share.mention)? {
        return None;
    }
    let [(k, low), (l, high)] = nearest(n, share.mention, share.places())?;
    let (cases_said, share_said) = (cases.said(), share.said());
    let message = Message::new(
        format!("“{name}{share_said}”算不出来：{cases_said}中，{k}件是{low}%，{l}件是{high}%；请核对件数和比率"),
        format!("“{name}{share_said}” cannot be: of {cases_said}, {k} give {low} % and {l} give {high} %. Check both."),
    );
    let related = cases.related(view, Message::new("件数", "the cases"));
    let fixes = [low, high].into_iter().filter_map(|value| share.fix(view, value));
    share.finding(view, Severity::Error, message, related, fixes)
}
