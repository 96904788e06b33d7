//! Snapshots: the corpus as a commit or the index has it.
//!
//! Blobs are what git stores: no checkout filter has touched them, and no work
//! tree is needed.
//!
//! In:  the root, and a revision or the index.
//! Out: [`Snapshot`], which lists files, and [`Blobs`], which reads them.
//! Not here: what may be opened (`walk`), and the checks.

use crate::corpus::Refusal;
use crate::corpus::history::Item;
use crate::corpus::history::ObjectId;
use crate::corpus::history::Take;
use crate::corpus::history::loose;
use crate::corpus::history::repository::Project;
use crate::corpus::history::repository::SINCE;
use crate::corpus::history::tree::Entry;
use crate::corpus::history::tree::kind;
use crate::corpus::open::Fault;
use crate::corpus::path::CORPUS;
use crate::corpus::path::MANIFESTS;
use crate::corpus::path::record_of;
use crate::corpus::target::State;
use git2::ErrorCode;
use git2::Index;
use git2::IndexEntry;
use git2::IndexEntryExtendedFlag;
use git2::Oid;
use git2::Repository;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::PoisonError;

/// What is said of a blob that a partial clone lacks.
const LEFT_OUT: &str = "this partial clone left it out; clone again without --filter";

/// What the index is called.
pub(crate) const INDEX_TITLE: &str = "the index";

/// Hexadecimal digits that people need to tell commits apart.
const SHORT_DIGITS: usize = 12;

/// The corpus as a commit or the index has it.
pub(crate) struct Snapshot {
    root: PathBuf,
    title: String,
    commit: Option<ObjectId>,
    items: Vec<Item>,
    /// Files beside the two folders, in byte order.
    beside: Vec<Item>,
    /// Whether the clone leaves out objects.
    partial: bool,
    /// Open repositories that no thread uses now; opening costs more than a blob.
    idle: Mutex<Vec<Repository>>,
}

impl Snapshot {
    /// What would be committed.
    pub(crate) fn of_index(root: &Path) -> Result<Self, Refusal> {
        let project = Project::around(root)?;
        let index = index(&project)?;
        let (mut items, mut beside) = (Vec::new(), Vec::new());
        for entry in index.iter() {
            let Some(inside) = entry.path.strip_prefix(project.prefix.as_bytes()) else {
                continue;
            };
            if stage(&entry) != 0 {
                let path = String::from_utf8_lossy(inside).into_owned();
                return Err(Refusal::Unmerged { path });
            }
            let top = inside.split(|byte| *byte == b'/').next().unwrap_or_default();
            let ours = top == CORPUS.as_bytes() || top == MANIFESTS.as_bytes();
            let list = if ours { &mut items } else { &mut beside };
            if (ours || top == inside) && !intended(&entry) {
                list.push(item(inside, entry.mode, entry.id));
            }
        }
        Ok(Self::new(root, project, (INDEX_TITLE.to_owned(), None), (items, beside)))
    }

    /// What `state` has at `paths`; the work tree is no snapshot.
    pub(crate) fn of_paths(
        root: &Path,
        state: &State,
        paths: impl Iterator<Item = String>,
    ) -> Result<Option<Self>, Refusal> {
        if *state == State::WorkTree {
            return Ok(None);
        }
        let project = Project::around(root)?;
        let (name, items) = match state {
            State::WorkTree | State::Staged => {
                let index = index(&project)?;
                let items = paths.filter_map(|path| staged(&project, &index, &path)).collect();
                ((INDEX_TITLE.to_owned(), None), items)
            }
            State::Revision(revision) => {
                let commit = project.commit(revision)?;
                let item = |path: String| project.file(commit.tree_id(), &path).transpose();
                let items = paths.filter_map(item).collect::<Result<_, _>>();
                let name = (revision.clone(), Some(object_id(commit.id())));
                (name, items.map_err(|error| project.broken(&error))?)
            }
        };
        Ok(Some(Self::new(root, project, name, (items, Vec::new()))))
    }

    /// What the commit that `revision` names has.
    pub(crate) fn of_revision(root: &Path, revision: &str) -> Result<Self, Refusal> {
        let snapshot = Self::within(root, revision, usize::MAX)?;
        Ok(snapshot.expect("no commit lists more items than memory holds"))
    }

    /// What the commit that `revision` names has, unless that is more than
    /// `items_max` files.
    pub(crate) fn within(
        root: &Path,
        revision: &str,
        items_max: usize,
    ) -> Result<Option<Self>, Refusal> {
        let project = Project::around(root)?;
        let (id, lists) = {
            let commit = project.commit(revision)?;
            let broken = |error| project.broken(&error);
            let items = listed(&project, commit.tree_id(), items_max).map_err(broken)?;
            let beside = files_beside(&project, commit.tree_id()).map_err(broken)?;
            (commit.id(), items.map(|items| (items, beside)))
        };
        let name = (revision.to_owned(), Some(object_id(id)));
        Ok(lists.map(|lists| Self::new(root, project, name, lists)))
    }

    /// What `commit` or the index has, which `title` names, as far as `items` lists it.
    pub(crate) fn new(
        root: &Path,
        project: Project,
        (title, commit): (String, Option<ObjectId>),
        (mut items, mut beside): (Vec<Item>, Vec<Item>),
    ) -> Self {
        // Also close to the order in which git packs blobs.
        items.sort_unstable_by(|left, right| left.path.cmp(&right.path));
        beside.sort_unstable_by(|left, right| left.path.cmp(&right.path));
        let partial = project.is_partial();
        let idle = Mutex::new(vec![project.repository]);
        Self { root: root.to_owned(), title, commit, items, beside, partial, idle }
    }

    /// The root of the project.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// What it is, as git commands take it.
    pub(crate) fn title(&self) -> String {
        if self.title.ends_with(SINCE) { self.short() } else { self.title.clone() }
    }

    /// What was asked for, and the commit that it names.
    pub(crate) fn described(&self) -> String {
        format!("{} ({})", self.title, self.short())
    }

    fn short(&self) -> String {
        let id = self.commit.and_then(|ObjectId(id)| Oid::from_bytes(&id).ok());
        let mut digits = id.map_or_else(String::new, |id| id.to_string());
        digits.truncate(SHORT_DIGITS);
        digits
    }

    /// The commit; the index is none.
    pub(crate) fn commit(&self) -> Option<ObjectId> {
        self.commit
    }

    /// Everything in `corpus/` and `manifests/` but folders, in byte order.
    pub(crate) fn items(&self) -> &[Item] {
        &self.items
    }

    /// What lies at `path`, if anything does.
    pub(crate) fn item(&self, path: &str) -> Option<&Item> {
        named(&self.items, path)
    }

    /// The file at `path`, beside `corpus/` and `manifests/`.
    pub(crate) fn beside(&self, path: &str) -> Option<&Item> {
        named(&self.beside, path)
    }

    /// The way of one thread to the bytes.
    pub(crate) fn blobs(&self) -> Blobs<'_> {
        Blobs { snapshot: self, repository: None, buffer: Vec::new() }
    }
}

fn named<'i>(items: &'i [Item], path: &str) -> Option<&'i Item> {
    let index = items.binary_search_by(|item| item.path.as_str().cmp(path)).ok()?;
    Some(&items[index])
}

/// Reads blobs of one snapshot, in one thread.
pub(crate) struct Blobs<'s> {
    snapshot: &'s Snapshot,
    repository: Option<Repository>,
    buffer: Vec<u8>,
}

impl Blobs<'_> {
    /// The bytes of the file at `path`. Git compares them with their name.
    pub(crate) fn read(&mut self, path: &str) -> Result<&[u8], Fault> {
        let item = named(&self.snapshot.items, path);
        self.read_item(item.ok_or_else(|| Fault::Git("there is no such file".to_owned()))?)
    }

    /// The same of one file of the snapshot.
    pub(crate) fn read_item(&mut self, item: &Item) -> Result<&[u8], Fault> {
        let partial = self.snapshot.partial;
        let fault = |error: git2::Error| match error.code() {
            ErrorCode::NotFound if partial => Fault::Git(LEFT_OUT.to_owned()),
            _ => Fault::Git(error.message().to_owned()),
        };
        let id = Oid::from_bytes(&item.blob.0).map_err(fault)?;
        let repository = match &mut self.repository {
            Some(repository) => repository,
            none => none.insert(self.snapshot.repository()?),
        };
        self.buffer = loose::blob(repository, id).map_err(fault)?;
        Ok(&self.buffer)
    }
}

impl Snapshot {
    /// A repository for one thread: one that another has done with, or a new one.
    fn repository(&self) -> Result<Repository, Fault> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        match idle {
            Some(repository) => Ok(repository),
            None => Project::around(&self.root)
                .map(|project| project.repository)
                .map_err(|refusal| Fault::Git(refusal.to_string())),
        }
    }
}

impl Drop for Blobs<'_> {
    fn drop(&mut self) {
        if let Some(repository) = self.repository.take() {
            let mut idle = self.snapshot.idle.lock().unwrap_or_else(PoisonError::into_inner);
            idle.push(repository);
        }
    }
}

/// Calls `take` with everything in `corpus/` of a commit but folders, and with a way to
/// ask whether the document at a path has a record.
pub(crate) fn list(root: &Path, revision: &str, take: Take<'_>) -> Result<(), Refusal> {
    let project = Project::around(root)?;
    let tree = project.commit(revision)?.tree_id();
    let recorded = |path: &str| {
        let record = record_of(path).map(|record| project.file(tree, &record));
        matches!(record, Some(Ok(Some(_))))
    };
    let broken = |error| project.broken(&error);
    let folder = project.lookup(tree, &format!("{}{CORPUS}", project.prefix)).map_err(broken)?;
    if let Some(folder) = folder.filter(Entry::is_folder) {
        let mut all = |item| {
            take(item, &recorded);
            true
        };
        project.visit(folder.id, CORPUS, &mut all).map_err(broken)?;
    }
    Ok(())
}

/// The bytes of some files in `state`, which is not the work tree.
pub(crate) fn files(
    root: &Path,
    state: &State,
    paths: &[&str],
) -> Result<Vec<Option<Vec<u8>>>, Refusal> {
    let project = Project::around(root)?;
    let broken = |error| project.broken(&error);
    let names = paths.iter().map(|path| format!("{}{path}", project.prefix));
    let ids: Vec<Option<Oid>> = match state {
        State::Revision(revision) => {
            let tree = project.commit(revision)?.tree_id();
            let found = names.map(|name| project.lookup(tree, &name));
            found
                .map(|entry| Ok(entry.map_err(broken)?.map(|entry| entry.id)))
                .collect::<Result<_, Refusal>>()?
        }
        State::WorkTree | State::Staged => {
            let index = index(&project)?;
            names.map(|name| index.get_path(Path::new(&name), 0).map(|entry| entry.id)).collect()
        }
    };
    let bytes = |id: Option<Oid>| id.map(|id| loose::blob(&project.repository, id)).transpose();
    ids.into_iter().map(bytes).collect::<Result<_, _>>().map_err(broken)
}

/// The index of a repository that has one.
pub(crate) fn index(project: &Project) -> Result<Index, Refusal> {
    if project.repository.is_bare() {
        return Err(Refusal::NoIndex { repository: project.repository.path().to_owned() });
    }
    project.repository.index().map_err(|error| project.broken(&error))
}

/// What would be committed at `path`, relative to the root.
pub(crate) fn staged(project: &Project, index: &Index, path: &str) -> Option<Item> {
    let entry = index.get_path(Path::new(&format!("{}{path}", project.prefix)), 0)?;
    (!intended(&entry)).then(|| item(path.as_bytes(), entry.mode, entry.id))
}

/// Everything in `corpus/` and `manifests/` of a commit's tree, or `None` when that
/// is more than `items_max`.
fn listed(
    project: &Project,
    tree: Oid,
    items_max: usize,
) -> Result<Option<Vec<Item>>, git2::Error> {
    let mut items = Vec::new();
    for top in [CORPUS, MANIFESTS] {
        let Some(entry) = project.lookup(tree, &format!("{}{top}", project.prefix))? else {
            continue;
        };
        let all = if entry.is_folder() {
            project.visit(entry.id, top, &mut |item| {
                items.push(item);
                items.len() <= items_max
            })?
        } else {
            items.push(item(top.as_bytes(), entry.mode, entry.id));
            true
        };
        if !all {
            return Ok(None);
        }
    }
    Ok(Some(items))
}

/// The files of the tree of a commit beside the two folders.
fn files_beside(project: &Project, tree: Oid) -> Result<Vec<Item>, git2::Error> {
    let root = match project.prefix.strip_suffix('/') {
        None => Some(tree),
        Some(prefix) => project.lookup(tree, prefix)?.map(|entry| entry.id),
    };
    root.map_or(Ok(Vec::new()), |root| project.files(root))
}

/// Something at `path`, as git describes it.
pub(crate) fn item(path: &[u8], mode: u32, id: Oid) -> Item {
    let utf8 = str::from_utf8(path).is_ok();
    let path = String::from_utf8_lossy(path).into_owned();
    Item { path, utf8, kind: kind(mode), blob: object_id(id) }
}

/// Which side of a conflict an entry is; 0 when there is none.
fn stage(entry: &IndexEntry) -> u16 {
    (entry.flags >> 12) & 3
}

/// Whether an entry only announces a file: it would not be committed.
pub(crate) fn intended(entry: &IndexEntry) -> bool {
    IndexEntryExtendedFlag::from_bits_truncate(entry.flags_extended).is_intent_to_add()
}

/// An object's name without libgit2's type.
pub(crate) fn object_id(id: Oid) -> ObjectId {
    let mut bytes = [0; 20];
    bytes.copy_from_slice(id.as_bytes());
    ObjectId(bytes)
}
