//! Digests: the identity of a document's bytes, and a second one of its text.
//!
//! SHA-256 of the raw bytes is what a document *is*. The digest of the normalised
//! text, `pv-text-1`, only explains why bytes differ: it never makes a check pass.
//!
//! In:  bytes, streamed or in memory.
//! Out: [`Digest`].
//! Not here: opening files (`open`) and comparing with records (`verify`).

use crate::corpus::hidden;
use crate::corpus::value;
use serde::Deserialize;
use sha2::Digest as _;
use sha2::Sha256;
use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::is_nfc;

/// The name of the one text normalisation that this version computes.
pub const TEXT_VERSION: &str = "pv-text-1";

/// A SHA-256 digest; printed as 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest([u8; 32]);

impl Digest {
    /// The digest of `bytes`.
    ///
    /// ```
    /// use provenance::corpus::Digest;
    ///
    /// assert_eq!(Digest::of(b"abc").short(), "ba7816bf8f01");
    /// ```
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The 32 bytes of the digest itself.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The digest of these 32 bytes.
    pub(crate) fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The first twelve hexadecimal digits, enough for people to compare.
    pub fn short(&self) -> String {
        let mut digits = self.to_string();
        digits.truncate(12);
        digits
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble)]);
        let text: String =
            self.0.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 0xf)]).collect();
        formatter.write_str(&text)
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Digest({self})")
    }
}

/// A text that is not 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a SHA-256 digest: 64 hexadecimal digits in lower case")]
pub struct NotADigest;

impl FromStr for Digest {
    type Err = NotADigest;

    fn from_str(text: &str) -> Result<Self, NotADigest> {
        let digits: &[u8; 64] = text.as_bytes().try_into().map_err(|_| NotADigest)?;
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = (nibble(pair[0])? << 4) | nibble(pair[1])?;
        }
        Ok(Self(bytes))
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        value::from_str(input)
    }
}

/// A digest that grows with the bytes it is given.
#[derive(Default)]
pub(crate) struct Hasher(Sha256);

impl Hasher {
    /// Adds `bytes` at the end.
    pub(crate) fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The digest of everything added.
    pub(crate) fn finish(self) -> Digest {
        Digest(self.0.finalize().into())
    }
}

/// The text as `pv-text-1` sees it: without byte order marks and C2PA wrappers,
/// every line ending a line feed, in Unicode's composed form, without blanks at
/// the ends of lines, and with exactly one line feed at the end. Quotation marks,
/// dashes and no-break spaces stay as they are.
///
/// ```
/// use provenance::corpus::digest::normalised;
///
/// assert_eq!(normalised("\u{feff}one \r\ntwo\t\r\n\r\n"), "one\ntwo\n");
/// ```
pub fn normalised(text: &str) -> String {
    let bare = without_wrappers(text);
    let bare = bare.trim_start_matches('\u{feff}');
    let composed: Cow<'_, str> =
        if is_nfc(bare) { bare.into() } else { bare.nfc().collect::<String>().into() };
    let unified = composed.replace("\r\n", "\n").replace('\r', "\n");
    let mut lines = String::with_capacity(unified.len() + 1);
    for line in unified.split('\n') {
        lines.push_str(line.trim_end_matches([' ', '\t']));
        lines.push('\n');
    }
    let content = lines.trim_end_matches('\n').len();
    lines.truncate(content + 1);
    lines
}

/// The recorded form of the digest of `text` as `pv-text-1` sees it.
pub fn text_digest(text: &str) -> String {
    format!("{TEXT_VERSION}:{}", Digest::of(normalised(text).as_bytes()))
}

fn without_wrappers(text: &str) -> Cow<'_, str> {
    let mut kept = Cow::Borrowed(text);
    let mut from = 0;
    while let Some(skipped) = kept[from..].find('\u{feff}') {
        let start = from + skipped;
        match hidden::c2pa_at(&kept, start) {
            Some((length, _)) => kept.to_mut().replace_range(start..start + length, ""),
            None => from = start + '\u{feff}'.len_utf8(),
        }
    }
    kept
}

fn nibble(digit: u8) -> Result<u8, NotADigest> {
    match digit {
        b'0'..=b'9' => Ok(digit - b'0'),
        b'a'..=b'f' => Ok(digit - b'a' + 10),
        _ => Err(NotADigest),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::hidden::tests::c2pa;

    #[test]
    fn a_digest_is_printed_as_it_is_read() {
        let digest = Digest::of(b"");

        let text = digest.to_string();

        assert_eq!(text, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assert_eq!(text.parse(), Ok(digest));
        assert_eq!(text.to_uppercase().parse::<Digest>(), Err(NotADigest));
        assert_eq!(text[1..].parse::<Digest>(), Err(NotADigest));
    }

    /// One row per difference that `pv-text-1` sees past, and some that it keeps.
    #[test]
    fn normalises_what_does_not_belong_to_the_text() {
        #[rustfmt::skip]
        let cases = [
            ("a\nb\n",              "a\nb\n"),
            ("a\r\nb",              "a\nb\n"),
            ("a\rb",                "a\nb\n"),
            ("\u{feff}a",           "a\n"),
            ("\u{feff}\u{feff}a",   "a\n"),
            ("a  \t\nb \n\n\n",     "a\nb\n"),
            ("cafe\u{301}",         "café\n"),
            ("",                    "\n"),
            ("“a” – b\u{a0}\n",     "“a” – b\u{a0}\n"),
        ];
        for (text, expected) in cases {
            assert_eq!(normalised(text), expected, "{text:?}");
        }
        let signed = format!("Deal{} signed", c2pa(b"manifest"));
        assert_eq!(normalised(&signed), "Deal signed\n");
    }
}
