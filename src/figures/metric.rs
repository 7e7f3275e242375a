//! The metric (指标) of a number: what is counted, and the verb it is counted with.
//!
//! Two orders: the noun behind the unit (12场委员讲堂活动, 167件情系民生的提案) or before the number (提出意见建议90余条,
//! 提案办复率达到100%). There is no segmenter here: marks, 的 and two lists of verbs bound the noun, and a noun that cannot be
//! told is the one of the number before it (7条信息被…采用，15条被…采用) or none.

use super::unit::UnitKind;
use rustc_hash::FxHashMap;
use std::ops::Range;
use std::sync::LazyLock;

/// What is counted. Ranges are bytes of the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metric {
    /// The noun with its modifiers, the head noun last.
    pub noun: Option<Range<usize>>,
    /// 开展, 增长, 达到
    pub verb: Option<Range<usize>>,
    /// The noun stands with an earlier number of the sentence.
    pub inherited: bool,
}

/// Words between a noun and its number; those that say how the number moved are its verb. Longer words first.
#[rustfmt::skip]
const BETWEEN: &[(&str, bool)] = &[
    ("新增", true), ("调整为", true), ("优化为", true), ("改善", true), ("跨上", true), ("跨越", true), ("迈上", true), ("新退出", true), ("压减", true), ("翻一番", true),
    ("分别增长到", true), ("同比增长", true), ("同比下降", true), ("年均增长", true),
    ("累计增长", true), ("增长到", true), ("增加到", true), ("提高到", true), ("提升到", true), ("上升到", true),
    ("下降到", true), ("减少到", true), ("降低到", true), ("扩大到", true), ("提高至", true), ("提升至", true),
    ("增加至", true), ("下降至", true), ("上升至", true), ("压缩到", true), ("压减到", true), ("控制在", true),
    ("稳定在", true), ("保持在", true), ("缩短至", true), ("缩短到", true), ("扩大至", true), ("增长至", true),
    ("减少至", true), ("降低至", true), ("达到了", true), ("跃升至", true), ("上升为", true), ("达到", true),
    ("增长", true), ("增加", true), ("提高", true), ("提升", true), ("上升", true), ("下降", true),
    ("减少", true), ("降低", true), ("扩大", true), ("增至", true), ("降至", true), ("升至", true),
    ("增到", true), ("缩短", true), ("回升", true), ("高于", true), ("低于", true), ("突破", true),
    ("超过", true), ("超额", true), ("实现", true), ("完成", true), ("高达", true), ("多达", true),
    ("翻了", true), ("增幅", true), ("降幅", true), ("涨幅", false), ("共计", false), ("合计", false),
    ("总计", false), ("累计", false), ("分别", false), ("平均", false), ("年均", false), ("同比", false),
    ("环比", false), ("大约", false), ("将近", false), ("接近", false), ("已经", false), ("已达", true),
    ("均为", false), ("均达", true), ("就有", false), ("其中", false), ("仅占", true), ("约占", true),
    ("占比", true), ("总共", false), ("达", true), ("占", true), ("增", true), ("降", true), ("翻", true),
    ("为", false), ("共", false), ("了", false), ("超", true), ("约", false), ("近", false),
];

/// One-character words that may stand last before a number and belong to no noun.
const LOOSE: &str = "等有是均已仅只达至到由从在逾约近超过就再又还各每于较比以按分把将对";

/// Verbs that open a clause: what stands behind the last of them is the noun.
#[rustfmt::skip]
pub const VERBS: &[&str] = &[
    "接待", "筹建", "亲临", "筹集",
    "组织召开", "组织开展", "编印上报", "收集整理", "先后举办", "创新建立", "审查立案",
    "召开", "开展", "举办", "组织", "提出", "形成", "收集", "编发", "编印", "编辑", "出版",
    "报送", "上报", "提交", "收到", "征集", "审查", "审议", "审定", "办结", "督办", "化解",
    "帮办", "协调", "惠及", "参加", "培训", "走访", "慰问", "发放", "下发", "印发", "制定",
    "修订", "出台", "完成", "推动", "建成", "建立", "新建", "改建", "扩建", "新增", "引进",
    "引育", "培育", "认定", "落户", "竣工", "筹集", "争取", "下达", "拨付", "解决", "查处",
    "受理", "调解", "排查", "整改", "消除", "关闭", "取缔", "淘汰", "压减", "清理", "盘活",
    "化债", "打造", "创建", "获评", "获批", "荣获", "入选", "评选", "表彰", "命名", "授予",
    "吸引", "接收", "招引", "招聘", "招录", "选派", "选举", "任免", "任命", "派出", "抽调",
    "带动", "实现", "运送", "吞吐", "承办", "承接", "撰写", "录入", "刊发", "刊载", "发表",
    "采用", "采纳", "批示", "答复", "交办", "梳理", "归纳", "汇总", "确定", "设立", "成立",
    "组建", "配备", "选聘", "聘请", "邀请", "包抓", "帮扶", "结对", "募集", "栽植", "复垦",
    "流转", "确权", "登记", "铺设", "开通", "通车", "兴建", "加装", "视察", "通报", "约谈",
    "追缴", "挽回", "办复",
];

/// Verbs that also stand within nouns (养老服务机构, 生产总值, 老旧小区改造): only the first word of a clause is one.
#[rustfmt::skip]
const OPENING_VERBS: &[&str] = &[
    "服务", "保障", "生产", "储备", "供应", "更新", "治理", "销售", "出口", "进口", "运输",
    "投资", "投入", "覆盖", "促进", "办理", "联系", "建设", "改造", "整治", "管理", "参与",
    "推进", "实施", "集中", "落实", "安排", "检查", "处理", "运营", "运行", "绿化", "造林",
    "种植", "修复", "搬迁", "安置", "救助", "资助", "捐赠", "发布", "产出", "转移", "减税",
    "签约", "投产", "开工", "接待",
];

type ByFirst = LazyLock<FxHashMap<char, Vec<&'static str>>>;

/// The lists by first character: a clause is walked once, not once for each word (19 MB/s before).
static VERBS_BY_FIRST: ByFirst = LazyLock::new(|| by_first(VERBS));
static ENDS_BY_FIRST: ByFirst = LazyLock::new(|| by_first(ENDS));

fn by_first(words: &[&'static str]) -> FxHashMap<char, Vec<&'static str>> {
    let mut map: FxHashMap<char, Vec<&'static str>> = FxHashMap::default();
    for word in words {
        map.entry(word.chars().next().unwrap_or_default()).or_default().push(word);
    }
    map
}

/// Words before the verb of a clause.
const ADVERBS: &[&str] = &[
    "有序", "积极", "力争", "确保", "全年", "累计", "先后", "大力", "扎实", "深入", "持续", "稳步", "加快", "全力",
    "全面", "着力", "切实", "已", "共", "再", "努力", "认真", "顺利", "圆满", "成功", "分批", "陆续", "预计", "计划",
];

/// What makes a noun of the verb before it: 建成区, 保障性, 办结率.
const NOUN_ENDINGS: &str = "区设式性业率量费额度员者品厂站面";

/// Verbs that end the noun behind a unit.
#[rustfmt::skip]
const ENDS: &[&str] = &[
    "均", "全部", "全都", "被", "为", "参加", "参与", "编入", "圆满", "立足", "赴",
    "得到", "受到", "获得", "获", "进行", "开展", "组建", "建成", "完成", "报送", "先后",
    "以上", "以下", "左右", "等", "投入", "投产", "落地", "开工", "竣工", "通车", "入选",
    "纳入", "列入", "转化", "分别", "同比", "占", "达到", "增长", "下降", "提高", "减少",
    "增加", "实现", "形成", "成为", "是", "已", "正在", "有序", "有效", "顺利", "陆续",
    "相继", "率先", "成功", "共同", "深入", "积极", "充分", "不断", "持续", "全面", "通过",
    "按照", "根据", "围绕", "用于", "来自", "由", "在", "向", "从", "对", "把", "将",
    "让", "使", "惠及", "覆盖", "带动", "解决", "提供", "出席", "到", "至", "超", "超过",
    "突破", "比", "较", "以", "也", "都", "还", "再", "又", "并", "而", "取得",
    "发挥", "荣获", "评为", "达标", "摘帽", "脱贫", "出列", "稳定", "启动", "上线", "落户",
    "集聚", "加快", "签约", "基本", "未", "仍", "布局", "融入", "先行", "聚力", "撬动",
    "延伸", "改扩建", "处于", "均已", "直接", "遭", "尚",
];

/// A clause ends here; 、 only parts it.
pub fn ends_clause(c: char) -> bool {
    matches!(c, '，' | ',' | '；' | ';' | '。' | '！' | '？' | '!' | '?' | '：' | ':' | '\n' | '…' | '—')
}

/// No clause that names a metric is longer (characters); measured on the reports, 99 % of nouns stand within 24.
const LONGEST: usize = 48;

/// Where the clause around `at` begins, not before `floor`.
pub fn clause_start(text: &str, at: usize, floor: usize) -> usize {
    let mut start = at;
    for (n, (index, c)) in text[floor..at].char_indices().rev().enumerate() {
        if ends_clause(c) || n == LONGEST {
            break;
        }
        start = floor + index;
    }
    start
}

/// Where the clause around `at` ends.
pub fn clause_end(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    let end = rest.char_indices().take(LONGEST).find(|(_, c)| ends_clause(*c));
    at + end.map_or_else(|| rest.char_indices().nth(LONGEST).map_or(rest.len(), |(i, _)| i), |(i, _)| i)
}

/// Where a number with its unit stands: what the metric is looked for around.
#[derive(Clone, Debug)]
pub struct Place<'t> {
    pub text: &'t str,
    pub sentence: usize,
    /// The end of the figure or time before it in the sentence, or the sentence's start.
    pub floor: usize,
    pub start: usize,
    pub end: usize,
    pub kind: Option<UnitKind>,
    /// The unit, if it says itself what is counted; 县 and 市 leave nothing else to ask.
    pub unit: Option<Range<usize>>,
    pub is_place: bool,
}

impl Metric {
    /// The metric of the number at `place`; `previous` is that of the number before it in the sentence.
    pub fn of(place: &Place<'_>, previous: Option<&Metric>) -> Metric {
        let (before, verb) = before(place);
        if let Some(noun) = place.unit.clone().filter(|_| place.is_place).or_else(|| respective(place)) {
            return Metric { noun: Some(noun), verb, inherited: false };
        }
        let behind = || behind(place);
        let counts = matches!(place.kind, Some(UnitKind::Count | UnitKind::Person) | None);
        let noun = if counts { behind().or(before) } else { before.or_else(behind) };
        if let Some(noun) = noun {
            return Metric { noun: Some(noun), verb, inherited: false };
        }
        // 800公里、600公里: nothing between it and the last one.
        if let Some(noun) = previous.and_then(|previous| previous.noun.clone()) {
            let verb = verb.or_else(|| previous.and_then(|p| p.verb.clone()));
            return Metric { noun: Some(noun), verb, inherited: true };
        }
        Metric { noun: place.unit.clone(), verb, inherited: false }
    }
}

/// 甲、乙分别达到43家、322家: the noun in the place of the number.
fn respective(place: &Place<'_>) -> Option<Range<usize>> {
    let Place { text, sentence, start, .. } = *place;
    let from = clause_start(text, start, sentence);
    let word = from + text[from..start].rfind("分别")?;
    // Numbers between: one for each pause.
    let nth = text[word..start].matches(['、', '和']).count();
    let mut nouns: Vec<Range<usize>> = Vec::new();
    let mut at = from;
    for part in text[from..word].split(['、', '和']) {
        nouns.push(at..at + part.len());
        at += part.len() + '、'.len_utf8();
    }
    let noun = nouns.get(nth).filter(|_| nouns.len() > 1)?.clone();
    let noun = last_verb(text, noun.clone()).map_or(noun.clone(), |verb| verb.end..noun.end);
    trimmed(text, noun).filter(|noun| noun.len() >= 6)
}

fn is_edge(c: char) -> bool {
    !c.is_alphanumeric() || c == '、'
}

/// The noun before the number, and the verb.
fn before(place: &Place<'_>) -> (Option<Range<usize>>, Option<Range<usize>>) {
    let Place { text, floor, start, .. } = *place;
    let from = clause_start(text, start, floor);
    let (mut end, mut verb) = (start, None);
    // 210公里农村公路和120万平方米村内道路: the noun before it belongs to the number before it.
    if from == floor && floor > 0 && text[from..start].ends_with(['和', '及', '与']) {
        return (None, None);
    }
    loop {
        let head = &text[from..end];
        if let Some(c) =
            head.chars().next_back().filter(|c| is_edge(*c) && !matches!(c, '》' | '”' | '"' | '）' | ')' | '%'))
        {
            end -= c.len_utf8();
            continue;
        }
        let fits = |word: &str| head.ends_with(word) && !(word == "为" && head.ends_with("作为"));
        let word = BETWEEN.iter().filter(|(word, _)| fits(word)).max_by_key(|(word, _)| word.len());
        if let Some((word, is_verb)) = word {
            if *is_verb && verb.is_none() {
                verb = Some(end - word.len()..end);
            }
            end -= word.len();
            continue;
        }
        match head.chars().next_back().filter(|c| LOOSE.contains(*c)) {
            Some(c) => end -= c.len_utf8(),
            None => break,
        }
    }
    let mut from = from;
    // Behind the last 的, the last 、 and the last verb.
    for cut in ["的", "、"] {
        if let Some(at) = text[from..end].rfind(cut).map(|at| from + at + cut.len()).filter(|at| end - at >= 6) {
            from = at;
        }
    }
    // 比例由历史高峰值降至7.6%: the noun ends before what it moved from.
    for word in ["由", "从", "较", "比"] {
        let found = text[from..end].match_indices(word).map(|(at, _)| from + at);
        let whole = |at: &usize| {
            let next = text[at + word.len()..end].chars().next();
            let before = text[from..*at].chars().next_back();
            at - from >= 6
                && next.is_none_or(|c| !"例重率较特于事业严大好高多快低价值".contains(c))
                && before.is_none_or(|c| !"占同环自对".contains(c))
        };
        if let Some(at) = found.filter(whole).last() {
            end = at;
        }
    }
    let is_share = ["比例", "比重", "比率", "份额"].iter().any(|word| text[from..end].ends_with(word));
    if let Some(at) = text[from..end].find('占').map(|at| from + at).filter(|_| !is_share) {
        verb = Some(at..at + '占'.len_utf8());
        match at - from >= 6 {
            true => end = at,
            false => from = at + '占'.len_utf8(),
        }
    }
    if let Some(found) = last_verb(text, from..end) {
        from = found.end;
        verb = verb.or(Some(found));
    }
    let noun = trimmed(text, from..end);
    // 建设47.8万亩高标准农田: only a verb stands here, and the noun behind.
    match noun.filter(|noun| !is_verbs(&text[noun.clone()])) {
        Some(noun) => (Some(noun), verb),
        None => (None, verb.or_else(|| trimmed(text, from..end))),
    }
}

/// The last verb of a clause that has a noun behind it.
fn last_verb(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let Range { start, end } = range;
    let noun = |behind: usize| end.checked_sub(behind).is_some_and(|length| length >= 6);
    let closes = |behind: usize| text[behind..end].starts_with(|c: char| NOUN_ENDINGS.contains(c));
    let found = text[start..end].char_indices().flat_map(|(at, c)| {
        let words = VERBS_BY_FIRST.get(&c).map_or(&[][..], Vec::as_slice).iter();
        let here = words.filter(move |word| text[start + at..end].starts_with(**word));
        here.map(move |word| start + at..start + at + word.len())
    });
    let found = found.filter(|found| noun(found.end) && !closes(found.end));
    // 有序改造供热管网, 更新改造道路
    let (mut at, mut opening) = (start, None);
    loop {
        let rest = &text[at..end];
        let verb = OPENING_VERBS.iter().chain(VERBS).find(|word| rest.starts_with(**word));
        let word = ADVERBS.iter().find(|word| rest.starts_with(**word)).map(|word| word.len());
        let Some(length) = word.or(verb.map(|word| word.len())) else { break };
        if !noun(at + length) || closes(at + length) {
            break;
        }
        if verb.is_some() {
            opening = Some(at..at + length);
        }
        at += length;
    }
    found.chain(opening).max_by_key(|found| (found.end, std::cmp::Reverse(found.start)))
}

/// Whether `words` are verbs only, none of which is itself counted (立案, 办复 are).
fn is_verbs(words: &str) -> bool {
    /// Acts that a report counts by their own name.
    const COUNTED: [&str; 14] = [
        "立案", "办复", "办结", "培训", "答复", "视察", "走访", "就业", "出口", "进口", "投资", "检查", "采纳", "采用",
    ];
    if COUNTED.iter().any(|word| words.ends_with(word)) {
        return false;
    }
    let mut rest = words;
    while !rest.is_empty() {
        let all = VERBS.iter().chain(OPENING_VERBS).copied().chain(BETWEEN.iter().map(|(word, _)| *word));
        match all.filter(|word| rest.ends_with(word)).map(str::len).max() {
            Some(length) => rest = &rest[..rest.len() - length],
            None => return false,
        }
    }
    true
}

/// The noun behind the unit.
fn behind(place: &Place<'_>) -> Option<Range<usize>> {
    let Place { text, end: start, .. } = *place;
    let end = clause_end(text, start);
    let first_end = |from: usize| {
        let ends = |(at, c): (usize, char)| {
            let words = ENDS_BY_FIRST.get(&c)?;
            words.iter().any(|word| is_ending(text, from, end, from + at, word)).then_some(from + at)
        };
        text[from..end].char_indices().find_map(ends).unwrap_or(end)
    };
    let stop = first_end(start);
    if stop == start {
        return None;
    }
    let digit = |from: usize, to: usize| {
        text[from..to].char_indices().find(|(_, c)| c.is_ascii_digit()).map_or(to, |(at, _)| from + at)
    };
    let particle = text[start..end].find('的').map(|at| start + at);
    let (from, to) = match particle {
        // 98%的行政村, 26件关系发展、改革、民生的提案
        Some(at) if at < stop || stop - start <= 3 => {
            let from = at + '的'.len_utf8();
            (from, first_end(from))
        }
        _ => (start, stop),
    };
    let mut to = digit(from, to);
    // 10个、20个: what stands behind the pause is another thing; 甲和乙 is one.
    if let Some(at) = text[from..to].find(['、', '（', '(', '“', '"', '《', '”', '》', '）', ')', '。', ' '])
    {
        if at > 0 {
            to = from + at;
        } else {
            let open = text[from..].chars().next().filter(|c| matches!(c, '“' | '《' | '"'))?;
            let close = match open {
                '“' => '”',
                '《' => '》',
                _ => '"',
            };
            let inner = from + open.len_utf8();
            let length = text[inner..].find(close).filter(|length| *length <= 90)?;
            return (length > 0).then_some(inner..inner + length);
        }
    }
    trimmed(text, from..to).filter(|range| range.len() >= 3)
}

/// Whether `word` stands at `at` as a word of its own: 均 of 年均, 等 of 高等 and 以上 of 及以上 are parts of nouns.
fn is_ending(text: &str, from: usize, end: usize, at: usize, word: &str) -> bool {
    const WITHIN: &[(&str, &str)] = &[
        ("均", "年人平户亩日"),
        ("等", "高中平同均初优对"),
        ("以上", "及"),
        ("以下", "及"),
        ("为", "作行"),
        ("在", "存现"),
        ("对", "相"),
        ("到", "达"),
    ];
    let within = WITHIN.iter().find(|(other, _)| *other == word).map_or("", |(_, before)| before);
    text[at..end].starts_with(word) && !text[from..at].ends_with(|c: char| within.contains(c))
}

/// Without marks at its ends; nothing if no Han or letter is left, or only a particle.
fn trimmed(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let Range { start, end } = range;
    let words = text.get(start..end)?;
    let left = words.trim_start_matches(|c: char| !c.is_alphanumeric() || "和及与或的了".contains(c));
    let right = left.trim_end_matches(|c: char| !c.is_alphanumeric() || "的了和及与或等".contains(c));
    let start = start + (words.len() - left.len());
    (!right.is_empty() && right.chars().any(char::is_alphabetic)).then(|| start..start + right.len())
}
