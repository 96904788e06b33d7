//! Pairing: which record speaks of which file.
//!
//! A record speaks of the file whose place it mirrors. Only when there is no such
//! file does it speak of the one that it names. A file that nobody speaks of and
//! that has the bytes of a missing one is that one, moved.
//!
//! In:  the files and the records, both in byte order.
//! Out: [`Pairs`], and later who is missing, moved or unrecorded.
//! Not here: reading the files (`judge`).

use crate::corpus::digest::Digest;
use crate::corpus::find::found;
use crate::corpus::judge::Fate;
use crate::corpus::judge::Judged;
use crate::corpus::path;
use crate::corpus::scan::Entry;
use crate::corpus::scan::Stated;
use crate::finding::Finding;
use crate::finding::Label;
use crate::finding::Rule;
use std::collections::BTreeMap;
use std::collections::VecDeque;

/// Files and records, joined by their positions.
#[derive(Debug)]
pub(crate) struct Pairs {
    /// For each file the record that speaks of it.
    pub(crate) entry_of: Vec<Option<usize>>,
    /// For each record the file that it speaks of.
    pub(crate) document_of: Vec<Option<usize>>,
}

/// What becomes of a record without a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Alone {
    /// The file is not there.
    Missing,
    /// Its bytes lie under another path.
    Moved,
    /// The file is gone, as it should be.
    Retired,
    /// The record cannot be read.
    Invalid,
    /// The file was not opened.
    Blocked,
    /// The file has a record of its own.
    Conflicting,
}

impl Pairs {
    /// Joins `documents` and `entries`.
    pub(crate) fn new(documents: &[String], entries: &[Entry]) -> Self {
        let entry_of = vec![None; documents.len()];
        let mut pairs = Self { entry_of, document_of: vec![None; entries.len()] };
        let mut document = 0;
        for (index, entry) in entries.iter().enumerate() {
            while documents.get(document).is_some_and(|path| *path < entry.place.document) {
                document += 1;
            }
            if documents.get(document) == Some(&entry.place.document) {
                pairs.join(document, index);
            }
        }
        for (index, entry) in entries.iter().enumerate() {
            let named = entry.elsewhere().and_then(|path| position(documents, path));
            match named {
                Some(document) if pairs.is_free(document, index) => pairs.join(document, index),
                _ => {}
            }
        }
        pairs
    }

    /// The recorded size of every file that has a record, summed.
    pub(crate) fn bytes(&self, entries: &[Entry]) -> u64 {
        let stated = |index: &usize| entries[*index].state.as_ref().map_or(0, |state| state.bytes);
        self.entry_of.iter().flatten().map(stated).fold(0, u64::saturating_add)
    }

    /// Whether some record that is not retired has no file.
    pub(crate) fn some_missing(&self, entries: &[Entry]) -> bool {
        let lost = |(entry, document): (&Entry, &Option<usize>)| {
            document.is_none() && entry.state.as_ref().is_some_and(|state| !state.retired)
        };
        entries.iter().zip(&self.document_of).any(lost)
    }

    fn join(&mut self, document: usize, entry: usize) {
        self.entry_of[document] = Some(entry);
        self.document_of[entry] = Some(document);
    }

    fn is_free(&self, document: usize, entry: usize) -> bool {
        self.entry_of[document].is_none() && self.document_of[entry].is_none()
    }
}

/// Says what became of the records without a file, and of the files without a
/// record: moved ones are told once, as moved.
pub(crate) fn settle(
    files: &Files<'_>,
    entries: &[Entry],
    pairs: &Pairs,
    judged: &mut [Judged],
    findings: &mut Vec<Finding>,
) -> Vec<Alone> {
    let mut strays = strays(judged);
    let mut alone = Vec::new();
    for (entry, _) in entries.iter().zip(&pairs.document_of).filter(|(_, file)| file.is_none()) {
        let stray = entry.wanted().and_then(|state| strays.get_mut(&state.digest)?.pop_front());
        let fate = match stray {
            Some(index) => {
                judged[index].fate = Fate::Moved;
                findings.push(moved(entry, &files.documents[index]));
                Alone::Moved
            }
            None => lost(files, entry, findings),
        };
        alone.push(fate);
    }
    for (document, judged) in files.documents.iter().zip(judged) {
        if judged.fate == Fate::Unrecorded {
            findings.push(unrecorded(document));
        }
    }
    alone
}

/// The files that the walk saw.
#[derive(Clone, Copy)]
pub(crate) struct Files<'w> {
    /// Those that may be opened.
    pub(crate) documents: &'w [String],
    /// Those that may not.
    pub(crate) refused: &'w [String],
}

impl Entry {
    /// What it states, when its file should be there.
    fn wanted(&self) -> Option<&Stated> {
        self.state.as_ref().filter(|state| !state.retired)
    }

    /// The file that it names, when that is not the one whose place it mirrors.
    fn elsewhere(&self) -> Option<&str> {
        self.wanted()?.elsewhere.as_deref()
    }
}

fn strays(judged: &[Judged]) -> BTreeMap<Digest, VecDeque<usize>> {
    let mut strays: BTreeMap<_, VecDeque<_>> = BTreeMap::new();
    for (index, judged) in judged.iter().enumerate() {
        match &judged.content {
            Some(content) if judged.fate == Fate::Unrecorded => {
                strays.entry(content.digest).or_default().push_back(index);
            }
            _ => {}
        }
    }
    strays
}

fn lost(files: &Files<'_>, entry: &Entry, findings: &mut Vec<Finding>) -> Alone {
    let Some(state) = &entry.state else {
        return Alone::Invalid;
    };
    if state.retired {
        return Alone::Retired;
    }
    let named = state.elsewhere.as_deref().unwrap_or(&entry.place.document);
    if position(files.refused, named).is_some() {
        return Alone::Blocked;
    }
    if position(files.documents, named).is_some() {
        return Alone::Conflicting;
    }
    findings.push(missing(entry, state));
    Alone::Missing
}

fn missing(entry: &Entry, state: &Stated) -> Finding {
    let Entry { place, .. } = entry;
    let message =
        format!("`{}` describes `{}`, but there is no such file", place.record, place.document);
    let help = format!(
        "restore the file: git checkout -- {document}; or retire it: provenance retire {document}",
        document = place.document
    );
    let mut finding =
        found(Rule::Missing, message, Label::file(&*place.record, "no file for this record"), help);
    finding.notes.push(format!("recorded sha256 {}, {} bytes", state.digest.short(), state.bytes));
    finding
}

fn moved(entry: &Entry, document: &str) -> Finding {
    let (old, old_record) = (&entry.place.document, &entry.place.record);
    let new_record = path::record_of(document).unwrap_or_default();
    let message = format!("`{old}` is not there, and `{document}` has its bytes");
    let help = format!(
        "to keep the new place: git mv {old_record} {new_record} and write `path = \"{document}\"` in it; \
         to undo it: git mv {document} {old}"
    );
    let mut finding = found(Rule::Moved, message, Label::file(document, "no record here"), help);
    finding.labels.push(Label::file(&**old_record, "the record of these bytes"));
    finding
}

fn unrecorded(document: &str) -> Finding {
    let message = format!("`{document}` has no record");
    let help = format!(
        "record it: provenance add {document}; or, if it is no document, name it under `exclude` in provenance.toml"
    );
    found(Rule::Unrecorded, message, Label::file(document, "nobody vouches for these bytes"), help)
}

fn position(sorted: &[String], path: &str) -> Option<usize> {
    sorted.binary_search_by(|known| known.as_str().cmp(path)).ok()
}
