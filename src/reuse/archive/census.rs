//! The census: in how many documents each shingle stands.
//!
//! Only shingles of two documents or more can seed a comparison, and in prose these
//! are few; shingles of very many documents are stock phrases and boilerplate. The
//! census puts every shingle in a class and keeps one byte for each word of the archive.
//!
//! In:  the words of all documents.
//! Out: [`Census`].
//! Not here: where a shingle stands (`join`).

use super::fingerprint::fingerprints;
use super::layout::Layout;
use super::partition::PARTITIONS;
use super::partition::Parted;
use super::partition::key;
use super::partition::partition;
use rayon::prelude::*;

/// In how many documents a shingle stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// One.
    Single,
    /// Two.
    Pair,
    /// Three or four.
    Few,
    /// Five to eight.
    Several,
    /// More, up to the cap.
    Many,
    /// More than the cap: boilerplate, a stock phrase, or a wire story.
    Common,
    /// More than [`CARRIERS_MAX`]: no wire story either.
    Ubiquitous,
}

/// Documents that may carry one wire story; what more have is boilerplate.
pub const CARRIERS_MAX: u8 = 250;

/// The class of every shingle of an archive.
///
/// A shingle may pass for more common than it is, when it shares its cell with
/// another: one in twenty where every tenth word is reused. It never passes for less
/// common.
pub struct Census {
    /// Cells of four bits, [`CELLS_PER_WORD`] for each word, 16 in a number.
    cells: Vec<u64>,
    /// Numbers for each partition.
    stride: usize,
}

/// More cells mean fewer shingles mistaken, and more memory: half a byte a word each.
const CELLS_PER_WORD: usize = 2;

const CELL_BITS: usize = 4;
const CELLS_PER_NUMBER: usize = 64 / CELL_BITS;

impl Census {
    /// Counts the shingles of all documents; `cap` is the number of documents up to
    /// which one is not [`Class::Common`].
    ///
    /// Memory besides the result: four bytes a word, freed at the end.
    pub(super) fn new(layout: &Layout, cap: u8) -> Self {
        let words = layout.total_words() as usize;
        let stride = (words * CELLS_PER_WORD).div_ceil(CELLS_PER_NUMBER * PARTITIONS) + 1;
        let parted: Vec<Parted<u32>> = layout
            .blocks()
            .par_iter()
            .map(|block| {
                let mut entries: Vec<(u32, u32)> = Vec::new();
                let mut seen = Vec::new();
                for rank in block.clone() {
                    distinct(layout.words(rank), &mut seen, &mut entries);
                }
                Parted::new(&entries, &(0..PARTITIONS))
            })
            .collect();
        let cells: Vec<Vec<u64>> = (0..PARTITIONS)
            .into_par_iter()
            .map(|part| cells_of(&parted, part, stride, cap))
            .collect();
        let cells = cells.concat();
        Self { cells, stride }
    }

    /// The class of the shingle with this fingerprint.
    #[inline]
    pub fn class(&self, fingerprint: u64) -> Class {
        let cell = cell(key(fingerprint), self.stride);
        let number =
            self.cells[partition(fingerprint) as usize * self.stride + cell / CELLS_PER_NUMBER];
        match number >> (CELL_BITS * (cell % CELLS_PER_NUMBER)) & 0xf {
            0 => Class::Single,
            1 => Class::Pair,
            2 => Class::Few,
            3 => Class::Several,
            4 => Class::Many,
            5 => Class::Common,
            _ => Class::Ubiquitous,
        }
    }
}

/// The number of the class of a shingle in `count` documents.
fn class_number(count: u8, cap: u8) -> u64 {
    match count {
        0..=1 => 0,
        _ if count > CARRIERS_MAX => 6,
        _ if count > cap => 5,
        2 => 1,
        3..=4 => 2,
        5..=8 => 3,
        _ => 4,
    }
}

/// The cell of a key in its partition.
#[inline]
fn cell(key: u32, stride: usize) -> usize {
    scale(key, stride * CELLS_PER_NUMBER)
}

/// Maps all 32-bit numbers onto `0..size`, in order.
#[inline]
fn scale(number: u32, size: usize) -> usize {
    ((u64::from(number) * size as u64) >> 32) as usize
}

/// Appends partition and key of the shingles of one document, once each.
///
/// What was seen last in a place of a small table is not taken again. Where two
/// shingles share a place and alternate, some are taken more than once: rare, since
/// the table has room for four times the shingles.
fn distinct(words: &[u32], seen: &mut Vec<u64>, entries: &mut Vec<(u32, u32)>) {
    seen.clear();
    seen.resize(4 * words.len(), 0);
    for fingerprint in fingerprints(words) {
        let place = scale(key(fingerprint), seen.len());
        let place = &mut seen[place];
        if *place != fingerprint {
            *place = fingerprint;
            entries.push((partition(fingerprint), key(fingerprint)));
        }
    }
}

/// Counts the keys of one partition and gives the cells of its classes.
fn cells_of(parted: &[Parted<u32>], part: usize, stride: usize, cap: u8) -> Vec<u64> {
    let keys = || parted.iter().flat_map(|block| block.part(part));
    let count: usize = parted.iter().map(|block| block.part(part).len()).sum();
    let size = count + count / 2 + 1;
    // Key and count of each shingle seen; a count of zero is an empty place.
    let mut table: Vec<(u32, u8)> = vec![(0, 0); size];
    for key in keys() {
        let mut place = scale(*key, size);
        while table[place].1 != 0 && table[place].0 != *key {
            place = if place + 1 == size { 0 } else { place + 1 };
        }
        table[place] = (*key, table[place].1.saturating_add(1));
    }
    let mut cells = vec![0_u64; stride];
    for (key, count) in table {
        let class = class_number(count, cap);
        if class != 0 {
            let cell = cell(key, stride);
            let shift = CELL_BITS * (cell % CELLS_PER_NUMBER);
            let number = &mut cells[cell / CELLS_PER_NUMBER];
            let known = *number >> shift & 0xf;
            *number ^= (known ^ known.max(class)) << shift;
        }
    }
    cells
}
