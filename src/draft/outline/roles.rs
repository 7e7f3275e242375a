//! Which block is what. The evidence of a block alone decides most roles; a bare line or a first sentence is a heading or
//! a lead-in only among siblings of its kind.

use super::{Role, Style};
use crate::draft::marker::Form;
use crate::draft::shape::Shape;
use crate::draft::structure::{Bold, EndMark, HAN_CAP, Signature};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// What a block is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Given {
    pub role: Role,
    pub style: Style,
    /// Lead-ins in the block; 1 for all other roles.
    pub parts: u8,
    /// The first of them heads the others.
    pub is_nested: bool,
}

impl Given {
    pub const BODY: Given = Given::of(Role::Body, Style::Aside);

    pub const fn of(role: Role, style: Style) -> Given {
        Given { role, style, parts: 1, is_nested: false }
    }

    /// Lead-ins of one run are siblings of one section.
    pub fn closes_run(&self) -> bool {
        matches!(self.role, Role::Heading | Role::Title | Role::Salutation)
    }
}

/// The front of a draft (题头: title, subtitle, bylines) is over after this many blocks, found or not.
const FRONT_BLOCKS: usize = 12;

/// Han of a line too short to be more than a caption, a cell or a fragment of a page; prose has more.
pub(super) const SHORT_PROSE: u8 = 30;

/// The roles of a draft's blocks, comments left out.
pub(super) fn roles(blocks: &[Signature]) -> Vec<Given> {
    let mut roles = Roles { blocks, given: vec![Given::BODY; blocks.len()], front: front(blocks) };
    let title = roles.title();
    roles.by_themselves(title);
    roles.titles_behind(title.map_or(0, |title| title + 1));
    roles.bare_headings();
    roles.lead_ins();
    roles.given
}

/// The roles of blocks while they are being given.
pub(super) struct Roles<'b> {
    pub blocks: &'b [Signature],
    pub given: Vec<Given>,
    pub front: usize,
}

/// How many blocks the front has: all before the first paragraph of prose or numbered heading.
fn front(blocks: &[Signature]) -> usize {
    let body = |s: &Signature| {
        let is_long = s.han >= if s.end == EndMark::None { HAN_CAP } else { SHORT_PROSE };
        let prose = matches!(s.shape, Shape::Line | Shape::Dash) && is_long;
        let section = matches!(s.shape, Shape::Markdown(2..)) && !s.dash;
        prose
            || section
            || (s.marker.is_some() && !s.is_doubtful)
            || matches!(s.shape, Shape::Salutation | Shape::Table | Shape::Fence)
    };
    let limit = blocks.len().min(FRONT_BLOCKS);
    blocks[..limit].iter().position(body).unwrap_or(limit)
}

/// A short line without mark, marker or markup.
fn is_bare(s: &Signature) -> bool {
    s.shape == Shape::Line
        && s.end == EndMark::None
        && (4..HAN_CAP).contains(&s.han)
        && s.marker.is_none()
        && s.bold == Bold::No
}

/// One short sentence alone on its line, as text from the web has headings that once opened their paragraph.
fn is_bare_sentence(s: &Signature) -> bool {
    s.shape == Shape::Line
        && s.end == EndMark::Stop
        && (4..SHORT_PROSE).contains(&s.han)
        && s.marker.is_none()
        && s.bold == Bold::No
        && s.is_headline
}

/// Text above or below a heading, however short.
fn ends_a_sentence(s: &Signature) -> bool {
    /// Han; 谢谢大家！ and 注： are shorter.
    const SHORTEST: u8 = 8;
    matches!(s.shape, Shape::Line | Shape::Dash | Shape::Bullet)
        && matches!(s.end, EndMark::Stop | EndMark::Colon)
        && s.han >= SHORTEST
}

pub(super) fn is_prose(s: &Signature) -> bool {
    matches!(s.shape, Shape::Line | Shape::Dash | Shape::Bullet)
        && matches!(s.end, EndMark::Stop | EndMark::Colon)
        && s.han >= SHORT_PROSE
}

impl Roles<'_> {
    /// The title: a `#` line, else the first line of two halves, else the first that ends as a title does, else the first
    /// short line. The name of a body is none, unless the title goes on in the next line.
    fn title(&self) -> Option<usize> {
        let front = &self.blocks[..self.front];
        let goes_on = |at: usize| front.get(at + 1).is_some_and(|next| is_bare(next) && next.titular);
        let find = |wanted: &dyn Fn(&Signature) -> bool| {
            (0..front.len())
                .find(|&at| is_bare(&front[at]) && (!front[at].is_body || goes_on(at)) && wanted(&front[at]))
        };
        let first = find(&|_| true);
        // The second of two lines belongs to the first.
        let titular = find(&|s| s.titular).filter(|&at| first.is_none_or(|first| at > first + 1));
        let marked = front.iter().position(|s| s.shape == Shape::Markdown(1));
        marked.or_else(|| find(&|s| s.halves >= 2)).or(titular).or(first)
    }

    /// What each block is by its own evidence, and the lines around the title.
    fn by_themselves(&mut self, title: Option<usize>) {
        let many_tops = self.blocks.iter().filter(|s| s.shape == Shape::Markdown(1)).count() > 1;
        let mut last = FxHashMap::default();
        let mut listing = Listing::None;
        for (at, signature) in self.blocks.iter().enumerate() {
            let in_front = at < self.front;
            listing = listing.next(signature);
            if listing != Listing::None {
                last.clear();
                self.given[at] = Given::of(Role::Note, Style::Aside);
                continue;
            }
            self.given[at] = match title {
                Some(title) if at == title && !(many_tops && signature.shape == Shape::Markdown(1)) => {
                    Given::of(Role::Title, Style::Title)
                }
                Some(title) if in_front && self.continues_title(title, at) => Given::of(Role::TitleRest, Style::Aside),
                Some(title) if in_front && self.is_subtitle(title, at) => Given::of(Role::Subtitle, Style::Aside),
                _ => by_itself(signature, in_front, &last),
            };
            match (signature.shape, signature.marker) {
                // What is numbered behind belongs to the annexes.
                (Shape::AnnexHead, _) => last.clear(),
                (shape, Some((form, number))) if self.given[at].role == Role::Heading => {
                    last.insert((form, shape, signature.bold), number);
                }
                _ => {}
            }
        }
    }

    /// A title over two lines: the first does not end as a title does, and the second does.
    fn continues_title(&self, title: usize, at: usize) -> bool {
        let (first, second) = (&self.blocks[title], &self.blocks[at]);
        let is_open = is_bare(first) && !first.titular && (first.halves < 2 || first.is_body);
        at == title + 1 && is_open && is_bare(second) && second.titular
    }

    /// Under the title: a line that opens with ——, or, under a title of two halves, the first plain line.
    fn is_subtitle(&self, title: usize, at: usize) -> bool {
        let signature = &self.blocks[at];
        if signature.dash {
            return at > title
                && matches!(signature.shape, Shape::Dash | Shape::Markdown(_))
                && signature.end == EndMark::None;
        }
        let is_plain = is_bare(signature) && signature.han >= 8 && !signature.is_body;
        let is_second = self.blocks[title].halves >= 2 && is_plain && at == title + 1;
        is_second || (signature.shape == Shape::Occasion && at > title)
    }

    /// A title of a document that stands behind another: under 附件, or under the date of a covering note.
    fn titles_behind(&mut self, from: usize) {
        let mut head = None;
        for (at, signature) in self.blocks.iter().enumerate().skip(from) {
            match signature.shape {
                Shape::AnnexHead | Shape::Date => head = Some(signature.shape),
                Shape::Note | Shape::Byline => {}
                _ => {
                    let titled = match head.take() {
                        Some(Shape::AnnexHead) => is_bare(signature),
                        Some(_) => is_bare(signature) && signature.titular,
                        None => false,
                    };
                    if titled && at + 1 < self.blocks.len() {
                        self.given[at] = Given::of(Role::Title, Style::Title);
                    }
                }
            }
        }
    }

    /// Bare lines that are headings. Captions of newspaper pages have the same shape, but stand among captions and
    /// scraps; a heading stands over text, and has siblings.
    fn bare_headings(&mut self) {
        let is_over_text = |at: usize| {
            self.blocks
                .get(at + 1)
                .is_some_and(|s| matches!(s.shape, Shape::Line | Shape::Dash | Shape::Bullet) && s.end == EndMark::Stop)
        };
        let is_free = |at: usize| self.given[at] == Given::BODY && is_bare(&self.blocks[at]);
        // The line before is no other bare line: captions and cells stand together.
        let is_apart = |at: usize| at <= self.front || !is_free(at - 1);
        let parted: Vec<usize> = (self.front..self.blocks.len())
            .filter(|&at| is_free(at) && self.blocks[at].halves >= 2 && is_over_text(at) && is_apart(at))
            .collect();
        let is_alone = !self.given.iter().any(|g| g.role == Role::Heading);
        let is_below = self.below_marked();
        if parted.len() >= 2 || (is_alone && !parted.is_empty()) {
            self.head(&parted, &is_below);
            return;
        }
        let parts = self.parts();
        for &at in &parts {
            self.given[at] = Given::of(Role::Heading, Style::BareTop);
        }
        for section in self.sections() {
            let bare: Vec<usize> = section.clone().filter(|&at| self.is_plain_heading(at)).collect();
            if bare.len() >= 2 {
                self.head(&bare, &is_below);
            }
            let is_marked = section.start.checked_sub(1).is_some_and(|at| self.blocks[at].marker.is_some());
            let sentences: Vec<usize> = section.filter(|&at| self.is_sentence_heading(at)).collect();
            let lengths = || sentences.iter().map(|&at| self.blocks[at].han);
            let are_alike = 2 * lengths().max().unwrap_or(0) <= 3 * lengths().min().unwrap_or(0);
            if is_marked && sentences.len() >= 2 && are_alike {
                self.head(&sentences, &is_below);
            }
        }
    }

    /// Bare lines over numbers that begin again: 过去一年的主要工作 over 一、 二、, 今后的主要任务 over 一、 二、 again.
    fn parts(&self) -> Vec<usize> {
        let (mut parts, mut bare) = (Vec::new(), None);
        let mut highest = None;
        for at in 0..self.blocks.len() {
            let given = self.given[at];
            match (given.role, given.style, self.blocks[at].marker) {
                (Role::Heading, Style::Marked(form), Some((_, 1))) if *highest.get_or_insert(form) == form => {
                    parts.extend(bare.take());
                }
                (Role::Heading | Role::Title, ..) => bare = None,
                _ if self.is_plain_heading(at) => bare = Some(at),
                _ => {}
            }
        }
        if parts.len() >= 2 { parts } else { Vec::new() }
    }

    /// The blocks between headings, titles left out.
    fn sections(&self) -> Vec<Range<usize>> {
        let is_border = |at: &usize| matches!(self.given[*at].role, Role::Heading | Role::Title);
        let mut sections = Vec::new();
        let mut start = 0;
        for border in (0..self.blocks.len()).filter(is_border).chain([self.blocks.len()]) {
            if start < border {
                sections.push(start..border);
            }
            start = border + 1;
        }
        sections
    }

    /// A bare line of one part between paragraphs. In the front it may as well be a byline: there it must be long.
    fn is_plain_heading(&self, at: usize) -> bool {
        /// Han; a name, an office or a place has fewer.
        const NO_BYLINE: u8 = 14;
        let is_above = self.blocks.get(at + 1).is_some_and(ends_a_sentence);
        let is_below = at.checked_sub(1).is_some_and(|before| {
            let given = self.given[before].role;
            ends_a_sentence(&self.blocks[before])
                || matches!(self.blocks[before].shape, Shape::Table | Shape::Fence)
                || !matches!(given, Role::Body | Role::LeadIn)
        });
        let is_free = self.given[at] == Given::BODY && is_bare(&self.blocks[at]);
        is_free && is_above && is_below && (at >= self.front || self.blocks[at].han >= NO_BYLINE)
    }

    /// A sentence alone on its line, over a paragraph, and not behind another such sentence.
    fn is_sentence_heading(&self, at: usize) -> bool {
        let is_above = self.blocks.get(at + 1).is_some_and(is_prose);
        let is_apart = at
            .checked_sub(1)
            .is_none_or(|before| !is_bare_sentence(&self.blocks[before]) || self.given[before].role == Role::Heading);
        at >= self.front && self.given[at] == Given::BODY && is_bare_sentence(&self.blocks[at]) && is_above && is_apart
    }

    /// Makes bare lines headings: above 一、 if no marked heading is open (`is_below`, by block), below it otherwise.
    fn head(&mut self, lines: &[usize], is_below: &[bool]) {
        for &at in lines {
            self.given[at] = Given::of(Role::Heading, if is_below[at] { Style::Bare } else { Style::BareTop });
        }
    }

    /// For each block, whether a marked heading stands before it since the title.
    fn below_marked(&self) -> Vec<bool> {
        let below = self.given.iter().scan(false, |is_below, given| {
            *is_below =
                given.role != Role::Title && (*is_below || matches!(given.style, Style::Marked(_) | Style::Bold));
            Some(*is_below)
        });
        below.collect()
    }
}

/// Lines that look like headings and list what is elsewhere.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Listing {
    None,
    /// Behind 目录: up to the line whose marker is the first again, which is the text's own, or to any other line.
    Contents(Option<(Form, u32)>),
    /// Behind 附件：1.…: the numbered lines that go on.
    Annexes,
}

impl Listing {
    fn next(self, line: &Signature) -> Listing {
        let marker = line.marker.filter(|_| line.shape == Shape::Line && line.bold == Bold::No);
        match (self, marker) {
            _ if line.shape == Shape::Contents => Listing::Contents(None),
            _ if line.shape == Shape::Annex => Listing::Annexes,
            (Listing::Contents(None), Some(first)) => Listing::Contents(Some(first)),
            (Listing::Contents(Some(first)), Some(marker)) if marker != first => self,
            (Listing::Annexes, Some((Form::ArabicDot, number))) if number > 1 => self,
            _ => Listing::None,
        }
    }
}

/// The last number of the headings of each form and markup.
type Last = FxHashMap<(Form, Shape, Bold), u32>;

/// What a block is by its own evidence, and the numbers before it.
fn by_itself(signature: &Signature, in_front: bool, last: &Last) -> Given {
    let heading = |style| Given::of(Role::Heading, style);
    // A doubtful marker is one if it goes on from a number before it.
    let follows = |marker: (Form, u32)| last.iter().any(|((form, ..), number)| (*form, number + 1) == marker);
    match signature.shape {
        Shape::Markdown(_) if signature.dash && in_front => Given::of(Role::Subtitle, Style::Aside),
        Shape::Markdown(level) => heading(Style::Markdown(level)),
        Shape::Salutation => Given::of(Role::Salutation, Style::Aside),
        Shape::Byline => Given::of(Role::Byline, Style::Aside),
        Shape::Note | Shape::Date | Shape::AnnexHead => Given::of(Role::Note, Style::Aside),
        Shape::Line => match (signature.marker, signature.bold) {
            (Some(marker), _) if !marker.0.is_item() && (!signature.is_doubtful || follows(marker)) => {
                heading(Style::Marked(marker.0))
            }
            (_, Bold::Lead) => Given::of(Role::LeadIn, Style::LeadIn),
            (_, Bold::Whole) if !in_front && is_bold_heading(signature) => heading(Style::Bold),
            _ => Given::BODY,
        },
        _ => Given::BODY,
    }
}

/// A whole bold line heads what follows, but for a bold paragraph: that is longer and ends like one.
fn is_bold_heading(signature: &Signature) -> bool {
    let longest = if signature.end == EndMark::Stop { SHORT_PROSE } else { HAN_CAP };
    signature.han < longest
}
