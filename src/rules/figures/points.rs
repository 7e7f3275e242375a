use super::growth::{BEFORE_CHANGE, DOWN, UP, is_down, told_of};
use crate::analysis::{Quantities, Quantity};
use crate::figures::Interval;
use crate::figures::masked::{Mask, pattern, unmask};
use crate::findings::{Applicability, Edit, Finding, Fix, Message, Severity};
use crate::rules::{Check, Rule, View};
use regex::{Captures, Regex};
use std::sync::LazyLock;

/// 百分点: from one percentage to another, and by how many points. A difference of percentages is told in points.
pub static RULE: Rule = Rule {
    name: "figures/points",
    document: include_str!("points.md"),
    severity: Some(Severity::Error),
    options: &[],
    check: Check::Figures(check),
};

/// 由65%提高到82%，提高17个百分点.
static MOVED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        "(?:由|从)(?:·{{0,6}}Ⓣ·{{0,4}}|·{{0,6}}的)?(?P<from>Ⓟ)[，,]?·{{0,4}}?(?P<way>{UP}|{DOWN})(?:到|至|为)了?(?:·{{0,4}}Ⓣ·{{0,4}}|·{{0,4}}的)?(?P<to>Ⓟ)·{{0,4}}[，、,（(；]{BEFORE_CHANGE}(?P<by>{UP}|{DOWN}|增幅|涨幅|降幅)(?:了|为|达|达到)?(?P<change>Ⓓ|Ⓟ)"
    ))
});

fn check(view: &View<'_>, quantities: &Quantities, findings: &mut Vec<Finding>) {
    for sentence in quantities.masked.sentences_with(&["由", "从"]) {
        findings.extend(told_of(&MOVED, sentence).filter_map(|found| moved(view, quantities, &found)));
    }
}

fn moved(view: &View<'_>, quantities: &Quantities, found: &Captures<'_>) -> Option<Finding> {
    let of = |name| quantities.caught(found, name);
    let said = |name| found.name(name).map_or("", |m: regex::Match<'_>| m.as_str());
    let (from, to, change) = (of("from")?, of("to")?, of("change")?);
    // 由五成提高到七成 and 由20‰提高到30‰ are told in other points.
    if [&from, &to].iter().any(|share| !share.is_percent() || share.exact().is_none()) || change.exact().is_none() {
        return None;
    }
    let down = is_down(said("by")).or_else(|| is_down(said("way")))?;
    let (less, more) = if down { (&to, &from) } else { (&from, &to) };
    let (_, mask) = unmask(said("change").chars().next()?)?;
    // 由65.3%提高到82.1%，提高17个百分点: the points were rounded.
    let points =
        if more.places().max(less.places()) > change.places() { change.mention.rounded()? } else { possible(&change)? };
    // 由5%下降到2%，下降2.6个百分点: so were the ends.
    let end = |end: &Quantity<'_>| {
        if change.places() > end.places() { end.mention.rounded() } else { possible(end) }
    };
    let fits = end(more)?.minus(end(less)?)?.meets(points);
    let right = more.exact()?.minus(less.exact()?).filter(|right| !right.is_negative())?;
    let sum = format!("{}－{}＝{right}", more.written()?, less.written()?);
    let (from_said, to_said, change_said) = (from.said(), to.said(), change.said());
    let (severity, message, fix) = match mask {
        Mask::Points if !fits => (
            Severity::Error,
            Message::new(
                format!("百分点不符：“{from_said}”到“{to_said}”是{sum}个百分点，文中写“{change_said}”；请核对三个数"),
                format!(
                    "The points do not fit: “{from_said}” to “{to_said}” is {sum} points, but the text says “{change_said}”. Check all three."
                ),
            ),
            change.fix(view, right),
        ),
        Mask::Percent if fits => (
            Severity::Warning,
            Message::new(
                format!("两个百分数之差用“百分点”：“{from_said}”到“{to_said}”是{sum}个百分点，不是“{change_said}”"),
                format!(
                    "A difference of percentages is told in points: “{from_said}” to “{to_said}” is {sum} points, not “{change_said}”."
                ),
            ),
            in_points(view, &change),
        ),
        Mask::Percent if !possible(&to)?.may_have_grown(change.mention.cut()?, possible(&from)?, down)? => (
            Severity::Error,
            Message::new(
                format!("增减幅度不符：“{from_said}”到“{to_said}”是{sum}个百分点，文中写“{change_said}”；请核对"),
                format!(
                    "The change does not fit: “{from_said}” to “{to_said}” is {sum} points, but the text says “{change_said}”. Check it."
                ),
            ),
            None,
        ),
        _ => return None,
    };
    let related = [&from, &to]
        .into_iter()
        .filter_map(|o| o.related(view, Message::new("用来计算的数", "a figure of the computation")));
    change.finding(view, severity, message, related, fix)
}

/// What a percentage or its points may stand for: whole ones are said as they are, others were rounded.
fn possible(quantity: &Quantity<'_>) -> Option<Interval> {
    let is_whole = quantity.mention.number.as_ref()?.last >= 0;
    if is_whole { quantity.mention.interval() } else { quantity.mention.rounded() }
}

/// 17% as 17个百分点.
fn in_points(view: &View<'_>, change: &Quantity<'_>) -> Option<Fix> {
    let measure = change.mention.measure.as_ref().filter(|_| change.is_percent())?;
    let place = change.of.place(view, measure.range.clone())?;
    let edits = vec![Edit::Replace { place, text: "个百分点".to_owned() }];
    let title = Message::new("改为“个百分点”", "Write “个百分点” (points)");
    Some(Fix { title, applicability: Applicability::Unsafe, key: view.exclusive(change.of.passage().first), edits })
}
