//! Comments in a record: what an editor noted, kept when the record is rewritten.
//!
//! In:  the source of a record that can be read.
//! Out: [`Comments`], each at the key it stands above or beside.
//! Not here: writing them again (`canonical`).

use std::collections::BTreeMap;
use std::ops::Range;
use toml::Spanned;
use toml::de::DeTable;
use toml::de::DeValue;

/// The comments of a record, by the path of the key they belong to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Comments {
    before: BTreeMap<String, String>,
    after: BTreeMap<String, String>,
    last: String,
    count: usize,
}

/// A key or a value in the source, whose bytes hold no comment.
#[derive(Debug)]
struct Solid {
    span: Range<usize>,
    path: String,
}

impl Comments {
    /// The comments of `source`.
    pub(crate) fn of(source: &str) -> Self {
        let mut comments = Self::default();
        // Most records have none.
        let Some(document) = source.contains('#').then(|| DeTable::parse(source).ok()).flatten()
        else {
            return comments;
        };
        let mut solids = Vec::new();
        table(document.get_ref(), "", &mut solids);
        solids.sort_by_key(|solid| solid.span.start);
        let mut from = 0;
        while let Some(skipped) = source[from..].find('#') {
            let at = from + skipped;
            match solids.iter().find(|solid| solid.span.contains(&at)) {
                Some(solid) => from = solid.span.end,
                None => from = comments.take(source, at, &solids),
            }
        }
        comments
    }

    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.count
    }

    /// Comment lines above the key at `path`, each with its line feed.
    pub(crate) fn before(&self, path: &str) -> &str {
        self.before.get(path).map_or("", |lines| lines)
    }

    /// The comment beside the key at `path`, with a space in front.
    pub(crate) fn after(&self, path: &str) -> &str {
        self.after.get(path).map_or("", |text| text)
    }

    /// Comment lines at the end of the file.
    pub(crate) fn last(&self) -> &str {
        &self.last
    }

    /// Takes the comment that begins at `at`. Returns where its line ends.
    fn take(&mut self, source: &str, at: usize, solids: &[Solid]) -> usize {
        let end = source[at..].find('\n').map_or(source.len(), |length| at + length);
        let text = source[at..end].trim_end();
        let line_start = source[..at].rfind('\n').map_or(0, |newline| newline + 1);
        self.count += 1;
        let beside =
            solids.iter().rev().find(|solid| solid.span.end <= at && solid.span.end > line_start);
        let below = solids.iter().find(|solid| solid.span.start >= end);
        match (beside, below) {
            (Some(solid), _) => {
                let beside = self.after.entry(solid.path.clone()).or_default();
                beside.push(' ');
                beside.push_str(text);
            }
            (None, Some(solid)) => {
                let above = self.before.entry(solid.path.clone()).or_default();
                above.push_str(text);
                above.push('\n');
            }
            (None, None) => {
                self.last.push_str(text);
                self.last.push('\n');
            }
        }
        end
    }
}

fn table(table: &DeTable<'_>, path: &str, solids: &mut Vec<Solid>) {
    for (key, inner) in table {
        let name = if key.get_ref() == "license" { "licence" } else { key.get_ref() };
        let path = if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
        solids.push(Solid { span: key.span(), path: path.clone() });
        value(inner, &path, solids);
    }
}

fn value(inner: &Spanned<DeValue<'_>>, path: &str, solids: &mut Vec<Solid>) {
    match inner.get_ref() {
        DeValue::Table(inner) => table(inner, path, solids),
        DeValue::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                let path = format!("{path}.{index}");
                let start = item.span().start;
                // So that a comment above `[[history]]` stays above it.
                solids.push(Solid { span: start..start, path: path.clone() });
                value(item, &path, solids);
            }
        }
        _ => solids.push(Solid { span: inner.span(), path: path.to_owned() }),
    }
}
