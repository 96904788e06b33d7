//! The text form: how wide it is, and how it is laid out.
#![expect(clippy::unwrap_used, reason = "helpers of tests: a failure is a failed test")]

use crate::project::Project;
use std::path::Path;
use std::process::Command;

/// What the program prints in a folder, when the environment names a width.
fn printed(folder: &Path, arguments: &[&str], columns: &str) -> String {
    let mut program = Command::new(env!("CARGO_BIN_EXE_provenance"));
    program.args(arguments).current_dir(folder).env("COLUMNS", columns);
    String::from_utf8(program.output().unwrap().stdout).unwrap()
}

#[test]
fn text_is_as_wide_as_the_environment_says_within_reason() {
    let project = Project::new();
    let sentence = "The ferry, which has crossed the sound since 1931, will be taken out of \
                    service in April once the new bridge has opened to lorries and buses.\n";
    project.write("a.txt", sentence);
    project.write("b.txt", sentence);

    for (columns, least, most) in [("60", 50, 60), ("9", 30, 40), ("9999", 101, 120)] {
        let text = printed(project.root(), &["compare", "a.txt", "b.txt"], columns);
        let finding = text.split("\n\n").next().unwrap();
        let found = finding.lines().map(|line| line.chars().count()).max().unwrap();
        assert!((least..=most).contains(&found), "{columns}: {found}\n{text}");
    }
}

#[test]
fn days_and_outlets_are_in_line_and_one_long_path_does_not_move_them() {
    let long = format!("corpus/{}.txt", "long-".repeat(14));
    let project =
        Project::with(&[("corpus/a.txt", b"a\n"), ("corpus/kz/004.txt", b"b\n"), (&long, b"c\n")]);

    let text = printed(project.root(), &["list"], "80");

    let expected = format!(
        "\
corpus/a.txt       -           -
corpus/kz/004.txt  -           -
{long}  -           -
3 records
"
    );
    assert_eq!(text, expected);
}
