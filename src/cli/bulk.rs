//! `audit --input`: an archive without records, from a file or a folder.

use crate::analyse;
use crate::cli::archive;
use crate::cli::args::AuditArgs;
use crate::cli::commands::compared;
use crate::cli::commands::finish;
use crate::cli::commands::on_request;
use crate::cli::commands::read_drafts;
use crate::cli::error::Error;
use crate::cli::model::with_model;
use crate::cli::output::Output;
use crate::cli::records::Root;
use crate::corpus;
use crate::corpus::Document;
use crate::corpus::Input;
use crate::corpus::Skipped;
use crate::policy::Policy;
use crate::policy::Profile;
use std::path::Path;

/// Exit status of a run that could not look at all of its input.
const INCOMPLETE: u8 = 3;

/// Audits the documents of the file or folder `input`, or the drafts against them.
pub(crate) fn audit(
    root: Option<&Path>,
    args: &AuditArgs,
    input: &Path,
    output: &Output,
) -> Result<u8, Error> {
    let profile = if args.drafts.is_empty() { Profile::Corpus } else { Profile::Draft };
    let policy = args.findings.policy.of(policy(root)?, profile)?;
    let found = root.map_or_else(|| input.to_owned(), |root| root.join(input));
    let mut input = Input::open(&found, policy.corpus.text_bytes_max)?;
    let mut documents: Vec<Document> = Vec::new();
    let mut bytes = 0;
    while let Some(document) = input.next() {
        let document = document?;
        bytes += document.source.len() as u64;
        documents.push(document);
        if bytes > args.archive_above {
            let drafts = read_drafts(root, (&args.drafts, args.published), 0, &policy)?;
            let status = archive::audit((args, &policy), (documents, &mut input), drafts, output)?;
            return Ok(if input.skipped().documents > 0 { INCOMPLETE } else { status });
        }
    }
    let drafts = read_drafts(root, (&args.drafts, args.published), documents.len(), &policy)?;
    documents.extend(drafts);
    let analysis = analyse(&documents, &policy);
    let mut more = corpus::examine(&documents);
    more.extend(on_request(&analysis, args.boilerplate));
    let mut report = analysis.report_of_part(&documents, &policy, more);
    report.unchecked = unchecked(input.skipped());
    report.unparaphrased = !analysis.paraphrased;
    let told = compared("audit", &args.findings, &report);
    let status = finish(output, (&args.findings, &policy), &report, &told)?;
    Ok(if input.skipped().documents > 0 { INCOMPLETE } else { status })
}

/// The settings of the project around, if there is one: an archive needs none.
fn policy(root: Option<&Path>) -> Result<Policy, Error> {
    match Root::find(root) {
        Ok(root) => with_model(&root.path, root.policy),
        Err(Error::Corpus(corpus::Error::NotAProject { .. })) => Ok(Policy::default()),
        Err(error) => Err(error),
    }
}

/// What was skipped, a line each, and a last line that sums up.
pub(crate) fn unchecked(skipped: &Skipped) -> Vec<String> {
    let mut lines = skipped.told.clone();
    if skipped.untold() > 0 {
        lines.push(format!("{} more such problems", skipped.untold()));
    }
    if skipped.documents > 0 {
        let count = skipped.documents;
        let what = if count == 1 { "one line or file" } else { "lines or files" };
        let count = if count == 1 { String::new() } else { format!("{count} ") };
        lines.push(format!("{count}{what} of the input gave no document"));
    }
    lines
}
