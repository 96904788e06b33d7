//! Divergence: where aligned passages part, and who shares wording with whom.
//!
//! In:  documents, their texts, alignments and claims.
//! Out: [`Finding`]s without a level, in the order of documents and positions.
//! Not here: finding passages (`align`), reading claims (`claims`), levels (`policy`).

mod agreement;
mod cluster;
mod figure;
mod quotation;
mod relation;
mod reuse;
mod slot;

pub use agreement::Correspondence;
pub use agreement::correspondences;
pub use relation::Printed;
pub use relation::Relation;
pub use relation::relate;

use crate::align::Alignment;
use crate::claims::Claim;
use crate::corpus::Document;
use crate::finding::Finding;
use crate::finding::Site;
use crate::finding::Subject;
use crate::span::DocId;
use crate::text::Text;

/// What the comparison looks at; all slices are indexed by [`DocId`] where they hold documents.
#[derive(Clone, Copy, Debug)]
pub struct Material<'a> {
    /// The documents with their records.
    pub documents: &'a [Document],
    /// Their texts.
    pub texts: &'a [Text<'a>],
    /// The claims of each text, in reading order.
    pub claims: &'a [Vec<Claim>],
    /// The aligned passages.
    pub alignments: &'a [Alignment],
    /// Wording that every text may share, as the newsroom lists it.
    pub boilerplate: &'a [String],
    /// Shared words outside quotation marks below which a passage is not worth a credit.
    pub reuse_words_min: usize,
}

/// Everything that differs between aligned passages.
///
/// With a draft among the documents only findings that involve a draft are
/// returned: the corpus alone is audited by itself.
pub fn compare(material: &Material) -> Vec<Finding> {
    let mut findings = figure::differing(material);
    findings.extend(quotation::altered(material));
    findings.extend(reuse::shared_wording(material));
    if material.documents.iter().any(|document| document.draft) {
        findings.retain(|finding| material.involves_draft(finding));
    }
    findings
}

impl Material<'_> {
    /// Whether a finding shows a place in a draft.
    fn involves_draft(&self, finding: &Finding) -> bool {
        finding.labels.iter().any(|label| match label.site {
            Site::Passage(place) => self.documents[place.doc.index()].draft,
            Site::File { .. } | Site::Line { .. } => false,
        })
    }

    /// Whether a finding about these documents is about a draft.
    fn subject(&self, documents: impl IntoIterator<Item = DocId>) -> Subject {
        let draft = documents.into_iter().any(|doc| self.documents[doc.index()].draft);
        if draft { Subject::Draft } else { Subject::Corpus }
    }

    /// Drafts first, then by path: the order in which a finding shows its places.
    fn display_order(&self, doc: DocId) -> (bool, DocId) {
        (!self.documents[doc.index()].draft, doc)
    }

    /// What a document is called in a message: its outlet, else its path. A lone
    /// draft needs no name.
    fn name(&self, doc: DocId) -> &str {
        let document = &self.documents[doc.index()];
        let drafts = self.documents.iter().rev().take_while(|document| document.draft);
        if document.draft && drafts.count() == 1 {
            return "the draft";
        }
        document.outlet().unwrap_or(&document.path)
    }

    /// The outlet and publication time of a document, as a caption beside its path.
    fn caption(&self, doc: DocId) -> String {
        let document = &self.documents[doc.index()];
        let parts = [
            document.outlet().map(str::to_owned),
            document.published.map(|when| when.day().to_string()),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

/// Two names, or one and the number of the others.
fn listed(names: &[&str]) -> String {
    match names {
        [first, _, _, ..] => format!("{first} and {} others", names.len() - 1),
        few => enumerated(few),
    }
}

/// "A", "A and B", "A, B and C".
fn enumerated(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
