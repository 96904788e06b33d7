//! The command line as a user meets it: exit status, forms, streams, words.
#![expect(clippy::disallowed_methods, reason = "tests prepare and damage files")]
#![expect(clippy::unwrap_used, reason = "helpers of tests: a failure is a failed test")]

mod hostile;
mod limits;
mod streams;
mod words;

use crate::program::Said;
use crate::program::run;
use crate::program::words;
use crate::project::Project;
use std::fs;

/// A document that no rule finds fault with.
const CLEAN: (&str, &[u8]) = ("corpus/a.txt", b"The council of Port Ellery signed 29 contracts.\n");

/// A text that ends in an embedded manifest of four bytes, which is worth a note.
const NOTED: &str = "The ferry stops.\n\u{feff}\u{e0133}\u{e0122}\u{e0140}\u{e0131}\u{e0144}\
    \u{e0148}\u{e0144}\u{fe00}\u{fe01}\u{fe00}\u{fe00}\u{fe00}\u{fe04}\u{fe00}\u{fe00}\u{fe00}\
    \u{fe04}";

/// A text that is worth a warning.
const WARNED: &str = "The ferry\u{200b} stops.\n";

/// A project whose worst finding has this level.
fn project(level: &str) -> Project {
    let project = Project::with(&[CLEAN]);
    match level {
        "clean" => {}
        "note" => project.write("corpus/b.txt", NOTED),
        "warning" => project.write("corpus/b.txt", WARNED),
        "error" => project.write("corpus/b.txt", "Not on record.\n"),
        _ => unreachable!("a level"),
    }
    if matches!(level, "note" | "warning") {
        project.add("corpus/b.txt");
    }
    project
}

/// Runs a command line in a project.
fn said(project: &Project, line: &str) -> Said {
    run(project.root(), &words(line))
}

/// One row per finding and threshold: is the run a failure?
#[test]
fn findings_fail_the_run_from_the_chosen_level_on() {
    #[rustfmt::skip]
    let cases = [
        // worst      default  note  warning  error
        ("clean",     [0,      0,    0,       0]),
        ("note",      [0,      1,    0,       0]),
        ("warning",   [0,      1,    1,       0]),
        ("error",     [1,      1,    1,       1]),
    ];
    for (level, expected) in cases {
        let project = project(level);
        let lines =
            ["audit", "audit --fail-on note", "audit --fail-on warning", "audit --fail-on error"];
        assert_eq!(lines.map(|line| said(&project, line).status), expected, "{level}");
        let forgiven = lines.map(|line| said(&project, &format!("{line} --exit-zero")).status);
        assert_eq!(forgiven, [0; 4], "{level}");
    }
}

/// What cannot be settled by looking away is never 0.
#[test]
fn schema_and_incomplete_runs_fail_whatever_is_asked() {
    let schema = project("clean");
    schema.edit("manifests/a.txt.toml", "kind = ", "kindly = ");
    let settings = project("clean");
    settings.write("provenance.toml", "[metadata]\nrequires = []\n");
    for asked in ["", " --exit-zero", " --fail-on error", " --format json", " --format jsonl"] {
        for command in ["verify", "audit"] {
            assert_eq!(said(&schema, &format!("{command}{asked}")).status, 2, "{command}{asked}");
            assert_eq!(said(&settings, &format!("{command}{asked}")).status, 2, "{command}{asked}");
        }
    }
    for command in ["list", "show a", "align", "claims", "units"] {
        assert_eq!(said(&settings, command).status, 2, "{command}");
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_read_is_not_clean() {
    use std::os::unix::fs::PermissionsExt;
    let project = project("clean");
    let path = project.path("corpus/a.txt");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(&path).is_ok() {
        // The superuser reads everything.
        return;
    }
    for line in ["verify", "verify --exit-zero", "audit --exit-zero", "units corpus/a.txt"] {
        assert_eq!(said(&project, line).status, 3, "{line}");
    }
}

/// One row per mistake on the command line.
#[test]
fn wrong_use_ends_with_two() {
    #[rustfmt::skip]
    let cases = [
        "", "bogus", "verify --bogus", "verify --fail-on never", "verify --format xml",
        "verify corpus/a.txt", "compare", "compare corpus/a.txt", "compare corpus/a.txt nothing.txt",
        "compare corpus/a.txt corpus", "compare corpus/a.txt corpus/a.txt --published soon",
        "audit nothing.txt", "units nothing.txt", "claims corpus", "explain PV999", "show nothing",
        "add", "add nothing.txt", "add corpus/a.txt", "add corpus/a.txt --kind poem",
        "add corpus/a.txt corpus/b.txt --id b", "retire corpus/a.txt", "retire nothing --reason x",
        "-C nowhere verify", "-C nowhere list", "--color sometimes verify", "init nowhere",
    ];
    let project = project("clean");
    for line in cases {
        let said = said(&project, line);
        assert_eq!(said.status, 2, "{line}: {}", said.stderr);
        assert_eq!(said.stdout, "", "{line}");
        assert_ne!(said.stderr, "", "{line}");
    }
}

/// Results go to stdout and problems to stderr, in every form.
#[test]
fn every_command_writes_every_form() {
    let project = project("error");
    let plain = ["verify", "audit", "audit corpus/b.txt", "compare corpus/a.txt corpus/b.txt"];
    let seen =
        ["align", "claims", "units", "align corpus/a.txt corpus/b.txt", "units corpus/a.txt"];
    for line in plain.into_iter().chain(seen).chain(["list"]) {
        for form in ["", " --format text", " --format json", " --format jsonl"] {
            let said = said(&project, &format!("{line}{form}"));
            assert!(said.status < 2, "{line}{form}: {}", said.stderr);
            assert_eq!(said.stderr, "", "{line}{form}");
            assert_eq!(said.stdout.starts_with('{'), form.contains("json"), "{line}{form}");
        }
    }
}

#[test]
fn another_folder_is_named_with_one_option() {
    let (here, there) = (project("clean"), project("error"));
    let root = there.root().to_str().unwrap();
    for arguments in [["-C", root, "verify"], ["verify", "-C", root], ["verify", "--root", root]] {
        assert_eq!(run(here.root(), &arguments).status, 1, "{arguments:?}");
    }
    let compared = run(here.root(), &["-C", root, "compare", "corpus/a.txt", "corpus/b.txt"]);
    assert_eq!((compared.status, compared.stderr.as_str()), (0, ""));
    there.write("corpus/sub/c.txt", "Not on record either.\n");
    let relative = there.root().file_name().unwrap().to_str().unwrap();
    let above = there.root().parent().unwrap();
    let added = run(above, &["-C", relative, "add", "corpus/b.txt"]);
    assert_eq!((added.status, added.stderr.as_str()), (0, ""));
    let added = run(&there.path("manifests"), &["add", "../corpus/sub/c.txt"]);
    assert_eq!((added.status, added.stderr.as_str()), (0, ""));
    there.write("corpus/d.txt", "Not on record.\n");
    let inside = run(&there.path("corpus"), &["verify"]);
    assert_eq!(inside.status, 1, "the project is found from a folder in it");
}

#[test]
fn a_rule_is_explained_by_code_or_name() {
    let project = project("clean");
    let page = said(&project, "explain PV301");
    assert_eq!((page.status, page.stderr.as_str()), (0, ""));
    assert_eq!(page.stdout, include_str!("../../docs/rules/PV301.md"));
    for name in ["pv301", "figure-differs", "Figure-Differs"] {
        assert_eq!(said(&project, &format!("explain {name}")).stdout, page.stdout, "{name}");
    }
    let all = said(&project, "explain").stdout;
    for info in provenance::finding::RULES {
        assert!(all.lines().any(|line| line.starts_with(info.code)), "{}", info.code);
    }
}

/// The whole way of a new user, by the commands of the README.
#[test]
fn a_corpus_is_made_recorded_checked_and_a_document_retired() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let say = |arguments: &[&str]| {
        let said = run(root, arguments);
        assert_eq!(said.stderr, "", "{arguments:?}");
        (said.status, said.stdout)
    };

    assert_eq!(say(&["init"]).0, 0);
    assert!(say(&["init"]).1.contains("everything is there already"));
    fs::write(root.join("corpus/wire.txt"), CLEAN.1).unwrap();
    assert_eq!(say(&["verify"]).0, 1, "a document without a record");
    let added = say(&["add", "corpus/wire.txt", "--outlet", "Harbour Wire"]);
    assert!(added.1.contains("not known yet"), "{}", added.1);
    assert_eq!(say(&["verify"]).0, 0);
    assert!(say(&["list"]).1.contains("Harbour Wire"));
    assert_eq!(say(&["show", "wire"]), say(&["show", "corpus/wire.txt"]));
    assert_eq!(say(&["fmt", "--check"]).0, 0);
    fs::write(root.join("corpus/wire.txt"), "The council signed 92 contracts.\n").unwrap();
    assert_eq!(say(&["verify"]).0, 1, "changed bytes");
    assert_eq!(say(&["add", "corpus/wire.txt", "--replace", "outlet-correction"]).0, 0);
    assert_eq!(say(&["verify"]).0, 0);
    assert_eq!(say(&["retire", "corpus/wire.txt", "--reason", "withdrawn"]).0, 0);
    assert_eq!(say(&["verify"]).0, 1, "retired and still there");
    fs::remove_file(root.join("corpus/wire.txt")).unwrap();
    assert_eq!(say(&["verify"]).0, 0);
}
