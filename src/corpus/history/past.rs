//! The past of one document: bytes that it once had.
//!
//! In:  a path and the digest that is looked for.
//! Out: the bytes, when git has them.

use crate::corpus::Digest;
use crate::corpus::history::ObjectId;
use crate::corpus::history::loose;
use crate::corpus::history::repository::Project;
use git2::Oid;
use git2::Sort;
use std::cell::Cell;
use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::path::Path;

/// Commits that one thread looks into before it gives up: some seconds of work.
const COMMITS_MAX: u32 = 20_000;

/// The past of one project, opened when it is first asked: most checks find
/// nothing changed.
pub(crate) struct Past<'r> {
    root: &'r Path,
    start: Option<ObjectId>,
    project: OnceCell<Option<Project>>,
    left: Cell<u32>,
}

impl<'r> Past<'r> {
    /// What git knows of the past of the project at `root`, before the commit
    /// `start`, or before `HEAD`.
    pub(crate) fn of(root: &'r Path, start: Option<ObjectId>) -> Self {
        Self { root, start, project: OnceCell::new(), left: Cell::new(COMMITS_MAX) }
    }

    /// The bytes with `digest` that git has for `path`: in the last commit, in the
    /// index, or in an earlier commit.
    pub(crate) fn bytes(&self, path: &str, digest: Digest) -> Option<Vec<u8>> {
        let sound = |project: &Project| loose::check_history(&project.repository).is_ok();
        let open = || Project::around(self.root).ok().filter(sound);
        let project = self.project.get_or_init(open).as_ref()?;
        let path = format!("{}{path}", project.prefix);
        let mut asked = BTreeSet::new();
        let mut recorded = |id: Oid| {
            let new = asked.insert(id);
            let bytes = new.then(|| loose::blob(&project.repository, id).ok()).flatten()?;
            (Digest::of(&bytes) == digest).then_some(bytes)
        };
        let head = self.commits(project).and_then(|mut commits| commits.next());
        let committed = head.and_then(|head| blob_in(project, head, &path));
        let staged = || Some(project.repository.index().ok()?.get_path(Path::new(&path), 0)?.id);
        // Reading the index is dearer than one commit, and cheaper than all.
        committed.and_then(&mut recorded).or_else(|| staged().and_then(&mut recorded)).or_else(
            || {
                let commits = self.commits(project)?;
                commits.filter_map(|id| blob_in(project, id, &path)).find_map(recorded)
            },
        )
    }

    /// The commits up to the start, newest first, as far as the budget goes.
    fn commits<'p>(&'p self, project: &'p Project) -> Option<impl Iterator<Item = Oid> + 'p> {
        let mut walk = project.repository.revwalk().ok()?;
        walk.set_sorting(Sort::TIME).ok()?;
        match self.start {
            Some(ObjectId(id)) => walk.push(Oid::from_bytes(&id).ok()?).ok()?,
            None => walk.push_head().ok()?,
        }
        Some(walk.flatten().take_while(|_| {
            let left = self.left.get();
            self.left.set(left.saturating_sub(1));
            left > 0
        }))
    }
}

/// The blob at `path` in one commit.
fn blob_in(project: &Project, commit: Oid, path: &str) -> Option<Oid> {
    let tree = project.repository.find_commit(commit).ok()?.tree().ok()?;
    Some(tree.get_path(Path::new(path)).ok()?.id())
}
