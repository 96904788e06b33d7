//! Why an index cannot be made or used.

use crate::corpus;
use crate::corpus::BlockFault;
use crate::finding::Ending;
use std::path::Path;
use std::path::PathBuf;

/// Why an index cannot be made or used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// It is damaged.
    #[error("the index `{}` is damaged: {why}", path.display())]
    Damaged {
        /// The index.
        path: PathBuf,
        /// What is wrong.
        why: String,
    },
    /// Another version of this program made it.
    #[error("the index `{}` was made by another version of provenance", path.display())]
    OtherVersion {
        /// The index.
        path: PathBuf,
    },
    /// It is some other file.
    #[error("`{}` is not an index of provenance", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// There is more text than an index takes.
    #[error("the corpus has over {words_max} words, more than one index holds")]
    TooLarge {
        /// The most that it holds.
        words_max: u32,
    },
    /// A file could not be read or written.
    #[error(transparent)]
    Corpus(#[from] corpus::Error),
}

impl Error {
    pub(crate) fn refused(path: &Path, fault: BlockFault) -> Self {
        let path = path.to_owned();
        match fault {
            BlockFault::Foreign => Self::Foreign { path },
            BlockFault::Version { .. } => Self::OtherVersion { path },
            BlockFault::Io(source) => corpus::Error::Read { path, source }.into(),
            BlockFault::Damaged(why) => Self::Damaged { path, why: why.to_owned() },
        }
    }

    /// A stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Damaged { .. } => "PE042",
            Self::OtherVersion { .. } => "PE043",
            Self::Foreign { .. } => "PE044",
            Self::TooLarge { .. } => "PE045",
            Self::Corpus(error) => error.code(),
        }
    }

    /// How the run must end.
    pub fn ending(&self) -> Ending {
        match self {
            Self::Damaged { .. } | Self::OtherVersion { .. } | Self::Foreign { .. } => {
                Ending::Incomplete
            }
            Self::TooLarge { .. } => Ending::Schema,
            Self::Corpus(error) => error.ending(),
        }
    }

    /// One line: what to do next.
    pub fn help(&self) -> String {
        match self {
            Self::Damaged { .. } | Self::OtherVersion { .. } => {
                "make it again: provenance index --rebuild".to_owned()
            }
            Self::Foreign { .. } => "move it away, then run `provenance index`".to_owned(),
            Self::TooLarge { .. } => "split the corpus into several projects".to_owned(),
            Self::Corpus(error) => error.help(),
        }
    }
}
