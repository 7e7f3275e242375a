//! A reading without its quotes: “四个意识” and 四个意识 are one name, wherever the quotes stand.

use std::ops::Range;

/// A text without quotes, and the way back. Ranges are bytes, on both sides.
pub struct Bare {
    text: String,
    /// Where a stretch without a quote starts, in the bare text and in the other.
    pieces: Vec<(usize, usize)>,
}

/// Whether `c` opens or closes a quotation.
pub fn is_quote(c: char) -> bool {
    matches!(c, '“' | '”' | '‘' | '’' | '"' | '\'' | '「' | '」' | '『' | '』')
}

impl Bare {
    pub fn of(text: &str) -> Bare {
        let mut bare = Bare { text: String::with_capacity(text.len()), pieces: vec![(0, 0)] };
        for (at, c) in text.char_indices() {
            match is_quote(c) {
                true => bare.pieces.push((bare.text.len(), at + c.len_utf8())),
                false => bare.text.push(c),
            }
        }
        bare
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// What stands for `range` in the text with its quotes: from the first character to the last.
    pub fn range(&self, range: Range<usize>) -> Range<usize> {
        let start = self.at(range.start);
        let last = self.text[..range.end].char_indices().next_back().map_or(0, |(at, _)| at);
        start..self.at(last) + (range.end - last)
    }

    /// Where the character at byte `at` of the bare text stands.
    fn at(&self, at: usize) -> usize {
        let (bare, source) = self.pieces[self.pieces.partition_point(|(bare, _)| *bare <= at).saturating_sub(1)];
        source + (at - bare)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_left_out_and_found_again() {
        let text = "增强“四个意识”、坚定“四个自信”";
        let bare = Bare::of(text);
        assert_eq!(bare.text(), "增强四个意识、坚定四个自信");
        let at = bare.text().find("坚定").unwrap();
        assert_eq!(&text[bare.range(at..bare.text().len())], "坚定“四个自信");
        assert_eq!(&text[bare.range(6..18)], "四个意识");
        assert_eq!(Bare::of("").text(), "");
    }
}
