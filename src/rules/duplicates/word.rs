use crate::analysis::Block;
use crate::findings::{Applicability, Finding, Message, Severity};
use crate::rules::views::words::Words;
use crate::rules::{Check, Rule, View};
use crate::text::Fold;
use crate::text::han::is_han;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// 叠词: a word that was typed twice (省政协政协, 进一步进一步, 的的).
pub static RULE: Rule = Rule {
    name: "duplicates/word",
    document: include_str!("word.md"),
    severity: Some(Severity::Warning),
    options: &[],
    check: Check::Block(check),
};

/// Longer stretches that stand twice are looked for up to this many characters.
const LONGEST: usize = 12;

/// From this length on a doubled stretch needs no table: in 22 reports (366,000 characters) none stands twice in a row.
/// Of two characters three do: once a mistake, once 构建共建共治, once the header of a table.
const SPEAKS_FOR_ITSELF: usize = 3;

fn check(view: &View<'_>, block: &Block, source: &str, findings: &mut Vec<Finding>) {
    if !block.facts.structure.is_text() || block.facts.han < 4 {
        return;
    }
    let content = &source[block.facts.structure.content.clone()];
    if !content.chars().zip(content.chars().skip(1)).any(|(a, b)| a == b) && !has_double(content) {
        return;
    }
    let words = Words::of(view, block, source, Fold::None);
    let text = Text(words.text().char_indices().collect());
    let mut at = 0;
    while at + 1 < text.0.len() {
        let longest = LONGEST.min((text.0.len() - at) / 2);
        let length = (1..=longest).rev().find(|&length| text.stands_twice(at, length) && text.is_slip(at, length));
        let Some(length) = length else {
            at += 1;
            continue;
        };
        findings.extend(finding(&words, &text, at, length));
        at += 2 * length;
    }
}

/// Whether any stretch of two characters or more may stand twice: the second begins as the first does.
fn has_double(content: &str) -> bool {
    let characters: Vec<char> = content.chars().filter(|c| is_han(*c)).collect();
    (2..=LONGEST).any(|length| characters.windows(length + 2).any(|w| w[0] == w[length] && w[1] == w[length + 1]))
}

/// The characters of a reading, with their offsets.
struct Text(Vec<(usize, char)>);

impl Text {
    fn at(&self, index: usize) -> Option<char> {
        self.0.get(index).map(|(_, c)| *c)
    }

    fn before(&self, index: usize) -> Option<char> {
        self.at(index.checked_sub(1)?)
    }

    fn stands_twice(&self, at: usize, length: usize) -> bool {
        (0..length).all(|n| self.0[at + n].1 == self.0[at + length + n].1 && is_han(self.0[at + n].1))
    }

    fn string(&self, from: usize, length: usize) -> String {
        self.0[from..(from + length).min(self.0.len())].iter().map(|(_, c)| *c).collect()
    }

    /// How many characters around the stretch at `at` go on repeating with its length as the period.
    fn repeats(&self, at: usize, length: usize) -> usize {
        let is_same = |n: &usize| self.0[*n].1 == self.0[*n + length].1;
        let left = (0..at).rev().take_while(is_same).count();
        let right = (at..self.0.len() - length).take_while(is_same).count();
        left + right + length
    }

    /// Whether the stretch at `at`, which stands twice, was typed twice by mistake.
    fn is_slip(&self, at: usize, length: usize) -> bool {
        // Three copies or more are meant, or a table's.
        if self.repeats(at, length) >= 3 * length {
            return false;
        }
        match length {
            1 => self.is_single_slip(at),
            2 => self.is_word_slip(at, length),
            n => {
                self.is_long_slip(at, n) || (TABLE.words.contains_key(&self.string(at, n)) && self.is_word_slip(at, n))
            }
        }
    }

    fn is_long_slip(&self, at: usize, length: usize) -> bool {
        debug_assert!(length >= SPEAKS_FOR_ITSELF);
        let word = self.string(at, length);
        // 一件一件, 一个又一个又, 七七八八: counted on purpose. 哈哈哈哈, 上上下下: a stretch that itself is doubled.
        let counts = word.starts_with(['一', '几', '两', '半']) || word.chars().all(crate::text::numeral::is_han_digit);
        let is_periodic = (1..=length / 2).any(|p| (p..length).all(|n| self.0[at + n].1 == self.0[at + n - p].1));
        !counts && !is_periodic
    }

    fn is_word_slip(&self, at: usize, length: usize) -> bool {
        let Some(class) = TABLE.words.get(&self.string(at, length)) else { return false };
        let behind = self.at(at + 2 * length);
        // 委员委员会 and 会议会议室 may be two words; 政协政协委员 is not: 委 is a suffix only where 员 does not follow.
        let two = self.string(at + 2 * length, 2);
        let is_suffixed = behind.is_some_and(|c| SUFFIXES.contains(c)) && !NOT_SUFFIXES.contains(&&*two);
        let is_head = || {
            let behind = self.string(at + 2 * length, LONGEST_HEAD);
            is_suffixed || TABLE.heads.iter().any(|head| behind.starts_with(head))
        };
        match class {
            Class::Plain => !behind.is_some_and(|c| VERB_SUFFIXES.contains(c)) || NOT_VERB_SUFFIXES.contains(&&*two),
            Class::Noun => !is_head(),
            Class::Action => !is_head() && self.is_behind_adverb(at),
        }
    }

    fn is_behind_adverb(&self, at: usize) -> bool {
        let before = self.string(at.saturating_sub(LONGEST_ADVERB), at.min(LONGEST_ADVERB));
        ADVERBS.iter().any(|adverb| before.ends_with(adverb))
    }

    fn is_single_slip(&self, at: usize) -> bool {
        let c = self.0[at].1;
        let (before, behind) = (self.before(at), self.at(at + 2));
        if matches!(c, '省' | '市' | '县' | '区' | '州') {
            return self.is_place_slip(at);
        }
        let Some((_, ends, begins)) = SINGLES.iter().find(|(single, ..)| *single == c) else { return false };
        let stands_in = |of: Option<char>, set: &str| of.is_some_and(|c| set.contains(c));
        // 一是是否, 二是是: what is numbered.
        let is_item = c == '是' && before.is_some_and(crate::text::numeral::is_han_digit);
        let is_name = before.is_none_or(|c| !is_han(c)) && behind.is_none_or(|c| !is_han(c));
        !stands_in(before, ends) && !stands_in(behind, begins) && !is_item && !is_name
    }

    /// 989名市市区政协委员: behind a count of people 市 is a place that has no name, and needs no second 市. 天津市市长,
    /// 全市市区, 县县通 are right.
    fn is_place_slip(&self, at: usize) -> bool {
        let is_count =
            |c: char| c.is_ascii_digit() || matches!(c, '余' | '多') || crate::text::numeral::is_han_digit(c);
        let counts_people = at >= 2 && matches!(self.0[at - 1].1, '名' | '位') && is_count(self.0[at - 2].1);
        // 3名市市场监管局干部: the second begins a word of its own.
        let two = self.string(at + 1, 2);
        let begins_word = matches!(&*two, "市场" | "市容" | "市政") && self.at(at + 3) != Some('协');
        counts_people && !begins_word
    }
}

enum Class {
    Plain,
    Noun,
    Action,
}

struct Table {
    words: FxHashMap<String, Class>,
    /// What makes a word in front of it the name of a thing.
    heads: Vec<&'static str>,
}

/// Characters of the longest of them.
const LONGEST_HEAD: usize = 3;

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let (mut words, mut heads) = (FxHashMap::default(), Vec::new());
    for line in include_str!("word.tsv").lines().filter(|line| !line.starts_with('#')) {
        let Some((class, list)) = line.split_once('\t') else { continue };
        for word in list.split(' ').filter(|word| !word.is_empty()) {
            let class = match class {
                "plain" => Class::Plain,
                "noun" => Class::Noun,
                "head" => {
                    heads.push(word);
                    continue;
                }
                _ => Class::Action,
            };
            words.insert(word.to_owned(), class);
        }
    }
    Table { words, heads }
});

/// Characters that make a word in front of them part of a longer one.
const SUFFIXES: &str = "链家款费库员者化性型群园部局厅院署司处科室站所会团队组界层线网圈带长率额值量品券卡证书法学论观史馆厅业感式域行版日周月节用区城村圈点厂社委办杯奖楼堂报刊云片书台号机车河江山";
/// Where such a character begins a word of its own.
const NOT_SUFFIXES: [&str; 22] = [
    "委员", "会议", "工作", "主席", "用好", "法治", "法律", "城市", "城乡", "行动", "办理", "办好", "办公", "界别",
    "长期", "书记", "书面", "社会", "区域", "点面", "部分", "部门",
];

/// Characters that make a verb in front of them the name of a thing (推进会, 强化班, 通过率, 增长极), and where they begin a word of
/// their own. 做好做好人 stays: without a dictionary 人 behind 做好 is as well the beginning of 人才工作.
const VERB_SUFFIXES: &str = "会者性型式班率极";
const NOT_VERB_SUFFIXES: [&str; 9] = ["会议", "班子", "班组", "班级", "率先", "率队", "极大", "极其", "极端"];

/// Behind these only a verb can stand.
const ADVERBS: [&str; 25] = [
    "进一步",
    "不断",
    "积极",
    "切实",
    "全面",
    "深入",
    "大力",
    "扎实",
    "认真",
    "持续",
    "着力",
    "努力",
    "主动",
    "广泛",
    "严格",
    "继续",
    "始终",
    "必须",
    "应当",
    "能够",
    "可以",
    "逐步",
    "稳步",
    "统筹",
    "更好地",
];
const LONGEST_ADVERB: usize = 3;

/// Characters that make no word with themselves: the character, what ends a word with it (目的), what begins one (的确).
const SINGLES: [(char, &str, &str); 22] = [
    ('的', "目标之打有端真众似", "确士哥卡款"),
    ('了', "不甚没大未罢", "解结不如然却望事断得无若此账债一愿心清"),
    (
        '是',
        "于但还总国可要若只凡算倒就不正也如硬老横即先共自非亦乃便原本皆都既或更尤惟唯若莫岂谁怕皂实校农归求",
        "非否",
    ),
    (
        '在',
        "实存现正所内潜自外旨重志贵意健尚常同永驻落坐立好",
        "于职校岗编册场建线位野逃乎地家外华押座案任读学研营售役籍轨用库途即意望此握内",
    ),
    ('和', "共温平总调缓饱谐柔中祥附随义人雍泰颐宽谦暖讲议求清", "平谐睦气解谈田美顺善煦和式蔼约服县林政龙静县合"),
    ('与', "参赋给授赐付予涉", "会时日其此众生人共"),
    ('也', "", "门许"),
    ('将', "即必终麻大名上中少武健干老闯强战猛主", "来军士近要"),
    ('被', "棉植覆", "子告动褥服单"),
    ('把', "一火拖手两几", "握关手脉控柄戏守"),
    ('从', "服自听遵跟随侍无顺盲", "而严此业事小来前未容紧众快速重优宽政教医军源中"),
    ('向', "方导志意走取倾面动偏趋去内外定投风转一流横纵双单", "上往前来阳好善心北南东西导背"),
    ('及', "以涉普波触顾危提埃累遍惠论", "时其早格第至"),
    ('并', "合兼吞归一", "且购联轨重不行存网列发肩举处非没"),
    ('或', "抑间", "者许是多缺"),
    ('而', "从因然进反继幸时忽既", "且言是后已今"),
    ('于', "单", "是今都"),
    ('们', "", ""),
    ('第', "及落门次书府宅", ""),
    ('由', "自理缘事来经因", "于此来头衷"),
    ('到', "", "位达场会来底期岗处访手任"),
    ('已', "不而自早", "经往"),
];

fn finding(words: &Words<'_>, text: &Text, at: usize, length: usize) -> Option<Finding> {
    let offset = |index: usize| text.0.get(index).map_or(words.text().len(), |(offset, _)| *offset);
    let (start, middle, end) = (offset(at), offset(at + length), offset(at + 2 * length));
    if !words.is_whole(start..end) || words.is_quoted(start) {
        return None;
    }
    let word = &words.text()[start..middle];
    let message = Message::new(
        format!("“{word}”重复：写成了“{word}{word}”；请删去一个"),
        format!("“{word}” stands twice in a row. Delete one."),
    );
    let title = Message::new(format!("删去一个“{word}”"), format!("Delete one “{word}”"));
    let fix = words.fix(title, Applicability::Unsafe, [(middle..end, String::new())]);
    Some(words.finding(Severity::Warning, start..end, message, vec![fix]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sound() {
        let lines: Vec<&str> = include_str!("word.tsv").lines().filter(|line| !line.starts_with('#')).collect();
        let mut seen = std::collections::HashSet::new();
        for line in lines {
            let (class, words) = line.split_once('\t').expect("a class and its words");
            assert!(matches!(class, "plain" | "noun" | "action" | "head"), "{class}");
            for word in words.split(' ') {
                assert!(word.chars().count() >= 2 && word.chars().all(is_han), "{word}");
                assert!(class != "head" || word.chars().count() <= LONGEST_HEAD, "{word}");
                // A noun may head a longer word, too: 平台, 机制.
                assert!(seen.insert((class == "head", word)), "{word} stands twice");
            }
        }
    }

    #[test]
    fn adverbs_fit_their_window() {
        assert!(ADVERBS.iter().all(|adverb| adverb.chars().count() <= LONGEST_ADVERB));
    }
}
