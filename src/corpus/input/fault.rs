//! Why an input cannot be read to its end. What is wrong with one line is told beside
//! the documents instead.

use std::path::PathBuf;

/// Why an input cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InputFault {
    /// The packed bytes are cut off or damaged.
    #[error("`{}` cannot be unpacked after {documents} documents: {why}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// How many documents came out of it before.
        documents: u64,
        /// What is wrong with it.
        why: String,
    },
    /// Packed in a way that is not supported.
    #[error("`{}` is packed by {packer}, which this version cannot read", path.display())]
    Packed {
        /// The file.
        path: PathBuf,
        /// The program that packs so.
        packer: &'static str,
    },
}

impl InputFault {
    /// A stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Damaged { .. } => "PE040",
            Self::Packed { .. } => "PE041",
        }
    }

    /// Whether the system, or the file's own damage, stood in the way.
    pub(crate) fn is_incomplete(&self) -> bool {
        matches!(self, Self::Damaged { .. })
    }

    /// One line: what to do next.
    pub fn help(&self) -> String {
        match self {
            Self::Damaged { .. } => "fetch or pack it again, then run again".to_owned(),
            Self::Packed { .. } => "unpack it first, or pack it by gzip or zstd".to_owned(),
        }
    }
}
