//! Review: what a change of the corpus does to what it says.
//!
//! A pure function of the changed documents as they were and as they are, and of the
//! findings before and after. What stands here is data for every writer: a terminal,
//! JSON, a comment on a pull request.
//!
//! In:  [`Changed`]s, and the reports of both states.
//! Out: [`Review`].
//! Not here: reading either state (`corpus`), and printing (`render`).

mod agreement;
mod align;
mod effect;
mod header;
mod metadata;
mod pieces;
mod sentence;
mod tag;

pub use agreement::Agreement;
pub use agreement::Stance;
pub use agreement::agreements;
pub use effect::Effect;
pub use effect::Found;
pub use effect::Outcome;
pub use effect::effect;
pub use header::Explanation;
pub use header::Fold;
pub use header::Status;
pub use metadata::Fact;
pub use sentence::Kind;
pub use sentence::Passage;
pub use sentence::Wording;
pub use tag::Tag;

use crate::claims;
use crate::claims::Claim;
use crate::corpus::Changed;
use crate::corpus::Changes;
use crate::corpus::Version;
use crate::span::DocId;
use crate::text::Text;

/// What a change of the corpus does.
#[derive(Clone, Debug)]
pub struct Review<'a> {
    /// The earlier state, in words.
    pub base: &'a str,
    /// The later state, in words.
    pub head: &'a str,
    /// The changed documents, by path.
    pub documents: Vec<Reviewed<'a>>,
    /// What it does to the corpus, when that was worked out.
    pub effect: Option<Effect<'a>>,
    /// What was not checked and why, a sentence each.
    pub unchecked: Vec<String>,
}

/// One changed document.
#[derive(Clone, Debug)]
pub struct Reviewed<'a> {
    /// The document as it was and as it is.
    pub changed: &'a Changed,
    /// What happened to it, at least one, in the order of [`Status`].
    pub statuses: Vec<Status>,
    /// Whether the record says why its bytes changed.
    pub explanation: Explanation<'a>,
    /// What is stated otherwise in its record.
    pub facts: Vec<Fact>,
    /// The one thing that all differences of the text come down to, when none of
    /// them is in the words.
    pub fold: Option<Fold>,
    /// The passages that differ, in reading order of the later text; empty when the
    /// document was added or removed.
    pub passages: Vec<Passage>,
}

impl<'a> Review<'a> {
    /// The review of `changes`, without their effect.
    ///
    /// ```
    /// use provenance::corpus::{Body, Changed, Changes, Digest, Version};
    /// use provenance::review::{Review, Tag};
    ///
    /// let version = |source: &str| Version {
    ///     path: "corpus/wire.txt".to_owned(),
    ///     body: Body::Text { digest: Digest::of(source.as_bytes()), source: source.to_owned() },
    ///     record: None,
    ///     record_text: String::new(),
    ///     fault: None,
    /// };
    /// let change = Changed {
    ///     earlier: Some(version("The port is set to sign 29 deals.")),
    ///     later: Some(version("The port has signed 38 deals.")),
    /// };
    /// let changes = Changes { documents: vec![change], ..Changes::default() };
    ///
    /// let review = Review::of(&changes);
    ///
    /// let tags: Vec<_> = review.documents[0].passages[0].tags();
    /// assert_eq!(tags, [Tag::Figure, Tag::Certainty]);
    /// ```
    pub fn of(changes: &'a Changes) -> Self {
        Self {
            base: &changes.base,
            head: &changes.head,
            documents: changes.documents.iter().map(reviewed).collect(),
            effect: None,
            unchecked: changes.unchecked.clone(),
        }
    }
}

impl Reviewed<'_> {
    /// The version to name it by: the later, else the earlier.
    pub fn version(&self) -> Option<&Version> {
        self.changed.later.as_ref().or(self.changed.earlier.as_ref())
    }
}

/// A text with its claims.
pub(crate) struct Reading<'a> {
    pub(crate) text: Text<'a>,
    pub(crate) claims: Vec<Claim>,
}

impl<'a> Reading<'a> {
    pub(crate) fn of(source: &'a str) -> Self {
        let text = Text::read(DocId(0), source);
        let claims = claims::extract(&text);
        Self { text, claims }
    }
}

fn reviewed(changed: &Changed) -> Reviewed<'_> {
    let (fold, passages) = match (text(changed.earlier.as_ref()), text(changed.later.as_ref())) {
        (Some(old), Some(new)) if old != new => {
            let passages = sentence::passages(&Reading::of(old), &Reading::of(new));
            (header::fold(old, new, &passages), passages)
        }
        _ => (None, Vec::new()),
    };
    let facts = metadata::facts(changed);
    Reviewed {
        changed,
        statuses: header::statuses(changed),
        explanation: header::explanation(changed),
        facts,
        passages: if fold.is_some() { Vec::new() } else { passages },
        fold,
    }
}

/// The text of a version, if there is one.
fn text(version: Option<&Version>) -> Option<&str> {
    version?.body.text()
}
