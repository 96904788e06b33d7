//! The effect of a change on a corpus that is too large to be compared as a whole.

use super::LEDGER;
use super::NOTICE;
use super::WIRE;
use super::before;
use super::change;
use super::json;
use super::replace;
use super::told;
use crate::base::commit;
use crate::base::git;
use crate::program::run;
use crate::program::words;
use crate::project::Project;
use provenance::corpus::record::Reason;
use std::fs;

/// Just too many files.
const FILLERS: usize = 4_001;

/// The usual project with very many short notes beside it, and an index.
fn large() -> Project {
    let project = before();
    fs::create_dir_all(project.path("corpus/notes")).unwrap();
    for number in 0..FILLERS {
        let text = format!("Note {number} of the harbour office.\n");
        fs::write(project.path(&format!("corpus/notes/{number}.txt")), text).unwrap();
    }
    project.write(".gitignore", ".provenance/\n");
    commit(&project);
    index(&project);
    project
}

fn index(project: &Project) {
    let said = run(project.root(), &["index"]);
    assert_eq!((said.status, said.stderr.as_str()), (0, ""));
}

/// What the program cannot tell, and that it says so.
fn refused(project: &Project, arguments: &str) -> String {
    let said = run(project.root(), &words(arguments));
    assert_eq!(said.status, 3, "{}{}", said.stdout, said.stderr);
    said.stderr
}

/// By the index the same is told of a change as by a comparison of everything, whatever
/// the states are.
#[test]
fn an_index_tells_what_a_change_affects() {
    let whole = before();
    change(&whole);
    commit(&whole);
    let (expected, _) = told(&whole, "diff HEAD~1..HEAD");
    let (_, expected) = expected.split_once("\n\n").unwrap();

    let project = large();
    change(&project);
    let rest = |arguments: &str| {
        let (text, status) = told(&project, arguments);
        assert_eq!(status, 0, "{arguments}");
        text.split_once("\n\n").unwrap().1.to_owned()
    };
    assert_eq!(rest("diff"), expected);
    git(project.root(), "add --all");
    assert_eq!(rest("diff --staged"), expected);
    git(project.root(), "commit --quiet --message change");
    assert_eq!(rest("diff HEAD~1..HEAD"), expected);
    // The files of now do not count when two commits are compared.
    replace(&project, LEDGER, "Nothing is left of it.\n", Reason::Recapture);
    assert_eq!(rest("diff HEAD~1..HEAD"), expected);
    index(&project);
    assert_eq!(rest("diff HEAD~1..HEAD"), expected);
}

/// What came after the index is read as well, and what it takes for known is compared
/// with the commit first.
#[test]
fn an_old_index_misses_nothing() {
    let project = large();
    let ledger = project.read(LEDGER);
    replace(&project, NOTICE, &ledger, Reason::Recapture);
    fs::remove_file(project.path(LEDGER)).unwrap();
    fs::remove_file(project.path("manifests/ledger/ferry.txt.toml")).unwrap();
    commit(&project);
    replace(&project, WIRE, &project.read(WIRE).replace("29", "38"), Reason::OutletCorrection);

    let found = json(&project, "diff");
    let others: Vec<&str> = found["agreements"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["other"]["path"].as_str().unwrap())
        .collect();
    assert_eq!(others, [NOTICE], "{found:#}");
}

/// One row per index that cannot tell: nothing is guessed.
#[test]
fn without_a_fitting_index_the_effect_is_not_worked_out() {
    let project = large();
    replace(&project, WIRE, &project.read(WIRE).replace("29", "38"), Reason::OutletCorrection);
    assert_eq!(told(&project, "diff").1, 0);

    project.edit("provenance.toml", "# exclude = [\"README.md\"]", "exclude = [\"README.md\"]");
    let stderr = refused(&project, "diff");
    assert!(stderr.contains("made with other settings"), "{stderr}");
    assert!(stderr.contains("provenance index"), "{stderr}");
    git(project.root(), "checkout --quiet provenance.toml");

    fs::remove_dir_all(project.path(".provenance")).unwrap();
    let stderr = refused(&project, "diff");
    assert!(stderr.contains("there is no index"), "{stderr}");
    assert_eq!(told(&project, "diff --no-effect").1, 0);

    for number in 0..600 {
        fs::remove_file(project.path(&format!("corpus/notes/{number}.txt"))).unwrap();
    }
    index(&project);
    git(project.root(), "checkout --quiet corpus/notes");
    let stderr = refused(&project, "diff");
    assert!(stderr.contains("does not know 600 documents"), "{stderr}");
}
