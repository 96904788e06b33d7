//! `audit --input` of an archive: more text than is held in memory.
//!
//! The words of all documents are held, and their texts put aside on the disk. Passages
//! are found through the words; the documents that carry the same ones are read back,
//! judged together and told, group by group. The same documents give the same output in
//! whatever order they come.

use crate::analyse;
use crate::analyse_near;
use crate::cli::args::AuditArgs;
use crate::cli::args::Form;
use crate::cli::bulk::unchecked;
use crate::cli::commands::UNPARAPHRASED;
use crate::cli::commands::compared;
use crate::cli::commands::counted;
use crate::cli::commands::finish;
use crate::cli::commands::join;
use crate::cli::error::Error;
use crate::cli::output::Output;
use crate::corpus;
use crate::corpus::Document;
use crate::corpus::Input;
use crate::corpus::Loaded;
use crate::corpus::Spool;
use crate::corpus::Spooled;
use crate::finding::Finding;
use crate::finding::Severity;
use crate::finding::Site;
use crate::policy::Policy;
use crate::policy::exit_status;
use crate::render::json;
use crate::render::json::Part;
use crate::render::json::Run;
use crate::render::terminal;
use crate::report::Report;
use crate::report::Totals;
use crate::reuse::archive;
use crate::reuse::archive::Groups;
use crate::reuse::archive::SharedPassage;
use crate::span::DocId;
use crate::span::Place;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::io;
use std::io::Write;

/// Text that is held while its words are read.
const BATCH_BYTES: usize = 8 << 20;

/// Groups that are judged before what they gave is written.
const GROUPS_AT_ONCE: usize = 256;

/// Documents of a group that are judged, and bytes of their text: of more the first
/// documents are, and two at least.
const GROUP_DOCUMENTS_MAX: usize = 500;
const GROUP_BYTES_MAX: u64 = 64_000_000;

/// Before the names of drafts, so that they are after all documents.
const LAST: char = char::MAX;

/// An archive, read.
struct Archive {
    /// The texts.
    spool: Spooled,
    /// The words, by name.
    documents: Vec<archive::Document>,
    /// The number of each document in the spool.
    numbers: Vec<usize>,
    /// The documents about which there is something to say alone.
    remarkable: Vec<u32>,
}

/// Audits an archive of which some documents are `held` already, or `drafts` against it.
pub(crate) fn audit(
    (args, policy): (&AuditArgs, &Policy),
    (held, input): (Vec<Document>, &mut Input),
    drafts: Vec<Document>,
    output: &Output,
) -> Result<u8, Error> {
    refuse(args)?;
    let mut archive = Archive::read(held, input)?;
    let problems = unchecked(input.skipped());
    if !drafts.is_empty() {
        return against((args, policy), archive, (drafts, problems), output);
    }
    let passages = passages(&archive.documents)?;
    archive.documents = Vec::new();
    let groups = Groups::new(&passages);
    let judge = Judge { args, policy, archive: &archive, groups: &groups, output };
    let mut told = Told::new(archive.numbers.len());
    let run = Run { command: "audit", all: args.findings.all, documents: archive.numbers.len() };
    if judge.is_jsonl() {
        output.write(|out, _| json::write_start(out, &run))?;
    }
    for some in archive.remarkable.chunks(GROUPS_AT_ONCE) {
        let pieces = some.par_iter().map(|document| judge.alone(*document));
        told.tell(pieces.collect::<Result<_, _>>()?, output)?;
    }
    for some in groups.all().chunks(GROUPS_AT_ONCE) {
        let pieces = some.par_iter().map(|group| judge.group(group));
        told.tell(pieces.collect::<Result<_, _>>()?, output)?;
    }
    told.end(&judge, &run, problems)?;
    Ok(if args.findings.exit_zero && told.status == 1 { 0 } else { told.status })
}

/// What is only there when all documents are compared in memory.
fn refuse(args: &AuditArgs) -> Result<(), Error> {
    if args.drafts.is_empty() && !matches!(args.findings.form.format, Form::Text | Form::Jsonl) {
        let message = "this input is an archive: its findings are told one by one, and this form \
                       would have to hold all of them";
        return Err(Error::usage(message, "use --format jsonl, or split the input"));
    }
    if args.boilerplate {
        let message = "this input is an archive: what many of its documents carry is not compared, \
                       and cannot be shown";
        return Err(Error::usage(message, "leave out --boilerplate, or split the input"));
    }
    Ok(())
}

/// Checks drafts against the documents of an archive that share wording with them.
fn against(
    (args, policy): (&AuditArgs, &Policy),
    mut archive: Archive,
    (drafts, problems): (Vec<Document>, Vec<String>),
    output: &Output,
) -> Result<u8, Error> {
    let count = archive.documents.len();
    archive.documents.extend(
        drafts.iter().enumerate().map(|(number, draft)| {
            archive::Document::read(format!("{LAST}{number}"), &draft.source)
        }),
    );
    let is_draft = |place: Place| place.doc.index() >= count;
    let passages = passages(&archive.documents)?;
    let found = passages.iter().filter(|found| is_draft(found.left) || is_draft(found.right));
    let sources: BTreeSet<u32> = found
        .flat_map(|found| [found.left, found.right])
        .filter(|place| !is_draft(*place))
        .map(|place| place.doc.0)
        .collect();
    let sources: Vec<u32> = sources.into_iter().collect();
    let documents = archive.texts(&sources)?;
    let loaded = Loaded { documents, ..Loaded::default() };
    let Loaded { documents, verification } = join(loaded, drafts);
    let analysis = analyse(&documents, policy);
    let mut report = analysis.report_of_part(&documents, policy, verification.findings);
    report.indexed = Some(count);
    report.unchecked = problems;
    let told = compared("audit", &args.findings, &report);
    finish(output, (&args.findings, policy), &report, &told)
}

fn passages(documents: &[archive::Document]) -> Result<Vec<SharedPassage>, Error> {
    let stop = |error: archive::TooManyWords| Error::usage(error.to_string(), "split the input");
    archive::passages(documents).map_err(stop)
}

impl Archive {
    /// Reads what is `held` and the rest of `input`.
    fn read(held: Vec<Document>, input: &mut Input) -> Result<Self, Error> {
        let mut spool = Spool::new(&std::env::temp_dir())?;
        let mut read: Vec<(archive::Document, usize, bool)> = Vec::new();
        let mut batch: Vec<Document> = Vec::new();
        let mut bytes = 0;
        let mut take = |batch: &mut Vec<Document>| -> Result<(), Error> {
            let first = read.len();
            batch.iter().try_for_each(|document| spool.add(document))?;
            let numbered = batch.par_drain(..).enumerate();
            read.par_extend(numbered.map(|(at, document)| {
                let remarkable = !corpus::examine(std::slice::from_ref(&document)).is_empty();
                let Document { path, source, .. } = document;
                (archive::Document::read(path, &source), first + at, remarkable)
            }));
            Ok(())
        };
        for document in held.into_iter().map(Ok).chain(input) {
            let document = document?;
            bytes += document.source.len();
            batch.push(document);
            if bytes >= BATCH_BYTES {
                take(&mut batch)?;
                bytes = 0;
            }
        }
        take(&mut batch)?;
        read.sort_by(|one, other| one.0.name().cmp(other.0.name()));
        let ranked = (0..).zip(&read).filter(|(_, (_, _, remarkable))| *remarkable);
        let remarkable = ranked.map(|(rank, _)| rank).collect();
        let (documents, numbers) =
            read.into_iter().map(|(document, number, _)| (document, number)).unzip();
        Ok(Self { spool: spool.finish()?, documents, numbers, remarkable })
    }

    /// As many of a group's documents as are judged.
    fn some<'r>(&self, ranks: &'r [u32]) -> &'r [u32] {
        let mut bytes = 0;
        let fits = |rank: &&u32| {
            bytes += self.spool.text_bytes(self.numbers[**rank as usize]);
            bytes <= GROUP_BYTES_MAX
        };
        let count = ranks.iter().take(GROUP_DOCUMENTS_MAX).take_while(fits).count();
        &ranks[..count.max(2).min(ranks.len())]
    }

    /// Some documents with their texts, numbered from zero.
    fn texts(&self, ranks: &[u32]) -> Result<Vec<Document>, Error> {
        let read = |(id, rank): (u32, &u32)| {
            Ok(self.spool.read(self.numbers[*rank as usize], DocId(id))?)
        };
        (0..).zip(ranks).map(read).collect()
    }
}

/// What every group is judged by.
struct Judge<'a> {
    args: &'a AuditArgs,
    policy: &'a Policy,
    archive: &'a Archive,
    groups: &'a Groups<'a>,
    output: &'a Output,
}

/// What one group gave, ready to be written.
struct Piece {
    /// A line for each document that it shows.
    documents: Vec<(u32, Vec<u8>)>,
    /// Alignments and findings.
    lines: Vec<u8>,
    totals: Totals,
    passages: usize,
    status: u8,
}

impl Judge<'_> {
    fn is_jsonl(&self) -> bool {
        matches!(self.args.findings.form.format, Form::Jsonl)
    }

    /// What there is to say about a document without another.
    fn alone(&self, document: u32) -> Result<Piece, Error> {
        let documents = self.archive.texts(&[document])?;
        let analysis = analyse_near(&documents, &[], self.policy);
        let found = corpus::examine(&documents);
        Ok(self.piece(&[document], &analysis.report_of_part(&documents, self.policy, found)))
    }

    /// What there is to say about documents that carry the same passages.
    fn group(&self, group: &[u32]) -> Result<Piece, Error> {
        let ranks = self.archive.some(group);
        let documents = self.archive.texts(ranks)?;
        let here = |place: Place| {
            let at = ranks.binary_search(&place.doc.0).ok()?;
            Some(Place { doc: DocId(u32::try_from(at).ok()?), ..place })
        };
        let places = self.groups.places(group);
        let places = places.iter().filter_map(|[one, other]| Some([here(*one)?, here(*other)?]));
        let places: Vec<[Place; 2]> = places.collect();
        let mut analysis = analyse_near(&documents, &places, self.policy);
        let is_own = |docs: &BTreeSet<DocId>| {
            let documents: Vec<u32> = docs.iter().map(|doc| ranks[doc.index()]).collect();
            self.groups.is_of(group, &documents)
        };
        analysis.findings.retain(|finding| is_own(&shown(finding)));
        analysis
            .alignments
            .retain(|found| is_own(&BTreeSet::from([found.left.doc, found.right.doc])));
        let report = analysis.report_of_part(&documents, self.policy, Vec::new());
        Ok(self.piece(ranks, &report))
    }

    /// Writes what a report says.
    fn piece(&self, ranks: &[u32], report: &Report) -> Piece {
        let all = self.args.findings.all;
        let fail_on = self.args.findings.fail_on.map(Severity::from).or(self.policy.fail_on);
        let mut piece = Piece {
            documents: Vec::new(),
            lines: Vec::new(),
            totals: report.totals(),
            passages: report.alignments.iter().filter(|found| found.reported).count(),
            status: exit_status(&report.findings, fail_on.unwrap_or(Severity::Error)),
        };
        let written = if self.is_jsonl() {
            piece.write_lines(ranks, report, all)
        } else {
            terminal::write_findings(&mut piece.lines, report, self.output.look, all)
        };
        written.expect("memory can be written");
        piece
    }
}

impl Piece {
    /// Writes what a report says, an object a line.
    fn write_lines(&mut self, ranks: &[u32], report: &Report, all: bool) -> io::Result<()> {
        json::write_part(&mut self.lines, report, Part::Alignments, all)?;
        json::write_part(&mut self.lines, report, Part::Findings, all)?;
        let mut docs: BTreeSet<DocId> =
            report.findings.iter().flat_map(|judged| shown(&judged.finding)).collect();
        let alignments = report.alignments.iter().filter(|found| all || found.reported);
        docs.extend(alignments.flat_map(|found| [found.left.doc, found.right.doc]));
        let mut documents = Vec::new();
        json::write_part(&mut documents, report, Part::Documents, all)?;
        let lines: Vec<&[u8]> = documents.split_inclusive(|byte| *byte == b'\n').collect();
        let line = |doc: DocId| (ranks[doc.index()], lines[doc.index()].to_vec());
        self.documents = docs.into_iter().map(line).collect();
        Ok(())
    }
}

/// The documents that a finding shows.
fn shown(finding: &Finding) -> BTreeSet<DocId> {
    let docs = finding.labels.iter().filter_map(|label| match &label.site {
        Site::Passage(place) => Some(place.doc),
        Site::File { .. } | Site::Line { .. } => None,
    });
    docs.collect()
}

/// What was told so far.
struct Told {
    /// By document: whether its line was written.
    documents: Vec<bool>,
    totals: Totals,
    passages: usize,
    status: u8,
}

impl Told {
    fn new(documents: usize) -> Self {
        Self {
            documents: vec![false; documents],
            totals: Totals::default(),
            passages: 0,
            status: 0,
        }
    }

    /// Writes what some groups gave.
    fn tell(&mut self, pieces: Vec<Piece>, output: &Output) -> Result<(), Error> {
        output.write(|out, _| {
            for piece in pieces {
                for (document, line) in piece.documents {
                    if !std::mem::replace(&mut self.documents[document as usize], true) {
                        out.write_all(&line)?;
                    }
                }
                out.write_all(&piece.lines)?;
                self.totals += piece.totals;
                self.passages += piece.passages;
                self.status = self.status.max(piece.status);
            }
            Ok(())
        })
    }

    /// Sums up.
    fn end(&self, judge: &Judge, run: &Run, mut problems: Vec<String>) -> Result<(), Error> {
        let groups = judge.groups.all().iter();
        let cut = groups.filter(|group| judge.archive.some(group).len() < group.len()).count();
        if cut > 0 {
            problems.push(format!(
                "{} of over {GROUP_DOCUMENTS_MAX} documents or {} MB: only the first were judged",
                counted(cut, "group"),
                GROUP_BYTES_MAX / 1_000_000
            ));
        }
        if judge.is_jsonl() {
            return judge.output.write(|out, _| json::write_end(out, run, &self.totals, &problems));
        }
        let report = Report { unchecked: problems, ..Report::default() };
        judge.output.unchecked(&report);
        judge.output.write(|out, look| {
            let documents = counted(run.documents, "document");
            let passages = counted(self.passages, "shared passage");
            writeln!(out, "{documents}, compared as an archive: {passages}{UNPARAPHRASED}")?;
            terminal::write_totals(out, &self.totals, look)
        })
    }
}
