//! A block's structure: what its own characters say about it, without its neighbours.
//!
//! The `Signature` is all that the outline may look at. It is small and forgets wording, so that typing in prose leaves
//! it equal and the outline is reused whole.

use super::heading::{Heading, Lead, Words, is_end_mark};
use super::lead::{Fit, Leads, Opening, is_headline};
use super::marker::{self, Form, Mark, Marker};
use super::segment::{Kind, line_end};
use super::shape::{BODIES, DOCUMENTS, Shape, line_shape, opens_with_dash};
use crate::text::han::{is_han, is_invisible, is_space};
use std::ops::Range;

/// How much of a line is in bold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Bold {
    No,
    /// The line opens with a bold sentence and goes on.
    Lead,
    Whole,
}

/// The mark that a line ends with, closing quotes and brackets behind it left aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EndMark {
    None,
    /// 。！？……
    Stop,
    /// ：
    Colon,
    /// ；，、
    Pause,
}

/// All of a block that the outline may look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Signature {
    pub shape: Shape,
    pub marker: Option<(Form, u32)>,
    /// What sets the marker off.
    pub mark: Option<Mark>,
    /// Only the numbering around can tell whether the marker is one.
    pub is_doubtful: bool,
    /// Columns before the text, counted up to `INDENT_CAP`.
    pub indent: u8,
    pub bold: Bold,
    pub end: EndMark,
    /// Parts of at least four Han between spaces, of a short line: 1, or 2 for 巩固思想基础 增强政治定力.
    pub halves: u8,
    /// Han characters, counted up to `HAN_CAP`.
    pub han: u8,
    /// Text follows the heading's own sentence on the same line.
    pub run_in: bool,
    /// The text (behind `#`) opens with ——.
    pub dash: bool,
    /// A short line that ends as the title of a document does: 工作报告, 通知, 规划.
    pub titular: bool,
    /// One short sentence that may head what is below it.
    pub is_headline: bool,
    /// A short line that names a body or its paper: 某县人民政府, 某县政协办公室文件.
    pub is_body: bool,
    /// What a paragraph's first sentence looks like, how many sentences of it may be lead-ins, and how these go together.
    pub opening: Opening,
    pub leads: u8,
    pub fit: Fit,
}

/// Beyond this many Han a line is prose whatever else it is; counting stops there. A heading of the reports read so far
/// has at most 45 Han.
pub const HAN_CAP: u8 = 60;

/// Deeper indents tell no more.
pub const INDENT_CAP: u8 = 24;

/// A block's structure. Ranges are bytes of the block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Structure {
    pub signature: Signature,
    /// From the first to the last character that is not layout; empty for blank blocks.
    pub content: Range<usize>,
    /// For blocks that can be a heading.
    pub heading: Option<Box<Heading>>,
    /// Sentences of a paragraph that may be lead-ins.
    pub leads: Box<[Lead]>,
}

impl Structure {
    /// Reads the structure of a block of `kind` with the source `source` (trailing blank lines may be left out).
    pub fn of(source: &str, kind: Kind) -> Structure {
        let content = trimmed(source, 0..source.len());
        match kind {
            Kind::Line => line(source, content),
            Kind::Setext => setext(source, content),
            Kind::Table => plain(Shape::Table, content),
            Kind::Fence => plain(Shape::Fence, content),
            Kind::Comment => plain(Shape::Comment, content),
            Kind::FrontMatter => plain(Shape::FrontMatter, content),
            Kind::Blank => plain(Shape::Blank, 0..0),
        }
    }
}

impl Structure {
    /// The words that stand for the block in an outline, in bytes of the block: those of lead-in number `part`, of the
    /// heading, or all of a title.
    pub fn words(&self, part: u8) -> Range<usize> {
        let lead = self.leads.get(usize::from(part)).map(|lead| lead.title.clone());
        lead.or_else(|| self.heading.as_ref().map(|h| h.title.clone())).unwrap_or_else(|| self.content.clone())
    }

    /// What these words are like.
    pub fn likeness(&self, part: u8) -> Words {
        let lead = self.leads.get(usize::from(part)).map(|lead| lead.words);
        lead.or_else(|| self.heading.as_ref().map(|h| h.words)).unwrap_or_default()
    }
}

fn plain(shape: Shape, content: Range<usize>) -> Structure {
    let signature = Signature {
        shape,
        marker: None,
        mark: None,
        is_doubtful: false,
        indent: 0,
        bold: Bold::No,
        end: EndMark::None,
        halves: 1,
        han: 0,
        run_in: false,
        dash: false,
        titular: false,
        is_headline: false,
        is_body: false,
        opening: Opening::None,
        leads: 0,
        fit: Fit::Loose,
    };
    Structure { signature, content, heading: None, leads: Box::default() }
}

fn trimmed(source: &str, range: Range<usize>) -> Range<usize> {
    let layout = |c: char| is_space(c) || is_invisible(c) || c.is_control();
    let text = &source[range.clone()];
    let inner = text.trim_end_matches(layout);
    let start = range.start + inner.len() - inner.trim_start_matches(layout).len();
    start..range.start + inner.len().max(start - range.start)
}

fn setext(source: &str, content: Range<usize>) -> Structure {
    let (end, _) = line_end(source, content.start);
    let first = trimmed(source, content.start..end);
    let level = if source[first.end..].trim_end().ends_with('=') { 1 } else { 2 };
    let mut structure = line(source, first.clone());
    structure.signature.shape = Shape::Markdown(level);
    structure.content = content;
    structure.heading.get_or_insert_with(|| Box::new(heading(source, first, None)));
    structure
}

fn line(source: &str, content: Range<usize>) -> Structure {
    let mut structure = plain(Shape::Line, content.clone());
    let signature = &mut structure.signature;
    signature.indent = indent(&source[..content.start]);
    // A comment before the words on their line is none of them.
    let mut inner = behind_comments(source, content.clone());
    let content = inner.clone();
    if let Some((level, text)) = atx(source, &content) {
        signature.shape = Shape::Markdown(level);
        inner = text;
    }
    let (bold, within) = bold(&source[inner.clone()]);
    signature.bold = bold;
    let whole = inner.clone();
    if bold != Bold::No {
        inner = inner.start + within.start..inner.start + within.end;
    }
    let text = &source[inner.clone()];
    signature.han = whole_han(&source[whole.clone()]);
    let marker = marker::parse(text).filter(|m| signature.han < HAN_CAP || !m.form.is_structural());
    signature.marker = marker.as_ref().map(|m| (m.form, m.number));
    signature.mark = marker.as_ref().map(|m| m.mark);
    signature.is_doubtful = marker.as_ref().is_some_and(|m| m.is_doubtful);
    signature.dash = opens_with_dash(text);
    // The whole line's end, but a bold line's own: its mark stands inside the bold.
    signature.end = end_mark(if bold == Bold::Lead { &source[whole.clone()] } else { text });
    if signature.shape == Shape::Line && bold == Bold::No && marker.is_none() {
        signature.shape = line_shape(text, signature.dash);
    }
    let title_end = match (&marker, bold) {
        (_, Bold::Lead) => sentence(text, 0).min(text.len()),
        (Some(m), _) => sentence(text, m.end),
        _ => text.len(),
    };
    signature.run_in = bold == Bold::Lead || (title_end < text.len() && !text[title_end..].chars().all(is_closing));
    let is_short = signature.han < HAN_CAP;
    if is_short && !signature.run_in {
        signature.halves = halves(text);
        signature.is_body = BODIES.iter().any(|word| text.ends_with(word));
        signature.titular = DOCUMENTS.iter().any(|word| text.trim_end_matches(is_closing).ends_with(word));
    }
    let mut leads = Leads::default();
    if signature.shape == Shape::Line && bold == Bold::No && marker.is_none() {
        leads = Leads::of(text);
        signature.is_headline = is_short && !signature.run_in && is_headline(text);
        (signature.opening, signature.leads, signature.fit) = (leads.opening, leads.alike, leads.fit);
    }
    let can_head = matches!(signature.shape, Shape::Markdown(_)) || marker.is_some() || bold != Bold::No || is_short;
    if can_head && matches!(signature.shape, Shape::Line | Shape::Markdown(_) | Shape::Dash) {
        let end = if signature.run_in { title_end } else { text.len() };
        let marker = marker.map(|m| Marker {
            numeral: inner.start + m.numeral.start..inner.start + m.numeral.end,
            end: inner.start + m.end,
            ..m
        });
        structure.heading = Some(Box::new(heading(source, trimmed(source, inner.start..inner.start + end), marker)));
    }
    let lead = |head: Range<usize>| {
        let title = inner.start + head.start..inner.start + head.end;
        Lead { words: Words::of(&source[title.clone()]), title }
    };
    structure.leads = leads.heads.into_iter().map(lead).collect();
    structure
}

/// The heading whose words, and the mark behind them, are `title`.
fn heading(source: &str, title: Range<usize>, marker: Option<Marker>) -> Heading {
    let named = source[title.clone()].trim_end_matches(is_end_mark).len();
    let title = if named > 0 { title.start..title.start + named } else { title };
    let words = marker.as_ref().map_or(title.start, |m| m.end.min(title.end))..title.end;
    let end = source[title.end..].chars().next().filter(|&c| is_end_mark(c));
    Heading { words: Words::of(&source[words]), end, title, marker }
}

fn indent(before: &str) -> u8 {
    let columns = before.chars().map(|c| match c {
        '\t' => 4,
        '\u{3000}' => 2,
        c => usize::from(is_space(c)),
    });
    columns.sum::<usize>().min(usize::from(INDENT_CAP)) as u8
}

fn behind_comments(source: &str, mut content: Range<usize>) -> Range<usize> {
    while let Some(comment) = source[content.clone()].strip_prefix("<!--")
        && let Some(end) = comment.find("-->")
    {
        content = trimmed(source, content.start + "<!--".len() + end + "-->".len()..content.end);
    }
    content
}

fn atx(source: &str, content: &Range<usize>) -> Option<(u8, Range<usize>)> {
    let text = &source[content.clone()];
    let level = text.bytes().take_while(|&b| b == b'#').count();
    let rest = &text[level..];
    if !(1..=6).contains(&level) || !(rest.is_empty() || rest.starts_with(is_space)) {
        return None;
    }
    // Closing marks are layout too: ## 标题 ##
    let open = rest.trim_end_matches('#');
    let end = if open.ends_with(is_space) { level + open.len() } else { text.len() };
    Some((level as u8, trimmed(source, content.start + level..content.start + end)))
}

/// How `text` is set in bold, and the range of what is.
fn bold(text: &str) -> (Bold, Range<usize>) {
    let none = (Bold::No, 0..text.len());
    let Some(open) = text.strip_prefix("**") else { return none };
    let Some(close) = open.find("**") else { return none };
    let inner = &open[..close];
    // **注：** or a bold word that a paragraph happens to open with is no heading: it closes in mid-sentence.
    // A mark outside is the heading's all the same: **一、协商**。
    let rest = open[close + 2..].trim_start_matches(is_end_mark);
    match (rest.is_empty(), end_mark(inner)) {
        (true, _) if !inner.is_empty() => (Bold::Whole, 2..2 + close),
        (false, EndMark::Stop) => (Bold::Lead, 2..2 + close),
        _ => none,
    }
}

/// The end of the sentence that starts at `from`, its closing mark left out; the text's end if it is the only one.
/// A numbered paragraph whose first sentence is long is named by its first clause.
fn sentence(text: &str, from: usize) -> usize {
    /// Characters; a longer first sentence is prose, not a run-in heading.
    const LONGEST: usize = 60;
    let mut clause = None;
    for (count, (at, c)) in text[from..].char_indices().enumerate() {
        match c {
            '。' | '！' | '？' => return from + at,
            '；' | '，' | ',' | '：' if clause.is_none() && count >= 4 => clause = Some(from + at),
            _ => {}
        }
        if count >= LONGEST {
            return clause.unwrap_or(from + at);
        }
    }
    text.len()
}

fn is_closing(c: char) -> bool {
    matches!(c, '”' | '’' | '"' | '\'' | '）' | ')' | '》' | '〉' | '」' | '。' | '！' | '？' | '*') || is_space(c)
}

fn end_mark(text: &str) -> EndMark {
    let closing = |c: char| matches!(c, '”' | '’' | '"' | '\'' | '）' | ')' | '》' | '〉' | '」' | '*') || is_space(c);
    match text.trim_end_matches(closing).chars().next_back() {
        Some('。' | '！' | '？' | '…' | '!' | '?' | '.' | '．') => EndMark::Stop,
        Some('：' | ':') => EndMark::Colon,
        Some('；' | '，' | '、' | ';' | ',') => EndMark::Pause,
        _ => EndMark::None,
    }
}

fn whole_han(text: &str) -> u8 {
    let cap = usize::from(HAN_CAP);
    text.chars().filter(|&c| is_han(c)).take(cap).count() as u8
}

/// The parts of a short line between spaces, if each is a phrase of its own: at least four Han (a name has fewer), no
/// mark of a sentence, and none more than twice as long as another.
fn halves(text: &str) -> u8 {
    let (mut parts, mut least, mut most) = (0u8, usize::MAX, 0);
    for part in text.split(is_space).filter(|p| !p.is_empty()) {
        let han = part.chars().filter(|&c| is_han(c)).count();
        if han < 4 || part.contains(['。', '，', ',', '；', ';', '：', ':', '！', '？', '/']) {
            return 1;
        }
        (parts, least, most) = (parts.saturating_add(1), least.min(han), most.max(han));
    }
    if parts >= 2 && most <= 2 * least { parts } else { 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(source: &str) -> Structure {
        Structure::of(source, Kind::Line)
    }

    fn title(source: &str) -> &str {
        &source[of(source).heading.expect(source).title]
    }

    #[test]
    fn titles_stand_without_markup() {
        assert_eq!(title("## 二、五年工作的主要体会 ##\n"), "二、五年工作的主要体会");
        assert_eq!(title("**三、恪守民本理念,促进民生改善**\n"), "三、恪守民本理念,促进民生改善");
        assert_eq!(title("**提案办理关注民生民情。**把提案工作"), "提案办理关注民生民情");
        assert_eq!(title("（一）加快发展。我们要加快发展。"), "（一）加快发展");
    }

    #[test]
    fn signatures_say_what_a_line_looks_like() {
        let heading = of("巩固思想基础 增强政治定力\n").signature;
        assert_eq!((heading.halves, heading.end, heading.shape), (2, EndMark::None, Shape::Line));
        assert_eq!(of("上海市市长 龚 正").signature.halves, 1);
        assert_eq!(of("河北省人民政府省长 王正谱").signature.halves, 1);
        assert_eq!(of("各位代表：").signature.shape, Shape::Salutation);
        assert_eq!(of("本报记者 罗鸣").signature.shape, Shape::Byline);
        assert_eq!(of("(上接第二版)").signature.shape, Shape::Note);
        assert_eq!(of("加").signature.shape, Shape::Scrap);
        assert_eq!(of("——必须坚持").signature.shape, Shape::Dash);
        assert!(of("## ——2022年履职答卷").signature.dash);
        assert_eq!(of("**注：**以下略").signature.bold, Bold::No);
    }

    #[test]
    fn typing_in_prose_leaves_the_signature_equal() {
        let prose = "一年来，".to_owned() + &"县政协认真履行职能".repeat(12);
        assert_eq!(of(&format!("{prose}。")).signature, of(&format!("{prose}又及。")).signature);
    }
}
