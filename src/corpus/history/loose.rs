//! Loose objects: those that git keeps in a file of their own.
//!
//! Read here before libgit2 does, which waits for ever for the end of one that was
//! cut off. Objects that another repository lends (`objects/info/alternates`) are
//! left to libgit2.
//!
//! In:  the folder of objects, and the name of one.
//! Out: its content, compared with its name; or why it cannot be had.

use git2::ObjectType;
use git2::Oid;
use git2::Repository;
use miniz_oxide::inflate::decompress_to_vec_zlib;
use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;
use rayon::prelude::*;
use std::fs::File;
use std::io;
use std::io::Read as _;
use std::path::Path;

/// Where a repository keeps its objects.
const OBJECTS: &str = "objects";

/// Enough of a packed object to know what it is: kind and size come first.
const HEAD_BYTES: u64 = 128;

/// The longest head has a kind of six letters and a size of twenty digits.
const KIND_BYTES: usize = 32;

/// The content of the blob `id`, loose or packed.
pub(crate) fn blob(repository: &Repository, id: Oid) -> Result<Vec<u8>, git2::Error> {
    match content(&repository.commondir().join(OBJECTS), id, ObjectType::Blob) {
        Ok(Some(bytes)) => Ok(bytes),
        Ok(None) => repository.find_blob(id).map(|blob| blob.content().to_vec()),
        Err(why) => Err(git2::Error::from_str(&why)),
    }
}

/// Looks at every loose commit, tree and tag of `repository`, on which its history
/// rests. Most of a history is packed, so these are few.
///
/// # Errors
/// The first that cannot be unpacked.
#[expect(clippy::disallowed_methods, reason = "`corpus` is the module that reads files")]
pub(crate) fn check_history(repository: &Repository) -> Result<(), String> {
    let objects = repository.commondir().join(OBJECTS);
    (0..=u8::MAX).into_par_iter().try_for_each(|first| {
        let folder = format!("{first:02x}");
        let Ok(entries) = std::fs::read_dir(objects.join(&folder)) else { return Ok(()) };
        entries.flatten().try_for_each(|entry| {
            let name = format!("{folder}{}", entry.file_name().display());
            // Git writes under another name until an object is whole.
            if Oid::from_str(&name).is_ok_and(|id| id.to_string() == name)
                && !is_whole(&entry.path())
            {
                return Err(damaged(&name));
            }
            Ok(())
        })
    })
}

/// Whether the object in this file is a blob, which is checked when it is read, or
/// can be unpacked to its end. One that is gone by now was packed meanwhile.
fn is_whole(path: &Path) -> bool {
    match unpacks(path) {
        Ok(whole) => whole,
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    }
}

#[expect(clippy::disallowed_methods, reason = "`corpus` is the module that reads files")]
fn unpacks(path: &Path) -> io::Result<bool> {
    let mut head = Vec::new();
    let mut file = File::open(path)?;
    file.by_ref().take(HEAD_BYTES).read_to_end(&mut head)?;
    let begin = match decompress_to_vec_zlib_with_limit(&head, KIND_BYTES) {
        Ok(all) => all,
        Err(stopped) => stopped.output,
    };
    if begin.starts_with(b"blob ") {
        return Ok(true);
    }
    file.read_to_end(&mut head)?;
    Ok(decompress_to_vec_zlib(&head).is_ok())
}

/// The content of the object `id`, when it is a loose one.
#[expect(clippy::disallowed_methods, reason = "`corpus` is the module that reads files")]
pub(crate) fn content(
    objects: &Path,
    id: Oid,
    kind: ObjectType,
) -> Result<Option<Vec<u8>>, String> {
    let name = id.to_string();
    let packed = match std::fs::read(objects.join(&name[..2]).join(&name[2..])) {
        Ok(packed) => packed,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(format!("cannot read the object {name}: {error}")),
    };
    let mut bytes = decompress_to_vec_zlib(&packed).map_err(|_| damaged(&name))?;
    let header = bytes.iter().position(|byte| *byte == 0).ok_or_else(|| damaged(&name))?;
    bytes.drain(..=header);
    let own = Oid::hash_object(kind, &bytes).map_err(|_| damaged(&name))?;
    if own == id { Ok(Some(bytes)) } else { Err(damaged(&name)) }
}

fn damaged(name: &str) -> String {
    format!("the object {name} is damaged")
}
