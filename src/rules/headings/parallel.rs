use crate::draft::Role;
use crate::findings::{Finding, MOST_RELATED, Message, Severity};
use crate::profile::Siblings;
use crate::rules::views::titled::Titled;
use crate::rules::{Check, Rule, RuleOption, View};

/// 对仗: the odd one out among siblings that are otherwise built alike.
pub static RULE: Rule = Rule {
    name: "headings/parallel",
    document: include_str!("parallel.md"),
    severity: Some(Severity::Hint),
    options: &[SIBLINGS],
    check: Check::Headings { structure: None, family: Some(check) },
};

const SIBLINGS: RuleOption = RuleOption {
    name: "siblings",
    meaning: "至少几个标题并列才查 / how many siblings prove that they are built alike",
    default: 4,
    range: (3, 20),
};

/// What siblings may share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Feature {
    /// Members in the quotes: “忠诚、干净、担当” has three.
    Quoted,
    /// Parts between spaces and commas.
    Parts,
}

impl Feature {
    fn of(self, here: &Titled<'_>) -> u8 {
        match self {
            Feature::Quoted => here.words().quoted,
            Feature::Parts => here.words().parts,
        }
    }

    fn names(self) -> (&'static str, &'static str) {
        match self {
            Feature::Quoted => ("引号内的项数", "members in the quotes"),
            Feature::Parts => ("分句数", "parts"),
        }
    }
}

/// Whether the profile's exemplars let one heading of a family differ so often that nothing follows from it: in a third
/// of at least four families.
fn differ_at_will(view: &View<'_>) -> bool {
    let Siblings { alike, all_but_one } = view.profile.siblings;
    alike + all_but_one >= 4 && 2 * all_but_one >= alike
}

fn check(view: &View<'_>, family: &[u32], findings: &mut Vec<Finding>) {
    let least = view.options.get(SIBLINGS.name) as usize;
    if family.len() < least || differ_at_will(view) {
        return;
    }
    // Run-in titles end where their sentence does, and that is a guess.
    let nodes = family.iter().map(|&index| &view.analysis.outline.nodes[index as usize]);
    let alone = nodes.filter(|node| node.role == Role::Heading && !node.run_in);
    let titled: Vec<Titled<'_>> = alone.filter_map(|node| Titled::of(view, node)).collect();
    if titled.len() >= least {
        let odd = [Feature::Quoted, Feature::Parts].into_iter().find_map(|feature| odd_one_out(&titled, feature));
        findings.extend(odd.map(|odd| finding(view, &titled, &odd)));
    }
}

/// The one sibling that differs, and how.
struct Odd {
    feature: Feature,
    at: usize,
    has: u8,
    others: u8,
}

/// All others share a value of at least two: one is what any title has.
fn odd_one_out(titled: &[Titled<'_>], feature: Feature) -> Option<Odd> {
    let counts: Vec<u8> = titled.iter().map(|here| feature.of(here)).collect();
    let others = *counts[..3].iter().find(|&&n| counts.iter().filter(|&&m| m == n).count() + 1 == counts.len())?;
    let at = counts.iter().position(|&n| n != others)?;
    // Without number and markup a much shorter line may be of another level: 2026年主要任务.
    let is_bare = titled[at].node.marker.is_none() && titled[at].node.depth.is_none();
    let shortest =
        titled.iter().enumerate().filter(|(n, _)| *n != at).map(|(_, here)| here.words().characters).min()?;
    if is_bare && 3 * titled[at].words().characters < 2 * shortest {
        return None;
    }
    (others >= 2).then_some(Odd { feature, at, has: counts[at], others })
}

/// The siblings as a table, each with its count.
fn table(titled: &[Titled<'_>], feature: Feature) -> String {
    let rows = titled.iter().map(|here| format!("\n  {} │ {}", feature.of(here), here.source()[here.title()].trim()));
    rows.take(MOST_RELATED).collect()
}

fn finding(view: &View<'_>, titled: &[Titled<'_>], odd: &Odd) -> Finding {
    let here = &titled[odd.at];
    let (zh, en) = odd.feature.names();
    let (has, others, count) = (odd.has, odd.others, titled.len() - 1);
    let table = table(titled, odd.feature);
    let related = titled.iter().enumerate().filter(|(n, _)| *n != odd.at);
    Finding {
        rule: view.rule,
        severity: Severity::Hint,
        message: Message::new(
            format!(
                "并列标题不对仗：其余{count}个的{zh}都是{others}，“{}”是{has}；请看是否漏写{table}",
                here.excerpt()
            ),
            format!(
                "The odd one out: its {count} siblings have {others} {en}, “{}” has {has}. Is something missing?{table}",
                here.excerpt()
            ),
        ),
        place: here.place(),
        related: related.take(MOST_RELATED).map(|(_, sibling)| sibling.related("并列的标题", "a sibling")).collect(),
        fixes: Vec::new(),
        identity: view.identity(here.block, zh),
    }
}
