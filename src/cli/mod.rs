//! The command line: arguments in, output and an exit status out.
//!
//! In:  arguments, environment, clock and terminal, which no other module sees.
//! Out: text on stdout, problems and progress on stderr, and the exit status:
//!      0 clean, 1 findings, 2 usage, configuration or schema, 3 could not complete.
//! Not here: anything a library user would want.

mod accept;
mod affected;
mod archive;
mod args;
mod attest;
mod bulk;
mod commands;
mod diff;
mod error;
mod exchange;
mod explain;
mod figures;
mod git;
mod index;
mod indexed;
mod model;
mod output;
mod progress;
mod prompt;
mod propositions;
mod quotes;
mod records;
mod report;
mod seal;
mod shell;
mod sign;

use crate::render::sanitize::line;
use args::Args;
use args::Colour;
use args::Command;
use clap::Parser;
use error::Error;
use output::Output;
use std::io::Write;
use std::process::ExitCode;

/// Parses the arguments, runs the command and says how it ended.
pub fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(usage) => return print_usage(usage),
    };
    let output = Output::new(args.colour);
    match run(&args, &output) {
        Ok(status) => ExitCode::from(status),
        Err(error) => error.report(&output),
    }
}

/// Prints help, version or a usage error; only the last is a failure.
fn print_usage(usage: clap::Error) -> ExitCode {
    if usage.use_stderr() {
        // There is nowhere to report that stderr cannot be written.
        let _ = inert(usage).print();
        return ExitCode::from(2);
    }
    match usage.print().and_then(|()| std::io::stdout().flush()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => Error::Output(error).report(&Output::new(Colour::Auto)),
    }
}

/// The same usage error, made from arguments that do nothing to a terminal: the
/// message repeats them.
fn inert(usage: clap::Error) -> clap::Error {
    let shown = std::env::args_os().map(|word| line(&word.to_string_lossy()).into_owned());
    Args::try_parse_from(shown).err().unwrap_or(usage)
}

fn run(args: &Args, output: &Output) -> Result<u8, Error> {
    let root = args.root.as_deref();
    match &args.command {
        Command::Init(init) => records::init(root, init, output),
        Command::Add(add) => records::add(root, add, output),
        Command::List(list) => records::list(root, list, output),
        Command::Show(show) => records::show(root, show, output),
        Command::Fmt(fmt) => records::fmt(root, fmt, output),
        Command::Retire(retire) => records::retire(root, retire, output),
        Command::Seal(args) => seal::seal(root, args, output),
        Command::Verify(verify) => commands::verify(root, verify, output),
        Command::Audit(audit) => commands::audit(root, audit, output),
        Command::Allow(allow) => accept::allow(root, allow, output),
        Command::Attest(args) => attest::attest(root, args, output),
        Command::Diff(diff) => diff::diff(root, diff, output),
        Command::Compare(compare) => commands::compare(root, compare, output),
        Command::Align(seen) => commands::align(root, seen, output),
        Command::Propositions(args) => propositions::propositions(root, args, output),
        Command::Claims(seen) => commands::claims(root, seen, output),
        Command::Quotes(args) => quotes::quotes(root, args, output),
        Command::Report(args) => report::report(root, args, output),
        Command::Figures(args) => figures::figures(root, args, output),
        Command::Units(seen) => commands::units(root, seen, output),
        Command::Export(export) => exchange::export(root, export, output),
        Command::Import(import) => exchange::import(root, import, output),
        Command::Index(args) => index::index(root, args, output),
        Command::Git(args) => git::git(args, output),
        Command::Completions(args) => shell::completions(args, output),
        Command::Man(args) => shell::man(root, args, output),
        Command::Explain(explain) => explain::explain(explain, output),
    }
}
