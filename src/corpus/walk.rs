//! The walk: every file below `corpus/` and `manifests/`, seen once, none opened.
//!
//! Links are not followed. Nothing is hidden: neither `.gitignore` nor a leading
//! dot makes a document invisible, only the caller's exclusions do, and those are
//! counted.
//!
//! In:  a folder or a snapshot, and the exclusions.
//! Out: [`Walk`], in byte order, and findings about what must not be opened.
//! Not here: reading anything (`open`, `source`).

use crate::corpus::Error;
use crate::corpus::Options;
use crate::corpus::find::found;
use crate::corpus::history::Snapshot;
use crate::corpus::path;
use crate::corpus::path::CORPUS;
use crate::corpus::path::MANIFESTS;
use crate::corpus::path::PathFault;
use crate::corpus::source::Source;
use crate::finding::Finding;
use crate::finding::Label;
use crate::finding::Rule;
use std::fs::FileType;
use std::io;
use std::path::Path;
use walkdir::WalkDir;

/// What lies below the root.
#[derive(Debug, Default)]
pub(crate) struct Walk {
    /// Documents that may be opened, in byte order.
    pub(crate) documents: Vec<String>,
    /// Records that may be opened, in byte order of their documents.
    pub(crate) records: Vec<Place>,
    /// Folders in `corpus/`.
    pub(crate) folders: Vec<String>,
    /// Documents that must not be opened, in byte order.
    pub(crate) refused: Vec<String>,
    /// Records that must not be opened.
    pub(crate) refused_records: Vec<String>,
    /// How many files the exclusions named and the walk would refuse.
    pub(crate) excluded: u64,
    /// What the walk itself found.
    pub(crate) findings: Vec<Finding>,
}

/// Where a record lies.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    /// The document that it must describe.
    pub(crate) document: String,
    /// The record.
    pub(crate) record: String,
}

/// Walks both folders of `source`.
///
/// # Errors
/// When it has neither folder, or one of them is not a folder.
pub(crate) fn walk(source: Source<'_>, options: &Options) -> Result<Walk, Error> {
    let mut walk = Walk::default();
    let both = match source {
        Source::Folder(root) => walk.enter(root, options)?,
        Source::Snapshot(snapshot) => walk.read(snapshot, options)?,
    };
    if !both {
        return Err(Error::NotAProject { root: source.root().to_owned() });
    }
    walk.documents.sort_unstable();
    walk.records.sort_unstable();
    walk.folders.sort_unstable();
    walk.refused.sort_unstable();
    Ok(walk)
}

/// The documents at `paths` and their records, without a look at anything else. What
/// is not there, or has a path that no document may have, is left out.
///
/// # Errors
/// When something cannot be looked at.
pub(crate) fn only(source: Source<'_>, paths: &[String], options: &Options) -> Result<Walk, Error> {
    let mut walk = Walk::default();
    let kind_of = |path: &str| match source {
        Source::Folder(root) => kind_at(&root.join(path)),
        Source::Snapshot(snapshot) => Ok(snapshot.item(path).map(|item| item.kind)),
    };
    for path in paths.iter().filter(|path| path::check(path).is_ok()) {
        let Some(record) = path::record_of(path) else { continue };
        if let Some(kind) = kind_of(path)? {
            walk.document(Seen { path, kind: Ok(kind), utf8: true }, options);
        }
        if let Some(kind) = kind_of(&record)? {
            walk.record(Seen { path: &record, kind: Ok(kind), utf8: true });
        }
    }
    walk.documents.sort_unstable();
    walk.records.sort_unstable();
    Ok(walk)
}

fn kind_at(path: &Path) -> Result<Option<Kind>, Error> {
    match std::fs::symlink_metadata(path) {
        Ok(metadata) => Ok(Some(Kind::from(metadata.file_type()))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(Error::Read { path: path.to_owned(), source }),
    }
}

/// What something is, before it is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link.
    Link,
    /// A repository of its own, of which only a commit is kept.
    Submodule,
    /// A device, pipe or socket, or a mode that git does not write.
    Other,
}

impl From<FileType> for Kind {
    fn from(kind: FileType) -> Self {
        if kind.is_file() {
            Self::File
        } else if kind.is_dir() {
            Self::Folder
        } else if kind.is_symlink() {
            Self::Link
        } else {
            Self::Other
        }
    }
}

/// Something that the walk came upon.
struct Seen<'s> {
    path: &'s str,
    /// What it is, or why the system would not say.
    kind: Result<Kind, io::Error>,
    /// Whether `path` is the name itself, not an approximation of it.
    utf8: bool,
}

/// Whether the walk goes on below.
#[derive(PartialEq, Eq)]
enum Below {
    Enter,
    Skip,
}

impl Walk {
    /// Walks the folders below `root`. Returns whether there is one of them.
    fn enter(&mut self, root: &Path, options: &Options) -> Result<bool, Error> {
        let corpus = visit(root, CORPUS, &mut |seen| self.document(seen, options))?;
        let manifests = visit(root, MANIFESTS, &mut |seen| self.record(seen))?;
        Ok(corpus || manifests)
    }

    /// Takes what `snapshot` lists. Returns whether there is anything.
    fn read(&mut self, snapshot: &Snapshot, options: &Options) -> Result<bool, Error> {
        let mut last = "";
        for item in snapshot.items() {
            let path = item.path.as_str();
            let seen = Seen { path, kind: Ok(item.kind), utf8: item.utf8 };
            let Some((top, inside)) = path.split_once('/') else {
                self.top(path, item.kind)?;
                continue;
            };
            if top == CORPUS {
                let folder = path.rsplit_once('/').map_or(path, |(folder, _)| folder);
                if folder != last {
                    self.folders.extend(folders(folder));
                    last = folder;
                }
                self.document(seen, options);
            } else if !inside.split('/').any(|name| name.starts_with('.')) {
                self.record(seen);
            }
        }
        self.folders.sort_unstable();
        self.folders.dedup();
        Ok(!snapshot.items().is_empty())
    }

    /// Something that stands where one of the two folders belongs.
    fn top(&mut self, path: &str, kind: Kind) -> Result<(), Error> {
        if kind != Kind::Submodule {
            return Err(Error::NotAFolder { path: path.into() });
        }
        self.findings.push(submodule(path));
        Ok(())
    }

    fn document(&mut self, seen: Seen<'_>, options: &Options) -> Below {
        let path = seen.path;
        let kind = match seen.kind {
            Ok(kind) => kind,
            Err(error) => return self.unreadable(path, &error),
        };
        if path.ends_with("/.git") {
            self.findings.push(submodule(path.strip_suffix("/.git").unwrap_or(path)));
            // A submodule's `.git` is a file: it is said once, and counted.
            self.refused.extend((kind != Kind::Folder).then(|| path.to_owned()));
            return Below::Skip;
        }
        if kind == Kind::Submodule {
            self.findings.push(submodule(path));
            return Below::Skip;
        }
        if kind == Kind::Folder {
            self.folders.push(path.to_owned());
            return Below::Enter;
        }
        match refusal(path, kind, seen.utf8) {
            None => self.documents.push(path.to_owned()),
            Some(_) if options.excludes(path) => self.excluded += 1,
            Some(finding) => {
                self.refused.push(path.to_owned());
                self.findings.push(finding);
            }
        }
        Below::Enter
    }

    fn record(&mut self, seen: Seen<'_>) -> Below {
        let path = seen.path;
        let kind = match seen.kind {
            Ok(kind) => kind,
            Err(error) => return self.unreadable(path, &error),
        };
        let name = path.rsplit('/').next().unwrap_or(path);
        // The lock, what is being written, and `.gitignore`.
        if name.starts_with('.') {
            return Below::Skip;
        }
        let Some(document) = path::document_of(path).filter(|_| kind != Kind::Folder) else {
            return Below::Enter;
        };
        match refusal(path, kind, seen.utf8) {
            None => self.records.push(Place { document, record: path.to_owned() }),
            Some(finding) => {
                self.refused_records.push(path.to_owned());
                self.findings.push(finding);
            }
        }
        Below::Enter
    }

    fn unreadable(&mut self, path: &str, error: &io::Error) -> Below {
        let message = format!("cannot look into `{path}`: {error}");
        let help = "make it readable, then run again";
        let label = Label::file(path, "not looked into");
        self.findings.push(found(Rule::Unstable, message, label, help));
        Below::Skip
    }
}

/// `folder` and the folders above it, below `corpus/`; git lists files only.
fn folders(folder: &str) -> impl Iterator<Item = String> {
    let ends = folder.match_indices('/').map(|(at, _)| at).chain([folder.len()]);
    ends.skip(1).map(|end| folder[..end].to_owned())
}

/// Calls `take` for everything below the folder `name`, which is in `root`.
/// Returns whether there is such a folder.
fn visit(root: &Path, name: &str, take: &mut dyn FnMut(Seen<'_>) -> Below) -> Result<bool, Error> {
    let folder = root.join(name);
    match std::fs::symlink_metadata(&folder) {
        Ok(metadata) if metadata.is_dir() => {}
        Ok(_) => return Err(Error::NotAFolder { path: folder }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(source) => return Err(Error::Read { path: folder, source }),
    }
    let mut entries = WalkDir::new(&folder).min_depth(1).follow_root_links(false).into_iter();
    let mut path = String::new();
    while let Some(entry) = entries.next() {
        let (full, kind) = match entry {
            Ok(entry) => {
                let kind = Kind::from(entry.file_type());
                (entry.into_path(), Ok(kind))
            }
            Err(error) => {
                let full = error.path().unwrap_or(&folder).to_owned();
                (full, Err(error.into()))
            }
        };
        let utf8 = relative(&full, &folder, name, &mut path);
        let is_dir = matches!(kind, Ok(Kind::Folder));
        if take(Seen { path: &path, kind, utf8 }) == Below::Skip && is_dir {
            entries.skip_current_dir();
        }
    }
    Ok(true)
}

/// Writes the path of `full` from the root into `path`, with `/` between folders.
/// Returns whether it is exact.
fn relative(full: &Path, folder: &Path, name: &str, path: &mut String) -> bool {
    path.clear();
    path.push_str(name);
    // The walk spells every path with the folder in front.
    let rest = full.as_os_str().as_encoded_bytes().get(folder.as_os_str().len()..).unwrap_or(&[]);
    match str::from_utf8(rest) {
        Ok(rest) if std::path::MAIN_SEPARATOR == '/' => path.push_str(rest),
        Ok(rest) => path.push_str(&rest.replace(std::path::MAIN_SEPARATOR, "/")),
        Err(_) => path.push_str(&String::from_utf8_lossy(rest)),
    }
    str::from_utf8(rest).is_ok()
}

fn refusal(path: &str, kind: Kind, utf8: bool) -> Option<Finding> {
    let fault = if utf8 { path::check(path).err() } else { Some(PathFault::NotUtf8) };
    if let Some(fault) = fault {
        let message = format!("the path `{}` {fault}", path.escape_debug());
        let label = Label::file(path, "not opened");
        let help = "rename it, and its record with it";
        return Some(found(Rule::UnsafePath, message, label, help));
    }
    let what = irregular(kind)?;
    let message = format!("`{path}` is {what}");
    let help = "put the file itself in its place, or remove it";
    Some(found(Rule::NotARegularFile, message, Label::file(path, "not opened"), help))
}

/// What something is when it is no file.
pub(crate) fn irregular(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::File => None,
        Kind::Folder => Some("a folder"),
        Kind::Link => Some("a symbolic link"),
        Kind::Submodule => Some("a submodule"),
        Kind::Other => Some("a device, pipe or socket"),
    }
}

/// Says that `folder` is a repository of its own.
pub(crate) fn submodule(folder: &str) -> Finding {
    let message = format!("`{folder}` is a git repository of its own");
    let help = "copy its documents into this repository, and remove its `.git`";
    let label = Label::file(folder, "this repository keeps no bytes of it");
    found(Rule::Submodule, message, label, help)
}
