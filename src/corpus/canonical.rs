//! The canonical spelling of a record: one way to write each fact.
//!
//! Keys in the order of the schema, dates without quotation marks, one element of
//! a list per line, characters that no reader sees escaped. Two records that state
//! the same are the same bytes, so that a review shows facts and nothing else.
//!
//! In:  a [`Record`], and the comments of the file it came from.
//! Out: TOML.
//! Not here: finding the comments (`comments`) and writing files (`store`).

use crate::corpus::comments::Comments;
use crate::corpus::hidden;
use crate::corpus::record::Capture;
use crate::corpus::record::Derivation;
use crate::corpus::record::Evidence;
use crate::corpus::record::Origin;
use crate::corpus::record::Record;
use crate::corpus::record::Retired;
use crate::corpus::record::Warc;
use std::fmt::Display;
use std::fmt::Write as _;

/// `record` in canonical spelling, with `comments` at the keys they stood at.
pub(crate) fn canonical(record: &Record, comments: &Comments) -> String {
    let mut page = Page { comments, table: String::new(), text: String::new() };
    page.head(record);
    page.hash(record);
    page.capture(record.capture.as_ref());
    page.chain(record);
    page.retired(record.retired.as_ref());
    page.evidence(&record.evidence);
    page.extra(&record.extra);
    page.text.push_str(comments.last());
    page.text
}

/// A record while it is written.
struct Page<'c> {
    comments: &'c Comments,
    /// The table that is being written; empty at the top.
    table: String,
    text: String,
}

impl Page<'_> {
    fn head(&mut self, record: &Record) {
        self.value("schema", Some(record.schema));
        self.string("id", Some(&record.id));
        self.string("path", Some(&record.path));
        self.string("kind", Some(record.kind));
        self.string("title", record.title.as_ref());
        self.string("outlet", record.outlet.as_ref());
        self.list("author", &record.author);
        self.string("url", record.url.as_ref());
        self.value("published", record.published);
        self.value("modified", record.modified);
        self.string("language", record.language.as_ref());
        self.string("licence", record.licence.as_ref());
        self.string("rights", record.rights.as_ref());
        self.string("digital-source-type", record.digital_source_type.as_ref());
        self.list("unknown", &record.unknown);
        self.list("claims-from", &record.claims_from);
    }

    fn hash(&mut self, record: &Record) {
        self.header("hash", None);
        self.string("sha256", Some(record.hash.sha256));
        self.value("bytes", Some(record.hash.bytes));
        self.string("text", record.hash.text.as_ref());
    }

    fn capture(&mut self, capture: Option<&Capture>) {
        let Some(capture) = capture else { return };
        self.header("capture", None);
        self.value("retrieved", capture.retrieved);
        self.string("method", capture.method);
        self.string("tool", capture.tool.as_ref());
        self.string("by", capture.by.as_ref());
        self.string("archive", capture.archive.as_ref());
        self.value("warc", capture.warc.as_ref().map(warc));
    }

    fn chain(&mut self, record: &Record) {
        for (index, Derivation { from, by, note }) in record.derived.iter().enumerate() {
            self.header("derived", Some(index));
            self.value("from", Some(origin(from)));
            self.string("by", by.as_ref());
            self.string("note", note.as_ref());
        }
        for (index, change) in record.history.iter().enumerate() {
            self.header("history", Some(index));
            self.value("at", Some(change.at));
            self.string("was", Some(change.was));
            self.string("by", change.by.as_ref());
            self.string("reason", Some(change.reason));
        }
    }

    fn retired(&mut self, retired: Option<&Retired>) {
        let Some(retired) = retired else { return };
        self.header("retired", None);
        self.value("at", Some(retired.at));
        self.string("by", retired.by.as_ref());
        self.string("reason", Some(&retired.reason));
    }

    fn evidence(&mut self, evidence: &[Evidence]) {
        for (index, Evidence { field, quote, by }) in evidence.iter().enumerate() {
            self.header("evidence", Some(index));
            self.string("field", Some(field));
            self.string("quote", Some(quote));
            self.string("by", by.as_ref());
        }
    }

    fn extra(&mut self, extra: &toml::Table) {
        if extra.is_empty() {
            return;
        }
        self.header("extra", None);
        for (key, value) in extra {
            let mut text = String::new();
            write_value(&mut text, value);
            self.line(&bare_or_quoted(key), &text);
        }
    }

    /// Begins a table, or one of several with the same name.
    fn header(&mut self, name: &str, index: Option<usize>) {
        self.table = match index {
            Some(index) => format!("{name}.{index}"),
            None => name.to_owned(),
        };
        self.text.push('\n');
        let text = if index.is_some() { format!("[[{name}]]") } else { format!("[{name}]") };
        self.commented(&self.table.clone(), &text);
    }

    fn value(&mut self, key: &str, value: Option<impl Display>) {
        if let Some(value) = value {
            self.line(key, &value.to_string());
        }
    }

    fn string(&mut self, key: &str, value: Option<impl Display>) {
        if let Some(value) = value {
            self.line(key, &quoted(&value.to_string()));
        }
    }

    fn list(&mut self, key: &str, items: &[impl Display]) {
        if items.is_empty() {
            return;
        }
        let path = self.path(key);
        self.text.push_str(self.comments.before(&path));
        let _ = writeln!(self.text, "{key} = [");
        for (index, item) in items.iter().enumerate() {
            let path = format!("{path}.{index}");
            let (before, after) = (self.comments.before(&path), self.comments.after(&path));
            let indented = before.lines().flat_map(|line| ["  ", line, "\n"]).collect::<String>();
            let item = quoted(&item.to_string());
            let _ = writeln!(self.text, "{indented}  {item},{after}");
        }
        let _ = writeln!(self.text, "]{}", self.comments.after(&path));
    }

    fn line(&mut self, key: &str, value: &str) {
        self.commented(&self.path(key), &format!("{key} = {value}"));
    }

    fn commented(&mut self, path: &str, line: &str) {
        let (before, after) = (self.comments.before(path), self.comments.after(path));
        let _ = writeln!(self.text, "{before}{line}{after}");
    }

    fn path(&self, key: &str) -> String {
        if self.table.is_empty() { key.to_owned() } else { format!("{}.{key}", self.table) }
    }
}

fn warc(Warc { path, offset, digest }: &Warc) -> String {
    let offset = offset.map(|offset| format!("offset = {offset}"));
    let digest = digest.as_ref().map(|digest| format!("digest = {}", quoted(digest.as_str())));
    inline(path, [offset, digest])
}

fn origin(Origin { path, sha256, bytes }: &Origin) -> String {
    let sha256 = sha256.map(|digest| format!("sha256 = \"{digest}\""));
    inline(path, [sha256, bytes.map(|bytes| format!("bytes = {bytes}"))])
}

fn inline(path: &str, others: [Option<String>; 2]) -> String {
    let path = format!("path = {}", quoted(path));
    let parts: Vec<_> = std::iter::once(path).chain(others.into_iter().flatten()).collect();
    format!("{{ {} }}", parts.join(", "))
}

/// Writes any value on one line; tables inline.
fn write_value(text: &mut String, value: &toml::Value) {
    match value {
        toml::Value::String(string) => text.push_str(&quoted(string)),
        toml::Value::Array(items) => {
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                text.push_str(if index > 0 { ", " } else { "" });
                write_value(text, item);
            }
            text.push(']');
        }
        toml::Value::Table(table) => {
            text.push_str(if table.is_empty() { "{" } else { "{ " });
            for (index, (key, item)) in table.iter().enumerate() {
                let _ =
                    write!(text, "{}{} = ", if index > 0 { ", " } else { "" }, bare_or_quoted(key));
                write_value(text, item);
            }
            text.push_str(if table.is_empty() { "}" } else { " }" });
        }
        toml::Value::Integer(number) => drop(write!(text, "{number}")),
        toml::Value::Boolean(truth) => drop(write!(text, "{truth}")),
        toml::Value::Datetime(datetime) => drop(write!(text, "{datetime}")),
        toml::Value::Float(number) => text.push_str(&float(*number)),
    }
}

/// A float as TOML reads it back: with a point or an exponent, or by its name.
fn float(number: f64) -> String {
    match number {
        _ if number.is_nan() => if number.is_sign_negative() { "-nan" } else { "nan" }.to_owned(),
        f64::INFINITY => "inf".to_owned(),
        f64::NEG_INFINITY => "-inf".to_owned(),
        // Debug always writes a point or an exponent.
        _ => format!("{number:?}"),
    }
}

fn bare_or_quoted(key: &str) -> String {
    let bare = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    if !key.is_empty() && key.bytes().all(bare) { key.to_owned() } else { quoted(key) }
}

/// `text` as a basic string of TOML.
pub(crate) fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\r' => quoted.push_str("\\r"),
            _ if hidden::name(character).is_some() => {
                let code = u32::from(character);
                let _ = if code > 0xffff {
                    write!(quoted, "\\U{code:08X}")
                } else {
                    write!(quoted, "\\u{code:04X}")
                };
            }
            _ => quoted.push(character),
        }
    }
    quoted.push('"');
    quoted
}
