//! The list of a seal, in the form of `sha256sum`.
//!
//! A line is 64 hexadecimal digits, two blanks, a path and a line feed; lines stand
//! in byte order of the paths, each path once. A path with a line feed, carriage
//! return or backslash is escaped and has a backslash before the digits, as GNU
//! coreutils writes it (manual, "md5sum invocation").
//!
//! In:  paths with their digests, or the text of a list.
//! Out: the text, or the lines; a [`BadLine`].

use crate::corpus::digest::Digest;
use crate::corpus::path::CORPUS;
use crate::corpus::path::MANIFESTS;
use std::borrow::Cow;

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line<'t> {
    /// The file, relative to the root.
    pub(crate) path: Cow<'t, str>,
    /// Its recorded hash.
    pub(crate) digest: Digest,
    /// The line, counted from one.
    pub(crate) number: usize,
    /// The line as it stands there.
    pub(crate) text: &'t str,
}

/// A line that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BadLine<'t> {
    /// The line, counted from one.
    pub(crate) number: usize,
    /// The line as it stands there.
    pub(crate) text: &'t str,
    /// What is wrong with it, as a clause.
    pub(crate) why: &'static str,
}

/// Adds a line to `text`.
pub(crate) fn push(text: &mut String, path: &str, digest: Digest) {
    let escaped = escape(path);
    if matches!(escaped, Cow::Owned(_)) {
        text.push('\\');
    }
    text.push_str(&digest.to_string());
    text.push_str("  ");
    text.push_str(&escaped);
    text.push('\n');
}

/// The lines of `text`.
///
/// # Errors
/// The first line that is not as a seal has it.
pub(crate) fn parse(text: &str) -> Result<Vec<Line<'_>>, BadLine<'_>> {
    let mut lines: Vec<Line<'_>> = Vec::new();
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let bare = line.strip_suffix('\n');
        let (number, text) = (index + 1, bare.unwrap_or(line));
        let bad = |why| BadLine { number, text, why };
        if bare.is_none() {
            return Err(bad("is cut off: it does not end with a line feed"));
        }
        let (digest, path) =
            read(text).ok_or_else(|| bad("is not a hash, two blanks and a path"))?;
        let top = path.split('/').next().unwrap_or_default();
        if top == path || (top != CORPUS && top != MANIFESTS) {
            return Err(bad("names a file outside `corpus/` and `manifests/`"));
        }
        if lines.last().is_some_and(|last| last.path >= path) {
            return Err(bad("is not in the order of the paths, or names a file twice"));
        }
        lines.push(Line { path, digest, number, text });
    }
    Ok(lines)
}

fn read(line: &str) -> Option<(Digest, Cow<'_, str>)> {
    let (escaped, line) = match line.strip_prefix('\\') {
        Some(line) => (true, line),
        None => (false, line),
    };
    let (digest, rest) = line.split_at_checked(64)?;
    let path = rest.strip_prefix("  ").filter(|path| !path.is_empty())?;
    let path = if escaped { Cow::Owned(unescape(path)?) } else { Cow::Borrowed(path) };
    Some((digest.parse().ok()?, path))
}

fn escape(path: &str) -> Cow<'_, str> {
    if !path.contains(['\\', '\n', '\r']) {
        return Cow::Borrowed(path);
    }
    Cow::Owned(path.replace('\\', "\\\\").replace('\n', "\\n").replace('\r', "\\r"))
}

fn unescape(path: &str) -> Option<String> {
    let mut plain = String::with_capacity(path.len());
    let mut letters = path.chars();
    while let Some(letter) = letters.next() {
        plain.push(match letter {
            '\\' => match letters.next()? {
                '\\' => '\\',
                'n' => '\n',
                'r' => '\r',
                _ => return None,
            },
            letter => letter,
        });
    }
    Some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_list_is_read_as_it_is_written() {
        let digest = Digest::of(b"abc");
        let mut text = String::new();
        for path in ["corpus/a b.txt", "corpus/a\\b\n.txt", "manifests/a.toml"] {
            push(&mut text, path, digest);
        }

        let lines = parse(&text).unwrap();

        let paths: Vec<&str> = lines.iter().map(|line| &*line.path).collect();
        assert_eq!(paths, ["corpus/a b.txt", "corpus/a\\b\n.txt", "manifests/a.toml"]);
        assert!(text.contains(&format!("\n\\{digest}  corpus/a\\\\b\\n.txt\n")), "{text}");
    }

    /// One row per line that no seal has.
    #[test]
    fn what_is_no_list_is_refused() {
        let digest = Digest::of(b"abc");
        let line = |path: &str| format!("{digest}  {path}\n");
        #[rustfmt::skip]
        let cases = [
            (line("corpus/a").trim_end().to_owned(),       1, "cut off"),
            ("\n".to_owned(),                              1, "is not a hash"),
            (format!("{digest} *corpus/a\n"),              1, "is not a hash"),
            (line(""),                                     1, "is not a hash"),
            (line("corpus/a").to_uppercase(),              1, "is not a hash"),
            (format!("{}é  corpus/a\n", "0".repeat(63)),   1, "is not a hash"),
            (format!("\\{}", line("corpus/\\x")),          1, "is not a hash"),
            (line("provenance.toml"),                      1, "outside"),
            (line("corpus"),                               1, "outside"),
            (line("../corpus/a"),                          1, "outside"),
            (line("corpus/a") + &line("corpus/a"),         2, "twice"),
            (line("corpus/b") + &line("corpus/a"),         2, "order"),
        ];
        for (text, number, why) in cases {
            let fault = parse(&text).unwrap_err();
            assert!(fault.number == number && fault.why.contains(why), "{text}: {fault:?}");
        }
        assert_eq!(parse(""), Ok(Vec::new()));
    }

    proptest! {
        #[test]
        fn every_name_survives(name in "[^\0/]{1,30}") {
            let path = format!("corpus/{name}");
            let mut text = String::new();
            push(&mut text, &path, Digest::of(b""));

            prop_assert_eq!(&*parse(&text).unwrap()[0].path, &path);
        }
    }
}
