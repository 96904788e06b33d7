//! The report: everything that a renderer needs, as plain data.
//!
//! In:  what the stages returned.
//! Out: [`Report`].
//! Not here: any analysis, and any formatting (`render`).

mod lineage;
mod reuse_map;

pub use lineage::Edge;
pub use lineage::LineageGraph;
pub use reuse_map::Outlet;
pub use reuse_map::ReuseMap;
pub use reuse_map::Shared;

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
use crate::divergence::Row;
use crate::embedding::Identity;
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
    /// What the documents say on the same questions: the figure matrix.
    pub matrix: &'a [Row],
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
    /// Whether there were too many documents to compare what they say in other words.
    pub unparaphrased: bool,
    /// The model by which paraphrases were found, if it was not the table of the program.
    pub model: Option<Identity>,
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

/// Words of a draft for which one warning on framing is shown: more of them are read by
/// nobody.
pub const FRAMING_WORDS: usize = 150;

impl Report<'_> {
    /// The findings that are shown without being asked for, and how many warnings on framing
    /// are more than one for every 150 words of the drafts. Errors are always shown, and
    /// whatever is left out counts in the totals and for the ending of the run.
    pub fn within_budget(&self) -> (Vec<&Judged>, usize) {
        let drafts = self.documents.iter().filter(|document| document.draft);
        let texts = drafts.filter_map(|draft| self.texts.get(draft.id.index()));
        let words: Vec<usize> = texts.map(|text| text.tokens.len()).collect();
        let budget = match words.len() {
            0 => usize::MAX,
            _ => (words.iter().sum::<usize>() / FRAMING_WORDS).max(1),
        };
        let (mut shown, mut spent) = (Vec::with_capacity(self.findings.len()), 0);
        for judged in &self.findings {
            let counts = judged.severity == Severity::Warning && judged.finding.rule.is_framing();
            spent += usize::from(counts);
            if !counts || spent <= budget {
                shown.push(judged);
            }
        }
        (shown, spent.saturating_sub(budget))
    }

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Finding;
    use crate::finding::Rule;
    use crate::finding::Subject;
    use crate::policy::Policy;
    use crate::policy::Scope;

    /// Findings of a rule on a draft, as the default policy judges them.
    fn judged(rule: Rule, count: usize, documents: &[Document]) -> Vec<Judged> {
        let finding = |number: usize| Finding {
            rule,
            subject: Subject::Draft,
            message: format!("finding {number}"),
            labels: Vec::new(),
            notes: Vec::new(),
            help: String::new(),
        };
        let all = (0..count).map(finding).collect();
        Policy::default().judge(all, &Scope { documents, whole: true }).findings
    }

    #[test]
    fn a_draft_shows_one_warning_on_framing_for_every_150_words() {
        for (words, budget) in [(20, 1), (300, 2), (460, 3)] {
            let source = "word ".repeat(words);
            let mut documents = [Document::unrecorded(DocId(0), "draft.md", source)];
            documents[0].draft = true;
            let texts = [Text::read(DocId(0), &documents[0].source)];
            let mut findings = judged(Rule::CertaintyRaised, 5, &documents);
            findings.extend(judged(Rule::AttributionDropped, 7, &documents));
            let report =
                Report { documents: &documents, texts: &texts, findings, ..Report::default() };

            let (shown, more) = report.within_budget();

            assert_eq!((shown.len(), more), (5 + budget, 7 - budget), "{words}");
            assert_eq!(report.totals().warnings, 7);
        }
    }

    #[test]
    fn without_a_draft_every_warning_is_shown() {
        let findings = judged(Rule::AttributionDropped, 7, &[]);
        let report = Report { findings, ..Report::default() };

        assert_eq!(report.within_budget().1, 0);
    }
}
