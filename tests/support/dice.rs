//! Chance that is the same on every machine.

/// A linear congruential generator (Knuth, MMIX): the same numbers on every machine.
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, range: std::ops::Range<u64>) -> u64 {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        range.start + (self.0 >> 33) % (range.end - range.start)
    }

    pub fn pick<'t>(&mut self, of: &[&'t str]) -> &'t str {
        of[self.roll(0..of.len() as u64) as usize]
    }
}
