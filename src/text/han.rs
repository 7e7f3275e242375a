//! Classes of characters that the genre knows: Han, its punctuation, layout noise.

/// A Han character (汉字): the unified ideographs with their extensions, the compatibility block, and 〇.
#[inline]
pub fn is_han(c: char) -> bool {
    matches!(c,
        '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{20000}'..='\u{323AF}' | '\u{F900}'..='\u{FAFF}' | '〇')
}

/// White space inside a line, the wide and non-breaking ones included. Line ends are not in it.
#[inline]
pub fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{3000}' | '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{1680}')
}

/// Characters without a shape of their own that editors and web pages leave in text.
#[inline]
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}' | '\u{202A}'..='\u{202E}')
}

/// A mark of Chinese punctuation, full-width forms included: next to it a space is layout.
#[inline]
pub fn is_wide_mark(c: char) -> bool {
    matches!(c, '\u{3001}'..='\u{3006}' | '\u{3008}'..='\u{301F}' | '\u{FF00}'..='\u{FF0F}' | '\u{FF1A}'..='\u{FF20}'
        | '\u{FF3B}'..='\u{FF40}' | '\u{FF5B}'..='\u{FF65}' | '“' | '”' | '‘' | '’' | '—' | '…' | '·')
}

/// How many Han characters `text` holds.
pub fn count_han(text: &str) -> usize {
    text.chars().filter(|&c| is_han(c)).count()
}

/// Whether `c`, of a reading whose width is folded, ends a sentence or a part of one that could stand alone.
pub fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | ';' | '!' | '?')
}

/// The half-width twin of a full-width character, and one form for each pair of look-alike quotes and marks.
///
/// Only marks whose two widths mean the same in running text are folded, so that equal folded readings are equal
/// statements: `，`/`,` are, `。`/`.` are not (`.` is also the decimal point).
#[inline]
pub fn fold_width(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '\u{3000}' => ' ',
        '“' | '”' | '〝' | '〞' => '"',
        '‘' | '’' => '\'',
        '﹑' => '、',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn han_is_neither_digit_nor_mark() {
        assert!("汉㐂𠀀〇".chars().all(is_han));
        assert!(!"1a，。（）・".chars().any(is_han));
        assert_eq!(count_han("第9届，共12人"), 4);
    }

    #[test]
    fn width_folds_marks_that_mean_the_same() {
        let folded: String = "（２０２１），“甲”：".chars().map(fold_width).collect();
        assert_eq!(folded, "(2021),\"甲\":");
        assert_eq!(fold_width('。'), '。');
    }
}
