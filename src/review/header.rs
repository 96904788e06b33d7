//! Headers: what happened to a document as a whole, and whether its record says why.
//!
//! In:  a [`Changed`].
//! Out: [`Status`], [`Explanation`], [`Fold`].
//! Not here: what its sentences say (`sentence`).

use crate::corpus::Body;
use crate::corpus::Changed;
use crate::corpus::Version;
use crate::corpus::record;
use crate::corpus::record::Record;
use crate::review::Passage;

/// What happened to a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// It was not there before.
    Added,
    /// Its file and its record are gone, and no tombstone says why.
    Removed,
    /// Its record says that it was withdrawn, and did not before.
    Retired,
    /// Its file is gone; the record is there, and no tombstone is.
    Missing,
    /// It lies under another path.
    Moved,
    /// Its bytes are others.
    Content,
    /// Its bytes are the same, and its record is another.
    Metadata,
}

impl Status {
    /// The words used in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Retired => "retired",
            Self::Missing => "file missing",
            Self::Moved => "moved",
            Self::Content => "content changed",
            Self::Metadata => "metadata only",
        }
    }
}

/// Whether the record says why the bytes of a document changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Explanation<'a> {
    /// There is nothing to explain.
    NotNeeded,
    /// A new entry of its history names the old bytes, and the record names the new.
    History(&'a record::Change),
    /// The record names the new bytes, and no new entry names the old.
    Missing,
    /// The record does not name the bytes that are there.
    Stale,
    /// There is no record, or none that can be read.
    Unrecorded,
}

/// What all differences of a text come down to when its words are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fold {
    /// Line feeds against carriage returns.
    LineEndings,
    /// Where lines break inside paragraphs.
    Wrapping,
    /// Blanks and blank lines.
    WhiteSpace,
    /// What stands outside sentences: list signs, drawn lines.
    Signs,
}

impl Fold {
    /// The sentence used in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::LineEndings => "only line endings changed",
            Self::Wrapping => "only line breaks changed: the text was rewrapped",
            Self::WhiteSpace => "only white space changed",
            Self::Signs => "only signs outside the sentences changed, such as bullets",
        }
    }
}

/// What happened to a document, in the order of [`Status`].
pub(crate) fn statuses(change: &Changed) -> Vec<Status> {
    let (earlier, later) = match (&change.earlier, &change.later) {
        (Some(earlier), Some(later)) => (earlier, later),
        (None, _) => return vec![Status::Added],
        (Some(_), None) => return vec![Status::Removed],
    };
    let retired = |version: &Version| {
        version.record.as_ref().is_some_and(|record: &Record| record.retired.is_some())
    };
    let gone = earlier.body != Body::Absent && later.body == Body::Absent;
    let newly_retired = retired(later) && !retired(earlier);
    let content = !gone && earlier.body != later.body;
    let moved = earlier.path != later.path;
    let all = [
        (Status::Retired, newly_retired),
        (Status::Missing, gone && !retired(later)),
        (Status::Moved, moved),
        (Status::Content, content),
        (Status::Metadata, !(newly_retired || gone || moved || content)),
    ];
    all.into_iter().filter_map(|(status, holds)| holds.then_some(status)).collect()
}

/// Whether the later record says why the bytes changed, or at least which they are.
pub(crate) fn explanation(change: &Changed) -> Explanation<'_> {
    let Some(later) = &change.later else { return Explanation::NotNeeded };
    let Some(now) = later.body.digest() else { return Explanation::NotNeeded };
    let was = change.earlier.as_ref().and_then(|earlier| earlier.body.digest());
    let Some(record) = &later.record else {
        return if was == Some(now) { Explanation::NotNeeded } else { Explanation::Unrecorded };
    };
    if record.hash.sha256 != now {
        return Explanation::Stale;
    }
    let Some(was) = was.filter(|was| *was != now) else { return Explanation::NotNeeded };
    let known = change.earlier.as_ref().and_then(|earlier| earlier.record.as_ref());
    let known = known.map_or(&[][..], |record| &record.history);
    let mut new = record.history.iter().filter(|entry| !known.contains(entry));
    new.find(|entry| entry.was.0 == was).map_or(Explanation::Missing, Explanation::History)
}

/// What the differences of two texts come down to, when that is one line.
pub(crate) fn fold(old: &str, new: &str, passages: &[Passage]) -> Option<Fold> {
    if line_feeds(old) == line_feeds(new) {
        Some(Fold::LineEndings)
    } else if paragraphs(old) == paragraphs(new) {
        Some(Fold::Wrapping)
    } else if old.split_whitespace().eq(new.split_whitespace()) {
        Some(Fold::WhiteSpace)
    } else {
        passages.is_empty().then_some(Fold::Signs)
    }
}

fn line_feeds(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// The words of each paragraph; paragraphs are what blank lines part.
fn paragraphs(text: &str) -> Vec<String> {
    let unified = line_feeds(text);
    let mut paragraphs = vec![Vec::new()];
    for line in unified.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        if words.is_empty() {
            paragraphs.push(Vec::new());
        } else {
            paragraphs.last_mut().expect("there is a first").extend(words);
        }
    }
    let joined = paragraphs.iter().map(|words| words.join(" "));
    joined.filter(|paragraph| !paragraph.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One row per way to change a text without changing a word.
    #[test]
    fn what_changes_no_word_is_one_line() {
        let old = "One two three.\nFour.\n\nFive.\n";
        #[rustfmt::skip]
        let cases = [
            ("One two three.\r\nFour.\r\n\r\nFive.\r\n", Fold::LineEndings),
            ("One two\nthree. Four.\n\nFive.\n",         Fold::Wrapping),
            ("One two three.\nFour.\nFive.\n",           Fold::WhiteSpace),
            ("One  two three.\nFour.\n\n\nFive.\n",      Fold::Wrapping),
            ("* One two three.\nFour.\n\nFive.\n",       Fold::Signs),
        ];
        for (new, expected) in cases {
            assert_eq!(fold(old, new, &[]), Some(expected), "{new:?}");
        }
    }
}
