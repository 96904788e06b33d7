//! Loose objects: those that git keeps in a file of their own.
//!
//! Read here and not by libgit2, which waits for ever for the end of one that was
//! cut off.
//!
//! In:  the folder of objects, and the name of one.
//! Out: its content, compared with its name; or why it cannot be had.

use git2::ObjectType;
use git2::Oid;
use miniz_oxide::inflate::decompress_to_vec_zlib;
use std::io;
use std::path::Path;

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
    let damaged = || format!("the object {name} is damaged");
    let mut bytes = decompress_to_vec_zlib(&packed).map_err(|_| damaged())?;
    let header = bytes.iter().position(|byte| *byte == 0).ok_or_else(damaged)?;
    bytes.drain(..=header);
    let own = Oid::hash_object(kind, &bytes).map_err(|_| damaged())?;
    if own == id { Ok(Some(bytes)) } else { Err(damaged()) }
}
