//! Merging records: by field, and the history of both sides kept.
//!
//! A field that only one side changed is theirs; the entries of both histories are
//! kept in the order of their moments. What both sides changed differently is left to
//! people, between git's own marks.
//!
//! In:  the text of a record in three states: before, ours, theirs.
//! Out: [`Merged`].
//! Not here: finding the states, which git does.

use crate::corpus::Error;
use crate::corpus::Refusal;
use crate::corpus::canonical::canonical;
use crate::corpus::comments::Comments;
use crate::corpus::history;
use crate::corpus::problems;
use crate::corpus::record::Change;
use crate::corpus::record::Record;

/// What became of two states of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged {
    /// The text of the record.
    pub text: String,
    /// Whether marks of a conflict stand in it.
    pub conflict: bool,
}

/// Merges `ours` and `theirs`, which both come from `base`.
///
/// # Errors
/// When this build has no git, whose merge of lines does the rest.
pub fn merge_records(base: &str, ours: &str, theirs: &str) -> Result<Merged, Error> {
    let read = |text: &str| problems::read(text).ok();
    let sides = (read(base), read(ours), read(theirs));
    let (Some(base_record), Some(our_record), Some(their_record)) = sides else {
        // What is no record is merged as any other text.
        return lines(base, ours, theirs);
    };
    let history = history_of(&base_record, &our_record, &their_record);
    let mut pair = (our_record, their_record);
    fields(&base_record, &mut pair);
    pair.0.history.clone_from(&history);
    pair.1.history = history;
    let comments = settled(Comments::of(base), Comments::of(ours), Comments::of(theirs));
    let (ours, theirs) = (canonical(&pair.0, &comments[1]), canonical(&pair.1, &comments[2]));
    let base = canonical(&base_record, &comments[0]);
    let merged = lines(&base, &ours, &theirs)?;
    // Lines that git merged must still say what the fields say.
    let sound = pair.0 == pair.1 && problems::read(&merged.text).as_ref() == Ok(&pair.0);
    Ok(Merged { conflict: merged.conflict || !sound, text: merged.text })
}

fn lines(base: &str, ours: &str, theirs: &str) -> Result<Merged, Error> {
    let (text, clean) = history::merge(base, ours, theirs).ok_or(Refusal::NotBuilt)?;
    Ok(Merged { text, conflict: !clean })
}

/// Gives both sides each field that only one of them changed.
fn fields(base: &Record, (ours, theirs): &mut (Record, Record)) {
    macro_rules! settle {
        ($($field:ident),*) => {
            $(if ours.$field == base.$field {
                ours.$field.clone_from(&theirs.$field);
            } else if theirs.$field == base.$field {
                theirs.$field.clone_from(&ours.$field);
            })*
        };
    }
    settle!(schema, id, path, kind, title, outlet, author, url, published, modified, language);
    settle!(licence, rights, digital_source_type, unknown, claims_from, hash, capture, derived);
    settle!(retired, evidence, extra);
}

/// The comments of all three states; those that only one side changed for both sides.
fn settled(base: Comments, ours: Comments, theirs: Comments) -> [Comments; 3] {
    if ours == base {
        [base, theirs.clone(), theirs]
    } else if theirs == base {
        [base, ours.clone(), ours]
    } else {
        [base, ours, theirs]
    }
}

/// Every entry of both histories, those before the parting first.
fn history_of(base: &Record, ours: &Record, theirs: &Record) -> Vec<Change> {
    let known = base.history.len();
    let mut later: Vec<Change> = ours.history.iter().skip(known).cloned().collect();
    for change in theirs.history.iter().skip(known) {
        if !later.contains(change) {
            later.push(change.clone());
        }
    }
    later.sort_by_key(|change| change.at.timestamp);
    base.history.iter().cloned().chain(later).collect()
}
