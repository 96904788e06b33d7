//! The commands that make and show records: init, add, list, show, fmt, retire.

use crate::claims;
use crate::claims::Own;
use crate::cli::args::AddArgs;
use crate::cli::args::FmtArgs;
use crate::cli::args::Format;
use crate::cli::args::ListArgs;
use crate::cli::args::RetireArgs;
use crate::cli::args::ShowArgs;
use crate::cli::commands::counted;
use crate::cli::error::Error;
use crate::cli::output::Output;
use crate::cli::prompt;
use crate::corpus;
use crate::corpus::AddRequest;
use crate::corpus::Ids;
use crate::corpus::Options;
use crate::corpus::Record;
use crate::corpus::State;
use crate::policy::BASELINE;
use crate::policy::Baseline;
use crate::policy::Fault;
use crate::policy::Policy;
use crate::policy::WAIVERS;
use crate::policy::waiver;
use crate::render::json;
use crate::render::json::Run;
use crate::render::sanitize::line;
use jiff::Timestamp;
use std::io::Write;
use std::path::Component;
use std::path::MAIN_SEPARATOR;
use std::path::Path;
use std::path::PathBuf;
use unicode_width::UnicodeWidthStr;

/// Columns beyond which a path stands out of line, so that one long path does not
/// push the days and outlets of all others off the screen.
const PATH_COLUMNS_MAX: usize = 60;

/// The root of a project and its policy.
pub(crate) struct Root {
    /// The folder that holds `corpus/` and `manifests/`.
    pub(crate) path: PathBuf,
    /// What `provenance.toml` says.
    pub(crate) policy: Policy,
}

impl Root {
    /// The folder named with `--root`, else the nearest project from here upwards.
    pub(crate) fn find(named: Option<&Path>) -> Result<Self, Error> {
        Self::in_state(named, &State::WorkTree)
    }

    /// The same with the policy of one state of the project.
    pub(crate) fn in_state(named: Option<&Path>, state: &State) -> Result<Self, Error> {
        let path = match named {
            Some(path) => from_here(None, path),
            None => corpus::find_root(Path::new("."))?,
        };
        let files = [corpus::POLICY, WAIVERS, BASELINE, LEXICON];
        let [policy, waivers, baseline, words] = corpus::read_settings_of(&path, state, files)?;
        if let Some(words) = words {
            // The words of the state that a command reads first hold for all of the run.
            claims::install(own_words(&path, &words)?);
        }
        let wrong = |name, fault: &Fault| bad_settings(&path.join(name), fault);
        let mut policy = Policy::parse(&policy.unwrap_or_default())
            .map_err(|fault| wrong(corpus::POLICY, &fault))?;
        policy.waivers =
            waiver::read(&waivers.unwrap_or_default()).map_err(|fault| wrong(WAIVERS, &fault))?;
        policy.baseline = Baseline::parse(&baseline.unwrap_or_default())
            .map_err(|fault| wrong(BASELINE, &fault))?;
        Ok(Self { path, policy })
    }

    /// What a file named on the command line is called: its path from the root if it
    /// lies there, else as it was typed.
    pub(crate) fn named(&self, root: Option<&Path>, file: &Path) -> String {
        let full = from_here(root, file);
        typed(full.strip_prefix(from_here(None, &self.path)).unwrap_or(file))
    }

    /// What the policy asks of the corpus; of the seal, see `cli::seal`.
    pub(crate) fn options(&self) -> Options {
        Options {
            exclude: self.policy.corpus.exclude.clone(),
            require: self.policy.metadata.require.clone(),
            text_bytes_max: self.policy.corpus.text_bytes_max,
            ..Options::default()
        }
    }
}

/// A newsroom's own words for the word lists, beside its settings.
const LEXICON: &str = "lexicon.toml";

fn own_words(root: &Path, text: &str) -> Result<Own, Error> {
    Own::parse(text).map_err(|fault| {
        Error::usage(
            format!("`{}` {fault}", root.join(LEXICON).display()),
            "correct the list; docs/lexicon.md shows every one",
        )
    })
}

/// What is wrong in a file of settings, and where.
fn bad_settings(path: &Path, fault: &Fault) -> Error {
    Error::usage(
        format!("`{}` {fault}", path.display()),
        "correct the setting; docs/policy.md lists every key",
    )
}

/// A path on the command line: relative to `--root` if it is given, as with `git -C`,
/// else to the working folder.
///
/// `..` goes back one folder in the words of the path, without asking the disk: links
/// are not followed in a corpus anyway.
pub(crate) fn from_here(root: Option<&Path>, file: &Path) -> PathBuf {
    let joined = root.unwrap_or(Path::new(".")).join(file);
    let mut path = PathBuf::new();
    for part in std::path::absolute(&joined).unwrap_or(joined).components() {
        match part {
            Component::ParentDir => _ = path.pop(),
            part => path.push(part),
        }
    }
    path
}

/// A path with `/` between folders on every system.
pub(crate) fn typed(path: &Path) -> String {
    path.to_string_lossy().replace(MAIN_SEPARATOR, "/")
}

/// Now, by the clock of this machine; no other module asks it.
#[expect(clippy::disallowed_methods, reason = "records state when they were written")]
pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}

#[derive(Debug, clap::Args)]
pub(crate) struct InitArgs {
    /// Tell git also to show documents with a sentence a line and to merge records by
    /// their fields: lines in `.gitattributes`, and in each clone the settings.
    #[arg(long)]
    git_drivers: bool,
}

pub(crate) fn init(root: Option<&Path>, args: &InitArgs, output: &Output) -> Result<u8, Error> {
    let root = root.unwrap_or(Path::new("."));
    let mut created = corpus::init(root)?;
    if args.git_drivers {
        created.extend(corpus::init_drivers(root)?);
    }
    output.write(|out, _| {
        for made in &created {
            let verb = if made.extended { "extended" } else { "made" };
            writeln!(out, "{verb} {}", line(&made.path))?;
        }
        match created.len() {
            0 => writeln!(out, "everything is there already"),
            _ => writeln!(out, "next: put sources into corpus/, then provenance add corpus/FILE"),
        }
    })?;
    Ok(0)
}

pub(crate) fn add(root: Option<&Path>, args: &AddArgs, output: &Output) -> Result<u8, Error> {
    if args.files.len() > 1 && args.id.is_some() {
        return Err(Error::usage("--id names one document", "add the files one by one"));
    }
    let project = Root::find(root)?;
    let mut ids = Ids::default();
    for file in &args.files {
        let mut request = request(root, args, file);
        prompt::complete(&mut request);
        let added = corpus::add_next(&project.path, &request, now(), &mut ids)?;
        output.write(|out, _| {
            let digest = added.digest.to_string();
            writeln!(
                out,
                "{}  {} bytes, sha256 {}…",
                line(&added.path),
                added.bytes,
                &digest[..12]
            )?;
            if let Some(was) = added.was {
                writeln!(out, "  was sha256 {}…, kept in the history", &was.to_string()[..12])?;
            }
            writeln!(out, "  recorded in {}", line(&added.record))?;
            let unknown: Vec<&str> = added.unknown.iter().map(|field| field.name()).collect();
            match unknown.as_slice() {
                [] => Ok(()),
                fields => writeln!(out, "  not known yet: {}", fields.join(", ")),
            }
        })?;
    }
    Ok(0)
}

/// What the arguments say of one file.
fn request(root: Option<&Path>, args: &AddArgs, file: &Path) -> AddRequest {
    AddRequest {
        path: from_here(root, file),
        id: args.id.clone(),
        kind: args.kind,
        title: args.title.clone(),
        outlet: args.outlet.clone(),
        author: args.author.clone(),
        url: args.url.clone(),
        published: args.published,
        language: args.language.clone(),
        licence: args.licence.clone(),
        unknown: args.unknown.clone(),
        claims_from: args.claims_from.clone(),
        retrieved: args.retrieved,
        by: args.by.clone(),
        replace: args.replace,
        ..AddRequest::default()
    }
}

pub(crate) fn list(root: Option<&Path>, args: &ListArgs, output: &Output) -> Result<u8, Error> {
    let root = Root::find(root)?;
    let records = corpus::records(&root.path, &root.options())?;
    let run = Run { command: "list", all: false, documents: records.len() };
    output.write(|out, _| match args.form.format {
        Format::Text => {
            let columns = path_columns(&records);
            for (_, record) in &records {
                writeln!(out, "{}", row(record, columns))?;
            }
            writeln!(out, "{}", counted(records.len(), "record"))
        }
        Format::Json => json::write_records(out, &run, &records),
        Format::Jsonl => json::write_record_lines(out, &run, &records),
    })?;
    Ok(0)
}

/// Columns of the longest path that is aligned to.
fn path_columns(records: &[(String, Record)]) -> usize {
    let widths = records.iter().map(|(_, record)| line(&record.path).width());
    widths.filter(|width| *width <= PATH_COLUMNS_MAX).max().unwrap_or(0)
}

/// Path, day and outlet of one record.
fn row(record: &Record, path_columns: usize) -> String {
    let path = line(&record.path);
    let blanks = " ".repeat(path_columns.saturating_sub(path.width()));
    let outlet = record.outlet.as_ref().map_or("-", |outlet| outlet.as_str());
    let day = record.published.map_or_else(|| "-".to_owned(), |when| when.day().to_string());
    let retired = if record.retired.is_some() { "  retired" } else { "" };
    format!("{path}{blanks}  {day:10}  {}{retired}", line(outlet))
}

pub(crate) fn show(root: Option<&Path>, args: &ShowArgs, output: &Output) -> Result<u8, Error> {
    let root = Root::find(root)?;
    let records = corpus::records(&root.path, &root.options())?;
    let named = |(_, record): &&(String, Record)| {
        record.path == args.document || record.id.as_str() == args.document
    };
    let Some((place, _)) = records.iter().find(named) else {
        return Err(Error::usage(
            format!("there is no record of `{}`", args.document),
            "list all records: provenance list",
        ));
    };
    let record = corpus::read_record(&root.path, place)?;
    output.write(|out, _| {
        writeln!(out, "# {}", line(place))?;
        record.lines().try_for_each(|text| writeln!(out, "{}", line(text)))
    })?;
    Ok(0)
}

pub(crate) fn fmt(root: Option<&Path>, args: &FmtArgs, output: &Output) -> Result<u8, Error> {
    let root = Root::find(root)?;
    let changed = corpus::format_records(&root.path, args.check)?;
    output.write(|out, _| {
        for path in &changed {
            writeln!(out, "{}", line(path))?;
        }
        let state = if args.check { "not in canonical form" } else { "rewritten" };
        writeln!(out, "{} {state}", counted(changed.len(), "record"))
    })?;
    Ok(u8::from(args.check && !changed.is_empty()))
}

pub(crate) fn retire(root: Option<&Path>, args: &RetireArgs, output: &Output) -> Result<u8, Error> {
    let project = Root::find(root)?;
    let path = from_here(root, &args.document);
    let withdrawn =
        corpus::retire(&project.path, &path, args.reason.clone(), args.by.clone(), now())?;
    output.write(|out, _| {
        writeln!(out, "{}: retired in {}", line(&withdrawn.path), line(&withdrawn.record))?;
        writeln!(out, "next: git rm {}", line(&withdrawn.path))
    })?;
    Ok(0)
}
