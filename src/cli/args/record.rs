//! Arguments of the commands that write and show records.

use super::FormatArgs;
use super::one_of;
use crate::corpus::When;
use crate::corpus::record::Field;
use crate::corpus::record::Id;
use crate::corpus::record::Kind;
use crate::corpus::record::Language;
use crate::corpus::record::Reason;
use crate::corpus::record::Text;
use crate::corpus::record::Url;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(crate) struct AddArgs {
    /// Files inside `corpus/`.
    #[arg(value_name = "FILE", required = true)]
    pub(crate) files: Vec<PathBuf>,

    /// Its stable name; made from the path when not given. One file only.
    #[arg(long)]
    pub(crate) id: Option<Id>,

    /// Who published it.
    #[arg(long)]
    pub(crate) outlet: Option<Text>,

    /// Its headline.
    #[arg(long)]
    pub(crate) title: Option<Text>,

    /// Who wrote it; may be given several times.
    #[arg(long)]
    pub(crate) author: Vec<Text>,

    /// Where it was published: an http or https address.
    #[arg(long)]
    pub(crate) url: Option<Url>,

    /// When it was published: a date, or a date-time with offset.
    #[arg(long, value_name = "WHEN")]
    pub(crate) published: Option<When>,

    /// When it was fetched.
    #[arg(long, value_name = "WHEN")]
    pub(crate) retrieved: Option<When>,

    /// What kind of text it is: article, press-release, transcript, statement, wire,
    /// assistant-output or draft.
    #[arg(long, value_parser = kind)]
    pub(crate) kind: Option<Kind>,

    /// Its language as a BCP 47 tag, such as en.
    #[arg(long)]
    pub(crate) language: Option<Language>,

    /// Its licence as an SPDX expression.
    #[arg(long, alias = "license")]
    pub(crate) licence: Option<Text>,

    /// Id of a document whose wording it reuses; may be given several times.
    #[arg(long, value_name = "ID")]
    pub(crate) claims_from: Vec<Id>,

    /// A field that was looked for and not established; may be given several times.
    #[arg(long, value_name = "FIELD", value_parser = field)]
    pub(crate) unknown: Vec<Field>,

    /// Accept changed bytes of a recorded document, for this reason: outlet-correction,
    /// recapture, redaction or cleanup.
    #[arg(long, value_name = "REASON", value_parser = reason)]
    pub(crate) replace: Option<Reason>,

    /// Who records this.
    #[arg(long)]
    pub(crate) by: Option<Text>,
}

fn kind(name: &str) -> Result<Kind, String> {
    let names = Kind::ALL.iter().map(|known| known.name());
    Kind::named(name).ok_or_else(|| one_of(names))
}

fn field(name: &str) -> Result<Field, String> {
    let names = Field::ALL.iter().map(|known| known.name());
    Field::named(name).ok_or_else(|| one_of(names))
}

fn reason(name: &str) -> Result<Reason, String> {
    let names = Reason::ALL.iter().map(|known| known.name());
    Reason::named(name).ok_or_else(|| one_of(names))
}

#[derive(Debug, clap::Args)]
pub(crate) struct ListArgs {
    #[command(flatten)]
    pub(crate) form: FormatArgs,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ShowArgs {
    /// The document's path or id.
    #[arg(value_name = "DOCUMENT")]
    pub(crate) document: String,
}

#[derive(Debug, clap::Args)]
pub(crate) struct FmtArgs {
    /// Change nothing; exit with 1 when a record is not in canonical form.
    #[arg(long)]
    pub(crate) check: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct RetireArgs {
    /// The document's path.
    #[arg(value_name = "DOCUMENT")]
    pub(crate) document: PathBuf,

    /// Why it was withdrawn.
    #[arg(long)]
    pub(crate) reason: Text,

    /// Who records this.
    #[arg(long)]
    pub(crate) by: Option<Text>,
}
