//! Obstacles: why documents could not be handed over or taken in, or a report put down.
//!
//! In:  what a user must know.
//! Out: [`Obstacle`], in words, with a code and the next step.

use crate::corpus::error::shell;
use crate::corpus::path::PathFault;
use std::path::PathBuf;

/// Why documents could not be handed over or taken in, or a report put down. Nothing was
/// written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Obstacle {
    /// The output is there already.
    #[error("`{}` is there already, and was left as it is", path.display())]
    OutputExists {
        /// The file or folder.
        path: PathBuf,
    },
    /// A document has not the recorded bytes.
    #[error("`{path}` has not the bytes that `{record}` states")]
    NotAsRecorded {
        /// The document.
        path: String,
        /// Its record.
        record: String,
    },
    /// Something else is where a document would go.
    #[error("`{path}` is there already with {other}")]
    Occupied {
        /// The document or record.
        path: String,
        /// What it has: `other bytes`, or `another record`.
        other: &'static str,
    },
    /// Two documents would be one on some file systems.
    #[error("`{path}` and `{other}` are the same on some file systems")]
    Collision {
        /// One document.
        path: String,
        /// The other.
        other: String,
    },
    /// A file has a name that a document cannot have.
    #[error("`{}` cannot be a document: the path `{}` {fault}", file.escape_debug(), path.escape_debug())]
    UnsafeName {
        /// The file, as its bag names it.
        file: String,
        /// The path that the document would have.
        path: String,
        /// Why it is not safe.
        fault: PathFault,
    },
    /// A record that came along is not the record of its document.
    #[error("the record `{record}` that came along {fault}")]
    ForeignRecord {
        /// The record.
        record: String,
        /// Why not, as a clause.
        fault: String,
    },
    /// The bag is not valid.
    #[error("`{}` is no valid bag: {problems}", bag.display())]
    InvalidBag {
        /// The bag.
        bag: PathBuf,
        /// How many problems were listed, in words.
        problems: String,
    },
    /// A page would go among the documents or records.
    #[error("`{}` is in the corpus, where only documents and records belong", path.display())]
    PageInCorpus {
        /// Where it would go.
        path: PathBuf,
    },
    /// Something else is where a page would go.
    #[error("`{}` is there already and is no report, and was left as it is", path.display())]
    NotAPage {
        /// Where it would go.
        path: PathBuf,
    },
}

impl Obstacle {
    /// A stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::OutputExists { .. } => "PE060",
            Self::NotAsRecorded { .. } => "PE061",
            Self::Occupied { .. } => "PE062",
            Self::Collision { .. } => "PE063",
            Self::UnsafeName { .. } => "PE064",
            Self::ForeignRecord { .. } => "PE065",
            Self::InvalidBag { .. } => "PE066",
            Self::PageInCorpus { .. } => "PE067",
            Self::NotAPage { .. } => "PE068",
        }
    }

    /// One line: what to do next.
    pub fn help(&self) -> String {
        match self {
            Self::OutputExists { .. } | Self::PageInCorpus { .. } | Self::NotAPage { .. } => {
                "name another place with --output".to_owned()
            }
            Self::NotAsRecorded { .. } => {
                "see what changed: provenance verify; nothing was exported".to_owned()
            }
            Self::Occupied { path, .. } => {
                format!(
                    "compare the two, or import into a folder of its own: --into NAME ({})",
                    shell(path)
                )
            }
            Self::Collision { .. } => "ask the sender to rename one of them".to_owned(),
            Self::UnsafeName { .. } => {
                "ask the sender to rename it; nothing was imported".to_owned()
            }
            Self::ForeignRecord { .. } => {
                "ask the sender for the record as it was exported; nothing was imported".to_owned()
            }
            Self::InvalidBag { .. } => {
                "ask the sender for the bag anew; nothing was imported".to_owned()
            }
        }
    }
}
