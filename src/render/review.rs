//! Reviews in words: what every form for people says of a change, in the same words.
//!
//! In:  documents and wordings of a [`Review`](crate::review::Review).
//! Out: sentences and clauses, not yet sanitised.
//! Not here: how they are laid out (`terminal`, `markdown`, `item`).

use crate::corpus::Body;
use crate::corpus::Version;
use crate::corpus::record::Text;
use crate::review::Explanation;
use crate::review::Reviewed;
use crate::review::Status;
use crate::review::Wording;

/// Characters of changed words that a line names; all of them stand below it.
const NAMED_CHARS_MAX: usize = 80;

/// Hexadecimal digits of a hash that a line shows.
const HASH_DIGITS: usize = 12;

/// `1 document`, `2 documents`.
pub(crate) fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// What happened to a document.
pub(crate) fn statuses(document: &Reviewed) -> String {
    document.statuses.iter().map(|status| status.name()).collect::<Vec<_>>().join(" and ")
}

/// The outlet and the day of a document.
pub(crate) fn caption(version: &Version) -> String {
    let Some(record) = &version.record else { return String::new() };
    let outlet = record.outlet.as_ref().map(Text::as_str).map(str::to_owned);
    let day = record.published.map(|when| when.day().to_string());
    [outlet, day].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// What is told of a document before its text, a line each.
pub(crate) fn facts(document: &Reviewed) -> Vec<String> {
    let mut lines = Vec::new();
    let changed = document.changed;
    if let (true, Some(earlier)) = (document.statuses.contains(&Status::Moved), &changed.earlier) {
        lines.push(format!("was {}", earlier.path));
    }
    lines.extend(hashes(document));
    let retired = changed.later.as_ref().and_then(|later| later.record.as_ref()?.retired.as_ref());
    if let Some(retired) = retired.filter(|_| document.statuses.contains(&Status::Retired)) {
        let by = retired.by.as_ref().map_or_else(String::new, |by| format!(", by {by}"));
        lines.push(format!("retired {}: {}{by}", retired.at, retired.reason));
    }
    for (version, when) in [(&changed.earlier, "was"), (&changed.later, "is")] {
        let Some(version) = version else { continue };
        let fault = version.fault.iter();
        lines.extend(fault.map(|fault| format!("its record {when} not readable: {fault}")));
        match &version.body {
            Body::Bytes { why, .. } => lines.push(format!("text not compared: it {why}")),
            Body::Irregular(what) => lines.push(format!("not compared: it {when} {what}")),
            Body::Absent | Body::Text { .. } => {}
        }
    }
    for fact in &document.facts {
        let (earlier, later) = (fact.earlier.join("; "), fact.later.join("; "));
        lines.push(match (fact.earlier.is_empty(), fact.later.is_empty()) {
            (true, _) => format!("{}: “{later}” added", fact.key),
            (_, true) => format!("{}: “{earlier}” removed", fact.key),
            _ => format!("{}: “{earlier}” is now “{later}”", fact.key),
        });
    }
    lines.extend(document.fold.map(|fold| fold.name().to_owned()));
    lines
}

/// The old and new hash, and whether the record says why they differ.
fn hashes(document: &Reviewed) -> Option<String> {
    let digest = |version: &Option<Version>| {
        let digest = version.as_ref()?.body.digest()?.to_string();
        Some(digest[..HASH_DIGITS].to_owned())
    };
    let (was, is) = (digest(&document.changed.earlier), digest(&document.changed.later));
    let hashes = match (was, is) {
        (Some(was), Some(is)) if was != is => format!("sha256 {was} -> {is}"),
        (None, Some(is)) => format!("sha256 {is}"),
        (Some(was), None) => format!("sha256 {was} is gone"),
        _ => return None,
    };
    let why = match document.explanation {
        Explanation::NotNeeded => String::new(),
        Explanation::History(entry) => {
            let by = entry.by.as_ref().map_or_else(String::new, |by| format!(", by {by}"));
            format!(", {}: {}{by}", entry.at, entry.reason)
        }
        Explanation::Missing => ", and no new entry of its history says why".to_owned(),
        Explanation::Stale => ", and its record names other bytes".to_owned(),
        Explanation::Unrecorded => ", and no record names these bytes".to_owned(),
    };
    Some(hashes + &why)
}

/// What a wording was and is, in a line.
pub(crate) fn words(wording: &Wording, old: &str, new: &str) -> String {
    let was = named(&old[wording.earlier.range()]);
    let is = named(&new[wording.later.range()]);
    let certainty = wording
        .certainty
        .map_or_else(String::new, |(was, is)| format!(" ({} -> {})", was.name(), is.name()));
    match (was.is_empty(), is.is_empty()) {
        (true, _) => format!("“{is}” added{certainty}"),
        (_, true) => format!("“{was}” omitted{certainty}"),
        _ => format!("“{was}” is now “{is}”{certainty}"),
    }
}

/// Words on one line, without the quotation marks around them, and without their
/// middle when they are many.
pub(crate) fn named(text: &str) -> String {
    let text = text.trim_start_matches(['“', '"']).trim_end_matches(['”', '"']);
    let words: Vec<&str> = text.split_whitespace().collect();
    let chars = |words: &[&str]| words.iter().map(|word| word.chars().count() + 1).sum::<usize>();
    if chars(&words) <= NAMED_CHARS_MAX {
        return words.join(" ");
    }
    let fits = |count: &usize| chars(&words[..*count]) <= NAMED_CHARS_MAX * 2 / 3;
    let head = (0..words.len()).take_while(fits).last().unwrap_or(0);
    let fits = |start: &usize| chars(&words[*start..]) <= NAMED_CHARS_MAX / 3;
    let tail = (head..words.len()).find(fits).unwrap_or(words.len());
    format!("{} … {}", words[..head].join(" "), words[tail..].join(" "))
}
