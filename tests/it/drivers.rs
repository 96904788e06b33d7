//! What git does with documents and records once it was told to; what shells get.
//!
//! With the real git, in temporary folders, with none of this machine's settings.
#![expect(clippy::disallowed_methods, reason = "tests prepare and damage files")]
#![expect(clippy::unwrap_used, reason = "a test that cannot prepare its files must fail")]

use crate::program::Said;
use crate::program::program;
use crate::program::run;
use crate::program::told;
use crate::program::words;
use crate::project::Project;
use std::fs;
use std::path::Path;
use std::process::Command;

const TEXT: &str = "The council met on Monday. It signed the seventh deal, and nobody \
    objected.\n\nIt left on Tuesday.\n";
const RECORD: &str = "manifests/a.txt.toml";

/// Git in `folder`, with this program on its path.
fn try_git(folder: &Path, arguments: &[&str]) -> Said {
    let mut command = Command::new("git");
    let here = Path::new(env!("CARGO_BIN_EXE_provenance")).parent().unwrap();
    let path = std::env::join_paths(
        std::iter::once(here.to_owned())
            .chain(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default())),
    );
    command.current_dir(folder).env("HOME", folder).env("PATH", path.unwrap());
    command.env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_CONFIG_GLOBAL", "/dev/null");
    command.args(["-c", "user.name=A. Tester", "-c", "user.email=tester@example.org"]);
    command.args(["-c", "init.defaultBranch=main", "-c", "commit.gpgSign=false"]);
    told(command.args(arguments))
}

fn git(folder: &Path, arguments: &str) -> String {
    let said = try_git(folder, &words(arguments));
    assert_eq!(said.status, 0, "git {arguments}: {}{}", said.stdout, said.stderr);
    said.stdout
}

/// A committed project with the drivers.
fn project() -> Project {
    let project = Project::with(&[("corpus/a.txt", TEXT.as_bytes())]);
    git(project.root(), "init --quiet");
    let said = run(project.root(), &["init", "--git-drivers"]);
    assert_eq!((said.status, said.stderr.as_str()), (0, ""));
    commit(&project, "first");
    project
}

fn commit(project: &Project, message: &str) {
    git(project.root(), "add --all");
    git(project.root(), &format!("commit --quiet --message {message}"));
}

#[test]
fn git_shows_the_sentence_that_changed() {
    let project = project();
    project.write("corpus/a.txt", TEXT.replace("seventh", "fifth"));

    let diff = git(project.root(), "diff");
    let changed = "\n~ It signed the [-seventh-]{+fifth+} deal, and nobody objected.\n";
    assert!(diff.contains(changed) && !diff.contains("Tuesday"), "{diff}");
    let lines = git(project.root(), "diff --no-ext-diff");
    assert!(lines.contains("\n-It signed the seventh deal, and nobody objected.\n"), "{lines}");
    commit(&project, "second");
    let log = git(project.root(), "log -p -1");
    assert!(log.contains("\n+It signed the fifth deal, and nobody objected.\n"), "{log}");
    assert!(!git(project.root(), "diff --stat HEAD~1").is_empty());

    project.write(
        "corpus/a.txt",
        TEXT.replace("seventh", "fifth").replace("and nobody", "and\nnobody"),
    );
    let wrapped = git(project.root(), "diff");
    assert!(wrapped.contains("only blanks, line endings or line breaks differ"), "{wrapped}");
    // Added, removed, renamed, not a text, unsafe for a terminal: git must not die of it.
    fs::rename(project.path("corpus/a.txt"), project.path("corpus/b.txt")).unwrap();
    project.write("corpus/c.txt", b"\xff\xfe\x00\x1b[31m");
    git(project.root(), "add --all");
    let staged = git(project.root(), "diff --cached -M");
    assert!(!staged.contains('\u{1b}') && staged.contains("corpus/b.txt"), "{staged}");
    assert_eq!(
        run(project.root(), &["init", "--git-drivers"]).stdout,
        "everything is there already\n"
    );
}

/// Two branches that each write a record; gives what git's merge said.
fn merged(ours: fn(&str) -> String, theirs: fn(&str) -> String) -> (Project, Said) {
    let project = project();
    let record = project.read(RECORD);
    git(project.root(), "checkout --quiet -b theirs");
    project.write(RECORD, theirs(&record));
    commit(&project, "theirs");
    git(project.root(), "checkout --quiet main");
    project.write(RECORD, ours(&record));
    commit(&project, "ours");
    let said = try_git(project.root(), &["merge", "--quiet", "--no-edit", "theirs"]);
    (project, said)
}

fn titled(record: &str, line: &str) -> String {
    record.replace("kind = \"article\"\n", &format!("kind = \"article\"\n{line}\n"))
}

fn changed(record: &str, day: u8, was: char) -> String {
    let was = was.to_string().repeat(64);
    format!(
        "{record}\n[[history]]\nat = 2025-11-{day:02}T10:00:00Z\nwas = \"sha256:{was}\"\nreason = \"cleanup\"\n"
    )
}

#[test]
fn records_are_merged_by_their_fields() {
    // Neighbouring lines, where a merge of lines sees a conflict.
    let (project, said) = merged(
        |record| titled(record, "title = \"Deal\" # seen"),
        |record| titled(record, "outlet = \"Harbour Wire\""),
    );
    assert_eq!(said.status, 0, "{}{}", said.stdout, said.stderr);
    let record = project.read(RECORD);
    assert!(record.contains("title = \"Deal\" # seen\noutlet = \"Harbour Wire\"\n"), "{record}");
    assert_eq!(project.told(), [""; 0]);
}

#[test]
fn the_histories_of_both_sides_are_kept_in_their_order() {
    let (project, said) =
        merged(|record| changed(record, 12, 'a'), |record| changed(record, 11, 'b'));
    assert_eq!(said.status, 0, "{}{}", said.stdout, said.stderr);
    let record = project.read(RECORD);
    let (first, second) = (record.find("sha256:b").unwrap(), record.find("sha256:a").unwrap());
    assert!(first < second && record.matches("[[history]]").count() == 2, "{record}");
}

#[test]
fn what_both_sides_changed_is_left_to_people() {
    let (project, said) = merged(
        |record| titled(record, "title = \"Ours\"\nlanguage = \"en\""),
        |record| titled(record, "title = \"Theirs\"\nurl = \"https://example.org/\""),
    );
    assert_eq!(said.status, 1, "{}{}", said.stdout, said.stderr);
    let record = project.read(RECORD);
    let marks = [
        "<<<<<<< ours\n",
        "title = \"Ours\"\n",
        "=======\n",
        "title = \"Theirs\"\n",
        ">>>>>>> theirs\n",
    ];
    let places: Vec<_> = marks.iter().map(|mark| record.find(mark)).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{record}");
    // What only one side said is settled.
    assert!(record.contains("url = ") && record.contains("language = "), "{record}");
    assert_eq!(run(project.root(), &["verify"]).status, 2);
}

#[test]
fn a_folder_without_a_repository_is_refused() {
    let said = run(Project::new().root(), &["init", "--git-drivers"]);
    assert!(said.status == 3 && said.stderr.contains("PE021"), "{}", said.stderr);
}

#[test]
fn every_shell_gets_a_script_that_names_every_command() {
    let project = Project::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let said = run(project.root(), &["completions", shell]);
        assert_eq!((said.status, said.stderr.as_str()), (0, ""), "{shell}");
        for command in ["verify", "export", "completions", "--fail-on"] {
            let name = if shell == "fish" { command.trim_start_matches('-') } else { command };
            assert!(said.stdout.contains(name), "{shell}: {command}");
        }
    }
    let script = run(project.root(), &["completions", "bash"]).stdout;
    fs::write(project.path("completions.bash"), script).unwrap();
    let checked = Command::new("bash").arg("-n").arg(project.path("completions.bash")).status();
    // A machine without bash has nothing to check it with.
    assert!(checked.is_err() || checked.unwrap().success());
}

#[test]
fn every_command_has_a_manual_page() {
    let project = Project::new();
    let said = run(project.root(), &["man", "--output", "man1"]);
    assert_eq!((said.status, said.stderr.as_str()), (0, ""));
    for page in ["provenance", "provenance-verify", "provenance-import-bagit", "provenance-man"] {
        let text = project.read(&format!("man1/{page}.1"));
        assert!(text.contains(".SH NAME") && text.contains(".SH SYNOPSIS"), "{page}: {text}");
    }
    assert!(!project.path("man1/provenance-git.1").exists(), "what git calls is not for people");
    assert_eq!(run(project.root(), &["man", "--output", "man1"]).status, 2, "nothing is replaced");
    let again = told(program(project.root()).args(["man", "--output", "again"]));
    assert_eq!(again.status, 0);
    for entry in fs::read_dir(project.path("man1")).unwrap().map(Result::unwrap) {
        let name = entry.file_name();
        assert_eq!(
            fs::read(entry.path()).unwrap(),
            fs::read(project.path("again").join(name)).unwrap()
        );
    }
}
