//! Set phrases (规范表述): every report has them, so that two paragraphs share them proves nothing. They are left out when a
//! copy is decided, never when one is looked for: a changed table re-indexes nothing.

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

/// The words of `text` (letters, Han, digits; no marks) that are not of a set phrase.
pub fn own_words(text: &[char]) -> Vec<char> {
    let words: Vec<char> = text.iter().copied().filter(|c| c.is_alphanumeric()).collect();
    let (mut own, mut at) = (Vec::with_capacity(words.len()), 0);
    while let Some(first) = words.get(at) {
        let phrase = PHRASES.get(first).and_then(|list| list.iter().find(|phrase| words[at..].starts_with(phrase)));
        match phrase {
            Some(phrase) => at += phrase.len(),
            None => {
                own.push(*first);
                at += 1;
            }
        }
    }
    own
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn set_phrases_and_marks_are_no_words_of_ones_own() {
        let text: Vec<char> =
            "坚持以“四个意识”增强“四个意识”、坚定“四个自信”、做到“两个维护”，办理提案12件。".chars().collect();
        assert_eq!(own_words(&text).iter().collect::<String>(), "坚持以四个意识办理提案12件");
    }

    #[test]
    fn the_table_is_of_long_phrases_without_marks() {
        for phrase in PHRASES.values().flatten() {
            assert!(phrase.len() >= 7 && phrase.iter().all(|c| c.is_alphanumeric()), "{phrase:?}");
        }
    }
}
