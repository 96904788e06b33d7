//! The command `report`: what was found, as a page for people.

mod watch;

use crate::analyse;
use crate::cli::args::Level;
use crate::cli::args::PolicyArgs;
use crate::cli::commands::gather;
use crate::cli::commands::read_files;
use crate::cli::error::Error;
use crate::cli::model::with_model;
use crate::cli::output::Output;
use crate::cli::records::Root;
use crate::cli::records::from_here;
use crate::corpus;
use crate::corpus::Loaded;
use crate::corpus::Verification;
use crate::corpus::When;
use crate::divergence::recurrences;
use crate::finding::Severity;
use crate::policy::Policy;
use crate::policy::Profile;
use crate::policy::exit_status;
use crate::render::html;
use crate::render::svg;
use crate::render::svg::Picture;
use crate::report::Quoted;
use crate::report::Report;
use clap::ValueEnum;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(crate) struct ReportArgs {
    /// Drafts to check against the corpus; without any, the corpus itself. Outside a project,
    /// text files that are compared with each other.
    #[arg(value_name = "DRAFT")]
    drafts: Vec<PathBuf>,

    /// Publication date of the drafts: a date, or a date-time with offset.
    #[arg(long, value_name = "WHEN")]
    published: Option<When>,

    /// Form of the output.
    #[arg(long, value_name = "FORMAT", default_value = "html")]
    format: Form,

    /// The picture to draw, with `--format svg` [default: reuse-map].
    #[arg(long, value_name = "VIEW")]
    view: Option<View>,

    /// Where the page goes: `report.html`, or the view as `reuse-map.svg`, unless it is named;
    /// `-` is stdout. An earlier page or picture there is replaced, and nothing else.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Open it in the browser.
    #[arg(long)]
    open: bool,

    /// Write it anew whenever a document, record, draft or setting changes, until Ctrl-C.
    #[arg(long)]
    watch: bool,

    /// Lowest level of findings that makes the run fail; without it, none does.
    #[arg(long, value_name = "LEVEL")]
    fail_on: Option<Level>,

    #[command(flatten)]
    policy: PolicyArgs,
}

/// The form of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    /// One page with all views.
    Html,
    /// One picture, for places that take no HTML.
    Svg,
}

/// A picture.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum View {
    /// How much wording each two outlets share.
    ReuseMap,
    /// Which documents carry the same passages, over time.
    Lineage,
    /// What the documents say on the same questions.
    Figures,
}

impl ReportArgs {
    /// The picture to draw, unless it is the page that is asked for.
    fn picture(&self) -> Option<Picture> {
        let view = self.view.unwrap_or(View::ReuseMap);
        (self.format == Form::Svg).then_some(match view {
            View::ReuseMap => Picture::ReuseMap,
            View::Lineage => Picture::Lineage,
            View::Figures => Picture::Figures,
        })
    }

    /// The file as it is named.
    fn file(&self) -> &Path {
        let usual = match self.picture() {
            None => "report.html",
            Some(Picture::ReuseMap) => "reuse-map.svg",
            Some(Picture::Lineage) => "lineage.svg",
            Some(Picture::Figures) => "figures.svg",
        };
        self.output.as_deref().unwrap_or(Path::new(usual))
    }

    /// The file to write, unless the page goes to stdout.
    fn target(&self, root: Option<&Path>) -> Option<PathBuf> {
        (self.file() != Path::new("-")).then(|| from_here(root, self.file()))
    }

    /// Writes the page or the picture.
    fn write(&self, out: &mut impl Write, report: &Report, quoted: &Quoted) -> std::io::Result<()> {
        match self.picture() {
            None => html::write(out, report, quoted),
            Some(picture) => svg::write(out, report, picture),
        }
    }
}

pub(crate) fn report(root: Option<&Path>, args: &ReportArgs, output: &Output) -> Result<u8, Error> {
    let target = args.target(root);
    if target.is_none() && (args.open || args.watch) {
        return Err(Error::usage(
            "--open and --watch need a file, and the page goes to stdout",
            "name a file with --output",
        ));
    }
    if args.view.is_some() && args.format == Form::Html {
        return Err(Error::usage(
            "--view names a picture, and the page has every view",
            "leave it out, or add --format svg",
        ));
    }
    let status = write(root, args, output)?;
    if let Some(target) = target.filter(|_| args.open) {
        open::that_detached(&target).map_err(|error| Error::Opening { path: target, error })?;
    }
    if args.watch { watch::watch(root, args, output) } else { Ok(status) }
}

/// What the page is about.
struct Subject {
    loaded: Loaded,
    policy: Policy,
    /// The project, if there is one.
    project: Option<PathBuf>,
}

/// Writes the page, and gives the exit status.
fn write(root: Option<&Path>, args: &ReportArgs, output: &Output) -> Result<u8, Error> {
    let Subject { loaded, policy, project } = read(root, args)?;
    let target = args.target(root);
    if let Some(target) = &target {
        let beginning = args.picture().map_or(html::BEGINNING, |_| svg::BEGINNING);
        corpus::may_write_page(project.as_deref(), target, beginning)?;
    }
    let Loaded { documents, verification } = loaded;
    let analysis = analyse(&documents, &policy);
    let mut report = analysis.report(&documents, &policy, verification.findings);
    report.fixity = project.map(|_| verification.counts);
    report.unchecked = verification.unchecked;
    report.unparaphrased = !analysis.paraphrased;
    report.sealed = verification.sealed;
    let shown = documents.iter().map(|document| document.id).collect();
    let quoted = Quoted::new(shown, &recurrences(&analysis.texts, &analysis.claims), false);
    match target {
        None => output.write(|out, _| args.write(out, &report, &quoted))?,
        Some(target) => {
            let mut page = Vec::new();
            args.write(&mut page, &report, &quoted).expect("writing to memory cannot fail");
            corpus::replace_file(&target, &page)?;
            tell(&report, args, output)?;
        }
    }
    let fail_on = args.fail_on.map(Severity::from);
    Ok(fail_on.map_or(0, |fail_on| exit_status(&report.findings, fail_on)))
}

/// Says where the page is.
fn tell(report: &Report, args: &ReportArgs, output: &Output) -> Result<(), Error> {
    output.unchecked(report);
    output.write(|out, look| {
        let path = args.file().display().to_string();
        write!(out, "{}: ", crate::render::sanitize::line(&path))?;
        crate::render::terminal::write_counts(out, report, look)
    })
}

/// The corpus with the drafts; outside a project, the named files.
fn read(root: Option<&Path>, args: &ReportArgs) -> Result<Subject, Error> {
    let project = match Root::find(root) {
        Ok(project) => project,
        Err(_) if root.is_none() && !args.drafts.is_empty() => return loose(args),
        Err(error) => return Err(error),
    };
    let profile = if args.drafts.is_empty() { Profile::Corpus } else { Profile::Draft };
    let policy = args.policy.of(project.policy.clone(), profile)?;
    let policy = with_model(&project.path, policy)?;
    let loaded = gather(root, &project, (&args.drafts, args.published))?;
    Ok(Subject { loaded, policy, project: Some(project.path) })
}

/// Files that are in no project, compared with each other.
fn loose(args: &ReportArgs) -> Result<Subject, Error> {
    let policy = args.policy.of(Policy::default(), Profile::Draft)?;
    let documents = read_files(None, &args.drafts, 0, (args.published, &policy))?;
    let findings = corpus::examine(&documents);
    let verification = Verification { findings, ..Verification::default() };
    Ok(Subject { loaded: Loaded { documents, verification }, policy, project: None })
}
