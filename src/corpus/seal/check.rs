//! Checking a seal: does the list fit the corpus?
//!
//! In:  what a check read, the files of the seal, and who may sign.
//! Out: findings, what was not checked, and [`Sealed`].
//! Not here: the form of the list (`sums`), and who vouches for it (`vouch`).

use crate::corpus::digest::Digest;
use crate::corpus::find;
use crate::corpus::find::found;
use crate::corpus::judge::Fate;
use crate::corpus::open::Fault;
use crate::corpus::scan::no_blob;
use crate::corpus::seal::AGAIN;
use crate::corpus::seal::MINISIGN_SIGNATURE;
use crate::corpus::seal::SSH_SIGNATURE;
use crate::corpus::seal::SUMS;
use crate::corpus::seal::SealOptions;
use crate::corpus::seal::Sealed;
use crate::corpus::seal::TOKENS;
use crate::corpus::seal::Token;
use crate::corpus::seal::sums;
use crate::corpus::seal::sums::Line;
use crate::corpus::seal::vouch::Desk;
use crate::corpus::source::Source;
use crate::corpus::verify::Inspection;
use crate::finding::Finding;
use crate::finding::Label;
use crate::finding::Rule;
use crate::span::Position;
use std::io;

/// A list of a million documents has about 200 MB.
const SUMS_BYTES_MAX: u64 = 1024 * 1024 * 1024;

/// Signatures and timestamps have some kilobytes.
const SIGNATURE_BYTES_MAX: u64 = 1024 * 1024;

/// The files of a seal, as they lie there.
pub(crate) struct Paper {
    sums: Option<Vec<u8>>,
    ssh: Option<Vec<u8>>,
    minisign: Option<Vec<u8>>,
    tokens: Vec<Token>,
    /// What is wrong with the files themselves.
    findings: Vec<Finding>,
}

impl Paper {
    /// Reads the files of the seal of `source`.
    pub(crate) fn read(source: Source<'_>) -> Self {
        let mut findings = Vec::new();
        let mut file = |path: &str, bytes_max| match source.beside(path, bytes_max) {
            Ok(Some(bytes)) => Some(bytes),
            Ok(None) => {
                findings.push(unusable(path, "is too large"));
                None
            }
            Err(Fault::Io(error)) if error.kind() == io::ErrorKind::NotFound => None,
            Err(fault) => {
                findings.push(unread(path, &fault));
                None
            }
        };
        let sums = file(SUMS, SUMS_BYTES_MAX);
        let ssh = file(SSH_SIGNATURE, SIGNATURE_BYTES_MAX);
        let minisign = file(MINISIGN_SIGNATURE, SIGNATURE_BYTES_MAX);
        let mut tokens = Vec::new();
        for (path, kind) in TOKENS {
            let bytes = file(path, SIGNATURE_BYTES_MAX);
            let token = |bytes: Vec<u8>| Token {
                path,
                kind,
                digest: Digest::of(&bytes),
                bytes: bytes.len() as u64,
            };
            tokens.extend(bytes.map(token));
        }
        Self { sums, ssh, minisign, tokens, findings }
    }

    /// Whether there is a list, for which records must be hashed.
    pub(crate) fn has_sums(&self) -> bool {
        self.sums.is_some()
    }
}

/// Checks the seal against what `inspection` read, and adds what is found to it.
pub(crate) fn check(
    paper: Paper,
    source: Source<'_>,
    options: &SealOptions,
    inspection: &mut Inspection,
) {
    let Paper { sums, ssh, minisign, tokens, mut findings } = paper;
    let mut unchecked = Vec::new();
    let mut sealed = None;
    if let Some(bytes) = &sums {
        let mut checked =
            Sealed { digest: Digest::of(bytes), files: 0, signers: Vec::new(), tokens };
        checked.files = list(bytes, source, options, inspection, &mut findings);
        let mut desk = Desk { bytes, options, signers: Vec::new(), findings: &mut findings };
        desk.ssh(ssh.as_deref());
        desk.minisign(minisign.as_deref());
        desk.demand(ssh.is_some() || minisign.is_some());
        checked.signers = desk.signers;
        unchecked.extend(checked.tokens.iter().map(stamped));
        if !checked.signers.is_empty() && options.now.is_none() {
            unchecked
                .push("until when keys may sign was not checked: no time was given".to_owned());
        }
        sealed = Some(checked);
    } else {
        findings.extend(without_list(ssh.is_some() || minisign.is_some()));
        if options.require {
            findings.push(no_seal());
        }
    }
    let verification = &mut inspection.verification;
    verification.unchecked.extend(unchecked);
    verification.sealed = sealed;
    if !findings.is_empty() {
        verification.findings.extend(findings);
        verification.findings.sort_by(find::order);
    }
}

/// Every document and record that belongs under a seal, in byte order, with its
/// digest unless it was not read.
pub(crate) fn tree(inspection: &Inspection) -> Vec<(&str, Option<Digest>)> {
    let judged = inspection.documents.iter().zip(&inspection.judged);
    let documents =
        judged.filter(|(_, judged)| judged.fate != Fate::Excluded).map(|(path, judged)| {
            (path.as_str(), judged.content.as_ref().map(|content| content.digest))
        });
    let records =
        inspection.entries.iter().map(|entry| (entry.place.record.as_str(), entry.digest));
    let mut tree: Vec<_> = documents.chain(records).collect();
    // Records stand in the order of their documents, which is almost their own.
    tree.sort_unstable_by_key(|(path, _)| *path);
    tree
}

/// Compares the list with the corpus. Returns how many files it lists.
fn list(
    bytes: &[u8],
    source: Source<'_>,
    options: &SealOptions,
    inspection: &Inspection,
    findings: &mut Vec<Finding>,
) -> u64 {
    let text = match str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let why =
                format!("is not UTF-8: byte {} is not part of a character", error.valid_up_to());
            findings.push(unusable(SUMS, &why));
            return 0;
        }
    };
    let lines = match sums::parse(text) {
        Ok(lines) => lines,
        Err(sums::BadLine { number, text, why }) => {
            let message = format!("line {number} of `{SUMS}` {why}");
            let help = format!("restore it: git checkout -- {SUMS}; or make a new one: {AGAIN}");
            findings.push(found(Rule::SealInvalid, message, excerpt(number, text), help));
            return 0;
        }
    };
    let tree = tree(inspection);
    let mut open = Vec::new();
    let mut at = 0;
    for line in &lines {
        while tree.get(at).is_some_and(|(path, _)| *path < &*line.path) {
            open.push(tree[at].0);
            at += 1;
        }
        let known = tree.get(at).filter(|(path, _)| *path == line.path);
        at += usize::from(known.is_some());
        let now = match known {
            Some((_, Some(digest))) => Some(*digest),
            // Told by the check itself, and no longer what the seal says of it.
            known => reread(line, source, inspection, known.is_some()),
        };
        if now != Some(line.digest) {
            findings.push(broken(line, now));
        }
    }
    open.extend(tree[at..].iter().map(|(path, _)| *path));
    findings.extend(unsealed(&open, options.require));
    lines.len() as u64
}

/// The digest of a sealed file that the check had no need to read: it is excluded,
/// or its record is gone. Only what the walk found is opened.
fn reread(
    line: &Line<'_>,
    source: Source<'_>,
    inspection: &Inspection,
    in_tree: bool,
) -> Option<Digest> {
    let documents = &inspection.documents;
    let known = in_tree || documents.binary_search_by(|path| path.as_str().cmp(&line.path)).is_ok();
    if !known {
        return None;
    }
    source.access().read(&line.path, None, &|_| {}).ok().map(|content| content.digest)
}

fn excerpt(number: usize, text: &str) -> Label {
    let text: String = text.chars().take(EXCERPT_CHARS_MAX).collect();
    Label::line(SUMS, Position { line: number, column: 1 }, text)
}

/// A line of a seal has 66 letters before the path.
const EXCERPT_CHARS_MAX: usize = 240;

fn broken(line: &Line<'_>, now: Option<Digest>) -> Finding {
    let (path, Line { number, text, .. }) = (&line.path, line);
    let message = match now {
        Some(_) => format!("`{path}` does not have the bytes that were sealed"),
        None => format!("`{path}` was sealed, and cannot be found or read"),
    };
    let help = format!("restore what was sealed; or, if the change is meant, seal again: {AGAIN}");
    let mut finding = found(Rule::SealBroken, message, excerpt(*number, text), help);
    finding.notes.push(format!("sealed: sha256 {}", line.digest.short()));
    finding.notes.extend(now.map(|now| format!("found:  sha256 {}", now.short())));
    finding
}

/// Says of all files at once that the seal does not list them: after a day of
/// honest work there are many.
fn unsealed(open: &[&str], required: bool) -> Option<Finding> {
    let first = open.first()?;
    let (rule, more) = if required {
        (Rule::SealMissing, ", and the policy demands that it does")
    } else {
        (Rule::Unsealed, "")
    };
    let message = match open.len() {
        1 => format!("the seal does not list `{first}`{more}"),
        count => format!("the seal does not list `{first}` and {} more{more}", count - 1),
    };
    let label = |path: &&str| Label::file(*path, "not sealed");
    let mut finding = found(rule, message, label(first), format!("seal again: {AGAIN}"));
    finding.labels.extend(open[1..].iter().map(label));
    Some(finding)
}

fn no_seal() -> Finding {
    let message = format!("there is no `{SUMS}`, and the policy demands a signed seal");
    let label = Label::file(SUMS, "not there");
    found(Rule::SealMissing, message, label, format!("make one: {AGAIN}"))
}

/// A signature without what it signs: somebody took the list away.
fn without_list(signed: bool) -> Option<Finding> {
    let message = format!("there is a signature of `{SUMS}`, and no `{SUMS}`");
    let help = format!("restore it: git checkout -- {SUMS}; or make a new one: {AGAIN}");
    let label = Label::file(SUMS, "not there");
    signed.then(|| found(Rule::SealInvalid, message, label, help))
}

fn unusable(path: &str, why: &str) -> Finding {
    let help = format!("restore it: git checkout -- {path}; or make a new one: {AGAIN}");
    found(Rule::SealInvalid, format!("`{path}` {why}"), Label::file(path, "not read"), help)
}

fn unread(path: &str, fault: &Fault) -> Finding {
    match fault {
        Fault::NotRegular(what) => unusable(path, &format!("is {what}, not a file")),
        Fault::Unstable => {
            let help = "wait until nothing writes to it, then run again";
            let message = format!("`{path}` changed while it was read");
            found(Rule::Unstable, message, Label::file(path, "not checked"), help)
        }
        Fault::Io(error) => {
            let help = "make it readable, then run again";
            let message = format!("cannot read `{path}`: {error}");
            found(Rule::Unstable, message, Label::file(path, "not checked"), help)
        }
        Fault::Git(message) => no_blob(path, message),
    }
}

fn stamped(token: &Token) -> String {
    let Token { path, kind, digest, bytes } = token;
    format!("`{path}`, {kind} of {bytes} bytes (sha256 {}), was not verified", digest.short())
}
