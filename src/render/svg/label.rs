//! Labels: text that fits its place.
//!
//! In:  any text of a document, record or path.
//! Out: [`Label`]s, sanitised and clipped; not yet escaped, which templates do.

use crate::render::sanitize;
use unicode_width::UnicodeWidthChar;
use unicode_width::UnicodeWidthStr;

/// Pixels of a column of text at the size of all pictures, rounded up: no fonts are known
/// here, and a label that ends early is better than one that runs into the next.
const COLUMN_WIDTH: usize = 7;

/// A line of text at a place.
pub(super) struct Label {
    pub(super) x: usize,
    pub(super) y: usize,
    /// What is drawn.
    pub(super) text: String,
    /// What is said of it: the text before it was clipped.
    pub(super) whole: String,
}

impl Label {
    /// A label that is at most `columns` wide.
    pub(super) fn new((x, y): (usize, usize), text: &str, columns: usize) -> Self {
        let whole = sanitize::line(text).into_owned();
        Self { x, y, text: clipped(&whole, columns), whole }
    }
}

/// The beginning of a text that fits, with a sign where it is cut.
fn clipped(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let mut used = 1;
    let mut fits: String = text
        .chars()
        .take_while(|c| {
            used += c.width().unwrap_or_default();
            used <= columns
        })
        .collect();
    fits.truncate(fits.trim_end().len());
    fits + "…"
}

/// Pixels that the widest of some texts takes, of at most so many columns.
pub(super) fn pixels<'t>(texts: impl Iterator<Item = &'t str>, columns: usize) -> usize {
    let widest = texts.map(|text| sanitize::line(text).width()).max().unwrap_or_default();
    widest.min(columns) * COLUMN_WIDTH
}

/// `1 word`, `2 words`.
pub(super) fn counted(count: usize, noun: &str) -> String {
    crate::render::review::counted(count, noun)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_visible_and_fit() {
        #[rustfmt::skip]
        let cases = [
            ("Harbour Wire",      12, "Harbour Wire"),
            ("Harbour Wire",       9, "Harbour…"),
            ("Harbour Wire",       8, "Harbour…"),
            ("新华通讯社",             7, "新华通…"),
            ("a\u{202e}b",        20, "a‹U+202E›b"),
            ("",                   3, ""),
        ];
        for (text, columns, drawn) in cases {
            assert_eq!(Label::new((0, 0), text, columns).text, drawn);
        }
    }
}
