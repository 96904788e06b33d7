//! Errors: why the corpus could not be opened or written. They stop the run.
//!
//! What is wrong with a document or a record is a finding instead, so that one
//! broken file does not hide the others.

use crate::corpus::InputFault;
use crate::corpus::Obstacle;
use crate::corpus::Refusal;
use crate::corpus::path::PathFault;
use crate::finding::Ending;
use std::fmt::Display;
use std::io;
use std::path::PathBuf;

/// Why an operation on the corpus stopped.
///
/// Each variant has a [`code`](Self::code) that never changes and a
/// [`help`](Self::help) that says what to do next.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The root has neither `corpus/` nor `manifests/`.
    #[error("`{}` is not a provenance project: it has no `corpus/` folder", root.display())]
    NotAProject {
        /// The root.
        root: PathBuf,
    },
    /// `corpus/` or `manifests/` is a link, a file or a device.
    #[error("`{}` is not a folder of its own, and was not entered", path.display())]
    NotAFolder {
        /// The folder.
        path: PathBuf,
    },
    /// The operating system refused to read.
    #[error("cannot read `{}`", path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// The operating system refused to write.
    #[error("cannot write `{}`", path.display())]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// Somebody else is writing.
    #[error("another provenance is writing here: `{}` stayed locked for {seconds} seconds", lock.display())]
    Locked {
        /// The lock file.
        lock: PathBuf,
        /// How long this run waited.
        seconds: u64,
    },
    /// The document is not in `corpus/`.
    #[error("`{}` is not in `corpus/`", path.display())]
    OutsideCorpus {
        /// The file.
        path: PathBuf,
        /// A place for it in `corpus/`.
        suggestion: String,
    },
    /// The path is not safe on every system.
    #[error("the path `{}` {fault}", path.escape_debug())]
    UnsafePath {
        /// The path as given.
        path: String,
        /// Why it is not safe.
        fault: PathFault,
    },
    /// There is no such file.
    #[error("there is no file `{}`", path.display())]
    NoSuchFile {
        /// The file.
        path: PathBuf,
    },
    /// A folder, link, pipe or device.
    #[error("`{}` is {what}, not a file", path.display())]
    NotARegularFile {
        /// The path.
        path: PathBuf,
        /// What it is, such as `a folder`.
        what: &'static str,
    },
    /// The bytes are not text.
    #[error("`{}` is not UTF-8: byte {offset} is not part of a character", path.display())]
    NotUtf8 {
        /// The file.
        path: PathBuf,
        /// The first byte that is wrong, counted from zero.
        offset: usize,
    },
    /// Too large to analyse.
    #[error("`{}` has {bytes} bytes, over the limit of {bytes_max}", path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// Its size.
        bytes: u64,
        /// The limit.
        bytes_max: u64,
    },
    /// The file changed while it was read.
    #[error("`{}` changed while it was read", path.display())]
    Unstable {
        /// The file.
        path: PathBuf,
    },
    /// The document has a record already.
    #[error("`{path}` is recorded already, in `{record}`")]
    Recorded {
        /// The document.
        path: String,
        /// Its record.
        record: String,
    },
    /// The document has the recorded bytes: there is nothing to replace.
    #[error("`{path}` has the recorded bytes: there is nothing to replace")]
    Unchanged {
        /// The document.
        path: String,
    },
    /// The document has no record.
    #[error("`{path}` has no record")]
    NotRecorded {
        /// The document.
        path: String,
    },
    /// The document is retired.
    #[error("`{path}` is retired, in `{record}`")]
    Retired {
        /// The document.
        path: String,
        /// Its record.
        record: String,
    },
    /// Another record has the id.
    #[error("the id `{id}` is taken, in `{record}`")]
    IdTaken {
        /// The id.
        id: String,
        /// The record that has it.
        record: String,
    },
    /// A record cannot be read.
    #[error("`{record}` line {line}: {message}")]
    InvalidRecord {
        /// The record.
        record: String,
        /// The line of the first problem.
        line: usize,
        /// The first problem.
        message: String,
    },
    /// A value for a field is not one that the field takes.
    #[error("`{field}`: {message}")]
    BadField {
        /// The field.
        field: String,
        /// What is wrong.
        message: String,
    },
    /// Writing a record would lose a part of it.
    #[error("`{record}` cannot be rewritten without losing {what}")]
    WouldLose {
        /// The record.
        record: String,
        /// What would be lost.
        what: &'static str,
    },
    /// Git was needed and could not be asked.
    #[error(transparent)]
    Git(#[from] Refusal),
    /// An input cannot be read to its end.
    #[error(transparent)]
    Input(#[from] InputFault),
    /// Documents could not be handed over or taken in.
    #[error(transparent)]
    Exchange(#[from] Obstacle),
}

impl Error {
    /// A stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotAProject { .. } => "PE001",
            Self::NotAFolder { .. } => "PE002",
            Self::Read { .. } => "PE003",
            Self::Write { .. } => "PE004",
            Self::Locked { .. } => "PE005",
            Self::OutsideCorpus { .. } => "PE006",
            Self::UnsafePath { .. } => "PE007",
            Self::NoSuchFile { .. } => "PE008",
            Self::NotARegularFile { .. } => "PE009",
            Self::NotUtf8 { .. } => "PE010",
            Self::TooLarge { .. } => "PE011",
            Self::Unstable { .. } => "PE012",
            Self::Recorded { .. } => "PE013",
            Self::Unchanged { .. } => "PE014",
            Self::NotRecorded { .. } => "PE015",
            Self::Retired { .. } => "PE016",
            Self::IdTaken { .. } => "PE017",
            Self::InvalidRecord { .. } => "PE018",
            Self::BadField { .. } => "PE019",
            Self::WouldLose { .. } => "PE020",
            Self::Git(refusal) => refusal.code(),
            Self::Input(fault) => fault.code(),
            Self::Exchange(obstacle) => obstacle.code(),
        }
    }

    /// How the run must end: [`Ending::Incomplete`] when the system stood in the
    /// way, [`Ending::Schema`] when what was asked cannot be done.
    pub fn ending(&self) -> Ending {
        match self {
            Self::Read { .. }
            | Self::Write { .. }
            | Self::Locked { .. }
            | Self::Unstable { .. }
            | Self::Git(_) => Ending::Incomplete,
            Self::Input(fault) if fault.is_incomplete() => Ending::Incomplete,
            _ => Ending::Schema,
        }
    }

    /// One line: what to do next.
    pub fn help(&self) -> String {
        match self {
            Self::NotAProject { .. } => {
                "run `provenance init` at the root of the project".to_owned()
            }
            Self::NotAFolder { .. } => "put a real folder in its place".to_owned(),
            Self::Read { .. } => "make it readable, then run again".to_owned(),
            Self::Write { .. } => "make the folder writable, then run again".to_owned(),
            Self::Locked { .. } => "wait until the other run has ended, then run again".to_owned(),
            Self::OutsideCorpus { path, suggestion } => {
                format!("copy it first: cp {} {}", shell(&path.display()), shell(suggestion))
            }
            Self::UnsafePath { .. } => "rename the file, then run again".to_owned(),
            Self::NoSuchFile { .. } => "check the spelling of the path".to_owned(),
            Self::NotARegularFile { .. } => "name the file itself".to_owned(),
            Self::NotUtf8 { .. } => {
                "save the text as UTF-8 in a copy, and analyse the copy".to_owned()
            }
            Self::TooLarge { .. } => "raise `max-text-bytes`, or split the text".to_owned(),
            Self::Unstable { .. } => "wait until nothing writes to it, then run again".to_owned(),
            Self::Recorded { path, .. } => {
                format!(
                    "if its bytes changed for a reason, state it: provenance add {path} --replace REASON"
                )
            }
            Self::Unchanged { .. } => {
                "leave out `--replace`; metadata is edited in the record".to_owned()
            }
            Self::NotRecorded { path } => format!("record it: provenance add {path}"),
            Self::Retired { .. } => "record the text under another path".to_owned(),
            Self::IdTaken { .. } => "give another id: provenance add --id ID".to_owned(),
            Self::InvalidRecord { .. } => "run `provenance verify` to see every problem".to_owned(),
            Self::BadField { .. } => {
                "correct the value; `provenance explain PV024` shows a whole record".to_owned()
            }
            Self::WouldLose { .. } => "edit the record by hand".to_owned(),
            Self::Git(refusal) => refusal.help(),
            Self::Input(fault) => fault.help(),
            Self::Exchange(obstacle) => obstacle.help(),
        }
    }
}

/// `word` as one argument of a shell.
pub(crate) fn shell(word: &dyn Display) -> String {
    format!("'{}'", word.to_string().replace('\'', r"'\''"))
}
