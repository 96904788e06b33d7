//! The join: which documents share a shingle, and where.
//!
//! Postings are the places of the shingles that may seed a comparison. Sorted by
//! shingle, partition after partition, they give the pairs of documents: never is
//! a document compared with one that it shares no shingle with.
//!
//! In:  the documents and the census.
//! Out: [`Postings`], and from them the seeds of a range of documents.
//! Not here: what is made of the seeds (`compare`).

use super::census::Class;
use super::evidence::Archival;
use super::fingerprint::SHINGLE_WORDS;
use super::fingerprint::fingerprint;
use super::fingerprint::fingerprints;
use super::fingerprint::winnow;
use super::gate::Gate;
use super::layout::Layout;
use super::partition::PARTITIONS;
use super::partition::Parted;
use super::partition::key;
use super::partition::partition;
use rayon::prelude::*;
use std::ops::Range;

/// Places of one shingle in one document that are paired: a refrain has more.
const REPEATS_MAX: usize = 2;

/// Words that a wire story has in a row in common shingles: boilerplate is shorter.
const WIRE_RUN_WORDS: usize = 80;

/// Words in a row that are no boilerplate even where each shingle is ubiquitous: a
/// document that is there hundreds of times.
const COPY_RUN_WORDS: usize = 300;

/// Words between two common shingles of one such run: an edit that one outlet made.
const WIRE_GAP_WORDS: usize = 12;

/// Which shingles are joined, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Channel {
    /// Shingles of few documents: each document with each.
    Pairs,
    /// Common shingles in long runs: the first document with each other one.
    Stars,
}

/// A shared shingle by the positions of its first words in the row of all words; the
/// left document has the lower rank.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct SharedShingle {
    pub(super) left: u32,
    pub(super) right: u32,
}

/// The places of shingles that two documents or more share, by shingle.
pub(super) struct Postings {
    channel: Channel,
    /// For each partition: the key of the shingle and the position, in one number, sorted.
    parts: Vec<Box<[u64]>>,
}

impl Postings {
    /// Collects, winnows and sorts the postings of both channels.
    ///
    /// Memory: eight bytes a posting, at most .4 postings a word, and twice that for a while.
    pub(super) fn of(layout: &Layout, evidence: &Archival) -> [Self; 2] {
        let parted: Vec<[Parted<u64>; 2]> = layout
            .blocks()
            .par_iter()
            .map(|block| {
                let mut entries = [Vec::new(), Vec::new()];
                let (mut classes, mut values) = (Vec::new(), Vec::new());
                let mut gate = Gate::new(evidence);
                for rank in block.clone() {
                    let words = layout.words(rank);
                    classes.clear();
                    classes.extend(fingerprints(words).map(|one| evidence.census.class(one)));
                    empty(&mut values, classes.len());
                    if repeated(words, &classes, &mut values) {
                        gate.close((words, &classes), &mut values, NONE);
                        post(layout.start(rank), &values, &mut entries[0]);
                        empty(&mut values, classes.len());
                    }
                    if wire_runs(words, &classes, &mut values) {
                        post(layout.start(rank), &values, &mut entries[1]);
                    }
                }
                entries.map(|entries| Parted::new(&entries, &(0..PARTITIONS)))
            })
            .collect();
        [(Channel::Pairs, 0), (Channel::Stars, 1)].map(|(channel, index)| {
            let of_part = |part| sorted(parted.iter().map(|both| &both[index]), part);
            Self { channel, parts: (0..PARTITIONS).into_par_iter().map(of_part).collect() }
        })
    }

    pub(super) fn channel(&self) -> Channel {
        self.channel
    }

    /// How many seeds have their left word in each block of documents.
    pub(super) fn count_seeds(&self, layout: &Layout, ends: &[u32]) -> Vec<u64> {
        let count = |part: usize| {
            let mut counts = vec![0_u64; ends.len()];
            self.each_seed(&self.parts[part], layout, |seed| {
                counts[block_of(seed.left, ends)] += 1;
            });
            counts
        };
        (0..PARTITIONS).into_par_iter().map(count).reduce(
            || vec![0; ends.len()],
            |mut one, other| {
                one.iter_mut().zip(other).for_each(|(one, other)| *one += other);
                one
            },
        )
    }

    /// The seeds with their left word in these blocks, sorted, for each block.
    pub(super) fn seeds(
        &self,
        layout: &Layout,
        ends: &[u32],
        blocks: &Range<usize>,
    ) -> Vec<Parted<SharedShingle>> {
        let seeds = |part: usize| {
            let mut entries = Vec::new();
            self.each_seed(&self.parts[part], layout, |seed| {
                let block = block_of(seed.left, ends);
                if blocks.contains(&block) {
                    entries.push((u32::try_from(block).expect("blocks have words"), seed));
                }
            });
            Parted::new(&entries, blocks)
        };
        (0..PARTITIONS).into_par_iter().map(seeds).collect()
    }

    /// Calls `give` with every seed of one partition.
    fn each_seed(&self, part: &[u64], layout: &Layout, mut give: impl FnMut(SharedShingle)) {
        let mut places: Vec<(u32, u32)> = Vec::new();
        for shingle in part.chunk_by(|a, b| a >> 32 == b >> 32) {
            places.clear();
            for posting in shingle {
                let position = low(*posting);
                let rank = layout.rank_at(position);
                let repeats = places.iter().rev().take_while(|(other, _)| *other == rank).count();
                if repeats < REPEATS_MAX {
                    places.push((rank, position));
                }
            }
            for (index, (left_rank, left)) in places.iter().enumerate() {
                if self.channel == Channel::Stars && *left_rank != places[0].0 {
                    break;
                }
                for (rank, right) in &places[index + 1..] {
                    if rank != left_rank {
                        give(SharedShingle { left: *left, right: *right });
                    }
                }
            }
        }
    }
}

/// The block that holds the word at `position`, of blocks that end at `ends`.
fn block_of(position: u32, ends: &[u32]) -> usize {
    ends.partition_point(|end| *end <= position)
}

/// The lower half: the position of a posting.
#[inline]
fn low(posting: u64) -> u32 {
    u32::try_from(posting & u64::from(u32::MAX)).expect("32 bits are left")
}

/// No fingerprint is kept where this value stands.
const NONE: u64 = u64::MAX;

fn empty(values: &mut Vec<u64>, count: usize) {
    values.clear();
    values.resize(count, NONE);
}

/// Puts the fingerprint of each repeated shingle in its place; says whether there is any.
fn repeated(words: &[u32], classes: &[Class], values: &mut [u64]) -> bool {
    let mut any = false;
    for (at, class) in classes.iter().enumerate() {
        if (Class::Pair..=Class::Many).contains(class) {
            values[at] = shingle_at(words, at);
            any = true;
        }
    }
    any
}

/// Puts the fingerprint of each shingle of a wire story in its place; says whether
/// there is any.
fn wire_runs(words: &[u32], classes: &[Class], values: &mut [u64]) -> bool {
    let mut any = false;
    let mut keep = |wanted: fn(Class) -> bool, words_min: usize| {
        for run in runs(classes, wanted).filter(|run| run.len() + SHINGLE_WORDS > words_min) {
            any = true;
            for at in run.filter(|at| wanted(classes[*at])) {
                values[at] = shingle_at(words, at);
            }
        }
    };
    keep(|class| class == Class::Common, WIRE_RUN_WORDS);
    keep(|class| class >= Class::Common, COPY_RUN_WORDS);
    any
}

/// The fingerprint of the shingle that begins at this word.
fn shingle_at(words: &[u32], at: usize) -> u64 {
    fingerprint(words[at..].first_chunk().expect("a class stands for a whole shingle"))
}

/// Runs that begin and end with a wanted class, with small gaps between.
fn runs(classes: &[Class], wanted: impl Fn(Class) -> bool) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + classes[at..].iter().position(|class| wanted(*class))?;
        let mut end = start + 1;
        at = end;
        while at < classes.len() && at < end + SHINGLE_WORDS + WIRE_GAP_WORDS {
            if wanted(classes[at]) {
                end = at + 1;
            }
            at += 1;
        }
        at = end;
        Some(start..end)
    })
}

/// Appends the winnowed of `values` with their positions from `start`.
fn post(start: u32, values: &[u64], entries: &mut Vec<(u32, u64)>) {
    for at in winnow(values) {
        let fingerprint = values[at as usize];
        if fingerprint != NONE {
            let posting = u64::from(key(fingerprint)) << 32 | u64::from(start + at);
            entries.push((partition(fingerprint), posting));
        }
    }
}

/// The postings of one partition, sorted, without shingles that stand alone.
fn sorted<'a>(parted: impl Iterator<Item = &'a Parted<u64>>, part: usize) -> Box<[u64]> {
    let mut postings: Vec<u64> = parted.flat_map(|block| block.part(part)).copied().collect();
    postings.sort_unstable();
    let shared = postings.chunk_by(|a, b| a >> 32 == b >> 32).filter(|shingle| shingle.len() > 1);
    shared.flatten().copied().collect()
}
