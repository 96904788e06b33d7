//! Hunks: the lines by which two texts differ, as `git diff` shows them.
//!
//! In:  a text as it was and as it is.
//! Out: [`Hunk`]s.
//! Not here: what differs in the sentences (`review`).

use crate::corpus::history;
use std::ops::Range;

/// Lines of a text that gave way to others, in bytes; one side may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hunk {
    /// The lines as they were, with their endings.
    pub earlier: Range<usize>,
    /// The lines as they are.
    pub later: Range<usize>,
}

/// The lines by which two texts differ, in order, by git's own comparison. Built without
/// git, all lines differ.
///
/// ```
/// use provenance::corpus::{Hunk, hunks};
///
/// # if cfg!(feature = "git") {
/// let found = hunks("one\ntwo\nthree\n", "one\n2\nthree\nfour\n");
///
/// assert_eq!(found[0], Hunk { earlier: 4..8, later: 4..6 });
/// assert_eq!(found[1], Hunk { earlier: 14..14, later: 12..17 });
/// # }
/// ```
pub fn hunks(earlier: &str, later: &str) -> Vec<Hunk> {
    history::hunks(earlier, later)
}
