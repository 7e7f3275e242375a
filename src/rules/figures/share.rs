use super::growth::{is_plain, percentages};
use crate::analysis::{Quantities, Quantity};
use crate::figures::masked::pattern;
use crate::rules::{Check, Finding, Message, Rule, Severity, View};
use regex::{Captures, Regex};
use std::sync::LazyLock;

/// 占比: so many of a whole, and their share of it.
pub struct Share;

impl Rule for Share {
    fn name(&self) -> &'static str {
        "figures/share"
    }

    fn document(&self) -> &'static str {
        include_str!("share.md")
    }

    fn severity(&self) -> Option<Severity> {
        Some(Severity::Error)
    }

    fn check(&self) -> Check {
        Check::Figures(check)
    }
}

/// 26件，占208件的12.5%; 26件，占立案总数的12.5%; 26件，占12.5%. Of 占全省的, nobody here knows the whole.
static SHARE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "(?P<part>Ⓠ)(?P<behind>·{0,12}?)[，、,（(]?(?:约|仅|大约|只|均|就)?占(?:比)?(?:(?P<base>Ⓠ)·{0,8}?|(?P<words>·{0,14}?))的?(?:比例|比重)?(?:为|达到|达|是)?(?P<share>Ⓟ)",
    )
});

/// Words for the whole of what was counted before.
const WHOLE: [&str; 10] = ["总数", "总量", "总额", "总人数", "总户数", "总件数", "总面积", "全部", "立案数", "总条数"];

/// What makes a count the whole: 共收到, 立案, 合计.
const TOTAL: [&str; 10] = ["现有", "共", "总", "收到", "立案", "合计", "征集", "全部", "参加", "提交"];

fn check(view: &View<'_>, quantities: &Quantities, findings: &mut Vec<Finding>) {
    for sentence in quantities.masked.sentences_with(&["占"]) {
        findings.extend(SHARE.captures_iter(sentence).filter_map(|found| share(view, quantities, &found)));
    }
}

fn share(view: &View<'_>, quantities: &Quantities, found: &Captures<'_>) -> Option<Finding> {
    let (part, share) = (quantities.caught(found, "part")?, quantities.caught(found, "share")?);
    if !is_plain(&share) {
        return None;
    }
    let whole = match quantities.caught(found, "base") {
        Some(whole) => whole,
        None => whole(quantities, &part, &share, found.name("words").map_or("", |m| m.as_str()))?,
    };
    if !whole.shares_unit(&part) || fits(&part, &whole, &share)? {
        return None;
    }
    let [right, shown] = percentages(part.exact()?, whole.exact()?, &share)?;
    let sum = format!("{}÷{}＝{shown}%", part.written()?, whole.written()?);
    let (part_said, whole_said, share_said) = (part.said(), whole.said(), share.said());
    let message = Message::new(
        format!("占比不符：“{part_said}”占“{whole_said}”的{sum}，文中写“{share_said}”；请核对三个数"),
        format!(
            "The share does not fit: “{part_said}” of “{whole_said}” is {sum}, but the text says “{share_said}”. Check all three."
        ),
    );
    let related =
        [part.related(view, Message::new("部分", "the part")), whole.related(view, Message::new("总数", "the whole"))];
    share.finding(view, Severity::Error, message, related.into_iter().flatten(), share.fix(view, right))
}

/// Whether 100 part/whole may be the share.
fn fits(part: &Quantity<'_>, whole: &Quantity<'_>, share: &Quantity<'_>) -> Option<bool> {
    part.possible()?.may_be_share(share.mention.cut()?, whole.possible()?)
}

/// The count before `part` that `words` (立案总数, 总数) stand for; without words, the one that 其中 takes the part from. None if
/// several may be meant, or if one of those fits the share: then it is right. A count with a share of its own is a part.
fn whole<'q>(
    quantities: &'q Quantities,
    part: &Quantity<'q>,
    share: &Quantity<'q>,
    words: &str,
) -> Option<Quantity<'q>> {
    let words = words.trim_end_matches('的');
    let counted = match words {
        "" => Some(""),
        words => WHOLE.iter().find_map(|whole| words.strip_suffix(whole)),
    }?;
    // 立案 is filed; of all motions those that came in are the whole.
    let names: &[&str] = match counted {
        "" => &TOTAL,
        "提案" => &["收到", "征集", "提交", "共提", "提案"],
        counted => &[counted],
    };
    let text = quantities.text();
    let mut totals = Vec::new();
    for quantity in (0..part.index).filter_map(|index| quantities.quantity(index)) {
        let (index, mention) = (quantity.index, quantity.mention);
        if !quantity.shares_unit(part) || quantity.value() < part.value() {
            continue;
        }
        if fits(part, &quantity, share)? {
            return None;
        }
        let next = quantities.mentions.get(index + 1).map_or(text.len(), |next| next.range.start);
        let behind = &text[mention.range.end..next.max(mention.range.end)];
        if behind.contains('占') {
            return None;
        }
        let from = mention.sentence.start.max(quantities.mentions[..index].last().map_or(0, |m| m.range.end));
        let before = &text[from.min(mention.range.start)..mention.range.start];
        let clause = before.rsplit(['，', ',', '；', '、']).next().unwrap_or(before);
        if names.iter().any(|name| clause.contains(name)) {
            totals.push(quantity);
        }
    }
    let mut totals = totals.into_iter();
    let whole = totals.next().filter(|_| totals.next().is_none())?;
    let between = &text[whole.mention.range.end..part.mention.range.start];
    let takes = between.contains("其中") && whole.mention.sentence == part.mention.sentence;
    (!words.is_empty() || takes).then_some(whole)
}
