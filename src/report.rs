//! The report: everything that a renderer needs, as plain data.
//!
//! In:  what the stages returned.
//! Out: [`Report`].
//! Not here: any analysis, and any formatting (`render`).

use crate::align::Alignment;
use crate::claims::Claim;
use crate::claims::Kind;
use crate::corpus::Compared;
use crate::corpus::Counts;
use crate::corpus::Document;
use crate::corpus::Sealed;
use crate::divergence::Cluster;
use crate::divergence::Likeness;
use crate::divergence::Recurrence;
use crate::finding::Severity;
use crate::paraphrase::Paraphrase;
use crate::paraphrase::Proposition;
use crate::policy::Acceptance;
use crate::policy::Judged;
use crate::policy::Waived;
use crate::span::DocId;
use crate::span::Place;
use crate::text::Text;
use std::collections::BTreeMap;

/// The result of one run.
///
/// `texts` and `claims` are indexed like `documents`, or empty when the run did
/// not read them.
#[derive(Clone, Debug, Default)]
pub struct Report<'a> {
    /// The documents that findings may point into.
    pub documents: &'a [Document],
    /// Their texts.
    pub texts: &'a [Text<'a>],
    /// The claims of each text.
    pub claims: &'a [Vec<Claim>],
    /// The aligned passages, those below the reporting threshold included.
    pub alignments: &'a [Alignment],
    /// The pairs of sentences that may say the same in other words, the unlikely ones
    /// included.
    pub paraphrases: &'a [Paraphrase],
    /// The passages that several documents carry.
    pub clusters: &'a [Cluster],
    /// What sentences of several documents say, where that was asked for.
    pub propositions: Vec<Proposition>,
    /// The findings, most severe first.
    pub findings: Vec<Judged>,
    /// The findings that are accepted, most severe first.
    pub waived: Vec<Waived>,
    /// How many more findings the settings allow.
    pub allowed: usize,
    /// What became of every file and record, when the run checked them.
    pub fixity: Option<Counts>,
    /// What was not checked and why, a sentence each.
    pub unchecked: Vec<String>,
    /// How many documents an index answered for, of which `documents` were read.
    pub indexed: Option<usize>,
    /// What the records were compared with, when that was asked.
    pub compared: Option<Compared>,
    /// The seal, when the run checked one.
    pub sealed: Option<Sealed>,
}

/// What is told of quotations.
#[derive(Clone, Debug, Default)]
pub struct Quoted {
    shown: Vec<DocId>,
    elsewhere: BTreeMap<Place, Vec<(Place, Likeness)>>,
    all: bool,
}

impl Quoted {
    /// The quotations of the documents `shown`, and where they recur; with `all` also
    /// names, titles and terms.
    pub fn new(shown: Vec<DocId>, recurrences: &[Recurrence], all: bool) -> Self {
        let mut elsewhere: BTreeMap<Place, Vec<(Place, Likeness)>> = BTreeMap::new();
        for found in recurrences {
            for (own, other) in [(found.left, found.right), (found.right, found.left)] {
                elsewhere.entry(own).or_default().push((other, found.likeness));
            }
        }
        Self { shown, elsewhere, all }
    }

    /// The quotations to tell, in the order of documents and positions.
    pub fn shown<'r>(&self, report: &'r Report) -> Vec<&'r Claim> {
        let wanted = |claim: &&Claim| {
            claim.kind == Kind::Quotation || self.all && claim.kind == Kind::Mention
        };
        let claims = self.shown.iter().flat_map(|doc| &report.claims[doc.index()]);
        claims.filter(wanted).collect()
    }

    /// Where else the quotation at `place` stands, and how it differs there.
    pub fn elsewhere(&self, place: Place) -> &[(Place, Likeness)] {
        self.elsewhere.get(&place).map_or(&[], Vec::as_slice)
    }
}

/// How many findings there are of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Those that are errors.
    pub errors: usize,
    /// Those that are warnings.
    pub warnings: usize,
    /// Those that are notes.
    pub notes: usize,
    /// Those that an editor accepted.
    pub waived: usize,
    /// Those of the baseline.
    pub baseline: usize,
    /// Those that the settings allow.
    pub allowed: usize,
}

impl std::ops::AddAssign for Totals {
    fn add_assign(&mut self, more: Self) {
        self.errors += more.errors;
        self.warnings += more.warnings;
        self.notes += more.notes;
        self.waived += more.waived;
        self.baseline += more.baseline;
        self.allowed += more.allowed;
    }
}

impl Report<'_> {
    /// How many findings there are.
    pub fn totals(&self) -> Totals {
        Totals {
            errors: self.count(Severity::Error),
            warnings: self.count(Severity::Warning),
            notes: self.count(Severity::Note),
            waived: self.accepted(|by| matches!(by, Acceptance::Waiver(_))),
            baseline: self.accepted(|by| matches!(by, Acceptance::Baseline)),
            allowed: self.allowed,
        }
    }

    /// How many findings have this level.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|judged| judged.severity == severity).count()
    }

    /// How many findings were accepted in this way.
    pub fn accepted(&self, kind: impl Fn(&Acceptance) -> bool) -> usize {
        self.waived.iter().filter(|waived| kind(&waived.by)).count()
    }
}
