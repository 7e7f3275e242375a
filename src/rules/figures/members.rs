use crate::analysis::Paragraph;
use crate::findings::{Finding, Message, Severity};
use crate::knowledge::{Slogan, is_quote};
use crate::rules::{Check, Rule, View};
use crate::text::han::is_han;
use crate::text::numeral;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// 提法项数: a slogan whose members are spelled out beside it, and are more or fewer than it says.
pub static RULE: Rule = Rule {
    name: "figures/members",
    document: include_str!("members.md"),
    severity: Some(Severity::Error),
    options: &[],
    check: Check::Passage(check),
};

/// What may stand between a slogan and the list of its members: the noun that it goes with, and what opens the list.
static OPENING: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r#"^[”’"]?(?:总体布局|战略布局|奋斗目标|突出问题|问题|改革|事项|制度|经费|工作|总要求|要求|政策|理念|标准|学习教育|专题教育)?(?:[（(](?:即|就是|指|包括)?|[：:]|，?(?:即|就是|是指|指的是)[：:]?)"#;
    Regex::new(pattern).unwrap_or_else(|e| unreachable!("a constant pattern: {e}"))
});

/// A name in quotes with one numeral, and a list in brackets: “六有”（有阵地、有标识…）.
static COUNTED: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r#"[“"](?P<name>(?P<number>[三四五六七八九十]{1,2})(?:个|大|项)?(?P<noun>\p{Han}{1,6}))[”"](?:标准|要求|机制|工作法|模式|理念|目标|行动|工作)?[（(](?P<list>[^（）()，。；：:“”"]{5,120})[）)]"#;
    Regex::new(pattern).unwrap_or_else(|e| unreachable!("a constant pattern: {e}"))
});

fn check(view: &View<'_>, paragraph: &Paragraph, findings: &mut Vec<Finding>) {
    let text = paragraph.text();
    if !text.contains('、') {
        return;
    }
    let slogans = view.knowledge.slogans(text);
    for (name, versions) in &slogans {
        let spelled = OPENING.find(&text[name.end..]).map(|opening| name.end + opening.end());
        if let Some(spelled) = spelled.and_then(|list| Spelled::of(text, list, versions)) {
            findings.extend(known(view, paragraph, name.clone(), &spelled));
        }
    }
    for found in COUNTED.captures_iter(text) {
        let group = |name: &str| found.name(name).map(|found| found.range());
        let (Some(name), Some(number), Some(noun), Some(list)) =
            (group("name"), group("number"), group("noun"), group("list"))
        else {
            continue;
        };
        let is_known = slogans.iter().any(|(known, _)| known.start < name.end && name.start < known.end);
        let has_another = text[noun].contains(numeral::is_han_digit);
        let count =
            numeral::parse(&text[number]).map(|(count, _)| count as usize).filter(|_| !is_known && !has_another);
        let items = alike(&text[list.clone()]);
        if let Some((count, items)) = count.zip(items).filter(|(count, items)| count.abs_diff(items.len()) == 1) {
            let whole = found.get(0).map_or(name.start..list.end, |found| found.range());
            findings.extend(unknown(view, paragraph, whole, &text[name], (count, &items)));
        }
    }
}

/// The items of a list in brackets, if they are clearly of one kind: all begin alike or end alike.
fn alike(list: &str) -> Option<Vec<&str>> {
    if list.contains('等') || !list.chars().all(|c| is_han(c) || c == '、') {
        return None;
    }
    let items: Vec<&str> = list.split('、').collect();
    let same = |of: fn(&str) -> Option<char>| {
        let first = of(items[0]);
        first.is_some() && items.iter().all(|item| of(item) == first)
    };
    (same(|item| item.chars().next()) || same(|item| item.chars().next_back())).then_some(items)
}

/// A slogan's members as a draft spells them out.
struct Spelled<'s> {
    slogan: &'s Slogan,
    /// Where the list ends.
    end: usize,
    count: usize,
    missing: Vec<&'s str>,
}

impl<'s> Spelled<'s> {
    /// The list that begins at byte `start`, read by the version of the slogan that it fits best; `None` if it is no list of
    /// members, or names only some (等).
    fn of(text: &str, start: usize, versions: &[&'s Slogan]) -> Option<Spelled<'s>> {
        let each = versions.iter().filter(|slogan| !slogan.members.is_empty());
        each.filter_map(|slogan| Spelled::read(text, start, slogan)).min_by_key(|spelled| spelled.missing.len())
    }

    fn read(text: &str, start: usize, slogan: &'s Slogan) -> Option<Spelled<'s>> {
        let is_bracket =
            text[..start].rfind(['（', '(']).is_some_and(|open| !text[open..start].contains(['）', ')', '。']));
        let ends: &[char] = if is_bracket { &['）', ')'] } else { &['。', '；', '！', '？', '（', '('] };
        let whole = &text[start..start + text[start..].find(ends)?];
        let mut named: Vec<&str> = Vec::new();
        let (mut others, mut end, mut at) = (0, start, start);
        for item in whole.split_inclusive(['、', '，', ',', '；']) {
            let clean = item.trim_end_matches(['、', '，', ',', '；']).trim_matches(is_quote);
            if clean.contains('等') {
                return None;
            }
            let members = of_members(clean, slogan);
            // Behind a comma the sentence goes on; behind a 、 the list.
            let goes_on = text[..at].ends_with('、') || is_bracket;
            match members {
                Some(members) => named.extend(members),
                None if goes_on => others += 1,
                None => break,
            }
            at += item.len();
            end = at - item.len() + item.trim_end_matches(['、', '，', ',', '；']).len();
        }
        named.sort_unstable();
        let twice = named.len();
        named.dedup();
        // Twice the same, or more of another kind than members: not a list of these members.
        let is_list = named.len() == twice && named.len() >= 2 && others <= 1;
        let missing = slogan.members.iter().map(String::as_str).filter(|member| !named.contains(member)).collect();
        is_list.then(|| Spelled { slogan, end, count: named.len() + others, missing })
    }
}

/// The members that an item names: itself, in short (政治 for 政治意识), or two with a conjunction. `None`: another thing.
fn of_members<'s>(item: &str, slogan: &'s Slogan) -> Option<Vec<&'s str>> {
    let one = |item: &str| {
        let named = |member: &&String| *member == item || item.chars().count() >= 2 && member.starts_with(item);
        slogan.members.iter().find(named).map(String::as_str)
    };
    if let Some(member) = one(item) {
        return Some(vec![member]);
    }
    ["以及", "和", "与", "及"].iter().find_map(|conjunction| {
        let (first, second) = item.split_once(conjunction)?;
        Some(vec![one(first)?, one(second)?])
    })
}

fn known(view: &View<'_>, paragraph: &Paragraph, name: Range<usize>, spelled: &Spelled<'_>) -> Option<Finding> {
    let (counted, due) = (spelled.count, spelled.slogan.members.len());
    // Half of the members may be those that the sentence is about: “四风”（形式主义、官僚主义）.
    let is_whole = counted.abs_diff(due) == 1 || counted * 3 >= due * 2;
    if counted == due || !is_whole {
        return None;
    }
    let said = &paragraph.text()[name.clone()];
    let members = spelled.slogan.members.join("、");
    let missing = spelled.missing.join("、");
    let [(fixed, in_english), (since, on)] = [spelled.slogan.fixed(), spelled.slogan.period()];
    let (lacking, lacks) = match missing.is_empty() {
        true => ("，多出的请删去".to_owned(), "delete what is too much".to_owned()),
        false => (format!("，没有列出“{missing}”"), format!("“{missing}” is not among them")),
    };
    let message = Message::new(
        format!("“{said}”是{due}项{fixed}{since}：{members}；这里列了{counted}项{lacking}；请核对"),
        format!("“{said}” are {due}{in_english}{on}: {members}. Here are {counted}: {lacks}. Check the list."),
    );
    let range = paragraph.with_quotes(name.start..spelled.end);
    paragraph.finding(view, range, (Severity::Error, message), Vec::new(), Vec::new())
}

fn unknown(
    view: &View<'_>,
    paragraph: &Paragraph,
    range: Range<usize>,
    name: &str,
    (count, items): (usize, &[&str]),
) -> Option<Finding> {
    let counted = items.len();
    let message = Message::new(
        format!("“{name}”说的是{count}项，括号里列了{counted}项；请核对是名称有误，还是列项有增减"),
        format!("“{name}” says {count}, but {counted} are listed in the brackets. Check the name or the list."),
    );
    paragraph.finding(view, range, (Severity::Warning, message), Vec::new(), Vec::new())
}
