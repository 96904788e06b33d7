//! Paths: which names a document may have, so that it has one on every system.
//!
//! The grammar is checked before any file is opened: relative, `/`-separated, in
//! Unicode's composed form (NFC), without a component that some system treats
//! specially.
//!
//! In:  a path as a record or the file system spells it.
//! Out: `Ok`, or the first [`PathFault`] in words.
//! Not here: whether such a file exists (`walk`).

use crate::corpus::hidden;
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::is_nfc;

/// The folder that holds the documents, relative to the root.
pub const CORPUS: &str = "corpus";

/// The folder that holds the records, relative to the root.
pub const MANIFESTS: &str = "manifests";

/// What a record's file name ends with.
pub const RECORD_SUFFIX: &str = ".toml";

/// Most file systems take 255 bytes in a name; a record adds `.toml`.
const COMPONENT_BYTES_MAX: usize = 250;

/// Windows takes 260 UTF-16 units for a whole path, but git and the long-path
/// setting lift that; beyond this even Linux's 4096 comes into reach.
const PATH_BYTES_MAX: usize = 1024;

/// Names that Windows gives to devices, with any extension and in any letter case.
const DEVICES: [&str; 22] = [
    "aux", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "con", "lpt1",
    "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "nul", "prn",
];

/// Why a path is not safe on every system, as a clause that follows the path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PathFault {
    /// Nothing at all.
    #[error("is empty")]
    Empty,
    /// Too long as a whole, or in one component.
    #[error("is too long: at most 1024 bytes, and 250 in one component")]
    TooLong,
    /// `/etc/passwd`, `C:\…`, `\\server\…`.
    #[error("is absolute")]
    Absolute,
    /// `~/notes.txt`.
    #[error("begins with `~`, which a shell expands")]
    Tilde,
    /// `a//b`, or a `/` at the end.
    #[error("has an empty component")]
    EmptyComponent,
    /// `.` or `..`.
    #[error("has a `.` or `..` component")]
    DotComponent,
    /// `.git`, in any letter case.
    #[error("goes through `.git`")]
    GitFolder,
    /// One of the characters that Windows or a shell reads as syntax.
    #[error("holds a character that Windows reserves (one of \\ : * ? \" < > |)")]
    ReservedCharacter,
    /// A control character, NUL included.
    #[error("holds a control character")]
    ControlCharacter,
    /// A character that no reader sees, such as a bidi control.
    #[error("holds a character that no reader sees")]
    HiddenCharacter,
    /// `nul.txt`, `COM1`.
    #[error("has a component that is a device name on Windows")]
    DeviceName,
    /// `a.` or `a `.
    #[error("has a component that ends with a dot or a space, which Windows drops")]
    TrailingDotOrSpace,
    /// Decomposed, so that two spellings look alike.
    #[error("is not in Unicode's composed form (NFC)")]
    NotComposed,
    /// The name is not UTF-8 at all.
    #[error("is not UTF-8")]
    NotUtf8,
}

/// Checks that `path` is safe on every system.
///
/// ```
/// use provenance::corpus::path::{check, PathFault};
///
/// assert_eq!(check("corpus/kz/004.txt"), Ok(()));
/// assert_eq!(check("corpus/../secret"), Err(PathFault::DotComponent));
/// ```
///
/// # Errors
/// The first reason why it is not.
pub fn check(path: &str) -> Result<(), PathFault> {
    if path.is_empty() {
        return Err(PathFault::Empty);
    }
    if path.len() > PATH_BYTES_MAX {
        return Err(PathFault::TooLong);
    }
    let drive = path.as_bytes()[0].is_ascii_alphabetic() && path.as_bytes().get(1) == Some(&b':');
    if path.starts_with(['/', '\\']) || drive {
        return Err(PathFault::Absolute);
    }
    if path.starts_with('~') {
        return Err(PathFault::Tilde);
    }
    path.split('/').try_for_each(check_component)?;
    if path.is_ascii() || is_nfc(path) { Ok(()) } else { Err(PathFault::NotComposed) }
}

/// The path of the document that a record at `record` must describe, when
/// `record` has the place and the name of a record.
///
/// ```
/// use provenance::corpus::path::document_of;
///
/// assert_eq!(document_of("manifests/kz/004.txt.toml").as_deref(), Some("corpus/kz/004.txt"));
/// assert_eq!(document_of("manifests/README.md"), None);
/// ```
pub fn document_of(record: &str) -> Option<String> {
    let inside = record.strip_prefix(MANIFESTS)?.strip_prefix('/')?.strip_suffix(RECORD_SUFFIX)?;
    let named = !inside.is_empty() && !inside.ends_with('/');
    named.then(|| [CORPUS, "/", inside].concat())
}

/// The path of the record of the document at `document`, when that lies in `corpus/`.
///
/// ```
/// use provenance::corpus::path::record_of;
///
/// assert_eq!(record_of("corpus/kz/004.txt").as_deref(), Some("manifests/kz/004.txt.toml"));
/// assert_eq!(record_of("drafts/004.txt"), None);
/// ```
pub fn record_of(document: &str) -> Option<String> {
    let inside = document.strip_prefix(CORPUS)?.strip_prefix('/')?;
    (!inside.is_empty()).then(|| [MANIFESTS, "/", inside, RECORD_SUFFIX].concat())
}

/// The spelling under which some file systems take two paths for one: letter
/// case and composition folded away.
pub(crate) fn folded(path: &str) -> Cow<'_, str> {
    if path.is_ascii() {
        let upper = path.bytes().any(|byte| byte.is_ascii_uppercase());
        return if upper { path.to_ascii_lowercase().into() } else { path.into() };
    }
    // Upper case first, so that `ß` meets `SS` and both forms of sigma meet.
    let composed: String = path.nfc().collect();
    composed.to_uppercase().to_lowercase().nfc().collect::<String>().into()
}

fn check_component(component: &str) -> Result<(), PathFault> {
    let bytes = component.as_bytes();
    match bytes {
        [] => return Err(PathFault::EmptyComponent),
        b"." | b".." => return Err(PathFault::DotComponent),
        _ if bytes.len() > COMPONENT_BYTES_MAX => return Err(PathFault::TooLong),
        _ => {}
    }
    if component.eq_ignore_ascii_case(".git") {
        return Err(PathFault::GitFolder);
    }
    component.chars().try_for_each(check_character)?;
    if component.ends_with(['.', ' ']) {
        return Err(PathFault::TrailingDotOrSpace);
    }
    let stem = component.split('.').next().unwrap_or_default().trim_end();
    // All of them have three or four letters.
    let short = (3..=4).contains(&stem.len());
    let device = short && DEVICES.iter().any(|device| device.eq_ignore_ascii_case(stem));
    if device { Err(PathFault::DeviceName) } else { Ok(()) }
}

fn check_character(character: char) -> Result<(), PathFault> {
    match character {
        '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => Err(PathFault::ReservedCharacter),
        ' '..='~' => Ok(()),
        _ if character.is_control() => Err(PathFault::ControlCharacter),
        _ if hidden::name(character).is_some() => Err(PathFault::HiddenCharacter),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_ordinary_names_in_any_script() {
        let names = ["corpus/a.txt", "corpus/kz/004 final.txt", "corpus/Қазақстан/1.html", "a~b"];
        for name in names {
            assert_eq!(check(name), Ok(()), "{name}");
        }
    }

    /// One row per way to be unsafe.
    #[test]
    fn threat_08_every_unsafe_path_is_refused_with_its_reason() {
        let long = "a".repeat(251);
        #[rustfmt::skip]
        let cases = [
            ("",                      PathFault::Empty),
            (long.as_str(),           PathFault::TooLong),
            ("/etc/passwd",           PathFault::Absolute),
            ("C:/boot.ini",           PathFault::Absolute),
            ("c:boot.ini",            PathFault::Absolute),
            ("\\\\server\\share",     PathFault::Absolute),
            ("~/a.txt",               PathFault::Tilde),
            ("~root",                 PathFault::Tilde),
            ("corpus//a.txt",         PathFault::EmptyComponent),
            ("corpus/",               PathFault::EmptyComponent),
            ("corpus/../a.txt",       PathFault::DotComponent),
            ("./a.txt",               PathFault::DotComponent),
            ("corpus/.GIT/config",    PathFault::GitFolder),
            ("corpus\\a.txt",         PathFault::ReservedCharacter),
            ("corpus/a:stream",       PathFault::ReservedCharacter),
            ("corpus/what?.txt",      PathFault::ReservedCharacter),
            ("corpus/a\0.txt",        PathFault::ControlCharacter),
            ("corpus/a\n.txt",        PathFault::ControlCharacter),
            ("corpus/a\u{202e}txt.exe", PathFault::HiddenCharacter),
            ("corpus/nul",            PathFault::DeviceName),
            ("corpus/COM1.txt",       PathFault::DeviceName),
            ("corpus/aux .txt",       PathFault::DeviceName),
            ("corpus/a.",             PathFault::TrailingDotOrSpace),
            ("corpus/a /b",           PathFault::TrailingDotOrSpace),
            ("corpus/cafe\u{301}.txt", PathFault::NotComposed),
        ];
        for (path, fault) in cases {
            assert_eq!(check(path), Err(fault), "{path:?}");
        }
    }

    #[test]
    fn folds_what_a_case_blind_file_system_folds() {
        assert_eq!(folded("corpus/Doc.TXT"), "corpus/doc.txt");
        assert_eq!(folded("cafe\u{301}"), folded("CAFÉ"));
        assert_eq!(folded("Straße"), folded("STRASSE"));
    }

    #[test]
    fn a_record_and_its_document_mirror_each_other() {
        for document in ["corpus/a", "corpus/kz/a.toml", "corpus/x/y/z.html"] {
            let record = record_of(document).unwrap();
            assert_eq!(document_of(&record).as_deref(), Some(document));
        }
        assert_eq!(document_of("manifests/.toml"), None);
        assert_eq!(record_of("corpus"), None);
        assert_eq!(record_of("corpusx/a"), None);
    }
}
