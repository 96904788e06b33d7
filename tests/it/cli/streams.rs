//! What goes where, and how it looks: pipes, colour, width.

use super::project;
use super::said;
use crate::program::program;
use crate::program::told;
use crate::program::words;
use crate::project::Project;
use std::io::Read;
use std::process::Command;
use std::process::Stdio;
use unicode_width::UnicodeWidthStr;

const ESC: char = '\u{1b}';

/// The root of this repository, whose corpus gives every kind of output.
fn root() -> &'static std::path::Path {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn a_pipe_gets_no_colour_unless_it_is_asked_for() {
    #[rustfmt::skip]
    let cases = [
        ("",                "UNSET",          false),
        ("--color never",   "UNSET",          false),
        ("--color auto",    "NO_COLOR",       false),
        ("--color always",  "UNSET",          true),
        ("--color never",   "CLICOLOR_FORCE", false),
        ("--colour always", "UNSET",          true),
    ];
    for line in ["audit", "verify", "align", "claims", "units", "list", "-C nowhere verify"] {
        for (option, variable, coloured) in cases {
            let line = format!("{option} {line}");
            let mut command = program(root());
            let said = told(command.args(words(&line)).env(variable, "1"));
            let has_colour = said.stdout.contains(ESC) || said.stderr.contains(ESC);
            // A clean check and a list have nothing to colour.
            let plain = line.ends_with("list") || line.ends_with("always verify");
            assert_eq!(has_colour, coloured && !plain, "{line} {variable}");
        }
    }
}

#[test]
fn json_has_no_colour_whatever_is_asked() {
    for form in ["json", "jsonl"] {
        let line = format!("audit --color always --format {form}");
        let said = told(program(root()).args(words(&line)));
        assert!(!said.stdout.contains(ESC), "{line}");
    }
}

#[test]
fn colour_changes_nothing_but_colour() {
    for line in ["audit", "audit --all drafts/weekend-explainer.md", "align", "claims", "units"] {
        let plain = told(program(root()).args(words(line))).stdout;
        let coloured = told(program(root()).args(words(line)).args(["--color", "always"])).stdout;
        let mut shown = String::new();
        for piece in coloured.split(ESC) {
            let rest = piece.strip_prefix('[').and_then(|code| code.split_once('m'));
            shown += rest.map_or(piece, |(_, rest)| rest);
        }
        assert_eq!(shown, plain, "{line}");
    }
}

#[test]
fn excerpts_fit_a_page() {
    let said = told(program(root()).args(["audit", "--all", "drafts/weekend-explainer.md"]));
    for line in said.stdout.lines().filter(|line| line.contains(" | ")) {
        assert!(line.width() <= 100, "{line}");
    }
}

/// A reader such as `head` that has seen enough is no failure.
#[test]
fn a_closed_pipe_is_success() {
    let project = Project::new();
    project.write("long.txt", "The council of Port Ellery signed 29 contracts.\n".repeat(4000));
    for line in [
        "units long.txt",
        "claims long.txt",
        "claims long.txt --format json",
        "units long.txt --format jsonl",
    ] {
        let mut command = program(project.root());
        let mut child = command
            .args(words(line))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut start = [0; 10];
        child.stdout.take().unwrap().read_exact(&mut start).unwrap();
        let ended = child.wait_with_output().unwrap();
        assert_eq!(String::from_utf8(ended.stderr).unwrap(), "", "{line}");
        assert_eq!(ended.status.code(), Some(0), "{line}");
    }
}

/// What could not be written was not delivered.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_not_success() {
    let project = project("clean");
    for line in ["verify", "audit --exit-zero", "list", "explain", "units --format json", "--help"]
    {
        let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
        let mut command = program(project.root());
        let output = command.args(words(line)).stdout(full).output().unwrap();
        assert_eq!(output.status.code(), Some(3), "{line}");
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert!(stderr.contains("error[PE000]: cannot write the output"), "{line}: {stderr}");
    }
}

#[cfg(unix)]
#[test]
fn closed_streams_end_no_run_in_a_panic() {
    let project = project("error");
    for (redirection, expected) in [(">&-", 1), ("2>&-", 1), (">&- 2>&-", 1), ("<&-", 1)] {
        let line = format!("\"$0\" verify {redirection}");
        let mut command = Command::new("sh");
        command.args(["-c", &line, env!("CARGO_BIN_EXE_provenance")]);
        let output = command.current_dir(project.root()).output().unwrap();
        assert_eq!(output.status.code(), Some(expected), "{redirection}");
        assert!(!String::from_utf8_lossy(&output.stderr).contains("panicked"), "{redirection}");
    }
}

#[test]
fn help_and_version_are_results() {
    let project = project("clean");
    for line in ["--help", "-h", "help", "help verify", "audit --help", "--version", "verify -V"] {
        let said = said(&project, line);
        assert_eq!((said.status, said.stderr.as_str()), (0, ""), "{line}");
        assert!(!said.stdout.is_empty(), "{line}");
    }
    let version = said(&project, "--version").stdout;
    assert_eq!(version, format!("provenance {}\n", env!("CARGO_PKG_VERSION")));
}
