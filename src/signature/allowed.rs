//! Lists of allowed signers: whose key is this, from when until when, for what?
//!
//! The form is that of ssh-keygen(1), ALLOWED SIGNERS, which git reads as well: a
//! line has principals, options, and a key. Two things differ. A time without `Z`
//! is in UTC here, since there is no time zone that every machine has. And lines
//! with `cert-authority` are read and allow nothing, since certificates are not
//! checked.
//!
//! In:  the text of a list; a key, a purpose and a time.
//! Out: the principals, or [`NotAllowed`].
//! Not here: whether the key signed anything (`ssh`).

use crate::signature::Key;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;

/// Who may sign, for what, and when.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AllowedSigners(Vec<Allowed>);

/// One line of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Allowed {
    principals: String,
    key: Key,
    authority: bool,
    namespaces: Option<String>,
    after: Option<Timestamp>,
    before: Option<Timestamp>,
}

/// A line that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {number}: {why}")]
pub struct BadLine {
    /// The line, counted from one.
    pub number: usize,
    /// What is wrong with it.
    pub why: String,
}

/// Why a key may not sign, as a clause that follows the key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotAllowed {
    /// No line has the key.
    #[error("is not among the allowed signers")]
    Unknown,
    /// It is for other purposes.
    #[error("is allowed for `{namespaces}` only")]
    OtherPurpose {
        /// Whose key it is.
        principals: String,
        /// What it is allowed for.
        namespaces: String,
    },
    /// Its time has not come.
    #[error("is allowed from {after} only")]
    NotYet {
        /// Whose key it is.
        principals: String,
        /// When it will be allowed.
        after: Timestamp,
    },
    /// Its time is over.
    #[error("was allowed until {before} only")]
    Expired {
        /// Whose key it is.
        principals: String,
        /// Until when it was allowed.
        before: Timestamp,
    },
}

impl AllowedSigners {
    /// Reads a list. Empty lines and lines that begin with `#` are passed over.
    ///
    /// # Errors
    /// The first line that cannot be read: a list of which a part is ignored would
    /// allow or forbid what nobody wrote.
    ///
    /// ```
    /// use provenance::signature::AllowedSigners;
    ///
    /// let key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILM+rvN+ot98qgEN796jTiQfZfG1KaT0PtFDJ/XFSqti";
    /// let list = format!("desk@harbour.example namespaces=\"provenance-*\" {key}\n");
    ///
    /// assert!(AllowedSigners::parse(&list).is_ok());
    /// assert_eq!(AllowedSigners::parse("desk@harbour.example").unwrap_err().number, 1);
    /// ```
    pub fn parse(text: &str) -> Result<Self, BadLine> {
        let lines = text.lines().enumerate().filter_map(|(index, line)| {
            let line = line.trim();
            let said = !line.is_empty() && !line.starts_with('#');
            said.then(|| read(line).map_err(|why| BadLine { number: index + 1, why }))
        });
        lines.collect::<Result<_, _>>().map(Self)
    }

    /// Every key of the list, in its order.
    pub fn keys(&self) -> impl Iterator<Item = &Key> {
        self.0.iter().filter(|line| !line.authority).map(|line| &line.key)
    }

    /// The principals that may use `key` for `namespace` at the moment `at`.
    ///
    /// # Errors
    /// Why nobody may; of several lines with this key, the first tells.
    pub fn principals(
        &self,
        key: &Key,
        namespace: &str,
        at: Timestamp,
    ) -> Result<&str, NotAllowed> {
        let mut first = None;
        for line in self.0.iter().filter(|line| line.key == *key && !line.authority) {
            match line.judge(namespace, at) {
                None => return Ok(&line.principals),
                Some(fault) => _ = first.get_or_insert(fault),
            }
        }
        Err(first.unwrap_or(NotAllowed::Unknown))
    }
}

impl Allowed {
    fn judge(&self, namespace: &str, at: Timestamp) -> Option<NotAllowed> {
        let principals = self.principals.clone();
        if let Some(namespaces) = self.namespaces.as_ref().filter(|list| !fits(list, namespace)) {
            return Some(NotAllowed::OtherPurpose { principals, namespaces: namespaces.clone() });
        }
        if let Some(after) = self.after.filter(|after| at < *after) {
            return Some(NotAllowed::NotYet { principals, after });
        }
        let before = self.before.filter(|before| at > *before)?;
        Some(NotAllowed::Expired { principals, before })
    }
}

/// Reads one line: principals, options, key.
fn read(line: &str) -> Result<Allowed, String> {
    let (principals, rest) = word(line)?;
    let (next, behind) = word(rest)?;
    let (options, key) = if Key::is_kind(next) { ("", rest) } else { (next, behind) };
    let key = Key::parse(key)
        .ok_or("after the principals and options stands no key that this version reads")?;
    let principals = unquoted(principals).to_owned();
    let (namespaces, after, before) = (None, None, None);
    let mut allowed = Allowed { principals, key, authority: false, namespaces, after, before };
    for option in parts(options) {
        let (name, value) = option.split_once('=').unwrap_or((option, ""));
        match name.to_ascii_lowercase().as_str() {
            "cert-authority" => allowed.authority = true,
            "namespaces" => allowed.namespaces = Some(quoted(value)?.to_owned()),
            "valid-after" => allowed.after = Some(time(quoted(value)?)?),
            "valid-before" => allowed.before = Some(time(quoted(value)?)?),
            _ => return Err(format!("there is no option `{name}`")),
        }
    }
    Ok(allowed)
}

/// The first word of `text`, with blanks inside quotation marks, and the rest.
fn word(text: &str) -> Result<(&str, &str), String> {
    let mut quoted = false;
    for (at, letter) in text.char_indices() {
        match letter {
            '"' => quoted = !quoted,
            ' ' | '\t' if !quoted => return Ok((&text[..at], text[at..].trim_start())),
            _ => {}
        }
    }
    if quoted {
        return Err("a quotation mark is not closed".to_owned());
    }
    Ok((text, ""))
}

/// The options in `text`, parted by commas outside quotation marks.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    let parts = text.split(move |letter| {
        quoted ^= letter == '"';
        letter == ',' && !quoted
    });
    parts.filter(|part| !part.is_empty())
}

fn unquoted(text: &str) -> &str {
    quoted(text).unwrap_or(text)
}

fn quoted(text: &str) -> Result<&str, String> {
    let inside = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    inside.ok_or_else(|| format!("`{text}` must stand in quotation marks"))
}

/// `YYYYMMDD`, with `HHMM` and `SS` behind it or not, and `Z` or not.
fn time(text: &str) -> Result<Timestamp, String> {
    let bad = || format!("`{text}` is no time: write YYYYMMDD or YYYYMMDDHHMM, with Z behind it");
    let digits = text.strip_suffix(['Z', 'z']).unwrap_or(text);
    let known = matches!(digits.len(), 8 | 12 | 14);
    if !known || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(bad());
    }
    let part = |from: usize, to: usize| digits.get(from..to).map_or(Ok(0), str::parse::<i8>);
    let numbers = || {
        let year = digits[..4].parse().ok()?;
        let (month, day) = (part(4, 6).ok()?, part(6, 8).ok()?);
        let (hour, minute, second) = (part(8, 10).ok()?, part(10, 12).ok()?, part(12, 14).ok()?);
        let moment = DateTime::new(year, month, day, hour, minute, second, 0).ok()?;
        // The last two days of the year 9999 mean for ever.
        Some(Offset::UTC.to_timestamp(moment).unwrap_or(Timestamp::MAX))
    };
    numbers().ok_or_else(bad)
}

/// Whether `name` fits the list of patterns: one of them, and none of those that
/// begin with `!`. `*` stands for any letters, `?` for one (`ssh_config(5)`, PATTERNS).
fn fits(patterns: &str, name: &str) -> bool {
    let mut found = false;
    for pattern in patterns.split(',') {
        match pattern.strip_prefix('!') {
            Some(refused) if is_like(refused.as_bytes(), name.as_bytes()) => return false,
            Some(_) => {}
            None => found |= is_like(pattern.as_bytes(), name.as_bytes()),
        }
    }
    found
}

/// Whether `name` is like `pattern`. Goes back to the last `*` only, which is enough
/// and keeps hostile patterns from taking for ever.
fn is_like(pattern: &[u8], name: &[u8]) -> bool {
    let (mut at, mut to) = (0, 0);
    let mut last: Option<(usize, usize)> = None;
    while to < name.len() {
        match pattern.get(at) {
            Some(b'*') => {
                last = Some((at, to));
                at += 1;
            }
            Some(letter) if *letter == b'?' || *letter == name[to] => {
                at += 1;
                to += 1;
            }
            _ => match last {
                Some((star, from)) => {
                    last = Some((star, from + 1));
                    at = star + 1;
                    to = from + 1;
                }
                None => return false,
            },
        }
    }
    pattern[at..].iter().all(|letter| *letter == b'*')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signature::ssh::tests::example;

    fn key() -> Key {
        example(1).public()
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    /// One row per way to write the options: what they say to a seal on 1 June 2025.
    #[test]
    fn every_option_of_the_list_holds() {
        #[rustfmt::skip]
        let cases = [
            ("desk@a.example KEY",                                      "ok desk@a.example"),
            ("desk@a.example,boss@a.example KEY a comment",             "ok desk@a.example,boss@a.example"),
            ("\"desk@a.example\" KEY",                                  "ok desk@a.example"),
            ("d namespaces=\"git,provenance-seal-v1\" KEY",             "ok d"),
            ("d Namespaces=\"provenance-*\" KEY",                       "ok d"),
            ("d namespaces=\"provenance-seal-v?\" KEY",                 "ok d"),
            ("d namespaces=\"*,!provenance-*\" KEY",                    "is allowed for `*,!provenance-*` only"),
            ("d namespaces=\"git\" KEY",                                "is allowed for `git` only"),
            ("d valid-after=\"20250601Z\",valid-before=\"20250602\" KEY", "ok d"),
            ("d valid-after=\"202506010000Z\" KEY",                     "ok d"),
            ("d valid-after=\"20250601000001Z\" KEY",                   "is allowed from 2025-06-01T00:00:01Z only"),
            ("d valid-before=\"20250531Z\" KEY",                        "was allowed until 2025-05-31T00:00:00Z only"),
            ("d valid-before=\"20250531Z\" KEY\nd KEY",                 "ok d"),
            ("# d KEY\n\nother@a.example OTHER",                        "is not among the allowed signers"),
            ("d cert-authority KEY",                                    "is not among the allowed signers"),
        ];
        let other = example(2).public().line();
        for (list, expected) in cases {
            let text = list.replace("KEY", &key().line()).replace("OTHER", &other);
            let list = AllowedSigners::parse(&text).unwrap();
            let said =
                match list.principals(&key(), "provenance-seal-v1", at("2025-06-01T00:00:00Z")) {
                    Ok(principals) => format!("ok {principals}"),
                    Err(fault) => fault.to_string(),
                };
            assert_eq!(said, expected, "{text}");
        }
    }

    /// One row per line that is refused, and a part of why.
    #[test]
    fn a_line_that_cannot_be_read_is_named() {
        #[rustfmt::skip]
        let cases = [
            ("desk@a.example",                   "no key"),
            ("ssh-ed25519 AAAA",                 "no key"),
            ("d ssh-ed25519 AAAA",               "no key"),
            ("d namespaces=\"git KEY",           "quotation mark"),
            ("d valid-before=20260101Z KEY",     "quotation marks"),
            ("d valid-before=\"tomorrow\" KEY",  "`tomorrow` is no time"),
            ("d valid-before=\"20251301Z\" KEY", "`20251301Z` is no time"),
            ("d valid-before=\"é0251301\" KEY",  "is no time"),
            ("d no-touch-required KEY",          "there is no option `no-touch-required`"),
        ];
        for (list, why) in cases {
            let text = format!("\n{}", list.replace("KEY", &key().line()));
            let fault = AllowedSigners::parse(&text).unwrap_err();
            assert!(fault.number == 2 && fault.why.contains(why), "{text}: {fault}");
        }
    }

    #[test]
    fn patterns_match_like_those_of_ssh() {
        #[rustfmt::skip]
        let cases = [
            ("a", "a", true), ("a", "b", false), ("*", "", true), ("a*", "abc", true), ("a*c", "abc", true),
            ("a*c", "abcd", false), ("a*b*c", "axxbyybzzc", true), ("?", "", false), ("??", "ab", true), ("", "a", false),
        ];
        for (pattern, name, like) in cases {
            assert_eq!(is_like(pattern.as_bytes(), name.as_bytes()), like, "{pattern} {name}");
        }
        assert!(!is_like("a*".repeat(2_000).as_bytes(), "a".repeat(1_000).as_bytes()));
    }
}
