//! For shells and `man`: completions and manual pages, out of the definitions that
//! the help is made of.

use crate::cli::args::Args;
use crate::cli::commands::counted;
use crate::cli::error::Error;
use crate::cli::output::Output;
use crate::cli::records::from_here;
use crate::corpus;
use crate::corpus::Content;
use crate::corpus::Item;
use crate::render::sanitize::line;
use clap::Command;
use clap::CommandFactory;
use clap_complete::Shell;
use clap_mangen::Man;
use std::io;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(crate) struct CompletionsArgs {
    /// The shell.
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ManArgs {
    /// The folder to make, which must not be there yet.
    #[arg(long, short = 'o', value_name = "DIR")]
    output: PathBuf,
}

pub(crate) fn completions(args: &CompletionsArgs, output: &Output) -> Result<u8, Error> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "provenance", &mut script);
    output.write(|out, _| out.write_all(&script))?;
    Ok(0)
}

pub(crate) fn man(root: Option<&Path>, args: &ManArgs, output: &Output) -> Result<u8, Error> {
    let mut command = Args::command();
    command.build();
    let mut pages = Vec::new();
    render(&command, "provenance", &mut pages).map_err(Error::Output)?;
    let target = from_here(root, &args.output);
    corpus::deliver_folder(&target, &target, &pages)?;
    output.write(|out, _| {
        writeln!(out, "{}: {}", line(&args.output.to_string_lossy()), counted(pages.len(), "page"))
    })?;
    Ok(0)
}

/// A page for `command`, called `name`, and for each command below it.
fn render(command: &Command, name: &str, pages: &mut Vec<Item>) -> io::Result<()> {
    let mut page = Vec::new();
    Man::new(command.clone()).title(name).render(&mut page)?;
    pages.push(Item { path: format!("{name}.1"), content: Content::Bytes(page) });
    let shown = |below: &&Command| below.get_name() != "help" && !below.is_hide_set();
    for below in command.get_subcommands().filter(shown) {
        render(below, &format!("{name}-{}", below.get_name()), pages)?;
    }
    Ok(())
}
