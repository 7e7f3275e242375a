//! Names of a house (固定名称), and words of a text that are one character off: another in its place, one too few or too many.
//! First and last character are those of the name, since a word that begins or ends otherwise is mostly another name
//! (县人民法院, 市人民法院); and numerals are never a slip.

use super::dictionary::Dictionary;
use crate::text::han::is_han;
use crate::text::numeral::is_han_digit;
use std::ops::Range;

/// Names, and where a text has them one character off.
#[derive(Debug)]
pub struct Names {
    all: Vec<String>,
    whole: Dictionary<()>,
    /// The first and the second half of each name: one of them is as it should be. Whether it is the first.
    halves: Dictionary<(usize, bool)>,
}

impl Names {
    pub fn of(all: Vec<String>) -> Names {
        let halves = all.iter().enumerate().flat_map(|(n, name)| {
            let middle = name.char_indices().nth(name.chars().count() / 2).map_or(name.len(), |(at, _)| at);
            [(name[..middle].to_owned(), (n, true)), (name[middle..].to_owned(), (n, false))]
        });
        let halves = Dictionary::of(halves);
        let whole = Dictionary::of(all.iter().map(|name| (name.clone(), ())));
        Names { all, whole, halves }
    }

    /// Words of `text` that are a name but for one character, each with the name.
    pub fn slips<'n>(&'n self, text: &str) -> Vec<(Range<usize>, &'n str)> {
        let right: Vec<Range<usize>> = self.whole.find(text).map(|(range, _)| range).collect();
        let mut slips: Vec<(Range<usize>, &str)> = Vec::new();
        for (half, names) in self.halves.find(text) {
            let each = names.iter().filter_map(|&(n, is_first)| {
                let name = self.all[n].as_str();
                Some((slip(text, name, &half, is_first)?, name))
            });
            for (range, name) in each {
                let overlaps = |other: &Range<usize>| other.start < range.end && range.start < other.end;
                if !right.iter().any(overlaps) && !slips.iter().any(|(other, _)| overlaps(other)) {
                    slips.push((range, name));
                }
            }
        }
        slips
    }
}

/// The word of `text` around `half`, which is the first or the second half of `name`, that is one character off.
fn slip(text: &str, name: &str, half: &Range<usize>, is_first: bool) -> Option<Range<usize>> {
    let rest = name.chars().count() - text[half.clone()].chars().count();
    let candidates = [rest, rest + 1, rest.saturating_sub(1)].into_iter().filter_map(|length| {
        let length = length.checked_sub(1)?;
        Some(match is_first {
            true => {
                let (at, c) = text[half.end..].char_indices().nth(length)?;
                half.start..half.end + at + c.len_utf8()
            }
            false => text[..half.start].char_indices().rev().nth(length)?.0..half.end,
        })
    });
    candidates.into_iter().find(|range| is_near(&text[range.clone()], name))
}

/// Whether two words are one but for a character that is neither their first nor their last, nor a numeral.
pub fn is_near(one: &str, other: &str) -> bool {
    let (mut short, mut long): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if short.len() > long.len() {
        std::mem::swap(&mut short, &mut long);
    }
    let first = short.iter().zip(&long).take_while(|(a, b)| a == b).count();
    let last = short.iter().rev().zip(long.iter().rev()).take_while(|(a, b)| a == b).count();
    let off = long.len() - short.len();
    let rest = short.len().saturating_sub(first);
    // What differs: one character of each, or one more of the longer.
    let is_one = match off {
        0 => rest >= 1 && last + 1 >= rest,
        1 => last >= rest,
        _ => false,
    };
    let is_slip = |c: &char| is_han(*c) && !is_han_digit(*c);
    let differ = long.get(first).into_iter().chain(short.get(first).filter(|_| off == 0));
    is_one && first > 0 && last > 0 && differ.into_iter().all(is_slip)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_character_off_is_near() {
        for (one, other) in [("红石榴驿站", "红石留驿站"), ("红石榴驿站", "红石驿站"), ("红石榴驿站", "红石榴榴驿站")]
        {
            assert!(is_near(one, other) && is_near(other, one), "{other}");
        }
        for (one, other) in [
            ("红石榴驿站", "红石榴驿站"),
            ("红石榴驿站", "红石流译站"),
            ("县人民法院", "市人民法院"),
            ("第三人民医院", "第二人民医院"),
            ("红石榴驿站", "红石榴驿站点"),
            ("文明实践站", "文明实践所"),
        ] {
            assert!(!is_near(one, other), "{other}");
        }
    }

    #[test]
    fn slips_of_a_name_are_found_and_the_name_is_not() {
        let names = Names::of(vec!["有事好商量协商议事室".to_owned(), "红石榴驿站".to_owned()]);
        let text = "建成红石留驿站3个，红石榴驿站2个，有事好商协商议事室5个，有事好商量协商议事厅1个";
        let found: Vec<_> = names.slips(text).into_iter().map(|(range, name)| (&text[range], name)).collect();
        assert_eq!(found, [("红石留驿站", "红石榴驿站"), ("有事好商协商议事室", "有事好商量协商议事室")]);
    }
}
