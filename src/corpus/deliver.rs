#![expect(clippy::disallowed_methods, reason = "`corpus` is the module that writes files")]
//! Delivering: an export appears whole or not at all.
//!
//! It is written beside its place under a temporary name and renamed at the end.
//! What is there already is never replaced. Documents are hashed while they are
//! copied: what leaves the corpus is what the records state.
//!
//! In:  the content of a file, or of every file in a folder.
//! Out: the file or folder.
//! Not here: what the content means (`exchange`).

use crate::corpus::Digest;
use crate::corpus::Error;
use crate::corpus::Obstacle;
use crate::corpus::digest::Hasher;
use crate::corpus::load;
use crate::corpus::open::Reader;
use crate::corpus::path;
use crate::corpus::store;
use std::fs::File;
use std::io;
use std::io::Read as _;
use std::io::Write as _;
use std::path::Path;
use std::path::PathBuf;

/// One file, or folder, of a folder that is handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Where it goes, relative to the folder, `/`-separated.
    pub path: String,
    /// What it holds.
    pub content: Content,
}

/// What a file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Nothing: it is a folder, which may be empty.
    Folder,
    /// These bytes.
    Bytes(Vec<u8>),
    /// The bytes of a document, which must be the recorded ones.
    Document {
        /// The document, relative to the root.
        path: String,
        /// Its identity by its record.
        digest: Digest,
    },
}

/// Makes the folder `target` with `items` in it; documents come from `root`.
///
/// # Errors
/// When `target` exists, a document has not the recorded bytes, or the system
/// refuses. Then there is no `target`.
pub fn deliver_folder(root: &Path, target: &Path, items: &[Item]) -> Result<(), Error> {
    let parent = free(target)?;
    let failed = |source| Error::Write { path: target.to_owned(), source };
    let mut builder = temporary();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o777));
    let folder = builder.tempdir_in(parent).map_err(failed)?;
    for item in items {
        let place = folder.path().join(&item.path);
        let inside = place.parent().unwrap_or(folder.path());
        std::fs::create_dir_all(inside).map_err(failed)?;
        match &item.content {
            Content::Folder => std::fs::create_dir_all(&place).map_err(failed)?,
            Content::Bytes(bytes) => write(&place, bytes).map_err(failed)?,
            Content::Document { path, digest } => {
                let found = copy(&root.join(path), &place)?;
                if found.0 != *digest {
                    let record = path::record_of(path).unwrap_or_default();
                    return Err(Obstacle::NotAsRecorded { path: path.clone(), record }.into());
                }
            }
        }
    }
    free(target)?;
    std::fs::rename(folder.path(), target).map_err(failed)?;
    // It has its name now, and is no longer to be removed.
    let _ = folder.keep();
    store::sync_folder(parent).map_err(failed)
}

/// Makes the file `target` with `bytes` in it.
///
/// # Errors
/// When `target` exists or the system refuses. Then there is no `target`.
pub fn deliver_file(target: &Path, bytes: &[u8]) -> Result<(), Error> {
    let parent = free(target)?;
    let failed = |source| Error::Write { path: target.to_owned(), source };
    let mut builder = temporary();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(parent).map_err(failed)?;
    file.write_all(bytes).and_then(|()| file.as_file().sync_all()).map_err(failed)?;
    match file.persist_noclobber(target) {
        Ok(_) => store::sync_folder(parent).map_err(failed),
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => {
            Err(Obstacle::OutputExists { path: target.to_owned() }.into())
        }
        Err(error) => Err(failed(error.error)),
    }
}

/// Puts `bytes` in the place of the file at `path`, in one step.
///
/// # Errors
/// When the system refuses; the old file is then still whole.
pub fn replace_file(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let failed = |source| Error::Write { path: path.to_owned(), source };
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    let mut builder = temporary();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(parent.unwrap_or(Path::new("."))).map_err(failed)?;
    file.write_all(bytes).and_then(|()| file.as_file().sync_all()).map_err(failed)?;
    file.persist(path).map(|_| ()).map_err(|error| failed(error.error))
}

/// Whether a report may be put in the place of `target`: what is there begins as an earlier
/// report does, if anything is, and it is not among the documents and records of `root`.
///
/// # Errors
/// When it may not, or when that cannot be seen.
pub fn may_write_page(root: Option<&Path>, target: &Path, beginning: &str) -> Result<(), Error> {
    let failed = |source| Error::Write { path: target.to_owned(), source };
    let folder = target.parent().filter(|parent| !parent.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new(".")).canonicalize().map_err(failed)?;
    for name in [path::CORPUS, path::MANIFESTS] {
        let own = root.and_then(|root| root.join(name).canonicalize().ok());
        if own.is_some_and(|own| folder.starts_with(own)) {
            return Err(Obstacle::PageInCorpus { path: target.to_owned() }.into());
        }
    }
    match std::fs::symlink_metadata(target) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(failed(error)),
        // A pipe would never be read to its end.
        Ok(found) if !found.is_file() => {
            return Err(Obstacle::NotAPage { path: target.to_owned() }.into());
        }
        Ok(_) => {}
    }
    let mut found = vec![0; beginning.len()];
    let read = File::open(target).map_err(failed)?.read_exact(&mut found);
    // What is too short is no page.
    let is_page = read.is_ok() && found == beginning.as_bytes();
    if is_page { Ok(()) } else { Err(Obstacle::NotAPage { path: target.to_owned() }.into()) }
}

/// The path without links, as the system names it in events; of a file in a folder that
/// cannot be found, as it is.
pub fn resolved(path: &Path) -> PathBuf {
    let folder = path.parent().and_then(|folder| folder.canonicalize().ok());
    match (folder, path.file_name()) {
        (Some(folder), Some(name)) => folder.join(name),
        _ => path.to_owned(),
    }
}

/// Copies the file at `from` to `to`, where nothing is, and brings it to the disk.
/// Returns the identity of what was copied, and its size.
pub(crate) fn copy(from: &Path, to: &Path) -> Result<(Digest, u64), Error> {
    let failed = |source| Error::Write { path: to.to_owned(), source };
    let mut file = File::create_new(to).map_err(failed)?;
    let mut hasher = Hasher::default();
    let mut refused = None;
    let read = Reader::new().stream(from, &mut |chunk| {
        hasher.update(chunk);
        file.write_all(chunk).map_err(|error| {
            refused = Some(error);
            io::Error::other("not written")
        })
    });
    let bytes = match (read, refused) {
        (_, Some(error)) => return Err(failed(error)),
        (Err(fault), _) => return Err(load::stop(from, fault)),
        (Ok(bytes), None) => bytes,
    };
    file.sync_all().map_err(failed)?;
    Ok((hasher.finish(), bytes))
}

/// Names for what is not whole yet; a walk skips them, and a later writer removes them.
pub(crate) fn temporary() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(store::TEMPORARY_PREFIX).suffix(store::TEMPORARY_SUFFIX);
    builder
}

fn write(place: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create_new(place)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// The folder that `target` goes into, when nothing has its name.
fn free(target: &Path) -> Result<&Path, Error> {
    if std::fs::symlink_metadata(target).is_ok() {
        return Err(Obstacle::OutputExists { path: target.to_owned() }.into());
    }
    let parent = target.parent().filter(|parent| !parent.as_os_str().is_empty());
    Ok(parent.unwrap_or(Path::new(".")))
}
