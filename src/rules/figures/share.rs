use super::growth::{is_plain, percentages};
use crate::analysis::{Quantities, Quantity};
use crate::figures::masked::pattern;
use crate::findings::{Finding, Message, Severity};
use crate::rules::{Check, Rule, View};
use regex::{Captures, Regex};
use std::sync::LazyLock;

/// 占比: so many of a whole, and their share of it.
pub static RULE: Rule = Rule {
    name: "figures/share",
    document: include_str!("share.md"),
    severity: Some(Severity::Error),
    options: &[],
    check: Check::Figures(check),
};

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
        None => whole(&part, &share, found.name("words").map_or("", |m| m.as_str()))?,
    };
    if !whole.shares_unit(&part) || fits(&part, &whole, &share)? || fits_together(&part, &whole, &share)? {
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

/// Whether the share is that of the part and of those before it together: 委员提案150件、集体提案38件，占90.4%;
/// 80后1100名、90后900名，占62.5%.
fn fits_together(part: &Quantity<'_>, whole: &Quantity<'_>, share: &Quantity<'_>) -> Option<bool> {
    let mut together = part.possible()?;
    for before in (0..part.index).rev().filter_map(|index| part.of.quantity(index)) {
        if before.mention.sentence != part.mention.sentence || before.index == whole.index {
            break;
        }
        if !before.shares_unit(part) {
            continue;
        }
        together = together.plus(before.possible()?)?;
        if together.may_be_share(share.mention.cut()?, whole.possible()?)? {
            return Some(true);
        }
    }
    Some(false)
}

/// What names a smaller whole: a place, a body.
const PLACES: [char; 12] = ['村', '镇', '乡', '县', '区', '局', '校', '市', '州', '旗', '园', '企'];

/// Whether the part may be of a smaller whole than `whole`, which is told in another sentence: 清水镇现有农村党员860名，
/// behind the members of the county.
fn is_of_another_place(part: &Quantity<'_>, whole: &Quantity<'_>) -> bool {
    let [of_whole, of_part] = [whole, part].map(|of| &of.of.text()[of.mention.sentence.start..of.mention.range.end]);
    whole.mention.sentence != part.mention.sentence
        && PLACES.iter().any(|place| of_part.contains(*place) && !of_whole.contains(*place))
}

/// The whole that the share is of, if the text leaves no doubt: what `words` (立案总数, 总数) name, or what 其中 takes the part
/// from. None if another count before fits: then that one is meant, and right.
fn whole<'q>(part: &Quantity<'q>, share: &Quantity<'q>, words: &str) -> Option<Quantity<'q>> {
    for before in larger(part) {
        if fits(part, &before, share)? {
            return None;
        }
    }
    match words.trim_end_matches('的') {
        "" => taken_from(part),
        words => named(part, WHOLE.iter().find_map(|whole| words.strip_suffix(whole))?),
    }
}

/// The counts before `part` that may hold it, in order.
fn larger<'q>(part: &Quantity<'q>) -> impl Iterator<Item = Quantity<'q>> {
    let (of, part) = (part.of, *part);
    let before = (0..part.index).filter_map(|index| of.quantity(index));
    before.filter(move |quantity| quantity.shares_unit(&part) && quantity.value() >= part.value())
}

/// The one count before `part` that is told of as the total of what is `counted`. A count with a share of its own is a part.
fn named<'q>(part: &Quantity<'q>, counted: &str) -> Option<Quantity<'q>> {
    // 立案 is filed; of all motions those that came in are the whole.
    let names: &[&str] = match counted {
        "" => &TOTAL,
        "提案" => &["收到", "征集", "提交", "共提", "提案"],
        counted => &[counted],
    };
    let (text, mentions) = (part.of.text(), &part.of.mentions);
    let mut totals = Vec::new();
    for quantity in larger(part) {
        let (index, mention) = (quantity.index, quantity.mention);
        let next = mentions.get(index + 1).map_or(text.len(), |next| next.range.start);
        if text[mention.range.end..next.max(mention.range.end)].contains('占') {
            return None;
        }
        let from = mention.sentence.start.max(mentions[..index].last().map_or(0, |m| m.range.end));
        let before = &text[from.min(mention.range.start)..mention.range.start];
        let clause = before.rsplit(['，', ',', '；', '、']).next().unwrap_or(before);
        if names.iter().any(|name| clause.contains(name)) {
            totals.push(quantity);
        }
    }
    let mut totals = totals.into_iter();
    let whole = totals.next().filter(|_| totals.next().is_none())?;
    (!is_of_another_place(part, &whole)).then_some(whole)
}

/// What 其中 takes the part out of: the count right before it. 其中清水镇120户，占36.6% is of the town.
fn taken_from<'q>(part: &Quantity<'q>) -> Option<Quantity<'q>> {
    let text = part.of.text();
    let sentence = part.mention.sentence.start..part.mention.range.start;
    let at = sentence.start + text[sentence.clone()].rfind("其中")?;
    let item = &text[at..part.mention.range.start];
    let before = part.of.mentions.partition_point(|mention| mention.range.end <= at);
    let whole = part.of.quantity(before.checked_sub(1)?)?;
    (sentence.contains(&whole.mention.range.start) && whole.shares_unit(part) && !item.contains(PLACES))
        .then_some(whole)
}
