//! Verify: is every document the one that its record describes?
//!
//! One walk, then all records, then all documents, both in parallel. Every problem
//! of every file is told in one pass, in an order that depends on nothing but the
//! files.
//!
//! In:  a root, a [`Target`] and [`Options`].
//! Out: [`Verification`]: findings and [`Counts`].
//! Not here: who belongs to whom (`pair`), why bytes changed (`diagnose`), what
//! became of earlier records (`base`), and what git knows (`history`).

use crate::corpus::Error;
use crate::corpus::Options;
use crate::corpus::base;
use crate::corpus::base::Compared;
use crate::corpus::clash;
use crate::corpus::counts::Counts;
use crate::corpus::find;
use crate::corpus::history;
use crate::corpus::history::Snapshot;
use crate::corpus::judge;
use crate::corpus::judge::Fate;
use crate::corpus::judge::Judged;
use crate::corpus::pair;
use crate::corpus::pair::Alone;
use crate::corpus::pair::Pairs;
use crate::corpus::progress::Meter;
use crate::corpus::scan;
use crate::corpus::scan::Entry;
use crate::corpus::seal;
use crate::corpus::seal::Paper;
use crate::corpus::seal::Sealed;
use crate::corpus::source::Source;
use crate::corpus::sources;
use crate::corpus::target::State;
use crate::corpus::target::Target;
use crate::corpus::walk;
use crate::corpus::walk::Walk;
use crate::finding::Finding;
use std::path::Path;

/// The result of a check.
#[derive(Clone, Debug, Default)]
pub struct Verification {
    /// What was found, by path, then rule, then place.
    pub findings: Vec<Finding>,
    /// What became of every file and record.
    pub counts: Counts,
    /// What was not checked and why, a sentence each; empty when all was.
    pub unchecked: Vec<String>,
    /// What the records were compared with, when that was asked.
    pub compared: Option<Compared>,
    /// The seal, when there is one.
    pub sealed: Option<Sealed>,
}

/// Checks every document below `root` against its record.
///
/// Opens regular files only, and follows no link. `progress` is called with the
/// bytes read so far and the bytes to read, from several threads, in no strict
/// order; the last call has both equal.
///
/// # Errors
/// When `root` is not a project, or an option is not valid. What is wrong with a
/// file is a finding instead.
pub fn verify(
    root: &Path,
    options: &Options,
    progress: &(dyn Fn(u64, u64) + Sync),
) -> Result<Verification, Error> {
    verify_target(root, &Target::default(), options, progress)
}

/// Checks the documents and records of one state of the project at `root`: its
/// files, its index or a commit; and that no record of an earlier commit was lost
/// or rewritten since, when `target` names one.
///
/// A commit and the index are read from git, so that no checkout filter can change
/// what is hashed. One blob is held in memory at a time by each thread.
///
/// # Errors
/// As [`verify`], and when git cannot be asked: [`Refusal`](crate::corpus::Refusal).
/// What git cannot read of one file is a finding instead.
pub fn verify_target(
    root: &Path,
    target: &Target,
    options: &Options,
    progress: &(dyn Fn(u64, u64) + Sync),
) -> Result<Verification, Error> {
    let base = target.base.as_deref().map(|base| Snapshot::of_revision(root, base)).transpose()?;
    let snapshot = match &target.state {
        State::WorkTree => None,
        State::Staged => Some(Snapshot::of_index(root)?),
        State::Revision(revision) => Some(Snapshot::of_revision(root, revision)?),
    };
    let source = snapshot.as_ref().map_or(Source::Folder(root), Source::Snapshot);
    let blobs = base.is_some();
    let question = Question { source, blobs, ..Question::of(root, options) };
    let Inspection { mut verification, entries, .. } = inspect_sealed(question, progress)?;
    if let Some(base) = &base {
        let compared = base::compare(base, source, &entries, &mut verification.findings);
        verification.compared = Some(compared);
        verification.findings.sort_by(find::order);
    }
    Ok(verification)
}

/// What is to be looked at, and what is to be kept of it.
#[derive(Clone, Copy)]
pub(crate) struct Question<'q> {
    /// Where it is read from.
    pub(crate) source: Source<'q>,
    /// The caller's options.
    pub(crate) options: &'q Options,
    /// Whether texts and whole records are kept.
    pub(crate) keep: bool,
    /// Whether records are named as git names their bytes.
    pub(crate) blobs: bool,
    /// Whether records are hashed.
    pub(crate) digests: bool,
    /// The only documents that are looked at, when that is not all.
    pub(crate) only: Option<&'q [String]>,
}

impl<'q> Question<'q> {
    /// The files below `root`, of which nothing is kept.
    pub(crate) fn of(root: &'q Path, options: &'q Options) -> Self {
        let source = Source::Folder(root);
        Self { source, options, keep: false, blobs: false, digests: false, only: None }
    }
}

/// A check, with everything that it looked at.
pub(crate) struct Inspection {
    /// Findings and counts.
    pub(crate) verification: Verification,
    /// The documents, in byte order.
    pub(crate) documents: Vec<String>,
    /// What became of each.
    pub(crate) judged: Vec<Judged>,
    /// The records, in byte order of their documents.
    pub(crate) entries: Vec<Entry>,
    /// Which belongs to which.
    pub(crate) pairs: Pairs,
}

/// Checks everything that `question` names, and the seal beside it.
pub(crate) fn inspect_sealed(
    question: Question<'_>,
    progress: &(dyn Fn(u64, u64) + Sync),
) -> Result<Inspection, Error> {
    let paper = Paper::read(question.source);
    let question = Question { digests: paper.has_sums(), ..question };
    let mut inspection = inspect(&question, progress)?;
    seal::check(paper, question.source, &question.options.seal, &mut inspection);
    Ok(inspection)
}

/// Checks everything that `question` names.
pub(crate) fn inspect(
    question: &Question<'_>,
    progress: &(dyn Fn(u64, u64) + Sync),
) -> Result<Inspection, Error> {
    let Question { source, options, keep, blobs, digests, only } = *question;
    let require = scan::required(options)?;
    let mut walk = match only {
        Some(paths) => walk::only(source, paths, options)?,
        None => walk::walk(source, options)?,
    };
    let places = std::mem::take(&mut walk.records);
    let request = scan::Request { keep, blobs, digests, require: &require };
    let mut entries = scan::scan(source, places, &request);
    let pairs = Pairs::new(&walk.documents, &entries);

    let meter = Meter::new(progress, pairs.bytes(&entries));
    let strays = pairs.some_missing(&entries);
    let task = judge::Task { source, options, keep, strays, meter: &meter };
    let mut judged = judge::all(&task, &walk.documents, &entries, &pairs);

    let mut findings = std::mem::take(&mut walk.findings);
    let files = pair::Files { documents: &walk.documents, refused: &walk.refused };
    let alone = pair::settle(&files, &entries, &pairs, &mut judged, &mut findings);
    clash::paths(&walk, &mut findings);
    clash::ids(&entries, &mut findings);
    // What is on record at all, and what git might do to files, are questions about all.
    let unchecked = if only.is_some() {
        Vec::new()
    } else {
        sources::check(&entries, &mut findings);
        history::check(source, &walk.documents, &mut findings)
    };
    findings.extend(entries.iter_mut().flat_map(|entry| entry.findings.drain(..)));
    findings
        .extend(judged.iter_mut().filter_map(|judged| judged.finding.take()).map(|found| *found));
    findings.sort_by(find::order);

    let mut counts = count(&walk, &pairs, &judged, &alone);
    counts.bytes = meter.finish();
    debug_assert!(counts.adds_up(), "{counts:?}");
    let verification = Verification { findings, counts, unchecked, compared: None, sealed: None };
    Ok(Inspection { verification, documents: walk.documents, judged, entries, pairs })
}

fn count(walk: &Walk, pairs: &Pairs, judged: &[Judged], alone: &[Alone]) -> Counts {
    let refused = walk.refused.len() as u64;
    let refused_records = walk.refused_records.len() as u64;
    let mut counts = Counts {
        files: walk.documents.len() as u64 + refused + walk.excluded,
        records: pairs.document_of.len() as u64 + refused_records,
        excluded: walk.excluded,
        refused,
        invalid: refused_records,
        ..Counts::default()
    };
    for (judged, entry) in judged.iter().zip(&pairs.entry_of) {
        let recorded = u64::from(entry.is_some());
        match judged.fate {
            Fate::Verified => counts.verified += 1,
            Fate::Changed => counts.changed += 1,
            Fate::Moved => counts.moved += 1,
            Fate::Unstable => counts.unstable += 1,
            Fate::Withdrawn => counts.withdrawn += 1,
            Fate::Unrecorded => counts.unrecorded += 1,
            Fate::Excluded => counts.excluded += 1,
            Fate::Unjudged => {
                counts.unjudged += 1;
                counts.invalid += 1;
            }
            Fate::Refused => {
                counts.refused += 1;
                counts.blocked += recorded;
            }
        }
    }
    for alone in alone {
        match alone {
            Alone::Missing => counts.missing += 1,
            // Counted with its file.
            Alone::Moved => {}
            Alone::Retired => counts.retired += 1,
            Alone::Invalid => counts.invalid += 1,
            Alone::Blocked => counts.blocked += 1,
            Alone::Conflicting => counts.conflicting += 1,
        }
    }
    counts
}
