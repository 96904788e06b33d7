//! What the index knows of a commit, whatever the files are like now.
//!
//! The index keeps what git calls the bytes of each document, and a commit lists the
//! same names, so that no file and no blob is opened.
//!
//! In:  the documents of a commit.
//! Out: [`Apart`].

use crate::corpus::ObjectId;
use crate::index::Error;
use crate::index::Index;
use std::cmp::Ordering;
use std::collections::BTreeSet;

/// How a commit differs from what was indexed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Apart {
    /// Documents of the commit whose bytes the index does not know, in byte order.
    pub unknown: Vec<String>,
    /// Documents of the index that the commit does not have with these bytes.
    pub other: BTreeSet<String>,
}

impl Index {
    /// How a commit whose documents are `listed`, in byte order, differs from the index.
    ///
    /// # Errors
    /// When the index is damaged.
    pub fn apart(&self, listed: &[(String, ObjectId)]) -> Result<Apart, Error> {
        let mut apart = Apart::default();
        let mut listed = listed.iter().peekable();
        for entry in self.entries()? {
            while let Some((path, _)) = listed.next_if(|(path, _)| *path < entry.path) {
                apart.unknown.push(path.clone());
            }
            let same = listed.next_if(|(path, _)| path.cmp(&entry.path) == Ordering::Equal);
            match same {
                Some((_, blob)) if *blob == entry.blob => continue,
                Some((path, _)) => apart.unknown.push(path.clone()),
                None => {}
            }
            apart.other.insert(entry.path);
        }
        apart.unknown.extend(listed.map(|(path, _)| path.clone()));
        Ok(apart)
    }
}
