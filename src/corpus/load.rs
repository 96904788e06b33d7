//! Loading: the text of every document that can be analysed.
//!
//! In:  a root and [`Options`]; or one file that a user names.
//! Out: [`Loaded`] documents in byte order of their paths, with the check they passed.
//! Not here: what the text says (`text`).

use crate::corpus::Document;
use crate::corpus::Error;
use crate::corpus::Options;
use crate::corpus::TEXT_BYTES_MAX;
use crate::corpus::examine;
use crate::corpus::find::found;
use crate::corpus::history::Snapshot;
use crate::corpus::judge::Fate;
use crate::corpus::judge::Judged;
use crate::corpus::open::Fault;
use crate::corpus::open::Keep;
use crate::corpus::open::Reader;
use crate::corpus::path;
use crate::corpus::record::Record;
use crate::corpus::scan;
use crate::corpus::scan::Entry;
use crate::corpus::source::Source;
use crate::corpus::target::State;
use crate::corpus::verify;
use crate::corpus::verify::Inspection;
use crate::corpus::verify::Question;
use crate::corpus::verify::Verification;
use crate::corpus::walk;
use crate::finding::Finding;
use crate::finding::Label;
use crate::finding::Rule;
use crate::span::DocId;
use std::io;
use std::path::Path;

/// The documents that can be analysed, and the check of all.
#[derive(Clone, Debug, Default)]
pub struct Loaded {
    /// The documents, in byte order of their paths; `id` is the position.
    pub documents: Vec<Document>,
    /// The check, with what was found in the texts.
    pub verification: Verification,
}

/// Checks every document below `root` and keeps the text of those that can be
/// analysed: UTF-8, within `options.text_bytes_max`, neither excluded nor retired.
///
/// A document that has no record, or whose bytes are not the recorded ones, is
/// kept as well: the findings say so, and its text is there to be read.
///
/// # Errors
/// As [`verify`](fn@crate::corpus::verify).
///
/// # Panics
/// When there are 2^32 documents.
pub fn load(
    root: &Path,
    options: &Options,
    progress: &(dyn Fn(u64, u64) + Sync),
) -> Result<Loaded, Error> {
    let question = Question { keep: true, ..Question::of(root, options) };
    Ok(loaded(verify::inspect_sealed(question, progress)?, options))
}

/// As [`load`](fn@load) for the documents at `paths` only, as `state` has them; they need
/// not be there. A seal is not checked: it vouches for all of them or for none.
///
/// # Errors
/// As [`load`](fn@load), and when git cannot be asked.
pub fn load_some(
    root: &Path,
    state: &State,
    options: &Options,
    paths: &[String],
) -> Result<Loaded, Error> {
    let records = paths.iter().filter_map(|path| path::record_of(path));
    let snapshot = Snapshot::of_paths(root, state, records.chain(paths.iter().cloned()))?;
    let source = snapshot.as_ref().map_or(Source::Folder(root), Source::Snapshot);
    let question =
        Question { source, keep: true, only: Some(paths), ..Question::of(root, options) };
    Ok(loaded(verify::inspect(&question, &|_, _| {})?, options))
}

/// As [`load`](fn@load) for one state of the project; `None` when it has more than `files_max`
/// documents and records together.
///
/// # Errors
/// As [`load`](fn@load), and when git cannot be asked.
pub fn load_state(
    root: &Path,
    state: &State,
    options: &Options,
    files_max: usize,
) -> Result<Option<Loaded>, Error> {
    let snapshot = match state {
        State::WorkTree => None,
        State::Staged => Some(Snapshot::of_index(root)?),
        State::Revision(revision) => match Snapshot::within(root, revision, files_max)? {
            None => return Ok(None),
            some => some,
        },
    };
    let source = snapshot.as_ref().map_or(Source::Folder(root), Source::Snapshot);
    let files = if let Some(snapshot) = &snapshot {
        snapshot.items().len()
    } else {
        let walk = walk::walk(source, options)?;
        walk.documents.len() + walk.records.len()
    };
    if files > files_max {
        return Ok(None);
    }
    let question = Question { source, keep: true, ..Question::of(root, options) };
    Ok(Some(loaded(verify::inspect_sealed(question, &|_, _| {})?, options)))
}

fn loaded(inspection: Inspection, options: &Options) -> Loaded {
    let mut verification = inspection.verification;
    let mut entries: Vec<_> = inspection.entries.into_iter().map(Some).collect();
    let mut documents = Vec::new();
    let files = inspection.documents.into_iter().zip(inspection.judged);
    for ((path, judged), entry) in files.zip(inspection.pairs.entry_of) {
        let entry = entry.and_then(|index| entries[index].take());
        let source = match text(&path, judged, options) {
            Ok(Some(source)) => source,
            Ok(None) => continue,
            Err(finding) => {
                verification.findings.push(*finding);
                continue;
            }
        };
        let id = DocId(u32::try_from(documents.len()).expect("a corpus has under 2^32 documents"));
        documents.push(document(id, path, source, entry));
    }
    verification.findings.extend(examine(&documents));
    Loaded { documents, verification }
}

/// Reads one text file that need not be in a corpus: a draft, or one side of a
/// comparison. `path` becomes the document's path as it is given.
///
/// # Errors
/// When it is not a regular file, is a link, has more than `text_bytes_max` bytes,
/// or is not UTF-8.
pub fn read_file(path: &Path, id: DocId, text_bytes_max: u64) -> Result<Document, Error> {
    let mut keep = Keep { bytes: Vec::new(), bytes_max: text_bytes_max };
    let content =
        Reader::new().read(path, Some(&mut keep), &|_| {}).map_err(|fault| stop(path, fault))?;
    if content.bytes > text_bytes_max {
        let (path, bytes) = (path.to_owned(), content.bytes);
        return Err(Error::TooLarge { path, bytes, bytes_max: text_bytes_max });
    }
    let source = String::from_utf8(keep.bytes).map_err(|error| Error::NotUtf8 {
        path: path.to_owned(),
        offset: error.utf8_error().valid_up_to(),
    })?;
    let path = path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
    Ok(Document::unrecorded(id, path, source))
}

/// The bytes of any file, with their SHA-256 in hexadecimal.
///
/// # Errors
/// When it is not a regular file, cannot be read, or has more than `bytes_max` bytes.
pub fn read_bytes(path: &Path, bytes_max: u64) -> Result<(Vec<u8>, String), Error> {
    let mut keep = Keep { bytes: Vec::new(), bytes_max };
    let content = Reader::new().read(path, Some(&mut keep), &|_| {});
    let content = content.map_err(|fault| stop(path, fault))?;
    if content.bytes > bytes_max {
        let (path, bytes) = (path.to_owned(), content.bytes);
        return Err(Error::TooLarge { path, bytes, bytes_max });
    }
    Ok((keep.bytes, content.digest.to_string()))
}

/// The text of any file, what is not UTF-8 in it replaced: to be shown, not analysed.
/// What is too large is told by its size and hash.
///
/// # Errors
/// When it is not a regular file, or cannot be read.
pub fn read_lossy(path: &Path) -> Result<String, Error> {
    let mut keep = Keep { bytes: Vec::new(), bytes_max: TEXT_BYTES_MAX };
    let content = Reader::new().read(path, Some(&mut keep), &|_| {});
    let content = content.map_err(|fault| stop(path, fault))?;
    if content.bytes > TEXT_BYTES_MAX {
        return Ok(format!("{} bytes, sha256 {}\n", content.bytes, content.digest));
    }
    Ok(String::from_utf8_lossy(&keep.bytes).into_owned())
}

/// The records below `root`, each with its own path, in byte order of the
/// documents they describe. Documents are not opened.
///
/// # Errors
/// When `root` is not a project, or a record cannot be read.
pub fn records(root: &Path, options: &Options) -> Result<Vec<(String, Record)>, Error> {
    let walk = walk::walk(Source::Folder(root), options)?;
    let request = scan::Request { keep: true, ..scan::Request::default() };
    scan::scan(Source::Folder(root), walk.records, &request).into_iter().map(record_of).collect()
}

fn record_of(entry: Entry) -> Result<(String, Record), Error> {
    let record = entry.place.record;
    match entry.state.and_then(|state| state.record) {
        Some(stated) => Ok((record, *stated)),
        None => Err(scan::invalid_error(record, &entry.findings)),
    }
}

/// Turns a fault in reading the file that a user named into an error.
pub(crate) fn stop(path: &Path, fault: Fault) -> Error {
    let path = path.to_owned();
    match fault {
        Fault::NotRegular(what) => Error::NotARegularFile { path, what },
        Fault::Unstable => Error::Unstable { path },
        Fault::Io(source) if source.kind() == io::ErrorKind::NotFound => Error::NoSuchFile { path },
        Fault::Io(source) => Error::Read { path, source },
        Fault::Git(message) => Error::Read { path, source: io::Error::other(message) },
    }
}

fn document(id: DocId, path: String, source: String, entry: Option<Entry>) -> Document {
    match entry.and_then(|entry| entry.state?.record) {
        Some(record) => Document::recorded(id, path, source, *record),
        None => Document::unrecorded(id, path, source),
    }
}

fn text(path: &str, judged: Judged, options: &Options) -> Result<Option<String>, Box<Finding>> {
    let analysed = match judged.fate {
        Fate::Verified | Fate::Changed | Fate::Moved | Fate::Unrecorded | Fate::Unjudged => true,
        Fate::Unstable | Fate::Withdrawn | Fate::Excluded | Fate::Refused => false,
    };
    let content = judged.content.filter(|content| analysed && content.lfs.is_none());
    match (content, judged.kept) {
        (None, _) => Ok(None),
        (Some(content), None) => Err(Box::new(too_large(path, content.bytes, options))),
        (Some(_), Some(bytes)) => {
            String::from_utf8(bytes).map(Some).map_err(|error| Box::new(not_utf8(path, &error)))
        }
    }
}

fn too_large(path: &str, bytes: u64, options: &Options) -> Finding {
    let bytes_max = options.text_bytes_max;
    let message =
        format!("`{path}` has {bytes} bytes and was not analysed: the limit is {bytes_max}");
    let help = "raise `max-text-bytes`, or split the text";
    found(Rule::TooLargeToAnalyse, message, Label::file(path, "checked, not analysed"), help)
}

fn not_utf8(path: &str, error: &std::string::FromUtf8Error) -> Finding {
    let offset = error.utf8_error().valid_up_to();
    let message = format!(
        "`{path}` is not UTF-8 and was not analysed: byte {offset} is not part of a character"
    );
    let help = "keep the original, and record a UTF-8 text derived from it";
    found(Rule::NotUtf8, message, Label::file(path, "checked, not analysed"), help)
}
