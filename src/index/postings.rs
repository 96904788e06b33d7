//! Postings: where each fingerprint stands, in six bytes or so.
//!
//! Of a fingerprint its lowest [`KEY_BITS`] bits are the key: winnowing prefers small
//! fingerprints, so that only the low bits are evenly spread. The first bits of a key
//! choose its bucket; in a bucket, keys stand in order as the difference to the key
//! before. A fingerprint that stands once has its position behind it in four bytes;
//! one that stands often has a count, a length, and positions as differences. All
//! differences are in LEB128.
//!
//! Keys may collide, and a collision costs a look at two words that are not equal:
//! passages are verified.
//!
//! In:  keys with positions.
//! Out: the bytes of buckets; the [`Hits`] of a key.

use std::ops::Range;

/// Bits of a fingerprint that are kept: a lookup of one that is in no document hits
/// another one in 1 of 2,500 cases with 28 million postings, and in 1 of 40 with as many
/// as an index holds.
pub(crate) const KEY_BITS: u32 = 36;

/// Postings are sorted and written by the first bits of their keys, a part at a time.
pub(crate) const PART_BITS: u32 = 8;

/// How many parts there are.
pub(crate) const PARTS: usize = 1 << PART_BITS;

const PART_KEY_BITS: u32 = KEY_BITS - PART_BITS;

/// Postings in a bucket: more make lookups slower, fewer make the table of buckets larger.
const BUCKET_POSTINGS: u64 = 48;

/// Where a fingerprint stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Hits {
    /// How often.
    pub(crate) count: u64,
    /// The first positions, in rising order.
    pub(crate) positions: Vec<u32>,
}

/// The part that a fingerprint belongs to, and its posting there.
pub(crate) fn posting(fingerprint: u64, position: u32) -> (usize, u64) {
    let key = key(fingerprint);
    let part = (key >> PART_KEY_BITS) as usize;
    (part, (key & mask(PART_KEY_BITS)) << 32 | u64::from(position))
}

/// How many bits of a key choose its bucket, for so many postings.
pub(crate) fn bucket_bits(postings: u64) -> u32 {
    use crate::index::format::MAX_BUCKET_BITS;
    use crate::index::format::MIN_BUCKET_BITS;

    let buckets = (postings / BUCKET_POSTINGS).max(1);
    buckets.ilog2().clamp(MIN_BUCKET_BITS, MAX_BUCKET_BITS)
}

/// The bucket that holds a fingerprint.
pub(crate) fn bucket(fingerprint: u64, bucket_bits: u32) -> u64 {
    key(fingerprint) >> (KEY_BITS - bucket_bits)
}

/// The buckets of one part, one behind the other, and how long each is.
pub(crate) fn encode(sorted: &[u64], bucket_bits: u32) -> (Vec<u8>, Vec<u64>) {
    let rest_bits = KEY_BITS - bucket_bits;
    let buckets = 1_usize << (bucket_bits - PART_BITS);
    let mut bytes = Vec::with_capacity(sorted.len() * 6);
    let mut lengths = Vec::with_capacity(buckets);
    let mut rest = sorted;
    for bucket in 0..buckets as u64 {
        let before = bytes.len();
        let end = rest.partition_point(|posting| posting >> 32 >> rest_bits <= bucket);
        let (inside, after) = rest.split_at(end);
        rest = after;
        let mut last = 0;
        for group in inside.chunk_by(|a, b| a >> 32 == b >> 32) {
            let key = group[0] >> 32 & mask(rest_bits);
            append_group(&mut bytes, key - last, group);
            last = key;
        }
        lengths.push((bytes.len() - before) as u64);
    }
    (bytes, lengths)
}

/// The postings of one key: the difference to the key before, and a bit that says
/// whether there are several.
fn append_group(bytes: &mut Vec<u8>, difference: u64, group: &[u64]) {
    let position = |posting: &u64| u32::try_from(posting & mask(32)).expect("32 bits are left");
    if let [only] = group {
        append_number(bytes, difference << 1);
        bytes.extend_from_slice(&position(only).to_le_bytes());
        return;
    }
    append_number(bytes, difference << 1 | 1);
    let mut positions = Vec::with_capacity(2 * group.len());
    let mut last = 0;
    for posting in group {
        append_number(&mut positions, (position(posting) - last).into());
        last = position(posting);
    }
    append_number(bytes, group.len() as u64);
    append_number(bytes, positions.len() as u64);
    bytes.extend_from_slice(&positions);
}

/// The hits of `fingerprint` in its bucket, at most `limit` positions.
///
/// `None` when the bytes are no bucket.
pub(crate) fn lookup(
    mut bucket: &[u8],
    bucket_bits: u32,
    fingerprint: u64,
    limit: usize,
) -> Option<Hits> {
    let wanted = key(fingerprint) & mask(KEY_BITS - bucket_bits);
    let rest = &mut bucket;
    let mut at = 0_u64;
    while !rest.is_empty() {
        let first = take_number(rest)?;
        at = at.checked_add(first >> 1)?;
        let several = first & 1 == 1;
        let (count, length) =
            if several { (take_number(rest)?, take_number(rest)?) } else { (1, 4) };
        let (positions, after) = rest.split_at_checked(usize::try_from(length).ok()?)?;
        if at == wanted {
            let positions = if several {
                differences(positions, limit)?
            } else {
                vec![u32::from_le_bytes(*positions.first_chunk()?)]
            };
            return Some(Hits { count, positions });
        }
        if at > wanted {
            break;
        }
        *rest = after;
    }
    Some(Hits::default())
}

fn differences(mut bytes: &[u8], limit: usize) -> Option<Vec<u32>> {
    let mut positions = Vec::new();
    let mut at = 0_u32;
    while !bytes.is_empty() && positions.len() < limit {
        let step = u32::try_from(take_number(&mut bytes)?).ok()?;
        at = at.checked_add(step)?;
        positions.push(at);
    }
    Some(positions)
}

/// The place of a bucket's end points in the table of buckets.
pub(crate) fn table_range(bucket: u64) -> Range<u64> {
    bucket * 8..bucket * 8 + 16
}

fn key(fingerprint: u64) -> u64 {
    fingerprint & mask(KEY_BITS)
}

fn mask(bits: u32) -> u64 {
    (1 << bits) - 1
}

/// Appends `number` in LEB128.
fn append_number(bytes: &mut Vec<u8>, mut number: u64) {
    while number >> 7 != 0 {
        bytes.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push((number & 0x7f) as u8);
}

/// Takes a number from the front of `bytes`, unless it is cut off or over 64 bits.
fn take_number(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0_u64;
    for shift in (0..63).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    /// The postings of some fingerprints, as a part after the other would be written.
    fn encoded(all: &BTreeMap<u64, Vec<u32>>, bucket_bits: u32) -> Vec<Vec<u8>> {
        let mut parts = vec![Vec::new(); PARTS];
        for (fingerprint, positions) in all {
            for position in positions {
                let (part, posting) = posting(*fingerprint, *position);
                parts[part].push(posting);
            }
        }
        let mut buckets = Vec::new();
        for part in &mut parts {
            part.sort_unstable();
            let (bytes, lengths) = encode(part, bucket_bits);
            let mut rest = bytes.as_slice();
            for length in lengths {
                let (bucket, after) = rest.split_at(usize::try_from(length).unwrap());
                buckets.push(bucket.to_vec());
                rest = after;
            }
        }
        buckets
    }

    proptest! {
        #[test]
        fn every_fingerprint_is_found_where_it_stands(
            all in prop::collection::btree_map(
                any::<u64>(), prop::collection::btree_set(any::<u32>(), 1..30), 0..60
            ),
            others: Vec<u64>,
            bucket_bits in 8_u32..14,
        ) {
            let all: BTreeMap<u64, Vec<u32>> =
                all.into_iter().map(|(one, places)| (one, places.into_iter().collect())).collect();
            let buckets = encoded(&all, bucket_bits);
            let find = |one: u64| {
                let bucket = usize::try_from(bucket(one, bucket_bits)).unwrap();
                lookup(&buckets[bucket], bucket_bits, one, 20).unwrap()
            };
            for (fingerprint, positions) in &all {
                let hits = find(*fingerprint);
                prop_assert_eq!(hits.count, positions.len() as u64);
                prop_assert_eq!(&hits.positions[..], &positions[..positions.len().min(20)]);
            }
            for other in others.into_iter().filter(|one| !all.contains_key(one)) {
                prop_assert_eq!(find(other), Hits::default());
            }
        }

        #[test]
        fn foreign_bytes_give_no_panic(bytes: Vec<u8>, fingerprint: u64) {
            let _ = lookup(&bytes, 8, fingerprint, 20);
        }
    }
}
