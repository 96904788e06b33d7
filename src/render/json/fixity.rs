//! What became of every file and record, in schema 1.

use crate::corpus::Compared;
use crate::corpus::Counts;
use crate::corpus::Sealed;
use crate::corpus::Token;
use serde::Serialize;

/// What became of every file and record.
#[derive(Serialize)]
pub(crate) struct Fixity {
    files: u64,
    records: u64,
    verified: u64,
    changed: u64,
    moved: u64,
    unstable: u64,
    withdrawn: u64,
    unrecorded: u64,
    excluded: u64,
    unjudged: u64,
    refused: u64,
    missing: u64,
    retired: u64,
    invalid: u64,
    blocked: u64,
    conflicting: u64,
    bytes: u64,
}

/// The wire form of the counts.
pub(crate) fn fixity(counts: Counts) -> Fixity {
    Fixity {
        files: counts.files,
        records: counts.records,
        verified: counts.verified,
        changed: counts.changed,
        moved: counts.moved,
        unstable: counts.unstable,
        withdrawn: counts.withdrawn,
        unrecorded: counts.unrecorded,
        excluded: counts.excluded,
        unjudged: counts.unjudged,
        refused: counts.refused,
        missing: counts.missing,
        retired: counts.retired,
        invalid: counts.invalid,
        blocked: counts.blocked,
        conflicting: counts.conflicting,
        bytes: counts.bytes,
    }
}

/// What the records were compared with.
#[derive(Serialize)]
pub(crate) struct Base {
    name: String,
    records: u64,
    changed: u64,
}

/// The wire form of a comparison.
pub(crate) fn base(compared: &Compared) -> Base {
    let Compared { base, records, changed } = compared;
    Base { name: base.clone(), records: *records, changed: *changed }
}

/// The seal that was checked.
#[derive(Serialize)]
pub(crate) struct Seal {
    sha256: String,
    files: u64,
    signers: Vec<String>,
    timestamps: Vec<Timestamp>,
}

/// A timestamp beside the seal, which was hashed and not verified.
#[derive(Serialize)]
struct Timestamp {
    path: &'static str,
    sha256: String,
    bytes: u64,
}

/// The wire form of a seal.
pub(crate) fn seal(sealed: &Sealed) -> Seal {
    let timestamp = |token: &Token| Timestamp {
        path: token.path,
        sha256: token.digest.to_string(),
        bytes: token.bytes,
    };
    Seal {
        sha256: sealed.digest.to_string(),
        files: sealed.files,
        signers: sealed.signers.clone(),
        timestamps: sealed.tokens.iter().map(timestamp).collect(),
    }
}
