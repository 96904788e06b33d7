//! The command `figures`: what the texts say on the same questions, side by side.

use crate::analyse;
use crate::cli::commands::counted;
use crate::cli::commands::documents;
use crate::cli::error::Error;
use crate::cli::output::Output;
use crate::corpus::When;
use crate::divergence::Row;
use crate::render::matrix;
use crate::render::terminal;
use clap::ValueEnum;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(crate) struct FiguresArgs {
    /// Text files to look at; without any, the corpus.
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,

    /// Publication date of the files: a date, or a date-time with offset.
    #[arg(long, value_name = "WHEN")]
    published: Option<When>,

    /// Show only the questions on which texts exclude each other.
    #[arg(long)]
    differing: bool,

    /// Form of the output.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Form,
}

/// The form of the matrix.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Form {
    /// For people.
    Text,
    /// One JSON object.
    Json,
    /// A table with one column a text, for a spreadsheet.
    Csv,
}

pub(crate) fn figures(
    root: Option<&Path>,
    args: &FiguresArgs,
    output: &Output,
) -> Result<u8, Error> {
    let (documents, policy) = documents(root, (&args.files, args.published))?;
    let analysis = analyse(&documents, &policy);
    let report = analysis.report(&documents, &policy, Vec::new());
    let asked = |row: &&Row| !args.differing || row.differs();
    let rows: Vec<Row> = analysis.matrix.iter().filter(asked).cloned().collect();
    let differing = rows.iter().filter(|row| row.differs()).count();
    output.write(|out, look| match args.format {
        Form::Json => matrix::write_json(out, &report, &rows),
        Form::Csv => matrix::write_csv(out, &report, &rows),
        Form::Text => {
            terminal::write_matrix(out, &report, &rows, look)?;
            let texts = counted(documents.len(), "document");
            let rows = counted(rows.len(), "question");
            writeln!(out, "{texts}: {rows}, {differing} on which they differ")
        }
    })?;
    Ok(0)
}
