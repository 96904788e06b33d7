//! Places: where in which document something stands.
//!
//! Every later stage speaks of text by byte range in the original file, so that
//! what is printed is the outlet's own wording and nothing else.
//!
//! In:  byte offsets.
//! Out: [`Span`], [`Place`], and line and column for people through [`LineIndex`].
//! Not here: the text itself, which `corpus` owns.

use std::ops::Range;

/// A document's position in the corpus of one run, counted from zero.
///
/// Documents are numbered in the byte order of their paths, so the same corpus
/// gives the same numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocId(pub u32);

impl DocId {
    /// The position as an index into a list of documents.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A half-open byte range `start..end` in one document.
///
/// Invariant: `start <= end`, and both lie on UTF-8 character boundaries.
///
/// ```
/// use provenance::span::Span;
///
/// let span = Span::new(3, 8);
///
/// assert_eq!(&"in Astana"[span.range()], "Astan");
/// assert!(span.contains(Span::new(4, 8)));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    start: u32,
    end: u32,
}

/// Whether one of `spans`, which are in order and apart, contains `span`.
pub(crate) fn any_contains(spans: &[Span], span: Span) -> bool {
    let upto = spans.partition_point(|known| known.start() <= span.start());
    upto.checked_sub(1).is_some_and(|last| spans[last].contains(span))
}

impl Span {
    /// The range `start..end`.
    ///
    /// # Panics
    /// When `start > end`, or when `end` is over 4 GiB: `corpus` refuses to
    /// analyse documents far below that.
    pub fn new(start: usize, end: usize) -> Self {
        assert!(start <= end, "a span ends before it starts: {start}..{end}");
        let offset = |value: usize| u32::try_from(value).expect("documents are under 4 GiB");
        Self { start: offset(start), end: offset(end) }
    }

    /// Byte offset of the first byte.
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// Byte offset after the last byte.
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// The span as an index into the source.
    pub fn range(self) -> Range<usize> {
        self.start()..self.end()
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end() - self.start()
    }

    /// Whether the span covers no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// A span in a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Which document.
    pub doc: DocId,
    /// Where in it.
    pub span: Span,
}

/// A line and column for people, both counted from one.
///
/// The column counts characters, not bytes, as editors do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line number, counted from one.
    pub line: usize,
    /// Column number in characters, counted from one.
    pub column: usize,
}

/// Finds the line and column of a byte offset in one source.
///
/// A line ends with `\n`, `\r\n` or a lone `\r`.
///
/// ```
/// use provenance::span::{LineIndex, Position};
///
/// let lines = LineIndex::new("Astana\n“Yes”");
///
/// assert_eq!(lines.position(10), Position { line: 2, column: 2 });
/// assert_eq!(lines.line_span(2).start(), 7);
/// ```
#[derive(Clone, Debug)]
pub struct LineIndex<'s> {
    source: &'s str,
    starts: Vec<usize>,
    /// Characters before each block of [`BLOCK_BYTES`], so that a text of one long
    /// line is not counted from its start for every place in it.
    blocks: Vec<usize>,
}

/// Bytes between two counts of characters: few enough to count in no time.
const BLOCK_BYTES: usize = 4096;

impl<'s> LineIndex<'s> {
    /// Indexes the lines of `source`.
    pub fn new(source: &'s str) -> Self {
        let bytes = source.as_bytes();
        let mut starts = vec![0];
        for (offset, byte) in bytes.iter().enumerate() {
            let lone_return = *byte == b'\r' && bytes.get(offset + 1) != Some(&b'\n');
            if *byte == b'\n' || lone_return {
                starts.push(offset + 1);
            }
        }
        let counts = bytes.chunks(BLOCK_BYTES).scan(0, |before, block| {
            let count = *before;
            *before += characters(block);
            Some(count)
        });
        let blocks = counts.collect();
        Self { source, starts, blocks }
    }

    /// The line and column of `offset`; an offset past the end is the end.
    pub fn position(&self, offset: usize) -> Position {
        let offset = self.source.floor_char_boundary(offset);
        let line = self.starts.partition_point(|start| *start <= offset);
        let column =
            self.characters_before(offset) - self.characters_before(self.starts[line - 1]) + 1;
        Position { line, column }
    }

    fn characters_before(&self, offset: usize) -> usize {
        let block = offset / BLOCK_BYTES;
        // An offset at the very end may lie after the last block.
        let Some(before) = self.blocks.get(block) else {
            let last = self.blocks.len().saturating_sub(1);
            let rest = &self.source.as_bytes()[last * BLOCK_BYTES..offset];
            return self.blocks.last().copied().unwrap_or_default() + characters(rest);
        };
        before + characters(&self.source.as_bytes()[block * BLOCK_BYTES..offset])
    }

    /// The span of line `number`, counted from one, without its line ending.
    ///
    /// # Panics
    /// When there is no such line.
    pub fn line_span(&self, number: usize) -> Span {
        let start = self.starts[number - 1];
        let end = self.starts.get(number).copied().unwrap_or(self.source.len());
        let line = self.source[start..end].trim_end_matches(['\n', '\r']);
        Span::new(start, start + line.len())
    }
}

/// Characters that begin in these bytes of UTF-8.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| !(0x80..0xc0).contains(*byte)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_a_long_line_count_characters() {
        let source = "é–a😀\n".repeat(3) + &"é–a😀".repeat(2000);
        let lines = LineIndex::new(&source);

        for (offset, _) in source.char_indices().skip(15).step_by(97) {
            let column = source[33..offset.max(33)].chars().count() + 1;
            assert_eq!(lines.position(offset.max(33)), Position { line: 4, column }, "{offset}");
        }
        assert_eq!(lines.position(source.len()), Position { line: 4, column: 8001 });
        let block = "x".repeat(BLOCK_BYTES);
        let column = BLOCK_BYTES + 1;
        assert_eq!(LineIndex::new(&block).position(BLOCK_BYTES), Position { line: 1, column });
    }

    #[test]
    fn counts_lines_for_every_line_ending() {
        let lines = LineIndex::new("a\r\nb\rc\nd");

        let numbers: Vec<_> = [0, 3, 5, 7].map(|offset| lines.position(offset).line).into();

        assert_eq!(numbers, [1, 2, 3, 4]);
        assert_eq!(lines.line_span(1), Span::new(0, 1));
        assert_eq!(lines.line_span(4), Span::new(7, 8));
    }

    #[test]
    fn an_offset_past_the_end_is_the_end() {
        assert_eq!(LineIndex::new("ab").position(99), Position { line: 1, column: 3 });
        assert_eq!(LineIndex::new("").position(0), Position { line: 1, column: 1 });
    }
}
