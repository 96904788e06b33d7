//! Lines of documents, found when they are first asked for: of a hundred thousand
//! documents, findings point into few.
//!
//! In:  documents.
//! Out: a [`LineIndex`] for each that is asked for.

use crate::corpus::Document;
use crate::span::DocId;
use crate::span::LineIndex;
use std::cell::OnceCell;

/// The lines of some documents.
pub(crate) struct Lines<'a> {
    documents: &'a [Document],
    known: Vec<OnceCell<LineIndex<'a>>>,
}

impl<'a> Lines<'a> {
    pub(crate) fn of(documents: &'a [Document]) -> Self {
        let known = documents.iter().map(|_| OnceCell::new()).collect();
        Self { documents, known }
    }

    /// The lines of one document.
    pub(crate) fn at(&self, doc: DocId) -> &LineIndex<'a> {
        let source = &self.documents[doc.index()].source;
        self.known[doc.index()].get_or_init(|| LineIndex::new(source))
    }
}
