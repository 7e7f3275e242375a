use crate::analysis::Block;
use crate::findings::{Applicability, Finding, Fix, Message, Severity};
use crate::rules::views::words::Words;
use crate::rules::{Check, Rule, View};
use crate::text::Fold;
use crate::text::figure::UNITS;
use crate::text::han::is_han;
use crate::text::numeral::is_han_digit;
use regex::{Captures, Regex};
use std::ops::Range;
use std::sync::LazyLock;

/// 概数: an approximation that is said twice (近百人左右), or written as the standard does not allow (3、4个, 68多万元).
pub static RULE: Rule = Rule {
    name: "figures/approximation",
    document: include_str!("approximation.md"),
    severity: Some(Severity::Warning),
    options: &[],
    check: Check::Block(check),
};

fn check(view: &View<'_>, block: &Block, source: &str, findings: &mut Vec<Finding>) {
    if !block.facts.structure.is_text() {
        return;
    }
    // Words of approximation, one of which every finding holds.
    if !source.contains(['约', '余', '多', '近', '左', '上', '以', '、', '之']) {
        return;
    }
    let words = Words::of(view, block, source, Fold::Width);
    let text = words.text();
    let mut at = 0;
    while let Some(found) = FIGURE.captures_at(text, at) {
        let figure = Figure::of(text, &found);
        let finding =
            figure.contradiction().map(|pair| figure.said_twice(&words, pair)).or_else(|| misplaced(&words, &found));
        let is_sound = |f: &Finding| words.is_whole(figure.all.clone()) && !f.fixes.is_empty();
        findings.extend(finding.filter(is_sound));
        // 3、4 and 30多 begin with a digit; what stands before a number may be all of a match without one.
        at = figure.number.end;
    }
    findings.extend(ADJACENT.captures_iter(text).filter_map(|found| adjacent(&words, &found)));
}

fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).unwrap_or_else(|e| unreachable!("a constant pattern: {e}"))
}

/// A number with all that makes it approximate (超出20余万元 says by how much, and is no bound): `before` number `余|多` scale `余|多` unit `after`.
static FIGURE: LazyLock<Regex> = LazyLock::new(|| {
    let mut units: Vec<&str> = UNITS.iter().copied().chain(["种", "余种", "幅", "天天", "年来"]).collect();
    units.sort_by_key(|unit| std::cmp::Reverse(unit.len()));
    let units = units.join("|");
    let about = "大约|大概|约莫|约|将近|接近|近|几乎|差不多";
    let over = "超过|超|突破|逾|不少于|不低于|至少|最少|起码";
    let under = "不超过|不多于|不高于|至多|最多|不足|不到|低于|少于";
    let han = "一二两三四五六七八九十百千万亿";
    let number = format!("[0-9][0-9,]*(?:\\.[0-9]+)?|[{han}几数]+分之[{han}0-9.]+|一半|半数|半|[{han}几数]+");
    pattern(&format!(
        "(?:(?P<first>{about})?(?P<before>{under}|{over}|{about}|上)(?:有|达到|达|为|在|是)?)?(?P<number>{number})(?P<low>[余多])?(?P<scale>[十百千万亿]*)(?P<high>[余多])?(?P<unit>{units})?(?P<after>左右|上下|以上|以下|以内|之内|之多)?"
    ))
});

/// A figure as it stands in the text. Ranges are bytes of the reading.
struct Figure<'t> {
    text: &'t str,
    all: Range<usize>,
    first: Option<Range<usize>>,
    before: Option<Range<usize>>,
    number: Range<usize>,
    /// 余 or 多, in front of the scale or behind it.
    more: Option<Range<usize>>,
    unit: &'t str,
    after: Option<Range<usize>>,
}

/// Words that end in 约 and are no approximation: 节约30余万元, 签约20多个项目.
const ENDS_IN_ABOUT: &str = "节合条公签预履契违纽制集简特邀解续毁守失赴爽相婚隐盟誓租旧规俭绰缔订民乡网函";
/// Words that end in 近: 附近30余户, 最近十余天.
const ENDS_IN_NEAR: &str = "附邻就靠临最亲迫逼走贴拉新晚相远凑较";
/// What 上百, 上千 stand behind. In 线上百余场, 会上百余名 it is the other 上.
const BEFORE_UP: &str = "了有达出为的共聚计被，,。;:、(";
/// Words that end in 数: 户数百余.
const ENDS_IN_NUMBER: &str = "人户总次件指参倍分岁函个量单套少多计无变复为程字票席";

impl<'t> Figure<'t> {
    fn of(text: &'t str, found: &Captures<'t>) -> Figure<'t> {
        let range = |name: &str| found.name(name).map(|m| m.range());
        Figure {
            text,
            all: found.get(0).map_or(0..0, |m| m.range()),
            first: range("first"),
            before: range("before"),
            number: range("number").unwrap_or(0..0),
            more: range("low").or(range("high")),
            unit: found.name("unit").map_or("", |m| m.as_str()),
            after: range("after"),
        }
    }

    /// Two words of approximation that exclude one another, or say the same: the one to drop first stands first.
    fn contradiction(&self) -> Option<(Range<usize>, Range<usize>)> {
        let said = |range: &Option<Range<usize>>| range.as_ref().map_or("", |r| &self.text[r.clone()]);
        let (before, after, number) = (said(&self.before), said(&self.after), &self.text[self.number.clone()]);
        let is_counted = !self.unit.is_empty();
        let more = self.more.clone().filter(|_| is_counted);
        let after_range = self.after.clone().filter(|_| self.after_is_one());
        let before_range = self.before.clone().filter(|_| self.before_is_one(before));
        let pair = |a: &Option<Range<usize>>, b: &Option<Range<usize>>| a.clone().zip(b.clone());
        // 大约近百人
        if let (Some(first), Some(_)) = (&self.first, &before_range)
            && self.about_is_one(first)
            && !matches!(before, "不到" | "不足" | "不超过" | "至多" | "最多" | "至少" | "最少" | "起码")
            && !matches!(said(&self.first), "几乎" | "差不多")
        {
            return pair(&self.first, &before_range);
        }
        let kind = before_range.as_ref().map(|_| Bound::of(before));
        match (kind, after) {
            // 约30余, 近百多, 超过20多
            (Some(Bound::About | Bound::Over | Bound::Up), _) if more.is_some() => pair(&before_range, &more),
            (Some(Bound::About | Bound::Up), "左右" | "上下" | "以上" | "之多") => {
                pair(&after_range, &before_range)
            }
            (Some(Bound::About), "以下" | "以内" | "之内") => pair(&after_range, &before_range),
            (Some(Bound::Over), "以上" | "左右" | "上下" | "之多") => pair(&after_range, &before_range),
            (Some(Bound::Under), "以下" | "以内" | "之内" | "左右" | "上下") => {
                pair(&after_range, &before_range)
            }
            // 50余人左右
            (_, "左右" | "上下") if more.is_some() => pair(&after_range, &more),
            // 数十余人, 几百多个
            _ if more.is_some() && number.starts_with(['几', '数']) && number.chars().count() > 1 && self.several() => {
                Some((more?, self.number.start..self.number.start + '几'.len_utf8()))
            }
            _ => None,
        }
    }

    fn previous(&self, at: usize) -> Option<char> {
        self.text[..at].chars().next_back()
    }

    fn about_is_one(&self, about: &Range<usize>) -> bool {
        let previous = self.previous(about.start);
        let none_of = |ends: &str| !previous.is_some_and(|c| ends.contains(c));
        match &self.text[about.clone()] {
            "约" => none_of(ENDS_IN_ABOUT),
            "近" => none_of(ENDS_IN_NEAR),
            _ => true,
        }
    }

    /// Whether what stands before the number says how near it is.
    fn before_is_one(&self, word: &str) -> bool {
        let Some(range) = &self.before else { return false };
        let previous = self.previous(range.start);
        let is_time = ["年", "月", "天", "周", "日", "载", "代", "世纪", "届", "期", "次", "场", "轮"]
            .iter()
            .any(|t| self.unit.contains(t));
        match word {
            // 近30多年 are the last ones.
            "近" => self.about_is_one(range) && !is_time,
            "约" => self.about_is_one(range),
            "上" => {
                self.text[self.number.clone()].starts_with(['百', '千', '万'])
                    && previous.is_none_or(|c| BEFORE_UP.contains(c))
            }
            // 突破20余项技术: broke through, not more than.
            "突破" => self.unit.contains('元') || self.text[range.end..self.all.end].contains(['万', '亿', '%']),
            "超" => !previous.is_some_and(|c| "赶反高".contains(c)),
            _ => true,
        }
    }

    /// 左右 and 上下 are also sides: 10多个上下游企业.
    fn after_is_one(&self) -> bool {
        !self.text[self.all.end..]
            .starts_with(['游', '两', '手', '侧', '联', '级', '班', '衔', '贯', '逢', '岸', '述', '各'])
    }

    /// 数十, 几百; not 户数十余.
    fn several(&self) -> bool {
        !self.previous(self.number.start).is_some_and(|c| ENDS_IN_NUMBER.contains(c) || is_han_digit(c) || c == '第')
    }

    fn said_twice(&self, words: &Words<'_>, (drop, keep): (Range<usize>, Range<usize>)) -> Finding {
        let (one, other) = (&self.text[drop.clone()], &self.text[keep.clone()]);
        // In the order of the text.
        let (left, right) = if drop.start < keep.start { (one, other) } else { (other, one) };
        let all = words.said(self.all.clone());
        let without = |range: &Range<usize>| -> Fix {
            let kept = format!("{}{}", &self.text[self.all.start..range.start], &self.text[range.end..self.all.end]);
            let title = Message::new(format!("删去“{}”：{kept}", &self.text[range.clone()]), format!("Write “{kept}”"));
            words.fix(title, Applicability::Unsafe, [(range.clone(), String::new())])
        };
        // 数十 without 数 is another number.
        let is_part = self.number.start <= keep.start && keep.end <= self.number.end;
        let fixes = [Some(&drop), (!is_part).then_some(&keep)].into_iter().flatten().map(without).collect();
        let message = Message::new(
            format!("概数重复：“{all}”里“{left}”与“{right}”只能用一个；请删去其一"),
            format!("“{all}” is approximate twice: “{left}” and “{right}” do not go together. Drop one."),
        );
        words.finding(Severity::Warning, self.all.clone(), message, fixes)
    }
}

/// What a word before a number says of it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Bound {
    About,
    Over,
    Under,
    /// 上百, 上千
    Up,
}

impl Bound {
    fn of(word: &str) -> Bound {
        match word {
            "上" => Bound::Up,
            "超过" | "超" | "突破" | "逾" | "不少于" | "不低于" | "至少" | "最少" | "起码" => {
                Bound::Over
            }
            "不超过" | "不多于" | "不高于" | "至多" | "最多" | "不足" | "不到" | "低于" | "少于" => {
                Bound::Under
            }
            _ => Bound::About,
        }
    }
}

/// 68多万元: 多 stands for what is less than the last digit, so behind a digit that is not 0 it belongs behind 万.
fn misplaced(words: &Words<'_>, found: &Captures<'_>) -> Option<Finding> {
    let (number, low, scale) = (found.name("number")?, found.name("low")?, found.name("scale")?);
    found.name("unit")?;
    let is_round = number.as_str().ends_with('0') || !number.as_str().ends_with(|c: char| c.is_ascii_digit());
    if is_round
        || number.as_str().contains(',')
        || !matches!(scale.as_str(), "万" | "亿")
        || words.is_quoted(low.start())
    {
        return None;
    }
    let range = number.start()..found.name("unit")?.end();
    let (more, scale) = (low.as_str(), scale.as_str());
    let text = format!("{}{scale}{more}{}", number.as_str(), found.name("unit")?.as_str());
    let message = Message::new(
        format!("“{}”的末位不是0，“{more}”应在“{scale}”后；请改为“{text}”", &words.text()[range.clone()]),
        format!(
            "In “{}” the last digit is not 0, so “{more}” belongs behind “{scale}”: “{text}”.",
            &words.text()[range.clone()]
        ),
    );
    let moved = low.start()..low.end() + scale.len();
    let title = Message::new(format!("改为“{text}”"), format!("Write “{text}”"));
    let fix = words.fix(title, Applicability::Unsafe, [(moved, format!("{scale}{more}"))]);
    Some(words.finding(Severity::Hint, range, message, vec![fix]))
}

/// Two digits that follow one another, 、 between them, and a measure word: 3、4个, 三、四天.
static ADJACENT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "(?P<from>[1-9一二两三四五六七八九])、(?P<to>[1-9二三四五六七八九])(?P<unit>[百千]?万|[百千]|个百分点|个月|个|人次|人|天|户|家|位|岁|倍|里|斤|米|吨|亩|小时|分钟|公里|年|种|次|件|成|名|篇|份|场|所|座|辆|台|趟|步|遍|回)(?P<next>.?)",
    )
});

/// Behind these a number is one of several that are named: 第3、4次, 附件1、2.
const NAMES: &str = "第、件届回条款项章节图表附例见式组班级号型类楼栋段期轮批稿卷册部年月日版季-—~.·/";

/// What goes on behind a measure word to another word: 一、二家政, 三、四个体. (unit, first characters)
const OTHER_WORDS: [(&str, &str); 12] = [
    ("人", "民大才口工文均社事力"),
    ("个", "体"),
    ("天", "津然水气"),
    ("家", "庭政电具长"),
    ("位", "于居列置次数"),
    ("年", "级度制均底初份期"),
    ("次", "会全产序级党代分供污"),
    ("里", "程"),
    ("百", "货姓强度色家分"),
    ("千", "克瓦米伏"),
    ("种", "植子业"),
    ("名", "称单"),
];

fn adjacent(words: &Words<'_>, found: &Captures<'_>) -> Option<Finding> {
    let text = words.text();
    let (from, to, unit) = (found.name("from")?, found.name("to")?, found.name("unit")?);
    let digit = |digit: &str| match digit {
        "两" => Some(2),
        _ => crate::text::numeral::parse(digit).map(|(n, _)| n),
    };
    let (low, high) = (digit(from.as_str())?, digit(to.as_str())?);
    let is_han = from.as_str().starts_with(is_han);
    let next = found.name("next").and_then(|m| m.as_str().chars().next());
    let goes_on = |(word, begins): &(&str, &str)| *word == unit.as_str() && next.is_some_and(|c| begins.contains(c));
    // 十三、四个: what tells a name stands before the whole numeral.
    let numeral = text[..from.start()].trim_end_matches(|c: char| is_han && matches!(c, '十' | '二'));
    let previous = numeral.chars().next_back();
    // Behind a full stop or an opening bracket these may be markers of a list: 。三、四个坚持
    let stands_free = previous.is_some_and(|c| crate::text::han::is_han(c) || c == ',') && !NAMES.contains(previous?);
    // The first and the second of a contest, and of a class: 获得一、二名, 分列全省二、三位.
    let clause = text[..from.start()].rsplit(['，', ',', '。', '；', ';']).next().unwrap_or_default();
    let is_ranked = unit.as_str() == "位" && clause.contains(['列', '居', '排']);
    let is_place = unit.as_str() == "名" && low <= 3 || is_ranked;
    let is_one_script = is_han == to.as_str().starts_with(crate::text::han::is_han);
    if low + 1 != high || !is_one_script || OTHER_WORDS.iter().any(goes_on) || !stands_free || is_place {
        return None;
    }
    let whole = from.start()..unit.end();
    if words.is_quoted(whole.start) || !words.is_whole(whole.clone()) || (next == Some('、')) {
        return None;
    }
    let digit = |n: u32| crate::text::numeral::print(n, crate::text::numeral::NumeralForm::Han);
    // 1、2个 is 一两个, 2、3个 两三个.
    let spoken = |n: u32, is_first: bool| match n {
        2 if (!is_first || unit.as_str() != "十") && numeral.len() == from.start() => Some("两".to_owned()),
        n => digit(n),
    };
    let joined = format!("{}{}", spoken(low, true)?, spoken(high, false)?);
    let text_of = &text[whole.clone()];
    let wanted = format!("{joined}{}", unit.as_str());
    let message = Message::new(
        format!("“{text_of}”是概数，相邻两数应连写汉字、不加顿号；请改为“{wanted}”"),
        format!(
            "“{text_of}” is an approximation: two adjacent numerals stand as Han, without 、 between them: “{wanted}”."
        ),
    );
    let title = Message::new(format!("改为“{wanted}”"), format!("Write “{wanted}”"));
    let fix = words.fix(title, Applicability::Unsafe, [(from.start()..to.end(), joined)]);
    Some(words.finding(Severity::Warning, whole, message, vec![fix]))
}
