//! The index of fingerprints: which passages hold a fingerprint. Passages are numbers here; whose they are is the
//! caller's matter.
//!
//! Fingerprint and passage are one 64-bit word, kept in sorted buckets by the fingerprint's first bits: nine bytes for
//! each with all overhead, where a hash map of lists takes forty. A real report has one fingerprint for 20 bytes of text.

/// A fingerprint that more passages share says nothing: it is a set phrase, or part of a frame that parallel paragraphs
/// are written in.
pub const MOST_SHARING: usize = 16;

/// Words in a bucket, on average, before the buckets are halved. Moving half of them, half a
/// kilobyte, takes less time than finding the bucket in memory.
const FULL: usize = 128;

#[derive(Clone, Debug)]
pub struct Index {
    /// As many as a power of two.
    buckets: Vec<Vec<u64>>,
    words: usize,
}

impl Default for Index {
    fn default() -> Self {
        Index { buckets: vec![Vec::new()], words: 0 }
    }
}

impl Index {
    fn bucket(&self, fingerprint: u32) -> usize {
        (u64::from(fingerprint) >> (32 - self.buckets.len().trailing_zeros())) as usize
    }

    /// Adds a passage that does not hold the fingerprint yet; how many hold it now.
    pub fn add(&mut self, fingerprint: u32, passage: u32) -> usize {
        if self.words >= self.buckets.len() * FULL {
            self.split();
        }
        let index = self.bucket(fingerprint);
        let (bucket, word) = (&mut self.buckets[index], word(fingerprint, passage));
        let at = bucket.partition_point(|w| *w < word);
        if bucket.len() == bucket.capacity() {
            // Doubling would leave a quarter of the index unused.
            bucket.reserve_exact(bucket.len() / 32 + 4);
        }
        bucket.insert(at, word);
        self.words += 1;
        holders_in(bucket, fingerprint).len()
    }

    /// Takes out a passage; how many hold the fingerprint now.
    pub fn remove(&mut self, fingerprint: u32, passage: u32) -> usize {
        let index = self.bucket(fingerprint);
        let bucket = &mut self.buckets[index];
        if let Ok(at) = bucket.binary_search(&word(fingerprint, passage)) {
            bucket.remove(at);
            self.words -= 1;
        }
        holders_in(bucket, fingerprint).len()
    }

    /// The passages that hold a fingerprint, ascending.
    pub fn holders(&self, fingerprint: u32) -> impl ExactSizeIterator<Item = u32> {
        holders_in(&self.buckets[self.bucket(fingerprint)], fingerprint).iter().map(|word| *word as u32)
    }

    /// The passages that share any of `fingerprints`, ascending, each with how many; fingerprints that too many share
    /// are not counted.
    pub fn sharing(&self, fingerprints: &[u32]) -> Vec<(u32, usize)> {
        self.counted(fingerprints, 2)
    }

    /// As `sharing`, for a passage that is not in the index itself.
    pub fn holding(&self, fingerprints: &[u32]) -> Vec<(u32, usize)> {
        self.counted(fingerprints, 1)
    }

    fn counted(&self, fingerprints: &[u32], fewest: usize) -> Vec<(u32, usize)> {
        let telling =
            fingerprints.iter().map(|f| self.holders(*f)).filter(|h| (fewest..=MOST_SHARING).contains(&h.len()));
        let mut passages: Vec<u32> = telling.flatten().collect();
        passages.sort_unstable();
        passages.chunk_by(|a, b| a == b).map(|same| (same[0], same.len())).collect()
    }

    fn split(&mut self) {
        let count = self.buckets.len() * 2;
        let shift = 64 - count.trailing_zeros();
        let mut halves = Vec::with_capacity(count);
        for (n, mut bucket) in (0u64..).zip(std::mem::take(&mut self.buckets)) {
            let border = bucket.partition_point(|word| word >> shift <= 2 * n);
            let second = bucket[border..].to_vec();
            bucket.truncate(border);
            bucket.shrink_to_fit();
            halves.extend([bucket, second]);
        }
        self.buckets = halves;
    }

    /// Bytes of memory that the index takes.
    pub fn bytes(&self) -> usize {
        let words: usize = self.buckets.iter().map(|bucket| bucket.capacity() * size_of::<u64>()).sum();
        words + self.buckets.capacity() * size_of::<Vec<u64>>()
    }
}

fn word(fingerprint: u32, passage: u32) -> u64 {
    u64::from(fingerprint) << 32 | u64::from(passage)
}

fn holders_in(bucket: &[u64], fingerprint: u32) -> &[u64] {
    // By halving on both sides: a paragraph that stands twenty thousand times is no reason to be slow.
    let from = bucket.partition_point(|word| *word < self::word(fingerprint, 0));
    let to = bucket.partition_point(|word| *word <= self::word(fingerprint, u32::MAX));
    &bucket[from..to]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        /// The index holds what a plain set holds, through splits.
        #[test]
        fn the_index_is_a_set(
            seed in any::<u32>(),
            steps in prop::collection::vec((0u32..400, 0u32..6, prop::bool::weighted(0.7)), 0..1500),
        ) {
            let (mut index, mut plain) = (Index::default(), BTreeSet::new());
            for (n, passage, adds) in steps {
                let fingerprint = (seed ^ n).wrapping_mul(0x9e37_79b1);
                let due = match adds {
                    true if !plain.insert((fingerprint, passage)) => continue,
                    true => index.add(fingerprint, passage),
                    false => {
                        plain.remove(&(fingerprint, passage));
                        index.remove(fingerprint, passage)
                    }
                };
                let held: Vec<u32> = plain.iter().filter(|(f, _)| *f == fingerprint).map(|(_, p)| *p).collect();
                prop_assert_eq!(due, held.len());
                prop_assert_eq!(index.holders(fingerprint).collect::<Vec<_>>(), held);
            }
            prop_assert_eq!(index.words, plain.len());
        }
    }

    #[test]
    fn what_too_many_share_is_not_counted() {
        let mut index = Index::default();
        for passage in 0..MOST_SHARING as u32 {
            index.add(7, passage);
        }
        index.add(8, 3);
        index.add(8, 5);
        assert_eq!(index.sharing(&[7, 8])[3], (3, 2));
        index.add(7, 99);
        assert_eq!(index.sharing(&[7, 8]), [(3, 1), (5, 1)]);
    }
}
