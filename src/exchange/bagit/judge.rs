//! Judging: is this folder a bag, complete and valid?
//!
//! Every problem is found in one pass; nothing stops at the first. A file that is
//! listed under a name that differs only in Unicode's form is taken for the same, as
//! RFC 8493 asks (section 6.1.4); in the drafts, where bags from systems without
//! letter case are common, letter case is forgiven too. Both are warnings.
//!
//! In:  a [`Tree`].
//! Out: a [`Verdict`].

use crate::corpus::Algorithm;
use crate::corpus::Checksums;
use crate::corpus::Error;
use crate::corpus::Kind;
use crate::corpus::Tree;
use crate::exchange::bagit::DECLARATION;
use crate::exchange::bagit::FETCH;
use crate::exchange::bagit::INFO;
use crate::exchange::bagit::PAYLOAD;
use crate::exchange::bagit::RFC;
use crate::exchange::bagit::declaration;
use crate::exchange::bagit::declaration::Declaration;
use crate::exchange::bagit::info;
use crate::exchange::bagit::info::Counted;
use crate::exchange::bagit::manifest;
use crate::exchange::bagit::manifest::Manifest;
use crate::exchange::bagit::name;
use crate::exchange::bagit::tag::Tag;
use crate::exchange::bagit::verdict::Fault;
use crate::exchange::bagit::verdict::Payload;
use crate::exchange::bagit::verdict::Verdict;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization;

/// A manifest of a million files is some 100 MB.
const TAG_BYTES_MAX: u64 = 256 * 1024 * 1024;

/// Checks everything in `tree`.
///
/// # Errors
/// When a part of it cannot be read: then nothing is known.
pub fn judge(tree: &Tree) -> Result<Verdict, Error> {
    let mut verdict = Verdict::default();
    for (path, kind) in tree.entries() {
        if let Kind::Refused(what) = kind {
            verdict.problem(Fault::Unsafe, path, format!("is {what}, and was not opened"));
        }
    }
    if tree.kind(PAYLOAD) != Some(Kind::Folder) {
        verdict.problem(Fault::Structure, PAYLOAD, "is not there, or is no folder");
    }
    if !matches!(tree.kind(DECLARATION), Some(Kind::File(_))) {
        verdict.problem(Fault::Structure, DECLARATION, "is not there");
        return Ok(verdict);
    }
    let bytes = tree.small(DECLARATION, TAG_BYTES_MAX)?;
    if let Some(declared) = declaration::read(&bytes, &mut verdict) {
        let mut bag = Bag { tree, declared, names: Names::of(tree), excused: false };
        bag.judge(&mut verdict)?;
    }
    verdict.problems.sort();
    verdict.problems.dedup();
    verdict.warnings.sort();
    verdict.warnings.dedup();
    Ok(verdict)
}

/// A folder that declares itself a bag.
struct Bag<'t> {
    tree: &'t Tree,
    declared: Declaration,
    names: Names<'t>,
    /// Whether a file is missing that is allowed to be.
    excused: bool,
}

impl Bag<'_> {
    fn judge(&mut self, verdict: &mut Verdict) -> Result<(), Error> {
        let manifests = self.manifests(verdict)?;
        let fetched = match self.tag(FETCH, verdict)? {
            Some(tag) => manifest::fetched(&tag, self.declared.version, verdict),
            None => BTreeMap::new(),
        };
        let asked = self.listed(&manifests, &fetched, verdict);
        self.unlisted(&manifests, &asked, verdict);
        for (path, line) in &fetched {
            let listed = manifests.iter().any(|one| !one.tags && one.entries.contains_key(path));
            if !listed {
                let reason = format!("lists `{path}`, which no payload manifest lists");
                verdict.at(Fault::Structure, (FETCH, Some(*line)), reason);
            }
        }
        self.hash(&asked, &manifests, verdict)?;
        self.tag_manifests(&manifests, verdict);
        let files = verdict.payload.len() as u64;
        let bytes = verdict.payload.iter().map(|file| file.bytes).sum();
        for path in INFO {
            if let Some(tag) = self.tag(path, verdict)? {
                let counted = Counted { bytes, files, excused: self.excused };
                info::read(path, &tag, self.declared.version, counted, verdict);
            }
        }
        Ok(())
    }

    /// The tag file at `path` as text, when it is there and can be read.
    fn tag(&self, path: &str, verdict: &mut Verdict) -> Result<Option<Tag>, Error> {
        if !matches!(self.tree.kind(path), Some(Kind::File(_))) {
            return Ok(None);
        }
        let bytes = self.tree.small(path, TAG_BYTES_MAX)?;
        let encoding = self.declared.encoding;
        let tag = Tag::read(&bytes, encoding);
        match &tag {
            None => {
                let reason = format!("is not in the declared encoding, {}", encoding.name());
                verdict.problem(Fault::Structure, path, reason);
            }
            Some(tag) if tag.marked && encoding == encoding_rs::UTF_8 => {
                verdict.warn(path, Some(1), "begins with a byte order mark");
            }
            Some(_) => {}
        }
        Ok(tag)
    }

    /// Every manifest whose algorithm is known.
    fn manifests(&self, verdict: &mut Verdict) -> Result<Vec<Manifest>, Error> {
        let mut manifests = Vec::new();
        for (path, kind) in self.tree.entries() {
            let Some((tags, name)) = manifest::of_name(path).filter(|_| !path.contains('/')) else {
                continue;
            };
            if !matches!(kind, Kind::File(_)) {
                continue;
            }
            let Some(algorithm) = Algorithm::named(name) else {
                let reason = format!("uses `{name}`, which this program cannot compute");
                verdict.problem(Fault::Structure, path, reason);
                continue;
            };
            if let Some(tag) = self.tag(path, verdict)? {
                let what = (path, tags, algorithm);
                manifests.push(Manifest::read(what, &tag, self.declared.version, verdict));
            }
        }
        if !manifests.iter().any(|manifest| !manifest.tags) {
            let reason = "is not there, nor one of another algorithm";
            verdict.problem(Fault::Structure, "manifest-sha512.txt", reason);
        }
        Ok(manifests)
    }

    /// Which file each listed path means, and which algorithms are asked of it.
    fn listed(
        &mut self,
        manifests: &[Manifest],
        fetched: &BTreeMap<String, usize>,
        verdict: &mut Verdict,
    ) -> BTreeMap<String, Vec<(usize, String)>> {
        let mut asked: BTreeMap<String, Vec<(usize, String)>> = BTreeMap::new();
        for (number, manifest) in manifests.iter().enumerate() {
            let mut folded: BTreeMap<String, &str> = BTreeMap::new();
            for (path, entry) in &manifest.entries {
                let place = (manifest.path.as_str(), Some(entry.line));
                if let Some(other) = folded.insert(fold(path), path) {
                    let reason = format!("lists `{path}` and `{other}`, one name on some systems");
                    verdict.warn(place.0, place.1, reason);
                }
                if !manifest.tags && name::is_system_file(path) {
                    let reason = format!("lists `{path}`, a file that systems make by themselves");
                    verdict.warn(place.0, place.1, reason);
                }
                match self.names.find(path, self.declared.version >= RFC) {
                    Found::Exactly(found) => {
                        asked.entry(found.to_owned()).or_default().push((number, path.clone()));
                    }
                    Found::Nearly(found, how) => {
                        let found = found.to_owned();
                        let reason = format!("lists `{path}`, and `{found}` is there: {how}");
                        verdict.warn(place.0, place.1, reason);
                        asked.entry(found).or_default().push((number, path.clone()));
                    }
                    Found::Nothing => self.missing(path, place, fetched, verdict),
                }
            }
        }
        asked
    }

    fn missing(
        &mut self,
        path: &str,
        (file, line): (&str, Option<usize>),
        fetched: &BTreeMap<String, usize>,
        verdict: &mut Verdict,
    ) {
        if matches!(self.tree.kind(path), Some(Kind::Refused(_))) {
            // It is there, and it was said that it was not opened.
            return;
        }
        if self.tree.kind(path) == Some(Kind::Folder) {
            let reason = format!("lists `{path}`, a folder");
            verdict.at(Fault::Structure, (file, line), reason);
        } else if let Some(fetch) = fetched.get(path) {
            let reason =
                format!("is not there; it is to be fetched ({FETCH}:{fetch}), and was not");
            verdict.problem(Fault::Incomplete, path, reason);
        } else if name::is_system_file(path) && self.declared.version < RFC {
            self.excused = true;
            let reason = format!("lists `{path}`, which is gone; systems remove it by themselves");
            verdict.warn(file, line, reason);
        } else {
            let line = line.unwrap_or_default();
            verdict.problem(
                Fault::Incomplete,
                path,
                format!("is not there; {file}:{line} lists it"),
            );
        }
    }

    /// Payload files that a manifest does not list.
    fn unlisted(
        &self,
        manifests: &[Manifest],
        asked: &BTreeMap<String, Vec<(usize, String)>>,
        verdict: &mut Verdict,
    ) {
        let payload: Vec<usize> =
            (0..manifests.len()).filter(|number| !manifests[*number].tags).collect();
        for (path, kind) in self.tree.entries() {
            if !path.starts_with("data/") || !matches!(kind, Kind::File(_)) {
                continue;
            }
            let in_manifests: BTreeSet<usize> =
                asked.get(path).into_iter().flatten().map(|(number, _)| *number).collect();
            for number in payload.iter().filter(|number| !in_manifests.contains(number)) {
                let reason =
                    format!("is in the payload, and {} does not list it", manifests[*number].path);
                // The drafts ask that one manifest lists it, the RFC that every one does.
                if in_manifests.is_empty() || self.declared.version >= RFC {
                    verdict.problem(Fault::Incomplete, path, reason);
                } else {
                    verdict.warn(path, None, reason);
                }
            }
        }
    }

    /// Compares every file with every checksum that is stated of it.
    fn hash(
        &self,
        asked: &BTreeMap<String, Vec<(usize, String)>>,
        manifests: &[Manifest],
        verdict: &mut Verdict,
    ) -> Result<(), Error> {
        for (path, stated) in asked {
            let payload = path.starts_with("data/");
            let mut wanted: BTreeSet<Algorithm> =
                stated.iter().map(|(number, _)| manifests[*number].algorithm).collect();
            if payload {
                wanted.insert(Algorithm::Sha256);
            }
            let found: Checksums = self.tree.checksums(path, wanted)?;
            for (number, spelled) in stated {
                let manifest = &manifests[*number];
                let entry = &manifest.entries[spelled];
                let sum = &found[&manifest.algorithm];
                if *sum != entry.checksum {
                    let reason = format!(
                        "has {} {sum}, and {}:{} states {}",
                        manifest.algorithm.name(),
                        manifest.path,
                        entry.line,
                        entry.checksum
                    );
                    verdict.problem(Fault::Mismatch, path, reason);
                }
            }
            if let (true, Some(Kind::File(bytes))) = (payload, self.tree.kind(path)) {
                let sha256 = found[&Algorithm::Sha256].clone();
                verdict.payload.push(Payload { path: path.clone(), bytes, sha256 });
            }
        }
        Ok(())
    }

    /// A tag manifest lists every payload manifest and no tag manifest.
    fn tag_manifests(&self, manifests: &[Manifest], verdict: &mut Verdict) {
        let strict = self.declared.version >= RFC;
        for tags in manifests.iter().filter(|manifest| manifest.tags) {
            for payload in manifests.iter().filter(|manifest| !manifest.tags) {
                if tags.entries.contains_key(&payload.path) {
                    continue;
                }
                let reason = format!("does not list {}", payload.path);
                if strict {
                    verdict.problem(Fault::Structure, &tags.path, reason);
                } else {
                    verdict.warn(&tags.path, None, reason);
                }
            }
            let own = |path: &&String| {
                manifest::of_name(path).is_some_and(|(tags, _)| tags) && !path.contains('/')
            };
            for path in tags.entries.keys().filter(own) {
                let line = Some(tags.entries[path].line);
                let reason = format!("lists `{path}`, a tag manifest");
                if strict {
                    verdict.at(Fault::Structure, (&tags.path, line), reason);
                } else {
                    verdict.warn(&tags.path, line, reason);
                }
            }
        }
    }
}

/// What a listed path means on this disk.
enum Found<'t> {
    Exactly(&'t str),
    /// Another spelling of it, and how they differ.
    Nearly(&'t str, &'static str),
    Nothing,
}

/// The files of a tree by name, under spellings that some systems take for one.
struct Names<'t> {
    tree: &'t Tree,
    /// The one file with this composed spelling, or nothing when there are several.
    composed: BTreeMap<String, Option<&'t str>>,
    /// The same without letter case.
    folded: BTreeMap<String, Option<&'t str>>,
}

impl<'t> Names<'t> {
    fn of(tree: &'t Tree) -> Self {
        let mut names = Self { tree, composed: BTreeMap::new(), folded: BTreeMap::new() };
        for (path, kind) in tree.entries() {
            if matches!(kind, Kind::File(_)) {
                let note = |file: &mut Option<&'t str>| *file = None;
                names.composed.entry(path.nfc().collect()).and_modify(note).or_insert(Some(path));
                names.folded.entry(fold(path)).and_modify(note).or_insert(Some(path));
            }
        }
        names
    }

    fn find(&self, path: &str, strict: bool) -> Found<'t> {
        let here = self.tree.find(path);
        if let Some((found, Kind::File(_))) = here {
            return Found::Exactly(found);
        }
        if here.is_some() {
            return Found::Nothing;
        }
        let composed: String = path.nfc().collect();
        if let Some(Some(found)) = self.composed.get(&composed) {
            return Found::Nearly(found, "the same in another Unicode form");
        }
        let literal = name::encode(path);
        if let Some((found, Kind::File(_))) = self.tree.find(&literal) {
            return Found::Nearly(found, "the manifest does not encode its percent sign");
        }
        match self.folded.get(&fold(path)) {
            Some(Some(found)) if !strict => Found::Nearly(found, "the same but for letter case"),
            _ => Found::Nothing,
        }
    }
}

/// Letter case and Unicode form folded away.
fn fold(path: &str) -> String {
    crate::corpus::path::folded(path).into_owned()
}
