//! Findings: what the tool says, and the table of rules it says it by.
//!
//! A finding states what differs and where, never who is right. Every rule is one
//! row of [`RULES`]: a code that never changes, a slug, a default level and a page
//! in `docs/rules/`.
//!
//! In:  places and short messages from `corpus::verify` and `divergence`.
//! Out: [`Finding`]s, still without a level.
//! Not here: how severe a finding is in this newsroom (`policy`), and how it is
//! printed (`render`).

use crate::span::Place;
use crate::span::Position;
use crate::span::Span;

/// How much a finding matters; given by `policy`, not by the rule that fired.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; never fails a run by default.
    Note,
    /// An editor should look.
    Warning,
    /// Fails the run by default.
    Error,
}

impl Severity {
    /// The word used in output and configuration.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// What a finding is about: it decides which of a rule's two levels applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// The corpus itself: two sources, or a file and its record.
    Corpus,
    /// A draft that is checked against the corpus.
    Draft,
}

/// How the run must end when a rule fires.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ending {
    /// Exit status 1 when the level reaches `--fail-on`.
    Findings,
    /// Exit status 2 always: a record or path is not well-formed.
    Schema,
    /// Exit status 3 always: something could not be checked.
    Incomplete,
}

/// Where a label points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Site {
    /// A passage in a document whose text the run has read.
    Passage(Place),
    /// A whole file, by its path relative to the root.
    File {
        /// Path relative to the root, `/`-separated.
        path: String,
    },
    /// A line in a file that is not a document, such as a record.
    Line {
        /// Path relative to the root, `/`-separated.
        path: String,
        /// Line and column, counted from one.
        position: Position,
        /// The line as it stands in the file.
        excerpt: String,
    },
}

/// One place that a finding shows, with what to look at in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The place shown.
    pub site: Site,
    /// The parts that differ or matter, inside the passage, in reading order.
    pub marks: Vec<Span>,
    /// A short remark beside the place; may be empty.
    pub caption: String,
}

impl Label {
    /// A passage with the parts that differ.
    pub fn passage(place: Place, marks: Vec<Span>, caption: impl Into<String>) -> Self {
        debug_assert!(marks.iter().all(|mark| place.span.contains(*mark)));
        Self { site: Site::Passage(place), marks, caption: caption.into() }
    }

    /// A whole file.
    pub fn file(path: impl Into<String>, caption: impl Into<String>) -> Self {
        Self { site: Site::File { path: path.into() }, marks: Vec::new(), caption: caption.into() }
    }

    /// A line of a record or of the configuration.
    pub fn line(path: impl Into<String>, position: Position, excerpt: impl Into<String>) -> Self {
        let site = Site::Line { path: path.into(), position, excerpt: excerpt.into() };
        Self { site, marks: Vec::new(), caption: String::new() }
    }
}

/// One thing worth saying: a rule, both wordings, and what to do next.
///
/// Invariant: `labels` is never empty, and the first label is the place that a
/// reader should open first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule that fired.
    pub rule: Rule,
    /// Whether it is about a draft or about the corpus.
    pub subject: Subject,
    /// One sentence: what differs. Corpus text in it is not yet sanitised.
    pub message: String,
    /// The places, first the one to open.
    pub labels: Vec<Label>,
    /// Facts that support the message, a line each, such as recorded and found hash.
    pub notes: Vec<String>,
    /// One line: what to do next.
    pub help: String,
}

/// One row of the table of rules.
#[derive(Clone, Copy, Debug)]
pub struct RuleInfo {
    /// The rule.
    pub rule: Rule,
    /// The code that never changes.
    pub code: &'static str,
    /// The readable name.
    pub slug: &'static str,
    /// What the rule finds, in a few words.
    pub summary: &'static str,
    /// Default level when the corpus is the subject.
    pub corpus: Severity,
    /// Default level when a draft is the subject.
    pub draft: Severity,
    /// How the run must end.
    pub ending: Ending,
    /// The page that `provenance explain` prints.
    pub page: &'static str,
}

macro_rules! rules {
    ($($(#[$doc:meta])* $rule:ident = $code:literal $slug:literal, $summary:literal,
       corpus: $corpus:ident, draft: $draft:ident, ending: $ending:ident;)*) => {
        /// A rule of the tool, in the order of the codes.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule {
            $(#[doc = concat!($code, ": ", $summary, ".")] $rule,)*
        }

        /// Every rule, in the order of the codes.
        pub const RULES: &[RuleInfo] = &[$(RuleInfo {
            rule: Rule::$rule,
            code: $code,
            slug: $slug,
            summary: $summary,
            corpus: Severity::$corpus,
            draft: Severity::$draft,
            ending: Ending::$ending,
            page: include_str!(concat!("../docs/rules/", $code, ".md")),
        },)*];
    };
}

rules! {
    ContentChanged = "PV001" "content-changed", "the bytes of a document are not the recorded ones",
        corpus: Error, draft: Error, ending: Findings;
    LineEndingsRewritten = "PV002" "line-endings-rewritten", "only the line endings of a document differ from the recorded bytes",
        corpus: Error, draft: Error, ending: Findings;
    GitattributesMissing = "PV003" "gitattributes-missing", "git may rewrite the line endings of the corpus",
        corpus: Warning, draft: Warning, ending: Findings;
    Unrecorded = "PV004" "unrecorded", "a file in the corpus has no record",
        corpus: Error, draft: Error, ending: Findings;
    Missing = "PV005" "missing", "a record names a document that is not there",
        corpus: Error, draft: Error, ending: Findings;
    Moved = "PV006" "moved", "a recorded document stands under another path",
        corpus: Error, draft: Error, ending: Findings;
    LfsPointer = "PV007" "lfs-pointer", "a git-LFS pointer stands in place of the document",
        corpus: Error, draft: Error, ending: Findings;
    Submodule = "PV008" "submodule", "a git submodule lies inside the corpus",
        corpus: Error, draft: Error, ending: Findings;
    Unstable = "PV009" "unstable", "a file changed or could not be read while it was being checked",
        corpus: Error, draft: Error, ending: Incomplete;
    HashReplaced = "PV010" "hash-replaced", "the recorded hash changed, and the history does not say why",
        corpus: Error, draft: Error, ending: Findings;
    HistoryRewritten = "PV011" "history-rewritten", "an entry of a record's history was changed, removed or moved",
        corpus: Error, draft: Error, ending: Findings;
    RemovedWithoutTombstone = "PV012" "removed-without-tombstone", "a record is gone, and no tombstone says why",
        corpus: Error, draft: Error, ending: Findings;
    SealMissing = "PV013" "seal-missing", "the policy demands a signed seal, and something has none",
        corpus: Error, draft: Error, ending: Findings;
    SealInvalid = "PV014" "seal-invalid", "the seal is no list of hashes that can be read",
        corpus: Error, draft: Error, ending: Findings;
    SealBroken = "PV015" "seal-broken", "a sealed file was changed or is gone",
        corpus: Error, draft: Error, ending: Findings;
    Unsealed = "PV016" "unsealed", "a document or record is not in the seal",
        corpus: Warning, draft: Warning, ending: Findings;
    SignatureInvalid = "PV017" "signature-invalid", "the signature of the seal vouches for nothing",
        corpus: Error, draft: Error, ending: Findings;
    SignerUnknown = "PV018" "signer-unknown", "the seal is signed with a key that nobody allowed",
        corpus: Error, draft: Error, ending: Findings;
    SignerNotAllowed = "PV019" "signer-not-allowed", "the key that signed the seal is not for this, or not at this time",
        corpus: Error, draft: Error, ending: Findings;
    UnsafePath = "PV020" "unsafe-path", "a path is not safe on every system, and was not opened",
        corpus: Error, draft: Error, ending: Schema;
    NotARegularFile = "PV021" "not-a-regular-file", "a link, device or pipe lies in the corpus, and was not opened",
        corpus: Error, draft: Error, ending: Findings;
    PathCollision = "PV022" "path-collision", "two paths or ids are the same on some file systems",
        corpus: Error, draft: Error, ending: Findings;
    RecordConflict = "PV023" "record-conflict", "records disagree with their own place or with each other",
        corpus: Error, draft: Error, ending: Findings;
    RecordInvalid = "PV024" "record-invalid", "a record is not valid TOML or breaks the schema",
        corpus: Error, draft: Error, ending: Schema;
    HiddenCharacters = "PV030" "hidden-characters", "a text holds characters that no reader sees",
        corpus: Warning, draft: Warning, ending: Findings;
    C2paPresent = "PV031" "c2pa-present", "a text carries an embedded C2PA manifest",
        corpus: Note, draft: Note, ending: Findings;
    TooLargeToAnalyse = "PV032" "too-large-to-analyse", "a text is over the size limit and was not analysed",
        corpus: Warning, draft: Warning, ending: Findings;
    NotUtf8 = "PV033" "not-utf8", "a text is not UTF-8 and was not analysed",
        corpus: Warning, draft: Warning, ending: Findings;
    MetadataUnknown = "PV101" "metadata-unknown", "required metadata was looked for and not established",
        corpus: Warning, draft: Warning, ending: Findings;
    MetadataMissing = "PV102" "metadata-missing", "required metadata is absent",
        corpus: Error, draft: Error, ending: Findings;
    SourceUnknown = "PV103" "source-unknown", "a record names a source document that is not on record",
        corpus: Error, draft: Error, ending: Findings;
    DatesOutOfOrder = "PV105" "dates-out-of-order", "the dates in a record contradict each other",
        corpus: Warning, draft: Warning, ending: Findings;
    QuotationShared = "PV106" "quotation-shared", "texts carry the same quotation",
        corpus: Note, draft: Note, ending: Findings;
    PassageRepeated = "PV107" "passage-repeated", "a text says the same twice",
        corpus: Note, draft: Warning, ending: Findings;
    NearDuplicate = "PV108" "near-duplicate", "documents are nearly the same text, without credit",
        corpus: Warning, draft: Warning, ending: Findings;
    Boilerplate = "PV109" "boilerplate", "texts carry wording that is left out of comparisons",
        corpus: Note, draft: Note, ending: Findings;
    ReuseOwn = "PV110" "reuse-own", "an outlet carries its own wording in several texts",
        corpus: Note, draft: Note, ending: Findings;
    ReuseUncredited = "PV201" "reuse-uncredited", "two texts share wording and neither credits the other",
        corpus: Warning, draft: Warning, ending: Findings;
    ReuseCredited = "PV202" "reuse-credited", "two texts share wording and one credits the other",
        corpus: Note, draft: Note, ending: Findings;
    FigureDiffers = "PV301" "figure-differs", "the same wording carries another figure",
        corpus: Warning, draft: Error, ending: Findings;
    DateDiffers = "PV302" "date-differs", "the same wording carries another date",
        corpus: Warning, draft: Error, ending: Findings;
    FigureDiverges = "PV303" "figure-diverges", "texts give another figure for the same thing in their own words",
        corpus: Warning, draft: Error, ending: Findings;
    DateDiverges = "PV304" "date-diverges", "texts give another day for the same act",
        corpus: Warning, draft: Error, ending: Findings;
    ListDiverges = "PV305" "list-diverges", "texts list other members of the same group",
        corpus: Warning, draft: Error, ending: Findings;
    NameDiverges = "PV306" "name-diverges", "texts write the same name otherwise",
        corpus: Warning, draft: Warning, ending: Findings;
    PlaceDiverges = "PV307" "place-diverges", "texts give another place for the same act",
        corpus: Warning, draft: Error, ending: Findings;
    StatusDiverges = "PV308" "status-diverges", "one text says that an act is done, another that it is still to come",
        corpus: Warning, draft: Error, ending: Findings;
    FiguresContradict = "PV309" "figures-contradict", "a text contradicts itself",
        corpus: Warning, draft: Warning, ending: Findings;
    HedgeDiffers = "PV310" "hedge-differs", "the same wording carries the same figure, loosened in one text only",
        corpus: Note, draft: Warning, ending: Findings;
    FigureUnsourced = "PV311" "figure-unsourced", "no source gives a figure of the draft",
        corpus: Note, draft: Warning, ending: Findings;
    FigureSingleSource = "PV312" "figure-single-source", "one source alone gives a figure of the draft",
        corpus: Note, draft: Note, ending: Findings;
    TitleDiverges = "PV313" "title-diverges", "texts give one person offices that exclude each other",
        corpus: Warning, draft: Error, ending: Findings;
    QuoteAltered = "PV401" "quote-altered", "a quotation stands elsewhere with other words",
        corpus: Warning, draft: Error, ending: Findings;
    QuoteEdited = "PV402" "quote-edited", "a quotation stands elsewhere with another form of a word, or a small word more or less",
        corpus: Note, draft: Note, ending: Findings;
    QuoteTruncated = "PV403" "quote-truncated", "a quotation is cut before or after a condition",
        corpus: Note, draft: Warning, ending: Findings;
    QuoteSpeaker = "PV404" "quote-speaker", "the same words are said by another person elsewhere",
        corpus: Warning, draft: Error, ending: Findings;
    QuoteMade = "PV405" "quote-made", "words in quotation marks stand in the sources without",
        corpus: Warning, draft: Error, ending: Findings;
    QuoteUnmarked = "PV406" "quote-unmarked", "the words of a quotation stand without quotation marks",
        corpus: Note, draft: Warning, ending: Findings;
    QuoteUnattributed = "PV407" "quote-unattributed", "nobody is named for a quotation",
        corpus: Note, draft: Warning, ending: Findings;
    QuoteSingleSource = "PV408" "quote-single-source", "quotations stand in one source only, or in none",
        corpus: Note, draft: Note, ending: Findings;
    AttributionDropped = "PV420" "attribution-dropped", "a text says in its own voice what another gives to somebody",
        corpus: Note, draft: Warning, ending: Findings;
    AttributionChanged = "PV421" "attribution-changed", "a statement is somebody else's in another text",
        corpus: Note, draft: Warning, ending: Findings;
    AttributionVague = "PV422" "attribution-vague", "a statement is nobody's in particular, and has a name in another text",
        corpus: Note, draft: Warning, ending: Findings;
    VerbShift = "PV423" "verb-shift", "a verb of saying judges where others report",
        corpus: Note, draft: Note, ending: Findings;
    CitationResidue = "PV424" "citation-residue", "a chatbot's citation was left in a text",
        corpus: Warning, draft: Error, ending: Findings;
    CertaintyRaised = "PV425" "certainty-raised", "a text is surer of an event than most others",
        corpus: Warning, draft: Error, ending: Findings;
    CertaintyLowered = "PV426" "certainty-lowered", "a text is less sure of an event than most others",
        corpus: Note, draft: Note, ending: Findings;
    CertaintyHeadline = "PV427" "certainty-headline", "a headline is surer than its own text",
        corpus: Warning, draft: Warning, ending: Findings;
    AgentChanged = "PV428" "agent-changed", "a draft has somebody else do what its source tells of",
        corpus: Note, draft: Warning, ending: Findings;
    AgentDropped = "PV429" "agent-dropped", "a draft does not say who did what its source says somebody did",
        corpus: Note, draft: Note, ending: Findings;
    Magnitude = "PV430" "magnitude", "a draft weighs what happened one way, several sources the other",
        corpus: Note, draft: Note, ending: Findings;
    LabelSplit = "PV431" "label-split", "a text has another disputed name than most",
        corpus: Note, draft: Note, ending: Findings;
    Omission = "PV432" "omission", "a draft has not what most of its sources have",
        corpus: Note, draft: Note, ending: Findings;
    WaiverUnused = "PV901" "waiver-unused", "a waiver meets no finding",
        corpus: Warning, draft: Warning, ending: Findings;
    WaiverLapsed = "PV902" "waiver-lapsed", "the last day of a waiver has passed, or the wording has changed",
        corpus: Warning, draft: Warning, ending: Findings;
    BaselineOutdated = "PV903" "baseline-outdated", "a line of the baseline meets no finding",
        corpus: Note, draft: Note, ending: Findings;
}

impl Rule {
    /// The rule's row in the table.
    pub fn info(self) -> &'static RuleInfo {
        &RULES[self as usize]
    }

    /// Whether it is about how something is told, and not about what: a view of the editor's
    /// decides it more often than a fact.
    pub fn is_framing(self) -> bool {
        matches!(
            self,
            Self::AttributionDropped
                | Self::AttributionChanged
                | Self::AttributionVague
                | Self::VerbShift
                | Self::CertaintyRaised
                | Self::CertaintyLowered
                | Self::CertaintyHeadline
                | Self::AgentChanged
                | Self::AgentDropped
                | Self::Magnitude
                | Self::LabelSplit
                | Self::Omission
        )
    }

    /// The rule with this code or slug, in any letter case.
    ///
    /// ```
    /// use provenance::finding::Rule;
    ///
    /// assert_eq!(Rule::named("pv001"), Some(Rule::ContentChanged));
    /// assert_eq!(Rule::named("content-changed"), Some(Rule::ContentChanged));
    /// assert_eq!(Rule::named("PV999"), None);
    /// ```
    pub fn named(name: &str) -> Option<Rule> {
        let same = |known: &str| known.eq_ignore_ascii_case(name);
        RULES.iter().find(|info| same(info.code) || same(info.slug)).map(|info| info.rule)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn codes_and_slugs_are_unique_and_in_order() {
        let codes: Vec<_> = RULES.iter().map(|info| info.code).collect();
        let slugs: BTreeSet<_> = RULES.iter().map(|info| info.slug).collect();

        assert!(codes.is_sorted_by(|left, right| left < right), "{codes:?}");
        assert_eq!(slugs.len(), RULES.len());
    }

    #[test]
    fn each_rule_finds_its_own_row() {
        for info in RULES {
            assert_eq!(info.rule.info().code, info.code);
        }
    }
}
