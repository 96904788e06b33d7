//! Adding: a record is made when a document arrives, and its identity is replaced
//! only with a reason that the history keeps.
//!
//! In:  a root, what is known of the document, and the time.
//! Out: a written record.
//! Not here: how a record is spelled (`canonical`) and written (`store`).

use crate::corpus::Error;
use crate::corpus::Options;
use crate::corpus::TEXT_BYTES_MAX;
use crate::corpus::digest::Digest;
use crate::corpus::load;
use crate::corpus::open::Keep;
use crate::corpus::open::Reader;
use crate::corpus::path;
use crate::corpus::path::CORPUS;
use crate::corpus::path::PathFault;
use crate::corpus::record::Capture;
use crate::corpus::record::Change;
use crate::corpus::record::Field;
use crate::corpus::record::Hash;
use crate::corpus::record::Id;
use crate::corpus::record::Kind;
use crate::corpus::record::Language;
use crate::corpus::record::Method;
use crate::corpus::record::Reason;
use crate::corpus::record::Record;
use crate::corpus::record::Schema;
use crate::corpus::record::Text;
use crate::corpus::record::TextDigest;
use crate::corpus::record::Url;
use crate::corpus::record::Was;
use crate::corpus::rewrite;
use crate::corpus::scan;
use crate::corpus::source::Source;
use crate::corpus::store;
use crate::corpus::store::Lock;
use crate::corpus::walk;
use crate::corpus::when::Moment;
use crate::corpus::when::When;
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::path::Path;
use std::path::PathBuf;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What is known of a document that is to be recorded.
#[derive(Clone, Debug, Default)]
pub struct AddRequest {
    /// The file, absolute or relative to the root.
    pub path: PathBuf,
    /// Its stable name; made from the path when it is not given.
    pub id: Option<Id>,
    /// What kind of text it is; an article when it is not given.
    pub kind: Option<Kind>,
    /// The headline.
    pub title: Option<Text>,
    /// Who published it.
    pub outlet: Option<Text>,
    /// Who wrote it.
    pub author: Vec<Text>,
    /// Where it was published.
    pub url: Option<Url>,
    /// When it was published.
    pub published: Option<When>,
    /// When the outlet last changed it.
    pub modified: Option<When>,
    /// Its language.
    pub language: Option<Language>,
    /// An SPDX licence expression.
    pub licence: Option<Text>,
    /// The rights statement.
    pub rights: Option<Text>,
    /// The IPTC digital source type.
    pub digital_source_type: Option<Text>,
    /// Fields that were looked for and not established.
    pub unknown: Vec<Field>,
    /// The ids of the documents whose wording it is known to reuse.
    pub claims_from: Vec<Id>,
    /// When it was fetched.
    pub retrieved: Option<When>,
    /// By which means.
    pub method: Option<Method>,
    /// With which tool.
    pub tool: Option<Text>,
    /// A copy in a public archive.
    pub archive: Option<Url>,
    /// Who records it.
    pub by: Option<Text>,
    /// Why the recorded bytes are replaced; refused when there are none.
    pub replace: Option<Reason>,
}

/// A document that was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Added {
    /// The document, relative to the root.
    pub path: String,
    /// Its record.
    pub record: String,
    /// Its stable name.
    pub id: Id,
    /// Its identity.
    pub digest: Digest,
    /// Its size.
    pub bytes: u64,
    /// What it was before, when its bytes were replaced.
    pub was: Option<Digest>,
    /// Fields that the record does not state.
    pub unknown: Vec<Field>,
}

/// The ids that records have, read once for any number of additions.
///
/// Another program that adds the same id meanwhile is not seen; `verify` reports it.
#[derive(Clone, Debug, Default)]
pub struct Ids {
    /// The record of each id, letter case folded; nothing before the first addition.
    taken: Option<BTreeMap<String, String>>,
}

/// Records the document that `request` names.
///
/// # Errors
/// When it is not a regular file in `corpus/` with a safe path; when it has a
/// record and `request.replace` gives no reason, or has none and it does; when its
/// id is taken; when the record cannot be written.
pub fn add(root: &Path, request: &AddRequest, now: Timestamp) -> Result<Added, Error> {
    add_next(root, request, now, &mut Ids::default())
}

/// Records one of many documents: as [`add`], but the records are not read anew for
/// each of them.
///
/// # Errors
/// As [`add`].
pub fn add_next(
    root: &Path,
    request: &AddRequest,
    now: Timestamp,
    ids: &mut Ids,
) -> Result<Added, Error> {
    let document = document_path(root, &request.path)?;
    let hash = hash(root, &document)?;
    let lock = Lock::take(root)?;
    let stored = rewrite::stored(root, &document)?;
    let (mut record, was) = match (stored.record.clone(), request.replace) {
        (Some(_), None) => return Err(Error::Recorded { path: document, record: stored.path }),
        (None, Some(_)) => return Err(Error::NotRecorded { path: document }),
        (None, None) => (fresh(root, request, &document, hash, ids)?, None),
        (Some(old), Some(reason)) => {
            let was = old.hash.sha256;
            (replaced(old, &stored.path, hash, change(request, was, reason, now))?, Some(was))
        }
    };
    if was.is_some() {
        describe(&mut record, request);
    }
    rewrite::write(&lock, &stored, &record)?;
    ids.take(&record.id, &stored.path);
    let unknown = Field::ALL.iter().copied().filter(|field| !record.states(*field)).collect();
    let Hash { sha256: digest, bytes, .. } = record.hash;
    Ok(Added { path: document, record: stored.path, id: record.id, digest, bytes, was, unknown })
}

/// The record of a new document, as `request` describes it.
///
/// # Errors
/// When its id is taken.
pub(crate) fn fresh(
    root: &Path,
    request: &AddRequest,
    document: &str,
    hash: Hash,
    ids: &mut Ids,
) -> Result<Record, Error> {
    let id = ids.free(root, request.id.as_ref(), document, &hash)?;
    let mut record = new(id, document, hash);
    describe(&mut record, request);
    Ok(record)
}

/// The path from the root of a document that a user names, checked.
///
/// # Errors
/// When it is not in `corpus/`, or not safe on every system.
pub(crate) fn document_path(root: &Path, named: &Path) -> Result<String, Error> {
    let inside = named.strip_prefix(root).unwrap_or(named);
    let inside = inside.strip_prefix(".").unwrap_or(inside);
    let text = inside.to_str().ok_or_else(|| Error::UnsafePath {
        path: inside.to_string_lossy().into_owned(),
        fault: PathFault::NotUtf8,
    })?;
    let document = text.replace(std::path::MAIN_SEPARATOR, "/");
    if path::record_of(&document).is_none() {
        let name = named.file_name().unwrap_or_default().to_string_lossy();
        let suggestion = format!("{CORPUS}/{name}");
        return Err(Error::OutsideCorpus { path: named.to_owned(), suggestion });
    }
    match path::check(&document) {
        Ok(()) => Ok(document),
        Err(fault) => Err(Error::UnsafePath { path: document, fault }),
    }
}

fn hash(root: &Path, document: &str) -> Result<Hash, Error> {
    store::own_folder(root, document)?;
    hash_of(&root.join(document))
}

/// The identity of the file at `full`, as a record states it.
///
/// # Errors
/// When it cannot be read or is not a regular file.
pub(crate) fn hash_of(full: &Path) -> Result<Hash, Error> {
    let mut keep = Keep { bytes: Vec::new(), bytes_max: TEXT_BYTES_MAX };
    let content = Reader::new().read(full, Some(&mut keep), &|_| {});
    let content = content.map_err(|fault| load::stop(full, fault))?;
    let text =
        (content.bytes <= TEXT_BYTES_MAX).then(|| str::from_utf8(&keep.bytes).ok()).flatten();
    Ok(Hash { sha256: content.digest, bytes: content.bytes, text: text.map(TextDigest::of) })
}

fn new(id: Id, document: &str, hash: Hash) -> Record {
    Record {
        schema: Schema::CURRENT,
        id,
        path: document.to_owned(),
        kind: Kind::default(),
        title: None,
        outlet: None,
        author: Vec::new(),
        url: None,
        published: None,
        modified: None,
        language: None,
        licence: None,
        rights: None,
        digital_source_type: None,
        unknown: Vec::new(),
        claims_from: Vec::new(),
        hash,
        capture: None,
        derived: Vec::new(),
        history: Vec::new(),
        retired: None,
        evidence: Vec::new(),
        extra: toml::Table::new(),
    }
}

fn replaced(mut old: Record, place: &str, hash: Hash, change: Change) -> Result<Record, Error> {
    if old.retired.is_some() {
        return Err(Error::Retired { path: old.path, record: place.to_owned() });
    }
    if old.hash.sha256 == hash.sha256 && old.hash.bytes == hash.bytes {
        return Err(Error::Unchanged { path: old.path });
    }
    old.hash = hash;
    old.history.push(change);
    Ok(old)
}

fn change(request: &AddRequest, was: Digest, reason: Reason, now: Timestamp) -> Change {
    Change { at: to_second(now), was: Was(was), by: request.by.clone(), reason }
}

/// The moment as records state it: nobody needs to know the nanosecond.
pub(crate) fn to_second(now: Timestamp) -> Moment {
    Timestamp::from_second(now.as_second()).unwrap_or(now).into()
}

/// Writes what `request` states over what `record` states.
fn describe(record: &mut Record, request: &AddRequest) {
    fn set<T: Clone>(field: &mut Option<T>, given: Option<&T>) {
        if let Some(given) = given {
            *field = Some(given.clone());
        }
    }
    fn fill<T: Clone>(field: &mut Vec<T>, given: &[T]) {
        if !given.is_empty() {
            *field = given.to_vec();
        }
    }
    record.kind = request.kind.unwrap_or(record.kind);
    set(&mut record.title, request.title.as_ref());
    set(&mut record.outlet, request.outlet.as_ref());
    fill(&mut record.author, &request.author);
    set(&mut record.url, request.url.as_ref());
    set(&mut record.published, request.published.as_ref());
    set(&mut record.modified, request.modified.as_ref());
    set(&mut record.language, request.language.as_ref());
    set(&mut record.licence, request.licence.as_ref());
    set(&mut record.rights, request.rights.as_ref());
    set(&mut record.digital_source_type, request.digital_source_type.as_ref());
    fill(&mut record.unknown, &request.unknown);
    fill(&mut record.claims_from, &request.claims_from);
    let mut capture = record.capture.take().unwrap_or_default();
    set(&mut capture.retrieved, request.retrieved.as_ref());
    set(&mut capture.method, request.method.as_ref());
    set(&mut capture.tool, request.tool.as_ref());
    set(&mut capture.archive, request.archive.as_ref());
    set(&mut capture.by, request.by.as_ref());
    record.capture = (capture != Capture::default()).then_some(capture);
    // What is stated now is no longer unknown.
    let unknown = std::mem::take(&mut record.unknown);
    record.unknown = unknown.into_iter().filter(|field| !record.states(*field)).collect();
}

impl Ids {
    /// The id that is asked for, or one made from the path, when no record has it.
    fn free(
        &mut self,
        root: &Path,
        asked: Option<&Id>,
        document: &str,
        hash: &Hash,
    ) -> Result<Id, Error> {
        let taken = self.taken(root)?;
        let holder = |id: &Id| taken.get(&*path::folded(id.as_str()));
        let made = made_ids(document, hash);
        let candidates = asked.map_or(made.as_slice(), std::slice::from_ref);
        if let Some(free) = candidates.iter().find(|id| holder(id).is_none()) {
            return Ok(free.clone());
        }
        let id = &candidates[0];
        Err(Error::IdTaken { id: id.to_string(), record: holder(id).cloned().unwrap_or_default() })
    }

    /// Refuses an id that a record has.
    ///
    /// # Errors
    /// When one has it, or a record cannot be read.
    pub(crate) fn reserve(&mut self, root: &Path, id: &Id) -> Result<(), Error> {
        match self.taken(root)?.get(&*path::folded(id.as_str())) {
            Some(record) => Err(Error::IdTaken { id: id.to_string(), record: record.clone() }),
            None => Ok(()),
        }
    }

    fn taken(&mut self, root: &Path) -> Result<&BTreeMap<String, String>, Error> {
        match &mut self.taken {
            Some(taken) => Ok(taken),
            none => Ok(none.insert(taken_ids(root)?)),
        }
    }

    /// Notes that the record at `place` has the id now.
    pub(crate) fn take(&mut self, id: &Id, place: &str) {
        if let Some(taken) = &mut self.taken {
            taken.insert(path::folded(id.as_str()).into_owned(), place.to_owned());
        }
    }
}

/// The record of each id below `root`.
fn taken_ids(root: &Path) -> Result<BTreeMap<String, String>, Error> {
    let walk = walk::walk(Source::Folder(root), &Options::default())?;
    let entries = scan::scan(Source::Folder(root), walk.records, &scan::Request::default());
    Ok(entries
        .into_iter()
        .filter_map(|entry| Some((path::folded(&entry.state?.id).into_owned(), entry.place.record)))
        .collect())
}

/// Ids for a document, the nicest first: its path without and with its extension,
/// and the beginning of its digest.
fn made_ids(document: &str, hash: &Hash) -> Vec<Id> {
    let inside = document.strip_prefix(CORPUS).unwrap_or(document).trim_start_matches('/');
    let name = inside.rfind('/').map_or(0, |slash| slash + 1);
    let stem = inside[name..]
        .rfind('.')
        .filter(|dot| *dot > 0)
        .map_or(inside, |dot| &inside[..name + dot]);
    let named = [stem, inside].into_iter().filter_map(slug);
    let made = named.chain([format!("sha256-{}", hash.sha256.short())]);
    made.filter_map(|id| id.parse().ok()).collect()
}

/// `path` in the letters of an id, accents dropped; `None` when it is in another script.
fn slug(path: &str) -> Option<String> {
    let plain: String = path.nfd().filter(|next| !is_combining_mark(*next)).collect();
    if plain.chars().any(|next| !next.is_ascii() && next.is_alphanumeric()) {
        return None;
    }
    let letter = |next: char| {
        if next.is_ascii_alphanumeric() || "._-/".contains(next) { next } else { '-' }
    };
    let id: String = plain.chars().map(letter).collect();
    let parts: Vec<_> = id.split('/').map(|part| part.trim_matches(['-', '.', '_'])).collect();
    Some(parts.join("/"))
}
