//! Attestations: somebody's word that this very draft was audited, and what was found.
//!
//! An attestation is an in-toto Statement, version 1, in a DSSE envelope, version 1:
//! the form that build systems use for the same purpose. It names its subjects by
//! hash, so it fits the bytes that were audited and no others, and it says with which
//! version, policy and corpus, and what the result was. See `docs/security.md`.
//!
//! In:  a [`Statement`] and a way to sign; or the text of an envelope and who may sign.
//! Out: the text of an envelope; or the statement and its [`Signer`].
//! Not here: auditing, files, and the clock.

mod wire;

use crate::corpus::Digest;
use crate::signature;
use crate::signature::AllowedSigners;
use crate::signature::Broken;
use crate::signature::Key;
use crate::signature::NotAllowed;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// What the predicate is. A name and no address: nothing is to be found there.
pub const PREDICATE_TYPE: &str = "urn:provenance-audit:attestation:audit:v1";

/// What an OpenSSH signature of an attestation is made for.
pub const ATTESTATION_NAMESPACE: &str = "provenance-attestation-v1";

/// What the envelope holds.
const PAYLOAD_TYPE: &str = "application/vnd.in-toto+json";

/// What OpenSSH's armour begins with.
const SSH_ARMOUR: &[u8] = b"-----BEGIN SSH SIGNATURE-----";

/// What is attested.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// What was audited: paths, and the hashes by which alone they are known.
    pub subjects: Vec<Subject>,
    /// When.
    pub at: Timestamp,
    /// With which version of this program.
    pub version: String,
    /// The hash of `provenance.toml`, when there was one.
    pub policy: Option<Digest>,
    /// The hash of the list that `provenance seal` would have written.
    pub corpus: Digest,
    /// What was found.
    pub result: AuditResult,
}

/// One audited text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// Its path when it was audited.
    pub name: String,
    /// The hash of its bytes.
    pub digest: Digest,
}

/// What an audit found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditResult {
    /// The hash of what `provenance audit --format jsonl` prints of it.
    pub digest: Option<Digest>,
    /// Findings of each level.
    pub errors: u64,
    /// Findings of each level.
    pub warnings: u64,
    /// Findings of each level.
    pub notes: u64,
    /// Findings that somebody accepted before, by a waiver or a baseline.
    pub waived: u64,
    /// Findings of each rule, by its code.
    pub rules: BTreeMap<String, u64>,
    /// What was not checked, a sentence each.
    pub unchecked: Vec<String>,
}

/// Who attested.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signer {
    /// Whose key it is, by the list of allowed signers.
    pub principals: String,
    /// The key.
    pub key: Key,
}

/// Why an attestation is not accepted, as a clause that follows it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refused {
    /// It is not an attestation at all.
    #[error("is not an attestation: {why}")]
    Malformed {
        /// What is wrong with it.
        why: String,
    },
    /// It says something else than what an audit found.
    #[error("states something else than an audit: `{kind}`")]
    OtherKind {
        /// What it states, or what it holds.
        kind: String,
    },
    /// None of its signatures is by somebody who may.
    #[error("{0}")]
    Signature(#[from] Broken),
    /// It is signed with a key that does not count.
    #[error("is signed with a key that {0}")]
    Signer(#[from] NotAllowed),
}

/// The text of an envelope around `statement`. `sign` gets the bytes to sign, and
/// gives the key and the signature: a bare Ed25519 one, or OpenSSH's armour for
/// [`ATTESTATION_NAMESPACE`].
///
/// # Errors
/// What `sign` says.
pub fn seal<E>(
    statement: &Statement,
    sign: impl FnOnce(&[u8]) -> Result<(Key, Vec<u8>), E>,
) -> Result<String, E> {
    let payload = wire::payload(statement);
    let (key, signature) = sign(&encoded(PAYLOAD_TYPE, &payload))?;
    Ok(wire::envelope(PAYLOAD_TYPE, &payload, &key.to_string(), &signature))
}

/// The statement in the envelope `text`, and the first signer of it whom `allowed`
/// allows at the moment `now`.
///
/// Nothing of the payload is read before a signature of it was accepted.
///
/// # Errors
/// When it is no envelope, no signature counts, or it states something else.
pub fn open(
    text: &str,
    allowed: &AllowedSigners,
    now: Timestamp,
) -> Result<(Statement, Signer), Refused> {
    let envelope = wire::opened(text).map_err(|why| Refused::Malformed { why })?;
    if envelope.kind != PAYLOAD_TYPE {
        return Err(Refused::OtherKind { kind: envelope.kind });
    }
    let signed = encoded(&envelope.kind, &envelope.payload);
    let mut refused = Refused::Malformed { why: "it carries no signature".to_owned() };
    for signature in &envelope.signatures {
        let accepted = signer(signature, &signed, allowed).and_then(|key| {
            let principals = allowed.principals(&key, ATTESTATION_NAMESPACE, now)?.to_owned();
            Ok(Signer { principals, key })
        });
        match accepted {
            Ok(by) => return Ok((wire::statement(&envelope.payload)?, by)),
            Err(fault) => refused = fault,
        }
    }
    Err(refused)
}

/// The key that made `signature` of `signed`. A bare signature does not name its key,
/// so it is tried with every key of the list.
fn signer(signature: &[u8], signed: &[u8], allowed: &AllowedSigners) -> Result<Key, Refused> {
    if signature.starts_with(SSH_ARMOUR) {
        let armoured = String::from_utf8_lossy(signature);
        return Ok(signature::signer(&armoured, ATTESTATION_NAMESPACE, signed)?);
    }
    let fits = |key: &&Key| signature::verify_raw(key, signed, signature).is_ok();
    allowed.keys().find(fits).cloned().ok_or(Refused::Signer(NotAllowed::Unknown))
}

/// What is signed: DSSE's pre-authentication encoding, version 1, which keeps a
/// signature from fitting another kind of payload.
fn encoded(kind: &str, payload: &[u8]) -> Vec<u8> {
    let head = format!("DSSEv1 {} {kind} {} ", kind.len(), payload.len());
    [head.as_bytes(), payload].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signature::tests::example;

    fn statement() -> Statement {
        Statement {
            subjects: vec![Subject { name: "drafts/a.md".to_owned(), digest: Digest::of(b"a") }],
            at: Timestamp::constant(1_762_768_800, 0),
            version: "0.1.0".to_owned(),
            policy: Some(Digest::of(b"policy")),
            corpus: Digest::of(b"corpus"),
            result: AuditResult {
                digest: Some(Digest::of(b"result")),
                errors: 1,
                rules: BTreeMap::from([("PV301".to_owned(), 1)]),
                ..AuditResult::default()
            },
        }
    }

    fn signed() -> String {
        let key = example(1);
        let sign = |bytes: &[u8]| Ok::<_, Broken>((key.public(), key.sign_raw(bytes)));
        seal(&statement(), sign).unwrap()
    }

    fn list(options: &str, seed: u8) -> AllowedSigners {
        let text = format!("d {options} {}", example(seed).public().line());
        AllowedSigners::parse(&text).unwrap()
    }

    /// The example of the DSSE specification (protocol, "Pre-Authentication Encoding").
    #[test]
    fn encodes_as_the_specification_shows() {
        assert_eq!(
            encoded("http://example.com/HelloWorld", b"hello world"),
            b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"
        );
    }

    #[test]
    fn an_attestation_says_what_was_put_in() {
        let (opened, signer) = open(&signed(), &list("", 1), Timestamp::UNIX_EPOCH).unwrap();

        assert_eq!(opened, statement());
        assert_eq!(signer, Signer { principals: "d".to_owned(), key: example(1).public() });
    }

    /// One row per attestation that is not accepted, and a part of why.
    #[test]
    fn nothing_else_is_accepted() {
        let text = signed();
        let payload = |text: &str| {
            let value: serde_json::Value = serde_json::from_str(text).unwrap();
            value["payload"].as_str().unwrap().to_owned()
        };
        let other = {
            let key = example(1);
            let other = Statement { version: "9".to_owned(), ..statement() };
            seal(&other, |bytes: &[u8]| Ok::<_, Broken>((key.public(), key.sign_raw(bytes))))
                .unwrap()
        };
        let (ours, theirs) = (payload(&text), payload(&other));
        #[rustfmt::skip]
        let cases = [
            (text.clone(),                                     list("", 2),                          "not among"),
            (text.clone(),                                     list("namespaces=\"git\"", 1),        "for `git` only"),
            (text.clone(),                                     list("valid-after=\"20200101Z\"", 1), "from 2020-01-01"),
            (text.replace(&ours, &theirs),                     list("", 1),                          "not among"),
            (text.replace("vnd.in-toto+json", "json"),         list("", 1),                          "something else"),
            (text.replace("\"sig\":\"", "\"sig\":\"AAAA"),     list("", 1),                          "not among"),
            (text.replace("\"sig\":\"", "\"sig\":\"!"),        list("", 1),                          "base64"),
            (text.replace("\"signatures\"", "\"signers\""),    list("", 1),                          "missing field"),
            (String::new(),                                    list("", 1),                          "not an attestation"),
            ("[".repeat(100_000),                              list("", 1),                          "not an attestation"),
        ];
        for (text, allowed, why) in cases {
            let refused = open(&text, &allowed, Timestamp::UNIX_EPOCH).unwrap_err().to_string();
            assert!(refused.contains(why), "{why}: {refused}");
        }
    }
}
