//! `index`: makes and checks the index, by which `audit DRAFT` finds documents.

use crate::cli::args::IndexArgs;
use crate::cli::commands::counted;
use crate::cli::error::Error;
use crate::cli::output::Output;
use crate::cli::progress::Progress;
use crate::cli::records::Root;
use crate::index;
use crate::index::Index;
use crate::render::sanitize;
use std::io::Write;
use std::path::Path;

/// Documents that could not be read are named up to this many times.
const NAMED_MAX: usize = 20;

pub(crate) fn index(root: Option<&Path>, args: &IndexArgs, output: &Output) -> Result<u8, Error> {
    let root = Root::find(root)?;
    if args.check {
        return check(&root, output);
    }
    let progress = Progress::new("indexing");
    let update = |done, total| progress.update(done, total);
    let built = index::build(&root.path, &root.options(), args.rebuild, &update)?;
    drop(progress);
    let index = Index::open(&root.path)?.ok_or_else(missing)?;
    output.write(|out, _| {
        for path in built.unread.iter().take(NAMED_MAX) {
            writeln!(out, "cannot read {}: `provenance verify` says why", sanitize::line(path))?;
        }
        if built.written {
            let reused = built.documents - built.read - built.unread.len();
            writeln!(out, "{} read, {reused} unchanged", counted(built.read, "document"))?;
        } else {
            writeln!(out, "nothing has changed")?;
        }
        writeln!(out, "{}", size(&index))
    })?;
    Ok(if built.unread.is_empty() { 0 } else { 3 })
}

/// Reads all of the index, and looks at the state of every document.
fn check(root: &Root, output: &Output) -> Result<u8, Error> {
    let Some(index) = Index::open(&root.path)? else { return Err(missing()) };
    index.check()?;
    let stale = index.stale(&root.path, &root.options())?;
    output.write(|out, _| {
        writeln!(out, "{}", size(&index))?;
        match stale {
            0 => writeln!(out, "undamaged and up to date"),
            _ => writeln!(
                out,
                "undamaged, but {} changed since; bring it up to date: provenance index",
                counted(stale, "document")
            ),
        }
    })?;
    Ok(u8::from(stale > 0))
}

fn missing() -> Error {
    Error::usage("there is no index", "make one: provenance index")
}

/// What it holds and what it takes.
fn size(index: &Index) -> String {
    let (bytes, postings) = index.bytes();
    let documents = counted(index.documents(), "document");
    let text = index.text_bytes();
    if text == 0 {
        return format!("{documents} without text, {bytes} bytes of index");
    }
    // Hundredths are exact enough, and integers are the same on every machine.
    let per_byte = |bytes: u64| {
        let hundredths = u128::from(bytes) * 100 / u128::from(text);
        format!("{}.{:02}", hundredths / 100, hundredths % 100)
    };
    format!(
        "{documents} with {text} bytes of text, {bytes} bytes of index: {} a byte of text, {} of it postings",
        per_byte(bytes),
        per_byte(postings)
    )
}
