//! Attestations: made of an audit, and checked against a draft.
#![expect(clippy::disallowed_methods, reason = "tests prepare and damage files")]
#![expect(clippy::unwrap_used, reason = "a test that cannot prepare its files must fail")]

use crate::program::run;
use crate::program::told;
use crate::program::words;
use crate::project::Project;
use crate::seal::allow;
use crate::seal::done;
use provenance::corpus::Digest;
use std::fs;
use std::process::Command;

const SOURCE: &str = "The council of Port Ellery voted on Tuesday to close the ferry across the sound, \
    which carries 46 people and has run since the year of the great storm.\n";

/// A project with one source and one draft that has another figure.
fn project() -> Project {
    let project = Project::with(&[("corpus/a.txt", SOURCE.as_bytes())]);
    project.write("drafts/d.md", SOURCE.replace("46", "64"));
    project.write("drafts/sound.md", SOURCE);
    allow(&project, "desk@a.example KEY");
    project
}

/// Attests `drafts` with the key `desk`.
fn attest(project: &Project, drafts: &str) {
    let text = done(project, &format!("attest {drafts} --sign desk"));
    project.write("a.json", text);
}

#[test]
fn an_attestation_says_what_the_audit_says() {
    let project = project();
    attest(&project, "drafts/d.md");

    let said = run(project.root(), &words("attest --verify a.json --draft drafts/d.md"));
    assert_eq!(said.status, 1, "an error was attested: {}", said.stdout);
    let audit = run(project.root(), &words("audit drafts/d.md --format jsonl"));
    let envelope: serde_json::Value = serde_json::from_str(&project.read("a.json")).unwrap();
    let payload = decoded(&envelope["payload"]);
    let statement: serde_json::Value = serde_json::from_slice(&payload).unwrap();

    assert_eq!(statement["_type"], "https://in-toto.io/Statement/v1");
    assert_eq!(statement["subject"][0]["digest"]["sha256"], digest(&project, "drafts/d.md"));
    let predicate = &statement["predicate"];
    assert_eq!(predicate["result"]["sha256"], Digest::of(audit.stdout.as_bytes()).to_string());
    assert_eq!(predicate["policy"]["sha256"], digest(&project, "provenance.toml"));
    assert_eq!(predicate["result"]["rules"]["PV301"], 1, "{predicate}");
    done(&project, "seal");
    assert_eq!(predicate["corpus"]["sha256"], digest(&project, "provenance.sums"));
    for part in [
        "attested by desk@a.example (SHA256:",
        "drafts/d.md: audited, these very bytes\n",
        "PV301 1",
    ] {
        assert!(said.stdout.contains(part), "{part}: {}", said.stdout);
    }
}

#[test]
fn only_the_draft_that_was_audited_passes() {
    let project = project();
    attest(&project, "drafts/sound.md");

    done(&project, "attest --verify a.json --draft drafts/sound.md");
    fs::rename(project.path("drafts/sound.md"), project.path("renamed.md")).unwrap();
    done(&project, "attest --verify a.json --draft renamed.md");
    let said = run(project.root(), &words("attest --verify a.json --draft drafts/d.md"));
    assert_eq!(said.status, 1);
    assert!(said.stdout.ends_with("not accepted: drafts/d.md: other bytes\n"), "{}", said.stdout);
}

/// The corpus itself: every document is a subject.
#[test]
fn the_corpus_can_be_attested() {
    let project = project();
    attest(&project, "");

    let said = run(project.root(), &words("attest --verify a.json --draft corpus/a.txt"));
    assert_eq!(said.status, 0, "{}", said.stdout);
    assert!(
        said.stdout.contains(&format!("  {}  corpus/a.txt\n", digest(&project, "corpus/a.txt")))
    );
}

/// The signature of an unprotected Ed25519 key is one that every DSSE verifier reads:
/// here OpenSSL, which knows nothing of us.
#[test]
fn openssl_verifies_the_signature() {
    let project = project();
    attest(&project, "drafts/sound.md");
    let envelope: serde_json::Value = serde_json::from_str(&project.read("a.json")).unwrap();
    let payload = decoded(&envelope["payload"]);
    let kind = envelope["payloadType"].as_str().unwrap();
    let mut signed = format!("DSSEv1 {} {kind} {} ", kind.len(), payload.len()).into_bytes();
    signed.extend(&payload);
    project.write("signed", &signed);
    project.write("signature", decoded(&envelope["signatures"][0]["sig"]));
    // The head of an Ed25519 key in the form of RFC 8410, and its 32 bytes.
    let key = ssh_key::PublicKey::from_openssh(&project.read("desk.pub")).unwrap();
    let bytes = &key.key_data().ed25519().unwrap().0;
    let head = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];
    project.write("key.der", [head.as_slice(), bytes].concat());

    let arguments =
        "pkeyutl -verify -pubin -keyform DER -inkey key.der -rawin -in signed -sigfile signature";
    let mut openssl = Command::new("openssl");
    openssl.current_dir(project.root()).args(words(arguments));
    if Command::new("openssl").arg("version").output().is_err() {
        return; // No OpenSSL here: nothing to learn.
    }
    let said = told(&mut openssl);
    assert_eq!(said.status, 0, "{}{}", said.stdout, said.stderr);
    project.write("signed", &signed[1..]);
    assert_ne!(told(&mut openssl).status, 0);
}

/// Any other key signs by `ssh-keygen`.
#[test]
fn a_key_of_another_kind_attests_as_well() {
    let project = project();
    let mut make = Command::new("ssh-keygen");
    make.current_dir(project.root()).args(words("-q -t ecdsa -f other")).args(["-N", ""]);
    assert_eq!(told(&mut make).status, 0);
    project.write("a.json", done(&project, "attest drafts/sound.md --sign other"));

    let check = "attest --verify a.json --draft drafts/sound.md";
    let said = run(project.root(), &words(check));
    assert!(
        said.status == 1 && said.stdout.contains("not among the allowed signers"),
        "{}",
        said.stdout
    );
    project.write("allowed_signers", format!("o@a.example {}", project.read("other.pub")));
    done(&project, check);
}

#[test]
fn what_is_no_attestation_is_told() {
    let project = project();
    attest(&project, "drafts/sound.md");
    project.write("allowed_signers", "");
    let said = run(project.root(), &words("attest --verify a.json"));
    assert!(
        said.status == 1 && said.stdout.starts_with("not accepted: a.json "),
        "{}",
        said.stdout
    );

    project.write("b.json", "{\u{1b}[2J");
    let said = run(project.root(), &words("attest --verify b.json"));
    assert!(said.status == 1 && !said.stdout.contains('\u{1b}'), "{}", said.stdout);
    for (arguments, status) in [
        ("attest --verify gone.json", 2),
        ("attest drafts/d.md", 2),
        ("attest drafts/gone.md --sign desk", 2),
        ("attest --verify a.json --allowed-signers gone", 2),
        ("attest drafts/d.md --sign gone", 3),
    ] {
        let said = run(project.root(), &words(arguments));
        assert_eq!(
            (said.status, said.stdout.as_str()),
            (status, ""),
            "{arguments}: {}",
            said.stderr
        );
    }
    project.write("provenance.toml", "");
    assert_eq!(run(project.root(), &words("attest --verify a.json")).status, 2);
}

/// A secret key that others may read is refused, as OpenSSH refuses it.
#[cfg(unix)]
#[test]
fn a_secret_key_for_everybody_is_refused() {
    let project = project();
    fs::set_permissions(project.path("desk"), std::os::unix::fs::PermissionsExt::from_mode(0o644))
        .unwrap();

    let said = run(project.root(), &words("attest drafts/sound.md --sign desk"));

    assert!(said.status == 3 && said.stderr.contains("PE050"), "{}", said.stderr);
}

fn digest(project: &Project, path: &str) -> String {
    Digest::of(&fs::read(project.path(path)).unwrap()).to_string()
}

fn decoded(value: &serde_json::Value) -> Vec<u8> {
    use base64ct::Encoding as _;
    base64ct::Base64::decode_vec(value.as_str().unwrap()).unwrap()
}
