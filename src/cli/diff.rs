//! The command `diff`: what a change of the corpus does to what it says.

use crate::Analysis;
use crate::analyse;
use crate::cli::affected::Affected;
use crate::cli::affected::affected;
use crate::cli::args::DiffArgs;
use crate::cli::args::Form;
use crate::cli::commands::counted;
use crate::cli::error::Error;
use crate::cli::model::with_model;
use crate::cli::output::Output;
use crate::cli::records::Root;
use crate::corpus;
use crate::corpus::Changes;
use crate::corpus::Document;
use crate::corpus::Loaded;
use crate::corpus::Options;
use crate::corpus::Range;
use crate::corpus::State;
use crate::finding::Finding;
use crate::finding::Rule;
use crate::finding::Severity;
use crate::policy::Policy;
use crate::policy::Profile;
use crate::policy::exit_status;
use crate::render::csv;
use crate::render::github;
use crate::render::gitlab;
use crate::render::json;
use crate::render::junit;
use crate::render::markdown;
use crate::render::markdown::Page;
use crate::render::rdjson;
use crate::render::sarif;
use crate::render::terminal;
use crate::report::Report;
use crate::review::Effect;
use crate::review::Review;
use crate::review::effect;
use std::path::Path;

/// Documents and records of one state up to which both states are compared as a
/// whole: some seconds of work. Beyond, an index is needed.
const FILES_MAX: usize = 4_000;

/// Documents of one state that are compared when an index finds them: the same work.
const DOCUMENTS_MAX: usize = 2_000;

pub(crate) fn diff(root: Option<&Path>, args: &DiffArgs, output: &Output) -> Result<u8, Error> {
    let range = range(args)?;
    let root = Root::in_state(root, &range.head)?;
    let policy = args.findings.policy.of(root.policy.clone(), Profile::Corpus)?;
    let policy = with_model(&root.path, policy)?;
    let options = root.options();
    let changes = corpus::changes(&root.path, &range, &options)?;
    let mut review = Review::of(&changes);
    let wanted = !args.no_effect && !changes.documents.is_empty();
    let states = if wanted {
        match states(&root.path, &range, &changes, &options)? {
            Some(whole) => Some(whole),
            None => found(&root.path, &range, &changes, &options, &mut review.unchecked)?,
        }
    } else {
        None
    };
    let analysed = states.map(|(earlier, later)| {
        [earlier, later]
            .map(|Loaded { documents, verification }| (documents, verification.findings))
    });
    let analysed = analysed.as_ref().map(|states| {
        states
            .each_ref()
            .map(|(documents, more)| (documents, analyse(documents, &policy), more.clone()))
    });
    let reports = analysed.as_ref().map(|states| {
        states
            .each_ref()
            .map(|(documents, analysis, more)| report(analysis, documents, &policy, more))
    });
    review.effect = reports.as_ref().map(|[earlier, later]| effect(&changes, earlier, later));
    finish(output, (args, &policy), &review)
}

/// What is compared with what.
fn range(args: &DiffArgs) -> Result<Range, Error> {
    let alone = if args.staged { State::Staged } else { State::WorkTree };
    let (first, second) = (args.range.first(), args.range.get(1));
    let text = match (first, second) {
        (Some(base), Some(head)) => format!("{base}..{head}"),
        (base, _) => base.cloned().unwrap_or_default(),
    };
    let dots = |revision: &String| revision.contains("..");
    if args.staged && text.contains("..") || second.is_some() && args.range.iter().any(dots) {
        let help = "give one of: BASE, BASE..HEAD, BASE...HEAD, BASE --staged";
        return Err(Error::usage("these states cannot be compared with each other", help));
    }
    Ok(Range::parse(&text, alone))
}

/// Both states as a whole, unless one of them is too large for that.
fn states(
    root: &Path,
    range: &Range,
    changes: &Changes,
    options: &Options,
) -> Result<Option<(Loaded, Loaded)>, Error> {
    let earlier = State::Revision(changes.base_commit.clone());
    let loaded = |state: &State| match corpus::load_state(root, state, options, FILES_MAX) {
        // There was no corpus yet, or there is none any more.
        Err(corpus::Error::NotAProject { .. }) => Ok(Some(Loaded::default())),
        other => other.map_err(Error::from),
    };
    let Some(mut earlier) = loaded(&earlier)? else { return Ok(None) };
    let Some(mut later) = loaded(&range.head)? else { return Ok(None) };
    for state in [&mut earlier, &mut later] {
        // Git's attributes are those of this checkout, whatever state is asked for.
        state.verification.findings.retain(|found| found.rule != Rule::GitattributesMissing);
    }
    Ok(Some((earlier, later)))
}

/// Both states of what the index finds that a change can affect, unless it cannot tell.
fn found(
    root: &Path,
    range: &Range,
    changes: &Changes,
    options: &Options,
    unchecked: &mut Vec<String>,
) -> Result<Option<(Loaded, Loaded)>, Error> {
    match affected(root, &range.head, changes, (options, DOCUMENTS_MAX))? {
        Ok(Affected { earlier, later, left_out }) => {
            if left_out > 0 {
                unchecked.push(format!(
                    "{} with less wording in common with a changed one than those compared",
                    counted(left_out, "more document")
                ));
            }
            Ok(Some((earlier, later)))
        }
        Err(why) => {
            unchecked.push(format!(
                "the effect on the corpus was not worked out: it has over {FILES_MAX} files, and \
                 {why}; bring the index up to date: provenance index, or leave it out: --no-effect"
            ));
            Ok(None)
        }
    }
}

/// The report of one state. What is wrong with waivers and the baseline is the affair
/// of `audit`: those of now meet no finding of then.
fn report<'a>(
    analysis: &'a Analysis<'a>,
    documents: &'a [Document],
    policy: &Policy,
    more: &[Finding],
) -> Report<'a> {
    let mut report = analysis.report(documents, policy, more.to_vec());
    report.findings.retain(|judged| judged.finding.rule < Rule::WaiverUnused);
    report
}

/// Writes the review in the wanted form and gives the exit status.
fn finish(
    output: &Output,
    (args, policy): (&DiffArgs, &Policy),
    review: &Review,
) -> Result<u8, Error> {
    let fail_on = args.findings.fail_on.map(Severity::from).or(policy.fail_on);
    let fail_on = fail_on.unwrap_or(Severity::Error);
    output.write(|out, look| match args.findings.form.format {
        Form::Jsonl => json::write_review_lines(out, review),
        Form::Json => json::write_review(out, review),
        Form::Sarif => sarif::write_review(out, review),
        Form::Github => github::write_review(out, review),
        Form::GithubSummary => markdown::write_review(out, review, Page::Summary),
        Form::Markdown => markdown::write_review(out, review, Page::Comment),
        Form::Rdjson => rdjson::write_review(out, review),
        Form::Gitlab => gitlab::write_review(out, review),
        Form::Junit => junit::write_review(out, review, fail_on),
        Form::Csv => csv::write_review(out, review),
        Form::Text => {
            // There is nowhere to report that stderr cannot be written.
            let _ = terminal::write_unreviewed(&mut std::io::stderr(), review, output.problems);
            terminal::write_review(out, review, look, args.findings.all)?;
            terminal::write_review_counts(out, review)
        }
    })?;
    if !review.unchecked.is_empty() {
        return Ok(3);
    }
    let new = review.effect.as_ref().map_or_else(Vec::new, Effect::new_findings);
    let status = exit_status(&new, fail_on);
    Ok(if args.findings.exit_zero && status == 1 { 0 } else { status })
}
