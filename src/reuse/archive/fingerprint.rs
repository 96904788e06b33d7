//! Fingerprints: one 64-bit number for five words in a row, and which of them to keep.
//!
//! Winnowing after Schleimer, Wilkerson and Aiken, "Winnowing: Local Algorithms for
//! Document Fingerprinting", SIGMOD 2003, section 3: of every [`WINDOW`] neighbours
//! the smallest is kept, so that any run of [`GUARANTEED_WORDS`] shared words leaves
//! the same fingerprint in both documents.
//!
//! In:  the word hashes of one document.
//! Out: its fingerprints, in reading order, and the positions of the kept ones.
//! Not here: what a word is (`words`).

/// Words in a shingle. Four are mostly names and stock phrases; of six, every fifth
/// word edited leaves too few.
pub const SHINGLE_WORDS: usize = 5;

/// Neighbouring fingerprints of which winnowing keeps at least one.
pub const WINDOW: usize = 4;

/// A run of this many shared words is found by winnowed fingerprints.
pub const GUARANTEED_WORDS: usize = SHINGLE_WORDS + WINDOW - 1;

/// The fingerprint of one shingle: [`SHINGLE_WORDS`] word hashes.
///
/// The same on every machine. Stores that know only signed numbers keep the same 64
/// bits (`as i64`): equal fingerprints stay equal, and nothing else is asked of them.
///
/// The hashes are the digits of a number modulo 2⁶⁴, and the finaliser of `MurmurHash3`
/// (Appleby 2011) mixes it, so that any bits of the result will do for a partition.
#[inline]
pub fn fingerprint(shingle: &[u32; SHINGLE_WORDS]) -> u64 {
    let mut number = 0_u64;
    for word in shingle {
        number = number.wrapping_mul(BASE).wrapping_add(u64::from(*word) + 1);
    }
    number = (number ^ number >> 33).wrapping_mul(0xff51_afd7_ed55_8ccd);
    number = (number ^ number >> 33).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    number ^ number >> 33
}

/// Odd and without pattern, so that every hash reaches the high bits of the number.
const BASE: u64 = 0x9e37_79b9_7f4a_7c15;

/// The fingerprint of every shingle of `words`: one for each word but the last four.
///
/// ```
/// use provenance::reuse::archive::{Words, fingerprints};
///
/// let left = Words::read("He said that the port will open in spring.");
/// let right = Words::read("The port will open in spring, officials said.");
///
/// let left: Vec<u64> = fingerprints(left.hashes()).collect();
/// let right: Vec<u64> = fingerprints(right.hashes()).collect();
/// assert_eq!(left[3..], right[..2]);
/// ```
pub fn fingerprints(words: &[u32]) -> impl ExactSizeIterator<Item = u64> {
    words.array_windows().map(fingerprint)
}

/// The positions that winnowing keeps of `fingerprints`, in rising order.
///
/// Of equal ones in a window the last is kept, and a run of equal fingerprints
/// ("ha ha ha …") keeps every fourth. Fewer than [`WINDOW`] fingerprints are one window.
///
/// ```
/// use provenance::reuse::archive::winnow;
///
/// assert_eq!(winnow(&[5, 3, 8, 9, 7, 6, 8]), [1, 5]);
/// ```
///
/// # Panics
/// With more than 2³² fingerprints, which no document under 4 GiB has.
pub fn winnow(fingerprints: &[u64]) -> Vec<u32> {
    let mut kept: Vec<u32> = Vec::with_capacity(fingerprints.len() / 2);
    let window = WINDOW.min(fingerprints.len()).max(1);
    // The last position kept: it serves every window that it lies in, unless smaller comes.
    let mut smallest: Option<usize> = None;
    for (start, in_window) in fingerprints.windows(window).enumerate() {
        let newest = start + window - 1;
        let best = match smallest.filter(|at| *at >= start) {
            Some(at) if fingerprints[at] <= fingerprints[newest] => continue,
            Some(_) => newest,
            None => start + last_smallest(in_window),
        };
        smallest = Some(best);
        kept.push(u32::try_from(best).expect("documents are under 4 GiB"));
    }
    kept
}

fn last_smallest(window: &[u64]) -> usize {
    let mut best = 0;
    for (at, value) in window.iter().enumerate() {
        if *value <= window[best] {
            best = at;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn short_documents_have_few_fingerprints() {
        assert_eq!(fingerprints(&[1, 2, 3, 4]).len(), 0);
        assert_eq!(fingerprints(&[1, 2, 3, 4, 5]).len(), 1);
        assert!(winnow(&[]).is_empty());
        assert_eq!(winnow(&[9]), [0]);
        assert_eq!(winnow(&[9, 1]), [1]);
    }

    #[test]
    fn the_order_of_words_counts() {
        assert_ne!(fingerprint(&[1, 2, 3, 4, 5]), fingerprint(&[1, 2, 3, 5, 4]));
        assert_ne!(fingerprint(&[0, 0, 0, 0, 1]), fingerprint(&[0, 0, 0, 1, 0]));
    }

    #[test]
    fn a_fingerprint_never_changes_between_versions() {
        assert_eq!(fingerprint(&[1, 2, 3, 4, 5]), 17_867_787_639_454_450_313);
    }

    #[test]
    fn a_refrain_keeps_every_fourth() {
        assert_eq!(winnow(&[7; 12]), [3, 7, 11]);
    }

    proptest! {
        #[test]
        fn every_window_keeps_one_of_its_smallest(values in prop::collection::vec(0_u64..9, 4..60)) {
            let kept = winnow(&values);
            prop_assert!(kept.is_sorted_by(|a, b| a < b));
            for start in 0..=values.len() - WINDOW {
                let smallest = values[start..start + WINDOW].iter().min();
                let serves = |at: &&u32| (start..start + WINDOW).contains(&(**at as usize));
                prop_assert!(kept.iter().filter(serves).any(|at| Some(&values[*at as usize]) == smallest));
            }
        }

        #[test]
        fn a_long_shared_run_shares_a_kept_fingerprint(
            before: Vec<u32>, after: Vec<u32>, run in prop::collection::vec(any::<u32>(), GUARANTEED_WORDS)
        ) {
            let left: Vec<u64> = fingerprints(&[&before[..], &run].concat()).collect();
            let right: Vec<u64> = fingerprints(&[&run, &after[..]].concat()).collect();
            let kept = |all: &[u64]| winnow(all).iter().map(|at| all[*at as usize]).collect::<Vec<_>>();
            let right = kept(&right);
            prop_assert!(kept(&left).iter().any(|one| right.contains(one)));
        }
    }
}
