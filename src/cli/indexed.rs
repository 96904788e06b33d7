//! `audit DRAFT` with an index: documents that share wording are found in it, and
//! only those are read.

use crate::analyse;
use crate::cli::args::AuditArgs;
use crate::cli::commands::compared;
use crate::cli::commands::counted;
use crate::cli::commands::finish;
use crate::cli::commands::join;
use crate::cli::commands::named_drafts;
use crate::cli::error::Error;
use crate::cli::model::with_model;
use crate::cli::output::Output;
use crate::cli::records::Root;
use crate::corpus;
use crate::corpus::Document;
use crate::corpus::Loaded;
use crate::corpus::State;
use crate::index::Changes;
use crate::index::Index;
use crate::policy::Profile;
use crate::reuse::archive::Words;
use std::path::Path;

/// Text that the index does not know is read beside what it finds, up to this many
/// bytes: some hundred documents. With more the whole corpus is read.
const UNKNOWN_BYTES_MAX: u64 = 1024 * 1024;

/// Checks the drafts against what the index finds. `None` when there is no index that
/// can be used, and the whole corpus must be read.
pub(crate) fn audit(
    project: &Root,
    root: Option<&Path>,
    args: &AuditArgs,
    output: &Output,
) -> Result<Option<u8>, Error> {
    let Some(index) = Index::open(&project.path)? else { return Ok(None) };
    let options = project.options();
    if !index.is_for(&options) {
        Output::note(&renew("the index was made with other settings, and all documents are read"));
        return Ok(None);
    }
    let changes = index.changes(&project.path, &options)?;
    if changes.unknown_bytes > UNKNOWN_BYTES_MAX {
        let what = counted(changes.unknown.len(), "document");
        Output::note(&renew(&format!("{what} changed since the index was made, and all are read")));
        return Ok(None);
    }
    let policy = args.findings.policy.of(project.policy.clone(), Profile::Draft)?;
    let policy = with_model(&project.path, policy)?;
    let drafts = named_drafts(root, project, (&args.drafts, args.published))?;
    let (paths, left_out) = candidates(&index, &changes, &drafts)?;
    let loaded = corpus::load_some(&project.path, &State::WorkTree, &options, &paths)?;
    let Loaded { documents, verification } = join(loaded, drafts);
    let analysis = analyse(&documents, &policy);
    let mut report = analysis.report(&documents, &policy, verification.findings);
    report.indexed = Some(index.documents());
    report.unchecked = verification.unchecked;
    if left_out > 0 {
        let what = counted(left_out, "more document");
        report.unchecked.push(format!("{what} with less shared wording than those that were read"));
    }
    let told = compared("audit", &args.findings, &report);
    finish(output, (&args.findings, &policy), &report, &told).map(Some)
}

/// What is wrong with the index, and what to do about it.
fn renew(what: &str) -> String {
    format!("note: {what}; bring it up to date: provenance index")
}

/// The documents to be read, in byte order, and how many more share wording.
fn candidates(
    index: &Index,
    changes: &Changes,
    drafts: &[Document],
) -> Result<(Vec<String>, usize), Error> {
    let mut paths = changes.unknown.clone();
    let mut left_out = 0;
    for draft in drafts {
        let answer = index.query(&Words::read(&draft.source))?;
        left_out += answer.left_out;
        paths.extend(answer.candidates.into_iter().map(|candidate| candidate.path));
    }
    paths.sort_unstable();
    paths.dedup();
    Ok((paths, left_out))
}
