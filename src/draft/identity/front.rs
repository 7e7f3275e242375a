//! The lines that say who a draft is: the front (题头) with its titles, the paragraphs that open the text, the sign-off.

use super::Said;
use crate::draft::Role;
use crate::text::han::count_han;
use crate::text::{Fold, Reading};
use std::ops::Range;

/// A line of the draft as identity reads it: a block's role in the outline, and its content (`Structure::content`).
#[derive(Clone, Copy, Debug)]
pub struct Line<'t> {
    pub role: Role,
    pub text: &'t str,
}

/// What a line of the front can be evidence of, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    Title,
    Subtitle,
    /// In brackets under the title: （2018年1月2日）.
    Note,
    /// A line whose words must tell what it is: a document number, an issuing body, a speaker, the rest of a title.
    Plain,
}

/// A line with its folded reading, and where its words begin behind `#` and `——`.
pub struct Words {
    pub rank: Rank,
    line: usize,
    reading: Reading,
    lead: usize,
    /// Two or more phrases of like length between spaces: 和衷共济谋发展 团结奋进铸辉煌 is a slogan and names nobody.
    pub is_slogan: bool,
}

impl Words {
    fn of(line: usize, given: Line<'_>, rank: Rank) -> Words {
        let reading = Reading::of(given.text, Fold::Width);
        let text = reading.text();
        let lead = text.len() - text.trim_start_matches(['#', '—', '―', '─', '-', '(']).len();
        Words { rank, line, reading, lead, is_slogan: is_slogan(given.text) }
    }

    pub fn text(&self) -> &str {
        &self.reading.text()[self.lead..]
    }

    /// `value`, said by `range` of the words.
    pub fn said<T>(&self, value: T, range: Range<usize>) -> Said<T> {
        let range = self.reading.source_range(range.start + self.lead..range.end + self.lead);
        Said { value, line: self.line, range }
    }

    pub fn line(&self) -> usize {
        self.line
    }

    /// A whole sentence is a caption or prose, and no title.
    fn is_sentence(&self) -> bool {
        self.text().contains('。') || self.text().ends_with(['!', '?', ';', ',', ':'])
    }
}

/// The parts of a draft that say who it is.
pub struct Parts {
    /// Best evidence first; lines of one rank as they stand.
    pub front: Vec<Words>,
    /// The first paragraphs.
    pub openings: Vec<Words>,
    /// Short lines below the front that may be headings, found or not.
    pub headings: Vec<Words>,
    /// Short lines that may be a sign-off (落款), those at the end first.
    pub close: Vec<Words>,
}

/// Identity looks at this many lines from the start of a draft, and at `TAIL` from its end. The fronts of the reports read
/// so far end by line 12; the first heading of the last one stands on line 9, behind captions.
pub const HEAD: usize = 40;
pub const TAIL: usize = 12;

/// Prose has at least this many Han: the shortest opening read so far (我代表县人民政府向大会报告工作，请予审议) has 20.
const PROSE: usize = 15;
/// Paragraphs read as openings.
const OPENINGS: usize = 4;
/// Han of a heading or of a sign-off, at most.
const SHORT: usize = 45;

impl Parts {
    pub fn of(lines: &[Line<'_>]) -> Parts {
        let mut parts = Parts { front: Vec::new(), openings: Vec::new(), headings: Vec::new(), close: Vec::new() };
        let mut in_front = true;
        for (index, &line) in lines.iter().enumerate().take(HEAD).filter(|(_, l)| is_told_by_the_draft(l)) {
            in_front = in_front && !ends_front(line, parts.front.is_empty());
            let words = Words::of(index, line, rank(line.role, parts.front.is_empty()));
            match in_front {
                true if !words.is_sentence() => parts.front.push(words),
                true => {}
                false => parts.add(words, line),
            }
        }
        parts.front.sort_by_key(|words| words.rank);
        let tail = lines.len().saturating_sub(TAIL);
        let short = |(_, l): &(usize, &Line<'_>)| is_told_by_the_draft(l) && (1..SHORT).contains(&count_han(l.text));
        let close = |(index, line): (usize, &Line<'_>)| Words::of(index, *line, Rank::Plain);
        parts.close = lines.iter().enumerate().skip(tail).filter(short).map(close).collect();
        parts.close.extend(lines.iter().enumerate().take(HEAD.min(tail)).filter(short).map(close));
        parts
    }

    fn add(&mut self, words: Words, line: Line<'_>) {
        let han = count_han(line.text);
        let is_prose = matches!(line.role, Role::Body | Role::LeadIn) && words.is_sentence();
        if is_prose && han >= PROSE && self.openings.len() < OPENINGS {
            self.openings.push(words);
        } else if !words.is_sentence() && (2..SHORT).contains(&han) {
            self.headings.push(words);
        }
    }
}

fn rank(role: Role, is_first: bool) -> Rank {
    match role {
        Role::Title | Role::TitleRest => Rank::Title,
        // In a draft of many `#` the first is the title all the same.
        Role::Heading if is_first => Rank::Title,
        Role::Subtitle => Rank::Subtitle,
        Role::Note => Rank::Note,
        _ => Rank::Plain,
    }
}

/// The front ends with the first address, heading or paragraph.
fn ends_front(line: Line<'_>, is_first: bool) -> bool {
    match line.role {
        Role::Salutation | Role::LeadIn | Role::Item => true,
        Role::Heading => !is_first,
        // 各省、自治区、直辖市人民政府：
        Role::Body if line.text.ends_with(['：', ':']) => true,
        Role::Body => count_han(line.text) >= PROSE && line.text.contains('。'),
        Role::Title | Role::TitleRest | Role::Subtitle | Role::Byline | Role::Note => false,
    }
}

/// What a web page or a newspaper put around the draft is no word of its own (来源：, 时间：2026-02-09).
fn is_told_by_the_draft(line: &Line<'_>) -> bool {
    const AROUND: [&str; 14] = [
        "来源",
        "时间：",
        "时间:",
        "发布",
        "日期：",
        "日期:",
        "作者",
        "编辑",
        "浏览",
        "字号",
        "信息来源",
        "索引号",
        "成文日期",
        "打印",
    ];
    line.role != Role::Byline && !AROUND.iter().any(|word| line.text.starts_with(word))
}

/// Phrases of like length and nothing of an official title in them.
fn is_slogan(text: &str) -> bool {
    let phrases: Vec<usize> = text.split_whitespace().map(count_han).filter(|han| *han > 0).collect();
    let (Some(least), Some(most)) = (phrases.iter().min(), phrases.iter().max()) else { return false };
    phrases.len() >= 2 && *least >= 4 && most - least <= 2 && !["关于", "年", "届"].iter().any(|w| text.contains(w))
}
