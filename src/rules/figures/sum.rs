use crate::analysis::{Quantities, Quantity};
use crate::figures::masked::{Mask, pattern, unmask};
use crate::figures::{Decimal, Interval};
use crate::findings::{Finding, MOST_RELATED, Message, Severity};
use crate::rules::{Check, Rule, View};
use regex::Regex;
use std::cmp::Ordering;
use std::ops::Range;
use std::sync::LazyLock;

/// 合计: a total, and the parts that the sentence says it has.
pub static RULE: Rule = Rule {
    name: "figures/sum",
    document: include_str!("sum.md"),
    severity: Some(Severity::Error),
    options: &[],
    check: Check::Figures(check),
};

/// Words between a total and its parts, and whether they say that these are all.
const OPENING: [(&str, bool); 9] = [
    ("其中", false),
    ("包括", false),
    ("分别为", true),
    ("分别是", true),
    ("分为", true),
    ("细分为", true),
    ("构成为", true),
    ("即", true),
    ("也就是", true),
];

/// Words between the parts and their total.
const CLOSING: [&str; 6] = ["共计", "合计", "总计", "总共", "共", "一共"];

/// Words that end a list of parts: what they count may be counted twice, or is another thing; 累计 is of other years too.
const ENDS_LIST: [&str; 32] = [
    "采用", "采纳", "办复", "办结", "答复", "满意", "完成", "增长", "同比", "新增", "解决", "列入", "涉及", "惠及",
    "提出", "形成", "落实", "其中", "转为", "交办", "审结", "另", "带动", "撬动", "入驻", "入园", "累计", "总数",
    "达到", "最", "平均", "每",
];

/// The same of one character, where they stand by the number: 共3次, 达3次.
const ENDS_LIST_THERE: &str = "比较占达超共计总转另还由从每均等";

/// Words of a clause whose figure is no total of anything: a mean, a peak, a standard, a rate, a difference.
static NO_TOTAL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "均|每|最|高峰|单产|亩产|标准为|标准达|补助标准|保障标准|价|率|寿命|年龄|用时|时限|时间|密度|强度|海拔|降水|气温|\
         工资|养老金|净|多|增产|减产|结余|盈余|顺差|逆差|利润|扣除|比|较|距离|能耗|水平",
    )
});

/// Measure words that count anything: behind them only the noun tells whether a part is counted as the total is.
const ANYTHING: [&str; 10] = ["个", "项", "处", "家", "场", "次", "条", "件", "种", "类"];

/// Two kinds that are all there is.
const HALVES: [(&str, &str); 7] = [
    ("委员", "集体"),
    ("个人", "集体"),
    ("男", "女"),
    ("城镇", "农村"),
    ("城镇", "乡村"),
    ("境内", "境外"),
    ("国内", "国外"),
];

/// Kinds of which nothing is two at once. 工业投资 and 民间投资 are no such kinds, though they end alike: of what 其中 takes
/// out, only these can be added up.
const AXES: [&[&str]; 8] = [
    &["特等奖", "一等奖", "二等奖", "三等奖", "优秀奖"],
    &["幼儿园", "小学", "初中", "高中"],
    &["党派", "团体", "界别", "专委会", "委员"],
    &["全体会议", "常委会", "主席会议", "秘书长会议", "党组会"],
    &["中央", "省", "市", "县", "自筹"],
    &["第一产业", "第二产业", "第三产业", "一产", "二产", "三产"],
    &["一般债", "专项债"],
    &["出口", "进口"],
];

fn check(view: &View<'_>, quantities: &Quantities, findings: &mut Vec<Finding>) {
    for sentence in quantities.masked.sentences_with(&["其中", "包括", "分", "为", "即", "共", "计", "是"]) {
        let sentence = Sentence::of(quantities, sentence);
        findings.extend(OPENING.iter().filter_map(|(word, all)| sentence.opened(view, word, *all)));
        findings.extend(sentence.closed(view));
    }
}

/// A masked sentence and where its figures stand in it.
struct Sentence<'q> {
    text: &'q str,
    figures: Vec<(Range<usize>, Mask, Quantity<'q>)>,
}

/// A part: the figure, and what is counted: the noun before it, or behind it if none stands before.
struct Part<'q> {
    quantity: Quantity<'q>,
    noun: &'q str,
    /// What stands behind it.
    behind: &'q str,
}

impl<'q> Sentence<'q> {
    fn of(quantities: &'q Quantities, text: &'q str) -> Sentence<'q> {
        let figure = |(at, c): (usize, char)| {
            let (_, mask) = unmask(c)?;
            Some((at..at + c.len_utf8(), mask, quantities.unmasked(c)?))
        };
        Sentence { text, figures: text.char_indices().filter_map(figure).collect() }
    }

    /// 共立案208件，其中委员提案190件、集体提案18件.
    fn opened(&self, view: &View<'_>, word: &str, all: bool) -> Option<Finding> {
        let at = self.text.match_indices(word).map(|(at, _)| at).find(|&at| self.is_word(at, word))?;
        let first = self.figures.iter().position(|(range, ..)| range.start > at)?;
        let (range, mask, total) = self.figures.get(first.checked_sub(1)?)?;
        // At most one clause stands between: 208件，经审查，其中…
        let between = &self.text[range.end..at];
        let near = between.chars().filter(|c| "，,；;".contains(*c)).count() <= 1 && between.chars().count() <= 12;
        if *mask != Mask::Quantity || !near || between.contains("分别") || !self.is_total(first - 1) {
            return None;
        }
        let (parts, goes_on) = self.parts(total, at + word.len(), first);
        let whole = total.possible()?;
        let nouns: Vec<&str> = parts.iter().map(|part| part.noun).collect();
        // What a total is divided into is of one kind, whatever its parts are called.
        let is_divided = all && parts.len() > 1 || are_of_one_axis(&nouns);
        if !is_divided && !self.counts_alike(first - 1, &parts) {
            return None;
        }
        let are_halves = are_halves(&nouns);
        let are_all = !goes_on && parts.len() > 1 && (all || self.are_both(first - 1, &nouns));
        let how = order(sum(&parts)?, whole)?;
        let proven = match how {
            Ordering::Greater => parts.len() == 1 && !all || are_halves || are_of_one_axis(&nouns) || are_all,
            Ordering::Less => are_all,
            Ordering::Equal => false,
        };
        // The list may end sooner, or have been taken out of an earlier figure.
        let fits = |total: Interval| {
            (1..=parts.len()).any(|end| {
                let sum = sum(&parts[..end]);
                sum.is_none_or(|sum| end > 1 && sum.meets(total))
            })
        };
        let could_hold = |figure: &Quantity<'_>| {
            let sum = sum(&parts).zip(figure.possible());
            figure.shares_unit(total) && sum.is_none_or(|(sum, of)| order(sum, of) != Some(Ordering::Greater))
        };
        let earlier = self.figures[..first - 1].iter().any(|(_, _, figure)| could_hold(figure));
        (proven && !earlier && !fits(whole) && !self.sum_to(first, sum(&parts)?))
            .then(|| told(view, total, &parts, how, word != "其中"))?
    }

    /// 委员提案190件、集体提案18件，共计208件.
    fn closed(&self, view: &View<'_>) -> Option<Finding> {
        let closes = |index: &usize| {
            let range = &self.figures[*index].0;
            let before = &self.text[self.figures[index - 1].0.end..range.start];
            let clause = before.rsplit(['，', ',', '；', '、', '（', '(']).next().unwrap_or(before);
            let clause = clause.trim_end_matches(['为', '达', '到', '有']);
            before.len() > clause.len() && CLOSING.contains(&clause)
        };
        let last = (2..self.figures.len()).find(closes)?;
        let (_, mask, total) = &self.figures[last];
        let mut first = last;
        while first > 0 && self.figures[first - 1].1 == Mask::Quantity && self.figures[first - 1].2.shares_unit(total) {
            first -= 1;
        }
        if *mask != Mask::Quantity || last - first < 2 || !self.is_total(first) {
            return None;
        }
        let start = self.text[..self.figures[first].0.start].rfind(['，', ',', '；', ';', '：', ':']).unwrap_or(0);
        let (parts, _) = self.parts(total, start, first);
        // 全年召开会议12次，其中常委会5次、主席会议7次，共…: the parts begin later. 各乡镇选派2名 is as many as there are.
        let each = self.text[start..self.figures[last].0.start].contains(['各', '每']);
        if parts.len() != last - first || each || !self.counts_alike(last, &parts) {
            return None;
        }
        let whole = total.possible()?;
        let fits = (0..parts.len() - 1).any(|start| sum(&parts[start..]).is_none_or(|sum| sum.meets(whole)));
        let order = order(sum(&parts)?, whole)?;
        (!fits && order != Ordering::Equal).then(|| told(view, total, &parts, order, true))?
    }

    /// Whether `word` stands at byte `at` as a word: 即 is none in 立即, 即将 and 即办件, 分为 none in 大部分为.
    fn is_word(&self, at: usize, word: &str) -> bool {
        let (before, behind) = (&self.text[..at], &self.text[at + word.len()..]);
        match word {
            "即" => {
                before.ends_with(['，', ',', '、', '（', '('])
                    && !behind.starts_with(['将', '办', '时', '使', '可', '来'])
            }
            "分为" => !before.ends_with(['部', '均', '评']),
            _ => true,
        }
    }

    /// The clause of figure `index`, up to the figure.
    fn clause(&self, index: usize) -> &'q str {
        let start = index.checked_sub(1).map_or(0, |before| self.figures[before].0.end);
        let before = &self.text[start..self.figures[index].0.start];
        before.rsplit(['，', ',', '；', '、']).next().unwrap_or(before)
    }

    /// What is counted behind figure `index`, up to the next mark.
    fn counted(&self, index: usize) -> &'q str {
        let behind = &self.text[self.figures[index].0.end..];
        let end =
            behind.find(|c: char| "，,、；;：:和及与（()）".contains(c) || unmask(c).is_some()).unwrap_or(behind.len());
        &behind[..end]
    }

    /// Whether the figure may be a total: of 由A增加到B, B is none of what follows, nor is a range, a mean or a difference.
    fn is_total(&self, index: usize) -> bool {
        let moved = ["到", "至", "由", "从", "增加", "减少", "新增", "占"];
        let clause = self.clause(index);
        // 每人每天5元
        let is_rate = self.counted(index).contains(['每', '/']);
        !moved.iter().any(|word| clause.ends_with(word))
            && !NO_TOTAL.is_match(clause)
            && !is_rate
            && self.figures[index].2.mention.others.is_empty()
    }

    /// Whether the parts count what the total counts. 5个行政村 are no part of 32个村民小组, though both are 个.
    fn counts_alike(&self, total: usize, parts: &[Part<'_>]) -> bool {
        let (clause, counted) = (self.clause(total), self.counted(total));
        let unit = self.figures[total].2.mention.unit().unwrap_or_default();
        // Nothing but the number: of what was told.
        let is_bare = counted.is_empty() && CLOSING.contains(&clause.trim_end_matches(['为', '达', '到', '有']));
        let shares = |noun: &str| {
            let mut pairs = noun.char_indices().zip(noun.char_indices().skip(1));
            let pair = pairs.any(|((at, _), (next, c))| {
                let pair = &noun[at..next + c.len_utf8()];
                clause.contains(pair) || counted.contains(pair)
            });
            pair || noun.chars().count() == 1 && counted.contains(noun)
        };
        !ANYTHING.contains(&unit) || is_bare || parts.iter().all(|part| shares(part.noun) || shares(part.behind))
    }

    /// Whether two kinds are all that the total counts: 立案提案 are 委员提案 and 集体提案, 建议提案 are not.
    fn are_both(&self, total: usize, nouns: &[&str]) -> bool {
        let Some((one, other)) = rests(nouns) else { return false };
        let told = &self.text[..self.figures[total].0.end];
        let others = ["建议", "议案", "代表", "各类", "等"].iter().any(|word| told.contains(word));
        let rest = ["其余", "其他"].iter().any(|word| self.text.contains(word));
        let counts = |noun: &str| self.clause(total).contains(noun) || self.counted(total).contains(noun);
        one == other && !others && !rest && (one.chars().count() < 2 || counts(one))
    }

    /// Whether figures before the one at `first`, added up, are `sum`: the parts may be of all of them.
    fn sum_to(&self, first: usize, sum: Interval) -> bool {
        let mut total: Option<Interval> = None;
        for (_, mask, figure) in self.figures[..first].iter().rev() {
            if *mask != Mask::Quantity || !figure.shares_unit(&self.figures[first - 1].2) {
                break;
            }
            total = figure.possible().and_then(|more| total.map_or(Some(more), |total| total.plus(more)));
            if total.is_none_or(|total| total.meets(sum)) {
                return true;
            }
        }
        false
    }

    /// The parts from figure `first` on that are counted as `total` is, the first behind byte `from`; and whether the list
    /// goes on with what is no part.
    fn parts(&self, total: &Quantity<'q>, from: usize, first: usize) -> (Vec<Part<'q>>, bool) {
        let (mut parts, mut at) = (Vec::new(), from);
        for (range, mask, quantity) in &self.figures[first..] {
            let gap = &self.text[at..range.start];
            let is_total = std::ptr::eq(quantity.mention, total.mention);
            if is_total {
                return (parts, false);
            }
            let item = gap.rsplit(['，', ',', '、', '；', ';', '：', ':']).next().unwrap_or(gap);
            let behind = gap.len() - item.len();
            let tail = gap[..behind].trim_end_matches(['，', ',', '、', '；', ';', '：', ':']);
            // What stands behind the figure before, up to the mark, and before this one.
            let breaks = |words: &str| {
                words.chars().count() > 16
                    || ENDS_LIST.iter().any(|word| words.contains(word))
                    || words.ends_with(|c| ENDS_LIST_THERE.contains(c))
            };
            // Items parted by 、 end at a comma; what is in brackets is said beside.
            let mark = gap[..behind].chars().next_back();
            let by_pauses = parts.len() > 1 && self.text[from..at].contains('、');
            let ends =
                !parts.is_empty() && (by_pauses && mark != Some('、') && mark.is_some() || gap.contains(['（', '(']));
            let item = item.trim_start_matches(['和', '及', '与', '有', '为', '（', '(']);
            if *mask != Mask::Quantity
                || !quantity.shares_unit(total)
                || breaks(item)
                || ends
                || (!parts.is_empty() && breaks(tail))
            {
                return (parts, true);
            }
            // 一等奖3个 counts its noun before, 3个一等奖 behind.
            let behind = self.counted(first + parts.len());
            let noun = if item.is_empty() { behind } else { item };
            parts.push(Part { quantity: *quantity, noun, behind });
            at = range.end;
        }
        let rest = &self.text[at..];
        let end = rest.find(['，', ',', '；', ';']).unwrap_or(rest.len());
        let goes_on = rest[..end].starts_with('等') || ENDS_LIST.iter().any(|word| rest[..end].contains(word));
        (parts, goes_on)
    }
}

/// Whether they are the two kinds that there are.
fn are_halves(nouns: &[&str]) -> bool {
    rests(nouns).is_some()
}

/// What two kinds are kinds of: 提案 and 提案 for 委员提案, 集体提案.
fn rests<'n>(nouns: &[&'n str]) -> Option<(&'n str, &'n str)> {
    let [one, other] = nouns else { return None };
    let rest = |a: &str, b: &str| one.strip_prefix(a).zip(other.strip_prefix(b));
    HALVES.iter().find_map(|(a, b)| rest(a, b).or_else(|| rest(b, a)))
}

/// Whether the nouns are different kinds of one axis.
fn are_of_one_axis(nouns: &[&str]) -> bool {
    let on = |axis: &&&[&str]| nouns.iter().all(|noun| axis.iter().any(|kind| noun.starts_with(kind)));
    let distinct = nouns.iter().enumerate().all(|(n, noun)| !nouns[..n].contains(noun));
    nouns.len() > 1 && distinct && AXES.iter().any(|axis| on(&axis))
}

fn sum(parts: &[Part<'_>]) -> Option<Interval> {
    let mut each = parts.iter().map(|part| part.quantity.possible());
    let first = each.next()??;
    each.try_fold(first, |sum, part| sum.plus(part?))
}

/// How two intervals lie that cannot meet.
fn order(sum: Interval, total: Interval) -> Option<Ordering> {
    if sum.meets(total) {
        return Some(Ordering::Equal);
    }
    let (least, most) = (sum.min.value()?, total.max.value().or(total.min.value())?);
    Some(if least >= most { Ordering::Greater } else { Ordering::Less })
}

fn told(view: &View<'_>, total: &Quantity<'_>, parts: &[Part<'_>], order: Ordering, mends: bool) -> Option<Finding> {
    let terms: Option<Vec<&str>> = parts.iter().map(|part| part.quantity.written()).collect();
    let exact = parts.iter().try_fold(Decimal::ZERO, |sum, part| sum.plus(part.quantity.exact()?));
    let whole = total.said();
    let sum = match exact {
        Some(sum) if parts.len() > 1 => format!("{}＝{sum}", terms?.join("＋")),
        _ => terms?.join("＋"),
    };
    let (zh, en) = match order {
        Ordering::Greater => ("多于", "more than"),
        _ => ("少于", "less than"),
    };
    let message = Message::new(
        format!("分项与总数不符：分项{sum}，{zh}总数“{whole}”；请核对各项和总数"),
        format!("The parts do not fit the total: they make {sum}, {en} “{whole}”. Check the parts and the total."),
    );
    let related = parts.iter().take(MOST_RELATED);
    let related = related.filter_map(|part| part.quantity.related(view, Message::new("分项", "a part")));
    let fix = exact.filter(|_| mends && parts.len() > 1).and_then(|sum| total.fix(view, sum));
    total.finding(view, Severity::Error, message, related, fix)
}
