//! Words with a numeral in them that count nothing (进一步, 一心一意, 三门峡), and names that count only what everybody knows
//! (两个维护, 一带一路).
//!
//! `lexicon.tsv`: the seeds, the 17 reports, `domain/slogans.tsv`, and the entries on 一 to 万 of 《现代汉语词典》 that the genre
//! uses. A word is looked up by its first numeral character.

use super::mention::Class;
use rustc_hash::FxHashMap;
use std::ops::Range;
use std::sync::LazyLock;

const TABLE: &str = include_str!("lexicon.tsv");

struct Word {
    /// Bytes before its first numeral character.
    before: usize,
    text: &'static str,
    class: Class,
}

static WORDS: LazyLock<FxHashMap<char, Vec<Word>>> = LazyLock::new(|| {
    let mut map: FxHashMap<char, Vec<Word>> = FxHashMap::default();
    for (text, class) in load(TABLE).unwrap_or_else(|e| unreachable!("a constant table: {e}")) {
        let Some((before, numeral)) = text.char_indices().find(|(_, c)| opens(*c)) else { continue };
        map.entry(numeral).or_default().push(Word { before, text, class });
    }
    for words in map.values_mut() {
        words.sort_by_key(|word| std::cmp::Reverse(word.text.len()));
    }
    map
});

/// Whether a word of the table can be looked up by `c`.
pub fn opens(c: char) -> bool {
    super::number::is_numeral(c) || matches!(c, '几' | '数' | '半')
}

fn load(table: &'static str) -> Result<Vec<(&'static str, Class)>, String> {
    let row = |line: &'static str| {
        let (word, class) = line.split_once('\t').ok_or_else(|| format!("lexicon.tsv: {line}"))?;
        let class = Class::named(class).filter(|class| !class.is_figure());
        let class = class.ok_or_else(|| format!("lexicon.tsv: no such class: {line}"))?;
        let has_numeral = word.contains(opens);
        has_numeral.then_some((word, class)).ok_or_else(|| format!("lexicon.tsv: no numeral: {line}"))
    };
    table.lines().skip(1).map(row).collect()
}

/// The word whose first numeral character stands at `at`.
pub fn read(text: &str, at: usize) -> Option<(Range<usize>, Class)> {
    let words = WORDS.get(&text[at..].chars().next()?)?;
    let bytes = text.as_bytes();
    let word = words.iter().find(|word| {
        at.checked_sub(word.before).is_some_and(|start| bytes[start..].starts_with(word.text.as_bytes()))
    })?;
    let range = at - word.before..at - word.before + word.text.len();
    // 十分之一 is no 十分, and 三十一个 no 一个.
    let goes_on = word.text.ends_with('分') && text[range.end..].starts_with('之');
    (!goes_on).then_some((range, word.class))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sound() {
        let words = load(TABLE).unwrap();
        let mut names: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        names.sort_unstable();
        let count = names.len();
        names.dedup();
        assert!(names.len() == count && count > 500);
    }

    #[test]
    fn words_are_found_by_their_first_numeral() {
        let found = |text: &str, at: usize| read(text, at).map(|(range, _)| text[range].to_owned());
        assert_eq!(found("进一步", 3).as_deref(), Some("进一步"));
        assert_eq!(found("一体化", 0).as_deref(), Some("一体化"));
        assert_eq!(found("十分之一", 0), None);
        assert_eq!(found("做到两个维护", 6).as_deref(), Some("两个维护"));
    }
}
