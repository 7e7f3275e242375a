//! The reading: a stretch of source as a reader reads it, with an exact map back.
//!
//! Drafts carry layout. PDF text has a space where a line was broken (`为推 动全县`), Markdown has `**`, web pages leave
//! zero-width characters, a hard-wrapped draft breaks lines in mid-sentence. Rules match on readings and never see that;
//! what they find maps back to source bytes. The reading records what was taken out: a heading's two halves come from
//! the space that its reading does not show.

use super::han::{fold_width, is_han, is_invisible, is_space, is_wide_mark};
use std::ops::Range;

/// What a rule wants folded beyond layout.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fold {
    /// The characters as written.
    #[default]
    None,
    /// One width for marks, digits and Latin, one form for quotes, and no spaces at all: equal readings are equal
    /// statements however they were typed.
    Width,
}

/// Something that stands in the source and not in the reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    Space,
    LineBreak,
    Emphasis,
    Invisible,
}

/// A stretch of layout: where it was in the source (bytes), and the reading offset at which it was taken out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removed {
    pub layout: Layout,
    pub source: Range<usize>,
    pub at: usize,
}

/// A character of the reading with the source bytes it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Character {
    pub value: char,
    pub start: usize,
    pub end: usize,
}

/// The text of a reading and its map. Offsets are bytes, on both sides.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    text: String,
    pieces: Vec<Piece>,
    removed: Vec<Removed>,
    source_length: usize,
}

/// From reading offset `reading` on, characters stand one after another in the source from `source`, each as long as it
/// is in the reading, or (`folded`) as one character of `folded` source bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    reading: usize,
    source: usize,
    folded: Option<u8>,
}

impl Reading {
    /// Reads `source`.
    pub fn of(source: &str, fold: Fold) -> Reading {
        let mut reading =
            Reading { text: String::with_capacity(source.len()), source_length: source.len(), ..Reading::default() };
        let mut removed = Vec::new();
        let mut reader = Reader::new(source, fold);
        while let Some(character) = reader.next_recording(&mut |layout, range| removed.push((layout, range))) {
            for (layout, source) in removed.drain(..) {
                reading.removed.push(Removed { layout, source, at: reading.text.len() });
            }
            reading.push(character);
        }
        let at = reading.text.len();
        reading.removed.extend(removed.drain(..).map(|(layout, source)| Removed { layout, source, at }));
        reading
    }

    fn push(&mut self, character: Character) {
        let (at, length) = (self.text.len(), character.end - character.start);
        let folded = (length != character.value.len_utf8()).then_some(length as u8);
        let continues = self
            .pieces
            .last()
            .is_some_and(|p| p.folded.is_none() && folded.is_none() && p.source + (at - p.reading) == character.start);
        if !continues {
            self.pieces.push(Piece { reading: at, source: character.start, folded });
        }
        self.text.push(character.value);
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn removed(&self) -> &[Removed] {
        &self.removed
    }

    /// The source byte at which the character at reading offset `offset` starts; the source's end for the reading's end.
    pub fn source_start(&self, offset: usize) -> usize {
        if offset >= self.text.len() {
            return self.source_length;
        }
        let piece = self.piece_at(offset);
        match piece.folded {
            Some(_) => piece.source,
            None => piece.source + (offset - piece.reading),
        }
    }

    /// The reading offset of the character at source byte `source`, or of the next one if layout stands there.
    pub fn offset_of(&self, source: usize) -> usize {
        let next = self.pieces.partition_point(|p| p.source <= source);
        let end = self.pieces.get(next).map_or(self.text.len(), |p| p.reading);
        match next.checked_sub(1).map(|index| self.pieces[index]) {
            None => 0,
            Some(piece) if piece.source == source => piece.reading,
            Some(piece) if piece.folded.is_some() => end,
            Some(piece) => end.min(piece.reading + (source - piece.source)),
        }
    }

    /// The source range of reading range `range`, without layout at its two ends. An empty range maps to an empty one.
    pub fn source_range(&self, range: Range<usize>) -> Range<usize> {
        if range.start >= range.end || self.text.is_empty() {
            let at = self.source_start(range.start);
            return at..at;
        }
        let end = range.end.min(self.text.len());
        let last = self.text[..end].char_indices().next_back().map_or(0, |(i, _)| i);
        let piece = self.piece_at(last);
        let source_end = match piece.folded {
            Some(length) => piece.source + usize::from(length),
            None => piece.source + (end - piece.reading),
        };
        self.source_start(range.start)..source_end
    }

    fn piece_at(&self, offset: usize) -> Piece {
        let index = self.pieces.partition_point(|p| p.reading <= offset);
        self.pieces[index.saturating_sub(1)]
    }
}

/// Yields the reading's characters one by one without building a string: the indexes hash what it yields.
pub struct Reader<'s> {
    source: &'s str,
    at: usize,
    fold: Fold,
    previous: Option<char>,
}

impl<'s> Reader<'s> {
    pub fn new(source: &'s str, fold: Fold) -> Self {
        Reader { source, at: 0, fold, previous: None }
    }

    fn next_recording(&mut self, removed: &mut dyn FnMut(Layout, Range<usize>)) -> Option<Character> {
        loop {
            let c = self.source[self.at..].chars().next()?;
            let start = self.at;
            let end = start + c.len_utf8();
            if !is_layout(c) {
                self.at = end;
                let value = if self.fold == Fold::Width { fold_width(c) } else { c };
                self.previous = Some(value);
                return Some(Character { value, start, end });
            }
            if is_invisible(c) {
                self.at = end;
                removed(Layout::Invisible, start..end);
                continue;
            }
            if c == '*' || c == '_' {
                let run = self.run(|x| x == c);
                if c == '_' && run.len() == 1 || c == '*' && !self.is_emphasis(&run) {
                    self.at = end;
                    self.previous = Some(c);
                    return Some(Character { value: c, start, end });
                }
                self.at = run.end;
                removed(Layout::Emphasis, run);
                continue;
            }
            let run = self.run(|x| is_space(x) || x == '\n' || x == '\r' || is_invisible(x));
            self.at = run.end;
            if self.keeps_space(&run) {
                self.previous = Some(' ');
                return Some(Character { value: ' ', start: run.start, end: run.end });
            }
            let broken = self.source[run.clone()].contains(['\n', '\r']);
            removed(if broken { Layout::LineBreak } else { Layout::Space }, run);
        }
    }

    /// A space means something only between two words of Latin letters or digits.
    fn keeps_space(&self, run: &Range<usize>) -> bool {
        // A run wider than a reading can count in one step is layout, whatever stands beside it.
        if self.fold == Fold::Width || run.len() > usize::from(u8::MAX) {
            return false;
        }
        let narrow = |c: char| !is_han(c) && !is_wide_mark(c) && c != ' ';
        let next = self.source[run.end..].chars().find(|&c| c != '*' && !is_invisible(c));
        self.previous.is_some_and(narrow) && next.is_some_and(narrow)
    }

    /// One `*` between digits or letters is a sign (3*4); two or more, or one beside Han, is markup.
    fn is_emphasis(&self, run: &Range<usize>) -> bool {
        let next = self.source[run.end..].chars().next();
        let word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        run.len() > 1
            || !(word(self.previous) && word(next)) && (self.previous.is_some() || next.is_some_and(|c| !is_space(c)))
    }

    fn run(&self, belongs: impl Fn(char) -> bool) -> Range<usize> {
        let rest = &self.source[self.at..];
        self.at..self.at + rest.find(|c| !belongs(c)).unwrap_or(rest.len())
    }
}

impl Iterator for Reader<'_> {
    type Item = Character;

    #[inline]
    fn next(&mut self) -> Option<Character> {
        self.next_recording(&mut |_, _| {})
    }
}

#[inline]
fn is_layout(c: char) -> bool {
    matches!(c, ' ' | '*' | '_' | '\n' | '\r') || (c != '，' && (is_space(c) || is_invisible(c)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(source: &str) -> String {
        Reading::of(source, Fold::None).text
    }

    #[test]
    fn layout_is_taken_out_and_remembered() {
        let reading = Reading::of("  **为推 动**全县\u{200B}GDP 增长 Big Data 的3*4 \n", Fold::None);
        assert_eq!(reading.text(), "为推动全县GDP增长Big Data的3*4");
        assert!(reading.removed().iter().any(|r| r.layout == Layout::Emphasis && r.at == 0));
        assert_eq!(reading.removed().last().map(|r| r.layout), Some(Layout::LineBreak));
    }

    #[test]
    fn a_broken_line_joins_without_a_space_between_han() {
        assert_eq!(text("主动邀请党政领导\r\n参与讨论"), "主动邀请党政领导参与讨论");
    }

    #[test]
    fn width_folds_and_maps_back() {
        let source = "立案４２件，办复率 １００％";
        let reading = Reading::of(source, Fold::Width);
        assert_eq!(reading.text(), "立案42件,办复率100%");
        let at = reading.text().find("100%").unwrap();
        assert_eq!(&source[reading.source_range(at..at + 4)], "１００％");
        assert_eq!(&source[reading.source_range(6..8)], "４２");
    }

    proptest! {
        /// Every reading range maps into the source, at character borders, never inverted, and in order.
        #[test]
        fn the_map_is_exact(source in "[汉字，（０a1 \u{3000}*_\u{200B}\r\n😀]{0,40}", fold in prop_oneof![Just(Fold::None), Just(Fold::Width)]) {
            let reading = Reading::of(&source, fold);
            let offsets: Vec<usize> = reading.text().char_indices().map(|(i, _)| i).chain([reading.text().len()]).collect();
            let mut last = 0;
            for (k, &a) in offsets.iter().enumerate() {
                let start = reading.source_start(a);
                prop_assert_eq!(reading.offset_of(start), a);
                prop_assert!(source.is_char_boundary(start) && start >= last);
                last = start;
                for &b in &offsets[k..] {
                    let range = reading.source_range(a..b);
                    prop_assert!(range.start <= range.end && range.end <= source.len());
                    prop_assert!(source.is_char_boundary(range.end));
                    // Replacing the range keeps valid text and what stands around it.
                    let mut edited = source.clone();
                    edited.replace_range(range.clone(), "改");
                    prop_assert!(edited.starts_with(&source[..range.start]) && edited.ends_with(&source[range.end..]));
                }
            }
            // Nothing is forgotten: what the reading shows and what it removed cover the source exactly.
            let shown: usize = offsets.windows(2).map(|w| reading.source_range(w[0]..w[1]).len()).sum();
            let removed: usize = reading.removed().iter().map(|r| r.source.len()).sum();
            prop_assert_eq!(shown + removed, source.len());
        }

        #[test]
        fn the_reader_yields_the_reading(source in "[汉字，０a1 *_\r\n]{0,40}") {
            let yielded: String = Reader::new(&source, Fold::Width).map(|c| c.value).collect();
            let reading = Reading::of(&source, Fold::Width);
            prop_assert_eq!(&yielded, reading.text());
        }
    }
}
