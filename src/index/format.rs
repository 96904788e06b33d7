//! The layout of an index: a header that says where each section lies.
//!
//! All numbers are little-endian. `Words` holds four bytes a word, document after
//! document; `Starts` four bytes a document, the number of words before it;
//! `Documents` and `Folders` one entry of [`ENTRY_BYTES`] each, with their names in
//! `Paths`. `Buckets` and `Postings` are explained in `postings`.
//!
//! A change to any of this, to [`Words`](crate::reuse::archive::Words) or to
//! fingerprints is a new version: an index is made again rather than converted.

use crate::corpus::BlockFault;
use crate::corpus::BlockKind;
use crate::corpus::Digest;
use crate::corpus::ObjectId;
use crate::corpus::Options;
use crate::corpus::Stamp;
use std::ops::Range;

/// The file in the folder for derived files.
pub(crate) const NAME: &str = "index";

/// What an index begins with. The byte that is no UTF-8 and the line feed show a copy
/// that was taken for text.
pub(crate) const KIND: BlockKind = BlockKind { magic: *b"\xffPVIDX\r\n", version: 2 };

/// Bytes of one document or folder: where its name is, its hashes, its stamp.
pub(crate) const ENTRY_BYTES: usize = 8 + 4 + 32 + 20 + 1 + STAMP_BYTES;

const STAMP_BYTES: usize = 6 * 8;

/// The parts of an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Section {
    Words,
    Postings,
    Buckets,
    Starts,
    Documents,
    Folders,
    Paths,
}

const SECTIONS: usize = 7;

/// What the head of an index says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Header {
    /// Bytes of text in all documents.
    pub(crate) text_bytes: u64,
    /// Words in all documents.
    pub(crate) words: u32,
    /// There are two to this power buckets of postings.
    pub(crate) bucket_bits: u32,
    /// The settings it was made with.
    pub(crate) settings: u64,
    /// Where each section ends; it begins where the one before ends.
    pub(crate) ends: [u64; SECTIONS],
}

impl Header {
    /// Where a section lies.
    pub(crate) fn range(&self, section: Section) -> Range<u64> {
        let index = section as usize;
        let start = if index == 0 { 0 } else { self.ends[index - 1] };
        start..self.ends[index]
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        bytes.extend_from_slice(&self.text_bytes.to_le_bytes());
        bytes.extend_from_slice(&self.words.to_le_bytes());
        bytes.extend_from_slice(&self.bucket_bits.to_le_bytes());
        bytes.extend_from_slice(&self.settings.to_le_bytes());
        bytes.extend(self.ends.iter().flat_map(|end| end.to_le_bytes()));
        bytes
    }

    /// Reads the header of a file with `content` bytes, and checks that the sections
    /// have the sizes that they must have.
    pub(crate) fn read(bytes: &[u8], content: u64) -> Result<Self, BlockFault> {
        let mut rest = bytes;
        let header = Self::take(&mut rest).ok_or_else(damaged)?;
        let ordered = header.ends.is_sorted() && header.ends.last() == Some(&content);
        if !ordered || !(MIN_BUCKET_BITS..=MAX_BUCKET_BITS).contains(&header.bucket_bits) {
            return Err(damaged());
        }
        let length = |section| header.range(section).end - header.range(section).start;
        let entry = ENTRY_BYTES as u64;
        let documents = length(Section::Documents) / entry;
        let agrees = length(Section::Words) == u64::from(header.words) * 4
            && length(Section::Buckets) == ((1 << header.bucket_bits) + 1) * 8
            && length(Section::Documents) % entry == 0
            && length(Section::Folders) % entry == 0
            && length(Section::Starts) == (documents + 1) * 4;
        if agrees { Ok(header) } else { Err(damaged()) }
    }

    fn take(rest: &mut &[u8]) -> Option<Self> {
        let mut header = Self {
            text_bytes: take_u64(rest)?,
            words: take_u32(rest)?,
            bucket_bits: take_u32(rest)?,
            settings: take_u64(rest)?,
            ends: [0; SECTIONS],
        };
        for end in &mut header.ends {
            *end = take_u64(rest)?;
        }
        Some(header)
    }
}

/// Fewer buckets save nothing.
pub(crate) const MIN_BUCKET_BITS: u32 = 8;

/// More buckets than an index of the most words needs.
pub(crate) const MAX_BUCKET_BITS: u32 = 28;

/// What is kept of one document or folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Where its path begins in `Paths`.
    pub(crate) path: u64,
    /// How long that is.
    pub(crate) path_bytes: u32,
    /// The hash of its bytes.
    pub(crate) digest: Digest,
    /// What git calls its bytes; nothing for a folder, or what is too large.
    pub(crate) blob: ObjectId,
    /// Its state when it was read; `None` when that may not tell a later change.
    pub(crate) stamp: Option<Stamp>,
}

impl Entry {
    pub(crate) fn append(&self, bytes: &mut Vec<u8>) {
        bytes.extend_from_slice(&self.path.to_le_bytes());
        bytes.extend_from_slice(&self.path_bytes.to_le_bytes());
        bytes.extend_from_slice(self.digest.bytes());
        bytes.extend_from_slice(&self.blob.0);
        bytes.push(u8::from(self.stamp.is_some()));
        let numbers = self.stamp.map_or([0; 6], |stamp| stamp.numbers());
        bytes.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
    }

    pub(crate) fn read(mut bytes: &[u8]) -> Option<Self> {
        let rest = &mut bytes;
        let (path, path_bytes) = (take_u64(rest)?, take_u32(rest)?);
        let digest = Digest::from_bytes(*take::<32>(rest)?);
        let blob = ObjectId(*take::<20>(rest)?);
        let [known] = *take::<1>(rest)?;
        let mut numbers = [0; 6];
        for number in &mut numbers {
            *number = i64::from_le_bytes(*take::<8>(rest)?);
        }
        let stamp = (known == 1).then(|| Stamp::from_numbers(numbers));
        Some(Self { path, path_bytes, digest, blob, stamp })
    }
}

/// The settings that decide which documents there are, as one number.
pub(crate) fn settings(options: &Options) -> u64 {
    let all = format!("{:?} {}", options.exclude, options.text_bytes_max);
    let digest = Digest::of(all.as_bytes());
    digest.bytes().first_chunk().map_or(0, |eight| u64::from_le_bytes(*eight))
}

/// The 32-bit numbers that `bytes` holds.
pub(crate) fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.as_chunks::<4>().0.iter().map(|four| u32::from_le_bytes(*four))
}

/// A section does not fit the others, although its checksum agrees.
pub(crate) fn damaged() -> BlockFault {
    BlockFault::Damaged("its sections do not fit each other")
}

pub(crate) fn take_u64(rest: &mut &[u8]) -> Option<u64> {
    take(rest).map(|bytes| u64::from_le_bytes(*bytes))
}

fn take_u32(rest: &mut &[u8]) -> Option<u32> {
    take(rest).map(|bytes| u32::from_le_bytes(*bytes))
}

fn take<'b, const N: usize>(rest: &mut &'b [u8]) -> Option<&'b [u8; N]> {
    let (first, more) = rest.split_first_chunk()?;
    *rest = more;
    Some(first)
}
