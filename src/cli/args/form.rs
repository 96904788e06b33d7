//! Arguments of the commands that tell findings: form, level and settings.

use super::one_of;
use crate::finding::Rule;
use crate::finding::Severity;
use crate::policy::Profile;
use crate::policy::rule_with_level;
use clap::ValueEnum;
use jiff::civil::Date;

/// The form of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    Text,
    /// One JSON object.
    Json,
    /// One JSON object a line.
    Jsonl,
}

/// The form of findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    /// For people.
    Text,
    /// One JSON object.
    Json,
    /// One JSON object a line.
    Jsonl,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Annotations of a GitHub workflow.
    Github,
    /// Markdown for the summary of a GitHub job.
    GithubSummary,
    /// Markdown for a comment, with a marker to find it again.
    Markdown,
    /// The diagnostic format of reviewdog.
    Rdjson,
    /// GitLab code quality.
    Gitlab,
    /// JUnit XML, for any CI system.
    Junit,
    /// Rows for a spreadsheet.
    Csv,
}

#[derive(Debug, clap::Args)]
pub(crate) struct FormArgs {
    /// Form of the output.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: Form,
}

/// A level of findings.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Level {
    /// Any finding.
    Note,
    /// Warnings and errors.
    Warning,
    /// Errors only.
    Error,
}

impl From<Level> for Severity {
    fn from(level: Level) -> Self {
        match level {
            Level::Note => Self::Note,
            Level::Warning => Self::Warning,
            Level::Error => Self::Error,
        }
    }
}

#[derive(Debug, clap::Args)]
pub(crate) struct FormatArgs {
    /// Form of the output.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: Format,
}

#[derive(Debug, clap::Args)]
pub(crate) struct FindingArgs {
    #[command(flatten)]
    pub(crate) form: FormArgs,

    /// Lowest level of findings that makes the run fail; else as `provenance.toml` says,
    /// else error.
    #[arg(long, value_name = "LEVEL")]
    pub(crate) fail_on: Option<Level>,

    /// Exit with 0 even when there are findings; 2 and 3 stay as they are.
    #[arg(long)]
    pub(crate) exit_zero: bool,

    /// Show all notes and all places, and in JSON the alignments below the reporting threshold.
    #[arg(long)]
    pub(crate) all: bool,

    #[command(flatten)]
    pub(crate) policy: PolicyArgs,
}

/// What holds in this run, whatever `provenance.toml` says.
#[derive(Debug, Default, clap::Args)]
pub(crate) struct PolicyArgs {
    /// What the run is for: corpus, draft or ci; else draft when drafts are named, else corpus.
    #[arg(long, value_name = "PROFILE", value_parser = profile)]
    pub(crate) profile: Option<Profile>,

    /// Report this rule as an error: a code or a name; may be given several times.
    #[arg(long, value_name = "RULE", value_parser = rule_with_level)]
    pub(crate) deny: Vec<Rule>,

    /// Report this rule as a warning; may be given several times.
    #[arg(long, value_name = "RULE", value_parser = rule_with_level)]
    pub(crate) warn: Vec<Rule>,

    /// Count this rule and do not show it; may be given several times.
    #[arg(long, value_name = "RULE", value_parser = rule_with_level)]
    pub(crate) allow: Vec<Rule>,

    /// Judge waivers as on this day instead of today (UTC).
    #[arg(long, value_name = "DATE")]
    pub(crate) today: Option<Date>,
}

fn profile(name: &str) -> Result<Profile, String> {
    let names = Profile::ALL.iter().map(|known| known.name());
    Profile::named(name).ok_or_else(|| one_of(names))
}
