#![expect(clippy::disallowed_methods, reason = "`corpus` is the module that writes files")]
//! Importing: documents from elsewhere arrive together, or none of them does.
//!
//! All are copied to a temporary folder inside the project and checked there. Only
//! when every one of them and every record is right are they moved to their places;
//! when a move fails, the earlier ones are undone. A run that was killed in between
//! is completed by importing again: what is there already with the same bytes stays.
//!
//! In:  files outside the corpus, with the hashes that they must have.
//! Out: documents and records.
//! Not here: whether the files may be trusted (`exchange`).

use crate::corpus::AddRequest;
use crate::corpus::Digest;
use crate::corpus::Error;
use crate::corpus::Obstacle;
use crate::corpus::Options;
use crate::corpus::add;
use crate::corpus::add::Ids;
use crate::corpus::deliver;
use crate::corpus::load;
use crate::corpus::open::Fault;
use crate::corpus::open::Reader;
use crate::corpus::path;
use crate::corpus::path::CORPUS;
use crate::corpus::problems;
use crate::corpus::record::Hash;
use crate::corpus::record::Record;
use crate::corpus::rewrite;
use crate::corpus::rewrite::Stored;
use crate::corpus::source::Source;
use crate::corpus::store;
use crate::corpus::store::Lock;
use crate::corpus::walk;
use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::path::PathBuf;
use tempfile::TempDir;

/// One document that is to arrive, or the record of one that was withdrawn.
#[derive(Clone, Debug)]
pub struct Incoming {
    /// The path that the document is to have, relative to the root.
    pub document: String,
    /// The file that holds its bytes, with the name that its sender gave it; nothing
    /// for a document that was withdrawn.
    pub source: Option<Arrival>,
    /// Its record, when one came along; made anew when not.
    pub record: Option<String>,
}

/// A file that is to become a document.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// Where it lies on this machine.
    pub place: PathBuf,
    /// What its sender calls it.
    pub name: String,
    /// What it was when it was checked.
    pub digest: Digest,
}

/// What became of the documents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Documents and records that are new, by the path of the document.
    pub new: Vec<String>,
    /// Documents that were there already, with the same bytes and record.
    pub same: Vec<String>,
}

/// Takes in all of `incoming`, or none.
///
/// # Errors
/// When a path is not safe, collides with another, or is occupied; when a record
/// that came along is not that of its document; when the system refuses.
pub fn import(root: &Path, incoming: &[Incoming]) -> Result<Imported, Error> {
    check_paths(root, incoming)?;
    let lock = Lock::take(root)?;
    sweep(root)?;
    let failed = |source| Error::Write { path: root.to_owned(), source };
    let stage =
        Stage { root, lock: &lock, folder: deliver::temporary().tempdir_in(root).map_err(failed)? };
    let mut ids = Ids::default();
    let mut imported = Imported::default();
    let mut ready = Vec::new();
    for (number, one) in incoming.iter().enumerate() {
        let prepared = stage.prepare(number, one, &mut ids)?;
        let new = prepared.staged.is_some() || prepared.record.is_some();
        let list = if new { &mut imported.new } else { &mut imported.same };
        list.push(one.document.clone());
        ready.push(prepared);
    }
    let mut done = Vec::new();
    for prepared in &ready {
        if let Err(error) = stage.put(prepared, &mut done) {
            undo(root, &done);
            return Err(error);
        }
    }
    Ok(imported)
}

/// A document that waits to be moved to its place.
struct Prepared {
    document: String,
    /// Where its bytes wait; nothing when they are in their place already.
    staged: Option<PathBuf>,
    /// The text of its record; nothing when that is in its place already.
    record: Option<(String, String)>,
}

/// Where documents wait until all are right.
struct Stage<'r> {
    root: &'r Path,
    lock: &'r Lock,
    folder: TempDir,
}

impl Stage<'_> {
    fn prepare(&self, number: usize, one: &Incoming, ids: &mut Ids) -> Result<Prepared, Error> {
        let (staged, hash) = match &one.source {
            None => (None, None),
            Some(arrival) => {
                let staged = self.folder.path().join(number.to_string());
                let (digest, _) = deliver::copy(&arrival.place, &staged)?;
                if digest != arrival.digest {
                    return Err(Error::Unstable { path: arrival.place.clone() });
                }
                let hash = add::hash_of(&staged)?;
                let there = self.there(&one.document, digest)?;
                ((!there).then_some(staged), Some(hash))
            }
        };
        let stored = rewrite::stored(self.root, &one.document)?;
        let record = self.record(one, hash, &stored, ids)?;
        Ok(Prepared { document: one.document.clone(), staged, record })
    }

    /// Whether `document` is in its place already, with these bytes.
    fn there(&self, document: &str, digest: Digest) -> Result<bool, Error> {
        store::own_folder(self.root, document)?;
        let full = self.root.join(document);
        match Reader::new().read(&full, None, &|_| {}) {
            Ok(content) if content.digest == digest => Ok(true),
            Ok(_) => {
                let path = document.to_owned();
                Err(Obstacle::Occupied { path, other: "other bytes" }.into())
            }
            Err(Fault::Io(error)) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(fault) => Err(load::stop(&full, fault)),
        }
    }

    /// The record that is to be written, and where; nothing when it is there already.
    fn record(
        &self,
        one: &Incoming,
        hash: Option<Hash>,
        stored: &Stored,
        ids: &mut Ids,
    ) -> Result<Option<(String, String)>, Error> {
        let occupied = || Obstacle::Occupied { path: stored.path.clone(), other: "another record" };
        let Some(text) = &one.record else {
            let hash = hash.expect("what came without a record came with bytes");
            return match &stored.record {
                Some(record) if record.hash.sha256 == hash.sha256 => Ok(None),
                Some(_) => Err(occupied().into()),
                None => {
                    let request = AddRequest::default();
                    let record = add::fresh(self.root, &request, &one.document, hash, ids)?;
                    ids.take(&record.id, &stored.path);
                    Ok(Some((stored.path.clone(), rewrite::spelled(stored, &record)?)))
                }
            };
        };
        if stored.record.is_some() {
            let same = stored.source == *text;
            return if same { Ok(None) } else { Err(occupied().into()) };
        }
        let record = foreign(text, &one.document, hash.as_ref())
            .map_err(|fault| Obstacle::ForeignRecord { record: stored.path.clone(), fault })?;
        ids.reserve(self.root, &record.id)?;
        ids.take(&record.id, &stored.path);
        Ok(Some((stored.path.clone(), text.clone())))
    }

    /// Moves a document and its record to their places; notes each in `done`.
    fn put(&self, prepared: &Prepared, done: &mut Vec<PathBuf>) -> Result<(), Error> {
        if let Some(staged) = &prepared.staged {
            let full = self.root.join(&prepared.document);
            let failed = |source| Error::Write { path: full.clone(), source };
            let folder = store::own_folder(self.root, &prepared.document)?;
            make_folders(self.root, &folder, done).map_err(failed)?;
            std::fs::rename(staged, &full).map_err(failed)?;
            done.push(full.clone());
            store::sync_folder(&folder).map_err(failed)?;
        }
        if let Some((place, text)) = &prepared.record {
            let full = self.root.join(place);
            let folder = store::own_folder(self.root, place)?;
            make_folders(self.root, &folder, done)
                .map_err(|source| Error::Write { path: full.clone(), source })?;
            self.lock.put(place, text.as_bytes())?;
            done.push(full);
        }
        Ok(())
    }
}

/// The record in `text`, when it is that of `document` with these bytes.
fn foreign(text: &str, document: &str, hash: Option<&Hash>) -> Result<Record, String> {
    let record = problems::read(text)
        .map_err(|problems| format!("cannot be read: {}", problems[0].message))?;
    if record.path != document {
        return Err(format!("describes `{}`, not `{document}`", record.path.escape_debug()));
    }
    match hash {
        Some(hash) if record.hash.sha256 != hash.sha256 => Err(format!(
            "states sha256 {}, and the document has {}",
            record.hash.sha256, hash.sha256
        )),
        Some(hash) if record.hash.bytes != hash.bytes => {
            Err(format!("states {} bytes, and the document has {}", record.hash.bytes, hash.bytes))
        }
        None if record.retired.is_none() => Err("describes a document that did not".to_owned()),
        _ => Ok(record),
    }
}

/// Every path is safe, and no two are the same on some file system.
fn check_paths(root: &Path, incoming: &[Incoming]) -> Result<(), Error> {
    let walk = walk::walk(Source::Folder(root), &Options::default())?;
    let known = walk.documents.iter().map(|path| (path::folded(path).into_owned(), path.as_str()));
    let mut folded: BTreeMap<String, &str> = known.collect();
    for one in incoming {
        let path = one.document.as_str();
        if let Err(fault) = path::check(path) {
            let file = one.source.as_ref().map_or(path, |arrival| &arrival.name).to_owned();
            return Err(Obstacle::UnsafeName { file, path: path.to_owned(), fault }.into());
        }
        match folded.insert(path::folded(path).into_owned(), path) {
            Some(other) if other != path => {
                let (path, other) = (path.to_owned(), other.to_owned());
                return Err(Obstacle::Collision { path, other }.into());
            }
            _ => {}
        }
    }
    Ok(())
}

/// Makes `folder` and those above it, below `root`; notes each new one in `done`.
fn make_folders(root: &Path, folder: &Path, done: &mut Vec<PathBuf>) -> io::Result<()> {
    let missing: Vec<_> = folder
        .ancestors()
        .take_while(|path| *path != root)
        .filter(|path| std::fs::symlink_metadata(path).is_err())
        .map(Path::to_owned)
        .collect();
    for path in missing.into_iter().rev() {
        std::fs::create_dir(&path)?;
        done.push(path);
    }
    Ok(())
}

/// Removes what was put, last first. Folders go only when nothing else is in them.
fn undo(root: &Path, done: &[PathBuf]) {
    for path in done.iter().rev().filter(|path| path.starts_with(root)) {
        // What cannot be removed is found by the next check as unrecorded.
        let _ = if path.is_dir() { std::fs::remove_dir(path) } else { std::fs::remove_file(path) };
    }
}

/// Removes the temporary folders of imports that were killed: whoever holds the
/// lock is the only one who imports.
fn sweep(root: &Path) -> Result<(), Error> {
    let failed = |source| Error::Write { path: root.to_owned(), source };
    for entry in std::fs::read_dir(root).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name();
        let ours = name.to_str().is_some_and(store::is_temporary);
        if ours && entry.file_type().map_err(failed)?.is_dir() {
            std::fs::remove_dir_all(entry.path()).map_err(failed)?;
        }
    }
    Ok(())
}

/// Where documents of other people go: below `corpus/`, in `folder` when one is named.
pub fn arrival_path(folder: Option<&str>, inside: &str) -> String {
    match folder {
        Some(folder) => [CORPUS, folder.trim_matches('/'), inside].join("/"),
        None => [CORPUS, inside].join("/"),
    }
}
