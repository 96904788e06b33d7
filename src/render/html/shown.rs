//! Corpus text on the page: no sign of it is markup, and none is invisible.
//!
//! In:  any text from a document, record or path.
//! Out: HTML in which it can do nothing and hide nothing.

use crate::corpus::hidden;
use crate::render::sanitize;
use askama::filters::HtmlSafe;
use std::fmt;
use std::fmt::Write;

/// Text from a document, record or path, written as HTML.
///
/// A character that no reader would see stands there by its code point, set apart from the
/// words around it, with its name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shown<'a>(pub(super) &'a str);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|c| write_char(f, c))
    }
}

impl HtmlSafe for Shown<'_> {}

/// HTML that was made here or by `svg`, out of text that was escaped.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Markup(pub(super) String);

impl fmt::Display for Markup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for Markup {}

/// Writes one character.
pub(super) fn write_char(out: &mut impl Write, c: char) -> fmt::Result {
    match c {
        '<' => out.write_str("&lt;"),
        '>' => out.write_str("&gt;"),
        '&' => out.write_str("&amp;"),
        '"' => out.write_str("&quot;"),
        '\'' => out.write_str("&#39;"),
        c if sanitize::is_hidden(c) => {
            let name = hidden::name(c).unwrap_or("control character");
            write!(out, "<span class=\"ch\" title=\"{name}\">U+{:04X}</span>", u32::from(c))
        }
        c => out.write_char(c),
    }
}

/// How many units of UTF-16 a reader of the page finds in place of `c`.
pub(super) fn units(c: char) -> usize {
    if sanitize::is_hidden(c) {
        return "U+".len() + if u32::from(c) > 0xffff { 5 } else { 4 };
    }
    c.len_utf16()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_acts_and_nothing_hides() {
        #[rustfmt::skip]
        let cases = [
            ("</script>",        "&lt;/script&gt;"),
            ("a \"b\" & 'c'",    "a &quot;b&quot; &amp; &#39;c&#39;"),
            ("\u{202e}gpj",      "<span class=\"ch\" title=\"bidi embedding or override\">U+202E</span>gpj"),
            ("\u{e0041}",        "<span class=\"ch\" title=\"tag character\">U+E0041</span>"),
            ("\u{0}",            "<span class=\"ch\" title=\"control character\">U+0000</span>"),
            ("U.S.\u{2011}led",  "U.S.\u{2011}led"),
        ];
        for (text, html) in cases {
            assert_eq!(Shown(text).to_string(), html);
        }
    }

    #[test]
    fn counts_what_a_browser_counts() {
        for (c, count) in
            [('a', 1), ('é', 1), ('😀', 2), ('<', 1), ('\u{200b}', 6), ('\u{e0041}', 7)]
        {
            assert_eq!(units(c), count, "{c:?}");
        }
    }
}
