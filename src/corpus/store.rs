#![expect(clippy::disallowed_methods, reason = "`corpus` is the module that writes files")]
//! Writing: a file is the old one or the new one, never half of either.
//!
//! A new file is written beside the old one, brought to the disk, and renamed over
//! it. One writer at a time holds the lock.
//!
//! In:  paths and bytes.
//! Out: files.
//! Not here: what is written (`canonical`, `init`).

use crate::corpus::Error;
use crate::corpus::path::MANIFESTS;
use std::fs::File;
use std::fs::TryLockError;
use std::io;
use std::io::Write as _;
use std::path::Path;
use std::path::PathBuf;
use std::time::Duration;
use tempfile::NamedTempFile;

/// What a file is called until it is whole; the walk skips names with a dot in
/// front.
pub(crate) const TEMPORARY_PREFIX: &str = ".provenance-";

/// Its end.
pub(crate) const TEMPORARY_SUFFIX: &str = ".tmp";

/// The lock file in `manifests/`.
const LOCK: &str = ".lock";

/// How long a writer waits for another: adding a document takes milliseconds.
const PATIENCE: Duration = Duration::from_secs(10);

/// Between two looks at a lock that is held.
const PAUSE: Duration = Duration::from_millis(50);

/// The right to write below one root; given back when dropped.
#[derive(Debug)]
pub(crate) struct Lock {
    root: PathBuf,
    _held: File,
}

impl Lock {
    /// Waits for the right to write below `root`.
    ///
    /// # Errors
    /// When another writer keeps it for ten seconds, or the lock file cannot be made.
    pub(crate) fn take(root: &Path) -> Result<Self, Error> {
        Self::take_in(root, MANIFESTS)
    }

    /// The same for those who write into `folder` only.
    pub(crate) fn take_in(root: &Path, folder: &str) -> Result<Self, Error> {
        Self::take_within(root, folder, PATIENCE)
    }

    fn take_within(root: &Path, folder: &str, patience: Duration) -> Result<Self, Error> {
        let path = root.join(folder).join(LOCK);
        let failed = |source| Error::Write { path: path.clone(), source };
        let file = File::options().create(true).append(true).open(&path).map_err(failed)?;
        let mut waited = Duration::ZERO;
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Self { root: root.to_owned(), _held: file }),
                Err(TryLockError::Error(source)) => return Err(failed(source)),
                Err(TryLockError::WouldBlock) if waited >= patience => {
                    return Err(Error::Locked { lock: path, seconds: patience.as_secs() });
                }
                Err(TryLockError::WouldBlock) => {
                    std::thread::sleep(PAUSE);
                    waited += PAUSE;
                }
            }
        }
    }

    /// Puts `bytes` at `path`, relative to the root, in one step; makes its folders.
    ///
    /// What an interrupted writer left in the same folder is removed.
    ///
    /// # Errors
    /// When the system refuses, or a folder on the way is a link; the old file is
    /// then still whole.
    pub(crate) fn put(&self, path: &str, bytes: &[u8]) -> Result<(), Error> {
        let full = self.root.join(path);
        let folder = own_folder(&self.root, path)?;
        put(&folder, &full, bytes).map_err(|source| Error::Write { path: full, source })
    }
}

/// What [`Lock`] does for files that lie at the root itself.
impl Lock {
    /// The bytes of the file at `path`, when there is one.
    ///
    /// # Errors
    /// When the system refuses.
    pub(crate) fn read(&self, path: &str) -> Result<Option<Vec<u8>>, Error> {
        let full = self.root.join(path);
        match std::fs::read(&full) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(Error::Read { path: full, source }),
        }
    }

    /// Removes the file at `path`. Returns whether there was one.
    ///
    /// # Errors
    /// When the system refuses.
    pub(crate) fn remove(&self, path: &str) -> Result<bool, Error> {
        let full = self.root.join(path);
        match std::fs::remove_file(&full) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(source) => Err(Error::Write { path: full, source }),
        }
    }
}

/// Makes the folder `path` below `root`, when it is not there.
///
/// # Errors
/// When the system refuses, or something else is in its place.
pub(crate) fn make_folder(root: &Path, path: &str) -> Result<bool, Error> {
    let full = root.join(path);
    match std::fs::symlink_metadata(&full) {
        Ok(metadata) if metadata.is_dir() => Ok(false),
        Ok(_) => Err(Error::NotAFolder { path: full }),
        Err(_) => match std::fs::create_dir_all(&full) {
            Ok(()) => Ok(true),
            Err(source) => Err(Error::Write { path: full, source }),
        },
    }
}

/// The folder of `path` below `root`, after a look at every folder on the way: a
/// link would lead out of the project.
///
/// # Errors
/// When one of them is not a folder.
pub(crate) fn own_folder(root: &Path, path: &str) -> Result<PathBuf, Error> {
    let mut folder = root.to_owned();
    let (folders, _) = path.rsplit_once('/').unwrap_or_default();
    for name in folders.split('/').filter(|name| !name.is_empty()) {
        folder.push(name);
        match std::fs::symlink_metadata(&folder) {
            Ok(metadata) if !metadata.is_dir() => return Err(Error::NotAFolder { path: folder }),
            _ => {}
        }
    }
    Ok(folder)
}

fn put(folder: &Path, path: &Path, bytes: &[u8]) -> io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let mut file = temporary(folder)?;
    file.write_all(bytes)?;
    replace(file, path)
}

/// A new file in `folder`, after what an interrupted writer left there is removed.
pub(crate) fn temporary(folder: &Path) -> io::Result<NamedTempFile> {
    sweep(folder)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(TEMPORARY_PREFIX).suffix(TEMPORARY_SUFFIX);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}

/// Brings `file` to the disk and to the place `path`, in the same folder.
pub(crate) fn replace(file: NamedTempFile, path: &Path) -> io::Result<()> {
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    path.parent().map_or(Ok(()), sync_folder)
}

/// Removes what an interrupted writer left: whoever holds the lock is the only
/// writer, so nobody is still at it.
fn sweep(folder: &Path) -> io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let ours = name.to_str().is_some_and(is_temporary);
        if ours && entry.file_type()?.is_file() {
            std::fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// Whether `name` is that of something that is not whole yet.
pub(crate) fn is_temporary(name: &str) -> bool {
    name.starts_with(TEMPORARY_PREFIX) && name.ends_with(TEMPORARY_SUFFIX)
}

/// Brings the new name to the disk. Only Unix knows folders as files.
#[cfg(unix)]
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
pub(crate) fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Ending;

    #[test]
    fn threat_18_a_writer_that_waited_in_vain_stops_and_says_so() {
        let folder = tempfile::tempdir().unwrap();
        make_folder(folder.path(), MANIFESTS).unwrap();
        let held = Lock::take(folder.path()).unwrap();

        let error =
            Lock::take_within(folder.path(), MANIFESTS, Duration::from_millis(120)).unwrap_err();

        assert_eq!((error.code(), error.ending()), ("PE005", Ending::Incomplete), "{error}");
        drop(held);
        assert!(Lock::take_within(folder.path(), MANIFESTS, Duration::ZERO).is_ok());
    }

    #[test]
    fn threat_18_a_write_that_fails_leaves_the_old_file() {
        let folder = tempfile::tempdir().unwrap();
        make_folder(folder.path(), MANIFESTS).unwrap();
        let lock = Lock::take(folder.path()).unwrap();
        lock.put("manifests/a/b.toml", b"old").unwrap();

        let blocked = lock.put("manifests/a/b.toml/c.toml", b"new").unwrap_err();

        assert_eq!(blocked.code(), "PE002", "{blocked}");
        assert_eq!(std::fs::read(folder.path().join("manifests/a/b.toml")).unwrap(), b"old");
        let names = std::fs::read_dir(folder.path().join("manifests/a")).unwrap().count();
        assert_eq!(names, 1, "nothing temporary is left");
    }
}
