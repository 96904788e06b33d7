//! Sources: where documents and records are read from.
//!
//! The files in the folder, or the blobs of one commit or of the index. The checks
//! are the same; blobs have not been through the filters of a checkout.
//!
//! In:  paths relative to the root.
//! Out: [`Content`], or a [`Fault`].
//! Not here: listing the files (`walk`), and git itself (`history`).

use crate::corpus::history::Blobs;
use crate::corpus::history::Past;
use crate::corpus::history::Snapshot;
use crate::corpus::open::Content;
use crate::corpus::open::Fault;
use crate::corpus::open::Keep;
use crate::corpus::open::Reader;
use crate::corpus::walk::Kind;
use std::io;
use std::path::Path;

/// Where documents and records are read from.
#[derive(Clone, Copy)]
pub(crate) enum Source<'s> {
    /// The files below this root.
    Folder(&'s Path),
    /// What git keeps of one state.
    Snapshot(&'s Snapshot),
}

impl<'s> Source<'s> {
    /// The root of the project.
    pub(crate) fn root(self) -> &'s Path {
        match self {
            Self::Folder(root) => root,
            Self::Snapshot(snapshot) => snapshot.root(),
        }
    }

    /// The way of one thread to the bytes.
    pub(crate) fn access(self) -> Access<'s> {
        match self {
            Self::Folder(root) => Access::Folder { root, reader: Reader::new() },
            Self::Snapshot(snapshot) => Access::Snapshot(snapshot.blobs()),
        }
    }

    /// The whole of a small file that lies beside `corpus/` and `manifests/`, such as
    /// a seal; `None` when it has more than `bytes_max` bytes. One that is not there
    /// is [`io::ErrorKind::NotFound`].
    pub(crate) fn beside(self, path: &str, bytes_max: u64) -> Result<Option<Vec<u8>>, Fault> {
        match self {
            Self::Folder(root) => {
                let bytes_of = |bytes: &[u8]| bytes.to_vec();
                Reader::new().small(&root.join(path), bytes_max).map(|bytes| bytes.map(bytes_of))
            }
            Self::Snapshot(snapshot) => {
                let Some(item) = snapshot.beside(path) else {
                    return Err(io::Error::from(io::ErrorKind::NotFound).into());
                };
                if item.kind != Kind::File {
                    return Err(Fault::NotRegular("no regular file"));
                }
                let bytes = snapshot.blobs().read_item(item)?.to_vec();
                Ok((bytes.len() as u64 <= bytes_max).then_some(bytes))
            }
        }
    }

    /// What git knows of the time before.
    pub(crate) fn past(self) -> Past<'s> {
        match self {
            Self::Folder(root) => Past::of(root, None),
            Self::Snapshot(snapshot) => Past::of(snapshot.root(), snapshot.commit()),
        }
    }
}

/// The way of one thread to the bytes.
pub(crate) enum Access<'s> {
    /// Reads files.
    Folder {
        /// The root.
        root: &'s Path,
        /// Its buffer.
        reader: Reader,
    },
    /// Reads blobs.
    Snapshot(Blobs<'s>),
}

impl Access<'_> {
    /// Whether these are files, which a user can restore in place.
    pub(crate) fn is_folder(&self) -> bool {
        matches!(self, Self::Folder { .. })
    }

    /// Hashes the file at `path`, and keeps its bytes if `keep` is given. Calls
    /// `progress` with the number of bytes of every part.
    pub(crate) fn read(
        &mut self,
        path: &str,
        keep: Option<&mut Keep>,
        progress: &dyn Fn(u64),
    ) -> Result<Content, Fault> {
        match self {
            Self::Folder { root, reader } => reader.read(&root.join(path), keep, progress),
            Self::Snapshot(blobs) => {
                let bytes = blobs.read(path)?;
                let content = Content::of(bytes);
                progress(content.bytes);
                if let Some(keep) = keep.filter(|keep| content.bytes <= keep.bytes_max) {
                    keep.bytes = bytes.to_vec();
                }
                Ok(content)
            }
        }
    }

    /// The whole of a small file, such as a record; `None` when it has more than
    /// `bytes_max` bytes.
    pub(crate) fn small(&mut self, path: &str, bytes_max: u64) -> Result<Option<&[u8]>, Fault> {
        match self {
            Self::Folder { root, reader } => reader.small(&root.join(path), bytes_max),
            Self::Snapshot(blobs) => {
                let bytes = blobs.read(path)?;
                Ok((bytes.len() as u64 <= bytes_max).then_some(bytes))
            }
        }
    }
}
