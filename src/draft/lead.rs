//! Lead-in sentences (段首句): short sentences that head the text behind them in the same paragraph, as far as the
//! paragraph's own words can tell. `强化理论武装，广泛开展学习。坚持和完善……` may be one; the outline decides by its siblings.

use crate::text::han::is_han;
use std::ops::Range;

/// What a paragraph's first sentence looks like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Opening {
    /// No lead-in: long, or opening like prose.
    #[default]
    None,
    /// 深化多党协商合作。
    Phrase,
    /// 当好“智囊团”，调研视察活动彰显新作为。
    Clauses,
    /// 思想决定行动，方向关乎全局。 — a lead-in among others of its kind, an epigraph (警句) alone.
    Balanced,
}

/// How well the heads of one paragraph go together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Fit {
    /// The first was closed with a comma: only a draft that writes so elsewhere says that it is one.
    Comma,
    #[default]
    Loose,
    /// They are as long as one another, give or take one Han.
    Even,
    /// The first heads the others: it has no text of its own.
    Nested,
}

/// The sentences of a paragraph that may be lead-ins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Leads {
    pub opening: Opening,
    /// How many heads stand in the paragraph, each over text of its own: at least 2, or 0.
    pub alike: u8,
    pub fit: Fit,
    /// The heads without their closing marks, in bytes of the text: the first sentence alone, or all that are alike.
    pub heads: Vec<Range<usize>>,
}

/// Longest lead-in, in Han. Those of the reports read so far have 4 to 24.
const LONGEST: usize = 26;

/// Longest of several in one paragraph, in Han: the longer, the more like prose.
const LONGEST_ALIKE: usize = 20;

/// They differ by at most so many Han: those of one paragraph are written to match.
const SPREAD: usize = 4;

/// The text under a head has at least so many Han.
const LEAST_BODY: usize = 30;

/// A first sentence that opens like this tells or addresses; it heads nothing.
const PROSE: [&str; 28] = [
    "今年",
    "去年",
    "过去",
    "刚刚",
    "近年",
    "当前",
    "目前",
    "同时",
    "此外",
    "一年来",
    "五年来",
    "三年来",
    "这一年",
    "这五年",
    "几年来",
    "多年来",
    "我们",
    "各位",
    "同志",
    "为此",
    "因此",
    "但",
    "其中",
    "截至",
    "总之",
    "回顾",
    "根据",
    "按照",
];

/// Words of a statement or a maxim: 人心是最大的政治; 打铁必须自身硬; 大道至简，实干为要.
const STATEMENT: [&str; 10] = ["是", "必须", "无须", "还需", "我们", "为要", "为大", "以下", "如下", "时期"];

struct Sentence {
    /// Without its closing mark.
    range: Range<usize>,
    han: usize,
    /// Han of the first clause, if there are several.
    first_clause: Option<(usize, usize)>,
    clauses: usize,
    is_plain: bool,
}

impl Sentence {
    fn next(text: &str, from: usize) -> Option<Sentence> {
        let start = from + text[from..].len() - text[from..].trim_start().len();
        if start == text.len() {
            return None;
        }
        let mut sentence =
            Sentence { range: start..text.len(), han: 0, first_clause: None, clauses: 1, is_plain: false };
        let mut marks_only = true;
        for (at, c) in text[start..].char_indices() {
            match c {
                '。' | '！' | '？' => {
                    sentence.range.end = start + at;
                    sentence.is_plain = c == '。' && marks_only;
                    return Some(sentence);
                }
                '，' | ',' => {
                    sentence.first_clause.get_or_insert((sentence.han, start + at));
                    sentence.clauses += 1;
                }
                '0'..='9' | '：' | ':' | '；' | ';' | '…' | '—' => marks_only = false,
                c => sentence.han += usize::from(is_han(c)),
            }
        }
        Some(sentence)
    }

    fn opening(&self, text: &str) -> Opening {
        let is_short = self.is_plain && (4..=LONGEST).contains(&self.han) && self.clauses <= 2;
        if !is_short || !can_head(&text[self.range.clone()]) {
            return Opening::None;
        }
        match self.first_clause {
            None => Opening::Phrase,
            Some((han, _)) if han * 2 == self.han => Opening::Balanced,
            Some(_) => Opening::Clauses,
        }
    }

    fn behind(&self, text: &str) -> usize {
        self.range.end + text[self.range.end..].chars().next().map_or(0, char::len_utf8)
    }
}

/// Whether `text` is one sentence that may head the paragraph below it, as text from the web has headings that once
/// opened their paragraph. What tells of results or announces a list closes or opens a passage instead.
pub fn is_headline(text: &str) -> bool {
    const TOLD: [&str; 8] = ["了", "工作。", "成效", "得到", "明显。", "情况。", "如次", "一定"];
    let first = Sentence::next(text, 0);
    first.is_some_and(|first| {
        let is_whole = text[first.behind(text)..].trim().is_empty();
        is_whole && first.opening(text) != Opening::None && !TOLD.iter().any(|word| text.contains(word))
    })
}

fn can_head(words: &str) -> bool {
    !PROSE.iter().any(|p| words.starts_with(p)) && !STATEMENT.iter().any(|s| words.contains(s))
}

impl Leads {
    /// Reads the paragraph `text`.
    pub fn of(text: &str) -> Leads {
        let Some(first) = Sentence::next(text, 0) else { return Leads::default() };
        let opening = first.opening(text);
        // A first clause may be a head that was closed with a comma, if its siblings say so.
        let clause = first.first_clause.filter(|(han, end)| {
            opening == Opening::None && (4..=12).contains(han) && can_head(&text[first.range.start..*end])
        });
        if opening == Opening::None && clause.is_none() {
            return Leads::default();
        }
        let mut group = Group::of(text, first.behind(text), opening, clause.is_some());
        let head = match clause {
            Some((_, end)) => first.range.start..end,
            None => first.range.clone(),
        };
        let own_han = clause.map_or(first.han, |(han, _)| han);
        let body = if clause.is_some() { first.han - own_han } else { 0 };
        if let Some(fit) = group.fit(own_han, body) {
            group.heads.insert(0, head);
            let alike = group.heads.len().min(usize::from(u8::MAX)) as u8;
            let fit = if clause.is_some() { Fit::Comma } else { fit };
            return Leads { opening, alike, fit, heads: group.heads };
        }
        if opening == Opening::None || group.han < LEAST_BODY {
            return Leads::default();
        }
        Leads { opening, alike: 0, fit: Fit::Loose, heads: vec![head] }
    }
}

/// The heads behind a paragraph's first sentence, and the text under each.
#[derive(Default)]
struct Group {
    heads: Vec<Range<usize>>,
    lengths: Vec<usize>,
    /// Han of the text under the first sentence, and under each head.
    bodies: Vec<usize>,
    /// Han behind the first sentence.
    han: usize,
}

impl Group {
    fn of(text: &str, mut from: usize, opening: Opening, any: bool) -> Group {
        let mut group = Group { bodies: vec![0], ..Group::default() };
        while let Some(sentence) = Sentence::next(text, from) {
            from = sentence.behind(text);
            group.han += sentence.han;
            let kind = sentence.opening(text);
            let has_clauses = |o: Opening| o != Opening::Phrase;
            let alike = kind != Opening::None && (any || has_clauses(kind) == has_clauses(opening));
            match alike && sentence.han <= LONGEST_ALIKE {
                true => {
                    group.heads.push(sentence.range);
                    group.lengths.push(sentence.han);
                    group.bodies.push(0);
                }
                false => *group.bodies.last_mut().unwrap_or(&mut group.han) += sentence.han,
            }
        }
        group
    }

    /// How the first sentence, or clause, of `han` Han with `body` Han behind it in its sentence, goes with the others;
    /// `None` if it does not.
    fn fit(&self, han: usize, body: usize) -> Option<Fit> {
        let (least, most) = (*self.lengths.iter().min()?, *self.lengths.iter().max()?);
        let (first, others) = self.bodies.split_first()?;
        let spread = most.max(han) - least.min(han);
        let is_nested = *first + body == 0 && self.lengths.len() >= 3;
        let fits = han <= LONGEST_ALIKE && spread <= SPREAD && others.iter().all(|body| *body >= LEAST_BODY);
        match (is_nested, spread) {
            _ if !fits || (*first + body < LEAST_BODY && !is_nested) => None,
            (true, _) => Some(Fit::Nested),
            (_, 0..=1) => Some(Fit::Even),
            _ => Some(Fit::Loose),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str = "坚持和完善以县政协党组中心组学习为引领、以主席会议为重点的理论学习制度机制，作用有效发挥。";

    fn heads(text: &str) -> Vec<&str> {
        Leads::of(text).heads.into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn several_heads_in_one_paragraph() {
        let text = format!("强化理论武装，广泛开展学习。{BODY}坚持党的领导，夯实党建基础。{BODY}{BODY}");
        assert_eq!(heads(&text), ["强化理论武装，广泛开展学习", "坚持党的领导，夯实党建基础"]);
        assert_eq!(Leads::of(&text).alike, 2);
        let comma = format!("全力助推脱贫攻坚，{BODY}积极投身疫情防控。{BODY}主动参与中心工作。{BODY}");
        assert_eq!(heads(&comma), ["全力助推脱贫攻坚", "积极投身疫情防控", "主动参与中心工作"]);
        let nested =
            format!("积极开展协商议政。发挥委员独特优势。{BODY}紧扣人居环境建言。{BODY}围绕产业创优座谈。{BODY}");
        assert!(Leads::of(&nested).fit == Fit::Nested && heads(&nested).len() == 4);
    }

    #[test]
    fn one_head_over_a_paragraph() {
        let text = format!("完善政协制度体系。{BODY}成立机构。");
        assert_eq!((heads(&text), Leads::of(&text).opening), (vec!["完善政协制度体系"], Opening::Phrase));
        assert_eq!(Leads::of(&format!("思想决定行动，方向关乎全局。{BODY}")).opening, Opening::Balanced);
        for prose in
            ["人心是最大的政治，共识是奋进的动力。", "打铁必须自身硬。", "一年来成效明显。", "围绕12个专题议政。"]
        {
            assert_eq!(Leads::of(&format!("{prose}{BODY}")), Leads::default(), "{prose}");
        }
        assert_eq!(Leads::of("完善政协制度体系。"), Leads::default());
    }
}
