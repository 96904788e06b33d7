//! The command that attests what an audit found, and checks such attestations.

use crate::analyse;
use crate::attestation;
use crate::attestation::ATTESTATION_NAMESPACE;
use crate::attestation::AuditResult;
use crate::attestation::Statement;
use crate::attestation::Subject;
use crate::cli::args::Level;
use crate::cli::args::PolicyArgs;
use crate::cli::commands::FINDING_PARTS;
use crate::cli::commands::counted;
use crate::cli::commands::gather;
use crate::cli::error::Error;
use crate::cli::output::Output;
use crate::cli::records::Root;
use crate::cli::records::from_here;
use crate::cli::records::now;
use crate::cli::seal;
use crate::cli::sign::ssh_keygen;
use crate::corpus;
use crate::corpus::Digest;
use crate::corpus::State;
use crate::corpus::Verification;
use crate::corpus::When;
use crate::finding::Severity;
use crate::policy::Profile;
use crate::render::json;
use crate::render::json::Run;
use crate::render::sanitize::line;
use crate::report::Report;
use crate::signature::Key;
use crate::signature::SecretKey;
use crate::span::DocId;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(crate) struct AttestArgs {
    /// Drafts to audit and to attest; without any, the corpus itself.
    #[arg(value_name = "DRAFT", conflicts_with = "verify")]
    pub(crate) drafts: Vec<PathBuf>,

    /// Sign with this SSH key: an Ed25519 key without a passphrase signs in a form that
    /// every DSSE verifier reads, any other by `ssh-keygen -Y sign`.
    #[arg(long, value_name = "KEY", required_unless_present = "verify", conflicts_with = "verify")]
    pub(crate) sign: Option<PathBuf>,

    /// Publication date of the drafts: a date, or a date-time with offset.
    #[arg(long, value_name = "WHEN", conflicts_with = "verify")]
    pub(crate) published: Option<When>,

    /// Check this attestation instead of making one.
    #[arg(long, value_name = "FILE")]
    pub(crate) verify: Option<PathBuf>,

    /// With --verify: these very bytes must be among what was audited.
    #[arg(long, value_name = "PATH", requires = "verify")]
    pub(crate) draft: Option<PathBuf>,

    /// With --verify: who may attest, in the form of git's allowed signers; without it,
    /// the list that `provenance.toml` names.
    #[arg(long, value_name = "FILE", requires = "verify")]
    pub(crate) allowed_signers: Option<PathBuf>,

    /// With --verify: lowest level of attested findings that makes the check fail.
    #[arg(long, value_name = "LEVEL", default_value = "error", requires = "verify")]
    pub(crate) fail_on: Level,
}

pub(crate) fn attest(root: Option<&Path>, args: &AttestArgs, output: &Output) -> Result<u8, Error> {
    match &args.verify {
        Some(file) => verify(root, args, file, output),
        None => make(root, args, output),
    }
}

fn make(root: Option<&Path>, args: &AttestArgs, output: &Output) -> Result<u8, Error> {
    let key = args.sign.as_ref().map(|key| from_here(root, key)).unwrap_or_default();
    let project = Root::find(root)?;
    let profile = if args.drafts.is_empty() { Profile::Corpus } else { Profile::Draft };
    let policy = PolicyArgs::default().of(project.policy.clone(), profile)?;
    let loaded = gather(root, &project, (&args.drafts, args.published))?;
    let analysis = analyse(&loaded.documents, &policy);
    let Verification { findings, counts, unchecked, sealed, .. } = loaded.verification;
    let mut report = analysis.report(&loaded.documents, &policy, findings);
    report.fixity = Some(counts);
    report.unchecked = unchecked;
    report.sealed = sealed;
    let statement = stated(&project, &report)?;
    let envelope = attestation::seal(&statement, |bytes| sign(&key, bytes))?;
    output.write(|out, _| out.write_all(envelope.as_bytes()))?;
    Ok(0)
}

/// What is attested of an audit.
fn stated(project: &Root, report: &Report) -> Result<Statement, Error> {
    let mut printed = Vec::new();
    let run = Run { command: "audit", all: false, documents: report.documents.len() };
    json::write_lines(&mut printed, &run, report, &FINDING_PARTS).map_err(Error::Output)?;
    let of_drafts = report.documents.iter().any(|document| document.draft);
    let subjects = report.documents.iter().filter(|document| document.draft == of_drafts);
    let subject = |document: &corpus::Document| Subject {
        name: document.path.clone(),
        digest: Digest::of(document.source.as_bytes()),
    };
    let (_, seal) = corpus::draw_seal(&project.path, &project.options(), &|_, _| {})?;
    let policy = corpus::read_policy(&project.path)?;
    Ok(Statement {
        subjects: subjects.map(subject).collect(),
        at: now(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        policy: policy.map(|text| Digest::of(text.as_bytes())),
        corpus: Digest::of(seal.text.as_bytes()),
        result: result(report, &printed),
    })
}

fn result(report: &Report, printed: &[u8]) -> AuditResult {
    let count = |severity| report.count(severity) as u64;
    let mut result = AuditResult {
        digest: Some(Digest::of(printed)),
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
        notes: count(Severity::Note),
        waived: report.waived.len() as u64,
        unchecked: report.unchecked.clone(),
        ..AuditResult::default()
    };
    for judged in &report.findings {
        *result.rules.entry(judged.finding.rule.info().code.to_owned()).or_default() += 1;
    }
    result
}

/// Signs with an unprotected Ed25519 key here, and with any other key by `ssh-keygen`.
fn sign(path: &Path, bytes: &[u8]) -> Result<(Key, Vec<u8>), Error> {
    if let Some(key) = corpus::read_secret(path)?.as_deref().and_then(SecretKey::parse) {
        return Ok((key.public(), key.sign_raw(bytes)));
    }
    let (key, armoured) = ssh_keygen(path, ATTESTATION_NAMESPACE, bytes)?;
    Ok((key, armoured.into_bytes()))
}

fn verify(
    root: Option<&Path>,
    args: &AttestArgs,
    file: &Path,
    output: &Output,
) -> Result<u8, Error> {
    let allowed = match &args.allowed_signers {
        Some(path) => Some(seal::list_at(&from_here(root, path))?),
        None => seal::options(&Root::find(root)?, &State::WorkTree, None)?.allowed,
    };
    let Some(allowed) = allowed else {
        return Err(Error::usage(
            "nothing says who may attest",
            "name a list: --allowed-signers FILE",
        ));
    };
    let text = read(root, file)?;
    let (statement, signer) = match attestation::open(&text, &allowed, now()) {
        Ok(opened) => opened,
        Err(refused) => {
            let file = file.display().to_string();
            output.write(|out, _| {
                writeln!(out, "not accepted: {} {}", line(&file), line(&refused.to_string()))
            })?;
            return Ok(1);
        }
    };
    let draft = args.draft.as_ref().map(|path| read(root, path).map(|text| (path, text)));
    let fits = draft.transpose()?.map(|(path, text)| {
        let digest = Digest::of(text.as_bytes());
        (path, statement.subjects.iter().any(|subject| subject.digest == digest))
    });
    output.write(|out, _| {
        let Statement { at, version, policy, corpus, result, .. } = &statement;
        writeln!(out, "attested by {} ({}), who says:", line(&signer.principals), signer.key)?;
        writeln!(out, "audited at {at} by provenance {}", line(version))?;
        for subject in &statement.subjects {
            writeln!(out, "  {}  {}", subject.digest, line(&subject.name))?;
        }
        let policy = policy.map_or_else(|| "none".to_owned(), |digest| digest.to_string());
        writeln!(out, "policy {policy}\ncorpus {corpus}")?;
        writeln!(out, "found {}", found(result))?;
        for sentence in &result.unchecked {
            writeln!(out, "not checked: {}", line(sentence))?;
        }
        match fits {
            Some((path, true)) => writeln!(out, "{}: audited, these very bytes", shown(path)),
            Some((path, false)) => writeln!(out, "not accepted: {}: other bytes", shown(path)),
            None => Ok(()),
        }
    })?;
    let failed = match Severity::from(args.fail_on) {
        Severity::Error => statement.result.errors > 0,
        Severity::Warning => statement.result.errors + statement.result.warnings > 0,
        Severity::Note => !statement.result.rules.is_empty(),
    };
    Ok(u8::from(failed || fits.is_some_and(|(_, fits)| !fits)))
}

fn shown(path: &Path) -> String {
    line(&path.to_string_lossy()).into_owned()
}

/// The text of a file that is named on the command line.
fn read(root: Option<&Path>, path: &Path) -> Result<String, Error> {
    let document = corpus::read_file(&from_here(root, path), DocId(0), corpus::TEXT_BYTES_MAX)?;
    Ok(document.source)
}

/// What was found, in a line.
fn found(result: &AuditResult) -> String {
    let counts = [(result.errors, "error"), (result.warnings, "warning"), (result.notes, "note")];
    let counts =
        counts.map(|(count, noun)| counted(usize::try_from(count).unwrap_or(usize::MAX), noun));
    let rules = result.rules.iter().map(|(code, count)| format!("{} {count}", line(code)));
    let rules: Vec<String> = rules.collect();
    let rules = if rules.is_empty() { String::new() } else { format!(": {}", rules.join(", ")) };
    let waived = match result.waived {
        0 => String::new(),
        waived => format!("; {waived} accepted beforehand"),
    };
    counts.join(", ") + &rules + &waived
}
