//! Hunks: the lines by which two texts differ, by git's own comparison, so that what
//! lies in them lies in what services show of a change.
//!
//! In:  a text as it was and as it is.
//! Out: [`Hunk`]s in order.

use crate::corpus::Hunk;
use git2::DiffOptions;
use git2::Patch;
use std::ops::Range;

/// The lines by which two texts differ, in order.
pub(crate) fn hunks(earlier: &str, later: &str) -> Vec<Hunk> {
    let whole = || vec![Hunk { earlier: 0..earlier.len(), later: 0..later.len() }];
    compared(earlier, later).unwrap_or_else(|_| whole())
}

fn compared(earlier: &str, later: &str) -> Result<Vec<Hunk>, git2::Error> {
    let mut options = DiffOptions::new();
    options.context_lines(0).force_text(true).indent_heuristic(true);
    let (old, new) = (earlier.as_bytes(), later.as_bytes());
    let patch = Patch::from_buffers(old, None, new, None, Some(&mut options))?;
    let (old, new) = (starts(earlier), starts(later));
    (0..patch.num_hunks())
        .map(|index| {
            let (hunk, _) = patch.hunk(index)?;
            Ok(Hunk {
                earlier: bytes(&old, hunk.old_start(), hunk.old_lines()),
                later: bytes(&new, hunk.new_start(), hunk.new_lines()),
            })
        })
        .collect()
}

/// Where each line begins, and last the end of the text.
fn starts(text: &str) -> Vec<usize> {
    let ends = text.split_inclusive('\n').scan(0, |end, line| {
        *end += line.len();
        Some(*end)
    });
    std::iter::once(0).chain(ends).collect()
}

/// The bytes of `count` lines from the line `first`, counted from one; with no lines,
/// `first` is the line before, as git writes it.
fn bytes(starts: &[usize], first: u32, count: u32) -> Range<usize> {
    let before = first as usize - usize::from(count > 0 && first > 0);
    let at = |line: usize| starts[line.min(starts.len() - 1)];
    at(before)..at(before + count as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One row per way to differ: both texts, and the bytes of both sides.
    #[test]
    fn lines_are_those_of_git() {
        #[rustfmt::skip]
        let cases = [
            ("a\nb\n",    "a\nb\n",    ""),
            ("",          "a\nb\n",    "0..0>0..4"),
            ("a\nb\n",    "",          "0..4>0..0"),
            ("a\nb\nc\n", "a\nc\n",    "2..4>2..2"),
            ("a\nb\nc",   "a\nx\nc",   "2..4>2..4"),
            ("a\nb",      "a\nb\n",    "2..3>2..4"),
            ("a\0\nb\n",  "a\0\nc\n",  "3..5>3..5"),
            ("a\n\nb\n",  "b\n\na\n",  "0..3>0..0 5..5>2..5"),
        ];
        for (earlier, later, expected) in cases {
            let told = |hunk: Hunk| format!("{:?}>{:?}", hunk.earlier, hunk.later);
            let told: Vec<String> = hunks(earlier, later).into_iter().map(told).collect();
            assert_eq!(told.join(" "), expected, "{earlier:?} {later:?}");
        }
    }
}
