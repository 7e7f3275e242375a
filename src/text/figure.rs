//! Figures and Latin words as a writer points at them: `3.5万亿元`, `98.7%`, `13万至17万`, `2016年至2021年`, `PM2.5`.
//!
//! This tells where a figure begins and ends, for marking it; what it says (its interval, unit, metric) is no matter
//! here. A Han numeral counts only where a unit or its own form proves it: 三个 and 二十 do, 一体 and 十分 do not.

use super::han::fold_width;
use super::numeral::{self, is_han_digit};
use std::ops::Range;

/// Units and measure words behind a numeral of either kind. The longest that fits is taken.
#[rustfmt::skip]
pub const UNITS: &[&str] = &[
    "%", "％", "‰", "℃", "个百分点", "百分点", "个", "个月", "个多月", "余个", "元", "美元", "欧元", "港元", "日元", "元人民币",
    "年", "年度", "月", "月份", "日", "号", "天", "周", "周年", "岁", "季度", "小时", "分钟", "世纪",
    "人", "人次", "人天", "名", "位", "户", "户次", "家", "家次", "所", "座", "处", "栋", "幢", "间", "套", "台", "台套", "台次", "辆",
    "艘", "架", "条", "件", "件次", "项", "类", "批", "批次", "次", "场", "场次", "期", "轮", "届", "届次", "级", "篇", "份", "册",
    "本", "部", "卷", "句", "张", "幅", "枚", "组", "对", "支", "只", "头", "羽", "株", "棵", "粒", "颗", "宗", "例", "款", "盏", "根", "床", "倍", "吨", "公斤", "千克", "斤", "克", "亩", "公顷", "平方公里", "平方千米", "平方米",
    "平米", "立方米", "公里", "千米", "米", "厘米", "毫米", "升", "千瓦", "千瓦时", "兆瓦", "瓦", "伏", "标准煤", "吨标准煤",
    "标箱", "班次", "班", "课时", "学时", "学位", "床位", "车位",
];

/// Units that mean something else behind Han numerals: 十分, 一起, 一度, 一成不变.
const UNITS_OF_DIGITS: &[&str] =
    &["分", "秒", "点", "时", "成", "折", "后", "版", "路", "线", "起", "度", "里", "字", "块", "门", "口", "眼", "把"];

/// What joins the two ends of a range.
const JOINTS: [&str; 10] = ["至", "到", "—", "–", "-", "－", "~", "～", "∼", "/"];

/// Signs and currencies before digits.
const SIGNS: [char; 7] = ['-', '−', '－', '¥', '￥', '$', '＄'];

/// An ASCII or full-width digit.
pub fn is_digit(c: char) -> bool {
    fold_width(c).is_ascii_digit()
}

/// A letter of a script that sets its words apart (Latin, Greek, Cyrillic), full-width forms included.
fn is_letter(c: char) -> bool {
    /// Where the scripts of East Asia begin.
    const CJK: char = '\u{2E80}';
    let c = fold_width(c);
    c < CJK && c.is_alphabetic()
}

/// The figure or Latin word of `text` at byte `offset`, or else the one that ends there.
pub fn term(text: &str, offset: usize) -> Option<Range<usize>> {
    let (mut at, mut touching) = (0, None);
    while let Some(c) = text[at..].chars().next() {
        if at > offset {
            break;
        }
        let Some(end) = figure(text, at).max(word(text, at)) else {
            at += c.len_utf8();
            continue;
        };
        if offset < end {
            return Some(at..end);
        }
        if offset == end {
            touching = Some(at..end);
        }
        at = end;
    }
    touching
}

fn run(text: &str, from: usize, belongs: impl Fn(char) -> bool) -> usize {
    text[from..].find(|c| !belongs(c)).map_or(text.len(), |n| from + n)
}

/// The end of the Latin word at `at`: letters and digits, and the marks within a word (R&D, COVID-19, PM2.5).
fn word(text: &str, at: usize) -> Option<usize> {
    let (mut end, mut has_letter, mut before) = (at, false, None::<char>);
    let mut rest = text[at..].chars().peekable();
    while let Some(c) = rest.next() {
        if is_letter(c) || is_digit(c) {
            has_letter |= is_letter(c);
        } else {
            let next = rest.peek().copied();
            let (Some(left), Some(right)) = (before, next) else { break };
            let both = |is: fn(char) -> bool| is(left) && is(right);
            let joins = match fold_width(c) {
                // 3.GDP is a number and a word.
                '.' => both(is_digit) || both(is_letter),
                '-' | '_' | '&' | '@' | '\'' => both(|c| is_letter(c) || is_digit(c)),
                _ => false,
            };
            if !joins {
                break;
            }
        }
        before = Some(c);
        end += c.len_utf8();
    }
    has_letter.then_some(end)
}

/// The end of the figure at `at`, ranges (至) and compounds (2021年3月5日, 3亿5000万) included.
fn figure(text: &str, at: usize) -> Option<usize> {
    let joined = |end: usize| {
        let joint = JOINTS.iter().find(|joint| text[end..].starts_with(**joint))?;
        quantity(text, end + joint.len())
    };
    // 三至五年: the unit at the end is the unit of both.
    let bare = || numerals(text, at).filter(|&end| joined(end).is_some());
    let mut end = quantity(text, at).or_else(bare)?;
    loop {
        let compound =
            || text[..end].ends_with(['年', '月', '日', '时', '分', '亿', '万']).then(|| quantity(text, end));
        match joined(end).or_else(|| compound().flatten()) {
            Some(next) => end = next,
            None => return Some(end),
        }
    }
}

fn is_numeral(c: char) -> bool {
    is_han_digit(c) || matches!(c, '万' | '亿')
}

/// The end of the Han numeral at `at`; none is longer than this.
fn numerals(text: &str, at: usize) -> Option<usize> {
    const LONGEST: usize = 24;
    let length: usize = text[at..].chars().take(LONGEST).take_while(|c| is_numeral(*c)).map(char::len_utf8).sum();
    (length > 0).then_some(at + length)
}

fn is_multiplier(c: char) -> bool {
    matches!(c, '十' | '百' | '千' | '万' | '亿')
}

/// The end of one number with its unit.
fn quantity(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at..];
    if let Some(ordinal) = rest.strip_prefix('第') {
        let start = text.len() - ordinal.len();
        let end = digits(text, start).or_else(|| numerals(text, start))?;
        return Some(unit(text, end, UNITS).unwrap_or(end));
    }
    let sign = rest.chars().next().filter(|c| SIGNS.contains(c)).map_or(0, char::len_utf8);
    if let Some(end) = digits(text, at + sign) {
        return Some(measured(text, end).unwrap_or(end));
    }
    let end = numerals(text, at).filter(|_| sign == 0)?;
    let numeral = &text[at..end];
    if let Some(part) = text[end..].strip_prefix("分之") {
        // 百分之98.7, 三分之二
        let start = text.len() - part.len();
        return digits(text, start).or_else(|| numerals(text, start));
    }
    let is_long = numeral.chars().nth(1).is_some();
    let counts = is_long || !numeral.starts_with(['百', '千', '万', '亿', '零']);
    let whole = numeral.split(['万', '亿']).next().and_then(numeral::parse);
    counted(text, end, UNITS).filter(|_| counts).or_else(|| (is_long && whole.is_some()).then_some(end))
}

/// The end of the digits at `at`: 3.5, 1,200, ３．５.
fn digits(text: &str, at: usize) -> Option<usize> {
    let mut end = run(text, at, is_digit);
    while let Some(c) = text[end..].chars().next().filter(|c| end > at && matches!(fold_width(*c), '.' | ',')) {
        let next = end + c.len_utf8();
        let further = run(text, next, is_digit);
        if further == next {
            break;
        }
        end = further;
    }
    (end > at).then_some(end)
}

/// Behind digits: multipliers (万亿) and the unit, or either.
fn measured(text: &str, digits: usize) -> Option<usize> {
    let multiplied = run(text, digits, is_multiplier);
    let of_digits = (multiplied == digits).then(|| unit(text, digits, UNITS_OF_DIGITS)).flatten();
    let end = counted(text, multiplied, UNITS).max(of_digits);
    end.or((multiplied > digits).then_some(multiplied))
}

/// The end of the unit at `at`, behind 余, 多 and the like: 90余条, 20多万人.
fn counted(text: &str, at: usize, units: &[&str]) -> Option<usize> {
    let about = text[at..].chars().next().filter(|c| matches!(c, '余' | '多' | '来' | '几')).map(|c| at + c.len_utf8());
    let after = about.map_or(at, |about| run(text, about, is_multiplier));
    // 20多万 is a number without a unit too.
    unit(text, after, units).or_else(|| about.filter(|about| after > *about).map(|_| after))
}

fn unit(text: &str, at: usize, units: &[&str]) -> Option<usize> {
    let rest = &text[at..];
    let longest = units.iter().filter(|unit| rest.starts_with(**unit)).map(|unit| unit.len()).max()?;
    Some(at + longest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_with_their_units() {
        let cases = [
            ("总量达|3.5万亿元左右", "3.5万亿元"),
            ("达3.5万亿|元左右", "3.5万亿元"),
            ("满意率98.7|%以上", "98.7%"),
            ("由13万|至17万增加", "13万至17万"),
            ("在2016年至20|21年间", "2016年至2021年"),
            ("在2016—202|1年间", "2016—2021年"),
            ("于2021年3|月5日召开", "2021年3月5日"),
            ("建议90余|条", "90余条"),
            ("惠及20多|万人次", "20多万人次"),
            ("占百分之八|十以上", "百分之八十"),
            ("超过三分之|二", "三分之二"),
            ("第十|二届一次会议", "第十二届"),
            ("第|3次", "第3次"),
            ("解决|三个问题", "三个"),
            ("三至五|年内", "三至五年"),
            ("二〇二|一年", "二〇二一年"),
            ("办理二十|七件", "二十七件"),
            ("增长－3|.2％", "－3.2％"),
            ("下降4个百|分点", "4个百分点"),
            ("投资￥|300万元", "￥300万元"),
            ("９时３|０分", "９时３０分"),
            ("5公里|", "5公里"),
            ("3亿50|00万元", "3亿5000万元"),
        ];
        for (marked, expected) in cases {
            let at = marked.find('|').unwrap();
            let text = marked.replace('|', "");
            assert_eq!(term(&text, at).map(|range| &text[range]), Some(expected), "{marked}");
        }
    }

    #[test]
    fn latin_words() {
        let cases = [
            ("全市G|DP增长", "GDP"),
            ("PM2|.5浓度", "PM2.5"),
            ("3.G|DP", "GDP"),
            ("COVID-|19", "COVID-19"),
            ("2.5|G基站", "2.5G"),
            ("Big D|ata", "Data"),
            ("ＡＩ|赋能", "ＡＩ"),
        ];
        for (marked, expected) in cases {
            let at = marked.find('|').unwrap();
            let text = marked.replace('|', "");
            assert_eq!(term(&text, at).map(|range| &text[range]), Some(expected), "{marked}");
        }
    }

    #[test]
    fn han_that_only_looks_like_a_numeral() {
        for marked in
            ["一|体推进", "十|分重视", "千|方百计", "万|众一心", "三|农工作", "统|一", "加|快", "一|起", "一|成不变"]
        {
            let at = marked.find('|').unwrap();
            assert_eq!(term(&marked.replace('|', ""), at), None, "{marked}");
        }
    }
}
