//! Statements (同一表述): what a clause says of a figure, apart from the figure. Two clauses that say the same, in whatever
//! order and with whatever particles, have one key: `共立案提案42件` and `提案立案了42件`.

use super::mention::{Class, Mention};
use rustc_hash::FxHasher;
use std::hash::{Hash, Hasher};
use std::ops::Range;

/// What a statement says, without its figure; equal for statements that say the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StatementKey(u64);

/// A figure's clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    pub key: StatementKey,
    /// Index of the mention.
    pub mention: usize,
    /// How many characters of its own the clause has: the more, the surer that equal clauses mean one thing.
    pub weight: usize,
    /// The clause, in bytes of the text.
    pub clause: Range<usize>,
}

/// Clauses with fewer characters of their own say too little to be compared: 共12次, 占3.5%.
pub const FEWEST: usize = 2;

/// Who reports, of what place, since when, and words of procedure: a summary has them, the section itself does not.
const FRAME: [&str; 33] = [
    "我们",
    "省政协",
    "市政协",
    "县政协",
    "区政协",
    "州政协",
    "旗政协",
    "人民政协",
    "全年",
    "今年",
    "去年",
    "本届",
    "任期内",
    "五年来",
    "一年来",
    "先后",
    "累计",
    "共计",
    "总计",
    "合计",
    "总共",
    "全部",
    "目前",
    "已经",
    "审查",
    "全省",
    "全市",
    "全县",
    "全区",
    "全州",
    "全旗",
    "完成",
    "实现",
];

/// Particles and words of degree: with or without them a clause says the same. 全年 and 累计 are scope, and compared as
/// such.
const PARTICLES: &str = "了的已共并把将也均等和及与在为约余近多有达到";

/// The statements of a text, in the order of their mentions.
pub fn statements(text: &str, mentions: &[Mention]) -> Vec<Statement> {
    let each = mentions.iter().enumerate().filter(|(_, mention)| {
        let compares = matches!(mention.class, Class::Figure | Class::Rate | Class::Money | Class::ListCount);
        compares && mention.number.is_some() && !mention.is_ratio()
    });
    each.filter_map(|(index, _)| statement(text, mentions, index)).collect()
}

fn statement(text: &str, mentions: &[Mention], index: usize) -> Option<Statement> {
    let mention = &mentions[index];
    let clause = clause(text, mentions, index);
    // Which figure of the clause it is counts too: 由39个增加到91个.
    let within = mentions.iter().enumerate().filter(|(_, other)| clause.contains(&other.range.start));
    let figures: Vec<usize> = within.filter(|(_, other)| other.class.is_figure()).map(|(n, _)| n).collect();
    let place = figures.iter().position(|&n| n == index)?;
    let words = characters(text, mentions, clause.clone());
    let weight = words.len();
    let mut hasher = FxHasher::default();
    (words, place, figures.len(), unit(mention)).hash(&mut hasher);
    (weight >= FEWEST).then(|| Statement { key: StatementKey(hasher.finish()), mention: index, weight, clause })
}

/// The clause or item of a list that mention `index` stands in, with the items beside it that are figures only:
/// 分别下降15.1%、17%.
fn clause(text: &str, mentions: &[Mention], index: usize) -> Range<usize> {
    let ends = |c: char| matches!(c, '，' | ',' | '；' | ';' | '：' | ':' | '、' | '（' | '）' | '(' | ')' | '—' | '…');
    let Range { start, end } = mentions[index].sentence.clone();
    let from = |at: usize| text[start..at.max(start)].rfind(ends).map_or(start, |mark| start + mark);
    let to = |at: usize| text[at..end.max(at)].find(ends).map_or(end.max(at), |mark| at + mark);
    let (mut first, mut last) = (index, index);
    // A figure right behind 、 belongs to what stands before; so does the next one if it stands so.
    let follows = |n: usize| {
        n > 0 && &text[mentions[n - 1].range.end..mentions[n].range.start.max(mentions[n - 1].range.end)] == "、"
    };
    while follows(first) {
        first -= 1;
    }
    while last + 1 < mentions.len() && follows(last + 1) {
        last += 1;
    }
    from(mentions[first].range.start)..to(mentions[last].range.end)
}

/// The characters of `range` that make its statement, sorted: letters, and the digits of names (PM2.5, 第一组), but no particles.
pub fn characters(text: &str, mentions: &[Mention], range: Range<usize>) -> Vec<char> {
    let mut own: Vec<char> = Vec::with_capacity(range.len() / 3);
    let mut at = range.start;
    let first = mentions.partition_point(|mention| mention.range.end <= range.start);
    let within = mentions[first..].iter().take_while(|mention| mention.range.start < range.end);
    for mention in within.filter(|mention| is_masked(mention)) {
        push_own(&mut own, &text[at..mention.range.start.max(at)]);
        at = mention.range.end;
    }
    push_own(&mut own, &text[at..range.end.max(at)]);
    own.sort_unstable();
    own
}

fn push_own(own: &mut Vec<char>, words: &str) {
    let mut rest = words;
    while let Some(c) = rest.chars().next() {
        let frame = FRAME.iter().find(|word| rest.starts_with(**word));
        if frame.is_none() && c.is_alphanumeric() && !PARTICLES.contains(c) {
            own.push(c);
        }
        rest = &rest[frame.map_or(c.len_utf8(), |word| word.len())..];
    }
}

/// What no statement is about: numbers of any kind but those of names.
fn is_masked(mention: &Mention) -> bool {
    !matches!(
        mention.class,
        Class::Slogan
            | Class::Title
            | Class::Idiom
            | Class::Nonfigure
            | Class::Mechanism
            | Class::Ordinal
            | Class::Term
    )
}

/// The unit that its value is in.
fn unit(mention: &Mention) -> &'static str {
    match &mention.measure {
        Some(measure) => measure.unit.base.map_or(measure.unit.name, |(base, _)| base),
        None if mention.denominator.is_some() => "%",
        None => "",
    }
}

#[cfg(test)]
mod tests {
    use super::super::mentions;
    use super::*;

    fn keys(text: &str) -> Vec<StatementKey> {
        statements(text, &mentions(text)).into_iter().map(|statement| statement.key).collect()
    }

    #[test]
    fn a_statement_is_known_again() {
        assert_eq!(keys("共立案提案42件，"), keys("提案立案了43件。"));
        assert_eq!(keys("推动16个具体问题得到解决"), keys("推动了18个具体问题得到解决……"));
        assert_eq!(keys("投入资金1.2亿元。"), keys("投入资金1200万元。"));
    }

    #[test]
    fn another_statement_has_another_key() {
        assert_ne!(keys("提出意见建议170余条"), keys("采纳意见建议170余条"));
        assert_ne!(keys("投入资金120万元"), keys("投入资金120万美元"));
        assert_ne!(keys("第一组委员提出建议23条"), keys("第二组委员提出建议31条"));
        assert_ne!(keys("PM2.5平均浓度为31微克"), keys("PM10平均浓度为56微克"));
        let moved = keys("事项从39个拓展到91个");
        assert!(moved.len() == 2 && moved[0] != moved[1]);
        assert_eq!(keys("共12次，达到3.5%，占2%"), []);
        assert_eq!(keys("五年来，全年共立案提案42件"), keys("我们审查立案提案42件"));
    }
}
