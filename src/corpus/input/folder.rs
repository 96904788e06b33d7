//! The texts of a folder, in byte order of their paths.
//!
//! Links are not followed, and names that begin with a dot are left out: they are
//! the tools', not the archive's.

use crate::corpus::Document;
use crate::corpus::Error;
use crate::corpus::input::Skipped;
use crate::corpus::load;
use crate::span::DocId;
use std::path::Path;
use std::path::PathBuf;
use walkdir::DirEntry;
use walkdir::FilterEntry;
use walkdir::WalkDir;

/// The texts of a folder.
#[derive(Debug)]
pub(crate) struct Folder {
    top: PathBuf,
    walk: FilterEntry<walkdir::IntoIter, fn(&DirEntry) -> bool>,
    text_bytes_max: u64,
}

impl Folder {
    pub(crate) fn new(path: &Path, text_bytes_max: u64) -> Self {
        let wanted: fn(&DirEntry) -> bool = is_wanted;
        let walk = WalkDir::new(path).sort_by_file_name().into_iter().filter_entry(wanted);
        Self { top: path.to_owned(), walk, text_bytes_max }
    }

    /// The next document; `None` at the end.
    pub(crate) fn next(
        &mut self,
        id: DocId,
        skipped: &mut Skipped,
    ) -> Result<Option<Document>, Error> {
        for entry in &mut self.walk {
            let entry = match entry {
                Ok(entry) => entry,
                // Without the folder itself there is nothing.
                Err(error) if error.depth() == 0 => {
                    let path = self.top.clone();
                    return Err(Error::Read { path, source: error.into() });
                }
                Err(error) => {
                    skipped.document(format!("{error}; make it readable"));
                    continue;
                }
            };
            if entry.file_type().is_dir() {
                continue;
            }
            match load::read_file(entry.path(), id, self.text_bytes_max) {
                Ok(document) => return Ok(Some(document)),
                Err(error) => skipped.document(format!("{error}; {}", error.help())),
            }
        }
        Ok(None)
    }
}

fn is_wanted(entry: &DirEntry) -> bool {
    entry.depth() == 0 || !entry.file_name().as_encoded_bytes().starts_with(b".")
}
