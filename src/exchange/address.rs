//! Addresses: names for documents and addresses on the web that every reader of
//! URIs takes.
//!
//! Bytes are named by RFC 6920 (`ni:///sha-256;…`), the standard for naming things
//! with hashes.
//!
//! In:  digests, paths, the addresses that records state.
//! Out: URIs.

use crate::corpus::Digest;
use crate::corpus::record::Id;
use crate::corpus::record::Url;
use percent_encoding::AsciiSet;
use percent_encoding::CONTROLS;
use percent_encoding::NON_ALPHANUMERIC;
use percent_encoding::utf8_percent_encode;

/// What RFC 3986 does not let stand in a URI. The percent sign is treated apart.
const NOT_IN_URI: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}')
    .add(b'[')
    .add(b']');

/// What stays as it is in a path.
const NOT_IN_PATH: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The 64 letters of base64url, RFC 4648.
const BASE64URL: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The name of these bytes by RFC 6920.
pub(crate) fn ni(digest: Digest) -> String {
    let text: String = digest
        .bytes()
        .chunks(3)
        .flat_map(|chunk| {
            let group = chunk.iter().fold(0_u32, |group, byte| (group << 8) | u32::from(*byte));
            let group = group << (8 * (3 - chunk.len()));
            let letter = move |index: usize| {
                let six = (group >> (18 - 6 * index)) & 0x3f;
                char::from(BASE64URL[six as usize])
            };
            (0..=chunk.len()).map(letter).collect::<Vec<_>>()
        })
        .collect();
    format!("ni:///sha-256;{text}")
}

/// The name of a document whatever its bytes are. Ids need no encoding.
pub(crate) fn document(id: &Id) -> String {
    format!("urn:provenance:document:{id}")
}

/// `path` as a relative URI.
pub(crate) fn path(path: &str) -> String {
    utf8_percent_encode(path, NOT_IN_PATH).to_string()
}

/// `word` as a fragment, such as the name of a person.
pub(crate) fn fragment(word: &str) -> String {
    utf8_percent_encode(word, NON_ALPHANUMERIC).to_string()
}

/// `url` as a URI, characters that may not stand in one encoded; nothing when its
/// host or port is not one that every reader of URIs takes.
pub(crate) fn uri(url: &Url) -> Option<String> {
    let (scheme, rest) = url.as_str().split_once("://")?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, tail) = rest.split_at(end);
    let host = authority.split_once(':').map_or(authority, |(host, _)| host);
    let port = authority.split_once(':').map_or("", |(_, port)| port);
    let name = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let sound =
        !host.is_empty() && host.bytes().all(name) && port.bytes().all(|b| b.is_ascii_digit());
    if !sound {
        return None;
    }
    // Only the first `#` begins a fragment; a second one may not stand in it.
    let (before, fragment) = tail.split_once('#').map_or((tail, None), |(a, b)| (a, Some(b)));
    let mut text = format!("{}://{authority}{}", scheme.to_ascii_lowercase(), encoded(before));
    if let Some(fragment) = fragment {
        text.push('#');
        text.push_str(&encoded(fragment).replace('#', "%23"));
    }
    Some(text)
}

/// Encodes what may not stand in a URI, and every percent sign that encodes nothing.
fn encoded(text: &str) -> String {
    let mut pieces = text.split('%');
    let mut whole = utf8_percent_encode(pieces.next().unwrap_or_default(), NOT_IN_URI).to_string();
    for piece in pieces {
        let encodes = piece.len() >= 2 && piece.bytes().take(2).all(|b| b.is_ascii_hexdigit());
        whole.push_str(if encodes { "%" } else { "%25" });
        whole.extend(utf8_percent_encode(piece, NOT_IN_URI));
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of RFC 6920, section 8.1.
    #[test]
    fn names_bytes_as_the_standard_does() {
        let digest = Digest::of(b"Hello World!");

        assert_eq!(ni(digest), "ni:///sha-256;f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk");
    }

    /// One row per address: what a reader of URIs gets.
    #[test]
    fn encodes_what_may_not_stand_in_a_uri() {
        #[rustfmt::skip]
        let cases = [
            ("https://example.org/a?b=c#d",    Some("https://example.org/a?b=c#d")),
            ("HTTPS://example.org",            Some("https://example.org")),
            ("https://example.org:8080/",      Some("https://example.org:8080/")),
            ("https://example.org/ä\"<x>",     Some("https://example.org/%C3%A4%22%3Cx%3E")),
            ("https://example.org/100%/%41",   Some("https://example.org/100%25/%41")),
            ("https://example.org/#a#b",       Some("https://example.org/#a%23b")),
            ("https://exämple.org/",           None),
            ("https://user@example.org/",      None),
            ("https://[::1]/",                 None),
            ("https://example.org:port/",      None),
        ];
        for (stated, expected) in cases {
            let url: Url = stated.parse().unwrap();
            assert_eq!(uri(&url).as_deref(), expected, "{stated}");
        }
    }

    #[test]
    fn a_path_is_one_path_whatever_it_holds() {
        assert_eq!(path("corpus/a b#1?.txt"), "corpus/a%20b%231%3F.txt");
        assert_eq!(path("corpus/Қ.txt"), "corpus/%D2%9A.txt");
        assert_eq!(fragment("A \"B\"\n"), "A%20%22B%22%0A");
    }
}
