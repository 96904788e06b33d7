//! Listing: the documents of a commit, none opened.
//!
//! In:  a revision and [`Options`].
//! Out: paths, with what git calls their bytes.

use crate::corpus::Error;
use crate::corpus::Options;
use crate::corpus::history;
use crate::corpus::history::ObjectId;
use crate::corpus::path;
use crate::corpus::walk::Kind;
use std::path::Path;

/// The documents of the commit that `revision` names, in byte order: regular files in
/// `corpus/` with safe paths that are not excluded.
///
/// # Errors
/// When git cannot be asked.
pub fn listing(
    root: &Path,
    revision: &str,
    options: &Options,
) -> Result<Vec<(String, ObjectId)>, Error> {
    let mut listed = Vec::new();
    history::list(root, revision, &mut |item, recorded| {
        let safe = item.utf8 && item.kind == Kind::File && path::check(&item.path).is_ok();
        if safe && (!options.excludes(&item.path) || recorded(&item.path)) {
            listed.push((item.path, item.blob));
        }
    })?;
    listed.sort_unstable_by(|left, right| left.0.cmp(&right.0));
    Ok(listed)
}
