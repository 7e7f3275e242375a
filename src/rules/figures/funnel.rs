use crate::analysis::{Quantities, Quantity};
use crate::figures::Decimal;
use crate::figures::masked::pattern;
use crate::findings::{Finding, Message, Severity};
use crate::rules::{Check, Rule, View};
use regex::Regex;
use std::sync::LazyLock;

/// 逐级递减: of what was received, no more can be filed; of what was filed, no more can be answered. And no rate of them
/// is above a hundred percent.
pub static RULE: Rule = Rule {
    name: "figures/funnel",
    document: include_str!("funnel.md"),
    severity: Some(Severity::Error),
    options: &[],
    check: Check::Figures(check),
};

/// The way of a motion (提案) through the house (《中国人民政治协商会议全国委员会提案工作条例》): received, filed, handed over,
/// answered. What is merged (并案) leaves before it is filed.
const STAGES: [&[&str]; 4] = [
    &["共收到", "收到", "征集", "提交", "受理"],
    &["审查立案", "予以立案", "立案"],
    &["交办", "转办"],
    &["办复", "答复", "办结", "办理完毕"],
];

/// A stage with its count: 立案提案42件, 提出提案628件，立案93件.
static STAGE: LazyLock<Regex> = LazyLock::new(|| {
    let words: Vec<&str> = STAGES.iter().copied().flatten().copied().collect();
    pattern(&format!(
        "(?P<stage>{})了?(?:各类|委员)?(?:提案|议案|建议)?(?:共|共计|为|数为|数)?(?P<count>Ⓠ)",
        words.join("|")
    ))
});

/// Rates that a part has of its whole. 完成率, 增长率, 产销率, 毛入学率, 参保率 and 拨备覆盖率 may be above 100 %.
static RATE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "(?P<rate>办复率|办结率|答复率|立案率|满意率|采纳率|落实率|出席率|到会率|参会率|参与率|合格率|优良率|达标率|通过率|得票率|支持率|森林覆盖率|植被覆盖率|绿化覆盖率|无害化处理率|硬化率|通车率|通电率|普惠率|就业率|入住率|化解率|调处率|及格率|治愈率)·{0,4}?(?P<share>Ⓟ)",
    )
});

fn check(view: &View<'_>, quantities: &Quantities, findings: &mut Vec<Finding>) {
    // Cases and disputes (立案, 办结) come over from other years.
    let is_of_motions = quantities.text().contains("提案");
    for sentence in quantities.masked.sentences_with(&["率", "立案", "办", "复"]) {
        findings.extend(is_of_motions.then(|| grown(view, quantities, sentence)).flatten());
        findings.extend(RATE.captures_iter(sentence).filter_map(|found| {
            let between = found.get(0)?.as_str();
            let moved = ["提高", "提升", "增长", "上升", "增加", "较", "比", "的", "目标"]
                .iter()
                .any(|word| between.contains(word));
            above(view, found.name("rate")?.as_str(), &quantities.caught(&found, "share")?).filter(|_| !moved)
        }));
    }
}

/// The first stage that has more than the one before it. The stages follow one another, with nothing else counted between:
/// 委员提案186件、集体提案26件，立案198件 adds two kinds up.
fn grown(view: &View<'_>, quantities: &Quantities, sentence: &str) -> Option<Finding> {
    // Other years' motions come in; some turn to letters; two kinds are told side by side.
    const OTHERS: [&str; 17] = [
        "并案", "转为", "上年", "结转", "历年", "遗留", "分别", "平均", "人均", "每", "加上", "主办", "会办", "闭会",
        "党派", "信息", "；",
    ];
    if OTHERS.iter().any(|word| sentence.contains(word)) {
        return None;
    }
    let mut before: Option<(usize, &str, Quantity<'_>)> = None;
    for found in STAGE.captures_iter(sentence) {
        let (Some(word), Some(count)) = (found.name("stage"), quantities.caught(&found, "count")) else { continue };
        let word = word.as_str();
        let stage = STAGES.iter().position(|words| words.contains(&word))?;
        let is_next = before.is_none_or(|(_, _, more)| more.index + 1 == count.index);
        if count.mention.unit() != Some("件") || !is_next || before.is_none() && count.exact().is_none() {
            return None;
        }
        let Some((earlier, name, more)) = before else {
            before = Some((stage, word, count));
            continue;
        };
        let text = &quantities.text()[more.mention.range.end..count.mention.range.start];
        // One motion has several answers: 各承办单位答复236件.
        let again =
            ["全年", "共", "两年", "全部", "政协", "另", "承办", "收到", "各"].iter().any(|word| text.contains(word));
        if earlier >= stage || again {
            return None;
        }
        let (a, b) = (more.possible()?, count.possible()?);
        if !a.meets(b) && a.max.value()? < b.min.value()? {
            let (more_said, said) = (more.said(), count.said());
            let message = Message::new(
                format!("前后环节不符：{name}{more_said}，{word}却有{said}；后一环节不会多于前一环节，请核对两个数"),
                format!(
                    "The stages do not fit: {name} {more_said}, yet {word} {said}. A later stage has no more than an earlier one. Check both."
                ),
            );
            let related = more.related(view, Message::new("前一环节", "the earlier stage"));
            return count.finding(view, Severity::Error, message, related, []);
        }
        before = Some((stage, word, count));
    }
    None
}

/// 办复率108%
fn above(view: &View<'_>, rate: &str, share: &Quantity<'_>) -> Option<Finding> {
    let said = share.said();
    let is_percent = share.mention.denominator.is_none() && share.mention.unit().is_some_and(|unit| unit != "‰");
    let above =
        is_percent && share.value()? > Decimal::integer(if share.mention.unit() == Some("成") { 10 } else { 100 });
    let message = Message::new(
        format!("{rate}“{said}”超过100%：部分不会多于全体，请核对"),
        format!("{rate} “{said}” is above 100 %: a part is no more than its whole. Check it."),
    );
    above.then(|| share.finding(view, Severity::Error, message, [], []))?
}
