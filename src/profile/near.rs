//! Near misses: a stretch that is one slip away from a fixed phrase. A slip is a character written for another, left out
//! or put in, or two that changed places; both ends must be the phrase's. Whatever writers change on purpose is none:
//! particles, conjunctions, adverbs of degree, levels of government, numerals. Two characters are a word, and another
//! word is another statement.

use super::{Phrase, Phrases};
use std::ops::Range;

/// Characters at either end that a near miss shares with its phrase.
const ENDS: usize = 2;

/// Characters that writers put in, leave out and replace by one another as they like: particles, conjunctions,
/// prepositions, adverbs and auxiliaries of one character, pronouns, directions, levels of government, numerals. Of 41
/// variations of one character that 22 real reports have in phrases that others of them share, 36 are of these.
const FREE: &str = "的地得了着过和与及同并且或以而也还又更最较很再新好向对于在从把将为按由到其该本我各全这那个级化\
                    等让使令被给来去所之均即则便就才只仅已曾正要应须需能会可上下中内外前后里间\
                    国省市县区州盟旗乡镇村街委〇零一二三四五六七八九十百千万亿两几多余年月日届次";

/// A stretch of a draft beside the phrase that it nearly is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Near<'p> {
    pub phrase: &'p Phrase,
    /// How many letters of the draft stand for it.
    pub letters: usize,
    /// Letters before what differs, and of what differs how many stand in the phrase and in the draft.
    pub same: usize,
    pub wanted: usize,
    pub written: usize,
}

impl Near<'_> {
    /// The letters of the stretch that differ from the phrase, and what is to stand there; where one was left out, with
    /// the letter before it.
    pub fn changed(&self) -> (Range<usize>, String) {
        let from = self.same - usize::from(self.written == 0);
        let wanted = super::phrases::letters(&self.phrase.text).skip(from).take(self.same + self.wanted - from);
        (from..self.same + self.written, wanted.collect())
    }
}

impl Phrases {
    /// The near misses that `words` begin with. A variant that exemplars have is none.
    pub fn near<'p>(&'p self, words: &[char]) -> impl Iterator<Item = Near<'p>> {
        self.opening(words).filter_map(|(phrase, letters)| near(phrase, letters, words))
    }
}

fn near<'p>(phrase: &'p Phrase, letters: &[char], words: &[char]) -> Option<Near<'p>> {
    let same = letters.iter().zip(words).take_while(|(a, b)| a == b).count();
    let rest = &letters[same..];
    if same < ENDS || rest.len() < ENDS {
        return None;
    }
    // What may stand in the draft for the first of the rest: another letter, none, one more, or two turned round.
    let forms = [(1, 1), (1, 0), (0, 1), (2, 2)];
    let (wanted, written) = forms.into_iter().find(|&(wanted, written)| {
        let behind = &rest[wanted.min(rest.len())..];
        let turned = || rest[..2].iter().rev().eq(words[same..].iter().take(2));
        behind.len() >= ENDS
            && words[same..].get(written..).is_some_and(|w| w.starts_with(behind))
            && (wanted < 2 || turned())
    })?;
    let found = Near { phrase, letters: letters.len() - wanted + written, same, wanted, written };
    let (old, new) = (&rest[..wanted], &words[same..same + written]);
    let is_free = old.iter().chain(new).all(|&c| FREE.contains(c));
    let said = || words[..found.letters].iter().copied();
    let is_variant = || phrase.variants.iter().any(|variant| super::phrases::letters(variant).eq(said()));
    (!is_free && !is_variant()).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, draft: &str) -> Option<(usize, usize, usize)> {
        let phrase = Phrase {
            text: text.to_owned(),
            variants: vec!["牢牢把握团结和民主两大主体".to_owned()],
            ..Phrase::default()
        };
        let words: Vec<char> = draft.chars().collect();
        let phrases = Phrases::new(vec![phrase]);
        phrases.near(&words).next().map(|near| (near.same, near.wanted, near.written))
    }

    #[test]
    fn a_slip_is_one_character_or_two_turned_round() {
        let phrase = "牢牢把握团结和民主两大主题";
        assert_eq!(found(phrase, "牢牢把屋团结和民主两大主题"), Some((3, 1, 1)));
        assert_eq!(found(phrase, "牢牢把团结和民主两大主题。"), Some((3, 1, 0)));
        assert_eq!(found(phrase, "牢牢把握握团结和民主两大主题"), Some((4, 0, 1)));
        assert_eq!(found(phrase, "牢牢把握结团和民主两大主题"), Some((4, 2, 2)));
        assert_eq!(found(phrase, phrase), None);
    }

    #[test]
    fn other_words_free_characters_and_ends_are_no_slips() {
        let phrase = "牢牢把握团结和民主两大主题";
        for other in [
            "牢牢坚持团结和民主两大主题",
            "牢牢把握团结与民主两大主题",
            "牢牢把握团结民主两大主题",
            "牢牢把握团结和民主两大主线",
            "牢牢把握团结和民主两大",
            "牢牢把握团结和民主两大主",
        ] {
            assert_eq!(found(phrase, other), None, "{other}");
        }
        assert_eq!(found("牢牢把握团结和民主两大主题思想", "牢牢把握团结和民主两大主体思想"), Some((12, 1, 1)));
    }

    #[test]
    fn what_exemplars_also_write_is_no_slip() {
        let variant = Phrase {
            text: "切实增强政治责任感和使命感".to_owned(),
            variants: vec!["切实增强政治责仁感和使命感".to_owned()],
            ..Phrase::default()
        };
        let words: Vec<char> = "切实增强政治责仁感和使命感".chars().collect();
        assert_eq!(Phrases::new(vec![variant]).near(&words).count(), 0);
    }
}
