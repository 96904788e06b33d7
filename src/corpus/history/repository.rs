//! Repositories: opened where a project lies, or refused with the next step.
//!
//! libgit2 opens no repository of somebody else, no repository in another object
//! format, and none that it does not understand. Each of these is told apart here.
//!
//! In:  the root of a project, and a revision.
//! Out: [`Project`], a commit, or a [`Refusal`].

use crate::corpus::Refusal;
use crate::corpus::history::loose;
use git2::Commit;
use git2::Config;
use git2::ErrorCode;
use git2::Repository;
use std::path::MAIN_SEPARATOR_STR;
use std::path::Path;
use std::path::PathBuf;

/// After a revision: not the commit itself, but where it and `HEAD` parted.
pub(crate) const SINCE: &str = "...";

/// The settings of a remote that has the objects that a partial clone lacks.
const PROMISES: &str = "^remote\\..*\\.promisor$";

/// A repository, and where the project lies in it.
pub(crate) struct Project {
    /// The repository.
    pub(crate) repository: Repository,
    /// From the top of the repository to the root, ending with `/` unless they are
    /// the same.
    pub(crate) prefix: String,
}

impl Project {
    /// The repository around `root`.
    pub(crate) fn around(root: &Path) -> Result<Self, Refusal> {
        let repository = Repository::discover(root).map_err(|error| refused(root, &error))?;
        let top = match repository.workdir() {
            Some(work) => work.to_owned(),
            None => repository.path().to_owned(),
        };
        let Some(prefix) = prefix(&top, root) else {
            return Err(Refusal::NotARepository { root: root.to_owned() });
        };
        Ok(Self { repository, prefix })
    }

    /// The commit that `revision` names; with `...` behind it, the best common
    /// ancestor of that commit and `HEAD`.
    pub(crate) fn commit(&self, revision: &str) -> Result<Commit<'_>, Refusal> {
        self.check_history()?;
        let Some(since) = revision.strip_suffix(SINCE).filter(|since| !since.is_empty()) else {
            return self.plain_commit(revision);
        };
        self.parting(since, "HEAD")
    }

    /// Refuses when an object on which the history rests was cut off.
    pub(crate) fn check_history(&self) -> Result<(), Refusal> {
        loose::check_history(&self.repository).map_err(|message| Refusal::Broken {
            repository: shown(self.repository.path()),
            message,
        })
    }

    /// The best common ancestor of the commits that two revisions name.
    pub(crate) fn parting(&self, base: &str, head: &str) -> Result<Commit<'_>, Refusal> {
        let (earlier, later) = (self.plain_commit(base)?, self.plain_commit(head)?);
        let fault = |error| self.unrelated(base, head, &error);
        let parting = self.repository.merge_base(earlier.id(), later.id()).map_err(fault)?;
        self.repository.find_commit(parting).map_err(fault)
    }

    /// No common ancestor was found; a shallow clone may lack it.
    fn unrelated(&self, base: &str, head: &str, error: &git2::Error) -> Refusal {
        let (revision, why) = if head == "HEAD" {
            (base.to_owned(), "has no commit in common with HEAD")
        } else {
            (format!("{base}{SINCE}{head}"), "names two histories without a common commit")
        };
        self.unknown(&revision, error, why)
    }

    /// The commit that `revision` itself names.
    pub(crate) fn plain_commit(&self, revision: &str) -> Result<Commit<'_>, Refusal> {
        let object = self
            .repository
            .revparse_single(revision)
            .map_err(|error| self.unknown(revision, &error, "is no revision of this repository"))?;
        object.peel_to_commit().map_err(|error| self.unknown(revision, &error, "names no commit"))
    }

    fn unknown(&self, revision: &str, error: &git2::Error, why: &'static str) -> Refusal {
        let unborn =
            self.repository.head().is_err_and(|error| error.code() == ErrorCode::UnbornBranch);
        let why = if unborn && revision == "HEAD" { "names no commit yet" } else { why };
        let revision = revision.to_owned();
        match error.code() {
            ErrorCode::NotFound if self.repository.is_shallow() => Refusal::Shallow { revision },
            ErrorCode::Ambiguous => {
                Refusal::UnknownRevision { revision, why: "names more than one thing" }
            }
            ErrorCode::NotFound
            | ErrorCode::InvalidSpec
            | ErrorCode::Peel
            | ErrorCode::UnbornBranch => Refusal::UnknownRevision { revision, why },
            _ => self.broken(error),
        }
    }

    /// Whether objects were left out, to be fetched when asked.
    pub(crate) fn is_partial(&self) -> bool {
        let promises = |config: Config| {
            let mut entries = config.entries(Some(PROMISES)).ok()?;
            entries.next().map(|entry| entry.is_ok())
        };
        self.repository.config().ok().and_then(promises).unwrap_or(false)
    }

    /// What git could not read.
    pub(crate) fn broken(&self, error: &git2::Error) -> Refusal {
        if error.code() == ErrorCode::NotFound && self.is_partial() {
            return Refusal::PartialClone { repository: shown(self.repository.path()) };
        }
        Refusal::Broken {
            repository: self.repository.path().to_owned(),
            message: error.message().to_owned(),
        }
    }
}

/// Why the repository around `root` was not opened.
fn refused(root: &Path, error: &git2::Error) -> Refusal {
    let Ok(folder) = Repository::discover_path(root, std::iter::empty::<&Path>()) else {
        return Refusal::NotARepository { root: root.to_owned() };
    };
    let repository = shown(&folder);
    if error.code() == ErrorCode::Owner {
        return Refusal::ForeignOwner { repository };
    }
    let setting = |name| Config::open(&folder.join("config")).ok()?.get_string(name).ok();
    if setting("extensions.objectformat").is_some_and(|format| format != "sha1") {
        return Refusal::ObjectFormat { repository };
    }
    if setting("extensions.partialclone").is_some() {
        return Refusal::PartialClone { repository };
    }
    Refusal::Broken { repository, message: error.message().to_owned() }
}

/// The folder that git speaks of: the work tree, or the bare repository.
fn shown(folder: &Path) -> PathBuf {
    match (folder.file_name(), folder.parent()) {
        (Some(name), Some(parent)) if name == ".git" => parent.to_owned(),
        // `components` drops the slash at the end.
        _ => folder.components().collect(),
    }
}

fn prefix(top: &Path, root: &Path) -> Option<String> {
    let (top, root) = (top.canonicalize().ok()?, root.canonicalize().ok()?);
    let inside = root.strip_prefix(top).ok()?.to_str()?.replace(MAIN_SEPARATOR_STR, "/");
    Some(if inside.is_empty() { inside } else { inside + "/" })
}
