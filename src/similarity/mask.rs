//! Set phrases (规范表述): every report has them, so that two paragraphs share them proves nothing. They are left out when a
//! copy is decided, never when one is looked for: a changed table re-indexes nothing.

use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// A phrase without its marks: its first words and, if it has a slot that each draft fills with a few words of its own
/// (奋力谱写…新篇章), its last.
struct Phrase {
    head: Vec<char>,
    tail: Vec<char>,
}

/// What a slot is marked with in the table.
const SLOT: char = '…';

/// Characters that fill a slot at most, marks not counted: 奋力谱写新时代中国特色社会主义现代化建设新篇章.
const FILLED: usize = 20;

impl Phrase {
    fn of(line: &str) -> Phrase {
        let (head, tail) = line.split_once(SLOT).unwrap_or((line, ""));
        Phrase { head: head.chars().collect(), tail: tail.chars().collect() }
    }

    /// How many of `words` the phrase is, if they begin with it. A sentence does not end in a slot.
    fn length(&self, words: &[Word]) -> Option<usize> {
        let head = self.head.len();
        if !opens(words, &self.head) {
            return None;
        }
        if self.tail.is_empty() {
            return Some(head);
        }
        let filled =
            (0..=FILLED).take_while(|n| *n == 0 || words.get(head + n - 1).is_some_and(|word| !word.ends_sentence));
        let filled = filled.filter(|_| !words[head - 1].ends_sentence);
        let mut tails = filled.filter(|n| words.get(head + n..).is_some_and(|rest| opens(rest, &self.tail)));
        tails.next().map(|n| head + n + self.tail.len())
    }
}

/// A character that is no mark.
struct Word {
    character: char,
    place: usize,
    ends_sentence: bool,
}

fn opens(words: &[Word], phrase: &[char]) -> bool {
    words.len() >= phrase.len() && words.iter().zip(phrase).all(|(word, c)| word.character == *c)
}

/// The phrases by their first character, the longest first.
static PHRASES: LazyLock<FxHashMap<char, Vec<Phrase>>> = LazyLock::new(|| {
    let mut phrases = FxHashMap::<char, Vec<Phrase>>::default();
    for line in include_str!("phrases.txt").lines().filter(|line| !line.starts_with('#')) {
        let phrase = Phrase::of(line);
        if let Some(first) = phrase.head.first() {
            phrases.entry(*first).or_default().push(phrase);
        }
    }
    for list in phrases.values_mut() {
        list.sort_by_key(|phrase| std::cmp::Reverse(phrase.head.len() + phrase.tail.len()));
    }
    phrases
});

/// Which characters of `text` are a set phrase's, the marks in it included.
pub fn set_phrases(text: &[char]) -> Vec<bool> {
    let words: Vec<Word> = text
        .iter()
        .enumerate()
        .filter(|(_, c)| c.is_alphanumeric())
        .map(|(place, c)| {
            let ends_sentence = text.get(place + 1).is_some_and(|next| matches!(next, '。' | ';' | '!' | '?'));
            Word { character: *c, place, ends_sentence }
        })
        .collect();
    let (mut masked, mut at) = (vec![false; text.len()], 0);
    while let Some(first) = words.get(at) {
        let list = PHRASES.get(&first.character);
        let length = list.and_then(|list| list.iter().find_map(|phrase| phrase.length(&words[at..])));
        if let Some(length) = length {
            masked[first.place..=words[at + length - 1].place].fill(true);
        }
        at += length.unwrap_or(1);
    }
    masked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn set_phrases_are_masked_with_the_marks_in_them() {
        let text = "坚持以“四个意识”增强“四个意识”、坚定“四个自信”、做到“两个维护”，办理提案12件。";
        assert_eq!(own(text), "坚持以“四个意识””，办理提案12件。");
    }

    fn own(text: &str) -> String {
        let text: Vec<char> = text.chars().collect();
        text.iter().zip(set_phrases(&text)).filter(|(_, masked)| !masked).map(|(c, _)| c).collect()
    }

    #[test]
    fn a_slot_takes_in_a_few_words_of_one_sentence() {
        assert_eq!(own("要奋力谱写云岭高质量发展新篇章。办理提案。"), "要。办理提案。");
        assert_eq!(own("要全面落实省委、市委和县委决策部署，办理提案。"), "要，办理提案。");
        let parted = "要全面落实提案办理制度。各单位按照决策部署办理。";
        assert_eq!(own(parted), parted);
        let far = "要全面落实提案办理协商制度和重点提案领衔督办制度以及办理情况通报制度的决策部署。";
        assert_eq!(own(far), far);
    }

    #[test]
    fn the_table_is_of_long_phrases_without_marks() {
        let lines: Vec<&str> = include_str!("phrases.txt").lines().filter(|line| !line.starts_with('#')).collect();
        for line in &lines {
            let phrase = Phrase::of(line);
            let mut characters = phrase.head.iter().chain(&phrase.tail);
            assert!(phrase.head.len() >= 4 && phrase.head.len() + phrase.tail.len() >= 7, "{line}");
            assert!(characters.all(|c| c.is_alphanumeric()), "{line}");
            assert!(!line.contains(SLOT) || phrase.tail.len() >= 3, "{line}");
        }
        let once: std::collections::HashSet<&&str> = lines.iter().collect();
        assert_eq!(once.len(), lines.len(), "a phrase stands twice");
    }
}
