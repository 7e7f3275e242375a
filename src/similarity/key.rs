//! The key of a reading: equal readings have equal keys, and the key of two readings joined comes from their keys.
//!
//! A polynomial hash modulo the Mersenne prime 2^61 − 1 (Karp and Rabin 1987). Joining without the text is what makes a
//! hard-wrapped paragraph's key cost nothing beyond its lines'. Two unequal readings of n characters share a key with
//! probability at most n / 2^61; a finding that says "equal" compares the readings all the same.

use crate::text::{Fold, reading::Reader};

const MODULUS: u64 = (1 << 61) - 1;

/// The base of the polynomial: any number far from 0 and the modulus; a fixed one, so that fingerprints last.
const BASE: u64 = 0x1234_5678_9abc_def1 % MODULUS;

/// The key of a width-folded reading.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    hash: u64,
    /// BASE to the power of `characters`, kept so that joining needs no exponentiation.
    power: u64,
    /// Length of the reading in characters.
    pub characters: u32,
}

impl Key {
    pub const EMPTY: Key = Key { hash: 0, power: 1, characters: 0 };

    /// The key of the folded reading of `source`.
    pub fn of(source: &str) -> Key {
        Reader::new(source, Fold::Width).fold(Key::EMPTY, |key, c| key.with(c.value))
    }

    #[inline]
    pub fn with(self, c: char) -> Key {
        // Characters count from 1, so that no character is invisible at the start.
        let hash = reduce(u128::from(self.hash) * u128::from(BASE) + u128::from(c as u32) + 1);
        Key { hash, power: reduce(u128::from(self.power) * u128::from(BASE)), characters: self.characters + 1 }
    }

    /// The key of this reading followed by `next`.
    pub fn joined(self, next: Key) -> Key {
        Key {
            hash: reduce(u128::from(self.hash) * u128::from(next.power) + u128::from(next.hash)),
            power: reduce(u128::from(self.power) * u128::from(next.power)),
            characters: self.characters + next.characters,
        }
    }

    /// A number to tell keys apart by, stable over versions.
    pub fn value(self) -> u64 {
        self.hash
    }
}

#[inline]
fn reduce(x: u128) -> u64 {
    let folded = (x as u64 & MODULUS) + (x >> 61) as u64;
    // The sum may pass the modulus once more (x < 2^122, so the parts are below 2^61 + 2^61).
    let folded = (folded & MODULUS) + (folded >> 61);
    if folded >= MODULUS { folded - MODULUS } else { folded }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn layout_and_width_make_no_difference() {
        assert_eq!(Key::of("为推 动全县，（一）\n"), Key::of("**为推动全县**,(一)"));
        assert_ne!(Key::of("16个"), Key::of("18个"));
    }

    proptest! {
        #[test]
        fn joined_keys_are_keys_of_joined_text(a in "[甲乙丙1，]{0,20}", b in "[甲乙丙1，]{0,20}") {
            prop_assert_eq!(Key::of(&a).joined(Key::of(&b)), Key::of(&format!("{a}{b}")));
            prop_assert_eq!(Key::of(&a) == Key::of(&b), a.replace('，', ",") == b.replace('，', ","));
        }
    }
}
