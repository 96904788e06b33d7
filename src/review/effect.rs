//! Effects: what a change does to the findings and agreements of the whole corpus.
//!
//! In:  the reports of both states, judged by the same policy.
//! Out: [`Effect`].
//! Not here: how findings are known again (`fingerprint`).

use crate::corpus::Changes;
use crate::corpus::Version;
use crate::fingerprint::Identity;
use crate::fingerprint::Standing;
use crate::fingerprint::classify;
use crate::policy::Judged;
use crate::report::Report;
use crate::review::Agreement;
use crate::review::agreements;

/// What became of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// It was not there before.
    New,
    /// It was there with other wording at one of its places.
    Changed,
    /// It is not there any more.
    Fixed,
}

impl Outcome {
    /// The word used in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Changed => "changed",
            Self::Fixed => "fixed",
        }
    }
}

/// A finding that is new, changed or fixed.
#[derive(Clone, Debug)]
pub struct Found<'a> {
    /// What became of it.
    pub outcome: Outcome,
    /// The finding: of the later report, or of the earlier one when it is fixed.
    pub judged: &'a Judged,
}

/// What a change does to the corpus.
#[derive(Clone, Debug)]
pub struct Effect<'a> {
    /// The report before.
    pub earlier: &'a Report<'a>,
    /// The report after.
    pub later: &'a Report<'a>,
    /// Agreements gained and lost.
    pub agreements: Vec<Agreement>,
    /// The findings that are new, then changed, then fixed, each most severe first.
    pub findings: Vec<Found<'a>>,
    /// How many findings are as they were.
    pub unchanged: usize,
}

impl Effect<'_> {
    /// How many findings had this outcome.
    pub fn count(&self, outcome: Outcome) -> usize {
        self.findings.iter().filter(|found| found.outcome == outcome).count()
    }

    /// The new findings: those that decide how a run ends.
    pub fn new_findings(&self) -> Vec<Judged> {
        let new = self.findings.iter().filter(|found| found.outcome == Outcome::New);
        new.map(|found| found.judged.clone()).collect()
    }
}

/// What `changes` do to the corpus, of which there are two reports.
pub fn effect<'a, 'c>(
    changes: &'c Changes,
    earlier: &'a Report<'a>,
    later: &'a Report<'a>,
) -> Effect<'a> {
    let identities = |report: &Report| -> Vec<Identity> {
        let identity = |judged: &Judged| Identity::of(&judged.finding, report.documents);
        report.findings.iter().map(identity).collect()
    };
    let (was, is) = (identities(earlier), identities(later));
    let classified = classify(&was, &is);
    let mut findings = Vec::new();
    let mut unchanged = 0;
    for (index, standing) in classified.later.iter().enumerate() {
        let outcome = match standing {
            Standing::New => Outcome::New,
            Standing::Changed(_) => Outcome::Changed,
            Standing::Unchanged(_) => {
                unchanged += 1;
                continue;
            }
        };
        findings.push(Found { outcome, judged: &later.findings[index] });
    }
    for index in classified.fixed {
        findings.push(Found { outcome: Outcome::Fixed, judged: &earlier.findings[index] });
    }
    findings.sort_by_key(|found| (found.outcome, std::cmp::Reverse(found.judged.severity)));
    let path = |version: &'c Option<Version>| Some(version.as_ref()?.path.as_str());
    let paths = changes.documents.iter().map(|it| (path(&it.earlier), path(&it.later)));
    let agreements = agreements(earlier, later, &paths.collect::<Vec<_>>());
    Effect { earlier, later, agreements, findings, unchanged }
}
