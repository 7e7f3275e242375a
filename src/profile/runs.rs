//! Runs: what of a reading a phrase may stand in. A phrase does not reach over the end of a sentence, a title in 《》, a
//! bracket, or a figure; it does reach over 、 ， and quotes, which vary between reports.

use crate::text::han::{fold_width, is_han};

/// What stands at one side of a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Border {
    /// Another letter.
    None,
    /// A mark, or the text's end.
    Mark,
    /// A figure or a name: wording may be cut in two there.
    Cut,
}

/// A letter: a Han or a folded Latin letter, where it stands, and what stands before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Letter {
    pub value: char,
    /// In bytes of the reading.
    pub at: u32,
    pub before: Border,
}

impl Letter {
    /// Where it ends, in bytes of the reading. Folding keeps the length of Han.
    pub fn end(&self) -> usize {
        self.at as usize + self.value.len_utf8()
    }
}

/// Letters that a phrase may consist of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    pub letters: Vec<Letter>,
    /// What stands behind the last one.
    pub end: Border,
}

impl Run {
    /// What stands behind letter `index`.
    pub fn behind(&self, index: usize) -> Border {
        self.letters.get(index + 1).map_or(self.end, |next| next.before)
    }
}

/// The runs of `reading`. `is_cut` says of a byte whether a name or a figure stands there that no phrase goes through;
/// numbers in Arabic numerals are cut out in any case.
pub fn runs(reading: &str, is_cut: impl Fn(usize) -> bool) -> Vec<Run> {
    let (mut runs, mut letters, mut before) = (Vec::new(), Vec::new(), Border::Mark);
    let mut close = |letters: &mut Vec<Letter>, end: Border| {
        if !letters.is_empty() {
            runs.push(Run { letters: std::mem::take(letters), end });
        }
    };
    for (at, c) in reading.char_indices() {
        let value = fold_width(c);
        if is_cut(at) || value.is_ascii_alphanumeric() || matches!(value, '%' | '.') {
            close(&mut letters, Border::Cut);
            before = Border::Cut;
        } else if is_han(value) || value.is_alphabetic() {
            letters.push(Letter { value, at: at as u32, before });
            before = Border::None;
        } else if matches!(value, '、' | ',' | '"' | '\'' | '「' | '」' | '『' | '』' | ' ') {
            before = Border::Mark;
        } else {
            close(&mut letters, Border::Mark);
            before = Border::Mark;
        }
    }
    close(&mut letters, Border::Mark);
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(reading: &str) -> Vec<String> {
        let show = |run: &Run| run.letters.iter().map(|letter| letter.value).collect();
        runs(reading, |_| false).iter().map(show).collect()
    }

    #[test]
    fn runs_end_with_sentences_figures_and_titles() {
        assert_eq!(
            shown("围绕“中心”、服务大局，立案42件。编印《平罗文史》"),
            ["围绕中心服务大局立案", "件", "编印", "平罗文史"]
        );
    }

    #[test]
    fn a_border_is_a_mark_or_a_cut() {
        let runs = runs("立案42件，办复", |_| false);
        assert_eq!((runs[0].letters[0].before, runs[0].end), (Border::Mark, Border::Cut));
        assert_eq!((runs[1].letters[0].before, runs[1].letters[1].before), (Border::Cut, Border::Mark));
        assert_eq!((runs[1].behind(0), runs[1].behind(2)), (Border::Mark, Border::Mark));
    }
}
