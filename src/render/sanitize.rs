//! Sanitising: corpus text made safe to show.
//!
//! A source may hold escape codes that repaint a terminal, or characters that no
//! reader sees and that reorder what a reader does see. They are shown, never
//! dropped: `‹U+202E›`.
//!
//! In:  any text from a document, record, path or error.
//! Out: text that a terminal prints as it stands.

use std::borrow::Cow;

/// `text` with every invisible or control character shown by its code point.
///
/// Line feeds and tabs count as control characters too: what is printed is one line.
///
/// ```
/// use provenance::render::sanitize::line;
///
/// assert_eq!(line("red\u{1b}[31m"), "red‹U+001B›[31m");
/// assert_eq!(line("Astana"), "Astana");
/// ```
pub fn line(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        push_visible(&mut shown, c);
    }
    Cow::Owned(shown)
}

/// Appends one character, by its code point when nobody would see it.
pub(crate) fn push_visible(shown: &mut String, c: char) {
    use std::fmt::Write;

    if is_hidden(c) {
        write!(shown, "‹U+{:04X}›", u32::from(c)).expect("writing to a string cannot fail");
    } else {
        shown.push(c);
    }
}

/// Whether a character controls the output or is not seen in it.
///
/// Blanks such as the no-break space are seen; the variation selectors of emoji
/// (U+FE00 to U+FE0F) only choose a picture.
pub fn is_hidden(c: char) -> bool {
    matches!(
        c,
        '\u{0}'..='\u{1f}'
            | '\u{7f}'..='\u{9f}'
            | '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}'
            // No characters at all; XML cannot hold them.
            | '\u{fffe}'..='\u{ffff}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One row per threat: what a source holds, and what a reader sees.
    #[test]
    fn shows_what_would_act_or_hide() {
        #[rustfmt::skip]
        let cases = [
            ("\u{1b}]0;title\u{7}", "‹U+001B›]0;title‹U+0007›"),
            ("\u{9b}2J",            "‹U+009B›2J"),
            ("a\rb",                "a‹U+000D›b"),
            ("\u{202e}gpj.exe",     "‹U+202E›gpj.exe"),
            ("zero\u{200b}width",   "zero‹U+200B›width"),
            ("beam\u{1d173}",           "beam‹U+1D173›"),
            ("tag\u{e0041}",        "tag‹U+E0041›"),
            ("sepa\u{2028}rator",   "sepa‹U+2028›rator"),
            ("U.S.\u{2011}led",     "U.S.\u{2011}led"),
            ("29\u{a0}deals",       "29\u{a0}deals"),
            ("“Қазақстан”",         "“Қазақстан”"),
        ];
        for (source, shown) in cases {
            assert_eq!(line(source), shown);
        }
    }
}
