use crate::analysis::{Quantities, Quantity};
use crate::figures::masked::{pattern, unmask};
use crate::figures::{Decimal, Interval};
use crate::rules::{Check, Finding, Message, Rule, Severity, View};
use regex::{Captures, Regex};
use std::sync::LazyLock;

/// 办复率、办结率: a percentage that no whole number of the stated cases gives.
///
/// The test is GRIM (Brown and Heathers, The GRIM Test, Social Psychological and Personality Science 8(4), 2017), with
/// numbers cut off accepted beside rounded ones.
pub struct Attainable;

impl Rule for Attainable {
    fn name(&self) -> &'static str {
        "figures/attainable"
    }

    fn document(&self) -> &'static str {
        include_str!("attainable.md")
    }

    fn severity(&self) -> Option<Severity> {
        Some(Severity::Error)
    }

    fn check(&self) -> Check {
        Check::Figures(check)
    }
}

/// Rates whose base is the cases handled. That of 满意率 may be the answers that came back: a hint only.
static RATE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "(?P<rate>办复率|办结率|答复率|办理率|按期办复率|面商率|见面率|采纳率|落实率|解决率|满意率|满意度)(?:均|已|都|也|已经)?(?:达到了|达到|达|为|是)?(?P<share>Ⓟ)",
    )
});

/// The cases: 立案42件, 办理提案42件, 42件提案.
static CASES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "(?P<word>立案|交办|办理|承办|督办|转办|提案|建议|议案)(?:的)?(?:·{0,4})(?P<before>Ⓠ)|(?P<behind>Ⓠ)(?:·{0,8})(?:提案|建议|议案)",
    )
});

fn check(view: &View<'_>, quantities: &Quantities, findings: &mut Vec<Finding>) {
    for sentence in quantities.masked.sentences_with(&["率", "满意度"]) {
        findings.extend(RATE.captures_iter(sentence).filter_map(|found| rate(view, quantities, sentence, &found)));
    }
}

fn rate(view: &View<'_>, quantities: &Quantities, sentence: &str, found: &Captures<'_>) -> Option<Finding> {
    let share = quantities.caught(found, "share")?;
    let whole = found.get(0)?;
    let before = &sentence[..whole.start()];
    // 98%、满意率分别: another order.
    if share.exact()? > Decimal::integer(100) || before.ends_with("分别") {
        return None;
    }
    let cases = |c: &Captures<'_>| quantities.caught(c, "before").or_else(|| quantities.caught(c, "behind"));
    let named: Vec<Quantity<'_>> = CASES.captures_iter(before).filter_map(|c| cases(&c)).collect();
    let nearest = named.iter().rev().find(|cases| cases.mention.unit() == Some("件"))?;
    // Any count of cases in the passage, or all of the sentence together, may be the base.
    let counts = |text: &str| -> Vec<Decimal> {
        let each = text.chars().filter_map(unmask).filter_map(|(index, _)| {
            let mention = quantities.mentions.get(index)?;
            Quantity { of: quantities, index, mention }.exact().filter(|_| mention.unit() == Some("件"))
        });
        each.collect()
    };
    let mut bases = counts(quantities.masked.text());
    bases.extend(counts(before).into_iter().try_fold(Decimal::ZERO, Decimal::plus));
    let possible = |base: &Decimal| base.whole().is_none_or(|n| n < 1 || is_attainable(n, &share).unwrap_or(true));
    let n = nearest.exact()?.whole().filter(|n| *n > 0)?;
    if bases.iter().any(possible) || is_attainable(n, &share)? {
        return None;
    }
    let (below, above) = beside(n, &share)?;
    let rate = found.name("rate")?.as_str();
    let (cases_said, share_said) = (nearest.said(), share.said());
    let near = |k: i128| Some((k, percent(k, n, share.places())?));
    let ((k, low), (l, high)) = (near(below)?, near(above)?);
    let is_certain = !rate.starts_with("满意");
    let message = Message::new(
        format!("{rate}“{share_said}”算不出来：{cases_said}中，{k}件是{low}%，{l}件是{high}%；请核对件数和比率"),
        format!(
            "{rate} “{share_said}” cannot be: of {cases_said}, {k} give {low} % and {l} give {high} %. Check the count and the rate."
        ),
    );
    let related = nearest.related(view, Message::new("件数", "the cases"));
    let fixes = [low, high].into_iter().filter_map(|value| share.fix(view, value));
    let severity = if is_certain { Severity::Error } else { Severity::Hint };
    share.finding(view, severity, message, related, fixes)
}

fn percent(k: i128, n: i128, places: u8) -> Option<Decimal> {
    Decimal::integer(100 * k).divided(Decimal::integer(n), places)
}

/// The whole numbers of `n` whose shares lie below and above `share`.
fn beside(n: i128, share: &Quantity<'_>) -> Option<(i128, i128)> {
    let share = share.exact()?;
    let below = (0..=n.min(MOST_CASES))
        .rev()
        .find(|k| Decimal::integer(100 * k) <= share.times(Decimal::integer(n)).unwrap_or(share))?;
    Some((below, (below + 1).min(n)))
}

/// More cases than this have every percentage that is ever written; the search stays short.
const MOST_CASES: i128 = 10_000;

/// Whether a whole number of `n` gives `share`, rounded or cut off. Every share of two decimals is one of 10,000.
fn is_attainable(n: i128, share: &Quantity<'_>) -> Option<bool> {
    if n >= MOST_CASES {
        return Some(true);
    }
    let (below, above) = beside(n, share)?;
    let range = share.mention.cut()?;
    let of = Decimal::integer(n);
    let meets = |k: i128| Some(Interval::exact(Decimal::integer(100 * k)).meets(range.times(Interval::exact(of))?));
    Some(meets(below)? || meets(above)?)
}
