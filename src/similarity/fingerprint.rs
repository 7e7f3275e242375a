//! The fingerprints of a passage: a sample of its character 4-grams that proposes who may be a copy of whom.
//!
//! A gram is kept if its own hash is small enough (min-wise sampling, Broder 1997), so that it is kept in every copy of
//! the passage in which its four characters survive. Winnowing (window 8, 5-grams), which keeps a gram if its neighbours'
//! hashes are larger, loses grams whose neighbours were edited: measured on 1,200 paragraphs of 17 reports, with one
//! character in five replaced, inserted or deleted, it proposes 79 % of the copies of paragraphs of 40 to 64 characters;
//! sampling proposes 99.7 %, because it can keep more of a short passage and less of a long one. Samples are nested: what a
//! coarse rate keeps a fine one keeps too, so passages of different lengths can be compared.

use crate::text::han::is_han;
use crate::text::{Fold, reading::Reader};

/// Characters of a gram. With an edit at every fifth character .41 of the 4-grams survive and .33 of the 5-grams; 3-grams
/// are common words.
const GRAM: u32 = 4;

/// Base of the rolling hash: odd, so that no character is lost.
const BASE: u64 = 0x9e37_79b9_7f4a_7c15;
/// `BASE` to the power of `GRAM`, by which the character that falls out has been multiplied.
const BASE_OUT: u64 = BASE.wrapping_pow(GRAM);

/// The fingerprints of a passage, ascending, none twice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fingerprints {
    pub values: Vec<u32>,
    /// Characters that grams are made of: Han, letters and digits. Marks are left out, since they change most easily.
    pub characters: u32,
}

impl Fingerprints {
    /// The fingerprints of the folded reading of `source`.
    pub fn of(source: &str) -> Fingerprints {
        let mut kept: Vec<u64> = Vec::new();
        let (mut characters, mut rolling, mut last) = (0u32, 0u64, [0u64; GRAM as usize]);
        let words = Reader::new(source, Fold::Width).map(|c| c.value).filter(|&c| is_han(c) || c.is_alphanumeric());
        for c in words {
            let out = std::mem::replace(&mut last[(characters % GRAM) as usize], u64::from(c));
            rolling = rolling.wrapping_mul(BASE).wrapping_add(u64::from(c)).wrapping_sub(out.wrapping_mul(BASE_OUT));
            characters += 1;
            let hash = mixed(rolling);
            if characters >= GRAM && is_kept(hash, FINEST) {
                kept.push(hash);
            }
        }
        let rate = rate(characters);
        kept.retain(|&hash| is_kept(hash, rate));
        let mut values: Vec<u32> = kept.into_iter().map(|hash| hash as u32).collect();
        values.sort_unstable();
        values.dedup();
        Fingerprints { values, characters }
    }
}

/// The rate of the shortest passages.
const FINEST: u32 = 2;

/// One gram in so many is kept. A tier begins where the coarser rate still gives a passage some twenty fingerprints, of
/// which a copy with every fifth character changed shares eight; 60 % of report text is in the last tier.
fn rate(characters: u32) -> u32 {
    match characters {
        0..64 => FINEST,
        64..128 => 3,
        _ => 6,
    }
}

/// The upper half of the hash decides, the lower one is the fingerprint.
fn is_kept(hash: u64, rate: u32) -> bool {
    (hash >> 32) < u64::from(u32::MAX / rate)
}

/// How many fingerprints two passages of these lengths (in characters of grams) must share to be looked at: two, and an
/// eighth of what a copy of the shorter one would. A third of it is left where every fifth character is another.
pub fn due(first: u32, second: u32) -> usize {
    let rate = rate(first).max(rate(second));
    let grams = first.min(second).saturating_sub(GRAM - 1);
    (grams / rate / 8).max(2) as usize
}

/// Spreads a rolling hash over all bits (the finalizer of SplitMix64, Steele 2014).
fn mixed(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARAGRAPH: &str = "把“我为群众办实事”作为践行人民政协为人民的重要载体，主动联系服务界别群众，反映诉求、回应关切，解决急难愁盼问题二十余件。";

    #[test]
    fn layout_width_and_marks_make_no_difference() {
        let other = PARAGRAPH.replace('，', ", ").replace('。', "").replace("作为", "**作\n为**");
        assert_eq!(Fingerprints::of(PARAGRAPH), Fingerprints::of(&other));
        assert_eq!(Fingerprints::of(PARAGRAPH).characters, 54);
    }

    #[test]
    fn about_one_gram_in_the_rate_is_kept() {
        let kept = Fingerprints::of(PARAGRAPH).values.len();
        assert!((15..=35).contains(&kept), "{kept} of 50");
        assert_eq!(Fingerprints::of("三字文"), Fingerprints { values: Vec::new(), characters: 3 });
    }

    #[test]
    fn a_passage_shares_what_stands_in_a_longer_one() {
        let long = format!("全年召开各类会议十二次，{PARAGRAPH}").repeat(3);
        let (short, long) = (Fingerprints::of(PARAGRAPH), Fingerprints::of(&long));
        let shared = short.values.iter().filter(|value| long.values.contains(value)).count();
        assert!(shared >= due(short.characters, long.characters), "{shared}");
    }
}
