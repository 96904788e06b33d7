//! Formatting: every record in its canonical spelling.
//!
//! In:  a root.
//! Out: the records whose spelling changed, or would.

use crate::corpus::Error;
use crate::corpus::Options;
use crate::corpus::rewrite;
use crate::corpus::source::Source;
use crate::corpus::store::Lock;
use crate::corpus::walk;
use rayon::prelude::*;
use std::path::Path;

/// Brings every record below `root` into canonical spelling; with `check`, only
/// says which are not. Values and comments are kept.
///
/// Returns the records that changed or would change, in byte order of their
/// documents.
///
/// # Errors
/// When a record cannot be read, or would lose something: nothing is written then.
/// When the system refuses to write: what was written before stays.
pub fn format_records(root: &Path, check: bool) -> Result<Vec<String>, Error> {
    let walk = walk::walk(Source::Folder(root), &Options::default())?;
    let lock = if check { None } else { Some(Lock::take(root)?) };
    let spelled: Vec<_> = walk
        .records
        .into_par_iter()
        .map(|place| respelled(root, place.record))
        .collect::<Result<_, Error>>()?;
    let mut changed = Vec::new();
    for (path, text) in spelled.into_iter().flatten() {
        if let Some(lock) = &lock {
            lock.put(&path, text.as_bytes())?;
        }
        changed.push(path);
    }
    Ok(changed)
}

/// The record at `path` and its canonical spelling, when that is not its own.
fn respelled(root: &Path, path: String) -> Result<Option<(String, String)>, Error> {
    let stored = rewrite::stored_at(root, path)?;
    let Some(record) = &stored.record else {
        return Ok(None);
    };
    let text = rewrite::spelled(&stored, record)?;
    Ok((text != stored.source).then_some((stored.path, text)))
}
