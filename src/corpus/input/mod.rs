//! Bulk input: documents without records, from one file or one folder, streamed.
//!
//! A file holds one JSON object a line (JSON Lines), plain or packed by gzip or
//! Zstandard; a folder holds texts. One line or one text is in memory at a time.
//!
//! In:  the path of a file or folder.
//! Out: [`Document`]s in the order of the input, and [`Skipped`] for what is none.
//! Not here: records and hashes, which such input does not have (`load`).

mod fault;
mod folder;
mod line;
mod lines;
mod spool;
mod unpack;

pub use fault::InputFault;
pub use spool::Spool;
pub use spool::Spooled;

use crate::corpus::Document;
use crate::corpus::Error;
use crate::corpus::load;
use crate::corpus::open;
use crate::corpus::open::Fault;
use crate::span::DocId;
use folder::Folder;
use lines::Lines;
use std::path::Path;

/// What of an input was not read, told one by one up to this many times.
const TOLD_MAX: usize = 20;

/// Documents from one file or folder: an iterator that ends after an error.
#[derive(Debug)]
pub struct Input {
    source: Source,
    next: u32,
    skipped: Skipped,
}

#[derive(Debug)]
enum Source {
    Lines(Lines),
    Folder(Folder),
    Ended,
}

/// What of an input was not read, or not wholly.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Skipped {
    /// Lines or files that gave no document.
    pub documents: u64,
    /// Values, such as dates, that were taken as not known.
    pub values: u64,
    /// The first of both, a sentence each: where, why and what to do.
    pub told: Vec<String>,
}

impl Skipped {
    fn document(&mut self, told: String) {
        self.documents += 1;
        self.tell(told);
    }

    fn value(&mut self, told: String) {
        self.values += 1;
        self.tell(told);
    }

    fn tell(&mut self, told: String) {
        if self.told.len() < TOLD_MAX {
            self.told.push(told);
        }
    }

    /// How many are not told one by one.
    pub fn untold(&self) -> u64 {
        self.documents + self.values - self.told.len() as u64
    }
}

impl Input {
    /// Opens the file or folder at `path`. Texts over `text_bytes_max` bytes are
    /// skipped.
    ///
    /// How a file is packed is told from its first bytes, not from its name.
    ///
    /// # Errors
    /// When it cannot be opened, is a link or a device, or is packed in a way that is
    /// not supported.
    pub fn open(path: &Path, text_bytes_max: u64) -> Result<Self, Error> {
        let source = match open::open(path) {
            Ok((file, before)) => {
                Source::Lines(Lines::new(path, unpack::Opened { file, before }, text_bytes_max)?)
            }
            Err(Fault::NotRegular(open::FOLDER)) => {
                Source::Folder(Folder::new(path, text_bytes_max))
            }
            Err(fault) => return Err(load::stop(path, fault)),
        };
        Ok(Self { source, next: 0, skipped: Skipped::default() })
    }

    /// What was not read so far.
    pub fn skipped(&self) -> &Skipped {
        &self.skipped
    }
}

impl Iterator for Input {
    type Item = Result<Document, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let id = DocId(self.next);
        let read = match &mut self.source {
            Source::Lines(lines) => lines.next(id, &mut self.skipped),
            Source::Folder(folder) => folder.next(id, &mut self.skipped),
            Source::Ended => Ok(None),
        };
        if !matches!(read, Ok(Some(_))) {
            self.source = Source::Ended;
        }
        self.next = self.next.checked_add(1).expect("an input has under 2^32 documents");
        read.transpose()
    }
}
