//! The body that issues a draft, and its place: from the title down to the sign-off.

use super::front::{Parts, Rank, Words};
use super::name::{self, Body, Named, Place};
use super::{Class, DocumentKind, Said, pattern, time};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// A body that a line names, perhaps only as 县政协.
pub struct Claim {
    pub named: Named,
    line: usize,
    range: Range<usize>,
    /// The last unit of its place: 凉州区 for 武威市凉州区.
    pub place: Option<Said<String>>,
}

impl Claim {
    /// The claim of `named`, found at `start` of `words`.
    fn of(words: &Words, start: usize, named: Named) -> Claim {
        let place = match &named.place {
            Place::Of(_, last) => {
                let last = start + last.start..start + last.end;
                Some(words.said(words.text()[last.clone()].to_owned(), last))
            }
            _ => None,
        };
        let Said { line, range, .. } = words.said((), start..start + named.end);
        Claim { named, line, range, place }
    }

    pub fn body(&self) -> Option<Said<Body>> {
        Some(Said { value: self.named.body()?, line: self.line, range: self.range.clone() })
    }
}

static MEETING: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^\p{Han}{0,8}?第?[一二三四五六七八九十0-9]+次(?:全体)?会议"));

/// The body in whose session the draft was given: 2022年1月5日在临泽县第十九届人民代表大会第一次会议上.
pub fn session(parts: &Parts) -> Option<Claim> {
    parts.front.iter().find_map(|words| {
        let text = words.text();
        let dated = time::date(text).filter(|(_, range)| range.start == 0);
        let behind = time::behind_until(&text[dated.map_or(0, |(_, range)| range.end)..]);
        let behind = behind.strip_prefix('在').unwrap_or(behind);
        let named = name::body(behind).filter(|named| MEETING.is_match(&behind[named.end..]))?;
        Some(Claim::of(words, text.len() - behind.len(), named))
    })
}

/// What may follow the body that a title opens with: what it did, when, on what.
static AFTER: LazyLock<Regex> = LazyLock::new(|| {
    let words = "关于|工作|政府工作报告|履职|提案|社情民意|印发|转发|批转|公告|通告|公报|令|第|本届|年度|述职|党组|调研组|视察组|课题组";
    pattern(&format!("^(?:$|[(0-9]|[一二三四五]年|二[〇○◯零]|{words})"))
});

/// The year before a body: 2026年上海市政府工作报告.
static YEAR: LazyLock<Regex> =
    LazyLock::new(|| pattern("^(?:[0-9]{4}|[一二][九零〇○◯][零〇○◯一二三四五六七八九]{2})年度?"));

/// The body that a title, or a line of its own, opens with; `parts` has the line below.
fn titled(words: &Words, parts: &Parts) -> Option<Claim> {
    let start = YEAR.find(words.text()).map_or(0, |year| year.end());
    let text = &words.text()[start..];
    let follows = |named: &Named| AFTER.is_match(&text[named.end..]);
    let first = name::body(text);
    let named = match first {
        Some(first) if first.end == text.len() && goes_on(words, parts) => Some(first.standing()),
        Some(first) if follows(&first) => Some(first),
        Some(first) => name::body(&text[first.end..]).and_then(|second| name::joint(first, second)).filter(follows),
        None => None,
    };
    Some(Claim::of(words, start, named.or_else(|| name::issuer(text))?))
}

/// A title broken before 常务委员会工作报告.
fn goes_on(words: &Words, parts: &Parts) -> bool {
    let below = parts.front.iter().find(|other| other.line() == words.line() + 1);
    below.is_some_and(|below| ["常务委员会", "常委会"].iter().any(|s| below.text().starts_with(s)))
}

/// 现在，我代表上海市人民政府，向大会报告工作; 受县人民政府委托，….
static REPRESENTS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:各位\p{Han}{2}[,:!])?(?:现在,?|下面,?)?(?:我代表|我受|受)"));

fn represented(words: &Words) -> Option<Claim> {
    let start = REPRESENTS.find(words.text())?.end();
    name::body(&words.text()[start..]).map(|named| Claim::of(words, start, named))
}

/// 河北省人民政府省长 王正谱, 国务院总理…在政府工作报告中指出.
fn spoken(words: &Words) -> Option<Claim> {
    name::speaker(words.text()).map(|named| Claim::of(words, 0, named))
}

/// The bodies on lines of their own above a date (落款), in `close`: 国务院办公厅 / 2022年5月17日.
fn signed(close: &[Words]) -> impl Iterator<Item = Claim> {
    let pairs = close.windows(2).filter(|pair| pair[1].line() == pair[0].line() + 1);
    pairs.filter(|pair| time::date(pair[1].text()).is_some_and(|(_, range)| range.start == 0)).filter_map(|pair| {
        let (words, text) = (&pair[0], pair[0].text());
        let named = name::body(text).filter(|named| named.end == text.len()).or_else(|| name::department(text))?;
        Some(Claim::of(words, 0, named))
    })
}

/// The body that the draft is of; `session` and `kind` help with one that only calls itself 县人民政府.
pub fn body(parts: &Parts, session: Option<&Claim>, kind: Option<DocumentKind>) -> Option<Claim> {
    let is_report = kind.is_some_and(|kind| kind.class == Class::Session);
    let front = || parts.front.iter().filter(|words| words.rank != Rank::Note && !words.is_slogan);
    let claims = front()
        .filter_map(|words| titled(words, parts))
        .chain(parts.openings.iter().filter_map(represented))
        .chain(front().filter(|_| is_report).filter_map(spoken))
        .chain(signed(&parts.close))
        .chain(parts.openings.iter().filter(|_| is_report).filter_map(spoken));
    let mut relative = None;
    for mut claim in claims {
        match (&claim.named.place, session) {
            // 县人民政府 in a session of 临泽县 is that county's.
            (Place::Relative(_), Some(session)) => {
                if let (None, Some(named)) = (&relative, claim.named.of_place(&session.named.place)) {
                    claim.named = named;
                    claim.place.clone_from(&session.place);
                    relative = Some(claim);
                }
            }
            (Place::Relative(_), None) => {}
            _ => return Some(claim),
        }
    }
    relative
}

/// The place that a title opens with when no body does: 临泽县2021年…执行情况的报告, 2021年临泽县统计公报.
pub fn place(parts: &Parts) -> Option<Said<String>> {
    let mut titles = parts.front.iter().filter(|w| matches!(w.rank, Rank::Title | Rank::Subtitle) && !w.is_slogan);
    titles.find_map(|words| {
        let text = words.text();
        let year = YEAR.find(text).map_or(0, |year| year.end());
        let start = if text.starts_with("关于") { "关于".len() } else { year };
        let (end, last) = name::place(&text[start..])?;
        let is_subject = year > 0 || YEAR.is_match(&text[start + end..]);
        let last = start + last.start..start + last.end;
        is_subject.then(|| words.said(text[last.clone()].to_owned(), last))
    })
}
