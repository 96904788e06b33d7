//! Policy: what this newsroom asks of its corpus, from `provenance.toml`.
//!
//! In:  the text of `provenance.toml`, and findings without a level.
//! Out: [`Policy`], and [`Judged`] findings.
//! Not here: reading the file (`corpus`) and finding anything.

use crate::finding::Ending;
use crate::finding::Finding;
use crate::finding::Severity;
use crate::finding::Subject;
use serde::Deserialize;

/// The settings of one corpus. Every setting has a default, so an absent file is a valid one.
///
/// ```
/// use provenance::policy::Policy;
///
/// let policy = Policy::parse("[metadata]\nrequire = [\"outlet\"]\n").unwrap();
///
/// assert_eq!(policy.metadata.require, ["outlet"]);
/// assert!(Policy::parse("[metadata]\nrequires = []\n").is_err());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Policy {
    /// What belongs to the corpus.
    pub corpus: CorpusPolicy,
    /// What every record must say.
    pub metadata: MetadataPolicy,
    /// What counts as shared wording.
    pub reuse: ReusePolicy,
    /// What the seal must be.
    pub seal: SealPolicy,
}

/// What belongs to the corpus.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct CorpusPolicy {
    /// Files or folders in `corpus/` that are not documents, relative to it.
    pub exclude: Vec<String>,
    /// Size in bytes above which a text is verified but not analysed.
    #[serde(rename = "max-text-bytes")]
    pub text_bytes_max: u64,
}

impl Default for CorpusPolicy {
    fn default() -> Self {
        // 32 MiB of text is some forty novels: more is data, not a document.
        Self { exclude: Vec::new(), text_bytes_max: 32 * 1024 * 1024 }
    }
}

/// What every record must say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MetadataPolicy {
    /// Fields that a record must have, or list as `unknown`.
    pub require: Vec<String>,
}

/// What counts as shared wording.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ReusePolicy {
    /// Wording that every text may carry, such as a line about a newsletter.
    pub boilerplate: Vec<String>,
}

/// What the seal must be, and who may sign it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct SealPolicy {
    /// Whether everything must be under a signed seal.
    pub require: bool,
    /// A file with those who may sign with an SSH key, in the form that git and
    /// ssh-keygen read; relative to the root.
    pub allowed_signers: Option<String>,
    /// Public keys of minisign that may sign.
    pub minisign_keys: Vec<String>,
}

/// A finding with the level that the policy gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// The finding.
    pub finding: Finding,
    /// How much it matters here.
    pub severity: Severity,
}

impl Policy {
    /// Reads the settings from the text of `provenance.toml`.
    ///
    /// # Errors
    /// When the text is not TOML, or has a key or value that the tool does not
    /// know; the error says where.
    pub fn parse(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }

    /// Gives each finding its level, and puts the most severe first.
    ///
    /// Findings of one level keep the order they came in.
    pub fn judge(&self, findings: Vec<Finding>) -> Vec<Judged> {
        let mut judged: Vec<Judged> = findings
            .into_iter()
            .map(|finding| Judged { severity: level(&finding), finding })
            .collect();
        judged.sort_by_key(|judged| std::cmp::Reverse(judged.severity));
        judged
    }
}

/// The default level of the rule for what the finding is about.
fn level(finding: &Finding) -> Severity {
    let info = finding.rule.info();
    match finding.subject {
        Subject::Corpus => info.corpus,
        Subject::Draft => info.draft,
    }
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
    use crate::finding::Label;
    use crate::finding::Rule;

    fn finding(rule: Rule, subject: Subject) -> Finding {
        Finding {
            rule,
            subject,
            message: String::new(),
            labels: vec![Label::file("corpus/a.txt", "")],
            notes: Vec::new(),
            help: String::new(),
        }
    }

    #[test]
    fn a_draft_is_judged_more_strictly_than_two_sources() {
        let judged = Policy::default().judge(vec![
            finding(Rule::FigureDiffers, Subject::Corpus),
            finding(Rule::FigureDiffers, Subject::Draft),
        ]);

        let levels: Vec<_> = judged.iter().map(|judged| judged.severity).collect();
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
            let judged = Policy::default().judge(findings);
            assert_eq!(exit_status(&judged, Severity::Error), expected, "{rules:?}");
        }
    }
}
