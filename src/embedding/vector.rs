//! Vectors, their cosine, and sketches of them.

use std::ops::Range;

/// Numbers in a vector of the table.
pub(super) const DIMENSIONS: usize = 256;

/// The direction of a word or of a sentence.
///
/// Invariant: of length one, or all zero or empty where nothing is known.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Vector(Box<[f32]>);

impl Vector {
    /// The direction of `sum`.
    pub(super) fn new(sum: Box<[f32]>) -> Self {
        let mut vector = Self(sum);
        vector.normalise();
        vector
    }

    /// The cosine of the angle between two directions, from -1 to 1; 0 where one is unknown.
    pub fn cosine(&self, other: &Self) -> f32 {
        // Eight sums at a time, which the compiler keeps in vector registers.
        let mut sums = [0.0_f32; 8];
        let [left, right] = [self, other].map(|vector| vector.0.chunks_exact(8));
        let rest = left.remainder().iter().zip(right.remainder());
        let rest: f32 = rest.map(|(left, right)| left * right).sum();
        for (left, right) in left.zip(right) {
            for lane in 0..8 {
                sums[lane] += left[lane] * right[lane];
            }
        }
        sums.iter().sum::<f32>() + rest
    }

    /// The mean of some directions, itself not of length one.
    pub fn mean<'v>(vectors: impl Iterator<Item = &'v Self>) -> Self {
        let mut mean = Self::default();
        let mut count = 0.0_f32;
        for vector in vectors {
            if mean.0.is_empty() {
                mean.0 = vec![0.0; vector.0.len()].into();
            }
            mean.add(vector, 1.0);
            count += 1.0;
        }
        mean.0.iter_mut().for_each(|value| *value /= count.max(1.0));
        mean
    }

    /// The direction that is left when `share` of `mean` is taken away.
    #[must_use]
    pub fn without(&self, mean: &Self, share: f32) -> Self {
        let mut rest = self.clone();
        rest.add(mean, -share);
        rest.normalise();
        rest
    }

    fn add(&mut self, other: &Self, weight: f32) {
        for (value, more) in self.0.iter_mut().zip(other.0.iter()) {
            *value += weight * more;
        }
    }

    fn normalise(&mut self) {
        let length = self.0.iter().map(|value| value * value).sum::<f32>().sqrt();
        if length > 0.0 {
            self.0.iter_mut().for_each(|value| *value /= length);
        }
    }

    /// The numbers.
    pub fn values(&self) -> &[f32] {
        &self.0
    }
}

/// The signs of a vector's numbers, a bit each.
///
/// The more signs two vectors have in common, the smaller their angle (Charikar,
/// "Similarity estimation techniques from rounding algorithms", STOC 2002, with the axes
/// for random planes). Comparing two costs a hundredth of a cosine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sketch([u64; DIMENSIONS / 64]);

/// Differing signs from which two vectors are not looked at. Of words with a cosine of
/// .45 and more, 2 in 100 lie above; of unrelated words, 96.
const SIGNS_DIFFERING_MAX: u32 = 104;

/// The same in the first half, which 3 in 1,000 of words with a cosine of .45 exceed.
const HALF_DIFFERING_MAX: u32 = 60;

impl Sketch {
    /// The sketch of `vector`.
    pub fn of(vector: &Vector) -> Self {
        let mut bits = [0; DIMENSIONS / 64];
        for (word, values) in bits.iter_mut().zip(vector.0.chunks_exact(64)) {
            for value in values {
                *word = *word << 1 | u64::from(*value > 0.0);
            }
        }
        Self(bits)
    }

    /// Whether the cosine of two vectors can be .45 or more.
    pub fn is_near(self, other: Self) -> bool {
        let differing = |words: Range<usize>| -> u32 {
            self.0[words.clone()]
                .iter()
                .zip(&other.0[words])
                .map(|(a, b)| (a ^ b).count_ones())
                .sum()
        };
        let first = differing(0..2);
        // Three of four unrelated words are told by half of the signs.
        first <= HALF_DIFFERING_MAX && first + differing(2..4) <= SIGNS_DIFFERING_MAX
    }
}
