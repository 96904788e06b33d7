//! A tree: a folder that somebody else made, read with distrust.
//!
//! Everything in it is listed before anything is opened. Links are listed as links
//! and never followed.
//!
//! In:  a folder that a user names.
//! Out: [`Tree`]: what lies in it, and the bytes and checksums of its files.
//! Not here: what the files mean (`exchange`).

use crate::corpus::Error;
use crate::corpus::checksum::Algorithm;
use crate::corpus::checksum::Checksums;
use crate::corpus::checksum::Summer;
use crate::corpus::load;
use crate::corpus::open::Reader;
use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::path::PathBuf;
use walkdir::WalkDir;

/// A folder that somebody else made.
#[derive(Clone, Debug)]
pub struct Tree {
    root: PathBuf,
    entries: BTreeMap<String, Kind>,
}

/// What something in a tree is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A regular file of this many bytes.
    File(u64),
    /// A folder.
    Folder,
    /// What must not be opened; says what it is.
    Refused(&'static str),
}

impl Tree {
    /// Lists everything below `root`.
    ///
    /// # Errors
    /// When `root` is not a folder, or a part of it cannot be read.
    pub fn read(root: &Path) -> Result<Self, Error> {
        let mut entries = BTreeMap::new();
        for entry in WalkDir::new(root).min_depth(1).follow_links(false) {
            let entry = entry.map_err(|error| {
                let path = error.path().unwrap_or(root).to_owned();
                let source = error.into_io_error().unwrap_or_else(|| io::Error::other("a loop"));
                let absent = source.kind() == io::ErrorKind::NotFound;
                if absent { Error::NoSuchFile { path } } else { Error::Read { path, source } }
            })?;
            let inside = entry.path().strip_prefix(root).unwrap_or(entry.path());
            let kind = match (inside.to_str(), entry.file_type()) {
                (None, _) => Kind::Refused("named in bytes that are not UTF-8"),
                (_, kind) if kind.is_dir() => Kind::Folder,
                (_, kind) if kind.is_symlink() => Kind::Refused("a symbolic link"),
                (_, kind) if !kind.is_file() => Kind::Refused("a device, pipe or socket"),
                _ => match entry.metadata() {
                    Ok(metadata) => Kind::File(metadata.len()),
                    Err(error) => {
                        return Err(Error::Read {
                            path: entry.path().to_owned(),
                            source: error.into(),
                        });
                    }
                },
            };
            let path = inside.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
            entries.insert(path, kind);
        }
        if entries.is_empty() && !root.is_dir() {
            return Err(Error::NotAFolder { path: root.to_owned() });
        }
        Ok(Self { root: root.to_owned(), entries })
    }

    /// What lies in it, by path from its root, in byte order.
    pub fn entries(&self) -> impl Iterator<Item = (&str, Kind)> {
        self.entries.iter().map(|(path, kind)| (path.as_str(), *kind))
    }

    /// What `path` is, when there is something.
    pub fn kind(&self, path: &str) -> Option<Kind> {
        self.entries.get(path).copied()
    }

    /// What lies at `path`, with the spelling that lives as long as the tree.
    pub(crate) fn find(&self, path: &str) -> Option<(&str, Kind)> {
        self.entries.get_key_value(path).map(|(path, kind)| (path.as_str(), *kind))
    }

    /// Where `path` lies on this machine.
    pub fn place(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// The bytes of a small file.
    ///
    /// # Errors
    /// When it cannot be read, or has more than `bytes_max` bytes.
    pub fn small(&self, path: &str, bytes_max: u64) -> Result<Vec<u8>, Error> {
        let place = self.place(path);
        match Reader::new().small(&place, bytes_max) {
            Ok(Some(bytes)) => Ok(bytes.to_vec()),
            Ok(None) => {
                let bytes = match self.kind(path) {
                    Some(Kind::File(bytes)) => bytes,
                    _ => bytes_max + 1,
                };
                Err(Error::TooLarge { path: place, bytes, bytes_max })
            }
            Err(fault) => Err(load::stop(&place, fault)),
        }
    }

    /// The checksums of a file, of any size.
    ///
    /// # Errors
    /// When it cannot be read, or changes meanwhile.
    pub fn checksums(
        &self,
        path: &str,
        algorithms: impl IntoIterator<Item = Algorithm>,
    ) -> Result<Checksums, Error> {
        let place = self.place(path);
        let mut summer = Summer::new(algorithms);
        let read = Reader::new().stream(&place, &mut |chunk| {
            summer.update(chunk);
            Ok(())
        });
        match read {
            Ok(_) => Ok(summer.finish()),
            Err(fault) => Err(load::stop(&place, fault)),
        }
    }
}
