//! Between: what two states of the corpus do not have in common.
//!
//! Two commits are compared tree by tree, and what has the same name is not opened. A
//! commit and the index are compared by git's names, the index and the files by size
//! and time first. So the cost is that of the change, and of a look at each file where
//! files are compared.
//!
//! In:  the root, and a [`Range`].
//! Out: both states as far as they differ, and the paths.
//! Not here: which document belongs to which (`changes`).

use crate::corpus::Refusal;
use crate::corpus::history::Between;
use crate::corpus::history::Item;
use crate::corpus::history::Snapshot;
use crate::corpus::history::repository::Project;
use crate::corpus::history::snapshot::INDEX_TITLE;
use crate::corpus::history::snapshot::index;
use crate::corpus::history::snapshot::intended;
use crate::corpus::history::snapshot::object_id;
use crate::corpus::history::snapshot::staged;
use crate::corpus::path::CORPUS;
use crate::corpus::path::MANIFESTS;
use crate::corpus::path::document_of;
use crate::corpus::path::record_of;
use crate::corpus::target::Range;
use crate::corpus::target::State;
use git2::Diff;
use git2::DiffOptions;
use git2::Index;
use git2::Oid;
use std::collections::BTreeSet;
use std::path::Path;

/// What differs between both ends of `range`. Each state lists what differs, and the
/// document or record that belongs to it.
pub(crate) fn between(root: &Path, range: &Range) -> Result<Between, Refusal> {
    let project = Project::around(root)?;
    project.check_history()?;
    let (base, tree) = {
        let commit = match (&range.head, range.parting) {
            (State::Revision(head), true) => project.parting(&range.base, head),
            (_, true) => project.parting(&range.base, "HEAD"),
            (_, false) => project.plain_commit(&range.base),
        }?;
        (commit.id(), commit.tree_id())
    };
    let broken = |error| project.broken(&error);
    let (differing, later) = match &range.head {
        State::Revision(head) => {
            let (id, later) = {
                let commit = project.plain_commit(head)?;
                (commit.id(), commit.tree_id())
            };
            let differing = trees(&project, tree, later).map_err(broken)?;
            let items = |paths: &_| in_tree(&project, later, paths).map_err(broken);
            let wanted = with_partners(&differing.paths);
            let name = (head.to_owned(), Some(object_id(id)));
            (differing, Some((name, items(&wanted)?)))
        }
        State::Staged => {
            let index = merged_index(&project)?;
            let differing = to_index(&project, tree, &index).map_err(broken)?;
            let wanted = with_partners(&differing.paths);
            let items = wanted.iter().filter_map(|path| staged(&project, &index, path));
            let items = items.collect();
            (differing, Some(((INDEX_TITLE.to_owned(), None), items)))
        }
        State::WorkTree => {
            let index = merged_index(&project)?;
            let mut differing = to_index(&project, tree, &index).map_err(broken)?;
            differing.add(&project, &unstaged(&project, &index).map_err(broken)?);
            (differing, None)
        }
    };
    let items = in_tree(&project, tree, &with_partners(&differing.paths)).map_err(broken)?;
    let later = later
        .map(|(name, items)| -> Result<Snapshot, Refusal> {
            Ok(Snapshot::new(root, Project::around(root)?, name, (items, Vec::new())))
        })
        .transpose()?;
    let title = if range.parting { format!("{}...", range.base) } else { range.base.clone() };
    let name = (title, Some(object_id(base)));
    let earlier = Snapshot::new(root, project, name, (items, Vec::new()));
    let Differing { paths, unreadable } = differing;
    let unreadable = unreadable.into_iter().collect();
    Ok(Between { base: base.to_string(), earlier, later, paths, unreadable })
}

/// Paths in `corpus/` and `manifests/` at which two states differ.
#[derive(Default)]
struct Differing {
    paths: BTreeSet<String>,
    /// Those that are not UTF-8, approximated.
    unreadable: BTreeSet<String>,
}

impl Differing {
    /// Takes a path, relative to the root.
    fn push(&mut self, path: &[u8]) {
        match str::from_utf8(path) {
            Ok(path) => self.paths.insert(path.to_owned()),
            Err(_) => self.unreadable.insert(String::from_utf8_lossy(path).into_owned()),
        };
    }

    /// Takes the paths of `diff`.
    fn add(&mut self, project: &Project, diff: &Diff<'_>) {
        for delta in diff.deltas() {
            let path = delta.new_file().path_bytes().or_else(|| delta.old_file().path_bytes());
            let path = path.and_then(|path| path.strip_prefix(project.prefix.as_bytes()));
            if let Some(path) = path {
                self.push(path);
            }
        }
    }
}

fn trees(project: &Project, earlier: Oid, later: Oid) -> Result<Differing, git2::Error> {
    let mut differing = Differing::default();
    for top in [CORPUS, MANIFESTS] {
        let path = format!("{}{top}", project.prefix);
        let both = (project.lookup(earlier, &path)?, project.lookup(later, &path)?);
        project.differ(both, top, &mut |path| differing.push(path))?;
    }
    Ok(differing)
}

/// What would be committed otherwise.
fn to_index(project: &Project, tree: Oid, index: &Index) -> Result<Differing, git2::Error> {
    let tree = project.repository.find_tree(tree)?;
    let mut options = both_folders(project);
    let diff = project.repository.diff_tree_to_index(Some(&tree), Some(index), Some(&mut options));
    let mut differing = Differing::default();
    differing.add(project, &diff?);
    // What is only announced would not be committed.
    let announced = |path: &str| {
        let entry = index.get_path(Path::new(&format!("{}{path}", project.prefix)), 0);
        entry.is_some_and(|entry| intended(&entry))
    };
    differing.paths.retain(|path| !announced(path));
    Ok(differing)
}

/// The files that are not as they are staged, as git sees it. Files that git ignores are
/// not hidden here.
fn unstaged<'p>(project: &'p Project, index: &Index) -> Result<Diff<'p>, git2::Error> {
    let mut options = both_folders(project);
    options.include_untracked(true).recurse_untracked_dirs(true).include_ignored(true);
    options.recurse_ignored_dirs(true).ignore_submodules(true);
    project.repository.diff_index_to_workdir(Some(index), Some(&mut options))
}

fn both_folders(project: &Project) -> DiffOptions {
    let mut options = DiffOptions::new();
    options.disable_pathspec_match(true);
    for top in [CORPUS, MANIFESTS] {
        options.pathspec(format!("{}{top}", project.prefix));
    }
    options
}

/// The index, in which nothing of the project may be in conflict.
fn merged_index(project: &Project) -> Result<Index, Refusal> {
    let index = index(project)?;
    let broken = |error| project.broken(&error);
    for conflict in index.conflicts().map_err(broken)? {
        let conflict = conflict.map_err(broken)?;
        let sides = [conflict.our, conflict.their, conflict.ancestor];
        let path = sides.into_iter().flatten().map(|entry| entry.path).next().unwrap_or_default();
        if let Some(inside) = path.strip_prefix(project.prefix.as_bytes()) {
            return Err(Refusal::Unmerged { path: String::from_utf8_lossy(inside).into_owned() });
        }
    }
    Ok(index)
}

/// What a tree has at `paths`, but for folders.
fn in_tree(
    project: &Project,
    tree: Oid,
    paths: &BTreeSet<String>,
) -> Result<Vec<Item>, git2::Error> {
    let item = |path: &String| project.file(tree, path).transpose();
    paths.iter().filter_map(item).collect()
}

/// `paths` with the record of each document, and the document of each record.
fn with_partners(paths: &BTreeSet<String>) -> BTreeSet<String> {
    let partner = |path: &String| record_of(path).or_else(|| document_of(path));
    paths.iter().filter_map(partner).chain(paths.iter().cloned()).collect()
}
