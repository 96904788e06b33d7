//! The JSON of attestations: in-toto Statement v1, DSSE v1, and our predicate.
//!
//! In:  a [`Statement`]; or JSON that anybody may have written.
//! Out: JSON; or a [`Statement`].
//! Not here: signatures.

use crate::attestation::AuditResult;
use crate::attestation::PREDICATE_TYPE;
use crate::attestation::Refused;
use crate::attestation::Statement;
use crate::attestation::Subject;
use crate::corpus::Digest;
use base64ct::Base64;
use base64ct::Encoding as _;
use jiff::Timestamp;
use serde::Deserialize;
use serde::Serialize;
use std::collections::BTreeMap;

/// What a statement says that it is.
const STATEMENT_TYPE: &str = "https://in-toto.io/Statement/v1";

/// The name of the tool in a statement.
const TOOL: &str = "provenance";

/// An envelope, opened and not yet trusted.
pub(super) struct Opened {
    /// What the payload is said to be.
    pub(super) kind: String,
    /// What was signed.
    pub(super) payload: Vec<u8>,
    /// The signatures.
    pub(super) signatures: Vec<Vec<u8>>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Envelope {
    payload: String,
    payload_type: String,
    signatures: Vec<Signature>,
}

#[derive(Serialize, Deserialize)]
struct Signature {
    #[serde(default)]
    keyid: String,
    sig: String,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireStatement {
    #[serde(rename = "_type")]
    kind: String,
    subject: Vec<WireSubject>,
    predicate_type: String,
    predicate: Predicate,
}

#[derive(Serialize, Deserialize)]
struct WireSubject {
    name: String,
    digest: Sha256,
}

#[derive(Serialize, Deserialize)]
struct Sha256 {
    sha256: String,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Predicate {
    tool: Tool,
    audited_at: Timestamp,
    policy: Option<Sha256>,
    corpus: Sha256,
    result: WireResult,
}

#[derive(Serialize, Deserialize)]
struct Tool {
    name: String,
    version: String,
}

#[derive(Serialize, Deserialize)]
struct WireResult {
    sha256: Option<String>,
    errors: u64,
    warnings: u64,
    notes: u64,
    #[serde(default)]
    waived: u64,
    rules: BTreeMap<String, u64>,
    unchecked: Vec<String>,
}

/// What is read first: whether the rest can be understood.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Kind {
    #[serde(rename = "_type")]
    kind: String,
    predicate_type: String,
}

/// The bytes of `statement`.
pub(super) fn payload(statement: &Statement) -> Vec<u8> {
    let Statement { subjects, at, version, policy, corpus, result } = statement;
    let subject = |subject: &Subject| WireSubject {
        name: subject.name.clone(),
        digest: hash(subject.digest),
    };
    let wire = WireStatement {
        kind: STATEMENT_TYPE.to_owned(),
        subject: subjects.iter().map(subject).collect(),
        predicate_type: PREDICATE_TYPE.to_owned(),
        predicate: Predicate {
            tool: Tool { name: TOOL.to_owned(), version: version.clone() },
            audited_at: *at,
            policy: policy.map(hash),
            corpus: hash(*corpus),
            result: WireResult {
                sha256: result.digest.map(|digest| digest.to_string()),
                errors: result.errors,
                warnings: result.warnings,
                notes: result.notes,
                waived: result.waived,
                rules: result.rules.clone(),
                unchecked: result.unchecked.clone(),
            },
        },
    };
    serde_json::to_vec(&wire).expect("strings and numbers can be written")
}

/// The text of an envelope, one line.
pub(super) fn envelope(kind: &str, payload: &[u8], key: &str, signature: &[u8]) -> String {
    let envelope = Envelope {
        payload: Base64::encode_string(payload),
        payload_type: kind.to_owned(),
        signatures: vec![Signature {
            keyid: key.to_owned(),
            sig: Base64::encode_string(signature),
        }],
    };
    serde_json::to_string(&envelope).expect("strings can be written") + "\n"
}

/// Opens an envelope.
pub(super) fn opened(text: &str) -> Result<Opened, String> {
    let envelope: Envelope = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let bytes =
        |text: &str| Base64::decode_vec(text).map_err(|_| "a part is not base64".to_owned());
    Ok(Opened {
        payload: bytes(&envelope.payload)?,
        signatures: envelope
            .signatures
            .iter()
            .map(|signature| bytes(&signature.sig))
            .collect::<Result<_, _>>()?,
        kind: envelope.payload_type,
    })
}

/// Reads the payload.
pub(super) fn statement(payload: &[u8]) -> Result<Statement, Refused> {
    let malformed = |error: serde_json::Error| Refused::Malformed { why: error.to_string() };
    let Kind { kind, predicate_type } = serde_json::from_slice(payload).map_err(malformed)?;
    for (found, expected) in [(kind, STATEMENT_TYPE), (predicate_type, PREDICATE_TYPE)] {
        if found != expected {
            return Err(Refused::OtherKind { kind: found });
        }
    }
    let wire: WireStatement = serde_json::from_slice(payload).map_err(malformed)?;
    let Predicate { tool, audited_at, policy, corpus, result } = wire.predicate;
    let subject = |subject: WireSubject| {
        Ok(Subject { name: subject.name, digest: digest(&subject.digest.sha256)? })
    };
    Ok(Statement {
        subjects: wire.subject.into_iter().map(subject).collect::<Result<_, Refused>>()?,
        at: audited_at,
        version: tool.version,
        policy: policy.map(|policy| digest(&policy.sha256)).transpose()?,
        corpus: digest(&corpus.sha256)?,
        result: AuditResult {
            digest: result.sha256.as_deref().map(digest).transpose()?,
            errors: result.errors,
            warnings: result.warnings,
            notes: result.notes,
            waived: result.waived,
            rules: result.rules,
            unchecked: result.unchecked,
        },
    })
}

fn hash(digest: Digest) -> Sha256 {
    Sha256 { sha256: digest.to_string() }
}

fn digest(text: &str) -> Result<Digest, Refused> {
    let why = || Refused::Malformed { why: format!("`{}` is no SHA-256", text.escape_debug()) };
    text.parse().map_err(|_| why())
}
