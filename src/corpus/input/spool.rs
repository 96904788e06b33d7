//! The spool: the documents of an input that is too large for memory, in one temporary
//! file, to be read again one by one.
//!
//! An input can be packed, and may change: it is read once. The file has no name where
//! the system allows that, and is gone when the run ends, however it ends.
//!
//! In:  documents, in any order.
//! Out: the same documents by number.
//! Not here: whether they fit into memory (`cli`).

use crate::corpus::Document;
use crate::corpus::Error;
use crate::span::DocId;
use serde::Deserialize;
use serde::Serialize;
use std::fs::File;
use std::io;
use std::io::BufWriter;
use std::io::Read as _;
use std::io::Seek as _;
use std::io::SeekFrom;
use std::io::Write as _;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::PoisonError;

/// Documents on their way to the disk.
#[derive(Debug)]
pub struct Spool {
    folder: PathBuf,
    file: BufWriter<File>,
    places: Vec<Place>,
    end: u64,
}

/// Documents on the disk.
#[derive(Debug)]
pub struct Spooled {
    folder: PathBuf,
    file: Mutex<File>,
    places: Vec<Place>,
}

/// Where a document stands: what is known of it, and behind that its text.
#[derive(Clone, Copy, Debug)]
struct Place {
    start: u64,
    known_bytes: u32,
    text_bytes: u64,
}

/// What is known of a document beside its text.
#[derive(Serialize, Deserialize)]
struct Known {
    path: String,
    outlet: Option<String>,
    published: Option<String>,
    url: Option<String>,
}

impl Spool {
    /// A spool in `folder`, which needs room for all texts.
    ///
    /// # Errors
    /// When nothing can be written there.
    pub fn new(folder: &Path) -> Result<Self, Error> {
        let stop = |source| Error::Write { path: folder.to_owned(), source };
        let file = BufWriter::with_capacity(1 << 18, tempfile::tempfile_in(folder).map_err(stop)?);
        Ok(Self { folder: folder.to_owned(), file, places: Vec::new(), end: 0 })
    }

    /// Adds a document without a record; its number is how many were added before.
    ///
    /// # Errors
    /// When it cannot be written.
    ///
    /// # Panics
    /// When the name of the document has over 4 GiB.
    pub fn add(&mut self, document: &Document) -> Result<(), Error> {
        let known = Known {
            path: document.path.clone(),
            outlet: document.outlet.clone(),
            published: document.published.map(|when| when.to_string()),
            url: document.url.clone(),
        };
        let known = serde_json::to_vec(&known).expect("strings have a JSON form");
        let text = document.source.as_bytes();
        let written = self.file.write_all(&known).and_then(|()| self.file.write_all(text));
        written.map_err(|source| Error::Write { path: self.folder.clone(), source })?;
        let place = Place {
            start: self.end,
            known_bytes: u32::try_from(known.len()).expect("names are under 4 GiB"),
            text_bytes: text.len() as u64,
        };
        self.end += u64::from(place.known_bytes) + place.text_bytes;
        self.places.push(place);
        Ok(())
    }

    /// Writes what is still held.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(self) -> Result<Spooled, Error> {
        let Self { folder, file, places, .. } = self;
        match file.into_inner() {
            Ok(file) => Ok(Spooled { folder, file: Mutex::new(file), places }),
            Err(error) => Err(Error::Write { path: folder, source: error.into_error() }),
        }
    }
}

impl Spooled {
    /// How many bytes of text the document has.
    ///
    /// # Panics
    /// When fewer were added.
    pub fn text_bytes(&self, number: usize) -> u64 {
        self.places[number].text_bytes
    }

    /// The document that was added as this one, with another id.
    ///
    /// # Errors
    /// When it cannot be read, or is not what was written.
    ///
    /// # Panics
    /// When fewer were added.
    pub fn read(&self, number: usize, id: DocId) -> Result<Document, Error> {
        self.read_back(self.places[number], id)
            .map_err(|source| Error::Read { path: self.folder.clone(), source })
    }

    fn read_back(&self, place: Place, id: DocId) -> io::Result<Document> {
        let bytes = u64::from(place.known_bytes) + place.text_bytes;
        let mut both = Vec::new();
        {
            // A reader that panicked left the file as good as it was.
            let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
            file.seek(SeekFrom::Start(place.start))?;
            (&mut *file).take(bytes).read_to_end(&mut both)?;
        }
        if both.len() as u64 != bytes {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let text = both.split_off(place.known_bytes as usize);
        let known: Known = serde_json::from_slice(&both)?;
        let source = String::from_utf8(text).map_err(io::Error::other)?;
        Ok(Document {
            outlet: known.outlet,
            published: known.published.and_then(|when| when.parse().ok()),
            url: known.url,
            ..Document::unrecorded(id, known.path, source)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_added_comes_back_in_any_order() {
        let folder = tempfile::tempdir().expect("there is room for a folder");
        let mut spool = Spool::new(folder.path()).expect("the folder can be written");
        let documents: Vec<Document> = ["2025-11-07", "2025-11-07T09:30:00+01:00", ""]
            .into_iter()
            .zip(0..)
            .map(|(published, number)| Document {
                published: published.parse().ok(),
                outlet: (number > 0).then(|| "Harbour \"Wire\"".to_owned()),
                url: (number > 1).then(|| "https://example.org/1".to_owned()),
                ..Document::unrecorded(DocId(number), format!("{number}\n"), "né “x” ".repeat(9))
            })
            .collect();
        for document in &documents {
            spool.add(document).expect("the folder has room");
        }

        let spooled = spool.finish().expect("the folder has room");

        for number in [2, 0, 1, 1] {
            let id = documents[number].id;
            assert_eq!(spooled.read(number, id).expect("it was written"), documents[number]);
            assert_eq!(spooled.text_bytes(number), documents[number].source.len() as u64);
        }
        assert_eq!(walkdir::WalkDir::new(folder.path()).into_iter().count(), 1);
    }
}
