//! What of another report's identity stands in a paragraph that was taken over from it: its place, body and speaker, its
//! term of office, the year that it looked back on. Only where both drafts say who they are, and the words are the same in both.

use super::{Match, Text};
use crate::draft::identity::{Body, Branch, Identity, OFFICES, Term};
use crate::text::han::ends_sentence;
use crate::text::numeral::{NumeralForm, print};
use std::ops::Range;

/// What a leftover is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftoverKind {
    Place,
    Body,
    Speaker,
    Term,
    Year,
}

impl LeftoverKind {
    pub fn says(self) -> &'static str {
        match self {
            LeftoverKind::Place => "地方",
            LeftoverKind::Body => "机关",
            LeftoverKind::Speaker => "报告人",
            LeftoverKind::Term => "届次",
            LeftoverKind::Year => "年份",
        }
    }

    pub fn says_in_english(self) -> &'static str {
        match self {
            LeftoverKind::Place => "place",
            LeftoverKind::Body => "body",
            LeftoverKind::Speaker => "speaker",
            LeftoverKind::Term => "term",
            LeftoverKind::Year => "year",
        }
    }
}

/// Words of the other report in this one's paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leftover {
    pub kind: LeftoverKind,
    pub word: String,
    /// What this draft says of itself.
    pub right: String,
    /// Where the word stands, in characters of the paragraph; at least one.
    pub places: Vec<Range<usize>>,
    /// What may be put in its stead.
    pub put: Option<String>,
}

/// The leftovers of `one` in `text`, a paragraph of the draft that is `own`.
pub fn leftovers(own: &Identity, text: &Text, one: &Match) -> Vec<Leftover> {
    let paragraph = Paragraph { text, one };
    let other = &one.elsewhere.report.identity;
    let mut found = places(own, other, &paragraph);
    found.extend(body(own, other, &paragraph));
    found.extend(speaker(own, other, &paragraph));
    found.extend(term(own, other, &paragraph));
    found.extend(year(own, other, &paragraph));
    found
}

/// A paragraph and what of it is the other report's.
struct Paragraph<'a> {
    text: &'a Text,
    one: &'a Match,
}

impl Paragraph<'_> {
    fn characters(&self) -> &[char] {
        &self.text.characters
    }

    /// Where `words` stand as they do in the other report.
    fn kept(&self, words: &str) -> Vec<Range<usize>> {
        let words: Vec<char> = words.chars().collect();
        let own = self.one.own.clone();
        let ends = own.end.saturating_sub(words.len().saturating_sub(1));
        let starts = (own.start..ends).filter(|at| !words.is_empty() && self.characters()[*at..].starts_with(&words));
        let ranges = starts.map(|at| at..at + words.len());
        // A difference that only touches the words leaves them as they are.
        let changes = |range: &Range<usize>| {
            self.one.differences.iter().any(|d| match d.is_empty() {
                true => range.start < d.start && d.start < range.end,
                false => d.start < range.end && range.start < d.end,
            })
        };
        ranges.filter(|range| !changes(range)).collect()
    }

    fn contains(&self, words: &str) -> bool {
        let words: Vec<char> = words.chars().collect();
        self.characters().windows(words.len().max(1)).any(|window| window == words)
    }

    /// The sentence around a stretch.
    fn sentence(&self, range: &Range<usize>) -> String {
        let ends = |c: &char| ends_sentence(*c);
        let characters = self.characters();
        let start = characters[..range.start].iter().rposition(ends).map_or(0, |at| at + 1);
        let end = characters[range.end..].iter().position(ends).map_or(characters.len(), |at| range.end + at);
        characters[start..end].iter().collect()
    }

    fn before(&self, range: &Range<usize>, count: usize) -> String {
        self.characters()[range.start.saturating_sub(count)..range.start].iter().collect()
    }

    fn behind(&self, range: &Range<usize>, count: usize) -> String {
        self.characters()[range.end..].iter().take(count).collect()
    }
}

/// The rank of a place in the order of the state (《宪法》第三十条). Places of one rank exclude one another; a county's
/// report may well name its city, and a city's its counties.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rank {
    Province,
    City,
    County,
    Town,
}

/// The municipalities (直辖市): provinces by rank.
const MUNICIPALITIES: [&str; 4] = ["北京市", "天津市", "上海市", "重庆市"];

/// 自治区 by the names that they are called by.
const REGIONS: [&str; 5] = ["内蒙古", "广西", "西藏", "宁夏", "新疆"];

/// Names of places that are also words: alone they prove nothing.
const WORDS: &[&str] = &[
    "和平", "平安", "安定", "安宁", "太平", "永安", "长安", "平和", "团结", "新华", "解放", "红旗", "东方", "文化",
    "光明", "朝阳", "兴隆", "富民", "民乐", "民丰", "平定", "永和", "同心", "乐业", "泰和", "永康", "长乐", "吉安",
    "崇仁", "和顺", "新民", "新建", "开平", "新和", "平乐", "安康", "康乐", "永靖", "和政", "文明", "高台", "景泰",
    "正定", "安国", "保康", "兴国", "安民", "兴文", "通道", "长治", "大同", "开放", "高新", "中山", "南山", "西山",
    "东山", "江北", "江南", "河东", "河西", "城关", "市中", "中原", "新城", "老城", "向阳", "前进", "建设", "青年",
    "友谊", "新兴", "兴业", "大方", "公安", "和田", "永定", "普安", "镇安", "上思", "东区", "西区", "合作", "共和",
    "自贡", "攀登", "齐心", "大化", "三明", "安全", "集美", "思明", "湖里", "海沧", "振兴", "振安",
];

/// A place's rank, and its name without the unit, if that can stand for it.
fn ranked(place: &str) -> Option<(Rank, Option<&str>)> {
    if let Some(region) = REGIONS.iter().find(|region| place.starts_with(**region) && place.ends_with("自治区")) {
        return Some((Rank::Province, Some(region)));
    }
    let units = [
        ("自治州", Rank::City, false),
        ("自治县", Rank::County, false),
        ("自治旗", Rank::County, false),
        ("省", Rank::Province, true),
        ("州", Rank::City, false),
        ("盟", Rank::City, true),
        ("县", Rank::County, true),
        ("旗", Rank::County, false),
        ("镇", Rank::Town, false),
        ("乡", Rank::Town, false),
    ];
    let zones = ["新区", "园区", "开发区", "示范区"];
    if zones.iter().any(|zone| place.ends_with(zone)) {
        return None;
    }
    let (rank, stem, is_called) = match () {
        () if MUNICIPALITIES.contains(&place) => (Rank::Province, place.strip_suffix('市')?, true),
        () if place.ends_with('市') => (Rank::City, place.strip_suffix('市')?, true),
        () if place.ends_with('区') => (Rank::County, place.strip_suffix('区')?, true),
        () => units.iter().find_map(|(unit, rank, called)| Some((*rank, place.strip_suffix(unit)?, *called)))?,
    };
    let is_name = is_called && stem.chars().count() >= 2 && !WORDS.contains(&stem);
    Some((rank, is_name.then_some(stem)))
}

/// Words of neighbours and partners: a sentence with one of them may well name another place.
#[rustfmt::skip]
const NEIGHBOURS: [&str; 13] = [
    "上下游", "左右岸", "干支流", "毗邻", "相邻", "交界", "对口支援", "对口帮扶", "对口协作", "跨省", "跨市", "跨县", "跨区",
];

/// Words of what is done with others: only a clause that names the other place itself speaks of it. 协同省市政协开展调研, and
/// members who go out 学习考察, say nothing of the place that the sentence ends with.
const TOGETHER: [&str; 6] = ["联合", "协同", "联动", "携手", "学习考察", "考察学习"];

/// Words with such a word in them that are of one place.
const NOT_TOGETHER: [&str; 5] = ["联合会", "联合社", "联合执法", "上下联动", "部门联动"];

fn tells_of_neighbours(words: &str) -> bool {
    NEIGHBOURS.iter().any(|word| words.contains(word))
}

/// Whether a sentence tells of `place` as a partner.
fn has_for_partner(sentence: &str, place: &str) -> bool {
    let is_together = |clause: &str| {
        let clause = NOT_TOGETHER.iter().fold(clause.to_owned(), |clause, word| clause.replace(word, ""));
        clause.contains(place) && TOGETHER.iter().any(|word| clause.contains(word))
    };
    tells_of_neighbours(sentence) || sentence.split(',').any(is_together)
}

fn places(own: &Identity, other: &Identity, paragraph: &Paragraph<'_>) -> Vec<Leftover> {
    let (Some(own), Some(other)) = (&own.place, &other.place) else { return Vec::new() };
    let (own, other) = (own.value.as_str(), other.value.as_str());
    let (Some((rank, own_stem)), Some((other_rank, other_stem))) = (ranked(own), ranked(other)) else {
        return Vec::new();
    };
    let short = own_stem.unwrap_or(own);
    // What names both speaks of both: 京津冀, a partner county.
    if own == other || rank != other_rank || paragraph.contains(short) || other.contains(short) {
        return Vec::new();
    }
    let kept = |words: &str| -> Vec<Range<usize>> {
        let places = paragraph.kept(words).into_iter();
        places.filter(|range| !has_for_partner(&paragraph.sentence(range), words)).collect()
    };
    // Elsewhere in a paragraph on neighbours it may still be one of them: a writer must say what to put for it.
    let is_sure = !tells_of_neighbours(&paragraph.characters().iter().collect::<String>());
    let whole = kept(other);
    let mut found = Vec::new();
    if let Some(stem) = other_stem.filter(|stem| !own.contains(stem)) {
        let is_part = |range: &Range<usize>| whole.iter().any(|w| w.start <= range.start && range.end <= w.end);
        let alone: Vec<_> = kept(stem).into_iter().filter(|range| !is_part(range)).collect();
        found.push((stem, alone, short));
    }
    found.insert(0, (other, whole, own));
    let leftover = |(word, places, put): (&str, Vec<Range<usize>>, &str)| Leftover {
        kind: LeftoverKind::Place,
        word: word.to_owned(),
        right: own.to_owned(),
        places,
        put: is_sure.then(|| put.to_owned()),
    };
    found.into_iter().filter(|(_, places, _)| !places.is_empty()).map(leftover).collect()
}

/// What a body calls itself, its place aside: 财政局 of 临泽县财政局, 政协 of 政协临泽县委员会常务委员会. Party and government are named
/// in every report.
fn called(body: &Body, place: &str) -> Option<String> {
    let own = match body.branch {
        Branch::Other => body.name.split_once(place)?.1,
        Branch::Consultative => "政协",
        Branch::Congress => "人大常委会",
        Branch::Court => "法院",
        Branch::Procuratorate => "检察院",
        Branch::Party | Branch::Government | Branch::Supervisory => return None,
    };
    (own.chars().count() >= 2).then(|| own.to_owned())
}

/// The other report's body where it speaks of itself: as the subject that a sentence begins with, 县财政局坚持….
fn body(own: &Identity, other: &Identity, paragraph: &Paragraph<'_>) -> Option<Leftover> {
    let called = |identity: &Identity| called(&identity.body.as_ref()?.value, &identity.place.as_ref()?.value);
    let (right, word) = (called(own)?, called(other)?);
    // A congress speaks of those that it supervises.
    let supervises = own.body.as_ref().is_some_and(|body| body.value.branch == Branch::Congress);
    if word == right || supervises || paragraph.contains(&right) {
        return None;
    }
    let is_subject = |range: &Range<usize>| {
        let before = paragraph.before(range, 2);
        let opens = before.trim_end_matches(['省', '市', '县', '区', '州', '旗', '镇', '乡']);
        let behind = paragraph.behind(range, 1);
        (opens.is_empty() && before.chars().count() < 2 || opens.ends_with('。'))
            && !behind.starts_with(['的', '和', '与', '、', '及', '等', ',', '。'])
            && !has_for_partner(&paragraph.sentence(range), &word)
    };
    let places: Vec<_> = paragraph.kept(&word).into_iter().filter(is_subject).collect();
    let right = own.body.as_ref()?.value.name.clone();
    (!places.is_empty()).then_some(Leftover { kind: LeftoverKind::Body, word, right, places, put: None })
}

/// The name of the other report's speaker. Two characters may be a word (高原), and whoever spoke last year may hold another
/// office by now: what proves it is the office beside the name, and of one place the same that this draft's speaker holds.
fn speaker(own: &Identity, other: &Identity, paragraph: &Paragraph<'_>) -> Option<Leftover> {
    let (own_speaker, speaker) = (&own.speaker.as_ref()?.value, &other.speaker.as_ref()?.value);
    if own_speaker.name == speaker.name || paragraph.contains(&own_speaker.name) {
        return None;
    }
    let places = own.place.as_ref().zip(other.place.as_ref()).map(|(own, other)| (&*own.value, &*other.value));
    let is_elsewhere = places.is_some_and(|(own, other)| own != other);
    // A county's report may well name who leads its city.
    let rank = |place| ranked(place).map(|(rank, _)| rank);
    if places.is_some_and(|(own, other)| rank(own) != rank(other)) {
        return None;
    }
    let is_held = |range: &Range<usize>, office: &str| {
        let length = office.chars().count();
        paragraph.before(range, length) == office || paragraph.behind(range, length) == office
    };
    let is_left = |range: &Range<usize>| match is_elsewhere {
        true => speaker.name.chars().count() > 2 || OFFICES.iter().any(|office| is_held(range, office)),
        false => own_speaker.office == speaker.office && is_held(range, &speaker.office),
    };
    let places: Vec<_> = paragraph.kept(&speaker.name).into_iter().filter(is_left).collect();
    let (word, right) = (speaker.name.clone(), own_speaker.name.clone());
    (!places.is_empty()).then_some(Leftover { kind: LeftoverKind::Speaker, word, right, places, put: None })
}

fn term(own: &Identity, other: &Identity, paragraph: &Paragraph<'_>) -> Option<Leftover> {
    let (own, other) = (own.term.as_ref()?.value, other.term.as_ref()?.value);
    let (meeting, other_meeting) = (own.meeting?, other.meeting?);
    // A report speaks of the meeting before its own: 十届三次会议以来.
    let follows = own.session == other.session && meeting == other_meeting + 1
        || own.session == other.session + 1 && meeting == 1;
    if own == other || follows {
        return None;
    }
    let written = |term: Term, meeting| {
        let [session, meeting] = [term.session, meeting].map(|number| print(number, NumeralForm::Han));
        let (session, meeting) = session.zip(meeting)?;
        Some([format!("{session}届{meeting}次"), format!("第{session}届委员会第{meeting}次")])
    };
    let (words, rights) = (written(other, other_meeting)?, written(own, meeting)?);
    // The party counts its committees in the same words.
    let is_party = |range: &Range<usize>| {
        paragraph.before(range, 3).contains(['委', '党', '央', '共']) || paragraph.behind(range, 2).starts_with("全")
    };
    words.into_iter().zip(rights).find_map(|(word, right)| {
        let places: Vec<_> = paragraph.kept(&word).into_iter().filter(|range| !is_party(range)).collect();
        (!places.is_empty()).then_some(Leftover { kind: LeftoverKind::Term, word, right, places, put: None })
    })
}

fn year(own: &Identity, other: &Identity, paragraph: &Paragraph<'_>) -> Option<Leftover> {
    let years = |identity: &Identity| {
        let named = identity.year.as_ref().map(|year| year.value);
        let covered = identity.period.as_ref().and_then(|period| period.value.years());
        let mut years: Vec<u32> = covered.into_iter().flatten().collect();
        years.extend(named.into_iter().chain(identity.past()));
        (named.is_some(), years)
    };
    let ((own_named, own_years), (other_named, other_years)) = (years(own), years(other));
    if !own_named || !other_named || own_years.iter().any(|year| paragraph.contains(&format!("{year}年"))) {
        return None;
    }
    let right = format!("{}年", own_years.iter().max()?);
    let is_of_one_place = own.place.as_ref().zip(other.place.as_ref()).is_some_and(|(a, b)| a.value == b.value);
    let may_tell_again = is_of_one_place && other_years.iter().max() < own_years.iter().max();
    other_years.into_iter().filter(|year| !own_years.contains(year)).find_map(|year| {
        let word = format!("{year}年");
        let is_left = |range: &Range<usize>| {
            is_spoken_from(paragraph, range) && !(may_tell_again && dates_an_event(paragraph, range))
        };
        let places: Vec<_> = paragraph.kept(&word).into_iter().filter(is_left).collect();
        let right = right.clone();
        (!places.is_empty()).then_some(Leftover { kind: LeftoverKind::Year, word, right, places, put: None })
    })
}

/// Whether a report speaks from the year at `range`, and does not only mention it: 2024年,全县… or 2024年以来,… at the beginning of
/// a sentence, 刚刚过去的2024年, 2024年是…之年.
fn is_spoken_from(paragraph: &Paragraph<'_>, range: &Range<usize>) -> bool {
    let (before, behind) = (paragraph.before(range, 3), paragraph.behind(range, 24));
    let opens = before.is_empty() || before.ends_with('。');
    let clause = behind.split([',', '。', ';']).next().unwrap_or_default();
    opens && [",", "以来,", "全年,", "度,"].iter().any(|rest| behind.starts_with(rest))
        || ["过去的", "回顾", "展望"].iter().any(|word| before.ends_with(word))
        || opens && clause.starts_with('是') && clause.ends_with("之年")
}

/// Events that stay true in the reports of later years.
#[rustfmt::skip]
const EVENTS: [&str; 16] = [
    "入选", "获评", "荣获", "获得", "获批", "评为", "评选为", "确定为", "列为", "列入", "授予", "出台", "印发", "制定",
    "成立", "设立",
];

/// Whether the year at `range` dates an event that the same place's later reports may tell again: 2024年,云岭县入选….
fn dates_an_event(paragraph: &Paragraph<'_>, range: &Range<usize>) -> bool {
    /// Characters in which the clause behind the year ends.
    const CLAUSE: usize = 40;
    let behind = paragraph.behind(range, CLAUSE);
    let clause = behind.trim_start_matches(',').split([',', '。', ';']).next().unwrap_or_default();
    EVENTS.iter().any(|event| clause.contains(event))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_have_ranks_and_names() {
        assert_eq!(ranked("临泽县"), Some((Rank::County, Some("临泽"))));
        assert_eq!(ranked("代县"), Some((Rank::County, None)));
        assert_eq!(ranked("和平区"), Some((Rank::County, None)));
        assert_eq!(ranked("上海市"), Some((Rank::Province, Some("上海"))));
        assert_eq!(ranked("武威市"), Some((Rank::City, Some("武威"))));
        assert_eq!(ranked("广西壮族自治区"), Some((Rank::Province, Some("广西"))));
        assert_eq!(ranked("浦东新区"), None);
    }
}
