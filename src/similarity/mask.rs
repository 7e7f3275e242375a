//! Set phrases (规范表述): every report has them, so that two paragraphs share them proves nothing. They are left out when a
//! copy is decided, never when one is looked for: a changed table or profile re-indexes nothing. `phrases.txt` holds what
//! every report of the state has, whatever its house; a profile adds what its exemplars have.

use crate::profile::Phrases;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// The phrases by their first character, the longest first.
static PHRASES: LazyLock<FxHashMap<char, Vec<Vec<char>>>> = LazyLock::new(|| {
    let mut phrases = FxHashMap::<char, Vec<Vec<char>>>::default();
    for line in include_str!("phrases.txt").lines().filter(|line| !line.starts_with('#')) {
        let phrase: Vec<char> = line.chars().collect();
        if let Some(first) = phrase.first() {
            phrases.entry(*first).or_default().push(phrase);
        }
    }
    for list in phrases.values_mut() {
        list.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
    }
    phrases
});

/// Which characters of `text` are a set phrase's, of the table or learned, the marks in it included.
pub fn set_phrases(text: &[char], learned: &Phrases) -> Vec<bool> {
    let places: Vec<usize> = (0..text.len()).filter(|&at| text[at].is_alphanumeric()).collect();
    let words: Vec<char> = places.iter().map(|&at| text[at]).collect();
    let (mut masked, mut at) = (vec![false; text.len()], 0);
    while let Some(first) = words.get(at) {
        let phrase = PHRASES.get(first).and_then(|list| list.iter().find(|phrase| words[at..].starts_with(phrase)));
        let length = phrase.map(Vec::len).max(learned.at(&words[at..]));
        if let Some(length) = length {
            masked[places[at]..=places[at + length - 1]].fill(true);
        }
        at += length.unwrap_or(1);
    }
    masked
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::Phrase;

    #[test]
    fn set_phrases_are_masked_with_the_marks_in_them() {
        let text: Vec<char> =
            "坚持以“四个意识”增强“四个意识”、坚定“四个自信”、做到“两个维护”，办理提案12件。".chars().collect();
        let own =
            text.iter().zip(set_phrases(&text, &Phrases::default())).filter(|(_, masked)| !masked).map(|(c, _)| c);
        assert_eq!(own.collect::<String>(), "坚持以“四个意识””，办理提案12件。");
    }

    #[test]
    fn learned_phrases_are_masked_too() {
        let phrase = Phrase { text: "一把手抓、抓一把手".to_owned(), ..Phrase::default() };
        let text: Vec<char> = "要一把手抓，抓一把手。".chars().collect();
        let masked = set_phrases(&text, &Phrases::new(vec![phrase]));
        assert_eq!(masked.iter().filter(|masked| **masked).count(), 9);
    }

    #[test]
    fn the_table_is_of_long_phrases_without_marks() {
        for phrase in PHRASES.values().flatten() {
            assert!(phrase.len() >= 7 && phrase.iter().all(|c| c.is_alphanumeric()), "{phrase:?}");
        }
    }
}
