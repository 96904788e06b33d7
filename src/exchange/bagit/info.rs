//! What a bag says of itself, `bag-info.txt`; of its elements only the size and
//! number of the payload files can be checked.
//!
//! In:  the file, and what the payload really has.
//! Out: problems, and whether the bag carries records.

use crate::exchange::bagit::RECORDS;
use crate::exchange::bagit::RFC;
use crate::exchange::bagit::Version;
use crate::exchange::bagit::tag::Tag;
use crate::exchange::bagit::verdict::Fault;
use crate::exchange::bagit::verdict::Verdict;

/// The element that states bytes and files of the payload.
const OXUM: &str = "Payload-Oxum";

/// What the payload has.
#[derive(Clone, Copy)]
pub(crate) struct Counted {
    pub(crate) bytes: u64,
    pub(crate) files: u64,
    /// Whether a file is missing that is allowed to be.
    pub(crate) excused: bool,
}

/// Reads the elements of the file at `path` and checks those that can be.
pub(crate) fn read(
    path: &str,
    tag: &Tag,
    version: Version,
    counted: Counted,
    verdict: &mut Verdict,
) {
    let mut seen = None;
    for (line, text) in tag.lines() {
        // A line that begins with a blank goes on with the value above it.
        if text.trim().is_empty() || (text.starts_with([' ', '\t']) && line > 1) {
            continue;
        }
        let Some((label, value)) = text.split_once(':') else {
            say(version, (path, line), "is not a label, a colon and a value", verdict);
            continue;
        };
        let strict = label.trim() == label && (value.is_empty() || value.starts_with([' ', '\t']));
        if !strict {
            let reason = "has blanks around its label, or none behind the colon";
            say(version, (path, line), reason, verdict);
        }
        if label.trim().eq_ignore_ascii_case(RECORDS) {
            verdict.has_records = true;
        }
        if label.trim().eq_ignore_ascii_case(OXUM) {
            if let Some(first) = seen.replace(line) {
                say(
                    version,
                    (path, line),
                    &format!("states {OXUM} again, after line {first}"),
                    verdict,
                );
            }
            check((path, line), value.trim(), counted, verdict);
        }
    }
}

/// An error by the RFC, and a warning in the drafts before it.
fn say(version: Version, (path, line): (&str, usize), reason: &str, verdict: &mut Verdict) {
    if version < RFC {
        verdict.warn(path, Some(line), reason);
    } else {
        verdict.at(Fault::Structure, (path, Some(line)), reason);
    }
}

fn check((path, line): (&str, usize), value: &str, counted: Counted, verdict: &mut Verdict) {
    let number = |text: &str| {
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| text.parse::<u64>().ok()).flatten()
    };
    let stated = value.split_once('.').map(|(bytes, files)| (number(bytes), number(files)));
    let Some((Some(bytes), Some(files))) = stated else {
        let reason = format!("{OXUM} `{value}` is not bytes, a dot and a number of files");
        verdict.at(Fault::Structure, (path, Some(line)), reason);
        return;
    };
    if (bytes, files) == (counted.bytes, counted.files) {
        return;
    }
    let reason = format!(
        "{OXUM} states {bytes} bytes in {files} files, and there are {} in {}",
        counted.bytes, counted.files
    );
    if counted.excused {
        verdict.warn(path, Some(line), reason);
    } else {
        let fault = if files == counted.files { Fault::Mismatch } else { Fault::Incomplete };
        verdict.at(fault, (path, Some(line)), reason);
    }
}
