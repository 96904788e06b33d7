//! What has changed in a corpus since its index was made, without a look at every file.
//!
//! A look at 100,000 files costs more than an answer from the index. So the folders
//! are looked at: adding, removing, renaming and replacing a file changes the time of
//! its folder, and editors, git and this program replace files. Where the time of a
//! folder has changed, or that of the folder of its records, its files are looked at
//! one by one. What is *not* noticed is a document that is rewritten in place, in a
//! folder where nothing else happened, and with its record left as it was; `verify`
//! reports that, and a document that is part of an answer is read and checked anyway.
//!
//! In:  an index and its project.
//! Out: [`Changes`].
//! Not here: reading what has changed.

use crate::corpus;
use crate::corpus::Options;
use crate::corpus::Sort;
use crate::corpus::Stamp;
use crate::index::Entry;
use crate::index::Error;
use crate::index::Index;
use std::collections::BTreeSet;
use std::path::Path;

/// How a corpus differs from its index.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Documents that are new or may have changed, in byte order: the index does not
    /// know what they say.
    pub unknown: Vec<String>,
    /// How many bytes they have.
    pub unknown_bytes: u64,
    /// Documents that are no longer there, in byte order.
    pub gone: Vec<String>,
}

impl Changes {
    /// Whether the index still knows all.
    pub fn is_empty(&self) -> bool {
        self.unknown.is_empty() && self.gone.is_empty()
    }
}

impl Index {
    /// What has changed in the project at `root` since the index was made.
    ///
    /// Looks at the folders, and at the files of those that have changed. A document
    /// that was rewritten in place, in a folder without another change and with its
    /// record as it was, is not noticed.
    ///
    /// # Errors
    /// When a folder cannot be looked at, or the index is damaged.
    pub fn changes(&self, root: &Path, options: &Options) -> Result<Changes, Error> {
        let folders = self.folders()?;
        let mut suspects = BTreeSet::new();
        let is_folder = |entry: &Entry| entry.path.starts_with(corpus::path::CORPUS);
        for folder in folders.iter().filter(|entry| is_folder(entry)) {
            let records = corpus::folder_of_records(&folder.path);
            let known = folders.binary_search_by(|other| other.path.as_str().cmp(&records));
            let known = known.ok().map(|at| &folders[at]);
            if has_changed(root, &folder.path, Some(folder))? || has_changed(root, &records, known)?
            {
                suspects.insert(folder.path.clone());
            }
        }
        if suspects.is_empty() {
            return Ok(Changes::default());
        }
        let documents = self.entries()?;
        let known: BTreeSet<&str> = folders.iter().map(|folder| folder.path.as_str()).collect();
        let mut changes = Changes::default();
        while let Some(folder) = suspects.pop_first() {
            let listed = corpus::list(root, &folder, options)?;
            for (path, stamp, sort) in &listed {
                match sort {
                    Sort::File => changes.see(&documents, path, stamp),
                    Sort::Folder if known.contains(path.as_str()) => {}
                    Sort::Folder => {
                        suspects.insert(path.clone());
                    }
                }
            }
            changes.gone.extend(missing(&documents, &folder, &listed));
        }
        changes.unknown.sort_unstable();
        changes.gone.sort_unstable();
        Ok(changes)
    }
}

impl Index {
    /// How many documents are new, gone or not known to be as they were, by a look at
    /// every file.
    ///
    /// # Errors
    /// When something cannot be looked at, or the index is damaged.
    pub fn stale(&self, root: &Path, options: &Options) -> Result<usize, Error> {
        let now = corpus::survey(root, options)?.documents;
        let known = self.entries()?;
        if !self.is_for(options) {
            return Ok(now.len().max(known.len()));
        }
        let is_known = |(path, stamp): &&(String, Stamp)| {
            let at = known.binary_search_by(|entry| entry.path.cmp(path));
            at.is_ok_and(|at| known[at].stamp.as_ref() == Some(stamp))
        };
        let is_gone =
            |entry: &&Entry| now.binary_search_by(|(path, _)| path.cmp(&entry.path)).is_err();
        let gone = known.iter().filter(is_gone).count();
        Ok(now.iter().filter(|document| !is_known(document)).count() + gone)
    }
}

impl Changes {
    /// Takes note of a file, unless it is as the index knows it.
    fn see(&mut self, documents: &[Entry], path: &str, stamp: &Stamp) {
        let known = documents.binary_search_by(|entry| entry.path.as_str().cmp(path));
        if known.is_ok_and(|at| documents[at].stamp.as_ref() == Some(stamp)) {
            return;
        }
        self.unknown.push(path.to_owned());
        self.unknown_bytes += stamp.size;
    }
}

/// Whether the folder at `path` is not what it was, or may not be; `None` when there
/// was none.
fn has_changed(root: &Path, path: &str, known: Option<&Entry>) -> Result<bool, Error> {
    let now = corpus::state(root, path)
        .map_err(|source| corpus::Error::Read { path: root.join(path), source })?;
    let now = now.filter(|(_, sort)| *sort == Sort::Folder).map(|(stamp, _)| stamp);
    Ok(match known {
        None => now.is_some(),
        Some(before) => before.stamp.is_none() || before.stamp != now,
    })
}

/// The documents that the index knows directly in `folder` and that are not `listed`.
fn missing(documents: &[Entry], folder: &str, listed: &[(String, Stamp, Sort)]) -> Vec<String> {
    let inside = |path: &str| {
        let name = path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/'));
        name.is_some_and(|name| !name.contains('/'))
    };
    let first = documents.partition_point(|entry| entry.path.as_str() < folder);
    documents[first..]
        .iter()
        .take_while(|entry| entry.path.starts_with(folder))
        .map(|entry| entry.path.as_str())
        .filter(|path| inside(path))
        .filter(|path| listed.binary_search_by(|(other, ..)| other.as_str().cmp(path)).is_err())
        .map(str::to_owned)
        .collect()
}
