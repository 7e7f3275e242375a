//! A heading's parts, and what of its words rules compare: read once with the block, so that an edit of one heading reads
//! no other.

use super::marker::Marker;
use crate::text::Fold;
use crate::text::han::is_space;
use crate::text::reading::Reader;
use rustc_hash::FxHasher;
use std::hash::Hasher;
use std::ops::Range;

/// A heading's parts, in bytes of its block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// The words without `#`, `**`, the layout around and the mark at the end; the marker included.
    pub title: Range<usize>,
    pub marker: Option<Marker>,
    pub words: Words,
    /// The mark behind the title, if it has one that ends no title: 。 ； ， 、
    pub end: Option<char>,
}

/// A sentence that may be a lead-in, in bytes of its block, its closing mark left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lead {
    pub title: Range<usize>,
    pub words: Words,
}

/// What a title's words are like, its marker and the layout left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// Equal words have equal hashes.
    pub hash: u64,
    pub characters: u32,
    /// Parts between spaces and commas.
    pub parts: u8,
    /// Members in the first quotes, parted by 、: three in “忠诚、干净、担当”; 0 without quotes.
    pub quoted: u8,
}

impl Words {
    pub fn of(source: &str) -> Words {
        let (mut hasher, mut characters) = (FxHasher::default(), 0);
        for character in Reader::new(source, Fold::None) {
            hasher.write_u32(u32::from(character.value));
            characters += 1;
        }
        let parts = source.split(|c| is_space(c) || matches!(c, '，' | ',')).filter(|part| !part.is_empty()).count();
        let quoted = source.split_once('“').and_then(|(_, rest)| Some(rest.split_once('”')?.0));
        Words {
            hash: hasher.finish(),
            characters,
            parts: parts.min(usize::from(u8::MAX)) as u8,
            quoted: quoted.map_or(0, |quoted| quoted.split('、').count().min(usize::from(u8::MAX)) as u8),
        }
    }
}

/// A mark that no title ends with (GB/T 15834 附录B.4); ？ and ！ may.
pub(super) fn is_end_mark(c: char) -> bool {
    matches!(c, '。' | '；' | '，' | '、' | ';' | ',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_apart_and_counted() {
        let words = Words::of("坚持方向 强化“同心、同向、同行”的属性");
        assert_eq!((words.parts, words.quoted), (2, 3));
        assert_eq!(Words::of("协商 议政").hash, Words::of("**协商**议政").hash);
        assert_ne!(Words::of("协商议政").hash, Words::of("协商议事").hash);
    }
}
