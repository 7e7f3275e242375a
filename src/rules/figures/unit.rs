use crate::analysis::{Quantities, Quantity};
use crate::figures::unit::{self, UnitKind};
use crate::findings::{Finding, Message, Severity};
use crate::profile::Metric;
use crate::rules::{Check, Rule, RuleOption, View};

/// 量词: a metric counted in a unit that good reports never count it in.
pub static RULE: Rule = Rule {
    name: "figures/unit",
    document: include_str!("unit.md"),
    severity: None,
    options: &[DOCUMENTS],
    check: Check::Figures(check),
};

const DOCUMENTS: RuleOption = RuleOption {
    name: "documents",
    meaning: "指标至少见于几份范文 / in how many exemplars a metric must be counted",
    default: 3,
    range: (1, 1000),
};

fn check(view: &View<'_>, quantities: &Quantities, findings: &mut Vec<Finding>) {
    if view.profile.metrics.is_empty() {
        return;
    }
    let each = (0..quantities.mentions.len()).filter_map(|index| quantities.quantity(index));
    for quantity in each.filter(|quantity| quantity.mention.class.is_figure()) {
        findings.extend(other_unit(view, &quantity));
    }
}

/// The finding that `quantity` is counted in another unit than all exemplars have: one measure word for another. Rates and
/// amounts of the same thing are other statements about it.
fn other_unit(view: &View<'_>, quantity: &Quantity<'_>) -> Option<Finding> {
    let least = view.options.get(DOCUMENTS.name) as u32;
    let unit =
        quantity.mention.measure.as_ref().map(|measure| measure.unit).filter(|unit| unit.kind == UnitKind::Count)?;
    let noun = quantity.noun()?;
    let is_it = |metric: &&Metric| metric.noun == noun && metric.support.documents >= least;
    let metric = view.profile.metrics.iter().find(is_it)?;
    let [usual] = &metric.units[..] else { return None };
    let is_count = unit::read(usual, 0).is_some_and(|measure| measure.unit.kind == UnitKind::Count);
    if usual == unit.name || !is_count {
        return None;
    }
    let (said, documents, instances) = (quantity.said(), metric.support.documents, metric.support.instances);
    let message = Message::new(
        format!("“{noun}”在 {documents} 份报告中 {instances} 次都以“{usual}”计，此处是“{said}”；请核对量词"),
        format!(
            "“{noun}” is counted in {usual} all {instances} times in {documents} reports; here it is “{said}”. Check the measure word."
        ),
    );
    quantity.finding(view, Severity::Hint, message, None, None)
}
