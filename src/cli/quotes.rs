//! The command `quotes`: who says what, and where else it stands.

use crate::claims;
use crate::claims::Claim;
use crate::cli::args::Format;
use crate::cli::args::FormatArgs;
use crate::cli::commands::gather;
use crate::cli::commands::join;
use crate::cli::commands::named_drafts;
use crate::cli::commands::read_drafts;
use crate::cli::error::Error;
use crate::cli::output::Output;
use crate::cli::records::Root;
use crate::corpus::Document;
use crate::divergence::recurrences;
use crate::policy::Policy;
use crate::render::json;
use crate::render::json::Run;
use crate::render::terminal;
use crate::report::Quoted;
use crate::report::Report;
use crate::span::DocId;
use crate::text::Text;
use rayon::prelude::*;
use std::path::Path;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(crate) struct QuotesArgs {
    /// Documents or drafts whose quotations are listed; without any, the whole corpus. Outside
    /// a corpus they are compared with each other.
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,

    #[command(flatten)]
    form: FormatArgs,

    /// List also names, titles and terms in quotation marks.
    #[arg(long)]
    all: bool,
}

pub(crate) fn quotes(root: Option<&Path>, args: &QuotesArgs, output: &Output) -> Result<u8, Error> {
    let (documents, shown) = documents(root, args)?;
    let texts: Vec<Text> =
        documents.par_iter().map(|document| Text::read(document.id, &document.source)).collect();
    let claims: Vec<Vec<Claim>> = texts.par_iter().map(claims::extract).collect();
    let recurrences = recurrences(&texts, &claims);
    let quoted = Quoted::new(shown, &recurrences, args.all);
    let report =
        Report { documents: &documents, texts: &texts, claims: &claims, ..Report::default() };
    let run = Run { command: "quotes", all: args.all, documents: documents.len() };
    output.write(|out, look| match args.form.format {
        Format::Jsonl => json::write_quotation_lines(out, &run, &report, &quoted),
        Format::Json => json::write_quotations(out, &run, &report, &quoted),
        Format::Text => terminal::write_quotations(out, &report, &quoted, look),
    })?;
    Ok(0)
}

/// The documents to compare, and those of which the quotations are listed.
fn documents(root: Option<&Path>, args: &QuotesArgs) -> Result<(Vec<Document>, Vec<DocId>), Error> {
    let project = match Root::find(root) {
        Ok(project) => project,
        Err(_) if root.is_none() && !args.files.is_empty() => {
            let documents = read_drafts(root, (&args.files, None), 0, &Policy::default())?;
            let shown = documents.iter().map(|document| document.id).collect();
            return Ok((documents, shown));
        }
        Err(error) => return Err(error),
    };
    let named: Vec<String> = args.files.iter().map(|file| project.named(root, file)).collect();
    let loaded = gather(root, &project, (&[], None))?;
    let is_known = |path: &String| loaded.documents.iter().any(|document| document.path == *path);
    let drafts: Vec<PathBuf> = args
        .files
        .iter()
        .zip(&named)
        .filter(|(_, path)| !is_known(path))
        .map(|(file, _)| file.clone())
        .collect();
    let drafts = named_drafts(root, &project, (&drafts, None))?;
    let documents = join(loaded, drafts).documents;
    let asked = |document: &&Document| named.is_empty() || named.contains(&document.path);
    let shown = documents.iter().filter(asked).map(|document| document.id).collect();
    Ok((documents, shown))
}
