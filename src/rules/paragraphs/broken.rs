use crate::analysis::Block;
use crate::draft::{Bold, EndMark, Shape};
use crate::findings::{Anchor, Applicability, Edit, Finding, Fix, Message, Place, Related, Severity};
use crate::rules::{Check, Located, Rule, View};
use crate::text::han::{count_han, is_han, is_space};
use crate::text::{Fold, Reading};

/// 断段: a paragraph cut in two in mid-sentence.
pub static RULE: Rule = Rule {
    name: "paragraphs/broken",
    document: include_str!("broken.md"),
    severity: Some(Severity::Warning),
    options: &[],
    check: Check::Joint(check),
};

/// Fewer Han than this are a caption, a heading or a line of verse; of 17 reports no heading of prose without marks
/// is longer and ends in mid-clause.
const FEWEST_HAN: u32 = 30;

/// What stands behind a bold lead sentence on the same line is prose, however short.
const FEWEST_HAN_BEHIND_LEAD: u32 = 15;

fn check(view: &View<'_>, first: Located<'_>, next: Located<'_>, findings: &mut Vec<Finding>) {
    // In a hard-wrapped draft most lines end in mid-sentence.
    if view.analysis.wrap.is_some() || !may_be_cut(first.1) || !may_go_on(next.1) {
        return;
    }
    let source = view.source(first.0, first.1);
    let behind = view.source(next.0, next.1);
    let read = |source: &str, block: &Block| {
        Reading::of(&source[block.facts.structure.content.clone()], Fold::None).text().to_owned()
    };
    let (text, rest) = (read(&source, first.1), read(&behind, next.1));
    let Some(sign) = sign(&text, &rest, next.1) else { return };
    findings.push(finding(view, first, &source, next, &behind, sign));
}

/// Running text that ends without a mark, or with a comma.
fn may_be_cut(block: &Block) -> bool {
    let signature = &block.facts.structure.signature;
    matches!(signature.shape, Shape::Line | Shape::Dash | Shape::Bullet)
        && signature.bold != Bold::Whole
        && matches!(signature.end, EndMark::None | EndMark::Pause)
        && block.facts.han >= if signature.bold == Bold::Lead { FEWEST_HAN_BEHIND_LEAD } else { FEWEST_HAN }
}

/// Running text that opens nothing of its own, and ends as a paragraph does or is long.
fn may_go_on(block: &Block) -> bool {
    let signature = &block.facts.structure.signature;
    signature.shape == Shape::Line
        && signature.marker.is_none()
        && signature.bold == Bold::No
        && (signature.end == EndMark::Stop || block.facts.han >= FEWEST_HAN)
}

/// What shows that a sentence goes on in the next paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    /// The first ends with ， or 、.
    Comma,
    /// The first ends with a word that something must follow.
    Open,
    /// The next begins with a word or mark that no paragraph begins with.
    Continued,
    /// The first has whole sentences and ends without a mark, and the next is prose: cut, or a mark is missing.
    Unmarked,
}

fn sign(text: &str, rest: &str, next: &Block) -> Option<Sign> {
    let last = text.chars().next_back()?;
    // （下转第四版） and “……” end on their own terms; so do digits and Latin (a table's line, a telephone number).
    if matches!(last, '，' | '、' | ',') {
        return Some(Sign::Comma);
    }
    if continues(rest) && (is_han(last) || matches!(last, '”' | '》')) {
        return Some(Sign::Continued);
    }
    if !is_han(last) || is_credit(last_segment(text)) {
        return None;
    }
    if is_open(text) || is_bare_verb(text) {
        return Some(Sign::Open);
    }
    if text.contains(['。', '；']) && goes_on_midway(rest) {
        return Some(Sign::Continued);
    }
    let is_prose = text.contains(['。', '；']) && count_han(text) >= 2 * FEWEST_HAN as usize;
    let is_followed = next.facts.han >= FEWEST_HAN / 2 && next.facts.structure.signature.end == EndMark::Stop;
    let is_item = text.starts_with(['—', '-', '•', '●', '·', '■', '◆', '*', '+']);
    (is_prose && is_followed && !is_item).then_some(Sign::Unmarked)
}

/// What stands behind the last mark of a clause.
fn last_clause(text: &str) -> &str {
    let mark =
        |c: char| matches!(c, '，' | '。' | '；' | '：' | '、' | '！' | '？' | ',' | ';' | ':' | '!' | '?' | '…' | '—');
    text.rfind(mark).map_or(text, |at| text[at..].trim_start_matches(mark))
}

/// What stands behind the last whole sentence.
fn last_segment(text: &str) -> &str {
    let mark = |c: char| matches!(c, '。' | '！' | '？' | '…');
    text.rfind(mark).map_or(text, |at| text[at..].trim_start_matches(mark))
}

/// Who took the picture or wrote the page: 本报记者 韩卿立 摄.
fn is_credit(segment: &str) -> bool {
    const WORDS: [&str; 16] = [
        "记者",
        "通讯员",
        "摄",
        "供图",
        "编辑",
        "来源",
        "作者",
        "撰稿",
        "电话",
        "邮编",
        "转载",
        "责编",
        "校对",
        "联系人",
        "版权",
        "签发",
    ];
    count_han(segment) < 24 && WORDS.iter().any(|word| segment.contains(word))
}

/// Words that something must follow, and the words ending in them that nothing need follow.
const OPEN: [(&str, &[&str]); 24] = [
    ("的", &["目的", "有的", "似的", "别的"]),
    ("和", &["总和", "祥和", "温和", "缓和", "饱和", "谦和", "随和", "调和", "共和", "中和", "柔和", "平和", "亲和"]),
    ("与", &["参与", "给与", "赠与", "授与"]),
    ("及", &["普及", "提及", "顾及", "涉及", "波及", "触及", "危及", "遍及", "企及", "惠及"]),
    ("把", &["一把", "火把", "几把"]),
    ("将", &["大将", "干将", "名将", "闯将", "猛将", "强将", "健将"]),
    ("被", &["植被", "棉被"]),
    ("并", &["合并", "兼并", "归并", "吞并", "一并", "撤并"]),
    ("而", &[]),
    ("或", &[]),
    ("予以", &[]),
    ("加以", &[]),
    ("针对", &[]),
    ("对于", &[]),
    ("关于", &[]),
    ("由于", &[]),
    ("为了", &[]),
    ("成为", &[]),
    ("列为", &[]),
    ("评为", &[]),
    ("进一步", &[]),
    ("正在", &[]),
    ("一系列", &[]),
    ("一批", &["第一批"]),
];

fn is_open(text: &str) -> bool {
    let clause = last_clause(text);
    let ends =
        |(word, complete): &(&str, &[&str])| clause.ends_with(word) && !complete.iter().any(|c| clause.ends_with(c));
    // 这是有目共睹的 is a whole sentence whose mark is missing.
    let is_predicate = clause.ends_with('的') && clause.contains('是');
    // 把人民的需要作为: what stands behind 把 or 将 must become something.
    let disposal = ["作为", "转化为", "转变为", "打造成", "纳入"];
    let is_disposal = clause.contains(['把', '将', '以']) && disposal.iter().any(|word| clause.ends_with(word));
    OPEN.iter().any(ends) && !is_predicate || is_disposal
}

/// Verbs that take an object. One that is a clause of its own at a paragraph's end has lost it.
const VERBS: [&str; 44] = [
    "坚守", "坚持", "推进", "推动", "促进", "加强", "强化", "加快", "加大", "开展", "组织", "实施", "落实", "贯彻",
    "完善", "健全", "建立", "建设", "打造", "构建", "形成", "提升", "提高", "增强", "扩大", "深化", "优化", "保障",
    "维护", "聚焦", "围绕", "立足", "紧扣", "突出", "发挥", "参与", "支持", "鼓励", "引导", "培育", "发展", "统筹",
    "按照", "通过",
];

/// Of these, verbs that end no sentence behind an adverb either: `，加快形成`, but not `，扎实推进`.
const NEVER_LAST: [&str; 12] =
    ["坚守", "形成", "打造", "构建", "健全", "完善", "培育", "建立", "围绕", "聚焦", "立足", "紧扣"];

const ADVERBS: [&str; 7] = ["加快", "努力", "着力", "切实", "大力", "逐步", "不断"];

fn is_bare_verb(text: &str) -> bool {
    let clause = last_clause(text);
    let behind_adverb = ADVERBS.iter().find_map(|adverb| clause.strip_prefix(adverb));
    clause.len() < text.len()
        && (VERBS.contains(&clause) || behind_adverb.is_some_and(|verb| NEVER_LAST.contains(&verb)))
}

/// Words that no paragraph begins with, and the words beginning with them that one may begin with.
const CONTINUES: [(&str, &[&str]); 9] = [
    ("的", &["的确", "的士"]),
    (
        "和",
        &[
            "和谐", "和平", "和美", "和睦", "和衷", "和合", "和田", "和风", "和润", "和顺", "和政", "和县", "和静",
            "和硕", "和龙", "和林",
        ],
    ),
    ("与", &["与会", "与此", "与时", "与其", "与民", "与去年", "与上年", "与往年", "与过去", "与同期", "与之"]),
    ("及", &["及时", "及早", "及格"]),
    ("以及", &[]),
    ("并", &["并购", "并网", "并联", "并轨", "并行", "并肩", "并非", "并不", "并没"]),
    ("或者", &[]),
    ("等", &["等到", "等待", "等级", "等候", "等闲", "等额", "等等", "等效", "等量", "等离"]),
    ("之一", &[]),
];

fn continues(rest: &str) -> bool {
    let begins =
        |(word, complete): &(&str, &[&str])| rest.starts_with(word) && !complete.iter().any(|c| rest.starts_with(c));
    if rest.starts_with(['，', '。', '；', '、', '：', '！', '？', '”', '》', '）', ',', ';']) {
        return true;
    }
    // 与全国平均水平相比，: a comparison may open a paragraph.
    let clause: String = rest.chars().take_while(|c| !matches!(c, '，' | '。' | '；' | ',')).collect();
    let compares =
        ["相比", "一道", "一起", "不同", "相较", "同步", "比较", "一样"].iter().any(|word| clause.contains(word));
    CONTINUES.iter().any(begins) && !(rest.starts_with('与') && compares)
}

/// 史、资政、团结: the first mark is 、 behind one character, which is half of a word.
fn goes_on_midway(rest: &str) -> bool {
    const WHOLE: &str = "省市县区州乡镇村党政军民水电路气山林田湖草工农商学医教文体科人财物东西南北";
    let mut characters = rest.chars().filter(|c| !is_space(*c));
    let first = characters.next();
    first.is_some_and(|c| is_han(c) && !WHOLE.contains(c)) && characters.next() == Some('、')
}

fn finding(view: &View<'_>, first: Located<'_>, source: &str, next: Located<'_>, behind: &str, sign: Sign) -> Finding {
    let (content, head) = (&first.1.facts.structure.content, &next.1.facts.structure.content);
    // The last words, and the first ones of the next paragraph.
    let start =
        source[content.clone()].char_indices().rev().take(8).last().map_or(content.start, |(at, _)| content.start + at);
    let end = behind[head.clone()].char_indices().nth(8).map_or(head.end, |(at, _)| head.start + at);
    let (before, after) = (source[start..content.end].trim(), behind[head.start..end].trim());
    let (severity, zh, en) = match sign {
        Sign::Unmarked => (
            Severity::Hint,
            format!("本段到“{before}”为止，没有句末标点；请核对是在句中断开，还是漏了标点"),
            format!("The paragraph ends at “{before}” without a mark: it is cut short, or the mark is missing."),
        ),
        _ => (
            Severity::Warning,
            format!("段落像在句中断开：“{before}”与下一段“{after}”应是一句；请接上，或补全这一句"),
            format!(
                "A paragraph seems cut in mid-sentence: “{before}” goes on with “{after}”. Join them, or complete it."
            ),
        ),
    };
    let place = |block: &Block, source: &str, range| view.place(block, source, range);
    let gap =
        Place { start: Anchor::of(first.1.id, source, content.end), end: Anchor::of(next.1.id, behind, head.start) };
    // What stands between is only line breaks and layout, and what comes out ends as a paragraph does.
    let is_adjacent = next.0.ordinal == first.0.ordinal + 1;
    let is_whole = next.1.facts.structure.signature.end == EndMark::Stop;
    let join = (sign != Sign::Unmarked && is_adjacent && is_whole).then(|| Fix {
        title: Message::new("与下一段接成一段", "Join with the next paragraph"),
        applicability: Applicability::Unsafe,
        key: view.exclusive(first.1.id),
        edits: vec![Edit::Replace { place: gap, text: String::new() }],
    });
    Finding {
        rule: view.rule,
        severity,
        message: Message::new(zh, en),
        place: place(first.1, source, start..content.end),
        related: vec![Related {
            place: place(next.1, behind, head.start..end),
            message: Message::new("下一段从这里起", "the next paragraph begins here"),
        }],
        fixes: join.into_iter().collect(),
        identity: view.identity(first.1, before),
    }
}
