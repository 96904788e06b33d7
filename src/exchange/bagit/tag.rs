//! Tag files: text in the encoding that the bag declares, line by line.
//!
//! In:  bytes, and the declared encoding.
//! Out: numbered lines.

use encoding_rs::Encoding;
use encoding_rs::UTF_8;

/// A tag file as text.
pub(crate) struct Tag {
    text: String,
    /// Whether it begins with a byte order mark.
    pub(crate) marked: bool,
}

impl Tag {
    /// The text of `bytes`; nothing when they are not in `encoding`.
    ///
    /// A byte order mark decides between the two orders of UTF-16.
    pub(crate) fn read(bytes: &[u8], encoding: &'static Encoding) -> Option<Self> {
        let (used, mark) = Encoding::for_bom(bytes).unwrap_or((encoding, 0));
        let other = used == UTF_8 || encoding == UTF_8;
        let used = if other && used != encoding { encoding } else { used };
        let text = used.decode_without_bom_handling_and_without_replacement(&bytes[mark..])?;
        Some(Self { text: text.into_owned(), marked: mark > 0 })
    }

    /// Its lines, counted from one: LF, CR and CRLF each end a line.
    pub(crate) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        let text = self.text.as_str();
        let end = text.strip_suffix("\r\n").or_else(|| text.strip_suffix(['\n', '\r']));
        let mut rest = Some(end.unwrap_or(text)).filter(|_| !text.is_empty());
        let mut number = 0;
        std::iter::from_fn(move || {
            let whole = rest?;
            number += 1;
            let Some(at) = whole.find(['\n', '\r']) else {
                rest = None;
                return Some((number, whole));
            };
            let length = if whole[at..].starts_with("\r\n") { 2 } else { 1 };
            rest = Some(&whole[at + length..]);
            Some((number, &whole[..at]))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::UTF_16LE;
    use encoding_rs::WINDOWS_1252;

    fn lines(bytes: &[u8], encoding: &'static Encoding) -> Vec<String> {
        let tag = Tag::read(bytes, encoding).unwrap();
        tag.lines().map(|(number, line)| format!("{number} {line}")).collect()
    }

    #[test]
    fn every_line_ending_ends_a_line() {
        assert_eq!(lines(b"a\nb\r\nc\rd", UTF_8), ["1 a", "2 b", "3 c", "4 d"]);
        assert_eq!(lines(b"a\n\nb\n", UTF_8), ["1 a", "2 ", "3 b"]);
        assert_eq!(lines(b"", UTF_8), [""; 0]);
        assert_eq!(lines(b"\n", UTF_8), ["1 "]);
    }

    #[test]
    fn reads_the_declared_encoding() {
        assert_eq!(lines(b"Caf\xe9", WINDOWS_1252), ["1 Café"]);
        assert_eq!(lines(b"\xfe\xff\0a\0\n\0b", UTF_16LE), ["1 a", "2 b"]);
        assert_eq!(lines(b"a\0", UTF_16LE), ["1 a"]);
        assert!(Tag::read(b"Caf\xe9", UTF_8).is_none());
        assert!(Tag::read(b"\xef\xbb\xbfa", UTF_8).unwrap().marked);
    }
}
