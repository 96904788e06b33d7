//! What a readable record gets wrong by itself: its place, its paths, its dates,
//! its missing metadata.
//!
//! In:  one record with its source and its place.
//! Out: findings, each at the line that causes it.
//! Not here: its document (`verify`) and the other records (`clash`).

use crate::corpus::find;
use crate::corpus::find::found;
use crate::corpus::path;
use crate::corpus::record::Field;
use crate::corpus::record::Record;
use crate::corpus::walk::Place;
use crate::corpus::when::When;
use crate::finding::Finding;
use crate::finding::Label;
use crate::finding::Rule;
use toml::Spanned;
use toml::de::DeTable;
use toml::de::DeValue;

/// Everything that `record`, which stands at `place` as `source`, gets wrong by itself.
pub(crate) fn check(
    place: &Place,
    source: &str,
    record: &Record,
    require: &[Field],
) -> Vec<Finding> {
    let mut check = Check { place, source, findings: Vec::new() };
    check.place(record);
    check.paths(record);
    check.unknown(record);
    check.dates(record);
    check.required(record, require);
    check.findings
}

struct Check<'r> {
    place: &'r Place,
    source: &'r str,
    findings: Vec<Finding>,
}

/// A step towards a value in a record.
#[derive(Clone, Copy)]
pub(crate) enum Step {
    /// To the value of a key.
    Key(&'static str),
    /// To one of several values, counted from zero.
    Item(usize),
}

use Step::Item;
use Step::Key;

impl Check<'_> {
    fn say(&mut self, rule: Rule, at: &[Step], message: String, help: String) {
        let label = line_of(&self.place.record, self.source, at);
        self.findings.push(found(rule, message, label, help));
    }

    fn place(&mut self, record: &Record) {
        let (own, named) = (&self.place.document, &record.path);
        if own == named {
            return;
        }
        if let Err(fault) = path::check(named) {
            let message = format!("the path `{}` {fault}", named.escape_debug());
            return self.say(
                Rule::UnsafePath,
                &[Key("path")],
                message,
                format!("write `path = \"{own}\"`"),
            );
        }
        let message = format!(
            "the record describes `{named}`, but it stands where the record of `{own}` belongs"
        );
        let help = match path::record_of(named) {
            Some(right) => {
                format!(
                    "write `path = \"{own}\"`, or move the record: git mv {} {right}",
                    self.place.record
                )
            }
            None => format!("write `path = \"{own}\"`: documents lie in `corpus/`"),
        };
        self.say(Rule::RecordConflict, &[Key("path")], message, help);
    }

    fn paths(&mut self, record: &Record) {
        let warc = record.capture.as_ref().and_then(|capture| capture.warc.as_ref());
        if let Some(warc) = warc {
            self.path(&warc.path, &[Key("capture"), Key("warc"), Key("path")]);
        }
        for (index, step) in record.derived.iter().enumerate() {
            self.path(&step.from.path, &[Key("derived"), Item(index), Key("from"), Key("path")]);
        }
    }

    fn path(&mut self, named: &str, at: &[Step]) {
        if let Err(fault) = path::check(named) {
            let message = format!("the path `{}` {fault}", named.escape_debug());
            let help = "write a path from the root of the project, with `/` between folders";
            self.say(Rule::UnsafePath, at, message, help.to_owned());
        }
    }

    fn unknown(&mut self, record: &Record) {
        for (index, field) in record.unknown.iter().enumerate() {
            if record.states(*field) {
                let name = field.name();
                let message = format!("`{name}` is stated, and also named as unknown");
                let help = format!("remove \"{name}\" from `unknown`, or remove the value");
                self.say(Rule::RecordInvalid, &[Key("unknown"), Item(index)], message, help);
            }
        }
    }

    fn dates(&mut self, record: &Record) {
        let retrieved = record.capture.as_ref().and_then(|capture| capture.retrieved);
        let published = record.published;
        self.ordered(("published", published), ("modified", record.modified), &[Key("modified")]);
        let at = [Key("capture"), Key("retrieved")];
        self.ordered(("published", published), ("retrieved", retrieved), &at);
        for (index, pair) in record.history.windows(2).enumerate() {
            let (earlier, later) = (When::Moment(pair[0].at), When::Moment(pair[1].at));
            let at = [Key("history"), Item(index + 1), Key("at")];
            self.ordered(("the change before", Some(earlier)), ("this change", Some(later)), &at);
        }
    }

    fn ordered(
        &mut self,
        (first_name, first): (&str, Option<When>),
        (second_name, second): (&str, Option<When>),
        at: &[Step],
    ) {
        let (Some(first), Some(second)) = (first, second) else {
            return;
        };
        if second.is_before(first) {
            let message = format!("{second_name} ({second}) is before {first_name} ({first})");
            let help = "correct the date that is wrong".to_owned();
            self.say(Rule::DatesOutOfOrder, at, message, help);
        }
    }

    fn required(&mut self, record: &Record, require: &[Field]) {
        for field in require.iter().filter(|field| !record.states(**field)) {
            let name = field.name();
            if let Some(index) = record.unknown.iter().position(|unknown| unknown == field) {
                let message = format!("`{name}` was looked for and is not known");
                let help = format!("state `{name}` once it is established");
                self.say(Rule::MetadataUnknown, &[Key("unknown"), Item(index)], message, help);
            } else {
                let message = format!("the record does not state `{name}`");
                let help =
                    format!("state `{name}`, or add \"{name}\" to `unknown` if it was looked for");
                self.say(Rule::MetadataMissing, &[], message, help);
            }
        }
    }
}

/// The line of a value in the record at `path`; of the nearest table around it when
/// it is absent.
pub(crate) fn line_of(path: &str, source: &str, at: &[Step]) -> Label {
    let offset = DeTable::parse(source).ok().and_then(|table| offset_of(&table, at));
    find::line(path, source, offset.unwrap_or(0))
}

/// The byte offset of the value at the end of `steps`, or of the last one that exists.
fn offset_of(document: &Spanned<DeTable<'_>>, steps: &[Step]) -> Option<usize> {
    let (first, rest) = steps.split_first()?;
    let Key(name) = first else { return None };
    let (key, mut value) = document.get_ref().get_key_value(*name)?;
    let mut offset = key.span().start;
    for step in rest {
        (offset, value) = match (step, value.get_ref()) {
            (Key(name), DeValue::Table(table)) => {
                let (key, value) = table.get_key_value(*name)?;
                (key.span().start, value)
            }
            (Item(index), DeValue::Array(items)) => {
                let item = items.get(*index)?;
                (item.span().start, item)
            }
            _ => return Some(offset),
        };
    }
    Some(offset)
}
