//! Divergence: where aligned passages part, and who shares wording with whom.
//!
//! In:  documents, their texts, alignments and claims.
//! Out: [`Finding`]s without a level, in the order of documents and positions.
//! Not here: finding passages (`align`), reading claims (`claims`), levels (`policy`).

mod agreement;
mod arithmetic;
mod boilerplate;
mod cluster;
mod common;
mod contrast;
mod credit;
mod duplicate;
mod figure;
mod framing;
mod hedge;
mod inner;
mod lineage;
mod matrix;
mod pair;
mod parted;
mod passage;
mod quotation;
mod relation;
mod repeat;
mod restated;
mod reuse;
mod same;
mod shared;
mod sieve;
mod slot;
mod sourced;
mod spelling;
mod stock;
mod swap;
mod timing;

pub use agreement::Correspondence;
pub use agreement::correspondences;
pub use boilerplate::Boilerplate;
pub use contrast::contrast;
pub use lineage::Basis;
pub use lineage::Evidence;
pub use lineage::Lineage;
pub use matrix::Cell;
pub use matrix::Row;
pub use quotation::Class;
pub use quotation::Likeness;
pub use quotation::Recurrence;
pub use quotation::recurrences;
pub use relation::Printed;
pub use relation::Relation;
pub use relation::relate;

use crate::align::Alignment;
use crate::align::span;
use crate::claims::Claim;
use crate::corpus::Document;
use crate::corpus::When;
use crate::fact::Fact;
use crate::finding::Finding;
use crate::finding::Site;
use crate::finding::Subject;
use crate::paraphrase::Paraphrase;
use crate::span::DocId;
use crate::span::Place;
use crate::text::Text;
use credit::Credits;
use duplicate::Duplicates;
use jiff::civil::Date;
use lineage::Reader;
use passage::Carried;
use shared::Shared;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// What the comparison looks at; all slices are indexed by [`DocId`] where they hold documents.
#[derive(Clone, Copy, Debug)]
pub struct Material<'a> {
    /// The documents with their records.
    pub documents: &'a [Document],
    /// Their texts.
    pub texts: &'a [Text<'a>],
    /// The claims of each text, in reading order.
    pub claims: &'a [Vec<Claim>],
    /// The facts of each text, in reading order.
    pub facts: &'a [Vec<Fact>],
    /// The aligned passages.
    pub alignments: &'a [Alignment],
    /// The pairs of sentences that may say the same in other words, the unlikely ones
    /// included.
    pub paraphrases: &'a [Paraphrase],
    /// Where the texts carry wording that every text may share.
    pub boilerplate: &'a Boilerplate,
    /// Shared words outside quotation marks below which a passage is not worth a credit.
    pub reuse_words_min: usize,
    /// Disputed names, as the newsroom lists them: for each thing its names, for each
    /// name its forms.
    pub labels: &'a [Vec<Vec<String>>],
    /// Further names of outlets, as the newsroom lists them.
    pub aliases: &'a BTreeMap<String, Vec<String>>,
}

/// What kind of wording several documents carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Nature {
    /// Wording of an author's own.
    Reuse,
    /// Little more than one quotation.
    Quotation,
}

impl Nature {
    /// The word used in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Reuse => "reuse",
            Self::Quotation => "quotation",
        }
    }
}

/// A passage over all documents that carry it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cluster {
    /// What kind of wording it is.
    pub nature: Nature,
    /// Its places, in the order of documents and positions. No byte of a document is
    /// in two clusters of one nature.
    pub places: Vec<Place>,
    /// The most words that two of the documents share in it.
    pub words: usize,
    /// The words that each two documents share in it, where they were compared: of many
    /// carriers, each is compared with the first only.
    pub pairs: BTreeMap<[DocId; 2], usize>,
    /// Which document came first, if that is known.
    pub lineage: Lineage,
}

impl Cluster {
    /// The documents that carry it, in order.
    pub fn documents(&self) -> BTreeSet<DocId> {
        self.places.iter().map(|place| place.doc).collect()
    }
}

/// Everything that a comparison tells.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    /// What differs and what is shared.
    pub findings: Vec<Finding>,
    /// The passages that several documents carry.
    pub clusters: Vec<Cluster>,
    /// What the documents say on the same questions.
    pub matrix: Vec<Row>,
    /// Wording that was left out of the comparison.
    pub boilerplate: Vec<Finding>,
}

/// Everything that differs between aligned passages, and who shares wording.
///
/// With a draft among the documents only findings that involve a draft are
/// returned: the corpus alone is audited by itself.
pub fn compare(material: &Material) -> Comparison {
    let boilerplate = material.boilerplate;
    let all = shared::shared(material, boilerplate);
    let drafts = material.documents.iter().any(|document| document.draft);
    let common = duplicate::common(&all);
    let duplicates = Duplicates::find(material, &common, boilerplate);
    let shared: Vec<Shared> =
        all.into_iter().filter(|found| !drafts || material.links_draft(found.docs)).collect();
    let carried = passage::carried(material, &shared);
    let involved: BTreeSet<DocId> = carried.iter().flat_map(Carried::documents).collect();
    let credits = Credits::read(material, &involved);
    let reader = Reader { material, credits: &credits, common: &common };
    let mut findings = figure::differing(material, boilerplate);
    let matrix = matrix::rows(material);
    findings.extend(parted::findings(material, &matrix, &findings));
    findings.extend(spelling::findings(material));
    findings.extend(swap::findings(material));
    findings.extend(inner::findings(material));
    findings.extend(hedge::differing(material));
    findings.extend(sourced::findings(material, &findings));
    findings.extend(quotation::findings(material));
    findings.extend(framing::findings(material, boilerplate));
    findings.extend(duplicates.findings(&reader));
    findings.extend(reuse::findings(&reader, &carried, &duplicates));
    findings.extend(repeat::findings(material, boilerplate));
    let mut left_out = boilerplate.findings(material);
    if drafts {
        findings.retain(|finding| material.involves_draft(finding));
        left_out.retain(|finding| material.involves_draft(finding));
    }
    let clusters = carried.iter().map(|found| cluster(&reader, found)).collect();
    Comparison { findings, clusters, matrix, boilerplate: left_out }
}

/// A passage with its places in bytes and its lineage.
fn cluster(reader: &Reader, found: &Carried) -> Cluster {
    let places = found.passages.iter().flat_map(|(doc, ranges)| {
        let text = &reader.material.texts[doc.index()];
        ranges.iter().map(|tokens| Place { doc: *doc, span: span(text, tokens) })
    });
    Cluster {
        nature: found.nature,
        places: places.collect(),
        words: found.words_max(),
        pairs: found.words.clone(),
        lineage: reader.carriers(&found.passages).lineage,
    }
}

impl Material<'_> {
    /// Whether one of two documents, and only one, is a draft.
    fn links_draft(&self, docs: [DocId; 2]) -> bool {
        let [left, right] = docs.map(|doc| self.documents[doc.index()].draft);
        left != right
    }

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

    /// The day on which a document was published, if that is known.
    fn day(&self, doc: DocId) -> Option<Date> {
        self.documents[doc.index()].published.map(When::day)
    }

    /// The claims in a unit of a document, as an index into [`Text::units`].
    fn claims_in(&self, doc: DocId, unit: u32) -> &[Claim] {
        let claims = &self.claims[doc.index()];
        let from = claims.partition_point(|claim| claim.unit < unit);
        let upto = claims.partition_point(|claim| claim.unit <= unit);
        &claims[from..upto]
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
        self.documents[doc.index()].caption()
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
