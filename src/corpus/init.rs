//! Init: the folders and files that make a folder a project.
//!
//! In:  a root.
//! Out: what was made; what was there already is left as it is.
//! Not here: documents and records (`add`).

use crate::corpus::Error;
use crate::corpus::history;
use crate::corpus::load;
use crate::corpus::open::Fault;
use crate::corpus::open::Reader;
use crate::corpus::path::CORPUS;
use crate::corpus::path::MANIFESTS;
use crate::corpus::store;
use crate::corpus::store::Lock;
use std::io;
use std::path::Path;

/// The policy file, relative to the root.
pub const POLICY: &str = "provenance.toml";

/// What a new policy file holds.
pub const POLICY_TEMPLATE: &str = include_str!("provenance.toml.template");

/// Without the first line git may rewrite line endings, and every digest with them.
pub(crate) const GIT_ATTRIBUTES: [&str; 2] = ["corpus/** -text", "manifests/** text eol=lf"];

/// What only one machine needs.
const GIT_IGNORE: [&str; 2] = [".lock", ".provenance-*.tmp"];

/// Lines of a small file of settings; nobody writes more by hand.
const SETTINGS_BYTES_MAX: u64 = 1024 * 1024;

/// Something that [`init`] made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Created {
    /// The file or folder, relative to the root.
    pub path: String,
    /// Whether it was there and only got lines at its end.
    pub extended: bool,
}

/// Makes `root` a project: `corpus/`, `manifests/`, `provenance.toml`, and the
/// lines of `.gitattributes` that keep git from rewriting documents.
///
/// Returns what was made, nothing when all was there: calling it twice is safe,
/// and no file is replaced.
///
/// # Errors
/// When the system refuses, or something else stands in the place of a folder.
pub fn init(root: &Path) -> Result<Vec<Created>, Error> {
    let mut created = Vec::new();
    for folder in [CORPUS, MANIFESTS] {
        if store::make_folder(root, folder)? {
            created.push(Created { path: format!("{folder}/"), extended: false });
        }
    }
    let lock = Lock::take(root)?;
    let ignore = format!("{MANIFESTS}/.gitignore");
    created.extend(extend(&lock, root, &ignore, &GIT_IGNORE)?);
    created.extend(extend(&lock, root, ".gitattributes", &GIT_ATTRIBUTES)?);
    if settings(root, POLICY)?.is_none() {
        lock.put(POLICY, POLICY_TEMPLATE.as_bytes())?;
        created.push(Created { path: POLICY.to_owned(), extended: false });
    }
    Ok(created)
}

/// What [`init_drivers`] adds to `.gitattributes`.
const GIT_DRIVERS: [&str; 2] =
    ["corpus/** diff=provenance", "manifests/** merge=provenance-record"];

/// Tells git to show documents and to merge records with this program: lines in
/// `.gitattributes`, which everybody gets, and settings of this clone, which git takes
/// from nobody else.
///
/// # Errors
/// When `root` is in no repository, or the system refuses.
pub fn init_drivers(root: &Path) -> Result<Vec<Created>, Error> {
    let settings = history::install(root)?;
    let lock = Lock::take(root)?;
    let mut created = Vec::new();
    created.extend(extend(&lock, root, ".gitattributes", &GIT_DRIVERS)?);
    created.extend(
        settings
            .into_iter()
            .map(|name| Created { path: format!("git setting {name}"), extended: false }),
    );
    Ok(created)
}

/// Appends those of `lines` that the file `path` lacks.
fn extend(lock: &Lock, root: &Path, path: &str, lines: &[&str]) -> Result<Option<Created>, Error> {
    let old = settings(root, path)?;
    let mut text = old.clone().unwrap_or_default();
    let has =
        |line: &str| old.as_ref().is_some_and(|old| old.lines().any(|own| own.trim() == line));
    let missing: Vec<_> = lines.iter().filter(|line| !has(line)).collect();
    if missing.is_empty() {
        return Ok(None);
    }
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    for line in missing {
        text.push_str(line);
        text.push('\n');
    }
    lock.put(path, text.as_bytes())?;
    Ok(Some(Created { path: path.to_owned(), extended: old.is_some() }))
}

/// The text of a small file, when it is there.
pub(crate) fn settings(root: &Path, path: &str) -> Result<Option<String>, Error> {
    let full = root.join(path);
    match Reader::new().small(&full, SETTINGS_BYTES_MAX) {
        Ok(Some(bytes)) => String::from_utf8(bytes.to_vec()).map(Some).map_err(|error| {
            Error::NotUtf8 { path: full, offset: error.utf8_error().valid_up_to() }
        }),
        Ok(None) => Err(Error::TooLarge {
            path: full,
            bytes: SETTINGS_BYTES_MAX + 1,
            bytes_max: SETTINGS_BYTES_MAX,
        }),
        Err(Fault::Io(error)) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(fault) => Err(load::stop(&full, fault)),
    }
}
