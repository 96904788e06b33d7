//! Where a service shows what a review says: beside the lines that changed.
//!
//! Of a place, code scanning shows on a pull request what lies in changed lines of the
//! later state, and hides the rest. So each place is narrowed to such lines, or put on
//! the nearest.
//!
//! In:  the changed documents of a [`Review`].
//! Out: [`Diff`], which narrows places.

use crate::corpus::Hunk;
use crate::corpus::Version;
use crate::corpus::hunks;
use crate::corpus::path;
use crate::review::Review;
use crate::span::LineIndex;
use crate::span::Span;
use std::collections::BTreeMap;

/// The changed files of the later state, documents and records, by path.
pub(super) struct Diff<'a>(BTreeMap<String, Changed<'a>>);

/// One of them.
pub(super) struct Changed<'a> {
    pub(super) source: &'a str,
    pub(super) lines: LineIndex<'a>,
    hunks: Vec<Hunk>,
}

impl<'a> Diff<'a> {
    pub(super) fn of(review: &Review<'a>) -> Self {
        let mut files = BTreeMap::new();
        for document in &review.documents {
            let Some(later) = &document.changed.later else { continue };
            let earlier = document.changed.earlier.as_ref();
            let body = |version: &'a Version| version.body.text().unwrap_or_default();
            let record = |version: &'a Version| version.record_text.as_str();
            let bodies = (earlier.map_or("", body), body(later));
            let records = (earlier.map_or("", record), record(later));
            let beside = path::record_of(&later.path).unwrap_or_default();
            for (path, (old, new)) in [(later.path.clone(), bodies), (beside, records)] {
                if old != new {
                    files.insert(path, Changed::of(old, new));
                }
            }
        }
        Self(files)
    }

    /// The changed file at `path`.
    pub(super) fn file(&self, path: &str) -> Option<&Changed<'a>> {
        self.0.get(path)
    }
}

impl<'a> Changed<'a> {
    fn of(old: &str, new: &'a str) -> Self {
        Self { source: new, lines: LineIndex::new(new), hunks: hunks(old, new) }
    }

    /// The first part of `span` that lies in changed lines, without white space around.
    pub(super) fn inside(&self, span: Span) -> Option<Span> {
        let mut parts = self.hunks.iter().filter_map(|hunk| {
            let (start, end) = (span.start().max(hunk.later.start), span.end().min(hunk.later.end));
            (start < end).then(|| self.trimmed(Span::new(start, end)))
        });
        parts.find(|part| !part.is_empty())
    }

    /// Whether a line was changed.
    pub(super) fn has(&self, line: usize) -> bool {
        self.hunks.iter().any(|hunk| {
            let first = self.lines.position(hunk.later.start).line;
            // The last byte of a hunk belongs to its last line.
            let last = self.lines.position(hunk.later.end.max(1) - 1).line;
            !hunk.later.is_empty() && (first..=last).contains(&line)
        })
    }

    /// The changed line nearest to `offset`; where lines are only gone, what follows.
    pub(super) fn near(&self, offset: usize) -> Span {
        let distance = |hunk: &&Hunk| {
            hunk.later.start.saturating_sub(offset) + offset.saturating_sub(hunk.later.end)
        };
        self.first_line(self.hunks.iter().min_by_key(distance))
    }

    /// The line where `offset` of the earlier text was.
    pub(super) fn instead_of(&self, offset: usize) -> Span {
        let hunk = self.hunks.iter().find(|hunk| hunk.earlier.contains(&offset));
        self.first_line(hunk.or_else(|| self.hunks.first()))
    }

    /// The first line of a hunk that is not blank, or the one behind what is gone.
    fn first_line(&self, hunk: Option<&Hunk>) -> Span {
        let start = hunk.map_or(0, |hunk| {
            let text = &self.source[hunk.later.clone()];
            hunk.later.start + text.len() - text.trim_start().len()
        });
        self.trimmed(self.lines.line_span(self.lines.position(start).line))
    }

    fn trimmed(&self, span: Span) -> Span {
        let text = &self.source[span.range()];
        let start = span.start() + text.len() - text.trim_start().len();
        Span::new(start, start + text.trim().len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_narrowed_to_changed_lines() {
        let (old, new) = ("a\nb\nc\nd\n", "a\nB b\n\nc\nd\n");
        let changed = Changed::of(old, new);
        let all = Span::new(0, new.len());

        let cut = |span: Span| &new[span.range()];
        assert_eq!(changed.inside(all).map(cut), Some("B b"));
        assert_eq!(changed.inside(Span::new(4, 8)).map(cut), Some("b"));
        assert_eq!(changed.inside(Span::new(0, 1)), None);
        assert_eq!(cut(changed.near(new.len())), "B b");
        assert_eq!(cut(changed.instead_of(2)), "B b");
        assert!(changed.has(2) && changed.has(3) && !changed.has(4));
    }

    #[test]
    fn what_is_gone_is_shown_where_it_was() {
        #[rustfmt::skip]
        let cases = [
            ("a\nb\nc\n", "a\nc\n", 2, "c"),
            ("a\nb\n",    "a\n",    2, ""),
            ("a\n",       "",       0, ""),
        ];
        for (old, new, offset, expected) in cases {
            let changed = Changed::of(old, new);
            assert_eq!(&new[changed.instead_of(offset).range()], expected, "{old:?}");
            assert_eq!(&new[changed.near(0).range()], expected, "{old:?}");
        }
    }
}
