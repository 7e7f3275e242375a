//! The tense (时态) of a section: whether it says what was done or what is to be done.
//!
//! A target read as a result is the worst mistake that a reader of figures can make, so cues that disagree give nothing.
//! Evidence, strongest first: the heading's own words and years; the first sentences below it; the section around it.

use super::{pattern, time};
use crate::text::{Fold, Reading};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tense {
    /// 回顾: what was done, and what was found wanting.
    Review,
    /// 安排: what is to be done.
    Plan,
}

impl Tense {
    pub fn name(self) -> &'static str {
        match self {
            Tense::Review => "review",
            Tense::Plan => "plan",
        }
    }
}

/// What a section's tense was told by. Ranges are bytes of the text given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Because {
    Heading(Range<usize>),
    /// Which of the openings, and where in it.
    Opening(usize, Range<usize>),
    Inherited,
}

/// The tense of the section under `heading`, whose text opens with `openings` (the first two or three blocks under it);
/// `inherited` is the tense of the section around it, or of the document's kind (`DocumentKind::tense`). `past` is the
/// last year that the draft looks back on (`Identity::past`): without it a year says nothing.
pub fn tense(
    heading: &str,
    openings: &[&str],
    inherited: Option<Tense>,
    past: Option<u32>,
) -> Option<(Tense, Because)> {
    let reading = Reading::of(heading, Fold::Width);
    let around = inherited.map(|tense| (tense, Because::Inherited));
    let own = |(tense, range): (Tense, Range<usize>)| (tense, Because::Heading(reading.source_range(range)));
    let (strong, weak) = of_heading(reading.text(), past);
    match (strong, agreed(&weak)) {
        (Cues::Say(tense, range), _) => return Some(own((tense, range))),
        (Cues::Disagree, _) => return None,
        // A weak word may belong to the matter (圆满完成目标任务): against the section around it, nothing is sure.
        (Cues::Silent, Cues::Say(tense, range)) => {
            return inherited.is_none_or(|i| i == tense).then(|| own((tense, range)));
        }
        (Cues::Silent, _) => {}
    }
    match of_openings(openings, past) {
        Some((tense, because)) => inherited.is_none_or(|i| i == tense).then_some((tense, because)),
        None => around,
    }
}

/// What cues say together.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Cues {
    Silent,
    Say(Tense, Range<usize>),
    Disagree,
}

type Cue = (Tense, Range<usize>);

fn agreed(cues: &[Cue]) -> Cues {
    match cues.first() {
        None => Cues::Silent,
        Some((tense, range)) if cues.iter().all(|(t, _)| t == tense) => Cues::Say(*tense, range.clone()),
        Some(_) => Cues::Disagree,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Says {
    /// Decides.
    Strong(Tense),
    /// Decides if nothing else does and nothing disagrees.
    Weak(Tense),
    /// Only keeps the shorter words in it from being read.
    Nothing,
}

const BACK: Says = Says::Strong(Tense::Review);
const AHEAD: Says = Says::Strong(Tense::Plan);
const MAYBE_BACK: Says = Says::Weak(Tense::Review);
const MAYBE_AHEAD: Says = Says::Weak(Tense::Plan);

/// Words of headings. A word within a longer one of the table is not read. Collected from the headings of the 22 reports
/// and from 《政府工作报告》 of 2018 to 2026; words that headings of both tenses hold (成效, 问题, 任务, 要求, 举措, 部署) stand here only
/// with what makes them plain.
const HEADING_CUES: [(&str, Says); 76] = [
    ("回顾", BACK),
    ("过去一年", BACK),
    ("过去五年", BACK),
    ("过去的一年", BACK),
    ("过去的五年", BACK),
    ("一年来", BACK),
    ("两年来", BACK),
    ("三年来", BACK),
    ("四年来", BACK),
    ("五年来", BACK),
    ("近年来", BACK),
    ("以来", BACK),
    ("综述", BACK),
    ("工作总结", BACK),
    ("成就", BACK),
    ("主要成效", BACK),
    ("工作成效", BACK),
    ("取得的成效", BACK),
    ("取得成效", BACK),
    ("取得明显成效", BACK),
    ("成效显著", BACK),
    ("取得的成绩", BACK),
    ("主要成绩", BACK),
    ("工作成绩", BACK),
    ("取得积极进展", BACK),
    ("存在问题", BACK),
    ("存在的问题", BACK),
    ("存在的主要问题", BACK),
    ("存在的突出问题", BACK),
    ("存在的困难", BACK),
    ("存在的不足", BACK),
    ("存在不足", BACK),
    ("突出问题", BACK),
    ("问题和不足", BACK),
    ("问题与不足", BACK),
    ("困难和问题", BACK),
    ("问题和困难", BACK),
    ("突出短板", BACK),
    ("工作亮点", BACK),
    ("主要工作", MAYBE_BACK),
    ("主要做法", MAYBE_BACK),
    ("做法和成效", BACK),
    ("主要体会", MAYBE_BACK),
    ("工作体会", MAYBE_BACK),
    ("基本经验", MAYBE_BACK),
    ("主要经验", MAYBE_BACK),
    ("现状", BACK),
    ("今后", AHEAD),
    ("下一步", AHEAD),
    ("下步", AHEAD),
    ("打算", AHEAD),
    ("展望", AHEAD),
    ("明年", AHEAD),
    ("新的一年", AHEAD),
    ("总体要求", AHEAD),
    ("主要任务", AHEAD),
    ("重点任务", AHEAD),
    ("重大任务", AHEAD),
    ("目标任务", MAYBE_AHEAD),
    ("主要目标", AHEAD),
    ("预期目标", AHEAD),
    ("发展目标", AHEAD),
    ("总体目标", AHEAD),
    ("工作安排", AHEAD),
    ("年安排", AHEAD),
    ("工作要点", AHEAD),
    ("工作思路", AHEAD),
    ("总体思路", AHEAD),
    ("指导思想", AHEAD),
    ("努力方向", AHEAD),
    ("对策建议", AHEAD),
    ("工作的建议", AHEAD),
    ("几点建议", AHEAD),
    ("意见建议", MAYBE_AHEAD),
    ("重点工作", MAYBE_AHEAD),
    ("未来科技", Says::Nothing),
];

/// The strong cues of a heading, years among them, and the weak ones.
fn of_heading(text: &str, past: Option<u32>) -> (Cues, Vec<Cue>) {
    let found: Vec<(Range<usize>, Says)> = HEADING_CUES
        .iter()
        .flat_map(|(word, says)| text.match_indices(word).map(|(at, w)| (at..at + w.len(), *says)))
        .collect();
    let is_inner = |range: &Range<usize>| {
        found.iter().any(|(other, _)| other.start <= range.start && range.end <= other.end && other.len() > range.len())
    };
    let reports = reports(text);
    let (mut strong, mut weak) = (Vec::new(), Vec::new());
    for (range, says) in found.iter().filter(|(range, _)| !is_inner(range)) {
        let is_reported = reports.iter().any(|r| r.start <= range.start && range.end <= r.end);
        match says {
            // 重点任务完成情况 looks back on a plan.
            Says::Strong(Tense::Plan) | Says::Weak(Tense::Plan) if is_reported => {}
            Says::Strong(tense) => strong.push((*tense, range.clone())),
            Says::Weak(tense) => weak.push((*tense, range.clone())),
            Says::Nothing => {}
        }
    }
    strong.extend(reports.into_iter().map(|range| (Tense::Review, range)));
    strong.extend(of_years(text, past));
    // 2026年主要工作 is done or to be done, by the year.
    if past.is_none() && !time::years(text).is_empty() {
        weak.clear();
    }
    (agreed(&strong), weak)
}

/// The parts of a heading that end in 情况: they tell how something went, whatever it is.
fn reports(text: &str) -> Vec<Range<usize>> {
    let mut from = 0;
    let mut found = Vec::new();
    let parts = text.match_indices(['和', '及', '与', '暨', '、', ',']).map(|(at, mark)| (at, at + mark.len()));
    for (end, next) in parts.chain([(text.len(), text.len())]) {
        if text[from..end].ends_with("情况") {
            found.push(from..end);
        }
        from = next;
    }
    found
}

/// Years and five-year plans of a heading that lie wholly before or wholly behind the end of `past`.
fn of_years(text: &str, past: Option<u32>) -> Vec<Cue> {
    let Some(past) = past else { return Vec::new() };
    let years = time::years(text).into_iter().map(|(year, range)| (year, year, range));
    let plans = time::plans(text).into_iter().chain(time::span(text));
    let periods = plans.filter_map(|(period, range)| period.years().map(|y| (*y.start(), *y.end(), range)));
    years
        .chain(periods)
        .filter_map(|(from, to, range)| match () {
            () if to <= past => Some((Tense::Review, range)),
            () if from > past => Some((Tense::Plan, range)),
            () => None,
        })
        .collect()
}

/// How much of each opening is read, in characters: three sentences of the reports read so far.
const OPENING: usize = 200;

/// Openings that look back: a stretch of time up to now, or 了 behind a verb of achievement.
static BEHIND: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "(?:一|两|二|三|四|五|近)年来|(?:刚刚)?过去的?(?:一年|五年|[12][09][0-9]{2}年)|这五年[,来是]|以来,|年以来\
         |(?:取得|完成|实现|开展|组织|举办|召开|建立|形成|解决|作出|做出|付出|发挥|提供|赢得|促进|迈出|走过|交出|做|提出)了",
    )
});

/// Openings that look ahead: will and must at the head of a clause, and times to come.
static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "我们要|(?:我们|必|也)将|将(?:继续|坚持|进一步|全面|认真|着力|深入|牢牢|以)|(?:^|[。;:!])(?:[一二三四五六七八九十]|我们|必须|就|还)?(要)[^求素闻点]\
         |今年(?:要|将|我们|,我们)|力争|下一步|今后(?:五年|一个时期|工作)?,|明年|新的一年|未来五年|预期目标[是为:]|总体要求是",
    )
});

static TARGET_YEAR: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:^|[,。;:])到((?:19|20)[0-9]{2})年"));
/// A year that the opening is about: `2025年是…`, `2026年,县政协将…`.
static SUBJECT_YEAR: LazyLock<Regex> = LazyLock::new(|| pattern("(?:^|[。;])((?:19|20)[0-9]{2})年[,是]"));

/// The tense that the openings agree on.
fn of_openings(openings: &[&str], past: Option<u32>) -> Option<(Tense, Because)> {
    let mut cues: Vec<(Tense, Because)> = Vec::new();
    for (index, opening) in openings.iter().enumerate() {
        let end = opening.char_indices().nth(OPENING).map_or(opening.len(), |(at, _)| at);
        let reading = Reading::of(&opening[..end], Fold::Width);
        let text = without_quotes(reading.text());
        let mut add = |tense, range: Range<usize>| {
            cues.push((tense, Because::Opening(index, reading.source_range(range))));
        };
        BEHIND.find_iter(&text).for_each(|m| add(Tense::Review, m.range()));
        for found in BEFORE.captures_iter(&text) {
            found.iter().flatten().last().into_iter().for_each(|m| add(Tense::Plan, m.range()));
        }
        let (targets, subjects) = (TARGET_YEAR.captures_iter(&text), SUBJECT_YEAR.captures_iter(&text));
        for (is_target, found) in targets.map(|f| (true, f)).chain(subjects.map(|f| (false, f))) {
            let (Some(whole), Ok(year)) = (found.get(1), found[1].parse::<u32>()) else { continue };
            match past {
                Some(past) if year > past => add(Tense::Plan, whole.range()),
                Some(_) if !is_target => add(Tense::Review, whole.range()),
                _ => {}
            }
        }
    }
    let (tense, because) = cues.first()?.clone();
    cues.iter().all(|(t, _)| *t == tense).then_some((tense, because))
}

/// `text` with longer quotations blanked, byte for byte: what somebody else said has its own tense.
fn without_quotes(text: &str) -> String {
    /// Characters; a shorter quotation is a name (“十四五”, “四个意识”).
    const NAME: usize = 8;
    let mut shown = String::with_capacity(text.len());
    for (index, part) in text.split('"').enumerate() {
        if index > 0 {
            shown.push('"');
        }
        match index % 2 == 1 && part.chars().count() > NAME {
            true => shown.extend(std::iter::repeat_n(' ', part.len())),
            false => shown.push_str(part),
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::Tense::{Plan, Review};
    use super::*;

    #[test]
    fn headings_tell_their_tense() {
        let cases = [
            ("一、2025年工作回顾", Some(Review)),
            ("“十四五”时期发展成就和2025年工作回顾", Some(Review)),
            ("二、“十五五”时期主要目标和2026年重点工作", Some(Plan)),
            ("一、2025年工作回顾和2026年安排", None),
            ("一、2025年工作", Some(Review)),
            ("三、2026年主要工作", Some(Plan)),
            ("二、重点任务完成情况", Some(Review)),
            ("关于2025年预算执行情况和2026年预算草案", None),
            ("三、今后工作的建议", Some(Plan)),
            ("（二）存在的主要问题", Some(Review)),
            ("四、下步打算", Some(Plan)),
            ("深化合作共事，凝聚人心共识", None),
            ("提升协商成效", None),
            ("五年来的工作和今后五年的目标", None),
        ];
        for (heading, expected) in cases {
            assert_eq!(tense(heading, &[], None, Some(2025)).map(|t| t.0), expected, "{heading}");
        }
        assert_eq!(tense("2026年主要工作", &[], None, None), None, "no year to go by");
    }

    #[test]
    fn openings_tell_it_where_the_heading_does_not() {
        let cases: [(&str, Option<Tense>, Option<Tense>); 9] = [
            ("五年来，县政协始终把坚持和发展放在首位。", None, Some(Review)),
            ("到2030年，高质量发展明显进位。", None, Some(Plan)),
            ("2026年，县政协将继续坚持。", None, Some(Plan)),
            ("要把学习摆在首位。", Some(Plan), Some(Plan)),
            ("五年来取得了成绩，今后，我们将再接再厉。", None, None),
            ("主动适应城市发展阶段变化。", Some(Plan), Some(Plan)),
            ("一年来，完成了任务。", Some(Plan), None),
            ("总书记强调，“我们将坚定不移走这条路，今后，还要继续”。", None, None),
            ("加快发展，实施行动。", None, None),
        ];
        for (opening, inherited, expected) in cases {
            assert_eq!(tense("深化改革", &[opening], inherited, Some(2025)).map(|t| t.0), expected, "{opening}");
        }
    }

    #[test]
    fn the_evidence_is_a_range_of_what_was_given() {
        let heading = "**三、今 后工作的建议**";
        let Some((Plan, Because::Heading(range))) = tense(heading, &[], None, None) else { panic!("{heading}") };
        assert_eq!(&heading[range], "今 后");
    }
}
