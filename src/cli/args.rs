//! The arguments, from which usage errors and `--help` are made.

mod form;
mod record;

pub(crate) use form::FindingArgs;
pub(crate) use form::Form;
pub(crate) use form::FormArgs;
pub(crate) use form::Format;
pub(crate) use form::FormatArgs;
pub(crate) use form::Level;
pub(crate) use form::PolicyArgs;
pub(crate) use record::AddArgs;
pub(crate) use record::FmtArgs;
pub(crate) use record::ListArgs;
pub(crate) use record::RetireArgs;
pub(crate) use record::ShowArgs;

use crate::cli::attest::AttestArgs;
use crate::cli::seal::SealArgs;
use crate::corpus::State;
use crate::corpus::Target;
use crate::corpus::When;
use crate::corpus::record::Text;
use anstream::ColorChoice;
use clap::Parser;
use clap::Subcommand;
use clap::ValueEnum;
use jiff::civil::Date;
use std::path::PathBuf;

const AFTER_HELP: &str = "\
Exit status:
  0  clean
  1  findings at or above --fail-on (default: error)
  2  usage, configuration or schema
  3  could not complete

Environment:
  COLUMNS   width of text that does not go to a terminal, from 40 to 120
  NO_COLOR  no colour, when it is set

Start with `provenance compare A.txt B.txt`, which needs no set-up, or with
`provenance init` in the folder that holds your sources.";

const INDEX_HELP: &str = "\
The index lies in `.provenance/`, which git ignores; it can be deleted at any time. When
it is there, `provenance audit DRAFT` asks it which documents share wording with the
draft, and reads, checks and compares only those. `--no-index` reads all of them.

Certain to be found are runs of eight words that up to 24 places of the corpus share,
and runs of about a hundred words that more share. A shorter run, such as a clause with
a changed figure, may be missed.

Documents that were added, removed, renamed, recorded anew or replaced by a new file
since the index was made are noticed by their folders, and read. Not noticed is a
document that was rewritten in place while its record and its folder stayed as they
were; `provenance verify` reports it, and `provenance index --check` looks at every
file.";

/// Shows which outlets reused whose wording, and where figures, dates and
/// quotations diverge.
#[derive(Debug, Parser)]
#[command(name = "provenance", version, after_help = AFTER_HELP, propagate_version = true)]
pub(crate) struct Args {
    /// Work in this folder instead of the nearest one with a `provenance.toml`.
    #[arg(short = 'C', long = "root", value_name = "DIR", global = true)]
    pub(crate) root: Option<PathBuf>,

    /// When to use colour.
    #[arg(
        long = "color",
        alias = "colour",
        value_name = "WHEN",
        default_value = "auto",
        global = true
    )]
    pub(crate) colour: Colour,

    #[command(subcommand)]
    pub(crate) command: Command,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Colour {
    /// On a terminal only.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl From<Colour> for ColorChoice {
    fn from(colour: Colour) -> Self {
        match colour {
            Colour::Auto => Self::Auto,
            Colour::Always => Self::AlwaysAnsi,
            Colour::Never => Self::Never,
        }
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make a folder ready: `corpus/`, `manifests/`, `provenance.toml`, `.gitattributes`.
    Init(crate::cli::records::InitArgs),
    /// Hash documents and write their records.
    Add(Box<AddArgs>),
    /// List the documents on record.
    List(ListArgs),
    /// Show one record.
    Show(ShowArgs),
    /// Put records into canonical form.
    Fmt(FmtArgs),
    /// Record that a document was withdrawn.
    Retire(RetireArgs),
    /// List every document and record with its hash in `provenance.sums`, and sign the list.
    Seal(SealArgs),
    /// Check that every document is, byte for byte, the recorded one.
    Verify(VerifyArgs),
    /// Check the corpus, or drafts against it: shared wording, figures, dates, quotations.
    Audit(AuditArgs),
    /// Accept a finding, with a reason, until its wording changes or a day has passed.
    Allow(AllowArgs),
    /// Audit and sign what was found, or check that a draft was audited.
    Attest(AttestArgs),
    /// Make or renew the index, by which `audit DRAFT` need not read every document.
    #[command(after_help = INDEX_HELP)]
    Index(IndexArgs),
    /// Show what a change of the corpus does to its figures, quotations and findings.
    Diff(DiffArgs),
    /// Compare text files with each other; needs no corpus and no record.
    Compare(CompareArgs),
    /// Show which passages were aligned.
    Align(AlignArgs),
    /// Show which texts say the same, each in its own words.
    Propositions(crate::cli::propositions::PropositionsArgs),
    /// Show the figures, dates and quotations that were read.
    Claims(SeenArgs),
    /// List quotations: who says them, and where else they stand, word for word or changed.
    Quotes(crate::cli::quotes::QuotesArgs),
    /// Show what the texts say on the same questions, side by side.
    Figures(crate::cli::figures::FiguresArgs),
    /// Write what was found as one page for people, to look at in a browser.
    Report(crate::cli::report::ReportArgs),
    /// Show the headlines, headings, bullets, captions and sentences that were read.
    Units(SeenArgs),
    /// Write documents and records in a form that other institutions read.
    Export(crate::cli::exchange::ExportArgs),
    /// Take in documents from another institution.
    Import(crate::cli::exchange::ImportArgs),
    /// What git calls, once `init --git-drivers` has told it to.
    #[command(hide = true)]
    Git(crate::cli::git::GitArgs),
    /// Print a completion script for a shell.
    Completions(crate::cli::shell::CompletionsArgs),
    /// Write manual pages.
    Man(crate::cli::shell::ManArgs),
    /// Explain a rule or an error: what it finds, why it matters, what to do.
    Explain(ExplainArgs),
}

#[derive(Debug, clap::Args)]
pub(crate) struct VerifyArgs {
    /// Check also that no record of this commit was lost or rewritten since, such as
    /// `origin/main`; with `...` behind it, since its common ancestor with HEAD.
    #[arg(long, value_name = "REV")]
    pub(crate) base: Option<String>,

    /// Check what is staged, as it would be committed, instead of the files.
    #[arg(long, conflicts_with = "rev")]
    pub(crate) staged: bool,

    /// Check this commit, as git stores it, instead of the files.
    #[arg(long, value_name = "REV")]
    pub(crate) rev: Option<String>,

    /// Demand a seal that somebody on this list signed, in the form of git's allowed
    /// signers; the policy's own list does not count then.
    #[arg(long, value_name = "FILE")]
    pub(crate) allowed_signers: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) findings: FindingArgs,
}

impl VerifyArgs {
    /// What is to be checked.
    pub(crate) fn target(&self) -> Target {
        let state = match &self.rev {
            Some(revision) => State::Revision(revision.clone()),
            None if self.staged => State::Staged,
            None => State::WorkTree,
        };
        Target { state, base: self.base.clone() }
    }
}

#[derive(Debug, clap::Args)]
pub(crate) struct AuditArgs {
    /// Drafts to check against the corpus; without any, the corpus itself is checked.
    #[arg(value_name = "DRAFT")]
    pub(crate) drafts: Vec<PathBuf>,

    /// Publication date of the drafts: a date, or a date-time with offset.
    #[arg(long, value_name = "WHEN")]
    pub(crate) published: Option<When>,

    /// Audit this archive instead of the corpus; needs no record and no project. A folder of
    /// texts, or a file with a JSON object a line, plain or packed by gzip or zstd: `id` and
    /// `text`, and if known `outlet`, `published` and `url`.
    #[arg(long, value_name = "FILE|FOLDER")]
    pub(crate) input: Option<PathBuf>,

    /// Compare an input of more text than this as an archive: memory is some 2.5 bytes for
    /// each byte of text, the text itself lies in a temporary file, findings are written
    /// (text or jsonl) as they are made, and only wording that was copied with few edits is
    /// found, between documents and not inside one.
    #[arg(long, value_name = "BYTES", default_value_t = 16_000_000, requires = "input")]
    pub(crate) archive_above: u64,

    /// List what is found now in `baseline.toml`: it is counted from then on and not shown.
    #[arg(long, conflicts_with_all = ["drafts", "input"])]
    pub(crate) update_baseline: bool,

    /// Read the whole corpus, even when there is an index to find documents by.
    #[arg(long)]
    pub(crate) no_index: bool,

    /// Show also the boilerplate that was left out of the comparison.
    #[arg(long)]
    pub(crate) boilerplate: bool,

    #[command(flatten)]
    pub(crate) findings: FindingArgs,
}

#[derive(Debug, clap::Args)]
pub(crate) struct AllowArgs {
    /// The finding: the first digits of its fingerprint, or its rule and a path, as in
    /// PV301:drafts/story.md.
    #[arg(value_name = "FINDING")]
    pub(crate) finding: String,

    /// Drafts that the finding is about, as for audit.
    #[arg(value_name = "DRAFT")]
    pub(crate) drafts: Vec<PathBuf>,

    /// Publication date of the drafts: a date, or a date-time with offset.
    #[arg(long, value_name = "WHEN")]
    pub(crate) published: Option<When>,

    /// Why it is accepted, for whoever reviews it.
    #[arg(long)]
    pub(crate) reason: Text,

    /// The last day on which it is accepted; without it, until the wording changes.
    #[arg(long, value_name = "DATE")]
    pub(crate) until: Option<Date>,

    /// Who accepts it.
    #[arg(long)]
    pub(crate) by: Option<Text>,

    /// Judge waivers as on this day instead of today (UTC).
    #[arg(long, value_name = "DATE")]
    pub(crate) today: Option<Date>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct IndexArgs {
    /// Change nothing; read all of the index, look at the state of every document, and
    /// exit with 1 when some have changed.
    #[arg(long, conflicts_with = "rebuild")]
    pub(crate) check: bool,

    /// Read every document again.
    #[arg(long)]
    pub(crate) rebuild: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct DiffArgs {
    /// What to compare: BASE with the files, BASE..HEAD two commits, BASE...HEAD the
    /// commit where they parted with HEAD; without it, HEAD with the files.
    #[arg(value_name = "BASE[..[HEAD]]", num_args = 0..=2)]
    pub(crate) range: Vec<String>,

    /// Compare with what is staged, as it would be committed, instead of the files.
    #[arg(long)]
    pub(crate) staged: bool,

    /// Leave out what the change does to the findings and agreements of the corpus.
    #[arg(long)]
    pub(crate) no_effect: bool,

    #[command(flatten)]
    pub(crate) findings: FindingArgs,
}

#[derive(Debug, clap::Args)]
pub(crate) struct CompareArgs {
    /// Text files, two at least.
    #[arg(value_name = "FILE", num_args = 2.., required = true)]
    pub(crate) files: Vec<PathBuf>,

    /// Publication date of all files that have no record: a date, or a date-time with offset.
    #[arg(long, value_name = "WHEN")]
    pub(crate) published: Option<When>,

    /// Show also the boilerplate that was left out of the comparison.
    #[arg(long)]
    pub(crate) boilerplate: bool,

    #[command(flatten)]
    pub(crate) findings: FindingArgs,
}

#[derive(Debug, clap::Args)]
pub(crate) struct AlignArgs {
    #[command(flatten)]
    pub(crate) seen: SeenArgs,

    /// Show each passage once, with all texts that carry it and which came first.
    #[arg(long)]
    pub(crate) clusters: bool,

    /// Show also the boilerplate that was left out.
    #[arg(long, requires = "clusters")]
    pub(crate) boilerplate: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct SeenArgs {
    /// Text files to look at; without any, the corpus.
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,

    /// Publication date of the files: a date, or a date-time with offset.
    #[arg(long, value_name = "WHEN")]
    pub(crate) published: Option<When>,

    #[command(flatten)]
    pub(crate) form: FormatArgs,

    /// Show also what lies below the reporting threshold.
    #[arg(long)]
    pub(crate) all: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ExplainArgs {
    /// A code such as PV301 or PE023, or a name such as figure-differs; without it, all are
    /// listed.
    #[arg(value_name = "RULE")]
    pub(crate) rule: Option<String>,
}

/// What is said of a name that is none of these.
fn one_of(names: impl Iterator<Item = &'static str>) -> String {
    format!("expected one of: {}", names.collect::<Vec<_>>().join(", "))
}
