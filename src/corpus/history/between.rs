//! Between: what two states of the corpus do not have in common.
//!
//! Two commits are compared tree by tree, and what has the same name is not opened,
//! so that the cost is that of the change and not that of the corpus.
//!
//! In:  the root, and a [`Range`].
//! Out: both states as far as they differ, and the paths.
//! Not here: which document belongs to which (`changes`).

use crate::corpus::Refusal;
use crate::corpus::history::Item;
use crate::corpus::history::Snapshot;
use crate::corpus::history::repository::Project;
use crate::corpus::history::snapshot::index;
use crate::corpus::history::snapshot::object_id;
use crate::corpus::history::tree::Differing;
use crate::corpus::history::tree::Entry;
use crate::corpus::path::CORPUS;
use crate::corpus::path::MANIFESTS;
use crate::corpus::path::document_of;
use crate::corpus::path::record_of;
use crate::corpus::target::Range;
use crate::corpus::target::State;
use git2::DiffOptions;
use git2::Oid;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::path::Path;

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

/// What differs between both ends of `range`.
pub(crate) fn between(root: &Path, range: &Range) -> Result<Between, Refusal> {
    let project = Project::around(root)?;
    project.check_history()?;
    let base = {
        let commit = match (&range.head, range.parting) {
            (State::Revision(head), true) => project.parting(&range.base, head),
            (_, true) => project.parting(&range.base, "HEAD"),
            (_, false) => project.plain_commit(&range.base),
        }?;
        (commit.id(), commit.tree_id())
    };
    let title = if range.parting { format!("{}...", range.base) } else { range.base.clone() };
    match &range.head {
        State::Revision(head) => commits(root, project, (base, title), head),
        State::Staged | State::WorkTree => {
            let name = base.0.to_string();
            let earlier = Snapshot::of_revision(root, &name)?.titled(title);
            let staged = Snapshot::of_index(root)?;
            let (mut paths, unreadable) = compared(earlier.items(), staged.items());
            let later = if range.head == State::Staged {
                Some(staged)
            } else {
                paths.extend(unstaged(&project)?);
                None
            };
            Ok(Between { base: name, earlier, later, paths, unreadable })
        }
    }
}

/// What differs between two commits; their snapshots list what differs, and the
/// document or record that belongs to it.
fn commits(
    root: &Path,
    project: Project,
    ((base, tree), title): ((Oid, Oid), String),
    head: &str,
) -> Result<Between, Refusal> {
    let broken = |error| project.broken(&error);
    let (later, later_tree) = {
        let commit = project.plain_commit(head)?;
        (commit.id(), commit.tree_id())
    };
    let mut differing = Differing::default();
    for top in [CORPUS, MANIFESTS] {
        let path = format!("{}{top}", project.prefix);
        let here = |tree| project.lookup(tree, &path);
        let both = (here(tree).map_err(broken)?, here(later_tree).map_err(broken)?);
        project.differ(both, top, &mut differing).map_err(broken)?;
    }
    let (paths, unreadable) = compared(&differing.earlier, &differing.later);
    let add = |tree, items: Vec<Item>| -> Result<Vec<Item>, Refusal> {
        let mut items: BTreeMap<String, Item> =
            items.into_iter().map(|item| (item.path.clone(), item)).collect();
        for path in paths.iter().filter_map(|path| partner(path)) {
            if !items.contains_key(&path) && !paths.contains(&path) {
                let inside = format!("{}{path}", project.prefix);
                let entry = project.lookup(tree, &inside).map_err(broken)?;
                let entry = entry.filter(|entry| !entry.is_folder());
                items.extend(entry.map(|entry: Entry| (path.clone(), entry.at(&path))));
            }
        }
        Ok(items.into_values().collect())
    };
    let earlier = add(tree, differing.earlier)?;
    let later_items = add(later_tree, differing.later)?;
    let earlier =
        Snapshot::new(root, project, (title, Some(object_id(base))), (earlier, Vec::new()));
    let project = Project::around(root)?;
    let name = (head.to_owned(), Some(object_id(later)));
    let later = Snapshot::new(root, project, name, (later_items, Vec::new()));
    Ok(Between { base: base.to_string(), earlier, later: Some(later), paths, unreadable })
}

/// The record of a document, and the document of a record.
fn partner(path: &str) -> Option<String> {
    record_of(path).or_else(|| document_of(path))
}

/// The paths at which two lists do not have the same, and those among them that are
/// approximated.
fn compared(earlier: &[Item], later: &[Item]) -> (BTreeSet<String>, Vec<String>) {
    let known: BTreeMap<&str, &Item> = earlier.iter().map(|it| (it.path.as_str(), it)).collect();
    let mut gone = known.clone();
    let mut items: Vec<&Item> = Vec::new();
    for item in later {
        gone.remove(item.path.as_str());
        let same = known.get(item.path.as_str()).is_some_and(|known| *known == item);
        items.extend((!same).then_some(item));
    }
    items.extend(gone.into_values());
    let unreadable = items.iter().filter(|item| !item.utf8).map(|item| item.path.clone());
    let unreadable = unreadable.collect::<BTreeSet<_>>().into_iter().collect();
    let paths = items.iter().filter(|item| item.utf8).map(|item| item.path.clone());
    (paths.collect(), unreadable)
}

/// The files in `corpus/` and `manifests/` that are not as they are staged, as git
/// sees it: by size and time first, and by content where these differ. Files that git
/// ignores are not hidden here.
fn unstaged(project: &Project) -> Result<Vec<String>, Refusal> {
    let broken = |error| project.broken(&error);
    let mut options = DiffOptions::new();
    options.include_untracked(true).recurse_untracked_dirs(true).include_ignored(true);
    options.recurse_ignored_dirs(true).disable_pathspec_match(true).ignore_submodules(true);
    for top in [CORPUS, MANIFESTS] {
        options.pathspec(format!("{}{top}", project.prefix));
    }
    let index = index(project)?;
    let diff = project.repository.diff_index_to_workdir(Some(&index), Some(&mut options));
    let diff = diff.map_err(broken)?;
    let path = |delta: git2::DiffDelta<'_>| {
        let path = delta.new_file().path_bytes().or_else(|| delta.old_file().path_bytes())?;
        let path = String::from_utf8_lossy(path).into_owned();
        path.strip_prefix(&project.prefix).map(str::to_owned)
    };
    Ok(diff.deltas().filter_map(path).collect())
}
