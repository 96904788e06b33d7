//! Targets: which state of the corpus is checked, and against which earlier one.
//!
//! In:  what a user asks for.
//! Out: [`Target`], [`Range`].

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

/// Two states that are compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Range {
    /// The earlier one: a commit.
    pub base: String,
    /// The later one.
    pub head: State,
    /// Whether the earlier one is where the histories of both parted, and not `base`
    /// itself.
    pub parting: bool,
}

impl Range {
    /// Reads a range as git does: `BASE..HEAD`, `BASE...HEAD`, and `BASE` alone, which
    /// is compared with `alone`. What is left out beside the dots is `HEAD`.
    ///
    /// ```
    /// use provenance::corpus::{Range, State};
    ///
    /// let range = Range::parse("origin/main...", State::WorkTree);
    /// assert_eq!((range.base.as_str(), range.parting), ("origin/main", true));
    /// assert_eq!(range.head, State::Revision("HEAD".to_owned()));
    /// assert_eq!(Range::parse("v1.2", State::Staged).head, State::Staged);
    /// ```
    pub fn parse(text: &str, alone: State) -> Self {
        let named = |name: &str| if name.is_empty() { "HEAD" } else { name }.to_owned();
        let two = |base: &str, head: &str, parting| Self {
            base: named(base),
            head: State::Revision(named(head)),
            parting,
        };
        match (text.split_once("..."), text.split_once("..")) {
            (Some((base, head)), _) => two(base, head, true),
            (None, Some((base, head))) => two(base, head, false),
            (None, None) => Self { base: named(text), head: alone, parting: false },
        }
    }
}
