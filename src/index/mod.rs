//! The index: which documents share wording with a text, without reading them all.
//!
//! One file, `.provenance/index`, holds the word hashes of every document and, for
//! the fingerprints that winnowing keeps, where they stand. A query looks up the
//! fingerprints of a draft, and verifies passages on the words in the index; the
//! documents themselves are read by whoever asked, and by nobody before.
//!
//! The index is derived: it can be deleted and made again. Nothing in it is believed
//! that does not agree with its checksum, and what has changed since it was made is
//! told by [`Index::changes`].
//!
//! In:  a project; the [`Words`](crate::reuse::archive::Words) of a draft.
//! Out: [`Built`]; [`Answer`]s: documents with the passages that they may share.
//! Not here: how a passage is judged (`align`), files (`corpus`).

mod apart;
mod build;
mod change;
mod error;
mod evidence;
mod format;
mod postings;
mod query;

pub use apart::Apart;
pub use build::Built;
pub use build::build;
pub use change::Changes;
pub use error::Error;
pub use query::Answer;
pub use query::Candidate;

use crate::corpus::BlockFile;
use crate::corpus::Digest;
use crate::corpus::ObjectId;
use crate::corpus::Options;
use format::Header;
use format::Section;
use std::path::Path;
use std::path::PathBuf;

/// The file, relative to the root.
pub const INDEX: &str = ".provenance/index";

/// An index, open.
#[derive(Debug)]
pub struct Index {
    path: PathBuf,
    file: BlockFile,
    header: Header,
    /// For each document the number of words before it, and last the number of all.
    starts: Vec<u32>,
}

impl Index {
    /// Opens the index of the project at `root`, if it has one.
    ///
    /// Reads about 10 bytes a document and 1 in 1,000 of the rest.
    ///
    /// # Errors
    /// When it is damaged, of another version, or no index.
    pub fn open(root: &Path) -> Result<Option<Self>, Error> {
        let path = root.join(INDEX);
        let Some(file) = crate::corpus::open_derived(root, format::NAME)? else { return Ok(None) };
        let refused = |fault| Error::refused(&path, fault);
        let file = BlockFile::open(file, format::KIND).map_err(refused)?;
        let header = Header::read(file.header(), file.bytes()).map_err(refused)?;
        let starts = file.read(header.range(Section::Starts)).map_err(refused)?;
        let starts: Vec<u32> = format::numbers(&starts).collect();
        if !starts.is_sorted() || starts.last() != Some(&header.words) {
            return Err(refused(format::damaged()));
        }
        Ok(Some(Self { path, file, header, starts }))
    }

    /// How many documents it knows.
    pub fn documents(&self) -> usize {
        self.starts.len() - 1
    }

    /// How many bytes of text they have.
    pub fn text_bytes(&self) -> u64 {
        self.header.text_bytes
    }

    /// How large it is, and how much of that is postings, in bytes.
    pub fn bytes(&self) -> (u64, u64) {
        let length = |section| {
            let range = self.header.range(section);
            range.end - range.start
        };
        (self.file.size(), length(Section::Buckets) + length(Section::Postings))
    }

    /// Whether it was made with these settings.
    pub fn is_for(&self, options: &Options) -> bool {
        self.header.settings == format::settings(options)
    }

    /// Reads and checks every byte of it.
    ///
    /// # Errors
    /// When something is not what was written.
    pub fn check(&self) -> Result<(), Error> {
        const PIECE: u64 = 1 << 20;
        let end = self.file.bytes();
        for piece in 0..end.div_ceil(PIECE) {
            let range = piece * PIECE..end.min((piece + 1) * PIECE);
            self.file.read(range).map_err(|fault| self.refused(fault))?;
        }
        self.entries().map(|_| ())
    }

    /// The word hashes of a document.
    fn hashes(&self, document: usize) -> Result<Vec<u32>, Error> {
        let words = self.header.range(Section::Words);
        let place = |number: u32| words.start + u64::from(number) * 4;
        let range = place(self.starts[document])..place(self.starts[document + 1]);
        let bytes = self.file.read(range).map_err(|fault| self.refused(fault))?;
        Ok(format::numbers(&bytes).collect())
    }

    /// What is kept of one document beside its words.
    fn entry(&self, document: usize) -> Result<Entry, Error> {
        let entries = self.header.range(Section::Documents);
        let start = entries.start + (document * format::ENTRY_BYTES) as u64;
        let read = |range| self.file.read(range).map_err(|fault| self.refused(fault));
        let bytes = read(start..start + format::ENTRY_BYTES as u64)?;
        let entry = format::Entry::read(&bytes).ok_or_else(|| self.damaged())?;
        let paths = self.header.range(Section::Paths);
        let start = paths.start.checked_add(entry.path).ok_or_else(|| self.damaged())?;
        let path = read(start..start.saturating_add(entry.path_bytes.into()))?;
        let path = String::from_utf8(path).map_err(|_| self.damaged())?;
        Ok(Entry { path, digest: entry.digest, blob: entry.blob, stamp: entry.stamp })
    }

    /// What is kept of all documents beside their words, in byte order of their paths.
    fn entries(&self) -> Result<Vec<Entry>, Error> {
        self.named(Section::Documents)
    }

    /// The folders, in byte order.
    fn folders(&self) -> Result<Vec<Entry>, Error> {
        self.named(Section::Folders)
    }

    fn named(&self, section: Section) -> Result<Vec<Entry>, Error> {
        let read = |section| {
            let range = self.header.range(section);
            self.file.read(range).map_err(|fault| self.refused(fault))
        };
        let (entries, paths) = (read(section)?, read(Section::Paths)?);
        let entry = |bytes| {
            let entry = format::Entry::read(bytes)?;
            let start = usize::try_from(entry.path).ok()?;
            let path = paths.get(start..)?.get(..entry.path_bytes as usize)?;
            let path = str::from_utf8(path).ok()?.to_owned();
            Some(Entry { path, digest: entry.digest, blob: entry.blob, stamp: entry.stamp })
        };
        let entries: Option<Vec<Entry>> = entries.chunks(format::ENTRY_BYTES).map(entry).collect();
        let entries = entries.filter(|all| all.is_sorted_by(|a, b| a.path < b.path));
        entries.ok_or_else(|| self.damaged())
    }

    fn refused(&self, fault: crate::corpus::BlockFault) -> Error {
        Error::refused(&self.path, fault)
    }

    fn damaged(&self) -> Error {
        self.refused(format::damaged())
    }
}

/// What is kept of a document or folder beside its words.
#[derive(Clone, Debug)]
struct Entry {
    path: String,
    /// The hash of its bytes; zero for a folder.
    digest: Digest,
    /// What git calls its bytes; nothing for a folder, or what is too large.
    blob: ObjectId,
    /// Its state when it was read; `None` when that may not tell.
    stamp: Option<crate::corpus::Stamp>,
}
