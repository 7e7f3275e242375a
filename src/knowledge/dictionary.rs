//! Words looked up in a text all at once: of those that begin at one place the longest, and none within another.

use aho_corasick::{AhoCorasick, MatchKind};
use std::collections::BTreeMap;
use std::ops::Range;

/// Words and what each means; a word may mean several things.
#[derive(Debug)]
pub struct Dictionary<T> {
    /// `None`: no words, or more than an automaton can hold.
    automaton: Option<AhoCorasick>,
    meanings: Vec<Vec<T>>,
}

impl<T> Dictionary<T> {
    pub fn of(words: impl IntoIterator<Item = (String, T)>) -> Dictionary<T> {
        let mut by_word = BTreeMap::<String, Vec<T>>::new();
        for (word, meaning) in words.into_iter().filter(|(word, _)| !word.is_empty()) {
            by_word.entry(word).or_default().push(meaning);
        }
        let (words, meanings): (Vec<String>, Vec<Vec<T>>) = by_word.into_iter().unzip();
        let mut builder = AhoCorasick::builder();
        builder.match_kind(MatchKind::LeftmostLongest);
        let automaton = if words.is_empty() { None } else { builder.build(&words).ok() };
        Dictionary { automaton, meanings }
    }

    /// The words of `text` in order, with their bytes.
    pub fn find(&self, text: &str) -> impl Iterator<Item = (Range<usize>, &[T])> {
        let found = self.automaton.iter().flat_map(move |automaton| automaton.find_iter(text));
        found.map(|found| (found.range(), self.meanings[found.pattern().as_usize()].as_slice()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_is_found_with_all_its_meanings() {
        let words = [("民主", 1), ("民主监督", 2), ("民主监督", 3), ("", 4)];
        let dictionary = Dictionary::of(words.map(|(word, meaning)| (word.to_owned(), meaning)));
        let found: Vec<_> = dictionary.find("民主监督和民主").map(|(range, found)| (range, found.to_vec())).collect();
        assert_eq!(found, [(0..12, vec![2, 3]), (15..21, vec![1])]);
        assert_eq!(Dictionary::<u8>::of([]).find("民主").count(), 0);
    }
}
