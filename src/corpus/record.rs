//! Records: what a newsroom states about one document.
//!
//! One TOML file in `manifests/` per document in `corpus/`. The types below are
//! the schema: a key that is not here is refused, except inside `[extra]`.
//!
//! In:  TOML, through serde.
//! Out: [`Record`].
//! Not here: where a problem stands in the file (`problems`), the canonical
//! spelling (`canonical`), and whether the document agrees (`verify`).

use crate::corpus::digest::Digest;
use crate::corpus::when::Moment;
use crate::corpus::when::When;
use serde::Deserialize;

pub use crate::corpus::value::Id;
pub use crate::corpus::value::Language;
pub use crate::corpus::value::Schema;
pub use crate::corpus::value::Text;
pub use crate::corpus::value::TextDigest;
pub use crate::corpus::value::Url;
pub use crate::corpus::value::Was;

/// The version of the schema that this tool reads and writes.
pub const SCHEMA: u32 = 1;

/// What is stated about one document.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(title = "provenance record"))]
pub struct Record {
    /// The version of this schema.
    pub schema: Schema,
    /// A stable name, never reused.
    pub id: Id,
    /// The analysed text, relative to the root; agrees with the record's own place.
    pub path: String,
    /// What kind of text it is.
    pub kind: Kind,
    /// The headline.
    pub title: Option<Text>,
    /// Who published it.
    pub outlet: Option<Text>,
    /// Who wrote it, in the order of the byline.
    #[serde(default)]
    pub author: Vec<Text>,
    /// Where it was published.
    pub url: Option<Url>,
    /// When it was published.
    pub published: Option<When>,
    /// When the outlet last changed it.
    pub modified: Option<When>,
    /// Its language, as a BCP 47 tag.
    pub language: Option<Language>,
    /// An SPDX licence expression.
    #[serde(alias = "license")]
    pub licence: Option<Text>,
    /// The rights statement, in words.
    pub rights: Option<Text>,
    /// The IPTC digital source type, only when it is known.
    pub digital_source_type: Option<Text>,
    /// Fields that were looked for and not established.
    #[serde(default)]
    pub unknown: Vec<Field>,
    /// The ids of the documents whose wording this one is known to reuse.
    #[serde(default)]
    pub claims_from: Vec<Id>,
    /// The identity of the bytes.
    pub hash: Hash,
    /// How the bytes arrived.
    pub capture: Option<Capture>,
    /// What was derived from what, oldest first; the last result is the document.
    #[serde(default)]
    pub derived: Vec<Derivation>,
    /// Every earlier identity of the document; only ever appended to.
    #[serde(default)]
    pub history: Vec<Change>,
    /// Why the document is no longer kept.
    pub retired: Option<Retired>,
    /// Why a field is believed.
    #[serde(default)]
    pub evidence: Vec<Evidence>,
    /// Anything else; the only open table.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "serde_json::Map<String, serde_json::Value>"))]
    pub extra: toml::Table,
}

/// The identity of a document's bytes.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Hash {
    /// SHA-256 of the raw bytes.
    #[cfg_attr(test, schemars(with = "String", regex(pattern = "^[0-9a-f]{64}$")))]
    pub sha256: Digest,
    /// How many bytes there are.
    pub bytes: u64,
    /// A digest of the normalised text, such as `pv-text-1:…`; explains, never suffices.
    pub text: Option<TextDigest>,
}

/// How the bytes arrived.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Capture {
    /// When they were fetched.
    pub retrieved: Option<When>,
    /// By which means.
    pub method: Option<Method>,
    /// With which tool and version.
    pub tool: Option<Text>,
    /// By whom.
    pub by: Option<Text>,
    /// A copy in a public archive.
    pub archive: Option<Url>,
    /// A copy in a WARC file.
    pub warc: Option<Warc>,
}

/// A place in a WARC file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Warc {
    /// The file, relative to the root.
    pub path: String,
    /// Where the WARC record begins, in bytes.
    pub offset: Option<u64>,
    /// Its payload digest, such as `sha256:…`.
    pub digest: Option<Text>,
}

/// One step from an earlier file to a later one.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Derivation {
    /// The earlier file.
    pub from: Origin,
    /// The tool or the person.
    pub by: Option<Text>,
    /// What was done.
    pub note: Option<Text>,
}

/// The file that a document was made from.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Origin {
    /// The file, relative to the root; it need not be kept.
    pub path: String,
    /// SHA-256 of its bytes.
    #[cfg_attr(test, schemars(with = "Option<String>", regex(pattern = "^[0-9a-f]{64}$")))]
    pub sha256: Option<Digest>,
    /// How many bytes there were.
    pub bytes: Option<u64>,
}

/// One earlier identity of the document.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Change {
    /// When it was replaced.
    pub at: Moment,
    /// What it was: `sha256:` and the digest.
    pub was: Was,
    /// Who replaced it.
    pub by: Option<Text>,
    /// Why.
    pub reason: Reason,
}

/// A document that is no longer kept.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Retired {
    /// When it was withdrawn.
    pub at: Moment,
    /// By whom.
    pub by: Option<Text>,
    /// Why, in words.
    pub reason: Text,
}

/// Why a field is believed.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Evidence {
    /// The field.
    pub field: Field,
    /// The words that support it.
    pub quote: Text,
    /// Who found them.
    pub by: Option<Text>,
}

/// A word that is none of a field's values.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{}` is none of: {names}", given.escape_debug())]
pub struct UnknownName {
    given: String,
    names: String,
}

macro_rules! names {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
        #[cfg_attr(test, derive(schemars::JsonSchema))]
        pub enum $name {
            $(#[doc = concat!("`", $text, "`.")] #[serde(rename = $text)] $variant,)*
        }

        impl $name {
            /// Every value, in the order of the documentation.
            pub const ALL: &[$name] = &[$(Self::$variant,)*];

            /// The word used in records.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }

            /// The value that records spell `name`.
            pub fn named(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.name() == name)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(self.name())
            }
        }

        impl std::str::FromStr for $name {
            type Err = UnknownName;

            fn from_str(text: &str) -> Result<Self, UnknownName> {
                let names = || Self::ALL.iter().map(|value| value.name()).collect::<Vec<_>>();
                Self::named(text).ok_or_else(|| UnknownName {
                    given: text.to_owned(),
                    names: names().join(", "),
                })
            }
        }
    };
}

names! {
    /// What kind of text a document is.
    Kind {
        Article = "article",
        PressRelease = "press-release",
        Transcript = "transcript",
        Statement = "statement",
        Wire = "wire",
        AssistantOutput = "assistant-output",
        Draft = "draft",
    }
}

names! {
    /// By which means a document was captured.
    Method {
        Http = "http",
        BrowserSave = "browser-save",
        Warc = "warc",
        Scrape = "scrape",
        PdfText = "pdf-text",
        Ocr = "ocr",
        Paste = "paste",
        Api = "api",
        Email = "email",
    }
}

names! {
    /// Why a document's bytes were replaced.
    Reason {
        OutletCorrection = "outlet-correction",
        Recapture = "recapture",
        Redaction = "redaction",
        Cleanup = "cleanup",
        Withdrawn = "withdrawn",
    }
}

names! {
    /// A field of metadata that can be required, or be known to be unknown.
    Field {
        Title = "title",
        Outlet = "outlet",
        Author = "author",
        Url = "url",
        Published = "published",
        Modified = "modified",
        Language = "language",
        Licence = "licence",
        Rights = "rights",
        DigitalSourceType = "digital-source-type",
        Retrieved = "retrieved",
        Method = "method",
        Tool = "tool",
        Archive = "archive",
    }
}

impl Default for Kind {
    /// Most of what a newsroom collects.
    fn default() -> Self {
        Self::Article
    }
}

impl Record {
    /// Whether the record states something for `field`.
    pub fn states(&self, field: Field) -> bool {
        let capture = self.capture.as_ref();
        match field {
            Field::Title => self.title.is_some(),
            Field::Outlet => self.outlet.is_some(),
            Field::Author => !self.author.is_empty(),
            Field::Url => self.url.is_some(),
            Field::Published => self.published.is_some(),
            Field::Modified => self.modified.is_some(),
            Field::Language => self.language.is_some(),
            Field::Licence => self.licence.is_some(),
            Field::Rights => self.rights.is_some(),
            Field::DigitalSourceType => self.digital_source_type.is_some(),
            Field::Retrieved => capture.is_some_and(|capture| capture.retrieved.is_some()),
            Field::Method => capture.is_some_and(|capture| capture.method.is_some()),
            Field::Tool => capture.is_some_and(|capture| capture.tool.is_some()),
            Field::Archive => capture.is_some_and(|capture| capture.archive.is_some()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where editors find the schema.
    const COMMITTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/schema/record-1.schema.json");

    /// After a change of the types: `UPDATE_SCHEMA=1 cargo test committed_schema`.
    #[test]
    #[expect(clippy::disallowed_methods, reason = "the test reads and updates a committed file")]
    fn the_committed_schema_is_current() {
        let schema = schemars::schema_for!(Record);
        let current = serde_json::to_string_pretty(&schema).unwrap() + "\n";
        if std::env::var_os("UPDATE_SCHEMA").is_some() {
            std::fs::write(COMMITTED, &current).unwrap();
        }
        let committed = std::fs::read_to_string(COMMITTED).unwrap_or_default();

        assert!(committed == current, "run: UPDATE_SCHEMA=1 cargo test committed_schema");
    }

    #[test]
    fn every_name_is_read_as_it_is_written() {
        for kind in Kind::ALL {
            assert_eq!(kind.to_string().parse(), Ok(*kind));
        }
        let fault = "novel".parse::<Kind>().unwrap_err().to_string();
        assert!(fault.starts_with("`novel` is none of: article, press-release"), "{fault}");
    }
}
