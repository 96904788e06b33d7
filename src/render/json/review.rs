//! Reviews in schema 1, as `provenance diff` writes them.

use crate::corpus::Version;
use crate::corpus::record::Text;
use crate::render::json::wire;
use crate::render::json::wire::Header;
use crate::render::json::wire::Line;
use crate::render::json::wire::Run;
use crate::render::json::wire::Summary;
use crate::render::json::wire::WireFinding;
use crate::render::json::wire::WirePlace;
use crate::report::Report;
use crate::review::Agreement;
use crate::review::Effect;
use crate::review::Explanation;
use crate::review::Fact;
use crate::review::Fold;
use crate::review::Found;
use crate::review::Kind;
use crate::review::Outcome;
use crate::review::Passage;
use crate::review::Review;
use crate::review::Reviewed;
use crate::review::Stance;
use crate::review::Status;
use crate::review::Wording;
use crate::span::Span;
use serde::Serialize;

/// One changed document.
#[derive(Serialize)]
pub(crate) struct WireChange<'a> {
    path: &'a str,
    earlier_path: Option<&'a str>,
    outlet: Option<&'a str>,
    status: Vec<&'static str>,
    earlier: Option<WireBytes>,
    later: Option<WireBytes>,
    explanation: &'static str,
    reason: Option<String>,
    fold: Option<&'static str>,
    facts: Vec<WireFact<'a>>,
    passages: Vec<WirePassage<'a>>,
}

/// The bytes of one version.
#[derive(Serialize)]
struct WireBytes {
    sha256: String,
    bytes: u64,
}

#[derive(Serialize)]
struct WireFact<'a> {
    key: &'a str,
    earlier: &'a [String],
    later: &'a [String],
}

#[derive(Serialize)]
struct WirePassage<'a> {
    kind: &'static str,
    tags: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    earlier: Option<WirePlace<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    later: Option<WirePlace<'a>>,
    wordings: Vec<WireWording<'a>>,
}

#[derive(Serialize)]
struct WireWording<'a> {
    tags: Vec<String>,
    earlier: WireWords<'a>,
    later: WireWords<'a>,
    certainty: Option<WireCertainty>,
}

#[derive(Serialize)]
struct WireWords<'a> {
    start: usize,
    end: usize,
    exact: &'a str,
}

#[derive(Serialize)]
struct WireCertainty {
    earlier: &'static str,
    later: &'static str,
}

/// An agreement that was gained or lost.
#[derive(Serialize)]
pub(crate) struct WireAgreement<'a> {
    outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    earlier: Option<WirePlace<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    later: Option<WirePlace<'a>>,
    other: WirePlace<'a>,
}

/// What was compared.
#[derive(Serialize)]
pub(crate) struct WireRange {
    base: String,
    head: String,
}

/// What became of findings and agreements.
#[derive(Serialize)]
pub(crate) struct WireEffect {
    new: usize,
    changed: usize,
    fixed: usize,
    unchanged: usize,
    agreements_gained: usize,
    agreements_lost: usize,
}

/// A whole review as one object.
#[derive(Serialize)]
pub(crate) struct Object<'a> {
    #[serde(flatten)]
    header: Header,
    changes: Vec<Line<'a>>,
    agreements: Vec<Line<'a>>,
    findings: Vec<Line<'a>>,
    summary: Summary,
}

/// What was run.
pub(crate) fn run(review: &Review) -> Run {
    Run { command: "diff", all: true, documents: review.documents.len() }
}

/// A whole review as one object.
pub(crate) fn object<'a>(review: &'a Review) -> Object<'a> {
    Object {
        header: run(review).header(),
        changes: changes(review).collect(),
        agreements: agreements(review).collect(),
        findings: findings(review).collect(),
        summary: summary(review),
    }
}

/// The lines between the first and the last.
pub(crate) fn lines<'a>(review: &'a Review) -> impl Iterator<Item = Line<'a>> {
    changes(review).chain(agreements(review)).chain(findings(review))
}

/// What the review sums up to: the new findings by severity, and the outcomes.
pub(crate) fn summary(review: &Review) -> Summary {
    let effect = review.effect.as_ref();
    let new = Report {
        findings: effect.map_or_else(Vec::new, Effect::new_findings),
        unchecked: review.unchecked.clone(),
        ..Report::default()
    };
    let mut summary = wire::summary(&run(review), &new);
    summary.range = Some(WireRange { base: review.base.to_owned(), head: review.head.to_owned() });
    summary.effect = effect.map(wire_effect);
    summary
}

fn wire_effect(effect: &Effect) -> WireEffect {
    let gained = effect.agreements.iter().filter(|agreement| agreement.is_gained()).count();
    WireEffect {
        new: effect.count(Outcome::New),
        changed: effect.count(Outcome::Changed),
        fixed: effect.count(Outcome::Fixed),
        unchanged: effect.unchanged,
        agreements_gained: gained,
        agreements_lost: effect.agreements.len() - gained,
    }
}

fn changes<'a>(review: &'a Review) -> impl Iterator<Item = Line<'a>> {
    review.documents.iter().map(|document| Line::Change(Box::new(change(document))))
}

fn agreements<'a>(review: &'a Review) -> impl Iterator<Item = Line<'a>> {
    let of = |effect: &'a Effect| effect.agreements.iter().map(|it| agreement(effect, it));
    review.effect.iter().flat_map(of).map(|it| Line::Agreement(Box::new(it)))
}

fn findings<'a>(review: &'a Review) -> impl Iterator<Item = Line<'a>> {
    let of = |effect: &'a Effect| effect.findings.iter().map(|found| outcome(effect, found));
    review.effect.iter().flat_map(of).map(Line::Finding)
}

fn change<'a>(document: &'a Reviewed) -> WireChange<'a> {
    let changed = document.changed;
    let path = changed.path();
    let earlier = changed.earlier.as_ref().map(|version| version.path.as_str());
    let record = document.version().and_then(|version| version.record.as_ref());
    let retired = record.and_then(|record| record.retired.as_ref());
    let retired = retired.filter(|_| document.statuses.contains(&Status::Retired));
    let (explanation, reason) = match document.explanation {
        Explanation::NotNeeded => ("not-needed", retired.map(|it| it.reason.to_string())),
        Explanation::History(entry) => ("history", Some(entry.reason.to_string())),
        Explanation::Missing => ("missing", None),
        Explanation::Stale => ("stale", None),
        Explanation::Unrecorded => ("unrecorded", None),
    };
    WireChange {
        path,
        earlier_path: earlier.filter(|earlier| *earlier != path),
        outlet: record.and_then(|record| record.outlet.as_ref()).map(Text::as_str),
        status: document.statuses.iter().map(|status| slug(*status)).collect(),
        earlier: changed.earlier.as_ref().and_then(bytes),
        later: changed.later.as_ref().and_then(bytes),
        explanation,
        reason,
        fold: document.fold.map(fold),
        facts: document.facts.iter().map(fact).collect(),
        passages: document.passages.iter().map(|it| passage(document, it)).collect(),
    }
}

fn slug(status: Status) -> &'static str {
    match status {
        Status::Added => "added",
        Status::Removed => "removed",
        Status::Retired => "retired",
        Status::Missing => "missing",
        Status::Moved => "moved",
        Status::Content => "content",
        Status::Metadata => "metadata",
    }
}

fn fold(fold: Fold) -> &'static str {
    match fold {
        Fold::LineEndings => "line-endings",
        Fold::Wrapping => "wrapping",
        Fold::WhiteSpace => "white-space",
        Fold::Signs => "signs",
    }
}

fn bytes(version: &Version) -> Option<WireBytes> {
    let sha256 = version.body.digest()?.to_string();
    Some(WireBytes { sha256, bytes: version.body.bytes() })
}

fn fact(fact: &Fact) -> WireFact<'_> {
    WireFact { key: &fact.key, earlier: &fact.earlier, later: &fact.later }
}

/// The path and the text of a version.
fn text(version: Option<&Version>) -> (&str, &str) {
    version.map_or(("", ""), |it| (&it.path, it.body.text().unwrap_or_default()))
}

fn passage<'a>(document: &'a Reviewed, passage: &'a Passage) -> WirePassage<'a> {
    let old = text(document.changed.earlier.as_ref());
    let new = text(document.changed.later.as_ref());
    let place = |(path, source): (&'a str, &'a str), span| wire::passage_in(path, source, span);
    WirePassage {
        kind: match passage.kind {
            Kind::Edited => "edited",
            Kind::Added => "added",
            Kind::Omitted => "omitted",
            Kind::Moved => "moved",
        },
        tags: passage.tags().iter().map(|tag| tag.name().to_lowercase()).collect(),
        earlier: passage.earlier.map(|span| place(old, span)),
        later: passage.later.map(|span| place(new, span)),
        wordings: passage.wordings.iter().map(|it| wording(it, old.1, new.1)).collect(),
    }
}

fn wording<'a>(wording: &Wording, old: &'a str, new: &'a str) -> WireWording<'a> {
    let words = |source: &'a str, span: Span| WireWords {
        start: span.start(),
        end: span.end(),
        exact: &source[span.range()],
    };
    WireWording {
        tags: wording.tags.iter().map(|tag| tag.name().to_lowercase()).collect(),
        earlier: words(old, wording.earlier),
        later: words(new, wording.later),
        certainty: wording
            .certainty
            .map(|(earlier, later)| WireCertainty { earlier: earlier.name(), later: later.name() }),
    }
}

fn agreement<'a>(effect: &'a Effect, agreement: &Agreement) -> WireAgreement<'a> {
    let place = |report, stance: &Stance| wire::passage(report, stance.place);
    let report = if agreement.later.is_some() { effect.later } else { effect.earlier };
    WireAgreement {
        outcome: if agreement.is_gained() { "gained" } else { "lost" },
        earlier: agreement.earlier.as_ref().map(|stance| place(effect.earlier, stance)),
        later: agreement.later.as_ref().map(|stance| place(effect.later, stance)),
        other: wire::passage(report, agreement.other),
    }
}

fn outcome<'a>(effect: &'a Effect, found: &'a Found) -> WireFinding<'a> {
    let report = match found.outcome {
        Outcome::Fixed => effect.earlier,
        Outcome::New | Outcome::Changed => effect.later,
    };
    let mut finding = wire::finding(report, found.judged);
    finding.outcome = Some(found.outcome.name());
    finding
}
