//! Set phrases (规范表述): every report has them, so that two paragraphs share them proves nothing. They are left out when a
//! copy is decided, never when one is looked for: a changed table or profile re-indexes nothing. `phrases.txt` holds what
//! every report of the state has, whatever its house; a profile adds what its exemplars have.

use crate::profile::Phrases;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// A phrase without its marks: its first words and, if it has a slot that each draft fills with a few words of its own
/// (奋力谱写…新篇章), its last.
struct SetPhrase {
    head: Vec<char>,
    tail: Vec<char>,
}

/// What a slot is marked with in the table.
const SLOT: char = '…';

/// Characters that fill a slot at most, marks not counted: 奋力谱写新时代中国特色社会主义现代化建设新篇章.
const FILLED: usize = 20;

impl SetPhrase {
    fn of(line: &str) -> SetPhrase {
        let (head, tail) = line.split_once(SLOT).unwrap_or((line, ""));
        SetPhrase { head: head.chars().collect(), tail: tail.chars().collect() }
    }

    /// How many of `words` the phrase is, if they begin with it. `ends` tells behind which of them a sentence ends: none
    /// does in a slot.
    fn length(&self, words: &[char], ends: &[bool]) -> Option<usize> {
        let rest = words.strip_prefix(&*self.head)?;
        let head = self.head.len();
        if self.tail.is_empty() {
            return Some(head);
        }
        let most = ends[head - 1..].iter().take(FILLED + 1).take_while(|end| !**end).count().checked_sub(1)?;
        let filled = (0..=most).find(|&filled| rest.get(filled..).is_some_and(|rest| rest.starts_with(&self.tail)))?;
        Some(head + filled + self.tail.len())
    }
}

/// The phrases by their first character, the longest first.
static PHRASES: LazyLock<FxHashMap<char, Vec<SetPhrase>>> = LazyLock::new(|| {
    let mut phrases = FxHashMap::<char, Vec<SetPhrase>>::default();
    for line in include_str!("phrases.txt").lines().filter(|line| !line.starts_with('#')) {
        let phrase = SetPhrase::of(line);
        if let Some(first) = phrase.head.first() {
            phrases.entry(*first).or_default().push(phrase);
        }
    }
    for list in phrases.values_mut() {
        list.sort_by_key(|phrase| std::cmp::Reverse(phrase.head.len() + phrase.tail.len()));
    }
    phrases
});

/// Which characters of `text` are a set phrase's, of the table or learned, the marks in it included.
pub fn set_phrases(text: &[char], learned: &Phrases) -> Vec<bool> {
    let places: Vec<usize> = (0..text.len()).filter(|&at| text[at].is_alphanumeric()).collect();
    let words: Vec<char> = places.iter().map(|&at| text[at]).collect();
    let ends_sentence = |at: &usize| text.get(at + 1).is_some_and(|next| matches!(next, '。' | '；' | ';' | '!' | '?'));
    let ends: Vec<bool> = places.iter().map(ends_sentence).collect();
    let (mut masked, mut at) = (vec![false; text.len()], 0);
    while let Some(first) = words.get(at) {
        let list = PHRASES.get(first);
        let phrase = list.and_then(|list| list.iter().find_map(|phrase| phrase.length(&words[at..], &ends[at..])));
        let length = phrase.max(learned.at(&words[at..]));
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
        let text = "坚持以“四个意识”增强“四个意识”、坚定“四个自信”、做到“两个维护”，办理提案12件。";
        assert_eq!(own(text), "坚持以“四个意识””，办理提案12件。");
    }

    fn own(text: &str) -> String {
        let text: Vec<char> = text.chars().collect();
        text.iter().zip(set_phrases(&text, &Phrases::default())).filter(|(_, masked)| !masked).map(|(c, _)| c).collect()
    }

    #[test]
    fn a_slot_takes_in_a_few_words_of_one_sentence() {
        assert_eq!(own("要奋力谱写云岭高质量发展新篇章。办理提案。"), "要。办理提案。");
        assert_eq!(own("要全面落实省委、市委和县委决策部署，办理提案。"), "要，办理提案。");
        let parted = "要全面落实提案办理制度。各单位按照决策部署办理。";
        assert_eq!(own(parted), parted);
        let ended = "要全面落实制度。决策部署办理。";
        assert_eq!(own(ended), ended);
        let far = "要全面落实提案办理协商制度和重点提案领衔督办制度以及办理情况通报制度的决策部署。";
        assert_eq!(own(far), far);
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
        let lines: Vec<&str> = include_str!("phrases.txt").lines().filter(|line| !line.starts_with('#')).collect();
        for line in &lines {
            let phrase = SetPhrase::of(line);
            let mut characters = phrase.head.iter().chain(&phrase.tail);
            assert!(phrase.head.len() >= 4 && phrase.head.len() + phrase.tail.len() >= 7, "{line}");
            assert!(characters.all(|c| c.is_alphanumeric()), "{line}");
            assert!(!line.contains(SLOT) || phrase.tail.len() >= 3, "{line}");
        }
        let once: std::collections::HashSet<&&str> = lines.iter().collect();
        assert_eq!(once.len(), lines.len(), "a phrase stands twice");
    }
}
