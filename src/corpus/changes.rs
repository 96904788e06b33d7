//! Changes: which documents differ between two states of the corpus.
//!
//! A document is followed by the id in its record, wherever it has moved; without
//! one by its path, and else by its bytes.
//!
//! In:  the root, a [`Range`] and [`Options`].
//! Out: [`Changes`]: each changed document as it was and as it is.
//! Not here: what differs inside it (`review`), and whether that is allowed (`base`).

use crate::corpus::Error;
use crate::corpus::Options;
use crate::corpus::Refusal;
use crate::corpus::digest::Digest;
use crate::corpus::history;
use crate::corpus::history::Snapshot;
use crate::corpus::load::stop;
use crate::corpus::open::Fault;
use crate::corpus::open::Keep;
use crate::corpus::path;
use crate::corpus::path::CORPUS;
use crate::corpus::path::MANIFESTS;
use crate::corpus::problems;
use crate::corpus::record::Record;
use crate::corpus::scan::RECORD_BYTES_MAX;
use crate::corpus::source::Access;
use crate::corpus::source::Source;
use crate::corpus::target::Range;
use crate::corpus::walk::irregular;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::io;
use std::path::Path;

/// The documents that differ between two states.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// The earlier state, in words.
    pub base: String,
    /// The commit that it is, as git writes its whole name.
    pub base_commit: String,
    /// The later state, in words.
    pub head: String,
    /// The documents, by their later path.
    pub documents: Vec<Changed>,
    /// What was not compared and why, a sentence each.
    pub unchecked: Vec<String>,
}

/// One document as it was and as it is; never neither.
#[derive(Clone, Debug)]
pub struct Changed {
    /// In the earlier state, if it was there.
    pub earlier: Option<Version>,
    /// In the later state, if it is there.
    pub later: Option<Version>,
}

impl Changed {
    /// Where it lies, or lay.
    pub fn path(&self) -> &str {
        let version = self.later.as_ref().or(self.earlier.as_ref());
        version.map_or("", |version| &version.path)
    }
}

/// A document in one state: its file, its record, or both.
#[derive(Clone, Debug)]
pub struct Version {
    /// Where it lies, relative to the root.
    pub path: String,
    /// What the file holds.
    pub body: Body,
    /// What is stated about it.
    pub record: Option<Record>,
    /// The same as it stands in the file; empty without one, or when it is not UTF-8.
    pub record_text: String,
    /// Why its record could not be read, when there is one.
    pub fault: Option<String>,
}

/// What lies at the path of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// Nothing.
    Absent,
    /// A text.
    Text {
        /// The identity of its bytes.
        digest: Digest,
        /// The text, byte for byte.
        source: String,
    },
    /// Bytes that are not compared as text.
    Bytes {
        /// Their identity.
        digest: Digest,
        /// How many there are.
        bytes: u64,
        /// Why not, as a clause that follows the path.
        why: &'static str,
    },
    /// No file; says what it is.
    Irregular(&'static str),
}

impl Body {
    /// The identity of the bytes, if there are any.
    pub fn digest(&self) -> Option<Digest> {
        match self {
            Self::Text { digest, .. } | Self::Bytes { digest, .. } => Some(*digest),
            Self::Absent | Self::Irregular(_) => None,
        }
    }

    /// The text, if it is one.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text { source, .. } => Some(source),
            Self::Absent | Self::Bytes { .. } | Self::Irregular(_) => None,
        }
    }

    /// How many bytes there are.
    pub fn bytes(&self) -> u64 {
        match self {
            Self::Text { source, .. } => source.len() as u64,
            Self::Bytes { bytes, .. } => *bytes,
            Self::Absent | Self::Irregular(_) => 0,
        }
    }
}

/// The documents of the project at `root` that differ between both ends of `range`.
///
/// Of the work tree, what git takes for changed is read: by size and time, and by
/// content where these differ.
///
/// # Errors
/// When git cannot be asked, or what it names cannot be read. What is not read is
/// never counted as unchanged.
pub fn changes(root: &Path, range: &Range, options: &Options) -> Result<Changes, Error> {
    let between = history::between(root, range)?;
    let mut changes = Changes {
        base: between.earlier.described(),
        base_commit: between.base.clone(),
        head: between.later.as_ref().map_or_else(|| "the work tree".to_owned(), head),
        ..Changes::default()
    };
    for path in &between.unreadable {
        changes.unchecked.push(format!("`{path}`: its name is not UTF-8"));
    }
    let earlier = Side { root, snapshot: Some(&between.earlier), options };
    let later = Side { root, snapshot: between.later.as_ref(), options };
    let (mut old, mut new) = (BTreeMap::new(), BTreeMap::new());
    for path in documents(&between.paths, &mut changes.unchecked) {
        let (was, is) = (earlier.version(&path)?, later.version(&path)?);
        let recorded = [&was, &is].into_iter().flatten().any(Version::is_recorded);
        if recorded || !options.excludes(&path) {
            old.extend(was.map(|version| (path.clone(), version)));
            new.extend(is.map(|version| (path.clone(), version)));
        }
    }
    changes.documents = paired(old, new);
    changes.documents.sort_by(|left, right| left.path().cmp(right.path()));
    Ok(changes)
}

/// The later state in words.
fn head(snapshot: &Snapshot) -> String {
    if snapshot.commit().is_some() { snapshot.described() } else { snapshot.title() }
}

/// The documents that `paths` are, or are records of.
fn documents(paths: &BTreeSet<String>, unchecked: &mut Vec<String>) -> BTreeSet<String> {
    let mut documents = BTreeSet::new();
    for path in paths {
        if path == CORPUS || path == MANIFESTS {
            unchecked.push(format!("`{path}` is not a folder of its own"));
            continue;
        }
        let hidden = path.split('/').any(|name| name.starts_with('.'));
        let record = path::document_of(path).filter(|_| !hidden);
        let Some(document) = path::record_of(path).map(|_| path.clone()).or(record) else {
            continue;
        };
        match path::check(path) {
            Ok(()) => _ = documents.insert(document),
            Err(fault) => unchecked.push(format!("the path `{}` {fault}", path.escape_debug())),
        }
    }
    documents
}

/// What documents are known by.
type Key = fn(&Version) -> Option<String>;

/// Puts together what is one document: by id, then by path, then by bytes.
fn paired(mut old: BTreeMap<String, Version>, mut new: BTreeMap<String, Version>) -> Vec<Changed> {
    let mut changes = Vec::new();
    let id: Key = |version| Some(version.record.as_ref()?.id.as_str().to_owned());
    let place: Key = |version| Some(version.path.clone());
    let bytes: Key = |version| version.body.digest().map(|digest| digest.to_string());
    for key in [id, place, bytes] {
        let mut known: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (path, version) in &old {
            known.entry(key(version).unwrap_or_default()).or_default().push(path.clone());
        }
        for path in new.keys().cloned().collect::<Vec<_>>() {
            let candidates = key(&new[&path]).and_then(|key| known.get_mut(&key));
            let Some(candidates) = candidates.filter(|candidates| !candidates.is_empty()) else {
                continue;
            };
            let here = candidates.iter().position(|candidate| *candidate == path);
            let earlier = old.remove(&candidates.remove(here.unwrap_or(0)));
            changes.push(Changed { earlier, later: new.remove(&path) });
        }
    }
    changes
        .extend(old.into_values().map(|version| Changed { earlier: Some(version), later: None }));
    changes
        .extend(new.into_values().map(|version| Changed { earlier: None, later: Some(version) }));
    changes
}

impl Version {
    fn is_recorded(&self) -> bool {
        self.record.is_some() || self.fault.is_some()
    }
}

/// One of the two states.
struct Side<'s> {
    root: &'s Path,
    /// `None` is the work tree.
    snapshot: Option<&'s Snapshot>,
    options: &'s Options,
}

impl Side<'_> {
    /// The document at `path` as this state has it, if it has its file or its record.
    fn version(&self, path: &str) -> Result<Option<Version>, Error> {
        let source = self.snapshot.map_or(Source::Folder(self.root), Source::Snapshot);
        let mut access = source.access();
        let body = self.body(&mut access, path)?;
        let place = path::record_of(path).unwrap_or_default();
        let mut record_text = String::new();
        let (record, fault) = match self.record(&mut access, &place, &mut record_text)? {
            None => (None, None),
            Some(Ok(record)) => (Some(record), None),
            Some(Err(fault)) => (None, Some(fault)),
        };
        let version = Version { path: path.to_owned(), body, record, record_text, fault };
        Ok((version.is_recorded() || version.body != Body::Absent).then_some(version))
    }

    /// Whether there is something at `path` that may be opened; else what it is.
    fn openable(&self, path: &str) -> Option<Result<(), &'static str>> {
        match self.snapshot {
            None if is_behind_link(self.root, path) => Some(Err("behind a symbolic link")),
            None => Some(Ok(())),
            Some(snapshot) => {
                snapshot.item(path).map(|item| irregular(item.kind).map_or(Ok(()), Err))
            }
        }
    }

    fn body(&self, access: &mut Access<'_>, path: &str) -> Result<Body, Error> {
        match self.openable(path) {
            None => return Ok(Body::Absent),
            Some(Err(what)) => return Ok(Body::Irregular(what)),
            Some(Ok(())) => {}
        }
        let mut keep = Keep { bytes: Vec::new(), bytes_max: self.options.text_bytes_max };
        let content = match access.read(path, Some(&mut keep), &|_| {}) {
            Ok(content) => content,
            Err(fault) => return self.missing(path, fault),
        };
        let (digest, bytes) = (content.digest, content.bytes);
        let why = if content.lfs.is_some() {
            "is a git-LFS pointer"
        } else if bytes > self.options.text_bytes_max {
            "is over the size limit"
        } else {
            match String::from_utf8(keep.bytes) {
                Ok(source) => return Ok(Body::Text { digest, source }),
                Err(_) => "is not UTF-8",
            }
        };
        Ok(Body::Bytes { digest, bytes, why })
    }

    /// The record at `place`, or why it cannot be read; `None` when there is none. Its
    /// text goes to `text`.
    fn record(
        &self,
        access: &mut Access<'_>,
        place: &str,
        text: &mut String,
    ) -> Result<Option<Result<Record, String>>, Error> {
        match self.openable(place) {
            None => return Ok(None),
            Some(Err(what)) => return Ok(Some(Err(format!("it is {what}")))),
            Some(Ok(())) => {}
        }
        let bytes = match access.small(place, RECORD_BYTES_MAX) {
            Ok(Some(bytes)) => bytes,
            Ok(None) => return Ok(Some(Err("it is over 1 MiB".to_owned()))),
            Err(fault) => {
                return match self.missing(place, fault)? {
                    Body::Irregular(what) => Ok(Some(Err(format!("it is {what}")))),
                    _ => Ok(None),
                };
            }
        };
        let Ok(source) = str::from_utf8(bytes) else {
            return Ok(Some(Err("it is not UTF-8".to_owned())));
        };
        source.clone_into(text);
        let first = |problems: Vec<problems::Problem>| {
            problems.into_iter().next().map_or_else(String::new, |problem| problem.message)
        };
        Ok(Some(problems::read(source).map_err(first)))
    }

    /// What a file that was not read is, when that is no reason to stop.
    fn missing(&self, path: &str, fault: Fault) -> Result<Body, Error> {
        match fault {
            Fault::Io(error)
                if matches!(
                    error.kind(),
                    io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
                ) =>
            {
                Ok(Body::Absent)
            }
            Fault::NotRegular(what) => Ok(Body::Irregular(what)),
            Fault::Git(message) => Err(Error::Git(Refusal::Broken {
                repository: self.root.to_owned(),
                message: format!("`{path}`: {message}"),
            })),
            fault => Err(stop(Path::new(path), fault)),
        }
    }
}

/// Whether one of the folders above `path` is a link; no link is followed.
fn is_behind_link(root: &Path, path: &str) -> bool {
    let ends = path.match_indices('/').map(|(at, _)| &path[..at]);
    let is_link = |folder: &str| {
        std::fs::symlink_metadata(root.join(folder)).is_ok_and(|found| found.is_symlink())
    };
    ends.into_iter().any(is_link)
}
