//! What git cannot tell ends a review with 3 and the next step, never with "no changes".

use super::BRIEF;
use super::NOTICE;
use super::before;
use super::change;
use super::replace;
use crate::base::cloned;
use crate::base::commit;
use crate::base::git;
use crate::base::git_command;
use crate::base::refused;
use crate::program::run;
use crate::program::told;
use crate::program::words;
use crate::project::Project;
use provenance::corpus::record::Reason;
use std::fs;
use std::path::PathBuf;

/// One row per revision that is none, and per state that cannot be had.
#[test]
fn what_is_no_state_is_named() {
    let project = before();
    git(project.root(), "checkout --quiet --orphan alone");
    project.write("note", "Nothing before this.");
    commit(&project);
    #[rustfmt::skip]
    let cases = [
        ("diff nope",               "PE022", "`nope` is no revision"),
        ("diff nope..HEAD",         "PE022", "`nope` is no revision"),
        ("diff HEAD..nope",         "PE022", "`nope` is no revision"),
        ("diff origin/main...",     "PE022", "git fetch origin 'main:refs/remotes/origin/main'"),
        ("diff HEAD~9",             "PE022", "`HEAD~9` is no revision"),
        ("diff HEAD:corpus",        "PE022", "names no commit"),
        ("diff main...alone",       "PE022", "without a common commit"),
        ("diff main...",            "PE022", "no commit in common with HEAD"),
    ];
    for (arguments, code, part) in cases {
        let (found, stderr) = refused(project.root(), arguments);
        assert_eq!(found, code, "{arguments}: {stderr}");
        assert!(stderr.contains(part) && stderr.contains("help:"), "{arguments}: {stderr}");
    }
    for arguments in ["diff main..alone --staged", "diff main..alone main", "diff a b c"] {
        let said = run(project.root(), &words(arguments));
        assert_eq!((said.status, said.stdout.as_str()), (2, ""), "{arguments}: {}", said.stderr);
    }
}

#[test]
fn without_a_commit_there_is_nothing_to_compare_with() {
    let project = Project::with(&[(BRIEF, b"A note.\n")]);
    assert_eq!(refused(project.root(), "diff").0, "PE021");
    git(project.root(), "init --quiet");
    git(project.root(), "add --all");

    for arguments in ["diff", "diff --staged"] {
        let (code, stderr) = refused(project.root(), arguments);
        assert_eq!(code, "PE022", "{stderr}");
        assert!(stderr.contains("`HEAD` names no commit yet"), "{stderr}");
    }
}

#[test]
fn clones_that_lack_a_part_say_which() {
    let project = before();
    change(&project);
    commit(&project);
    git(project.root(), "config uploadpack.allowFilter true");

    let shallow = cloned(project.root(), "--depth 1");
    for arguments in ["-C clone diff HEAD~1", "-C clone diff HEAD~1..HEAD"] {
        let (code, stderr) = refused(shallow.path(), arguments);
        assert_eq!(code, "PE023", "{stderr}");
        assert!(stderr.contains("git fetch --unshallow"), "{stderr}");
    }
    let partial = cloned(project.root(), "--bare --filter=blob:none");
    let (code, stderr) = refused(partial.path(), "-C clone diff HEAD~1..HEAD");
    assert_eq!(code, "PE026", "{stderr}");
}

#[test]
fn a_bare_repository_is_compared_without_a_work_tree() {
    let project = before();
    change(&project);
    commit(&project);
    let folder = cloned(project.root(), "--bare");

    let here = run(project.root(), &words("diff HEAD~1..HEAD"));
    let bare = run(folder.path(), &words("-C clone diff HEAD~1..HEAD"));

    assert_eq!(bare.stderr, "");
    assert_eq!((bare.stdout, bare.status), (here.stdout, here.status));
    for arguments in ["-C clone diff HEAD~1", "-C clone diff --staged"] {
        let (code, stderr) = refused(folder.path(), arguments);
        assert!(["PE001", "PE029"].contains(&code.as_str()), "{stderr}");
    }
}

/// The object of git's that `name` is.
fn object(project: &Project, name: &str) -> PathBuf {
    let id = git(project.root(), &format!("rev-parse {name}"));
    let path = project.path(&format!(".git/objects/{}/{}", &id[..2], &id[2..]));
    // Git writes its objects without leave to write.
    let bytes = fs::read(&path).unwrap();
    fs::remove_file(&path).unwrap();
    fs::write(&path, bytes).unwrap();
    path
}

/// An object that was cut off, in each of the places where git is asked for one.
#[test]
fn a_cut_off_object_is_told_and_nothing_hangs() {
    let names = [
        "HEAD~1",
        "HEAD",
        "HEAD~1^{tree}",
        "HEAD^{tree}",
        "HEAD:corpus",
        "HEAD~1:manifests",
        "HEAD:corpus/wire/ferry.txt",
        "HEAD~1:manifests/wire/ferry.txt.toml",
    ];
    for name in names {
        let project = before();
        change(&project);
        commit(&project);
        let base = git(project.root(), "rev-parse HEAD~1");
        let path = object(&project, name);
        let bytes = fs::read(&path).unwrap();
        fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();

        let (code, stderr) = refused(project.root(), &format!("diff {base}..main"));
        assert_eq!(code, "PE030", "{name}: {stderr}");
        fs::remove_file(&path).unwrap();
        let (code, stderr) = refused(project.root(), &format!("diff {base}..main"));
        assert!(["PE030", "PE022"].contains(&code.as_str()), "{name}: {stderr}");
    }
}

#[test]
fn a_merge_in_conflict_is_refused() {
    let project = before();
    git(project.root(), "checkout --quiet -b desk");
    replace(&project, NOTICE, "The pier is open.\n", Reason::Recapture);
    commit(&project);
    git(project.root(), "checkout --quiet main");
    replace(&project, NOTICE, "The pier is shut.\n", Reason::Recapture);
    commit(&project);
    let merge = told(git_command(project.root()).args(["merge", "desk"]));
    assert_eq!(merge.status, 1);

    assert_eq!(refused(project.root(), "diff").0, "PE028");
    assert_eq!(refused(project.root(), "diff --staged").0, "PE028");
}

#[test]
fn a_real_sha256_repository_is_refused() {
    let project = Project::with(&[(BRIEF, b"A note.\n")]);
    let made = told(git_command(project.root()).args(words("init --quiet --object-format=sha256")));
    if made.status != 0 {
        return; // This git is too old for it.
    }
    commit(&project);

    assert_eq!(refused(project.root(), "diff HEAD").0, "PE025");
}

/// What is no document is named as not compared, and the run does not end with 0.
#[test]
fn what_is_no_file_is_named() {
    let project = before();
    let inner = project.path("corpus/inner");
    fs::create_dir_all(&inner).unwrap();
    git(&inner, "init --quiet");
    git(&inner, "commit --quiet --allow-empty --message inner");
    commit(&project);

    let said = run(project.root(), &words("diff HEAD~1..HEAD --no-effect"));
    assert!(said.stdout.contains("not compared: it is a submodule"), "{}", said.stdout);

    let project = before();
    #[cfg(unix)]
    std::os::unix::fs::symlink("/etc", project.path("corpus/link")).unwrap();
    let said = run(project.root(), &words("diff --no-effect"));
    assert!(said.stdout.contains("not compared: it is a symbolic link"), "{}", said.stdout);
}

/// The project may be a folder of the repository, and files beside it do not count.
#[test]
fn the_project_may_be_a_folder_of_the_repository() {
    let project = Project::new();
    let inner = project.path("desk");
    provenance::corpus::init(&inner).unwrap();
    git(project.root(), "init --quiet");
    commit(&project);
    fs::write(inner.join("corpus/a.txt"), "One.\n").unwrap();
    fs::write(project.path("corpus/b.txt"), "Two.\n").unwrap();

    for state in ["diff", "diff --staged", "diff HEAD~1..HEAD"] {
        let said = run(&inner, &words(state));
        assert!(
            said.stdout.contains("corpus/a.txt: added"),
            "{state}: {}{}",
            said.stdout,
            said.stderr
        );
        assert!(!said.stdout.contains("b.txt"), "{state}: {}", said.stdout);
        git(project.root(), "add --all");
        if state != "diff" {
            commit(&project);
        }
    }
}
