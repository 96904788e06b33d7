//! Refusals: why git could not be asked. A check that needs git never passes then.
//!
//! In:  what a user must know.
//! Out: [`Refusal`], in words, with a code and the next step.

use crate::corpus::error::shell;
use std::path::PathBuf;

/// Why git could not be asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// There is no repository around the root.
    #[error("`{}` is in no git repository", root.display())]
    NotARepository {
        /// The root.
        root: PathBuf,
    },
    /// The revision names no commit.
    #[error("`{revision}` {why}")]
    UnknownRevision {
        /// The revision as given.
        revision: String,
        /// A clause that follows it.
        why: &'static str,
    },
    /// The clone has no commits that old.
    #[error("`{revision}` is not in this clone, which is shallow")]
    Shallow {
        /// The revision as given.
        revision: String,
    },
    /// The repository belongs to another user.
    #[error("the repository `{}` belongs to another user", repository.display())]
    ForeignOwner {
        /// The work tree, or the bare repository.
        repository: PathBuf,
    },
    /// The repository names its objects by SHA-256.
    #[error("the repository `{}` is in git's SHA-256 object format, which this version cannot read", repository.display())]
    ObjectFormat {
        /// The work tree, or the bare repository.
        repository: PathBuf,
    },
    /// The clone leaves out objects and fetches them when asked.
    #[error("the repository `{}` is a partial clone, which this version cannot read", repository.display())]
    PartialClone {
        /// The work tree, or the bare repository.
        repository: PathBuf,
    },
    /// This program was built without git.
    #[error("this build of provenance has no git")]
    NotBuilt,
    /// A merge is not finished.
    #[error("`{path}` is in conflict: the index holds more than one version")]
    Unmerged {
        /// The file, relative to the root.
        path: String,
    },
    /// A bare repository has no index.
    #[error("the repository `{}` is bare: nothing is staged in it", repository.display())]
    NoIndex {
        /// The repository.
        repository: PathBuf,
    },
    /// Git could not read something in the repository.
    #[error("git cannot read the repository `{}`: {message}", repository.display())]
    Broken {
        /// The repository.
        repository: PathBuf,
        /// What git said.
        message: String,
    },
}

impl Refusal {
    /// A stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotARepository { .. } => "PE021",
            Self::UnknownRevision { .. } => "PE022",
            Self::Shallow { .. } => "PE023",
            Self::ForeignOwner { .. } => "PE024",
            Self::ObjectFormat { .. } => "PE025",
            Self::PartialClone { .. } => "PE026",
            Self::NotBuilt => "PE027",
            Self::Unmerged { .. } => "PE028",
            Self::NoIndex { .. } => "PE029",
            Self::Broken { .. } => "PE030",
        }
    }

    /// One line: what to do next.
    pub fn help(&self) -> String {
        match self {
            Self::NotARepository { .. } => {
                "name the repository with -C, or run `git init` and commit the corpus".to_owned()
            }
            Self::UnknownRevision { revision, .. } => unknown(revision),
            Self::Shallow { .. } => {
                "git fetch --unshallow; in CI check out with `fetch-depth: 0`".to_owned()
            }
            Self::ForeignOwner { repository } => format!(
                "to trust it: git config --global --add safe.directory {}",
                shell(&repository.display())
            ),
            Self::ObjectFormat { .. } => {
                "check the files without git, by a plain `provenance verify`, or use a clone in the SHA-1 format".to_owned()
            }
            Self::PartialClone { .. } => {
                "clone again without --filter; in CI leave `filter` out of the checkout".to_owned()
            }
            Self::NotBuilt => "build it with the feature `git`".to_owned(),
            Self::Unmerged { path } => {
                format!("resolve the conflict, then: git add {}", shell(path))
            }
            Self::NoIndex { .. } => {
                "name commits: `verify --rev HEAD`, `diff BASE..HEAD`".to_owned()
            }
            Self::Broken { .. } => "see what is wrong with it: git fsck".to_owned(),
        }
    }
}

/// The next step after a name that git does not know.
fn unknown(revision: &str) -> String {
    let bare = revision.trim_end_matches('.');
    if bare == "HEAD" {
        return "commit something first, or name another revision".to_owned();
    }
    match bare.strip_prefix("origin/") {
        Some(branch) if !branch.is_empty() => {
            let refspec = format!("{branch}:refs/remotes/origin/{branch}");
            format!("fetch it: git fetch origin {}", shell(&refspec))
        }
        _ => "see what there is: git branch --all; git tag; git log --oneline".to_owned(),
    }
}
