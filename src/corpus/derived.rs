//! `.provenance/`: files that are made from the corpus and can be made again.
//!
//! Git ignores the folder, and whoever deletes it loses time and nothing else. One
//! writer at a time holds its lock, which is not that of the records: making an
//! index must not keep anybody from recording a document.
//!
//! In:  a root, and the name of a file.
//! Out: the open file; a new one in the place of the old, whole or not at all.
//! Not here: what such a file holds (`blocks`, `index`).

use crate::corpus::Error;
use crate::corpus::load;
use crate::corpus::open;
use crate::corpus::open::Fault;
use crate::corpus::store;
use crate::corpus::store::Lock;
use std::fs::File;
use std::io;
use std::path::Path;
use std::path::PathBuf;
use tempfile::NamedTempFile;

/// The folder, relative to the root.
const DERIVED: &str = ".provenance";

/// Opens the file `name` for reading, if there is one.
///
/// # Errors
/// When it cannot be read, or is a link, a folder or a device.
pub(crate) fn open(root: &Path, name: &str) -> Result<Option<File>, Error> {
    let path = root.join(DERIVED).join(name);
    match open::open(&path) {
        Ok((file, _)) => Ok(Some(file)),
        Err(Fault::Io(error)) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(fault) => Err(load::stop(&path, fault)),
    }
}

/// The right to write into the folder below one root, given back when dropped.
#[derive(Debug)]
pub(crate) struct Writing {
    folder: PathBuf,
    _lock: Lock,
}

impl Writing {
    /// Makes the folder when it is not there, tells git to ignore it, and waits for the
    /// right to write.
    ///
    /// # Errors
    /// When another run keeps it for ten seconds, or the system refuses.
    pub(crate) fn begin(root: &Path) -> Result<Self, Error> {
        store::make_folder(root, DERIVED)?;
        let lock = Lock::take_in(root, DERIVED)?;
        lock.put(&format!("{DERIVED}/.gitignore"), b"*\n")?;
        Ok(Self { folder: root.join(DERIVED), _lock: lock })
    }

    /// A file to write; it has no name that anybody looks for until it is put in place.
    ///
    /// # Errors
    /// When the system refuses.
    pub(crate) fn create(&self) -> Result<NamedTempFile, Error> {
        store::temporary(&self.folder).map_err(|source| self.failed(source))
    }

    /// Puts a whole `file` in the place of `name`, in one step.
    ///
    /// # Errors
    /// When the system refuses; the old file is then still there.
    pub(crate) fn put(&self, file: NamedTempFile, name: &str) -> Result<(), Error> {
        store::replace(file, &self.folder.join(name)).map_err(|source| self.failed(source))
    }

    /// What a write that the system refused is.
    pub(crate) fn failed(&self, source: io::Error) -> Error {
        Error::Write { path: self.folder.clone(), source }
    }
}
