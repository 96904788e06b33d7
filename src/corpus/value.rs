//! Values in records that are more than a string: each is checked when it is read.
//!
//! In:  strings and numbers from a record.
//! Out: types that hold only what the schema allows.
//! Not here: dates (`when`) and digests (`digest`).

use crate::corpus::digest;
use crate::corpus::digest::Digest;
use crate::corpus::record::SCHEMA;
use serde::Deserialize;
use serde::Deserializer;
use serde::de::Error as _;
use serde::de::Visitor;
use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

/// Ids are typed by people; longer ones are not.
const ID_BYTES_MAX: usize = 200;

/// The version of the schema that a record is written in: one that this tool reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Schema(#[cfg_attr(test, schemars(range(min = 1, max = 1)))] u32);

impl Schema {
    /// The version that this tool writes.
    pub const CURRENT: Self = Self(SCHEMA);
}

impl fmt::Display for Schema {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl<'de> Deserialize<'de> for Schema {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        match i64::deserialize(input)? {
            1 => Ok(Self::CURRENT),
            newer @ 2.. => Err(D::Error::custom(format!(
                "written by a newer version of provenance: schema {newer}, and this one reads {SCHEMA}"
            ))),
            other => Err(D::Error::custom(format!("there is no schema {other}"))),
        }
    }
}

macro_rules! checked {
    ($(#[$doc:meta])* $name:ident, $check:ident $(, $schema:meta)*) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(test, derive(schemars::JsonSchema))]
        pub struct $name($(#[cfg_attr(test, $schema)])* String);

        impl $name {
            /// The value as records spell it.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = BadValue;

            fn from_str(text: &str) -> Result<Self, BadValue> {
                match $check(text) {
                    None => Ok(Self(text.to_owned())),
                    Some(fault) => Err(BadValue { text: text.to_owned(), fault }),
                }
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
                from_str(input)
            }
        }
    };
}

/// A string that a field does not take.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{}` {fault}", text.escape_debug())]
pub struct BadValue {
    /// What was given.
    text: String,
    /// Why it is not taken.
    fault: &'static str,
}

checked! {
    /// A stable name of a document: ASCII letters, digits, `.`, `_`, `-` and `/`.
    Id, id_fault, schemars(regex(pattern = "^[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*$"))
}

checked! {
    /// Words for people: not blank, and without control characters.
    Text, text_fault, schemars(length(min = 1))
}

checked! {
    /// An `http` or `https` address.
    Url, url_fault, schemars(regex(pattern = "^https?://"))
}

checked! {
    /// A language tag in the form of BCP 47, such as `en` or `pt-BR`.
    Language, language_fault, schemars(regex(pattern = "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"))
}

checked! {
    /// A versioned digest of the normalised text, such as `pv-text-1:…`.
    TextDigest, text_digest_fault, schemars(regex(pattern = "^pv-text-[0-9]+:[0-9a-f]{64}$"))
}

impl TextDigest {
    /// The digest of `text` as this version normalises it.
    pub fn of(text: &str) -> Self {
        Self(digest::text_digest(text))
    }
}

/// An earlier identity: `sha256:` and a digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Was(
    #[cfg_attr(test, schemars(with = "String", regex(pattern = "^sha256:[0-9a-f]{64}$")))]
    pub  Digest,
);

impl fmt::Display for Was {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "sha256:{}", self.0)
    }
}

impl FromStr for Was {
    type Err = BadValue;

    fn from_str(text: &str) -> Result<Self, BadValue> {
        let digest = text.strip_prefix("sha256:").and_then(|digits| digits.parse().ok());
        let fault = "is not `sha256:` and 64 hexadecimal digits";
        digest.map(Self).ok_or_else(|| BadValue { text: text.to_owned(), fault })
    }
}

impl<'de> Deserialize<'de> for Was {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        from_str(input)
    }
}

/// Reads a string and parses it in place, without a copy that is thrown away.
pub(crate) fn from_str<'de, T, D>(input: D) -> Result<T, D::Error>
where
    T: FromStr<Err: fmt::Display>,
    D: Deserializer<'de>,
{
    struct Parse<T>(PhantomData<T>);

    impl<T: FromStr<Err: fmt::Display>> Visitor<'_> for Parse<T> {
        type Value = T;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str("a string")
        }

        fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<T, E> {
            text.parse().map_err(E::custom)
        }
    }

    input.deserialize_str(Parse(PhantomData))
}

fn id_fault(text: &str) -> Option<&'static str> {
    let allowed = |byte: &u8| byte.is_ascii_alphanumeric() || b"._-".contains(byte);
    let component = |part: &str| {
        part.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric)
            && part.as_bytes().iter().all(allowed)
    };
    if text.len() > ID_BYTES_MAX {
        return Some("is too long for an id: at most 200 bytes");
    }
    let fault = "is not an id: letters a to z, digits, `.`, `_` and `-`, in parts separated by `/`";
    (!text.split('/').all(component)).then_some(fault)
}

fn text_fault(text: &str) -> Option<&'static str> {
    let control = |next: char| next.is_control() && !matches!(next, '\n' | '\t');
    if text.trim().is_empty() {
        return Some("is blank: leave the key out, or name it in `unknown`");
    }
    text.chars().any(control).then_some("holds a control character")
}

fn url_fault(text: &str) -> Option<&'static str> {
    let lower = text.get(..8).unwrap_or(text).to_ascii_lowercase();
    let rest = if lower.starts_with("https://") {
        &text[8..]
    } else if lower.starts_with("http://") {
        &text[7..]
    } else {
        return Some("is not an address that begins with `https://` or `http://`");
    };
    let broken = |next: char| next.is_whitespace() || next.is_control();
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let fault = "is not an address: it has no host, or holds a blank";
    (host.is_empty() || rest.chars().any(broken)).then_some(fault)
}

fn language_fault(text: &str) -> Option<&'static str> {
    let mut parts = text.split('-');
    let first = parts.next().unwrap_or_default();
    let language = (2..=8).contains(&first.len()) && first.bytes().all(|b| b.is_ascii_alphabetic());
    let subtag = |part: &str| {
        (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    (!(language && parts.all(subtag))).then_some("is not a language tag, such as `en` or `pt-BR`")
}

fn text_digest_fault(text: &str) -> Option<&'static str> {
    let known = text.strip_prefix("pv-text-").and_then(|rest| rest.split_once(':'));
    let valid = known.is_some_and(|(version, digits)| {
        version.parse::<u32>().is_ok() && digits.parse::<Digest>().is_ok()
    });
    (!valid).then_some("is not `pv-text-1:` and 64 hexadecimal digits")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One row per value: its type's answer.
    #[test]
    fn takes_what_the_schema_allows_and_nothing_else() {
        let digest = Digest::of(b"");
        let text_digest = format!("pv-text-1:{digest}");
        #[rustfmt::skip]
        let cases = [
            ("kz/004",                      "kz/004".parse::<Id>().is_ok(),               true),
            ("kz//004",                     "kz//004".parse::<Id>().is_ok(),              false),
            ("../004",                      "../004".parse::<Id>().is_ok(),               false),
            ("Қаз",                         "Қаз".parse::<Id>().is_ok(),                  false),
            ("https://example.org/a?b",     "https://example.org/a?b".parse::<Url>().is_ok(), true),
            ("HTTP://example.org",          "HTTP://example.org".parse::<Url>().is_ok(),  true),
            ("javascript:alert(1)",         "javascript:alert(1)".parse::<Url>().is_ok(), false),
            ("ftp://example.org",           "ftp://example.org".parse::<Url>().is_ok(),   false),
            ("https:///a",                  "https:///a".parse::<Url>().is_ok(),          false),
            ("https://a b",                 "https://a b".parse::<Url>().is_ok(),         false),
            ("héé",                         "héé".parse::<Url>().is_ok(),                 false),
            ("en",                          "en".parse::<Language>().is_ok(),             true),
            ("zh-Hant-TW",                  "zh-Hant-TW".parse::<Language>().is_ok(),     true),
            ("english language",            "english language".parse::<Language>().is_ok(), false),
            ("blank",                       " \n".parse::<Text>().is_ok(),                false),
            ("escape",                      "\u{1b}[31m".parse::<Text>().is_ok(),         false),
            ("pv-text-1",                   text_digest.parse::<TextDigest>().is_ok(),    true),
            ("md5:…",                       "md5:abc".parse::<TextDigest>().is_ok(),      false),
        ];
        for (value, taken, expected) in cases {
            assert_eq!(taken, expected, "{value}");
        }
    }
}
