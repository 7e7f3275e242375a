use crate::analysis::Block;
use crate::findings::{Finding, Message, Severity};
use crate::rules::{Check, Rule, View};
use regex::Regex;
use std::sync::LazyLock;

/// 占位未填: a placeholder that was left in the draft (××, 【待补】, 20XX年, ____).
pub static RULE: Rule = Rule {
    name: "paragraphs/placeholder",
    document: include_str!("placeholder.md"),
    severity: Some(Severity::Warning),
    options: &[],
    check: Check::Block(check),
};

static PLACEHOLDER: LazyLock<Regex> = LazyLock::new(|| {
    // Brackets: what is to be done must fill them (【待补充】, （此处补数据）), or it is prose (（待查处12件）, （补充医疗保险）).
    let bracket = "[【〔（(\\[](?:待补充?|待定|待核实?|待核对|待填写?|待完善|待更新|此处[^】〕）)\\],，。]{0,10}|请填写?|请补充|TODO)(?:数据|数字|内容|名单|材料|情况)?[】〕）)\\]]|【(?:待补|待填|待核|补充)[^】。]{0,16}】";
    let pattern = format!(
        r"20[XxX×＊*]{{2}}\s?年|(?:[XxX×]|\d{{1,2}})月[XxX×]日|[XxX×]月\d{{1,2}}日|[×X]{{2,}}|X{{2,}}|_{{3,}}|＿{{2,}}|{bracket}|TODO|FIXME|？{{3,}}|\?{{3,}}"
    );
    Regex::new(&pattern).unwrap_or_else(|e| unreachable!("a constant pattern: {e}"))
});

fn check(view: &View<'_>, block: &Block, source: &str, findings: &mut Vec<Finding>) {
    if !block.facts.structure.is_text() {
        return;
    }
    // Most paragraphs hold none of these characters; the pattern need not look at them.
    if !source.contains(['×', 'X', 'X', '_', '＿', '待', '此', '补', '请', 'T', 'F', '？', '?', 'x', '＊', '*'])
    {
        return;
    }
    for found in PLACEHOLDER.find_iter(source) {
        if !is_left_over(source, &found) {
            continue;
        }
        let words = found.as_str();
        findings.push(Finding {
            rule: view.rule,
            severity: Severity::Error,
            message: Message::new(
                format!("占位符“{words}”还没有填写；请补上内容或删去"),
                format!("The placeholder “{words}” was left in. Fill it in or delete it."),
            ),
            place: view.place(block, source, found.range()),
            related: Vec::new(),
            fixes: Vec::new(),
            identity: view.identity(block, words),
        });
    }
}

/// XXL, 3××4, a rule of underscores alone on its line, a blank to sign on (签名：____) and （此处略） are no placeholders.
fn is_left_over(source: &str, found: &regex::Match<'_>) -> bool {
    let before = source[..found.start()].chars().next_back();
    let after = source[found.end()..].chars().next();
    let words = found.as_str();
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_');
    let blank_of_a_form = |c: Option<char>| c.is_some_and(|c| matches!(c, '：' | ':') || c.is_whitespace());
    if words == "××" && is_masked(&source[..found.start()], &source[found.end()..]) {
        return false;
    }
    match words.chars().next() {
        Some('X' | 'T' | 'F' | '×') => !latin(before) && !latin(after),
        Some('_' | '＿') => !latin(before) && !latin(after) && !blank_of_a_form(before) && source.trim() != words,
        _ => !words.contains('略'),
    }
}

/// 王××委员, 被告人李××: a name that was masked on purpose.
fn is_masked(before: &str, after: &str) -> bool {
    const ADDRESSED: [&str; 5] = ["委员", "代表", "同志", "先生", "女士"];
    const NAMED: [&str; 4] = ["被告人", "嫌疑人", "原告", "患者"];
    let surname = before.chars().next_back().map_or(0, char::len_utf8);
    let named = &before[..before.len() - surname];
    ADDRESSED.iter().any(|word| after.starts_with(word)) || NAMED.iter().any(|word| named.ends_with(word))
}
