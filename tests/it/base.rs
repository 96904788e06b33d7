//! Checks against git: an earlier commit, the index, a commit without a work tree.
//!
//! With the real git, in temporary folders, with none of this machine's settings.
#![expect(clippy::disallowed_methods, reason = "tests prepare and damage files")]
#![expect(clippy::unwrap_used, reason = "a test that cannot prepare its files must fail")]

use crate::program::Said;
use crate::program::program;
use crate::program::run;
use crate::program::told;
use crate::program::words;
use crate::project::NOW;
use crate::project::Project;
use provenance::corpus;
use provenance::corpus::AddRequest;
use provenance::corpus::record::Reason;
use std::fs;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

const DEAL: &str = "corpus/kz/004.txt";
const RECORD: &str = "manifests/kz/004.txt.toml";
const TEXT: &str = "Astana signed\n29 agreements.\n";
const OTHER: &str = "Astana signed\n30 agreements.\n";

/// Git in `folder`, which must succeed; gives what it printed.
pub(crate) fn git(folder: &Path, arguments: &str) -> String {
    let said = told(git_command(folder).args(words(arguments)));
    assert_eq!(said.status, 0, "git {arguments}: {}", said.stderr);
    said.stdout.trim().to_owned()
}

pub(crate) fn git_command(folder: &Path) -> Command {
    let mut command = Command::new("git");
    command.current_dir(folder).env("HOME", folder).env("XDG_CONFIG_HOME", folder);
    command.env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_CONFIG_GLOBAL", "/dev/null");
    for setting in ["user.name=A. Tester", "user.email=tester@example.org"] {
        command.args(["-c", setting]);
    }
    command.args(["-c", "init.defaultBranch=main", "-c", "protocol.file.allow=always"]);
    command.args(["-c", "commit.gpgSign=false"]);
    command
}

pub(crate) fn commit(project: &Project) {
    git(project.root(), "add --all");
    git(project.root(), "commit --quiet --allow-empty --message change");
}

/// A project in a repository with one commit.
fn committed() -> Project {
    let project = Project::with(&[
        (DEAL, TEXT.as_bytes()),
        ("corpus/a.txt", b"One.\n"),
        ("corpus/b.txt", b"Two.\n"),
    ]);
    git(project.root(), "init --quiet");
    commit(&project);
    project
}

/// The same with two replacements in the history of one record.
fn replaced_twice() -> Project {
    let project = committed();
    for (text, reason) in [("First.\n", Reason::Redaction), ("Second.\n", Reason::Recapture)] {
        project.write(DEAL, text);
        let path = DEAL.into();
        // At one moment: in another order, moments are a finding of their own.
        let request = AddRequest { path, replace: Some(reason), ..AddRequest::default() };
        corpus::add(project.root(), &request, NOW).unwrap();
    }
    commit(&project);
    project
}

/// The program in the project, which must succeed.
fn provenance(project: &Project, arguments: &[&str]) {
    let said = run(project.root(), arguments);
    assert_eq!(said.status, 0, "{arguments:?}: {}{}", said.stdout, said.stderr);
}

/// The codes of the rules that `verify` finds in `folder`, and how it ends.
fn verify(folder: &Path, arguments: &str) -> (Vec<String>, i32) {
    let said = run(folder, &[words("verify --format jsonl"), words(arguments)].concat());
    assert_eq!(said.stderr, "", "{arguments}");
    let rules = said.stdout.lines().filter_map(|line| {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        line["rule"].as_str().map(str::to_owned)
    });
    (rules.collect(), said.status)
}

fn assert_clean(folder: &Path, arguments: &str) {
    assert_eq!(verify(folder, arguments), (Vec::new(), 0), "{arguments}");
}

/// How a run that was refused ended: the code and the whole of stderr.
pub(crate) fn refused(folder: &Path, arguments: &str) -> (String, String) {
    let Said { status, stdout, stderr } = run(folder, &words(arguments));
    assert_eq!((status, stdout.as_str()), (3, ""), "{arguments}: {stderr}");
    let code = stderr.split(['[', ']']).nth(1).unwrap().to_owned();
    (code, stderr)
}

/// Removes the record and writes a new one, as a forger would.
fn forge(project: &Project) {
    fs::remove_file(project.path(RECORD)).unwrap();
    project.add(DEAL);
}

/// Takes the history out of a record and puts `entries` of it back.
fn with_history(project: &Project, entries: &[usize]) {
    let record = project.read(RECORD);
    let mut parts = record.split("\n[[history]]\n");
    let head = parts.next().unwrap().to_owned();
    let history: Vec<&str> = parts.collect();
    let chosen: Vec<&str> =
        entries.iter().flat_map(|at| ["\n[[history]]\n", history[*at]]).collect();
    project.write(RECORD, head + &chosen.concat());
}

/// One row per way to change what is on record: what is done, what a plain check
/// finds, what a check against the last commit finds.
#[test]
fn threat_03_every_tamper_is_found_and_no_honest_change() {
    type Step = fn(&Project);
    #[rustfmt::skip]
    let cases: [(&str, Step, &[&str], &[&str]); 22] = [
        ("nothing",                    |_| {},                                                 &[],        &[]),
        ("content only",               |p| p.write(DEAL, OTHER),                               &["PV001"], &["PV001"]),
        ("record only",                |p| rehash(p, OTHER),                                   &["PV001"], &["PV001", "PV010"]),
        ("both, by hand",              |p| { p.write(DEAL, OTHER); rehash(p, OTHER); },        &[],        &["PV010"]),
        ("both, recorded anew",        |p| { p.write(DEAL, OTHER); forge(p); },                &[],        &["PV010", "PV011"]),
        ("both, moved elsewhere",      |p| { p.write(DEAL, OTHER); rehash(p, OTHER); relocate(p); }, &[],  &["PV010"]),
        ("an entry was removed",       |p| with_history(p, &[0]),                              &[],        &["PV011"]),
        ("the first was removed",      |p| with_history(p, &[1]),                              &[],        &["PV011"]),
        ("all were removed",           |p| with_history(p, &[]),                               &[],        &["PV011"]),
        ("entries were reordered",     |p| with_history(p, &[1, 0]),                           &[],        &["PV011"]),
        ("an entry was put between",   |p| with_history(p, &[0, 0, 1]),                        &[],        &["PV011"]),
        ("a reason was changed",       |p| p.edit(RECORD, "\"redaction\"", "\"cleanup\""),     &[],        &["PV011"]),
        ("a record was deleted",       |p| remove(p, "manifests/a.txt.toml"),                  &["PV004"], &["PV004", "PV012"]),
        ("a document was deleted",     |p| remove(p, "corpus/a.txt"),                          &["PV005"], &["PV005"]),
        ("both were deleted",          |p| { remove(p, "corpus/a.txt"); remove(p, "manifests/a.txt.toml"); }, &[], &["PV012"]),
        ("an id was changed",          |p| p.edit(RECORD, "id = \"kz/004\"", "id = \"kz/5\""), &[],        &["PV012"]),
        ("an id was reused",           |p| { remove(p, DEAL); remove(p, RECORD); reuse(p); },  &[],        &["PV010", "PV011"]),
        ("renamed with its record",    relocate,                                               &[],        &[]),
        ("replaced with a reason",     |p| { p.write(DEAL, OTHER); provenance(p, &["add", DEAL, "--replace", "cleanup"]); }, &[], &[]),
        ("retired and removed",        |p| { retire(p); remove(p, DEAL); },                    &[],        &[]),
        ("a new document",             |p| { p.write("corpus/new.txt", "New.\n"); p.add("corpus/new.txt"); }, &[], &[]),
        ("metadata and a comment",     |p| p.edit(RECORD, "kind =", "# Seen.\ntitle = \"T\"\nkind ="), &[],  &[]),
    ];
    for (name, step, plain, against) in cases {
        let project = replaced_twice();
        step(&project);
        let status = |rules: &[&str]| i32::from(!rules.is_empty());
        let expected =
            |rules: &[&str]| (rules.iter().map(ToString::to_string).collect(), status(rules));
        let sorted = |(mut rules, status): (Vec<String>, i32)| {
            rules.sort();
            (rules, status)
        };
        assert_eq!(sorted(verify(project.root(), "")), expected(plain), "{name}");
        assert_eq!(sorted(verify(project.root(), "--base HEAD")), expected(against), "{name}");
        git(project.root(), "add --all");
        assert_eq!(
            sorted(verify(project.root(), "--staged --base HEAD")),
            expected(against),
            "{name}"
        );
        commit(&project);
        let arguments = "--rev HEAD --base HEAD~1";
        assert_eq!(sorted(verify(project.root(), arguments)), expected(against), "{name}");
        assert_eq!(sorted(verify(project.root(), "--rev HEAD")), expected(plain), "{name}");
    }
}

/// Writes the digest of `text` into the record, as a forger would.
fn rehash(project: &Project, text: &str) {
    let own = |key: &str| {
        let record = project.read(RECORD);
        record.lines().find(|line| line.starts_with(key)).unwrap().to_owned()
    };
    let digest = corpus::Digest::of(text.as_bytes());
    project.edit(RECORD, &own("sha256 ="), &format!("sha256 = \"{digest}\""));
    project.edit(RECORD, &own("bytes ="), &format!("bytes = {}", text.len()));
    project.edit(RECORD, &own("text ="), "");
}

fn relocate(project: &Project) {
    let (document, record) = ("corpus/moved.txt", "manifests/moved.txt.toml");
    fs::rename(project.path(DEAL), project.path(document)).unwrap();
    fs::rename(project.path(RECORD), project.path(record)).unwrap();
    project.edit(record, &format!("path = \"{DEAL}\""), &format!("path = \"{document}\""));
}

fn reuse(project: &Project) {
    project.write("corpus/other.txt", OTHER);
    provenance(project, &["add", "corpus/other.txt", "--id", "kz/004"]);
}

fn retire(project: &Project) {
    provenance(project, &["retire", DEAL, "--reason", "withdrawn by the outlet"]);
}

fn remove(project: &Project, path: &str) {
    fs::remove_file(project.path(path)).unwrap();
}

#[test]
fn threat_03_a_tombstone_stays_as_it_is() {
    let project = committed();
    retire(&project);
    remove(&project, DEAL);
    commit(&project);
    let record = project.read(RECORD);

    project.edit(RECORD, "reason = \"withdrawn by the outlet\"", "reason = \"a slip\"");
    assert_eq!(verify(project.root(), "--base HEAD"), (vec!["PV011".to_owned()], 1));

    let (raised, _) = record.split_once("\n[retired]").unwrap();
    project.write(RECORD, raised);
    project.write(DEAL, TEXT);
    assert_eq!(verify(project.root(), "--base HEAD"), (vec!["PV011".to_owned()], 1));
    project.write(RECORD, &record);
    remove(&project, DEAL);
    remove(&project, RECORD);
    assert_eq!(verify(project.root(), "--base HEAD"), (vec!["PV012".to_owned()], 1));
}

#[test]
fn threat_03_the_finding_shows_both_versions_and_the_commands() {
    let project = committed();
    project.write(DEAL, OTHER);
    forge(&project);

    let said =
        told(program(project.root()).args(words("verify --base HEAD")).env("COLUMNS", "120"));

    for part in [
        "error[PV010] hash-replaced: ",
        "--> manifests/kz/004.txt.toml:7:1",
        "= recorded: 29 agreements.",
        "= found:    30 agreements.",
        "git checkout HEAD -- manifests/kz/004.txt.toml",
        "provenance add corpus/kz/004.txt --replace REASON",
        "\nsince HEAD (",
        "): 3 records, 1 changed or gone\n",
    ] {
        assert!(said.stdout.contains(part), "{part}\n{}", said.stdout);
    }
}

/// Following the help to the letter ends in a clean check.
#[test]
fn threat_03_the_advice_works() {
    let project = committed();
    project.write(DEAL, OTHER);
    forge(&project);

    git(project.root(), &format!("checkout HEAD -- {RECORD}"));
    provenance(&project, &["add", DEAL, "--replace", "outlet-correction"]);

    assert_clean(project.root(), "--base HEAD");
}

#[test]
fn a_base_that_cannot_be_read_is_never_taken_for_unchanged() {
    let project = committed();
    let record = project.read(RECORD);
    project.write(RECORD, "not a record");
    commit(&project);
    project.write(RECORD, &record);

    assert_eq!(verify(project.root(), "--base HEAD"), (vec!["PV009".to_owned()], 3));
    assert_clean(project.root(), "--base HEAD~1");
}

#[test]
fn a_merge_of_two_honest_branches_is_clean() {
    let project = committed();
    git(project.root(), "checkout --quiet -b desk");
    project.write(DEAL, OTHER);
    provenance(&project, &["add", DEAL, "--replace", "recapture"]);
    commit(&project);
    git(project.root(), "checkout --quiet main");
    project.write("corpus/new.txt", "New.\n");
    project.add("corpus/new.txt");
    commit(&project);

    git(project.root(), "checkout --quiet desk");
    // `main` has a record that the branch never had: not the same as one removed.
    assert_eq!(verify(project.root(), "--base main"), (vec!["PV012".to_owned()], 1));
    assert_clean(project.root(), "--base main...");
    git(project.root(), "merge --quiet --no-edit main");

    assert_clean(project.root(), "--base main");
    assert_clean(project.root(), "--base HEAD^1");
    assert_clean(project.root(), "--base HEAD^2 --rev HEAD");
}

#[test]
fn the_project_may_be_a_folder_of_the_repository() {
    let project = committed();
    let inner = project.path("desk");
    fs::create_dir(&inner).unwrap();
    provenance(&project, &["-C", "desk", "init"]);
    fs::write(inner.join("corpus/x.txt"), "Inner.\n").unwrap();
    provenance(&project, &["-C", "desk", "add", "corpus/x.txt"]);
    commit(&project);

    assert_clean(&inner, "--staged --base HEAD");
    let said = run(project.root(), &words("-C desk verify --rev HEAD"));
    assert!(said.stdout.starts_with("1 file: 1 verified\n"), "{}", said.stdout);
    assert_clean(&inner, "--base HEAD~1");
}

#[test]
fn what_is_staged_is_checked_and_not_the_files() {
    let project = committed();
    project.write(DEAL, OTHER);
    project.write("corpus/untracked.txt", "New.\n");

    assert_clean(project.root(), "--staged");
    assert_clean(project.root(), "--rev HEAD");
    git(project.root(), "add corpus/kz");
    project.write(DEAL, TEXT);
    assert_eq!(verify(project.root(), "--staged"), (vec!["PV001".to_owned()], 1));
    git(project.root(), "add corpus/kz");
    git(project.root(), "add --intent-to-add corpus/untracked.txt");
    assert_clean(project.root(), "--staged");
}

/// Modes, paths, pointers and collisions that a work tree may not even hold.
#[test]
fn a_commit_is_checked_like_a_folder() {
    let project = committed();
    let root = project.root();
    let blob = |text: &str| {
        project.write("blob", text);
        git(root, "hash-object -w blob")
    };
    let pointer = blob("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n");
    let (link, head) = (blob("a.txt"), git(root, "rev-parse HEAD"));
    remove(&project, "blob");
    for (mode, id, path) in [
        ("100644", &pointer, DEAL),
        ("120000", &link, "corpus/link.txt"),
        ("160000", &head, "corpus/sub"),
        ("100644", &link, "corpus/A.txt"),
        ("100644", &link, "corpus/nul.txt"),
        ("100755", &link, "corpus/run.sh"),
        ("100644", &link, "manifests/a.txt.toml"),
    ] {
        git(root, &format!("update-index --add --cacheinfo {mode},{id},{path}"));
    }
    git(root, "commit --quiet --message strange");

    let expected: Vec<String> =
        ["PV004", "PV022", "PV021", "PV007", "PV020", "PV004", "PV008", "PV024"]
            .map(str::to_owned)
            .into();
    for arguments in ["--staged", "--rev HEAD"] {
        let (mut rules, status) = verify(root, arguments);
        let mut wanted = expected.clone();
        rules.sort();
        wanted.sort();
        assert_eq!((rules, status), (wanted, 2), "{arguments}");
    }
}

#[test]
fn the_policy_is_that_of_the_state() {
    let project = committed();
    project.write("corpus/README.md", "About.\n");
    project.write("provenance.toml", "[corpus]\nexclude = [\"README.md\"]\n");
    commit(&project);
    project.write("provenance.toml", "");

    assert_eq!(verify(project.root(), "").0, ["PV004"]);
    assert_clean(project.root(), "--staged");
    assert_clean(project.root(), "--rev HEAD");
    assert_eq!(verify(project.root(), "--rev HEAD~1"), (Vec::new(), 0));
}

/// The first differing line comes from an earlier commit, when git has one.
#[test]
fn threat_02_the_recorded_bytes_are_found_in_the_past() {
    let project = committed();
    project.write(DEAL, OTHER);
    commit(&project);
    commit(&project);

    for arguments in ["verify", "verify --staged", "verify --rev HEAD"] {
        let said = run(project.root(), &words(arguments));
        assert!(
            said.stdout.contains("= recorded: 29 agreements.\n"),
            "{arguments}\n{}",
            said.stdout
        );
    }
}

/// A clone of `origin` with more arguments.
pub(crate) fn cloned(origin: &Path, arguments: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let origin = origin.to_str().unwrap();
    git(folder.path(), &format!("clone --quiet {arguments} file://{origin} clone"));
    folder
}

#[test]
fn a_bare_repository_is_checked_without_a_work_tree() {
    let project = replaced_twice();
    let folder = cloned(project.root(), "--bare");
    let arguments = "-C clone verify --rev HEAD --base HEAD~1";

    let said = run(folder.path(), &words(arguments));

    assert_eq!(said.status, 0, "{}", said.stderr);
    assert!(said.stdout.starts_with("3 files: 3 verified\n"), "{}", said.stdout);
    let (code, _) = refused(folder.path(), "-C clone verify --staged");
    assert_eq!(code, "PE029");
}

/// Line endings in the work tree are the checkout's affair, not the commit's.
#[test]
fn threat_01_checkout_filters_do_not_reach_blobs() {
    let project = committed();
    project.write(".gitattributes", "");
    commit(&project);
    let folder = cloned(project.root(), "--config core.autocrlf=true");
    let clone = folder.path().join("clone");

    let (rules, status) = verify(&clone, "");
    assert!(rules.contains(&"PV002".to_owned()) && status == 1, "{rules:?}");
    assert_clean(&clone, "--rev HEAD");
    // The index knows that the attributes are missing, and has the right bytes.
    assert_eq!(verify(&clone, "--staged"), (vec!["PV003".to_owned()], 0));
    assert_eq!(verify(&clone, "--staged --base HEAD~0").1, 0);
}

#[test]
fn threat_10_a_shallow_clone_is_refused_with_the_next_step() {
    let project = replaced_twice();
    let folder = cloned(project.root(), "--depth 1");
    let clone = folder.path().join("clone");

    for base in ["HEAD~1", "0123456789012345678901234567890123456789"] {
        let (code, stderr) = refused(&clone, &format!("verify --base {base}"));
        assert_eq!(code, "PE023", "{stderr}");
        assert!(stderr.contains(base), "{stderr}");
        assert!(stderr.contains("git fetch --unshallow"), "{stderr}");
        assert!(stderr.contains("fetch-depth: 0"), "{stderr}");
    }
    assert_clean(&clone, "--base HEAD --rev HEAD");
    git(&clone, "fetch --quiet --unshallow");
    assert_clean(&clone, "--base HEAD~1");
}

/// One row per revision that is none: the code, and what must be said.
#[test]
fn threat_10_an_unknown_revision_is_named() {
    let project = committed();
    let cases = [
        ("verify --base nope", "PE022", "`nope` is no revision of this repository"),
        ("verify --rev nope", "PE022", "`nope` is no revision"),
        ("verify --base nope...", "PE022", "`nope` is no revision"),
        ("verify --base HEAD~9", "PE022", "`HEAD~9` is no revision"),
        ("verify --base HEAD:corpus", "PE022", "`HEAD:corpus` names no commit"),
        ("verify --base origin/main", "PE022", "git fetch origin 'main:refs/remotes/origin/main'"),
        ("verify --base a..b", "PE022", "`a..b`"),
    ];
    for (arguments, code, part) in cases {
        let (found, stderr) = refused(project.root(), arguments);
        assert_eq!(found, code, "{arguments}: {stderr}");
        assert!(stderr.contains(part), "{arguments}: {stderr}");
    }
    git(project.root(), "checkout --quiet --orphan alone");
    project.write("note", "Nothing before this.");
    commit(&project);
    let (code, stderr) = refused(project.root(), "verify --base main...");
    assert_eq!(code, "PE022");
    assert!(stderr.contains("has no commit in common with HEAD"), "{stderr}");
}

#[test]
fn without_a_repository_git_is_not_asked_in_vain() {
    let project = Project::with(&[(DEAL, TEXT.as_bytes())]);

    assert_clean(project.root(), "");
    for arguments in ["verify --base HEAD", "verify --staged", "verify --rev HEAD"] {
        assert_eq!(refused(project.root(), arguments).0, "PE021", "{arguments}");
    }
}

#[test]
fn an_unborn_branch_has_an_index_and_no_commit() {
    let project = Project::with(&[(DEAL, TEXT.as_bytes())]);
    git(project.root(), "init --quiet");
    git(project.root(), "add --all");

    assert_clean(project.root(), "--staged");
    assert_eq!(refused(project.root(), "verify --rev HEAD").0, "PE022");
}

/// Says in the text form and in JSON what a plain check left out, and refuses the rest.
#[test]
fn a_repository_that_git_does_not_open_is_named() {
    let project = committed();
    let config = project.read(".git/config");
    let cases = [
        ("[extensions]\n\tobjectformat = sha256\n", "PE025", "SHA-256"),
        ("[extensions]\n\tpartialclone = origin\n", "PE026", "without --filter"),
        ("[extensions]\n\tunheardof = true\n", "PE030", "unheardof"),
    ];
    for (setting, code, part) in cases {
        let config = config.replace("repositoryformatversion = 0", "repositoryformatversion = 1");
        project.write(".git/config", config + setting);

        let (found, stderr) = refused(project.root(), "verify --base HEAD");
        assert_eq!(found, code, "{stderr}");
        assert!(stderr.contains(part), "{stderr}");
        let plain = run(project.root(), &["verify"]);
        assert_eq!(plain.status, 0);
        assert!(plain.stderr.starts_with("not checked: git attributes"), "{}", plain.stderr);
        assert!(plain.stderr.contains(part), "{}", plain.stderr);
        let lines = run(project.root(), &words("verify --format jsonl"));
        let summary: serde_json::Value =
            serde_json::from_str(lines.stdout.lines().last().unwrap()).unwrap();
        assert!(summary["unchecked"][0].as_str().unwrap().contains(part), "{summary}");
        assert_eq!(lines.stderr, "");
    }
}

/// A clone that git itself made partial.
#[test]
fn a_partial_clone_is_refused() {
    let project = committed();
    git(project.root(), "config uploadpack.allowFilter true");
    let folder = cloned(project.root(), "--bare --filter=blob:none");

    let (code, stderr) = refused(folder.path(), "-C clone verify --rev HEAD");

    assert_eq!(code, "PE026", "{stderr}");
}

#[test]
fn a_real_sha256_repository_is_refused() {
    let project = Project::with(&[(DEAL, TEXT.as_bytes())]);
    let made = told(git_command(project.root()).args(words("init --quiet --object-format=sha256")));
    if made.status != 0 {
        return; // This git is too old for it.
    }
    commit(&project);

    assert_eq!(refused(project.root(), "verify --base HEAD").0, "PE025");
}

/// Only an administrator can give a folder to somebody else.
#[cfg(unix)]
#[test]
fn threat_11_a_repository_of_somebody_else_is_not_trusted() {
    let project = committed();
    let folder = project.root().canonicalize().unwrap();
    let given = |folder: &Path| std::os::unix::fs::chown(folder, Some(4711), Some(4711)).is_ok();
    if !given(&folder.join(".git")) || !given(&folder) {
        return;
    }

    let advice = format!("git config --global --add safe.directory '{}'", folder.to_str().unwrap());
    for arguments in ["verify --base HEAD", "verify --staged", "verify --rev HEAD"] {
        let (code, stderr) = refused(&folder, arguments);
        assert_eq!(code, "PE024", "{stderr}");
        assert!(stderr.contains(&advice), "{stderr}");
    }
    let plain = run(&folder, &["verify"]);
    assert_eq!(plain.status, 0);
    assert!(plain.stderr.contains(&advice), "{}", plain.stderr);

    // The advice, followed, is enough.
    fs::write(folder.join(".gitconfig"), format!("[safe]\n\tdirectory = {}\n", folder.display()))
        .unwrap();
    assert_clean(&folder, "--base HEAD");
}

#[test]
fn a_merge_in_conflict_is_refused() {
    let project = committed();
    git(project.root(), "checkout --quiet -b desk");
    project.write(DEAL, OTHER);
    commit(&project);
    git(project.root(), "checkout --quiet main");
    project.write(DEAL, "Astana signed\n31 agreements.\n");
    commit(&project);
    let merge = told(git_command(project.root()).args(["merge", "desk"]));
    assert_eq!(merge.status, 1);

    let (code, stderr) = refused(project.root(), "verify --staged");

    assert_eq!(code, "PE028");
    assert!(stderr.contains("git add 'corpus/kz/004.txt'"), "{stderr}");
}

/// A lost or damaged object is told per file, and the run does not end with 0 or 1.
#[test]
fn a_blob_that_git_lost_is_not_vouched_for() {
    let project = committed();
    let object = |path: &str| {
        let id = git(project.root(), &format!("rev-parse HEAD:{path}"));
        project.path(&format!(".git/objects/{}/{}", &id[..2], &id[2..]))
    };
    let (document, record) = (object(DEAL), object("manifests/a.txt.toml"));
    let bytes = fs::read(&document).unwrap();
    fs::remove_file(&document).unwrap();

    let lost = (vec!["PV009".to_owned()], 3);
    assert_eq!(verify(project.root(), "--rev HEAD"), lost);
    assert_eq!(verify(project.root(), "--staged"), lost);
    fs::write(&document, &bytes[..bytes.len() / 2]).unwrap();
    assert_eq!(verify(project.root(), "--rev HEAD"), lost, "a truncated blob");
    fs::copy(&record, &document).unwrap_or_else(|_| {
        fs::remove_file(&document).unwrap();
        fs::copy(&record, &document).unwrap()
    });
    assert_eq!(verify(project.root(), "--rev HEAD"), lost, "the bytes of another blob");

    fs::remove_file(&record).unwrap();
    project.write("manifests/a.txt.toml", project.read("manifests/a.txt.toml") + "# Seen.\n");
    assert_eq!(verify(project.root(), "--base HEAD"), lost, "a record of the base");
    let tree = object("manifests");
    fs::remove_file(tree).unwrap();
    assert_eq!(refused(project.root(), "verify --base HEAD").0, "PE030");
}

#[test]
fn the_states_exclude_each_other() {
    let project = committed();

    let said = run(project.root(), &words("verify --staged --rev HEAD"));

    assert_eq!(said.status, 2, "{}", said.stderr);
}
