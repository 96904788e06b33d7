//! The declaration, `bagit.txt`: the version and the encoding of all other tag files.
//!
//! In:  its bytes.
//! Out: [`Declaration`], and what is wrong with it.

use crate::exchange::bagit::DECLARATION;
use crate::exchange::bagit::RFC;
use crate::exchange::bagit::Version;
use crate::exchange::bagit::tag::Tag;
use crate::exchange::bagit::verdict::Fault;
use crate::exchange::bagit::verdict::Verdict;
use encoding_rs::Encoding;
use encoding_rs::UTF_8;

/// The drafts that were implemented, and the RFC.
const VERSIONS: [Version; 6] = [(0, 93), (0, 94), (0, 95), (0, 96), (0, 97), RFC];

/// The labels, in their order.
const LABELS: [&str; 2] = ["BagIt-Version", "Tag-File-Character-Encoding"];

/// What a bag declares.
pub(crate) struct Declaration {
    pub(crate) version: Version,
    pub(crate) encoding: &'static Encoding,
}

/// Reads `bagit.txt`. Nothing when it does not say how to read the rest.
pub(crate) fn read(bytes: &[u8], verdict: &mut Verdict) -> Option<Declaration> {
    let Some(tag) = Tag::read(bytes, UTF_8) else {
        verdict.problem(Fault::Structure, DECLARATION, "is not UTF-8");
        return None;
    };
    if tag.marked {
        let reason = "begins with a byte order mark, which must not be there";
        verdict.problem(Fault::Structure, DECLARATION, reason);
    }
    let lines: Vec<&str> = tag.lines().map(|(_, line)| line).collect();
    let blank = lines.iter().rev().take_while(|line| line.trim().is_empty()).count();
    let lines = &lines[..lines.len() - blank];
    if blank > 0 {
        verdict.warn(DECLARATION, Some(lines.len() + 1), "has blank lines at its end");
    }
    let values: Vec<Option<&str>> = (0..2)
        .map(|index| value(lines.get(index).copied().unwrap_or_default(), LABELS[index]))
        .collect();
    let version = match values[0].map(parse) {
        None => {
            missing(0, verdict);
            None
        }
        Some(None) => {
            let reason = format!(
                "`{}` is not a version: two numbers with a dot between them",
                values[0].unwrap_or_default()
            );
            verdict.at(Fault::Structure, (DECLARATION, Some(1)), reason);
            None
        }
        Some(known) => known,
    };
    if lines.len() > 2 {
        verdict.at(Fault::Structure, (DECLARATION, Some(3)), "has more than two lines");
    }
    let encoding = encoding(values[1], verdict);
    let version = known(version?, verdict)?;
    form(version, lines, verdict);
    Some(Declaration { version, encoding: encoding? })
}

/// The value behind `label`, blanks around it dropped.
fn value<'t>(line: &'t str, label: &str) -> Option<&'t str> {
    let (name, value) = line.split_once(':')?;
    (name.trim() == label).then(|| value.trim())
}

fn parse(text: &str) -> Option<Version> {
    let (major, minor) = text.split_once('.')?;
    let number = |digits: &str| {
        let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| digits.parse().ok()).flatten()
    };
    Some((number(major)?, number(minor)?))
}

fn known(version: Version, verdict: &mut Verdict) -> Option<Version> {
    verdict.version = format!("{}.{}", version.0, version.1);
    if VERSIONS.contains(&version) {
        return Some(version);
    }
    let reason = format!("declares version {}; known are 0.93 to 0.97 and 1.0", verdict.version);
    verdict.at(Fault::Structure, (DECLARATION, Some(1)), reason);
    None
}

fn encoding(label: Option<&str>, verdict: &mut Verdict) -> Option<&'static Encoding> {
    let Some(label) = label else {
        missing(1, verdict);
        return None;
    };
    let encoding = Encoding::for_label_no_replacement(label.as_bytes());
    if encoding.is_none() {
        let reason = format!("declares the encoding `{label}`, which this program cannot read");
        verdict.at(Fault::Structure, (DECLARATION, Some(2)), reason);
    }
    encoding
}

/// Says that the label of one line is not there.
fn missing(index: usize, verdict: &mut Verdict) {
    let reason = format!("line {} must be `{}: …`", index + 1, LABELS[index]);
    verdict.at(Fault::Structure, (DECLARATION, Some(index + 1)), reason);
}

/// One blank behind the colon, and none elsewhere; the drafts left that open.
fn form(version: Version, lines: &[&str], verdict: &mut Verdict) {
    for (index, line) in lines.iter().take(2).enumerate() {
        let strict = line.strip_prefix(LABELS[index]).and_then(|rest| rest.strip_prefix(": "));
        if strict.is_some_and(|value| value.trim() == value) {
            continue;
        }
        let reason = "has blanks where there must be none, or not one blank behind the colon";
        if version < RFC {
            verdict.warn(DECLARATION, Some(index + 1), reason);
        } else {
            verdict.at(Fault::Structure, (DECLARATION, Some(index + 1)), reason);
        }
    }
}
