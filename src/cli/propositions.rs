//! `propositions`: which texts say the same in their own words.

use crate::Analysis;
use crate::PARAPHRASED_MAX;
use crate::analyse;
use crate::cli::commands::documents;
use crate::cli::error::Error;
use crate::cli::output::Output;
use crate::corpus::When;
use crate::paraphrase;
use crate::render::csv;
use crate::render::json;
use crate::render::json::Part;
use crate::render::json::Run;
use crate::render::terminal;
use clap::ValueEnum;
use std::path::Path;
use std::path::PathBuf;

/// The form of the matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    /// For people.
    Text,
    /// One JSON object.
    Json,
    /// One JSON object a line.
    Jsonl,
    /// Rows for a spreadsheet.
    Csv,
}

#[derive(Debug, clap::Args)]
pub(crate) struct PropositionsArgs {
    /// Text files to look at; without any, the corpus.
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,

    /// Publication date of the files: a date, or a date-time with offset.
    #[arg(long, value_name = "WHEN")]
    published: Option<When>,

    /// Form of the output.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Form,
}

const PARTS: [Part; 2] = [Part::Documents, Part::Propositions];

/// What is said when there were too many documents to compare them in other words.
pub(crate) fn unparaphrased(analysis: &Analysis) -> Option<String> {
    (!analysis.paraphrased).then(|| {
        format!(
            "what the texts say in other words: there are over {PARAPHRASED_MAX} of them, and \
             only drafts would be compared; name some of the files"
        )
    })
}

pub(crate) fn propositions(
    root: Option<&Path>,
    args: &PropositionsArgs,
    output: &Output,
) -> Result<u8, Error> {
    let (documents, policy) = documents(root, (&args.files, args.published))?;
    let analysis = analyse(&documents, &policy);
    let mut report = analysis.report(&documents, &policy, Vec::new());
    report.findings.clear();
    report.unchecked.extend(unparaphrased(&analysis));
    report.propositions = paraphrase::propositions(&analysis.paraphrases);
    output.unchecked(&report);
    let run = Run { command: "propositions", all: false, documents: documents.len() };
    output.write(|out, look| match args.format {
        Form::Text => terminal::write_propositions(out, &report, look),
        Form::Json => json::write_object(out, &run, &report, &PARTS),
        Form::Jsonl => json::write_lines(out, &run, &report, &PARTS),
        Form::Csv => csv::write_propositions(out, &report),
    })?;
    Ok(0)
}
