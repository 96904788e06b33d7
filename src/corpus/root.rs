//! The root of a project, and the settings that lie there.
//!
//! In:  a folder.
//! Out: the nearest root, the text of its `provenance.toml`, the text of a record.
//! Not here: what the settings mean (`policy`).

use crate::corpus::Error;
use crate::corpus::history;
use crate::corpus::init;
use crate::corpus::init::POLICY;
use crate::corpus::path::CORPUS;
use crate::corpus::path::MANIFESTS;
use crate::corpus::rewrite;
use crate::corpus::store::Lock;
use crate::corpus::target::State;
use std::path::Path;
use std::path::PathBuf;

/// The nearest folder from `start` upwards that has a `provenance.toml`, or both
/// `corpus/` and `manifests/`.
///
/// # Errors
/// When there is none.
pub fn find_root(start: &Path) -> Result<PathBuf, Error> {
    let absolute = std::path::absolute(start)
        .map_err(|source| Error::Read { path: start.to_owned(), source })?;
    let is_root = |folder: &&Path| {
        folder.join(POLICY).is_file()
            || (folder.join(CORPUS).is_dir() && folder.join(MANIFESTS).is_dir())
    };
    let found = absolute.ancestors().find(is_root);
    found.map(Path::to_owned).ok_or(Error::NotAProject { root: absolute.clone() })
}

/// The text of `provenance.toml` in `root`, if there is such a file.
///
/// # Errors
/// When it cannot be read, is not a regular file, is not UTF-8, or is over 1 MiB.
pub fn read_policy(root: &Path) -> Result<Option<String>, Error> {
    init::settings(root, POLICY)
}

/// The texts of the small files at `paths`, relative to `root`, as `state` of the project
/// has them, if it has such files: `provenance.toml`, `waivers.toml`, `baseline.toml`.
///
/// # Errors
/// As [`read_policy`], and when git cannot be asked.
pub fn read_settings_of<const N: usize>(
    root: &Path,
    state: &State,
    paths: [&str; N],
) -> Result<[Option<String>; N], Error> {
    let mut texts = [const { None }; N];
    if *state == State::WorkTree {
        for (text, path) in texts.iter_mut().zip(paths) {
            *text = init::settings(root, path)?;
        }
        return Ok(texts);
    }
    let found = history::files(root, state, &paths)?;
    for ((text, bytes), path) in texts.iter_mut().zip(found).zip(paths) {
        *text = bytes.map(String::from_utf8).transpose().map_err(|error| Error::NotUtf8 {
            path: path.into(),
            offset: error.utf8_error().valid_up_to(),
        })?;
    }
    Ok(texts)
}

/// Lets `change` make a new text of the small file at `path`, relative to `root`, out
/// of the old one, and writes it; nobody else writes in between.
///
/// # Errors
/// When the file cannot be read or written, or `change` refuses.
pub fn change_settings<E: From<Error>>(
    root: &Path,
    path: &str,
    change: impl FnOnce(Option<String>) -> Result<String, E>,
) -> Result<(), E> {
    let lock = Lock::take(root)?;
    let text = change(init::settings(root, path)?)?;
    Ok(lock.put(path, text.as_bytes())?)
}

/// The text of the secret key at `path`; `None` when it is no text.
///
/// # Errors
/// When it cannot be read, or others than its owner may read it: OpenSSH refuses such
/// a key, and so do we.
pub fn read_secret(path: &Path) -> Result<Option<String>, Error> {
    let read = |path: &Path| init::settings(Path::new(""), &path.to_string_lossy());
    #[cfg(unix)]
    if let Ok(metadata) = std::fs::symlink_metadata(path) {
        use std::os::unix::fs::PermissionsExt as _;
        if metadata.is_file() && metadata.permissions().mode() & 0o077 != 0 {
            // A public key is for everybody; OpenSSH finds the secret half elsewhere.
            return Ok(None);
        }
    }
    match read(path) {
        Err(Error::NotUtf8 { .. } | Error::NotARegularFile { .. }) => Ok(None),
        other => other,
    }
}

/// The text of the record at `path`, relative to `root`, as it stands in the file.
///
/// # Errors
/// When it cannot be read or is not a record.
pub fn read_record(root: &Path, path: &str) -> Result<String, Error> {
    Ok(rewrite::stored_at(root, path.to_owned())?.source)
}
