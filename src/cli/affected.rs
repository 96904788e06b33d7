//! What a change can affect in a large corpus: the documents that share wording with
//! what the changed ones say or said, found by the index and read alone.
//!
//! In:  the changes, and the index of the project.
//! Out: both states of those documents.
//! Not here: whether the corpus is large (`diff`), and the index itself.

use crate::cli::commands::counted;
use crate::cli::error::Error;
use crate::corpus;
use crate::corpus::Changed;
use crate::corpus::Changes;
use crate::corpus::Loaded;
use crate::corpus::Options;
use crate::corpus::State;
use crate::corpus::Version;
use crate::index::Index;
use crate::reuse::archive::Words;
use std::collections::BTreeSet;
use std::path::Path;

/// Documents that the index does not know and that are read beside what it finds.
const UNKNOWN_MAX: usize = 500;

/// Both states of what a change can affect.
pub(crate) struct Affected {
    pub(crate) earlier: Loaded,
    pub(crate) later: Loaded,
    /// How many more documents share wording with a changed one, with less of it.
    pub(crate) left_out: usize,
}

/// The changed documents and those that they can affect, up to `documents_max`; or why
/// the index cannot tell, as a clause.
pub(crate) fn affected(
    root: &Path,
    head: &State,
    changes: &Changes,
    (options, documents_max): (&Options, usize),
) -> Result<Result<Affected, String>, Error> {
    let Some(index) = Index::open(root)? else { return Ok(Err("there is no index".to_owned())) };
    if !index.is_for(options) {
        return Ok(Err("the index was made with other settings".to_owned()));
    }
    // What did not change is the same in both states, so one of them is looked up.
    let listed = corpus::listing(root, &changes.base_commit, options)?;
    let apart = index.apart(&listed)?;
    let own: BTreeSet<&str> = changes.documents.iter().flat_map(paths).collect();
    let unknown = apart.unknown.iter().filter(|path| !own.contains(path.as_str()));
    let mut unchanged: BTreeSet<&str> = unknown.map(String::as_str).collect();
    if unchanged.len() > UNKNOWN_MAX {
        let count = counted(unchanged.len(), "document");
        return Ok(Err(format!("the index does not know {count} as they were")));
    }
    let mut left_out = 0;
    let mut found = BTreeSet::new();
    for text in changes.documents.iter().flat_map(texts) {
        let answer = index.query(&Words::read(text))?;
        left_out += answer.left_out;
        found.extend(answer.candidates.into_iter().map(|candidate| candidate.path));
    }
    let same = |path: &&String| !apart.other.contains(*path) && !own.contains(path.as_str());
    unchanged.extend(found.iter().filter(same).map(String::as_str));
    let state = |its: BTreeSet<&str>| -> Vec<String> {
        unchanged.union(&its).map(|path| (*path).to_owned()).collect()
    };
    let documents = || changes.documents.iter();
    let earlier = state(documents().filter_map(|it| path(it.earlier.as_ref())).collect());
    let later = state(documents().filter_map(|it| path(it.later.as_ref())).collect());
    if earlier.len().max(later.len()) > documents_max {
        let count = counted(earlier.len().max(later.len()), "document");
        return Ok(Err(format!("it may concern {count}, and up to {documents_max} are compared")));
    }
    let base = State::Revision(changes.base_commit.clone());
    let earlier = corpus::load_some(root, &base, options, &earlier)?;
    let later = corpus::load_some(root, head, options, &later)?;
    Ok(Ok(Affected { earlier, later, left_out }))
}

fn path(version: Option<&Version>) -> Option<&str> {
    version.map(|version| version.path.as_str())
}

/// Where a document lay and lies.
fn paths(changed: &Changed) -> impl Iterator<Item = &str> {
    [changed.earlier.as_ref(), changed.later.as_ref()].into_iter().filter_map(path)
}

/// What it said and says; the same text is looked up once.
fn texts(changed: &Changed) -> impl Iterator<Item = &str> {
    let earlier = changed.earlier.as_ref().and_then(|version| version.body.text());
    let later = changed.later.as_ref().and_then(|version| version.body.text());
    earlier.into_iter().chain(later.filter(|later| Some(*later) != earlier))
}
