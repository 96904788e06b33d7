//! History without git: nothing is known, and that is said.

use crate::corpus::Digest;
use crate::corpus::Hunk;
use crate::corpus::Refusal;
use crate::corpus::history::Between;
use crate::corpus::history::Item;
use crate::corpus::history::ObjectId;
use crate::corpus::history::Take;
use crate::corpus::open::Fault;
use crate::corpus::source::Source;
use crate::corpus::target::Range;
use crate::corpus::target::State;
use crate::finding::Finding;
use std::marker::PhantomData;
use std::path::Path;

pub(crate) fn check(
    _source: Source<'_>,
    _documents: &[String],
    _findings: &mut Vec<Finding>,
) -> Vec<String> {
    vec!["git attributes and submodules were not checked: this build has no git".to_owned()]
}

pub(crate) fn install(_root: &Path) -> Result<Vec<&'static str>, Refusal> {
    Err(Refusal::NotBuilt)
}

pub(crate) fn merge(_base: &str, _ours: &str, _theirs: &str) -> Option<(String, bool)> {
    None
}

pub(crate) fn files(
    _root: &Path,
    _state: &State,
    _paths: &[&str],
) -> Result<Vec<Option<Vec<u8>>>, Refusal> {
    Err(Refusal::NotBuilt)
}

/// Without git's comparison: everything.
pub(crate) fn hunks(earlier: &str, later: &str) -> Vec<Hunk> {
    vec![Hunk { earlier: 0..earlier.len(), later: 0..later.len() }]
}

/// There are no old bytes.
pub(crate) struct Past<'r>(PhantomData<&'r ()>);

impl<'r> Past<'r> {
    pub(crate) fn of(_root: &'r Path, _start: Option<ObjectId>) -> Self {
        Self(PhantomData)
    }

    #[expect(clippy::unused_self, reason = "the same shape as with git")]
    pub(crate) fn bytes(&self, _path: &str, _digest: Digest) -> Option<Vec<u8>> {
        None
    }
}

pub(crate) fn between(_root: &Path, _range: &Range) -> Result<Between, Refusal> {
    Err(Refusal::NotBuilt)
}

pub(crate) fn list(_root: &Path, _revision: &str, _take: Take<'_>) -> Result<(), Refusal> {
    Err(Refusal::NotBuilt)
}

/// There are no snapshots: this type has no value.
pub(crate) enum Snapshot {}

impl Snapshot {
    pub(crate) fn of_index(_root: &Path) -> Result<Self, Refusal> {
        Err(Refusal::NotBuilt)
    }

    pub(crate) fn of_paths(
        _root: &Path,
        state: &State,
        _paths: impl Iterator<Item = String>,
    ) -> Result<Option<Self>, Refusal> {
        if *state == State::WorkTree { Ok(None) } else { Err(Refusal::NotBuilt) }
    }

    pub(crate) fn of_revision(_root: &Path, _revision: &str) -> Result<Self, Refusal> {
        Err(Refusal::NotBuilt)
    }

    pub(crate) fn within(
        _root: &Path,
        _revision: &str,
        _items_max: usize,
    ) -> Result<Option<Self>, Refusal> {
        Err(Refusal::NotBuilt)
    }

    pub(crate) fn item(&self, _path: &str) -> Option<&Item> {
        match *self {}
    }

    pub(crate) fn root(&self) -> &Path {
        match *self {}
    }

    pub(crate) fn commit(&self) -> Option<ObjectId> {
        match *self {}
    }

    pub(crate) fn title(&self) -> String {
        match *self {}
    }

    pub(crate) fn described(&self) -> String {
        match *self {}
    }

    pub(crate) fn items(&self) -> &[Item] {
        match *self {}
    }

    pub(crate) fn beside(&self, _path: &str) -> Option<&Item> {
        match *self {}
    }

    pub(crate) fn blobs(&self) -> Blobs<'_> {
        match *self {}
    }
}

/// There are no blobs: this type has no value.
pub(crate) struct Blobs<'s>(&'s Snapshot);

impl Blobs<'_> {
    pub(crate) fn read(&mut self, _path: &str) -> Result<&[u8], Fault> {
        match *self.0 {}
    }

    pub(crate) fn read_item(&mut self, _item: &Item) -> Result<&[u8], Fault> {
        match *self.0 {}
    }
}
