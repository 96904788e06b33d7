#![expect(clippy::disallowed_methods, reason = "`corpus` is the module that walks folders")]
//! Surveying: which documents and folders there are, and in which state, none opened.
//!
//! A folder's stamp changes when a file in it is added, removed, renamed or replaced
//! by a new one; so a look at the folders tells whether a look at the files is needed.
//!
//! In:  a root and the exclusions.
//! Out: [`Survey`]: paths with [`Stamp`]s, in byte order.
//! Not here: the bytes (`open`), and what is wrong with a file (`verify`).

use crate::corpus::Error;
use crate::corpus::Options;
use crate::corpus::digest::Digest;
use crate::corpus::history::ObjectId;
use crate::corpus::load;
use crate::corpus::open;
use crate::corpus::open::Keep;
use crate::corpus::open::Reader;
use crate::corpus::open::Sort;
use crate::corpus::open::Stamp;
use crate::corpus::path;
use crate::corpus::path::CORPUS;
use crate::corpus::path::MANIFESTS;
use crate::corpus::source::Source;
use crate::corpus::walk;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::fs::File;
use std::io;
use std::path::Path;

/// Coarsest clock of a usual file system, in seconds: FAT counts in steps of two.
const CLOCK_STEP_SECONDS: i64 = 2;

/// What there is below a root.
#[derive(Clone, Debug, Default)]
pub(crate) struct Survey {
    /// Regular files in `corpus/` with safe paths that are not excluded.
    pub(crate) documents: Vec<(String, Stamp)>,
    /// The folders in `corpus/`, and those of their records.
    pub(crate) folders: Vec<(String, Stamp)>,
}

/// Surveys the project at `root`.
///
/// # Errors
/// When it is not a project, or something cannot be looked at.
pub(crate) fn survey(root: &Path, options: &Options) -> Result<Survey, Error> {
    let walk = walk::walk(Source::Folder(root), options)?;
    let recorded: BTreeSet<&str> =
        walk.records.iter().map(|place| place.document.as_str()).collect();
    let wanted: Vec<String> = walk
        .documents
        .into_iter()
        .filter(|path| !options.excludes(path) || recorded.contains(path.as_str()))
        .collect();
    let mut folders: BTreeSet<String> = walk.folders.into_iter().collect();
    folders.extend([CORPUS.to_owned()]);
    let records: Vec<String> = folders.iter().map(|folder| folder_of_records(folder)).collect();
    folders.extend(records);
    Ok(Survey {
        documents: stamped(root, wanted, Sort::File)?,
        folders: stamped(root, folders.into_iter().collect(), Sort::Folder)?,
    })
}

/// The folder of the records of the documents in `folder`.
pub(crate) fn folder_of_records(folder: &str) -> String {
    format!("{MANIFESTS}{}", &folder[CORPUS.len()..])
}

/// Those of `paths` that are of this sort, with their stamps.
fn stamped(root: &Path, paths: Vec<String>, sort: Sort) -> Result<Vec<(String, Stamp)>, Error> {
    let look = |path: String| match state(root, &path) {
        Ok(Some((stamp, found))) if found == sort => Ok(Some((path, stamp))),
        Ok(_) => Ok(None),
        Err(source) => Err(Error::Read { path: root.join(path), source }),
    };
    paths.into_par_iter().filter_map(|path| look(path).transpose()).collect()
}

/// The state of what stands at `path`, if it is a file or a folder.
pub(crate) fn state(root: &Path, path: &str) -> io::Result<Option<(Stamp, Sort)>> {
    match open::stamp_at(&root.join(path)) {
        Ok((stamp, sort)) => Ok(sort.map(|sort| (stamp, sort))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// The documents and folders directly in `folder`, in byte order.
///
/// # Errors
/// When it cannot be read. A folder that is gone has nothing.
pub(crate) fn list(
    root: &Path,
    folder: &str,
    options: &Options,
) -> Result<Vec<(String, Stamp, Sort)>, Error> {
    let full = root.join(folder);
    let failed = |source| Error::Read { path: full.clone(), source };
    let entries = match std::fs::read_dir(&full) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(failed(error)),
    };
    let mut found = Vec::new();
    for entry in entries {
        let name = entry.map_err(failed)?.file_name();
        let Some(path) = name.to_str().map(|name| format!("{folder}/{name}")) else { continue };
        if path::check(&path).is_err() || options.excludes(&path) {
            continue;
        }
        if let Some((stamp, sort)) = state(root, &path).map_err(failed)? {
            found.push((path, stamp, sort));
        }
    }
    found.sort_unstable_by(|left, right| left.0.cmp(&right.0));
    Ok(found)
}

/// What is read of a document.
pub(crate) struct Taken {
    /// The hash of its bytes.
    pub(crate) digest: Digest,
    /// What git calls them; nothing when it has more than the limit.
    pub(crate) blob: ObjectId,
    /// Its text, when it is UTF-8 and within the limit.
    pub(crate) text: Option<String>,
}

/// Reads the document at `full`; the limit is `text_bytes_max`.
///
/// # Errors
/// When it cannot be read to its end.
pub(crate) fn read(reader: &mut Reader, full: &Path, text_bytes_max: u64) -> Result<Taken, Error> {
    let mut keep = Keep { bytes: Vec::new(), bytes_max: text_bytes_max };
    let content =
        reader.read(full, Some(&mut keep), &|_| {}).map_err(|fault| load::stop(full, fault))?;
    let digest = content.digest;
    if content.bytes > text_bytes_max {
        return Ok(Taken { digest, blob: ObjectId::NONE, text: None });
    }
    let blob = ObjectId::of(&keep.bytes);
    let text = if content.lfs.is_some() { None } else { String::from_utf8(keep.bytes).ok() };
    Ok(Taken { digest, blob, text })
}

impl Stamp {
    /// The time at which `file` was made, by the clock that stamps its neighbours.
    pub(crate) fn of(file: &File) -> io::Result<Self> {
        open::stamp(file)
    }

    /// The stamp as numbers, to be kept.
    pub(crate) fn numbers(&self) -> [i64; 6] {
        let Self { size, inode, modified, changed } = *self;
        [size.cast_signed(), inode.cast_signed(), modified.0, modified.1, changed.0, changed.1]
    }

    /// The stamp that [`numbers`](Self::numbers) gave.
    pub(crate) fn from_numbers(numbers: [i64; 6]) -> Self {
        let [size, inode, modified, modified_nanos, changed, changed_nanos] = numbers;
        Self {
            size: size.cast_unsigned(),
            inode: inode.cast_unsigned(),
            modified: (modified, modified_nanos),
            changed: (changed, changed_nanos),
        }
    }

    /// Whether something that has this stamp may have changed again without getting
    /// another, since it was looked at soon after `start`: the race that git guards
    /// against in its index ("racily clean").
    pub(crate) fn is_racy(&self, start: &Self) -> bool {
        self.changed.0 >= start.changed.0 - CLOCK_STEP_SECONDS
    }
}
