//! Excerpts: a passage as rows that fit the output, with what to look at marked.
//!
//! In:  a source, a span and the spans to mark, each with its sign.
//! Out: [`Row`]s of sanitised text.

use crate::render::sanitize;
use crate::render::terminal::style::Look;
use crate::render::terminal::style::Role;
use crate::span::LineIndex;
use crate::span::Span;
use unicode_width::UnicodeWidthStr;

/// Invisible characters in a row from which a run is shown as one: an embedded
/// manifest has thousands.
const HIDDEN_RUN_MIN: usize = 4;

/// The sign under what differs, and under whatever needs no sign of its own.
pub(crate) const CARET: char = '^';

/// A place to mark, and the sign that stands under it.
pub(crate) type Mark = (Span, char);

/// One row of output.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Row {
    /// The number of the line in the source.
    pub(crate) line: usize,
    /// Whether the line begins here.
    pub(crate) begins: bool,
    /// Pieces of sanitised text, each with the sign under it.
    pieces: Vec<(String, Option<char>)>,
    /// Columns used so far.
    width: usize,
}

impl Row {
    /// The first row of a line.
    fn first(line: usize) -> Self {
        Self { line, begins: true, ..Self::default() }
    }

    /// The next row of the same line.
    fn next(&self) -> Self {
        Self { line: self.line, ..Self::default() }
    }

    fn push(&mut self, text: &str, sign: Option<char>) {
        self.width += text.width();
        match self.pieces.last_mut() {
            Some((piece, same)) if *same == sign => piece.push_str(text),
            _ => self.pieces.push((text.to_owned(), sign)),
        }
    }

    /// Whether anything in the row is marked.
    pub(crate) fn has_marks(&self) -> bool {
        self.pieces.iter().any(|(_, sign)| sign.is_some())
    }

    /// The row's text, marked pieces in colour.
    pub(crate) fn painted(&self, look: Look) -> String {
        let paint = |(text, sign): &(String, Option<char>)| {
            if sign.is_some() { look.paint(Role::Mark, text) } else { text.clone() }
        };
        self.pieces.iter().map(paint).collect()
    }

    /// The signs under the marked pieces.
    pub(crate) fn underline(&self) -> String {
        let signs = |(text, sign): &(String, Option<char>)| {
            sign.unwrap_or(' ').to_string().repeat(text.width())
        };
        self.pieces.iter().map(signs).collect::<String>().trim_end().to_owned()
    }
}

/// A word with its marks, and the blank before it.
#[derive(Default)]
struct Word {
    pieces: Vec<(String, Option<char>)>,
    width: usize,
}

/// The rows of `span`, wrapped at blanks to `width` columns; carets under `marks`.
pub(crate) fn rows(
    source: &str,
    lines: &LineIndex,
    span: Span,
    marks: &[Span],
    width: usize,
) -> Vec<Row> {
    let marks: Vec<Mark> = marks.iter().map(|mark| (*mark, CARET)).collect();
    signed_rows(source, lines, span, &marks, width)
}

/// The rows of `span`, wrapped at blanks to `width` columns; of marks that overlap the
/// first counts.
///
/// A row never runs over `width`, save for a single character that is wider.
pub(crate) fn signed_rows(
    source: &str,
    lines: &LineIndex,
    span: Span,
    marks: &[Mark],
    width: usize,
) -> Vec<Row> {
    let first = lines.position(span.start());
    let mut rows = vec![Row::first(first.line)];
    if first.column > 1 {
        rows[0].push("… ", None);
    }
    let mut number = first.line;
    let mut word = Word::default();
    // Whether a blank comes before the word, and its sign.
    let mut blank: (bool, Option<char>) = Default::default();
    let sign = |offset: usize| {
        marks.iter().find(|(mark, _)| mark.range().contains(&offset)).map(|(_, sign)| *sign)
    };
    let text = &source[span.range()];
    let mut shown = span.start();
    for (offset, c) in text.char_indices().map(|(at, c)| (span.start() + at, c)) {
        if offset < shown {
            continue;
        }
        let (count, length) = hidden_run(&source[offset..span.end()]);
        if count >= HIDDEN_RUN_MIN {
            word.push_run(c, count, sign(offset));
            shown = offset + length;
        } else if c == '\n' || (c == '\r' && source[offset + 1..].starts_with('\n')) {
            place(&mut rows, &mut word, std::mem::take(&mut blank), width);
            if c == '\n' {
                number += 1;
                rows.push(Row::first(number));
            }
        } else if c == ' ' || c == '\t' {
            place(&mut rows, &mut word, std::mem::take(&mut blank), width);
            blank = (true, sign(offset));
        } else {
            word.push(c, sign(offset));
        }
    }
    place(&mut rows, &mut word, blank, width);
    if source[span.end()..].chars().next().is_some_and(|c| c != '\n' && c != '\r') {
        word.push_shown("…".to_owned(), None);
        place(&mut rows, &mut word, (true, None), width);
    }
    rows.retain(|row| row.width > 0);
    rows
}

impl Word {
    fn push(&mut self, c: char, sign: Option<char>) {
        let mut shown = String::new();
        sanitize::push_visible(&mut shown, c);
        self.push_shown(shown, sign);
    }

    /// A run of invisible characters, told by its first one and its length.
    fn push_run(&mut self, first: char, count: usize, sign: Option<char>) {
        let shown = format!("‹U+{:04X} and {} more›", u32::from(first), count - 1);
        self.push_shown(shown, sign);
    }

    fn push_shown(&mut self, shown: String, sign: Option<char>) {
        self.width += shown.width();
        self.pieces.push((shown, sign));
    }
}

/// The invisible characters that `text` begins with: how many, and their bytes.
fn hidden_run(text: &str) -> (usize, usize) {
    text.chars()
        .take_while(|c| match c {
            '\n' | '\r' | '\t' => false,
            // One of them chooses a picture; a run of them carries something else.
            '\u{fe00}'..='\u{fe0f}' => true,
            _ => sanitize::is_hidden(*c),
        })
        .fold((0, 0), |(count, length), c| (count + 1, length + c.len_utf8()))
}

/// Puts a word on the last row, or on a new one when it does not fit.
fn place(rows: &mut Vec<Row>, word: &mut Word, blank: (bool, Option<char>), width: usize) {
    let word = std::mem::take(word);
    let Some((_, first)) = word.pieces.first() else { return };
    let row = rows.last_mut().expect("there is a first row");
    if row.width > 0 && row.width + 1 + word.width > width {
        let next = row.next();
        rows.push(next);
    } else if blank.0 && row.width > 0 {
        row.push(" ", blank.1.filter(|_| blank.1 == *first));
    }
    for (text, sign) in word.pieces {
        let row = rows.last_mut().expect("there is a first row");
        if row.width > 0 && row.width + text.width() > width {
            let next = row.next();
            rows.push(next);
        }
        rows.last_mut().expect("a row was just added").push(&text, sign);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(source: &str, marks: &[Span], width: usize) -> String {
        let rows = rows(source, &LineIndex::new(source), Span::new(0, source.len()), marks, width);
        let plain = Look { colour: false, width };
        let mut lines = Vec::new();
        for row in rows {
            lines.push(row.painted(plain));
            if row.has_marks() {
                lines.push(row.underline());
            }
        }
        lines.join("\n")
    }

    #[test]
    fn wraps_at_blanks_and_marks_every_row() {
        let source = "agreements worth about $17 billion were signed";
        let mark = Span::new(23, 34);

        insta::assert_snapshot!(shown(source, &[mark], 27), @r"
        agreements worth about $17
                               ^^^
        billion were signed
        ^^^^^^^
        ");
    }

    #[test]
    fn marks_stand_under_wide_and_hidden_characters() {
        let source = "日本 a\u{202e}b";

        insta::assert_snapshot!(shown(source, &[Span::new(7, 8)], 40), @r"
        日本 a‹U+202E›b
             ^
        ");
    }

    #[test]
    fn a_run_of_hidden_characters_is_shown_as_one() {
        let source = "End.\u{feff}\u{e0133}\u{fe00}\u{fe01}\u{fe02} More.";

        insta::assert_snapshot!(shown(source, &[Span::new(4, 20)], 40), @r"
        End.‹U+FEFF and 4 more› More.
            ^^^^^^^^^^^^^^^^^^^
        ");
    }

    #[test]
    fn a_word_without_blanks_is_cut_to_the_width() {
        insta::assert_snapshot!(shown("abcdefgh", &[], 3), @r"
        abc
        def
        gh
        ");
    }
}
