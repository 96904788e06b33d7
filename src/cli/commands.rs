//! The commands that read and compare: verify, audit, compare, align, claims, units.

use crate::Analysis;
use crate::analyse;
use crate::cli::accept;
use crate::cli::args::AlignArgs;
use crate::cli::args::AuditArgs;
use crate::cli::args::CompareArgs;
use crate::cli::args::FindingArgs;
use crate::cli::args::Form;
use crate::cli::args::Format;
use crate::cli::args::SeenArgs;
use crate::cli::args::VerifyArgs;
use crate::cli::bulk;
use crate::cli::error::Error;
use crate::cli::indexed;
use crate::cli::model::with_model;
use crate::cli::output::Output;
use crate::cli::progress::Progress;
use crate::cli::propositions::unparaphrased;
use crate::cli::records::Root;
use crate::cli::records::from_here;
use crate::cli::records::typed;
use crate::cli::seal;
use crate::corpus;
use crate::corpus::Compared;
use crate::corpus::Counts;
use crate::corpus::Document;
use crate::corpus::Loaded;
use crate::corpus::Options;
use crate::corpus::State;
use crate::corpus::When;
use crate::finding::Finding;
use crate::finding::Severity;
use crate::policy::Policy;
use crate::policy::Profile;
use crate::policy::Scope;
use crate::policy::exit_status;
use crate::read;
use crate::render::csv;
use crate::render::github;
use crate::render::gitlab;
use crate::render::json;
use crate::render::json::Part;
use crate::render::json::Run;
use crate::render::junit;
use crate::render::markdown;
use crate::render::markdown::Page;
use crate::render::rdjson;
use crate::render::sanitize;
use crate::render::sarif;
use crate::render::terminal;
use crate::report::Report;
use crate::span::DocId;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

/// Parts of the report that findings are explained by.
pub(crate) const FINDING_PARTS: [Part; 3] = [Part::Documents, Part::Alignments, Part::Findings];

pub(crate) fn verify(root: Option<&Path>, args: &VerifyArgs, output: &Output) -> Result<u8, Error> {
    let target = args.target();
    let named = args.allowed_signers.as_ref().map(|path| from_here(root, path));
    let root = Root::in_state(root, &target.state)?;
    let seal = seal::options(&root, &target.state, named.as_deref())?;
    let options = Options { seal, ..root.options() };
    let policy = args.findings.policy.of(root.policy.clone(), Profile::Corpus)?;
    let progress = Progress::new("verifying");
    let update = |done, total| progress.update(done, total);
    let verification = corpus::verify_target(&root.path, &target, &options, &update)?;
    drop(progress);
    let verdict = policy.judge(verification.findings, &Scope { documents: &[], whole: false });
    let report = Report {
        findings: verdict.findings,
        waived: verdict.waived,
        allowed: verdict.allowed,
        fixity: Some(verification.counts),
        unchecked: verification.unchecked,
        compared: verification.compared,
        sealed: verification.sealed,
        ..Report::default()
    };
    let files = usize::try_from(verification.counts.files).expect("files are fewer than bytes");
    let since = report.compared.as_ref().map_or_else(String::new, since);
    let sealed = report.sealed.as_ref().map_or_else(String::new, seal::told);
    let told = Told {
        run: Run { command: "verify", all: args.findings.all, documents: files },
        parts: &[Part::Findings],
        summary: verified(&verification.counts) + &since + &sealed,
    };
    finish(output, (&args.findings, &policy), &report, &told)
}

pub(crate) fn audit(root: Option<&Path>, args: &AuditArgs, output: &Output) -> Result<u8, Error> {
    if let Some(input) = &args.input {
        return bulk::audit(root, args, input, output);
    }
    let project = Root::find(root)?;
    let by_index = !args.drafts.is_empty() && !args.no_index;
    if by_index && let Some(status) = indexed::audit(&project, root, args, output)? {
        return Ok(status);
    }
    let profile = if args.drafts.is_empty() { Profile::Corpus } else { Profile::Draft };
    let policy = args.findings.policy.of(project.policy.clone(), profile)?;
    let mut policy = with_model(&project.path, policy)?;
    let Loaded { documents, mut verification } =
        gather(root, &project, (&args.drafts, args.published))?;
    let analysis = analyse(&documents, &policy);
    verification.findings.extend(on_request(&analysis, args.boilerplate));
    if args.update_baseline {
        let found = analysis.report(&documents, &policy, verification.findings.clone());
        policy.baseline = accept::update_baseline(&project.path, &policy, &found)?;
    }
    let mut report = analysis.report(&documents, &policy, verification.findings);
    report.fixity = Some(verification.counts);
    report.unchecked = verification.unchecked;
    report.unparaphrased = !analysis.paraphrased;
    report.sealed = verification.sealed;
    let told = compared("audit", &args.findings, &report);
    finish(output, (&args.findings, &policy), &report, &told)
}

pub(crate) fn compare(
    root: Option<&Path>,
    args: &CompareArgs,
    output: &Output,
) -> Result<u8, Error> {
    let policy = args.findings.policy.of(Policy::default(), Profile::Draft)?;
    let documents = read_files(root, &args.files, 0, (args.published, &policy))?;
    let analysis = analyse(&documents, &policy);
    let mut more = corpus::examine(&documents);
    more.extend(on_request(&analysis, args.boilerplate));
    let report = analysis.report(&documents, &policy, more);
    let told = compared("compare", &args.findings, &report);
    finish(output, (&args.findings, &policy), &report, &told)
}

pub(crate) fn align(root: Option<&Path>, args: &AlignArgs, output: &Output) -> Result<u8, Error> {
    let part = if args.clusters { Part::Clusters } else { Part::Alignments };
    seen(root, &args.seen, output, ("align", part, args.boilerplate))
}

/// What was left out of a comparison, when it is asked for.
pub(crate) fn on_request(analysis: &Analysis, asked: bool) -> Vec<Finding> {
    if asked { analysis.boilerplate.clone() } else { Vec::new() }
}

pub(crate) fn claims(root: Option<&Path>, args: &SeenArgs, output: &Output) -> Result<u8, Error> {
    seen(root, args, output, ("claims", Part::Claims, false))
}

pub(crate) fn units(root: Option<&Path>, args: &SeenArgs, output: &Output) -> Result<u8, Error> {
    seen(root, args, output, ("units", Part::Units, false))
}

/// Reads the corpus and verifies it on the way.
pub(crate) fn load(root: &Root) -> Result<Loaded, Error> {
    let progress = Progress::new("reading");
    let seal = seal::options(root, &State::WorkTree, None)?;
    let options = Options { seal, ..root.options() };
    Ok(corpus::load(&root.path, &options, &|done, total| progress.update(done, total))?)
}

/// Reads the drafts; the first gets the number `first`.
pub(crate) fn read_drafts(
    root: Option<&Path>,
    (drafts, published): (&[PathBuf], Option<When>),
    first: usize,
    policy: &Policy,
) -> Result<Vec<Document>, Error> {
    let mut drafts = read_files(root, drafts, first, (published, policy))?;
    for draft in &mut drafts {
        draft.draft = true;
    }
    Ok(drafts)
}

/// Reads the corpus and the drafts that are to be checked against it.
pub(crate) fn gather(
    root: Option<&Path>,
    project: &Root,
    drafts: (&[PathBuf], Option<When>),
) -> Result<Loaded, Error> {
    let loaded = load(project)?;
    Ok(join(loaded, named_drafts(root, project, drafts)?))
}

/// Reads the drafts, which are named by their paths from the root wherever they lie in it.
pub(crate) fn named_drafts(
    root: Option<&Path>,
    project: &Root,
    (drafts, published): (&[PathBuf], Option<When>),
) -> Result<Vec<Document>, Error> {
    let mut read = read_drafts(root, (drafts, published), 0, &project.policy)?;
    for (draft, typed) in read.iter_mut().zip(drafts) {
        draft.path = project.named(root, typed);
    }
    Ok(read)
}

/// Puts the drafts behind the documents.
pub(crate) fn join(mut loaded: Loaded, mut drafts: Vec<Document>) -> Loaded {
    for (draft, number) in drafts.iter_mut().zip(loaded.documents.len()..) {
        draft.id = DocId(u32::try_from(number).expect("there are under 2^32 documents"));
    }
    loaded.verification.findings.extend(corpus::examine(&drafts));
    loaded.documents.extend(drafts);
    loaded
}

/// Reads files named on the command line; the first gets the number `first`.
pub(crate) fn read_files(
    root: Option<&Path>,
    files: &[PathBuf],
    first: usize,
    (published, policy): (Option<When>, &Policy),
) -> Result<Vec<Document>, Error> {
    let read = |(index, path): (usize, &PathBuf)| {
        let id = DocId(u32::try_from(index).expect("a command line names fewer files"));
        let found = root.map_or_else(|| path.clone(), |root| root.join(path));
        let mut document = corpus::read_file(&found, id, policy.corpus.text_bytes_max)?;
        document.path = typed(path);
        document.published = published;
        Ok(document)
    };
    (first..).zip(files).map(read).collect()
}

/// The files that are named, or else the corpus, with the settings that hold for them.
pub(crate) fn documents(
    root: Option<&Path>,
    (files, published): (&[PathBuf], Option<When>),
) -> Result<(Vec<Document>, Policy), Error> {
    if files.is_empty() {
        let root = Root::find(root)?;
        let policy = with_model(&root.path, root.policy.clone())?;
        return Ok((load(&root)?.documents, policy));
    }
    let policy = Policy::default();
    Ok((read_files(root, files, 0, (published, &policy))?, policy))
}

/// Shows one part of what the engine saw, in files or in the corpus.
fn seen(
    root: Option<&Path>,
    args: &SeenArgs,
    output: &Output,
    (command, part, boilerplate): (&'static str, Part, bool),
) -> Result<u8, Error> {
    let (documents, policy) = documents(root, (&args.files, args.published))?;
    let analysis = match part {
        Part::Claims | Part::Units => read(&documents),
        _ => analyse(&documents, &policy),
    };
    let mut report = analysis.report(&documents, &policy, Vec::new());
    let scope = Scope { documents: &documents, whole: false };
    report.findings = policy.judge(on_request(&analysis, boilerplate), &scope).findings;
    if part == Part::Alignments {
        report.unchecked.extend(unparaphrased(&analysis));
        output.unchecked(&report);
    }
    let run = Run { command, all: args.all, documents: documents.len() };
    let parts = [Part::Documents, part, Part::Findings];
    let parts = if boilerplate { &parts[..] } else { &parts[..2] };
    output.write(|out, look| match args.form.format {
        Format::Jsonl => json::write_lines(out, &run, &report, parts),
        Format::Json => json::write_object(out, &run, &report, parts),
        Format::Text => match part {
            Part::Alignments => terminal::write_alignments(out, &report, look, args.all),
            Part::Clusters => {
                terminal::write_clusters(out, &report, look)?;
                terminal::write_findings(out, &report, look, true)
            }
            Part::Claims => terminal::write_claims(out, &report, look),
            _ => terminal::write_units(out, &report, look),
        },
    })?;
    Ok(0)
}

/// What is told beside the findings.
pub(crate) struct Told {
    /// Of which command.
    pub(crate) run: Run,
    /// What programs get, in this order.
    pub(crate) parts: &'static [Part],
    /// What people get: what was looked at, in a line or two.
    pub(crate) summary: String,
}

/// What a comparison tells beside its findings.
pub(crate) fn compared(command: &'static str, args: &FindingArgs, report: &Report) -> Told {
    let run = Run { command, all: args.all, documents: report.documents.len() };
    Told { run, parts: &FINDING_PARTS, summary: audited(report) }
}

/// Writes findings in the wanted form and gives the exit status.
pub(crate) fn finish(
    output: &Output,
    (args, policy): (&FindingArgs, &Policy),
    report: &Report,
    told: &Told,
) -> Result<u8, Error> {
    let fail_on = args.fail_on.map(Severity::from).or(policy.fail_on).unwrap_or(Severity::Error);
    let run = &told.run;
    output.write(|out, look| match args.form.format {
        Form::Jsonl => json::write_lines(out, run, report, told.parts),
        Form::Json => json::write_object(out, run, report, told.parts),
        Form::Sarif => sarif::write(out, run, report),
        Form::Github => github::write(out, run, report),
        Form::GithubSummary => markdown::write(out, run, report, Page::Summary),
        Form::Markdown => markdown::write(out, run, report, Page::Comment),
        Form::Rdjson => rdjson::write(out, run, report),
        Form::Gitlab => gitlab::write(out, run, report),
        Form::Junit => junit::write(out, run, report, fail_on),
        Form::Csv => csv::write(out, run, report),
        Form::Text => {
            output.unchecked(report);
            terminal::write_findings(out, report, look, args.all)?;
            writeln!(out, "{}", told.summary)?;
            terminal::write_counts(out, report, look)
        }
    })?;
    let status = exit_status(&report.findings, fail_on);
    Ok(if args.exit_zero && status == 1 { 0 } else { status })
}

/// What a summary adds when there were too many documents to compare them in other words.
pub(crate) const UNPARAPHRASED: &str = "; not compared in other words, being so many";

/// One line about what was compared, and one about the model, if there was one.
fn audited(report: &Report) -> String {
    let documents = report.documents;
    let drafts = documents.iter().filter(|document| document.draft).count();
    let passages = report.alignments.iter().filter(|found| found.reported).count();
    let claims: usize = report.claims.iter().map(Vec::len).sum();
    let drafts = match drafts {
        0 => String::new(),
        drafts => format!("{} against ", counted(drafts, "draft")),
    };
    let sources = documents.iter().filter(|document| !document.draft).count();
    let sources = match report.indexed {
        Some(all) => format!("{sources} of {}, found by the index", counted(all, "document")),
        None => counted(sources, "document"),
    };
    let model = report.model.as_ref().map_or_else(String::new, |model| {
        let name = sanitize::line(&model.name);
        format!("\nparaphrases by the model {name}, sha256 {}", model.sha256)
    });
    format!(
        "{drafts}{sources}: {}, {} read{}{model}",
        counted(passages, "shared passage"),
        counted(claims, "claim"),
        if report.unparaphrased { UNPARAPHRASED } else { "" }
    )
}

/// Two lines that say what became of every file and of every record; each adds up.
pub(crate) fn verified(counts: &Counts) -> String {
    debug_assert!(counts.adds_up(), "{counts:?}");
    let pairs = [
        (counts.verified, "verified"),
        (counts.changed, "changed"),
        (counts.moved, "moved"),
        (counts.unstable, "unstable"),
        (counts.withdrawn, "retired but still there"),
    ];
    let files = [
        (counts.unrecorded, "unrecorded"),
        (counts.excluded, "excluded"),
        (counts.unjudged, "with an invalid record"),
        (counts.refused, "not opened"),
    ];
    let records = [
        (counts.missing, "without their file"),
        (counts.retired, "retired"),
        (counts.invalid, "invalid"),
        (counts.blocked, "whose file was not opened"),
        (counts.conflicting, "in conflict"),
    ];
    let line = |total: String, alone: &[(u64, &str)]| {
        let fates = pairs.iter().chain(alone).filter(|(count, _)| *count > 0);
        let fates: Vec<String> = fates.map(|(count, fate)| format!("{count} {fate}")).collect();
        if fates.is_empty() { total } else { format!("{total}: {}", fates.join(", ")) }
    };
    let files = line(count_of(counts.files, "file"), &files);
    format!("{files}\n{}", line(count_of(counts.records, "record"), &records))
}

/// A line more, about what the records were compared with.
fn since(compared: &Compared) -> String {
    let base = sanitize::line(&compared.base);
    let records = count_of(compared.records, "record");
    format!("\nsince {base}: {records}, {} changed or gone", compared.changed)
}

/// `1 document`, `2 documents`.
pub(crate) fn counted(count: usize, noun: &str) -> String {
    count_of(count as u64, noun)
}

fn count_of(count: u64, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
