//! The `provenance` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    provenance::cli::main()
}
