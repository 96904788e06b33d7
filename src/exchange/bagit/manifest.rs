//! Manifests: which file has which checksum.
//!
//! In:  a payload or tag manifest, or `fetch.txt`.
//! Out: its entries, and what is wrong with its lines.

use crate::corpus::Algorithm;
use crate::exchange::bagit::FETCH;
use crate::exchange::bagit::PAYLOAD;
use crate::exchange::bagit::RFC;
use crate::exchange::bagit::Version;
use crate::exchange::bagit::name;
use crate::exchange::bagit::tag::Tag;
use crate::exchange::bagit::verdict::Fault;
use crate::exchange::bagit::verdict::Verdict;
use std::collections::BTreeMap;

/// Between the fields of a line.
const BLANKS: [char; 2] = [' ', '\t'];

/// A payload manifest or a tag manifest.
pub(crate) struct Manifest {
    /// Its own path in the bag.
    pub(crate) path: String,
    pub(crate) algorithm: Algorithm,
    /// Whether it lists tag files, not the payload.
    pub(crate) tags: bool,
    /// The entry of each path.
    pub(crate) entries: BTreeMap<String, Entry>,
}

/// What a manifest states of one file.
pub(crate) struct Entry {
    pub(crate) line: usize,
    /// Lower-case hexadecimal digits.
    pub(crate) checksum: String,
}

/// What the name of a tag file says that it is: a manifest, of the payload or of tag
/// files, and the name of its algorithm.
pub(crate) fn of_name(path: &str) -> Option<(bool, &str)> {
    let stem = path.strip_suffix(".txt")?;
    let tags = stem.strip_prefix("tagmanifest-");
    let payload = stem.strip_prefix("manifest-");
    tags.map(|name| (true, name)).or_else(|| payload.map(|name| (false, name)))
}

impl Manifest {
    /// Reads the manifest at `path`.
    pub(crate) fn read(
        (path, tags, algorithm): (&str, bool, Algorithm),
        tag: &Tag,
        version: Version,
        verdict: &mut Verdict,
    ) -> Self {
        let mut manifest =
            Self { path: path.to_owned(), algorithm, tags, entries: BTreeMap::new() };
        for (line, text) in tag.lines() {
            if text.trim_matches(BLANKS).is_empty() {
                verdict.warn(path, Some(line), "is a blank line");
                continue;
            }
            manifest.line(line, text, version, verdict);
        }
        manifest
    }

    fn line(&mut self, line: usize, text: &str, version: Version, verdict: &mut Verdict) {
        let place = (self.path.as_str(), Some(line));
        let fields = text.split_once(BLANKS);
        let (checksum, spelled) =
            fields.map_or((text, ""), |(sum, rest)| (sum, rest.trim_start_matches(BLANKS)));
        let hexadecimal = checksum.bytes().all(|byte| byte.is_ascii_hexdigit());
        if !hexadecimal || checksum.len() != self.algorithm.digits() || spelled.is_empty() {
            let (digits, name) = (self.algorithm.digits(), self.algorithm.name());
            let reason = format!("is not {digits} hexadecimal digits of {name}, blanks and a path");
            verdict.at(Fault::Structure, place, reason);
            return;
        }
        let mut spelled = spelled;
        if let Some(rest) = spelled.strip_prefix('*') {
            let reason = "has an asterisk before the path, as md5sum and its like write it; a strict check refuses the bag";
            verdict.warn(&self.path, Some(line), reason);
            spelled = rest;
        }
        let Some(path) = path_of(spelled, version, place, verdict) else { return };
        let below = path.starts_with("data/");
        if below == self.tags {
            let reason = if self.tags {
                format!("lists `{path}`, a payload file; a tag manifest lists tag files")
            } else {
                format!("lists `{path}`, which is not in `{PAYLOAD}/`")
            };
            verdict.at(Fault::Structure, place, reason);
            return;
        }
        let entry = Entry { line, checksum: checksum.to_ascii_lowercase() };
        self.enter(path, entry, version, verdict);
    }

    /// Keeps an entry; a path is listed once.
    fn enter(&mut self, path: String, entry: Entry, version: Version, verdict: &mut Verdict) {
        let place = (self.path.as_str(), Some(entry.line));
        if let Some(first) = self.entries.get(&path) {
            let first_line = first.line;
            if first.checksum != entry.checksum {
                let reason =
                    format!("lists `{path}` again, with another checksum than line {first_line}");
                verdict.at(Fault::Structure, place, reason);
            } else if version < RFC {
                verdict.warn(
                    place.0,
                    place.1,
                    format!("lists `{path}` again, as line {first_line} does"),
                );
            } else {
                let reason = format!("lists `{path}` again, as line {first_line} does");
                verdict.at(Fault::Structure, place, reason);
            }
            return;
        }
        self.entries.insert(path, entry);
    }
}

/// The paths in `fetch.txt`, with their lines.
pub(crate) fn fetched(
    tag: &Tag,
    version: Version,
    verdict: &mut Verdict,
) -> BTreeMap<String, usize> {
    let mut paths = BTreeMap::new();
    for (line, text) in tag.lines() {
        let place = (FETCH, Some(line));
        if text.trim_matches(BLANKS).is_empty() {
            verdict.warn(FETCH, Some(line), "is a blank line");
            continue;
        }
        let mut fields = text.splitn(2, BLANKS);
        let url = fields.next().unwrap_or_default();
        let rest = fields.next().unwrap_or_default().trim_start_matches(BLANKS);
        let (length, spelled) = rest.split_once(BLANKS).unwrap_or((rest, ""));
        let spelled = spelled.trim_start_matches(BLANKS);
        let counted = length == "-" || length.bytes().all(|byte| byte.is_ascii_digit());
        if !is_absolute(url) || length.is_empty() || !counted || spelled.is_empty() {
            verdict.at(Fault::Structure, place, "is not an address, a length or `-`, and a path");
            continue;
        }
        let Some(path) = path_of(spelled, version, place, verdict) else { continue };
        if !path.starts_with("data/") {
            let reason = format!("lists `{path}`, which is not in `{PAYLOAD}/`");
            verdict.at(Fault::Structure, place, reason);
            continue;
        }
        if paths.insert(path.clone(), line).is_some() {
            verdict.warn(FETCH, Some(line), format!("lists `{path}` again"));
        }
    }
    paths
}

/// Whether `url` begins with a scheme.
fn is_absolute(url: &str) -> bool {
    let Some((scheme, rest)) = url.split_once(':') else { return false };
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte);
    scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.bytes().all(letter)
        && !rest.is_empty()
}

/// The path that a line spells; nothing when it must not be opened.
fn path_of(
    spelled: &str,
    version: Version,
    place: (&str, Option<usize>),
    verdict: &mut Verdict,
) -> Option<String> {
    let bare = spelled.strip_prefix("./");
    if bare.is_some() {
        verdict.warn(place.0, place.1, format!("begins the path `{spelled}` with `./`"));
    }
    let path = name::decode(bare.unwrap_or(spelled), version);
    if let Some(danger) = name::danger(&path) {
        verdict.at(Fault::Unsafe, place, format!("the path `{path}` {danger}"));
        return None;
    }
    Some(path)
}
