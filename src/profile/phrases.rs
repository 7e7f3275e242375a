//! The fixed phrases of a profile, ready to be looked up by how they begin. What is compared are letters, digits and Han:
//! the marks between them vary from report to report (增强“四个意识”、坚定…, 增强"四个意识",坚定…).

use super::Phrase;
use crate::text::han::fold_width;
use rustc_hash::FxHashMap;

/// Characters, marks left out: shorter wording is shared by chance.
pub const LEAST_CHARACTERS: usize = 8;

/// Phrases in the order of their file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Phrases {
    list: Vec<Phrase>,
    /// The characters of each.
    characters: Vec<Vec<char>>,
    /// Indexes by the first two characters, the longest phrase first.
    by_opening: FxHashMap<[char; 2], Vec<usize>>,
}

/// The characters that phrases are compared by.
pub fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().map(fold_width).filter(|c| c.is_alphanumeric())
}

impl Phrases {
    pub fn new(list: Vec<Phrase>) -> Phrases {
        let characters: Vec<Vec<char>> = list.iter().map(|phrase| letters(&phrase.text).collect()).collect();
        let mut by_opening = FxHashMap::<[char; 2], Vec<usize>>::default();
        for (index, phrase) in characters.iter().enumerate() {
            if let [first, second, ..] = phrase[..] {
                by_opening.entry([first, second]).or_default().push(index);
            }
        }
        for indexes in by_opening.values_mut() {
            indexes.sort_by_key(|&index| std::cmp::Reverse(characters[index].len()));
        }
        Phrases { list, characters, by_opening }
    }

    pub fn iter(&self) -> impl Iterator<Item = &Phrase> {
        self.list.iter()
    }

    pub fn len(&self) -> usize {
        self.list.len()
    }

    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The phrases that begin with the first two of `words`, and their characters; the longest first.
    pub fn opening<'p>(&'p self, words: &[char]) -> impl Iterator<Item = (&'p Phrase, &'p [char])> + use<'p> {
        let opening = words.first_chunk().and_then(|opening| self.by_opening.get(opening));
        opening.into_iter().flatten().map(|&index| (&self.list[index], &self.characters[index][..]))
    }

    /// The characters of the longest phrase that `words` begin with.
    pub fn at(&self, words: &[char]) -> Option<usize> {
        self.opening(words).find(|(_, phrase)| words.starts_with(phrase)).map(|(_, phrase)| phrase.len())
    }
}

impl FromIterator<Phrase> for Phrases {
    fn from_iter<I: IntoIterator<Item = Phrase>>(list: I) -> Phrases {
        Phrases::new(list.into_iter().collect())
    }
}
