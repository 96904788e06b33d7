//! Files of checked blocks: large, read in a few places, and never believed unchecked.
//!
//! The first block is the head: magic, version, the caller's header, a checksum. The
//! content follows in blocks of 4 KiB, and then a table with a checksum for each. A
//! read checks the blocks that it touches and no others, so that a file of any size
//! opens in the time that its table takes.
//!
//! The checksum is CRC-32: any damage within 32 bits of a block is certain to be
//! noticed, other damage but for one case in four thousand million. It guards against
//! failing disks and interrupted copies, not against forgers: who can write the file
//! can write its checksums.
//!
//! In:  bytes to write; ranges to read.
//! Out: a [`BlockFile`], the bytes of a range, or a [`BlockFault`].
//! Not here: what the bytes mean.

use std::fs::File;
use std::io;
use std::io::BufWriter;
use std::io::Seek as _;
use std::io::SeekFrom;
use std::io::Write as _;
use std::ops::Range;

/// What is checked at once: what a read of a few bytes costs, and one part in a
/// thousand for its checksum.
const BLOCK_BYTES: usize = 4096;

/// What comes before the caller's header: magic, version, content size, checksum of the
/// table.
const PREFIX_BYTES: usize = 8 + 4 + 8 + 4;

const SUM_BYTES: usize = 4;

/// The longest header.
const HEADER_BYTES_MAX: usize = BLOCK_BYTES - PREFIX_BYTES - SUM_BYTES;

/// What a sort of files begins with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Kind {
    /// The first bytes; no two sorts share them.
    pub(crate) magic: [u8; 8],
    /// The version that is read and written.
    pub(crate) version: u32,
}

/// Why a file is not read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BlockFault {
    /// It is some other file.
    #[error("it is some other file")]
    Foreign,
    /// It has another version.
    #[error("it has version {found}, and this program reads version {known}")]
    Version {
        /// Its version.
        found: u32,
        /// The version that is read.
        known: u32,
    },
    /// It is not what was written.
    #[error("it is damaged: {0}")]
    Damaged(&'static str),
    /// The system refused.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// A file of checked blocks, open for reading.
#[derive(Debug)]
pub(crate) struct BlockFile {
    file: File,
    bytes: u64,
    sums: Vec<u32>,
    header: Vec<u8>,
}

impl BlockFile {
    /// Opens `file`, and reads its head and its table.
    ///
    /// # Errors
    /// When it is not a whole file of this kind.
    pub(crate) fn open(file: File, kind: Kind) -> Result<Self, BlockFault> {
        let size = file.metadata()?.len();
        let mut head = vec![0; BLOCK_BYTES];
        let there = head.len().min(usize::try_from(size).unwrap_or(usize::MAX));
        read_at(&file, &mut head[..there], 0)?;
        if !head.starts_with(&kind.magic) {
            return Err(BlockFault::Foreign);
        }
        let found = u32_at(&head, 8);
        if found != kind.version {
            return Err(BlockFault::Version { found, known: kind.version });
        }
        if there < BLOCK_BYTES {
            return Err(BlockFault::Damaged("it is cut off"));
        }
        if crc32fast::hash(&head[..BLOCK_BYTES - SUM_BYTES])
            != u32_at(&head, BLOCK_BYTES - SUM_BYTES)
        {
            return Err(BlockFault::Damaged("its head does not agree with its checksum"));
        }
        let bytes = u64_at(&head, 12);
        let blocks = bytes.div_ceil(BLOCK_BYTES as u64);
        let table = (BLOCK_BYTES as u64).checked_add(bytes);
        let end = table.and_then(|table| table.checked_add(blocks * SUM_BYTES as u64));
        if end != Some(size) {
            return Err(BlockFault::Damaged("it is cut off, or something was appended"));
        }
        let blocks = usize::try_from(blocks).map_err(|_| BlockFault::Damaged("it is too large"))?;
        let mut table = vec![0; blocks * SUM_BYTES];
        read_at(&file, &mut table, BLOCK_BYTES as u64 + bytes)?;
        if crc32fast::hash(&table) != u32_at(&head, 20) {
            return Err(BlockFault::Damaged("its table does not agree with its checksum"));
        }
        let sums = table.as_chunks::<SUM_BYTES>().0.iter().map(|sum| u32::from_le_bytes(*sum));
        let header = head[PREFIX_BYTES..BLOCK_BYTES - SUM_BYTES].to_vec();
        Ok(Self { file, bytes, sums: sums.collect(), header })
    }

    /// The header, with zeros behind it.
    pub(crate) fn header(&self) -> &[u8] {
        &self.header
    }

    /// How many bytes of content there are.
    pub(crate) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// How many bytes the whole file has.
    pub(crate) fn size(&self) -> u64 {
        (BLOCK_BYTES + self.sums.len() * SUM_BYTES) as u64 + self.bytes
    }

    /// The bytes of `range`, checked.
    ///
    /// # Errors
    /// When they are not what was written, or lie beyond the end.
    pub(crate) fn read(&self, range: Range<u64>) -> Result<Vec<u8>, BlockFault> {
        const BLOCK: u64 = BLOCK_BYTES as u64;
        if range.start > range.end || range.end > self.bytes {
            return Err(BlockFault::Damaged("it points beyond its end"));
        }
        if range.is_empty() {
            return Ok(Vec::new());
        }
        let first = range.start / BLOCK;
        let start = first * BLOCK;
        let end = (range.end.div_ceil(BLOCK) * BLOCK).min(self.bytes);
        let size = |from: u64, to: u64| {
            usize::try_from(to - from).map_err(|_| BlockFault::Damaged("it is too large"))
        };
        let mut bytes = vec![0; size(start, end)?];
        read_at(&self.file, &mut bytes, BLOCK + start)?;
        let sums = &self.sums[size(0, first)?..];
        if bytes.chunks(BLOCK_BYTES).zip(sums).any(|(block, sum)| crc32fast::hash(block) != *sum) {
            return Err(BlockFault::Damaged("a block does not agree with its checksum"));
        }
        bytes.truncate(size(start, range.end)?);
        bytes.drain(..size(start, range.start)?);
        Ok(bytes)
    }
}

/// Writes a file of checked blocks from its beginning to its end.
#[derive(Debug)]
pub(crate) struct BlockWriter<'f> {
    out: BufWriter<&'f mut File>,
    kind: Kind,
    block: Vec<u8>,
    sums: Vec<u8>,
    bytes: u64,
}

impl<'f> BlockWriter<'f> {
    /// Begins to write to an empty `file`.
    pub(crate) fn new(file: &'f mut File, kind: Kind) -> io::Result<Self> {
        let mut out = BufWriter::with_capacity(64 * BLOCK_BYTES, file);
        // Its place is kept free until all is known.
        out.write_all(&[0; BLOCK_BYTES])?;
        let block = Vec::with_capacity(BLOCK_BYTES);
        Ok(Self { out, kind, block, sums: Vec::new(), bytes: 0 })
    }

    /// How many bytes of content have been written.
    pub(crate) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Appends `bytes` to the content.
    pub(crate) fn write(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        self.bytes += bytes.len() as u64;
        while !bytes.is_empty() {
            let (now, later) = bytes.split_at(bytes.len().min(BLOCK_BYTES - self.block.len()));
            self.block.extend_from_slice(now);
            bytes = later;
            if self.block.len() == BLOCK_BYTES {
                self.end_block()?;
            }
        }
        Ok(())
    }

    fn end_block(&mut self) -> io::Result<()> {
        self.sums.extend_from_slice(&crc32fast::hash(&self.block).to_le_bytes());
        self.out.write_all(&self.block)?;
        self.block.clear();
        Ok(())
    }

    /// Writes the table, and last the head: before that the file is none of its kind.
    ///
    /// # Panics
    /// When `header` does not fit into the head.
    pub(crate) fn finish(mut self, header: &[u8]) -> io::Result<()> {
        assert!(header.len() <= HEADER_BYTES_MAX, "headers are short");
        if !self.block.is_empty() {
            self.end_block()?;
        }
        self.out.write_all(&self.sums)?;
        let mut head = Vec::with_capacity(BLOCK_BYTES);
        head.extend_from_slice(&self.kind.magic);
        head.extend_from_slice(&self.kind.version.to_le_bytes());
        head.extend_from_slice(&self.bytes.to_le_bytes());
        head.extend_from_slice(&crc32fast::hash(&self.sums).to_le_bytes());
        head.extend_from_slice(header);
        head.resize(BLOCK_BYTES - SUM_BYTES, 0);
        head.extend_from_slice(&crc32fast::hash(&head).to_le_bytes());
        self.out.seek(SeekFrom::Start(0))?;
        self.out.write_all(&head)?;
        self.out.flush()
    }
}

#[cfg(unix)]
fn read_at(file: &File, bytes: &mut [u8], offset: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, offset)
}

#[cfg(windows)]
fn read_at(file: &File, mut bytes: &mut [u8], mut offset: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        let count = std::os::windows::fs::FileExt::seek_read(file, bytes, offset)?;
        if count == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        bytes = &mut bytes[count..];
        offset += count as u64;
    }
    Ok(())
}

/// The number at `at`; `bytes` is the head, which is long enough.
fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes[at..].first_chunk().map_or(0, |four| u32::from_le_bytes(*four))
}

fn u64_at(bytes: &[u8], at: usize) -> u64 {
    bytes[at..].first_chunk().map_or(0, |eight| u64::from_le_bytes(*eight))
}

#[cfg(test)]
mod tests {
    use super::*;

    const KIND: Kind = Kind { magic: *b"pv-test\n", version: 3 };

    fn file(content: &[u8]) -> File {
        let mut file = tempfile::tempfile().unwrap();
        let mut writer = BlockWriter::new(&mut file, KIND).unwrap();
        // In pieces, so that blocks begin inside them.
        for piece in content.chunks(1000) {
            writer.write(piece).unwrap();
        }
        writer.finish(b"header").unwrap();
        file
    }

    fn content(bytes: usize) -> Vec<u8> {
        (0..bytes).map(|at| (at * 7 + at / 256).to_le_bytes()[0]).collect()
    }

    #[test]
    fn gives_back_any_range() {
        for size in [0, 1, 4095, 4096, 4097, 20_000] {
            let content = content(size);
            let file = BlockFile::open(file(&content), KIND).unwrap();
            assert!(file.header().starts_with(b"header\0"));
            for start in (0..=size).step_by(997).chain([size]) {
                for end in (start..=size).step_by(1501).chain([size]) {
                    let read = file.read(start as u64..end as u64).unwrap();
                    assert_eq!(read, content[start..end], "{start}..{end} of {size}");
                }
            }
            assert!(file.read(0..size as u64 + 1).is_err());
        }
    }

    #[test]
    fn a_file_that_is_cut_off_or_longer_is_refused() {
        let whole = file(&content(10_000));
        let size = whole.metadata().unwrap().len();
        for cut in (0..size).step_by(61).chain([4095, 4096, size - 1, size + 1, size + 4096]) {
            let copy = file(&content(10_000));
            copy.set_len(cut).unwrap();
            assert!(BlockFile::open(copy, KIND).is_err(), "{cut} of {size}");
        }
    }

    #[test]
    fn a_flipped_bit_is_refused_where_it_is_read() {
        let content = content(10_000);
        let size = file(&content).metadata().unwrap().len();
        for at in (0..size).step_by(37) {
            let mut copy = file(&content);
            let mut byte = [0];
            read_at(&copy, &mut byte, at).unwrap();
            byte[0] ^= 1 << (at % 8);
            copy.seek(SeekFrom::Start(at)).unwrap();
            copy.write_all(&byte).unwrap();
            let read = BlockFile::open(copy, KIND).and_then(|file| file.read(0..10_000));
            assert!(read.is_err(), "byte {at}");
        }
    }

    #[test]
    fn other_files_and_versions_are_told_apart() {
        let open = |kind| BlockFile::open(file(b""), kind).unwrap_err();
        assert!(matches!(open(Kind { magic: *b"another\n", ..KIND }), BlockFault::Foreign));
        let version = open(Kind { version: 4, ..KIND });
        assert!(matches!(version, BlockFault::Version { found: 3, known: 4 }), "{version}");
        let empty = BlockFile::open(tempfile::tempfile().unwrap(), KIND).unwrap_err();
        assert!(matches!(empty, BlockFault::Foreign), "{empty}");
    }
}
