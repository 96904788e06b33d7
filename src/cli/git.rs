//! What git calls: a document as sentences, two of them compared, records merged.
//!
//! `init --git-drivers` tells git to. A diff driver that fails ends git itself, so
//! these two say what is wrong in their output and succeed.

use crate::cli::error::Error;
use crate::cli::output::Output;
use crate::corpus;
use crate::render::sanitize::line;
use crate::render::sentences::sentences;
use crate::render::sentences::write_sentences;
use clap::Subcommand;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(crate) struct GitArgs {
    #[command(subcommand)]
    driver: Driver,
}

#[derive(Debug, Subcommand)]
enum Driver {
    /// Print a document with a sentence a line.
    Textconv {
        /// The file.
        file: PathBuf,
    },
    /// Compare two states of a document, sentence by sentence.
    Diff {
        /// What git gives: path, old file, hash and mode, new file, hash and mode.
        #[arg(required = true, num_args = 1.., allow_hyphen_values = true)]
        words: Vec<PathBuf>,
    },
    /// Merge two states of a record into the second file.
    Merge {
        /// The state before both.
        base: PathBuf,
        /// Ours; the result is written here.
        ours: PathBuf,
        /// Theirs.
        theirs: PathBuf,
    },
}

pub(crate) fn git(args: &GitArgs, output: &Output) -> Result<u8, Error> {
    match &args.driver {
        Driver::Textconv { file } => {
            let text = text(file);
            output.write(|out, _| {
                sentences(&text).iter().try_for_each(|one| writeln!(out, "{one}"))
            })?;
            Ok(0)
        }
        Driver::Diff { words } => diff(words, output),
        Driver::Merge { base, ours, theirs } => {
            let read = |path: &Path| corpus::read_lossy(path);
            let merged = corpus::merge_records(&read(base)?, &read(ours)?, &read(theirs)?)?;
            corpus::replace_file(ours, merged.text.as_bytes())?;
            Ok(u8::from(merged.conflict))
        }
    }
}

fn diff(words: &[PathBuf], output: &Output) -> Result<u8, Error> {
    let named = |index: usize| words.get(index).map(PathBuf::as_path);
    let name = named(0).unwrap_or(Path::new("")).to_string_lossy();
    let (old, new) = (named(1), named(4));
    output.write(|out, _| {
        writeln!(out, "provenance git diff {}", line(&name))?;
        match (old, new) {
            (Some(old), Some(new)) => write_sentences(out, &text(old), &text(new)),
            _ => writeln!(out, "in conflict: a merge is not finished"),
        }
    })?;
    Ok(0)
}

/// The text at `path`; what cannot be read as one says why.
fn text(path: &Path) -> String {
    if path == Path::new("/dev/null") || path == Path::new("nul") {
        return String::new();
    }
    corpus::read_lossy(path).unwrap_or_else(|error| error.to_string())
}
