use crate::analysis::Block;
use crate::findings::{Applicability, Finding, Message, Severity};
use crate::rules::views::words::Words;
use crate::rules::{Check, Rule, View};
use crate::text::Fold;
use crate::text::han::{fold_width, is_han};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// 数字写法: numerals written as the standard does not allow (3千余人, 二零二二年, 22年底, 1,23,456).
pub static RULE: Rule = Rule {
    name: "figures/numerals",
    document: include_str!("numerals.md"),
    severity: Some(Severity::Warning),
    options: &[],
    check: Check::Block(check),
};

fn check(view: &View<'_>, block: &Block, source: &str, findings: &mut Vec<Finding>) {
    if !block.facts.structure.is_text() {
        return;
    }
    let is_digit = |c: char| fold_width(c).is_ascii_digit();
    if !source.contains(is_digit) && !source.contains(['零', '○', '◯', 'O', 'o']) {
        return;
    }
    let words = Words::of(view, block, source, Fold::Width);
    findings.extend(half_spelled(&words));
    findings.extend(YEAR.captures_iter(words.text()).filter_map(|found| year_zero(&words, &found)));
    findings.extend(SHORT_YEAR.captures_iter(words.text()).filter_map(|found| short_year(&words, &found)));
    findings.extend(GROUPED.find_iter(words.text()).filter_map(|found| grouping(&words, found.range())));
    findings.extend(widths(
        &words,
        block.facts.structure.heading.as_ref().and_then(|h| h.marker.as_ref()).map_or(0, |m| m.end),
    ));
}

fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).unwrap_or_else(|e| unreachable!("a constant pattern: {e}"))
}

/// A few Arabic digits and 千 or 百: the standard spells only 万 and 亿 beside digits.
static HALF_SPELLED: LazyLock<Regex> =
    LazyLock::new(|| pattern("(?P<number>[1-9][0-9]?)(?P<scale>[千百])(?P<next>.?)"));

/// 3千克, 500千伏, 2百分点: other words begin behind the digits. 5千字, 3百年 are left alone too.
const BEHIND_THOUSAND: &str = "克瓦米伏帕卡赫兆焦安字分周欧流巴村乡企团";
const BEHIND_HUNDRED: &str = "分强货度姓色家年日帕花合里战业村企优佳";

/// One finding for all of a paragraph: who writes 9千亿元 writes 4千亿元 in the next clause.
fn half_spelled(words: &Words<'_>) -> Option<Finding> {
    let text = words.text();
    let mut found = Vec::new();
    for capture in HALF_SPELLED.captures_iter(text) {
        let (number, scale) = (capture.name("number")?, capture.name("scale")?);
        let next = capture.name("next").and_then(|m| m.as_str().chars().next());
        let belongs = |c: char| c.is_ascii_alphanumeric() || ".,，:/-—–~第+×".contains(c);
        let others = if scale.as_str() == "千" { BEHIND_THOUSAND } else { BEHIND_HUNDRED };
        let is_other = next.is_none_or(|c| others.contains(c) || !is_han(c) && !c.is_ascii_digit());
        if words.before(number.start()).is_some_and(belongs) || is_other || words.is_quoted(number.start()) {
            continue;
        }
        // 3万5千, 3千5百: parts of a number that is to be written anew as a whole.
        let is_part = words.before(number.start()).is_some_and(|c| "万亿千百".contains(c))
            || next.is_some_and(|c| c.is_ascii_digit() || crate::text::numeral::is_han_digit(c));
        let value = number.as_str().parse::<u32>().ok()? * if scale.as_str() == "千" { 1000 } else { 100 };
        found.push((number.start()..scale.end(), value, is_part));
    }
    let (first, value, _) = found.first()?.clone();
    let count = found.len();
    let (written, scale) = (&text[first.clone()], &text[first.end - '千'.len_utf8()..first.end]);
    let (more_zh, more_en) = match count {
        1 => (String::new(), String::new()),
        n => (format!("，本段共{n}处"), format!(" ({n} places)")),
    };
    let message = Message::new(
        format!("“{written}”里阿拉伯数字与“{scale}”混用{more_zh}；可写作“{value}”，只有“万”“亿”可以跟在阿拉伯数字后"),
        format!(
            "“{written}” mixes digits with “{scale}”{more_en}: write “{value}”. Only 万 and 亿 stand behind digits."
        ),
    );
    let edits = found.iter().map(|(range, value, _)| (range.clone(), value.to_string()));
    let title = match count {
        1 => Message::new(format!("改为“{value}”"), format!("Write “{value}”")),
        n => Message::new(format!("改为“{value}”等（{n}处）"), format!("Write “{value}” and the like ({n} places)")),
    };
    let is_sure = !found.iter().any(|(_, _, is_part)| *is_part);
    let fix = is_sure.then(|| words.fix(title, Applicability::Unsafe, edits));
    Some(words.finding(Severity::Hint, first, message, fix.into_iter().collect()))
}

/// A year in Han digits, with something else for 〇 in it: 二零二二年, 二0二二年, 二○二二年.
static YEAR: LazyLock<Regex> = LazyLock::new(|| pattern("(?P<year>[一二][零〇○◯0OoΟ一二三四五六七八九]{3})年"));

fn year_zero(words: &Words<'_>, found: &regex::Captures<'_>) -> Option<Finding> {
    let year = found.name("year")?;
    let written = year.as_str();
    let is_part = |c: char| crate::text::numeral::is_han_digit(c) || c.is_ascii_alphanumeric();
    if words.before(year.start()).is_some_and(is_part) || !written.contains(['零', '○', '◯', '0', 'O', 'o', 'Ο'])
    {
        return None;
    }
    let wanted: String =
        written.chars().map(|c| if matches!(c, '零' | '○' | '◯' | '0' | 'O' | 'o' | 'Ο') { '〇' } else { c }).collect();
    // ○ looks as 〇 does and was the usual character for long: it is odd only beside the other.
    let is_circle = !written.contains(['零', '0', 'O', 'o', 'Ο']);
    if is_circle && !words.text().contains('〇') {
        return None;
    }
    let wrong = written.chars().find(|c| matches!(c, '零' | '○' | '◯' | '0' | 'O' | 'o' | 'Ο'))?;
    let (severity, zh, en) = if is_circle {
        (
            Severity::Hint,
            format!(
                "“{written}年”里的“{wrong}”是符号（U+{:04X}），与本段的“〇”不一，检索不到；请改为“{wanted}年”",
                wrong as u32
            ),
            format!(
                "The “{wrong}” in “{written}年” is a symbol (U+{:04X}) and not 〇 as elsewhere in the paragraph: a search misses it. Write “{wanted}年”.",
                wrong as u32
            ),
        )
    } else {
        (
            Severity::Warning,
            format!("汉字年份里的零写作“〇”：“{written}年”用了“{wrong}”；请改为“{wanted}年”"),
            format!("A year in Han numerals has 〇 for zero, and “{written}年” has “{wrong}”. Write “{wanted}年”."),
        )
    };
    let fix = words.rewrite(year.range(), wanted);
    Some(words.finding(severity, year.start()..found.get(0)?.end(), Message::new(zh, en), vec![fix]))
}

/// Two digits for a year, with a word that only a year has: 22年底, 21年3月.
static SHORT_YEAR: LazyLock<Regex> =
    LazyLock::new(|| pattern("(?P<year>[0-9]{2})年(?P<word>底|初|末|度|[0-9]{1,2}月)(?P<next>.?)"));

/// What a year stands behind. Behind anything else 20年 is a length of time: 连续20年, 延长30年.
const BEFORE_YEAR: &str = "到至在于自从和与、,。;:(\"“";

/// 20年底蕴, 30年初心, 20年度过: other words begin behind the length of time.
const OTHER_WORDS: [(&str, &str); 4] = [
    ("底", "蕴色气线座层板子薪"),
    ("初", "心衷创步期级中见始次具显露夏秋冬春"),
    ("末", "端位梢"),
    ("度", "过日假假量"),
];

fn short_year(words: &Words<'_>, found: &regex::Captures<'_>) -> Option<Finding> {
    let (year, word) = (found.name("year")?, found.name("word")?);
    let previous = words.before(year.start());
    let next = found.name("next").and_then(|m| m.as_str().chars().next());
    let goes_on = OTHER_WORDS.iter().any(|(w, begins)| *w == word.as_str() && next.is_some_and(|c| begins.contains(c)));
    // 有期徒刑12年、10年6月
    let is_sentence = words.text()[..year.start()].rsplit(['。', '；']).next().is_some_and(|text| text.contains('刑'));
    if goes_on || is_sentence || previous.is_some_and(|c| !BEFORE_YEAR.contains(c)) || words.is_quoted(year.start()) {
        return None;
    }
    // The years that people shorten: of this century up to 2035, of the last from 1980 on.
    let whole = match year.as_str().parse::<u32>().ok()? {
        n @ 0..=35 => 2000 + n,
        n @ 80..=99 => 1900 + n,
        _ => return None,
    };
    let written = &words.text()[year.start()..word.end()];
    let message = Message::new(
        format!("年份应写四位：“{written}”疑为“{whole}年{}”；请核对", word.as_str()),
        format!("A year is written in full: “{written}” may stand for “{whole}年{}”. Check it.", word.as_str()),
    );
    let fix = words.rewrite(year.range(), whole.to_string());
    Some(words.finding(Severity::Hint, year.start()..word.end(), message, vec![fix]))
}

/// Digits with at least two commas.
static GROUPED: LazyLock<Regex> = LazyLock::new(|| pattern(r"[0-9]+(?:,[0-9]+){2,}(?:\.[0-9]+)?"));

fn grouping(words: &Words<'_>, range: Range<usize>) -> Option<Finding> {
    let text = &words.text()[range.clone()];
    let whole = text.split('.').next().unwrap_or_default();
    let groups: Vec<&str> = whole.split(',').collect();
    let is_right = groups[0].len() <= 3 && groups[1..].iter().all(|g| g.len() == 3);
    // 1,23,456 is one number whose last group is right; 5,6,7 and 35,40,45 are lists, and so is 10,200,300.
    let is_number = groups[0].len() <= 3 && groups[0] != "0" && groups.last()?.len() == 3;
    let is_odd = groups[1..groups.len() - 1].iter().any(|g| g.len() != 3);
    let is_written_narrow = !words.written(range.clone()).contains(|c: char| !c.is_ascii());
    let is_alone = |c: Option<char>| c.is_none_or(|c| is_han(c) || "¥￥".contains(c));
    let stands_free =
        is_alone(words.before(range.start)) && words.behind(range.end).is_some_and(|c| is_han(c) || c == '%');
    if is_right || !is_number || !is_odd || !is_written_narrow || !stands_free || !words.is_whole(range.clone()) {
        return None;
    }
    let digits: String = groups.concat();
    let mut grouped = String::new();
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let wanted = format!("{grouped}{}", &text[whole.len()..]);
    let message = Message::new(
        format!("千分位分节有误：“{text}”，应自右起每三位一节；照写出的数字是“{wanted}”，请核对"),
        format!("“{text}” is not grouped by three digits from the right. As written it is “{wanted}”; check it."),
    );
    let fix = words.rewrite(range.clone(), wanted);
    Some(words.finding(Severity::Warning, range, message, vec![fix]))
}

/// One paragraph writes its digits in two widths. `marker` is where its marker ends, in bytes of the block.
fn widths(words: &Words<'_>, marker: usize) -> Option<Finding> {
    let text = words.text();
    let (mut wide, mut has_narrow) = (Vec::<Range<usize>>::new(), false);
    for (at, digit) in text.char_indices().filter(|(_, c)| c.is_ascii_digit()) {
        let written = words.written(at..at + digit.len_utf8());
        if words.is_before(at, marker) {
            continue;
        }
        if written.is_ascii() {
            has_narrow = true;
            continue;
        }
        match wide.last_mut().filter(|last| last.end == at) {
            Some(last) => last.end += digit.len_utf8(),
            None => wide.push(at..at + digit.len_utf8()),
        }
    }
    let first = wide.first().filter(|_| has_narrow)?.clone();
    let (written, count) = (words.written(first.clone()), wide.len());
    let message = Message::new(
        format!("同一段里数字有全角也有半角：“{written}”等{count}处是全角；请统一为半角"),
        format!(
            "The digits of one paragraph have two widths: “{written}” is full-width ({count} places). Write all half-width."
        ),
    );
    let title = Message::new(format!("改为半角（{count}处）"), format!("Write half-width digits ({count} places)"));
    let fix = words.fix(title, Applicability::Safe, wide.iter().map(|r| (r.clone(), text[r.clone()].to_owned())));
    Some(words.finding(Severity::Hint, first, message, vec![fix]))
}
