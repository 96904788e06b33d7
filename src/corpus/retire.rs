//! Retiring: a document that goes leaves its record.
//!
//! In:  a root, a path, the reason, and the time.
//! Out: a record that says when and why; the file is left to its owner.

use crate::corpus::Error;
use crate::corpus::add;
use crate::corpus::record::Change;
use crate::corpus::record::Reason;
use crate::corpus::record::Retired;
use crate::corpus::record::Text;
use crate::corpus::record::Was;
use crate::corpus::rewrite;
use crate::corpus::store::Lock;
use jiff::Timestamp;
use std::path::Path;

/// A document that was retired.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withdrawal {
    /// The document, relative to the root; its file is still there if it was.
    pub path: String,
    /// Its record, which stays.
    pub record: String,
}

/// States in the record of the document at `path` that it is no longer kept.
///
/// The file is left alone: removing it is up to the caller, and a check complains
/// until it is gone.
///
/// # Errors
/// When it has no record, is retired already, or the record cannot be written.
pub fn retire(
    root: &Path,
    path: &Path,
    reason: Text,
    by: Option<Text>,
    now: Timestamp,
) -> Result<Withdrawal, Error> {
    let path = add::document_path(root, path)?;
    let lock = Lock::take(root)?;
    let stored = rewrite::stored(root, &path)?;
    let Some(mut record) = stored.record.clone() else {
        return Err(Error::NotRecorded { path });
    };
    if record.retired.is_some() {
        return Err(Error::Retired { path, record: stored.path });
    }
    let at = add::to_second(now);
    let was = Was(record.hash.sha256);
    record.history.push(Change { at, was, by: by.clone(), reason: Reason::Withdrawn });
    record.retired = Some(Retired { at, by, reason });
    rewrite::write(&lock, &stored, &record)?;
    Ok(Withdrawal { path, record: stored.path })
}
