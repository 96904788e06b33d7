//! Shows which outlets reused whose wording, and where their facts part.
//!
//! `provenance` is for newsrooms, fact-checkers and media researchers who keep
//! their source documents in a git repository. Each document in `corpus/` is
//! hashed and recorded in `manifests/`; [`analyse`] aligns passages across the
//! documents and reports where figures, dates and quotations differ.
//!
//! The stages follow each other in [`analyse`]; `ARCHITECTURE.md` says what each
//! may know of the others.
//!
//! ```
//! use provenance::analyse;
//! use provenance::corpus::Document;
//! use provenance::policy::Policy;
//! use provenance::span::DocId;
//!
//! let wire = "The two governments signed 29 agreements worth $17 billion on Thursday.";
//! let post = "The two governments signed 29 agreements worth $1.7 billion on Thursday.";
//! let documents = [
//!     Document::unrecorded(DocId(0), "wire.txt", wire),
//!     Document::unrecorded(DocId(1), "post.txt", post),
//! ];
//! let policy = Policy::default();
//!
//! let analysis = analyse(&documents, &policy);
//! let report = analysis.report(&documents, &policy, Vec::new());
//!
//! assert_eq!(report.findings[0].finding.rule.info().code, "PV301");
//! ```
//!
//! # Features
//! - `cli` (default): the command line. Without it no argument parser is built.
//! - `accurate`: runs a sentence transformer that the user supplies, without a network.
//! - `git` (default): what git knows of the corpus, through libgit2.

pub mod align;
pub mod attestation;
pub mod claims;
#[cfg(feature = "cli")]
pub mod cli;
pub mod corpus;
pub mod divergence;
pub mod embedding;
pub mod exchange;
pub mod fact;
pub mod finding;
pub mod fingerprint;
pub mod index;
pub mod paraphrase;
pub mod policy;
pub mod render;
pub mod report;
pub mod reuse;
pub mod review;
pub mod signature;
pub mod span;
pub mod text;

use align::Alignment;
use claims::Claim;
use corpus::Document;
use divergence::Boilerplate;
use divergence::Cluster;
use divergence::Comparison;
use divergence::Material;
use divergence::Row;
use fact::Fact;
use finding::Finding;
use paraphrase::Paraphrase;
use policy::Policy;
use policy::Scope;
use rayon::prelude::*;
use report::Report;
use reuse::Chain;
use span::DocId;
use span::Place;
use text::Text;

/// What the stages found in a set of documents.
#[derive(Clone, Debug, Default)]
pub struct Analysis<'a> {
    /// The texts, in the order of the documents.
    pub texts: Vec<Text<'a>>,
    /// The claims of each text.
    pub claims: Vec<Vec<Claim>>,
    /// The aligned passages.
    pub alignments: Vec<Alignment>,
    /// The pairs of sentences that may say the same in other words, the unlikely ones
    /// included.
    pub paraphrases: Vec<Paraphrase>,
    /// Whether the documents, or the drafts with them, were compared in other words.
    pub paraphrased: bool,
    /// What differs, without levels.
    pub findings: Vec<Finding>,
    /// The passages that several documents carry.
    pub clusters: Vec<Cluster>,
    /// What the documents say on the same questions: the figure matrix.
    pub matrix: Vec<Row>,
    /// Wording that was left out of the comparison, a finding for each line; not in the
    /// report unless the caller adds it.
    pub boilerplate: Vec<Finding>,
}

/// Reads `documents` without comparing them.
pub fn read(documents: &[Document]) -> Analysis<'_> {
    let texts = texts(documents);
    let claims = texts.par_iter().map(|text| claims_of(documents, text)).collect();
    Analysis { texts, claims, ..Analysis::default() }
}

/// Reads `documents`, aligns their passages and compares what these claim.
///
/// The same documents and policy give the same analysis, byte for byte.
pub fn analyse<'a>(documents: &'a [Document], policy: &Policy) -> Analysis<'a> {
    let texts = texts(documents);
    let chains = reuse::chains(&texts);
    judge(documents, texts, &chains, (policy, asked(documents)))
}

/// As [`analyse`], but compares only what stands in and around `places`, each in two of
/// the documents: passages of a large archive, of which these documents are a part.
///
/// # Panics
/// When a place is in none of the documents.
pub fn analyse_near<'a>(
    documents: &'a [Document],
    places: &[[Place; 2]],
    policy: &Policy,
) -> Analysis<'a> {
    let texts = texts(documents);
    let chains = reuse::chains_near(&texts, places);
    judge(documents, texts, &chains, (policy, None))
}

fn texts(documents: &[Document]) -> Vec<Text<'_>> {
    documents.par_iter().map(|document| Text::read(document.id, &document.source)).collect()
}

/// The stages from the chains on; which documents are compared in other words, is given.
fn judge<'a>(
    documents: &'a [Document],
    texts: Vec<Text<'a>>,
    chains: &[Chain],
    (policy, asked): (&Policy, Option<Box<Asked>>),
) -> Analysis<'a> {
    let alignments = align::passages(&texts, chains);
    let boilerplate = Boilerplate::find(&texts, &policy.reuse.boilerplate);
    let is_asked = asked.is_some();
    let paraphrases = asked.map_or_else(Vec::new, |asked| {
        let boilerplate = |doc, token| boilerplate.covers(doc, token);
        let scope = paraphrase::Scope {
            wanted: &*asked,
            boilerplate: &boilerplate,
            encoder: &policy.align.encoder,
        };
        paraphrase::paraphrases(&texts, &alignments, &scope)
    });
    let claims: Vec<Vec<Claim>> = texts.par_iter().map(|text| claims_of(documents, text)).collect();
    let labels = labels(policy);
    let facts: Vec<Vec<Fact>> =
        texts.par_iter().map(|text| facts_of(documents, text, &claims[text.doc.index()])).collect();
    let comparison = divergence::compare(&Material {
        documents,
        texts: &texts,
        claims: &claims,
        facts: &facts,
        alignments: &alignments,
        paraphrases: &paraphrases,
        boilerplate: &boilerplate,
        reuse_words_min: policy.reuse.words_min,
        labels: &labels,
        aliases: &policy.reuse.aliases,
    });
    let Comparison { findings, clusters, matrix, boilerplate } = comparison;
    Analysis {
        texts,
        claims,
        alignments,
        paraphrases,
        paraphrased: is_asked,
        findings,
        clusters,
        matrix,
        boilerplate,
    }
}

/// Documents beyond which only drafts are compared in other words than their own: an
/// archive is searched for shared wording, which costs a tenth of that. The cost grows with
/// the number of documents, by some 20 ms each on a corpus with ten to an event.
pub const PARAPHRASED_MAX: usize = 400;

/// Whether two documents are compared in other words.
type Asked = dyn Fn([DocId; 2]) -> bool + Sync;

/// Which pairs of documents are compared in other words, if any: where there are drafts,
/// those with one.
fn asked(documents: &[Document]) -> Option<Box<Asked>> {
    let drafts: Vec<bool> = documents.iter().map(|document| document.draft).collect();
    if drafts.contains(&true) {
        return Some(Box::new(move |docs| docs.iter().any(|doc| drafts[doc.index()])));
    }
    (documents.len() <= PARAPHRASED_MAX).then(|| Box::new(|_| true) as Box<Asked>)
}

/// The disputed names that are looked for: the newsroom's, else those that come with the tool.
fn labels(policy: &Policy) -> Vec<Vec<Vec<String>>> {
    if policy.labels.is_empty() {
        return claims::default_labels().to_vec();
    }
    policy.labels.iter().map(|label| label.names.clone()).collect()
}

/// The claims of `text`, its dates counted from its own dateline, else from the time of
/// publication on record.
fn claims_of(documents: &[Document], text: &Text) -> Vec<Claim> {
    let published = documents[text.doc.index()].published.map(corpus::When::day);
    claims::extract_with(text, &claims::Options::news(published))
}

fn facts_of(documents: &[Document], text: &Text, claims: &[Claim]) -> Vec<Fact> {
    fact::facts(text, claims, documents[text.doc.index()].published.map(corpus::When::day))
}

impl<'a> Analysis<'a> {
    /// The report: these findings and `more`, judged by `policy`.
    pub fn report(
        &'a self,
        documents: &'a [Document],
        policy: &Policy,
        more: Vec<Finding>,
    ) -> Report<'a> {
        self.judged(documents, policy, more, true)
    }

    /// As [`report`](Self::report) for documents that are not all of the corpus that the
    /// policy is about: waivers that meet no finding may be about another one.
    pub fn report_of_part(
        &'a self,
        documents: &'a [Document],
        policy: &Policy,
        more: Vec<Finding>,
    ) -> Report<'a> {
        self.judged(documents, policy, more, false)
    }

    fn judged(
        &'a self,
        documents: &'a [Document],
        policy: &Policy,
        more: Vec<Finding>,
        whole: bool,
    ) -> Report<'a> {
        let mut findings = more;
        findings.extend(self.findings.iter().cloned());
        let verdict = policy.judge(findings, &Scope { documents, whole });
        Report {
            documents,
            texts: &self.texts,
            claims: &self.claims,
            alignments: &self.alignments,
            paraphrases: &self.paraphrases,
            findings: verdict.findings,
            waived: verdict.waived,
            allowed: verdict.allowed,
            clusters: &self.clusters,
            matrix: &self.matrix,
            propositions: Vec::new(),
            fixity: None,
            unchecked: Vec::new(),
            indexed: None,
            unparaphrased: false,
            model: policy.align.encoder.identity().cloned(),
            compared: None,
            sealed: None,
        }
    }
}
