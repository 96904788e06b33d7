//! Policy: what this newsroom asks of its corpus, and what it has accepted.
//!
//! In:  the texts of `provenance.toml`, `waivers.toml` and `baseline.toml`, and
//! findings without a level.
//! Out: [`Policy`], and the [`Verdict`] on findings.
//! Not here: reading the files (`corpus`), the clock (`cli`), and finding anything.

pub mod baseline;
mod fault;
mod judge;
mod level;
mod nearest;
mod settings;
pub mod waiver;

pub use baseline::Baseline;
pub use fault::Fault;
pub use judge::Acceptance;
pub use judge::BASELINE;
pub use judge::Judged;
pub use judge::Scope;
pub use judge::Verdict;
pub use judge::WAIVERS;
pub use judge::Waived;
pub use judge::exit_status;
pub use judge::is_waivable;
pub use judge::paths_of;
pub use level::Level;
pub use level::Levels;
pub use level::PathLevels;
pub use level::rule_with_level;
pub use nearest::nearest;
pub use settings::KEYS;
pub use waiver::Waiver;

use crate::embedding::Encoder;
use crate::finding::Rule;
use crate::finding::Severity;
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// The settings of one corpus. Every setting has a default, so an absent file is a valid one.
///
/// ```
/// use provenance::policy::Policy;
///
/// let policy = Policy::parse("[metadata]\nrequire = [\"outlet\"]\n").unwrap();
///
/// assert_eq!(policy.metadata.require, ["outlet"]);
/// let fault = Policy::parse("[metadata]\nrequires = []\n").unwrap_err();
/// assert_eq!(
///     fault.to_string(),
///     "line 2, column 1: unknown key `requires` in `metadata`: did you mean `require`?"
/// );
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// What belongs to the corpus.
    pub corpus: CorpusPolicy,
    /// What every record must say.
    pub metadata: MetadataPolicy,
    /// What counts as shared wording.
    pub reuse: ReusePolicy,
    /// Disputed names for one thing each; without any, those that come with the tool.
    pub labels: Vec<LabelPolicy>,
    /// How paraphrases are found.
    pub align: AlignPolicy,
    /// What the seal must be.
    pub seal: SealPolicy,
    /// Lowest level of findings that makes a run fail; without one, error.
    pub fail_on: Option<Severity>,
    /// How much each rule matters.
    pub levels: Levels,
    /// What the profiles change.
    pub profiles: BTreeMap<Profile, ProfilePolicy>,
    /// What editors have accepted, in the order of `waivers.toml`.
    pub waivers: Vec<Waiver>,
    /// What stood here before, from `baseline.toml`.
    pub baseline: Baseline,
    /// The day on which waivers hold or have lapsed; without one none lapses by its day.
    pub today: Option<Date>,
}

/// What belongs to the corpus.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
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
#[serde(default)]
pub struct MetadataPolicy {
    /// Fields that a record must have, or list as `unknown`.
    pub require: Vec<String>,
}

/// How paraphrases are found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct AlignPolicy {
    /// The file of a sentence transformer, relative to the root.
    pub model: Option<PathBuf>,
    /// Its `tokenizer.json`; without a name the one beside the model.
    pub tokenizer: Option<PathBuf>,
    /// The model, once it is read.
    #[serde(skip)]
    pub encoder: Encoder,
}

/// What counts as shared wording.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct ReusePolicy {
    /// Wording that every text may carry, such as a line about a newsletter.
    pub boilerplate: Vec<String>,
    /// Shared words outside quotation marks below which a passage is not worth a credit.
    #[serde(rename = "min-words")]
    pub words_min: usize,
    /// Further names by which an outlet is credited, such as `HW` for Harbour Wire.
    pub aliases: BTreeMap<String, Vec<String>>,
}

impl Default for ReusePolicy {
    fn default() -> Self {
        // "a senior official of the ministry said in a statement released by its press
        // office on Friday" is how anybody would put it.
        Self { boilerplate: Vec::new(), words_min: 18, aliases: BTreeMap::new() }
    }
}

/// A thing of which the choice of a name is disputed.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct LabelPolicy {
    /// What is named, for those who read the settings.
    pub referent: String,
    /// Its names, each with its forms: `[["Northern Strait"], ["Norland Strait"]]`.
    pub names: Vec<Vec<String>>,
}

/// What the seal must be, and who may sign it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct SealPolicy {
    /// Whether everything must be under a signed seal.
    pub require: bool,
    /// A file with those who may sign with an SSH key, in the form that git and
    /// ssh-keygen read; relative to the root.
    pub allowed_signers: Option<String>,
    /// Public keys of minisign that may sign.
    pub minisign_keys: Vec<String>,
}

/// What a run is for: it decides which of the levels hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Profile {
    /// The state of the corpus itself.
    Corpus,
    /// A text before it is published.
    Draft,
    /// A change on its way into the main branch.
    Ci,
}

impl Profile {
    /// Every profile.
    pub const ALL: [Self; 3] = [Self::Corpus, Self::Draft, Self::Ci];

    /// Its name in settings and arguments.
    pub fn name(self) -> &'static str {
        match self {
            Self::Corpus => "corpus",
            Self::Draft => "draft",
            Self::Ci => "ci",
        }
    }

    /// The profile of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|profile| profile.name() == name)
    }

    /// Levels that the profile has unless the settings say otherwise: a change that
    /// leaves dead entries in `waivers.toml` is not finished.
    fn built_in(self) -> BTreeMap<Rule, Level> {
        let error = Level::Report(Severity::Error);
        match self {
            Self::Corpus | Self::Draft => BTreeMap::new(),
            Self::Ci => [(Rule::WaiverUnused, error), (Rule::WaiverLapsed, error)].into(),
        }
    }
}

/// What one profile changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProfilePolicy {
    /// Lowest level of findings that makes a run fail.
    pub fail_on: Option<Severity>,
    /// Levels of rules.
    pub rules: BTreeMap<Rule, Level>,
}

impl Policy {
    /// Reads the settings from the text of `provenance.toml`.
    ///
    /// # Errors
    /// When the text is not TOML, or has a key or value that the tool does not
    /// know; the fault says where, and what was probably meant.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        settings::read(text)
    }

    /// The same policy for a run of this kind.
    #[must_use]
    pub fn in_profile(mut self, profile: Profile) -> Self {
        let chosen = self.profiles.get(&profile).cloned().unwrap_or_default();
        for (rule, level) in profile.built_in() {
            self.levels.rules.entry(rule).or_insert(level);
        }
        self.levels.rules.extend(chosen.rules);
        self.fail_on = chosen.fail_on.or(self.fail_on);
        self
    }
}
