//! Making a seal: the list of what is there, and putting it on disk.
//!
//! In:  a root; a list and its signature.
//! Out: [`SealText`]; the files of the seal.
//! Not here: signing.

use crate::corpus::Error;
use crate::corpus::Options;
use crate::corpus::digest::Digest;
use crate::corpus::seal::MINISIGN_SIGNATURE;
use crate::corpus::seal::SSH_SIGNATURE;
use crate::corpus::seal::SUMS;
use crate::corpus::seal::check::tree;
use crate::corpus::seal::sums;
use crate::corpus::store::Lock;
use crate::corpus::verify;
use crate::corpus::verify::Question;
use crate::corpus::verify::Verification;
use std::path::Path;

/// The list of a new seal, not yet on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealText {
    /// The list, in the form of `sha256sum`.
    pub text: String,
    /// How many files it lists.
    pub files: u64,
}

/// What became of the files of a seal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The SHA-256 of the list.
    pub digest: Digest,
    /// Signatures of the list before, which are gone with it.
    pub removed: Vec<&'static str>,
}

/// The list of every document and record below `root`, and the check that they
/// passed. Nothing is written. The seal that may be there is not looked at.
///
/// # Errors
/// As [`verify`](fn@crate::corpus::verify).
pub fn draw_seal(
    root: &Path,
    options: &Options,
    progress: &(dyn Fn(u64, u64) + Sync),
) -> Result<(Verification, SealText), Error> {
    let question = Question { digests: true, ..Question::of(root, options) };
    let inspection = verify::inspect(&question, progress)?;
    let mut seal = SealText { text: String::new(), files: 0 };
    for (path, digest) in tree(&inspection) {
        if let Some(digest) = digest {
            sums::push(&mut seal.text, path, digest);
            seal.files += 1;
        }
    }
    Ok((inspection.verification, seal))
}

/// Puts a seal, and its signature when there is one, in its place below `root`.
///
/// Each file is the old one or the new one. Signatures of another list are removed
/// first, so that a run that is interrupted leaves a list without a signature and
/// never one with a wrong one.
///
/// # Errors
/// When the system refuses, or another writer does not end.
pub fn put_seal(root: &Path, text: &str, signature: Option<&str>) -> Result<Written, Error> {
    let lock = Lock::take(root)?;
    let digest = Digest::of(text.as_bytes());
    let mut removed = Vec::new();
    if lock.read(SUMS)?.as_deref() != Some(text.as_bytes()) {
        for path in [SSH_SIGNATURE, MINISIGN_SIGNATURE] {
            if lock.remove(path)? {
                removed.push(path);
            }
        }
        lock.put(SUMS, text.as_bytes())?;
    }
    if let Some(signature) = signature {
        lock.put(SSH_SIGNATURE, signature.as_bytes())?;
    }
    Ok(Written { digest, removed })
}
