//! Scope (范围): within what a number counts. Said in the same clause or sentence, or not at all.

use std::ops::Range;

/// What bounds a number. Ranges are bytes of the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// The last time named before it in the passage: 五年来, 2021年, 全年.
    pub period: Option<Range<usize>>,
    /// The body in its clause: 全国政协, 省政协.
    pub body: Option<Range<usize>>,
    /// What kind of share it is, each once, in the order of `MARKS`.
    pub marks: Vec<&'static str>,
}

/// Words that say how a number stands to others.
pub const MARKS: [&str; 15] = [
    "其中",
    "分别",
    "累计",
    "共计",
    "合计",
    "总计",
    "年均",
    "人均",
    "平均",
    "同比",
    "环比",
    "比上年",
    "较上年",
    "每",
    "各",
];

/// Times without a numeral.
pub const TIMES: [&str; 18] = [
    "截至目前",
    "去年以来",
    "今年以来",
    "年初以来",
    "全年",
    "今年",
    "去年",
    "明年",
    "近年来",
    "近几年",
    "本届",
    "上届",
    "任期内",
    "年内",
    "上年",
    "本年",
    "疫情期间",
    "会议期间",
];

const BODIES: [&str; 24] = [
    "全国政协",
    "自治区政协",
    "省政协",
    "市政协",
    "县政协",
    "区政协",
    "州政协",
    "旗政协",
    "全国人大",
    "省人大",
    "市人大",
    "县人大",
    "区人大",
    "国务院",
    "省委",
    "市委",
    "县委",
    "区委",
    "省政府",
    "市政府",
    "县政府",
    "区政府",
    "全国",
    "自治区党委",
];

impl Scope {
    /// The scope that `clause` (a range of `text` around a number) states; the period is the caller's to know.
    pub fn of(text: &str, clause: Range<usize>, before: usize, period: Option<Range<usize>>) -> Scope {
        let words = &text[clause.clone()];
        let head = &text[clause.start..before.max(clause.start)];
        let body = BODIES
            .iter()
            .filter_map(|body| words.find(body).map(|at| clause.start + at..clause.start + at + body.len()))
            .min_by_key(|range| (range.start, std::cmp::Reverse(range.len())));
        let marks = MARKS.iter().copied().filter(|mark| head.contains(mark)).collect();
        Scope { period, body, marks }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clause_names_body_and_share() {
        let text = "其中7条被全国政协采用";
        let scope = Scope::of(text, 0..text.len(), 6, None);
        assert_eq!(scope.body.map(|range| &text[range]), Some("全国政协"));
        assert_eq!(scope.marks, ["其中"]);
    }
}
