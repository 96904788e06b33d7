//! Trees: the folders of commits.
//!
//! In:  names of trees, and paths in them.
//! Out: entries; and the paths at which two trees differ.
//! Not here: which folders matter (`snapshot`, `between`).

use crate::corpus::history::Item;
use crate::corpus::history::repository::Project;
use crate::corpus::history::snapshot::item;
use crate::corpus::walk::Kind;
use git2::Oid;

/// One entry of a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    name: Vec<u8>,
    /// Its mode, as git writes it.
    pub(crate) mode: u32,
    /// What it is called.
    pub(crate) id: Oid,
}

impl Entry {
    /// What it is when it stands at `path`.
    fn at(&self, path: &str) -> Item {
        item(path.as_bytes(), self.mode, self.id)
    }

    /// Whether it is a folder.
    pub(crate) fn is_folder(&self) -> bool {
        kind(self.mode) == Kind::Folder
    }
}

impl Project {
    /// The entries of the tree `id`, in byte order of their names.
    fn entries(&self, id: Oid) -> Result<Vec<Entry>, git2::Error> {
        let tree = self.repository.find_tree(id)?;
        let entry = |entry: git2::TreeEntry<'_>| Entry {
            name: entry.name_bytes().to_vec(),
            // Modes as git writes them have few bits; none is negative.
            mode: entry.filemode().unsigned_abs(),
            id: entry.id(),
        };
        let mut entries: Vec<Entry> = tree.iter().map(entry).collect();
        entries.sort_unstable_by(|left, right| left.name.cmp(&right.name));
        Ok(entries)
    }

    /// What lies directly in the tree `id` and is no folder.
    pub(crate) fn files(&self, id: Oid) -> Result<Vec<Item>, git2::Error> {
        let files = self.entries(id)?.into_iter().filter(|entry| !entry.is_folder());
        Ok(files.map(|entry| item(&entry.name, entry.mode, entry.id)).collect())
    }

    /// What lies at `path` below the tree `id`, if anything does.
    pub(crate) fn lookup(&self, id: Oid, path: &str) -> Result<Option<Entry>, git2::Error> {
        let mut folder = id;
        let mut parts = path.split('/').peekable();
        while let Some(part) = parts.next() {
            let tree = self.repository.find_tree(folder)?;
            let Some(entry) = tree.get_name_bytes(part.as_bytes()) else { return Ok(None) };
            let (mode, id) = (entry.filemode().unsigned_abs(), entry.id());
            if parts.peek().is_none() {
                return Ok(Some(Entry { name: part.into(), mode, id }));
            }
            if kind(mode) != Kind::Folder {
                return Ok(None);
            }
            folder = id;
        }
        Ok(None)
    }

    /// What lies at `path`, relative to the root, in the tree `id` of a commit, unless it
    /// is a folder.
    pub(crate) fn file(&self, id: Oid, path: &str) -> Result<Option<Item>, git2::Error> {
        let entry = self.lookup(id, &format!("{}{path}", self.prefix))?;
        Ok(entry.filter(|entry| !entry.is_folder()).map(|entry| entry.at(path)))
    }

    /// Calls `take` for everything but folders below the tree `id`, which lies at
    /// `folder`, until it answers that it has enough. Returns whether it saw all.
    pub(crate) fn visit(
        &self,
        id: Oid,
        folder: &str,
        take: &mut dyn FnMut(Item) -> bool,
    ) -> Result<bool, git2::Error> {
        let mut open = vec![(id, folder.as_bytes().to_vec())];
        while let Some((id, folder)) = open.pop() {
            for entry in self.entries(id)? {
                let path = [&folder, b"/".as_slice(), &entry.name].concat();
                if entry.is_folder() {
                    open.push((entry.id, path));
                } else if !take(item(&path, entry.mode, entry.id)) {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }

    /// Calls `take` with every path at which two entries differ that lie at `path`; trees
    /// of the same name are the same and are not opened.
    pub(crate) fn differ(
        &self,
        (earlier, later): (Option<Entry>, Option<Entry>),
        path: &str,
        take: &mut dyn FnMut(&[u8]),
    ) -> Result<(), git2::Error> {
        let mut open = vec![(earlier, later, path.as_bytes().to_vec())];
        while let Some((earlier, later, path)) = open.pop() {
            if earlier.as_ref().map(|entry| (entry.mode, entry.id))
                == later.as_ref().map(|entry| (entry.mode, entry.id))
            {
                continue;
            }
            let is_folder = |entry: &&Entry| entry.is_folder();
            let within = |entry: Option<&Entry>| match entry.filter(is_folder) {
                Some(folder) => self.entries(folder.id),
                None => Ok(Vec::new()),
            };
            let (old, new) = (within(earlier.as_ref())?, within(later.as_ref())?);
            if [&earlier, &later].into_iter().flatten().any(|entry| !entry.is_folder()) {
                take(&path);
            }
            for (old, new) in joined(old, new).filter(|(old, new)| old != new) {
                let name = old.as_ref().or(new.as_ref()).map_or(&[][..], |entry| &entry.name);
                let path = [&path, b"/".as_slice(), name].concat();
                open.push((old, new, path));
            }
        }
        Ok(())
    }
}

/// Entries of two folders side by side, by name; both are in order.
fn joined(
    old: Vec<Entry>,
    new: Vec<Entry>,
) -> impl Iterator<Item = (Option<Entry>, Option<Entry>)> {
    let (mut old, mut new) = (old.into_iter().peekable(), new.into_iter().peekable());
    std::iter::from_fn(move || {
        let order = match (old.peek(), new.peek()) {
            (None, None) => return None,
            (Some(_), None) => std::cmp::Ordering::Less,
            (None, Some(_)) => std::cmp::Ordering::Greater,
            (Some(old), Some(new)) => old.name.cmp(&new.name),
        };
        let left = if order.is_le() { old.next() } else { None };
        let right = if order.is_ge() { new.next() } else { None };
        Some((left, right))
    })
}

/// What a mode of git's says.
pub(crate) fn kind(mode: u32) -> Kind {
    match mode & 0o170_000 {
        0o100_000 => Kind::File,
        0o040_000 => Kind::Folder,
        0o120_000 => Kind::Link,
        0o160_000 => Kind::Submodule,
        _ => Kind::Other,
    }
}
