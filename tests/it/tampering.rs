//! Every way to tamper with a sealed corpus that we know of, and what is said of it.
//!
//! The corpus lies in git and is sealed; its twin is changed as honest people change
//! it. Nothing tampered may pass, and nothing honest may be found.
#![expect(clippy::disallowed_methods, reason = "tests prepare and damage files")]
#![expect(clippy::unwrap_used, reason = "a test that cannot prepare its files must fail")]

use crate::base::commit;
use crate::base::git;
use crate::keys;
use crate::pin::pin;
use crate::program::run;
use crate::program::words;
use crate::project::Project;
use crate::seal::allow;
use crate::seal::done;
use provenance::corpus::Digest;
use rayon::prelude::*;
use std::fmt::Write as _;
use std::fs;

const DOC: &str = "corpus/kz/004.txt";
const RECORD: &str = "manifests/kz/004.txt.toml";
const TEXT: &str = "Astana signed\n29 agreements.\n";
const OTHER: &str = "Astana signed\n92 agreements.\n";
const SUMS: &str = "provenance.sums";
const SIGNATURE: &str = "provenance.sums.sig";

/// A check that demands a seal by somebody on a list that the forger cannot reach.
const STRICT: &str = "--allowed-signers ../list";

/// One way to change the corpus.
type Step = fn(&Project);

/// What is done, and how.
type Way = (&'static str, Step);

/// A sealed project in a folder of a repository, so that the list of signers can lie
/// out of its reach; with a document that was replaced twice.
fn sealed() -> (tempfile::TempDir, Project) {
    let outer = tempfile::tempdir().unwrap();
    let project = Project::at(outer.path().join("project"));
    for (path, text) in [(DOC, "Draft.\n"), ("corpus/a.txt", "One.\n"), ("corpus/b.txt", "Two.\n")]
    {
        project.write(path, text);
        project.add(path);
    }
    for (text, reason) in [("Second draft.\n", "redaction"), (TEXT, "recapture")] {
        project.write(DOC, text);
        done(&project, &format!("add {DOC} --replace {reason}"));
    }
    project.edit(RECORD, "kind =", "outlet = \"Harbour Wire\"\npublished = 2025-11-06\nkind =");
    done(&project, "fmt");
    allow(&project, "desk@a.example KEY");
    let list = format!("desk@a.example {}\n", keys::public("desk"));
    fs::write(outer.path().join("list"), list).unwrap();
    git(project.root(), "init --quiet");
    project.write(".gitignore", "/desk\n/guest\n");
    seal(&project);
    commit(&project);
    (outer, project)
}

fn seal(project: &Project) {
    done(project, "seal --sign desk");
}

fn remove(project: &Project, path: &str) {
    fs::remove_file(project.path(path)).unwrap();
}

fn rename(project: &Project, from: &str, to: &str) {
    fs::create_dir_all(project.path(to).parent().unwrap()).unwrap();
    fs::rename(project.path(from), project.path(to)).unwrap();
}

/// The line of the record that begins with `key`.
fn own(project: &Project, key: &str) -> String {
    let record = project.read(RECORD);
    record.lines().find(|line| line.starts_with(key)).unwrap().to_owned()
}

/// Writes other bytes, and their digest into the record, as a forger would.
fn forge(project: &Project, text: &str) {
    project.write(DOC, text);
    project.edit(
        RECORD,
        &own(project, "sha256 ="),
        &format!("sha256 = \"{}\"", Digest::of(text.as_bytes())),
    );
    project.edit(RECORD, &own(project, "bytes ="), &format!("bytes = {}", text.len()));
    project.edit(RECORD, &own(project, "text ="), "");
}

/// Puts the digests of now into the list of the seal.
fn forge_list(project: &Project) {
    let mut text = String::new();
    for line in project.read(SUMS).lines() {
        let (_, path) = line.split_once("  ").unwrap();
        writeln!(text, "{}  {path}", Digest::of(&fs::read(project.path(path)).unwrap())).unwrap();
    }
    project.write(SUMS, text);
}

/// Takes the history out of the record and puts these entries of it back.
fn with_history(project: &Project, entries: &[usize]) {
    let record = project.read(RECORD);
    let mut parts = record.split("\n[[history]]\n");
    let head = parts.next().unwrap().to_owned();
    let history: Vec<&str> = parts.collect();
    let chosen: Vec<&str> =
        entries.iter().flat_map(|at| ["\n[[history]]\n", history[*at]]).collect();
    project.write(RECORD, head + &chosen.concat());
}

/// The file of the object that git calls by this name.
fn object(project: &Project, name: &str) -> std::path::PathBuf {
    let id = git(project.root(), &format!("rev-parse {name}"));
    project.path(&format!(".git/objects/{}/{}", &id[..2], &id[2..]))
}

/// Cuts the object off in the middle.
fn cut(project: &Project, name: &str) {
    let path = object(project, name);
    let bytes = fs::read(&path).unwrap();
    fs::remove_file(&path).unwrap();
    fs::write(path, &bytes[..bytes.len() / 2]).unwrap();
}

fn sign_by_hand(project: &Project, key: &str, namespace: &str) {
    remove(project, SIGNATURE);
    let arguments = format!("-q -Y sign -f {key} -n {namespace} {SUMS}");
    let mut command = std::process::Command::new("ssh-keygen");
    let said = crate::program::told(command.current_dir(project.root()).args(words(&arguments)));
    assert_eq!(said.status, 0, "{}", said.stderr);
}

#[rustfmt::skip]
const WAYS: &[Way] = &[
    ("a figure in a document is changed",              |p| p.write(DOC, OTHER)),
    ("a byte is appended",                             |p| p.write(DOC, format!("{TEXT} "))),
    ("a document is cut off",                          |p| p.write(DOC, &TEXT[..20])),
    ("a document is emptied",                          |p| p.write(DOC, "")),
    ("line endings are rewritten",                     |p| p.write(DOC, TEXT.replace('\n', "\r\n"))),
    ("a byte order mark is put in front",              |p| p.write(DOC, format!("\u{feff}{TEXT}"))),
    ("a document is encoded anew",                     |p| p.write(DOC, TEXT.bytes().flat_map(|byte| [byte, 0]).collect::<Vec<u8>>())),
    ("a character that nobody sees is put in",         |p| p.write(DOC, TEXT.replace("29", "2\u{200b}9"))),
    ("two documents change places",                    |p| { rename(p, DOC, "corpus/c"); rename(p, "corpus/a.txt", DOC); rename(p, "corpus/c", "corpus/a.txt"); }),
    ("a git-LFS pointer takes its place",              |p| p.write(DOC, format!("version https://git-lfs.github.com/spec/v1\noid sha256:{}\nsize 29\n", Digest::of(TEXT.as_bytes())))),
    ("the recorded hash is changed",                   |p| p.edit(RECORD, &own(p, "sha256 ="), &format!("sha256 = \"{}\"", Digest::of(b"x")))),
    ("the recorded size is changed",                   |p| p.edit(RECORD, &own(p, "bytes ="), "bytes = 28")),
    ("the outlet is changed",                          |p| p.edit(RECORD, "Harbour Wire", "Steppe Courier")),
    ("the date of publication is changed",             |p| p.edit(RECORD, "2025-11-06", "2025-11-05")),
    ("the id is changed",                              |p| p.edit(RECORD, "id = \"kz/004\"", "id = \"kz/5\"")),
    ("a record is removed",                            |p| remove(p, RECORD)),
    ("a record is made unreadable",                    |p| p.write(RECORD, "\u{0}")),
    ("a record is copied to another place",            |p| { let record = p.read(RECORD); p.write("manifests/kz/005.txt.toml", record); }),
    ("a record names a path outside",                  |p| p.edit(RECORD, "path = \"corpus/", "path = \"../corpus/")),
    ("a record names itself twice",                    |p| p.edit(RECORD, "schema = 1", "schema = 1\nschema = 1")),
    ("document and record are edited together",        |p| forge(p, OTHER)),
    ("both are recorded anew",                         |p| { p.write(DOC, OTHER); remove(p, RECORD); p.add(DOC); }),
    ("both are edited, and the list of the seal too",  |p| { forge(p, OTHER); forge_list(p); }),
    ("both are edited, and sealed without a signature", |p| { forge(p, OTHER); done(p, "seal"); }),
    ("both are edited, and sealed by a stranger",      |p| { forge(p, OTHER); done(p, "seal --sign guest"); }),
    ("the same, and the stranger is put on the list",  |p| { forge(p, OTHER); p.write("allowed_signers", format!("desk@a.example {}\n", keys::public("guest"))); done(p, "seal --sign guest"); }),
    ("the policy is emptied, and the seal not signed", |p| { forge(p, OTHER); p.write("provenance.toml", ""); done(p, "seal"); }),
    ("both are removed",                               |p| { remove(p, DOC); remove(p, RECORD); }),
    ("both are moved, and the text is edited",         |p| { forge(p, OTHER); rename(p, DOC, "corpus/m.txt"); rename(p, RECORD, "manifests/m.txt.toml"); p.edit("manifests/m.txt.toml", DOC, "corpus/m.txt"); }),
    ("an entry of the history is removed",             |p| with_history(p, &[1])),
    ("all entries are removed",                        |p| with_history(p, &[])),
    ("entries change places",                          |p| with_history(p, &[1, 0])),
    ("the reason in an entry is changed",              |p| p.edit(RECORD, "\"redaction\"", "\"cleanup\"")),
    ("a document is renamed",                          |p| rename(p, DOC, "corpus/kz/005.txt")),
    ("a twin in other letter case is put beside it",   |p| { p.write("corpus/kz/004.TXT", OTHER); p.add("corpus/kz/004.TXT"); }),
    ("a twin in another Unicode form is put in",       |p| { p.write("corpus/é.txt", "x"); p.write("corpus/e\u{301}.txt", "y"); }),
    ("a file without a record is put in",              |p| p.write("corpus/kz/006.txt", OTHER)),
    ("a file with a device's name is put in",          |p| p.write("corpus/nul.txt", OTHER)),
    ("a document is slipped in with its record",       |p| { p.write("corpus/kz/006.txt", OTHER); p.add("corpus/kz/006.txt"); }),
    ("a repository is put into the corpus",            |p| { fs::create_dir(p.path("corpus/in")).unwrap(); git(&p.path("corpus/in"), "init --quiet"); p.write("corpus/in/a.txt", "x"); }),
    ("a document is excluded, and its record removed", |p| { p.edit("provenance.toml", "[seal]", "[corpus]\nexclude = [\"kz\"]\n[seal]"); remove(p, RECORD); }),
    ("a document is retired without a word to anybody", |p| { done(p, &format!("retire {DOC} --reason x")); remove(p, DOC); }),
    ("a link to the same bytes takes its place",       |p| { rename(p, DOC, "copy"); link("../../copy", &p.path(DOC)); }),
    ("a folder becomes a link",                        |p| { rename(p, "corpus/kz", "kz"); link("../kz", &p.path("corpus/kz")); }),
    ("a line of the seal is changed",                  |p| p.edit(SUMS, &Digest::of(TEXT.as_bytes()).to_string(), &Digest::of(OTHER.as_bytes()).to_string())),
    ("a line of the seal is removed",                  |p| { let sums = p.read(SUMS); p.write(SUMS, sums.split_inclusive('\n').skip(1).collect::<String>()); }),
    ("a line of the seal is there twice",              |p| { let sums = p.read(SUMS); let first = sums.split_inclusive('\n').next().unwrap(); p.write(SUMS, format!("{first}{sums}")); }),
    ("the seal is cut off",                            |p| { let sums = p.read(SUMS); p.write(SUMS, &sums[..sums.len() - 9]); }),
    ("the seal is removed",                            |p| remove(p, SUMS)),
    ("the seal and its signature are removed",         |p| { remove(p, SUMS); remove(p, SIGNATURE); }),
    ("the seal becomes a link",                        |p| { rename(p, SUMS, "copy"); link("copy", &p.path(SUMS)); }),
    ("the signature is removed",                       |p| remove(p, SIGNATURE)),
    ("the signature is cut off",                       |p| { let armour = p.read(SIGNATURE); p.write(SIGNATURE, &armour[..armour.len() / 2]); }),
    ("the signature is that of an older seal",         |p| { rename(p, SIGNATURE, "old"); p.write("corpus/c.txt", "Three.\n"); p.add("corpus/c.txt"); done(p, "seal"); rename(p, "old", SIGNATURE); }),
    ("the signature was made for a commit",            |p| sign_by_hand(p, "desk", "git")),
    ("the signature is a stranger's",                  |p| sign_by_hand(p, "guest", "provenance-seal-v1")),
];

/// What happens to the repository itself; the state of `HEAD` is checked.
#[rustfmt::skip]
const IN_GIT: &[Way] = &[
    ("a blob is lost",                  |p| remove_object(p, &format!("HEAD:{DOC}"))),
    ("a blob is cut off",               |p| cut(p, &format!("HEAD:{DOC}"))),
    ("a blob has another's bytes",      |p| { let other = object(p, "HEAD:corpus/a.txt"); let own = object(p, &format!("HEAD:{DOC}")); fs::remove_file(&own).unwrap(); fs::copy(other, own).unwrap(); }),
    ("a record's blob is cut off",      |p| cut(p, &format!("HEAD:{RECORD}"))),
    ("the seal's blob is cut off",      |p| cut(p, &format!("HEAD:{SUMS}"))),
    ("the policy's blob is cut off",    |p| cut(p, "HEAD:provenance.toml")),
    ("a tree is lost",                  |p| remove_object(p, "HEAD:manifests")),
    ("a tree is cut off",               |p| cut(p, "HEAD:manifests")),
    ("the commit is cut off",           |p| cut(p, "HEAD")),
    ("the commit is emptied",           |p| { let path = object(p, "HEAD"); fs::remove_file(&path).unwrap(); fs::write(path, "").unwrap(); }),
    ("the commit is lost",              |p| remove_object(p, "HEAD")),
];

/// What honest people do: nothing may be found.
#[rustfmt::skip]
const HONEST: &[Way] = &[
    ("nothing",                                        |_| {}),
    ("a document is added and everything sealed",      |p| { p.write("corpus/c.txt", "Three.\n"); p.add("corpus/c.txt"); seal(p); }),
    ("a document is corrected with a reason, sealed",  |p| { p.write(DOC, OTHER); done(p, &format!("add {DOC} --replace outlet-correction")); seal(p); }),
    ("a document is retired and removed, sealed",      |p| { done(p, &format!("retire {DOC} --reason withdrawn")); remove(p, DOC); seal(p); }),
    ("a document is moved with its record, sealed",    |p| { rename(p, DOC, "corpus/m.txt"); rename(p, RECORD, "manifests/m.txt.toml"); p.edit("manifests/m.txt.toml", DOC, "corpus/m.txt"); seal(p); }),
    ("the outlet is corrected, sealed",                |p| { p.edit(RECORD, "Harbour Wire", "Steppe Courier"); seal(p); }),
    ("a comment is put into a record, sealed",         |p| { p.edit(RECORD, "kind =", "# Seen.\nkind ="); seal(p); }),
    ("everything is sealed again",                     seal),
    ("the list allows the key for seals only",         |p| allow(p, "desk@a.example namespaces=\"provenance-seal-v1\" KEY")),
    ("files are touched and not changed",              |p| { let text = p.read(DOC); remove(p, DOC); p.write(DOC, text); }),
    ("notes lie beside the corpus",                    |p| p.write("notes/plan.txt", "Ask the ministry.\n")),
];

fn remove_object(project: &Project, name: &str) {
    fs::remove_file(object(project, name)).unwrap();
}

#[cfg(unix)]
fn link(target: &str, path: &std::path::Path) {
    std::os::unix::fs::symlink(target, path).unwrap();
}

/// The codes that `verify` finds, sorted, and how it ends; an error counts as one.
fn verdict(project: &Project, arguments: &str) -> String {
    let said = run(project.root(), &[words("verify --format jsonl"), words(arguments)].concat());
    let mut codes: Vec<String> = said
        .stdout
        .lines()
        .filter_map(|line| {
            let line: serde_json::Value = serde_json::from_str(line).unwrap();
            line["rule"].as_str().map(str::to_owned)
        })
        .collect();
    codes.extend(said.stderr.strip_prefix("error[").map(|error| error[..5].to_owned()));
    codes.sort();
    codes.dedup();
    format!(
        "{:<24} {}",
        if codes.is_empty() { "-".to_owned() } else { codes.join(" ") },
        said.status
    )
}

/// A row for each of `ways`: what each check finds.
fn table(ways: &[Way], checks: &[&str]) -> Vec<(String, Vec<String>)> {
    ways.par_iter()
        .map(|(name, step)| {
            let (_outer, project) = sealed();
            step(&project);
            (name.to_string(), checks.iter().map(|check| verdict(&project, check)).collect())
        })
        .collect()
}

#[cfg(unix)]
#[test]
fn nothing_tampered_passes_and_nothing_honest_is_found() {
    let checks = ["", &format!("--base HEAD {STRICT}")];
    let tampered = table(WAYS, &checks);
    let in_git = table(IN_GIT, &["--rev HEAD"]);
    let honest = table(HONEST, &checks);

    let mut page = String::from(
        "way to tamper                                       | verify                     | verify --base HEAD --allowed-signers LIST\n",
    );
    for (name, said) in &tampered {
        writeln!(page, "{name:<51} | {:<26} | {}", said[0], said[1]).unwrap();
    }
    page.push_str("\nin the repository                                   | verify --rev HEAD\n");
    for (name, said) in &in_git {
        writeln!(page, "{name:<51} | {}", said[0]).unwrap();
    }
    page.push_str("\nhonest change                                       | verify                     | verify --base HEAD --allowed-signers LIST\n");
    for (name, said) in &honest {
        writeln!(page, "{name:<51} | {:<26} | {}", said[0], said[1]).unwrap();
    }
    let passed = |said: &String| said.ends_with(" 0");
    let missed =
        tampered.iter().chain(&in_git).filter(|(_, said)| passed(said.last().unwrap())).count();
    let wrong =
        honest.iter().filter(|(_, said)| !said.iter().all(|said| said.starts_with("- "))).count();
    writeln!(
        page,
        "\n{} ways to tamper, {missed} missed; {} honest changes, {wrong} found without cause",
        tampered.len() + in_git.len(),
        honest.len()
    )
    .unwrap();
    pin(
        "fixity",
        "tampering",
        "Is every way to tamper found, by the rule that a reader would expect, and no honest change?",
        &page,
    );
    assert_eq!((missed, wrong), (0, 0));
}
