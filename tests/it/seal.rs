//! Seals, signed by the real `ssh-keygen` and read by other programs.
#![expect(clippy::disallowed_methods, reason = "tests prepare and damage files")]
#![expect(clippy::unwrap_used, reason = "a test that cannot prepare its files must fail")]

use crate::keys;
use crate::program::Said;
use crate::program::program;
use crate::program::run;
use crate::program::told;
use crate::program::words;
use crate::project::Project;
use provenance::corpus;
use provenance::corpus::Digest;
use provenance::finding::Rule;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::process::Stdio;

const SUMS: &str = "provenance.sums";
const SIGNATURE: &str = "provenance.sums.sig";

/// A project with two documents, a key `desk`, and a list that allows it.
pub(crate) fn project() -> Project {
    let project = Project::with(&[
        ("corpus/b.txt", b"The ferry runs twice a day.\n"),
        ("corpus/a b.txt", "The fare is 4 crowns, “for now”.\n".as_bytes()),
    ]);
    allow(&project, "desk@a.example KEY");
    project
}

/// Writes the keys, the list of allowed signers and the policy that names it.
pub(crate) fn allow(project: &Project, line: &str) {
    for name in ["desk", "guest"] {
        keys::write(project.root(), name);
    }
    project.write("allowed_signers", line.replace("KEY", &keys::public("desk")) + "\n");
    project.write("provenance.toml", "[seal]\nallowed-signers = \"allowed_signers\"\n");
}

/// The program with these words, which must succeed; gives what it printed.
pub(crate) fn done(project: &Project, arguments: &str) -> String {
    let Said { status, stdout, stderr } = run(project.root(), &words(arguments));
    assert_eq!(status, 0, "{arguments}: {stdout}{stderr}");
    stdout
}

/// Another program in `folder`; gives its exit status and what it printed.
fn other(folder: &Path, name: &str, arguments: &str, input: &str) -> (i32, String) {
    let mut command = Command::new(name);
    command.current_dir(folder).args(words(arguments));
    command.stdin(fs::File::open(folder.join(input)).unwrap());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let said = told(&mut command);
    (said.status, said.stdout + &said.stderr)
}

#[test]
fn others_read_the_list_and_the_signature() {
    let project = project();
    done(&project, "seal --sign desk");

    let (status, said) = other(project.root(), "sha256sum", "-c --strict provenance.sums", SUMS);
    assert_eq!(status, 0, "{said}");
    assert_eq!(said.lines().count(), 4, "two documents and two records: {said}");
    let verify = "-Y verify -f allowed_signers -I desk@a.example -n provenance-seal-v1 -s provenance.sums.sig";
    let (status, said) = other(project.root(), "ssh-keygen", verify, SUMS);
    assert_eq!(status, 0, "{said}");

    let said = done(&project, "verify");
    assert!(said.contains(": 4 files, signed by desk@a.example (SHA256:w0Aqr"), "{said}");
}

/// What OpenSSH says of a signature and of a list is what we say of them.
#[test]
fn ssh_keygen_and_verify_agree() {
    let project = project();
    done(&project, "seal --sign desk");
    #[rustfmt::skip]
    let lists = [
        ("desk@a.example KEY",                                        true),
        ("*@a.example KEY with a comment",                            true),
        ("desk@a.example namespaces=\"provenance-seal-v1\" KEY",      true),
        ("desk@a.example namespaces=\"git,provenance-*\" KEY",        true),
        ("desk@a.example namespaces=\"git\" KEY",                     false),
        ("desk@a.example namespaces=\"*,!provenance-seal-v1\" KEY",   false),
        ("desk@a.example valid-after=\"20200101Z\",valid-before=\"99991231Z\" KEY", true),
        ("desk@a.example valid-after=\"99991231Z\" KEY",              false),
        ("desk@a.example valid-before=\"20200101Z\" KEY",                 false),
        ("desk@a.example cert-authority KEY",                         false),
        ("desk@a.example ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIF8Ut+eZPSpeY963KTi+wlQmOXTNmOU/azipxRMKyDlU", false),
        ("# desk@a.example KEY",                                      false),
    ];
    for (line, good) in lists {
        allow(&project, line);
        let verify = "-Y verify -f allowed_signers -I desk@a.example -n provenance-seal-v1 -s provenance.sums.sig";
        let (status, said) = other(project.root(), "ssh-keygen", verify, SUMS);
        assert_eq!(status == 0, good, "ssh-keygen: {line}: {said}");
        let said = run(project.root(), &["verify"]);
        assert_eq!(said.status == 0, good, "verify: {line}: {}", said.stdout);
    }
}

/// Every kind of key that OpenSSH makes and that is checked here; RSA is refused
/// before anything is written.
#[test]
fn every_kind_of_key_signs_or_is_refused() {
    let project = project();
    let make = |name: &str, kind: &str| {
        let arguments = format!("-q -t {kind} -f {name}");
        let mut command = Command::new("ssh-keygen");
        command.current_dir(project.root()).args(words(&arguments)).args(["-N", "", "-C", name]);
        assert_eq!(told(&mut command).status, 0, "{kind}");
    };
    for kind in ["ed25519", "ecdsa -b 256", "ecdsa -b 384", "ecdsa -b 521"] {
        let name = kind.replace(' ', "");
        make(&name, kind);
        let public = project.read(&format!("{name}.pub"));
        project.write("allowed_signers", format!("desk@a.example {public}"));
        done(&project, &format!("seal --sign {name}"));
        done(&project, "verify");
    }
    let before = (project.read(SUMS), project.read(SIGNATURE));
    make("old", "rsa -b 2048");
    let said = run(project.root(), &words("seal --sign old"));
    assert_eq!(said.status, 3, "{}", said.stdout);
    assert!(said.stderr.contains("PE050") && said.stderr.contains("ssh-rsa"), "{}", said.stderr);
    assert_eq!(before, (project.read(SUMS), project.read(SIGNATURE)));
}

/// A key that only an agent has: the public half is named.
#[cfg(unix)]
#[test]
fn an_agent_signs() {
    let project = project();
    let socket = project.path("agent");
    let started =
        Command::new("ssh-agent").arg("-D").arg("-a").arg(&socket).stdout(Stdio::null()).spawn();
    let Ok(mut agent) = started else { return }; // No agent here: nothing to learn.
    for _ in 0..100 {
        if socket.exists() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    let mut add = Command::new("ssh-add");
    let added = told(add.arg("-q").arg(project.path("desk")).env("SSH_AUTH_SOCK", &socket));
    fs::remove_file(project.path("desk")).unwrap();

    let arguments = words("seal --sign desk.pub");
    let said = told(program(project.root()).args(arguments).env("SSH_AUTH_SOCK", &socket));
    agent.kill().unwrap();
    agent.wait().unwrap();

    assert_eq!((added.status, said.status), (0, 0), "{}{}", said.stdout, said.stderr);
    done(&project, "verify");
}

#[test]
fn a_key_that_is_none_leaves_everything_as_it_was() {
    let project = project();
    done(&project, "seal --sign desk");
    let before = (project.read(SUMS), project.read(SIGNATURE));
    project.write("corpus/c.txt", "New.\n");
    project.add("corpus/c.txt");

    for key in ["nothing", "allowed_signers", "corpus"] {
        let said = run(project.root(), &["seal", "--sign", key]);
        assert_eq!(said.status, 3, "{}", said.stdout);
        assert!(said.stderr.contains("PE050"), "{}", said.stderr);
    }
    let said =
        told(program(project.root()).args(words("seal --sign desk")).env("PATH", "/nowhere"));
    assert!(said.stderr.contains("there is no `ssh-keygen`"), "{}", said.stderr);
    assert_eq!(before, (project.read(SUMS), project.read(SIGNATURE)));
}

#[test]
fn a_corpus_with_errors_is_not_sealed() {
    let project = project();
    project.write("corpus/b.txt", "The ferry runs three times a day.\n");

    let said = run(project.root(), &words("seal --sign desk"));

    assert_eq!(said.status, 1);
    assert!(
        said.stdout.contains("PV001") && said.stdout.contains("\nnot sealed: "),
        "{}",
        said.stdout
    );
    assert!(!project.path(SUMS).exists());
}

/// A new list takes the signatures of the old one away; the same list keeps them.
#[test]
fn a_signature_never_outlives_its_list() {
    let project = project();
    done(&project, "seal --sign desk");
    project.write("provenance.sums.minisig", "a signature");
    done(&project, "seal");
    assert!(project.path(SIGNATURE).exists());

    project.write("corpus/c.txt", "New.\n");
    project.add("corpus/c.txt");
    let said = done(&project, "seal");

    assert!(said.starts_with("removed provenance.sums.sig, "), "{said}");
    assert!(!project.path(SIGNATURE).exists() && !project.path("provenance.sums.minisig").exists());
    assert_eq!(run(project.root(), &["verify"]).status, 0);
}

#[test]
fn timestamps_are_hashed_and_said_to_be_unchecked() {
    let project = project();
    done(&project, "seal");
    project.write("provenance.sums.tsr", "a token");
    project.write("provenance.sums.ots", "a proof");

    let said = run(project.root(), &["verify"]);
    let digest = Digest::of(b"a token");
    let line = format!(
        "not checked: `provenance.sums.tsr`, an RFC 3161 timestamp of 7 bytes (sha256 {}), was not verified",
        digest.short()
    );
    assert!(said.stderr.contains(&line), "{}", said.stderr);

    let said = run(project.root(), &words("verify --format json"));
    let report: serde_json::Value = serde_json::from_str(&said.stdout).unwrap();
    let seal = &report["summary"]["seal"];
    assert_eq!(seal["timestamps"][0]["sha256"], digest.to_string());
    assert_eq!((&seal["files"], seal["timestamps"].as_array().unwrap().len()), (&4.into(), 2));
}

/// A list of signers that lies elsewhere counts alone, and demands a seal.
#[test]
fn a_list_on_the_command_line_counts_alone() {
    let project = project();
    let elsewhere = tempfile::tempdir().unwrap();
    let list = elsewhere.path().join("list");
    fs::write(&list, format!("desk@a.example {}\n", keys::public("desk"))).unwrap();
    let verify = || {
        let said = told(program(project.root()).arg("verify").arg("--allowed-signers").arg(&list));
        (said.status, said.stdout)
    };

    assert!(verify().1.contains("PV013"), "no seal");
    done(&project, "seal");
    assert!(verify().1.contains("PV013"), "no signature");
    // A forger who may write the list in the project.
    project.write("allowed_signers", format!("desk@a.example {}\n", keys::public("guest")));
    done(&project, "seal --sign guest");
    done(&project, "verify");
    let (status, said) = verify();
    assert!(status == 1 && said.contains("PV018"), "{said}");
    done(&project, "seal --sign desk");
    assert_eq!(verify().0, 0);
    project.write("corpus/c.txt", "New.\n");
    project.add("corpus/c.txt");
    let (status, said) = verify();
    assert!(status == 1 && said.contains("does not list `corpus/c.txt` and 1 more, and"), "{said}");

    fs::write(&list, "desk@a.example\n").unwrap();
    assert_eq!(verify().0, 2);
    fs::remove_file(&list).unwrap();
    assert_eq!(verify().0, 2);
}

/// A signature of fixed words by the author of minisign's own library, and what may have become of it.
#[test]
fn minisign_signatures_are_checked() {
    let key = include_str!("../fixtures/minisign/desk.pub").lines().nth(1).unwrap();
    let signature = include_str!("../fixtures/minisign/words.minisig");
    let keys = provenance::signature::MinisignKeys::parse(&[key.to_owned()]).unwrap();
    let none = provenance::signature::MinisignKeys::default();
    let words = include_bytes!("../fixtures/minisign/words");

    assert_eq!(keys.signer(signature, words), Ok(Some(key)));
    assert_eq!(none.signer(signature, words), Ok(None));
    assert!(keys.signer(signature, &words[1..]).is_err());
    assert!(keys.signer(&signature.replace("file:words", "file:others"), words).is_err());
    assert!(keys.signer(&signature[..signature.len() / 2], words).is_err());
    assert!(provenance::signature::MinisignKeys::parse(&[key[1..].to_owned()]).is_err());
}

#[test]
fn a_minisign_signature_by_an_unknown_key_or_of_another_list_is_told() {
    let project = project();
    done(&project, "seal");
    project.write("provenance.sums.minisig", include_str!("../fixtures/minisign/words.minisig"));
    assert!(run(project.root(), &["verify"]).stdout.contains("PV018"));

    let key = include_str!("../fixtures/minisign/desk.pub").lines().nth(1).unwrap();
    project.write("provenance.toml", format!("[seal]\nminisign-keys = [\"{key}\"]\n"));
    assert!(run(project.root(), &["verify"]).stdout.contains("PV017"));
    project.write("provenance.toml", "[seal]\nminisign-keys = [\"KEY\"]\n");
    let said = run(project.root(), &["verify"]);
    assert!(
        said.status == 2 && said.stderr.contains("`KEY` is no public key of minisign"),
        "{}",
        said.stderr
    );
}

/// The library without a clock says that it has none.
#[test]
fn without_a_clock_the_validity_of_keys_is_said_to_be_unchecked() {
    let project = project();
    done(&project, "seal --sign desk");
    let list = format!("d valid-before=\"20200101Z\" {}\n", keys::public("desk"));
    let allowed = provenance::signature::AllowedSigners::parse(&list).unwrap();
    let mut options = corpus::Options::default();
    options.seal.allowed = Some(allowed);

    let verification = corpus::verify(project.root(), &options, &|_, _| {}).unwrap();
    assert_eq!((verification.findings.len(), verification.unchecked.len()), (0, 1));

    options.seal.now = Some(crate::project::NOW);
    let verification = corpus::verify(project.root(), &options, &|_, _| {}).unwrap();
    assert_eq!(verification.findings[0].rule, Rule::SignerNotAllowed);
}

/// Bytes that are no seal at all are told, and nothing stops.
#[test]
fn every_bad_seal_is_a_finding() {
    let project = project();
    done(&project, "seal --sign desk");
    let good = fs::read(project.path(SUMS)).unwrap();
    let twice = [good.as_slice(), &good].concat();
    for bytes in [b"".as_slice(), b"\xff\n", b"\n", &good[..good.len() - 1], &twice, b"\x1b[2J"] {
        project.write(SUMS, bytes);
        let said = run(project.root(), &["verify"]);
        assert_eq!(said.status, 1, "{}{}", said.stdout, said.stderr);
        assert!(
            said.stdout.contains("PV017") && !said.stdout.contains('\u{1b}'),
            "{}",
            said.stdout
        );
    }
    #[cfg(unix)]
    {
        fs::rename(project.path(SUMS), project.path("moved")).unwrap();
        std::os::unix::fs::symlink("moved", project.path(SUMS)).unwrap();
        assert!(run(project.root(), &["verify"]).stdout.contains("is a symbolic link"));
    }
}
