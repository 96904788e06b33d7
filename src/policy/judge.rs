//! Judging: which findings are shown, how much each matters, and which are accepted.
//!
//! In:  a [`Policy`], findings without a level, and what the run looked at.
//! Out: a [`Verdict`], which counts what it does not show; the exit status.
//! Not here: the settings themselves (`settings`, `waiver`, `baseline`).

use crate::corpus::Document;
use crate::finding::Ending;
use crate::finding::Finding;
use crate::finding::Label;
use crate::finding::Rule;
use crate::finding::Severity;
use crate::finding::Site;
use crate::finding::Subject;
use crate::fingerprint::Fingerprint;
use crate::fingerprint::SHORT_DIGITS;
use crate::policy::Level;
use crate::policy::Policy;
use crate::policy::Waiver;
use crate::policy::baseline::Known;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// Where waivers are kept, relative to the root.
pub const WAIVERS: &str = "waivers.toml";

/// Where the baseline is kept, relative to the root.
pub const BASELINE: &str = "baseline.toml";

/// Lines of the baseline that are shown when they met no finding.
const GONE_SHOWN_MAX: usize = 5;

/// Whether findings of `rule` can be accepted one by one.
///
/// Those of a smaller code are about bytes and their records: what is wrong there is
/// set right in the record, which keeps the reason. Those of waivers are about the
/// acceptance itself.
pub fn is_waivable(rule: Rule) -> bool {
    (Rule::HiddenCharacters..Rule::WaiverUnused).contains(&rule)
        && rule.info().ending == Ending::Findings
}

/// A finding with the level that the policy gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// The finding.
    pub finding: Finding,
    /// How much it matters here.
    pub severity: Severity,
    /// The name by which it is known again.
    pub fingerprint: Fingerprint,
}

/// Why a finding is not shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Acceptance {
    /// An editor accepted it, for this reason.
    Waiver(String),
    /// It stood here when the baseline was written.
    Baseline,
}

/// A finding that is accepted, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waived {
    /// The finding.
    pub judged: Judged,
    /// Why it is not among the others.
    pub by: Acceptance,
}

/// What became of the findings of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Those to show, most severe first.
    pub findings: Vec<Judged>,
    /// Those that are accepted, in the same order.
    pub waived: Vec<Waived>,
    /// How many others the settings allow.
    pub allowed: usize,
}

/// What a run looked at.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    /// The documents that findings point into.
    pub documents: &'a [Document],
    /// Whether every finding that can be accepted would have been found, so that an
    /// acceptance that met none is of no use.
    pub whole: bool,
}

impl Policy {
    /// Gives each finding its level, sets apart what is accepted, and puts the most
    /// severe first. Findings of one level keep the order they came in.
    ///
    /// In a run that looked at everything, waivers and lines of the baseline that met
    /// no finding are findings themselves.
    pub fn judge(&self, findings: Vec<Finding>, scope: &Scope) -> Verdict {
        let mut court = Court::new(self, scope);
        for finding in findings {
            court.judge(finding);
        }
        if scope.whole {
            court.judge_waivers();
            court.judge_baseline();
        }
        let mut verdict = court.verdict;
        verdict.findings.sort_by_key(|judged| std::cmp::Reverse(judged.severity));
        verdict.waived.sort_by_key(|waived| std::cmp::Reverse(waived.judged.severity));
        verdict
    }
}

/// The files that a finding shows, sorted, each once.
pub fn paths_of<'a>(finding: &'a Finding, documents: &'a [Document]) -> Vec<&'a str> {
    let path = |label: &'a Label| match &label.site {
        Site::Passage(place) => documents[place.doc.index()].path.as_str(),
        Site::File { path } | Site::Line { path, .. } => path,
    };
    let paths: BTreeSet<&str> = finding.labels.iter().map(path).collect();
    paths.into_iter().collect()
}

/// The findings on their way to a verdict.
struct Court<'c> {
    policy: &'c Policy,
    scope: &'c Scope<'c>,
    /// The waivers by the fingerprint that they name.
    waivers: BTreeMap<&'c str, Vec<usize>>,
    /// The fingerprints of the baseline.
    baseline: BTreeSet<&'c str>,
    /// The waivers that met a finding.
    used: BTreeSet<usize>,
    /// The fingerprints of the baseline that met a finding.
    stood: BTreeSet<String>,
    verdict: Verdict,
}

impl<'c> Court<'c> {
    fn new(policy: &'c Policy, scope: &'c Scope<'c>) -> Self {
        let mut waivers: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (index, waiver) in policy.waivers.iter().enumerate() {
            waivers.entry(&waiver.finding).or_default().push(index);
        }
        Self {
            policy,
            scope,
            waivers,
            baseline: policy.baseline.known.iter().map(|known| known.finding.as_str()).collect(),
            used: BTreeSet::new(),
            stood: BTreeSet::new(),
            verdict: Verdict::default(),
        }
    }

    fn judge(&mut self, finding: Finding) {
        let fingerprint = Fingerprint::of(&finding, self.scope.documents);
        let by = self.acceptance(finding.rule, &fingerprint);
        let info = finding.rule.info();
        let default = match finding.subject {
            Subject::Corpus => info.corpus,
            Subject::Draft => info.draft,
        };
        let paths = paths_of(&finding, self.scope.documents);
        match (self.policy.levels.of(finding.rule, default, &paths), by) {
            (Level::Allow, _) => self.verdict.allowed += 1,
            (Level::Report(severity), by) => {
                let judged = Judged { finding, severity, fingerprint };
                match by {
                    Some(by) => self.verdict.waived.push(Waived { judged, by }),
                    None => self.verdict.findings.push(judged),
                }
            }
        }
    }

    /// Why a finding is accepted, if it is. A waiver comes before the baseline: it
    /// has a reason.
    fn acceptance(&mut self, rule: Rule, fingerprint: &Fingerprint) -> Option<Acceptance> {
        if !is_waivable(rule) {
            return None;
        }
        let known = fingerprint.as_str();
        let in_baseline = self.baseline.contains(known);
        if in_baseline {
            self.stood.insert(known.to_owned());
        }
        for index in self.waivers.get(known).into_iter().flatten() {
            let waiver = &self.policy.waivers[*index];
            if !waiver.is_over(self.policy.today) {
                self.used.insert(*index);
                return Some(Acceptance::Waiver(waiver.reason.clone()));
            }
        }
        in_baseline.then_some(Acceptance::Baseline)
    }

    /// Says which waivers met no finding, and why.
    fn judge_waivers(&mut self) {
        let mut open: BTreeMap<(Rule, Vec<&str>), &Fingerprint> = BTreeMap::new();
        let mut names = BTreeSet::new();
        for judged in &self.verdict.findings {
            let paths = paths_of(&judged.finding, self.scope.documents);
            open.insert((judged.finding.rule, paths), &judged.fingerprint);
            names.insert(judged.fingerprint.as_str());
        }
        let mut told = Vec::new();
        for (index, waiver) in self.policy.waivers.iter().enumerate() {
            if self.used.contains(&index) || !self.could_meet(&waiver.paths) {
                continue;
            }
            let kin = (waiver.rule, waiver.paths.iter().map(String::as_str).collect());
            told.push(if names.contains(waiver.finding.as_str()) {
                over(waiver)
            } else if let Some(now) = open.get(&kin) {
                changed(waiver, now)
            } else {
                unused(waiver)
            });
        }
        for finding in told {
            self.judge(finding);
        }
    }

    /// Whether a run that looked at these documents could meet a finding that shows
    /// these files: with drafts only what is about one of them is compared.
    fn could_meet(&self, paths: &[String]) -> bool {
        let drafts = || self.scope.documents.iter().rev().take_while(|document| document.draft);
        let kept = |path: &String| path.starts_with("corpus/") || path.starts_with("manifests/");
        if drafts().next().is_none() {
            return paths.iter().all(kept);
        }
        drafts().any(|draft| paths.contains(&draft.path))
    }

    /// Says how many lines of the baseline met no finding.
    fn judge_baseline(&mut self) {
        let known = self.policy.baseline.known.iter();
        let gone = known.filter(|known| {
            !self.stood.contains(&known.finding)
                && self.could_meet(std::slice::from_ref(&known.path))
        });
        let gone: Vec<&Known> = gone.collect();
        if !gone.is_empty() {
            self.judge(outdated(&gone));
        }
    }
}

fn found(rule: Rule, message: String, label: Label, help: String) -> Finding {
    let (labels, notes) = (vec![label], Vec::new());
    Finding { rule, subject: Subject::Corpus, message, labels, notes, help }
}

/// What a finding about a waiver begins with.
fn named(waiver: &Waiver) -> String {
    let info = waiver.rule.info();
    format!("the waiver of {} ({} {})", short(&waiver.finding), info.code, info.slug)
}

fn about(rule: Rule, waiver: &Waiver, message: String, help: String) -> Finding {
    let label = Label::line(WAIVERS, waiver.position, &waiver.excerpt);
    let mut finding = found(rule, message, label, help);
    finding.notes.push(format!("reason: {}", waiver.reason));
    finding
}

fn unused(waiver: &Waiver) -> Finding {
    let message = format!("{} meets no finding", named(waiver));
    let help = format!("remove the entry from `{WAIVERS}`");
    about(Rule::WaiverUnused, waiver, message, help)
}

fn over(waiver: &Waiver) -> Finding {
    let until = waiver.until.map_or_else(String::new, |until| until.to_string());
    let message = format!("{} held until {until}", named(waiver));
    let help =
        format!("look at the finding again; then settle it, or write a later day in `{WAIVERS}`");
    about(Rule::WaiverLapsed, waiver, message, help)
}

fn changed(waiver: &Waiver, now: &Fingerprint) -> Finding {
    let now = now.short();
    let message = format!("the wording changed since {}: the finding is now {now}", named(waiver));
    let help = format!(
        "look at it again and remove the entry; if it stays: provenance allow {now} --reason …"
    );
    about(Rule::WaiverLapsed, waiver, message, help)
}

fn outdated(gone: &[&Known]) -> Finding {
    let message = match gone {
        [_] => format!("a line of `{BASELINE}` meets no finding"),
        several => format!("{} lines of `{BASELINE}` meet no finding", several.len()),
    };
    let help = "shorten the list: provenance audit --update-baseline".to_owned();
    let mut finding = found(Rule::BaselineOutdated, message, Label::file(BASELINE, ""), help);
    for known in gone.iter().take(GONE_SHOWN_MAX) {
        let (code, finding_short) = (known.rule.info().code, short(&known.finding));
        finding.notes.push(format!("{code} {finding_short} in {}", known.path));
    }
    if gone.len() > GONE_SHOWN_MAX {
        finding.notes.push(format!("and {} more", gone.len() - GONE_SHOWN_MAX));
    }
    finding
}

/// The digits of a fingerprint that are shown.
fn short(fingerprint: &str) -> &str {
    &fingerprint[..SHORT_DIGITS.min(fingerprint.len())]
}

/// The exit status that `findings` ask for.
///
/// 3 when something could not be checked, else 2 when a record or path is not
/// well-formed, else 1 when a finding is at least as severe as `fail_on`, else 0.
pub fn exit_status(findings: &[Judged], fail_on: Severity) -> u8 {
    let ending = |ending| findings.iter().any(|judged| judged.finding.rule.info().ending == ending);
    if ending(Ending::Incomplete) {
        3
    } else if ending(Ending::Schema) {
        2
    } else {
        u8::from(findings.iter().any(|judged| judged.severity >= fail_on))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Baseline;
    use crate::policy::Profile;
    use crate::span::DocId;
    use crate::span::Place;
    use crate::span::Position;
    use crate::span::Span;
    use jiff::civil::Date;

    fn finding(rule: Rule, subject: Subject) -> Finding {
        found(rule, String::new(), Label::file("corpus/a.txt", ""), String::new()).about(subject)
    }

    impl Finding {
        fn about(self, subject: Subject) -> Self {
            Self { subject, ..self }
        }
    }

    fn judged(policy: &Policy, findings: Vec<Finding>) -> Verdict {
        policy.judge(findings, &Scope { documents: &[], whole: false })
    }

    #[test]
    fn a_draft_is_judged_more_strictly_than_two_sources() {
        let verdict = judged(
            &Policy::default(),
            vec![
                finding(Rule::FigureDiffers, Subject::Corpus),
                finding(Rule::FigureDiffers, Subject::Draft),
            ],
        );

        let levels: Vec<_> = verdict.findings.iter().map(|judged| judged.severity).collect();
        assert_eq!(levels, [Severity::Error, Severity::Warning]);
    }

    #[test]
    fn what_could_not_be_checked_outranks_everything() {
        #[rustfmt::skip]
        let cases: [(&[Rule], u8); 5] = [
            (&[],                                                 0),
            (&[Rule::C2paPresent],                                0),
            (&[Rule::ContentChanged],                             1),
            (&[Rule::ContentChanged, Rule::RecordInvalid],        2),
            (&[Rule::UnsafePath, Rule::Unstable, Rule::Missing],  3),
        ];
        for (rules, expected) in cases {
            let findings = rules.iter().map(|rule| finding(*rule, Subject::Corpus)).collect();
            let verdict = judged(&Policy::default(), findings);
            assert_eq!(exit_status(&verdict.findings, Severity::Error), expected, "{rules:?}");
        }
    }

    #[test]
    fn what_is_allowed_is_counted() {
        let policy = Policy::parse("[rules]\nPV301 = \"allow\"\n").unwrap();
        let both = vec![
            finding(Rule::FigureDiffers, Subject::Draft),
            finding(Rule::DateDiffers, Subject::Draft),
        ];
        let verdict = judged(&policy, both);

        assert_eq!((verdict.findings.len(), verdict.allowed), (1, 1));
    }

    #[test]
    fn a_profile_changes_levels_and_the_threshold() {
        let settings = "[report]\nfail-on = \"error\"\n[rules]\nPV302 = \"note\"\n\
                        [profile.ci]\nfail-on = \"warning\"\nrules = { PV302 = \"warning\" }\n";
        let policy = Policy::parse(settings).unwrap();
        let level = |policy: &Policy, rule| {
            judged(policy, vec![finding(rule, Subject::Corpus)]).findings[0].severity
        };
        let ci = policy.clone().in_profile(Profile::Ci);

        assert_eq!(level(&policy, Rule::DateDiffers), Severity::Note);
        assert_eq!(level(&ci, Rule::DateDiffers), Severity::Warning);
        assert_eq!(level(&ci, Rule::WaiverUnused), Severity::Error, "built in");
        assert_eq!((policy.fail_on, ci.fail_on), (Some(Severity::Error), Some(Severity::Warning)));
    }

    /// Two documents with the same sentence, and a finding on it.
    fn scene(left: &str, right: &str) -> (Vec<Document>, Finding) {
        let documents = vec![
            Document::unrecorded(DocId(0), "corpus/a.txt", left),
            Document::unrecorded(DocId(1), "corpus/b.txt", right),
        ];
        let label = |document: &Document| {
            let span = Span::new(0, document.source.len());
            Label::passage(Place { doc: document.id, span }, Vec::new(), "")
        };
        let labels = documents.iter().map(label).collect();
        let base = finding(Rule::FigureDiffers, Subject::Corpus);
        (documents, Finding { labels, ..base })
    }

    fn waiver(finding: &str, until: Option<Date>) -> Waiver {
        Waiver {
            finding: finding.to_owned(),
            rule: Rule::FigureDiffers,
            paths: vec!["corpus/a.txt".to_owned(), "corpus/b.txt".to_owned()],
            message: String::new(),
            reason: "checked by phone".to_owned(),
            by: None,
            until,
            position: Position { line: 2, column: 1 },
            excerpt: "finding = …".to_owned(),
        }
    }

    /// One row per state of a waiver: the wording now, its last day, which rules are
    /// told, and how many findings are waived.
    #[test]
    fn a_waiver_lapses_by_itself() {
        let known = {
            let (documents, found) = scene("29 deals", "38 deals");
            Fingerprint::of(&found, &documents).to_string()
        };
        let today = Date::constant(2026, 6, 15);
        let (past, future) = (Date::constant(2026, 6, 14), Date::constant(2026, 6, 15));
        #[rustfmt::skip]
        let cases: [(&str, Option<Date>, &[Rule], usize); 5] = [
            ("38 deals", None,         &[],                                          1),
            ("38\n deals", None,       &[],                                          1),
            ("38 deals", Some(future), &[],                                          1),
            ("38 deals", Some(past),   &[Rule::FigureDiffers, Rule::WaiverLapsed],   0),
            ("39 deals", None,         &[Rule::FigureDiffers, Rule::WaiverLapsed],   0),
        ];
        for (right, until, rules, waived) in cases {
            let (documents, found) = scene("29 deals", right);
            let waivers = vec![waiver(&known, until)];
            let policy = Policy { waivers, today: Some(today), ..Policy::default() };
            let verdict = policy.judge(vec![found], &Scope { documents: &documents, whole: true });
            let told: Vec<_> = verdict.findings.iter().map(|judged| judged.finding.rule).collect();

            assert_eq!(told, rules, "{right}, {until:?}");
            assert_eq!(verdict.waived.len(), waived, "{right}, {until:?}");
        }
    }

    /// One row per run: its documents, whether it is whole, and whether a waiver on
    /// both that met nothing is told.
    #[test]
    fn only_a_run_that_could_meet_it_calls_a_waiver_unused() {
        let (corpus, _) = scene("29 deals", "38 deals");
        let mut with_draft = corpus.clone();
        with_draft[1].draft = true;
        let mut other_draft = corpus.clone();
        other_draft.push(Document::unrecorded(DocId(2), "drafts/c.md", ""));
        other_draft[2].draft = true;
        let cases = [
            (&corpus, true, 1),
            (&corpus, false, 0),
            (&with_draft, true, 1),
            (&other_draft, true, 0),
        ];
        for (documents, whole, told) in cases {
            let waivers = vec![waiver(&"0".repeat(32), None)];
            let policy = Policy { waivers, ..Policy::default() };
            let verdict = policy.judge(Vec::new(), &Scope { documents, whole });
            assert_eq!(verdict.findings.len(), told, "{} {whole}", documents.len());
        }
    }

    #[test]
    fn the_baseline_accepts_what_it_lists_and_tells_what_is_gone() {
        let (documents, found) = scene("29 deals", "38 deals");
        let known = |finding: String| Known {
            path: "corpus/a.txt".to_owned(),
            rule: Rule::FigureDiffers,
            finding,
        };
        let here = known(Fingerprint::of(&found, &documents).to_string());
        let baseline = Baseline { known: [here, known("0".repeat(32))].into() };
        let policy = Policy { baseline, ..Policy::default() };
        let verdict = policy.judge(vec![found], &Scope { documents: &documents, whole: true });

        assert_eq!(verdict.waived.len(), 1);
        assert_eq!(verdict.waived[0].by, Acceptance::Baseline);
        assert_eq!(verdict.findings.len(), 1);
        assert_eq!(verdict.findings[0].finding.rule, Rule::BaselineOutdated);
    }

    #[test]
    fn what_is_wrong_with_bytes_and_records_is_never_accepted() {
        let base = finding(Rule::ContentChanged, Subject::Corpus);
        let fingerprint = Fingerprint::of(&base, &[]).to_string();
        let waivers = vec![Waiver { rule: Rule::ContentChanged, ..waiver(&fingerprint, None) }];
        let policy = Policy { waivers, ..Policy::default() };

        assert_eq!(judged(&policy, vec![base]).findings.len(), 1);
        assert!(!is_waivable(Rule::RecordInvalid) && !is_waivable(Rule::WaiverLapsed));
        assert!(is_waivable(Rule::HiddenCharacters) && is_waivable(Rule::QuoteAltered));
    }
}
