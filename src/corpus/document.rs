//! Documents: texts with what is recorded about them.
//!
//! In:  a path, a text, and a record if there is one.
//! Out: [`Document`].
//! Not here: reading files (`load`).

use crate::corpus::record::Record;
use crate::corpus::record::Text;
use crate::corpus::record::Url;
use crate::corpus::when::When;
use crate::span::DocId;

/// A text with what is recorded about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// Its position in this run.
    pub id: DocId,
    /// Its path, relative to the root, `/`-separated.
    pub path: String,
    /// The text, byte for byte.
    pub source: String,
    /// What is recorded about it.
    pub record: Option<Record>,
    /// When it was published: as the record says, else as the caller knows.
    pub published: Option<When>,
    /// Who published it: as the record says, else as the caller knows.
    pub outlet: Option<String>,
    /// Where it was published: as the record says, else as the caller knows.
    pub url: Option<String>,
    /// Whether it is a draft, checked against the others; [`read_file`](crate::corpus::read_file)
    /// leaves that to the caller.
    pub draft: bool,
}

impl Document {
    /// A text that nothing is recorded about.
    pub fn unrecorded(id: DocId, path: impl Into<String>, source: impl Into<String>) -> Self {
        let (path, source) = (path.into(), source.into());
        Self {
            id,
            path,
            source,
            record: None,
            published: None,
            outlet: None,
            url: None,
            draft: false,
        }
    }

    /// A text with its record.
    pub fn recorded(
        id: DocId,
        path: impl Into<String>,
        source: impl Into<String>,
        record: Record,
    ) -> Self {
        Self {
            published: record.published,
            outlet: record.outlet.as_ref().map(Text::to_string),
            url: record.url.as_ref().map(Url::to_string),
            record: Some(record),
            ..Self::unrecorded(id, path, source)
        }
    }

    /// Who published it and on which day, as far as is known.
    pub fn caption(&self) -> String {
        let day = self.published.map(|when| when.day().to_string());
        let parts = [self.outlet().map(str::to_owned), day];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    /// Who published it, if that is known.
    pub fn outlet(&self) -> Option<&str> {
        self.outlet.as_deref()
    }
}
