//! Targets: which state of the corpus is checked, and against which earlier one.
//!
//! In:  what a user asks for.
//! Out: [`Target`].

/// Which state of the corpus is checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum State {
    /// The files, as they lie there.
    #[default]
    WorkTree,
    /// The index: documents and records as they would be committed.
    Staged,
    /// A commit, as git names it, such as `HEAD`, `v1.2` or `origin/main`.
    Revision(String),
}

/// What is checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Target {
    /// The state that is checked.
    pub state: State,
    /// The commit whose records must be the beginning of those in `state`; with
    /// `...` behind it, the best common ancestor of that commit and `HEAD`.
    pub base: Option<String>,
}
