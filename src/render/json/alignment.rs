//! The wire forms of aligned passages, paraphrases among them, and of propositions.

use crate::align::Alignment;
use crate::paraphrase::Paraphrase;
use crate::paraphrase::Proposition;
use crate::paraphrase::WordPair;
use crate::render::json::wire::WireMark;
use crate::render::json::wire::WirePlace;
use crate::render::json::wire::mark;
use crate::render::json::wire::passage;
use crate::report::Report;
use serde::Serialize;

#[derive(Serialize)]
pub(crate) struct WireAlignment<'a> {
    kind: &'static str,
    score: f64,
    probability: Option<f64>,
    evidence: f64,
    reported: bool,
    part: bool,
    left: WirePlace<'a>,
    right: WirePlace<'a>,
    words: Vec<WireWords<'a>>,
}

/// Two words that answer to each other.
#[derive(Serialize)]
struct WireWords<'a> {
    left: WireMark<'a>,
    right: WireMark<'a>,
    same: bool,
}

#[derive(Serialize)]
pub(crate) struct WireProposition<'a> {
    documents: usize,
    members: Vec<WireMember<'a>>,
}

#[derive(Serialize)]
struct WireMember<'a> {
    probability: f64,
    place: WirePlace<'a>,
}

pub(super) fn alignment<'a>(report: &'a Report, found: &Alignment) -> WireAlignment<'a> {
    WireAlignment {
        kind: found.kind.name(),
        // Four digits are more than the measure means, and read the same on every machine.
        score: (found.similarity * 10_000.0).round() / 10_000.0,
        probability: None,
        evidence: f64::from(found.evidence.round()),
        reported: found.reported,
        part: found.part,
        left: passage(report, found.left),
        right: passage(report, found.right),
        words: Vec::new(),
    }
}

pub(super) fn paraphrase<'a>(report: &'a Report, found: &Paraphrase) -> WireAlignment<'a> {
    let sources =
        [found.left, found.right].map(|place| report.documents[place.doc.index()].source.as_str());
    let words = |pair: &WordPair| WireWords {
        left: mark(sources[0], pair.left),
        right: mark(sources[1], pair.right),
        same: pair.is_same,
    };
    WireAlignment {
        kind: "paraphrase",
        score: rounded(found.similarity),
        probability: Some(rounded(found.probability)),
        evidence: 0.0,
        reported: found.is_reported(),
        part: found.copied,
        left: passage(report, found.left),
        right: passage(report, found.right),
        words: found.words.iter().map(words).collect(),
    }
}

pub(super) fn proposition<'a>(report: &'a Report, found: &Proposition) -> WireProposition<'a> {
    let members = found.members.iter().map(|member| WireMember {
        probability: rounded(member.probability),
        place: passage(report, member.place),
    });
    WireProposition { documents: found.documents().len(), members: members.collect() }
}

/// Two digits are as many as the measures mean, and read the same on every machine.
fn rounded(share: f64) -> f64 {
    (share * 100.0).round() / 100.0
}
