//! Rewriting: a record is read, changed and written, and nothing in it is lost.
//!
//! In:  the path of a document, and what its record is to state.
//! Out: the stored record, and the file written in canonical spelling.
//! Not here: what changes and why (`add`, `retire`, `format`).

use crate::corpus::Error;
use crate::corpus::canonical::canonical;
use crate::corpus::comments::Comments;
use crate::corpus::load;
use crate::corpus::open::Fault;
use crate::corpus::open::Reader;
use crate::corpus::path;
use crate::corpus::problems;
use crate::corpus::record::Record;
use crate::corpus::scan::RECORD_BYTES_MAX;
use crate::corpus::store;
use crate::corpus::store::Lock;
use std::io;
use std::path::Path;

/// The record of a document as it is stored now, if it is.
pub(crate) struct Stored {
    /// Where it lies or would lie.
    pub(crate) path: String,
    /// What it states.
    pub(crate) record: Option<Record>,
    /// How it is spelled.
    pub(crate) source: String,
}

/// Reads the record of `document`, which lies in `corpus/`.
///
/// # Errors
/// When there is one and it cannot be read.
pub(crate) fn stored(root: &Path, document: &str) -> Result<Stored, Error> {
    let place = path::record_of(document).expect("the caller checked that it lies in `corpus/`");
    stored_at(root, place)
}

/// Reads the record at `place`.
///
/// # Errors
/// When there is one and it cannot be read.
pub(crate) fn stored_at(root: &Path, place: String) -> Result<Stored, Error> {
    store::own_folder(root, &place)?;
    let full = root.join(&place);
    let mut reader = Reader::new();
    let bytes = match reader.small(&full, RECORD_BYTES_MAX) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => {
            return Err(Error::TooLarge {
                path: full,
                bytes: RECORD_BYTES_MAX + 1,
                bytes_max: RECORD_BYTES_MAX,
            });
        }
        Err(Fault::Io(error)) if error.kind() == io::ErrorKind::NotFound => {
            return Ok(Stored { path: place, record: None, source: String::new() });
        }
        Err(fault) => return Err(load::stop(&full, fault)),
    };
    let source = String::from_utf8(bytes.to_vec())
        .map_err(|error| Error::NotUtf8 { path: full, offset: error.utf8_error().valid_up_to() })?;
    let record = Some(understood(&place, &source)?);
    Ok(Stored { path: place, record, source })
}

/// The canonical spelling of a record, `source`, that lies at `path`. Comments are kept.
///
/// # Errors
/// When it is not a record, or would lose something.
pub fn respell(path: &str, source: &str) -> Result<String, Error> {
    let record = understood(path, source)?;
    spelled(&Stored { path: path.to_owned(), record: None, source: source.to_owned() }, &record)
}

/// What the record `source`, which lies at `path`, states.
fn understood(path: &str, source: &str) -> Result<Record, Error> {
    problems::read(source).map_err(|problems| {
        let first = &problems[0];
        let line = source[..first.span.start].matches('\n').count() + 1;
        Error::InvalidRecord { record: path.to_owned(), line, message: first.message.clone() }
    })
}

/// Writes `record` where `stored` lies, with the comments of the old file.
///
/// # Errors
/// When something would be lost, or the system refuses.
pub(crate) fn write(lock: &Lock, stored: &Stored, record: &Record) -> Result<(), Error> {
    lock.put(&stored.path, spelled(stored, record)?.as_bytes())
}

/// `record` in canonical spelling, with the comments of the old file.
///
/// # Errors
/// When reading it again would not give the same record, or a comment has no place.
pub(crate) fn spelled(stored: &Stored, record: &Record) -> Result<String, Error> {
    let comments = Comments::of(&stored.source);
    let text = canonical(record, &comments);
    let lose = |what| Error::WouldLose { record: stored.path.clone(), what };
    if problems::read(&text).ok().as_ref() != Some(record) {
        return Err(lose("a value"));
    }
    if Comments::of(&text).count() < comments.count() {
        return Err(lose("a comment"));
    }
    Ok(text)
}
