//! Counts: the summary of a check, which adds up.

/// How many files and records a check saw, and what became of each.
///
/// Every file in `corpus/` is counted in exactly one of the fields of
/// [`files_sum`](Self::files_sum), every record in exactly one of those of
/// [`records_sum`](Self::records_sum). [`adds_up`](Self::adds_up) compares the
/// sums with the totals, which are counted by themselves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Files that the walk saw in `corpus/`.
    pub files: u64,
    /// Records that the walk saw in `manifests/`.
    pub records: u64,
    /// Pairs of file and record: the bytes are the recorded ones.
    pub verified: u64,
    /// Pairs: the bytes are not the recorded ones.
    pub changed: u64,
    /// Pairs: the recorded bytes lie under another path.
    pub moved: u64,
    /// Pairs: the file could not be read to its end.
    pub unstable: u64,
    /// Pairs: the record says that the document is retired, and the file is there.
    pub withdrawn: u64,
    /// Files without a record.
    pub unrecorded: u64,
    /// Files without a record that the caller excludes.
    pub excluded: u64,
    /// Files whose record could not be read.
    pub unjudged: u64,
    /// Files that were not opened: links, devices, unsafe paths, submodules.
    pub refused: u64,
    /// Records whose file is not there.
    pub missing: u64,
    /// Records of retired documents whose file is gone, as it should be.
    pub retired: u64,
    /// Records that could not be read.
    pub invalid: u64,
    /// Records whose file was not opened.
    pub blocked: u64,
    /// Records that claim a document which has a record of its own.
    pub conflicting: u64,
    /// Bytes of documents that were read and hashed.
    pub bytes: u64,
}

impl Counts {
    /// The files, summed over what became of them.
    pub fn files_sum(&self) -> u64 {
        self.pairs() + self.unrecorded + self.excluded + self.unjudged + self.refused
    }

    /// The records, summed over what became of them.
    pub fn records_sum(&self) -> u64 {
        let alone = self.missing + self.retired + self.invalid + self.blocked + self.conflicting;
        self.pairs() + alone
    }

    /// Whether nothing was counted twice or forgotten.
    pub fn adds_up(&self) -> bool {
        self.files == self.files_sum() && self.records == self.records_sum()
    }

    fn pairs(&self) -> u64 {
        self.verified + self.changed + self.moved + self.unstable + self.withdrawn
    }
}
