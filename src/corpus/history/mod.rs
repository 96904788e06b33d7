//! History: what git knows of the corpus.
//!
//! The only folder that speaks to git. It only reads, but for the settings that
//! `init --git-drivers` asks for. What git refuses to tell
//! stops the run or is named as not checked; it never counts as sound.
//!
//! In:  the root, and revisions as users name them.
//! Out: [`Snapshot`]s of commits and of the index, the recorded bytes of a changed
//! document, findings about attributes and submodules, [`Refusal`]s.
//! Not here: comparing bytes (`diagnose`) and records (`base`).
//!
//! [`Refusal`]: crate::corpus::Refusal

#[cfg(not(feature = "git"))]
mod absent;
#[cfg(feature = "git")]
mod attributes;
#[cfg(feature = "git")]
mod between;
#[cfg(feature = "git")]
mod drivers;
#[cfg(feature = "git")]
mod hunk;
#[cfg(feature = "git")]
mod loose;
#[cfg(feature = "git")]
mod past;
#[cfg(feature = "git")]
mod repository;
#[cfg(feature = "git")]
mod snapshot;
#[cfg(feature = "git")]
mod tree;

#[cfg(not(feature = "git"))]
pub(crate) use absent::Blobs;
#[cfg(not(feature = "git"))]
pub(crate) use absent::Past;
#[cfg(not(feature = "git"))]
pub(crate) use absent::Snapshot;
#[cfg(not(feature = "git"))]
pub(crate) use absent::between;
#[cfg(not(feature = "git"))]
pub(crate) use absent::check;
#[cfg(not(feature = "git"))]
pub(crate) use absent::files;
#[cfg(not(feature = "git"))]
pub(crate) use absent::hunks;
#[cfg(not(feature = "git"))]
pub(crate) use absent::install;
#[cfg(not(feature = "git"))]
pub(crate) use absent::list;
#[cfg(not(feature = "git"))]
pub(crate) use absent::merge;
#[cfg(feature = "git")]
pub(crate) use attributes::check;
#[cfg(feature = "git")]
pub(crate) use between::between;
#[cfg(feature = "git")]
pub(crate) use drivers::install;
#[cfg(feature = "git")]
pub(crate) use drivers::merge;
#[cfg(feature = "git")]
pub(crate) use hunk::hunks;
#[cfg(feature = "git")]
pub(crate) use past::Past;
#[cfg(feature = "git")]
pub(crate) use snapshot::Blobs;
#[cfg(feature = "git")]
pub(crate) use snapshot::Snapshot;
#[cfg(feature = "git")]
pub(crate) use snapshot::files;
#[cfg(feature = "git")]
pub(crate) use snapshot::list;

use crate::corpus::walk::Kind;
use sha1::Digest as _;
use sha1::Sha1;
use std::collections::BTreeSet;

/// What git calls a blob or a commit: SHA-1, which names and never vouches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ObjectId(pub(crate) [u8; 20]);

impl ObjectId {
    /// No object.
    pub(crate) const NONE: Self = Self([0; 20]);

    /// The name that git would give a blob of these bytes.
    pub(crate) fn of(bytes: &[u8]) -> Self {
        let mut hasher = Sha1::new();
        hasher.update(format!("blob {}\0", bytes.len()));
        hasher.update(bytes);
        Self(hasher.finalize().into())
    }
}

/// Two states, as far as they matter.
pub(crate) struct Between {
    /// The commit that is compared with.
    pub(crate) base: String,
    /// The earlier state.
    pub(crate) earlier: Snapshot,
    /// The later state; `None` is the work tree.
    pub(crate) later: Option<Snapshot>,
    /// What differs in `corpus/` and `manifests/`.
    pub(crate) paths: BTreeSet<String>,
    /// Names that are not UTF-8, approximated.
    pub(crate) unreadable: Vec<String>,
}

/// Takes an item, with a way to ask whether the document at a path has a record.
pub(crate) type Take<'t> = &'t mut dyn FnMut(Item, &dyn Fn(&str) -> bool);

/// Something that git keeps in `corpus/` or `manifests/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Item {
    /// Its path from the root.
    pub(crate) path: String,
    /// Whether `path` is the name itself, not an approximation of it.
    pub(crate) utf8: bool,
    /// What it is.
    pub(crate) kind: Kind,
    /// Its bytes.
    pub(crate) blob: ObjectId,
}
