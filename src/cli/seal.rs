//! The command that seals the corpus, and what a check asks of a seal.

use crate::cli::args::FindingArgs;
use crate::cli::args::Form;
use crate::cli::args::FormArgs;
use crate::cli::args::Level;
use crate::cli::args::PolicyArgs;
use crate::cli::commands::Told;
use crate::cli::commands::counted;
use crate::cli::commands::finish;
use crate::cli::commands::verified;
use crate::cli::error::Error;
use crate::cli::output::Output;
use crate::cli::progress::Progress;
use crate::cli::records::Root;
use crate::cli::records::from_here;
use crate::cli::records::now;
use crate::cli::sign::ssh_keygen;
use crate::corpus;
use crate::corpus::SEAL_NAMESPACE;
use crate::corpus::SSH_SIGNATURE;
use crate::corpus::SUMS;
use crate::corpus::SealOptions;
use crate::corpus::Sealed;
use crate::corpus::State;
use crate::corpus::Verification;
use crate::finding::Severity;
use crate::policy::Policy;
use crate::policy::Scope;
use crate::policy::exit_status;
use crate::render::json::Part;
use crate::render::json::Run;
use crate::render::sanitize::line;
use crate::report::Report;
use crate::signature::AllowedSigners;
use crate::signature::Key;
use crate::signature::MinisignKeys;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(crate) struct SealArgs {
    /// Sign with this SSH key, by `ssh-keygen -Y sign`: a secret key, or a public key
    /// whose secret half an agent or a security key holds.
    #[arg(long, value_name = "KEY")]
    pub(crate) sign: Option<PathBuf>,
}

/// What `root`'s policy asks of the seal of `state`; with `named`, a list of allowed
/// signers, that list counts alone and a signed seal is demanded.
pub(crate) fn options(
    root: &Root,
    state: &State,
    named: Option<&Path>,
) -> Result<SealOptions, Error> {
    let policy = &root.policy.seal;
    let allowed = match (named, &policy.allowed_signers) {
        (Some(path), _) => Some(list_at(path)?),
        (None, Some(path)) => {
            // An absolute path leads out of the project, and so out of its states.
            let absolute = Path::new(path).is_absolute();
            let state = if absolute { &State::WorkTree } else { state };
            let [text] = corpus::read_settings_of(&root.path, state, [path])?;
            Some(parsed(text, path)?)
        }
        (None, None) => None,
    };
    let minisign = MinisignKeys::parse(&policy.minisign_keys).map_err(|key| {
        let message = format!("`{}`: `{key}` is no public key of minisign", corpus::POLICY);
        Error::usage(message, "write the second line of the `.pub` file that minisign made")
    })?;
    let minisign = if named.is_some() { MinisignKeys::default() } else { minisign };
    let require = policy.require || named.is_some();
    Ok(SealOptions { require, allowed, minisign, now: Some(now()) })
}

/// The list of allowed signers in the file at `path`, whatever the project says.
pub(crate) fn list_at(path: &Path) -> Result<AllowedSigners, Error> {
    let shown = path.display().to_string();
    let root = Path::new("");
    let [text] =
        corpus::read_settings_of(root, &State::WorkTree, [path.to_string_lossy().as_ref()])?;
    parsed(text, &shown)
}

/// Reads a list of allowed signers.
fn parsed(text: Option<String>, shown: &str) -> Result<AllowedSigners, Error> {
    let text = text.ok_or_else(|| {
        let message = format!("there is no list of allowed signers at `{shown}`");
        Error::usage(message, "write one, a line each: PRINCIPAL KEY; see ssh-keygen(1)")
    })?;
    AllowedSigners::parse(&text).map_err(|fault| {
        Error::usage(
            format!("`{shown}` {fault}"),
            "the form is that of ssh-keygen(1), ALLOWED SIGNERS",
        )
    })
}

pub(crate) fn seal(root: Option<&Path>, args: &SealArgs, output: &Output) -> Result<u8, Error> {
    let project = Root::find(root)?;
    let progress = Progress::new("verifying");
    let update = |done, total| progress.update(done, total);
    let (verification, seal) = corpus::draw_seal(&project.path, &project.options(), &update)?;
    drop(progress);
    if let Some(status) = refused(verification, output)? {
        return Ok(status);
    }
    let key = args.sign.as_ref().map(|key| from_here(root, key));
    let signature =
        key.map(|key| ssh_keygen(&key, SEAL_NAMESPACE, seal.text.as_bytes())).transpose()?;
    let armoured = signature.as_ref().map(|(_, armoured)| armoured.as_str());
    let written = corpus::put_seal(&project.path, &seal.text, armoured)?;
    let files = usize::try_from(seal.files).expect("files are fewer than bytes");
    let allow = signature.as_ref().map(|(key, _)| advice(&project, key)).transpose()?.flatten();
    output.write(|out, _| {
        for path in &written.removed {
            writeln!(out, "removed {path}, which signed the seal before")?;
        }
        writeln!(out, "{SUMS}: {}, sha256 {}", counted(files, "file"), written.digest)?;
        match &signature {
            Some((key, _)) => writeln!(out, "{SSH_SIGNATURE}: signed with {key}")?,
            None => writeln!(out, "not signed; to sign it: provenance seal --sign KEY")?,
        }
        allow.iter().try_for_each(|advice| writeln!(out, "next: {}", line(advice)))
    })?;
    Ok(0)
}

/// A corpus with findings is not sealed: the seal would vouch for them. Prints them
/// and gives the exit status.
fn refused(verification: Verification, output: &Output) -> Result<Option<u8>, Error> {
    // Levels that a newsroom lowered do not change what a seal would vouch for.
    let policy = Policy::default();
    let verdict = policy.judge(verification.findings, &Scope { documents: &[], whole: false });
    let report = Report {
        findings: verdict.findings,
        fixity: Some(verification.counts),
        unchecked: verification.unchecked,
        ..Report::default()
    };
    if exit_status(&report.findings, Severity::Error) == 0 {
        return Ok(None);
    }
    let files = usize::try_from(verification.counts.files).expect("files are fewer than bytes");
    let told = Told {
        run: Run { command: "seal", all: true, documents: files },
        parts: &[Part::Findings],
        summary: verified(&verification.counts)
            + "\nnot sealed: a seal would vouch for the errors above",
    };
    let form = FormArgs { format: Form::Text };
    let fail_on = Some(Level::Error);
    let policy_args = PolicyArgs::default();
    let args = FindingArgs { form, fail_on, exit_zero: false, all: true, policy: policy_args };
    finish(output, (&args, &policy), &report, &told).map(Some)
}

/// What is left to do before `verify` accepts a seal that `key` signed.
fn advice(root: &Root, key: &Key) -> Result<Option<String>, Error> {
    let options = options(root, &State::WorkTree, None)?;
    let entry = format!("PRINCIPAL namespaces=\"{SEAL_NAMESPACE}\" {}", key.line());
    let Some(allowed) = options.allowed else {
        return Ok(Some(format!(
            "name a file as `allowed-signers` in [seal] of {}, with the line: {entry}",
            corpus::POLICY
        )));
    };
    let fault = allowed.principals(key, SEAL_NAMESPACE, now()).err();
    Ok(fault.map(|fault| format!("the key {fault}; the list wants a line: {entry}")))
}

/// A line more for `verify`, about the seal.
pub(crate) fn told(sealed: &Sealed) -> String {
    let files = counted(usize::try_from(sealed.files).unwrap_or(usize::MAX), "file");
    let signers = match sealed.signers.as_slice() {
        [] => "not signed by anybody who may".to_owned(),
        signers => format!("signed by {}", line(&signers.join(", "))),
    };
    format!("\nseal {}: {files}, {signers}", sealed.digest.short())
}
