//! The program as a user runs it: arguments in, both streams and a status out.
#![expect(clippy::unwrap_used, reason = "a test that cannot run the program must fail")]

use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;

/// How a run ended.
pub(crate) struct Said {
    /// The exit status; a signal counts as -1.
    pub(crate) status: i32,
    /// What it wrote to stdout, which must be UTF-8.
    pub(crate) stdout: String,
    /// What it wrote to stderr, which must be UTF-8.
    pub(crate) stderr: String,
}

/// The program in `folder`, with none of this machine's settings for output or git.
pub(crate) fn program(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_provenance"));
    command.current_dir(folder).env("HOME", folder).env("XDG_CONFIG_HOME", folder);
    command.env("GIT_CONFIG_NOSYSTEM", "1").env("TERM", "xterm-256color");
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS", "RAYON_NUM_THREADS"] {
        command.env_remove(name);
    }
    command
}

/// Runs the program in `folder` to its end.
pub(crate) fn run<A: AsRef<OsStr>>(folder: &Path, arguments: &[A]) -> Said {
    told(program(folder).args(arguments))
}

/// Runs a prepared command to its end.
pub(crate) fn told(command: &mut Command) -> Said {
    let output = command.output().unwrap();
    Said {
        status: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// The words of a command line without quotes.
pub(crate) fn words(line: &str) -> Vec<&str> {
    line.split_whitespace().collect()
}
