//! The verdict on a bag: what is wrong, where, and whether it is complete and valid.
//!
//! In:  problems as they are found.
//! Out: [`Verdict`].

use std::fmt;

/// Why a file in a bag is not as it must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// The path leads out of the bag, or would on some system. It was not opened.
    Unsafe,
    /// The bag is not built as the specification says.
    Structure,
    /// A file is missing, or is listed nowhere.
    Incomplete,
    /// A file has not the bytes that the bag states.
    Mismatch,
}

/// One thing that is wrong in a bag.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file, relative to the bag.
    pub file: String,
    /// The line in it, counted from one.
    pub line: Option<usize>,
    /// What kind of problem it is.
    pub fault: Fault,
    /// What is wrong, in words.
    pub reason: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(formatter, "{}:{line}: {}", self.file, self.reason),
            None => write!(formatter, "{}: {}", self.file, self.reason),
        }
    }
}

/// A payload file that was found and agrees with every manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payload {
    /// Where it lies in the bag, below `data/`.
    pub path: String,
    /// How many bytes it has.
    pub bytes: u64,
    /// Its SHA-256, whatever the manifests use.
    pub sha256: String,
}

/// What a check of a bag found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// The version that it declares, such as `1.0`; empty when it declares none.
    pub version: String,
    /// Its payload files, in byte order of their paths.
    pub payload: Vec<Payload>,
    /// Everything that makes it incomplete or invalid.
    pub problems: Vec<Problem>,
    /// What a careful sender would not do, and what does not make it invalid.
    pub warnings: Vec<Problem>,
    /// Whether it carries records of this program.
    pub has_records: bool,
}

impl Verdict {
    /// Whether every file that must be there is there, and nothing else.
    pub fn is_complete(&self) -> bool {
        self.problems.iter().all(|problem| problem.fault == Fault::Mismatch)
    }

    /// Whether it is complete and every file has the bytes that the bag states.
    pub fn is_valid(&self) -> bool {
        self.problems.is_empty()
    }

    pub(crate) fn problem(&mut self, fault: Fault, file: &str, reason: impl Into<String>) {
        self.at(fault, (file, None), reason);
    }

    pub(crate) fn at(
        &mut self,
        fault: Fault,
        (file, line): (&str, Option<usize>),
        reason: impl Into<String>,
    ) {
        let problem = Problem { file: file.to_owned(), line, fault, reason: reason.into() };
        self.problems.push(problem);
    }

    pub(crate) fn warn(&mut self, file: &str, line: Option<usize>, reason: impl Into<String>) {
        let (file, reason) = (file.to_owned(), reason.into());
        self.warnings.push(Problem { file, line, fault: Fault::Structure, reason });
    }
}
