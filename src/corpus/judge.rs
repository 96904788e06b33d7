//! Judging: one file against its record.
//!
//! In:  a file that the walk found, and what its record states.
//! Out: its [`Fate`], and a finding unless all is well.
//! Not here: why bytes changed (`diagnose`).

use crate::corpus::Options;
use crate::corpus::diagnose;
use crate::corpus::digest::TEXT_VERSION;
use crate::corpus::digest::text_digest;
use crate::corpus::find::found;
use crate::corpus::history::Past;
use crate::corpus::open::Content;
use crate::corpus::open::Fault;
use crate::corpus::open::Keep;
use crate::corpus::open::Pointer;
use crate::corpus::pair::Pairs;
use crate::corpus::path;
use crate::corpus::progress::Meter;
use crate::corpus::scan;
use crate::corpus::scan::Entry;
use crate::corpus::scan::Stated;
use crate::corpus::source::Access;
use crate::corpus::source::Source;
use crate::finding::Finding;
use crate::finding::Label;
use crate::finding::Rule;
use rayon::prelude::*;

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It has the recorded bytes.
    Verified,
    /// It has other bytes.
    Changed,
    /// It has the bytes of a record at another place.
    Moved,
    /// It could not be read to its end.
    Unstable,
    /// Its record says that it is retired.
    Withdrawn,
    /// It has no record.
    Unrecorded,
    /// It has no record, and the caller excludes it.
    Excluded,
    /// Its record cannot be read.
    Unjudged,
    /// It is no file after all: it was exchanged after the walk.
    Refused,
}

/// A file, judged.
#[derive(Debug)]
pub(crate) struct Judged {
    /// What became of it.
    pub(crate) fate: Fate,
    /// What it is, when it was read.
    pub(crate) content: Option<Content>,
    /// Its bytes, when they were asked for and not too many.
    pub(crate) kept: Option<Vec<u8>>,
    /// What is wrong with it.
    pub(crate) finding: Option<Box<Finding>>,
}

/// What is to be judged, and how.
pub(crate) struct Task<'t> {
    /// Where the files are.
    pub(crate) source: Source<'t>,
    /// The caller's options.
    pub(crate) options: &'t Options,
    /// Whether texts are kept.
    pub(crate) keep: bool,
    /// Whether files without a record are hashed, to find moved ones.
    pub(crate) strays: bool,
    /// Counts the bytes read.
    pub(crate) meter: &'t Meter<'t>,
}

/// What one thread uses again and again.
struct Worker<'t> {
    access: Access<'t>,
    past: Past<'t>,
}

/// Judges every one of `documents`, in parallel; the results are in their order.
pub(crate) fn all(
    task: &Task<'_>,
    documents: &[String],
    entries: &[Entry],
    pairs: &Pairs,
) -> Vec<Judged> {
    let paired = documents.par_iter().zip(&pairs.entry_of);
    let entry = |index: &Option<usize>| index.map(|index| &entries[index]);
    paired
        .map_init(
            || Worker { access: task.source.access(), past: task.source.past() },
            |worker, (path, index)| task.judge(worker, path, entry(index)),
        )
        .collect()
}

impl Task<'_> {
    fn judge(&self, worker: &mut Worker<'_>, path: &str, entry: Option<&Entry>) -> Judged {
        match entry {
            None if self.options.excludes(path) => Judged::unread(Fate::Excluded),
            None if self.strays || self.keep => self.read(worker, path, Fate::Unrecorded),
            None => Judged::unread(Fate::Unrecorded),
            Some(Entry { state: None, .. }) if self.keep => self.read(worker, path, Fate::Unjudged),
            Some(Entry { state: None, .. }) => Judged::unread(Fate::Unjudged),
            Some(entry @ Entry { state: Some(state), .. }) if state.retired => {
                let finding = Some(Box::new(withdrawn(path, entry)));
                Judged { finding, ..Judged::unread(Fate::Withdrawn) }
            }
            Some(Entry { state: Some(state), .. }) => self.compare(worker, path, state),
        }
    }

    fn compare(&self, worker: &mut Worker<'_>, path: &str, state: &Stated) -> Judged {
        let judged = self.read(worker, path, Fate::Verified);
        let Some(content) = &judged.content else {
            return judged;
        };
        if let Some(lfs) = content.lfs {
            let finding = Some(Box::new(pointer(path, state, lfs)));
            return Judged { fate: Fate::Changed, finding, ..judged };
        }
        if content.digest == state.digest && content.bytes == state.bytes {
            let finding = judged.kept.as_deref().and_then(|bytes| other_text(path, state, bytes));
            return Judged { finding: finding.map(Box::new), ..judged };
        }
        let finding = diagnose::changed(&mut worker.access, &worker.past, (path, state), content);
        Judged { fate: Fate::Changed, finding: Some(Box::new(finding)), ..judged }
    }

    fn read(&self, worker: &mut Worker<'_>, path: &str, fate: Fate) -> Judged {
        let bytes_max = self.options.text_bytes_max;
        let mut keep = self.keep.then(|| Keep { bytes: Vec::new(), bytes_max });
        match worker.access.read(path, keep.as_mut(), &|bytes| self.meter.add(bytes)) {
            Ok(content) => {
                let kept = keep.filter(|_| content.bytes <= bytes_max).map(|keep| keep.bytes);
                Judged { fate, content: Some(content), kept, finding: None }
            }
            Err(fault) => {
                let fate = match (&fault, fate) {
                    (Fault::NotRegular(_), _) => Fate::Refused,
                    (_, Fate::Verified) => Fate::Unstable,
                    _ => fate,
                };
                let finding = Some(Box::new(unread(path, &fault)));
                Judged { finding, ..Judged::unread(fate) }
            }
        }
    }
}

impl Judged {
    fn unread(fate: Fate) -> Self {
        Self { fate, content: None, kept: None, finding: None }
    }
}

/// Says that the record gives the digest of another text, when it does: it was
/// edited by hand, or written by a broken tool.
fn other_text(path: &str, state: &Stated, bytes: &[u8]) -> Option<Finding> {
    let recorded = state.text.as_deref().filter(|text| text.starts_with(TEXT_VERSION))?;
    let text = text_digest(str::from_utf8(bytes).ok()?);
    if text == recorded {
        return None;
    }
    let record = path::record_of(path)?;
    let message =
        format!("the record of `{path}` has the digest of its bytes, and of another text");
    let help = format!("write `text = \"{text}\"`, or take the key out");
    let label = Label::file(record, "`text` in [hash]");
    Some(found(Rule::RecordConflict, message, label, help))
}

fn withdrawn(path: &str, entry: &Entry) -> Finding {
    let record = &entry.place.record;
    let message = format!("`{path}` is retired, and the file is still there");
    let help = format!("remove the file: git rm {path}; or take `[retired]` out of {record}");
    found(Rule::RecordConflict, message, Label::file(&**record, "says it is retired"), help)
}

fn pointer(path: &str, state: &Stated, lfs: Pointer) -> Finding {
    let message = format!("`{path}` is a git-LFS pointer, not the document");
    let label = Label::file(path, "the content was not fetched");
    let help = "fetch the content: git lfs pull";
    let mut finding = found(Rule::LfsPointer, message, label, help);
    finding.notes.push(match lfs.oid {
        Some(oid) if oid == state.digest => "it points to the recorded bytes".to_owned(),
        Some(oid) => {
            format!("it points to {}, and the record says {}", oid.short(), state.digest.short())
        }
        None => "it names no object".to_owned(),
    });
    finding
}

fn unread(path: &str, fault: &Fault) -> Finding {
    match fault {
        Fault::NotRegular(what) => {
            let help = "put the file itself in its place, or remove it";
            let label = Label::file(path, "not read");
            found(Rule::NotARegularFile, format!("`{path}` is {what}"), label, help)
        }
        Fault::Unstable => {
            let message = format!("`{path}` changed while it was read, twice");
            let help = "wait until nothing writes to it, then run again";
            found(Rule::Unstable, message, Label::file(path, "not checked"), help)
        }
        Fault::Io(error) => {
            let message = format!("cannot read `{path}`: {error}");
            let help = "make it readable, then run again";
            found(Rule::Unstable, message, Label::file(path, "not checked"), help)
        }
        Fault::Git(message) => scan::no_blob(path, message),
    }
}
