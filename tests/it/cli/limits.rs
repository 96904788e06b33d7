//! Strange input: empty, huge, repeated, not text, not a file.

use super::project;
use super::said;
use crate::program::program;
use crate::program::run;
use crate::program::words;
use crate::project::Project;
use provenance::PARAPHRASED_MAX;
use serde_json::Value;
use std::time::Duration;
use std::time::Instant;

/// What no command may take for any of these inputs, even where the machine is busy:
/// a tenth is usual, and growth with the square would take minutes.
const TIME_MAX: Duration = Duration::from_secs(20);

/// Runs a command that must end soon and in order.
fn swift(project: &Project, line: &str, what: &str) {
    let started = Instant::now();
    let output = program(project.root()).args(words(line)).output().unwrap();
    assert!(started.elapsed() < TIME_MAX, "{line} of {what} took {:?}", started.elapsed());
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.code().is_some_and(|code| code < 3), "{line}: {stderr}");
}

#[test]
fn nothing_to_read_is_no_failure() {
    let project = Project::with(&[("corpus/empty.txt", b""), ("corpus/blank.txt", b"\n\n \n")]);
    for line in [
        "verify",
        "audit",
        "compare corpus/empty.txt corpus/empty.txt",
        "compare corpus/empty.txt corpus/blank.txt",
        "align",
        "claims",
        "units",
        "claims corpus/empty.txt --format json",
    ] {
        assert_eq!(said(&project, line).status, 0, "{line}");
    }
    let nobody = Project::new();
    for line in ["verify", "audit", "list", "units", "fmt --check"] {
        assert_eq!(said(&nobody, line).status, 0, "{line} of nothing");
    }
}

/// One row per text that grows with the square where a stage is careless.
#[test]
fn repetition_takes_no_time() {
    let sentence = "The council signed 29 contracts worth $17 billion in Kelmouth on Thursday.";
    #[rustfmt::skip]
    let cases = [
        ("same sentence",       format!("{sentence}\n").repeat(2_000)),
        ("same paragraph",      format!("{sentence}\n\n").repeat(2_000)),
        ("one line",            format!("{sentence} ").repeat(2_000)),
        ("one word",            "x".repeat(200_000)),
        ("digits",              "1".repeat(200_000)),
        ("groups of digits",    "1,".repeat(100_000)),
        ("words",               "no ".repeat(50_000)),
        ("straight marks",      "\"".repeat(50_000)),
        ("opening marks",       "“a ".repeat(30_000)),
        ("closing marks",       "a” ".repeat(30_000)),
        ("single marks",        "‘a ".repeat(30_000)),
        ("brackets",            "(".repeat(100_000)),
        ("full stops",          ". ".repeat(50_000)),
        ("initials",            "A. ".repeat(50_000)),
        ("line feeds",          "\n".repeat(200_000)),
        ("returns",             "\r".repeat(200_000)),
        ("combining marks",     "e".to_owned() + &"\u{301}".repeat(50_000)),
        ("dashes",              "—".repeat(50_000)),
        ("dollars",             "$".repeat(100_000)),
        ("hyphens",             "twenty-".repeat(20_000)),
        ("number words",        "hundred thousand ".repeat(20_000)),
        ("reports",             "“Yes,” Doe said. ".repeat(5_000)),
        ("names",               "Jane Doe ".repeat(20_000)),
    ];
    for (name, text) in cases {
        let project = Project::new();
        project.write("a.txt", &text);
        project.write("b.txt", format!("{text} x"));
        for line in ["compare a.txt b.txt --exit-zero", "claims a.txt"] {
            swift(&project, line, name);
        }
    }
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_refused_at_once() {
    let project = project("clean");
    std::os::unix::fs::symlink("corpus/a.txt", project.path("link.txt")).unwrap();
    let made = std::process::Command::new("mkfifo").arg(project.path("pipe")).status().unwrap();
    assert!(made.success());
    for file in ["corpus", "link.txt", "pipe", "/dev/null"] {
        for command in ["units", "audit", "compare corpus/a.txt"] {
            let line = format!("{command} {file}");
            swift(&project, &line, file);
            let said = said(&project, &line);
            assert_eq!((said.status, said.stdout.as_str()), (2, ""), "{line}: {}", said.stderr);
        }
    }
}

#[test]
fn bytes_that_are_no_text_are_refused_in_words() {
    let project = project("clean");
    #[rustfmt::skip]
    let cases: [(&str, &[u8], i32); 5] = [
        ("latin.txt", b"Caf\xe9 society.\n",          2),
        ("utf16.txt", b"\xff\xfeC\0a\0f\0\n\0",       2),
        ("half.txt",  b"Ends in half a sign \xe2\x80", 2),
        ("nul.txt",   b"It\0holds\0nothing.\n",       0),
        ("bom.txt",   b"\xef\xbb\xbfHeadline\n\nText.\n", 0),
    ];
    for (path, bytes, expected) in cases {
        project.write(path, bytes);
        let said = said(&project, &format!("compare {path} corpus/a.txt"));
        assert_eq!(said.status, expected, "{path}: {}", said.stderr);
        assert_eq!(said.stderr.contains("is not UTF-8"), expected == 2, "{path}: {}", said.stderr);
    }
}

/// What is not done for want of time is said, and is done for drafts.
#[test]
fn too_many_texts_to_compare_in_other_words_are_said() {
    let project = Project::new();
    let names: Vec<String> = (0..=PARAPHRASED_MAX).map(|number| format!("{number}.txt")).collect();
    for name in &names {
        project.write(name, format!("Text {name} of the ferry.\n"));
    }
    for command in ["align", "propositions"] {
        let some = |count: usize| {
            let words = [command, "--format", "json"].map(str::to_owned);
            let all: Vec<String> = words.into_iter().chain(names[..count].to_vec()).collect();
            let said = run(project.root(), &all);
            let summary: Value = serde_json::from_str(&said.stdout).unwrap();
            (said.stderr, summary["summary"]["unchecked"].clone())
        };

        let (stderr, unchecked) = some(PARAPHRASED_MAX + 1);
        assert!(stderr.starts_with("not checked: what the texts say in other words"), "{stderr}");
        assert_eq!(unchecked.as_array().unwrap().len(), 1);
        assert_eq!(some(PARAPHRASED_MAX), (String::new(), Value::Null));
    }

    let [all, last] = [&names[..], &names[PARAPHRASED_MAX..]];
    for (more, told) in [(&all[..PARAPHRASED_MAX], None), (last, Some(true))] {
        for name in more {
            project.write(&format!("texts/{name}"), "On the ferry.\n");
        }
        let text = said(&project, "audit --input texts").stdout;
        let json = said(&project, "audit --input texts --format json").stdout;
        let json: Value = serde_json::from_str(&json).unwrap();
        assert_eq!(text.contains("; not compared in other words"), told.is_some(), "{text}");
        assert_eq!(json["summary"]["unparaphrased"].as_bool(), told);
    }
}
