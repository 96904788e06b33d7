//! The commands that hand a corpus over and take one in: export, import.

use crate::cli::commands::counted;
use crate::cli::error::Error;
use crate::cli::output::Output;
use crate::cli::records::Root;
use crate::cli::records::from_here;
use crate::corpus;
use crate::corpus::Arrival;
use crate::corpus::Incoming;
use crate::corpus::Obstacle;
use crate::corpus::Tree;
use crate::corpus::When;
use crate::corpus::path::MANIFESTS;
use crate::corpus::path::RECORD_SUFFIX;
use crate::exchange;
use crate::exchange::Export;
use crate::exchange::Form;
use crate::exchange::Holding;
use crate::exchange::bagit;
use crate::exchange::bagit::Fault;
use crate::exchange::bagit::PAYLOAD;
use crate::exchange::bagit::Verdict;
use crate::render::sanitize::line;
use clap::Subcommand;
use clap::ValueEnum;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

/// Records are capped at this size wherever they are read.
const RECORD_BYTES_MAX: u64 = 1024 * 1024;

#[derive(Debug, clap::Args)]
pub(crate) struct ExportArgs {
    /// The form.
    #[arg(value_name = "FORM")]
    form: FormName,

    /// Where to put it; a form that is one file goes to stdout without it.
    #[arg(long, short = 'o', value_name = "PATH")]
    output: Option<PathBuf>,

    /// The day that the export states as its own: of bagging, or of publication.
    #[arg(long, value_name = "WHEN")]
    dated: Option<When>,
}

/// A form that others read.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum FormName {
    /// A BagIt 1.0 bag (RFC 8493) with documents and records: a folder.
    Bagit,
    /// An RO-Crate 1.1 with documents and records: a folder.
    RoCrate,
    /// W3C PROV-JSON: a file.
    ProvJson,
    /// IPTC ninjs 3.1, a file for each document, without its text: a folder.
    Ninjs,
    /// schema.org in JSON-LD: a file.
    Jsonld,
    /// CSL-JSON for citations: a file.
    CslJson,
    /// A Frictionless Data Package with documents and records: a folder.
    Frictionless,
}

impl From<FormName> for Form {
    fn from(name: FormName) -> Self {
        match name {
            FormName::Bagit => Self::Bagit,
            FormName::RoCrate => Self::RoCrate,
            FormName::ProvJson => Self::ProvJson,
            FormName::Ninjs => Self::Ninjs,
            FormName::Jsonld => Self::Jsonld,
            FormName::CslJson => Self::CslJson,
            FormName::Frictionless => Self::Frictionless,
        }
    }
}

#[derive(Debug, clap::Args)]
pub(crate) struct ImportArgs {
    #[command(subcommand)]
    form: ImportForm,
}

#[derive(Debug, Subcommand)]
enum ImportForm {
    /// Check a bag by RFC 8493, or a draft from 0.93 on, and take in its payload.
    Bagit(BagitArgs),
}

#[derive(Debug, clap::Args)]
struct BagitArgs {
    /// The folder that holds `bagit.txt`.
    #[arg(value_name = "BAG")]
    bag: PathBuf,

    /// Say only whether the bag is complete and valid: exit with 0 when it is, with 1
    /// when not. Needs no corpus.
    #[arg(long, conflicts_with = "into")]
    check: bool,

    /// Put the documents into this folder of `corpus/`; not for a bag that brings its
    /// own records.
    #[arg(long, value_name = "FOLDER")]
    into: Option<String>,
}

pub(crate) fn export(root: Option<&Path>, args: &ExportArgs, output: &Output) -> Result<u8, Error> {
    let project = Root::find(root)?;
    let holdings = holdings(&project)?;
    let export = exchange::export(args.form.into(), &holdings, args.dated)
        .map_err(|lack| Error::usage(lack.to_string(), "name a day: --dated 2025-11-07"))?;
    let target = args.output.as_ref().map(|path| from_here(root, path));
    match (export, target) {
        (Export::File(bytes), None) => {
            output.write(|out, _| out.write_all(&bytes))?;
            return Ok(0);
        }
        (Export::File(bytes), Some(target)) => corpus::deliver_file(&target, &bytes)?,
        (Export::Folder(items), Some(target)) => {
            corpus::deliver_folder(&project.path, &target, &items)?;
        }
        (Export::Folder(_), None) => {
            return Err(Error::usage(
                "this form is a folder, and --output does not name one",
                "name a folder that is not there yet: --output PATH",
            ));
        }
    }
    let named = args.output.as_ref().map(|path| path.to_string_lossy()).unwrap_or_default();
    output
        .write(|out, _| writeln!(out, "{}: {}", line(&named), counted(holdings.len(), "record")))?;
    Ok(0)
}

/// Every record with the text of its file.
fn holdings(project: &Root) -> Result<Vec<Holding>, Error> {
    let records = corpus::records(&project.path, &project.options())?;
    let read = |(place, record): (String, corpus::Record)| {
        let source = corpus::read_record(&project.path, &place)?;
        Ok(Holding { place, record, source })
    };
    records.into_iter().map(read).collect()
}

pub(crate) fn import(root: Option<&Path>, args: &ImportArgs, output: &Output) -> Result<u8, Error> {
    let ImportForm::Bagit(args) = &args.form;
    let bag = from_here(root, &args.bag);
    let tree = Tree::read(&bag)?;
    let verdict = bagit::judge(&tree)?;
    tell(&verdict, output)?;
    if args.check {
        let named = line(&args.bag.to_string_lossy()).into_owned();
        output.write(|out, _| writeln!(out, "{named}: {}", summary(&verdict)))?;
        return Ok(u8::from(!verdict.is_valid()));
    }
    if !verdict.is_valid() {
        let problems = counted(verdict.problems.len(), "problem");
        return Err(corpus::Error::from(Obstacle::InvalidBag { bag, problems }).into());
    }
    let project = Root::find(root)?;
    let incoming = incoming(&tree, &verdict, args.into.as_deref())?;
    let imported = corpus::import(&project.path, &incoming)?;
    output.write(|out, _| {
        for path in &imported.new {
            writeln!(out, "{}", line(path))?;
        }
        let new = counted(imported.new.len(), "document");
        match imported.same.len() {
            0 => writeln!(out, "{new} imported"),
            same => writeln!(out, "{new} imported, {same} there already"),
        }
    })?;
    Ok(0)
}

/// Warnings on stderr, problems on stdout.
fn tell(verdict: &Verdict, output: &Output) -> Result<(), Error> {
    let mut stderr = std::io::stderr().lock();
    for warning in &verdict.warnings {
        // There is nowhere to report that stderr cannot be written.
        let _ = writeln!(stderr, "warning: {}", line(&warning.to_string()));
    }
    output.write(|out, _| {
        for problem in &verdict.problems {
            let kind = match problem.fault {
                Fault::Unsafe => "unsafe",
                Fault::Structure => "malformed",
                Fault::Incomplete => "incomplete",
                Fault::Mismatch => "mismatch",
            };
            writeln!(out, "{kind}: {}", line(&problem.to_string()))?;
        }
        Ok(())
    })
}

/// One line about the bag as a whole.
fn summary(verdict: &Verdict) -> String {
    let state = match (verdict.is_complete(), verdict.is_valid()) {
        (_, true) => "complete and valid",
        (true, false) => "complete, not valid",
        (false, _) => "neither complete nor valid",
    };
    let files = counted(verdict.payload.len(), "payload file");
    let problems = counted(verdict.problems.len(), "problem");
    let version = if verdict.version.is_empty() { "unknown" } else { &verdict.version };
    format!("{state}: BagIt {version}, {files}, {problems}")
}

/// The payload as documents, with the records that came along.
fn incoming(tree: &Tree, verdict: &Verdict, into: Option<&str>) -> Result<Vec<Incoming>, Error> {
    if verdict.has_records && into.is_some() {
        return Err(Error::usage(
            "this bag brings its own records, which name the paths of its documents",
            "leave out --into",
        ));
    }
    let mut incoming = Vec::new();
    for file in &verdict.payload {
        let inside = file.path.strip_prefix(PAYLOAD).unwrap_or(&file.path).trim_start_matches('/');
        let digest = file.sha256.parse().expect("it was computed here");
        let arrival = Arrival { place: tree.place(&file.path), name: file.path.clone(), digest };
        let record = format!("{MANIFESTS}/{inside}{RECORD_SUFFIX}");
        incoming.push(Incoming {
            document: corpus::arrival_path(into, inside),
            source: Some(arrival),
            record: record_text(tree, verdict, &record)?,
        });
    }
    let withdrawn = tree.entries().filter_map(|(path, _)| {
        let inside = path.strip_prefix(MANIFESTS)?.strip_prefix('/')?;
        let inside = inside.strip_suffix(RECORD_SUFFIX)?;
        let alone = tree.kind(&format!("{PAYLOAD}/{inside}")).is_none();
        (verdict.has_records && alone).then_some((path, inside))
    });
    for (path, inside) in withdrawn {
        incoming.push(Incoming {
            document: corpus::arrival_path(None, inside),
            source: None,
            record: record_text(tree, verdict, path)?,
        });
    }
    Ok(incoming)
}

/// The text of a record that came along.
fn record_text(tree: &Tree, verdict: &Verdict, path: &str) -> Result<Option<String>, Error> {
    if !verdict.has_records || tree.kind(path).is_none() {
        return Ok(None);
    }
    let bytes = tree.small(path, RECORD_BYTES_MAX)?;
    String::from_utf8(bytes).map(Some).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        corpus::Error::NotUtf8 { path: tree.place(path), offset }.into()
    })
}
