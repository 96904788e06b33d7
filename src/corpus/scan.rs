//! Reading all records, and keeping of each only what the check needs.
//!
//! In:  the places of the records.
//! Out: one [`Entry`] per record, in the same order, with what is wrong with it.
//! Not here: the documents (`verify`).

use crate::corpus::Error;
use crate::corpus::Options;
use crate::corpus::check;
use crate::corpus::check::Step;
use crate::corpus::digest::Digest;
use crate::corpus::find;
use crate::corpus::find::found;
use crate::corpus::history::ObjectId;
use crate::corpus::open::Fault;
use crate::corpus::problems;
use crate::corpus::record::Field;
use crate::corpus::record::Id;
use crate::corpus::record::Record;
use crate::corpus::source::Access;
use crate::corpus::source::Source;
use crate::corpus::sources;
use crate::corpus::walk::Place;
use crate::finding::Finding;
use crate::finding::Label;
use crate::finding::Rule;
use crate::finding::Site;
use rayon::prelude::*;

/// Larger records are refused before they are parsed.
pub(crate) const RECORD_BYTES_MAX: u64 = 1024 * 1024;

/// One record, read.
#[derive(Debug)]
pub(crate) struct Entry {
    /// Where it lies.
    pub(crate) place: Place,
    /// What it states, unless it cannot be read.
    pub(crate) state: Option<Stated>,
    /// What git calls its bytes, when the caller asked and they could be read.
    pub(crate) blob: Option<ObjectId>,
    /// The identity of its bytes, when the caller asked and they could be read.
    pub(crate) digest: Option<Digest>,
    /// What is wrong with it by itself.
    pub(crate) findings: Vec<Finding>,
}

/// What a record states, as far as the check needs it.
#[derive(Debug)]
pub(crate) struct Stated {
    /// The stable name.
    pub(crate) id: Box<str>,
    /// The document that it names, when that is not the one it must describe.
    pub(crate) elsewhere: Option<Box<str>>,
    /// The recorded identity.
    pub(crate) digest: Digest,
    /// The recorded size.
    pub(crate) bytes: u64,
    /// The recorded digest of the text.
    pub(crate) text: Option<Box<str>>,
    /// The documents whose wording it is said to reuse.
    pub(crate) sources: Vec<sources::Source>,
    /// Whether the document is retired.
    pub(crate) retired: bool,
    /// The whole record, when the caller asked for it.
    pub(crate) record: Option<Box<Record>>,
}

/// What is asked of a scan.
#[derive(Default)]
pub(crate) struct Request<'o> {
    /// Whether whole records are kept.
    pub(crate) keep: bool,
    /// Whether records are named as git names their bytes.
    pub(crate) blobs: bool,
    /// Whether records are hashed.
    pub(crate) digests: bool,
    /// Fields that every record must state.
    pub(crate) require: &'o [Field],
}

/// Reads the records at `places`, in parallel.
pub(crate) fn scan(source: Source<'_>, places: Vec<Place>, request: &Request<'_>) -> Vec<Entry> {
    let read = |access: &mut Access<'_>, place| read(access, place, request);
    places.into_par_iter().map_init(|| source.access(), read).collect()
}

/// The fields that `options` require.
///
/// # Errors
/// When one of them is not a field.
pub(crate) fn required(options: &Options) -> Result<Vec<Field>, Error> {
    let field = |name: &String| {
        Field::named(name).ok_or_else(|| Error::BadField {
            field: "require".to_owned(),
            message: format!("there is no field `{name}` that can be required"),
        })
    };
    options.require.iter().map(field).collect()
}

/// The first of `findings`, about a record that was asked for, as an error.
pub(crate) fn invalid_error(record: String, findings: &[Finding]) -> Error {
    let first = findings.first();
    let line = match first.map(|finding| &finding.labels[0].site) {
        Some(Site::Line { position, .. }) => position.line,
        _ => 1,
    };
    let message = first.map_or_else(String::new, |finding| finding.message.clone());
    Error::InvalidRecord { record, line, message }
}

fn read(access: &mut Access<'_>, place: Place, request: &Request<'_>) -> Entry {
    let bytes = match access.small(&place.record, RECORD_BYTES_MAX) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => return unread(place, too_large),
        Err(fault) => return unread(place, |record| unreadable(record, &fault)),
    };
    let blob = request.blobs.then(|| ObjectId::of(bytes));
    let digest = request.digests.then(|| Digest::of(bytes));
    let source = match str::from_utf8(bytes) {
        Ok(source) => source,
        Err(error) => {
            let entry = unread(place, |record| not_utf8(record, bytes, error));
            return Entry { digest, ..entry };
        }
    };
    match problems::read(source) {
        Ok(record) => {
            let findings = check::check(&place, source, &record, request.require);
            let state = Some(stated(&place, source, record, request.keep));
            Entry { place, state, blob, digest, findings }
        }
        Err(problems) => {
            let findings = problems.iter().map(|problem| invalid(&place.record, source, problem));
            Entry { findings: findings.collect(), place, state: None, blob, digest }
        }
    }
}

fn stated(place: &Place, source: &str, record: Record, keep: bool) -> Stated {
    let declared = |(index, id): (usize, &Id)| {
        let at = [Step::Key("claims-from"), Step::Item(index)];
        let label = check::line_of(&place.record, source, &at);
        sources::Source { id: id.as_str().into(), label }
    };
    Stated {
        id: record.id.as_str().into(),
        elsewhere: (record.path != place.document).then(|| record.path.as_str().into()),
        digest: record.hash.sha256,
        bytes: record.hash.bytes,
        text: record.hash.text.as_ref().map(|text| text.as_str().into()),
        sources: record.claims_from.iter().enumerate().map(declared).collect(),
        retired: record.retired.is_some(),
        record: keep.then(|| Box::new(record)),
    }
}

fn unread(place: Place, say: impl FnOnce(&str) -> Finding) -> Entry {
    let findings = vec![say(&place.record)];
    Entry { place, state: None, blob: None, digest: None, findings }
}

fn invalid(record: &str, source: &str, problem: &problems::Problem) -> Finding {
    let label = find::line(record, source, problem.span.start);
    found(Rule::RecordInvalid, &*problem.message, label, &*problem.help)
}

fn too_large(record: &str) -> Finding {
    let message = format!("`{record}` is over 1 MiB, too large for a record");
    let help = "keep long texts in files of their own, and name them under [extra]";
    found(Rule::RecordInvalid, message, Label::file(record, "not read"), help)
}

fn unreadable(record: &str, fault: &Fault) -> Finding {
    let label = Label::file(record, "not read");
    match fault {
        Fault::NotRegular(what) => {
            let help = "put the file itself in its place, or remove it";
            found(Rule::NotARegularFile, format!("`{record}` is {what}"), label, help)
        }
        Fault::Io(error) => {
            let help = "make it readable, then run again";
            found(Rule::Unstable, format!("cannot read `{record}`: {error}"), label, help)
        }
        Fault::Unstable => {
            let help = "wait until nothing writes to it, then run again";
            found(Rule::Unstable, format!("`{record}` changed while it was read"), label, help)
        }
        Fault::Git(message) => no_blob(record, message),
    }
}

/// Says that git did not give the bytes of the file at `path`.
pub(crate) fn no_blob(path: &str, message: &str) -> Finding {
    let label = Label::file(path, "not checked");
    let help = "see what is missing: git fsck; fetch it again: git fetch --refetch";
    found(Rule::Unstable, format!("git cannot read the bytes of `{path}`: {message}"), label, help)
}

fn not_utf8(record: &str, bytes: &[u8], error: std::str::Utf8Error) -> Finding {
    let valid = error.valid_up_to();
    let source = String::from_utf8_lossy(bytes);
    let message = format!("`{record}` is not UTF-8: byte {valid} is not part of a character");
    let label = find::line(record, &source, valid);
    found(Rule::RecordInvalid, message, label, "save the record as UTF-8")
}
