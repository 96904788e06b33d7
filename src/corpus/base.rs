//! Base: whether the records still hold what an earlier commit recorded.
//!
//! A document and its record edited together agree with each other; only the
//! earlier record tells. So the history in a record is append-only: that of the
//! base must be the beginning of that of now, a hash changes only with a new entry
//! that names the old one, and a record leaves only by becoming a tombstone. The
//! idea is that of a consistency proof (RFC 6962, section 2.1.2), with git as log.
//!
//! A record is followed by its id, wherever it has moved.
//!
//! In:  the base, and the records of now.
//! Out: findings, and [`Compared`].
//! Not here: whether documents agree with the records of now (`verify`).

use crate::corpus::check;
use crate::corpus::check::Step;
use crate::corpus::diagnose;
use crate::corpus::find::found;
use crate::corpus::history::Blobs;
use crate::corpus::history::Item;
use crate::corpus::history::Snapshot;
use crate::corpus::open::Fault;
use crate::corpus::path;
use crate::corpus::problems;
use crate::corpus::record::Change;
use crate::corpus::record::Hash;
use crate::corpus::record::Record;
use crate::corpus::scan::Entry;
use crate::corpus::scan::RECORD_BYTES_MAX;
use crate::corpus::source::Access;
use crate::corpus::source::Source;
use crate::corpus::walk::Kind;
use crate::corpus::walk::Place;
use crate::finding::Finding;
use crate::finding::Label;
use crate::finding::Rule;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::collections::HashMap;

/// What records were compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    /// The revision as it was asked for, and the commit that it names.
    pub base: String,
    /// Records in that commit.
    pub records: u64,
    /// Those of them that are no longer the same bytes at the same place.
    pub changed: u64,
}

/// Compares the records of `base` with `entries`, which were read from `source`.
pub(crate) fn compare(
    base: &Snapshot,
    source: Source<'_>,
    entries: &[Entry],
    findings: &mut Vec<Finding>,
) -> Compared {
    let now: HashMap<&str, &Entry> =
        entries.iter().map(|entry| (entry.place.record.as_str(), entry)).collect();
    let earlier: Vec<&Item> = base.items().iter().filter(|item| is_record(item)).collect();
    let same = |item: &&&Item| {
        now.get(item.path.as_str()).is_some_and(|entry| entry.blob == Some(item.blob))
    };
    let changed: Vec<&Item> = earlier.iter().filter(|item| !same(item)).copied().collect();
    let title = base.title();
    let later = Later { now, by_id: by_id(entries, changed.is_empty()), base: &title };
    let desk = || Desk { earlier: base.blobs(), later: source.access() };
    let told = changed.par_iter().map_init(desk, |desk, item| later.compare(desk, &item.path));
    findings.extend(told.collect::<Vec<_>>().into_iter().flatten());
    Compared {
        base: base.described(),
        records: earlier.len() as u64,
        changed: changed.len() as u64,
    }
}

/// Whether a check would read this file as a record.
fn is_record(item: &Item) -> bool {
    let hidden = item.path.split('/').any(|name| name.starts_with('.'));
    item.kind == Kind::File && !hidden && path::document_of(&item.path).is_some()
}

/// The records that can be read, by their ids.
fn by_id(entries: &[Entry], unwanted: bool) -> BTreeMap<&str, Vec<&Entry>> {
    let mut by_id: BTreeMap<&str, Vec<&Entry>> = BTreeMap::new();
    let stated = entries.iter().filter_map(|entry| Some((entry, entry.state.as_ref()?)));
    for (entry, state) in stated.filter(|_| !unwanted) {
        by_id.entry(&state.id).or_default().push(entry);
    }
    by_id
}

/// What one thread reads with.
struct Desk<'d> {
    earlier: Blobs<'d>,
    later: Access<'d>,
}

/// The records of now.
struct Later<'l> {
    now: HashMap<&'l str, &'l Entry>,
    by_id: BTreeMap<&'l str, Vec<&'l Entry>>,
    base: &'l str,
}

/// One record, then and now.
struct Pair<'p> {
    base: &'p str,
    /// Where the record lies now, and how it is spelled.
    now: &'p Place,
    source: &'p str,
    earlier: &'p Record,
    later: &'p Record,
}

impl Later<'_> {
    /// What became of the record that lay at `place` in the base.
    fn compare(&self, desk: &mut Desk<'_>, place: &str) -> Vec<Finding> {
        let earlier = match earlier(&mut desk.earlier, place) {
            Ok(earlier) => earlier,
            Err(why) => return vec![self.unread(place, &why)],
        };
        let here = self.now.get(place).copied();
        let same_id = self.by_id.get(earlier.id.as_str()).map_or(&[][..], Vec::as_slice);
        let entry = here
            .filter(|here| same_id.iter().any(|entry| entry.place == here.place))
            .or(same_id.first().copied());
        let Some(entry) = entry else {
            // What cannot be read is told already, and may be this very record.
            let unread = here.is_some_and(|here| here.state.is_none());
            return if unread { Vec::new() } else { vec![self.gone(place, &earlier, here)] };
        };
        let Some((source, later)) = later(&mut desk.later, &entry.place.record) else {
            return vec![moving(&entry.place.record)];
        };
        let (base, now) = (self.base, &entry.place);
        let pair = Pair { base, now, source: &source, earlier: &earlier, later: &later };
        let mut findings = Vec::new();
        findings.extend(pair.rewritten());
        let before = path::document_of(place).unwrap_or_default();
        findings
            .extend(pair.replaced().map(|finding| shown(finding, desk, (&before, &now.document))));
        findings
    }

    fn unread(&self, place: &str, why: &str) -> Finding {
        let message = format!("`{place}` cannot be read as a record in {}: {why}", self.base);
        let label = Label::file(place, "its history was not compared");
        let help = "compare with a commit in which it can be read: --base REV";
        found(Rule::Unstable, message, label, help)
    }

    fn gone(&self, place: &str, earlier: &Record, here: Option<&Entry>) -> Finding {
        let document = path::document_of(place).unwrap_or_default();
        let message = format!("the record of `{document}` is gone, and no tombstone says why");
        let revision = self.base;
        let help = format!(
            "restore it: git checkout {revision} -- {place}; if the document is withdrawn: \
             provenance retire {document} --reason WHY"
        );
        let label = Label::file(place, format!("in {}", self.base));
        let mut finding = found(Rule::RemovedWithoutTombstone, message, label, help);
        let hash = &earlier.hash;
        finding.notes.push(format!("it had the id `{}`", earlier.id));
        finding.notes.push(format!(
            "recorded sha256 {}, {}",
            hash.sha256.short(),
            diagnose::size(hash.bytes)
        ));
        if let Some(state) = here.and_then(|here| here.state.as_ref()) {
            finding.notes.push(format!("in its place is a record with the id `{}`", state.id));
        }
        finding
    }
}

impl Pair<'_> {
    /// An entry of the history, or the tombstone, that is no longer as it was.
    fn rewritten(&self) -> Option<Finding> {
        let (old, new) = (&self.earlier.history, &self.later.history);
        let kept = old.iter().zip(new).take_while(|(old, new)| old == new).count();
        if kept == old.len() {
            return self.raised();
        }
        let verb = match new.get(kept) {
            None => "was removed",
            Some(_) if new.contains(&old[kept]) => "was moved",
            Some(found) if old[kept + 1..].contains(found) => "was removed",
            Some(_) => "was changed",
        };
        let document = &self.now.document;
        let message =
            format!("the history of `{document}` was rewritten: entry {} {verb}", kept + 1);
        let mut finding = self.found(
            Rule::HistoryRewritten,
            message,
            &[Step::Key("history"), Step::Item(kept.min(new.len().saturating_sub(1)))],
        );
        finding.notes.push(format!("in {}: {}", self.base, told(&old[kept])));
        finding.notes.push(match new.get(kept) {
            Some(change) => format!("now: {}", told(change)),
            None => format!("now: {} of {} entries", new.len(), old.len()),
        });
        Some(finding)
    }

    /// A tombstone that was taken away or reads otherwise.
    fn raised(&self) -> Option<Finding> {
        let old = self.earlier.retired.as_ref()?;
        let new = self.later.retired.as_ref();
        if new == Some(old) {
            return None;
        }
        let verb = if new.is_some() { "was changed" } else { "was removed" };
        let message = format!("the tombstone of `{}` {verb}", self.now.document);
        let mut finding = self.found(Rule::HistoryRewritten, message, &[Step::Key("retired")]);
        finding.notes.push(format!("in {}: retired {}, {}", self.base, old.at, old.reason));
        finding.notes.extend(new.map(|new| format!("now: retired {}, {}", new.at, new.reason)));
        Some(finding)
    }

    /// A hash that is another one, without an entry that names the old one.
    fn replaced(&self) -> Option<Finding> {
        let (old, new) = (&self.earlier.hash, &self.later.hash);
        let names =
            |change: &Change| change.was.0 == old.sha256 && !self.earlier.history.contains(change);
        if old.sha256 == new.sha256 || self.later.history.iter().any(names) {
            return None;
        }
        let message = format!(
            "the recorded hash of `{}` was replaced, and no new entry of its history says why",
            self.now.document
        );
        let at = [Step::Key("hash"), Step::Key("sha256")];
        let mut finding = self.found(Rule::HashReplaced, message, &at);
        let base = self.base;
        let note = |when: &str, hash: &Hash| {
            format!("{when}: sha256 {}, {}", hash.sha256.short(), diagnose::size(hash.bytes))
        };
        finding.notes.push(note(&format!("in {base}"), old));
        finding.notes.push(note("now", new));
        Some(finding)
    }

    fn found(&self, rule: Rule, message: String, at: &[Step]) -> Finding {
        let Place { document, record } = self.now;
        let label = check::line_of(record, self.source, at);
        let restore = format!("restore the record: git checkout {} -- {record}", self.base);
        let help = match rule {
            Rule::HashReplaced => format!(
                "{restore}; then restore the document as well, or say why it changed: \
                 provenance add {document} --replace REASON"
            ),
            _ => format!("{restore}; new entries go behind the old ones"),
        };
        found(rule, message, label, help)
    }
}

/// The finding with what differs between the documents, where git has the old one.
fn shown(mut finding: Finding, desk: &mut Desk<'_>, (before, now): (&str, &str)) -> Finding {
    let old = desk.earlier.read(before).map(<[u8]>::to_vec);
    let new = diagnose::bytes(&mut desk.later, now);
    if let (Ok(old), Some((new, _))) = (old, new) {
        finding.notes.extend(diagnose::differences(&old, &new));
    }
    finding
}

fn moving(record: &str) -> Finding {
    let message = format!("`{record}` changed while it was compared");
    let help = "wait until nothing writes to it, then run again";
    found(Rule::Unstable, message, Label::file(record, "its history was not compared"), help)
}

/// The record at `place` in the base, or why it cannot be read.
fn earlier(blobs: &mut Blobs<'_>, place: &str) -> Result<Record, String> {
    let bytes = match blobs.read(place) {
        Ok(bytes) if bytes.len() as u64 > RECORD_BYTES_MAX => {
            return Err("it is over 1 MiB".to_owned());
        }
        Ok(bytes) => bytes,
        Err(Fault::Git(why)) => return Err(why),
        Err(_) => return Err("git did not give it".to_owned()),
    };
    let source = str::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned())?;
    let first = |problems: Vec<problems::Problem>| {
        problems.into_iter().next().map_or_else(String::new, |problem| problem.message)
    };
    problems::read(source).map_err(first)
}

/// The record of now at `place`, which was read before without fault.
fn later(access: &mut Access<'_>, place: &str) -> Option<(String, Record)> {
    let bytes = access.small(place, RECORD_BYTES_MAX).ok()??;
    let source = str::from_utf8(bytes).ok()?.to_owned();
    let record = problems::read(&source).ok()?;
    Some((source, record))
}

/// An entry of a history on one line.
fn told(change: &Change) -> String {
    let Change { at, was, by, reason } = change;
    let by = by.as_ref().map_or_else(String::new, |by| format!(", by {by}"));
    format!("{at}, was {}, {reason}{by}", was.0.short())
}
