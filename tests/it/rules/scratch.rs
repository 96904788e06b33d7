//! A scratch folder that a case is built in, and the program run on it.

use super::case::Case;
use super::case::Change;
use super::case::Step;
use crate::keys;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Output;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering;
use std::thread;
use tempfile::TempDir;

/// A folder with the files and records of a case.
pub(crate) struct Scratch {
    folder: TempDir,
}

/// Columns of the text form: what a page of the documentation has.
const COLUMNS: &str = "80";

/// What the program said.
pub(crate) struct Outcome {
    /// The findings, as they were written.
    pub(crate) findings: Vec<Value>,
    /// The exit status, unless a signal ended the program.
    pub(crate) status: Option<i32>,
    /// What it wrote to stderr.
    pub(crate) stderr: String,
}

/// Runs of a command that a file is rewritten under, before the case fails.
const WRITER_TRIES_MAX: usize = 40;

impl Outcome {
    /// The codes of the rules that fired.
    pub(crate) fn rules(&self) -> BTreeSet<&str> {
        self.findings.iter().filter_map(|finding| finding["rule"].as_str()).collect()
    }
}

impl Scratch {
    /// Builds a case, or `None` where this system has no links or pipes.
    pub(crate) fn build(case: &Case) -> Option<Self> {
        let needs_unix =
            |step: &Step| matches!(step, Step::After(Change::Symlink(..) | Change::Fifo(_)));
        if !cfg!(unix) && case.steps.iter().any(needs_unix) {
            return None;
        }
        let scratch = Self { folder: tempfile::tempdir().unwrap() };
        check(scratch.program().arg("init"));
        for step in &case.steps {
            match step {
                Step::File(path, bytes) => scratch.write(path, bytes),
                Step::Size(path, bytes) => {
                    scratch.write(path, b"");
                    File::create(scratch.path(path)).unwrap().set_len(*bytes).unwrap();
                }
                Step::Meta(..) | Step::After(_) => {}
            }
        }
        for path in case.steps.iter().filter_map(document) {
            let meta = case.steps.iter().flat_map(|step| meta(step, path));
            check(scratch.program().args(["add", path]).args(meta));
        }
        if case.git {
            check(scratch.command("git").args(["init", "--quiet"]));
            check(scratch.command("git").args(["add", "--all"]));
            check(scratch.command("git").args(["commit", "--quiet", "--message", "Add the case"]));
        }
        for step in &case.steps {
            if let Step::After(change) = step {
                scratch.change(change);
            }
        }
        Some(scratch)
    }

    /// Runs the command of the case.
    pub(crate) fn run(&self, case: &Case) -> Outcome {
        let output = self.output(case, &["--format", "jsonl"]);
        Outcome {
            findings: findings(&output),
            status: output.status.code(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// What the command of the case prints for people.
    pub(crate) fn printed(&self, case: &Case) -> String {
        let output = self.output(case, &["--format", "text", "--all"]);
        String::from_utf8(output.stdout).unwrap()
    }

    /// Runs the command of the case with further arguments.
    fn output(&self, case: &Case, arguments: &[&str]) -> Output {
        let mut command = self.program();
        command.args(&case.run).args(arguments);
        let kept = case.steps.iter().find_map(|step| match step {
            Step::After(Change::KeepWriting(path)) => Some(self.path(path)),
            _ => None,
        });
        let done = AtomicBool::new(false);
        thread::scope(|scope| {
            if let Some(path) = &kept {
                scope.spawn(|| keep_writing(path, &done));
            }
            // The writer must get a turn while the file is read: on a busy machine it
            // takes more than one try.
            let met = |output: &Output| kept.is_none() || output.status.code() == Some(3);
            let mut output = command.output();
            for _ in 1..WRITER_TRIES_MAX {
                if output.as_ref().is_ok_and(met) {
                    break;
                }
                output = command.output();
            }
            done.store(true, Ordering::Relaxed);
            output.unwrap()
        })
    }

    fn change(&self, change: &Change) {
        match change {
            Change::Write(path, bytes) => self.write(path, bytes),
            Change::Replace(path, old, new) => {
                let text = fs::read_to_string(self.path(path)).unwrap();
                assert_eq!(text.matches(old).count(), 1, "`{old}` in {path}:\n{text}");
                self.write(path, text.replace(old, new).as_bytes());
            }
            Change::Remove(path) => fs::remove_file(self.path(path)).unwrap(),
            Change::Move(from, to) => {
                self.write(to, b"");
                fs::rename(self.path(from), self.path(to)).unwrap();
            }
            Change::Symlink(path, target) => link(target, &self.path(path)),
            Change::Fifo(path) => check(self.command("mkfifo").arg(path)),
            Change::Key(name) => keys::write(self.folder.path(), name),
            Change::Git(arguments) => check(self.command("git").args(arguments)),
            Change::Provenance(arguments) => check(self.program().args(arguments)),
            Change::KeepWriting(_) => {}
        }
    }

    fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// The program under test.
    fn program(&self) -> Command {
        self.command(env!("CARGO_BIN_EXE_provenance"))
    }

    /// A command in the folder that no setting of this machine's user reaches.
    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command
            .current_dir(self.folder.path())
            .env("COLUMNS", COLUMNS)
            .env("HOME", self.folder.path())
            .env("XDG_CONFIG_HOME", self.folder.path())
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_AUTHOR_NAME", "A. Tester")
            .env("GIT_AUTHOR_EMAIL", "tester@example.org")
            .env("GIT_AUTHOR_DATE", "2025-03-05T12:00:00Z")
            .env("GIT_COMMITTER_NAME", "A. Tester")
            .env("GIT_COMMITTER_EMAIL", "tester@example.org")
            .env("GIT_COMMITTER_DATE", "2025-03-05T12:00:00Z");
        command
    }
}

/// The path of a document that must be recorded.
fn document(step: &Step) -> Option<&str> {
    match step {
        Step::File(path, _) | Step::Size(path, _) => path.starts_with("corpus/").then_some(path),
        Step::Meta(..) | Step::After(_) => None,
    }
}

/// The arguments that `step` gives to `provenance add` for `path`.
fn meta<'a>(step: &'a Step, path: &str) -> impl Iterator<Item = &'a str> {
    let arguments = match step {
        Step::Meta(of, arguments) if of == path => arguments.as_slice(),
        _ => &[],
    };
    arguments.iter().map(String::as_str)
}

/// Runs a command that must succeed.
fn check(command: &mut Command) {
    let output = command.output().unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?} ended with {}:\n{stderr}", output.status);
}

/// The findings in the output, which must be whole.
fn findings(output: &Output) -> Vec<Value> {
    let stdout = str::from_utf8(&output.stdout).unwrap();
    let lines: Vec<Value> =
        stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let types: Vec<_> = lines.iter().map(|line| line["type"].as_str().unwrap()).collect();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(types.first(), Some(&"run"), "{stdout}\n{stderr}");
    assert_eq!(types.last(), Some(&"summary"), "{stdout}\n{stderr}");
    lines.into_iter().filter(|line| line["type"] == "finding").collect()
}

/// Writes the first byte of a file over and over, as it is, until `done`.
fn keep_writing(path: &Path, done: &AtomicBool) {
    let first = fs::read(path).unwrap()[..1].to_vec();
    while !done.load(Ordering::Relaxed) {
        let mut file = File::options().write(true).open(path).unwrap();
        file.write_all(&first).unwrap();
    }
}

#[cfg(unix)]
fn link(target: &str, path: &Path) {
    std::os::unix::fs::symlink(target, path).unwrap();
}

#[cfg(not(unix))]
fn link(_target: &str, _path: &Path) {
    unreachable!("such a case is not built here");
}
