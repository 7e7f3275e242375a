use crate::analysis::Block;
use crate::findings::{Applicability, Finding, Message, Severity};
use crate::rules::views::words::Words;
use crate::rules::{Check, Rule, View};
use crate::text::Fold;
use regex::Regex;
use std::ops;
use std::sync::LazyLock;

/// 数值范围: a range whose unit stands at one end only (15～30%, 3-5万), that is upside down, or joined in two ways.
pub static RULE: Rule = Rule {
    name: "figures/range",
    document: include_str!("range.md"),
    severity: Some(Severity::Error),
    options: &[],
    check: Check::Block(check),
};

fn check(view: &View<'_>, block: &Block, source: &str, findings: &mut Vec<Finding>) {
    let has_mark = || source.contains(['~', '～', '∼', '—', '–', '-', '－', '―', '至']);
    if !block.facts.structure.is_text() || !has_mark() || source.contains("://") {
        return;
    }
    let words = Words::of(view, block, source, Fold::Width);
    let spans: Vec<Span> = spans(&words);
    findings.extend(spans.iter().filter_map(|span| span.judged(&words)));
    findings.extend(mixed(&words, &spans));
}

static RANGE: LazyLock<Regex> = LazyLock::new(|| {
    let number = r"[0-9]+(?:\.[0-9]+)?";
    let mark = "[~∼—–―-]{1,2}|至";
    let scale = "%|‰|万亿|万|亿";
    let unit = "个百分点|个|名|人次|人|家|项|元|亩|公里|公顷|平方米|平方公里|立方米|米|吨|公斤|斤|千瓦|倍|天|户|件|条|处|座|套|台|辆|岁|篇|所|场|次|年|周|小时|分钟|字|股|批|只|头|株|棵|升";
    let pattern = format!(
        "(?P<low>{number})(?P<first>{scale})?(?P<own>{unit})?(?P<mark>{mark})(?P<high>{number})(?P<last>{scale})?(?P<unit>{unit})?"
    );
    Regex::new(&pattern).unwrap_or_else(|e| unreachable!("a constant pattern: {e}"))
});

/// A range of two numbers. Ranges are bytes of the reading.
struct Span {
    all: ops::Range<usize>,
    low: ops::Range<usize>,
    mark: ops::Range<usize>,
    high: ops::Range<usize>,
    /// What stands behind the two numbers: %, 万, 亿.
    first: String,
    last: String,
    /// The unit of the lower number, and of the higher.
    own: String,
    unit: String,
}

/// Numbers from here on may be years or codes; nobody leaves a 万 out behind them.
const FEWEST_OF_A_YEAR: f64 = 1000.0;

fn spans(words: &Words<'_>) -> Vec<Span> {
    let text = words.text();
    let span = |found: regex::Captures<'_>| {
        let range = |name: &str| found.name(name).map(|m| m.range());
        let said = |name: &str| found.name(name).map_or("", |m| m.as_str()).to_owned();
        let all = found.get(0)?.range();
        let (low, mark, high) = (range("low")?, range("mark")?, range("high")?);
        // PM2.5-10, 第3-5, 1-2-3, 3/5-8, －5～10: codes, chains and what is below zero.
        let is_joined = |c: char| c.is_ascii_alphanumeric() || ".-—–~∼/:∶_第负下№#¥+转".contains(c);
        let begins = words.before(all.start).is_none_or(|c| !is_joined(c));
        let goes_on = |c: char| c.is_ascii_alphanumeric() || "-—–~∼/:∶_.".contains(c);
        let ends = words.behind(all.end).is_none_or(|c| !goes_on(c));
        let is_one = begins && ends && words.is_whole(all.clone()) && !words.is_quoted(all.start);
        is_one.then(|| Span {
            all,
            low,
            mark,
            high,
            first: said("first"),
            last: said("last"),
            own: said("own"),
            unit: said("unit"),
        })
    };
    RANGE.captures_iter(text).filter_map(span).collect()
}

/// A figure that a reader would call one: 007 and 3.50.1 are none.
fn value(text: &str) -> Option<f64> {
    let is_code = text.len() > 1 && text.starts_with('0') && !text.starts_with("0.");
    (!is_code && text.len() <= 9).then(|| text.parse().ok()).flatten()
}

fn scale(of: &str) -> f64 {
    match of {
        "%" => 1e-2,
        "‰" => 1e-3,
        "万" => 1e4,
        "亿" => 1e8,
        "万亿" => 1e12,
        _ => 1.0,
    }
}

impl Span {
    fn is_quantity(&self) -> bool {
        !self.last.is_empty() || !self.unit.is_empty()
    }

    /// 24-7小时 is a pair and no range.
    fn ascends(&self, text: &str) -> bool {
        let ends = value(&text[self.low.clone()]).zip(value(&text[self.high.clone()]));
        ends.is_some_and(|(low, high)| low < high)
    }

    fn judged(&self, words: &Words<'_>) -> Option<Finding> {
        let text = words.text();
        let (low, high) = (value(&text[self.low.clone()])?, value(&text[self.high.clone()])?);
        let mark = &text[self.mark.clone()];
        let has_own_unit = !self.own.is_empty();
        if !self.is_quantity() || (has_own_unit && self.own != self.unit) {
            return None;
        }
        // 9000～1万 is right; 30～15万 may be.
        let is_open = self.first.is_empty() && !self.last.is_empty() && !has_own_unit;
        let is_share = matches!(&*self.last, "%" | "‰");
        let (from, to) = match is_open {
            true if is_share => (low, high),
            true => (low, high * scale(&self.last)),
            false => (low * scale(&self.first), high * scale(&self.last)),
        };
        // 水位由175—145米 falls as it is meant to, and 60%—40% are two shares of one whole.
        let clause = text[..self.all.start].rsplit(['，', ',', '。', '；', ';']).next().unwrap_or_default();
        let is_meant = ["由", "从", "自", "水位", "海拔", "比例", "坡度"].iter().any(|word| clause.contains(word))
            || is_share && low + high == 100.0;
        // 从30至15个 falls; 2021-19年 and the like are read by figures/span.
        if from > to
            && !is_meant
            && mark != "至"
            && self.unit != "年"
            && low < FEWEST_OF_A_YEAR
            && !is_bare_pair(self, mark)
        {
            return Some(self.reversed(words));
        }
        (is_open && low < high && low < FEWEST_OF_A_YEAR && low > 0.0).then(|| self.left_out(words, is_share))
    }

    /// 30～15%
    fn reversed(&self, words: &Words<'_>) -> Finding {
        let text = words.text();
        let (low, high) = (text[self.low.clone()].to_owned(), text[self.high.clone()].to_owned());
        let all = words.said(self.all.clone());
        let message = Message::new(
            format!("数值范围颠倒：“{all}”从{low}到{high}，前大后小；请核对"),
            format!("The range “{all}” runs backwards, from {low} to {high}. Check it."),
        );
        // A lower number without a sign of its own gets that of the other.
        let first = if self.first.is_empty() { &self.last } else { &self.first };
        let mark = words.said(self.mark.clone());
        let swapped = format!("{high}{first}{}{mark}{low}{}{}", self.own, self.last, self.unit);
        // Numbers with different scales cannot just change places.
        let fix = (*first == self.last).then(|| {
            let title = Message::new(format!("改为“{swapped}”"), format!("Write “{swapped}”"));
            let added = if self.first.is_empty() { &self.last } else { "" };
            words.fix(
                title,
                Applicability::Unsafe,
                [(self.low.clone(), format!("{high}{added}")), (self.high.clone(), low)],
            )
        });
        words.finding(Severity::Error, self.all.clone(), message, fix.into_iter().collect())
    }

    /// 15～30%, 3-5万
    fn left_out(&self, words: &Words<'_>, is_share: bool) -> Finding {
        let text = words.text();
        let (all, scale) = (words.said(self.all.clone()), &self.last);
        let wanted = format!("{}{scale}{}", words.said(self.low.clone()), words.said(self.low.end..self.all.end));
        let message = Message::new(
            format!("“{all}”的前一个数缺“{scale}”，字面只是{}；请改为“{wanted}”", &text[self.low.clone()]),
            format!("In “{all}” the first number has no “{scale}”. Write “{wanted}”."),
        );
        let title = Message::new(format!("补“{scale}”：{wanted}"), format!("Write “{wanted}”"));
        let applicability = if is_share { Applicability::Safe } else { Applicability::Unsafe };
        let fix = words.fix(
            title,
            applicability,
            [(self.low.clone(), format!("{}{scale}", words.written(self.low.clone())))],
        );
        words.finding(Severity::Warning, self.all.clone(), message, vec![fix])
    }
}

/// A score or a pair of numbers, 3-2: a hyphen alone makes no range of them, unless a share follows.
fn is_bare_pair(span: &Span, mark: &str) -> bool {
    mark == "-" && !matches!(&*span.last, "%" | "‰")
}

/// One paragraph joins its ranges in two ways. Years are joined in another way by many.
fn mixed(words: &Words<'_>, spans: &[Span]) -> Option<Finding> {
    let text = words.text();
    let mark = |span: &Span| text[span.mark.clone()].chars().next();
    let is_plain = |s: &&Span| s.is_quantity() && s.unit != "年" && mark(s) != Some('至') && s.ascends(text);
    let ranges: Vec<&Span> = spans.iter().filter(is_plain).collect();
    // The marks that the standard knows are better than a hyphen.
    let kept = ranges.iter().find(|s| matches!(mark(s), Some('~' | '—'))).or(ranges.first())?;
    let others: Vec<&&Span> = ranges.iter().filter(|s| mark(s) != mark(kept)).collect();
    let first = others.first()?;
    let (one, other) = (words.said(kept.all.clone()), words.said(first.all.clone()));
    let message = Message::new(
        format!("同一段里数值范围的连接号不一：“{one}”与“{other}”；请统一"),
        format!("Ranges of one paragraph are joined in two ways: “{one}” and “{other}”. Join them alike."),
    );
    let joint = words.written(kept.mark.clone());
    let edits = others.iter().map(|s| (s.mark.clone(), joint.to_owned()));
    let title = Message::new(format!("统一用“{joint}”（改{}处）", others.len()), format!("Join all with “{joint}”"));
    let fix = words.fix(title, Applicability::Safe, edits);
    Some(words.finding(Severity::Hint, first.all.clone(), message, vec![fix]))
}
