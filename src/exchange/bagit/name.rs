//! Names in manifests: percent-encoding, and which names would lead out of a bag.
//!
//! In:  a path as a manifest spells it.
//! Out: the path on disk, or why it must not be opened.

use crate::exchange::bagit::RFC;
use crate::exchange::bagit::Version;

/// `path` as a manifest must spell it: line endings and percent signs encoded, and
/// only those (RFC 8493, section 2.1.3).
pub(crate) fn encode(path: &str) -> String {
    path.replace('%', "%25").replace('\n', "%0A").replace('\r', "%0D")
}

/// The path that a manifest spells so. A percent sign that encodes nothing stands for
/// itself. The drafts before the RFC did not encode percent signs.
pub(crate) fn decode(spelled: &str, version: Version) -> String {
    let mut path = String::with_capacity(spelled.len());
    let mut rest = spelled;
    while let Some(at) = rest.find('%') {
        path.push_str(&rest[..at]);
        let code = rest.get(at..at + 3).map(str::to_ascii_uppercase);
        let (sign, length) = match code.as_deref() {
            Some("%0A") => ('\n', 3),
            Some("%0D") => ('\r', 3),
            Some("%25") if version >= RFC => ('%', 3),
            _ => ('%', 1),
        };
        path.push(sign);
        rest = &rest[at + length..];
    }
    path.push_str(rest);
    path
}

/// Why `path` would lead out of the bag on some system, as a clause.
pub(crate) fn danger(path: &str) -> Option<&'static str> {
    let bytes = path.as_bytes();
    let drive = bytes.len() > 1 && bytes[0].is_ascii_alphabetic() && bytes[1] == b':';
    if path.is_empty() {
        return Some("is empty");
    }
    if path.starts_with('/') || path.starts_with("\\\\") || drive {
        return Some("is absolute");
    }
    if path.contains('\\') {
        return Some("holds a backslash, which separates folders on Windows");
    }
    if path.starts_with('~') {
        return Some("begins with `~`, which a shell expands");
    }
    if path.contains('\0') {
        return Some("holds a NUL character");
    }
    path.split('/').find_map(|part| match part {
        ".." => Some("goes up with `..`"),
        "." => Some("has a `.` component"),
        "" => Some("has an empty component"),
        _ => None,
    })
}

/// Files that systems make and remove by themselves.
pub(crate) fn is_system_file(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let known = [".DS_Store", "Thumbs.db", "ehthumbs.db", "desktop.ini", "Icon\r"];
    known.iter().any(|known| known.eq_ignore_ascii_case(name)) || name.starts_with("._")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One row per spelling, and what it stands for.
    #[test]
    fn decodes_line_endings_and_percent_signs_only() {
        #[rustfmt::skip]
        let cases = [
            ("data/a%0Ab",    "data/a\nb"),
            ("data/a%0d%0ab", "data/a\r\nb"),
            ("data/100%25",   "data/100%"),
            ("data/%250A",    "data/%0A"),
            ("data/%7Ea",     "data/%7Ea"),
            ("data/%test",    "data/%test"),
            ("data/%",        "data/%"),
            ("data/%2",       "data/%2"),
            ("data/%é",       "data/%é"),
        ];
        for (spelled, path) in cases {
            assert_eq!(decode(spelled, RFC), path, "{spelled}");
            assert_eq!(decode(&encode(path), RFC), path, "{path}");
        }
        assert_eq!(decode("data/%25%0A", (0, 97)), "data/%25\n");
    }

    /// One row per way out of a bag.
    #[test]
    fn threat_08_every_way_out_of_a_bag_is_known() {
        #[rustfmt::skip]
        let cases = [
            "", "/etc/passwd", "C:/boot.ini", "c:boot.ini", "C:\\Windows\\setx.exe",
            "\\\\?\\UNC\\server\\x", "%HomeDrive%\\x", "data\\..\\x", "~/x", "~root/x", "data/a\0",
            "../x", "data/../../x", "data/./x", "data//x", "data/x/", "..",
        ];
        for path in cases {
            assert!(danger(path).is_some(), "{path:?}");
        }
        for path in ["data/a", "data/~a", "data/a b", "data/...", "data/a:b", "data/%7Ea"] {
            assert_eq!(danger(path), None, "{path}");
        }
    }
}
