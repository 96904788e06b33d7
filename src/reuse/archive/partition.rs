//! Partitions of the fingerprints, so that each is worked on inside a core's cache.
//!
//! In:  entries of one block of documents, each with its partition.
//! Out: [`Parted`]: the same entries, partition after partition.
//! Not here: what an entry is (`census`, `join`).

use std::ops::Range;

const PARTITION_BITS: u32 = 10;

/// How many partitions there are.
pub(super) const PARTITIONS: usize = 1 << PARTITION_BITS;

/// The partition of a fingerprint: its highest bits.
#[inline]
pub(super) fn partition(fingerprint: u64) -> u32 {
    (fingerprint >> (64 - PARTITION_BITS)) as u32
}

/// The fingerprint inside its partition: the next 32 bits. With those of the
/// partition they are 42, by which one pair in sixty thousand words is mistaken.
#[inline]
pub(super) fn key(fingerprint: u64) -> u32 {
    (fingerprint >> (32 - PARTITION_BITS) & 0xffff_ffff) as u32
}

/// Entries of one block, by partition, in their order.
pub(super) struct Parted<T> {
    entries: Box<[T]>,
    /// Where each partition begins, and where the last one ends.
    bounds: Box<[u32]>,
    /// The first partition.
    first: usize,
}

impl<T: Copy + Default> Parted<T> {
    /// Groups `entries`, which all lie in the partitions `parts`: a counting sort.
    pub(super) fn new(entries: &[(u32, T)], parts: &Range<usize>) -> Self {
        let mut bounds = vec![0_u32; parts.len() + 1].into_boxed_slice();
        for (part, _) in entries {
            bounds[*part as usize - parts.start + 1] += 1;
        }
        for part in 0..parts.len() {
            bounds[part + 1] += bounds[part];
        }
        let mut next = bounds.clone();
        let mut grouped = vec![T::default(); entries.len()].into_boxed_slice();
        for (part, entry) in entries {
            let place = &mut next[*part as usize - parts.start];
            grouped[*place as usize] = *entry;
            *place += 1;
        }
        Self { entries: grouped, bounds, first: parts.start }
    }

    /// The entries of one partition.
    pub(super) fn part(&self, part: usize) -> &[T] {
        let part = part - self.first;
        &self.entries[self.bounds[part] as usize..self.bounds[part + 1] as usize]
    }
}
